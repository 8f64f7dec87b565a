//! What must not be kept from one record, or one connection, to the next.

use given::tls::Abort;
use given::tls13::{OpenRecord, SealRecord};
use harness::{same, with};
use proptest::sample::select;

use super::strategies::{content_type, material, number, opens, said, sealer};
use fixtures::strategies::bit;
use fixtures::tls13::reference::{self, Material};

harness::suite! {
    exercise "7.3" {
        /// a record that opens on one connection is refused on another with another key, or another IV
        #[think = "Do you keep anything from one record to the next? The key may be another one."]
        #[cases = 32]
        fn each_connection_opens_with_its_own_key(
            key in material(), start in number(), record in said(), {place} in select(PLACES.to_vec())
        ) {
            let other = changed(key, place);
            with!("key of the other" = other);
            let (header, sealed) = reference::seal_inner(&key, start, &record.inner());
            for _ in 0..2 {
                opens!(key, start, header, &sealed, Ok((record.content_type, record.content.clone())));
                opens!(other, start, header, &sealed, Err(Abort::BadRecord));
            }
        }

        /// a record that opens is refused with another number, or with a bit of its header, its
        /// ciphertext or its tag changed
        #[think = "Do you keep anything from one record to the next? It was right in one place, not in all."]
        #[cases = 32]
        fn a_record_that_opens_is_checked_again(
            key in material(), start in number(), record in said(), {of_header} in bit(), {of_all} in bit()
        ) {
            let (header, sealed) = reference::seal_inner(&key, start, &record.inner());
            let other_header = of_header.flipped(&header).try_into().expect("5 bytes");
            let other_sealed = of_all.flipped(&sealed);
            let mut other_tag = sealed.clone();
            other_tag[sealed.len() - 1] ^= 1;
            for (number, other_header, other) in [
                (start + 1, header, &sealed), (start, other_header, &sealed),
                (start, header, &other_sealed), (start, header, &other_tag),
            ] {
                opens!(key, start, header, &sealed, Ok((record.content_type, record.content.clone())));
                opens!(key, number, other_header, other, Err(Abort::BadRecord));
            }
        }

        /// two connections that send at the same time each have their own key and their own numbers
        #[think = "Do two connections share anything in your code: a number, a key, the last record?"]
        #[cases = 8]
        fn two_connections_seal_apart(key in material(), record in said(), other in content_type()) {
            let near = PLACES.map(|place| changed(key, place));
            let mut another = record.content.clone();
            another[0] ^= 1;
            let (kind, content) = (record.content_type, record.content);
            let near = near.map(|near| (near, kind, &content));
            for second in near.into_iter().chain([(key, other, &content), (key, kind, &another)]) {
                let mut connections = [(key, kind, &content), second]
                    .map(|(key, kind, content)| (key, kind, content, sealer(&key)));
                for number in [0, 1] {
                    for (key, content_type, content, sealer) in &mut connections {
                        with!(key);
                        let inner = reference::inner(content_type.code(), content, record.zeros);
                        let expected = reference::seal_inner(key, number, &inner).1;
                        same!(sealer.seal(*content_type, content, record.zeros), Ok(expected));
                    }
                }
            }
        }
    }
}

/// The first and the last byte of a key, and of each half of it, and those of an IV after it.
const PLACES: [usize; 6] = [0, 7, 8, 15, 16, 27];

/// The same key and IV, but for one bit of the byte at this place in both.
fn changed(material: Material, place: usize) -> Material {
    let Material { mut key, mut iv } = material;
    match place.checked_sub(key.len()) {
        None => key[place] ^= 1,
        Some(place) => iv[place] ^= 1,
    }
    Material { key, iv }
}
