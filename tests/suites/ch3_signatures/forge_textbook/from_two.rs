//! `forge_from_two`.

use harness::{Broken, check, think_of, with};
use proptest::sample::select;

use super::with_power;
use crate::reference::{holds, sign};
use crate::subject::ch2_asymmetric::{PrivateKey, PublicKey};
use crate::subject::ch3_signatures::*;
use crate::textbook::{inverse, keys, keys_and_message, modulus_of, times};
use fixtures::strategies::residue;

harness::suite! {
    exercise "3.4" {
        /// two signed messages give their product, with a valid signature
        #[think = "(a · b)ᵈ = aᵈ · bᵈ: what is done to the messages is done to the signatures."]
        #[cases = 128]
        fn two_signatures_give_a_third((public, private) in keys(), {one} in residue(), {other} in residue()) {
            let n = public.n.get();
            let (first, second) = (sign(&private, one.below(n)), sign(&private, other.below(n)));
            gives_the_product(public, private, first, second)?;
        }

        /// with a modulus of 32 to 64 bits, nothing overflows
        #[think = "The product of two u64 may need 128 bits."]
        #[cases = 128]
        fn a_large_modulus_does_not_overflow(
            {primes} in select(&LARGE_PRIMES[..]), {one} in residue(), {other} in residue()
        ) {
            let (p, q) = primes;
            let n = modulus_of(p * q);
            let d = inverse(65537, (p - 1) * (q - 1)).expect("65537 divides neither");
            let (public, private) = (PublicKey { n, e: 65537 }, PrivateKey { n, d });
            let (first, second) = (sign(&private, one.below(p * q)), sign(&private, other.below(p * q)));
            gives_the_product(public, private, first, second)?;
        }

        /// a signed message, combined with itself, gives its square
        #[think = "Nothing says that the two messages differ. Does your answer assume it?"]
        #[cases = 32]
        fn a_signature_and_itself_give_a_square((public, private, message) in keys_and_message()) {
            let signed = sign(&private, message);
            gives_the_product(public, private, signed, signed)?;
        }

        /// a multiple of p and one of q give 0, though neither of them is 0
        #[think = "0 is a message like any other, and so is its signature. Do you make an exception for it?"]
        fn the_product_may_be_0({primes} from [(5_u64, 11_u64), (65_519, 65_521), (4_294_967_279, 4_294_967_291)]) {
            let (p, q) = primes;
            let (n, e) = (modulus_of(p * q), 65537);
            let d = inverse(e, (p - 1) * (q - 1)).expect("65537 divides neither");
            let (public, private) = (PublicKey { n, e }, PrivateKey { n, d });
            for (one, other) in [(p, q), (q, p), (p, n.get() - q), (n.get() - q, n.get() - p)] {
                gives_the_product(public, private, sign(&private, one), sign(&private, other))?;
            }
        }

        /// the same two give a different product under a different key
        #[think = "Do you keep anything from one call to the next? The key may be different."]
        fn each_key_has_its_own_product({primes} from [(3_u64, 11_u64), (5, 11), (4_294_967_279, 4_294_967_291), (3, 11)]) {
            let of = |(p, q): (u64, u64)| {
                let (n, e) = (modulus_of(p * q), 3);
                let d = inverse(e, (p - 1) * (q - 1)).expect("3 divides neither");
                (PublicKey { n, e }, PrivateKey { n, d })
            };
            // 2³ = 8 and 3³ = 27 are smaller than each modulus, so they are valid under each key.
            let (first, second) = (Signed { message: 8, signature: 2 }, Signed { message: 27, signature: 3 });
            let (last, now) = (of((3, 11)), of(primes));
            gives_the_product(last.0, last.1, first, second)?;
            with!("key, last call" = last.0);
            gives_the_product(now.0, now.1, first, second)?;
        }
    }
}

/// From these two messages, which `owner` has signed, comes their product with a valid signature.
fn gives_the_product(
    key: PublicKey,
    owner: PrivateKey,
    first: Signed,
    second: Signed,
) -> Result<(), Broken> {
    with!(key, owner, first, second);
    let overflows = |one: u64, other: u64| one.checked_mul(other).is_none();
    if overflows(first.message, second.message) || overflows(first.signature, second.signature) {
        think_of!("The product of two u64 may need 128 bits.");
    }
    let forged = forge_from_two(&key, &first, &second);
    with_power(&key, Some(forged));
    let product = times(first.message, second.message, key.n);
    check!(
        forged.message == product,
        format!("the message {product}, with its signature"),
        forged,
        "forge_from_two(&key, &first, &second)"
    );
    check!(
        holds(&key, &forged),
        "a valid signature: raised to the power of e, it gives the message modulo n",
        forged,
        "forge_from_two(&key, &first, &second)"
    );
    Ok(())
}

/// Their products are on both sides of 2³², at 2³³, on both sides of 2⁶³, and below 2⁶⁴.
const LARGE_PRIMES: [(u64, u64); 6] = [
    (65_519, 65_521),
    (65_539, 65_543),
    (92_669, 92_671),
    (3_037_000_453, 3_037_000_493),
    (3_037_000_507, 3_037_000_537),
    (4_294_967_279, 4_294_967_291),
];
