//! `certify`: what is signed, and how the certificate is assembled.

use given::x509::*;
use harness::show::Words;
use harness::{Broken, accepted, check, same, think_of};
use proptest::prelude::*;
use sha2::Sha256;

use crate::subject::ch3_signatures::KeyTooSmall;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::strategies::{LONG, bytes, list};
use fixtures::x509::BITS;
use fixtures::x509::*;

use crate::authority::{authority, issued};

harness::suite! {
    exercise "5.1" {
        /// the signature is made with the CA's key, over all the bytes of the first part
        #[think = "Which bytes go into `sign_pkcs1`? A client takes them from the certificate as they are."]
        #[cases = 16]
        fn the_first_part_is_signed(to_be_signed in to_be_signed()) {
            let certificate = accepted!(certify(&to_be_signed, Key(BITS, 0).private()));
            check_signature(&certificate, &to_be_signed)?;
        }

        /// a certificate may have any length, and any number of extensions
        #[think = "Does all of the first part go into the signature, however long it is?"]
        #[cases = 12]
        fn any_length_is_signed(
            content in bytes(0..=LONG), critical in list(any::<bool>(), 0..=70)
        ) {
            let to_be_signed = with_extensions(&content, &critical);
            let certificate = accepted!(certify(&to_be_signed, Key(BITS, 0).private()));
            check_signature(&certificate, &to_be_signed)?;
        }

        /// `certify` puts the algorithm of the first part beside the signature, whatever it is
        #[think = "Is it taken from `to_be_signed`, as in the picture?"]
        fn the_algorithm_is_copied((name, {algorithm}) from other_algorithms()) {
            let to_be_signed = ToBeSigned { algorithm, ..with_extensions(&[], &[]) };
            let certificate = accepted!(certify(&to_be_signed, Key(BITS, 0).private()));
            check_signature(&certificate, &to_be_signed)?;
        }

        /// a key that is too small to sign with is an error, not a panic
        #[think = "What does `sign_pkcs1` return, and what do you do with it?"]
        fn a_small_key_is_refused() {
            let key = Key(488, 1).private();
            same!(certify(&with_extensions(&[], &[]), key), Err(KeyTooSmall));
            let authority = Authority { key: key.clone(), ..authority(BITS) };
            same!(issued(&authority, &hosts_of(&[HOST])), Err(KeyTooSmall));
            let smallest = Key(496, 1).private();
            let _ = accepted!(certify(&with_extensions(&[], &[]), smallest));
        }
    }
}

/// Checks that the certificate consists of these parts, and is signed with key 0.
fn check_signature(certificate: &Certificate, to_be_signed: &ToBeSigned) -> Result<(), Broken> {
    same!(certificate.signed_part().to_vec(), to_be_signed.to_der());
    let (part, signature) = (certificate.signed_part(), certificate.signature());
    let key = Key(BITS, 0).public();
    let verified = key.pkcs1v15_verify::<Sha256>(part, signature);
    check!(
        verified.is_ok(),
        "the CA's signature over signed_part()",
        Words("another signature, or one over other bytes".to_owned()),
        "the signature of certify(&to_be_signed, key)"
    );
    think_of!(
        "Is the algorithm beside the signature taken from `to_be_signed`, as in the picture?"
    );
    let (outer, inner) = (certificate.outer_algorithm(), &to_be_signed.algorithm);
    check!(
        outer == inner,
        format!("{}, as in the first part", oid_in_words(&inner.oid)),
        Words(oid_in_words(&outer.oid)),
        "the algorithm beside the signature of certify(&to_be_signed, key)"
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
