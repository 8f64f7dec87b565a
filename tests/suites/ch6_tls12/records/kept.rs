//! What must not be kept from one record, or one connection, to the next.

use given::tls::{Abort, OpenRecord, SealRecord};
use harness::{assume, same, with};
use proptest::prelude::*;

use crate::conversation::{Said, content_type, one_said};
use crate::strategies::{client_write_key, material, number};
use crate::subject::ch6_tls12::*;
use fixtures::strategies::{bit, flip};
use fixtures::tls12::reference;

harness::suite! {
    exercise "6.4" {
        /// a record that opens on one connection is refused on another with another key, or another IV
        #[think = "Do you keep anything from one record to the next? The key may be another one."]
        #[cases = 32]
        fn each_connection_opens_with_its_own_key(
            key in material(), start in number(), record in one_said(), {of_iv} in any::<bool>()
        ) {
            let Said { content_type, plaintext } = record;
            let mut other = key;
            if of_iv {
                other.iv[3] ^= 1;
            } else {
                other.key[15] ^= 1;
            }
            with!("key of the other" = other);
            let fragment = reference::seal(&key, start, content_type, [9; 8], &plaintext);
            for _ in 0..2 {
                let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
                same!(opener.open(content_type, &fragment), Ok(plaintext.clone()));
                let mut opener = RecordOpener::starting_at(client_write_key(&other), start);
                same!(opener.open(content_type, &fragment), Err(Abort::BadRecord));
            }
        }

        /// a record that opens is refused as one of another type, with another number, or with a bit changed
        #[think = "Do you keep anything from one record to the next? It was right in one place, not in all."]
        #[cases = 32]
        fn a_record_that_opens_is_checked_again(
            key in material(), start in number(), record in one_said(), other in content_type(),
            changed in bit()
        ) {
            let Said { content_type, plaintext } = record;
            assume!(other != content_type);
            let fragment = reference::seal(&key, start, content_type, [9; 8], &plaintext);
            let changed = changed.flipped(&fragment);
            let mut tag_changed = fragment.clone();
            flip(&mut tag_changed, 8 * fragment.len() - 1);
            for (other, number, changed) in [
                (other, start, &fragment), (content_type, start + 1, &fragment),
                (content_type, start, &changed), (content_type, start, &tag_changed),
            ] {
                let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
                same!(opener.open(content_type, &fragment), Ok(plaintext.clone()));
                let mut opener = RecordOpener::starting_at(client_write_key(&key), number);
                same!(opener.open(other, changed), Err(Abort::BadRecord));
            }
        }

        /// two connections that send at the same time each have their own key and their own numbers
        #[think = "Do two connections share anything in your code: a number, a key, the last record?"]
        #[cases = 32]
        fn two_connections_seal_apart(key in material(), record in one_said(), other in content_type()) {
            let Said { content_type, plaintext } = record;
            assume!(other != content_type);
            let (mut other_key, mut other_iv, mut changed) = (key, key, plaintext.clone());
            other_key.key[15] ^= 1;
            other_iv.iv[3] ^= 1;
            changed.push(7);
            let says = |key, content_type, plaintext| {
                (key, content_type, plaintext, RecordSealer::new(client_write_key(key)))
            };
            for second in [
                says(&other_key, content_type, &plaintext), says(&other_iv, content_type, &plaintext),
                says(&key, other, &plaintext), says(&key, content_type, &changed),
            ] {
                let mut connections = [says(&key, content_type, &plaintext), second];
                for number in [0, 1] {
                    for (key, content_type, plaintext, sealer) in &mut connections {
                        let explicit = u64::to_be_bytes(number);
                        let expected =
                            reference::seal(key, number, *content_type, explicit, plaintext);
                        same!(sealer.seal(*content_type, plaintext), Ok(expected));
                    }
                }
            }
        }
    }
}
