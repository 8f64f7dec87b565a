use harness::show::Words;
use harness::{accepted, called, same, think_of, with};
use proptest::prelude::*;
use rsa::traits::PublicKeyParts;

use crate::sizes::{BITS, MOST, SMALL};
use crate::subject::ch1_symmetric::Rejected;
use crate::subject::ch2_asymmetric::*;
use fixtures::hex::digits;
use fixtures::keys::{self, difference, in_short, shown, sum};
use fixtures::near_misses::places;
use fixtures::oaep::near_misses::{self, Block};
use fixtures::oaep::reference::wrapped;
use fixtures::oaep::vectors::oaep_vectors;
use fixtures::strategies::{bit, bytes};

harness::suite! {
    exercise "2.6" {
        /// another private key is refused
        #[think = "Every failure of the crate must become the same `Rejected`."]
        #[cases = 16]
        fn another_key_is_refused(message in bytes(1..=MOST)) {
            let key = shown(keys::private(BITS, 0));
            let ciphertext = accepted!(encrypt(key.as_public_key(), &message));
            // Using the right key first makes no difference.
            same!(decrypt(key, &ciphertext), Ok(message.clone()));
            let another_key = keys::private(BITS, 1);
            with!("another_key" = in_short(another_key));
            let result = called!(decrypt(another_key, &ciphertext));
            if result == Ok(message) {
                think_of!("It was just decrypted with the right key, as it should be. Do you keep anything from one call to the next?");
            } else if result.as_ref().is_ok_and(|opened| !opened.is_empty()) {
                think_of!("What another key decrypts to has no OAEP padding. Does your answer return it as a message?");
            }
            same!(result, Err(Rejected), "decrypt(&another_key, &ciphertext)");
            // Its ciphertexts are one byte longer.
            let larger_key = keys::private(BITS + 1, 0);
            with!("larger_key" = in_short(larger_key));
            same!(decrypt(larger_key, &ciphertext), Err(Rejected));
        }

        /// whatever was refused before, and however often, the right ciphertext is still decrypted
        #[think = "What was refused before was refused as it should be. Do you keep that from one call to the next?"]
        fn refusals_change_nothing({before} from ["the same ciphertext, by another key", "1000 ciphertexts that are too short"]) {
            let key = shown(keys::private(BITS, 0));
            let ciphertext = wrapped(key, b"hello");
            with!("refused before" = Words(before.to_owned()));
            if before.starts_with("1000") {
                for length in 0..1000 {
                    let short = &ciphertext[..length % ciphertext.len()];
                    same!(decrypt(key, short), Err(Rejected));
                }
            } else {
                let another_key = keys::private(BITS, 1);
                same!(decrypt(another_key, &ciphertext), Err(Rejected), "decrypt(&another_key, &ciphertext)");
            }
            same!(decrypt(key, &ciphertext), Ok(b"hello".to_vec()));
        }

        /// changing one bit of a ciphertext makes `decrypt` refuse it
        #[think = "Every failure of the crate must become the same `Rejected`."]
        #[cases = 64]
        fn a_changed_ciphertext_is_refused(message in bytes(0..=MOST), changed in bit()) {
            let key = shown(keys::private(BITS, 0));
            let ciphertext = accepted!(encrypt(key.as_public_key(), &message));
            let ciphertext = changed.flipped(&ciphertext);
            same!(decrypt(key, &ciphertext), Err(Rejected));
        }

        /// a ciphertext that was decrypted is refused if one bit of it is different
        #[think = "The right one was decrypted a moment ago, as it should be. What do you keep from that call?"]
        fn what_was_decrypted_is_checked_again(byte_of_ciphertext from places(BITS / 8)) {
            let key = shown(keys::private(BITS, 0));
            let ciphertext = wrapped(key, b"hello");
            think_of!("Nothing in it is changed here. Do you keep anything from one call to the next?");
            same!(decrypt(key, &ciphertext), Ok(b"hello".to_vec()));
            let mut changed = ciphertext.clone();
            changed[byte_of_ciphertext] ^= 1;
            think_of!("The right one was decrypted a moment ago, as it should be. What do you keep from that call?");
            same!(decrypt(key, &changed), Err(Rejected));
            think_of!("Nothing in it is changed here. Do you keep anything from one call to the next?");
            same!(decrypt(key, &ciphertext), Ok(b"hello".to_vec()));
        }

        /// a ciphertext that has lost its leading zeros is refused
        #[think = "RFC 8017 §7.1.2, step 1b: how long must a ciphertext be?"]
        fn a_lost_leading_zero_is_refused() {
            let key = shown(keys::private(BITS + 1, 0));
            let mut ciphertexts = (0..64).map(|_| wrapped(key, b"hello"));
            let with_zero = ciphertexts.find(|ciphertext| ciphertext[0] == 0);
            let ciphertext = with_zero.expect("half of them begin with a zero");
            same!(decrypt(key, &ciphertext), Ok(b"hello".to_vec()));
            let shorter = &ciphertext[1..];
            with!("shorter" = Words("the ciphertext without its leading zero".to_owned()));
            same!(decrypt(key, shorter), Err(Rejected));
        }

        /// a ciphertext that has lost a zero at its end is refused
        #[think = "RFC 8017 §7.1.2, step 1b: how long must a ciphertext be?"]
        fn a_lost_zero_at_the_end_is_refused() {
            // With a small key and e = 3, the 256 ciphertexts that it takes are quickly made.
            let key = shown(keys::private_with_exponent(544, 3, 0));
            let mut ciphertexts = (0..).map(|_: u32| wrapped(key, b""));
            let with_zero = ciphertexts.find(|ciphertext| ciphertext.ends_with(&[0]));
            let ciphertext = with_zero.expect("one in 256 ends with a zero");
            same!(decrypt(key, &ciphertext), Ok(vec![]));
            let shorter = &ciphertext[..ciphertext.len() - 1];
            with!("shorter" = Words("the ciphertext without the zero at its end".to_owned()));
            same!(decrypt(key, shorter), Err(Rejected));
        }

        /// a ciphertext of another length is refused, even with zeros before it
        #[think = "RFC 8017 §7.1.2, step 1b: how long must a ciphertext be?"]
        #[cases = 32]
        fn another_length_is_refused(
            message in bytes(0..=MOST), {spare} in bytes(1..=40), {kept} in 0..256_usize
        ) {
            let key = shown(keys::private(BITS, 0));
            let ciphertext = accepted!(encrypt(key.as_public_key(), &message));
            let zero_before = [&[0], ciphertext.as_slice()].concat();
            same!(decrypt(key, &zero_before), Err(Rejected));
            let zero_after = [ciphertext.as_slice(), &[0]].concat();
            same!(decrypt(key, &zero_after), Err(Rejected));
            let longer = [ciphertext.as_slice(), &spare].concat();
            same!(decrypt(key, &longer), Err(Rejected));
            let shorter = &ciphertext[..kept % ciphertext.len()];
            same!(decrypt(key, shorter), Err(Rejected));
            same!(decrypt(key, &ciphertext[1..]), Err(Rejected));
        }

        /// only a ciphertext as long as the modulus is accepted, not one whose length is the same modulo 256
        #[think = "RFC 8017 §7.1.2, step 1b: how long must a ciphertext be?"]
        fn no_other_length_will_do(added from [1, 2, 8, 127, 128, 255, 256, 512, 65536]) {
            let key = shown(keys::private(BITS, 0));
            let ciphertext = accepted!(encrypt(key.as_public_key(), b"hello"));
            let zeros = vec![0; added];
            let zeros_before = [&zeros[..], &ciphertext].concat();
            same!(decrypt(key, &zeros_before), Err(Rejected));
            let zeros_after = [&ciphertext[..], &zeros].concat();
            same!(decrypt(key, &zeros_after), Err(Rejected));
            let mut again = ciphertext.clone();
            again.extend(ciphertext.iter().cycle().take(added));
            same!(decrypt(key, &again), Err(Rejected));
            let shorter = &ciphertext[..ciphertext.len().saturating_sub(added)];
            same!(decrypt(key, shorter), Err(Rejected));
        }

        /// a ciphertext in any other form is refused
        #[think = "A ciphertext is k bytes, first to last. Is it read in any other way if that fails?"]
        fn no_other_form_will_do({form} from ["backwards", "in hexadecimal", "with its length before it", "with a line feed after it"]) {
            let key = shown(keys::private(SMALL, 0));
            let mut ciphertext = wrapped(key, b"hello");
            match form {
                "backwards" => ciphertext.reverse(),
                "in hexadecimal" => ciphertext = digits(&ciphertext).into_bytes(),
                "with its length before it" => ciphertext = [&[0, ciphertext.len() as u8][..], &ciphertext].concat(),
                "with a line feed after it" => ciphertext.push(b'\n'),
                _ => unreachable!("{form}"),
            }
            with!("that ciphertext is" = Words(form.to_owned()));
            same!(decrypt(key, &ciphertext), Err(Rejected));
        }

        /// anything encrypted in a different way is refused: another hash, a label, other padding
        #[think = "If `decrypt` fails, it fails. Is anything tried again, with other settings? If you decode by hand: RFC 8017 §7.1.2, step 3g, says what to check."]
        fn near_misses_are_refused(block from near_misses::blocks()) {
            let key = shown(keys::private(near_misses::BITS, 0));
            let Block { encoded, .. } = block;
            let ciphertext = near_misses::encrypted(key, &encoded);
            same!(decrypt(key, &ciphertext), Err(Rejected));
        }

        /// a ciphertext with n added, which is the same number modulo n, is refused
        #[think = "Exercise 2.3 refuses numbers of n or more. So does RFC 8017 §5.1.2."]
        #[cases = 16]
        fn an_added_modulus_is_refused(message in bytes(0..=MOST)) {
            // The modulus has one bit in its first byte, so there is always room for the sum.
            let key = shown(keys::private(BITS + 1, 0));
            let ciphertext = accepted!(encrypt(key.as_public_key(), &message));
            let ciphertext_plus_n = sum(&ciphertext, &key.n_bytes());
            same!(decrypt(key, &ciphertext_plus_n), Err(Rejected));
        }

        /// n less the ciphertext is refused
        #[think = "−c modulo n is another ciphertext, and nobody has made it. What does OAEP say about −m?"]
        #[cases = 16]
        fn the_negative_is_refused(message in bytes(0..=MOST)) {
            let key = shown(keys::private(BITS, 0));
            let ciphertext = accepted!(encrypt(key.as_public_key(), &message));
            let negative = difference(&key.n_bytes(), &ciphertext);
            same!(decrypt(key, &negative), Err(Rejected));
        }

        /// junk of any length is refused, and never makes `decrypt` panic
        #[think = "What does your answer do with a ciphertext before the crate has looked at it?"]
        #[cases = 64]
        fn junk_is_refused(
            ciphertext in prop_oneof![bytes(0..=4), bytes(128..=128), bytes(0..=300)]
        ) {
            let key = shown(keys::private(BITS, 0));
            same!(decrypt(key, &ciphertext), Err(Rejected));
        }

        /// the published test vectors of Project Wycheproof are decrypted, or refused, as they say
        #[think = "The vector's comment says what is special about it. RFC 8017 §7.1.2 has the steps."]
        fn wycheproof_agrees(vector from oaep_vectors()) {
            let key = shown(vector.key);
            if vector.either && decrypt(key, &vector.ciphertext) == Err(Rejected) {
                return Ok(());
            }
            same!(decrypt(key, &vector.ciphertext), vector.message.ok_or(Rejected));
        }
    }
}
