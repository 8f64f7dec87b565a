//! Blocks and signatures that a verifier must refuse, each wrong in one thing.

use sha2::{Digest, Sha512_256};

use crate::reference::{DIGEST_INFO, block_of, digest};

/// 00 01, padding, 00, and `content` at the right end.
pub fn padded(padding: u8, content: &[u8], length: usize) -> Vec<u8> {
    let mut block = vec![padding; length];
    block[..2].copy_from_slice(&[0, 1]);
    let start = length - content.len();
    block[start - 1] = 0;
    block[start..].copy_from_slice(content);
    block
}

/// A block that a careless verifier takes for that of the message.
#[derive(Clone, Copy)]
pub struct WrongBlock {
    pub name: &'static str,
    pub make: fn(&[u8], usize) -> Vec<u8>,
}

impl WrongBlock {
    pub fn of(self, message: &[u8], length: usize) -> Vec<u8> {
        let block = (self.make)(message, length);
        assert_eq!(block.len(), length, "{}", self.name);
        assert_ne!(block, block_of(message, length), "{}", self.name);
        block
    }
}

impl std::fmt::Debug for WrongBlock {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.name)
    }
}

pub fn wrong_block(name: &'static str, make: fn(&[u8], usize) -> Vec<u8>) -> WrongBlock {
    WrongBlock { name, make }
}

/// The mistakes of verifiers, each turned into a block.
pub fn wrong_blocks() -> Vec<WrongBlock> {
    [wrong_places(), wrong_padding(), wrong_content()].concat()
}

/// The hash is not at the end, or not all before it is padding.
pub fn wrong_places() -> Vec<WrongBlock> {
    vec![
        wrong_block(
            "8 bytes of padding, garbage after the hash",
            |message, length| followed(block_of(message, 62), 0x2a, length),
        ),
        wrong_block(
            "8 bytes of padding, zeros after the hash",
            |message, length| followed(block_of(message, 62), 0, length),
        ),
        wrong_block(
            "padding one byte short, a zero after the hash",
            |message, length| followed(block_of(message, length - 1), 0, length),
        ),
        wrong_block("the hash twice, garbage between", |message, length| {
            let mut block = followed(block_of(message, 62), 0x2a, length);
            block[length - 32..].copy_from_slice(&digest(message));
            block
        }),
        wrong_block(
            "zeros, then a block with 8 bytes of padding",
            |message, length| preceded(&block_of(message, 62), length),
        ),
        wrong_block("zeros, then DigestInfo and hash", |message, length| {
            preceded(&[&DIGEST_INFO[..], &digest(message)].concat(), length)
        }),
        wrong_block("zeros, then the hash", |message, length| {
            preceded(&digest(message), length)
        }),
    ]
}

/// One or all of the bytes before DigestInfo are others.
pub fn wrong_padding() -> Vec<WrongBlock> {
    vec![
        wrong_block("padding of bytes ee", |message, length| {
            padded(0xee, &[&DIGEST_INFO[..], &digest(message)].concat(), length)
        }),
        wrong_block("one byte of the padding is fe", |message, length| {
            with(block_of(message, length), 40, 0xfe)
        }),
        wrong_block("00 02 in front, as for encryption", |message, length| {
            with(block_of(message, length), 1, 2)
        }),
        wrong_block("00 00 in front", |message, length| {
            with(block_of(message, length), 1, 0)
        }),
        wrong_block("01 01 in front", |message, length| {
            with(block_of(message, length), 0, 1)
        }),
        wrong_block("no 00 before DigestInfo", |message, length| {
            with(block_of(message, length), length - 52, 0xff)
        }),
    ]
}

/// DigestInfo or hash are others.
pub fn wrong_content() -> Vec<WrongBlock> {
    vec![
        wrong_block("a DigestInfo without NULL", |message, length| {
            let mut info = DIGEST_INFO.to_vec();
            info.drain(15..17);
            (info[1], info[3]) = (0x2f, 0x0b);
            padded(0xff, &[&info[..], &digest(message)].concat(), length)
        }),
        wrong_block(
            "the name of SHA-512, the hash of SHA-256",
            |message, length| with(block_of(message, length), length - 37, 3),
        ),
        wrong_block(
            "the name of SHA-256, the hash of SHA-512/256",
            |message, length| {
                let hash = Sha512_256::digest(message);
                padded(0xff, &[&DIGEST_INFO[..], &hash].concat(), length)
            },
        ),
        wrong_block("no DigestInfo", |message, length| {
            padded(0xff, &digest(message), length)
        }),
        wrong_block("the hash of the hash", |message, length| {
            block_of(&digest(message), length)
        }),
        wrong_block("the message in place of its hash", |message, length| {
            let mut start = message.to_vec();
            start.resize(32, 0);
            padded(0xff, &[&DIGEST_INFO[..], &start].concat(), length)
        }),
    ]
}

pub fn followed(mut block: Vec<u8>, by: u8, length: usize) -> Vec<u8> {
    block.resize(length, by);
    block
}

pub fn preceded(block: &[u8], length: usize) -> Vec<u8> {
    let mut preceded = vec![0; length - block.len()];
    preceded.extend(block);
    preceded
}

pub fn with(mut block: Vec<u8>, place: usize, byte: u8) -> Vec<u8> {
    block[place] = byte;
    block
}

/// The signature with a zero more or less at either end, cut to `kept` bytes, and empty.
pub fn of_other_lengths(signature: &[u8], kept: usize) -> Vec<Vec<u8>> {
    let mut others = vec![
        [&[0], signature].concat(),
        [signature, &[0]].concat(),
        signature[..kept].to_vec(),
        vec![],
    ];
    if let Some(shorter) = signature.strip_prefix(&[0]) {
        others.push(shorter.to_vec());
    }
    others
}
