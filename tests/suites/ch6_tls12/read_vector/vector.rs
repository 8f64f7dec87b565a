//! One vector, and the examples of the exercise: 6.1.

use given::tls::Malformed;
use harness::{assume, same, think_of};
use proptest::prelude::*;

use super::strategies::{left_over, vectors};
use crate::subject::ch6_tls12::*;
use fixtures::strategies::{LONG, bytes};
use fixtures::tls12::reference::{self, claimed, vector};

harness::suite! {
    exercise "6.1" {
        /// the examples in the exercise give the results shown there
        #[think = "The length first, then as many bytes as it says."]
        fn the_examples_come_out() {
            let mut input: &[u8] = b"\x00\x03abcde";
            same!(read_vector(&mut input, 2), Ok(&b"abc"[..]));
            same!(input, b"de".as_slice(), "input, after the call of read_vector");

            think_of!("Type, length, payload, padding: which of them does the answer take from the request, and how much padding is enough?");
            let bird = [b"\x01\x00\x04bird".as_slice(), &[0x5a; 16]].concat();
            let answer = [b"\x02\x00\x04bird".as_slice(), &[0; 16]].concat();
            same!(heartbeat_response(&bird), Ok(answer));

            think_of!("The list has a length, and so has each certificate in it. Where does your loop stop?");
            let body = [0, 0, 0x0b, 0, 0, 3, 0x30, 1, 0, 0, 0, 2, 0x30, 0];
            same!(certificate_list(&body), Ok(vec![&[0x30, 1, 0][..], &[0x30, 0]]));
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
            same!(input, after.as_slice(), "input, after the call of read_vector");
        }

        /// what follows a vector is left in `input`, however long it is
        #[think = "Where does the rest begin, and where does it end?"]
        #[cases = 96]
        fn everything_after_a_vector_stays(after in bytes(0..=LONG), width in 1..=3_usize) {
            let bytes = [vector(width, b"abc"), after.clone()].concat();
            let mut input = bytes.as_slice();
            same!(read_vector(&mut input, width), Ok(&b"abc"[..]));
            same!(input, after.as_slice(), "input, after the call of read_vector");
        }

        /// lengths are read in 1, 2 and 3 bytes, the most significant byte first
        #[think = "Which byte of the length counts 65536s? How large can your number get?"]
        fn lengths_of_every_width_are_read(
            (width, length) from [
                (1, 0), (1, 0xff), (2, 1), (2, 0x0102), (2, 0xffff), (3, 1), (3, 0x0201),
                (3, 0x01_0000), (3, 0x01_0203), (3, 0x20_0001)
            ]
        ) {
            if length > 100_000 {
                think_of!("Is there a limit in your code that is not in the exercise?");
            }
            let content = vec![0x61; length];
            let bytes = [vector(width, &content), vec![0x62]].concat();
            let mut input = bytes.as_slice();
            same!(read_vector(&mut input, width), Ok(content.as_slice()));
            same!(input, b"b".as_slice(), "input, after the call of read_vector");
        }

        /// a length that claims more than is there is refused, and `input` stays what it was
        #[think = "The length is the peer's claim, the slice is what there is. When do you move `input`?"]
        #[cases = 192]
        fn a_claim_beyond_the_end_is_refused(
            (width, content) in vectors(),
            {beyond} in prop_oneof![
                Just(1), Just(0x100), Just(0x1_0000), Just(0xff_ffff), 1..=0xff_ffff_usize,
            ]
        ) {
            let claim = (content.len() + beyond).min((1 << (8 * width)) - 1);
            assume!(claim > content.len());
            let bytes = claimed(width, claim, &content);
            let mut input = bytes.as_slice();
            same!(read_vector(&mut input, width), Err(Malformed));
            same!(input, bytes.as_slice(), "input, after the call of read_vector");
            let body = bytes.as_slice();
            same!(only_vector(body, width), Err(Malformed));
        }

        /// an incomplete length is refused, and `input` stays what it was
        #[think = "The bytes of the length are read from the same slice."]
        fn an_unfinished_length_is_refused((width, {there}) from unfinished()) {
            let mut input = there.as_slice();
            same!(read_vector(&mut input, width), Err(Malformed));
            same!(input, there.as_slice(), "input, after the call of read_vector");
            let body = there.as_slice();
            same!(only_vector(body, width), Err(Malformed));
        }

        /// a body that is one vector is read
        #[think = "The vector ends where the body does. Is that an error?"]
        #[cases = 96]
        fn a_whole_body_is_read((width, content) in vectors()) {
            let body = vector(width, &content);
            same!(only_vector(&body, width), Ok(content.as_slice()));
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

        /// a body with a few bytes after its vector is refused, whatever they are
        #[think = "What is left once the vector has been read?"]
        fn a_byte_after_the_vector_is_refused((width, {after}) from few_after()) {
            let body = [vector(width, b"abc"), after].concat();
            same!(only_vector(&body, width), Err(Malformed));
        }

        /// the same bytes begin with another vector if the length takes another number of bytes
        #[think = "Do you keep anything from one call to the next? The length may take another number of bytes."]
        fn another_width_reads_another_vector(
            bytes from [vec![0, 0, 2, 7, 7, 7], vec![0, 1, 2, 3, 4, 5], vec![0; 6]]
        ) {
            for width in [1, 2, 3, 2, 1] {
                let read = reference::read(&bytes, width);
                let mut input = bytes.as_slice();
                same!(read_vector(&mut input, width), read.map(|(content, _)| content));
                same!(input, read.map_or(&bytes[..], |(_, after)| after), "input, after the call of read_vector");
            }
        }
    }
}

/// How many bytes a length has, and a few bytes that follow the vector: among them the same vector again.
fn few_after() -> Vec<(usize, Vec<u8>)> {
    let after = [
        vec![0],
        vec![0xff],
        vec![b'c'],
        vec![b'\n'],
        b"\r\n".to_vec(),
        vec![0; 2],
        vec![0; 3],
        vec![0, 1, 0],
    ];
    let of = |width| {
        let again = vector(width, b"abc");
        after
            .iter()
            .cloned()
            .chain([again])
            .map(move |after| (width, after))
    };
    (1..=3).flat_map(of).collect()
}

/// How many bytes a length should have, and fewer bytes than that.
fn unfinished() -> Vec<(usize, Vec<u8>)> {
    let of = |width: usize| (0..width).map(move |there| (width, there));
    let rows = (1..=3).flat_map(of);
    rows.flat_map(|(width, there)| [0, 1, 0xff].map(|byte| (width, vec![byte; there])))
        .collect()
}
