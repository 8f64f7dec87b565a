//! The hashes that a signature can be made with, right and wrong.

use sha2::{Digest, Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

/// A hash of the SHA-2 family.
#[derive(Clone, Copy)]
pub struct Hash {
    pub name: &'static str,
    /// Its number in the object identifier 2.16.840.1.101.3.4.2.
    pub number: u8,
    pub digest: fn(&[u8]) -> Vec<u8>,
}

pub const SHA_256: Hash = Hash {
    name: "SHA-256",
    number: 1,
    digest: |message| Sha256::digest(message).to_vec(),
};

/// All of the family except SHA-256.
pub const OTHERS: [Hash; 5] = [
    Hash {
        name: "SHA-224",
        number: 4,
        digest: |message| Sha224::digest(message).to_vec(),
    },
    Hash {
        name: "SHA-384",
        number: 2,
        digest: |message| Sha384::digest(message).to_vec(),
    },
    Hash {
        name: "SHA-512",
        number: 3,
        digest: |message| Sha512::digest(message).to_vec(),
    },
    Hash {
        name: "SHA-512/224",
        number: 5,
        digest: |message| Sha512_224::digest(message).to_vec(),
    },
    Hash {
        name: "SHA-512/256",
        number: 6,
        digest: |message| Sha512_256::digest(message).to_vec(),
    },
];

impl Hash {
    /// The DigestInfo of a message: the name of the hash, and the hash.
    pub fn digest_info(self, message: &[u8]) -> Vec<u8> {
        let hash = (self.digest)(message);
        named(self.number, &hash)
    }
}

/// A hash under the name of another one of the family.
pub fn named(number: u8, hash: &[u8]) -> Vec<u8> {
    let length = u8::try_from(hash.len()).expect("a short hash");
    let mut info = vec![0x30, 0x11 + length, 0x30, 0x0d, 0x06, 0x09];
    info.extend([0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, number]);
    info.extend([0x05, 0x00, 0x04, length]);
    info.extend(hash);
    info
}

/// The message whose MD5 and SHA-1 are written down below.
pub const MESSAGE: &[u8] = b"message";

/// The DigestInfo of [`MESSAGE`] with broken hashes: for both, collisions are known.
pub const BROKEN_HASHES: [(&str, &[u8]); 2] = [
    (
        "MD5",
        b"\x30\x20\x30\x0c\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05\x05\x00\x04\x10\
          \x78\xe7\x31\x02\x7d\x8f\xd5\x0e\xd6\x42\x34\x0b\x7c\x9a\x63\xb3",
    ),
    (
        "SHA-1",
        b"\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14\
          \x6f\x9b\x9a\xf3\xcd\x6e\x8b\x8a\x73\xc2\xcd\xce\xd3\x7f\xe9\xf5\x92\x26\xe2\x7d",
    ),
];
