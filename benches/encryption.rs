//! What does it cost to hide the same bytes?
//!
//! AES-128-GCM against RSA-2048-OAEP against both together, as TLS uses them: *hybrid*, an AES key
//! wrapped by RSA. RSA encrypts at most 190 bytes at a time, so a longer message is cut into
//! blocks, which nobody does in practice. Beyond 4 KiB the summary extrapolates instead of
//! measuring.
//!
//! What would make it unfair:
//!
//! - *Key generation inside the loop.* Keys are generated beforehand. Only hybrid generates an AES
//!   key for each message, because that is what hybrid encryption is.
//! - *A nonce used again.* Each message gets the next one. It costs the same, but it is a good
//!   habit.
//! - *Work that the compiler removes.* Inputs and results pass through `black_box`.
//! - *Different levels of security.* AES-128 has 128 bits, RSA-2048 about 112 (NIST SP 800-57). So
//!   this comparison is kind to RSA. RSA-3072 would be the match; `growth` has it.
//! - *Copies.* Ours allocates the result for each message; the contenders work in place. That shows
//!   in small messages and vanishes in large ones. `memcpy` and SHA-256 are the floor.

use std::hint::black_box;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes128Gcm, KeyInit};
use results::operations::encryption::{
    AES_OPEN, AES_SEAL, AES_SEAL_RING, COPY, GROUP, HYBRID_OPEN, HYBRID_SEAL, MOST_FOR_RSA,
    RSA_BLOCK, RSA_DECRYPT, RSA_ENCRYPT, SIZES,
};
use sha2::{Digest, Sha256};
use solutions::ch1_symmetric::{open, record_nonce, seal};
use solutions::ch2_asymmetric::{decrypt, encrypt, longest_message, open_with, seal_to};

use crate::lab::{Bencher, Lab};
use crate::rsa_keys;

const KEY: [u8; 16] = [0x2b; 16];
// The header of a TLS record with 16 KiB and a tag: a typical piece of associated data.
const HEADER: [u8; 5] = [0x17, 0x03, 0x03, 0x40, 0x10];

/// Adds a contender's sealing. aws-lc-rs has the interface of ring, with its own types.
macro_rules! add_contender {
    ($lab:ident, $bytes:ident, $library:ident, $name:expr) => {{
        use $library::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

        // Outside of the closure, because criterion calls it again for each sample, and no nonce
        // may come twice.
        let mut sequence = 0;
        let mut buffer = vec![0x61; $bytes];
        $lab.add(GROUP, $name, $bytes, move |bencher| {
            let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &KEY).expect("16 bytes"));
            // Each round seals what the last one left, which costs as much as plaintext does.
            bencher.iter(|| {
                sequence += 1;
                let nonce = Nonce::assume_unique_for_key(nonce(sequence));
                let header = Aad::from(HEADER);
                key.seal_in_place_separate_tag(nonce, header, black_box(&mut buffer))
                    .expect("it is short")
            });
        });
    }};
}

/// Adds the operations of this group.
pub fn add_to(lab: &mut Lab) {
    // One loop per kind of operation, because the table shows them in the order in which they are
    // added.
    for bytes in SIZES {
        let message = vec![0x61; bytes];
        lab.add(GROUP, AES_SEAL, bytes, ours(message.clone()));
        let sealed = seal(&KEY, &nonce(0), &HEADER, &message);
        lab.add(GROUP, AES_OPEN, bytes, move |bencher| {
            bencher.iter(|| open(&KEY, &nonce(0), &HEADER, black_box(&sealed)).expect("genuine"));
        });
    }
    for bytes in SIZES.into_iter().filter(|&bytes| bytes <= MOST_FOR_RSA) {
        add_rsa(lab, bytes);
    }
    for bytes in SIZES {
        add_hybrid(lab, bytes);
    }
    for bytes in SIZES {
        add_contenders(lab, bytes);
    }
    for bytes in SIZES {
        let message = vec![0x61; bytes];
        lab.add(GROUP, "SHA-256", bytes, move |bencher| {
            bencher.iter(|| Sha256::digest(black_box(&message)));
        });
    }
    for bytes in SIZES {
        let message = vec![0x61; bytes];
        let mut copy = message.clone();
        lab.add(GROUP, COPY, bytes, move |bencher| {
            bencher.iter(|| black_box(&mut copy).copy_from_slice(black_box(&message)));
        });
    }
}

fn nonce(sequence: u64) -> [u8; 12] {
    record_nonce(&[0x5c; 12], sequence)
}

fn ours(message: Vec<u8>) -> impl FnMut(&mut Bencher<'_>) {
    let mut sequence = 0;
    move |bencher| {
        bencher.iter(|| {
            sequence += 1;
            seal(
                black_box(&KEY),
                &nonce(sequence),
                &HEADER,
                black_box(&message),
            )
        });
    }
}

fn add_rsa(lab: &mut Lab, bytes: usize) {
    let message = vec![0x61; bytes];
    lab.add(GROUP, RSA_ENCRYPT, bytes, move |bencher| {
        let key = rsa_keys::of(2048);
        let public = key.as_public_key();
        assert_eq!(longest_message(public), Some(RSA_BLOCK));
        bencher.iter(|| {
            let blocks = black_box(&message).chunks(RSA_BLOCK);
            blocks
                .map(|block| encrypt(public, block).expect("it fits"))
                .collect::<Vec<_>>()
        });
    });
    lab.add(GROUP, RSA_DECRYPT, bytes, move |bencher| {
        let key = rsa_keys::of(2048);
        let block = |length| encrypt(key.as_public_key(), &vec![0x61; length]).expect("it fits");
        let blocks: Vec<Vec<u8>> = vec![0x61; bytes]
            .chunks(RSA_BLOCK)
            .map(|b| block(b.len()))
            .collect();
        bencher.iter(|| {
            let blocks = black_box(&blocks).iter();
            blocks
                .map(|block| decrypt(&key, block).expect("genuine"))
                .collect::<Vec<_>>()
        });
    });
}

fn add_hybrid(lab: &mut Lab, bytes: usize) {
    lab.add(GROUP, HYBRID_SEAL, bytes, move |bencher| {
        let key = rsa_keys::of(2048);
        let message = vec![0x61; bytes];
        bencher.iter(|| seal_to(key.as_public_key(), black_box(&message)).expect("it fits"));
    });
    lab.add(GROUP, HYBRID_OPEN, bytes, move |bencher| {
        let key = rsa_keys::of(2048);
        let envelope = seal_to(key.as_public_key(), &vec![0x61; bytes]).expect("it fits");
        bencher.iter(|| open_with(&key, black_box(&envelope)).expect("genuine"));
    });
}

fn add_contenders(lab: &mut Lab, bytes: usize) {
    let message = vec![0x61; bytes];
    let mut sequence = 0;
    lab.add(
        GROUP,
        "AES-128-GCM seal, crate aes-gcm directly",
        bytes,
        move |bencher| {
            let cipher = Aes128Gcm::new(&KEY.into());
            bencher.iter(|| {
                sequence += 1;
                let payload = Payload {
                    msg: black_box(&message),
                    aad: &HEADER,
                };
                cipher
                    .encrypt(&nonce(sequence).into(), payload)
                    .expect("it is short")
            });
        },
    );
    add_contender!(lab, bytes, ring, AES_SEAL_RING);
    add_contender!(lab, bytes, aws_lc_rs, "AES-128-GCM seal, aws-lc-rs");
}
