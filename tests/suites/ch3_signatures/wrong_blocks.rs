//! Blocks and signatures that a verifier must refuse, each wrong in one respect.

use sha2::{Digest, Sha512_256};

use crate::digest::digest;
use crate::hashes::{self, BROKEN_HASHES, OTHERS, SHA_256};
use crate::hidden_garbage::hidden_garbage;
use crate::reference::{DIGEST_INFO, block_of};
use fixtures::near_misses::NearMiss;

/// 00 01, padding, 00, and `content` at the end.
pub fn padded(padding: u8, content: &[u8], length: usize) -> Vec<u8> {
    let mut block = vec![padding; length];
    block[..2].copy_from_slice(&[0, 1]);
    let start = length - content.len();
    block[start - 1] = 0;
    block[start..].copy_from_slice(content);
    block
}

/// A block that a careless verifier mistakes for the message's.
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
    [
        wrong_places(),
        wrong_padding(),
        wrong_content(),
        hidden_garbage(),
    ]
    .concat()
}

/// The hash is not at the end, or the bytes before it are not all padding.
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

/// One or more of the bytes before DigestInfo are different.
pub fn wrong_padding() -> Vec<WrongBlock> {
    vec![
        wrong_block("padding of ee", |message, length| {
            padded(0xee, &[&DIGEST_INFO[..], &digest(message)].concat(), length)
        }),
        wrong_block("one byte of the padding is fe", |message, length| {
            with(block_of(message, length), 40, 0xfe)
        }),
        wrong_block("00 02 first, as for encryption", |message, length| {
            with(block_of(message, length), 1, 2)
        }),
        wrong_block("00 00 first", |message, length| {
            with(block_of(message, length), 1, 0)
        }),
        wrong_block("01 01 first", |message, length| {
            with(block_of(message, length), 0, 1)
        }),
        wrong_block(
            "8 bytes of ff, then garbage up to the 00",
            |message, length| {
                let mut block =
                    padded(0x2a, &[&DIGEST_INFO[..], &digest(message)].concat(), length);
                block[2..10].fill(0xff);
                block
            },
        ),
        wrong_block("no 00 before DigestInfo", |message, length| {
            with(block_of(message, length), length - 52, 0xff)
        }),
    ]
}

/// DigestInfo or the hash is different.
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

/// Blocks of a message for other hashes: right ones, and ones whose name and hash do not belong
/// together.
pub fn blocks_of_other_hashes(message: &[u8], length: usize) -> Vec<NearMiss> {
    let mut contents = Vec::new();
    for other in OTHERS {
        let (name, hash) = (other.name, (other.digest)(message));
        contents.push((name.to_owned(), other.digest_info(message)));
        contents.push((format!("{name}, without a name"), hash.clone()));
        let renamed = hashes::named(SHA_256.number, &hash);
        contents.push((format!("{name}, with the name of SHA-256"), renamed));
        let renamed = hashes::named(other.number, &digest(message));
        contents.push((format!("SHA-256, with the name of {name}"), renamed));
    }
    if message == hashes::MESSAGE {
        contents.extend(BROKEN_HASHES.map(|(name, info)| (name.to_owned(), info.to_vec())));
    }
    let blocks = contents.into_iter();
    blocks
        .map(|(name, content)| NearMiss::new(name, padded(0xff, &content, length)))
        .collect()
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

/// Numbers that anybody can write down, in as many bytes as the modulus: 0, 1, 2, n − 1, n, n + 1, and the largest.
pub fn easy_signatures(modulus: &[u8]) -> Vec<Vec<u8>> {
    let small = |number: u8| with(vec![0; modulus.len()], modulus.len() - 1, number);
    // A modulus is odd.
    let last = modulus.len() - 1;
    let before = with(modulus.to_vec(), last, modulus[last] - 1);
    let mut others = vec![small(0), small(1), small(2), before, modulus.to_vec()];
    others.push(fixtures::keys::sum(modulus, &small(1)));
    others.push(vec![0xff; modulus.len()]);
    others
}
