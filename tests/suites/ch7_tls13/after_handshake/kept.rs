//! What must not be kept from one secret to the next.

use harness::{same, with};

use crate::subject::ch6_tls12::ClientWrites;
use crate::subject::ch7_tls13::*;
use fixtures::strategies::{array, bit};
use fixtures::tls13::reference;

harness::suite! {
    exercise "7.10" {
        /// two secrets that differ in one bit have different ones after them
        #[think = "Do you keep anything from one call to the next? Two secrets may begin with the same bytes."]
        #[cases = 16]
        fn each_secret_has_its_own_next({secret} in array::<32>(), {changed} in bit()) {
            let other: [u8; 32] = changed.flipped(&secret).try_into().expect("as long as before");
            let mut before = None;
            for secret in [secret, other, secret] {
                with!(secret);
                if let Some(before) = before.replace(secret) {
                    with!("the previous secret" = before);
                }
                let expected = reference::secret_of(&secret, "traffic upd", b"");
                let secret = TrafficSecret::<ClientWrites, Application>::new(secret);
                same!(*secret.next().as_bytes(), expected);
            }
        }
    }
}
