//! Keys that are too small for a scheme.

use harness::think_of;

use super::{HELLO, does_not_sign, signed, verifies};
use crate::subject::ch3_signatures::BadSignature;
use crate::tricks::SCHEMES;
use fixtures::keys;

harness::suite! {
    exercise "4.6" {
        /// a key that is too small for the scheme is refused
        #[think = "Your functions from chapter 3 already report this. What do you do with their errors?"]
        fn a_key_too_small_is_refused(bits from [256, 384]) {
            for scheme in SCHEMES {
                let key = keys::private(bits, 0);
                does_not_sign(scheme, key, &HELLO)?;
                for any in [vec![1; bits / 8], vec![0; bits / 8], vec![]] {
                    verifies(scheme, key.as_public_key(), &HELLO, &any, Err(BadSignature))?;
                }
            }
        }

        /// a key of 512 bits is large enough for PKCS#1 v1.5, and too small for PSS
        #[think = "Which of the two schemes needs more room? Which error do you pass on?"]
        fn a_key_may_be_too_small_for_one_scheme() {
            let key = keys::private(512, 0);
            let [pkcs1, pss] = SCHEMES;
            let signature = signed(pkcs1, key, &HELLO)?;
            verifies(pkcs1, key.as_public_key(), &HELLO, &signature, Ok(()))?;
            does_not_sign(pss, key, &HELLO)?;
            think_of!("This is a signature of the other scheme. Do you try both, or keep anything from one call to the next?");
            verifies(pss, key.as_public_key(), &HELLO, &signature, Err(BadSignature))?;
        }
    }
}
