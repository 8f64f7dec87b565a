//! What `verify_chain` says, and what it costs.

use fixtures::certificates::*;
use fixtures::tell_chain;
use fixtures::x509::roots;
use given::x509::*;
use harness::{Broken, refused, same};

use crate::subject::ch5_certificates::*;

/// What `verify_chain` says about the planned chain.
macro_rules! chain_is {
    ($plans:expr, $expected:expr) => {
        $crate::verified::says(&$plans, $expected)?
    };
}

/// `verify_chain` refuses the planned chain.
macro_rules! chain_is_refused {
    ($plans:expr) => {
        $crate::verified::refuses(&$plans)?
    };
}

pub(crate) use {chain_is, chain_is_refused};

// Functions, so that their bodies are compiled once after an edit, and not in each of forty properties.
pub fn says(plans: &[Plan], expected: Result<(), Untrusted>) -> Result<(), Broken> {
    let (chain, roots) = (made(plans), roots());
    tell_chain!(chain, roots);
    same!(verify_chain(&chain, &roots, HOST, NOW), expected);
    Ok(())
}

pub fn refuses(plans: &[Plan]) -> Result<(), Broken> {
    let (chain, roots) = (made(plans), roots());
    tell_chain!(chain, roots);
    refused!(verify_chain(&chain, &roots, HOST, NOW));
    Ok(())
}

/// What `verify` returns, and how many signatures it has checked.
pub fn counted<T>(chain: &[Certificate], verify: impl FnOnce() -> T) -> (T, usize) {
    let since = |before: Reads| {
        let now = Reads::so_far();
        let signatures = now.signatures - before.signatures;
        (signatures, now.public_keys - before.public_keys)
    };
    // An answer may read either of them more than once to check a signature.
    let before = Reads::so_far();
    let issuer = chain.get(1).unwrap_or(&chain[0]);
    let _ = signed_by(&chain[0], issuer);
    let (signatures_for_one, keys_for_one) = since(before);
    let before = Reads::so_far();
    let result = verify();
    let (signatures, keys) = since(before);
    // `verify` may have a check of its own that reads the signature more often, or looks at a key for another reason.
    let checks = (signatures / signatures_for_one.max(1)).min(keys / keys_for_one.max(1));
    (result, checks)
}
