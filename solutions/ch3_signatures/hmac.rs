// 3.2 HMAC

use sha2::{Digest, Sha256};

/// **3.2** Computes the HMAC of `message` under `key` (RFC 2104), with SHA-256 as its hash. From
/// the crates, use only [`Sha256`].
///
/// A hash becomes a MAC by hashing a key along with the message. The obvious way is SHA-256(key ‖
/// message), and it is wrong. SHA-256 works through its input in blocks of 64 bytes, and updates a
/// *state* with each block. The result is the state after the last block, and anyone who has the
/// state can keep hashing. From the MAC of `to=Bob`, they can compute the MAC of `to=Bob`, some
/// padding, and `&amount=1000000`, without the key. This is *length extension*. Requests to Flickr
/// were "signed" in this way, with MD5, until 2009. You carry out the attack in exercise 3.8.
///
/// HMAC hashes twice, and the key goes into both hashes:
///
/// ```text
/// (block key ⊕ 36 36 … 36) ‖ message       ── SHA-256 ──▶   inner hash
/// (block key ⊕ 5c 5c … 5c) ‖ inner hash    ── SHA-256 ──▶   MAC, 32 bytes
/// ```
///
/// The *block key* is as long as a block, 64 bytes. A shorter key is zero-padded at its end, to 64
/// bytes. A longer key is replaced by its SHA-256, which is zero-padded in the same way.
///
/// A key may have any length, including zero. TLS 1.3 uses keys of 32 bytes with this hash.
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
