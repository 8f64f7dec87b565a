//! What was sealed in almost the same way as exercise 2.7 seals the message of an envelope.

use sha2::{Digest, Sha256};

use crate::reference::sealed_with;

/// What is different, and `sealed`. The wrapped key begins with a zero, and `modulus` is that of the
/// RSA key.
pub fn near_envelopes(
    message_key: &[u8; 16],
    wrapped_key: &[u8],
    modulus: &[u8],
    message: &[u8],
) -> Vec<(String, Vec<u8>)> {
    let mut near = vec![(
        "nothing: it is the message as it is".to_owned(),
        message.to_vec(),
    )];
    for (what, associated_data) in associated_data(message_key, wrapped_key, modulus) {
        let sealed = sealed_with(message_key, &[0; 12], &associated_data, message);
        near.push((what.to_owned(), sealed));
    }
    for (what, nonce) in nonces(message_key, wrapped_key) {
        near.push((what, sealed_with(message_key, &nonce, wrapped_key, message)));
    }
    for byte in [0, 7] {
        let nonce = [byte; 12];
        let sealed = sealed_with(message_key, &nonce, wrapped_key, message);
        let what = format!("a nonce of 12 bytes {byte:02x}, sent before the ciphertext");
        near.push((what, [&nonce[..], &sealed].concat()));
    }
    for (what, key) in keys(message_key) {
        let sealed = sealed_with(&key, &[0; 12], wrapped_key, message);
        near.push((what.to_owned(), sealed));
    }
    near
}

fn associated_data(
    message_key: &[u8; 16],
    wrapped_key: &[u8],
    modulus: &[u8],
) -> Vec<(&'static str, Vec<u8>)> {
    let size = wrapped_key.len();
    let mut reversed = wrapped_key.to_vec();
    reversed.reverse();
    vec![
        ("no associated data", vec![]),
        ("the AES key as associated data", message_key.to_vec()),
        ("the modulus as associated data", modulus.to_vec()),
        ("zeros as associated data", vec![0; size]),
        (
            "a zero after the associated data",
            [wrapped_key, &[0]].concat(),
        ),
        (
            "a zero before the associated data",
            [&[0], wrapped_key].concat(),
        ),
        (
            "the associated data without its last byte",
            wrapped_key[..size - 1].to_vec(),
        ),
        (
            "the associated data without the zero at its beginning",
            wrapped_key[1..].to_vec(),
        ),
        (
            "the first 12 bytes of the associated data",
            wrapped_key[..12].to_vec(),
        ),
        (
            "the first 16 bytes of the associated data",
            wrapped_key[..16].to_vec(),
        ),
        (
            "the first 32 bytes of the associated data",
            wrapped_key[..32].to_vec(),
        ),
        (
            "the first half of the associated data",
            wrapped_key[..size / 2].to_vec(),
        ),
        (
            "the last 16 bytes of the associated data",
            wrapped_key[size - 16..].to_vec(),
        ),
        (
            "the last 32 bytes of the associated data",
            wrapped_key[size - 32..].to_vec(),
        ),
        ("the associated data in reverse", reversed),
        (
            "the hash of the associated data",
            Sha256::digest(wrapped_key).to_vec(),
        ),
        (
            "the length of the associated data in its place",
            (size as u32).to_be_bytes().to_vec(),
        ),
    ]
}

fn nonces(message_key: &[u8; 16], wrapped_key: &[u8]) -> Vec<(String, [u8; 12])> {
    let first = |bytes: &[u8]| *bytes.first_chunk().expect("there are 12 bytes or more");
    let last = |bytes: &[u8]| *bytes.last_chunk().expect("there are 12 bytes or more");
    let mut nonces = vec![];
    for byte in [1, 7, 0x20, 0x7f, 0x80, 0xff] {
        nonces.push((format!("a nonce of 12 bytes {byte:02x}"), [byte; 12]));
    }
    for place in [0, 3, 4, 7, 11] {
        let mut nonce = [0; 12];
        nonce[place] = 1;
        nonces.push((
            format!("a nonce of zeros, but for a 1 in byte {place}"),
            nonce,
        ));
    }
    for (name, bytes) in [
        ("the AES key", &message_key[..]),
        ("wrapped_key", wrapped_key),
    ] {
        let hash = Sha256::digest(bytes);
        nonces.extend([
            (
                format!("the first 12 bytes of {name} as the nonce"),
                first(bytes),
            ),
            (
                format!("the last 12 bytes of {name} as the nonce"),
                last(bytes),
            ),
            (
                format!("the hash of {name}, cut to 12 bytes, as the nonce"),
                first(&hash),
            ),
        ]);
    }
    nonces
}

fn keys(message_key: &[u8; 16]) -> Vec<(&'static str, [u8; 16])> {
    let mut reversed = *message_key;
    reversed.reverse();
    let hash = Sha256::digest(message_key);
    vec![
        ("the AES key in reverse", reversed),
        (
            "the AES key with each bit inverted",
            message_key.map(|byte| !byte),
        ),
        (
            "the hash of the AES key, cut to 16 bytes, as the key",
            *hash.first_chunk().expect("it has 32 bytes"),
        ),
        ("a key of zeros", [0; 16]),
        ("a key of ff", [0xff; 16]),
    ]
}
