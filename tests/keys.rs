//! RSA keys for the properties that need them. None is committed: they are made once per process,
//! at random from the seed of the case, so that a case is found again together with its keys.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use proptest::test_runner::{RngAlgorithm, TestRng};
use rsa::rand_core::{TryCryptoRng, TryRng};
use rsa::{BoxedUint, PrivateKey, PublicKey};

/// What a key is found again by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    seed: u64,
    bits: usize,
    exponent: u64,
    number: u8,
}

static KEYS: Mutex<BTreeMap<Wanted, &'static PrivateKey>> = Mutex::new(BTreeMap::new());

/// A private key whose modulus has `bits` bits. Keys with different numbers differ.
pub fn private(bits: usize, number: u8) -> &'static PrivateKey {
    private_with_exponent(bits, 65537, number)
}

/// The same, with another public exponent than 65537.
pub fn private_with_exponent(bits: usize, exponent: u64, number: u8) -> &'static PrivateKey {
    let wanted = Wanted {
        seed: harness::seed().0,
        bits,
        exponent,
        number,
    };
    let mut bytes = [number; 32];
    bytes[..8].copy_from_slice(&wanted.seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&(bits as u64).to_le_bytes());
    bytes[16..24].copy_from_slice(&exponent.to_le_bytes());
    let mut keys = KEYS.lock().unwrap_or_else(PoisonError::into_inner);
    keys.entry(wanted).or_insert_with(|| {
        let mut dice = Dice(TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
        // Without a lower limit: keys that are too small for something are asked for as well.
        let key = PrivateKey::new_with_exp_unchecked(&mut dice, bits, exponent.into());
        Box::leak(Box::new(key.expect("there are primes of that size")))
    })
}

/// A public key whose modulus has `bits` bits, 24 or more. Nobody has its private half.
pub fn public_of_size(bits: usize) -> PublicKey {
    let mut modulus = vec![0xff; bits.div_ceil(8)];
    modulus[0] >>= (8 - bits % 8) % 8;
    public(&modulus, 65537)
}

/// The public key with this modulus, an odd number of any size. Nobody has its private half.
pub fn public(modulus: &[u8], exponent: u32) -> PublicKey {
    let modulus = BoxedUint::from_be_slice_vartime(modulus);
    let exponent = BoxedUint::from(exponent);
    PublicKey::new_with_size_limits(modulus, exponent, 1..=8192).expect("an odd modulus")
}

/// The sum of two numbers of the same length, most significant byte first.
pub fn sum(first: &[u8], second: &[u8]) -> Vec<u8> {
    let mut sum = vec![0; first.len()];
    let mut carry = 0;
    for place in (0..first.len()).rev() {
        let column = u16::from(first[place]) + u16::from(second[place]) + carry;
        sum[place] = column.to_le_bytes()[0];
        carry = column >> 8;
    }
    assert_eq!(carry, 0, "there is room for the sum");
    sum
}

/// Random numbers that can be drawn again. Good for keys that protect nothing, and only for those.
struct Dice(TestRng);

impl TryRng for Dice {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.0.try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0.try_next_u64()
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.try_fill_bytes(bytes)
    }
}

impl TryCryptoRng for Dice {}
