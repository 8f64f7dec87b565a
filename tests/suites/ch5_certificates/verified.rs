//! What `verify_chain` says, and what it costs.

use fixtures::certificates::*;
use fixtures::x509::*;
use given::x509::*;

use crate::subject::ch5_certificates::*;

pub fn verified(plans: &[Plan]) -> Result<(), Untrusted> {
    verify_chain(&made(plans), &roots(), HOST, NOW)
}

/// What `verify` gives, and how many signatures it has checked.
pub fn counted<T>(chain: &[Certificate], verify: impl FnOnce() -> T) -> (T, usize) {
    let reads = |before: u64| usize::try_from(signatures_read() - before).expect("a few");
    // An answer may read a signature more than once to check it.
    let before = signatures_read();
    let issuer = chain.get(1).unwrap_or(&chain[0]);
    let _ = signed_by(&chain[0], issuer);
    let for_one = reads(before).max(1);
    let before = signatures_read();
    let result = verify();
    (result, reads(before) / for_one)
}
