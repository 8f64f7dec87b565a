//! What does it cost to agree on a key?
//!
//! Three ways, each as one side of a handshake sees it: RSA key transport (the client wraps a
//! secret, the server unwraps it), finite-field Diffie–Hellman in the group ffdhe2048 (RFC 7919),
//! and X25519 (RFC 7748). Diffie–Hellman costs both sides the same: each makes a key share and
//! combines it with the other's.
//!
//! What would make it unfair:
//!
//! - *A key share used again.* That would halve the cost, but lose forward secrecy. Each exchange
//!   makes its own.
//! - *Different levels of security.* X25519 has about 128 bits, RSA-2048 and ffdhe2048 about 112.
//! - *A long exponent.* RFC 7919 §5.2 asks for at least 225 bits with ffdhe2048; 256 are used here.
//!   An exponent as long as the prime would take eight times as long and protect no better.
//! - *What is left out.* RSA key transport proves who the server is, as a side effect. The other
//!   two need a signature in addition (see `signatures`).

use std::hint::black_box;

use aws_lc_rs::agreement as aws_lc;
use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd, Resize};
use results::operations::key_exchange::{
    FFDHE, GROUP, SECRET, TRANSPORT_CLIENT, TRANSPORT_SERVER, X25519,
};
use ring::agreement as ring_agreement;
use solutions::ch2_asymmetric::{decrypt, encrypt};
use x25519_dalek::{EphemeralSecret, PublicKey};

use crate::lab::Lab;
use crate::rsa_keys;

/// The prime of ffdhe2048 (RFC 7919, appendix A.1). Its generator is 2.
const FFDHE2048: &str = "\
    FFFFFFFFFFFFFFFFADF85458A2BB4A9AAFDC5620273D3CF1\
    D8B9C583CE2D3695A9E13641146433FBCC939DCE249B3EF9\
    7D2FE363630C75D8F681B202AEC4617AD3DF1ED5D5FD6561\
    2433F51F5F066ED0856365553DED1AF3B557135E7F57C935\
    984F0C70E0E68B77E2A689DAF3EFE8721DF158A136ADE735\
    30ACCA4F483A797ABC0AB182B324FB61D108A94BB2C8E3FB\
    B96ADAB760D7F4681D4F42A3DE394DF4AE56EDE76372BB19\
    0B07A7C8EE0A6D709E02FCE1CDF7E2ECC03404CD28342F61\
    9172FE9CE98583FF8E4F1232EEF28183C3FE3B1B4C6FAD73\
    3BB5FCBC2EC22005C58EF1837D1683B2C6F34A26C1B2EFFA\
    886B423861285C97FFFFFFFFFFFFFFFF";

/// Adds the operations of this group.
pub fn add_to(lab: &mut Lab) {
    lab.add(GROUP, X25519, SECRET, |bencher| {
        let theirs = PublicKey::from(&EphemeralSecret::random());
        bencher.iter(|| {
            let secret = EphemeralSecret::random();
            let share = PublicKey::from(&secret);
            (share, secret.diffie_hellman(black_box(&theirs)))
        });
    });
    lab.add(GROUP, "X25519, share and secret, ring", SECRET, |bencher| {
        let rng = ring::rand::SystemRandom::new();
        let secret = || {
            ring_agreement::EphemeralPrivateKey::generate(&ring_agreement::X25519, &rng)
                .expect("entropy")
        };
        let theirs = secret().compute_public_key().expect("a share");
        let theirs = ring_agreement::UnparsedPublicKey::new(&ring_agreement::X25519, theirs);
        bencher.iter(|| {
            let secret = secret();
            let share = secret.compute_public_key().expect("a share");
            ring_agreement::agree_ephemeral(secret, black_box(&theirs), |key| {
                (share, <[u8; 32]>::try_from(key))
            })
        });
    });
    lab.add(
        GROUP,
        "X25519, share and secret, aws-lc-rs",
        SECRET,
        |bencher| {
            let rng = aws_lc_rs::rand::SystemRandom::new();
            let secret =
                || aws_lc::EphemeralPrivateKey::generate(&aws_lc::X25519, &rng).expect("entropy");
            let theirs = secret().compute_public_key().expect("a share");
            let theirs = aws_lc::UnparsedPublicKey::new(&aws_lc::X25519, theirs);
            bencher.iter(|| {
                let secret = secret();
                let share = secret.compute_public_key().expect("a share");
                aws_lc::agree_ephemeral(secret, black_box(&theirs), (), |key| {
                    Ok((share, <[u8; 32]>::try_from(key)))
                })
            });
        },
    );
    lab.add(GROUP, FFDHE, SECRET, |bencher| {
        let prime = BoxedUint::from_be_hex(FFDHE2048, 2048).expect("hex digits");
        let group = BoxedMontyParams::new(Odd::new(prime).expect("an odd prime"));
        // The form requires a number as wide as the modulus.
        let generator = BoxedMontyForm::new(BoxedUint::from(2_u8).resize(2048), &group);
        let theirs = generator.pow(&exponent());
        bencher.iter(|| {
            let secret = exponent();
            let share = generator.pow(&secret).retrieve();
            (share, black_box(&theirs).pow(&secret).retrieve())
        });
    });
    lab.add(GROUP, TRANSPORT_CLIENT, SECRET, |bencher| {
        let key = rsa_keys::of(2048);
        bencher.iter(|| encrypt(key.as_public_key(), black_box(&[0x03; SECRET])));
    });
    lab.add(GROUP, TRANSPORT_SERVER, SECRET, |bencher| {
        let key = rsa_keys::of(2048);
        let wrapped = encrypt(key.as_public_key(), &[0x03; SECRET]).expect("it fits");
        bencher.iter(|| decrypt(&key, black_box(&wrapped)));
    });
}

/// A secret exponent of 256 bits.
fn exponent() -> BoxedUint {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system has entropy");
    BoxedUint::from_be_slice(&bytes, 256).expect("32 bytes are 256 bits")
}
