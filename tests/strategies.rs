//! The values that properties draw.

use std::ops::RangeInclusive;

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

/// A bit of something that is not empty: which one is settled when its length is known.
#[derive(Debug, Clone, Copy)]
pub struct Bit(Index);

/// Any bit.
pub fn bit() -> BoxedStrategy<Bit> {
    any::<Index>().prop_map(Bit).boxed()
}

impl Bit {
    /// `bytes` with this bit flipped.
    pub fn flipped(self, bytes: &[u8]) -> Vec<u8> {
        let bit = self.0.index(bytes.len() * 8);
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        flipped
    }
}
