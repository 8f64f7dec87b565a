//! What does it cost to vouch for the same bytes?
//!
//! HMAC-SHA256, for those who share a key, against RSA signatures, for everybody. Signing and
//! verifying are measured separately: with the public exponent 65537, verifying takes 17
//! multiplications and signing takes thousands.
//!
//! What would make it unfair:
//!
//! - *Keys generated or parsed inside the loop.* They are ready before it.
//! - *Different messages.* All sign the same 4 KiB, and each hashes it itself.
//! - *Different levels of security.* HMAC-SHA256 has 256 bits, RSA-2048 about 112.
//! - *Different promises.* Anyone who can check an HMAC can make one. A signature is worth its
//!   price if that must not be possible.

use std::hint::black_box;
use std::sync::LazyLock;

use hmac::{Hmac, KeyInit, Mac};
use results::operations::signatures::{BYTES, GROUP, SIGN, VERIFY};
use rsa::PrivateKey;
use rsa::pkcs1::{EncodeRsaPrivateKey, EncodeRsaPublicKey};
use sha2::Sha256;

use crate::lab::Lab;
use crate::rsa_keys;

// A static, because the closures that are added outlive the function that adds them.
static MESSAGE: LazyLock<Vec<u8>> = LazyLock::new(|| vec![0x61; BYTES]);

/// The two ways of padding (RFC 8017 §8).
#[derive(Clone, Copy)]
enum Padding {
    Pkcs1,
    Pss,
}

/// Adds a contender's signatures. aws-lc-rs has the interface of ring, with its own types.
macro_rules! add_contender {
    ($lab:ident, $padding:ident, $library:ident, $name:literal) => {{
        use $library::rand::SystemRandom;
        use $library::signature::{
            RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RSA_PSS_2048_8192_SHA256, RSA_PSS_SHA256,
            RsaEncoding, RsaKeyPair, UnparsedPublicKey,
        };

        let padding = $padding;
        let key = || RsaKeyPair::from_der(&private_der()).expect("our own key");
        let sign = move |key: &RsaKeyPair| {
            let scheme: &dyn RsaEncoding = match padding {
                Padding::Pkcs1 => &RSA_PKCS1_SHA256,
                Padding::Pss => &RSA_PSS_SHA256,
            };
            let mut signature = [0; 2048 / 8];
            key.sign(
                scheme,
                &SystemRandom::new(),
                black_box(&MESSAGE),
                &mut signature,
            )
            .expect("2048 bits are enough");
            signature
        };
        let (signing, verifying) = match padding {
            Padding::Pkcs1 => (
                concat!("RSA-2048 PKCS1 v1.5 sign, ", $name),
                concat!("RSA-2048 PKCS1 v1.5 verify, ", $name),
            ),
            Padding::Pss => (
                concat!("RSA-2048 PSS sign, ", $name),
                concat!("RSA-2048 PSS verify, ", $name),
            ),
        };
        $lab.add(GROUP, signing, BYTES, move |bencher| {
            let key = key();
            bencher.iter(|| sign(&key));
        });
        $lab.add(GROUP, verifying, BYTES, move |bencher| {
            let signature = sign(&key());
            let scheme = match padding {
                Padding::Pkcs1 => &RSA_PKCS1_2048_8192_SHA256,
                Padding::Pss => &RSA_PSS_2048_8192_SHA256,
            };
            let public = UnparsedPublicKey::new(scheme, public_der());
            bencher.iter(|| {
                let genuine = public.verify(black_box(&MESSAGE), &signature);
                genuine.expect("genuine");
            });
        });
    }};
}

/// Adds the operations of this group.
pub fn add_to(lab: &mut Lab) {
    add_hmac(lab);
    for padding in [Padding::Pkcs1, Padding::Pss] {
        add_ours(lab, padding);
        add_contender!(lab, padding, ring, "ring");
        add_contender!(lab, padding, aws_lc_rs, "aws-lc-rs");
    }
}

fn add_hmac(lab: &mut Lab) {
    let keyed = || Hmac::<Sha256>::new_from_slice(&[0x2b; 32]).expect("a key may have any length");
    lab.add(GROUP, "HMAC-SHA256 sign", BYTES, move |bencher| {
        bencher.iter(|| keyed().chain_update(black_box(&*MESSAGE)).finalize());
    });
    let tag = keyed().chain_update(&*MESSAGE).finalize().into_bytes();
    lab.add(GROUP, "HMAC-SHA256 verify", BYTES, move |bencher| {
        bencher.iter(|| {
            keyed()
                .chain_update(black_box(&*MESSAGE))
                .verify(&tag)
                .expect("genuine")
        });
    });
    lab.add(GROUP, "HMAC-SHA256 sign, ring", BYTES, |bencher| {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &[0x2b; 32]);
        bencher.iter(|| ring::hmac::sign(&key, black_box(&MESSAGE)));
    });
    lab.add(GROUP, "HMAC-SHA256 sign, aws-lc-rs", BYTES, |bencher| {
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &[0x2b; 32]);
        bencher.iter(|| aws_lc_rs::hmac::sign(&key, black_box(&MESSAGE)));
    });
}

fn sign(key: &PrivateKey, padding: Padding) -> Vec<u8> {
    let signature = match padding {
        Padding::Pkcs1 => key.pkcs1v15_sign::<Sha256>(black_box(&MESSAGE)),
        Padding::Pss => key.pss_sign::<Sha256>(black_box(&MESSAGE)),
    };
    signature.expect("2048 bits hold a padded hash")
}

fn add_ours(lab: &mut Lab, padding: Padding) {
    let (signing, verifying) = match padding {
        Padding::Pkcs1 => (SIGN, VERIFY),
        Padding::Pss => ("RSA-2048 PSS sign", "RSA-2048 PSS verify"),
    };
    lab.add(GROUP, signing, BYTES, move |bencher| {
        let key = rsa_keys::of(2048);
        bencher.iter(|| sign(&key, padding));
    });
    lab.add(GROUP, verifying, BYTES, move |bencher| {
        let key = rsa_keys::of(2048);
        let signature = sign(&key, padding);
        let public = key.as_public_key();
        bencher.iter(|| {
            let message = black_box(&*MESSAGE);
            let verified = match padding {
                Padding::Pkcs1 => public.pkcs1v15_verify::<Sha256>(message, &signature),
                Padding::Pss => public.pss_verify::<Sha256>(message, &signature),
            };
            verified.expect("genuine");
        });
    });
}

fn private_der() -> Vec<u8> {
    let der = rsa_keys::of(2048).to_pkcs1_der();
    der.expect("a key can be encoded").as_bytes().to_vec()
}

fn public_der() -> Vec<u8> {
    let der = rsa_keys::of(2048).as_public_key().to_pkcs1_der();
    der.expect("a key can be encoded").as_bytes().to_vec()
}
