//! `may_issue` and `is_sound`: every number, every flag, every extension and every purpose.

use given::x509::*;
use harness::show::Words;
use harness::{Broken, notes, same, with};

use super::links::{USAGES, is_sound_is};
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::tell;
use fixtures::x509::BITS;
use fixtures::x509::ca_with;
use fixtures::x509::{CLIENT_AUTH, OTHER_EXTENSIONS, OTHER_PURPOSES, with_content};

harness::suite! {
    exercise "5.5" {
        /// a CA may have as many CAs below it as its path length says, and not one more
        #[think = "Which of `<` and `<=` is it? And did you convert one of the numbers?"]
        fn the_path_length_is_kept({longest} from [
            0_u8, 1, 2, 3, 4, 7, 8, 9, 15, 16, 20, 63, 64, 99, 100, 127, 128, 129, 200, 254, 255,
        ]) {
            let limit = usize::from(longest);
            let ca = ca_with(Some((true, Some(longest))), Some(KeyUsages::KeyCertSign));
            for below in [0, limit] {
                same!(may_issue(&ca, below), Ok(()));
            }
            for more in [1, 2, 255, 256, 257, 512, 65_536, 1 << 31, 1 << 32, usize::MAX - limit] {
                let below = limit + more;
                same!(may_issue(&ca, below), Err(Untrusted::PathTooLong));
            }
        }

        /// without a path length, a CA may have any number of CAs below it
        #[think = "What if there is no path length? Then nobody has set a limit."]
        fn no_path_length_is_no_limit(below from [0, 1, 7, 10, 100, 255, 256, 65_536, usize::MAX]) {
            for usage in [Some(KeyUsages::KeyCertSign), None] {
                let ca = ca_with(Some((true, None)), usage);
                same!(may_issue(&ca, below), Ok(()));
            }
        }

        /// a key usage with `KeyCertSign` is good, whatever else is in it, and one without it is not
        #[think = "Look for the one flag. The others say nothing about certificates."]
        #[cases = 48]
        fn other_usages_do_not_matter({flags} in 0..0x200_u16) {
            let flags = USAGES.into_iter().enumerate()
                .filter(|(place, _)| flags >> place & 1 == 1)
                .fold(KeyUsages::KeyCertSign.into(), |all, (_, one)| all | one);
            may_issue_is(&with_usage(&KeyUsage(flags)), Ok(()))?;
            let without = KeyUsage(flags ^ KeyUsages::KeyCertSign);
            may_issue_is(&with_usage(&without), Err(Untrusted::WrongUsage))?;
        }

        /// a key usage in which no flag is set allows nothing
        #[think = "The extension is there, and `KeyCertSign` is not in it."]
        fn no_usage_is_not_every_usage() {
            let all = KeyUsages::KeyCertSign | KeyUsages::CRLSign;
            let none = KeyUsage(all & KeyUsages::DigitalSignature);
            may_issue_is(&with_usage(&none), Err(Untrusted::WrongUsage))?;
        }

        /// an extension that can't be read is malformed, and is not treated as missing
        #[think = "`extension` tells \"none\" from \"can't be read\". Do you?"]
        fn malformed_extensions_are_refused({content} from [
            vec![], vec![0x30], vec![0x30, 1], vec![0x30, 3, 1, 1], vec![0x30, 0, 0],
            vec![0x30, 3, 1, 1, 2], vec![0x30, 4, 2, 2, 1, 0], vec![3, 2, 9, 0xff], vec![4, 0],
            vec![5, 0], vec![0xff; 16],
        ]) {
            let plan = Plan::root(anchor(BITS));
            let constraints = vec![with_content(ID_CE_BASIC_CONSTRAINTS, &content)];
            let ca = Plan { ca: None, others: constraints, ..plan.clone() }.unsigned();
            may_issue_is(&ca, Err(Untrusted::Malformed))?;
            let usage = vec![with_content(ID_CE_KEY_USAGE, &content)];
            let ca = Plan { usage: None, others: usage, ..plan.clone() }.unsigned();
            may_issue_is(&ca, Err(Untrusted::Malformed))?;
            let purposes = vec![with_content(ID_CE_EXT_KEY_USAGE, &content)];
            let ca = Plan { others: purposes, ..plan }.unsigned();
            is_sound_is(&ca, Err(Untrusted::Malformed))?;
        }

        /// every critical extension other than the five is refused, however well known it is
        #[think = "Which extensions do you accept? You know only five."]
        fn every_other_critical_extension_is_refused(({name}, {id}) from OTHER_EXTENSIONS) {
            let id = ObjectIdentifier::new_unwrap(id);
            for content in [vec![], vec![0x30, 0], vec![5, 0], vec![4, 4, 1, 2, 3, 4]] {
                let critical = with_content(id, &content);
                let others = |others| Plan { others, ..Plan::root(anchor(BITS)) }.unsigned();
                let harmless = Extension { critical: false, ..critical.clone() };
                let refused = Err(Untrusted::UnknownExtension);
                for (one, expected) in [(critical, refused), (harmless, Ok(()))] {
                    with!("that extension" = Words(name.to_owned()));
                    with!("its content" = content);
                    is_sound_is(&others(vec![one]), expected)?;
                }
            }
        }

        /// an unknown critical extension is refused wherever it is in the list
        #[think = "Do you look at all of the extensions? And at each by itself?"]
        fn each_extension_is_looked_at({place} from [0, 1, 2, 3, 15, 16, 63, 64, 99, 255]) {
            let numbered = |number| {
                let id = format!("1.3.6.1.4.1.32473.9.{number}");
                let extn_id = ObjectIdentifier::new_unwrap(&id);
                Extension { extn_id, ..unknown_extension(false) }
            };
            let mut plan = Plan { ca: None, usage: None, ..Plan::root(anchor(BITS)) };
            plan.others = (0..256).map(numbered).collect();
            // A known one before them, and one after them. Both may be critical.
            plan.others.insert(0, extension(true, &KeyUsage(KeyUsages::KeyCertSign.into())));
            plan.others.push(extension(true, &BasicConstraints { ca: true, path_len_constraint: None }));
            let known = "after a critical key usage, and before critical basic constraints";
            with!("certificate" = Words(format!("it has 256 unknown extensions, {known}; none of the 256 is critical")));
            let certificate = plan.unsigned();
            same!(is_sound(&certificate, NOW), Ok(()));
            plan.others[1 + place].critical = true;
            let number = place + 1;
            with!("certificate" = Words(format!("it has 256 unknown extensions, {known}; number {number} of the 256 is critical")));
            let certificate = plan.unsigned();
            same!(is_sound(&certificate, NOW), Err(Untrusted::UnknownExtension));
        }

        /// no other purpose is enough, not even "any", and no other purpose does harm
        #[think = "Only `ID_KP_SERVER_AUTH` counts. What does the text say about \"any\"?"]
        fn no_other_purpose_is_enough(({name}, {id}) from OTHER_PURPOSES) {
            let other = ObjectIdentifier::new_unwrap(id);
            for place in [0, 1] {
                let said = |critical, purposes| {
                    let others = vec![extension(critical, &ExtendedKeyUsage(purposes))];
                    Plan { purposes: None, others, ..line(1, BITS)[place].clone() }.unsigned()
                };
                let refused = Err(Untrusted::WrongUsage);
                for (critical, purposes, expected) in [
                    (false, vec![other], refused), (true, vec![other], refused),
                    (false, vec![other, other, other], refused),
                    (true, vec![ID_KP_SERVER_AUTH, other], Ok(())),
                    (false, vec![other, other, ID_KP_SERVER_AUTH], Ok(())),
                ] {
                    with!("that purpose" = Words(name.to_owned()));
                    with!(critical);
                    is_sound_is(&said(critical, purposes), expected)?;
                }
            }
        }

        /// the purpose is found among any number of others
        #[think = "Do you look at all of the purposes?"]
        fn all_purposes_are_looked_at({others} from [0, 1, 7, 16, 64, 100, 256, 1000]) {
            let mut purposes = vec![CLIENT_AUTH; others];
            let said = |purposes| {
                let purposes = Some(purposes);
                Plan { purposes, ..Plan::root(anchor(BITS)) }.unsigned()
            };
            is_sound_is(&said(purposes.clone()), Err(Untrusted::WrongUsage))?;
            purposes.push(ID_KP_SERVER_AUTH);
            is_sound_is(&said(purposes), Ok(()))?;
        }
    }
}

/// Checks what `may_issue` says about a CA with no other CAs below it.
fn may_issue_is(ca: &Certificate, expected: Result<(), Untrusted>) -> Result<(), Broken> {
    tell!(ca);
    same!(may_issue(ca, 0), expected);
    notes::start_over();
    Ok(())
}

fn with_usage(usage: &KeyUsage) -> Certificate {
    let plan = Plan::root(anchor(BITS));
    Plan {
        usage: None,
        others: vec![extension(true, usage)],
        ..plan
    }
    .unsigned()
}
