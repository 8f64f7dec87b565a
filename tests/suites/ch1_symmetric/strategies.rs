//! Values that several exercises are tried with.

use proptest::prelude::*;

use fixtures::strategies::number;

/// Any sequence number, and often those where something changes: the first ones, the last ones,
/// and those around which a counter of any width wraps.
pub fn sequence() -> BoxedStrategy<u64> {
    (number(64), 0..=3_u64)
        .prop_map(|(number, before)| number.saturating_sub(before))
        .boxed()
}
