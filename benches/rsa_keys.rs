//! RSA keys for the benches, generated once per run and never inside a measurement.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng;
use rsa::PrivateKey;

static KEYS: LazyLock<Mutex<BTreeMap<usize, Arc<PrivateKey>>>> = LazyLock::new(Mutex::default);

/// A key of this many bits.
pub fn of(bits: usize) -> Arc<PrivateKey> {
    let mut keys = KEYS.lock().expect("generating a key does not panic");
    keys.entry(bits)
        .or_insert_with(|| Arc::new(generate(bits, 0)))
        .clone()
}

/// A new key. The same `seed` tries the same candidates for its primes, so that two runs have the
/// same luck: the time to find a prime varies more than anything that is compared here.
pub fn generate(bits: usize, seed: u64) -> PrivateKey {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    PrivateKey::new(&mut rng, bits).expect("a key of this size can be made")
}
