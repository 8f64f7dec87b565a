//! `may_issue` and `is_sound`: one certificate at a time.

use given::x509::*;
use harness::{check, refused, same};
use proptest::prelude::*;

use crate::subject::ch5_certificates::*;
use crate::verified::verified;
use fixtures::certificates::*;
use fixtures::x509::BITS;
use fixtures::x509::CLIENT_AUTH;
use fixtures::x509::ca_with;

harness::suite! {
    exercise "5.5" {
        /// a CA may issue, with as many CAs below it as its path length allows
        #[think = "The path length counts the CAs below, and 0 of them is allowed with 0."]
        #[cases = 32]
        fn a_ca_may_issue(below in 0..=20_usize, spare in 0..=3_u8, limited in any::<bool>()) {
            let longest = u8::try_from(below).expect("it is small") + spare;
            let ca = ca_with(Some((true, limited.then_some(longest))), Some(KeyUsages::KeyCertSign));
            same!(may_issue(&ca, below), Ok(()));
        }

        /// what is no CA may not issue, whether it says so or says nothing
        #[think = "What if there are no `BasicConstraints` at all? Leaves of the web often have none."]
        fn what_is_no_ca_may_not_issue((constraints, usage) from [
            (None, None), (Some((false, None)), None), (Some((false, Some(3))), None),
            (None, Some(KeyUsages::KeyCertSign)), (Some((false, None)), Some(KeyUsages::KeyCertSign)),
        ]) {
            same!(may_issue(&ca_with(constraints, usage), 0), Err(Untrusted::NotACa));
        }

        /// a key usage without `KeyCertSign` is refused, and no key usage is not
        #[think = "The extension may be missing. And where it is there, which flag is asked for?"]
        fn the_key_usage_is_kept(usage from USAGES) {
            let ca = ca_with(Some((true, None)), Some(usage));
            same!(may_issue(&ca, 0), Err(Untrusted::WrongUsage));
            same!(may_issue(&ca_with(Some((true, None)), None), 0), Ok(()));
        }

        /// what the two extensions say counts even if they are not critical
        #[think = "The flag is for those who don't know an extension. You know these."]
        fn extensions_count_without_being_critical(critical from [true, false]) {
            let said = |ca, path_len_constraint, usage: KeyUsages| {
                let constraints = BasicConstraints { ca, path_len_constraint };
                let mut plan = Plan { ca: None, usage: None, ..Plan::root(anchor(BITS)) };
                plan.others = vec![
                    unknown_extension(false),
                    extension(critical, &KeyUsage(usage.into())),
                    extension(critical, &constraints),
                ];
                plan.unsigned()
            };
            same!(may_issue(&said(true, Some(1), KeyUsages::KeyCertSign), 1), Ok(()));
            let got = may_issue(&said(true, Some(1), KeyUsages::KeyCertSign), 2);
            same!(got, Err(Untrusted::PathTooLong));
            same!(may_issue(&said(false, None, KeyUsages::KeyCertSign), 0), Err(Untrusted::NotACa));
            same!(may_issue(&said(true, None, KeyUsages::CRLSign), 0), Err(Untrusted::WrongUsage));
        }

        /// dates count, for every certificate
        #[think = "The first of the three points. You have it from 5.3."]
        fn dates_are_kept(place from [0, 1, 2]) {
            let plan = &line(2, BITS)[place];
            let at = |before, after| {
                let validity = (before, after);
                is_sound(&Plan { validity, ..plan.clone() }.unsigned(), NOW)
            };
            same!(at(0, 0), Ok(()));
            same!(at(-1, 1000), Err(Untrusted::NotYetValid));
            same!(at(1000, -1), Err(Untrusted::Expired));
        }

        /// what is not critical and not known may be ignored, and what is critical may not
        #[think = "Five extensions are known to you. What if another one is critical?"]
        fn an_unknown_critical_extension_is_refused(place from [0, 1, 2]) {
            let mut plans = line(2, BITS);
            plans[place].others = vec![unknown_extension(false)];
            same!(is_sound(&plans[place].make(), NOW), Ok(()));
            same!(verified(&plans), Ok(()));
            plans[place].others = vec![unknown_extension(true)];
            same!(is_sound(&plans[place].make(), NOW), Err(Untrusted::UnknownExtension));
            refused!(verified(&plans));
        }

        /// known extensions may be critical, and an unknown one behind them may not
        #[think = "RFC 5280 §4.2: a critical extension that you know is to be looked at, not refused."]
        fn known_extensions_may_be_critical() {
            let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            let names = plan.names.take().map(SubjectAltName).expect("a leaf has names");
            plan.purposes = None;
            plan.others = vec![
                extension(true, &names),
                extension(true, &ExtendedKeyUsage(vec![ID_KP_SERVER_AUTH])),
            ];
            same!(is_sound(&plan.make(), NOW), Ok(()));
            same!(verified(&[plan.clone()]), Ok(()));
            plan.others.push(unknown_extension(true));
            same!(is_sound(&plan.make(), NOW), Err(Untrusted::UnknownExtension));
        }

        /// where purposes are named, a TLS server is among them, for the leaf and for each CA
        #[think = "`ExtendedKeyUsage` may be missing. Where it is there, what is in it?"]
        fn the_purpose_is_kept(place from [0, 1, 2]) {
            let mut plans = line(2, BITS);
            for (purposes, good) in [
                (None, true),
                (Some(vec![ID_KP_SERVER_AUTH]), true),
                (Some(vec![CLIENT_AUTH, ID_KP_SERVER_AUTH]), true),
                (Some(vec![CLIENT_AUTH]), false),
                (Some(vec![]), false),
            ] {
                plans[place].purposes = purposes;
                check!(
                    is_sound(&plans[place].make(), NOW).is_ok() == good,
                    if good { "Ok(())" } else { "Err(WrongUsage)" },
                    (&plans[place].purposes, is_sound(&plans[place].make(), NOW))
                );
                check!(
                    verified(&plans).is_ok() == good,
                    if good { "Ok(())" } else { "Err(WrongUsage)" },
                    (&plans[place].purposes, verified(&plans))
                );
            }
        }
    }
}

/// All that a key may be used for but to sign certificates (RFC 5280 §4.2.1.3).
pub const USAGES: [KeyUsages; 8] = [
    KeyUsages::DigitalSignature,
    KeyUsages::NonRepudiation,
    KeyUsages::KeyEncipherment,
    KeyUsages::DataEncipherment,
    KeyUsages::KeyAgreement,
    KeyUsages::CRLSign,
    KeyUsages::EncipherOnly,
    KeyUsages::DecipherOnly,
];
