use harness::same;

use crate::subject::ch1_symmetric::*;
use fixtures::strategies::{array, bytes};

harness::suite! {
    exercise "1.2" {
        /// the second text is recovered, whatever the pad
        #[think = "Which two of the three, XORed, give the pad?"]
        fn the_second_text_is_recovered(
            pad in array::<64>(), known in array::<64>(), text in array::<64>()
        ) {
            let (first, second) = (xor(&known, &pad), xor(&text, &pad));
            same!(two_time_pad(&first, &second, &known), text.to_vec());
        }

        /// the result reaches as far as the shortest of the three
        #[think = "Where one of the three ends, nothing more follows from the other two."]
        fn the_shortest_is_the_limit(
            pad in array::<64>(), first in bytes(0..=64), second in bytes(0..=64),
            known in 0..=64_usize
        ) {
            let known = &first[..known.min(first.len())];
            let shortest = known.len().min(second.len());
            let (hidden_first, hidden_second) = (xor(&first, &pad), xor(&second, &pad));
            same!(two_time_pad(&hidden_first, &hidden_second, known), second[..shortest].to_vec());
        }

        /// what is known beyond the end of the first ciphertext is of no use
        #[think = "Where one of the three ends, nothing more follows from the other two."]
        fn too_much_may_be_known(
            pad in array::<64>(), known in bytes(0..=64), text in bytes(0..=64),
            extra in bytes(1..=64)
        ) {
            let (first, second) = (xor(&known, &pad), xor(&text, &pad));
            let known = [&known[..], &extra].concat();
            let shortest = first.len().min(second.len());
            same!(two_time_pad(&first, &second, &known), text[..shortest].to_vec());
        }
    }
}

/// Each byte of one with the byte of the other, as far as both reach.
fn xor(one: &[u8], other: &[u8]) -> Vec<u8> {
    one.iter()
        .zip(other)
        .map(|(one, other)| one ^ other)
        .collect()
}
