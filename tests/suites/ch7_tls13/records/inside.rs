//! What is in a record: content, type and padding, and how long they may be.

use given::tls::{Abort, ContentType};
use given::tls13::{OpenRecord, SealRecord};
use harness::{notes, same, think_of};

use super::opened::{KEY, TYPES};
use super::strategies::{opens, sealer, seals};
use fixtures::tls13::reference;

harness::suite! {
    exercise "7.3" {
        /// padding of any length is removed, and the content stays as it was
        #[think = "The padding is at the end, and all of it is zeros. Where does it begin?"]
        fn any_padding_is_removed(
            zeros from [
                0, 1, 2, 15, 16, 17, 63, 64, 127, 128, 254, 255, 256, 257, 511, 512, 1023, 1024, 4095,
                4096, 8192, 16_382, 16_383,
            ]
        ) {
            for content_type in TYPES {
                let inner = reference::inner(content_type.code(), b"a", zeros);
                let (header, sealed) = reference::seal_inner(&KEY, 0, &inner);
                seals!(KEY, 0, content_type, b"a", zeros, Ok(sealed.clone()));
                opens!(KEY, 0, header, &sealed, Ok((content_type, b"a".to_vec())));
            }
        }

        /// zeros in the content are content, wherever they are
        #[think = "A page may end in zeros. What tells those from padding?"]
        fn zeros_of_the_content_stay(
            content from [
                vec![0], vec![0; 16], vec![0; 16_384], vec![0, 1], vec![1, 0], vec![1, 0, 0, 0],
                vec![0, 1, 0], vec![23, 0], vec![0, 23, 0, 0], vec![22], vec![23, 23], vec![0, 22, 0],
            ]
        ) {
            for zeros in [0, 1, 300] {
                if content.len() + zeros > 1 << 14 {
                    continue;
                }
                for content_type in TYPES {
                    let inner = reference::inner(content_type.code(), &content, zeros);
                    let (header, sealed) = reference::seal_inner(&KEY, 0, &inner);
                    opens!(KEY, 0, header, &sealed, Ok((content_type, content.clone())));
                }
            }
        }

        /// application data may be empty, with padding or without
        #[think = "Someone may want to send a record that only looks as if it had content."]
        fn application_data_may_be_empty(zeros from [0, 1, 255, 16_384]) {
            let kind = ContentType::ApplicationData;
            let (header, sealed) = reference::seal_inner(&KEY, 0, &reference::inner(23, b"", zeros));
            seals!(KEY, 0, kind, b"", zeros, Ok(sealed.clone()));
            opens!(KEY, 0, header, &sealed, Ok((kind, vec![])));
        }

        /// an alert or handshake record without content is refused, with padding or without
        #[think = "RFC 9846 §5.4 says which records may be empty."]
        fn nothing_else_may_be_empty(zeros from [0, 1, 255, 16_384]) {
            for kind in [21, 22] {
                let inner = reference::inner(kind, b"", zeros);
                let (header, sealed) = reference::seal_inner(&KEY, 0, &inner);
                opens!(KEY, 0, header, &sealed, Err(Abort::UnexpectedMessage));
            }
        }

        /// a record of nothing but zeros is refused, and so is an empty one
        #[think = "Where does your search for the type end if all bytes are zeros?"]
        fn zeros_alone_are_refused(zeros from [0, 1, 2, 16, 255, 256, 1000, 16_384, 16_385]) {
            let (header, sealed) = reference::seal_inner(&KEY, 0, &vec![0; zeros]);
            opens!(KEY, 0, header, &sealed, Err(Abort::UnexpectedMessage));
        }

        /// every type other than alert, handshake and application data is refused
        #[think = "What do you do with a type that you don't know?"]
        fn other_types_are_refused(code from (1..=255).collect::<Vec<u8>>()) {
            if ContentType::from_code(code) == Some(ContentType::ChangeCipherSpec) {
                think_of!("ChangeCipherSpec is never sealed. What do you do with one that is?");
            }
            // The content of a ChangeCipherSpec, and one whose last byte could be a type itself.
            for content in [b"\x01".to_vec(), b"ab\x17".to_vec()] {
                let inner = reference::inner(code, &content, 3);
                let (header, sealed) = reference::seal_inner(&KEY, 0, &inner);
                let expected = match ContentType::from_code(code) {
                    Some(kind) if TYPES.contains(&kind) => Ok((kind, content)),
                    _ => Err(Abort::UnexpectedMessage),
                };
                opens!(KEY, 0, header, &sealed, expected);
            }
        }

        /// what was sealed may have 2¹⁴ + 1 bytes, type and padding included, and not one more
        #[think = "Which length is limited here: that of the content, or that of everything that was sealed?"]
        fn the_longest_opens_and_no_longer_one(
            length from [16_384, 16_385, 16_386, 16_624]
        ) {
            for (content, zeros) in [(length - 1, 0), (8000, length - 8001)] {
                let inner = reference::inner(23, &vec![0x61; content], zeros);
                let (header, sealed) = reference::seal_inner(&KEY, 0, &inner);
                let expected = match length <= (1 << 14) + 1 {
                    true => Ok((ContentType::ApplicationData, vec![0x61; content])),
                    false => Err(Abort::RecordOverflow),
                };
                opens!(KEY, 0, header, &sealed, expected);
            }
        }

        /// the length of what was sealed is checked before its type
        #[think = "Go through the order under `Errors`. Which of your checks comes too early?"]
        fn the_length_comes_before_the_type(kind from [0, 20, 21, 22, 24, 99]) {
            // Nothing but zeros, or padding after a type that has no content.
            let mut inner = vec![0; (1 << 14) + 2];
            inner[0] = kind;
            let (header, sealed) = reference::seal_inner(&KEY, 0, &inner);
            opens!(KEY, 0, header, &sealed, Err(Abort::RecordOverflow));
        }

        /// a sealed part of more than 2¹⁴ + 256 bytes is refused as too long, before it is opened
        #[think = "Which error comes first? RFC 9846 §5.2 has the limit."]
        fn a_sealed_part_that_is_too_long_is_refused(
            length from [16_641, 16_642, 17_000, 32_768, 65_535, 65_536]
        ) {
            let header = [23, 3, 3, (length >> 8) as u8, length as u8];
            let junk = vec![0x61; length];
            opens!(KEY, 0, header, &junk, Err(Abort::RecordOverflow));
            // Even if no number is left.
            opens!(KEY, u64::MAX, header, &junk, Err(Abort::RecordOverflow));
            if length < 20_000 {
                let sealed = reference::seal_binding(&KEY, 0, &header, &vec![0x17; length - 16]);
                opens!(KEY, 0, header, &sealed, Err(Abort::RecordOverflow));
            }
        }

        /// 2¹⁴ + 256 bytes of junk are refused as a bad record, not as too long
        #[think = "How many bytes are allowed: 2¹⁴ + 256, or one less?"]
        fn junk_of_the_longest_length_does_not_open() {
            let length = (1 << 14) + 256;
            let header = reference::header(length);
            opens!(KEY, 0, header, &vec![0x61; length], Err(Abort::BadRecord));
        }

        /// content and padding of more than 2¹⁴ bytes are not sealed
        #[think = "Content and zeros together have a limit. What is the sum of the two, and does it fit into a usize?"]
        fn too_much_is_not_sealed(
            (length, zeros) from [
                (16_385, 0), (16_384, 1), (0, 16_385), (1, 16_384), (8192, 8193), (65_536, 0),
                (0, 65_536), (1, usize::MAX), (16_384, usize::MAX), (2, usize::MAX - 1),
            ]
        ) {
            for content_type in TYPES {
                let mut sealer = sealer(&KEY);
                let content = vec![0x61; length];
                same!(sealer.seal(content_type, &content, zeros), Err(Abort::RecordOverflow));
                // Nothing was sealed, so the next record is still the first.
                let (_, first) = reference::seal_inner(&KEY, 0, &reference::inner(23, b"a", 0));
                think_of!("What was too long was not sealed, so no record has the first number yet. When do you count?");
                same!(sealer.seal(ContentType::ApplicationData, b"a", 0), Ok(first));
                think_of!("It is too long, and no number is left. Go through the order under `Errors`.");
                seals!(KEY, u64::MAX, content_type, &content, zeros, Err(Abort::RecordOverflow));
                notes::think(None);
            }
        }
    }
}
