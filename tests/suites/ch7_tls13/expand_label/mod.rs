//! What must hold of exercise 7.1.

use harness::{accepted, assume, called, differ, same, think_of};
use proptest::prelude::*;
use proptest::sample::select;

use self::vectors::{Derivation, Row, derivations, rows};
use crate::subject::ch7_tls13::*;
use crate::transcript::transcript_of;
use fixtures::strategies::{array, bit, bytes, list, text};
use fixtures::tls13::reference;

mod vectors;

harness::suite! {
    exercise "7.1" {
        /// you derive every secret, key and IV of the connection in RFC 8448 §3
        #[think = "RFC 8448 prints each info. Print yours and compare the two, byte by byte."]
        fn the_connection_of_the_rfc_comes_out(row from rows()) {
            let Row { secret, label, context, output, .. } = row;
            same!(expand_label(&secret, label, &context, output.len()), Ok(output));
        }

        /// what you derive from the messages of a connection is what RFC 8448 §3 prints
        #[think = "Which bytes are the context: the messages, or something computed from them?"]
        fn the_secrets_of_the_rfc_come_out(row from derivations()) {
            let Derivation { secret, label, messages, output, .. } = row;
            let transcript = transcript_of(&messages);
            same!(derive_secret(&secret, label, &transcript), Ok(output));
        }

        /// the output is that of HKDF with an HkdfLabel built by hand, for any label and context
        #[think = "Go through the picture: which lengths, in how many bytes each, and where is the space?"]
        fn others_expand_the_same(
            secret in array(), label in label(), context in bytes(0..=255), length in 0..=100_usize
        ) {
            let info = reference::hkdf_label(label.as_bytes(), &context, length);
            let info = info.expect("a label that fits");
            let expected = reference::expand(&secret, &info, length);
            if called!(expand_label(&secret, &label, &context, length)).is_err() {
                think_of!("It fits: labels have up to 249 bytes, contexts up to 255, outputs up to 255 blocks. Which of them do you refuse?");
            }
            same!(expand_label(&secret, &label, &context, length), Ok(expected));
        }

        /// labels of every length from 1 to 249 bytes work
        #[think = "How long is the label with \"tls13 \" before it, and how many bytes hold that length?"]
        fn every_label_length_works(length from (1..=249).collect::<Vec<usize>>()) {
            let label = "L".repeat(length);
            let expected = reference::expand_label(&[7; 32], &label, b"context", 32);
            same!(expand_label(&[7; 32], &label, b"context", 32), Ok(expected));
        }

        /// the length of a label is counted in bytes, not in letters
        #[think = "What does `len` count, and what does `chars` count?"]
        fn a_label_is_counted_in_bytes() {
            for label in ["schlüssel", "κλειδί", "鍵"] {
                let expected = reference::expand_label(&[7; 32], label, b"", 16);
                same!(expand_label(&[7; 32], label, b"", 16), Ok(expected));
            }
        }

        /// a label is used as it is, whatever is in it
        #[think = "Do you change anything in it: zeros, spaces, capitals, what it begins with?"]
        fn any_label_will_do(
            label from [
                "key\0", "key\0iv", "\0", "key ", " key", " ", "key", "KEY", "kez", "traffic upd",
                "traffic upc", "uraffic upd", "tls13 key", "tls13 ", "ключ",
            ]
        ) {
            let (secret, hash) = ([7; 32], reference::hash(b"messages"));
            let expected = reference::expand_label(&secret, label, b"context", 48);
            same!(expand_label(&secret, label, b"context", 48), Ok(expected));
            let (transcript, expected) = (transcript_of(b"messages"), reference::secret_of(&secret, label, &hash));
            same!(derive_secret(&secret, label, &transcript), Ok(expected));
        }

        /// contexts of every length from 0 to 255 bytes work
        #[think = "What is the length byte of the context if there is no context? And if it has 128 bytes?"]
        fn every_context_length_works(length from (0..=255).collect::<Vec<usize>>()) {
            let context = vec![0x61; length];
            let expected = reference::expand_label(&[7; 32], "label", &context, 32);
            same!(expand_label(&[7; 32], "label", &context, 32), Ok(expected));
        }

        /// another context, or another transcript, of the same length gives other bytes, even right
        /// after the first
        #[think = "Do you keep anything from one call to the next? The context may be another one."]
        #[cases = 8]
        fn each_context_has_its_own_bytes(
            secret in array(), label in label(), context in bytes(1..=64), changed in bit()
        ) {
            let other = changed.flipped(&context);
            for context in [&context, &other, &context] {
                let expected = reference::expand_label(&secret, &label, context, 32);
                same!(expand_label(&secret, &label, context, 32), Ok(expected));
            }
            for messages in [&context, &other, &context] {
                let transcript = transcript_of(messages);
                let expected = reference::secret_of(&secret, &label, &reference::hash(messages));
                same!(derive_secret(&secret, &label, &transcript), Ok(expected));
            }
        }

        /// an output may have any length up to 255 blocks
        #[think = "The length is in the info, too, in 2 bytes. Which of them comes first?"]
        fn every_output_length_works(
            length from [
                0, 1, 12, 16, 31, 32, 33, 48, 64, 100, 255, 256, 257, 511, 512, 1000, 4095, 4096,
                4097, 8159, 8160,
            ]
        ) {
            let expected = reference::expand_label(&[7; 32], "label", b"context", length);
            same!(expand_label(&[7; 32], "label", b"context", length), Ok(expected));
        }

        /// the longest label, the longest context and the longest output work, all at once
        #[think = "How many bytes can the info have, with all its lengths? Is there a limit in your code that is not in the exercise?"]
        fn the_longest_of_all_works() {
            let (label, context) = ("L".repeat(249), [0x61; 255]);
            let expected = reference::expand_label(&[7; 32], &label, &context, 8160);
            same!(expand_label(&[7; 32], &label, &context, 8160), Ok(expected));
        }

        /// a longer output does not begin with the shorter one, in whichever order you ask for them
        #[think = "What does the info say about the length?"]
        #[cases = 32]
        fn the_length_is_bound(
            secret in array(), label in label(), length in 16..=64_usize, more in 1..=64_usize,
            {longer_first} in any::<bool>()
        ) {
            if longer_first {
                accepted!(expand_label(&secret, &label, b"", length + more));
            }
            let shorter = accepted!(expand_label(&secret, &label, b"", length));
            let longer = accepted!(expand_label(&secret, &label, b"", length + more));
            if shorter != reference::expand_label(&secret, &label, b"", length) {
                think_of!("It was right the first time. Do you keep anything from one call to the next?");
            }
            differ!(longer[..length].to_vec(), shorter);
            same!(expand_label(&secret, &label, b"", length), Ok(shorter));
        }

        /// it makes a difference where the label ends and the context begins
        #[think = "Without their lengths, label \"ab\" and context \"c\" look like \"a\" and \"bc\"."]
        #[cases = 64]
        fn label_and_context_are_kept_apart(
            secret in array(), text in text("abcdefghijklmnopqrstuvwxyz ", 2..=40), {cut} in 1..=40_usize, {other} in 1..=40_usize
        ) {
            let (cut, other) = (cut.min(text.len() - 1), other.min(text.len() - 1));
            assume!(cut != other);
            let (label, context) = text.split_at(cut);
            let one = accepted!(expand_label(&secret, label, context.as_bytes(), 32));
            let (label, context) = text.split_at(other);
            differ!(accepted!(expand_label(&secret, label, context.as_bytes(), 32)), one);
        }

        /// a label that is empty or too long is refused
        #[think = "RFC 9846 §7.1 says `label<7..255>`, and \"tls13 \" is part of that label."]
        fn other_labels_are_refused(
            length from [0, 250, 251, 255, 256, 257, 506, 511, 512, 1000, 65_536, 65_542]
        ) {
            // The second has half as many letters, but about as many bytes.
            for label in ["L".repeat(length), "ü".repeat(length / 2)] {
                same!(expand_label(&[7; 32], &label, b"context", 32), Err(DoesNotFit));
                let transcript = transcript_of(b"");
                same!(derive_secret(&[7; 32], &label, &transcript), Err(DoesNotFit));
            }
        }

        /// a context that is too long is refused, not cut
        #[think = "What does 256 become if you write `as u8`?"]
        fn long_contexts_are_refused(length from [256, 257, 288, 511, 512, 1000, 65_536]) {
            let context = vec![0x61; length];
            same!(expand_label(&[7; 32], "label", &context, 32), Err(DoesNotFit));
        }

        /// an output that is too long for HKDF is refused, even if its length does not fit in 2 bytes
        #[think = "Where does HKDF stop? And what does 65,568 become if you write `as u16`?"]
        fn long_outputs_are_refused(
            length from [
                8161, 8192, 16_384, 65_535, 65_536, 65_537, 65_568, 1 << 17, (1 << 32) + 32,
                usize::MAX,
            ]
        ) {
            same!(expand_label(&[7; 32], "label", b"context", length), Err(DoesNotFit));
            // What is refused changes nothing for the next call.
            think_of!("This one is not too long. Does a call that was refused change anything for the next one?");
            let expected = reference::expand_label(&[7; 32], "label", b"context", 100);
            same!(expand_label(&[7; 32], "label", b"context", 100), Ok(expected));
        }

        /// the context of a derived secret is the hash of all messages
        #[think = "How long is the context? Does it depend on every message?"]
        #[cases = 64]
        fn others_derive_the_same(
            secret in array(), label in label(), messages in list(bytes(0..=300), 0..=5)
        ) {
            let messages = messages.concat();
            let expected = reference::secret_of(&secret, &label, &reference::hash(&messages));
            let transcript = transcript_of(&messages);
            same!(derive_secret(&secret, &label, &transcript), Ok(expected));
        }

        /// changing the label, or any bit of the secret or of the messages, changes the derived secret
        #[think = "Secret, label, transcript: which of them does your answer not use completely?"]
        #[cases = 64]
        fn everything_counts(
            secret in array(), label in label(), messages in bytes(1..=80), changed in bit()
        ) {
            let transcript = transcript_of(&messages);
            let one = derive_secret(&secret, &label, &transcript);
            let other_secret = changed.flipped(&secret).try_into().expect("as long as before");
            differ!(derive_secret(&other_secret, &label, &transcript), one);
            for place in [0, 31] {
                let mut other_secret = secret;
                other_secret[place] ^= 1;
                differ!(derive_secret(&other_secret, &label, &transcript), one);
            }
            // One that is as long as a label may be has no room for more.
            let kept = &label[..label.len().min(248)];
            let other_label = kept.to_owned() + if label[kept.len()..] == *"x" { "y" } else { "x" };
            differ!(derive_secret(&secret, &other_label, &transcript), one);
            let transcript = transcript_of(&changed.flipped(&messages));
            differ!(derive_secret(&secret, &label, &transcript), one);
        }
    }
}

/// Labels of TLS.
const LABELS: [&str; 7] = [
    "derived",
    "c hs traffic",
    "s ap traffic",
    "key",
    "iv",
    "finished",
    "traffic upd",
];

/// A label of TLS, or any other.
fn label() -> BoxedStrategy<String> {
    prop_oneof![
        2 => select(&LABELS[..]).prop_map(str::to_owned),
        1 => "[ -~]{1,30}",
        1 => "[ -~]{200,249}",
    ]
    .boxed()
}
