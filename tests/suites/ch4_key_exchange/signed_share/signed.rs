use harness::{check, same};

use super::{BITS, HELLO, SHORT, SIGNED, signed, verifies};
use crate::reference::{holds, reference_signature};
use crate::subject::ch4_key_exchange::*;
use crate::tricks::{CURVE, Hello, SCHEMES, hello, scheme};
use fixtures::hex::hex;
use fixtures::keys;

harness::suite! {
    exercise "4.6" {
        /// the signed bytes are both randoms, the client's first, then curve type, curve, length and share
        #[think = "Compare your bytes with the picture, from the left."]
        #[cases = 64]
        fn the_content_is_as_in_the_rfc({hello} in hello()) {
            let Hello { client_random, server_random, share } = hello;
            same!(signed_content(&client_random, &server_random, &share), hello.content(CURVE));
        }

        /// the crate `rsa` accepts what you sign, with either scheme
        #[think = "Which of your functions belongs to which scheme? What exactly do you sign?"]
        #[cases = 24]
        fn others_accept_your_signature(scheme in scheme(), {hello} in hello()) {
            let key = keys::private(BITS, 0);
            let signature = signed(scheme, key, &hello)?;
            let holds = holds(scheme, key.as_public_key(), &hello.content(CURVE), &signature);
            check!(holds, "a signature on the 100 bytes of the picture", signature, SIGNED);
        }

        /// you accept what the crate `rsa` signs, with either scheme
        #[think = "Which of your functions belongs to which scheme? What exactly was signed?"]
        #[cases = 24]
        fn you_accept_others_signatures(scheme in scheme(), {hello} in hello()) {
            let key = keys::private(BITS, 0);
            let signature = reference_signature(scheme, key, &hello.content(CURVE));
            verifies(scheme, key.as_public_key(), &hello, &signature, Ok(()))?;
        }

        /// with a key of 3072 bits, you sign, and accept what you have signed
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_longer_key_is_good(scheme from SCHEMES) {
            let key = keys::private(3072, 0);
            let signature = signed(scheme, key, &HELLO)?;
            verifies(scheme, key.as_public_key(), &HELLO, &signature, Ok(()))?;
        }

        /// equal randoms, and a share equal to them, are signed and accepted like any others
        #[think = "Nothing says that the parts differ. Does your code depend on it?"]
        fn equal_parts_are_good(byte from [0_u8, 1, 0xff]) {
            let part = [byte; 32];
            let hello = Hello { client_random: part, server_random: part, share: part };
            same!(signed_content(&part, &part, &part), hello.content(CURVE));
            for scheme in SCHEMES {
                let key = keys::private(BITS, 0);
                let signature = signed(scheme, key, &hello)?;
                let public = key.as_public_key();
                check!(holds(scheme, public, &hello.content(CURVE), &signature), "a signature", signature, SIGNED);
                verifies(scheme, public, &hello, &signature, Ok(()))?;
            }
        }

        /// a server random that means something in TLS 1.3 is signed and accepted like any other
        #[think = "What the randoms mean is checked elsewhere. What is signed does not depend on it. Which of them does your code refuse?"]
        fn randoms_with_a_meaning_are_good(server_random from meaningful_randoms()) {
            let hello = Hello { server_random, ..HELLO };
            let key = keys::private(SHORT, 0);
            for scheme in SCHEMES {
                let public = key.as_public_key();
                let signature = signed(scheme, key, &hello)?;
                check!(holds(scheme, public, &hello.content(CURVE), &signature), "a signature", signature, SIGNED);
                verifies(scheme, public, &hello, &signature, Ok(()))?;
            }
        }
    }
}

/// The random of a HelloRetryRequest, and the two endings that warn of a downgrade (RFC 9846 §4.2.3).
fn meaningful_randoms() -> [[u8; 32]; 3] {
    let ending = |last| {
        let mut random = [2; 32];
        random[24..31].copy_from_slice(b"DOWNGRD");
        random[31] = last;
        random
    };
    let retry = hex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");
    [ending(0), ending(1), retry]
}
