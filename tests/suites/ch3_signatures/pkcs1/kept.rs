//! What must not be kept from one call to the next.

use harness::show::Words;
use harness::{notes, same, think_of, with};

use crate::subject::ch3_signatures::*;
use fixtures::keys::{self, shown};
use fixtures::near_misses::places;
use fixtures::rsa_signatures::reference_pkcs1;
use fixtures::rsa_signatures::sizes::BITS;

harness::suite! {
    exercise "3.5" {
        /// a signature that was accepted is refused if one of its bytes is different
        #[think = "Is the whole block compared, from its first byte to its last?"]
        fn what_was_accepted_is_checked_again(byte_of_signature from places(BITS / 8)) {
            let key = shown(keys::private(BITS, 0));
            let public = key.as_public_key();
            let changed = |message| {
                let mut signature = reference_pkcs1(key, message);
                signature[byte_of_signature] ^= 1;
                signature
            };
            // The right signature of this message is never accepted, so this is not about what is kept.
            let never_accepted = changed(b"another message");
            same!(verify_pkcs1(public, b"another message", &never_accepted), Err(BadSignature));
            let (signature, changed) = (reference_pkcs1(key, b"message"), changed(b"message"));
            for _ in 0..2 {
                think_of!("Nothing in it is changed here. Do you keep anything from one call to the next?");
                same!(verify_pkcs1(public, b"message", &signature), Ok(()));
                think_of!("The right one was accepted a moment ago, as it should be. What do you keep from that call?");
                same!(verify_pkcs1(public, b"message", &changed), Err(BadSignature));
            }
        }

        /// a signature that was accepted is refused if the border between it and the message moves
        #[think = "It was accepted a moment ago, as it should be. Do you keep anything from one call to the next, and how do you tell one call from another?"]
        fn the_border_counts({moved} from [1_usize, 2, 7]) {
            let key = shown(keys::private(BITS, 0));
            let public = key.as_public_key();
            let signature = reference_pkcs1(key, b"message");
            let all = [&b"message"[..], &signature].concat();
            for border in [7 + moved, 7 - moved] {
                notes::start_over();
                same!(verify_pkcs1(public, b"message", &signature), Ok(()));
                with!("since it was accepted" = Words(format!("the border has moved by {moved}")));
                let (message, signature) = all.split_at(border);
                same!(verify_pkcs1(public, message, signature), Err(BadSignature));
            }
        }

        /// a signature that was refused under another key, or for another message, is accepted where it belongs
        #[think = "Do you keep anything from one call to the next? What was refused before does not matter now."]
        fn what_was_refused_is_accepted_where_it_belongs() {
            let [key, other] = [0, 1].map(|number| keys::private(BITS, number));
            let signature = reference_pkcs1(key, b"message");
            think_of!("Does what you compare depend on the key and on the message of this call?");
            same!(verify_pkcs1(shown(other.as_public_key()), b"message", &signature), Err(BadSignature));
            let key = shown(key.as_public_key());
            same!(verify_pkcs1(key, b"another message", &signature), Err(BadSignature));
            think_of!("Do you keep anything from one call to the next? What was refused before does not matter now.");
            with!("refused before" = Words("this signature, under another key and for another message".to_owned()));
            same!(verify_pkcs1(key, b"message", &signature), Ok(()));
        }

        /// the same message has a different signature under a different key
        #[think = "Do you keep anything from one call to the next? The key may be different."]
        fn each_key_has_its_own_signature(message from ["", "message"]) {
            for number in [0, 1, 0] {
                let key = shown(keys::private(BITS, number));
                let message = message.as_bytes();
                same!(sign_pkcs1(key, message), Ok(reference_pkcs1(key, message)));
            }
        }

        /// two messages that differ in one byte have two signatures, and neither of those is good for the other
        #[think = "Does what you compare depend on every byte of the message?"]
        fn similar_messages_are_told_apart(byte_of_message from [0_usize, 16, 32, 64, 100, 256, 299]) {
            let key = shown(keys::private(496, 0));
            let public = key.as_public_key();
            let message = [0x61; 300];
            let mut other = message;
            other[byte_of_message] = 0x62;
            with!("message" = Words(format!("300 bytes of 61. In other, byte {byte_of_message} is 62")));
            let (signature, signature_of_other) = (reference_pkcs1(key, &message), reference_pkcs1(key, &other));
            same!(verify_pkcs1(public, &other, &signature), Err(BadSignature));
            think_of!("Do you keep anything from one call to the next? How do you recognize a message?");
            same!(sign_pkcs1(key, &message), Ok(signature.clone()));
            same!(sign_pkcs1(key, &other), Ok(signature_of_other.clone()));
            same!(verify_pkcs1(public, &message, &signature), Ok(()));
            same!(verify_pkcs1(public, &other, &signature), Err(BadSignature));
            same!(verify_pkcs1(public, &other, &signature_of_other), Ok(()));
        }
    }
}
