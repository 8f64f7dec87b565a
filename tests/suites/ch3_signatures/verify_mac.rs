use harness::show::Words;
use harness::{assume, notes, same, think_of, with};
use proptest::prelude::*;

use crate::mac_vectors::wycheproof_hmac;
use crate::reference_mac::reference_mac;
use crate::subject::ch3_signatures::*;
use crate::wrong_macs::{pairs_of_places, wrong_macs, zeros_in_macs};
use fixtures::near_misses::almost_the_same;
use fixtures::strategies::{LONG, bytes};

harness::suite! {
    exercise "3.3" {
        /// the right MAC is accepted
        #[think = "Compute the MAC with `hmac_sha256`, and compare."]
        fn the_right_mac_is_accepted(key in bytes(0..=LONG), message in bytes(0..=LONG)) {
            same!(verify_mac(&key, &message, &reference_mac(&key, &message)), Ok(()));
        }

        /// a MAC with one bit changed is refused, whichever bit it is
        #[think = "Is every byte of the MAC compared, including the first and the last?"]
        fn every_changed_bit_is_refused(bit_of_mac from 0..256_usize) {
            let mut mac = reference_mac(b"key", b"message");
            mac[bit_of_mac / 8] ^= 1 << (bit_of_mac % 8);
            same!(verify_mac(b"key", b"message", &mac), Err(BadMac));
        }

        /// a MAC that is wrong in two places is refused, whichever they are
        #[think = "Can one difference undo another, in an XOR or in a sum?"]
        fn two_changed_bytes_are_refused((first, second) from pairs_of_places()) {
            let right = reference_mac(b"key", b"message");
            for difference in [0x01, 0x40, 0x80, 0xff] {
                let (mut flipped, mut moved) = (right, right);
                flipped[first] ^= difference;
                flipped[second] ^= difference;
                moved[first] = moved[first].wrapping_add(difference);
                moved[second] = moved[second].wrapping_sub(difference);
                same!(verify_mac(b"key", b"message", &flipped), Err(BadMac));
                same!(verify_mac(b"key", b"message", &moved), Err(BadMac));
            }
        }

        /// every proper prefix of a MAC is refused, including the empty one
        #[think = "`zip` stops where the shorter of the two ends. Which bytes are never compared?"]
        fn every_prefix_is_refused(length from 0..32_usize) {
            let mac = reference_mac(b"key", b"message");
            same!(verify_mac(b"key", b"message", &mac[..length]), Err(BadMac));
        }

        /// a MAC of which only one byte is right is refused
        #[think = "Must every byte be right, or is it enough if one is?"]
        fn one_right_byte_is_not_enough(place from 0..32_usize) {
            let right = reference_mac(b"key", b"message");
            let mut mac = right.map(|byte| !byte);
            mac[place] = right[place];
            same!(verify_mac(b"key", b"message", &mac), Err(BadMac));
        }

        /// a zero in a MAC does not end the comparison, and no part of the MAC can be left out
        #[think = "A MAC is neither a number nor a string: a zero does not end it, and is not dropped."]
        fn a_zero_does_not_end_a_mac(zero from zeros_in_macs(b"key")) {
            let (message, mac, place) = (zero.message, zero.mac, zero.place);
            same!(verify_mac(b"key", &message, &mac), Ok(()));
            for changed in (0..32).filter(|changed| *changed != place) {
                let mut other = mac;
                other[changed] ^= 0x01;
                same!(verify_mac(b"key", &message, &other), Err(BadMac));
            }
            same!(verify_mac(b"key", &message, &mac[..place]), Err(BadMac));
            same!(verify_mac(b"key", &message, &mac[place + 1..]), Err(BadMac));
            let without = [&mac[..place], &mac[place + 1..]].concat();
            same!(verify_mac(b"key", &message, &without), Err(BadMac));
        }

        /// a MAC with something after it is refused
        #[think = "Where do you check that there are 32 bytes, and no more?"]
        #[cases = 128]
        fn every_extension_is_refused(
            key in bytes(0..=80), message in bytes(0..=80), more in bytes(1..=LONG)
        ) {
            let mac = reference_mac(&key, &message);
            same!(verify_mac(&key, &message, &[&mac[..], &more].concat()), Err(BadMac));
        }

        /// a MAC with zeros after it or before it is refused, however many
        #[think = "288 ≡ 32 (mod 256). What do you do with the length before you compare it?"]
        fn added_zeros_are_refused(
            zeros from [1_usize, 2, 16, 32, 224, 256, 512, 4096, 1 << 16, 1 << 17, 1 << 20]
        ) {
            let mac = reference_mac(b"key", b"message");
            let zeros = vec![0; zeros];
            same!(verify_mac(b"key", b"message", &[&mac[..], &zeros].concat()), Err(BadMac));
            same!(verify_mac(b"key", b"message", &[&zeros[..], &mac].concat()), Err(BadMac));
        }

        /// a proper suffix of a MAC is refused, and so is a MAC with a zero before it
        #[think = "A MAC is not a number. A leading zero counts."]
        #[cases = 64]
        fn every_suffix_is_refused(
            key in bytes(0..=80), message in bytes(0..=80), start in 1..32_usize
        ) {
            let mac = reference_mac(&key, &message);
            same!(verify_mac(&key, &message, &mac[start..]), Err(BadMac));
            let zero_before = [&[0], &mac[..]].concat();
            same!(verify_mac(&key, &message, &zero_before), Err(BadMac));
        }

        /// the MAC of another message, or under another key, is refused, and the right one is accepted each time
        #[think = "Does what you compare depend on both the key and the message?"]
        #[cases = 64]
        fn another_mac_is_refused(
            key in bytes(32..=32), other_key in bytes(32..=32), message in bytes(0..=80),
            other_message in bytes(0..=80)
        ) {
            assume!(key != other_key && message != other_message);
            let mac = reference_mac(&key, &message);
            think_of!("This is the right MAC. Do you keep anything from one call to the next?");
            same!(verify_mac(&key, &message, &mac), Ok(()));
            // Having accepted the MAC for its own message makes no difference.
            think_of!("It was just accepted for its own message, as it should be. Does what you compare depend on the message of this call, or do you keep anything from one call to the next?");
            same!(verify_mac(&key, &other_message, &mac), Err(BadMac));
            think_of!("Does what you compare depend on the key, too?");
            same!(verify_mac(&other_key, &message, &mac), Err(BadMac));
            think_of!("This is the right MAC. Do you keep anything from one call to the next?");
            same!(verify_mac(&key, &message, &mac), Ok(()));
            let other_mac = reference_mac(&key, &other_message);
            same!(verify_mac(&key, &other_message, &other_mac), Ok(()));
        }

        /// the right MAC is refused if a border moves: between key and message, or between message and MAC
        #[think = "It was just accepted. Do you keep anything from one call to the next, and how do you tell one call from another?"]
        fn the_borders_count() {
            let mac = reference_mac(b"key", b"message");
            let all = [&b"keymessage"[..], &mac].concat();
            for (first, second) in [(2, 10), (4, 10), (0, 10), (10, 10), (3, 9), (3, 11), (3, 3), (0, 0)] {
                notes::start_over();
                same!(verify_mac(b"key", b"message", &mac), Ok(()));
                with!("accepted just now" = Words("the key \"key\", the message \"message\", and their MAC".to_owned()));
                let (key, message, mac) = (&all[..first], &all[first..second], &all[second..]);
                same!(verify_mac(key, message, mac), Err(BadMac));
            }
        }

        /// anything else that is computed from the key and the message is refused
        #[think = "There is one right MAC. What else does your answer accept, and why?"]
        fn what_is_almost_the_mac_is_refused(wrong from wrong_macs(b"key", b"message")) {
            same!(verify_mac(b"key", b"message", &wrong.bytes), Err(BadMac));
        }

        /// the MAC of a nearly identical message, or under a nearly identical key, is refused
        #[think = "Every byte of the message and of the key counts, and no other byte does. What do you change before you compute?"]
        fn almost_the_message_is_not_the_message((bytes, almost) from almost_the_same()) {
            let other = almost.bytes;
            same!(verify_mac(b"key", &bytes, &reference_mac(b"key", &other)), Err(BadMac));
            same!(verify_mac(b"key", &other, &reference_mac(b"key", &bytes)), Err(BadMac));
            let mac = reference_mac(&other, b"message");
            // Zeros at the end of a key make no difference: HMAC adds them anyway. And a long key is
            // hashed.
            if mac != reference_mac(&bytes, b"message") {
                same!(verify_mac(&bytes, b"message", &mac), Err(BadMac));
            }
        }

        /// the right MAC is accepted if the message is the key itself, even if both are empty, and the key or the message is not its own MAC
        #[think = "What in your answer depends on whether two of the three are equal?"]
        fn the_key_can_be_the_message(length from [0_usize, 1, 32, 64, 65]) {
            let key = vec![0x4b; length];
            same!(verify_mac(&key, &key, &reference_mac(&key, &key)), Ok(()));
            same!(verify_mac(&key, &key, &reference_mac(&key, b"other")), Err(BadMac));
            same!(verify_mac(&key, &key, &[0; 32]), Err(BadMac));
            let (message, mac) = (key.clone(), key.clone());
            same!(verify_mac(&key, &message, &mac), Err(BadMac));
            same!(verify_mac(&key, b"other", &mac), Err(BadMac));
            same!(verify_mac(b"other", &message, &mac), Err(BadMac));
            same!(verify_mac(&key, &key, &[]), Err(BadMac));
        }

        /// junk of any length is refused, and never makes `verify_mac` panic
        #[think = "What does your answer do with a MAC before it has looked at its length?"]
        #[cases = 128]
        fn junk_is_refused(
            key in bytes(0..=80), message in bytes(0..=80),
            junk in prop_oneof![bytes(32..=32), bytes(0..=LONG)]
        ) {
            assume!(junk != reference_mac(&key, &message));
            same!(verify_mac(&key, &message, &junk), Err(BadMac));
        }

        /// the MACs of Project Wycheproof that are valid and whole are accepted, and the others refused
        #[think = "Half a MAC is not a MAC."]
        fn wycheproof_agrees_on_macs(vector from wycheproof_hmac()) {
            let is_whole = vector.mac.len() == 32;
            let expected = if vector.valid && is_whole { Ok(()) } else { Err(BadMac) };
            same!(verify_mac(&vector.key, &vector.message, &vector.mac), expected);
        }
    }
}
