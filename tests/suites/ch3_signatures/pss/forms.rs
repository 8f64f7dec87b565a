//! Other numbers and bytes that stand for a valid signature.

use harness::same;
use rsa::traits::PublicKeyParts;

use crate::subject::ch3_signatures::*;
use fixtures::keys::{self, shown, sum};
use fixtures::rsa_signatures::forms::other_forms;
use fixtures::rsa_signatures::pss_blocks::PssBlock;
use fixtures::rsa_signatures::reference_pss;
use fixtures::rsa_signatures::sizes::{BITS, key_for};

harness::suite! {
    exercise "3.7" {
        /// a signature in another form is refused: its negative, other byte orders, digits, or wrapped in something
        #[think = "`pss_verify` checks everything. What do you change before you call it, or try after it?"]
        fn another_form_of_pss_is_refused((message, form) from other_forms(reference_pss)) {
            let key = shown(keys::private(BITS, 0).as_public_key());
            same!(verify_pss(key, &message, &form.bytes), Err(BadSignature));
        }

        /// a signature that is a small number is accepted, and with n added it is refused
        #[think = "The number is small, so the sum begins like n. Do you compare all of it with n?"]
        fn n_added_to_a_small_pss_is_refused() {
            let block = PssBlock::salted(vec![0x5a; 32]).of(b"message", BITS);
            let (key, signature) = key_for(&block, BITS);
            shown(&key);
            same!(verify_pss(&key, b"message", &signature), Ok(()));
            let with_n = sum(&signature, &key.n_bytes());
            same!(verify_pss(&key, b"message", &with_n), Err(BadSignature));
        }
    }
}
