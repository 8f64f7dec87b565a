use harness::show::Words;
use harness::{check, notes, same, think_of, with};

use crate::digest::digest;
use crate::mac_vectors::{rfc_4231, wycheproof_hmac};
use crate::reference_mac::reference_mac;
use crate::subject::ch3_signatures::*;
use crate::wrong_macs::inner_hash;
use fixtures::hex::hex;
use fixtures::strategies::{LONG, bytes};

harness::suite! {
    exercise "3.2" {
        /// the MACs of RFC 4231's test cases match
        #[think = "Go through RFC 2104 §2, step by step, with a key of 4 bytes."]
        fn rfc_4231_comes_out(case from rfc_4231()) {
            let mac = hmac_sha256(&case.key, &case.message);
            same!(mac[..case.mac.len()], case.mac[..]);
        }

        /// for every length of the key or the message from 0 to 200, the MAC matches that of the crate `hmac`
        #[think = "At which length is a key too long for the block, and what happens to it then?"]
        fn every_length_of_key_is_good(length from 0..=200_usize) {
            let key: Vec<u8> = (1..=length).map(|place| place as u8).collect();
            same!(hmac_sha256(&key, b"message"), reference_mac(&key, b"message"));
            think_of!("The key is short here. Is there a length of the message that your answer treats differently?");
            let message = key;
            same!(hmac_sha256(b"key", &message), reference_mac(b"key", &message));
        }

        /// for every key and message, the MAC matches that of the crate `hmac`
        #[think = "Which goes with the message, 36 or 5c, and which with the inner hash?"]
        fn others_compute_the_same(key in bytes(0..=LONG), message in bytes(0..=LONG)) {
            same!(hmac_sha256(&key, &message), reference_mac(&key, &message));
        }

        /// keys with zeros at either end, and keys of zeros only, give the same MAC as the crate `hmac`
        #[think = "A key is neither a number nor a string. Which of its zeros does your answer drop?"]
        fn zeros_in_a_key_count(length from [1_usize, 2, 31, 32, 33, 63, 64, 65, 66, 127, 128, 300]) {
            let (mut begins, mut ends) = (vec![0x4b; length], vec![0x4b; length]);
            begins[0] = 0;
            ends[length - 1] = 0;
            for key in [begins, ends, vec![0; length]] {
                same!(hmac_sha256(&key, b"message"), reference_mac(&key, b"message"));
            }
        }

        /// a hash that begins or ends with a zero gives the same MAC as the crate `hmac`, whichever of the two it is
        #[think = "A hash always has 32 bytes. Do you drop a zero of the long key's hash?"]
        fn zeros_in_a_hash_count(place_of_zero from [0_usize, 31]) {
            let long_key = found(|key| digest(key)[place_of_zero] == 0);
            same!(hmac_sha256(&long_key, b"message"), reference_mac(&long_key, b"message"));
            think_of!("A hash always has 32 bytes. Do you drop a zero of the inner hash?");
            let message = found(|message| inner_hash(b"key", message)[place_of_zero] == 0);
            same!(hmac_sha256(b"key", &message), reference_mac(b"key", &message));
        }

        /// a message that is the key itself has a MAC, too
        #[think = "What in your answer depends on whether the key and the message are equal?"]
        fn the_key_can_be_the_message(length from [0_usize, 1, 32, 64, 65, 200]) {
            let key = vec![0x4b; length];
            same!(hmac_sha256(&key, &key), reference_mac(&key, &key));
        }

        /// two keys that differ in one byte give different MACs, and so do two messages that differ in one byte
        #[think = "Do you keep anything from one call to the next? Every byte of the key and of the message counts."]
        fn each_call_has_its_own_mac(length from [1_usize, 16, 32, 63, 64, 65, 100, 128, 129, 300]) {
            let (key, message) = (vec![0x4b; length], vec![0x6d; length]);
            for (name, place) in [("last", length - 1), ("middle", length / 2), ("first", 0)] {
                let changed = |bytes: &[u8]| {
                    let mut changed = bytes.to_vec();
                    changed[place] ^= 1;
                    changed
                };
                let (other_key, other_message) = (changed(&key), changed(&message));
                for (number, (key, message)) in [
                    (&key, &message), (&other_key, &message), (&other_key, &other_message), (&key, &other_message),
                    (&key, &message),
                ].into_iter().enumerate() {
                    if number > 0 {
                        let part = if number % 2 == 1 { "key" } else { "message" };
                        with!("different now" = Words(format!("the {name} byte of the {part}")));
                    }
                    same!(hmac_sha256(key, message), reference_mac(key, message));
                }
                notes::start_over();
            }
        }

        /// each call has its own MAC, even if the one before it had the same bytes with the border between key and message elsewhere
        #[think = "Do you keep anything from one call to the next? And how do you tell one call from another?"]
        fn the_border_counts() {
            let mut last = None;
            for (key, message) in [("key", "message"), ("k", "eymessage"), ("keymessage", ""), ("", "keymessage"), ("key", "message")] {
                let (key, message) = (key.as_bytes(), message.as_bytes());
                notes::start_over();
                if let Some((key, message)) = last {
                    with!("key, last call" = key, "message, last call" = message);
                }
                last = Some((key, message));
                same!(hmac_sha256(key, message), reference_mac(key, message));
            }
        }

        /// a message of a megabyte, and a key of a megabyte, give the same MAC as the crate `hmac`
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_megabyte_has_a_mac() {
            let long: Vec<u8> = (0..1 << 20).map(|place: u32| (place % 251) as u8).collect();
            same!(hmac_sha256(b"key", &long), reference_mac(b"key", &long));
            same!(hmac_sha256(&long, b"message"), reference_mac(&long, b"message"));
        }

        /// the Finished of a recorded TLS 1.3 connection matches
        #[think = "The key has 32 bytes, and the message is the hash of the transcript."]
        fn a_recorded_finished_comes_out() {
            let key = hex::<32>("008d3b66f816ea559f96b537e885c31fc068bf492c652f01f288a1d8cdc19fc8");
            let transcript =
                hex::<32>("edb7725fa7a3473b031ec8ef65a2485493900138a2b91291407d7951a06110ed");
            let finished = "9b9b141d906337fbd2cbdce71df4deda4ab42c309572cb7fffee5454b78f0718";
            same!(hmac_sha256(&key, &transcript), hex(finished));
        }

        /// the valid vectors of Project Wycheproof match, and the invalid ones don't
        #[think = "How long is this vector's key, and what happens to a key of that length?"]
        fn wycheproof_agrees(vector from wycheproof_hmac()) {
            let mac = hmac_sha256(&vector.key, &vector.message);
            let holds = mac[..vector.mac.len()] == vector.mac;
            check!(holds == vector.valid, vector.expectation(), mac);
        }
    }
}

/// The first 65 bytes for which this is true: a number, repeated.
fn found(is_it: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut all = (0_u32..).map(|number| number.to_be_bytes().repeat(17)[..65].to_vec());
    all.find(|bytes| is_it(bytes))
        .expect("one hash in 256 has a zero there")
}
