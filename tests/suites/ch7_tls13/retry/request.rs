//! The server's request, and the transcript after it.

use given::tls::HELLO_RETRY_REQUEST;
use harness::{same, think_of, with};

use super::request_for;
use crate::subject::ch7_tls13::*;
use crate::transcript::transcript_of;
use fixtures::strategies::{LONG, bytes};
use fixtures::tls12::hellos::Answer;
use fixtures::tls13::hellos::*;
use fixtures::tls13::reference;
use fixtures::tls13::traces::traces;

harness::suite! {
    exercise "7.5" {
        /// the request has the form of a ServerHello, with the fixed random, and asks for X25519
        #[think = "Which of its fields come from the hello, and which are always the same?"]
        #[cases = 64]
        fn the_request_asks_for_a_share({hello} in hello_without_share()) {
            with!(hello);
            let retry = retry_request(&hello.0);
            same!(retry.random, HELLO_RETRY_REQUEST, "retry_request(&hello).random");
            same!(retry.session_id, hello.0.session_id, "retry_request(&hello).session_id");
            let (retry, expected) = (Answer(retry), Answer(request_for(&hello.0)));
            same!(retry, expected, "retry_request(&hello)");
        }

        /// the transcript starts over, with a message that holds the hash of the first hello
        #[think = "Type, length, hash: which type is it, and how many bytes does each of them have?"]
        #[cases = 64]
        fn the_first_hello_is_replaced(hello in bytes(0..=LONG), more in bytes(0..=80)) {
            let first = transcript_of(&hello);
            let mut transcript = retried(&first);
            let replaced = [&[254, 0, 0, 32][..], &reference::hash(&hello)].concat();
            with!("what is hashed" = replaced);
            let hash = transcript.hash();
            if hash == reference::hash(&hello) || hash == reference::hash(&[&hello[..], &replaced].concat()) {
                think_of!("The first hello itself is still in your transcript. What takes its place?");
            }
            same!(hash, reference::hash(&replaced), "retried(&first).hash()");
            transcript.add(&more);
            let longer = [&replaced[..], &more].concat();
            with!("what is hashed" = longer);
            same!(transcript.hash(), reference::hash(&longer), "retried(&first).hash(), with more after it");
            // The transcript that was passed in is unchanged.
            same!(first.hash(), reference::hash(&hello));
        }

        /// you get the transcript of the connection in RFC 8448 §5, and its traffic secrets for the handshake
        #[think = "Which messages follow the hash of the first hello? The request is one of them."]
        fn the_transcript_of_the_rfc_comes_out() {
            let trace = &traces()[1];
            let first = transcript_of(&trace.hellos[0]);
            let mut transcript = retried(&first);
            trace.hellos[1..].iter().for_each(|message| transcript.add(message));
            same!(transcript.hash(), RFC_8448_5, "retried(&first).hash(), after the other messages were added");
            let handshake = EarlySecret::without_psk().into_handshake(&trace.shared);
            let (traffic, _) = handshake.into_main(&transcript);
            same!(*traffic.client.as_bytes(), trace.client_handshake);
            same!(*traffic.server.as_bytes(), trace.server_handshake);
        }
    }
}

/// The hash of the transcript up to ServerHello that RFC 8448 §5 prints.
const RFC_8448_5: [u8; 32] = [
    0x8a, 0xa8, 0xe8, 0x28, 0xec, 0x2f, 0x8a, 0x88, 0x4f, 0xec, 0x95, 0xa3, 0x13, 0x9d, 0xe0, 0x1c,
    0x15, 0xa3, 0xda, 0xa7, 0xff, 0x5b, 0xfc, 0x3f, 0x4b, 0xfc, 0xc2, 0x1b, 0x43, 0x8d, 0x7b, 0xf8,
];
