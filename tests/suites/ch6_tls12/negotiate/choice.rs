//! `negotiate`: what the server chooses.

use std::collections::HashSet;

use given::tls::{Abort, CipherSuite, SignatureScheme, TLS_1_2, X25519};
use given::tls12::{ClientHello, Extension};
use harness::{called, check, notes, quietly, same, think_of, with};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::reference::reference_negotiate;
use super::shown;
use crate::subject::ch6_tls12::*;
use fixtures::strategies::bytes;
use fixtures::tls12::hellos::*;

harness::suite! {
    exercise "6.2" {
        /// if the client offers everything, the server's first suite is chosen
        #[think = "Whose list do you go through, and in whose list do you look?"]
        fn the_servers_order_decides(
            {hello} in full_hello(), {first} in any_suite(), {both} in any::<bool>(), {twice} in any::<bool>()
        ) {
            let mut hello = hello;
            if twice {
                hello.0.cipher_suites.extend_from_within(..);
            }
            let [one, other] = SUITES;
            let second = if first == one { other } else { one };
            let preferences = if both { vec![first, second] } else { vec![first] };
            let hello = shown(hello);
            if notes::are_taken() && negotiate(&hello, &preferences).is_err() {
                think_of!("This hello has everything that is needed, and more. Which of your checks refuses it?");
            }
            with!(preferences);
            same!(negotiate(&hello, &preferences).map(Choice::suite), Ok(first));
        }

        /// what is chosen was offered, and so was everything that it needs
        #[think = "A suite, a group, a scheme: which of them have you looked for in the hello?"]
        #[cases = 512]
        fn only_what_was_offered_is_chosen({hello} in hello(), preferences in preferences()) {
            let (groups, schemes) = (hello.groups(), hello.schemes());
            let hello = shown(hello);
            let Ok(choice) = called!(negotiate(&hello, &preferences)) else { return Ok(()) };
            let suite = choice.suite();
            let is_offered = hello.cipher_suites.contains(&suite.code());
            let is_in_common = is_offered && preferences.contains(&suite);
            let asked = "negotiate(&hello, &preferences)";
            check!(is_in_common, "a suite that both sides have", choice, asked);
            if let Choice::EcdheRsa(scheme) = choice {
                check!(schemes.contains(&scheme.code()), "a scheme that was offered", choice, asked);
                check!(groups.contains(&X25519), "no ECDHE without X25519", choice, asked);
            }
        }

        /// if the suite with ECDHE can't be used, the other one is chosen, or none
        #[think = "What does the suite need besides being offered? And which one is next in order?"]
        fn without_a_group_or_a_scheme_the_other_suite_does(
            {hello} in full_hello(), {missing} in missing(), {offers_rsa} in any::<bool>(),
            {prefers_ecdhe} in any::<bool>()
        ) {
            let mut hello = hello.without(missing);
            if !offers_rsa {
                let rsa = CipherSuite::RsaAes128GcmSha256.code();
                hello.0.cipher_suites.retain(|suite| *suite != rsa);
            }
            let mut preferences = SUITES;
            if prefers_ecdhe {
                preferences.reverse();
            }
            let choice = if offers_rsa { Ok(Choice::Rsa) } else { Err(Abort::NothingInCommon) };
            let hello = shown(hello);
            same!(negotiate(&hello, &preferences), choice);
        }

        /// if both schemes are offered, PSS is chosen, whatever the client's order; if only one is, it is
        #[think = "Whose preference is it here?"]
        fn pss_is_preferred({hello} in full_hello(), {only} in option::of(select(&SCHEMES[..]))) {
            let mut hello = hello;
            if let Some(only) = only {
                hello.keep_scheme(only);
                think_of!("The client has offered one of the two schemes. With which schemes can you sign a share?");
            }
            let scheme = only.unwrap_or(SignatureScheme::RsaPssRsaeSha256);
            let preferences = [CipherSuite::EcdheRsaAes128GcmSha256];
            let hello = shown(hello);
            same!(negotiate(&hello, &preferences), Ok(Choice::EcdheRsa(scheme)));
        }

        /// a hello with no suite in common is refused
        #[think = "What do you choose if nothing on your list was offered?"]
        fn nothing_in_common_is_refused(
            {hello} in full_hello(), {preferred} in option::of(any_suite())
        ) {
            let mut hello = hello;
            let preferences: Vec<CipherSuite> = preferred.into_iter().collect();
            let is_preferred = |code: &u16| preferences.iter().any(|suite| suite.code() == *code);
            hello.0.cipher_suites.retain(|code| !is_preferred(code));
            let hello = shown(hello);
            same!(negotiate(&hello, &preferences), Err(Abort::NothingInCommon));
        }

        /// unknown values make no difference, wherever the client puts them
        #[think = "RFC 8701: some clients send such values to find out which servers fail on them. Does yours?"]
        fn unknown_values_make_no_difference(
            {hello} in full_hello(), preferences in preferences(), {grease} in grease()
        ) {
            let expected = reference_negotiate(&hello.0, &preferences);
            let hello = shown(hello.greased(grease));
            same!(negotiate(&hello, &preferences), expected);
        }

        /// a client whose newest version is older than 1.2 is refused
        #[think = "The version in the hello is the highest that the client speaks."]
        fn an_older_version_is_refused(
            {hello} in full_hello(), {version} in prop_oneof![select(&OLDER_VERSIONS[..]), 0..TLS_1_2]
        ) {
            let hello = shown(Hello(ClientHello { version, ..hello.0 }));
            let preferences = SUITES;
            same!(negotiate(&hello, &preferences), Err(Abort::UnsupportedVersion));
        }

        /// a client that also speaks a newer version is accepted
        #[think = "The version in the hello is the highest that the client speaks."]
        fn a_newer_version_is_taken(
            {hello} in full_hello(),
            {version} in prop_oneof![select(&NEWER_VERSIONS[..]), TLS_1_2..=u16::MAX]
        ) {
            let hello = shown(Hello(ClientHello { version, ..hello.0 }));
            let preferences = SUITES;
            with!(preferences);
            same!(negotiate(&hello, &preferences).map(Choice::suite), Ok(preferences[0]));
        }

        /// a client that insists on compression is refused, and one that merely offers it is not
        #[think = "Where in the list may method 0 be?"]
        fn compression_is_not_done(
            {hello} in full_hello(), {methods} in vec(1..=255_u8, 0..=3),
            {none_at} in option::of(any::<Index>())
        ) {
            let mut compression_methods = methods;
            if let Some(place) = none_at {
                compression_methods.insert(place.index(compression_methods.len() + 1), 0);
            }
            let hello = shown(Hello(ClientHello { compression_methods, ..hello.0 }));
            let suite = none_at.map(|_| SUITES[0]).ok_or(Abort::NullCompressionRequired);
            let preferences = SUITES;
            with!(preferences);
            same!(negotiate(&hello, &preferences).map(Choice::suite), suite);
        }

        /// a client whose point formats lack "uncompressed" is refused, with either suite, and one that
        /// lists others besides it is not
        #[think = "Which formats may `ec_point_formats` list? Which one must it list, and does it matter where?"]
        fn uncompressed_points_are_required(
            {hello} in full_hello(), {formats} in only_other_formats(), preferences in preferences(),
            {uncompressed_at} in option::of(any::<Index>())
        ) {
            let mut formats = formats;
            if let Some(place) = uncompressed_at {
                formats.insert(place.index(formats.len() + 1), 0);
            }
            let hello = hello.with(Extension::EcPointFormats(formats));
            let expected = match uncompressed_at {
                Some(_) => reference_negotiate(&hello.0, &preferences),
                None => Err(Abort::UncompressedPointsRequired),
            };
            let hello = shown(hello);
            same!(negotiate(&hello, &preferences), expected);
        }

        /// a first handshake that claims to continue another is refused
        #[think = "What is in `renegotiation_info` when there has been nothing before?"]
        fn a_continued_handshake_is_refused({first} in full_hello(), {verify_data} in bytes(0..=255)) {
            for verify_data in [verify_data, vec![], vec![0], vec![0; 12], vec![7; 12]] {
                let is_first = verify_data.is_empty();
                let hello = shown(first.clone().with(Extension::RenegotiationInfo(verify_data)));
                let suite = if is_first { Ok(SUITES[0]) } else { Err(Abort::BadRenegotiationInfo) };
                let preferences = SUITES;
                with!(preferences);
                same!(negotiate(&hello, &preferences).map(Choice::suite), suite);
            }
        }

        /// if there are several reasons to refuse a hello, the first in the exercise's order is given
        #[think = "Go through the order under `Errors`. Which of your checks comes too early?"]
        #[cases = 16]
        fn the_first_reason_is_given({hello} in full_hello()) {
            for (first, second) in [
                (0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4),
            ] {
                let mut hello = hello.clone();
                for fault in [first, second] {
                    match fault {
                        0 => hello.0.version = 0x0302,
                        1 => hello.0.compression_methods = vec![1],
                        2 => hello = hello.with(Extension::EcPointFormats(vec![1])),
                        3 => hello = hello.with(Extension::RenegotiationInfo(vec![7; 12])),
                        _ => hello.0.cipher_suites = vec![0x1301],
                    }
                }
                let abort = match first {
                    0 => Abort::UnsupportedVersion,
                    1 => Abort::NullCompressionRequired,
                    2 => Abort::UncompressedPointsRequired,
                    _ => Abort::BadRenegotiationInfo,
                };
                let (hello, preferences) = (shown(hello), SUITES);
                same!(negotiate(&hello, &preferences), Err(abort));
            }
        }

        /// whatever a client offers, it gets what the rules say
        #[think = "Go through the rules one by one, with this hello in front of you."]
        #[cases = 512]
        fn every_hello_is_answered_by_the_rules({hello} in hello(), preferences in preferences()) {
            let expected = reference_negotiate(&hello.0, &preferences);
            let hello = shown(hello);
            let choice = called!(negotiate(&hello, &preferences));
            if notes::are_taken() && choice != expected {
                let (mut each, mut seen) = (preferences.clone(), HashSet::new());
                each.retain(|suite| seen.insert(suite.code()));
                if each != preferences && quietly(|| negotiate(&hello, &each) == expected) == Some(true) {
                    think_of!("A suite appears twice in these preferences. Which of the preferences do you look at, and how far down the list?");
                }
            }
            same!(choice, expected, "negotiate(&hello, &preferences)");
        }
    }
}
