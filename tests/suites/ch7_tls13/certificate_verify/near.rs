//! What is nearly right: a signature without its first zero, and numbers near that of the scheme. And
//! large keys, under which a signature is as right as under small ones.

use given::tls::{Abort, SignatureScheme};
use given::tls13::CertificateVerify;
use harness::{same, with};

use super::large::LARGE;
use super::signed::{BITS, content, public, signed};
use crate::subject::ch6_tls12::Sender;
use crate::subject::ch7_tls13::*;
use crate::transcript::transcript_of;
use fixtures::hex::hex_vec;
use fixtures::keys;

harness::suite! {
    exercise "7.6" {
        /// a signature that began with a zero, and lost it, is refused
        #[think = "A signature is as long as the modulus. What do you do with one that is shorter?"]
        fn a_lost_zero_is_missed() {
            // The highest byte of this modulus is 1, so every other signature begins with a zero.
            let key = keys::private(BITS + 1, 0);
            let transcript = transcript_of(b"messages");
            let mut message = CertificateVerify { scheme: 0, signature: vec![1] };
            while message.signature[0] != 0 {
                message = signed(key, &content(Sender::Server, b"messages"));
            }
            message.signature.remove(0);
            with!("bytes of the modulus" = message.signature.len() + 1);
            let key = key.as_public_key();
            same!(
                check_certificate_verify(key, Sender::Server, &transcript, &message),
                Err(Abort::BadSignature)
            );
        }

        /// a signature under a key of more than 2048 bits is accepted, and refused with its last bit changed
        #[think = "Does your code assume a size, of the key or of a signature, that is not in the exercise?"]
        fn a_large_key_is_accepted({large} from LARGE) {
            let (bits, modulus, signature) = large;
            with!("bits of the key" = bits);
            let key = keys::public(&hex_vec(modulus), 65537);
            let scheme = SignatureScheme::RsaPssRsaeSha256.code();
            let mut message = CertificateVerify { scheme, signature: hex_vec(signature) };
            let transcript = transcript_of(b"messages");
            same!(check_certificate_verify(&key, Sender::Server, &transcript, &message), Ok(()));
            let last = message.signature.len() - 1;
            message.signature[last] ^= 1;
            same!(
                check_certificate_verify(&key, Sender::Server, &transcript, &message),
                Err(Abort::BadSignature)
            );
        }

        /// every number that shares a byte with the scheme's is another scheme, whoever has signed
        #[think = "There is one number that you accept. Do you list those that you refuse?"]
        fn a_number_that_looks_alike_is_refused() {
            let right = signed(keys::private(BITS, 0), &content(Sender::Server, b"messages"));
            let (key, transcript) = (public(BITS, 0), transcript_of(b"messages"));
            let of_client = signed(keys::private(BITS, 0), &content(Sender::Client, b"messages"));
            let alike = (0..=0xff_u16).flat_map(|byte| [byte << 8 | right.scheme & 0xff, right.scheme & 0xff00 | byte]);
            let alike = alike.chain([right.scheme.swap_bytes()]);
            for scheme in alike.filter(|scheme| *scheme != right.scheme) {
                for (sender, signed) in [(Sender::Server, &right), (Sender::Client, &of_client)] {
                    let message = CertificateVerify { scheme, signature: signed.signature.clone() };
                    same!(
                        check_certificate_verify(key, sender, &transcript, &message),
                        Err(Abort::NotOffered)
                    );
                }
            }
        }
    }
}
