//! What is nearly a Finished.

use given::tls::Abort;
use harness::think_of;

use super::{checks, computes, secret_of};
use crate::subject::ch6_tls12::{ClientWrites, ServerWrites};
use crate::subject::ch7_tls13::*;
use crate::transcript::transcript_of;
use fixtures::near_misses::of_other_lengths;
use fixtures::tls13::reference;

harness::suite! {
    exercise "7.7" {
        /// a Finished of another length is refused: empty, cut short anywhere, or with more bytes after it
        #[think = "In TLS 1.2, a Finished had 12 bytes. How many does it have now?"]
        fn another_length_is_refused(received from other_lengths()) {
            checks!(ServerWrites, [7; 32], MESSAGES, received, Err(Abort::BadFinished));
            checks!(ClientWrites, [7; 32], MESSAGES, received, Err(Abort::BadFinished));
        }

        /// a Finished that begins and ends with a zero is computed and accepted like any other
        #[think = "It is bytes, not a number or a text. What do you do with a zero?"]
        fn zeros_are_part_of_it() {
            let right = reference::verify_data(&[7; 32], &reference::hash(MESSAGES));
            computes!(ServerWrites, [7; 32], MESSAGES, right);
            checks!(ServerWrites, [7; 32], MESSAGES, right, Ok(()));
        }

        /// a Finished that was computed in another way, or has its bytes in another order, is refused
        #[think = "What are the key and the message of this HMAC?"]
        fn near_misses_are_refused(
            name from [
                "the traffic secret as the key", "the messages, not their hash",
                "the hash of the hash", "no message", "zeros as the key", "key and message swapped",
                "the hash in the context of the key", "the key's label before the hash",
                "a secret for data", "a secret for Finished", "the label of TLS 1.2", "zeros", "ones",
                "the hash of the transcript", "the traffic secret", "the Finished key",
                "the right bytes, in reverse", "the right bytes, the first two swapped",
            ]
        ) {
            let secret = [7; 32];
            let hash = reference::hash(MESSAGES);
            let key = reference::secret_of(&secret, "finished", b"");
            let received = match name {
                "the traffic secret as the key" => reference::mac(&secret, &hash),
                "the messages, not their hash" => reference::mac(&key, MESSAGES),
                "the hash of the hash" => reference::mac(&key, &reference::hash(&hash)),
                "no message" => reference::mac(&key, b""),
                "zeros as the key" => reference::mac(&[0; 32], &hash),
                "key and message swapped" => reference::mac(&hash, &key),
                "the hash in the context of the key" => {
                    reference::mac(&reference::secret_of(&secret, "finished", &hash), &hash)
                }
                "the key's label before the hash" => {
                    reference::mac(&key, &[&b"server finished"[..], &hash].concat())
                }
                "a secret for data" => reference::secret_of(&secret, "s ap traffic", &hash),
                "a secret for Finished" => reference::secret_of(&secret, "finished", &hash),
                "the label of TLS 1.2" => {
                    reference::mac(&reference::secret_of(&secret, "server finished", b""), &hash)
                }
                "zeros" => [0; 32],
                "ones" => [0xff; 32],
                "the hash of the transcript" => hash,
                "the traffic secret" => secret,
                "the Finished key" => key,
                _ => {
                    think_of!("Is each byte compared with the one in the same place?");
                    let mut right = reference::verify_data(&secret, &hash);
                    match name {
                        "the right bytes, in reverse" => right.reverse(),
                        _ => right.swap(0, 1),
                    }
                    right
                }
            };
            checks!(ServerWrites, secret, MESSAGES, received, Err(Abort::BadFinished));
        }
    }
}

/// With these, the content of the Finished begins and ends with a zero.
const MESSAGES: &[u8] = b"messages 1153";

fn other_lengths() -> Vec<Vec<u8>> {
    let right = reference::verify_data(&[7; 32], &reference::hash(MESSAGES));
    of_other_lengths(&right)
}
