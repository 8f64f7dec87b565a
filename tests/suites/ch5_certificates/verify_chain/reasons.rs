//! `verify_chain`: the reason that is given.

use fixtures::tell_chain;
use harness::{called, check};

use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::x509::BITS;
use fixtures::x509::generated::Defect;
use fixtures::x509::roots;

harness::suite! {
    exercise "5.5" {
        /// the reason that is given is true
        #[think = "Follow the chain up from the server: one thing on it is wrong. What is wrong with the strangers is no reason, since nothing leads to them."]
        fn the_reason_is_true(({defect}, {reason}) from defects()) {
            let mut plans = line(2, BITS);
            defect.spoil(&mut plans);
            // Nothing leads to these. What is wrong with them is not the reason.
            let stranger = Plan::root(Signer("Stranger", Key(BITS, 4)));
            let invalid = Plan { validity: (-1, -1), ca: None, ..stranger.clone() };
            plans.push(invalid.clone());
            let (mut chain, mut roots) = (made(&plans), roots());
            chain.push(stranger.signed_with_sha384());
            roots.push(invalid.make());
            let got = called!(verify_chain(&chain, &roots, HOST, NOW));
            let is_true = got == Err(reason) || got == Err(Untrusted::UnknownIssuer);
            tell_chain!(chain, roots);
            check!(
                is_true,
                format!("Err({reason:?})"),
                got,
                "verify_chain(&chain, &roots, HOST, NOW)"
            );
        }
    }
}

/// What may be wrong with a chain of two CAs, and the reason to refuse it.
fn defects() -> Vec<(Defect, Untrusted)> {
    let mut defects = vec![
        (Defect::OtherHost, Untrusted::WrongHost),
        (Defect::PathTooShort(2), Untrusted::PathTooLong),
    ];
    for place in 0..=2 {
        defects.extend([
            (Defect::Expired(place), Untrusted::Expired),
            (Defect::NotYetValid(place), Untrusted::NotYetValid),
            (Defect::UnknownCritical(place), Untrusted::UnknownExtension),
            (Defect::OtherPurpose(place), Untrusted::WrongUsage),
            (Defect::BrokenSignature(place), Untrusted::BadSignature),
            (Defect::OtherIssuer(place), Untrusted::UnknownIssuer),
        ]);
    }
    for place in 1..=2 {
        defects.extend([
            (Defect::NoConstraints(place), Untrusted::NotACa),
            (Defect::NoCa(place), Untrusted::NotACa),
            (Defect::NoCertSign(place), Untrusted::WrongUsage),
        ]);
    }
    defects
}
