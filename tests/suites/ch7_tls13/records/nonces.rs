//! Nonces that are not those of the record that is awaited.

use given::tls::Abort;
use given::tls13::OpenRecord;

use super::opened::KEY;
use super::strategies::opens;
use fixtures::near_misses::NearMiss;
use fixtures::tls13::reference::{self, Material};

harness::suite! {
    exercise "7.3" {
        /// a record with another nonce is refused, whatever it was made of
        #[think = "If a record does not open, do you try again with another number, or with a nonce that is made in another way?"]
        fn another_nonce_is_refused(nonce from other_nonces()) {
            let header = reference::header(22);
            let iv = nonce.bytes.try_into().expect("12 bytes");
            // The nonce of the first record is the IV.
            let other = Material { iv, ..KEY };
            let sealed = reference::seal_binding(&other, 0, &header, &reference::inner(23, b"hello", 0));
            opens!(KEY, AWAITED, header, &sealed, Err(Abort::BadRecord));
        }

        /// a record under a key of zeros, of ones, or like the IV, is refused
        #[think = "If a record does not open, do you try again with another key?"]
        fn a_constant_key_is_refused({key} from [[0; 16], [0xff; 16], [2; 16]]) {
            let header = reference::header(22);
            let inner = reference::inner(23, b"hello", 0);
            let sealed = reference::seal_binding(&Material { key, ..KEY }, AWAITED, &header, &inner);
            harness::with!("key of the record" = key);
            opens!(KEY, AWAITED, header, &sealed, Err(Abort::BadRecord));
        }
    }
}

/// The number of a record, in which no two bytes are alike.
const AWAITED: u64 = 0x0102_0304_0506_0708;

/// What the nonce of that record might be instead.
fn other_nonces() -> Vec<NearMiss> {
    let sum = (u128::from_be_bytes([2; 16]) + u128::from(AWAITED)).to_be_bytes();
    let number = AWAITED.to_be_bytes();
    let mut others = vec![
        NearMiss::new("zeros", [0; 12]),
        NearMiss::new("the IV alone", KEY.iv),
        NearMiss::new("the number alone", [&[0; 4], &number[..]].concat()),
        NearMiss::new(
            "4 bytes of the IV, and the number",
            [&KEY.iv[..4], &number].concat(),
        ),
        NearMiss::new("the number, and 4 zeros", [&number[..], &[0; 4]].concat()),
        NearMiss::new("the sum of IV and number", &sum[4..]),
        NearMiss::new(
            "the number XORed into the first 8 bytes",
            [&number.map(|byte| byte ^ 2)[..], &[2; 4]].concat(),
        ),
    ];
    for other in [
        1,
        u64::MAX,
        u64::MAX - 1,
        AWAITED.swap_bytes(),
        AWAITED.rotate_left(32),
        AWAITED.rotate_left(8),
        AWAITED >> 32,
        !AWAITED,
        AWAITED + 16,
        AWAITED - 16,
        AWAITED + 1_000_000,
        u64::from(AWAITED as u32),
        u64::from(AWAITED as u16),
    ] {
        let nonce = reference::nonce(&KEY.iv, other);
        others.push(NearMiss::new(
            format!("that of the record {other:#018x}"),
            nonce,
        ));
    }
    others
}
