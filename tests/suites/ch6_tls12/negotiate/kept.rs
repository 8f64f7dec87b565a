//! What must not be kept from one call to the next.

use given::tls::{Abort, CipherSuite, X25519};
use given::tls12::{Extension, ServerHello};
use harness::{same, with};

use super::reference::reference_negotiate;
use super::{both_shown, shown};
use crate::subject::ch6_tls12::*;
use fixtures::tls12::hellos::*;

harness::suite! {
    exercise "6.2" {
        /// a hello is answered for what is in it, even if the last one differed in one thing alone
        #[think = "Do you keep anything from one call to the next? Everything in the hello counts."]
        #[cases = 16]
        fn each_hello_is_answered_for_itself({hello} in full_hello()) {
            let first = hello;
            let others = other_hellos(&first);
            let mut before: Option<&Hello> = None;
            for second in &others {
                for hello in [&first, second, &first] {
                    let preferences = [SUITES[1], SUITES[0]];
                    let expected = reference_negotiate(&hello.0, &preferences);
                    if let Some(before) = before.replace(hello) {
                        with!("the previous hello" = before);
                    }
                    let hello = shown(hello.clone());
                    same!(negotiate(&hello, &preferences), expected);
                }
            }
        }

        /// an answer is checked against the hello it came with, even if another one allowed it
        #[think = "Do you keep anything from one call to the next? Another client may have offered something else."]
        #[cases = 16]
        fn each_answer_is_checked_against_its_hello({answered} in answered()) {
            let (hello, answer) = with_info(answered);
            let suite = CipherSuite::from_code(answer.cipher_suite);
            let suite = suite.expect("one of the two was chosen");
            let (mut without_suite, mut without_info) = (hello.clone(), hello.clone());
            without_suite.0.cipher_suites.retain(|code| *code != answer.cipher_suite);
            without_info.0.extensions.retain(|one| *one != Extension::RenegotiationInfo(vec![]));
            let mut before: Option<&Hello> = None;
            for (other, abort) in [
                (&without_suite, Abort::NotOffered), (&without_info, Abort::UnsolicitedExtension),
            ] {
                for (hello, expected) in [(&hello, Ok(suite)), (other, Err(abort)), (&hello, Ok(suite))] {
                    if let Some(before) = before.replace(hello) {
                        with!("the previous hello" = before);
                    }
                    let (hello, answer) = both_shown(hello.clone(), answer.clone());
                    same!(check_choice(&hello, &answer), expected);
                }
            }
        }
    }
}

/// Hellos with the same random that each differ from this one in one thing.
fn other_hellos(hello: &Hello) -> Vec<Hello> {
    let others = [
        Extension::EcPointFormats(vec![1]),
        Extension::RenegotiationInfo(vec![7; 12]),
        Extension::SignatureAlgorithms(UNKNOWN_SCHEMES.to_vec()),
        Extension::SignatureAlgorithms(vec![SCHEMES[0].code()]),
        Extension::SupportedGroups(vec![X25519 + 1]),
    ];
    let mut all: Vec<Hello> = others.map(|one| hello.clone().with(one)).to_vec();
    let [mut older, mut compresses, mut offers_one] = [0; 3].map(|_| hello.clone());
    older.0.version = 0x0302;
    compresses.0.compression_methods = vec![1];
    offers_one.0.cipher_suites = vec![SUITES[0].code()];
    all.extend([older, compresses, offers_one]);
    all
}

/// The hello and the answer to it, with `renegotiation_info` in both.
fn with_info(answered: Answered) -> (Hello, ServerHello) {
    let info = Extension::RenegotiationInfo(vec![]);
    let hello = answered.hello.with(info.clone());
    let mut answer = answered.answer;
    if !answer.extensions.contains(&info) {
        answer.extensions.push(info);
    }
    (hello, answer)
}
