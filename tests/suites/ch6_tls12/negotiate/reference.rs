//! What the rules of 6.2 give, without the learner's code.

use given::tls::{Abort, CipherSuite, TLS_1_2, X25519};
use given::tls12::{ClientHello, Extension};

use crate::subject::ch6_tls12::*;
use fixtures::tls12::hellos::*;

/// What exercise 6.2 asks of the server.
pub fn reference_negotiate(
    hello: &ClientHello,
    preferences: &[CipherSuite],
) -> Result<Choice, Abort> {
    let hello = Hello(hello.clone());
    let continues = |extension: &Extension| match extension {
        Extension::RenegotiationInfo(verify_data) => !verify_data.is_empty(),
        _ => false,
    };
    if hello.0.version < TLS_1_2 {
        return Err(Abort::UnsupportedVersion);
    }
    if !hello.0.compression_methods.contains(&0) {
        return Err(Abort::NullCompressionRequired);
    }
    if hello.formats().is_some_and(|formats| !formats.contains(&0)) {
        return Err(Abort::UncompressedPointsRequired);
    }
    if hello.0.extensions.iter().any(continues) {
        return Err(Abort::BadRenegotiationInfo);
    }
    // In reverse order of preference, so that the best choice overwrites the others.
    let mut choice = Err(Abort::NothingInCommon);
    for suite in preferences.iter().rev() {
        let is_offered = hello.0.cipher_suites.contains(&suite.code());
        let scheme = SCHEMES
            .iter()
            .rev()
            .find(|scheme| hello.schemes().contains(&scheme.code()));
        match (suite, scheme) {
            _ if !is_offered => {}
            (CipherSuite::RsaAes128GcmSha256, _) => choice = Ok(Choice::Rsa),
            (CipherSuite::EcdheRsaAes128GcmSha256, Some(scheme)) => {
                if hello.groups().contains(&X25519) {
                    choice = Ok(Choice::EcdheRsa(*scheme));
                }
            }
            (CipherSuite::EcdheRsaAes128GcmSha256, None) => {}
        }
    }
    choice
}
