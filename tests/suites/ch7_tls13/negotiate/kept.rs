//! What must not be kept from one call to the next.

use given::tls::{Abort, ClientHello, Extension, ServerHello};

use super::{checks, negotiates};
use crate::subject::ch7_tls13::*;
use fixtures::tls12::hellos::{Hello, UNKNOWN_SUITES};
use fixtures::tls13::hellos::*;

harness::suite! {
    exercise "7.4" {
        /// a hello is answered for what is in it, even if the last one differed in one thing alone
        #[think = "Do you keep anything from one call to the next? Everything in the hello counts."]
        #[cases = 16]
        fn each_hello_is_answered_for_itself({hello} in full_hello()) {
            let share = x25519_of(&hello).expect("a share on X25519");
            let share: [u8; 32] = share.try_into().expect("32 bytes");
            let Hello(first) = hello;
            for (second, abort) in [
                (ClientHello { version: 0x0302, ..first.clone() }, Abort::UnsupportedVersion),
                (
                    ClientHello { compression_methods: vec![1, 0], ..first.clone() },
                    Abort::NullCompressionRequired,
                ),
                (
                    ClientHello { cipher_suites: UNKNOWN_SUITES[1..].to_vec(), ..first.clone() },
                    Abort::NothingInCommon,
                ),
            ] {
                negotiates!(first, Ok(Negotiated::Share(share)));
                negotiates!(second, Err(abort));
                negotiates!(first, Ok(Negotiated::Share(share)));
            }
        }

        /// an answer is checked for what is in it, and against the hello it came with, even if all
        /// the rest was good before
        #[think = "Do you keep anything from one call to the next? Another client may have offered something else."]
        #[cases = 16]
        fn each_answer_is_checked_for_itself({answered} in answered()) {
            let (offered, chosen) = (answered.hello.0, answered.answer);
            let share = share_in_answer(&chosen);
            let without_suite = ClientHello { cipher_suites: vec![0x1302], ..offered.clone() };
            let without_share = Hello(offered.clone()).with(Extension::KeyShares(vec![])).0;
            let compressed = ServerHello { compression_method: 1, ..chosen.clone() };
            let resumed = ServerHello { session_id: vec![8; 31], ..chosen.clone() };
            for (other, answer, abort) in [
                (&without_suite, &chosen, Abort::NotOffered),
                (&without_share, &chosen, Abort::BadKeyShare),
                (&offered, &compressed, Abort::NotOffered),
                (&offered, &resumed, Abort::NotOffered),
            ] {
                checks!(offered, chosen, Ok(share));
                checks!(*other, *answer, Err(abort));
                checks!(offered, chosen, Ok(share));
            }
        }
    }
}
