// 1.3 Seal and open

use std::error::Error;
use std::fmt;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes128Gcm, KeyInit};

/// The only error of the functions that open something: it does not open.
///
/// It deliberately says no more than that. Anyone who learns *why* a forgery was refused can make
/// the next one better; chapter 2 describes such attacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejected;

impl fmt::Display for Rejected {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "rejected")
    }
}

impl Error for Rejected {}

/// **1.3** Encrypts `message` and binds `associated_data` to it, with AES-128-GCM (RFC 5116 §5.1).
///
/// ```text
/// message           h  e  l  l  o
///                   │  │  │  │  │
/// sealed           c0 c1 c2 c3 c4 │ t0 t1 t2 t3 t4 t5 t6 t7 t8 t9 ta tb tc td te tf
///                  ciphertext       tag
/// ```
///
/// Returns the ciphertext, as long as the message, followed by the 16-byte tag. The nonce and the
/// associated data are not in it: they are what both sides know anyway. In TLS 1.3 the associated
/// data is the header of the record, which has to be readable and must not be changed.
///
/// The message is hidden as in exercise 1.1, by XOR with a pad. AES makes that pad from the key and
/// the nonce, as much of it as the message needs. (The lesson has the picture.) The tag is what
/// exercise 1.1 lacks. A cipher that has both is called an AEAD: *authenticated encryption with
/// associated data*.
///
/// The caller promises never to use `nonce` twice under the same `key`. Exercise 1.6 shows what
/// breaking that promise costs.
pub fn seal(key: &[u8; 16], nonce: &[u8; 12], associated_data: &[u8], message: &[u8]) -> Vec<u8> {
    // todo!("1.3: seal {message:?} under {key:?} and {nonce:?}, binding {associated_data:?}")
    let payload = Payload {
        msg: message,
        aad: associated_data,
    };
    let sealed = Aes128Gcm::new(key.into()).encrypt(nonce.into(), payload);
    sealed.expect("AES-GCM takes messages up to 64 GiB")
}

/// **1.3** Opens what [`seal`] has sealed with the same key, nonce and associated data.
///
/// # Errors
///
/// [`Rejected`] if the key, the nonce, the associated data or any byte of `sealed` differs, or if
/// `sealed` is too short to hold a tag. In either case no part of the message is returned, not even
/// one that might be genuine.
pub fn open(
    key: &[u8; 16],
    nonce: &[u8; 12],
    associated_data: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, Rejected> {
    // todo!("1.3: open {sealed:?} under {key:?} and {nonce:?}, with {associated_data:?}")
    let payload = Payload {
        msg: sealed,
        aad: associated_data,
    };
    // The crate recomputes the tag, compares all of it in a time that does not depend on its bytes,
    // and only then decrypts.
    Aes128Gcm::new(key.into())
        .decrypt(nonce.into(), payload)
        .map_err(|_| Rejected)
}
