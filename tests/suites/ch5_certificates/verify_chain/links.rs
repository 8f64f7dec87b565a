//! `may_issue` and `is_sound`: one certificate at a time.

use crate::verified::{chain_is, chain_is_refused};
use given::x509::*;
use harness::{Broken, notes, same, think_of, with};
use proptest::prelude::*;

use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::tell;
use fixtures::x509::BITS;
use fixtures::x509::CLIENT_AUTH;
use fixtures::x509::ca_with;

harness::suite! {
    exercise "5.5" {
        /// a CA may issue, with as many CAs below it as its path length allows
        #[think = "The path length counts the CAs below. A path length of 0 allows 0 of them."]
        #[cases = 32]
        fn a_ca_may_issue(below in 0..=20_usize, {spare} in 0..=3_u8, {limited} in any::<bool>()) {
            let longest = u8::try_from(below).expect("it is small") + spare;
            let ca = ca_with(Some((true, limited.then_some(longest))), Some(KeyUsages::KeyCertSign));
            tell!(ca);
            same!(may_issue(&ca, below), Ok(()));
        }

        /// a certificate that is not a CA's must not issue others, whether it says so or says nothing
        #[think = "What if there are no `BasicConstraints` at all? A leaf may have none."]
        fn only_a_ca_may_issue(({constraints}, {usage}) from [
            (None, None), (Some((false, None)), None), (Some((false, Some(3))), None),
            (None, Some(KeyUsages::KeyCertSign)), (Some((false, None)), Some(KeyUsages::KeyCertSign)),
        ]) {
            let ca = ca_with(constraints, usage);
            tell!(ca);
            same!(may_issue(&ca, 0), Err(Untrusted::NotACa));
        }

        /// a CA may have as many CAs below it as its path length allows, and not one more
        #[think = "What does the path length of the `BasicConstraints` say, and what do you compare it with?"]
        fn a_path_length_is_a_limit({longest} from [0_u8, 1, 3]) {
            for usage in [Some(KeyUsages::KeyCertSign), None] {
                let ca = ca_with(Some((true, Some(longest))), usage);
                let below = usize::from(longest);
                if usage.is_none() {
                    think_of!("This CA has no key usage, and a path length counts without one, too. Does one of your checks depend on the other?");
                }
                tell!(ca);
                same!(may_issue(&ca, below), Ok(()));
                let below = below + 1;
                same!(may_issue(&ca, below), Err(Untrusted::PathTooLong));
            }
        }

        /// a key usage without `KeyCertSign` is refused, and a missing key usage is not
        #[think = "The extension may be missing. If it is there, which flag must it have?"]
        fn the_key_usage_is_kept({usage} from USAGES) {
            for (usage, expected) in [(Some(usage), Err(Untrusted::WrongUsage)), (None, Ok(()))] {
                let ca = ca_with(Some((true, None)), usage);
                tell!(ca);
                same!(may_issue(&ca, 0), expected);
            }
        }

        /// dates count, for every certificate
        #[think = "The first of the three points. You have it from 5.3."]
        fn dates_are_kept({place} from [0, 1, 2]) {
            let plan = &line(2, BITS)[place];
            for (validity, expected) in [
                ((0, 0), Ok(())),
                ((-1, 1000), Err(Untrusted::NotYetValid)),
                ((1000, -1), Err(Untrusted::Expired)),
            ] {
                let certificate = Plan { validity, ..plan.clone() }.unsigned();
                with!("certificate.validity()" = certificate.validity());
                if expected.is_ok() {
                    think_of!("It is valid at this moment. Which of the three points refuses it?");
                } else {
                    think_of!("The first of the three points. You have it from 5.3.");
                }
                same!(is_sound(&certificate, NOW), expected);
            }
            think_of!("Dates count at any time, even if the clock is far from right. Does `now` have a special value in your code?");
            let certificate = plan.unsigned();
            for (now, expected) in [(UnixTime(0), Untrusted::NotYetValid), (UnixTime::LAST, Untrusted::Expired)] {
                same!(is_sound(&certificate, now), Err(expected));
            }
        }

        /// a certificate with an unknown extension is refused if the extension is critical, and only then
        #[think = "Five extensions are known to you. What if another one is critical?"]
        fn an_unknown_critical_extension_is_refused({place} from [0, 1, 2]) {
            let mut plans = line(2, BITS);
            plans[place].others = vec![unknown_extension(false)];
            is_sound_is(&plans[place].make(), Ok(()))?;
            chain_is!(plans, Ok(()));
            notes::start_over();
            plans[place].others = vec![unknown_extension(true)];
            is_sound_is(&plans[place].make(), Err(Untrusted::UnknownExtension))?;
            chain_is_refused!(plans);
        }

        /// known extensions may be critical, but an unknown one after them must not be
        #[think = "RFC 5280 §4.2: process a critical extension that you know, and don't refuse it."]
        fn known_extensions_may_be_critical() {
            let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            let names = plan.names.take().map(SubjectAltName).expect("a leaf has names");
            plan.purposes = None;
            plan.others = vec![
                extension(true, &names),
                extension(true, &ExtendedKeyUsage(vec![ID_KP_SERVER_AUTH])),
            ];
            for subject in [plan.subject.clone(), String::new()] {
                plan.subject = subject;
                if plan.subject.is_empty() {
                    think_of!("RFC 5280 §4.1.2.6: the subject may be empty if the names are critical. Do you look at it?");
                }
                is_sound_is(&plan.make(), Ok(()))?;
                chain_is!([plan.clone()], Ok(()));
                notes::start_over();
            }
            think_of!("The last critical extension is not one of the five. Do you look at all of them?");
            plan.others.push(unknown_extension(true));
            is_sound_is(&plan.make(), Err(Untrusted::UnknownExtension))?;
        }

        /// if purposes are listed, a TLS server must be among them, for the leaf and for each CA
        #[think = "`ExtendedKeyUsage` may be missing. If it is there, what must be in it?"]
        fn the_purpose_is_kept({place} from [0, 1, 2]) {
            let mut plans = line(2, BITS);
            for (purposes, good) in [
                (None, true),
                (Some(vec![ID_KP_SERVER_AUTH]), true),
                (Some(vec![CLIENT_AUTH, ID_KP_SERVER_AUTH]), true),
                (Some(vec![CLIENT_AUTH]), false),
                (Some(vec![]), false),
            ] {
                plans[place].purposes = purposes;
                notes::start_over();
                if good {
                    is_sound_is(&plans[place].make(), Ok(()))?;
                    chain_is!(plans, Ok(()));
                } else {
                    is_sound_is(&plans[place].make(), Err(Untrusted::WrongUsage))?;
                    chain_is_refused!(plans);
                }
            }
        }

        /// basic constraints and the key usage count even if they are not critical
        #[think = "The flag `critical` tells verifiers what to do with an extension that they don't know. You know these two."]
        fn extensions_count_without_being_critical({critical} from [true, false]) {
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
            let sign = KeyUsages::KeyCertSign;
            for (ca, below, expected) in [
                (said(true, Some(1), sign), 1, Ok(())),
                (said(true, Some(1), sign), 2, Err(Untrusted::PathTooLong)),
                (said(false, None, sign), 0, Err(Untrusted::NotACa)),
                (said(true, None, KeyUsages::CRLSign), 0, Err(Untrusted::WrongUsage)),
            ] {
                tell!(ca);
                same!(may_issue(&ca, below), expected);
            }
        }
    }
}

/// Checks what `is_sound` says about a certificate.
pub fn is_sound_is(
    certificate: &Certificate,
    expected: Result<(), Untrusted>,
) -> Result<(), Broken> {
    tell!(certificate);
    same!(is_sound(certificate, NOW), expected);
    notes::start_over();
    Ok(())
}

/// Every use of a key other than signing certificates (RFC 5280 §4.2.1.3).
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
