use given::tls::Malformed;
use given::tls12::CertificateChain;
use harness::{assume, same};
use proptest::prelude::*;

use crate::strategies::{claims, left_over, vectors};
use crate::subject::ch6_tls12::*;
use fixtures::strategies::{LONG, bit, bytes, list};
use fixtures::tls12::reference::{self, claimed, vector};

harness::suite! {
    exercise "6.1" {
        /// the examples in the exercise give the results shown there
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

        /// a vector is read, and what follows it is left in `input`
        #[think = "Two things have been read: the length, and the content."]
        #[cases = 128]
        fn a_vector_is_read(
            (width, content) in vectors(), after in bytes(0..=20)
        ) {
            let bytes = [vector(width, &content), after.clone()].concat();
            let mut input = bytes.as_slice();
            same!(read_vector(&mut input, width), Ok(content.as_slice()));
            same!(input, after.as_slice());
        }

        /// what follows a vector is left in `input`, however long it is
        #[think = "Where does the rest begin, and where does it end?"]
        #[cases = 96]
        fn everything_after_a_vector_stays(after in bytes(0..=LONG), width in 1..=3_usize) {
            let bytes = [vector(width, b"abc"), after.clone()].concat();
            let mut input = bytes.as_slice();
            same!(read_vector(&mut input, width), Ok(&b"abc"[..]));
            same!(input, after.as_slice());
        }

        /// lengths are read in 1, 2 and 3 bytes, the most significant byte first
        #[think = "Which byte of the length counts 65536s? How large can your number get?"]
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
        #[think = "The length is the peer's claim, the slice is what there is. When do you move `input`?"]
        #[cases = 192]
        fn a_claim_beyond_the_end_is_refused(
            (width, content) in vectors(),
            beyond in prop_oneof![Just(1), Just(0x100), Just(0x1_0000), 1..=0xff_ffff_usize]
        ) {
            let claim = (content.len() + beyond).min((1 << (8 * width)) - 1);
            assume!(claim > content.len());
            let bytes = claimed(width, claim, &content);
            let mut input = bytes.as_slice();
            same!(read_vector(&mut input, width), Err(Malformed));
            same!(input, bytes.as_slice());
            same!(only_vector(&bytes, width), Err(Malformed));
        }

        /// an incomplete length is refused, and `input` stays what it was
        #[think = "The bytes of the length are read from the same slice."]
        fn an_unfinished_length_is_refused((width, there) from unfinished()) {
            let mut input = there.as_slice();
            same!(read_vector(&mut input, width), Err(Malformed));
            same!(input, there.as_slice());
            same!(only_vector(&there, width), Err(Malformed));
        }

        /// a body that is one vector is read
        #[think = "The vector ends where the body does. Is that an error?"]
        #[cases = 96]
        fn a_whole_body_is_read((width, content) in vectors()) {
            same!(only_vector(&vector(width, &content), width), Ok(content.as_slice()));
        }

        /// a body with something after its vector is refused
        #[think = "What is left once the vector has been read?"]
        #[cases = 128]
        fn bytes_after_the_vector_are_refused(
            (width, content) in vectors(), after in left_over()
        ) {
            let body = [vector(width, &content), after].concat();
            same!(only_vector(&body, width), Err(Malformed));
        }

        /// a heartbeat is answered with its own payload, and 16 zeros for padding
        #[think = "Type 2, the length again, the payload again. What do you send after them?"]
        #[cases = 96]
        fn a_heartbeat_is_answered(payload in bytes(0..=65_535), padding in bytes(16..=40)) {
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
            row from [
                (65_535, &b"bird"[..]), (65_535, &[]), (16_384, &[]), (1, &[]), (5, b"bird"),
                (20, b"bird"), (21, b"bird"), (0x104, b"bird"), (0x100, &[])
            ]
        ) {
            // With the padding that the RFC wants, and without it, as attackers sent it.
            let (claim, there) = row;
            for padding in [16, 0] {
                let payload = claimed(2, claim, there);
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

        /// the certificates in a list are read, in their order
        #[think = "A vector whose length takes 3 bytes, and in it, one after another, more of them."]
        #[cases = 96]
        fn certificates_are_read(certificates in list(bytes(1..=20), 1..=257)) {
            same!(listed(&list_of(&certificates)), Ok(certificates));
        }

        /// a certificate of any length is read, and so is the one after it
        #[think = "Each length here takes 3 bytes."]
        #[cases = 96]
        fn a_long_certificate_is_read(first in bytes(1..=LONG), second in bytes(1..=40)) {
            let both = vec![first, second];
            same!(listed(&list_of(&both)), Ok(both));
        }

        /// long certificates are read, and so are many certificates
        #[think = "Each length here takes 3 bytes."]
        fn long_lists_are_read(list from [vec![vec![0x30; 70_000]], vec![vec![0x30]; 1025]]) {
            same!(listed(&list_of(&list)), Ok(list));
        }

        /// an empty list is refused, and so is an empty certificate, wherever it is in the list
        #[think = "Who is the server, if nobody is in the list?"]
        #[cases = 128]
        fn nothing_is_not_a_certificate(
            before in list(bytes(1..=9), 0..=4), after in list(bytes(1..=9), 0..=4)
        ) {
            for few in [vec![], vec![vec![]], vec![vec![]; 2], vec![vec![7], vec![]], vec![vec![], vec![7]]] {
                same!(listed(&list_of(&few)), Err(Malformed));
            }
            let list = [before, vec![vec![]], after].concat();
            same!(listed(&list_of(&list)), Err(Malformed));
        }

        /// bytes that are left over are refused, in the list and after it
        #[think = "Where does your loop stop, and what has it seen by then?"]
        #[cases = 128]
        fn bytes_left_over_are_refused(
            certificates in list(bytes(1..=20), 1..=3), left_over in left_over()
        ) {
            let after = [list_of(&certificates), left_over.clone()].concat();
            same!(listed(&after), Err(Malformed));
            // Too short for a length, or for what it claims.
            let unfinished = claimed(3, left_over.len() + 1, &left_over);
            for left_over in [&unfinished, &unfinished[..1], &unfinished[..2]] {
                let list = list_of(&certificates)[3..].to_vec();
                let body = vector(3, &[&list, left_over].concat());
                same!(listed(&body), Err(Malformed));
            }
        }

        /// a list in which one bit was flipped is read as it now is, or refused
        #[think = "Two lengths describe the same bytes. Where does each of them say that they end?"]
        fn a_changed_list_is_read_as_it_stands(
            certificates in list(bytes(1..=4), 1..=4), changed in bit()
        ) {
            let body = changed.flipped(&list_of(&certificates));
            same!(listed(&body), reference::list(&body));
        }

        /// no bytes make a function of this exercise panic, or return what is not there
        #[think = "Which slice, sum or `unwrap` fails for some input?"]
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
    }
}

/// How many bytes a length should have, and fewer bytes than that.
fn unfinished() -> Vec<(usize, Vec<u8>)> {
    let of = |width: usize| (0..width).map(move |there| (width, there));
    let rows = (1..=3).flat_map(of);
    rows.flat_map(|(width, there)| [0, 1, 0xff].map(|byte| (width, vec![byte; there])))
        .collect()
}

/// How long the payload is, and how long the padding.
const LONG_HEARTBEATS: [(usize, usize); 16] = [
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
];

/// What a heartbeat may begin with, if it is not a request.
fn other_kinds() -> Vec<u8> {
    (0..=u8::MAX).filter(|kind| *kind != 1).collect()
}

/// What the learner reads from a list of certificates, in a form that can be shown.
fn listed(body: &[u8]) -> Result<Vec<Vec<u8>>, Malformed> {
    let certificates = certificate_list(body)?;
    Ok(certificates.into_iter().map(<[u8]>::to_vec).collect())
}

/// The body of a Certificate.
fn list_of(certificates: &[Vec<u8>]) -> Vec<u8> {
    let message = CertificateChain(certificates.to_vec()).handshake();
    message.body().to_vec()
}
