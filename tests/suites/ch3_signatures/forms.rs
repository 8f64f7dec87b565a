//! A signature in another form: it says the same, and is not the signature.

use fixtures::hex::digits;
use fixtures::keys;
use fixtures::near_misses::NearMiss;
use rsa::PrivateKey;
use rsa::traits::PublicKeyParts;

use crate::reference::{number_of, to_bytes};
use crate::sizes::BITS;

/// A message, and something that somebody could turn its signature into, or wrap it in, or print it as. The key is the
/// first one of [`BITS`] bits, and `sign` makes the signature.
///
/// The same message in each case. It is chosen so that all forms that are as long as the modulus are below it, as
/// numbers: an answer that turns one back may first refuse a number that is too large.
pub fn other_forms(sign: fn(&PrivateKey, &[u8]) -> Vec<u8>) -> Vec<(Vec<u8>, NearMiss)> {
    let key = keys::private(BITS, 0);
    let modulus = key.n_bytes();
    let is_below = |form: &NearMiss| form.bytes.len() != modulus.len() || *form.bytes < *modulus;
    let (message, forms) = (0..=u8::MAX)
        .map(|message| (vec![message], forms_of(&sign(key, &[message]), &modulus)))
        .find(|(_, forms)| forms.iter().all(is_below))
        .expect("at least one signature in 16 will do");
    let with_message = forms.into_iter().map(|form| (message.clone(), form));
    with_message.collect()
}

fn forms_of(signature: &[u8], modulus: &[u8]) -> Vec<NearMiss> {
    let around = |before: &[u8], after: &[u8]| [before, signature, after].concat();
    let reversed = |bytes: &[u8]| -> Vec<u8> { bytes.iter().rev().copied().collect() };
    let words = signature.rchunks(8).flat_map(|word| word.to_vec());
    let negative = number_of(modulus).wrapping_sub(number_of(signature));
    let length = u16::try_from(signature.len()).expect("a short key");
    let [high, low] = length.to_be_bytes();
    let [_, low_and_one] = (length + 1).to_be_bytes();
    vec![
        NearMiss::new("n less the signature", to_bytes(&negative, modulus.len())),
        NearMiss::new("the bytes in reverse", reversed(signature)),
        NearMiss::new("the last word of 8 bytes first", words.collect::<Vec<_>>()),
        NearMiss::new(
            "every bit flipped",
            signature.iter().map(|byte| !byte).collect::<Vec<_>>(),
        ),
        NearMiss::new("in hexadecimal digits", digits(signature)),
        NearMiss::new(
            "in hexadecimal digits, in capitals",
            digits(signature).to_uppercase(),
        ),
        NearMiss::new("a line break after it", around(b"", b"\n")),
        NearMiss::new("a space before it", around(b" ", b"")),
        NearMiss::new("its length before it", around(&[high, low], b"")),
        NearMiss::new(
            "a scheme of TLS and its length before it",
            around(&[0x04, 0x01, high, low], b""),
        ),
        NearMiss::new(
            "as an octet string of ASN.1",
            around(&[0x04, 0x81, low], b""),
        ),
        NearMiss::new(
            "as a bit string of ASN.1",
            around(&[0x03, 0x81, low_and_one, 0x00], b""),
        ),
    ]
}
