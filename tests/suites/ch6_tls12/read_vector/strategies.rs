//! Values that several functions of 6.1 are tried with.

use proptest::collection::vec;
use proptest::prelude::*;

use fixtures::strategies::{LONG, bytes};

/// Bytes that look as if they had lengths in them.
pub fn claims() -> BoxedStrategy<Vec<u8>> {
    let byte = prop_oneof![4 => Just(0), 6 => 0..=24_u8, 1 => any::<u8>()];
    vec(byte, 0..=48).boxed()
}

/// The content of a vector, and how many bytes its length takes: at least as many as it needs.
pub fn vectors() -> BoxedStrategy<(usize, Vec<u8>)> {
    (1..=3_usize, bytes(0..=LONG))
        .prop_map(|(width, content)| match content.len() {
            0..=0xff => (width, content),
            0x100..=0xffff => (width.max(2), content),
            _ => (3, content),
        })
        .boxed()
}

/// Bytes where nothing should be: zeros, which look like padding, or anything.
pub fn left_over() -> BoxedStrategy<Vec<u8>> {
    let zeros = (1..=16_usize).prop_map(|length| vec![0; length]);
    prop_oneof![1 => zeros, 3 => bytes(1..=LONG)].boxed()
}
