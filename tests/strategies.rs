//! The values that properties draw.

use std::ops::RangeInclusive;

use harness::show::{Piece, Show};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// Bytes, as many as `length` says.
pub fn bytes(length: RangeInclusive<usize>) -> BoxedStrategy<Vec<u8>> {
    vec(any::<u8>(), length).boxed()
}

/// An array of bytes: a key, a nonce.
pub fn array<const N: usize>() -> BoxedStrategy<[u8; N]> {
    any::<[u8; N]>().boxed()
}

/// Some bytes, and one of their bits, which something is going to flip.
#[derive(Debug, Clone)]
pub struct Flippable {
    bytes: Vec<u8>,
    bit: usize,
}

/// Bytes, as many as `length` says, but one at least, with one of their bits.
pub fn flippable(length: RangeInclusive<usize>) -> BoxedStrategy<Flippable> {
    (bytes(length), any::<Index>())
        .prop_map(|(bytes, bit)| Flippable {
            bit: bit.index(bytes.len() * 8),
            bytes,
        })
        .boxed()
}

impl Flippable {
    /// The bytes as they were drawn.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `other` with the bit flipped: the bytes themselves, or what was made of them.
    pub fn flipped_in<T: AsRef<[u8]>>(&self, other: T) -> Vec<u8> {
        let mut flipped = other.as_ref().to_vec();
        flip(&mut flipped, self.bit);
        flipped
    }
}

impl Show for Flippable {
    fn pieces(&self) -> Vec<Piece> {
        let (byte, bit) = (self.bit / 8, self.bit % 8);
        let which = format!(", and bit {bit} of byte {byte} changes");
        vec![Piece::Bytes(self.bytes.clone()), Piece::Text(which)]
    }
}

/// Flips a bit. Bit 0 is the lowest of the first byte.
pub fn flip(bytes: &mut [u8], bit: usize) {
    bytes[bit / 8] ^= 1 << (bit % 8);
}

/// A bit of something whose length is not known yet: which one is settled by the length.
#[derive(Debug, Clone, Copy)]
pub struct Bit(Index);

/// Any bit.
pub fn bit() -> BoxedStrategy<Bit> {
    any::<Index>().prop_map(Bit).boxed()
}

impl Bit {
    /// `bytes`, of which there is at least one, with this bit flipped.
    pub fn flipped(self, bytes: &[u8]) -> Vec<u8> {
        let mut flipped = bytes.to_vec();
        flip(&mut flipped, self.0.index(bytes.len() * 8));
        flipped
    }
}

impl Show for Bit {
    fn pieces(&self) -> Vec<Piece> {
        let share = self.0.index(1000) as f64 / 10.0;
        vec![Piece::Text(format!("the bit at {share} % of the length"))]
    }
}
