//! What `open` gives back, and what it refuses.

use harness::{differ, notes, same, think_of};

use crate::near_misses::{Headers, LENGTHS, headers, tag_changes};
use crate::reference::reference_seal;
use crate::subject::ch1_symmetric::*;
use fixtures::strategies::{array, bytes, flip, flippable};

harness::suite! {
    exercise "1.3" {
        /// what is sealed is 16 bytes longer than the message
        #[think = "The tag comes with the ciphertext. Do you add anything else, or leave part of it out?"]
        fn the_tag_is_sixteen_bytes(
            key in array(), nonce in array(), associated_data in bytes(0..=32),
            message in bytes(0..=64)
        ) {
            let sealed = seal(&key, &nonce, &associated_data, &message);
            same!(sealed.len(), message.len() + 16);
        }

        /// what was sealed opens with the same key, nonce and associated data
        #[think = "Do `seal` and `open` build the same cipher, with the same associated data?"]
        fn what_is_sealed_opens(
            key in array(), nonce in array(), associated_data in bytes(0..=64),
            message in bytes(0..=256)
        ) {
            let sealed = seal(&key, &nonce, &associated_data, &message);
            same!(open(&key, &nonce, &associated_data, &sealed), Ok(message));
        }

        /// changing one bit of the ciphertext makes `open` refuse it
        #[think = "Decrypting always gives something. What tells you that it is the message, and do you compare all of it?"]
        fn a_changed_ciphertext_is_refused(
            key in array(), nonce in array(), associated_data in bytes(0..=32),
            message in flippable(1..=64)
        ) {
            // Each byte of the ciphertext is at the same position as its byte of the message.
            let sealed = seal(&key, &nonce, &associated_data, message.bytes());
            let tampered = message.flipped_in(sealed);
            same!(open(&key, &nonce, &associated_data, &tampered), Err(Rejected));
        }

        /// changing any single bit of the tag makes `open` refuse it
        #[think = "How many of the 16 bytes of the tag are compared?"]
        fn each_bit_of_the_tag_counts(bit_of_tag from 0..128) {
            let message = b"in one block and a half!";
            let mut sealed = seal(&[0x11; 16], &[0x22; 12], &[0x33; 5], message);
            flip(&mut sealed[message.len()..], bit_of_tag);
            same!(open(&[0x11; 16], &[0x22; 12], &[0x33; 5], &sealed), Err(Rejected));
        }

        /// no other tag will do
        #[think = "A comparison must check every byte on its own. Does yours?"]
        fn no_other_tag_will_do(change from tag_changes()) {
            let message = b"in one block and a half!";
            let mut sealed = seal(&[0x11; 16], &[0x22; 12], &[0x33; 5], message);
            change.apply(&mut sealed[message.len()..]);
            same!(open(&[0x11; 16], &[0x22; 12], &[0x33; 5], &sealed), Err(Rejected));
        }

        /// changing one bit of the associated data makes `open` refuse it
        #[think = "What becomes of the associated data in `seal`, and in `open`?"]
        fn changed_associated_data_is_refused(
            key in array(), nonce in array(), associated_data in flippable(1..=64),
            message in bytes(0..=64)
        ) {
            let sealed = seal(&key, &nonce, associated_data.bytes(), &message);
            let changed = associated_data.flipped_in(associated_data.bytes());
            // Opening it with the right associated data first makes no difference.
            same!(open(&key, &nonce, associated_data.bytes(), &sealed), Ok(message));
            think_of!("It was just opened with the right associated data, as it should be. Is all of the associated data checked, whatever its length? Or do you keep anything from one call to the next?");
            if notes::are_taken() && !checks_tags_of_empty_messages(&key) {
                think_of!("An empty message has a tag, too. Do you check it?");
            }
            same!(open(&key, &nonce, &changed, &sealed), Err(Rejected));
        }

        /// what was sealed with some associated data does not open with any other, or with none
        #[think = "If `open` fails, it fails. Is anything tried a second time, or padded, or cut?"]
        fn no_other_associated_data_will_do(associated_data from headers()) {
            let Headers { sealed_with, opened_with } = associated_data;
            for message in [&b""[..], b"in one block and a half!"] {
                let sealed = reference_seal(&[0x11; 16], &[0x22; 12], &sealed_with, message);
                same!(open(&[0x11; 16], &[0x22; 12], &opened_with, &sealed), Err(Rejected));
            }
        }

        /// the boundary between associated data and message can't be moved
        #[think = "How does the other side know where the associated data ends?"]
        fn the_boundary_can_not_be_moved(
            key in array(), nonce in array(), associated_data in bytes(1..=32),
            message in bytes(0..=32)
        ) {
            let sealed = seal(&key, &nonce, &associated_data, &message);
            let (last, shorter) = associated_data.split_last().expect("it has at least one byte");
            let longer = [&[*last], &sealed[..]].concat();
            same!(open(&key, &nonce, shorter, &longer), Err(Rejected));
            let sealed = seal(&key, &nonce, &[], &[&associated_data[..], &message].concat());
            let (beginning, rest) = sealed.split_at(associated_data.len());
            same!(open(&key, &nonce, beginning, rest), Err(Rejected));
        }

        /// changing one bit of the key makes `open` refuse it
        #[think = "Is the whole key used, in both functions?"]
        fn another_key_is_refused(
            bit_of_key from 0..128_usize
        ) {
            let (key, nonce) = ([0x11; 16], [0x22; 12]);
            let mut other_key = key;
            flip(&mut other_key, bit_of_key);
            for message in [&b""[..], b"in one block and a half!"] {
                let sealed = seal(&key, &nonce, &[], message);
                same!(open(&key, &nonce, &[], &sealed), Ok(message.to_vec()));
                same!(open(&other_key, &nonce, &[], &sealed), Err(Rejected));
                // If it is not what others seal, even under the first key, other properties say more.
                if sealed != reference_seal(&key, &nonce, &[], message) {
                    continue;
                }
                // When the second key is used, nothing is left of the first.
                think_of!("Another key was used right before. Do you keep anything from one call to the next, and do you look it up by the whole key?");
                let sealed = reference_seal(&other_key, &nonce, &[], message);
                same!(seal(&other_key, &nonce, &[], message), sealed);
                same!(open(&other_key, &nonce, &[], &sealed), Ok(message.to_vec()));
            }
        }

        /// changing one bit of the nonce makes `open` refuse it
        #[think = "Is the whole nonce used, in both functions?"]
        fn another_nonce_is_refused(
            bit_of_nonce from 0..96_usize
        ) {
            let (key, nonce) = ([0x11; 16], [0x22; 12]);
            let mut other_nonce = nonce;
            flip(&mut other_nonce, bit_of_nonce);
            for message in [&b""[..], b"in one block and a half!"] {
                let sealed = seal(&key, &nonce, &[], message);
                same!(open(&key, &nonce, &[], &sealed), Ok(message.to_vec()));
                same!(open(&key, &other_nonce, &[], &sealed), Err(Rejected));
            }
        }

        /// the same message looks different under another nonce
        #[think = "A nonce that is the same for every message is not a nonce."]
        fn another_nonce_looks_different(
            key in array(), nonce in array::<12>(), bit_of_nonce in 0..96_usize,
            message in bytes(0..=64)
        ) {
            let mut other_nonce = nonce;
            flip(&mut other_nonce, bit_of_nonce);
            let other = seal(&key, &other_nonce, &[], &message);
            differ!(seal(&key, &nonce, &[], &message), other);
        }

        /// input too short to hold a tag is refused
        #[think = "Where does the tag begin when there are fewer than 16 bytes?"]
        fn what_is_shorter_than_a_tag_is_refused(
            key in array(), nonce in array(), sealed in bytes(0..=15)
        ) {
            same!(open(&key, &nonce, &[], &sealed), Err(Rejected));
        }

        /// a sealed message that was cut short is refused
        #[think = "The tag is at the end. What is there when the end is missing?"]
        fn a_cut_message_is_refused(
            key in array(), nonce in array(), message in bytes(0..=32), missing in 1..=48_usize
        ) {
            let sealed = seal(&key, &nonce, &[], &message);
            let kept = sealed.len().saturating_sub(missing);
            same!(open(&key, &nonce, &[], &sealed[..kept]), Err(Rejected));
        }

        /// a sealed message to which something was added is refused
        #[think = "Everything before the last 16 bytes is ciphertext, and all of it counts."]
        fn an_extended_message_is_refused(
            key in array(), nonce in array(), message in bytes(0..=32), extra in bytes(1..=32)
        ) {
            let mut sealed = seal(&key, &nonce, &[], &message);
            sealed.extend(extra);
            same!(open(&key, &nonce, &[], &sealed), Err(Rejected));
        }

        /// a long sealed message with another byte after it is refused
        #[think = "Everything before the last 16 bytes is ciphertext, and all of it counts. Is anything cut off at a limit?"]
        fn nothing_may_follow_a_long_message(length from [240, 256, 1008, 1024, 4080, 4096, 16384]) {
            let (key, nonce, message) = ([0x11; 16], [0x22; 12], vec![0x61; length]);
            let mut sealed = reference_seal(&key, &nonce, b"header", &message);
            sealed.push(0x61);
            same!(open(&key, &nonce, b"header", &sealed), Err(Rejected));
        }

        /// a sealed message of any length is checked as a whole, and so are its nonce and associated data
        #[think = "Is the tag checked however long the message is, and over all of it?"]
        fn all_of_a_long_message_counts(length from LENGTHS) {
            let (key, nonce, message) = ([0x11; 16], [0x22; 12], vec![0x61; length]);
            let sealed = reference_seal(&key, &nonce, b"header", &message);
            let changed = |place: usize| {
                let mut changed = sealed.clone();
                changed[place] ^= 0x80;
                changed
            };
            let first_byte_changed = changed(0);
            same!(open(&key, &nonce, b"header", &first_byte_changed), Err(Rejected));
            let last_byte_of_message_changed = changed(length.saturating_sub(1));
            same!(open(&key, &nonce, b"header", &last_byte_of_message_changed), Err(Rejected));
            let first_byte_of_tag_changed = changed(length);
            same!(open(&key, &nonce, b"header", &first_byte_of_tag_changed), Err(Rejected));
            let last_byte_changed = changed(length + 15);
            same!(open(&key, &nonce, b"header", &last_byte_changed), Err(Rejected));
            same!(open(&key, &nonce, b"header", &sealed[..length + 15]), Err(Rejected));
            same!(open(&key, &nonce, b"", &sealed), Err(Rejected));
            same!(open(&key, &[0; 12], b"header", &sealed), Err(Rejected));
        }
    }
}

/// Whether an empty message with a wrong tag is refused, under a nonce that no property uses.
fn checks_tags_of_empty_messages(key: &[u8; 16]) -> bool {
    let nonce = [0x77; 12];
    let mut sealed = reference_seal(key, &nonce, &[], &[]);
    flip(&mut sealed, 0);
    open(key, &nonce, &[], &sealed).is_err()
}
