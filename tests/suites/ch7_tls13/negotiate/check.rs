//! `check_choice13`: what the client accepts.

use given::tls::HandshakeMessage;
use given::tls::{
    Abort, ClientHello, Extension, ServerHello, TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256,
};
use harness::assume;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::checks;
use super::servers_share::at;
use crate::subject::ch7_tls13::*;
use fixtures::strategies::{bit, bytes};
use fixtures::tls12::hellos::{UNKNOWN_SUITES, any_extension, grease};
use fixtures::tls13::hellos::*;
use fixtures::tls13::traces::traces;

harness::suite! {
    exercise "7.4" {
        /// an answer to what was offered is accepted, and the server's share is returned
        #[think = "Which of your checks does this answer fail?"]
        fn an_answer_is_taken({answered} in answered()) {
            checks!(answered.hello.0, answered.answer, Ok(share_in_answer(&answered.answer)));
        }

        /// the answers in RFC 8448 §3 and §7 are accepted
        #[think = "Read the ServerHello in RFC 8448, extension by extension."]
        fn the_answers_of_the_rfc_are_taken(place from [0, 2]) {
            let trace = &traces()[place];
            let offered = ClientHello::read(&trace.hellos[0][4..]).expect("a hello");
            let chosen = ServerHello::read(&trace.hellos[1][4..]).expect("a hello");
            checks!(offered, chosen, Ok(share_in_answer(&chosen)));
        }

        /// an answer without `supported_versions` is refused, whatever is in the field `version`
        #[think = "Which extension does a server of TLS 1.2 never send?"]
        #[cases = 64]
        fn an_older_answer_is_refused(
            {answered} in answered(), {version} in prop_oneof![Just(TLS_1_2), Just(TLS_1_3), any::<u16>()]
        ) {
            let mut answer = ServerHello { version, ..answered.answer };
            answer.extensions.retain(|answer| answer.code() != 0x002b);
            checks!(answered.hello.0, answer, Err(Abort::UnsupportedVersion));
        }

        /// an answer whose field `version` is not 1.2 is refused
        #[think = "RFC 9846 §4.2.3 says what this field contains in every ServerHello of 1.3."]
        #[cases = 64]
        fn the_old_field_of_an_answer_says_1_2(
            {answered} in answered(), {version} in prop_oneof![
                select(vec![TLS_1_3, 0x0302, 0x0301, 0x0003, 0]), any::<u16>(),
            ]
        ) {
            assume!(version != TLS_1_2);
            let answer = ServerHello { version, ..answered.answer };
            checks!(answered.hello.0, answer, Err(Abort::UnsupportedVersion));
        }

        /// an answer that selects a version other than 1.3 is refused, even if it was offered
        #[think = "Which versions may a server select in `supported_versions`?"]
        #[cases = 64]
        fn another_version_is_refused(
            {answered} in answered(), {version} in other_version(), {offered} in any::<bool>()
        ) {
            let hello = match offered {
                true => answered.hello.with(Extension::SupportedVersions(vec![version, TLS_1_3])),
                false => answered.hello,
            };
            let mut answer = answered.answer;
            *at(&mut answer, 0x002b) = Extension::SelectedVersion(version);
            checks!(hello.0, answer, Err(Abort::NotOffered));
        }

        /// a session id that is not the client's own is refused
        #[think = "The field no longer means anything, but it must come back as it was sent."]
        #[cases = 64]
        fn another_session_id_is_refused(
            {answered} in answered(), {other} in bytes(0..=32), {changed} in bit(), {flip} in any::<bool>()
        ) {
            let own = &answered.hello.0.session_id;
            let session_id = match flip && !own.is_empty() {
                true => changed.flipped(own),
                false => other,
            };
            assume!(session_id != *own);
            let answer = ServerHello { session_id, ..answered.answer };
            checks!(answered.hello.0, answer, Err(Abort::NotOffered));
        }

        /// a suite of another version, or one that you don't support, is refused, even if it was offered
        #[think = "You support one suite of TLS 1.3. What do you compare the chosen one with?"]
        #[cases = 64]
        fn another_suite_is_refused(
            {answered} in answered(), {code} in prop_oneof![
                2 => select(vec![0x009c, 0xc02f]), 2 => select(UNKNOWN_SUITES.to_vec()),
                1 => grease(), 1 => any::<u16>(),
            ], {offered} in any::<bool>()
        ) {
            assume!(code != TLS_AES_128_GCM_SHA256);
            let mut hello = answered.hello.0;
            if offered {
                hello.cipher_suites.push(code);
            }
            let answer = ServerHello { cipher_suite: code, ..answered.answer };
            checks!(hello, answer, Err(Abort::NotOffered));
        }

        /// the suite that you support is refused, too, if it was not offered
        #[think = "That you could use a suite does not mean that you have offered it."]
        #[cases = 16]
        fn a_suite_that_was_not_offered_is_refused({answered} in answered()) {
            let mut hello = answered.hello.0;
            hello.cipher_suites = vec![0x1302, 0x1303];
            checks!(hello, answered.answer, Err(Abort::NotOffered));
        }

        /// compression is refused, even if it was offered
        #[think = "Which field of the answer have you not looked at? In 1.3 there is one method, whatever the client offers."]
        #[cases = 32]
        fn a_compressing_answer_is_refused(
            {answered} in answered(), {method} in prop_oneof![Just(1), 1..=255_u8]
        ) {
            let answer = ServerHello { compression_method: method, ..answered.answer };
            checks!(answered.hello.0, answer, Err(Abort::NotOffered));
            let compression_methods = vec![0, method];
            let offered = ClientHello { compression_methods, ..answered.hello.0 };
            checks!(offered, answer, Err(Abort::NotOffered));
        }

        /// an extension that was not asked for is refused as unsolicited
        #[think = "For each extension of the answer: is there one with the same code in the hello?"]
        #[cases = 64]
        fn an_unasked_extension_is_refused(
            {answered} in answered(), {extension} in unasked(), {place} in any::<Index>()
        ) {
            let hello = without(answered.hello, extension.code());
            let mut answer = answered.answer;
            answer.extensions.insert(place.index(answer.extensions.len() + 1), extension);
            checks!(hello.0, answer, Err(Abort::UnsolicitedExtension));
        }

        /// an extension that was asked for but has no place in ServerHello is refused as misplaced
        #[think = "Two extensions may be in a ServerHello. Where do the others belong?"]
        #[cases = 64]
        fn a_misplaced_extension_is_refused(
            {answered} in answered(), {extension} in any_extension(), {place} in any::<Index>()
        ) {
            let hello = answered.hello.with(extension.clone());
            let mut answer = answered.answer;
            answer.extensions.insert(place.index(answer.extensions.len() + 1), extension);
            checks!(hello.0, answer, Err(Abort::MisplacedExtension));
        }
    }
}

/// An extension that a hello may lack.
fn unasked() -> BoxedStrategy<Extension> {
    let cookie = Just(Extension::Cookie(vec![7; 16]));
    prop_oneof![8 => any_extension(), 1 => cookie].boxed()
}
