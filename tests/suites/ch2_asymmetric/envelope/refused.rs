use harness::show::Words;
use harness::{accepted, called, notes, same, think_of, with};
use proptest::prelude::*;
use rsa::traits::PublicKeyParts;

use crate::reference::reference_envelope;
use crate::sizes::{BITS, MOST, SMALL};
use crate::subject::ch1_symmetric::Rejected;
use crate::subject::ch2_asymmetric::*;
use fixtures::keys::{self, in_short, shown};
use fixtures::longer_keys::sealed_by_another_aes;
use fixtures::near_misses::places;
use fixtures::oaep::near_envelopes::near_envelopes;
use fixtures::oaep::reference::{sealed_under, unwrapped, wrapped};
use fixtures::strategies::{bit, bytes};
use sha2::{Digest, Sha256};

harness::suite! {
    exercise "2.7" {
        /// another private key is refused
        #[think = "Which failures can there be, and do all of them become `Rejected`?"]
        #[cases = 16]
        fn an_envelope_to_another_is_refused(message in bytes(0..=256)) {
            let key = shown(keys::private(BITS, 0));
            let envelope = accepted!(seal_to(key.as_public_key(), &message));
            // Using the right key first makes no difference.
            same!(open_with(key, &envelope), Ok(message));
            let another_key = keys::private(BITS, 1);
            with!("another_key" = in_short(another_key));
            let opened = called!(open_with(another_key, &envelope));
            if opened.is_ok() {
                think_of!("It was just opened with the right key, as it should be. Do you keep anything from one call to the next?");
            }
            same!(opened, Err(Rejected), "open_with(&another_key, &envelope)");
        }

        /// changing one bit of the wrapped key, or of the sealed message, makes `open_with` refuse it
        #[think = "Which failures can there be, and do all of them become `Rejected`?"]
        #[cases = 64]
        fn a_changed_envelope_is_refused(message in bytes(0..=64), changed in bit()) {
            let key = shown(keys::private(SMALL, 0));
            let envelope = accepted!(seal_to(key.as_public_key(), &message));
            let Envelope { wrapped_key, sealed } = envelope;
            let other_key = Envelope {
                wrapped_key: changed.flipped(&wrapped_key),
                sealed: sealed.clone(),
            };
            same!(open_with(key, &other_key), Err(Rejected));
            let other_message = Envelope { wrapped_key, sealed: changed.flipped(&sealed) };
            same!(open_with(key, &other_message), Err(Rejected));
        }

        /// an envelope that is cut short, or has something added, is refused
        #[think = "Which failures can there be, and do all of them become `Rejected`?"]
        #[cases = 32]
        fn an_envelope_of_another_length_is_refused(
            message in bytes(0..=64), {spare} in bytes(1..=20), {kept} in 0..256_usize
        ) {
            let key = shown(keys::private(SMALL, 0));
            let envelope = accepted!(seal_to(key.as_public_key(), &message));
            let Envelope { wrapped_key, sealed } = envelope;
            let longer = |part: &Vec<u8>| [part.as_slice(), &spare].concat();
            let shorter = |part: &Vec<u8>| part[..kept % part.len()].to_vec();
            for other in [longer(&wrapped_key), shorter(&wrapped_key), vec![]] {
                let envelope = Envelope { wrapped_key: other, sealed: sealed.clone() };
                same!(open_with(key, &envelope), Err(Rejected));
            }
            for other in [longer(&sealed), shorter(&sealed), vec![]] {
                let envelope = Envelope { wrapped_key: wrapped_key.clone(), sealed: other };
                same!(open_with(key, &envelope), Err(Rejected));
            }
        }

        /// the parts of two envelopes can't be mixed
        #[think = "Does every envelope have its own key?"]
        #[cases = 24]
        fn two_envelopes_do_not_mix(first in bytes(0..=64), second in bytes(0..=64)) {
            let key = shown(keys::private(SMALL, 0));
            let first = accepted!(seal_to(key.as_public_key(), &first));
            let second = accepted!(seal_to(key.as_public_key(), &second));
            let mixed = Envelope { wrapped_key: first.wrapped_key, sealed: second.sealed };
            same!(open_with(key, &mixed), Err(Rejected));
            let mixed = Envelope { wrapped_key: second.wrapped_key, sealed: first.sealed };
            same!(open_with(key, &mixed), Err(Rejected));
        }

        /// the same AES key wrapped a second time is refused: the message is bound to the first wrapping
        #[think = "What is the associated data, in `seal_to` and in `open_with`?"]
        #[cases = 24]
        fn another_wrapping_is_refused(message in bytes(0..=256)) {
            let key = shown(keys::private(SMALL, 0));
            let envelope = accepted!(seal_to(key.as_public_key(), &message));
            let rewrapped = wrapped(key, &unwrapped(key, &envelope.wrapped_key));
            let envelope = Envelope { wrapped_key: rewrapped, sealed: envelope.sealed };
            same!(open_with(key, &envelope), Err(Rejected));
        }

        /// an envelope that has opened is refused if its key is wrapped anew, or if a bit of either part is changed
        #[think = "It opened a moment ago, as it should. What do you keep from that call, and do you check everything again?"]
        fn what_has_opened_is_checked_again({other} from [
            "wrapped_key: the same key, wrapped anew", "the first byte of wrapped_key",
            "the last byte of wrapped_key", "the first byte of sealed",
            "the last byte of sealed", "sealed: only its tag is left",
        ]) {
            let key = shown(keys::private(BITS, 0));
            let message_key = [0x2a; 16];
            let right = reference_envelope(key, &message_key, &message_key, b"open me");
            let Envelope { mut wrapped_key, mut sealed } = right.clone();
            let (end_of_key, end_of_message) = (wrapped_key.len() - 1, sealed.len() - 1);
            match other {
                "wrapped_key: the same key, wrapped anew" => wrapped_key = wrapped(key, &message_key),
                "the first byte of wrapped_key" => wrapped_key[0] ^= 1,
                "the last byte of wrapped_key" => wrapped_key[end_of_key] ^= 1,
                "the first byte of sealed" => sealed[0] ^= 1,
                "the last byte of sealed" => sealed[end_of_message] ^= 1,
                "sealed: only its tag is left" => sealed = sealed.split_off(sealed.len() - 16),
                _ => unreachable!("{other}"),
            }
            let envelope = Envelope { wrapped_key, sealed };
            for _ in 0..2 {
                notes::start_over();
                shown(key);
                think_of!("Nothing in it is changed here. What do you keep from the previous call, in which something was?");
                same!(open_with(key, &right), Ok(b"open me".to_vec()));
                with!("changed since it opened" = Words(other.to_owned()));
                think_of!("It opened a moment ago, as it should. What do you keep from that call, and do you check everything again?");
                same!(open_with(key, &envelope), Err(Rejected));
            }
        }

        /// a wrapped key that is not 16 bytes long is refused
        #[think = "Anyone can wrap anything. What do you do with something that is not a key?"]
        fn a_wrapped_key_of_another_length_is_refused(length from [
            0, 1, 8, 15, 17, 20, 24, 31, 32, 33, 48, MOST, 256 + 16,
        ]) {
            let bits = if length > MOST { 3072 } else { BITS };
            let key = shown(keys::private(bits, 0));
            let content = vec![0x2a; length];
            // Sealed under the key of someone who cuts the content to 16 bytes or zero-pads it.
            let mut cut_or_filled = [0; 16];
            let common = length.min(16);
            cut_or_filled[..common].copy_from_slice(&content[..common]);
            with!("content" = content, "sealed under" = cut_or_filled);
            let envelope = reference_envelope(key, &content, &cut_or_filled, b"open me");
            same!(open_with(key, &envelope), Err(Rejected));
            if let Some(sealed) = sealed_by_another_aes(&content, &envelope.wrapped_key, b"open me") {
                think_of!("Exercise 1.3 is AES-128-GCM. Does your answer choose another AES if the key is longer?");
                let envelope = Envelope { sealed, ..envelope };
                same!(open_with(key, &envelope), Err(Rejected));
            }
        }

        /// something that is not 16 bytes long is not made into a key: it is not doubled, hashed, padded, cut, or read as digits
        #[think = "Anyone can wrap anything. What do you do with something that is not a key?"]
        fn no_key_is_made_of_something_else({what} from [
            "8 bytes, twice", "16 bytes after a zero", "16 bytes before a zero", "their hash", "nothing but zeros",
            "nothing but ff", "15 bytes, after a zero", "16 bytes before a line feed",
            "their 32 hexadecimal digits", "16 bytes before a nonce",
        ]) {
            let key = shown(keys::private(BITS, 0));
            let hashed = || Sha256::digest([0x2a; 32]).first_chunk().copied().expect("32 bytes");
            let mut after_a_zero = [0x2a; 16];
            after_a_zero[0] = 0;
            let (content, made_of_it) = match what {
                "8 bytes, twice" => (vec![0x2a; 8], [0x2a; 16]),
                "16 bytes after a zero" => ([&[0][..], &[0x2a; 16]].concat(), [0x2a; 16]),
                "16 bytes before a zero" => ([&[0x2a; 16][..], &[0]].concat(), [0x2a; 16]),
                "their hash" => (vec![0x2a; 32], hashed()),
                "nothing but zeros" => (vec![0x2a; 20], [0; 16]),
                "nothing but ff" => (vec![0x2a; 20], [0xff; 16]),
                "15 bytes, after a zero" => (vec![0x2a; 15], after_a_zero),
                "16 bytes before a line feed" => ([&[0x2a; 16][..], b"\n"].concat(), [0x2a; 16]),
                "their 32 hexadecimal digits" => (b"2a".repeat(16), [0x2a; 16]),
                "16 bytes before a nonce" => ([&[0x2a; 16][..], &[0; 12]].concat(), [0x2a; 16]),
                _ => unreachable!("{what}"),
            };
            with!("content" = content, "sealed under" = made_of_it);
            let envelope = reference_envelope(key, &content, &made_of_it, b"open me");
            same!(open_with(key, &envelope), Err(Rejected));
        }

        /// anything sealed in a different way is refused: another nonce, other associated data, another key
        #[think = "If `open_with` fails, it fails. Is anything tried again, with other settings?"]
        fn near_misses_are_refused() {
            // The modulus has one bit in its first byte, so half of all wrapped keys begin with 00.
            let key = shown(keys::private(SMALL + 1, 0));
            let message_key = std::array::from_fn(|place| 0x41 + place as u8);
            let mut wrapped_keys = (0..64).map(|_| wrapped(key, &message_key));
            let wrapped_key = wrapped_keys.find(|wrapped_key| wrapped_key[0] == 0).expect("half of them do");
            for (what, sealed) in near_envelopes(&message_key, &wrapped_key, &key.n_bytes(), b"open me") {
                with!("sealed with" = Words(what));
                let envelope = Envelope { wrapped_key: wrapped_key.clone(), sealed };
                same!(open_with(key, &envelope), Err(Rejected));
            }
            let sealed = sealed_under(&message_key, &wrapped_key, b"open me");
            with!("sealed with" = Words("the right settings, but the two parts are swapped".to_owned()));
            let envelope = Envelope { wrapped_key: sealed, sealed: wrapped_key };
            same!(open_with(key, &envelope), Err(Rejected));
        }

        /// a wrapped key that does not decrypt is refused, and no key of zeros takes its place
        #[think = "What do you open with when there is no key?"]
        #[cases = 32]
        fn junk_for_a_wrapped_key_is_refused(
            junk in prop_oneof![bytes(0..=4), bytes(128..=128)], message in bytes(0..=64)
        ) {
            let key = shown(keys::private(BITS, 0));
            let sealed = sealed_under(&[0; 16], &junk, &message);
            let envelope = Envelope { wrapped_key: junk, sealed };
            same!(open_with(key, &envelope), Err(Rejected));
        }

        /// an unencrypted key, or one that does not decrypt, is refused: no other key takes its place
        #[think = "What do you open with when there is no key?"]
        fn no_key_takes_the_place_of_one(length from [0, 1, 16, 32, 127, 128, 129]) {
            let key = shown(keys::private(BITS, 0));
            let wrapped_key = vec![0x2a; length];
            for message_key in [[0; 16], [1; 16], [0xff; 16], [0x2a; 16]] {
                with!(message_key);
                let sealed = sealed_under(&message_key, &wrapped_key, b"open me");
                let envelope = Envelope { wrapped_key: wrapped_key.clone(), sealed };
                same!(open_with(key, &envelope), Err(Rejected));
            }
        }

        /// a wrapped key that differs in one byte is not recognized as the one that was unwrapped before
        #[think = "It resembles the one before. What do you keep from that call, and what do you recognize it by?"]
        fn a_similar_wrapped_key_is_unwrapped_anew(byte_of_wrapped_key from places(BITS / 8)) {
            let key = shown(keys::private(BITS, 0));
            let message_key = [0x2a; 16];
            let right = reference_envelope(key, &message_key, &message_key, b"open me");
            think_of!("Nothing in it is changed here. What do you keep from the previous call, in which something was?");
            same!(open_with(key, &right), Ok(b"open me".to_vec()));
            think_of!("It resembles the one before. What do you keep from that call, and what do you recognize it by?");
            let words = format!("byte {byte_of_wrapped_key} of wrapped_key; and sealed is sealed anew, under the same AES key");
            with!("changed since it opened" = Words(words));
            let mut wrapped_key = right.wrapped_key;
            wrapped_key[byte_of_wrapped_key] ^= 1;
            let sealed = sealed_under(&message_key, &wrapped_key, b"open me");
            let envelope = Envelope { wrapped_key, sealed };
            same!(open_with(key, &envelope), Err(Rejected));
        }
    }
}
