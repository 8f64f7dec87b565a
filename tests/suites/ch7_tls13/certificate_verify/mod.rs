//! What must hold of exercise 7.6.

use given::tls::{Abort, SignatureScheme};
use given::tls13::CertificateVerify;
use harness::show::{Hex, Words};
use harness::{accepted, assume, check, same, think_of};
use proptest::prelude::*;
use proptest::sample::select;
use rsa::traits::PublicKeyParts;
use sha2::Sha256;

use self::signed::{
    BITS, Number, content, key_of, message_of, numbers, other_contents, public, sender, signed,
    signed_in_other_ways,
};
use crate::subject::ch6_tls12::Sender;
use crate::subject::ch7_tls13::*;
use crate::transcript::transcript_of;
use fixtures::keys;
use fixtures::near_misses::of_other_lengths;
use fixtures::strategies::{LONG, bit, bytes};
use fixtures::tls13::published::{Published, published};

pub mod kept;
mod large;
pub mod made;
pub mod near;
mod signed;

harness::suite! {
    exercise "7.6" {
        /// what is signed is 64 spaces, the context string, a zero, and the hash of the transcript
        #[think = "Print the 130 bytes. Where do the spaces end, and what is the last part?"]
        #[cases = 64]
        fn the_content_is_that_of_the_rfc(sender in sender(), messages in bytes(0..=LONG)) {
            let expected = content(sender, &messages);
            let transcript = transcript_of(&messages);
            same!(signed_content(sender, &transcript), expected);
        }

        /// the CertificateVerify of each connection in RFC 8448 is accepted, but only as the server's
        #[think = "At which message does the transcript end? And what is signed: the transcript, or its hash?"]
        fn the_signatures_of_the_rfc_are_accepted(trace from published()) {
            let Published(trace) = trace;
            let key = key_of(&trace.certificate);
            let message = message_of(&trace.certificate_verify);
            let transcript = transcript_of(&trace.up_to_certificate());
            same!(check_certificate_verify(&key, Sender::Server, &transcript, &message), Ok(()));
            think_of!("It is the server's signature, and you accept it as the client's. What does `signed_content` make of the sender, and what do you do with the result of the check?");
            same!(
                check_certificate_verify(&key, Sender::Client, &transcript, &message),
                Err(Abort::BadSignature)
            );
        }

        /// a CertificateVerify is refused if the transcript ends at another message
        #[think = "At which message does the transcript end?"]
        fn another_moment_is_refused(trace from published()) {
            let Published(trace) = trace;
            let key = key_of(&trace.certificate);
            let message = message_of(&trace.certificate_verify);
            for messages in [
                vec![],
                trace.up_to_server_hello(),
                trace.up_to_certificate_verify(),
                trace.up_to_server_finished(),
            ] {
                let transcript = transcript_of(&messages);
                same!(
                    check_certificate_verify(&key, Sender::Server, &transcript, &message),
                    Err(Abort::BadSignature)
                );
            }
        }

        /// another implementation accepts your signature: PSS with SHA-256 and a salt of 32 bytes
        #[think = "What do you pass to `sign_pss`? It hashes what it is given."]
        #[cases = 16]
        fn others_accept_your_signature(
            sender in sender(), messages in bytes(0..=300), bits in select(vec![BITS, 1025])
        ) {
            let key = keys::private(bits, 0);
            let transcript = transcript_of(&messages);
            let made = accepted!(certificate_verify(key, sender, &transcript));
            let content = content(sender, &messages);
            let is_valid = key.as_public_key().pss_verify::<Sha256>(&content, &made.signature).is_ok();
            check!(
                is_valid,
                "a PSS signature of the bytes that `signed_content` returns", Words("a signature that does not verify".to_owned()),
                "certificate_verify(key, sender, &transcript)?.signature"
            );
            think_of!("The signature is right. Which scheme does the message name, and is it the one that made it?");
            same!(Hex(made.scheme), Hex(SignatureScheme::RsaPssRsaeSha256.code()), "certificate_verify(key, sender, &transcript)?.scheme");
        }

        /// you accept the signatures of another implementation
        #[think = "What do you pass to `verify_pss`? It hashes what it is given."]
        #[cases = 16]
        fn you_accept_the_signatures_of_others(
            sender in sender(), messages in bytes(0..=300), bits in select(vec![BITS, 1025])
        ) {
            let key = keys::private(bits, 0);
            let message = signed(key, &content(sender, &messages));
            let transcript = transcript_of(&messages);
            let public = key.as_public_key();
            same!(check_certificate_verify(public, sender, &transcript, &message), Ok(()));
        }

        /// a server's signature is not valid as a client's, nor the other way around
        #[think = "Which part of the content says who signs?"]
        #[cases = 16]
        fn the_other_sender_is_refused(sender in sender(), messages in bytes(0..=80)) {
            let other = match sender {
                Sender::Client => Sender::Server,
                Sender::Server => Sender::Client,
            };
            let message = signed(keys::private(BITS, 0), &content(sender, &messages));
            let (key, transcript) = (public(BITS, 0), transcript_of(&messages));
            same!(
                check_certificate_verify(key, other, &transcript, &message),
                Err(Abort::BadSignature)
            );
        }

        /// the signature of a transcript that differs in one bit is refused
        #[think = "Against which transcript do you check the signature? It must be your own."]
        #[cases = 16]
        fn another_transcript_is_refused(
            sender in sender(), messages in bytes(1..=300), changed in bit()
        ) {
            let message = signed(keys::private(BITS, 0), &content(sender, &changed.flipped(&messages)));
            let (key, transcript) = (public(BITS, 0), transcript_of(&messages));
            same!(
                check_certificate_verify(key, sender, &transcript, &message),
                Err(Abort::BadSignature)
            );
        }

        /// a signature under another key is refused
        #[think = "With which key do you check the signature?"]
        #[cases = 16]
        fn another_key_is_refused(sender in sender(), messages in bytes(0..=80)) {
            let message = signed(keys::private(BITS, 1), &content(sender, &messages));
            let (key, transcript) = (public(BITS, 0), transcript_of(&messages));
            same!(
                check_certificate_verify(key, sender, &transcript, &message),
                Err(Abort::BadSignature)
            );
        }

        /// a signature with one bit changed is refused
        #[think = "Does every failure become `BadSignature`?"]
        #[cases = 32]
        fn a_changed_signature_is_refused(messages in bytes(0..=80), changed in bit()) {
            let mut message = signed(keys::private(BITS, 0), &content(Sender::Server, &messages));
            message.signature = changed.flipped(&message.signature);
            let (key, transcript) = (public(BITS, 0), transcript_of(&messages));
            same!(
                check_certificate_verify(key, Sender::Server, &transcript, &message),
                Err(Abort::BadSignature)
            );
        }

        /// a signature of another length is refused: empty, with bytes missing, or with bytes added
        #[think = "With \"goto fail\", nobody looked at the signature. What do you do with an empty one?"]
        fn another_length_is_refused() {
            let right = signed(keys::private(BITS, 0), &content(Sender::Server, b"messages"));
            let (key, transcript) = (public(BITS, 0), transcript_of(b"messages"));
            for signature in of_other_lengths(&right.signature) {
                let message = CertificateVerify { signature, ..right };
                same!(
                    check_certificate_verify(key, Sender::Server, &transcript, &message),
                    Err(Abort::BadSignature)
                );
            }
        }

        /// a signature of something that only resembles the content is refused
        #[think = "If a signature is not valid, do you try again with other content?"]
        fn near_misses_are_refused(signed_instead from other_contents()) {
            let message = signed(keys::private(BITS, 0), &signed_instead.bytes);
            let (key, transcript) = (public(BITS, 0), transcript_of(b"messages"));
            same!(
                check_certificate_verify(key, Sender::Server, &transcript, &message),
                Err(Abort::BadSignature)
            );
        }

        /// a signature with another padding, hash or salt is refused, even if the message names the right scheme
        #[think = "There is one scheme. Which others does your check allow?"]
        fn another_way_to_sign_is_refused() {
            // The smallest key that has room for SHA-512 and a salt of 64 bytes.
            let key = keys::private(1041, 0);
            let transcript = transcript_of(b"messages");
            for message in signed_in_other_ways(key, &content(Sender::Server, b"messages")) {
                let public = key.as_public_key();
                same!(
                    check_certificate_verify(public, Sender::Server, &transcript, &message),
                    Err(Abort::BadSignature)
                );
            }
        }

        /// a message that names another scheme is refused, even if its signature is valid
        #[think = "What do you do with the scheme that the message names? Which one has the client offered?"]
        fn another_scheme_is_refused(
            number from numbers([
                0, 0x0401, 0x0501, 0x0601, 0x0403, 0x0503, 0x0807, 0x0805, 0x0806, 0x0809, 0x080a,
                0x080b, 0x0101, 0x0201, 0x0203, 0x0404, 0x0800, 0x0004, 0x0a0a, 0xffff,
            ])
        ) {
            let Number(scheme) = number;
            let key = keys::private(BITS, 0);
            let content = content(Sender::Server, b"messages");
            let pss = signed(key, &content).signature;
            let pkcs1 = key.pkcs1v15_sign::<Sha256>(&content).expect("the key is large enough");
            let transcript = transcript_of(b"messages");
            for signature in [pss, pkcs1, vec![]] {
                let message = CertificateVerify { scheme, signature };
                let public = key.as_public_key();
                same!(
                    check_certificate_verify(public, Sender::Server, &transcript, &message),
                    Err(Abort::NotOffered)
                );
            }
        }

        /// junk of any length is refused as a signature, and never makes the check panic
        #[think = "What do you do with a signature before `verify_pss` gets it?"]
        #[cases = 32]
        fn junk_is_refused(junk in prop_oneof![bytes(128..=128), bytes(0..=LONG)]) {
            let scheme = SignatureScheme::RsaPssRsaeSha256.code();
            let message = CertificateVerify { scheme, signature: junk };
            let (key, transcript) = (public(BITS, 0), transcript_of(b"messages"));
            assume!(key.size() == BITS / 8);
            same!(
                check_certificate_verify(key, Sender::Server, &transcript, &message),
                Err(Abort::BadSignature)
            );
        }
    }
}
