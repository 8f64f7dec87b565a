//! What must not be kept from one call to the next.

use given::tls::Abort;
use given::tls13::CertificateVerify;
use harness::show::Words;
use harness::{notes, same, with};

use super::signed::{BITS, content, public, sender, signed};
use crate::subject::ch6_tls12::Sender;
use crate::subject::ch7_tls13::*;
use crate::transcript::transcript_of;
use fixtures::keys;
use fixtures::strategies::{bit, bytes};

harness::suite! {
    exercise "7.6" {
        /// a signature that was good once is refused under another key, for another sender, over
        /// another transcript, and with a bit changed
        #[think = "Do you keep anything from one call to the next? A signature is good in one place only."]
        #[cases = 8]
        fn a_signature_is_good_in_one_place(
            sender in sender(), messages in bytes(1..=80), {of_messages} in bit(), {of_signature} in bit()
        ) {
            let message = signed(keys::private(BITS, 0), &content(sender, &messages));
            let other_sender = match sender {
                Sender::Client => Sender::Server,
                Sender::Server => Sender::Client,
            };
            let changed = |signature| CertificateVerify { signature, ..message };
            let mut last = message.signature.clone();
            last[BITS / 8 - 1] ^= 1;
            let (changed, last) = (changed(of_signature.flipped(&message.signature)), changed(last));
            let other_messages = of_messages.flipped(&messages);
            let (key, other_key) = (public(BITS, 0), public(BITS, 1));
            for (key, sender, messages, message, expected) in [
                (key, sender, &messages, &message, Ok(())),
                (other_key, sender, &messages, &message, Err(Abort::BadSignature)),
                (key, sender, &messages, &message, Ok(())),
                (key, other_sender, &messages, &message, Err(Abort::BadSignature)),
                (key, sender, &messages, &message, Ok(())),
                (key, sender, &other_messages, &message, Err(Abort::BadSignature)),
                (key, sender, &messages, &message, Ok(())),
                (key, sender, &messages, &changed, Err(Abort::BadSignature)),
                (key, sender, &messages, &message, Ok(())),
                (key, sender, &messages, &last, Err(Abort::BadSignature)),
                (key, sender, &messages, &message, Ok(())),
            ] {
                let transcript = transcript_of(messages);
                same!(check_certificate_verify(key, sender, &transcript, message), expected);
            }
        }

        /// a signature of 256 bytes that was good once is refused with a change in any part of it
        #[think = "Do you keep anything from one call to the next? All bytes of a signature count."]
        fn a_long_signature_is_good_as_a_whole() {
            let (key, transcript) = (keys::private(2048, 0), transcript_of(b"messages"));
            let good = signed(key, &content(Sender::Server, b"messages"));
            for place in [255, 128, 127, 0] {
                let mut signature = good.signature.clone();
                signature[place] ^= 1;
                let changed = CertificateVerify { signature, ..good };
                let public = key.as_public_key();
                notes::withdraw("what differs");
                same!(check_certificate_verify(public, Sender::Server, &transcript, &good), Ok(()));
                with!("what differs" = Words(format!("the last bit of byte {place}")));
                same!(
                    check_certificate_verify(public, Sender::Server, &transcript, &changed),
                    Err(Abort::BadSignature)
                );
            }
        }
    }
}
