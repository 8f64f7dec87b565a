// 3.2 HMAC

use sha2::{Digest, Sha256};

/// **3.2** HMAC with SHA-256 of `message` under `key` (RFC 2104). Of the crates, use nothing but
/// [`Sha256`].
///
/// A hash becomes a MAC by hashing a key along with the message. The obvious way is SHA-256(key ‖
/// message), and it is wrong. The result is the state of the hash after its last block, and anyone
/// who has the state can keep hashing. From the MAC of `to=Bob`, they compute the MAC of `to=Bob`,
/// some padding, and `&amount=1000000`, without the key. This is *length extension*. Flickr signed
/// its requests in this way, with MD5, until 2009. You do it in exercise 3.8.
///
/// HMAC hashes twice, and the key goes into both:
///
/// ```text
/// block key ⊕ 36 36 … 36 ‖ message       ── SHA-256 ──▶   inner hash
/// block key ⊕ 5c 5c … 5c ‖ inner hash    ── SHA-256 ──▶   MAC, 32 bytes
/// ```
///
/// The *block key* has 64 bytes, as many as SHA-256 takes in at a time. A shorter key gets zeros at
/// its end, up to 64 bytes. A longer one is replaced by its SHA-256, which gets zeros in the same
/// way.
///
/// A key may be of any length, empty too. TLS 1.3 uses keys of 32 bytes with this hash.
///
/// [`Sha256`]: https://docs.rs/sha2/0.11/sha2/struct.Sha256.html
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    // todo!("3.2: the HMAC of {message:?} under {key:?}")
    let mut block_key = [0; 64];
    if key.len() > block_key.len() {
        block_key[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block_key[..key.len()].copy_from_slice(key);
    }
    let inner = Sha256::new()
        .chain_update(block_key.map(|byte| byte ^ 0x36))
        .chain_update(message)
        .finalize();
    Sha256::new()
        .chain_update(block_key.map(|byte| byte ^ 0x5c))
        .chain_update(inner)
        .finalize()
        .into()
}
