// 6.3 From the secret to the keys

use std::fmt;
use std::marker::PhantomData;

use crate::ch3_signatures::hmac_sha256;
use crate::ch4_key_exchange::SharedSecret;

/// What both sides, and nobody else, have after ClientKeyExchange: 48 bytes that the client made
/// up, or the 32 bytes of X25519.
#[derive(Clone)]
pub struct PremasterSecret(Vec<u8>);

// `Debug` does not show the secrets, so that none finds its way into a log.
impl fmt::Debug for PremasterSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PremasterSecret(…)")
    }
}

impl PremasterSecret {
    /// These bytes.
    pub fn new(bytes: &[u8]) -> PremasterSecret {
        PremasterSecret(bytes.to_vec())
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<SharedSecret> for PremasterSecret {
    fn from(secret: SharedSecret) -> PremasterSecret {
        PremasterSecret::new(secret.as_bytes())
    }
}

/// What all the keys of a connection are derived from.
#[derive(Clone)]
pub struct MasterSecret([u8; 48]);

impl fmt::Debug for MasterSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "MasterSecret(…)")
    }
}

impl MasterSecret {
    /// These bytes.
    pub fn new(bytes: [u8; 48]) -> MasterSecret {
        MasterSecret(bytes)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 48] {
        &self.0
    }
}

/// Marks a key with which the client seals and the server opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientWrites;

/// Marks a key with which the server seals and the client opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerWrites;

/// The key and IV for one direction. Those of the two directions have different types, so that one
/// can't be used in place of the other.
#[derive(Clone)]
pub struct WriteKey<Side> {
    pub(super) key: [u8; 16],
    pub(super) iv: [u8; 4],
    side: PhantomData<Side>,
}

impl<Side> WriteKey<Side> {
    /// This key, and this IV, the part of each nonce that is not sent.
    pub fn new(key: [u8; 16], iv: [u8; 4]) -> WriteKey<Side> {
        WriteKey {
            key,
            iv,
            side: PhantomData,
        }
    }

    /// The key and the IV.
    pub fn parts(&self) -> ([u8; 16], [u8; 4]) {
        (self.key, self.iv)
    }
}

/// **6.3** The pseudorandom function of TLS 1.2: as many bytes as you like, from a secret, a label
/// and a seed. RFC 5246 §5 builds it from HMAC, which you have from exercise 3.2, and calls the
/// construction P_hash. With SHA-256 as the hash, it is P_SHA256.
///
/// ```text
/// A(0) = label ‖ seed
/// A(1) = HMAC(secret, A(0))      HMAC(secret, A(1) ‖ label ‖ seed)  ─▶ bytes  0 to 31
/// A(2) = HMAC(secret, A(1))      HMAC(secret, A(2) ‖ label ‖ seed)  ─▶ bytes 32 to 63
/// …
/// ```
///
/// Here ‖ means concatenation. The label is ASCII, without a length or a terminator. Of the last 32
/// bytes, keep as many as you need.
///
/// HKDF, from exercise 4.4, is the better tool for the same job. It came two years later (RFC
/// 5869), and TLS 1.3 uses it.
pub fn prf(secret: &[u8], label: &str, seed: &[u8], length: usize) -> Vec<u8> {
    todo!("6.3: {length} bytes of P_SHA256 from {secret:?}, {label:?} and {seed:?}")
}

/// **6.3** The master secret as RFC 5246 §8.1 defines it: 48 bytes from the premaster secret, under
/// the label "master secret". The seed is the client's random, then the server's.
///
/// It is used only with peers that don't support the extended master secret, below.
pub fn master_secret(
    premaster: &PremasterSecret,
    client_random: &[u8; 32],
    server_random: &[u8; 32],
) -> MasterSecret {
    todo!("6.3: 48 bytes from {premaster:?}, {client_random:?} and {server_random:?}")
}

/// **6.3** The extended master secret (RFC 7627 §4): the label is "extended master secret", and the
/// seed is the hash of the transcript from ClientHello to ClientKeyExchange.
///
/// The randoms alone did not bind the secret to the server's certificate. Somebody in the middle
/// could make two handshakes arrive at the same master secret, and pass for the client in one of
/// them: the Triple Handshake attack (2014). The transcript has everything in it.
pub fn extended_master_secret(
    premaster: &PremasterSecret,
    session_hash: &[u8; 32],
) -> MasterSecret {
    todo!("6.3: 48 bytes from {premaster:?} and {session_hash:?}")
}

/// **6.3** The keys of both directions, from the key block (RFC 5246 §6.3, RFC 5288 §3): as many
/// bytes as are needed, from the master secret, under the label "key expansion". The seed is the
/// server's random, then the client's: the opposite order from the master secret's.
///
/// ```text
/// 16 bytes        16 bytes        4 bytes     4 bytes
/// client's key    server's key    client's IV server's IV
/// ```
pub fn key_block(
    master: &MasterSecret,
    client_random: &[u8; 32],
    server_random: &[u8; 32],
) -> (WriteKey<ClientWrites>, WriteKey<ServerWrites>) {
    todo!("6.3: the keys from {master:?}, {server_random:?} and {client_random:?}")
}
