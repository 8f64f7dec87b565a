use harness::{assume, same};
use proptest::prelude::*;

use crate::reference::reference_mac;
use crate::subject::ch3_signatures::*;
use crate::vectors::wycheproof_hmac;
use fixtures::strategies::bytes;

harness::suite! {
    exercise "3.3" {
        /// the right MAC is accepted
        #[think = "Compute the MAC with `hmac_sha256`, and compare."]
        fn the_right_mac_is_accepted(key in bytes(0..=80), message in bytes(0..=80)) {
            same!(verify_mac(&key, &message, &reference_mac(&key, &message)), Ok(()));
        }

        /// a MAC with one bit changed is refused, whichever bit it is
        #[think = "Is every byte of the MAC compared, the first and the last too?"]
        fn every_changed_bit_is_refused(bit_of_mac from 0..256_usize) {
            let mut mac = reference_mac(b"key", b"message");
            mac[bit_of_mac / 8] ^= 1 << (bit_of_mac % 8);
            same!(verify_mac(b"key", b"message", &mac), Err(BadMac));
        }

        /// the beginning of a MAC is refused, whatever its length, and no MAC at all
        #[think = "`zip` stops where the shorter of the two ends. What is left unlooked at?"]
        fn every_prefix_is_refused(length from 0..32_usize) {
            let mac = reference_mac(b"key", b"message");
            same!(verify_mac(b"key", b"message", &mac[..length]), Err(BadMac));
        }

        /// a MAC with something after it is refused
        #[think = "Who checks that there are 32 bytes, and no more?"]
        fn every_extension_is_refused(
            key in bytes(0..=80), message in bytes(0..=80), more in bytes(1..=40)
        ) {
            let mac = reference_mac(&key, &message);
            same!(verify_mac(&key, &message, &[&mac[..], &more].concat()), Err(BadMac));
        }

        /// the end of a MAC is refused, with and without zeros before it
        #[think = "A MAC is not a number. A zero in front of it counts."]
        fn every_suffix_is_refused(
            key in bytes(0..=80), message in bytes(0..=80), start in 1..32_usize
        ) {
            let mac = reference_mac(&key, &message);
            same!(verify_mac(&key, &message, &mac[start..]), Err(BadMac));
            let zero_before = [&[0], &mac[..]].concat();
            same!(verify_mac(&key, &message, &zero_before), Err(BadMac));
        }

        /// the MAC of another message, or under another key, is refused
        #[think = "Which of the two functions' arguments does your comparison depend on?"]
        fn another_mac_is_refused(
            key in bytes(32..=32), other_key in bytes(32..=32), message in bytes(0..=80),
            other_message in bytes(0..=80)
        ) {
            assume!(key != other_key && message != other_message);
            let mac = reference_mac(&key, &message);
            same!(verify_mac(&key, &other_message, &mac), Err(BadMac));
            same!(verify_mac(&other_key, &message, &mac), Err(BadMac));
        }

        /// no bytes, of whatever length, make `verify_mac` panic or accept
        #[think = "What does your answer do with a MAC before it has looked at its length?"]
        fn junk_is_refused(
            key in bytes(0..=80), message in bytes(0..=80),
            junk in prop_oneof![bytes(0..=4), bytes(32..=32), bytes(0..=80)]
        ) {
            assume!(junk != reference_mac(&key, &message));
            same!(verify_mac(&key, &message, &junk), Err(BadMac));
        }

        /// the vectors of Project Wycheproof are accepted or refused; those cut to half are refused
        #[think = "Half a MAC is not a MAC."]
        fn wycheproof_agrees_on_macs(vector from wycheproof_hmac()) {
            let is_whole = vector.mac.len() == 32;
            let expected = if vector.valid && is_whole { Ok(()) } else { Err(BadMac) };
            same!(verify_mac(&vector.key, &vector.message, &vector.mac), expected);
        }
    }
}
