//! `certify`: what is signed, and how the certificate is assembled.

use given::x509::*;
use harness::show::Words;
use harness::{Broken, accepted, check, notes, same, think_of, with};
use proptest::prelude::*;
use sha2::Sha256;

use crate::subject::ch3_signatures::KeyTooSmall;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::strategies::{LONG, bytes, list};
use fixtures::x509::BITS;
use fixtures::x509::*;

use crate::authority::authority;

harness::suite! {
    exercise "5.1" {
        /// the signature is made with the CA's key, over all the bytes of the first part
        #[think = "Which bytes go into `sign_pkcs1`? A client takes them from the certificate as they are."]
        #[cases = 10]
        fn the_first_part_is_signed(to_be_signed in to_be_signed()) {
            check_certified(&to_be_signed, Key(BITS, 0))?;
            think_of!("Now another CA signs the same bytes. Whose key do you sign with?");
            check_certified(&to_be_signed, Key(BITS, 1))?;
        }

        /// each certificate gets a signature of its own, even if it is almost the same as the one before
        #[think = "Do you keep a signature from one call to the next? What exactly was signed then?"]
        fn each_part_is_signed_anew() {
            // They differ in the last byte.
            for last in [1, 2, 1] {
                let to_be_signed = with_extensions(&[7, 7, last], &[]);
                with!("to_be_signed.to_der()" = to_be_signed.to_der());
                think_of!("Do you keep a signature from one call to the next? What exactly was signed then?");
                check_certified(&to_be_signed, Key(BITS, 0))?;
            }
        }

        /// a certificate may have any length, and any number of extensions
        #[think = "Does all of the first part go into the signature, however long it is?"]
        #[cases = 12]
        fn any_length_is_signed(
            {content} in bytes(0..=LONG), {critical} in list(any::<bool>(), 0..=70)
        ) {
            let to_be_signed = with_extensions(&content, &critical);
            with!("to_be_signed.to_der()" = to_be_signed.to_der());
            check_certified(&to_be_signed, Key(BITS, 0))?;
        }

        /// `certify` puts the algorithm of the first part beside the signature, whatever it is
        #[think = "Is it taken from `to_be_signed`, as in the picture?"]
        fn the_algorithm_is_copied(({name}, {algorithm}) from other_algorithms()) {
            let to_be_signed = ToBeSigned { algorithm, ..with_extensions(&[], &[]) };
            let words = algorithm_in_words(&to_be_signed.algorithm);
            with!("to_be_signed.algorithm" = Words(words.clone()));
            check_certified(&to_be_signed, Key(BITS, 0))?;
        }

        /// a key that is too small to sign with is an error, not a panic
        #[think = "What does `sign_pkcs1` return, and what do you do with it?"]
        fn a_small_key_is_refused() {
            let to_be_signed = with_extensions(&[], &[]);
            let key = Key(488, 1).private();
            with!("key" = Words("an RSA key of 488 bits".to_owned()));
            same!(certify(&to_be_signed, key), Err(KeyTooSmall));
            let authority = Authority { key: key.clone(), ..authority(BITS) };
            let (request, validity) = (request(&hosts_of(&[HOST])), validity());
            with!("authority.key" = Words("the same".to_owned()));
            same!(issue(&authority, &request, validity), Err(KeyTooSmall));
            notes::start_over();
            think_of!("Whose key signs? The one in the request doesn't, so its size does not matter here.");
            let (authority, public_key) = (self::authority(BITS), key.as_public_key().clone());
            let request = Request { public_key, ..request };
            with!("request.public_key" = Words("an RSA key of 488 bits".to_owned()));
            let _ = accepted!(issue(&authority, &request, validity));
            notes::start_over();
            think_of!("This key is just large enough. Do you refuse more keys than `sign_pkcs1` does?");
            let key = Key(496, 1).private();
            with!("key" = Words("an RSA key of 496 bits".to_owned()));
            let _ = accepted!(certify(&to_be_signed, key));
            let authority = Authority { key: key.clone(), ..authority };
            with!("authority.key" = Words("the same".to_owned()));
            let _ = accepted!(issue(&authority, &request, validity));
        }

        /// a large key signs like any other
        #[think = "Which keys does the task refuse? Only those that are too small."]
        fn a_large_key_signs() {
            with!("key" = Words("an RSA key of 3072 bits".to_owned()));
            check_certified(&with_extensions(&[], &[]), Key(3072, 0))?;
        }
    }
}

/// Certifies `to_be_signed` with the key. Checks that the certificate consists of these parts, and
/// is signed with that key.
fn check_certified(to_be_signed: &ToBeSigned, key: Key) -> Result<(), Broken> {
    let key = key.private();
    let certificate = accepted!(certify(to_be_signed, key));
    same!(
        certificate.signed_part().to_vec(),
        to_be_signed.to_der(),
        "certify(&to_be_signed, key)?.signed_part()"
    );
    let (part, signature) = (certificate.signed_part(), certificate.signature());
    let verified = key
        .as_public_key()
        .pkcs1v15_verify::<Sha256>(part, signature);
    check!(
        verified.is_ok(),
        "the CA's signature over signed_part()",
        Words("another signature, or one over other bytes".to_owned()),
        "certify(&to_be_signed, key)?.signature()"
    );
    think_of!(
        "Is the algorithm beside the signature taken from `to_be_signed`, as in the picture?"
    );
    let (outer, inner) = (certificate.outer_algorithm(), &to_be_signed.algorithm);
    check!(
        outer == inner,
        format!("{}, as in the first part", algorithm_in_words(inner)),
        Words(algorithm_in_words(outer)),
        "certify(&to_be_signed, key)?.outer_algorithm()"
    );
    Ok(())
}

/// What to sign, with an extension that has this content, and one more for each flag, critical or
/// not.
fn with_extensions(content: &[u8], critical: &[bool]) -> ToBeSigned {
    let id = |number: usize| format!("1.3.6.1.4.1.32473.{number}");
    let others = critical
        .iter()
        .enumerate()
        .map(|(number, critical)| Extension {
            extn_id: ObjectIdentifier::new_unwrap(&id(6 + number)),
            ..unknown_extension(*critical)
        });
    ToBeSigned {
        serial: SerialNumber::new(&[7]).expect("one byte"),
        algorithm: sha256_with_rsa(),
        issuer: name("CA 1"),
        validity: validity(),
        subject: name("Server"),
        public_key: server_key(),
        extensions: std::iter::once(with_content(ObjectIdentifier::new_unwrap(&id(5)), content))
            .chain(others)
            .collect(),
    }
}

/// Anything that a CA might sign.
fn to_be_signed() -> BoxedStrategy<ToBeSigned> {
    let parts = (
        bytes(1..=19),
        "[A-Za-z]{1,8}",
        "[A-Za-z]{1,8}",
        (moment(), moment()),
        any::<bool>(),
    );
    parts
        .prop_map(
            |(serial, issuer, subject, (not_before, not_after), critical)| ToBeSigned {
                serial: SerialNumber::new(&serial).expect("19 bytes"),
                issuer: name(&issuer),
                validity: Validity {
                    not_before,
                    not_after,
                },
                subject: name(&subject),
                ..with_extensions(&[], &[critical])
            },
        )
        .boxed()
}
