//! Records that are nearly the one that the receiver waits for.

use crate::reference::{reference_nonce, reference_seal};

/// What each is, and its bytes. Some of them equal the right record: most of those under a nonce, if
/// the number is 0; the one under the last 32 bits, if it is below 2^32; and the one under the sum, if
/// nothing carries, as with an IV of 0x22s and the number 1.
pub fn near_records(
    key: &[u8; 16],
    iv: &[u8; 12],
    number: u64,
    message: &[u8],
) -> Vec<(&'static str, Vec<u8>)> {
    let nonce = reference_nonce(iv, number);
    let bytes = number.to_be_bytes();
    let record = reference_seal(key, &nonce, &[], message);
    let (mut in_front, mut in_the_middle) = (*iv, *iv);
    for (place, byte) in bytes.iter().enumerate() {
        in_front[place] ^= byte;
        in_the_middle[place + 2] ^= byte;
    }
    let mut added = *iv;
    let end = u64::from_be_bytes(iv[4..].try_into().expect("8 of 12 bytes"));
    added[4..].copy_from_slice(&end.wrapping_add(number).to_be_bytes());
    let mut put_in = *iv;
    put_in[4..].copy_from_slice(&bytes);
    let short = reference_nonce(iv, u64::from(number as u32));
    let turned = reference_nonce(iv, number.swap_bytes());
    let alone = reference_nonce(&[0; 12], number);
    let under = |nonce: &[u8; 12]| reference_seal(key, nonce, &[], message);
    let with = |associated_data: &[u8]| reference_seal(key, &nonce, associated_data, message);
    let length = u8::try_from(record.len()).expect("a short record");
    vec![
        ("under the number in little-endian order", under(&turned)),
        (
            "under the number in the first 8 bytes of the IV",
            under(&in_front),
        ),
        (
            "under the number in the middle of the IV",
            under(&in_the_middle),
        ),
        ("under the sum of the IV and the number", under(&added)),
        (
            "under the IV with the number in place of its end",
            under(&put_in),
        ),
        ("under the last 32 bits of the number", under(&short)),
        ("under the number alone, without the IV", under(&alone)),
        ("under the IV alone, without the number", under(iv)),
        ("under a nonce of zeros", under(&[0; 12])),
        (
            "under a key of zeros",
            reference_seal(&[0; 16], &nonce, &[], message),
        ),
        ("with its number as associated data", with(&bytes)),
        ("with its nonce as associated data", with(&nonce)),
        ("with a zero as associated data", with(&[0])),
        (
            "with a header of TLS 1.3 as associated data",
            with(&[23, 3, 3, 0, length]),
        ),
        ("with its number before it", [&bytes[..], &record].concat()),
        ("with its nonce before it", [&nonce[..], &record].concat()),
        ("with a zero before it", [&[0], &record[..]].concat()),
        ("with a zero after it", [&record[..], &[0]].concat()),
        ("twice in a row", record.repeat(2)),
        ("not sealed at all", message.to_vec()),
    ]
}
