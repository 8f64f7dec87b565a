//! Other numbers and bytes that stand for a valid signature.

use harness::same;
use rsa::traits::PublicKeyParts;

use crate::subject::ch3_signatures::*;
use fixtures::keys::{self, shown, sum};
use fixtures::rsa_signatures::forms::other_forms;
use fixtures::rsa_signatures::sizes::{BITS, key_for};
use fixtures::rsa_signatures::{block_of, reference_pkcs1};

harness::suite! {
    exercise "3.5" {
        /// a signature in another form is refused: its negative, other byte orders, digits, or wrapped in something
        #[think = "There is one right signature, of exactly `size()` bytes. What else does your answer turn into it?"]
        fn another_form_is_refused((message, form) from other_forms(reference_pkcs1)) {
            let key = shown(keys::private(BITS, 0).as_public_key());
            same!(verify_pkcs1(key, &message, &form.bytes), Err(BadSignature));
        }

        /// a signature that is a small number is accepted, and with n added it is refused
        #[think = "The number is small, so the sum begins like n. Do you compare all of it with n?"]
        fn n_added_to_a_small_number_is_refused() {
            // `key_for` takes an even block.
            let of = |message: &&[u8]| block_of(message, BITS / 8);
            let message = [&b"message"[..], b"another message", b"a third", b"a fourth", b"a fifth"]
                .into_iter()
                .find(|message| of(message)[BITS / 8 - 1] % 2 == 0)
                .expect("half of the hashes are even");
            let (key, signature) = key_for(&of(&message), BITS);
            shown(&key);
            same!(verify_pkcs1(&key, message, &signature), Ok(()));
            let with_n = sum(&signature, &key.n_bytes());
            same!(verify_pkcs1(&key, message, &with_n), Err(BadSignature));
        }
    }
}
