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
