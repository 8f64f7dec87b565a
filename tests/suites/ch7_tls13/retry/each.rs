//! A request and a second hello, with each value that must be refused, one by one.

use given::tls::{Abort, Extension, KeyShare, TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256, X25519};

use harness::show::Words;
use harness::{think_of, with};

use super::faults::plain;
use super::{compares, says_again, shares_with};
use crate::subject::ch7_tls13::*;
use fixtures::tls12::hellos::{UNKNOWN_GROUPS, UNKNOWN_SUITES};
use fixtures::tls13::hellos::*;

harness::suite! {
    exercise "7.5" {
        /// a request with a wrong version in either of its two places is refused
        #[think = "A request is first checked like a ServerHello. Which field do you skip?"]
        fn each_other_version_is_refused({version} from OTHER_VERSIONS) {
            let (hello, retry) = plain();
            let mut selects = retry.clone();
            selects.extensions[0] = Extension::SelectedVersion(version);
            says_again!(hello.0, selects, [9; 32], Err(Abort::NotOffered));
            if version != TLS_1_2 {
                let mut old = retry;
                old.version = version;
                says_again!(hello.0, old, [9; 32], Err(Abort::UnsupportedVersion));
            }
        }

        /// a request with any suite but yours is refused, offered or not
        #[think = "A request is first checked like a ServerHello. Which field do you skip?"]
        fn each_other_suite_is_refused({suite} from UNKNOWN_SUITES) {
            if suite != TLS_AES_128_GCM_SHA256 {
                let (mut hello, mut retry) = plain();
                retry.cipher_suite = suite;
                says_again!(hello.0, retry, [9; 32], Err(Abort::NotOffered));
                hello.0.cipher_suites.push(suite);
                says_again!(hello.0, retry, [9; 32], Err(Abort::NotOffered));
            }
        }

        /// a request for any group but X25519 is refused, offered or not
        #[think = "`share` is on X25519. What would you put into `key_share` for another group?"]
        fn each_other_group_is_refused({group} from UNKNOWN_GROUPS) {
            let (hello, mut retry) = plain();
            retry.extensions[1] = Extension::WantedGroup(group);
            says_again!(hello.0, retry, [9; 32], Err(Abort::BadRetry));
            let groups = [hello.groups(), vec![group]].concat();
            let hello = hello.with(Extension::SupportedGroups(groups));
            says_again!(hello.0, retry, [9; 32], Err(Abort::BadRetry));
        }

        /// long lists are read to their end: X25519 may be the last of many groups, and a share on it the
        /// last of many shares
        #[think = "Does one of your loops stop early?"]
        fn long_lists_are_read_to_their_end(before from [15_u16, 16, 64, 126]) {
            let (hello, retry) = plain();
            let groups: Vec<u16> = (0..before).map(|number| 0x4000 + number).chain([X25519]).collect();
            let share = |group: &u16| KeyShare { group: *group, share: vec![7; 32] };
            let all: Vec<KeyShare> = groups.iter().map(share).collect();
            let hello = hello.with(Extension::SupportedGroups(groups));
            let others = Extension::KeyShares(all[..all.len() - 1].to_vec());
            let expected = hello.clone().with(shares_with(&[9; 32]));
            says_again!(hello.clone().with(others).0, retry, [9; 32], Ok(expected.0));
            let hello = hello.with(Extension::KeyShares(all));
            says_again!(hello.0, retry, [9; 32], Err(Abort::BadRetry));
        }

        /// each extension that has no place in a request is refused, asked for or not
        #[think = "Only a cookie may come unsolicited. And which extensions may a request have?"]
        fn each_other_extension_is_refused({extension} from misplaced_extensions()) {
            let (hello, mut retry) = plain();
            retry.extensions.push(extension.clone());
            let asked = hello.clone().with(extension.clone());
            says_again!(asked.0, retry, [9; 32], Err(Abort::MisplacedExtension));
            let unasked = without(hello, extension.code());
            says_again!(unasked.0, retry, [9; 32], Err(Abort::UnsolicitedExtension));
        }

        /// the two extensions of a request are refused, too, if the hello does not have them
        #[think = "Only a cookie may come unsolicited. Which extensions do you not look for in the first hello?"]
        fn each_extension_must_be_asked_for({code} from [0x002b, 0x0033]) {
            let (hello, retry) = plain();
            says_again!(without(hello, code).0, retry, [9; 32], Err(Abort::UnsolicitedExtension));
        }

        /// each extension but early_data stays in the second hello, as it was and where it was
        #[think = "What does the second hello change? Anything that is not in that list stays."]
        fn each_other_extension_stays({extension} from staying_or_early()) {
            let is_early_data = extension.code() == 0x002a;
            for (wants_share, has_cookie) in [(true, false), (false, true), (true, true)] {
                let (hello, mut retry) = plain();
                let hello = match is_early_data {
                    true => hello,
                    false => hello.with(extension.clone()),
                };
                let (mut expected, cookie) = (hello.clone(), Extension::Cookie(vec![7]));
                if !wants_share {
                    retry.extensions.truncate(1);
                } else {
                    expected = expected.with(shares_with(&[9; 32]));
                }
                if has_cookie {
                    retry.extensions.push(cookie.clone());
                    expected = expected.with(cookie);
                }
                let first = hello.with(extension.clone());
                if is_early_data {
                    think_of!("`early_data` (002a) is not in the second hello, whatever was in it, and whatever the server asks for.");
                }
                says_again!(first.0, retry, [9; 32], Ok(expected.0));
            }
        }

        /// a second hello is refused if the content of any one extension differs
        #[think = "Do you compare what is in an extension, or only whether it is there? Order counts, too."]
        fn each_changed_extension_is_noticed(({one}, {other}) from changed_extensions()) {
            for (one, other) in [(&one, &other), (&other, &one)] {
                let (hello, _) = plain();
                let first = hello.with(one.clone());
                let second = first.clone().with(other.clone()).with(shares_with(&[9; 32]));
                with!("what differs" = Words(format!("{one:?} in the first, {other:?} in the second")));
                compares!(first.0, second.0, Err(Abort::BadRetry));
            }
        }

        /// a second hello with its suites in another order, or with one more or one fewer, is refused
        #[think = "A list that has the same numbers in another order is another list."]
        fn each_change_of_the_suites_is_noticed(
            ({one}, {other}) from [
                (vec![0x1301_u16, 0x1302], vec![0x1302_u16, 0x1301]), (vec![0x1301, 0x1302], vec![0x1301]),
                (vec![0x1301, 0x1301], vec![0x1301]), (vec![0x0a0a, 0x1301], vec![0xfafa, 0x1301]),
            ]
        ) {
            for (one, other) in [(&one, &other), (&other, &one)] {
                let (mut first, _) = plain();
                first.0.cipher_suites = one.clone();
                let mut second = first.clone().with(shares_with(&[9; 32]));
                second.0.cipher_suites = other.clone();
                compares!(first.0, second.0, Err(Abort::BadRetry));
            }
        }

        /// a second hello with one extension more or one fewer is refused, whichever it is
        #[think = "Four extensions are ignored in the comparison. What do you do with all the others?"]
        fn each_added_extension_is_noticed({extension} from compared_extensions()) {
            let (hello, _) = plain();
            let first = without(hello, extension.code());
            let same = first.clone().with(shares_with(&[9; 32]));
            let more = same.clone().with(extension.clone());
            compares!(first.0, more.0, Err(Abort::BadRetry));
            let first = first.with(extension);
            compares!(first.0, same.0, Err(Abort::BadRetry));
        }
    }
}

/// Extensions that stay, and early_data, which is removed, whatever is in it.
fn staying_or_early() -> Vec<Extension> {
    let (code, body) = (0x002a, vec![0, 0, 1, 0]);
    [
        misplaced_extensions(),
        vec![Extension::Other { code, body }],
    ]
    .concat()
}

/// Extensions that must be in both hellos or in neither. [`misplaced_extensions`] has them, and
/// three that are left out of the comparison.
pub(super) fn compared_extensions() -> Vec<Extension> {
    let mut all = misplaced_extensions();
    all.retain(|one| ![0x0015, 0x0029, 0x002a].contains(&one.code()));
    all
}

/// Two forms of each extension that has to stay the same.
fn changed_extensions() -> Vec<(Extension, Extension)> {
    let other = |code, body: &[u8]| Extension::Other {
        code,
        body: body.to_vec(),
    };
    let name = |name: &str| Extension::ServerName(Some(name.to_owned()));
    let mut changed = vec![
        (name("www.example.org"), name("www.example.com")),
        (name("www.example.org"), name("www.Example.org")),
        (name("www.example.org"), Extension::ServerName(None)),
        (
            Extension::SupportedVersions(vec![TLS_1_3, TLS_1_2]),
            Extension::SupportedVersions(vec![TLS_1_2, TLS_1_3]),
        ),
        (
            Extension::SupportedGroups(vec![X25519, 0x0017]),
            Extension::SupportedGroups(vec![0x0017, X25519]),
        ),
        (
            Extension::SignatureAlgorithms(vec![PSS, 0x0403]),
            Extension::SignatureAlgorithms(vec![0x0403, PSS]),
        ),
        (
            Extension::EcPointFormats(vec![0, 1]),
            Extension::EcPointFormats(vec![1, 0]),
        ),
        (
            Extension::RenegotiationInfo(vec![]),
            Extension::RenegotiationInfo(vec![0]),
        ),
    ];
    for extension in compared_extensions() {
        if let Extension::Other { code, .. } = extension {
            changed.push((other(code, &[0, 1, 2]), other(code, &[0, 1, 3])));
            changed.push((other(code, &[]), other(code, &[0])));
        }
    }
    changed
}
