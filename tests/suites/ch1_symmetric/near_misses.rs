//! Inputs that are almost what was sealed.

use fixtures::strategies::LONG;
use harness::show::{Piece, Show};

/// The associated data that a message was sealed with, and other data that it is opened with.
pub struct Headers {
    pub sealed_with: Vec<u8>,
    pub opened_with: Vec<u8>,
}

impl Show for Headers {
    fn pieces(&self) -> Vec<Piece> {
        vec![
            Piece::Text("sealed with ".to_owned()),
            Piece::Bytes(self.sealed_with.clone()),
            Piece::Text(", opened with ".to_owned()),
            Piece::Bytes(self.opened_with.clone()),
        ]
    }
}

/// Associated data, each with other associated data that is close to it.
pub fn headers() -> Vec<Headers> {
    let header = b"header".to_vec();
    let block = b"a block of bytes".to_vec();
    let with = |bytes: &[u8], more: &[u8]| [bytes, more].concat();
    let near = [
        (header.clone(), vec![]),
        (vec![0], vec![]),
        (vec![0; 16], vec![]),
        (vec![0; 2], vec![0]),
        (header.clone(), with(&header, &[0])),
        (header.clone(), with(&header, &[0; 10])),
        (header.clone(), with(&header, b" ")),
        (header.clone(), with(&[0], &header)),
        (header.clone(), with(&header, &header)),
        (header.clone(), b"Header".to_vec()),
        (header.clone(), b"heade".to_vec()),
        (header.clone(), b"redaeh".to_vec()),
        (block.clone(), with(&block, &[0; 16])),
        (block.clone(), with(&block, &[0])),
        (with(&block, b"!"), block),
        (vec![0x61; 65], vec![0x61; 64]),
        // The nonce and the key that they are tried with.
        (header.clone(), vec![0x22; 12]),
        (header.clone(), vec![0x11; 16]),
        // Headers of TLS: with the length of the sealed message or of the message in it, of another
        // type, of another version.
        (vec![23, 3, 3, 0, 40], vec![23, 3, 3, 0, 24]),
        (vec![23, 3, 3, 0, 16], vec![23, 3, 3, 0, 0]),
        (vec![23, 3, 3, 0, 40], vec![22, 3, 3, 0, 40]),
        (vec![23, 3, 3, 0, 40], vec![23, 3, 1, 0, 40]),
        (header.clone(), with(&[0x22; 12], &header)),
        (header.clone(), with(&header, &[0x22; 12])),
        (header.clone(), vec![0, 0, 0, 0, 0, 0, 0, 6]),
        (header.clone(), vec![0, 0, 0, 0, 0, 0, 0, 48]),
        (vec![0x61; 256], vec![]),
        (vec![0x61; 1025], vec![0x61; 1024]),
    ];
    let other_way = near.clone().map(|(one, other)| (other, one));
    // A header that was cut anywhere: 5 bytes are one of TLS 1.3, 13 one of TLS 1.2.
    let whole: [u8; 20] = std::array::from_fn(|place| 0x41 + place as u8);
    let cut = (1..whole.len()).flat_map(|place| {
        let (beginning, end) = whole.split_at(place);
        [beginning, end].map(|part| (part.to_vec(), whole.to_vec()))
    });
    near.into_iter()
        .chain(other_way)
        .chain(cut)
        .map(|(sealed_with, opened_with)| Headers {
            sealed_with,
            opened_with,
        })
        .collect()
}

/// How a tag is changed.
#[derive(Debug, Clone, Copy)]
pub enum TagChange {
    /// The same bits change in two of its bytes, so that the differences cancel if they are XORed.
    TwoBytes(usize, usize),
    /// Two of its bytes change by 128, so that the differences cancel if they are added up in 8 bits.
    TopBitOfTwo(usize, usize),
    AllInverted,
    Reversed,
    RotatedBy(usize),
    /// Only the first bytes are left, as many as that, and zeros after them.
    CutTo(usize),
    Zeros,
}

pub fn tag_changes() -> Vec<TagChange> {
    let pairs = (0..16).flat_map(|one| (one + 1..16).map(move |other| (one, other)));
    pairs
        .map(|(one, other)| TagChange::TwoBytes(one, other))
        .chain((1..16).map(TagChange::RotatedBy))
        .chain((4..16).map(TagChange::CutTo))
        .chain([
            TagChange::TopBitOfTwo(0, 15),
            TagChange::TopBitOfTwo(0, 1),
            TagChange::TopBitOfTwo(7, 8),
            TagChange::AllInverted,
            TagChange::Reversed,
            TagChange::Zeros,
        ])
        .collect()
}

impl TagChange {
    pub fn apply(self, tag: &mut [u8]) {
        match self {
            TagChange::TwoBytes(one, other) => {
                tag[one] ^= 0x24;
                tag[other] ^= 0x24;
            }
            TagChange::TopBitOfTwo(one, other) => {
                tag[one] ^= 0x80;
                tag[other] ^= 0x80;
            }
            TagChange::AllInverted => tag.iter_mut().for_each(|byte| *byte = !*byte),
            TagChange::Reversed => tag.reverse(),
            TagChange::RotatedBy(bytes) => tag.rotate_left(bytes),
            TagChange::CutTo(bytes) => tag[bytes..].fill(0),
            TagChange::Zeros => tag.fill(0),
        }
    }
}

/// The ends of a block, and a little past each size at which a buffer might be full.
pub const LENGTHS: [usize; 10] = [0, 1, 16, 17, 65, 257, 1025, 4097, 16385, LONG];
