//! What must not be kept from one call to the next.

use harness::show::Words;
use harness::{accepted, notes, same, think_of, with};

use sha2::Sha256;

use crate::subject::ch3_signatures::*;
use fixtures::keys::{self, shown};
use fixtures::near_misses::places;
use fixtures::rsa_signatures::reference_pss;
use fixtures::rsa_signatures::sizes::BITS;

harness::suite! {
    exercise "3.7" {
        /// a signature that was accepted is refused if one of its bytes is different
        #[think = "In which ways can `pss_verify` fail, and does each of them become `BadSignature`?"]
        fn an_accepted_pss_is_checked_again(byte_of_signature from places(BITS / 8)) {
            let key = shown(keys::private(BITS, 0));
            let public = key.as_public_key();
            let changed = |mut signature: Vec<u8>| {
                signature[byte_of_signature] ^= 1;
                signature
            };
            // The right signature of this message is never accepted, so this is not about what is kept.
            let never_accepted = changed(reference_pss(key, b"another message"));
            same!(verify_pss(public, b"another message", &never_accepted), Err(BadSignature));
            let signature = reference_pss(key, b"message");
            let changed = changed(signature.clone());
            for _ in 0..2 {
                think_of!("Nothing in it is changed here. Do you keep anything from one call to the next?");
                same!(verify_pss(public, b"message", &signature), Ok(()));
                think_of!("The right one was accepted a moment ago, as it should be. What do you keep from that call?");
                same!(verify_pss(public, b"message", &changed), Err(BadSignature));
            }
        }

        /// a signature that was accepted is refused if the border between it and the message moves
        #[think = "It was accepted a moment ago, as it should be. Do you keep anything from one call to the next, and how do you tell one call from another?"]
        fn the_border_of_a_pss_counts({moved} from [1_usize, 2, 7]) {
            let key = shown(keys::private(BITS, 0));
            let public = key.as_public_key();
            let signature = reference_pss(key, b"message");
            let all = [&b"message"[..], &signature].concat();
            for border in [7 + moved, 7 - moved] {
                notes::start_over();
                same!(verify_pss(public, b"message", &signature), Ok(()));
                with!("since it was accepted" = Words(format!("the border has moved by {moved}")));
                let (message, signature) = all.split_at(border);
                same!(verify_pss(public, message, signature), Err(BadSignature));
            }
        }

        /// a signature that was refused under another key, or for another message, is accepted where it belongs
        #[think = "Do you keep anything from one call to the next? What was refused before does not matter now."]
        fn a_refused_pss_is_accepted_where_it_belongs() {
            let [key, other] = [0, 1].map(|number| keys::private(BITS, number));
            let signature = reference_pss(key, b"message");
            think_of!("Does what you compare depend on the key and on the message of this call?");
            same!(verify_pss(shown(other.as_public_key()), b"message", &signature), Err(BadSignature));
            let key = shown(key.as_public_key());
            same!(verify_pss(key, b"another message", &signature), Err(BadSignature));
            think_of!("Do you keep anything from one call to the next? What was refused before does not matter now.");
            with!("refused before" = Words("this signature, under another key and for another message".to_owned()));
            same!(verify_pss(key, b"message", &signature), Ok(()));
        }

        /// two messages that differ in one byte need two signatures
        #[think = "Does what you compare depend on every byte of the message?"]
        fn similar_messages_need_their_own_pss(byte_of_message from [0_usize, 16, 32, 64, 100, 256, 299]) {
            let key = shown(keys::private(552, 0));
            let public = key.as_public_key();
            let message = [0x61; 300];
            let mut other = message;
            other[byte_of_message] = 0x62;
            with!("message" = Words(format!("300 bytes of 61. In other, byte {byte_of_message} is 62")));
            let signature = reference_pss(key, &message);
            same!(verify_pss(public, &other, &signature), Err(BadSignature));
            think_of!("Do you keep anything from one call to the next? How do you recognize a message?");
            let signature = accepted!(sign_pss(key, &message));
            let signature_of_other = accepted!(sign_pss(key, &other));
            same!(public.pss_verify::<Sha256>(&other, &signature_of_other), Ok(()));
            same!(verify_pss(public, &message, &signature), Ok(()));
            same!(verify_pss(public, &other, &signature), Err(BadSignature));
            same!(verify_pss(public, &other, &signature_of_other), Ok(()));
        }
    }
}
