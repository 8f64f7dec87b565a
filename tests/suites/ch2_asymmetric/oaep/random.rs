//! How random the padding of exercise 2.6 is.

use harness::show::Words;
use harness::{accepted, check, differ, elsewhere, with};

use crate::sizes::{BITS, MOST};
use crate::subject::ch2_asymmetric::*;
use fixtures::keys::{self, shown};
use fixtures::oaep::reference::seed_inside;
use fixtures::randomness::{MANY, SAMPLES, faults_of_randomness, repetition};
use fixtures::strategies::bytes;

harness::suite! {
    exercise "2.6" {
        /// encrypting twice gives two different ciphertexts
        #[think = "Where does the randomness of the padding come from?"]
        #[cases = 16]
        fn twice_is_different(message in bytes(0..=MOST)) {
            let key = shown(keys::private(BITS, 0).as_public_key());
            let first = accepted!(encrypt(key, &message));
            let second = accepted!(encrypt(key, &message));
            differ!(second, first, "encrypt(key, &message)?, a second time");
        }

        /// the seed inside is random: it never repeats, and each bit takes both values
        #[think = "A generator whose output can be predicted is no better than none. What does the system provide, and do you ask it for every message?"]
        fn the_seed_is_random() {
            let key = shown(keys::private(BITS, 0));
            let mut seeds = Vec::new();
            let messages = [&b"the same each time"[..], b"", &[0x61; MOST]];
            for number in 0..SAMPLES {
                let message = messages[number % messages.len()];
                let ciphertext = accepted!(encrypt(key.as_public_key(), message));
                seeds.push(seed_inside(key, &ciphertext));
            }
            with!("message" = Words(format!("\"the same each time\", empty, {MOST} bytes, and so on")));
            let faults = faults_of_randomness(&seeds);
            check!(faults.is_empty(), "random seeds", faults, "the seeds of 64 calls of encrypt");
        }

        /// of many ciphertexts of the same message, no two are the same
        #[think = "The same message under the same key gives the same ciphertext only if the seed is the same. From how many seeds do you draw? 32 random bytes do not repeat."]
        fn no_seed_comes_back() {
            // With this size of key, one call takes a tenth of the time.
            let public = keys::public_of_size(528);
            let key = shown(&public);
            let mut ciphertexts = Vec::new();
            for _ in 0..MANY {
                ciphertexts.push(accepted!(encrypt(key, b"")));
            }
            let faults = repetition(&ciphertexts);
            check!(faults.is_empty(), "different ciphertexts", faults, "1200 calls of encrypt(key, b\"\")?");
        }

        /// each time the program runs, the seed is different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_seed() {
            // The message and the key are the same, so the seeds differ if the ciphertexts do.
            let public = keys::public_of_size(BITS);
            let key = shown(&public);
            let [ciphertext, ciphertext_of_another_process] =
                elsewhere(|| Ok(accepted!(encrypt(key, b"the same each time"))))?;
            differ!(
                ciphertext_of_another_process, ciphertext,
                "encrypt(key, b\"the same each time\")?, in another process"
            );
        }
    }
}
