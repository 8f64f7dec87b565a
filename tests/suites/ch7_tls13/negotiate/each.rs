//! Both functions, with each value that must be refused, one by one.

use given::tls::{
    Abort, ClientHello, Extension, KeyShare, ServerHello, TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256,
    X25519,
};

use harness::{think_of, with};

use super::servers_share::{at, of_length, plain};
use super::{checks, negotiates};
use crate::subject::ch7_tls13::*;
use fixtures::tls12::hellos::{UNKNOWN_GROUPS, UNKNOWN_SUITES};
use fixtures::tls13::hellos::*;

harness::suite! {
    exercise "7.4" {
        /// a hello or an answer is refused if its field `version` is anything but 1.2
        #[think = "This field is a constant. Which number is it?"]
        fn each_other_old_field_is_refused({version} from [&OTHER_VERSIONS[..], &[TLS_1_3]].concat()) {
            if version != TLS_1_2 {
                let (hello, answer) = plain();
                let old = ClientHello { version, ..hello.0.clone() };
                negotiates!(old, Err(Abort::UnsupportedVersion));
                checks!(hello.0, ServerHello { version, ..answer }, Err(Abort::UnsupportedVersion));
            }
        }

        /// an answer that selects any version but 1.3 is refused, even if that version was offered
        #[think = "Which versions may a server select in `supported_versions`?"]
        fn each_other_version_is_refused({version} from OTHER_VERSIONS) {
            for offered in [vec![TLS_1_3], vec![version, TLS_1_3]] {
                let (hello, mut answer) = plain();
                let hello = hello.with(Extension::SupportedVersions(offered));
                *at(&mut answer, 0x002b) = Extension::SelectedVersion(version);
                checks!(hello.0, answer, Err(Abort::NotOffered));
            }
        }

        /// an answer with any suite but yours is refused, even if that suite was offered
        #[think = "A hello can offer suites that you don't support. Which suite do you compare the answer's with?"]
        fn each_other_suite_is_refused({suite} from [&UNKNOWN_SUITES[..], &[0x009c, 0xc02f, 0x1304]].concat()) {
            for offers_it in [false, suite != TLS_AES_128_GCM_SHA256] {
                let (mut hello, mut answer) = plain();
                answer.cipher_suite = suite;
                if offers_it {
                    hello.0.cipher_suites.push(suite);
                } else {
                    hello.0.cipher_suites.retain(|offered| *offered != suite);
                }
                checks!(hello.0, answer, Err(Abort::NotOffered));
            }
        }

        /// a session id that is nearly the client's own is refused
        #[think = "The field no longer means anything, but it must come back as it was sent."]
        fn each_other_session_id_is_refused(
            ({own}, {theirs}) from [
                (32, vec![]), (32, vec![7; 31]), (32, vec![0; 32]), (32, vec![7]), (1, vec![]),
                (1, vec![7; 2]), (0, vec![7]), (0, vec![7; 32]), (0, vec![0; 32]), (31, vec![7; 32]),
                (32, [&[6], &[7; 31][..]].concat()), (32, [&[7; 31][..], &[6]].concat()),
            ]
        ) {
            let (mut hello, mut answer) = plain();
            (hello.0.session_id, answer.session_id) = (vec![7; own], theirs);
            checks!(hello.0, answer, Err(Abort::NotOffered));
        }

        /// a share in any group but X25519 is refused, even if the client offered the group or sent a share in it
        #[think = "Which of your shares does it belong to?"]
        fn each_other_group_is_refused({group} from UNKNOWN_GROUPS) {
            for (is_offered, is_sent) in [(false, false), (true, false), (true, true)] {
                let (mut hello, mut answer) = plain();
                let share = share_in_answer(&answer).to_vec();
                let mut shares = shares_of(&hello);
                if is_sent {
                    think_of!("Your hello has a share in this group, too, but that does not mean that you can compute a shared secret in it. Which group do you support?");
                    shares.push(KeyShare { group, share: share.clone() });
                }
                if is_offered {
                    let groups = [hello.groups(), vec![group]].concat();
                    hello = hello.with(Extension::SupportedGroups(groups));
                }
                let hello = hello.with(Extension::KeyShares(shares));
                *at(&mut answer, 0x0033) = Extension::ServerShare(KeyShare { group, share });
                checks!(hello.0, answer, Err(Abort::BadKeyShare));
            }
        }

        /// a client's share on X25519 is refused if it has any length but 32 bytes
        #[think = "How long is a share on X25519? What do you do with a longer one?"]
        fn each_other_length_is_refused(length from [0, 1, 16, 31, 33, 48, 64, 65, 256, 288, 1216, 65_000]) {
            for share in of_length(length) {
                let (hello, _) = plain();
                let share = KeyShare { group: X25519, share };
                let hello = hello.with(Extension::KeyShares(vec![share]));
                negotiates!(hello.0, Err(Abort::BadKeyShare));
            }
        }

        /// a client's share in any group that is not among its groups is refused, before its share on
        /// X25519 or after it
        #[think = "Do you compare each share with the list of groups, or only some of them?"]
        fn each_share_belongs_to_a_group({group} from [&UNKNOWN_GROUPS[..], &[0x0a0a, 0xfafa]].concat()) {
            let (hello, _) = plain();
            let other = KeyShare { group, share: vec![0] };
            let ours = KeyShare { group: X25519, share: vec![9; 32] };
            let hello = hello.with(Extension::SupportedGroups(vec![X25519]));
            for shares in [vec![other.clone(), ours.clone()], vec![ours, other.clone()], vec![other]] {
                let hello = hello.clone().with(Extension::KeyShares(shares));
                negotiates!(hello.0, Err(Abort::BadKeyShare));
            }
        }

        /// any other extension of a hello is ignored, whatever is in it and wherever it is
        #[think = "Early data, a key from an earlier connection, point formats of 1.2: which of them does the exercise tell you to look at?"]
        fn each_other_extension_is_ignored({extension} from ignored()) {
            let (hello, _) = plain();
            let mut first = hello.0.clone();
            first.extensions.insert(0, extension.clone());
            for hello in [hello.with(extension).0, first] {
                negotiates!(hello, Ok(Negotiated::Share([9; 32])));
            }
        }

        /// the two extensions of a ServerHello are refused, too, if the hello does not have them
        #[think = "Which extensions may come without having been asked for? Are there any?"]
        fn each_extension_must_be_asked_for({code} from [0x002b, 0x0033]) {
            let (hello, answer) = plain();
            checks!(without(hello, code).0, answer, Err(Abort::UnsolicitedExtension));
        }

        /// the random of an answer may be any bytes, even those with which a server marks an older version
        #[think = "In an answer that selects 1.3, the last 8 bytes of the random mean nothing. What do you do with them?"]
        fn any_random_will_do({end} from [&b"DOWNGRD\x01"[..], b"DOWNGRD\x00", &[0; 8], &[0; 32], &[0xc1; 32]]) {
            let (hello, mut answer) = plain();
            // The last of them is the client's own.
            answer.random[32 - end.len()..].copy_from_slice(end);
            with!("chosen.random" = answer.random);
            checks!(hello.0, answer, Ok(share_in_answer(&answer)));
        }

        /// each extension that has no place in a ServerHello is refused, asked for or not
        #[think = "Two extensions may be in a ServerHello. Which `Abort` is for another one that the client asked for, and which is for one that it did not?"]
        fn each_other_extension_is_refused({extension} from others()) {
            for place in [0, 2] {
                let (hello, mut answer) = plain();
                answer.extensions.insert(place, extension.clone());
                let unasked = without(hello.clone(), extension.code());
                checks!(unasked.0, answer, Err(Abort::UnsolicitedExtension));
                let asked = hello.with(extension.clone());
                checks!(asked.0, answer, Err(Abort::MisplacedExtension));
            }
        }
    }
}

/// Extensions that have no place in a ServerHello.
fn others() -> Vec<Extension> {
    [misplaced_extensions(), vec![Extension::Cookie(vec![7; 16])]].concat()
}

/// Extensions that tell the server nothing: those of TLS 1.2, in which this server would refuse
/// some of these, and those for what it does not support.
fn ignored() -> Vec<Extension> {
    let of_tls12 = vec![
        Extension::ServerName(None),
        Extension::EcPointFormats(vec![1, 2]),
        Extension::RenegotiationInfo(vec![7; 12]),
        Extension::ExtendedMasterSecret,
        Extension::Cookie(vec![7; 16]),
    ];
    [of_tls12, with_rules_of_their_own()].concat()
}
