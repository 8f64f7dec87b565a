//! `check_choice13`: what the client accepts.

use given::tls::HandshakeMessage;
use given::tls::{
    Abort, ClientHello, Extension, KeyShare, ServerHello, TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256,
    X25519,
};
use harness::{assume, same};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::faults::{OF_ANSWERS, pairs, spoil};
use crate::subject::ch7_tls13::*;
use fixtures::strategies::{bit, bytes};
use fixtures::tls12::hellos::{Hello, UNKNOWN_SUITES, any_extension, grease};
use fixtures::tls13::hellos::*;
use fixtures::tls13::traces::traces;

harness::suite! {
    exercise "7.4" {
        /// an answer to what was offered is accepted, and the server's share is returned
        #[think = "Which of your checks does this answer fail?"]
        fn an_answer_is_taken(answered in answered()) {
            same!(check_choice13(&answered.hello.0, &answered.answer), Ok(share_in(&answered.answer)));
        }

        /// the answers in RFC 8448 §3 and §7 are accepted
        #[think = "Read the ServerHello in RFC 8448, extension by extension."]
        fn the_answers_of_the_rfc_are_taken(place from [0, 2]) {
            let trace = &traces()[place];
            let offered = ClientHello::read(&trace.hellos[0][4..]).expect("a hello");
            let chosen = ServerHello::read(&trace.hellos[1][4..]).expect("a hello");
            same!(check_choice13(&offered, &chosen), Ok(share_in(&chosen)));
        }

        /// an answer without `supported_versions` is refused, whatever is in the field `version`
        #[think = "Which extension does a server of TLS 1.2 never send?"]
        #[cases = 64]
        fn an_older_answer_is_refused(
            answered in answered(), version in prop_oneof![Just(TLS_1_2), Just(TLS_1_3), any::<u16>()]
        ) {
            let mut answer = ServerHello { version, ..answered.answer };
            answer.extensions.retain(|answer| answer.code() != 0x002b);
            same!(check_choice13(&answered.hello.0, &answer), Err(Abort::UnsupportedVersion));
        }

        /// an answer whose field `version` is not 1.2 is refused
        #[think = "RFC 9846 §4.2.3 says what this field contains in every ServerHello of 1.3."]
        #[cases = 64]
        fn the_old_field_of_an_answer_says_1_2(
            answered in answered(), version in prop_oneof![
                select(vec![TLS_1_3, 0x0302, 0x0301, 0x0003, 0]), any::<u16>(),
            ]
        ) {
            assume!(version != TLS_1_2);
            let answer = ServerHello { version, ..answered.answer };
            same!(check_choice13(&answered.hello.0, &answer), Err(Abort::UnsupportedVersion));
        }

        /// an answer that selects a version other than 1.3 is refused, even if it was offered
        #[think = "Which versions may a server select in `supported_versions`?"]
        #[cases = 64]
        fn another_version_is_refused(
            answered in answered(), version in other_version(), offered in any::<bool>()
        ) {
            let hello = match offered {
                true => answered.hello.with(Extension::SupportedVersions(vec![version, TLS_1_3])),
                false => answered.hello,
            };
            let mut answer = answered.answer;
            *at(&mut answer, 0x002b) = Extension::SelectedVersion(version);
            same!(check_choice13(&hello.0, &answer), Err(Abort::NotOffered));
        }

        /// a session id that is not the client's own is refused
        #[think = "The field no longer means anything, but it must come back as it was sent."]
        #[cases = 64]
        fn another_session_id_is_refused(
            answered in answered(), other in bytes(0..=32), changed in bit(), flip in any::<bool>()
        ) {
            let own = &answered.hello.0.session_id;
            let session_id = match flip && !own.is_empty() {
                true => changed.flipped(own),
                false => other,
            };
            assume!(session_id != *own);
            let answer = ServerHello { session_id, ..answered.answer };
            same!(check_choice13(&answered.hello.0, &answer), Err(Abort::NotOffered));
        }

        /// a suite of another version, or one that you don't support, is refused, even if it was offered
        #[think = "That a suite was offered does not mean that it is one of TLS 1.3."]
        #[cases = 64]
        fn another_suite_is_refused(
            answered in answered(), code in prop_oneof![
                2 => select(vec![0x009c, 0xc02f]), 2 => select(UNKNOWN_SUITES.to_vec()),
                1 => grease(), 1 => any::<u16>(),
            ], offered in any::<bool>()
        ) {
            assume!(code != TLS_AES_128_GCM_SHA256);
            let mut hello = answered.hello.0;
            if offered {
                hello.cipher_suites.push(code);
            }
            let answer = ServerHello { cipher_suite: code, ..answered.answer };
            same!(check_choice13(&hello, &answer), Err(Abort::NotOffered));
        }

        /// the suite that you support is refused, too, if it was not offered
        #[think = "That you could use a suite does not mean that you have offered it."]
        #[cases = 16]
        fn a_suite_that_was_not_offered_is_refused(answered in answered()) {
            let mut hello = answered.hello.0;
            hello.cipher_suites = vec![0x1302, 0x1303];
            same!(check_choice13(&hello, &answered.answer), Err(Abort::NotOffered));
        }

        /// compression is refused
        #[think = "Which field of the answer have you not looked at?"]
        #[cases = 32]
        fn a_compressing_answer_is_refused(
            answered in answered(), method in prop_oneof![Just(1), 1..=255_u8]
        ) {
            let answer = ServerHello { compression_method: method, ..answered.answer };
            same!(check_choice13(&answered.hello.0, &answer), Err(Abort::NotOffered));
        }

        /// an extension that was not asked for is refused as unsolicited
        #[think = "For each extension of the answer: is there one with the same code in the hello?"]
        #[cases = 64]
        fn an_unasked_extension_is_refused(
            answered in answered(), extension in unasked(), {place} in any::<Index>()
        ) {
            let hello = without(answered.hello, extension.code());
            let mut answer = answered.answer;
            answer.extensions.insert(place.index(answer.extensions.len() + 1), extension);
            same!(check_choice13(&hello.0, &answer), Err(Abort::UnsolicitedExtension));
        }

        /// an extension that was asked for but has no place in ServerHello is refused as misplaced
        #[think = "Two extensions may be in a ServerHello. Where do the others belong?"]
        #[cases = 64]
        fn a_misplaced_extension_is_refused(
            answered in answered(), extension in any_extension(), {place} in any::<Index>()
        ) {
            let hello = answered.hello.with(extension.clone());
            let mut answer = answered.answer;
            answer.extensions.insert(place.index(answer.extensions.len() + 1), extension);
            same!(check_choice13(&hello.0, &answer), Err(Abort::MisplacedExtension));
        }

        /// an answer without a share is refused
        #[think = "Where would the secret come from?"]
        #[cases = 16]
        fn a_missing_share_is_noticed(answered in answered()) {
            let mut answer = answered.answer;
            answer.extensions.retain(|answer| answer.code() != 0x0033);
            same!(check_choice13(&answered.hello.0, &answer), Err(Abort::MissingExtension));
        }

        /// a share in another group is refused, even if the client has offered that group, or a share in it
        #[think = "Which of your shares does it belong to?"]
        #[cases = 64]
        fn a_share_in_another_group_is_refused(
            answered in answered(), group in prop_oneof![
                select(vec![0x0017_u16, 0x0018, 0x001e, 0x11ec, 0x1d00]), grease(), any::<u16>(),
            ], offered in any::<bool>()
        ) {
            assume!(group != X25519);
            let mut hello = answered.hello;
            if offered {
                let groups = [hello.groups(), vec![group]].concat();
                let share = KeyShare { group, share: vec![7; 32] };
                let shares = [shares_of(&hello), vec![share]].concat();
                hello = hello.with(Extension::SupportedGroups(groups));
                hello = hello.with(Extension::KeyShares(shares));
            }
            let mut answer = answered.answer;
            let share = share_in(&answer).to_vec();
            *at(&mut answer, 0x0033) = Extension::ServerShare(KeyShare { group, share });
            same!(check_choice13(&hello.0, &answer), Err(Abort::BadKeyShare));
        }

        /// a share on X25519 is refused if the client has sent none, although it has offered the group
        #[think = "With which secret key would you compute the shared secret?"]
        #[cases = 32]
        fn a_share_without_ours_is_refused(answered in answered(), others in any::<bool>()) {
            let mut shares = shares_of(&answered.hello);
            shares.retain(|share| share.group != X25519 && others);
            let hello = answered.hello.with(Extension::KeyShares(shares));
            same!(check_choice13(&hello.0, &answered.answer), Err(Abort::BadKeyShare));
        }

        /// a share of any length other than 32 bytes is refused
        #[think = "How long is a share on X25519?"]
        fn a_servers_share_of_another_length_is_refused(
            length from [1, 16, 31, 33, 48, 64, 65, 256, 288, 65_000]
        ) {
            let (hello, mut answer) = plain();
            let share = KeyShare { group: X25519, share: vec![9; length] };
            *at(&mut answer, 0x0033) = Extension::ServerShare(share);
            same!(check_choice13(&hello.0, &answer), Err(Abort::BadKeyShare));
        }

        /// the share is returned as it was sent, even if it begins or ends with zeros, or is all zeros
        #[think = "It is bytes, not a number. Whether it is a good share is for exercise 4.3 to say."]
        fn the_share_is_returned_as_it_is(byte from [0_u8, 1, 0x80, 0xff]) {
            for place in [0, 31] {
                let (hello, mut answer) = plain();
                let mut share = vec![0; 32];
                share[place] = byte;
                let sent = KeyShare { group: X25519, share: share.clone() };
                *at(&mut answer, 0x0033) = Extension::ServerShare(sent);
                let share: [u8; 32] = share.try_into().expect("32 bytes");
                same!(check_choice13(&hello.0, &answer), Ok(share));
            }
        }

        /// if there are several reasons to refuse an answer, the first in the exercise's order is given
        #[think = "Go through the order under `Errors`. Which of your checks comes too early?"]
        fn the_first_reason_against_an_answer_is_given((first, second) from pairs(&OF_ANSWERS)) {
            let mut answered = plain();
            // The first fault goes in last: it may remove what the second one is about.
            spoil(&mut answered, second);
            spoil(&mut answered, first);
            let reasons = [
                Abort::UnsupportedVersion, Abort::NotOffered, Abort::UnsolicitedExtension,
                Abort::MisplacedExtension, Abort::MissingExtension, Abort::BadKeyShare,
            ];
            let place = OF_ANSWERS.iter().position(|faults| faults.contains(&first));
            let reason = &reasons[place.expect("it is one of them")];
            let (hello, answer) = answered;
            same!(check_choice13(&hello.0, &answer), Err(reason.clone()));
        }
    }
}

/// An extension that a hello may lack.
fn unasked() -> BoxedStrategy<Extension> {
    let cookie = Just(Extension::Cookie(vec![7; 16]));
    prop_oneof![8 => any_extension(), 1 => cookie].boxed()
}

/// The share in an answer.
fn share_in(answer: &ServerHello) -> [u8; 32] {
    let mut extensions = answer.extensions.iter();
    let share = extensions.find_map(|extension| match extension {
        Extension::ServerShare(share) => Some(share.share.clone()),
        _ => None,
    });
    let share = share.expect("an answer with a share");
    share.try_into().expect("32 bytes")
}

/// The extension of this code.
fn at(answer: &mut ServerHello, code: u16) -> &mut Extension {
    let mut extensions = answer.extensions.iter_mut();
    let found = extensions.find(|extension| extension.code() == code);
    found.expect("an extension of this code")
}

/// A hello and an answer that have what is needed and nothing more.
fn plain() -> (Hello, ServerHello) {
    let share = |byte: u8| KeyShare {
        group: X25519,
        share: vec![byte; 32],
    };
    let hello = ClientHello {
        version: TLS_1_2,
        random: [0xc1; 32],
        session_id: vec![7; 32],
        cipher_suites: vec![TLS_AES_128_GCM_SHA256],
        compression_methods: vec![0],
        extensions: vec![
            Extension::SupportedVersions(vec![TLS_1_3]),
            Extension::SupportedGroups(vec![X25519, 0x0017]),
            Extension::SignatureAlgorithms(vec![PSS]),
            Extension::KeyShares(vec![share(9)]),
        ],
    };
    let answer = ServerHello {
        version: TLS_1_2,
        random: [0xc5; 32],
        session_id: vec![7; 32],
        cipher_suite: TLS_AES_128_GCM_SHA256,
        compression_method: 0,
        extensions: vec![
            Extension::SelectedVersion(TLS_1_3),
            Extension::ServerShare(share(5)),
        ],
    };
    (Hello(hello), answer)
}
