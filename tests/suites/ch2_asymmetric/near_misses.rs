//! Encoded messages that are almost what exercise 2.6 wants.

use harness::show::{Piece, Show};
use rsa::BoxedUint;
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

/// The size of a key that has room for OAEP with SHA-512, which takes two hashes.
pub const BITS: usize = 1088;

/// What is encrypted by RSA: the k bytes that OAEP, or something else, has made of a message.
pub struct Block {
    name: String,
    pub encoded: Vec<u8>,
}

impl Show for Block {
    fn pieces(&self) -> Vec<Piece> {
        let name = Piece::Text(format!("{}, ", self.name));
        vec![name, Piece::Bytes(self.encoded.clone())]
    }
}

/// Textbook RSA on the number that `encoded` represents.
pub fn encrypted(key: &rsa::PrivateKey, encoded: &[u8]) -> Vec<u8> {
    let number = BoxedUint::from_be_slice(encoded, key.n_bits_precision())
        .expect("it is as long as the modulus");
    let power = number.pow_mod(key.e(), key.n_params().modulus());
    let bytes = power.to_be_bytes();
    bytes[bytes.len() - key.size()..].to_vec()
}

/// Each has 00 as its first byte, because `rsa` 0.10.0 does not look at that one, and so accepts any.
pub fn blocks() -> Vec<Block> {
    let good = data_block::<Sha256>(b"", &[], b"\x01hello");
    let oaep = |block: &[u8]| masked::<Sha256, Sha256>(block);
    let of = |name: &str, encoded| Block {
        name: name.to_owned(),
        encoded,
    };
    let mut blocks = other_hashes();
    let labels: [(&str, &[u8]); 7] = [
        ("the label 00", b"\0"),
        ("a label of 32 zeros", &[0; 32]),
        ("a label of one space", b" "),
        ("the label OAEP", b"OAEP"),
        ("the label hello", b"hello"),
        ("the label label", b"label"),
        ("the label TLS", b"TLS"),
    ];
    for (name, label) in labels {
        blocks.push(of(
            name,
            oaep(&data_block::<Sha256>(label, &[], b"\x01hello")),
        ));
    }
    let mut last_of_hash = good.clone();
    last_of_hash[31] ^= 1;
    let mut first_of_hash = good.clone();
    first_of_hash[0] ^= 0x80;
    let mut no_hash = good.clone();
    no_hash[..32].fill(0);
    // Two differences that cancel each other out, in an XOR and in a sum.
    let mut same_xor = good.clone();
    for place in [3, 20] {
        same_xor[place] ^= 1;
    }
    let mut same_sum = good.clone();
    same_sum[..32].rotate_left(1);
    // The padding of this message has 65 bytes.
    let (middle, end) = (
        [&[0; 32][..], &[0xff]].concat(),
        [&[0; 64][..], &[0xff]].concat(),
    );
    let padding = |padding, text| oaep(&data_block::<Sha256>(b"", padding, text));
    let mut unmasked = vec![0; BITS / 8 - good.len()];
    unmasked.extend(&good);
    let (pkcs1, raw) = (pkcs1(), [&[0; BITS / 8 - 5], &b"hello"[..]].concat());
    blocks.extend([
        of(
            "the hash of the label with its last byte changed",
            oaep(&last_of_hash),
        ),
        of(
            "the hash of the label with its first byte changed",
            oaep(&first_of_hash),
        ),
        of("zeros for the hash of the label", oaep(&no_hash)),
        of(
            "the hash of the label with the same bit of two bytes changed",
            oaep(&same_xor),
        ),
        of(
            "the hash of the label with its first byte moved to its end",
            oaep(&same_sum),
        ),
        of("02 before the message", padding(&[], b"\x02hello")),
        of("80 before the message", padding(&[], b"\x80hello")),
        of("00 before the message, and no 01", padding(&[], b"\0hello")),
        of("nothing but zeros after the hash", padding(&[], b"")),
        of(
            "02 after the padding, and no message",
            padding(&[], b"\x02"),
        ),
        of(
            "ff after the padding, and no message",
            padding(&[], b"\xff"),
        ),
        of("ff in the padding", padding(&[0xff], b"\x01hello")),
        of(
            "ff in the middle of the padding",
            padding(&middle, b"\x01hello"),
        ),
        of("ff at the end of the padding", padding(&end, b"\x01hello")),
        of(
            "80 80, which cancel each other out, in the padding",
            padding(&[0x80, 0x80], b"\x01hello"),
        ),
        of(
            "02 and zeros in the padding",
            padding(&[2, 0, 0], b"\x01hello"),
        ),
        of("no mask", unmasked),
        of("padding as in PKCS#1 v1.5", pkcs1),
        of("no padding", raw),
    ]);
    blocks
}

/// Other hashes, in one of the two places where there is one or in both.
fn other_hashes() -> Vec<Block> {
    let hashes = [
        ("SHA-224", of_hash::<Sha224, Sha224>()),
        ("SHA-384", of_hash::<Sha384, Sha384>()),
        ("SHA-512", of_hash::<Sha512, Sha512>()),
        ("SHA-512/224", of_hash::<Sha512_224, Sha512_224>()),
        ("SHA-512/256", of_hash::<Sha512_256, Sha512_256>()),
    ];
    let for_the_label = [
        ("SHA-224", of_hash::<Sha224, Sha256>()),
        ("SHA-384", of_hash::<Sha384, Sha256>()),
        ("SHA-512", of_hash::<Sha512, Sha256>()),
        ("SHA-512/224", of_hash::<Sha512_224, Sha256>()),
        ("SHA-512/256", of_hash::<Sha512_256, Sha256>()),
    ];
    let in_the_mask = [
        ("SHA-224", of_hash::<Sha256, Sha224>()),
        ("SHA-384", of_hash::<Sha256, Sha384>()),
        ("SHA-512", of_hash::<Sha256, Sha512>()),
        ("SHA-512/224", of_hash::<Sha256, Sha512_224>()),
        ("SHA-512/256", of_hash::<Sha256, Sha512_256>()),
    ];
    let named = |(name, encoded): (&str, Vec<u8>)| (name.to_owned(), encoded);
    let for_the_label =
        for_the_label.map(|(hash, encoded)| (format!("{hash} with the mask of SHA-256"), encoded));
    let in_the_mask =
        in_the_mask.map(|(hash, encoded)| (format!("SHA-256 with the mask of {hash}"), encoded));
    let all = hashes
        .map(named)
        .into_iter()
        .chain(for_the_label)
        .chain(in_the_mask);
    all.map(|(name, encoded)| Block { name, encoded }).collect()
}

/// hello, encoded with the hash `D`, and with `M` as the hash in the mask.
fn of_hash<D: Digest, M: Digest>() -> Vec<u8> {
    masked::<D, M>(&data_block::<D>(b"", &[], b"\x01hello"))
}

/// What comes after the seed, before it is masked (RFC 8017 §7.1.1, step 2c): `padding` where the
/// zeros begin, and `text`, with the 01 before it, at the end.
fn data_block<D: Digest>(label: &[u8], padding: &[u8], text: &[u8]) -> Vec<u8> {
    let hash = D::digest(label);
    let mut block = vec![0; BITS / 8 - 1 - hash.len()];
    block[..hash.len()].copy_from_slice(&hash);
    block[hash.len()..][..padding.len()].copy_from_slice(padding);
    let text_at = block.len() - text.len();
    block[text_at..].copy_from_slice(text);
    block
}

/// hello, encoded as exercise 2.6 wants it, under seeds that a computation with numbers might lose: they
/// begin with zeros, before or after they are masked.
pub fn under_special_seeds() -> Vec<Block> {
    let good = data_block::<Sha256>(b"", &[], b"\x01hello");
    let under = |seed: &[u8]| masked_under::<Sha256>(seed, &good);
    let seeds = (0_u32..).map(|number| [&number.to_be_bytes()[..], &[0x5e; 28]].concat());
    let mut encoded = seeds.map(|seed| under(&seed));
    let begins_with_zero = encoded.find(|encoded| encoded[1] == 0);
    let of = |name: &str, encoded| Block {
        name: name.to_owned(),
        encoded,
    };
    vec![
        of("a seed of zeros", under(&[0; 32])),
        of(
            "a seed that begins with 00 when it is masked",
            begins_with_zero.expect("one in 256 does"),
        ),
    ]
}

/// Steps 2d to 2i of RFC 8017 §7.1.1, with an arbitrary seed.
fn masked<D: Digest, M: Digest>(block: &[u8]) -> Vec<u8> {
    masked_under::<M>(&vec![0x5e; <D as Digest>::output_size()], block)
}

fn masked_under<M: Digest>(seed: &[u8], block: &[u8]) -> Vec<u8> {
    let masked_block = xor(block, &mask::<M>(seed, block.len()));
    let masked_seed = xor(seed, &mask::<M>(&masked_block, seed.len()));
    [&[0], &masked_seed[..], &masked_block].concat()
}

/// MGF1 (RFC 8017 appendix B.2.1).
fn mask<M: Digest>(seed: &[u8], length: usize) -> Vec<u8> {
    let hashes = (0..).flat_map(|counter: u32| {
        let hash = M::new()
            .chain_update(seed)
            .chain_update(counter.to_be_bytes());
        hash.finalize().to_vec()
    });
    hashes.take(length).collect()
}

fn xor(one: &[u8], other: &[u8]) -> Vec<u8> {
    one.iter()
        .zip(other)
        .map(|(one, other)| one ^ other)
        .collect()
}

/// 00 02, at least 8 bytes that are not zero, 00, and the message (RFC 8017 §7.2.1).
fn pkcs1() -> Vec<u8> {
    let mut block = vec![0x5e; BITS / 8];
    block[..2].copy_from_slice(&[0, 2]);
    let text_at = block.len() - 6;
    block[text_at..].copy_from_slice(b"\0hello");
    block
}
