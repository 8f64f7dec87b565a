// 4.2 Find the secret

use std::collections::HashMap;

use crate::ch2_asymmetric::mod_pow;

use super::Group;

/// **4.2** *An attack on small groups.* Finds an exponent x for which gˣ = `value` modulo p: the
/// discrete logarithm.
///
/// You could try every x. With a p of 40 bits that takes hours. There is a way that takes the square
/// root of it, *baby-step giant-step* (Shanks 1971), and it is a trade: with a million numbers
/// remembered, two million steps are enough instead of a million million.
///
/// Let m be a number with m² ≥ p − 1. If there is an x at all, there is one below p − 1. Divide it
/// by m, and call the quotient i and the remainder j:
///
/// ```text
/// x = i · m + j        with i and j below m
///
/// gˣ = value     so     gʲ  =  value · (g⁻ᵐ)ⁱ
///                       └┬┘    └──────┬─────┘
///          m baby steps, remembered   m giant steps, each looked up among them
/// ```
///
/// Walk the baby steps 1, g, g², … and remember at which j you saw each. Then walk from `value`
/// with giant steps, and stop where you meet your own track. g⁻ᵐ is what undoes gᵐ: by Fermat's
/// little theorem, y to the power of p − 2 undoes y, for y · y^(p−2) = y^(p−1) = 1.
///
/// You are asked for p up to 2⁴⁰. That is a table of 2²⁰ entries, and a second or so.
///
/// The table depends only on the group. Anyone who keeps it can find the next secret in the same
/// group with the giant steps alone. Attacks on large groups use another method, the number field
/// sieve, but it has this in common with yours: nearly all of the work is for the group. That made
/// Logjam possible, because most of the vulnerable servers shared one group. The record is 795 bits,
/// for a p that was not chosen to be weak (Boudot and others, 2019). On the curve of exercise 4.3,
/// no known method is much faster than this one, which takes about 2¹²⁶ steps there.
///
/// Returns any such exponent, not only the smallest. `None` where there is none: the powers of g
/// need not reach every number, and they never reach 0, or a number of p or more.
pub fn discrete_log(group: &Group, value: u64) -> Option<u64> {
    // todo!("4.2: find the exponent of {value} in {group:?}")
    let p = group.p.get();
    if value == 0 || value >= p {
        return None;
    }
    // Both factors may have 64 bits.
    let times = |one: u64, other: u64| {
        let product = u128::from(one) * u128::from(other) % u128::from(p);
        u64::try_from(product).expect("a remainder is below its modulus")
    };
    let m = (p - 1).isqrt() + 1;

    // Room for all of them at once, so that nothing is moved while the table grows.
    let room = usize::try_from(m).expect("a table that memory holds");
    let mut baby_steps = HashMap::with_capacity(room);
    let mut power = 1;
    for j in 0..m {
        baby_steps.insert(power, j);
        power = times(power, group.g);
    }
    // Now `power` is gᵐ, and this undoes it.
    let giant_step = mod_pow(power, p - 2, group.p);

    let mut place = value;
    for i in 0..m {
        if let Some(j) = baby_steps.get(&place) {
            return Some(i * m + j);
        }
        place = times(place, giant_step);
    }
    None
}
