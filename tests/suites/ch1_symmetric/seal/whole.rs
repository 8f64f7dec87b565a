//! What others seal and open, of any length.

use harness::same;

use crate::reference::reference_seal;
use crate::subject::ch1_symmetric::*;
use crate::vectors::{Vector, rfc_8448, wycheproof_aes_128_gcm};
use fixtures::strategies::{LONG, array, bytes};

harness::suite! {
    exercise "1.3" {
        /// messages and associated data of any length are sealed and opened the way other implementations do it
        #[think = "AES-128-GCM seals a message in one piece, whatever its length: the ciphertext first, then the tag."]
        #[cases = 64]
        fn others_seal_and_open_the_same(
            key in array(), nonce in array(), associated_data in bytes(0..=4097),
            message in bytes(0..=4097)
        ) {
            let sealed = reference_seal(&key, &nonce, &associated_data, &message);
            same!(seal(&key, &nonce, &associated_data, &message), sealed);
            same!(open(&key, &nonce, &associated_data, &sealed), Ok(message));
        }

        /// a large message with as much associated data is sealed in one piece, and opened
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_large_message_opens(length from [16384, 16385, LONG]) {
            let (message, associated_data) = (vec![0x61; length], vec![3; length]);
            let sealed = reference_seal(&[1; 16], &[2; 12], &associated_data, &message);
            same!(seal(&[1; 16], &[2; 12], &associated_data, &message), sealed);
            same!(open(&[1; 16], &[2; 12], &associated_data, &sealed), Ok(message));
        }

        /// the message may be the same bytes as the associated data, or as the key
        #[think = "Four inputs, each with its own place. Does your answer compare two of them?"]
        fn message_and_associated_data_may_be_the_same(
            bytes in bytes(0..=64), key in array::<16>()
        ) {
            let sealed = reference_seal(&key, &[0; 12], &bytes, &bytes);
            same!(seal(&key, &[0; 12], &bytes, &bytes), sealed);
            same!(open(&key, &[0; 12], &bytes, &sealed), Ok(bytes));
            let sealed = reference_seal(&key, &[0; 12], &key, &key);
            same!(seal(&key, &[0; 12], &key, &key), sealed);
            same!(open(&key, &[0; 12], &key, &sealed), Ok(key.to_vec()));
        }

        /// the records of a TLS 1.3 connection (RFC 8448 §3) are sealed and opened as recorded
        #[think = "AES-128-GCM, the ciphertext first, then the tag, and nothing else."]
        fn recorded_records_match(record from rfc_8448()) {
            let Vector { key, nonce, associated_data, message, sealed, .. } = record;
            same!(seal(&key, &nonce, &associated_data, &message), sealed);
            same!(open(&key, &nonce, &associated_data, &sealed), Ok(message));
        }

        /// `seal` and `open` agree with all published test vectors of Project Wycheproof that apply
        #[think = "AES-128-GCM, the ciphertext first, then the tag, and nothing else."]
        fn wycheproof_agrees(vector from wycheproof_aes_128_gcm()) {
            let Vector { key, nonce, associated_data, message, sealed, valid, .. } = vector;
            if valid {
                same!(seal(&key, &nonce, &associated_data, &message), sealed);
                same!(open(&key, &nonce, &associated_data, &sealed), Ok(message));
            } else {
                same!(open(&key, &nonce, &associated_data, &sealed), Err(Rejected));
            }
        }
    }
}
