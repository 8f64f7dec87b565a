//! The client and the server that Mallory attacks in chapter 4.
//!
//! They do what the exercises ask for, built on crates: X25519, HKDF, and AES-GCM with a nonce that
//! is counted up. So they are the same, whatever the learner has written.

use aes_gcm::aead::Aead;
use aes_gcm::{Aes128Gcm, KeyInit};
use hkdf::Hkdf;
use sha2::Sha256;
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

use crate::subject::ch4_key_exchange::Side;

/// One of the two, before it knows the other's share.
pub struct Victim {
    side: Side,
    secret: [u8; 32],
    /// Set in the last byte of its share. X25519 ignores it.
    highest_bit: u8,
}

impl Victim {
    /// The victim on this side, with this secret key.
    pub fn new(side: Side, secret: [u8; 32]) -> Victim {
        Victim {
            side,
            secret,
            highest_bit: 0,
        }
    }

    /// The same, but its share is written in another way: with its highest bit set.
    pub fn with_highest_bit(self) -> Victim {
        Victim {
            highest_bit: 0x80,
            ..self
        }
    }

    /// The share that it sends.
    pub fn share(&self) -> [u8; 32] {
        let mut share = x25519(self.secret, X25519_BASEPOINT_BYTES);
        share[31] |= self.highest_bit;
        share
    }

    /// Its end of the channel to the sender of this share, unless that is a point of low order.
    pub fn connect(&self, theirs: &[u8; 32]) -> Option<Channel> {
        let secret = x25519(self.secret, *theirs);
        let (client, server) = match self.side {
            Side::Client => (self.share(), *theirs),
            Side::Server => (*theirs, self.share()),
        };
        let keys = |name| Direction::new(&secret, name, &client, &server);
        let (client, server) = (keys(b"client"), keys(b"server"));
        let (sends, receives) = match self.side {
            Side::Client => (client, server),
            Side::Server => (server, client),
        };
        (secret != [0; 32]).then_some(Channel { sends, receives })
    }
}

/// Key and IV of one direction, in one, as exercise 4.4 derives them.
pub fn direction_keys(
    secret: &[u8; 32],
    name: &[u8],
    client_share: &[u8; 32],
    server_share: &[u8; 32],
) -> [u8; 28] {
    let mut keys = [0; 28];
    let info = [name, client_share, server_share];
    Hkdf::<Sha256>::new(None, secret)
        .expand_multi_info(&info, &mut keys)
        .expect("28 bytes are one block");
    keys
}

/// One victim's end of a channel.
pub struct Channel {
    sends: Direction,
    receives: Direction,
}

impl Channel {
    /// The next record from this end.
    pub fn send(&mut self, message: &[u8]) -> Vec<u8> {
        let nonce = self.sends.nonce();
        self.sends.sequence += 1;
        let sealed = self.sends.cipher.encrypt(&nonce.into(), message);
        sealed.expect("the messages here are short")
    }

    /// What is in this record, if it is the next one for this end.
    pub fn receive(&mut self, record: &[u8]) -> Option<Vec<u8>> {
        let nonce = self.receives.nonce();
        let opened = self.receives.cipher.decrypt(&nonce.into(), record).ok()?;
        self.receives.sequence += 1;
        Some(opened)
    }
}

struct Direction {
    cipher: Aes128Gcm,
    iv: [u8; 12],
    sequence: u64,
}

impl Direction {
    fn new(secret: &[u8; 32], name: &[u8], client: &[u8; 32], server: &[u8; 32]) -> Direction {
        let keys = direction_keys(secret, name, client, server);
        let (key, iv) = keys.split_at(16);
        Direction {
            cipher: Aes128Gcm::new_from_slice(key).expect("16 bytes are a key"),
            iv: iv.try_into().expect("12 of 28 bytes are left"),
            sequence: 0,
        }
    }

    /// RFC 9846 §5.3.
    fn nonce(&self) -> [u8; 12] {
        let mut nonce = self.iv;
        for (byte, number) in nonce[4..].iter_mut().zip(self.sequence.to_be_bytes()) {
            *byte ^= number;
        }
        nonce
    }
}
