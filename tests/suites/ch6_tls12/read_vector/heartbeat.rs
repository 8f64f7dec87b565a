//! A heartbeat, the message that Heartbleed abused: 6.1.

use given::tls::Malformed;
use harness::{same, think_of, with};
use proptest::prelude::*;

use crate::subject::ch6_tls12::*;
use fixtures::strategies::{LONG, bytes};
use fixtures::tls12::reference::{self, claimed, vector};

harness::suite! {
    exercise "6.1" {
        /// a heartbeat is answered with its own payload, and 16 zeros for padding
        #[think = "Type 2, the length again, the payload again. What do you send after them?"]
        #[cases = 96]
        fn a_heartbeat_is_answered(payload in bytes(0..=65_535), padding in bytes(16..=40)) {
            if payload.len() > 1000 {
                think_of!("Is there a limit in your code that is not in the exercise?");
            }
            let request = [&[1], vector(2, &payload).as_slice(), &padding].concat();
            let response = [&[2], vector(2, &payload).as_slice(), &[0; 16]].concat();
            same!(heartbeat_response(&request), Ok(response));
        }

        /// a heartbeat with a payload of up to 65,535 bytes is answered, and so is one with long padding
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_long_heartbeat_is_answered((length, padding) from LONG_HEARTBEATS) {
            let payload = vector(2, &vec![0x61; length]);
            let request = [&[1], payload.as_slice(), &vec![7; padding]].concat();
            let response = [&[2], payload.as_slice(), &[0; 16]].concat();
            same!(heartbeat_response(&request), Ok(response));
        }

        /// the request of Heartbleed gets no answer
        #[think = "What would the rest of the payload be made of?"]
        fn heartbleed_gets_no_answer(
            (payload_length, payload) from [
                (65_535, &b"bird"[..]), (65_535, &[]), (16_384, &[]), (1, &[]), (5, b"bird"),
                (20, b"bird"), (21, b"bird"), (0x104, b"bird"), (0x100, &[])
            ]
        ) {
            // With the padding that the RFC wants, and without it, as attackers sent it.
            for padding in [16, 0] {
                let payload = claimed(2, payload_length, payload);
                let request = [&[1], payload.as_slice(), &vec![0; padding]].concat();
                same!(heartbeat_response(&request), Err(Malformed));
            }
        }

        /// at least 16 bytes of padding must follow the payload, and 15 are not enough
        #[think = "Where does the payload end? How much must follow it?"]
        #[cases = 192]
        fn the_padding_is_not_payload(
            payload in bytes(0..=40), padding in prop_oneof![Just(15), Just(16), 0..=40_usize]
        ) {
            let payload = vector(2, &payload);
            let request = [&[1], payload.as_slice(), &vec![0x5a; padding]].concat();
            let response = [&[2], payload.as_slice(), &[0; 16]].concat();
            let response = if padding < 16 { Err(Malformed) } else { Ok(response) };
            same!(heartbeat_response(&request), response);
        }

        /// a message that is not a request gets no answer, least of all a response
        #[think = "What happens if two peers answer each other's responses?"]
        fn only_a_request_gets_an_answer(kind from other_kinds()) {
            let message = [&[kind], b"\x00\x04bird".as_slice(), &[0; 16]].concat();
            same!(heartbeat_response(&message), Err(Malformed));
        }

        /// a heartbeat is answered or refused for what is in it, whatever came before it
        #[think = "Do you keep anything from one call to the next, an answer or its buffer?"]
        fn each_heartbeat_is_answered_for_itself(
            (kind, payload, padding) from [
                (1, &b"boat"[..], 16), (1, b"b", 19), (1, b"birds", 15), (1, b"bird", 15), (2, b"bird", 16)
            ]
        ) {
            let of = |kind, payload, padding| [&[kind], &vector(2, payload)[..], &vec![0; padding]].concat();
            let (first, second) = (of(1, b"bird", 16), of(kind, payload, padding));
            with!("the one before" = first);
            for request in [&first, &second, &first] {
                same!(heartbeat_response(request), reference::beat(request));
            }
        }

        /// 15 bytes of padding are not enough and 16 are, however long the payload is
        #[think = "Where does the payload end? How much must follow it?"]
        fn fifteen_bytes_of_padding_are_too_few(length from [0, 1, 2, 15, 16, 17, 255, 256, 16_365, 65_535]) {
            let payload = vector(2, &vec![0x61; length]);
            for (padding, is_enough) in [(0, false), (1, false), (15, false), (16, true), (17, true)] {
                let request = [&[1], payload.as_slice(), &vec![0; padding]].concat();
                let response = [&[2], payload.as_slice(), &[0; 16]].concat();
                same!(heartbeat_response(&request), if is_enough { Ok(response) } else { Err(Malformed) });
            }
        }
    }
}

/// How long the payload is, and how long the padding.
const LONG_HEARTBEATS: [(usize, usize); 17] = [
    (255, 16),
    (256, 16),
    (4096, 16),
    (4097, 16),
    (16_365, 16),
    (16_366, 16),
    (16_384, 16),
    (16_385, 16),
    (32_768, 16),
    (65_535, 16),
    (4, 255),
    (4, 256),
    (4, 4097),
    (4, 16_385),
    (4, 65_535),
    (4, LONG),
    (65_535, 1 << 20),
];

/// What a heartbeat may begin with, if it is not a request.
fn other_kinds() -> Vec<u8> {
    (0..=u8::MAX).filter(|kind| *kind != 1).collect()
}
