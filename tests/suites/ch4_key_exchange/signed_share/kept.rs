//! What must not be kept from one call to the next, and a signature that lost its first zero.

use given::tls::SignatureScheme;
use harness::show::Words;
use harness::{check, differ, notes, think_of, with};

use super::{BITS, HELLO, SHORT, SIGNED, signed, verifies};
use crate::reference::{holds, reference_signature};
use crate::subject::ch3_signatures::BadSignature;
use crate::tricks::{CURVE, Hello, SCHEMES};
use fixtures::keys;

harness::suite! {
    exercise "4.6" {
        /// a signature that was good once is refused if the last byte of any part differs, with the
        /// randoms swapped, and under another key or scheme
        #[think = "Do you keep anything from one call to the next? A signature is good for one share in one exchange."]
        fn a_signature_is_good_in_one_place(scheme from SCHEMES) {
            let key = keys::private(BITS + 1, 0);
            let good = reference_signature(scheme, key, &HELLO.content(CURVE));
            let mut signature = good.clone();
            signature[BITS / 8] ^= 1;
            let (mut share, mut client_random, mut server_random) = (HELLO.share, HELLO.client_random, HELLO.server_random);
            for part in [&mut share, &mut client_random, &mut server_random] {
                part[31] ^= 1;
            }
            let swapped = Hello { client_random: HELLO.server_random, server_random: HELLO.client_random, ..HELLO };
            let (public, other_key) = (key.as_public_key(), keys::private(BITS, 0).as_public_key());
            let other_scheme = match scheme {
                SignatureScheme::RsaPkcs1Sha256 => SignatureScheme::RsaPssRsaeSha256,
                SignatureScheme::RsaPssRsaeSha256 => SignatureScheme::RsaPkcs1Sha256,
            };
            for (what, scheme_now, key, hello, signature) in [
                ("the last byte of share", scheme, public, Hello { share, ..HELLO }, &good),
                ("the last byte of client_random", scheme, public, Hello { client_random, ..HELLO }, &good),
                ("the last byte of server_random", scheme, public, Hello { server_random, ..HELLO }, &good),
                ("the order of the randoms", scheme, public, swapped, &good),
                ("the last byte of signature", scheme, public, HELLO, &signature),
                ("the key", scheme, other_key, HELLO, &good),
                ("the scheme", other_scheme, public, HELLO, &good),
            ] {
                notes::start_over();
                think_of!("Nothing is wrong with this signature. Do you keep anything from one call to the next? What was refused before does not matter now.");
                verifies(scheme, public, &HELLO, &good, Ok(()))?;
                think_of!("Do you keep anything from one call to the next? A signature is good for one share in one exchange.");
                with!("different now" = Words(what.to_owned()));
                verifies(scheme_now, key, &hello, signature, Err(BadSignature))?;
            }
            notes::start_over();
            think_of!("Do you keep anything from one call to the next? What was refused before does not matter now.");
            with!("refused before" = Words("this signature under another key, and for another scheme".to_owned()));
            verifies(scheme, public, &HELLO, &good, Ok(()))?;
        }

        /// the same share is signed with the key that is given, even if another one has signed it before
        #[think = "Do you keep a signature? There may be two servers, and each has its own key."]
        fn each_key_signs_for_itself(scheme from SCHEMES) {
            for number in [0, 1, 0] {
                let key = keys::private(BITS, number);
                with!("key" = Words(format!("number {} of two of {BITS} bits", number + 1)));
                let signature = signed(scheme, key, &HELLO)?;
                let holds = holds(scheme, key.as_public_key(), &HELLO.content(CURVE), &signature);
                check!(holds, "a signature under the key that was given", signature, SIGNED);
            }
        }

        /// the same share has another signature each time, if the scheme is PSS
        #[think = "Does each signature have a fresh salt, as in 3.7, or do you keep one?"]
        fn each_pss_signature_is_fresh() {
            let [_, pss] = SCHEMES;
            let key = keys::private(SHORT, 0);
            let first = signed(pss, key, &HELLO)?;
            differ!(
                signed(pss, key, &HELLO)?, first,
                "sign_key_share(scheme, key, client_random, server_random, share)?, a second time"
            );
        }

        /// a signature that began with a zero, and lost it, is refused
        #[think = "A signature is as long as the modulus. What do you do with one that is shorter?"]
        fn a_lost_zero_is_missed(scheme from SCHEMES) {
            // The highest byte of this modulus is 1, so every other signature begins with a zero.
            let key = keys::private(BITS + 1, 0);
            for byte in 0..=255 {
                let hello = Hello { share: [byte; 32], ..HELLO };
                let signature = reference_signature(scheme, key, &hello.content(CURVE));
                if signature[0] == 0 {
                    verifies(scheme, key.as_public_key(), &hello, &signature[1..], Err(BadSignature))?;
                    break;
                }
            }
        }
    }
}
