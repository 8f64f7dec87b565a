use harness::{notes, same, think_of, with};
use proptest::prelude::*;

use crate::reference::{repeated, xor};
use crate::subject::ch1_symmetric::*;
use fixtures::strategies::{LONG, alike, array, bytes};

harness::suite! {
    exercise "1.2" {
        /// the second text is recovered, whatever the pad
        #[think = "Which two of the three, XORed, give the pad?"]
        fn the_second_text_is_recovered(
            pad in array::<64>(), known in array::<64>(), text in array::<64>()
        ) {
            let (first, second) = (xor(&known, &pad), xor(&text, &pad));
            same!(two_time_pad(&first, &second, &known), text.to_vec());
            // Another guess at the first text gives something else for the second.
            think_of!("The call before this one had the same two ciphertexts, and returned the right text. Does your answer depend on what is known, or do you keep anything from one call to the next?");
            let guessed = known.map(|byte| byte.wrapping_add(1));
            same!(two_time_pad(&first, &second, &guessed), xor(&second, &xor(&first, &guessed)));
        }

        /// the second text is recovered from its beginning, readable or not
        #[think = "At which byte of the first text does the known text begin? Does your answer look for a place where the result is readable?"]
        fn the_result_need_not_be_readable(known from ["Dear", "attack at dawn", "GET /index.html HTTP/1.1"]) {
            let known = known.as_bytes();
            let text: Vec<u8> = known.iter().map(|byte| byte | 0x80).collect();
            let pad: Vec<u8> = (0..).step_by(37).map(|byte: usize| byte as u8).take(2 * known.len() + 1).collect();
            // Further on, both texts are the same, and there the known text would give itself.
            let first = xor(&[known, known, b"."].concat(), &pad);
            let second = xor(&[&text[..], known, b"."].concat(), &pad);
            same!(two_time_pad(&first, &second, known), text);
        }

        /// each call has its own result, even if the one before it had the same bytes with a border elsewhere
        #[think = "Do you keep anything from one call to the next? And how do you tell one call from another?"]
        fn each_call_has_its_own_result() {
            let mut last = None;
            for (first, second, known) in [
                ("0123", "4567", "89ab"), ("01234", "567", "89ab"), ("012", "34567", "89ab"), ("0123", "45678", "9ab"),
                ("0123", "456", "789ab"), ("0123", "4567", "89ab"),
            ] {
                let (first, second, known) = (first.as_bytes(), second.as_bytes(), known.as_bytes());
                notes::start_over();
                if let Some((first, second, known)) = last {
                    with!("first, last call" = first, "second, last call" = second, "known, last call" = known);
                }
                last = Some((first, second, known));
                same!(two_time_pad(first, second, known), xor(second, &xor(first, known)));
            }
        }

        /// known text beyond the end of the first ciphertext is not used
        #[think = "Once one of the three ends, nothing more follows from the other two."]
        fn too_much_may_be_known(
            pad in array::<64>(), known in bytes(0..=64), text in bytes(0..=64),
            extra in bytes(1..=64)
        ) {
            let (first, second) = (xor(&known, &pad), xor(&text, &pad));
            let known = [&known[..], &extra].concat();
            let shortest = first.len().min(second.len());
            same!(two_time_pad(&first, &second, &known), text[..shortest].to_vec());
        }

        /// the result is as long as the shortest of the three
        #[think = "Once one of the three ends, nothing more follows from the other two."]
        fn the_shortest_is_the_limit(
            first in bytes(0..=LONG), second in bytes(0..=LONG), known in bytes(0..=LONG)
        ) {
            let pad = xor(&first, &known);
            same!(two_time_pad(&first, &second, &known), xor(&second, &pad));
            same!(two_time_pad(&first, &known, &known), xor(&known, &pad));
        }

        /// whichever of the three ends first or last, the result is as long as the shortest
        #[think = "Once one of the three ends, nothing more follows from the other two. Does any of them begin again?"]
        fn each_of_the_three_may_end_first(shortest from [
            0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 1024, 4097,
        ]) {
            let bytes: Vec<u8> = (0..3 * shortest + 4).map(|place| (place % 251) as u8).collect();
            for lengths in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
                let [first, second, known] = lengths.map(|more| &bytes[more..][..(1 + more) * shortest + more]);
                let pad = xor(first, known);
                same!(two_time_pad(first, second, known), xor(second, &pad));
            }
        }

        /// texts of any length are recovered to their end
        #[think = "Does anything in your code start over, or stop, at a certain length?"]
        fn texts_of_any_length_are_recovered((pad, known, text) in three_alike()) {
            let (first, second) = (xor(&known, &pad), xor(&text, &pad));
            same!(two_time_pad(&first, &second, &known), text);
        }

        /// a long text is recovered to its end
        #[think = "Does anything in your code start over, or stop, at a certain length?"]
        fn a_long_text_is_recovered(length from [(1 << 17) + 4]) {
            let parts = [251, 241].map(|period| (0..period).collect::<Vec<u8>>());
            let [first, known] = parts.each_ref().map(|part| repeated(part, length));
            let second = vec![0; length];
            // The pad has the period of both.
            let [one, other] = [&parts[0].repeat(241), &parts[1].repeat(251)];
            let pad = repeated(&xor(one, other), length);
            same!(two_time_pad(&first, &second, &known), pad);
        }

        /// if two of the three inputs are equal, the result is the third
        #[think = "If both ciphertexts are the same, what do you know about the second text?"]
        fn two_may_be_the_same((one, other) in two_alike()) {
            same!(two_time_pad(&one, &one, &other), other);
            same!(two_time_pad(&one, &other, &one), other);
            same!(two_time_pad(&other, &one, &one), other);
            same!(two_time_pad(&one, &one, &one), one);
        }

        /// even if two of the inputs are equal, or one begins like another, the shortest is the limit
        #[think = "Once one of the three ends, nothing more follows from the other two."]
        fn the_third_may_be_shorter_or_longer(
            one in bytes(0..=64), other in bytes(0..=64), more in bytes(0..=16)
        ) {
            let third = other[..one.len().min(other.len())].to_vec();
            same!(two_time_pad(&one, &one, &other), third);
            same!(two_time_pad(&one, &other, &one), third);
            same!(two_time_pad(&other, &one, &one), third);
            let longer = [&one[..], &more].concat();
            same!(two_time_pad(&one, &longer, &other), third);
            same!(two_time_pad(&longer, &one, &other), third);
            same!(two_time_pad(&one, &other, &longer), third);
            same!(two_time_pad(&longer, &other, &one), third);
            same!(two_time_pad(&other, &one, &longer), third);
            same!(two_time_pad(&other, &longer, &one), third);
        }
    }
}

fn two_alike() -> BoxedStrategy<(Vec<u8>, Vec<u8>)> {
    alike(0..=4097)
        .prop_map(|[one, other]| (one, other))
        .boxed()
}

fn three_alike() -> BoxedStrategy<(Vec<u8>, Vec<u8>, Vec<u8>)> {
    alike(0..=LONG)
        .prop_map(|[pad, known, text]| (pad, known, text))
        .boxed()
}
