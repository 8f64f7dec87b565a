//! Blocks with garbage inside DigestInfo.

use crate::digest::digest;
use crate::reference::DIGEST_INFO;
use crate::wrong_blocks::{WrongBlock, padded, wrong_block};

/// Garbage inside DigestInfo, with lengths that match it, so that the hash is at the end.
pub fn hidden_garbage() -> Vec<WrongBlock> {
    // With 8 bytes of padding; the rest is garbage.
    const BESIDE: usize = 11 + 51;
    vec![
        wrong_block(
            "a length in DigestInfo with garbage in it, as in BERserk",
            |message, length| {
                let garbage = vec![0x2a; length - BESIDE];
                let long = [0x30, 0x80 | short(garbage.len())];
                let content = [&long[..], &garbage, &DIGEST_INFO[2..], &digest(message)].concat();
                padded(0xff, &content, length)
            },
        ),
        wrong_block(
            "garbage in place of the parameters, as for strongSwan",
            |message, length| {
                let garbage = vec![0x2a; length - BESIDE];
                let mut info = DIGEST_INFO.to_vec();
                for place in [1, 3, 16] {
                    info[place] += short(garbage.len());
                }
                info.splice(17..17, garbage);
                padded(0xff, &[&info[..], &digest(message)].concat(), length)
            },
        ),
        wrong_block(
            "garbage after the name of the hash, as for strongSwan",
            |message, length| {
                let garbage = vec![0x2a; length - BESIDE];
                let mut info = DIGEST_INFO.to_vec();
                for place in [1, 3] {
                    info[place] += short(garbage.len());
                }
                info.splice(15..15, garbage);
                padded(0xff, &[&info[..], &digest(message)].concat(), length)
            },
        ),
        wrong_block(
            "the length of DigestInfo in two bytes",
            |message, length| {
                let content = [&[0x30, 0x81], &DIGEST_INFO[1..], &digest(message)].concat();
                padded(0xff, &content, length)
            },
        ),
    ]
}

fn short(length: usize) -> u8 {
    u8::try_from(length).expect("a short block")
}
