use harness::{differ, notes, same, think_of, with};
use sha2::block_api::compress256;

use crate::digest::digest;
use crate::subject::ch3_signatures::*;
use fixtures::hex::{hex, hex_vec};
use fixtures::strategies::{LONG, array, bytes, number};

harness::suite! {
    exercise "3.8" {
        /// the paddings are those that the exercise shows
        #[think = "0x80, zeros, and the number of bits, to the end of a block. What if fewer than 9 bytes are left?"]
        fn the_table_comes_out((length, zeros, bits) from [
            (3_usize, 52_usize, "0000000000000018"),
            (55, 0, "00000000000001b8"),
            (56, 63, "00000000000001c0"),
        ]) {
            same!(sha256_padding(length), [vec![0x80], vec![0; zeros], hex_vec(bits)].concat());
        }

        /// for every length from 0 to 300, the padding fills the last block and no more
        #[think = "How many bytes are left in the last block, and what if they are fewer than 9?"]
        fn every_length_is_padded(length from 0..=300_usize) {
            same!(sha256_padding(length), reference_padding(length));
        }

        /// even inputs that no memory could hold have a padding
        #[think = "How large can the number of bits become, and in how many bytes do you keep it?"]
        fn long_inputs_are_padded(length from edges_of_counters()) {
            same!(sha256_padding(length), reference_padding(length));
        }

        /// the longer message is the message, the padding of key and message, and the suffix
        #[think = "What did SHA-256 hash after the key and the message? The owner must hash it, too."]
        #[cases = 128]
        fn the_longer_message_is_whole(
            key_length in number(20), message in bytes(0..=LONG), suffix in bytes(0..=LONG)
        ) {
            let key_length = usize::try_from(key_length).expect("20 bits");
            // Any MAC will do: it has no part in the message.
            let mac = [0x4d; 32];
            let padding = reference_padding(key_length + message.len());
            same!(
                extend(&mac, key_length, &message, &suffix).message,
                [&message[..], &padding, &suffix].concat()
            );
            // The suffix may be anything, even the message itself.
            think_of!("Here the suffix is the message itself. It comes after the padding, once more.");
            same!(
                extend(&mac, key_length, &message, &message).message,
                [&message[..], &padding, &message].concat()
            );
            // The next guess at the length of the key gives a different padding.
            think_of!("The key of the call before this one was one byte shorter. Does your padding depend on its length, or do you keep anything from one call to the next?");
            let key_length = key_length + 1;
            let padding = reference_padding(key_length + message.len());
            same!(
                extend(&mac, key_length, &message, &message).message,
                [&message[..], &padding, &message].concat()
            );
            // The suffix may even begin with the padding.
            think_of!("Here the suffix begins with the same padding. It is part of the suffix, and comes after the padding, once more.");
            let suffix = [&padding[..], &suffix].concat();
            with!(suffix);
            same!(
                extend(&mac, key_length, &message, &suffix).message,
                [&message[..], &padding, &suffix].concat()
            );
        }

        /// the forged MAC is the SHA-256 of the key and the right longer message
        #[think = "Which state do you begin with, and how long is all that is hashed in the end?"]
        fn the_mac_holds(
            key in bytes(0..=LONG), message in bytes(0..=LONG), suffix in bytes(0..=LONG)
        ) {
            let mac = digest(&[&key[..], &message].concat());
            let padding = reference_padding(key.len() + message.len());
            let longer = [&message[..], &padding, &suffix].concat();
            same!(
                extend(&mac, key.len(), &message, &suffix).mac,
                digest(&[&key[..], &longer].concat())
            );
        }

        /// under a different key of the same length, the same longer message has a different MAC
        #[think = "Do you keep anything from one call to the next? The state comes from the MAC."]
        fn each_mac_has_its_own_continuation(length from [0_usize, 8, 64, 1000]) {
            let message = vec![0x6d; length];
            let longer = [&message[..], &reference_padding(8 + length), b"suffix"].concat();
            let mut last = None;
            for key in [b"a secret", b"a sesame", b"a secret"] {
                let mac = digest(&[&key[..], &message].concat());
                if let Some(mac) = last {
                    with!("mac, last call" = mac);
                }
                last = Some(mac);
                same!(
                    extend(&mac, 8, &message, b"suffix").mac,
                    digest(&[&key[..], &longer].concat())
                );
            }
        }

        /// each call has its own result, even if the one before it had the same bytes with the border between message and suffix elsewhere
        #[think = "Do you keep anything from one call to the next? And how do you tell one call from another?"]
        fn the_border_counts() {
            // A key of 8 bytes. The padding comes after the message, wherever that ends.
            let mut last = None;
            for border in [7_usize, 3, 7, 13, 0, 7] {
                let (message, suffix) = b"messagesuffix".split_at(border);
                let longer = [message, &reference_padding(8 + border), suffix].concat();
                notes::start_over();
                if let Some((message, suffix)) = last {
                    with!("message, last call" = message, "suffix, last call" = suffix);
                }
                last = Some((message, suffix));
                let mac = digest(b"a secretmessage");
                same!(extend(&mac, 8, message, suffix).message, longer);
            }
        }

        /// a published attack is reproduced
        #[think = "The message, 0x80, zeros, a length, the suffix: which of them is different in yours?"]
        fn a_published_attack_comes_out() {
            // https://kerkour.com/sha256-length-extension-attacks. The key is
            // 459b26fb72fbc187e424d0b73c64eff2a170576e929f0255dc719f7f51d9d6c6.
            let mac = hex("6c67e88ac5a246ce0f19da4eb279c56b3d9ba3e51879e33541e42b27dea7fe53");
            let (message, suffix) = (b"user_id=1&role=user", b"&something=true&role=admin");
            let padding = hex_vec("80 00000000 0000000000000198");
            same!(
                extend(&mac, 32, message, suffix).message,
                [&message[..], &padding, suffix].concat()
            );
            same!(
                extend(&mac, 32, message, suffix).mac,
                hex("cedf9f0ee04d26731c6641390a761ab21786345be1f4c04072e3b501e475d195")
            );
        }

        /// the MAC is right for every total length of key and message from 0 to 200
        #[think = "How does your answer count the blocks before the suffix, at 55 bytes and at 56?"]
        fn every_length_before_is_good(length from 0..=200_usize) {
            for key_length in [0, 16, length] {
                let Some(message_length) = length.checked_sub(key_length) else {
                    continue;
                };
                let (key, message) = (vec![0x4b; key_length], vec![0x6d; message_length]);
                let mac = digest(&[&key[..], &message].concat());
                let longer = [&message[..], &reference_padding(length), b"suffix"].concat();
                same!(
                    extend(&mac, key_length, &message, b"suffix").mac,
                    digest(&[key, longer].concat())
                );
            }
        }

        /// the MAC is right for every length of the suffix from 0 to 200
        #[think = "How many blocks do the suffix and its padding make?"]
        fn every_length_of_suffix_is_good(length from 0..=200_usize) {
            let (key, message, suffix) = (b"a secret", b"to=Bob", vec![0x73; length]);
            let mac = digest(b"a secretto=Bob");
            let longer = [&message[..], &reference_padding(14), &suffix].concat();
            same!(extend(&mac, 8, message, &suffix).mac, digest(&[&key[..], &longer].concat()));
        }

        /// what was extended can be extended again
        #[think = "A forged MAC is a state, too. What does your answer assume about the message?"]
        #[cases = 64]
        fn it_goes_on(
            key in bytes(0..=80), message in bytes(0..=80), first in bytes(0..=80), second in bytes(0..=80)
        ) {
            let mac = digest(&[&key[..], &message].concat());
            let once = extend(&mac, key.len(), &message, &first);
            let padding = reference_padding(key.len() + once.message.len());
            let longer = [&once.message[..], &padding, &second].concat();
            same!(
                extend(&once.mac, key.len(), &once.message, &second).mac,
                digest(&[&key[..], &longer].concat())
            );
        }

        /// a guess at the length of the key may be any number, even one that no memory could hold
        #[think = "In which type do you keep the length of the key, and in which the total?"]
        fn a_long_key_is_a_guess_like_any(key_length from long_keys()) {
            let (mac, message, suffix) = (digest(b"any state"), b"to=Bob", b"&amount=1000000");
            let padding = reference_padding(key_length + message.len());
            let longer = [&message[..], &padding, suffix].concat();
            same!(extend(&mac, key_length, message, suffix).message, longer);
            // What is hashed before the suffix is in the state. Only its length is missing.
            let rest = [&suffix[..], &reference_padding(key_length + longer.len())].concat();
            let mut state = mac.as_chunks().0.iter().map(|it| u32::from_be_bytes(*it));
            let mut state = std::array::from_fn(|_| state.next().expect("8 words"));
            compress256(&mut state, rest.as_chunks().0);
            let expected = state.map(u32::to_be_bytes).concat();
            same!(extend(&mac, key_length, message, suffix).mac.to_vec(), expected);
        }

        /// your HMAC of exercise 3.2 can't be extended like this
        #[think = "Does your `hmac_sha256` hash a second time, with the key before the first hash?"]
        #[cases = 64]
        fn hmac_is_not_extended(key in array::<32>(), message in bytes(0..=80), suffix in bytes(0..=80)) {
            let mac = hmac_sha256(&key, &message);
            // What is hashed with the message is the block key, of 64 bytes.
            for key_length in [key.len(), 64] {
                let longer = extend(&mac, key_length, &message, &suffix).message;
                differ!(
                    extend(&mac, key_length, &message, &suffix).mac,
                    hmac_sha256(&key, &longer)
                );
            }
        }
    }
}

/// FIPS 180-4 §5.1.1, as it is written there: a one, k zeros and the length, where k is the
/// smallest number that makes the whole a multiple of 512 bits.
fn reference_padding(length: usize) -> Vec<u8> {
    let bits = u128::try_from(length).expect("it has 64 bits") * 8;
    let zeros = (0..512)
        .find(|zeros| (bits + 1 + zeros + 64).is_multiple_of(512))
        .expect("one of 512 in a row");
    let mut padding = vec![0x80];
    // Seven of the zeros are in the byte of the one.
    padding.extend((7..zeros).step_by(8).map(|_| 0));
    padding.extend(&bits.to_be_bytes()[8..]);
    padding
}

/// Lengths on both sides of the point at which a counter of bytes or bits wraps, for counters of
/// several widths.
fn edges_of_counters() -> Vec<usize> {
    let edges = [13, 16, 24, 29, 31, 32, 35, 40, 53, 61].map(|power| 1_u64 << power);
    let sides = edges
        .into_iter()
        .flat_map(|edge| [edge - 1, edge, edge + 55]);
    sides
        .filter(|length| *length < 1 << 61)
        .filter_map(|length| usize::try_from(length).ok())
        .collect()
}

/// Lengths of a key, with room for what follows it.
fn long_keys() -> Vec<usize> {
    let lengths = edges_of_counters().into_iter();
    lengths.filter(|length| *length < (1 << 61) - 300).collect()
}
