//! `check_choice`: what the client accepts.

use given::tls::{Abort, CipherSuite, KeyShare, TLS_1_2, TLS_1_3, X25519};
use given::tls12::{ClientHello, Extension, ServerHello};
use harness::show::Words;
use harness::{assume, same, think_of, with};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::both_shown;
use crate::subject::ch6_tls12::*;
use fixtures::strategies::bytes;
use fixtures::tls12::hellos::*;

harness::suite! {
    exercise "6.2" {
        /// an answer to what was offered is accepted, whatever is in its extensions
        #[think = "An answer has the same code as what it answers. Does it have the same content?"]
        fn an_answer_is_taken({answered} in answered(), {speaks_newer} in any::<bool>()) {
            let mut hello = answered.hello;
            if speaks_newer {
                hello.0.version = TLS_1_3;
                think_of!("The client speaks a newer version, too. Is 1.2 an answer to that?");
            }
            let (hello, answer) = both_shown(hello, answered.answer);
            let suite = CipherSuite::from_code(answer.cipher_suite).expect("one of the two was chosen");
            same!(check_choice(&hello, &answer), Ok(suite));
        }

        /// an answer in a version other than 1.2 is refused, older or newer
        #[think = "Which version does the server want to speak?"]
        fn an_answer_in_another_version_is_refused(
            {answered} in answered(), ({offered}, {version}) in other_versions()
        ) {
            assume!(version != TLS_1_2);
            let hello = Hello(ClientHello { version: offered, ..answered.hello.0 });
            let answer = ServerHello { version, ..answered.answer };
            let (hello, answer) = both_shown(hello, answer);
            same!(check_choice(&hello, &answer), Err(Abort::UnsupportedVersion));
        }

        /// a suite that was not offered is refused, known or not
        #[think = "That you could use a suite does not mean that you have offered it."]
        fn a_suite_that_was_not_offered_is_refused(
            {answered} in answered(), {code} in prop_oneof![
                3 => any_suite().prop_map(CipherSuite::code),
                1 => select(&UNKNOWN_SUITES[..]),
                1 => any::<u16>(),
            ]
        ) {
            let mut hello = answered.hello;
            hello.0.cipher_suites.retain(|offered| *offered != code);
            let answer = ServerHello { cipher_suite: code, ..answered.answer };
            let (hello, answer) = both_shown(hello, answer);
            same!(check_choice(&hello, &answer), Err(Abort::NotOffered));
        }

        /// a suite that was offered, but that the client does not support, is refused
        #[think = "What will you do with a suite that you don't support?"]
        fn a_suite_that_nobody_here_knows_is_refused(
            {answered} in answered(), {code} in prop_oneof![select(&UNKNOWN_SUITES[..]), grease()]
        ) {
            let mut hello = answered.hello;
            hello.0.cipher_suites.push(code);
            let answer = ServerHello { cipher_suite: code, ..answered.answer };
            let (hello, answer) = both_shown(hello, answer);
            same!(check_choice(&hello, &answer), Err(Abort::NotOffered));
        }

        /// compression is refused, by whichever method, even if it was offered
        #[think = "Which field of the answer have you not looked at?"]
        #[cases = 4]
        fn a_compressing_answer_is_refused({answered} in answered()) {
            let methods = (1..=255).flat_map(|method: u8| [(method, false), (method, true)]);
            for (method, is_offered) in methods {
                let mut hello = answered.hello.clone();
                hello.0.compression_methods = if is_offered { vec![method, 0] } else { vec![0] };
                let answer = ServerHello { compression_method: method, ..answered.answer.clone() };
                let (hello, answer) = both_shown(hello, answer);
                same!(check_choice(&hello, &answer), Err(Abort::NotOffered));
            }
        }

        /// an answer is not refused for anything that the exercise does not name
        #[think = "Go through the list under `Errors`. Which of your checks is not in it?"]
        #[cases = 16]
        fn what_is_not_named_is_taken({answered} in answered(), {session_id} in bytes(1..=32)) {
            let schemes = || Extension::SignatureAlgorithms(vec![0x0804, 0x0401]);
            let groups = || Extension::SupportedGroups(vec![X25519]);
            let name = || Extension::ServerName(Some("www.example.org".to_owned()));
            let hello = answered.hello.with(groups()).with(schemes()).with(name());
            let suite = CipherSuite::from_code(answered.answer.cipher_suite);
            let suite = suite.expect("one of the two was chosen");
            // What a server of TLS 1.3 writes there if it chooses 1.2 (RFC 9846 §4.2.3).
            let mut random = answered.answer.random;
            random[24..].copy_from_slice(b"DOWNGRD\x01");
            for (words, session_id, random, more) in [
                ("the name of the client's session", &session_id, [0xc5; 32], None),
                ("a random that says that the server also speaks TLS 1.3", &vec![], random, None),
                ("supported_groups, which the client has sent", &vec![], [0xc5; 32], Some(groups())),
                ("signature_algorithms, which the client has sent", &vec![], [0xc5; 32], Some(schemes())),
                ("server_name, with a name in it", &vec![], [0xc5; 32], Some(name())),
            ] {
                let hello = Hello(ClientHello { session_id: session_id.clone(), ..hello.0.clone() });
                let mut answer = answered.answer.clone();
                (answer.session_id, answer.random) = (session_id.clone(), random);
                answer.extensions.extend(more);
                with!("in the answer" = Words(words.to_owned()));
                let (hello, answer) = both_shown(hello, answer);
                same!(check_choice(&hello, &answer), Ok(suite));
            }
        }

        /// an extension that was not asked for is refused
        #[think = "For each extension of the answer: is there one with the same code in the hello?"]
        fn an_unasked_extension_is_refused(
            {answered} in answered(), {extension} in prop_oneof![
                2 => any_extension(), 1 => select(answers_of_newer_servers()),
            ], {place} in any::<Index>()
        ) {
            let (mut hello, mut answer) = (answered.hello, answered.answer);
            hello.0.extensions.retain(|asked| asked.code() != extension.code());
            answer.extensions.retain(|answer| answer.code() != extension.code());
            answer.extensions.insert(place.index(answer.extensions.len() + 1), extension.clone());
            let (mut hello, mut answer) = both_shown(hello, answer);
            same!(check_choice(&hello, &answer), Err(Abort::UnsolicitedExtension));
            // The same from a client that asks for nothing.
            (hello.extensions, answer.extensions) = (vec![], vec![extension]);
            let (hello, answer) = both_shown(Hello(hello), answer);
            same!(check_choice(&hello, &answer), Err(Abort::UnsolicitedExtension));
        }

        /// an answer that claims to continue another handshake is refused
        #[think = "What is in `renegotiation_info` when there has been nothing before?"]
        fn a_continuing_answer_is_refused({answered} in answered(), {verify_data} in bytes(1..=255)) {
            for verify_data in [verify_data, vec![0], vec![0; 24], vec![7; 12]] {
                let info = Extension::RenegotiationInfo(verify_data);
                // Even if the client claims the same.
                for asked in [Extension::RenegotiationInfo(vec![]), info.clone()] {
                    let hello = answered.hello.clone().with(asked);
                    let mut answer = answered.answer.clone();
                    answer.extensions.retain(|answer| answer.code() != info.code());
                    answer.extensions.push(info.clone());
                    let (hello, answer) = both_shown(hello, answer);
                    same!(check_choice(&hello, &answer), Err(Abort::BadRenegotiationInfo));
                }
            }
        }

        /// an answer whose point formats lack "uncompressed" is refused, with either suite
        #[think = "Which formats may `ec_point_formats` list in an answer? Which one must it list?"]
        fn an_answer_with_other_points_is_refused(
            {answered} in answered(), {formats} in only_other_formats(), {only_this} in any::<bool>()
        ) {
            let mut hello = answered.hello.with(Extension::EcPointFormats(vec![1, 0]));
            let mut answer = answered.answer;
            if only_this {
                hello.0.cipher_suites = vec![answer.cipher_suite];
            }
            answer.extensions.retain(|answer| answer.code() != 0x000b);
            answer.extensions.push(Extension::EcPointFormats(formats.clone()));
            let suite = CipherSuite::from_code(answer.cipher_suite);
            let suite = suite.expect("one of the two was chosen");
            let (mut hello, mut answer) = both_shown(hello, answer);
            same!(check_choice(&hello, &answer), Err(Abort::UncompressedPointsRequired));
            let others = formats.get(1..).unwrap_or_default();
            for with_it in [[others, &[0]].concat(), [&[0], others].concat()] {
                *answer.extensions.last_mut().expect("the formats") = Extension::EcPointFormats(with_it);
                (hello, answer) = both_shown(Hello(hello), answer);
                same!(check_choice(&hello, &answer), Ok(suite));
            }
        }
    }
}

/// What servers of TLS 1.3 answer, and servers of TLS 1.2 don't.
fn answers_of_newer_servers() -> Vec<Extension> {
    let (group, share) = (X25519, vec![9; 32]);
    vec![
        Extension::SelectedVersion(TLS_1_3),
        Extension::SelectedVersion(TLS_1_2),
        Extension::ServerShare(KeyShare { group, share }),
        Extension::Cookie(vec![7]),
    ]
}

/// The version of a hello and the version of an answer. The second is not 1.2 in most cases, and
/// may be the one that was offered.
fn other_versions() -> BoxedStrategy<(u16, u16)> {
    let known = [&OLDER_VERSIONS[..], &NEWER_VERSIONS].concat();
    let version = prop_oneof![3 => select(known), 1 => any::<u16>()];
    let offered = prop_oneof![Just(Some(TLS_1_2)), Just(None), any::<u16>().prop_map(Some)];
    (offered, version)
        .prop_map(|(offered, version)| (offered.unwrap_or(version), version))
        .boxed()
}
