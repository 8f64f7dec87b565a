//! RSA keys for the properties that need them. None is committed: they are made once per process,
//! at random from the seed of the case, so that a case is found again together with its keys.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use proptest::test_runner::{RngAlgorithm, TestRng};
use rsa::rand_core::{TryCryptoRng, TryRng};
use rsa::{BoxedUint, PrivateKey, PublicKey};

/// A key is found again by the seed it was made from, its size in bits and its number.
static KEYS: Mutex<BTreeMap<(u64, usize, u8), &'static PrivateKey>> = Mutex::new(BTreeMap::new());

/// A private key whose modulus has `bits` bits, 1024 or more. Keys with different numbers differ.
pub fn private(bits: usize, number: u8) -> &'static PrivateKey {
    let seed = harness::seed().0;
    let mut keys = KEYS.lock().unwrap_or_else(PoisonError::into_inner);
    keys.entry((seed, bits, number)).or_insert_with(|| {
        let mut bytes = [number; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        bytes[8..16].copy_from_slice(&(bits as u64).to_le_bytes());
        let mut dice = Dice(TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
        let key = PrivateKey::new(&mut dice, bits).expect("a key of 1024 bits or more");
        Box::leak(Box::new(key))
    })
}

/// A public key whose modulus has `bits` bits, 24 or more. Nobody has its private half.
pub fn public_of_size(bits: usize) -> PublicKey {
    let mut modulus = vec![0xff; bits.div_ceil(8)];
    modulus[0] >>= (8 - bits % 8) % 8;
    let modulus = BoxedUint::from_be_slice_vartime(&modulus);
    let exponent = BoxedUint::from(65537u32);
    PublicKey::new_with_size_limits(modulus, exponent, bits..=bits).expect("an odd modulus")
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
