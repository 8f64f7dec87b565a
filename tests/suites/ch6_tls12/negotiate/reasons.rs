//! `check_choice`: which reason it gives if there are several.

use given::tls::Abort;
use given::tls12::{Extension, ServerHello};
use harness::show::Words;
use harness::{same, with};

use super::both_shown;
use crate::subject::ch6_tls12::*;
use fixtures::tls12::hellos::*;

harness::suite! {
    exercise "6.2" {
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
                        "version" | "newer version" => Abort::UnsupportedVersion,
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

/// What can be wrong with an answer, in the order of the reasons. Two of them give the first reason,
/// and three the second.
const FAULTS: [&str; 8] = [
    "version",
    "newer version",
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
        "newer version" => answer.version = 0x0304,
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
