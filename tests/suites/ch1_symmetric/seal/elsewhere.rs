//! What was sealed elsewhere: under nearly the same key or nonce, in another form, or with a message
//! that looks like padding.

use harness::show::Words;
use harness::{same, with};

use crate::near_inputs::{looks_like_padding, near_keys, near_nonces, other_forms};
use crate::reference::reference_seal;
use crate::subject::ch1_symmetric::*;

harness::suite! {
    exercise "1.3" {
        /// what was sealed under one key does not open under any other, however close
        #[think = "If `open` fails, it fails. Is it tried a second time, with another key?"]
        fn no_other_key_will_do((sealed_under, opened_under) from near_keys()) {
            for message in [&b""[..], b"in one block and a half!"] {
                let sealed = reference_seal(&sealed_under, &[0x22; 12], b"header", message);
                same!(open(&opened_under, &[0x22; 12], b"header", &sealed), Err(Rejected));
            }
        }

        /// what was sealed under one nonce does not open under any other, however close
        #[think = "If `open` fails, it fails. Is it tried a second time, with another nonce?"]
        fn no_other_nonce_will_do((sealed_under, opened_under) from near_nonces()) {
            for message in [&b""[..], b"in one block and a half!"] {
                let sealed = reference_seal(&[0x11; 16], &sealed_under, b"header", message);
                same!(open(&[0x11; 16], &opened_under, b"header", &sealed), Err(Rejected));
            }
        }

        /// a sealed message in any other form is refused
        #[think = "The ciphertext first, then the tag, and nothing else. Does `open` look for the message in any other place?"]
        fn no_other_form_will_do(message from [&b""[..], b"!", b"sixteen bytes, or", b"in one block and a half!"]) {
            let (key, nonce) = ([0x11; 16], [0x22; 12]);
            for associated_data in [&b""[..], b"header"] {
                let right = reference_seal(&key, &nonce, associated_data, message);
                for (form, sealed) in other_forms(&key, &nonce, associated_data, message) {
                    // In some forms, an empty message without a header is what it was.
                    if sealed != right {
                        with!("it is" = Words(form.to_owned()));
                        same!(open(&key, &nonce, associated_data, &sealed), Err(Rejected));
                    }
                }
            }
        }

        /// a message comes back whole, even if it begins or ends with what looks like padding
        #[think = "Every byte of the message belongs to it. Does your answer remove any?"]
        fn what_looks_like_padding_is_kept(message from looks_like_padding()) {
            let sealed = reference_seal(&[0x11; 16], &[0x22; 12], b"header", &message);
            same!(seal(&[0x11; 16], &[0x22; 12], b"header", &message), sealed);
            same!(open(&[0x11; 16], &[0x22; 12], b"header", &sealed), Ok(message));
        }
    }
}
