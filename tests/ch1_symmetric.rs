//! What must hold of chapter 1.

use harness::same;

use crate::strategies::{array, bit, bytes};
use crate::subject::ch1_symmetric::*;

harness::suite! {
    exercise "1.1" {
        /// hiding a text twice under the same pad gives the text back
        #[think = "What is x ^ p ^ p?"]
        fn twice_is_nothing(text in bytes(0..=64), spare in bytes(0..=8)) {
            let pad = vec![0x5c; text.len() + spare.len()];
            let hidden = harness::accepted!(one_time_pad(&pad, &text));
            same!(one_time_pad(&pad, &hidden), Ok(text));
        }
    }

    exercise "1.3" {
        /// what was sealed is opened under the same key, nonce and associated data
        #[think = "Do `seal` and `open` build the same cipher, and give it the same associated data?"]
        fn what_is_sealed_opens(
            key in array(), nonce in array(), associated_data in bytes(0..=64), message in bytes(0..=256)
        ) {
            let sealed = seal(&key, &nonce, &associated_data, &message);
            same!(open(&key, &nonce, &associated_data, &sealed), Ok(message));
        }

        /// changing one bit of a sealed message makes `open` refuse it
        #[think = "The tag covers the ciphertext and the associated data. Which is missing?"]
        fn a_changed_bit_is_refused(
            key in array(), nonce in array(), associated_data in bytes(0..=64), message in bytes(0..=256),
            changed in bit()
        ) {
            let sealed = seal(&key, &nonce, &associated_data, &message);
            let tampered = changed.flipped(&sealed);
            same!(open(&key, &nonce, &associated_data, &tampered), Err(Rejected));
        }
    }
}
