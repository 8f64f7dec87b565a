// 2.1 Powers, modulo

use std::num::NonZero;

/// **2.1** Raises `base` to the power of `exponent`, modulo `modulus`: the remainder of base · base
/// · … · base divided by the modulus.
///
/// All of RSA is this one function. The exponent may be as large as 2⁶⁴ − 1, so counting up to it
/// would take centuries. Square instead: each squaring doubles the exponent.
///
/// ```text
/// exponent 13 = 1101 in binary, so base¹³ = base⁸ · base⁴ · base¹
///
/// bit of 13, lowest first      1       0       1       1
/// power                        base    base²   base⁴   base⁸     each the square of the one before
/// in the product               yes     no      yes     yes
/// ```
///
/// Take the remainder after every step (this is called *reducing*), and the numbers stay small. The
/// product of two `u64` can need 128 bits, though.
///
/// Every number to the power of 0 is 1, including 0. Modulo 1 there is only the number 0. Modulo 0
/// is undefined, so the type of `modulus` excludes it.
///
/// Real private keys need more care than this. A multiplication for every 1 in the exponent takes
/// time, and anyone who measures that time for enough different bases can learn the exponent
/// (Kocher 1996). The crate `rsa` does the same work for every bit.
pub fn mod_pow(base: u64, exponent: u64, modulus: NonZero<u64>) -> u64 {
    // todo!("2.1: raise {base} to the power of {exponent}, modulo {modulus}")
    let modulus = u128::from(modulus.get());
    let mut power = u128::from(base) % modulus;
    // Modulo 1 even the empty product is 0.
    let mut product = 1 % modulus;
    let mut bits = exponent;
    while bits > 0 {
        if bits & 1 == 1 {
            product = product * power % modulus;
        }
        // A remainder is below 2⁶⁴, so its square is below 2¹²⁸.
        power = power * power % modulus;
        bits >>= 1;
    }
    u64::try_from(product).expect("a remainder is below its modulus")
}
