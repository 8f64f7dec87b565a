//! MACs that must be refused, each made by a different mistake.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Sha224, Sha384, Sha512, Sha512_256};

use harness::show::{Piece, Show};

use crate::digest::digest;
use crate::reference_mac::reference_mac;
use fixtures::hex::digits;
use fixtures::near_misses::NearMiss;

/// The mistakes, each turned into a MAC.
pub fn wrong_macs(key: &[u8], message: &[u8]) -> Vec<NearMiss> {
    let right = reference_mac(key, message);
    [
        of_something_else(key, message),
        of_other_hashes(key, message),
        in_another_form(&right),
    ]
    .concat()
    .into_iter()
    .map(|(name, mac)| NearMiss::new(name, mac))
    .chain(parts_of(&right))
    .collect()
}

fn of_something_else(key: &[u8], message: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let padded = |bytes: &[u8]| {
        let mut padded = bytes.to_vec();
        padded.resize(32, 0);
        padded
    };
    let mac = |key: &[u8], message: &[u8]| reference_mac(key, message).to_vec();
    vec![
        ("zeros", vec![0; 32]),
        ("bytes of ff", vec![0xff; 32]),
        ("the key, zero-padded", padded(key)),
        ("the message, zero-padded", padded(message)),
        ("the hash of the message", digest(message).to_vec()),
        (
            "the hash of key and message",
            digest(&[key, message].concat()).to_vec(),
        ),
        (
            "the hash of message and key",
            digest(&[message, key].concat()).to_vec(),
        ),
        ("the inner hash", inner_hash(key, message).to_vec()),
        ("key and message swapped", mac(message, key)),
        ("the MAC of the empty message", mac(key, b"")),
        ("the MAC under the empty key", mac(b"", message)),
        ("the MAC of the message's hash", mac(key, &digest(message))),
        (
            "the MAC of the message and a zero",
            mac(key, &[message, &[0]].concat()),
        ),
        ("the MAC of the MAC", mac(key, &mac(key, message))),
    ]
}

/// What HMAC hashes the second time. The key is no longer than a block.
pub fn inner_hash(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block_key = [0x36; 64];
    for (byte, pad) in key.iter().zip(&mut block_key) {
        *pad ^= byte;
    }
    digest(&[&block_key[..], message].concat())
}

fn of_other_hashes(key: &[u8], message: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    macro_rules! mac {
        ($hash:ty) => {{
            let hmac = Hmac::<$hash>::new_from_slice(key).expect("a key of any length");
            hmac.chain_update(message).finalize().into_bytes().to_vec()
        }};
    }
    vec![
        ("HMAC with SHA-224", mac!(Sha224)),
        ("HMAC with SHA-384", mac!(Sha384)),
        (
            "HMAC with SHA-384, cut to 32 bytes",
            mac!(Sha384)[..32].to_vec(),
        ),
        ("HMAC with SHA-512", mac!(Sha512)),
        (
            "HMAC with SHA-512, cut to 32 bytes",
            mac!(Sha512)[..32].to_vec(),
        ),
        ("HMAC with SHA-512/256", mac!(Sha512_256)),
    ]
}

fn in_another_form(right: &[u8; 32]) -> Vec<(&'static str, Vec<u8>)> {
    let changed = |change: fn(u8) -> u8| right.iter().map(|byte| change(*byte)).collect();
    let (mut reversed, mut rotated, mut halves, mut sorted) = (
        right.to_vec(),
        right.to_vec(),
        right.to_vec(),
        right.to_vec(),
    );
    reversed.reverse();
    rotated.rotate_left(1);
    halves.rotate_left(16);
    sorted.sort_unstable();
    let words = right.chunks(4).flat_map(|word| word.iter().rev().copied());
    vec![
        ("the bytes in reverse", reversed),
        ("the bytes rotated by one", rotated),
        ("the two halves swapped", halves),
        ("the bytes sorted", sorted),
        ("each group of four bytes reversed", words.collect()),
        ("every bit flipped", changed(|byte| !byte)),
        (
            "the highest bit of each byte flipped",
            changed(|byte| byte ^ 0x80),
        ),
        ("8 added to each byte", changed(|byte| byte.wrapping_add(8))),
        ("in hexadecimal digits", digits(right).into_bytes()),
        (
            "in hexadecimal digits, in capitals",
            digits(right).to_uppercase().into_bytes(),
        ),
        ("the MAC twice", right.repeat(2)),
        ("a line break after it", around(b"", right, b"\n")),
        (
            "a return and a line break after it",
            around(b"", right, b"\r\n"),
        ),
        ("a space after it", around(b"", right, b" ")),
        ("a space before it", around(b" ", right, b"")),
        ("its length before it", around(&[32], right, b"")),
        (
            "its length in two bytes before it",
            around(&[0, 32], right, b""),
        ),
        ("the byte ff after it", around(b"", right, &[0xff])),
    ]
}

fn around(before: &[u8], right: &[u8], after: &[u8]) -> Vec<u8> {
    [before, right, after].concat()
}

/// Its ends and middles. Its beginnings have a property of their own.
fn parts_of(right: &[u8; 32]) -> impl Iterator<Item = NearMiss> {
    let cuts = (1..32)
        .map(|start| (start, 32))
        .chain((1..16).map(|start| (start, 32 - start)));
    cuts.map(|(start, end)| {
        NearMiss::new(
            format!("bytes {start} to {} of the MAC", end - 1),
            &right[start..end],
        )
    })
}

/// A message whose MAC has a zero in a certain place.
pub struct ZeroInMac {
    pub place: usize,
    pub message: [u8; 4],
    pub mac: [u8; 32],
}

impl Show for ZeroInMac {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = vec![Piece::Text(format!("byte {} of ", self.place))];
        pieces.extend(self.mac.pieces());
        pieces.push(Piece::Text(", the MAC of ".to_owned()));
        pieces.extend(self.message.pieces());
        pieces
    }
}

/// The zero comes first, second, in the middle, and last.
pub fn zeros_in_macs(key: &[u8]) -> Vec<ZeroInMac> {
    let with_zero = |place: usize| {
        let mut macs = (0_u32..).map(|number| {
            let message = number.to_be_bytes();
            (message, reference_mac(key, &message))
        });
        let found = macs.find(|(_, mac)| mac[place] == 0);
        let (message, mac) = found.expect("one MAC in 256 has a zero there");
        ZeroInMac {
            place,
            message,
            mac,
        }
    };
    [0, 1, 16, 31].map(with_zero).into()
}

/// Two places in a MAC, the first before the second.
pub fn pairs_of_places() -> Vec<(usize, usize)> {
    let of = |first: usize| (first + 1..32).map(move |second| (first, second));
    (0..32).flat_map(of).collect()
}
