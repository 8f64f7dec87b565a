//! Published vectors for signatures: those of Wycheproof.

use std::rc::Rc;

use fixtures::wycheproof::TestResult;
use fixtures::wycheproof::rsa_verify::{self, Group};
use harness::show::{Piece, Show};
use rsa::pkcs8::DecodePublicKey;

use crate::subject::ch3_signatures::BadSignature;

/// A signature that was published.
pub struct SignatureVector {
    pub name: String,
    pub key: Rc<rsa::PublicKey>,
    pub message: Vec<u8>,
    pub signature: Vec<u8>,
    pub valid: bool,
}

impl SignatureVector {
    pub fn expected(&self) -> Result<(), BadSignature> {
        if self.valid {
            Ok(())
        } else {
            Err(BadSignature)
        }
    }
}

impl Show for SignatureVector {
    fn pieces(&self) -> Vec<Piece> {
        vec![
            Piece::Text(format!("{}, message ", self.name)),
            Piece::Bytes(self.message.clone()),
            Piece::Text(", signature ".to_owned()),
            Piece::Bytes(self.signature.clone()),
        ]
    }
}

/// The whole of Wycheproof's `rsa_signature_2048_sha256`, 259 vectors: 9 valid, 249 invalid, and
/// one that is "acceptable", number 8. In its DigestInfo the NULL is missing. It counts as invalid
/// here: RFC 8017 (appendix A.2.4) demands the NULL in this place, and a verifier that rebuilds the
/// block always has it there.
pub fn wycheproof_pkcs1() -> Vec<SignatureVector> {
    let vectors = signature_vectors(rsa_verify::rsa_signature_2048_sha256());
    check_counts(&vectors, 259, 9);
    vectors
}

/// From the files for longer keys, the first four valid vectors and the first invalid one. Only
/// these are kept: the rest repeat the ones for 2048 bits.
pub fn long_pkcs1() -> Vec<SignatureVector> {
    some_of_each_kind([
        rsa_verify::rsa_signature_3072_sha256(),
        rsa_verify::rsa_signature_4096_sha256(),
        rsa_verify::rsa_signature_8192_sha256(),
    ])
}

/// The whole of Wycheproof's `rsa_pss_2048_sha256_mgf1_32`, 108 vectors: 63 valid and 45 invalid.
pub fn wycheproof_pss() -> Vec<SignatureVector> {
    let vectors = signature_vectors(rsa_verify::rsa_pss_2048_sha256_mgf1_32());
    check_counts(&vectors, 108, 63);
    vectors
}

/// From the files for longer keys, as many as for PKCS#1 v1.5.
pub fn long_pss() -> Vec<SignatureVector> {
    some_of_each_kind([
        rsa_verify::rsa_pss_3072_sha256_mgf1_32(),
        rsa_verify::rsa_pss_4096_sha256_mgf1_32(),
    ])
}

fn some_of_each_kind<const N: usize>(files: [Vec<Group>; N]) -> Vec<SignatureVector> {
    let of_all = files.map(signature_vectors);
    for vectors in &of_all {
        check_counts(vectors, 5, 4);
    }
    of_all.into_iter().flatten().collect()
}

fn signature_vectors(groups: Vec<Group>) -> Vec<SignatureVector> {
    let mut vectors = Vec::new();
    for group in groups {
        let key = rsa::PublicKey::from_public_key_der(&group.der).expect("an RSA key");
        let key = Rc::new(key);
        for test in group.tests {
            let is_decided = match test.result {
                TestResult::Acceptable => test.flags.is("MissingNull"),
                TestResult::Valid | TestResult::Invalid => true,
            };
            assert!(is_decided, "vector {} has not been decided on", test.tc_id);
            vectors.push(SignatureVector {
                name: format!("{} ({})", test.tc_id, test.comment),
                key: Rc::clone(&key),
                message: test.msg,
                signature: test.sig,
                valid: test.result == TestResult::Valid,
            });
        }
    }
    vectors
}

fn check_counts(vectors: &[SignatureVector], all: usize, valid: usize) {
    let found = vectors.iter().filter(|vector| vector.valid).count();
    assert_eq!(
        (vectors.len(), found),
        (all, valid),
        "the vectors have changed: read them again"
    );
}
