//! `SecretKey::random`, of exercise 4.3.

use harness::{check, differ, elsewhere, think_of};

use crate::subject::ch4_key_exchange::*;
use fixtures::randomness::{SAMPLES, faults_of_randomness, in_common, missing_bytes, repetition};

harness::suite! {
    exercise "4.3" {
        /// fresh secret keys are random: none repeats, and each bit takes both values
        #[think = "A generator whose output can be predicted is no better than none. What does the system provide?"]
        fn a_fresh_key_is_random() {
            let mut keys = Vec::new();
            for _ in 0..SAMPLES {
                let key = SecretKey::random();
                keys.push(*key.as_bytes());
                // A key that has been used is not needed any more.
                let _ = key.share();
            }
            think_of!("Where do the 32 bytes come from? Do you keep any of them from one key to the next?");
            let asked = "64 calls of SecretKey::random(), each key asked for its share";
            let values: Vec<Vec<u8>> = keys.iter().map(|key| key.to_vec()).collect();
            let repeated = repetition(&values);
            check!(repeated.is_empty(), "a fresh key each time", repeated, asked);
            think_of!("A generator whose output can be predicted is no better than none. What does the system provide?");
            // Five bits may have been clamped already. Two overlapping windows of 248 bits cover
            // the other 251.
            for first_bit in [3, 6] {
                let windows: Vec<_> = keys.iter().map(|key| window(key, first_bit)).collect();
                let faults = faults_of_randomness(&windows);
                check!(faults.is_empty(), "random keys", faults, asked);
            }
            think_of!("Do you keep random bytes for later? No two keys may have any of them in common.");
            let common = in_common(&values);
            check!(common.is_empty(), "keys with nothing in common", common, asked);
        }

        /// of a thousand fresh keys none repeats, and among their bytes no value is missing
        #[think = "Do you change the bytes that the system gives, or keep some for later? How many keys do they last for?"]
        fn a_thousand_fresh_keys_are_random() {
            let keys: Vec<Vec<u8>> = (0..1025).map(|_| SecretKey::random().as_bytes().to_vec()).collect();
            for faults in [repetition(&keys), missing_bytes(&keys)] {
                check!(faults.is_empty(), "random keys", faults, "1025 calls of SecretKey::random()");
            }
        }

        /// each time the program runs, the first key is different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_key() {
            let [key, key_of_another_process] =
                elsewhere(|| Ok(SecretKey::random().as_bytes().to_vec()))?;
            differ!(key_of_another_process, key, "SecretKey::random(), in another process");
        }
    }
}

/// 248 of the bits of a key, beginning with bit `first_bit` (0 to 7) of its first byte.
fn window(key: &[u8; 32], first_bit: u32) -> Vec<u8> {
    let pairs = key.iter().zip(&key[1..]);
    pairs
        .map(|(low, high)| (u16::from_le_bytes([*low, *high]) >> first_bit).to_le_bytes()[0])
        .collect()
}
