//! The properties of exercise 5.2: the names, and the signature.

use fixtures::tell;
use given::x509::Certificate;
use harness::{Broken, Property, called, same, think_of};

use crate::subject::ch5_certificates::*;

mod algorithms;
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
    let said = called!(signed_by(certificate, issuer));
    let own = [
        Untrusted::UnknownIssuer,
        Untrusted::BadSignature,
        Untrusted::UnsupportedAlgorithm,
        Untrusted::Malformed,
    ];
    if said.is_err_and(|reason| !own.contains(&reason)) {
        think_of!(
            "What else did you look at? Dates, hosts and what a key may do are checked in other exercises."
        );
    }
    same!(said, expected, "signed_by(certificate, issuer)");
    Ok(())
}

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        names::suite(),
        signatures::suite(),
        algorithms::suite(),
        sizes::suite(),
        strange::suite(),
        kept::suite(),
    ]
    .concat()
}
