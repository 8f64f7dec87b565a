//! Sizes of keys, and special keys.

use std::sync::OnceLock;

use fixtures::keys;
use given::attacks::cube_root::cube_root;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{BoxedUint, PrivateKey, PublicKey};

use crate::reference::{number_of, to_bytes};
use crate::wrong_blocks::preceded;

/// The size of an RSA key when the size is not the point.
pub const BITS: usize = 1024;

/// One bit more than a whole number of bytes. Signatures are one byte longer, that byte is 0 or 1,
/// and there is room above the modulus.
pub const ODD_BITS: usize = BITS + 1;

/// A key of two primes, with 4098 bits; or one of four, those of two keys of [`BITS`] bits. From outside, nobody sees
/// how many there are.
pub fn long_key(primes: u8) -> PrivateKey {
    if primes == 2 {
        return keys::private(4098, 0).clone();
    }
    let parts = [0, 1].map(|number| keys::private(BITS, number).primes());
    let primes = parts
        .into_iter()
        .flatten()
        .map(|prime| prime.as_ref().clone())
        .collect();
    PrivateKey::from_primes(primes, 65537_u32.into()).expect("65537 is good for both of the parts")
}

/// A key of `bits` bits, a multiple of 8, and a number whose cube is this block under it. The block is even. Anybody
/// can make such a key, because the modulus is chosen last: it is the cube less the block.
pub fn key_for(block: &[u8], bits: usize) -> (PublicKey, Vec<u8>) {
    let mut above = block.to_vec();
    above[0] |= 0x80;
    let root = [&[0; 16][..], &preceded(&cube_root(&above), bits / 8)].concat();
    // An odd one, and so an odd modulus.
    let root = number_of(&root).wrapping_add(BoxedUint::from(2_u8)) | BoxedUint::from(1_u8);
    let cube = root.wrapping_mul(&root).wrapping_mul(&root);
    let modulus = cube.wrapping_sub(number_of(block));
    let key = keys::public(&to_bytes(&modulus, bits / 8), 3);
    (key, to_bytes(&root, bits / 8))
}

/// A key with which every signature is computed wrongly, as on a computer that makes a mistake: one
/// of its two primes is not a prime, so the private key does not undo what the public one does.
pub fn slipping_key() -> &'static PrivateKey {
    static KEY: OnceLock<PrivateKey> = OnceLock::new();
    KEY.get_or_init(|| {
        let prime = keys::private(BITS, 0).primes()[0].as_ref();
        let made = (0..).find_map(|number| {
            let product = keys::private(BITS / 2, number).n().as_ref();
            // One in 65537 products has no private exponent.
            PrivateKey::from_primes(vec![prime.clone(), product.clone()], 65537_u32.into()).ok()
        });
        made.expect("nearly every product will do")
    })
}

/// A key with a private exponent of 3, and the public key with 3 as its exponent. The operation
/// with that public key signs blocks, and takes little time, so many messages can be tried.
/// (Anybody could do the same, so nobody uses such a key.)
pub fn key_to_search_with(bits: usize) -> (PrivateKey, &'static PublicKey) {
    let key = keys::private_with_exponent(bits, 3, 0);
    let primes = key.primes().iter().map(|prime| prime.as_ref().clone());
    let swapped = PrivateKey::from_components_with_large_exponent(
        key.n().as_ref().clone(),
        key.d().clone(),
        key.e().clone(),
        primes.collect(),
    );
    (
        swapped.expect("a pair of exponents, the other way around"),
        key.as_public_key(),
    )
}
