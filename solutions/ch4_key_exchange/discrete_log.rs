// 4.2 Find the secret

use std::collections::HashMap;

use crate::ch2_asymmetric::mod_pow;

use super::Group;

/// **4.2** *This exercise is an attack.* Finds an exponent x for which gˣ mod p = `value`: the
/// discrete logarithm of `value`.
///
/// You could try every x. With a p of 40 bits that takes hours. A method by Shanks (1971),
/// *baby-step giant-step*, takes only about 2 · √p steps instead of p. It trades memory for time:
/// if you remember a million numbers, two million steps are enough instead of a million million.
///
/// Let m be a number with m² ≥ p − 1. If there is an x at all, there is one below p − 1. Divide it
/// by m, and call the quotient i and the remainder j. Below, g⁻ᵐ is the number that undoes gᵐ: if
/// you multiply by one and then by the other, nothing changes.
///
/// ```text
/// x = i · m + j        with i and j below m
///
/// gˣ ≡ value     so     gʲ  ≡  value · (g⁻ᵐ)ⁱ  (mod p)
///                       └┬┘    └──────┬─────┘
///          m baby steps, remembered   m giant steps, each looked up among them
/// ```
///
/// Walk the baby steps 1, g, g², … and remember at which j you saw each number. Then walk from
/// `value` with giant steps: each multiplies by g⁻ᵐ. Stop when you land on a number that a baby
/// step has reached.
///
/// To compute g⁻ᵐ, use Fermat's little theorem: yᵖ⁻¹ ≡ 1 (mod p) for every y from 1 to p − 1. So
/// yᵖ⁻² undoes y, because y · yᵖ⁻² ≡ 1 (mod p).
///
/// The grader asks for logarithms in groups with a p of up to 2³⁶. That takes a table of 2¹⁸
/// entries, and less than a second.
///
/// The table depends only on the group. Anyone who keeps it can find the next secret in the same
/// group with the giant steps alone. Attacks on large groups use another method, the number field
/// sieve, but it has this in common with yours: nearly all of the work is for the group. That made
/// Logjam possible, because most of the vulnerable servers shared one group. The record for such an
/// attack is a p of 795 bits, not counting primes that were chosen to be weak (Boudot and others,
/// 2019). On the curve of exercise 4.3, no known method is much faster than this one, which takes
/// about 2¹²⁶ steps there.
///
/// Returns any such exponent, not necessarily the smallest. Returns `None` if there is no such
/// exponent: the powers of g need not reach every number, and they never reach 0, or a number of p
/// or more.
pub fn discrete_log(group: &Group, value: u64) -> Option<u64> {
    // todo!("4.2: find the discrete logarithm of {value} in {group:?}")
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

    // Room for all of them at once, so that the table never has to grow and move its entries.
    let room = usize::try_from(m).expect("a table that fits in memory");
    let mut baby_steps = HashMap::with_capacity(room);
    let mut power = 1;
    for j in 0..m {
        baby_steps.insert(power, j);
        power = times(power, group.g);
    }
    // Now `power` is gᵐ, and this is g⁻ᵐ.
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
