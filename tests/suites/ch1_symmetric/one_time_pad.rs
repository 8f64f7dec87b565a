use harness::{accepted, notes, same, think_of, with};
use proptest::prelude::*;

use crate::reference::{repeated, xor};
use crate::subject::ch1_symmetric::*;
use fixtures::hex::hex;
use fixtures::strategies::{LONG, alike, array, bytes, flippable, number};

harness::suite! {
    exercise "1.1" {
        /// the example in the exercise gives the result shown there
        #[think = "Each byte of the result is the XOR of the two bytes above it. Do one by hand."]
        fn the_example_gives_its_result() {
            let pad = hex::<5>("2b7e151628");
            same!(one_time_pad(&pad, b"hello"), Ok(hex::<5>("431b797a47").to_vec()));
        }

        /// the result is as long as the text
        #[think = "What happens to the bytes of a pad that is longer than the text?"]
        fn the_result_is_as_long_as_the_text(pad in array::<64>(), text in bytes(0..=64)) {
            think_of!("This pad is long enough. Which pads are refused, and by which comparison?");
            let hidden = accepted!(one_time_pad(&pad, &text));
            think_of!("What happens to the bytes of a pad that is longer than the text?");
            same!(hidden.len(), text.len());
        }

        /// hiding a text twice under the same pad gives the text back
        #[think = "What is x ^ p ^ p?"]
        fn twice_gives_the_text_back(pad in array::<64>(), text in bytes(0..=64)) {
            let hidden = accepted!(one_time_pad(&pad, &text));
            same!(one_time_pad(&pad, &hidden), Ok(text));
        }

        /// if one bit of the pad changes, the same bit of the result changes, and nothing else
        #[think = "Is every byte of the text XORed with its own byte of the pad?"]
        fn each_bit_depends_on_its_pad_bit(pad in array::<64>(), text in flippable(1..=64)) {
            let hidden = accepted!(one_time_pad(&pad, text.bytes()));
            let changed = text.flipped_in(pad);
            same!(one_time_pad(&changed, text.bytes()), Ok(text.flipped_in(hidden)));
        }

        /// if one bit of the text changes, the same bit of the result changes, and nothing else
        #[think = "XOR, and nothing but XOR: a carry from one bit to the next would be addition."]
        fn each_bit_depends_on_its_text_bit(pad in array::<64>(), text in flippable(1..=64)) {
            let hidden = accepted!(one_time_pad(&pad, text.bytes()));
            let changed = text.flipped_in(text.bytes());
            same!(one_time_pad(&pad, &changed), Ok(text.flipped_in(hidden)));
        }

        /// a pad exactly as long as the text is enough
        #[think = "At which length is the pad too short?"]
        fn a_pad_of_the_same_length_is_enough(pad in bytes(0..=LONG)) {
            let text = vec![0; pad.len()];
            same!(one_time_pad(&pad, &text), Ok(pad));
        }

        /// only the beginning of a longer pad is used
        #[think = "The first byte of the text is XORed with the first byte of the pad."]
        fn the_beginning_of_a_longer_pad_is_used(pad in bytes(0..=LONG), spare in bytes(1..=LONG)) {
            let text = vec![0; pad.len()];
            let longer = [&pad[..], &spare].concat();
            same!(one_time_pad(&longer, &text), Ok(pad));
        }

        /// a text of any length is hidden, and no byte of the pad is used twice
        #[think = "Does anything in your code start over, or stop, at a certain length?"]
        fn a_text_of_any_length_is_hidden((pad, text) in pad_and_text()) {
            same!(one_time_pad(&pad, &text), Ok(xor(&pad, &text)));
        }

        /// a long text is hidden, and no byte of the pad is used twice
        #[think = "Does anything in your code start over, or stop, at a certain length?"]
        fn a_long_text_is_hidden(length from [(1 << 17) + 4]) {
            let pad = repeated(&(0..=250).collect::<Vec<u8>>(), length);
            let text = vec![0; length];
            same!(one_time_pad(&pad, &text), Ok(pad));
        }

        /// a text that is its own pad gives zeros, and a pad of zeros gives the text
        #[think = "A random pad can be anything. Does your answer treat some pads differently?"]
        fn a_pad_may_be_anything(text in bytes(0..=4097)) {
            let zeros = vec![0; text.len()];
            same!(one_time_pad(&text, &text), Ok(zeros.clone()));
            same!(one_time_pad(&zeros, &text), Ok(text));
        }

        /// each call has its own result, even if the one before it had the same pad, or the same bytes with the border elsewhere
        #[think = "Do you keep anything from one call to the next? And how do you tell one call from another?"]
        fn each_call_has_its_own_result() {
            let mut last = None;
            for (pad, text) in [
                ("0123456789", "abcdef"), ("0123456789", "abc"), ("0123456789", ""), ("0123456789", "abcdef"),
                ("012345678", "9abcdef"), ("01234567", "89abcdef"), ("0123456", "789abcdef"), ("0123456789", "abcdef"),
            ] {
                let (pad, text) = (pad.as_bytes(), text.as_bytes());
                notes::start_over();
                if let Some((pad, text)) = last {
                    with!("pad, last call" = pad, "text, last call" = text);
                }
                last = Some((pad, text));
                let expected = if pad.len() < text.len() { Err(PadTooShort) } else { Ok(xor(pad, text)) };
                same!(one_time_pad(pad, text), expected);
            }
        }

        /// a pad shorter than the text is refused
        #[think = "What would hide the last bytes of the text?"]
        fn a_short_pad_is_refused(pad in bytes(0..=LONG), missing in missing()) {
            let text = vec![0x61; pad.len() + missing];
            same!(one_time_pad(&pad, &text), Err(PadTooShort));
        }

        /// a pad that is one byte shorter than the text is refused, at any length
        #[think = "What would hide the last byte of the text?"]
        fn a_pad_one_byte_short_is_refused(text in bytes(1..=LONG)) {
            same!(one_time_pad(&text[1..], &text), Err(PadTooShort));
        }
    }
}

fn pad_and_text() -> BoxedStrategy<(Vec<u8>, Vec<u8>)> {
    alike(0..=LONG).prop_map(|[pad, text]| (pad, text)).boxed()
}

/// How many bytes a pad lacks: 1 to 2¹⁶, and each power of two.
fn missing() -> BoxedStrategy<usize> {
    number(16).prop_map(|number| number as usize + 1).boxed()
}
