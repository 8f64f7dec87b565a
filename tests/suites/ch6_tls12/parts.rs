//! What must hold of the parts of a handshake: exercises 6.1 to 6.6, and 6.11.
//!
//! The grader has its own PRF, its own records and its own padding, on the crates `hmac`, `aes-gcm`
//! and `rsa`. So a mistake is reported in the exercise in which it was made.

#[path = "../subject.rs"]
mod subject;

use std::collections::BTreeMap;
use std::fmt;
use std::process::ExitCode;

use given::tls::{
    Abort, Alert, CipherSuite, ContentType, Handshake, HandshakeType, Incoming, Malformed,
    OpenRecord, SealRecord, SignatureScheme, TLS_1_2, Wire, X25519,
};
use given::tls12::{CertificateChain, ClientHello, Extension, ServerHello};
use harness::show::{self, Show};
use harness::{Broken, accepted, assume, check, differ, same};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use crate::subject::ch2_asymmetric::TooLong;
use crate::subject::ch3_signatures::Transcript;
use crate::subject::ch6_tls12::*;
use fixtures::hex::hex_vec;
use fixtures::keys;
use fixtures::randomness::{SAMPLES, faults_of_randomness};
use fixtures::strategies::{array, bit, bytes};
use fixtures::tls12::bad_secrets::*;
use fixtures::tls12::hellos::*;
use fixtures::tls12::reference::{self, Material, claimed, vector};

fn main() -> ExitCode {
    harness::examine(&suite())
}

harness::suite! {
    exercise "6.1" {
        /// the examples in the exercise come out
        #[think = "The length first, then as many bytes as it says."]
        fn the_examples_come_out() {
            let mut input: &[u8] = b"\x00\x03abcde";
            same!(read_vector(&mut input, 2), Ok(&b"abc"[..]));
            same!(input, b"de".as_slice());

            let bird = [b"\x01\x00\x04bird".as_slice(), &[0x5a; 16]].concat();
            let answer = [b"\x02\x00\x04bird".as_slice(), &[0; 16]].concat();
            same!(heartbeat_response(&bird), Ok(answer));

            let two = [0, 0, 0x0b, 0, 0, 3, 0x30, 1, 0, 0, 0, 2, 0x30, 0];
            same!(listed(&two), Ok(vec![vec![0x30, 1, 0], vec![0x30, 0]]));
        }

        /// a vector is read, and what stands behind it is left in `input`
        #[think = "Two things have been read: the length, and the content."]
        fn a_vector_is_read(
            width in 1..=3_usize, content in bytes(0..=255), behind in bytes(0..=20)
        ) {
            let bytes = [vector(width, &content), behind.clone()].concat();
            let mut input = bytes.as_slice();
            same!(read_vector(&mut input, width), Ok(content.as_slice()));
            same!(input, behind.as_slice());
        }

        /// lengths are read in 1, 2 and 3 bytes, the most significant byte first
        #[think = "Which byte of the length counts 65536s? How large may your number become?"]
        fn lengths_of_every_width_are_read(
            row from [
                (1, 0), (1, 0xff), (2, 1), (2, 0x0102), (2, 0xffff), (3, 1), (3, 0x0201),
                (3, 0x01_0000), (3, 0x01_0203)
            ]
        ) {
            let (width, length) = row;
            let content = vec![0x61; length];
            let bytes = [vector(width, &content), vec![0x62]].concat();
            let mut input = bytes.as_slice();
            same!(read_vector(&mut input, width), Ok(content.as_slice()));
            same!(input, b"b".as_slice());
        }

        /// a length that claims more than is there is refused, and `input` stays what it was
        #[think = "The length is the peer's claim, the slice is what there is. Who moves `input`?"]
        fn a_claim_beyond_the_end_is_refused(
            width in 1..=3_usize, content in bytes(0..=254),
            beyond in prop_oneof![Just(1), 1..=0xff_ffff_usize]
        ) {
            let claim = (content.len() + beyond).min((1 << (8 * width)) - 1);
            let bytes = claimed(width, claim, &content);
            let mut input = bytes.as_slice();
            same!(read_vector(&mut input, width), Err(Malformed));
            same!(input, bytes.as_slice());
            same!(only_vector(&bytes, width), Err(Malformed));
        }

        /// where not even the length is all there, it is refused, and `input` stays what it was
        #[think = "The bytes of the length are read from the same slice."]
        fn an_unfinished_length_is_refused(width in 1..=3_usize, there in bytes(0..=2)) {
            assume!(there.len() < width);
            let mut input = there.as_slice();
            same!(read_vector(&mut input, width), Err(Malformed));
            same!(input, there.as_slice());
            same!(only_vector(&there, width), Err(Malformed));
        }

        /// a body that is one vector is read
        #[think = "Is everything read where the vector ends with the body?"]
        fn a_whole_body_is_read(width in 1..=3_usize, content in bytes(0..=255)) {
            same!(only_vector(&vector(width, &content), width), Ok(content.as_slice()));
        }

        /// a body with something behind its vector is refused
        #[think = "What is left when the vector has been read?"]
        fn bytes_behind_the_vector_are_refused(
            width in 1..=3_usize, content in bytes(0..=255), behind in bytes(1..=20)
        ) {
            let body = [vector(width, &content), behind].concat();
            same!(only_vector(&body, width), Err(Malformed));
        }

        /// no bytes make a function of this exercise panic, or find what is not there
        #[think = "Which slice, which sum, which `unwrap` does not hold for every input?"]
        #[cases = 512]
        fn any_bytes_are_read_or_refused(width in 1..=3_usize, input in claims()) {
            let mut rest = input.as_slice();
            let read = reference::read(&input, width);
            same!(read_vector(&mut rest, width), read.map(|(content, _)| content));
            let whole = read.and_then(|(content, rest)| reference::only(content, rest));
            same!(only_vector(&input, width), whole);
            same!(listed(&input), reference::list(&input));
            same!(heartbeat_response(&input), reference::beat(&input));
        }

        /// a heartbeat is answered with its own payload, and 16 zeros for padding
        #[think = "Type 2, the length again, the payload again. What comes back with it?"]
        fn a_heartbeat_is_answered(payload in bytes(0..=300), padding in bytes(16..=40)) {
            let request = [&[1], vector(2, &payload).as_slice(), &padding].concat();
            let response = [&[2], vector(2, &payload).as_slice(), &[0; 16]].concat();
            same!(heartbeat_response(&request), Ok(response));
        }

        /// a long payload is answered too, to the last that a length of 2 bytes can say
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_long_heartbeat_is_answered(length from [255, 256, 16_384, 65_535]) {
            let payload = vector(2, &vec![0x61; length]);
            let request = [&[1], payload.as_slice(), &[7; 16]].concat();
            let response = [&[2], payload.as_slice(), &[0; 16]].concat();
            same!(heartbeat_response(&request), Ok(response));
        }

        /// the request of Heartbleed gets no answer
        #[think = "What would the rest of the payload be made of?"]
        fn heartbleed_gets_no_answer(
            row from [(65_535, &b"bird"[..]), (65_535, &[]), (16_384, &[]), (1, &[]), (5, b"bird")]
        ) {
            // With the padding that the RFC wants, and without, as it was done.
            let (claim, there) = row;
            for padding in [16, 0] {
                let payload = claimed(2, claim, there);
                let request = [&[1], payload.as_slice(), &vec![0; padding]].concat();
                same!(heartbeat_response(&request), Err(Malformed));
            }
        }

        /// 16 bytes of padding must be left behind the payload, and 15 are not enough
        #[think = "Where does the payload end? How much must there be behind that?"]
        fn the_padding_is_not_payload(
            payload in bytes(0..=40), padding in prop_oneof![Just(15), Just(16), 0..=40_usize]
        ) {
            let payload = vector(2, &payload);
            let request = [&[1], payload.as_slice(), &vec![0x5a; padding]].concat();
            let response = [&[2], payload.as_slice(), &[0; 16]].concat();
            let response = if padding < 16 { Err(Malformed) } else { Ok(response) };
            same!(heartbeat_response(&request), response);
        }

        /// what is no request gets no answer, a response least of all
        #[think = "What do two peers do who answer each other's responses?"]
        fn what_is_no_request_gets_no_answer(kind from [0, 2, 3, 24, 0x81, 255]) {
            let message = [&[kind], b"\x00\x04bird".as_slice(), &[0; 16]].concat();
            same!(heartbeat_response(&message), Err(Malformed));
        }

        /// the certificates in a list are read, in their order
        #[think = "A vector with 3 bytes of length, and in it, one after the other, more of them."]
        fn certificates_are_read(certificates in vec(bytes(1..=40), 1..=4)) {
            same!(listed(&list_of(&certificates)), Ok(certificates));
        }

        /// long certificates, and many, are read
        #[think = "Each length here has 3 bytes."]
        fn long_lists_are_read(list from [vec![vec![0x30; 70_000]], vec![vec![0x30]; 100]]) {
            same!(listed(&list_of(&list)), Ok(list));
        }

        /// an empty list is refused, and an empty certificate wherever it stands
        #[think = "Who is the server, if nobody is in the list?"]
        fn nothing_is_no_certificate(
            before in vec(bytes(1..=9), 0..=2), after in vec(bytes(1..=9), 0..=2)
        ) {
            same!(listed(&list_of(&[])), Err(Malformed));
            let list = [before, vec![vec![]], after].concat();
            same!(listed(&list_of(&list)), Err(Malformed));
        }

        /// bytes that are left over are refused, in the list and behind it
        #[think = "Where does your loop stop, and what has it seen by then?"]
        fn bytes_left_over_are_refused(
            certificates in vec(bytes(1..=20), 1..=3), left_over in bytes(1..=5)
        ) {
            let behind = [list_of(&certificates), left_over.clone()].concat();
            same!(listed(&behind), Err(Malformed));
            // Too short for a length, or for what it claims.
            let unfinished = [&[0, 0, 0xff], left_over.as_slice()].concat();
            for left_over in [&unfinished, &unfinished[..1], &unfinished[..2]] {
                let list = list_of(&certificates)[3..].to_vec();
                let body = vector(3, &[&list, left_over].concat());
                same!(listed(&body), Err(Malformed));
            }
        }

        /// a list in which a bit has changed is taken as it now stands, or refused
        #[think = "Two lengths speak of the same bytes. Which of them ends where?"]
        fn a_changed_list_is_read_as_it_stands(
            certificates in vec(bytes(1..=4), 1..=4), changed in bit()
        ) {
            let body = changed.flipped(&list_of(&certificates));
            same!(listed(&body), reference::list(&body));
        }
    }

    exercise "6.2" {
        /// where the client offers all, the first of the server's suites is chosen
        #[think = "Whose list do you walk through, and in whose do you look?"]
        fn the_servers_order_decides(
            hello in full_hello(), first in any_suite(), both in any::<bool>()
        ) {
            let [one, other] = SUITES;
            let second = if first == one { other } else { one };
            let preferences = if both { vec![first, second] } else { vec![first] };
            same!(chosen(&hello, &preferences), Ok(first));
        }

        /// what is chosen was offered, and so was all that it needs
        #[think = "A suite, a group, a scheme: which of them have you looked for in the hello?"]
        #[cases = 768]
        fn only_what_was_offered_is_chosen(hello in hello(), preferences in preferences()) {
            let Ok(choice) = negotiate(&hello.0, &preferences) else { return Ok(()) };
            let suite = choice.suite();
            let is_offered = hello.0.cipher_suites.contains(&suite.code());
            check!(is_offered && preferences.contains(&suite), "a suite that both have", suite);
            if let Choice::EcdheRsa(scheme) = choice {
                let (groups, schemes) = (hello.groups(), hello.schemes());
                check!(schemes.contains(&scheme.code()), "a scheme that was offered", choice);
                check!(groups.contains(&X25519), "no ECDHE without X25519", choice);
            }
        }

        /// where the suite with ECDHE can't be used, the other one is chosen, or none
        #[think = "What does the suite need beside being offered? And which one is next in order?"]
        fn without_a_group_or_a_scheme_the_other_suite_does(
            hello in full_hello(), missing in missing(), offers_rsa in any::<bool>(),
            prefers_ecdhe in any::<bool>()
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
            same!(negotiate(&hello.0, &preferences), choice);
        }

        /// of both schemes PSS is taken, whatever the client's order; of one, that one
        #[think = "Whose preference is it here?"]
        fn pss_is_preferred(hello in full_hello(), only in option::of(select(&SCHEMES[..]))) {
            let mut hello = hello;
            if let Some(only) = only {
                hello.keep_scheme(only);
            }
            let scheme = only.unwrap_or(SignatureScheme::RsaPssRsaeSha256);
            let preferences = [CipherSuite::EcdheRsaAes128GcmSha256];
            same!(negotiate(&hello.0, &preferences), Ok(Choice::EcdheRsa(scheme)));
        }

        /// where the two have no suite in common, it is refused
        #[think = "What do you choose where nothing of your list was offered?"]
        fn nothing_in_common_is_refused(
            hello in full_hello(), preferred in option::of(any_suite())
        ) {
            let mut hello = hello;
            let preferences: Vec<CipherSuite> = preferred.into_iter().collect();
            let is_preferred = |code: &u16| preferences.iter().any(|suite| suite.code() == *code);
            hello.0.cipher_suites.retain(|code| !is_preferred(code));
            same!(negotiate(&hello.0, &preferences), Err(Abort::NothingInCommon));
        }

        /// values that nobody knows make no difference, wherever the client puts them
        #[think = "RFC 8701: some clients send such values to find out who stumbles. Do you?"]
        fn unknown_values_make_no_difference(
            hello in full_hello(), preferences in preferences(), grease in grease()
        ) {
            let greased = hello.clone().greased(grease);
            same!(negotiate(&greased.0, &preferences), negotiate_by_hand(&hello.0, &preferences));
        }

        /// a client that speaks an older version than 1.2 at most is refused
        #[think = "The version in the hello is the highest that the client speaks."]
        fn an_older_version_is_refused(
            hello in full_hello(),
            version in prop_oneof![select(&[0x0300, 0x0301, 0x0302][..]), 0..TLS_1_2]
        ) {
            let hello = ClientHello { version, ..hello.0 };
            same!(negotiate(&hello, &SUITES), Err(Abort::UnsupportedVersion));
        }

        /// a client that speaks a newer version too is welcome
        #[think = "The version in the hello is the highest that the client speaks."]
        fn a_newer_version_is_taken(
            hello in full_hello(), version in prop_oneof![Just(0x0304), TLS_1_2..=u16::MAX]
        ) {
            let hello = Hello(ClientHello { version, ..hello.0 });
            same!(chosen(&hello, &SUITES), Ok(SUITES[0]));
        }

        /// a client that insists on compression is refused, and one that offers it is not
        #[think = "Where in the list may method 0 stand?"]
        fn compression_is_not_done(
            hello in full_hello(), methods in vec(1..=255_u8, 1..=3),
            none_at in option::of(any::<Index>())
        ) {
            let mut compression_methods = methods;
            if let Some(place) = none_at {
                compression_methods.insert(place.index(compression_methods.len() + 1), 0);
            }
            let hello = Hello(ClientHello { compression_methods, ..hello.0 });
            let suite = none_at.map(|_| SUITES[0]).ok_or(Abort::NothingInCommon);
            same!(chosen(&hello, &SUITES), suite);
        }

        /// a first handshake that claims to continue another is refused
        #[think = "What is in `renegotiation_info` when there has been nothing before?"]
        fn a_continued_handshake_is_refused(hello in full_hello(), verify_data in bytes(0..=36)) {
            let is_first = verify_data.is_empty();
            let hello = hello.with(Extension::RenegotiationInfo(verify_data));
            let suite = if is_first { Ok(SUITES[0]) } else { Err(Abort::BadRenegotiationInfo) };
            same!(chosen(&hello, &SUITES), suite);
        }

        /// of several reasons to refuse, the first in the exercise's order is given
        #[think = "Go through the order under `Errors`. Which check comes too early in yours?"]
        fn the_first_reason_is_given(
            hello in full_hello(), faults in subsequence(vec![0, 1, 2], 2..=3)
        ) {
            let mut hello = hello;
            if faults.contains(&0) {
                hello.0.version = 0x0302;
            }
            if faults.contains(&1) {
                hello = hello.with(Extension::RenegotiationInfo(vec![7; 12]));
            }
            if faults.contains(&2) {
                hello.0.cipher_suites = vec![0x1301];
            }
            let abort = if faults[0] == 0 {
                Abort::UnsupportedVersion
            } else {
                Abort::BadRenegotiationInfo
            };
            same!(negotiate(&hello.0, &SUITES), Err(abort));
        }

        /// whatever a client offers, it gets what the rules say
        #[think = "Go through the rules one by one, with this hello before you."]
        #[cases = 512]
        fn every_hello_is_answered_by_the_rules(hello in hello(), preferences in preferences()) {
            let expected = negotiate_by_hand(&hello.0, &preferences);
            same!(negotiate(&hello.0, &preferences), expected);
        }

        /// an answer to what was offered is taken, whatever is in its extensions
        #[think = "An answer has the same code as what it answers. Has it the same content?"]
        fn an_answer_is_taken(answered in answered()) {
            let suite = CipherSuite::from_code(answered.answer.cipher_suite);
            let suite = suite.expect("one of the two was chosen");
            same!(check_choice(&answered.hello.0, &answered.answer), Ok(suite));
        }

        /// an answer in another version than 1.2 is refused, older or newer
        #[think = "In which version does the server want to go on?"]
        fn an_answer_in_another_version_is_refused(
            answered in answered(), offered in prop_oneof![Just(TLS_1_2), any::<u16>()],
            version in prop_oneof![select(&[0x0300, 0x0301, 0x0302, 0x0304][..]), any::<u16>()]
        ) {
            assume!(version != TLS_1_2);
            let hello = ClientHello { version: offered, ..answered.hello.0 };
            let answer = ServerHello { version, ..answered.answer };
            same!(check_choice(&hello, &answer), Err(Abort::UnsupportedVersion));
        }

        /// a suite that was not offered is refused, known or not
        #[think = "That you could use a suite does not mean that you have offered it."]
        fn a_suite_that_was_not_offered_is_refused(
            answered in answered(), code in prop_oneof![
                3 => any_suite().prop_map(CipherSuite::code),
                1 => select(&UNKNOWN_SUITES[..]),
                1 => any::<u16>(),
            ]
        ) {
            let mut hello = answered.hello.0;
            hello.cipher_suites.retain(|offered| *offered != code);
            let answer = ServerHello { cipher_suite: code, ..answered.answer };
            same!(check_choice(&hello, &answer), Err(Abort::NotOffered));
        }

        /// a suite that was offered but is none of ours is refused
        #[think = "What will you do with a suite that you can't do?"]
        fn a_suite_that_nobody_here_knows_is_refused(
            answered in answered(), code in prop_oneof![select(&UNKNOWN_SUITES[..]), grease()]
        ) {
            let mut hello = answered.hello.0;
            hello.cipher_suites.push(code);
            let answer = ServerHello { cipher_suite: code, ..answered.answer };
            same!(check_choice(&hello, &answer), Err(Abort::NotOffered));
        }

        /// compression is refused, even where it was offered
        #[think = "Which field of the answer have you not looked at?"]
        fn a_compressing_answer_is_refused(answered in answered(), method in 1..=255_u8) {
            let mut hello = answered.hello.0;
            hello.compression_methods = vec![method, 0];
            let answer = ServerHello { compression_method: method, ..answered.answer };
            same!(check_choice(&hello, &answer), Err(Abort::NotOffered));
        }

        /// an extension that was not asked for is refused
        #[think = "For each extension of the answer: is there one with the same code in the hello?"]
        fn an_unasked_extension_is_refused(
            answered in answered(), extension in any_extension(), place in any::<Index>()
        ) {
            let (mut hello, mut answer) = (answered.hello.0, answered.answer);
            hello.extensions.retain(|asked| asked.code() != extension.code());
            answer.extensions.retain(|answer| answer.code() != extension.code());
            answer.extensions.insert(place.index(answer.extensions.len() + 1), extension);
            same!(check_choice(&hello, &answer), Err(Abort::UnsolicitedExtension));
        }

        /// an answer that claims to continue another handshake is refused
        #[think = "What is in `renegotiation_info` when there has been nothing before?"]
        fn a_continuing_answer_is_refused(answered in answered(), verify_data in bytes(1..=36)) {
            let info = Extension::RenegotiationInfo(verify_data);
            let hello = answered.hello.with(Extension::RenegotiationInfo(vec![]));
            let mut answer = answered.answer;
            answer.extensions.retain(|answer| answer.code() != info.code());
            answer.extensions.push(info);
            same!(check_choice(&hello.0, &answer), Err(Abort::BadRenegotiationInfo));
        }

        /// of several reasons to refuse an answer, the first in the exercise's order is given
        #[think = "Go through the order under `Errors`. Which check comes too early in yours?"]
        fn the_first_reason_against_an_answer_is_given(
            answered in answered(), faults in subsequence(vec![0, 1, 2, 3], 2..=4)
        ) {
            let hello = answered.hello.with(Extension::RenegotiationInfo(vec![]));
            let mut answer = answered.answer;
            answer.extensions.retain(|answer| answer.code() != 0xff01);
            for fault in &faults {
                match fault {
                    0 => answer.version = 0x0302,
                    1 => answer.cipher_suite = 0xc030,
                    2 => answer.extensions.push(Extension::Other { code: 0x7e7e, body: vec![] }),
                    _ => answer.extensions.insert(0, Extension::RenegotiationInfo(vec![7; 24])),
                }
            }
            let abort = match faults[0] {
                0 => Abort::UnsupportedVersion,
                1 => Abort::NotOffered,
                _ => Abort::UnsolicitedExtension,
            };
            same!(check_choice(&hello.0, &answer), Err(abort));
        }
    }

    exercise "6.3" {
        /// the vector that was published for P_SHA256 comes out
        #[think = "In the picture, what is A(1) made of, and what are the first 32 bytes made of?"]
        fn the_published_vector_comes_out() {
            let secret = hex_vec("9bbe436ba940f017b17652849a71db35");
            let seed = hex_vec("a0ba9f936cda311827a6f796ffd5198c");
            let output = hex_vec(
                "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9\
                 c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789ba\
                 a48082d122ee42c5a72e5a5110fff70187347b66",
            );
            same!(prf(&secret, "test label", &seed, 100), output);
        }

        /// the bytes are those of HMAC as others compute it, for every secret, label and seed
        #[think = "Which HMACs are bytes of the result, and which only lead to the next?"]
        #[cases = 128]
        fn others_derive_the_same(
            secret in bytes(0..=100), label in select(&["key expansion", "a", "another label"][..]),
            seed in bytes(0..=100), length in 0..=130_usize
        ) {
            let expected = reference::prf(&secret, label, &seed, length);
            same!(prf(&secret, label, &seed, length), expected);
        }

        /// there are as many bytes as were asked for, none too
        #[think = "32 bytes come at a time. What do you do with those that are too many?"]
        fn every_length_is_exact(length from [0, 1, 12, 31, 32, 33, 40, 48, 63, 64, 65, 1000]) {
            let expected = reference::prf(b"secret", "label", b"seed", length);
            same!(prf(b"secret", "label", b"seed", length), expected);
        }

        /// the master secret is what RFC 5246 makes of the premaster secret and both randoms
        #[think = "Which label? Whose random comes first here?"]
        #[cases = 64]
        fn the_master_secret_comes_from_both_randoms(
            premaster in premaster(), client in array::<32>(), server in array::<32>()
        ) {
            let expected = reference::master(&premaster, &client, &server);
            let premaster = PremasterSecret::new(&premaster);
            same!(*master_secret(&premaster, &client, &server).as_bytes(), expected);
        }

        /// the extended master secret is what RFC 7627 makes of the premaster secret and the hash
        #[think = "Which label? And what is the seed?"]
        #[cases = 64]
        fn the_extended_master_secret_comes_from_the_hash(
            premaster in premaster(), session_hash in array::<32>()
        ) {
            let expected = reference::extended_master(&premaster, &session_hash);
            let premaster = PremasterSecret::new(&premaster);
            same!(*extended_master_secret(&premaster, &session_hash).as_bytes(), expected);
        }

        /// the key block is cut as in the picture: both keys, then both IVs, the client's first
        #[think = "Write the 40 bytes down, with the cuts below. Whose random comes first here?"]
        #[cases = 64]
        fn the_key_block_is_cut_in_four(
            master in array::<48>(), client in array::<32>(), server in array::<32>()
        ) {
            let block = reference::key_block(&master, &client, &server);
            let (client_key, server_key) = key_block(&MasterSecret::new(master), &client, &server);
            same!(client_key.parts().0, block[..16]);
            same!(server_key.parts().0, block[16..32]);
            same!(client_key.parts().1, block[32..36]);
            same!(server_key.parts().1, block[36..40]);
        }

        /// the two directions have nothing in common: neither the key nor the IV
        #[think = "Two records with the same number, one in each direction: what tells them apart?"]
        #[cases = 32]
        fn the_two_sides_differ(
            master in array::<48>(), client in array::<32>(), server in array::<32>()
        ) {
            let (client_key, server_key) = key_block(&MasterSecret::new(master), &client, &server);
            differ!(server_key.parts().0, client_key.parts().0);
            // Two IVs of 4 bytes are the same once in 4 billion draws.
            differ!(server_key.parts().1, client_key.parts().1);
        }
    }

    exercise "6.4" {
        /// others open your records: by their IV and the nonce in them, with the RFC's header bound
        #[think = "Go through the picture: the nonce, the 13 bytes that are bound, the fragment."]
        #[cases = 128]
        fn others_open_your_records(key in material(), start in number(), said in said()) {
            let mut sealer = RecordSealer::starting_at(client_write_key(&key), start);
            for (number, Said { content_type, plaintext }) in (start..).zip(said) {
                let fragment = accepted!(sealer.seal(content_type, &plaintext));
                check!(
                    fragment.len() == plaintext.len() + 24,
                    format!("{} bytes: 8, the ciphertext, 16", plaintext.len() + 24), fragment
                );
                let opened = reference::open(&key, number, content_type, &fragment);
                check!(
                    opened == Some(plaintext),
                    format!("what opens as record {number} under its explicit nonce"), fragment
                );
            }
        }

        /// you open the records of others, whatever explicit nonce they have chosen
        #[think = "The nonce is in the fragment. The number is not: where do you have that from?"]
        #[cases = 128]
        fn you_open_others_records(
            key in material(), start in number(), said in said(), nonces in vec(array::<8>(), 8)
        ) {
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            for (number, (said, nonce)) in (start..).zip(said.into_iter().zip(nonces)) {
                let Said { content_type, plaintext } = said;
                let fragment = reference::seal(&key, number, content_type, nonce, &plaintext);
                same!(opener.open(content_type, &fragment), Ok(plaintext));
            }
        }

        /// an empty record is sealed and opened, and so is the longest: 2^14 bytes
        #[think = "The length is bound in 2 bytes. Which length is it?"]
        fn every_length_is_sealed(length from [0, 1, 15, 16, 17, 255, 256, 16_383, 16_384]) {
            let key = Material { key: [1; 16], iv: [2; 4] };
            let (plaintext, kind) = (vec![0x61; length], ContentType::ApplicationData);
            let fragment = accepted!(RecordSealer::new(client_write_key(&key)).seal(kind, &plaintext));
            check!(
                reference::open(&key, 0, kind, &fragment).as_ref() == Some(&plaintext),
                "what opens as record 0 under its explicit nonce", fragment
            );
            let fragment = reference::seal(&key, 0, kind, [9; 8], &plaintext);
            same!(RecordOpener::new(client_write_key(&key)).open(kind, &fragment), Ok(plaintext));
        }

        /// under one key, no explicit nonce comes twice, however many records there are
        #[think = "How many different nonces can your sender make? What makes the next one differ?"]
        fn no_nonce_comes_twice() {
            let key = Material { key: [1; 16], iv: [2; 4] };
            let mut nonces = BTreeMap::new();
            // As if one sender had sent so many before: the first records, and others much later.
            for start in [0, (1 << 16) - 50, 1 << 32, 1 << 48, u64::MAX - 101] {
                let mut sealer = RecordSealer::starting_at(client_write_key(&key), start);
                for number in start..start + 100 {
                    let fragment = accepted!(sealer.seal(ContentType::ApplicationData, b"a"));
                    let nonce = fragment[..8.min(fragment.len())].to_vec();
                    if let Some(earlier) = nonces.insert(nonce, number) {
                        let expected = "an explicit nonce of its own";
                        let got = format!("that of record {earlier}");
                        return Err(Broken::expected(&format!("record {number}"), expected, got));
                    }
                }
            }
        }

        /// changing one bit of a record, in whatever part of it, makes `open` refuse it
        #[think = "What of the fragment is neither checked nor used?"]
        fn a_changed_record_is_refused(
            key in material(), start in number(), record in one_said(), changed in bit()
        ) {
            let Said { content_type, plaintext } = record;
            let fragment = reference::seal(&key, start, content_type, [9; 8], &plaintext);
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            let changed = changed.flipped(&fragment);
            same!(opener.open(content_type, &changed), Err(Abort::BadRecord));
        }

        /// a record passed off as one of another type is refused
        #[think = "Which byte of the header says what is in the record? Is it bound?"]
        fn another_type_is_refused(
            key in material(), record in one_said(), other in content_type()
        ) {
            let Said { content_type, plaintext } = record;
            assume!(other != content_type);
            let fragment = reference::seal(&key, 0, content_type, [9; 8], &plaintext);
            let mut opener = RecordOpener::new(client_write_key(&key));
            same!(opener.open(other, &fragment), Err(Abort::BadRecord));
        }

        /// a record that comes again is refused
        #[think = "After a record has been opened, which number does the opener wait for?"]
        fn a_replay_is_refused(
            key in material(), start in number(), said in said(), again in any::<Index>()
        ) {
            assume!(!said.is_empty());
            let sealed = |number: u64, Said { content_type, plaintext }: &Said| {
                // Most peers take the number for the explicit nonce, as the exercise does.
                reference::seal(&key, number, *content_type, number.to_be_bytes(), plaintext)
            };
            let records: Vec<_> = (start..).zip(&said).map(|(n, said)| sealed(n, said)).collect();
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            for (fragment, said) in records.iter().zip(&said) {
                same!(opener.open(said.content_type, fragment), Ok(said.plaintext.clone()));
            }
            let again = again.index(said.len());
            let replayed = opener.open(said[again].content_type, &records[again]);
            same!(replayed, Err(Abort::BadRecord));
        }

        /// a record that comes before its turn is refused: one was dropped, or two change places
        #[think = "Which number is bound into the record, and which does the opener bind?"]
        fn a_record_too_early_is_refused(
            key in material(), start in number(), ahead in 1..=8_u64, record in one_said()
        ) {
            let Said { content_type, plaintext } = record;
            let (number, nonce) = (start + ahead, (start + ahead).to_be_bytes());
            let fragment = reference::seal(&key, number, content_type, nonce, &plaintext);
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            same!(opener.open(content_type, &fragment), Err(Abort::BadRecord));
        }

        /// a record under another key or IV is refused, as one is that comes back to its sender
        #[think = "Is all of the key used, and all of the IV?"]
        fn a_reflected_record_is_refused(
            key in material(), changed in bit(), record in one_said()
        ) {
            let Said { content_type, plaintext } = record;
            let both = changed.flipped(&[&key.key[..], &key.iv].concat());
            let (other_key, other_iv) = both.split_at(16);
            let others = Material {
                key: other_key.try_into().expect("16 of 20 bytes"),
                iv: other_iv.try_into().expect("4 of 20 bytes"),
            };
            let mut opener = RecordOpener::new(server_write_key(&others));
            let mut sealer = RecordSealer::new(client_write_key(&key));
            let fragment = accepted!(sealer.seal(content_type, &plaintext));
            same!(opener.open(content_type, &fragment), Err(Abort::BadRecord));
        }

        /// no bytes, of whatever length, open or make `open` panic
        #[think = "8 bytes of nonce, 16 of tag. What do you do with fewer? And with very many?"]
        fn junk_is_refused(
            key in material(), content_type in content_type(),
            junk in prop_oneof![bytes(0..=23), bytes(24..=60)]
        ) {
            let mut opener = RecordOpener::new(client_write_key(&key));
            same!(opener.open(content_type, &junk), Err(Abort::BadRecord));
        }

        /// a fragment that no record has room for is refused
        #[think = "The length is bound in 2 bytes. What becomes of a longer one?"]
        fn a_fragment_that_is_too_long_is_refused(length from [65_559, 65_560, 70_000, 1 << 17]) {
            let mut opener = RecordOpener::new(client_write_key(&Material { key: [1; 16], iv: [2; 4] }));
            let opened = opener.open(ContentType::ApplicationData, &vec![0x61; length]);
            same!(opened, Err(Abort::BadRecord));
        }

        /// a record that was cut short, or has something added, is refused
        #[think = "All that stands behind the first 8 bytes is ciphertext and tag, and it counts."]
        fn another_length_is_refused(
            key in material(), record in one_said(), missing in 1..=64_usize, extra in bytes(1..=24)
        ) {
            let Said { content_type, plaintext } = record;
            let fragment = reference::seal(&key, 0, content_type, [9; 8], &plaintext);
            let cut = fragment[..fragment.len().saturating_sub(missing)].to_vec();
            for other in [cut, [fragment, extra].concat()] {
                let mut opener = RecordOpener::new(client_write_key(&key));
                same!(opener.open(content_type, &other), Err(Abort::BadRecord));
            }
        }

        /// both ends stop before the last number, and do not begin again
        #[think = "What comes after u64::MAX? Then which other record has had that nonce?"]
        fn both_ends_stop_at_the_last_number(key in material(), left in 0..=3_u64) {
            let (kind, start) = (ContentType::ApplicationData, u64::MAX - left);
            let mut sealer = RecordSealer::starting_at(client_write_key(&key), start);
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            for number in start..u64::MAX {
                accepted!(sealer.seal(kind, b"one of the last"));
                let fragment = reference::seal(&key, number, kind, [9; 8], b"one of the last");
                same!(opener.open(kind, &fragment), Ok(b"one of the last".to_vec()));
            }
            for number in [u64::MAX, 0] {
                same!(sealer.seal(kind, b"one too many"), Err(Abort::Exhausted));
                let fragment = reference::seal(&key, number, kind, [9; 8], b"one too many");
                same!(opener.open(kind, &fragment), Err(Abort::BadRecord));
            }
        }

        /// a connection says the same, wherever the network cuts its bytes
        #[think = "Which records are counted, at which end? All of them, of every type?"]
        #[cases = 96]
        fn the_cut_makes_no_difference(
            key in material(), words in words(), cuts in vec(1..=60_usize, 1..=12)
        ) {
            let mut sender: ClientWire = Wire::new();
            sender.seal_with(RecordSealer::new(client_write_key(&key)));
            for word in &words {
                accepted!(word.send(&mut sender));
            }
            let sent = sender.to_send();

            let mut receiver: ServerWire = Wire::new();
            receiver.open_with(RecordOpener::new(client_write_key(&key)));
            let (mut heard, mut rest) = (Vec::new(), sent.as_slice());
            for length in cuts.iter().cycle() {
                let (piece, after) = rest.split_at(rest.len().min(*length));
                rest = after;
                receiver.receive(piece);
                while let Some(incoming) = accepted!(receiver.next()) {
                    heard.push(Word::heard(incoming));
                }
                if rest.is_empty() {
                    break;
                }
            }
            same!(heard, words);
        }
    }

    exercise "6.5" {
        /// what is wrapped is the secret that you return, of 48 bytes, the offered version first
        #[think = "Compare with the picture: 2 bytes, 46 bytes. Which version is it?"]
        #[cases = 32]
        fn others_unwrap_your_secret(offered in version()) {
            let key = keys::private(BITS, 0);
            let (premaster, wrapped) = accepted!(wrap_premaster(key.as_public_key(), offered));
            same!(wrapped.len(), BITS / 8);
            let unwrapped = key.pkcs1v15_decrypt(&wrapped).unwrap_or_default();
            same!(premaster.as_bytes(), unwrapped.as_slice());
            same!(unwrapped.len(), 48);
            same!(unwrapped[..2], offered.to_be_bytes());
        }

        /// the other 46 bytes are random: none repeats, and each of their bits takes both values
        #[think = "Everything in this connection hangs on these bytes. What has the system?"]
        fn a_fresh_secret_is_random() {
            let key = keys::private(BITS, 0).as_public_key();
            let mut secrets = Vec::new();
            for _ in 0..SAMPLES {
                let (premaster, _) = accepted!(wrap_premaster(key, TLS_1_2));
                secrets.push(premaster.as_bytes().iter().skip(2).copied().collect());
            }
            let faults = faults_of_randomness(&secrets);
            check!(faults.is_empty(), "46 random bytes", faults);
        }

        /// a key that is too small for 48 bytes and their padding is refused, and no other
        #[think = "The crate says so already. What do you do with its error?"]
        fn a_key_too_small_is_refused(bits from [24, 128, 384, 464, 465, 472, 473, 1024, 2048]) {
            let wrapped = wrap_premaster(&keys::public_of_size(bits), TLS_1_2);
            let length = wrapped.map(|(_, wrapped)| wrapped.len());
            // 48 bytes and 11 of padding are 59, and 59 bytes hold 465 to 472 bits.
            same!(length, if bits <= 464 { Err(TooLong) } else { Ok(bits.div_ceil(8)) });
        }

        /// a premaster secret that was wrapped for the offered version is unwrapped
        #[think = "In which case do you go on with what was in the ciphertext?"]
        #[cases = 64]
        fn a_genuine_secret_is_unwrapped(offered in version(), random in array::<46>()) {
            let key = keys::private(BITS, 0);
            let secret = secret_for(offered, &random);
            let wrapped = key.as_public_key().pkcs1v15_encrypt(&secret).expect("there is room");
            same!(unwrap_premaster(key, offered, &wrapped).as_bytes(), secret.as_slice());
        }

        /// both ends agree
        #[think = "What does the one end write that the other does not expect?"]
        #[cases = 16]
        fn both_ends_agree(offered in version()) {
            let key = keys::private(BITS, 0);
            let (premaster, wrapped) = accepted!(wrap_premaster(key.as_public_key(), offered));
            same!(unwrap_premaster(key, offered, &wrapped).as_bytes(), premaster.as_bytes());
        }

        /// each kind of fault gives 48 bytes that the sender can't foretell
        #[think = "What would the sender have to believe, to make a Finished that opens?"]
        fn no_fault_can_be_told_from_another(fault from every_fault()) {
            let BadSecret { wrapped, beliefs } = fault.wrapped(TLS_1_2, &[0x5a; 46]);
            let premaster = unwrap_premaster(fault.key(), TLS_1_2, &wrapped);
            let premaster = premaster.as_bytes();
            check!(premaster.len() == 48, "48 bytes", premaster);
            let is_foretold = beliefs.iter().any(|belief| belief == premaster);
            check!(!is_foretold, "48 bytes that the sender can't foretell", premaster);
        }

        /// whatever is wrong with it, 48 bytes come out that the sender can't foretell
        #[think = "What would the sender have to believe, to make a Finished that opens?"]
        #[cases = 64]
        fn a_bad_secret_becomes_one_that_nobody_knows(
            offered in version(), random in array::<46>(), fault in fault()
        ) {
            let BadSecret { wrapped, beliefs } = fault.wrapped(offered, &random);
            let premaster = unwrap_premaster(fault.key(), offered, &wrapped);
            let premaster = premaster.as_bytes();
            check!(premaster.len() == 48, "48 bytes", premaster);
            let is_foretold = beliefs.iter().any(|belief| belief == premaster);
            check!(!is_foretold, "48 bytes that the sender can't foretell", premaster);
        }

        /// the same bad ciphertext gives other bytes each time: every bit of them takes both values
        #[think = "The crate's made-up message is always the same. Do you go on with that one?"]
        fn what_comes_of_a_bad_secret_is_random(
            fault from [Fault::SecondByte(1), Fault::Length(49), Fault::CutAtEnd(BITS / 8)]
        ) {
            let BadSecret { wrapped, .. } = fault.wrapped(TLS_1_2, &[0x5a; 46]);
            let premaster = |_| unwrap_premaster(fault.key(), TLS_1_2, &wrapped);
            let secrets = (0..SAMPLES).map(premaster);
            // The version may stand before them: so has it the first of the RFC's two recipes.
            let random = |secret: PremasterSecret| secret.as_bytes()[2..].to_vec();
            let secrets: Vec<Vec<u8>> = secrets.map(random).collect();
            let faults = faults_of_randomness(&secrets);
            check!(faults.is_empty(), "46 random bytes at the end", faults);
        }

        /// nothing of what is in the vectors of Project Wycheproof comes out
        #[think = "None of them holds a premaster secret for TLS 1.2. What do you go on with?"]
        fn wycheproof_learns_nothing(vector from pkcs1_vectors()) {
            let Pkcs1Vector { key, message, ciphertext, .. } = vector;
            let premaster = unwrap_premaster(key, TLS_1_2, &ciphertext);
            let premaster = premaster.as_bytes();
            check!(premaster.len() == 48, "48 bytes", premaster);
            let is_known = beliefs(TLS_1_2, &message).iter().any(|belief| belief == premaster);
            check!(!is_known, "48 bytes that nobody knows", premaster);
        }
    }

    exercise "6.6" {
        /// the 12 bytes are those that others compute
        #[think = "Secret, label, hash of the transcript as it is: which one is another in yours?"]
        #[cases = 64]
        fn others_compute_the_same(
            master in array::<48>(), sender in sender(), messages in vec(bytes(0..=40), 0..=4)
        ) {
            let transcript = transcript_of(&messages);
            let expected = reference::verify_data(&master, label(sender), &messages.concat());
            same!(verify_data(&MasterSecret::new(master), sender, &transcript), expected);
        }

        /// changing one bit of any message before it changes the Finished
        #[think = "Is everything that has been said in what you hash?"]
        #[cases = 64]
        fn every_earlier_bit_counts(
            master in array::<48>(), sender in sender(), messages in vec(bytes(1..=40), 1..=4),
            changed in bit()
        ) {
            let master = MasterSecret::new(master);
            let finished = verify_data(&master, sender, &transcript_of(&messages));
            let changed = transcript_of(&[changed.flipped(&messages.concat())]);
            differ!(verify_data(&master, sender, &changed), finished);
        }

        /// the client's Finished is not the server's
        #[think = "What if the client's own Finished were sent back to it?"]
        #[cases = 32]
        fn the_two_finished_differ(master in array::<48>(), message in bytes(0..=40)) {
            let (master, transcript) = (MasterSecret::new(master), transcript_of(&[message]));
            let client = verify_data(&master, Sender::Client, &transcript);
            differ!(verify_data(&master, Sender::Server, &transcript), client);
        }

        /// under another master secret it is another Finished
        #[think = "Who else has seen all messages of the handshake?"]
        #[cases = 32]
        fn nobody_else_can_make_it(
            master in array::<48>(), changed in bit(), sender in sender(), message in bytes(0..=40)
        ) {
            let transcript = transcript_of(&[message]);
            let finished = verify_data(&MasterSecret::new(master), sender, &transcript);
            let other = changed.flipped(&master).try_into().expect("as long as before");
            differ!(verify_data(&MasterSecret::new(other), sender, &transcript), finished);
        }
    }

    exercise "6.11" {
        /// what one side seals its records with, the other side opens them with
        #[think = "In chapter 1 both sides had the same key. How many keys are there here?"]
        fn records_are_opened_with_the_key_that_sealed_them(pair from RECORD_PAIRS) {
            let (seals, opens) = pair;
            same!(which_key(opens), which_key(seals));
        }

        /// the two directions have two keys, and neither is one of a pair
        #[think = "Look at the key block in 6.3."]
        fn the_directions_have_keys_of_their_own() {
            let (client, server) = (RECORD_PAIRS[0].0, RECORD_PAIRS[1].0);
            differ!(which_key(client), which_key(server));
            for task in RECORD_PAIRS.into_iter().flat_map(|(seals, opens)| [seals, opens]) {
                let key = which_key(task);
                check!(matches!(key, Key::Shared(_)), "a key that both of them have", key);
            }
        }

        /// what one does with a private key, the other does with the public key of the same owner
        #[think = "Who can do it alone? And who must be able to do the other half?"]
        fn private_and_public_keys_mirror_each_other(pair from PAIRS) {
            let (with_private, with_public) = pair;
            let private = which_key(with_private);
            let Key::Private(owner) = private else {
                let (expected, got) = ("a key that only its owner has", format!("{private:?}"));
                return Err(Broken::expected("which_key(with_private)", expected, got));
            };
            same!(which_key(with_public), Key::Public(owner));
        }

        /// each task is done with the right key
        #[think = "Whose key is it, and does the one who does this have it?"]
        fn every_task_has_its_key(task from Task::ALL) {
            let key = which_key(task);
            let is_right = key == key_by_hand(task);
            check!(is_right, "another key, or another owner", key);
        }
    }
}

/// Bytes that look as if they had lengths in them.
fn claims() -> BoxedStrategy<Vec<u8>> {
    let byte = prop_oneof![4 => Just(0), 6 => 0..=24_u8, 1 => any::<u8>()];
    vec(byte, 0..=48).boxed()
}

/// What the learner reads in a list of certificates, as something that can be shown.
fn listed(body: &[u8]) -> Result<Vec<Vec<u8>>, Malformed> {
    let certificates = certificate_list(body)?;
    Ok(certificates.into_iter().map(<[u8]>::to_vec).collect())
}

/// The body of a Certificate.
fn list_of(certificates: &[Vec<u8>]) -> Vec<u8> {
    let message = CertificateChain(certificates.to_vec()).handshake();
    message.body().to_vec()
}

/// The suite that the learner chooses.
fn chosen(hello: &Hello, preferences: &[CipherSuite]) -> Result<CipherSuite, Abort> {
    negotiate(&hello.0, preferences).map(Choice::suite)
}

/// A premaster secret of either suite.
fn premaster() -> BoxedStrategy<Vec<u8>> {
    prop_oneof![bytes(48..=48), bytes(32..=32)].boxed()
}

fn material() -> BoxedStrategy<Material> {
    let parts = (array(), array());
    parts.prop_map(|(key, iv)| Material { key, iv }).boxed()
}

/// The number of a record, with room for some more behind it.
fn number() -> BoxedStrategy<u64> {
    let of_size = |spare: u32| 0..=(u64::MAX - 16) >> spare;
    prop_oneof![Just(0), (0..64_u32).prop_flat_map(of_size)].boxed()
}

/// What is in a record.
#[derive(Clone)]
struct Said {
    content_type: ContentType,
    plaintext: Vec<u8>,
}

/// As the learner reads it.
impl fmt::Debug for Said {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{:?} {}",
            self.content_type,
            show::text(&self.plaintext.pieces())
        )
    }
}

fn content_type() -> BoxedStrategy<ContentType> {
    select(ContentType::ALL).boxed()
}

fn one_said() -> BoxedStrategy<Said> {
    let said = (content_type(), bytes(0..=40));
    said.prop_map(|(content_type, plaintext)| Said {
        content_type,
        plaintext,
    })
    .boxed()
}

fn said() -> BoxedStrategy<Vec<Said>> {
    vec(one_said(), 0..=8).boxed()
}

/// The client's end of the bytes, and the server's, with the learner's records.
type ClientWire = Wire<RecordSealer<ClientWrites>, RecordOpener<ServerWrites>>;
type ServerWire = Wire<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>;

/// Something that is said on a connection.
#[derive(Clone, PartialEq, Eq)]
enum Word {
    Data(Vec<u8>),
    Message(Vec<u8>),
    ChangeCipherSpec,
    Goodbye,
}

impl Word {
    fn send(&self, wire: &mut ClientWire) -> Result<(), Abort> {
        match self {
            Word::Data(data) => wire.send_data(data),
            Word::Message(body) => {
                wire.send_handshake(&Handshake::new(HandshakeType::Finished, body))
            }
            Word::ChangeCipherSpec => wire.send_change_cipher_spec(),
            Word::Goodbye => wire.send_alert(Alert::CloseNotify),
        }
    }

    fn heard(incoming: Incoming) -> Word {
        match incoming {
            Incoming::ApplicationData(data) => Word::Data(data),
            Incoming::Handshake(message) => Word::Message(message.body().to_vec()),
            Incoming::ChangeCipherSpec => Word::ChangeCipherSpec,
            Incoming::CloseNotify => Word::Goodbye,
        }
    }
}

/// As the learner reads it.
impl fmt::Debug for Word {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Word::Data(data) => write!(out, "data {}", show::text(&data.pieces())),
            Word::Message(body) => write!(out, "message {}", show::text(&body.pieces())),
            Word::ChangeCipherSpec => write!(out, "ChangeCipherSpec"),
            Word::Goodbye => write!(out, "close_notify"),
        }
    }
}

fn words() -> BoxedStrategy<Vec<Word>> {
    let word = prop_oneof![
        3 => bytes(1..=60).prop_map(Word::Data),
        2 => bytes(0..=60).prop_map(Word::Message),
        1 => Just(Word::ChangeCipherSpec),
        1 => Just(Word::Goodbye),
    ];
    vec(word, 0..=6).boxed()
}

/// A version that a hello may say: 1.2, or any other.
fn version() -> BoxedStrategy<u16> {
    prop_oneof![Just(TLS_1_2), any::<u16>()].boxed()
}

/// The key as the client's.
fn client_write_key(key: &Material) -> WriteKey<ClientWrites> {
    WriteKey::new(key.key, key.iv)
}

/// The key as the server's.
fn server_write_key(key: &Material) -> WriteKey<ServerWrites> {
    WriteKey::new(key.key, key.iv)
}

fn label(sender: Sender) -> &'static str {
    match sender {
        Sender::Client => reference::CLIENT_FINISHED,
        Sender::Server => reference::SERVER_FINISHED,
    }
}

fn sender() -> BoxedStrategy<Sender> {
    select(&[Sender::Client, Sender::Server][..]).boxed()
}

fn transcript_of(messages: &[Vec<u8>]) -> Transcript {
    let mut transcript = Transcript::new();
    messages.iter().for_each(|message| transcript.add(message));
    transcript
}

/// Who seals, and who opens.
const RECORD_PAIRS: [(Task, Task); 2] = [
    (Task::ClientSealsRecords, Task::ServerOpensRecords),
    (Task::ServerSealsRecords, Task::ClientOpensRecords),
];

/// What is done with a private key, and the other half of it.
const PAIRS: [(Task, Task); 3] = [
    (Task::CaSignsCertificate, Task::ClientChecksCertificate),
    (Task::ServerUnwrapsPremaster, Task::ClientWrapsPremaster),
    (Task::ServerSignsShare, Task::ClientChecksShare),
];

fn key_by_hand(task: Task) -> Key {
    use Task::*;
    match task {
        CaSignsCertificate => Key::Private(Owner::Ca),
        ClientChecksCertificate => Key::Public(Owner::Ca),
        ServerUnwrapsPremaster | ServerSignsShare => Key::Private(Owner::Server),
        ClientWrapsPremaster | ClientChecksShare => Key::Public(Owner::Server),
        ClientSealsRecords | ServerOpensRecords => Key::Shared(Sender::Client),
        ServerSealsRecords | ClientOpensRecords => Key::Shared(Sender::Server),
    }
}

/// What exercise 6.2 asks of the server.
fn negotiate_by_hand(hello: &ClientHello, preferences: &[CipherSuite]) -> Result<Choice, Abort> {
    let hello = Hello(hello.clone());
    let continues = |extension: &Extension| match extension {
        Extension::RenegotiationInfo(verify_data) => !verify_data.is_empty(),
        _ => false,
    };
    if hello.0.version < TLS_1_2 {
        return Err(Abort::UnsupportedVersion);
    }
    if hello.0.extensions.iter().any(continues) {
        return Err(Abort::BadRenegotiationInfo);
    }
    // From the one that is liked least, so that the last word is the best.
    let mut choice = Err(Abort::NothingInCommon);
    for suite in preferences.iter().rev() {
        let is_offered = hello.0.cipher_suites.contains(&suite.code());
        let scheme = SCHEMES
            .iter()
            .rev()
            .find(|scheme| hello.schemes().contains(&scheme.code()));
        match (suite, scheme) {
            _ if !is_offered || !hello.0.compression_methods.contains(&0) => {}
            (CipherSuite::RsaAes128GcmSha256, _) => choice = Ok(Choice::Rsa),
            (CipherSuite::EcdheRsaAes128GcmSha256, Some(scheme)) => {
                if hello.groups().contains(&X25519) {
                    choice = Ok(Choice::EcdheRsa(*scheme));
                }
            }
            (CipherSuite::EcdheRsaAes128GcmSha256, None) => {}
        }
    }
    choice
}
