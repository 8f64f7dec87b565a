//! The properties of exercise 4.6: what is signed, and what is refused.

use given::tls::SignatureScheme;
use harness::{Broken, Property, accepted, same};

use crate::subject::ch3_signatures::{BadSignature, KeyTooSmall};
use crate::subject::ch4_key_exchange::*;
use crate::tricks::Hello;

mod kept;
mod refused;
mod signed;
mod too_small;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        signed::suite(),
        refused::suite(),
        too_small::suite(),
        kept::suite(),
    ]
    .concat()
}

/// The size of an RSA key if the size does not matter.
const BITS: usize = 1024;

/// The same, when many signatures are made.
const SHORT: usize = 552;

/// Parts for tests in which it does not matter which they are.
const HELLO: Hello = Hello {
    client_random: [1; 32],
    server_random: [2; 32],
    share: [3; 32],
};

/// The call that [`signed`] makes.
const SIGNED: &str = "sign_key_share(scheme, key, client_random, server_random, share)";

/// The signature that the learner's code makes.
fn signed(
    scheme: SignatureScheme,
    key: &rsa::PrivateKey,
    hello: &Hello,
) -> Result<Vec<u8>, Broken> {
    let Hello {
        client_random,
        server_random,
        share,
    } = hello;
    Ok(accepted!(sign_key_share(
        scheme,
        key,
        client_random,
        server_random,
        share
    )))
}

/// Checks that the learner's code signs nothing with this key.
fn does_not_sign(
    scheme: SignatureScheme,
    key: &rsa::PrivateKey,
    hello: &Hello,
) -> Result<(), Broken> {
    let Hello {
        client_random,
        server_random,
        share,
    } = hello;
    same!(
        sign_key_share(scheme, key, client_random, server_random, share),
        Err(KeyTooSmall)
    );
    Ok(())
}

/// Checks what the learner's code says about a signature.
fn verifies(
    scheme: SignatureScheme,
    key: &rsa::PublicKey,
    hello: &Hello,
    signature: &[u8],
    expected: Result<(), BadSignature>,
) -> Result<(), Broken> {
    let Hello {
        client_random,
        server_random,
        share,
    } = hello;
    same!(
        verify_key_share(scheme, key, client_random, server_random, share, signature),
        expected
    );
    Ok(())
}
