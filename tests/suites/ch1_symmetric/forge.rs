use given::attacks::gf128::Gf128;
use harness::show::Words;
use harness::{notes, same, with};

use crate::reference::reference_seal;
use crate::subject::ch1_symmetric::*;
use fixtures::hex::hex;
use fixtures::strategies::{LONG, array, bytes};

harness::suite! {
    exercise "1.6" {
        /// a forged message of 16 bytes is what the key's owner would have sealed
        #[think = "Is the ciphertext right? Then look at the tag: which part of it is missing?"]
        #[cases = 64]
        fn a_whole_block_is_forged(
            key in array(), nonce in array(), known in array::<16>(), other in array::<16>(),
            wanted in array::<16>()
        ) {
            harness::assume!(known != other);
            let first = captured(&key, &nonce, &known);
            let second = captured(&key, &nonce, &other);
            let sealed = reference_seal(&key, &nonce, &[], &wanted);
            with_steps(&first, &second, &sealed);
            same!(forge(&first, &second, &known, &wanted), Ok(sealed));
        }

        /// a forged message of fewer bytes is what the key's owner would have sealed
        #[think = "With 16 bytes, L·H cancels; with fewer, it does not. Look at H, at L, and at where the zeros go."]
        #[cases = 64]
        fn a_shorter_message_is_forged(
            key in array(), nonce in array(), known in array::<16>(), other in array::<16>(),
            wanted in bytes(0..=15)
        ) {
            harness::assume!(known != other);
            let first = captured(&key, &nonce, &known);
            let second = captured(&key, &nonce, &other);
            let sealed = reference_seal(&key, &nonce, &[], &wanted);
            with_steps(&first, &second, &sealed);
            same!(forge(&first, &second, &known, &wanted), Ok(sealed));
        }

        /// a message of each length up to 16 bytes is forged
        #[think = "At which length does your answer first differ from what the owner of the key would seal?"]
        fn each_length_is_forged(length from 0..=16_usize) {
            let (key, nonce, known) = ([0x11; 16], [0x22; 12], KNOWN);
            let first = captured(&key, &nonce, known);
            let second = captured(&key, &nonce, b"another 16 bytes");
            let wanted = &b"what you like.\0\0"[16 - length..];
            let sealed = reference_seal(&key, &nonce, &[], wanted);
            with_steps(&first, &second, &sealed);
            same!(forge(&first, &second, known, wanted), Ok(sealed));
        }

        /// the wanted text may be one of the two that were sealed, or the beginning of one
        #[think = "A text that was sealed before needs the same steps as any other. Does your answer treat it differently?"]
        fn the_wanted_text_may_be_an_old_one(length from [0, 1, 15, 16]) {
            let (key, nonce, known) = ([0x11; 16], [0x22; 12], KNOWN);
            let other = b"another 16 bytes";
            let first = captured(&key, &nonce, known);
            let second = captured(&key, &nonce, other);
            for wanted in [&KNOWN[..length], &other[..length]] {
                let sealed = reference_seal(&key, &nonce, &[], wanted);
                with_steps(&first, &second, &sealed);
                same!(forge(&first, &second, known, wanted), Ok(sealed));
            }
        }

        /// the wanted text may be the pad itself, so that the ciphertext is nothing but zeros
        #[think = "Zeros are a ciphertext, too. When is there none?"]
        fn the_ciphertext_may_be_zeros(length from [1, 8, 15, 16]) {
            let (key, nonce, known) = ([0x11; 16], [0x22; 12], KNOWN);
            let first = captured(&key, &nonce, known);
            let second = captured(&key, &nonce, b"another 16 bytes");
            // What zeros are sealed to is the pad.
            let wanted = &reference_seal(&key, &nonce, &[], &[0; 16])[..length];
            let sealed = reference_seal(&key, &nonce, &[], wanted);
            with_steps(&first, &second, &sealed);
            same!(forge(&first, &second, known, wanted), Ok(sealed));
        }

        /// the same texts are forged anew for another key, another nonce and another second message
        #[think = "Do you keep anything from one call to the next? H depends on the key, and M on the nonce, too."]
        fn each_pair_is_attacked_anew(wanted from [&b""[..], b"what you like", KNOWN]) {
            for (changed, key, nonce, other) in [
                ("", 0x11, 0x22, b"another 16 bytes"), ("the key of both messages", 0x33, 0x22, b"another 16 bytes"),
                ("the nonce of both messages", 0x33, 0x44, b"another 16 bytes"), ("the second message", 0x33, 0x44, b"one more message"),
                ("the key, the nonce and the second message", 0x11, 0x22, b"another 16 bytes"),
            ] {
                let (key, nonce, known) = ([key; 16], [nonce; 12], KNOWN);
                let (first, second) = (captured(&key, &nonce, known), captured(&key, &nonce, other));
                let sealed = reference_seal(&key, &nonce, &[], wanted);
                with_steps(&first, &second, &sealed);
                if !changed.is_empty() {
                    with!("different now" = Words(changed.to_owned()));
                }
                same!(forge(&first, &second, known, wanted), Ok(sealed));
            }
        }

        /// ciphertexts that were attacked before are attacked anew under another key, which has other tags
        #[think = "Do you keep anything from one call to the next? H follows from the tags, too."]
        fn the_same_ciphertexts_may_have_other_tags(length from [0, 1, 15, 16]) {
            let nonce = [0x22; 12];
            let (first, second) = (captured(&[0x11; 16], &nonce, KNOWN), captured(&[0x11; 16], &nonce, b"another 16 bytes"));
            for key in [[0x11; 16], [0x33; 16]] {
                let pad = captured(&key, &nonce, &[0; 16]).ciphertext;
                // Texts that give those ciphertexts under this key.
                let text = |ciphertext: [u8; 16]| std::array::from_fn(|place| ciphertext[place] ^ pad[place]);
                let (known, other) = (text(first.ciphertext), text(second.ciphertext));
                let (first, second) = (captured(&key, &nonce, &known), captured(&key, &nonce, &other));
                let wanted = &b"what you like..."[..length];
                let sealed = reference_seal(&key, &nonce, &[], wanted);
                with_steps(&first, &second, &sealed);
                same!(forge(&first, &second, &known, wanted), Ok(sealed));
            }
        }

        /// two messages that differ in a single bit, or in the same bit of two bytes, are enough
        #[think = "When are two ciphertexts the same? All 16 bytes count."]
        fn the_messages_may_be_nearly_the_same(difference from [
            (0, 0), (7, 7), (8, 8), (15, 15), (0, 1), (0, 15), (7, 8), (14, 15), (3, 12),
        ]) {
            let (key, nonce, known) = ([0x11; 16], [0x22; 12], KNOWN);
            let mut other = *KNOWN;
            let (one_byte, other_byte): (usize, usize) = difference;
            other[one_byte] ^= 1;
            if other_byte != one_byte {
                other[other_byte] ^= 1;
            }
            let first = captured(&key, &nonce, known);
            let second = captured(&key, &nonce, &other);
            let sealed = reference_seal(&key, &nonce, &[], b"what you like");
            with_steps(&first, &second, &sealed);
            same!(forge(&first, &second, known, b"what you like"), Ok(sealed.clone()));
            with_steps(&second, &first, &sealed);
            same!(forge(&second, &first, &other, b"what you like"), Ok(sealed));
        }

        /// test cases 1 and 2 of the specification of GCM (McGrew and Viega) are forged
        #[think = "With nothing to encrypt, the tag is M alone."]
        fn the_tags_of_the_specification_are_forged() {
            let (key, nonce) = ([0; 16], [0; 12]);
            let first = captured(&key, &nonce, &[0x01; 16]);
            let second = captured(&key, &nonce, &[0x02; 16]);
            let case_1 = hex::<16>("58e2fccefa7e3061367f1d57a4e7455a").to_vec();
            same!(forge(&first, &second, &[0x01; 16], &[]), Ok(case_1));
            let case_2 = hex::<32>(
                "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf",
            );
            same!(forge(&first, &second, &[0x01; 16], &[0; 16]), Ok(case_2.to_vec()));
        }

        /// a text that is longer than the known pad is refused
        #[think = "How many bytes of the pad follow from a known text of 16 bytes?"]
        #[cases = 64]
        fn a_longer_text_is_refused(
            key in array(), nonce in array(), known in array::<16>(), {text} in bytes(17..=LONG)
        ) {
            let first = captured(&key, &nonce, &known);
            let second = captured(&key, &nonce, b"another 16 bytes");
            harness::assume!(first != second);
            // Zeros at its end are bytes like any other, and no padding.
            let mut with_zeros = text.clone();
            with_zeros[16..].fill(0);
            for wanted in [text, with_zeros] {
                notes::start_over();
                same!(forge(&first, &second, &known, &wanted), Err(ForgeError::TooLong));
            }
        }

        /// the same message captured twice reveals nothing, and `forge` says so
        #[think = "What do you divide by when both ciphertexts are the same?"]
        #[cases = 64]
        fn the_same_message_twice_is_refused(
            key in array(), nonce in array(), known in array::<16>(), wanted in bytes(0..=16)
        ) {
            let first = captured(&key, &nonce, &known);
            same!(forge(&first, &first, &known, &wanted), Err(ForgeError::SameCiphertext));
        }

        /// the same ciphertext twice reveals nothing, whatever the second tag is
        #[think = "The tags don't matter if the ciphertexts are the same. What do you compare?"]
        fn the_same_ciphertext_with_another_tag_is_refused(length from [0, 1, 16]) {
            let (first, known) = (captured(&[0x11; 16], &[0x22; 12], KNOWN), KNOWN);
            let second = Captured { tag: [0x33; 16], ..first };
            let wanted = &KNOWN[..length];
            same!(forge(&first, &second, known, wanted), Err(ForgeError::SameCiphertext));
        }

        /// if the text is too long and both ciphertexts are the same, one of the two errors is returned
        #[think = "Does your second check rely on the first?"]
        fn both_errors_at_once_are_refused(length from [17, 256, 272, LONG]) {
            let (first, known) = (captured(&[0x11; 16], &[0x22; 12], KNOWN), KNOWN);
            let wanted = vec![0x61; length];
            let forged = harness::called!(forge(&first, &first, known, &wanted));
            harness::check!(forged.is_err(), "either error", forged, "forge(&first, &first, known, &wanted)");
        }
    }
}

/// The text of the first message, when it is not random.
const KNOWN: &[u8; 16] = b"the known block.";

/// Shows what the right answer is made of: what is secret, the lengths, and the tag.
fn with_steps(first: &Captured, second: &Captured, sealed: &[u8]) {
    if !notes::are_taken() {
        return;
    }
    let number = Gf128::from_bytes;
    let Some(inverse) = (number(first.ciphertext) + number(second.ciphertext)).inverse() else {
        return;
    };
    let h_squared = (number(first.tag) + number(second.tag)) * inverse;
    let h = (0..127).fold(h_squared, |root, _| root * root);
    let length = |bytes: usize| number((8 * bytes as u128).to_be_bytes());
    let mask = number(first.tag) + (number(first.ciphertext) * h + length(16)) * h;
    let (ciphertext, tag) = sealed.split_at(sealed.len() - 16);
    let mut block = [0; 16];
    block[..ciphertext.len()].copy_from_slice(ciphertext);
    with!("H" = h.to_bytes(), "M" = mask.to_bytes());
    with!(
        "C, zero-padded" = block,
        "L" = length(ciphertext.len()).to_bytes()
    );
    with!("C·H² + L·H + M" = tag);
}

/// A message of one block, sealed, and captured on its way.
fn captured(key: &[u8; 16], nonce: &[u8; 12], message: &[u8; 16]) -> Captured {
    let sealed = reference_seal(key, nonce, &[], message);
    let half = |half: &[u8]| {
        half.try_into()
            .expect("a block is 16 bytes, and so is a tag")
    };
    Captured {
        ciphertext: half(&sealed[..16]),
        tag: half(&sealed[16..]),
    }
}
