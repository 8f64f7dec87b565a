//! Values that several exercises are tried with.

use proptest::prelude::*;

/// Any sequence number, and often those where something changes: the first ones, the last ones,
/// and those about which a counter of 32 bits wraps.
pub fn sequence() -> BoxedStrategy<u64> {
    let wrap = 1_u64 << 32;
    prop_oneof![
        2 => 0..=2_u64,
        2 => wrap - 3..=wrap + 1,
        1 => u64::MAX - 12..=u64::MAX,
        3 => any::<u64>(),
    ]
    .boxed()
}
