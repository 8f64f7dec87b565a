use harness::show::Words;
use harness::{accepted, check, differ, elsewhere, notes, same, think_of, with};
use rsa::traits::PublicKeyParts;

use crate::reference::reference_envelope;
use crate::sizes::{BITS, MOST, SMALL};
use crate::subject::ch1_symmetric::Rejected;
use crate::subject::ch2_asymmetric::*;
use fixtures::keys::{self, shown};
use fixtures::oaep::reference::{opened, unwrapped};
use fixtures::randomness::{MANY, SAMPLES, faults_of_randomness, repetition};
use fixtures::strategies::{LONG, array, bytes};

harness::suite! {
    exercise "2.7" {
        /// what is sealed to a public key opens with the private one
        #[think = "Do `seal_to` and `open_with` agree on key, nonce and associated data?"]
        #[cases = 48]
        fn what_is_sealed_to_a_key_opens(message in bytes(0..=256)) {
            let key = shown(keys::private(BITS, 0));
            let envelope = accepted!(seal_to(key.as_public_key(), &message));
            if message.len() >= 64 {
                think_of!("If only some envelopes fail: is a key that begins with a zero kept whole?");
            }
            if envelope.wrapped_key.len() < key.size() {
                think_of!("A wrapped key may begin with a zero. Is it still as long as the modulus?");
            }
            same!(open_with(key, &envelope), Ok(message));
        }

        /// no message is too long for an envelope
        #[think = "Only the AES key has to fit into RSA. The message is for AES."]
        fn long_messages_are_sealed(length from [0, 1, 16, MOST, MOST + 1, 16384, 16385, LONG]) {
            let key = shown(keys::private(BITS, 0));
            let message: Vec<u8> = (0..length).map(|place| (place % 251) as u8).collect();
            let envelope = accepted!(seal_to(key.as_public_key(), &message));
            same!(envelope.sealed.len(), length + 16);
            if length >= 16 {
                think_of!("With a nonce of zeros, a key must never be used twice. Where does the key for a long message come from?");
                let again = accepted!(seal_to(key.as_public_key(), &message));
                differ!(again.sealed[..16], envelope.sealed[..16], "the first 16 bytes of sealed, of the same message sealed again");
            }
            think_of!("Only the AES key has to fit into RSA. The message is for AES.");
            same!(open_with(key, &envelope), Ok(message));
        }

        /// others can open your envelopes: a key of 16 bytes, a nonce of zeros, the wrapped key as associated data
        #[think = "Go through the three points under the picture, one by one."]
        #[cases = 48]
        fn others_open_your_envelopes(message in bytes(0..=4097)) {
            let key = shown(keys::private(BITS, 0));
            let envelope = accepted!(seal_to(key.as_public_key(), &message));
            let message_key = unwrapped(key, &envelope.wrapped_key);
            check!(
                message_key.len() == 16, "a key of 16 bytes", message_key,
                "the key that is wrapped in seal_to(key.as_public_key(), &message)?"
            );
            with!("envelope.wrapped_key" = envelope.wrapped_key, "envelope.sealed" = envelope.sealed);
            with!(message_key);
            let (nothing, key_alone) = (&[][..], message_key.as_slice());
            if opens(&message_key, nothing, &envelope.sealed) {
                think_of!("It opens with no associated data. What must be bound to the message?");
            } else if opens(&message_key, key_alone, &envelope.sealed) {
                think_of!("It opens with the AES key as associated data. Which form of the key is sent?");
            } else if envelope.wrapped_key.len() < key.size() {
                think_of!("A wrapped key may begin with a zero. Is it still as long as the modulus?");
            }
            same!(
                opened(&message_key, &envelope.wrapped_key, &envelope.sealed), Ok(message),
                "what others read in envelope.sealed"
            );
        }

        /// you can open the envelopes of others
        #[think = "Go through the three points under the picture, one by one."]
        #[cases = 48]
        fn you_open_others_envelopes(message_key in array::<16>(), message in bytes(0..=4097)) {
            let key = shown(keys::private(BITS, 0));
            let envelope = reference_envelope(key, &message_key, &message_key, &message);
            same!(open_with(key, &envelope), Ok(message));
        }

        /// an envelope to a large key is sealed and opened the way others do it
        #[think = "Is there a size of key that your answer treats differently?"]
        fn large_keys_are_good(bits from [3072]) {
            let key = shown(keys::private(bits, 0));
            let envelope = accepted!(seal_to(key.as_public_key(), b"seal me"));
            let message_key = unwrapped(key, &envelope.wrapped_key);
            with!("envelope.wrapped_key" = envelope.wrapped_key, "envelope.sealed" = envelope.sealed);
            with!(message_key);
            same!(
                opened(&message_key, &envelope.wrapped_key, &envelope.sealed), Ok(b"seal me".to_vec()),
                "what others read in envelope.sealed"
            );
            notes::start_over();
            shown(key);
            let envelope = reference_envelope(key, &[0x2a; 16], &[0x2a; 16], b"open me");
            same!(open_with(key, &envelope), Ok(b"open me".to_vec()));
        }

        /// the RSA key may have another public exponent than 65537
        #[think = "The public key has an exponent of its own. Which one do you raise to?"]
        fn any_public_exponent_is_good(e from [4_294_967_291]) {
            let key = shown(keys::private_with_exponent(768, e, 0));
            let envelope = accepted!(seal_to(key.as_public_key(), b"seal me"));
            same!(open_with(key, &envelope), Ok(b"seal me".to_vec()));
        }

        /// whatever was refused before, and however often, the right envelope still opens
        #[think = "What was refused before was refused as it should be. Do you keep that from one call to the next?"]
        fn refusals_change_nothing({before} from ["the same envelope, by another key", "1000 envelopes with a wrapped key that is too short"]) {
            let key = shown(keys::private(BITS, 0));
            let envelope = reference_envelope(key, &[0x2a; 16], &[0x2a; 16], b"open me");
            with!("refused before" = Words(before.to_owned()));
            if before.starts_with("1000") {
                for length in 0..1000 {
                    let mut short = envelope.clone();
                    short.wrapped_key.truncate(length % short.wrapped_key.len());
                    same!(open_with(key, &short), Err(Rejected));
                }
            } else {
                let another_key = keys::private(BITS, 1);
                same!(open_with(another_key, &envelope), Err(Rejected), "open_with(&another_key, &envelope)");
            }
            same!(open_with(key, &envelope), Ok(b"open me".to_vec()));
        }

        /// every envelope has its own random key: none repeats, and each bit takes both values
        #[think = "With a nonce of zeros, a key must never be used twice. Where does yours come from?"]
        fn every_envelope_has_its_own_key() {
            let mut message_keys = Vec::new();
            let messages = [&b"the same each time"[..], b"", &[0x61; 1000]];
            for number in 0..SAMPLES {
                // To two recipients in turn.
                let key = keys::private(SMALL, (number % 2) as u8);
                let message = messages[number / 2 % messages.len()];
                let envelope = accepted!(seal_to(key.as_public_key(), message));
                message_keys.push(unwrapped(key, &envelope.wrapped_key));
            }
            with!("message" = Words("twice \"the same each time\", twice empty, twice 1000 bytes, and so on".to_owned()));
            let faults = faults_of_randomness(&message_keys);
            check!(faults.is_empty(), "random keys", faults, "the AES keys of 64 calls of seal_to");
        }

        /// of many envelopes, no two have the same AES key
        #[think = "With a nonce of zeros, the same message gives the same ciphertext only if the AES key is the same. From how many keys do you draw? 16 random bytes do not repeat."]
        fn no_key_comes_back() {
            let public = keys::public_of_size(SMALL);
            let key = shown(&public);
            let mut ciphertexts = Vec::new();
            for _ in 0..MANY {
                // Without its tag, which depends on the wrapped key, it depends on the AES key alone.
                let mut sealed = accepted!(seal_to(key, b"16 bytes, always")).sealed;
                sealed.truncate(16);
                ciphertexts.push(sealed);
            }
            let faults = repetition(&ciphertexts);
            check!(
                faults.is_empty(), "different ciphertexts", faults,
                "sealed without its tag, of 1200 calls of seal_to(key, b\"16 bytes, always\")?"
            );
        }

        /// each time the program runs, the key of the first envelope is different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_keys() {
            let public = keys::public_of_size(BITS);
            let key = shown(&public);
            let message = b"the same each time";
            let [ciphertext, ciphertext_of_another_process] = elsewhere(|| {
                // Without its tag, which depends on the wrapped key, it depends on the AES key
                // alone.
                let mut sealed = accepted!(seal_to(key, message)).sealed;
                sealed.truncate(message.len());
                Ok(sealed)
            })?;
            differ!(
                ciphertext_of_another_process, ciphertext,
                "seal_to(key, b\"the same each time\")?.sealed without its tag, in another process"
            );
        }

        /// envelopes to a key whose size is not a whole number of bytes are sealed and opened
        #[think = "A wrapped key may begin with a zero. Is it still as long as the modulus?"]
        fn keys_of_any_size_are_good() {
            let key = shown(keys::private(BITS + 1, 0));
            for number in 0..8 {
                let envelope = accepted!(seal_to(key.as_public_key(), &[number]));
                same!(envelope.wrapped_key.len(), 129);
                same!(open_with(key, &envelope), Ok(vec![number]));
            }
        }

        /// an RSA key that is too small for an AES key is refused, and one that is large enough is accepted
        #[think = "`encrypt` from exercise 2.6 says so already. What do you do with its error?"]
        fn a_key_too_small_is_refused(bits from [
            24, 512, 520, 528, 648, 649, 1024, 1025, 2048, 4096,
        ]) {
            let public = keys::public_of_size(bits);
            let key = shown(&public);
            if bits <= 648 {
                for message in [&b"hello"[..], b"", &[0x61; 100]] {
                    same!(seal_to(key, message), Err(TooLong));
                }
            } else {
                let envelope = accepted!(seal_to(key, b"hello"));
                same!(envelope.wrapped_key.len(), bits.div_ceil(8), "seal_to(key, b\"hello\")?.wrapped_key.len()");
            }
        }
    }
}

/// Whether `sealed` opens with this associated data.
fn opens(message_key: &[u8], associated_data: &[u8], sealed: &[u8]) -> bool {
    opened(message_key, associated_data, sealed).is_ok()
}
