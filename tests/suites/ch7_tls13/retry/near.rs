//! The server: extensions that are nearly among those that are left out of the comparison, and
//! differences that come late.

use given::tls::{Abort, Extension};
use harness::show::Words;
use harness::{same, with};

use super::each::compared_extensions;
use super::faults::plain;
use super::{compares, shares_with};
use crate::subject::ch7_tls13::*;
use fixtures::tls12::hellos::Hello;
use fixtures::tls13::hellos::*;

harness::suite! {
    exercise "7.5" {
        /// an extension is compared if its number is only near one of the four that are left out
        #[think = "Four numbers are left out of the comparison. Do you list those four, all 16 bits of each?"]
        fn each_number_near_an_ignored_one_counts() {
            let (hello, _) = plain();
            for code in near_the_ignored() {
                let same = hello.clone().with(shares_with(&[9; 32]));
                let more = same.clone().with(Extension::Other { code, body: vec![] });
                compares!(hello.0, more.0, Err(Abort::BadRetry));
            }
        }

        /// a second hello is refused if any byte of its random or of its session id differs
        #[think = "Somebody else's hello has another random. How many bytes of it do you compare?"]
        fn each_byte_of_the_random_counts(place from 0..32) {
            let (first, _) = plain();
            let second = first.clone().with(shares_with(&[9; 32])).0;
            let (mut other_random, mut other_session) = (second.clone(), second);
            other_random.random[place] ^= 1;
            other_session.session_id[place] ^= 1;
            for second in [other_random, other_session] {
                compares!(first.0, second, Err(Abort::BadRetry));
            }
        }

        /// a second hello in which one extension has moved is refused, whichever it is
        #[think = "The same extensions in another order are not the same. Do you compare the order of all that are compared, known and unknown?"]
        fn each_moved_extension_is_noticed({extension} from compared_extensions()) {
            let (hello, _) = plain();
            let rest = without(hello, extension.code());
            let last = rest.clone().with(extension.clone());
            let mut first = rest.0;
            first.extensions.insert(0, extension);
            for (one, other) in [(&last, &Hello(first.clone())), (&Hello(first), &last)] {
                let second = other.clone().with(shares_with(&[9; 32]));
                compares!(one.0, second.0, Err(Abort::BadRetry));
            }
        }

        /// a second hello is refused even if it differs only at the end of something long
        #[think = "How far do you compare the two?"]
        fn a_late_difference_is_noticed(length from [16, 17, 32, 33, 256, 257, 1025, 16_385, 32_000]) {
            let long = |last: u8| {
                let mut body = vec![7; length];
                body[length - 1] = last;
                let numbers: Vec<u16> = body.iter().copied().map(u16::from).collect();
                (body, numbers)
            };
            let ((body, numbers), (other_body, other_numbers)) = (long(7), long(8));
            for (what, code) in [("an unknown extension", 0x0a0a), ("psk_key_exchange_modes", 0x002d)] {
                let (hello, _) = plain();
                let first = hello.with(Extension::Other { code, body: body.clone() });
                let second = first.clone().with(shares_with(&[9; 32]));
                let second = second.with(Extension::Other { code, body: other_body.clone() });
                with!("what differs" = Words(format!("the last of {length} bytes in {what}, {code:04x}")));
                same!(check_second_hello(&first.0, &second.0), Err(Abort::BadRetry), "check_second_hello(&first, &second)");
            }
            let (mut first, _) = plain();
            first.0.cipher_suites = numbers;
            let mut second = first.clone().with(shares_with(&[9; 32]));
            second.0.cipher_suites = other_numbers;
            with!("what differs" = Words(format!("the last of {length} suites")));
            same!(check_second_hello(&first.0, &second.0), Err(Abort::BadRetry), "check_second_hello(&first, &second)");
        }
    }
}

/// Numbers of extensions that share a byte with one of the four that are left out of the comparison, or
/// are near it. The hello has none of them.
fn near_the_ignored() -> Vec<u16> {
    let ignored = [0x0015_u16, 0x0029, 0x002a, 0x0033];
    let near = ignored.into_iter().flat_map(|code| {
        let bits = (0..16).map(move |bit| code ^ (1 << bit));
        let others = [
            code + 1,
            code - 1,
            code.swap_bytes(),
            code << 8 | code,
            0xff00 | code,
        ];
        bits.chain(others)
    });
    let in_hello = [0x000a, 0x000d, 0x002b];
    let is_left_out = |code: &u16| ignored.contains(code) || in_hello.contains(code);
    near.filter(|code| !is_left_out(code)).collect()
}
