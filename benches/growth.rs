//! What does a longer key cost?
//!
//! RSA is as strong as factoring is hard, and its strength grows slowly with the key: 1024 bits are
//! worth about 80, 2048 about 112, 3072 about 128 (NIST SP 800-57 part 1, table 2). Its cost grows
//! fast. Multiplying numbers of n bits takes n² steps by the schoolbook method. A public operation
//! is 17 multiplications, whatever the key: n². A private one is a multiplication or two for every
//! bit of the exponent: n³. Key generation tries about n candidates for a prime, at n³ each: n⁴.
//! The summary fits the exponent to the measurements.
//!
//! A symmetric key with twice the bits is another matter: AES-256 has 14 rounds and AES-128 has 10,
//! so it is at most 40 % slower. In GCM it is less, because authentication costs both the same.
//!
//! What would make it unfair:
//!
//! - *Luck.* The time to find two primes varies by a factor of ten. Every run generates the same
//!   four keys and takes the mean. Even so, the exponent of key generation is the least certain
//!   one.
//! - *Small numbers.* A number of 1024 bits is 16 words. The private operation works modulo each
//!   prime separately, so only half of those are left to multiply, and the overhead shows: the
//!   fitted exponents fall short of theory, and rise toward it with the size.

use std::hint::black_box;
use std::time::Instant;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes128Gcm, Aes256Gcm, KeyInit};
use results::operations::encryption::RECORD;
use results::operations::growth::{BITS, GENERATION, GROUP, PRIVATE, PUBLIC};
use solutions::ch1_symmetric::record_nonce;
use solutions::ch2_asymmetric::{decrypt, encrypt};

use crate::lab::Lab;
use crate::rsa_keys;

/// The bytes that an RSA operation protects here: an AES key.
const WRAPPED: usize = 16;

/// How many keys are made for one measurement.
const SEEDS: u32 = 4;

/// Adds the operations of this group.
pub fn add_to(lab: &mut Lab) {
    for bits in BITS {
        lab.add_sized(GROUP, PUBLIC, bits, WRAPPED, move |bencher| {
            let key = rsa_keys::of(bits);
            bencher.iter(|| encrypt(key.as_public_key(), black_box(&[0x2b; WRAPPED])));
        });
    }
    for bits in BITS {
        lab.add_sized(GROUP, PRIVATE, bits, WRAPPED, move |bencher| {
            let key = rsa_keys::of(bits);
            let wrapped = encrypt(key.as_public_key(), &[0x2b; WRAPPED]).expect("it fits");
            bencher.iter(|| decrypt(&key, black_box(&wrapped)));
        });
    }
    for bits in BITS {
        lab.add_sized(GROUP, GENERATION, bits, 0, move |bencher| {
            // One iteration generates a key for each of the seeds, and counts as their mean.
            bencher.iter_custom(|iterations| {
                let started = Instant::now();
                for seed in (0..iterations).flat_map(|_| 0..SEEDS) {
                    black_box(rsa_keys::generate(bits, u64::from(seed)));
                }
                started.elapsed() / SEEDS
            });
        });
    }
    add_aes(lab, "AES-128-GCM", 128, Aes128Gcm::new(&[0x2b; 16].into()));
    add_aes(lab, "AES-256-GCM", 256, Aes256Gcm::new(&[0x2b; 32].into()));
}

fn add_aes(
    lab: &mut Lab,
    name: &'static str,
    bits: usize,
    cipher: impl Aead<NonceSize = aes_gcm::aead::consts::U12> + 'static,
) {
    let message = vec![0x61; RECORD];
    let mut sequence = 0;
    lab.add_sized(GROUP, name, bits, RECORD, move |bencher| {
        bencher.iter(|| {
            sequence += 1;
            let nonce = record_nonce(&[0x5c; 12], sequence).into();
            cipher.encrypt(
                &nonce,
                Payload {
                    msg: black_box(&message),
                    aad: &[],
                },
            )
        });
    });
}
