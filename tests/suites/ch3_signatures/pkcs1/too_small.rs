//! Keys without room for a block.

use harness::{same, think_of, with};

use crate::digest::digest;
use crate::subject::ch3_signatures::*;
use fixtures::keys::{self, shown};
use fixtures::rsa_signatures::wrong_blocks::padded;
use fixtures::rsa_signatures::{DIGEST_INFO, raised, reference_pkcs1};

harness::suite! {
    exercise "3.5" {
        /// a key too small for the block signs nothing, and accepts nothing
        #[think = "Below 489 bits, a modulus has fewer than 62 bytes. Which error does each function return then?"]
        fn a_key_too_small_is_refused(bits from [488, 489, 496, 480, 432, 256, 128]) {
            let key = shown(keys::private(bits, 0));
            if bits < 489 {
                same!(sign_pkcs1(key, b"message"), Err(KeyTooSmall));
                let any = vec![1; bits / 8];
                same!(verify_pkcs1(key.as_public_key(), b"message", &any), Err(BadSignature));
                same!(verify_pkcs1(key.as_public_key(), b"message", &[]), Err(BadSignature));
                if bits >= 8 * 54 {
                    // The private key has signed a block with fewer than 8 bytes of ff.
                    let content = [&DIGEST_INFO[..], &digest(b"message")].concat();
                    let block = padded(0xff, &content, bits.div_ceil(8));
                    let signature = raised(key, &block);
                    with!("block in signature" = block);
                    think_of!("A key this small has no valid block, so it accepts nothing. How many bytes of ff must a block have?");
                    same!(verify_pkcs1(key.as_public_key(), b"message", &signature), Err(BadSignature));
                }
            } else {
                think_of!("This key has room for the block. Does your answer treat it as too small?");
                let signature = reference_pkcs1(key, b"message");
                same!(sign_pkcs1(key, b"message"), Ok(signature.clone()));
                same!(verify_pkcs1(key.as_public_key(), b"message", &signature), Ok(()));
            }
        }
    }
}
