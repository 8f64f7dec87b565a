//! `check_choice`: what the client accepts.

use given::tls::{Abort, CipherSuite, TLS_1_2};
use given::tls12::{ClientHello, Extension, ServerHello};
use harness::show::Words;
use harness::{assume, same, with};
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
        fn an_answer_is_taken({answered} in answered()) {
            let (hello, answer) = both_shown(answered.hello, answered.answer);
            let suite = CipherSuite::from_code(answer.cipher_suite);
            let suite = suite.expect("one of the two was chosen");
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

        /// compression is refused, even if it was offered
        #[think = "Which field of the answer have you not looked at?"]
        fn a_compressing_answer_is_refused(
            {answered} in answered(), {method} in prop_oneof![Just(1), Just(64), 1..=255_u8],
            {is_offered} in any::<bool>()
        ) {
            let mut hello = answered.hello;
            hello.0.compression_methods = if is_offered { vec![method, 0] } else { vec![0] };
            let answer = ServerHello { compression_method: method, ..answered.answer };
            let (hello, answer) = both_shown(hello, answer);
            same!(check_choice(&hello, &answer), Err(Abort::NotOffered));
        }

        /// an extension that was not asked for is refused
        #[think = "For each extension of the answer: is there one with the same code in the hello?"]
        fn an_unasked_extension_is_refused(
            {answered} in answered(), {extension} in any_extension(), {place} in any::<Index>()
        ) {
            let (mut hello, mut answer) = (answered.hello, answered.answer);
            hello.0.extensions.retain(|asked| asked.code() != extension.code());
            answer.extensions.retain(|answer| answer.code() != extension.code());
            answer.extensions.insert(place.index(answer.extensions.len() + 1), extension);
            let (hello, answer) = both_shown(hello, answer);
            same!(check_choice(&hello, &answer), Err(Abort::UnsolicitedExtension));
        }

        /// an answer that claims to continue another handshake is refused
        #[think = "What is in `renegotiation_info` when there has been nothing before?"]
        fn a_continuing_answer_is_refused({answered} in answered(), {verify_data} in bytes(1..=255)) {
            for verify_data in [verify_data, vec![0], vec![0; 24], vec![7; 12]] {
                let info = Extension::RenegotiationInfo(verify_data);
                let hello = answered.hello.clone().with(Extension::RenegotiationInfo(vec![]));
                let mut answer = answered.answer.clone();
                answer.extensions.retain(|answer| answer.code() != info.code());
                answer.extensions.push(info);
                let (hello, answer) = both_shown(hello, answer);
                same!(check_choice(&hello, &answer), Err(Abort::BadRenegotiationInfo));
            }
        }

        /// an answer whose point formats lack "uncompressed" is refused, with either suite
        #[think = "Which formats may `ec_point_formats` list in an answer? Which one must it list?"]
        fn an_answer_with_other_points_is_refused(
            {answered} in answered(), {formats} in only_other_formats()
        ) {
            let hello = answered.hello.with(Extension::EcPointFormats(vec![1, 0]));
            let mut answer = answered.answer;
            answer.extensions.retain(|answer| answer.code() != 0x000b);
            answer.extensions.push(Extension::EcPointFormats(formats.clone()));
            let suite = CipherSuite::from_code(answer.cipher_suite);
            let suite = suite.expect("one of the two was chosen");
            let (hello, mut answer) = both_shown(hello, answer);
            same!(check_choice(&hello, &answer), Err(Abort::UncompressedPointsRequired));
            let with_it = Extension::EcPointFormats([formats.get(1..).unwrap_or_default(), &[0]].concat());
            *answer.extensions.last_mut().expect("the formats") = with_it;
            let (hello, answer) = both_shown(Hello(hello), answer);
            same!(check_choice(&hello, &answer), Ok(suite));
        }

        /// a long hello and a long answer are both checked to their ends
        #[think = "Does one of your loops stop early?"]
        fn a_long_answer_is_read_to_its_end(
            unknown_before from [1, 15, 16, 64, 100, 255, 256, 1024]
        ) {
            let hello = long_hello(unknown_before).0;
            let mut answer = ServerHello {
                version: TLS_1_2,
                random: [0xc5; 32],
                session_id: vec![],
                cipher_suite: SUITES[1].code(),
                compression_method: 0,
                extensions: hello.extensions.iter().filter_map(answer_to).collect(),
            };
            same!(check_choice(&hello, &answer), Ok(SUITES[1]));
            answer.extensions.push(Extension::ServerName(None));
            with!("last extension of answer" = Words("server_name".to_owned()));
            same!(check_choice(&hello, &answer), Err(Abort::UnsolicitedExtension));
            answer.extensions.pop();
            answer.extensions.retain(|answer| answer.code() != 0xff01);
            answer.extensions.push(Extension::RenegotiationInfo(vec![7; 24]));
            with!("last extension of answer" = Words("renegotiation_info with 24 bytes".to_owned()));
            same!(check_choice(&hello, &answer), Err(Abort::BadRenegotiationInfo));
        }

        /// if there are several reasons to refuse an answer, the first in the exercise's order is given
        #[think = "Go through the order under `Errors`. Which of your checks comes too early?"]
        #[cases = 16]
        fn the_first_reason_against_an_answer_is_given({answered} in answered()) {
            let hello = answered.hello.with(Extension::RenegotiationInfo(vec![]));
            let hello = hello.with(Extension::EcPointFormats(vec![0]));
            let mut answer = answered.answer;
            answer.extensions.retain(|answer| ![0xff01, 0x000b].contains(&answer.code()));
            for (place, first) in FAULTS.into_iter().enumerate() {
                for second in &FAULTS[place + 1..] {
                    let (mut hello, mut answer) = (hello.clone(), answer.clone());
                    spoil(&mut hello, &mut answer, first);
                    spoil(&mut hello, &mut answer, second);
                    let abort = match first {
                        "version" => Abort::UnsupportedVersion,
                        "suite" | "offered suite" | "compression" => Abort::NotOffered,
                        "unasked" => Abort::UnsolicitedExtension,
                        _ => Abort::UncompressedPointsRequired,
                    };
                    let (hello, answer) = both_shown(hello, answer);
                    with!("what is wrong" = Words(format!("{first} and {second}")));
                    same!(check_choice(&hello, &answer), Err(abort));
                }
            }
        }
    }
}

/// What can be wrong with an answer, in the order of the reasons. Three of them give the same
/// reason.
const FAULTS: [&str; 7] = [
    "version",
    "suite",
    "offered suite",
    "compression",
    "unasked",
    "points",
    "renegotiation",
];

/// Puts this fault into the answer, or into the hello.
fn spoil(hello: &mut Hello, answer: &mut ServerHello, fault: &str) {
    match fault {
        "version" => answer.version = 0x0302,
        "suite" => answer.cipher_suite = 0xc030,
        "offered suite" => {
            answer.cipher_suite = 0xc030;
            hello.0.cipher_suites.push(0xc030);
        }
        "compression" => answer.compression_method = 1,
        "unasked" => answer.extensions.push(Extension::Other {
            code: 0x7e7e,
            body: vec![],
        }),
        "points" => answer.extensions.push(Extension::EcPointFormats(vec![1])),
        _ => {
            let continued = Extension::RenegotiationInfo(vec![7; 24]);
            answer.extensions.insert(0, continued);
        }
    }
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
