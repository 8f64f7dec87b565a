//! What `verify_chain` says, and what it costs.

use given::x509::*;

use crate::subject::ch5_certificates::*;

/// What `verify_chain` says about the planned chain.
macro_rules! chain_is {
    ($plans:expr, $expected:expr) => {{
        let (chain, roots) = (made(&$plans[..]), fixtures::x509::roots());
        fixtures::tell_chain!(chain, roots);
        harness::same!(verify_chain(&chain, &roots, HOST, NOW), $expected);
    }};
}

/// `verify_chain` refuses the planned chain.
macro_rules! chain_is_refused {
    ($plans:expr) => {{
        let (chain, roots) = (made(&$plans[..]), fixtures::x509::roots());
        fixtures::tell_chain!(chain, roots);
        harness::refused!(verify_chain(&chain, &roots, HOST, NOW));
    }};
}

pub(crate) use {chain_is, chain_is_refused};

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
