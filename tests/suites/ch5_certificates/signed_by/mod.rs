//! The properties of exercise 5.2: the names, and the signature.

use fixtures::tell;
use given::x509::Certificate;
use harness::{Broken, Property, same};

use crate::subject::ch5_certificates::*;

mod kept;
mod names;
mod signatures;
mod sizes;
mod strange;

/// Checks what `signed_by` says about two certificates.
fn signed_by_is(
    certificate: &Certificate,
    issuer: &Certificate,
    expected: Result<(), Untrusted>,
) -> Result<(), Broken> {
    tell!(certificate, issuer);
    same!(signed_by(certificate, issuer), expected);
    Ok(())
}

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        names::suite(),
        signatures::suite(),
        sizes::suite(),
        strange::suite(),
        kept::suite(),
    ]
    .concat()
}
