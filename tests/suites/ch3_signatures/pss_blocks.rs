//! Blocks of PSS (RFC 8017 §9.1.1): right ones, and others that are wrong in one respect.

use harness::show::{Piece, Show};

use crate::hashes::{Hash, OTHERS, SHA_256};
use crate::wrong_blocks::preceded;

/// How a block is made.
#[derive(Clone)]
pub struct PssBlock {
    /// Hashes the message, and makes H.
    hash: Hash,
    /// The hash that makes the mask. `None` leaves the mask out.
    mask: Option<Hash>,
    salt: Vec<u8>,
    /// How many zeros are hashed before the hash of the message.
    zeros: usize,
    salt_first: bool,
    separator: u8,
    trailer: u8,
    /// Which bytes are changed before they are masked, counted from the left.
    changed: Vec<(usize, u8)>,
    /// Which bytes of H are changed, before the mask is made from it.
    changed_hash: Vec<(usize, u8)>,
    /// The leading bit, which RFC 8017 requires to be zero.
    top_bit: bool,
}

impl PssBlock {
    /// The right one, with this salt.
    pub fn salted(salt: Vec<u8>) -> PssBlock {
        PssBlock {
            hash: SHA_256,
            mask: Some(SHA_256),
            salt,
            zeros: 8,
            salt_first: false,
            separator: 1,
            trailer: 0xbc,
            changed: vec![],
            changed_hash: vec![],
            top_bit: false,
        }
    }

    /// The block for a modulus of `bits` bits, as long as the modulus.
    pub fn of(&self, message: &[u8], bits: usize) -> Vec<u8> {
        let length = (bits - 1).div_ceil(8);
        let spare = 8 * length - (bits - 1);
        let hash = (self.hash.digest)(message);
        let zeros = vec![0; self.zeros];
        let hashed = match self.salt_first {
            true => [&zeros[..], &self.salt, &hash].concat(),
            false => [&zeros[..], &hash, &self.salt].concat(),
        };
        let mut hash = (self.hash.digest)(&hashed);
        for (place, difference) in &self.changed_hash {
            hash[*place] ^= difference;
        }
        let content = [&[self.separator][..], &self.salt].concat();
        let mut block = preceded(&content, length - hash.len() - 1);
        for (place, difference) in &self.changed {
            block[*place] ^= difference;
        }
        if let Some(mask) = self.mask {
            let mask = mask_of(mask, &hash, block.len());
            block
                .iter_mut()
                .zip(mask)
                .for_each(|(byte, mask)| *byte ^= mask);
        }
        block[0] &= 0xff >> spare;
        block.extend(hash);
        block.push(self.trailer);
        let mut block = preceded(&block, bits.div_ceil(8));
        if self.top_bit {
            block[0] |= 1 << ((bits - 1) % 8);
        }
        block
    }
}

/// MGF1 (RFC 8017 appendix B.2.1).
fn mask_of(hash: Hash, seed: &[u8], length: usize) -> Vec<u8> {
    let blocks = (0_u32..).map(|counter| (hash.digest)(&[seed, &counter.to_be_bytes()].concat()));
    blocks.flatten().take(length).collect()
}

/// A block that a careless verifier mistakes for a block of the message.
pub struct WrongPss {
    pub name: String,
    pub block: PssBlock,
}

impl Show for WrongPss {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::Text(self.name.clone())]
    }
}

/// The mistakes of verifiers, each turned into a block. They fit in a key of [`ROOMY`] bits.
pub fn wrong_pss() -> Vec<WrongPss> {
    let right = PssBlock::salted(vec![0x5a; 32]);
    let mut wrong = other_hashes(&right);
    let mut add = |name: String, block: PssBlock| wrong.push(WrongPss { name, block });
    let text = str::to_owned;
    add(
        text("no mask"),
        PssBlock {
            mask: None,
            ..right.clone()
        },
    );
    for zeros in [0, 7, 9] {
        add(
            format!("{zeros} zeros before the hash"),
            PssBlock {
                zeros,
                ..right.clone()
            },
        );
    }
    let salt_first = true;
    add(
        text("the salt hashed before the message"),
        PssBlock {
            salt_first,
            ..right.clone()
        },
    );
    for separator in [0x00, 0x02, 0x81, 0xff] {
        let name = format!("{separator:02x} before the salt");
        add(
            name,
            PssBlock {
                separator,
                ..right.clone()
            },
        );
    }
    for trailer in [0x00, 0xbd, 0xcc] {
        add(
            format!("{trailer:02x} at the end"),
            PssBlock {
                trailer,
                ..right.clone()
            },
        );
    }
    let places = ROOMY.div_ceil(8) - 32 - 1 - 33;
    for place in 0..places {
        let changed = vec![(place, 0x01)];
        let name = format!("byte {place} before the salt is not zero");
        add(
            name,
            PssBlock {
                changed,
                ..right.clone()
            },
        );
    }
    for (one, other) in [(0x01, 0x01), (0x40, 0xc0), (0x80, 0x80)] {
        let changed = vec![(1, one), (places - 1, other)];
        let name = format!("{one:02x} and {other:02x} among the zeros before the salt");
        add(
            name,
            PssBlock {
                changed,
                ..right.clone()
            },
        );
    }
    for place in 0..32 {
        let changed_hash = vec![(place, 0x01)];
        let name = format!("byte {place} of H is changed");
        add(
            name,
            PssBlock {
                changed_hash,
                ..right.clone()
            },
        );
    }
    for (first, second) in [(0, 1), (0, 31), (3, 7), (8, 16), (15, 31)] {
        let changed_hash = vec![(first, 0x80), (second, 0x80)];
        let name = format!("bytes {first} and {second} of H are changed");
        add(
            name,
            PssBlock {
                changed_hash,
                ..right.clone()
            },
        );
    }
    wrong
}

/// A modulus with room for a hash of 64 bytes beside the salt, and more.
pub const ROOMY: usize = 816;

/// All pairs of a hash and a mask except the right one; and another hash with a salt as long as
/// that hash.
fn other_hashes(right: &PssBlock) -> Vec<WrongPss> {
    let mut wrong = Vec::new();
    let all = [&[SHA_256][..], &OTHERS].concat();
    for hash in &all {
        for mask in &all {
            let name = format!("{}, with a mask of {}", hash.name, mask.name);
            let block = PssBlock {
                hash: *hash,
                mask: Some(*mask),
                ..right.clone()
            };
            wrong.push(WrongPss { name, block });
        }
    }
    wrong.remove(0);
    for hash in &OTHERS[..1] {
        let salt = vec![0x5a; (hash.digest)(b"").len()];
        let name = format!("{}, with a salt as long as the hash", hash.name);
        let block = PssBlock {
            hash: *hash,
            mask: Some(*hash),
            salt,
            ..right.clone()
        };
        wrong.push(WrongPss { name, block });
    }
    wrong
}

/// Blocks that are right except for the leading bit. Not every one is below the modulus, so there
/// are several.
pub fn with_top_bit() -> impl Iterator<Item = PssBlock> {
    (0..=255).map(|number| PssBlock {
        top_bit: true,
        ..PssBlock::salted(vec![number; 32])
    })
}
