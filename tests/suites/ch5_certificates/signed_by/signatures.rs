//! `signed_by`: the signature, and what it covers.

use der::asn1::{AnyRef, BitString, OctetString};
use der::{Decode as _, Encode as _};
use given::x509::*;
use harness::show::Words;
use harness::{refused, think_of, with};
use rsa::traits::PublicKeyParts as _;
use sha2::{Digest as _, Sha256};

use super::signed_by_is;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::keys;
use fixtures::strategies::{LONG, bit, bytes};
use fixtures::tell;
use fixtures::x509::BITS;
use fixtures::x509::with_content;

harness::suite! {
    exercise "5.2" {
        /// an issuer with the same name and another key is refused
        #[think = "Anybody can use that name. What can only the issuer do?"]
        fn a_namesake_is_refused() {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1)).make();
            let namesake = Plan::root(Signer("CA 1", Key(BITS, 2))).make();
            with!("issuer.public_key()" = Words("not the key that has signed".to_owned()));
            signed_by_is(&leaf, &namesake, Err(Untrusted::BadSignature))?;
        }

        /// a certificate may have any length
        #[think = "Is the signature checked over all of the first part?"]
        #[cases = 12]
        fn any_length_is_checked({content} in bytes(0..=LONG), {changed} in bit()) {
            let root = Plan::root(anchor(BITS)).unsigned();
            let id = unknown_extension(false).extn_id;
            let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            plan.others = vec![with_content(id, &content)];
            let leaf = plan.make();
            with!("certificate.signed_part()" = leaf.signed_part().to_vec());
            signed_by_is(&leaf, &root, Ok(()))?;
            if !content.is_empty() {
                plan.others = vec![with_content(id, &changed.flipped(&content))];
                let other = plan.with_signature(leaf.signature());
                with!("certificate.signed_part()" = other.signed_part().to_vec());
                with!("what was changed" = Words("a bit of that part, after it was signed".to_owned()));
                signed_by_is(&other, &root, Err(Untrusted::BadSignature))?;
            }
        }

        /// a certificate that names itself as its issuer needs a good signature, like any other
        #[think = "Is there a way around the signature? Anybody can write their own name twice."]
        fn to_name_oneself_is_not_a_signature({signer} from [0, 1, 2]) {
            // Signer 0 is the root's own key, so its signature is broken instead.
            let flipped = Some(5).filter(|_| signer == 0);
            let plan = Plan::root(anchor(BITS));
            let root = Plan { signer: Key(BITS, signer), flipped, ..plan }.make();
            with!("certificate.signature()" = Words(if signer == 0 { "broken" } else { "by another key" }.to_owned()));
            signed_by_is(&root, &root, Err(Untrusted::BadSignature))?;
            // A leaf, as if it had signed itself.
            let mut leaf = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            leaf.issuer = leaf.subject.clone();
            with!("certificate.signature()" = Words("by the key of the root".to_owned()));
            signed_by_is(&leaf.make(), &leaf.make(), Err(Untrusted::BadSignature))?;
        }

        /// an empty signature is refused, and so is one that is too short or too long
        #[think = "`verify_pkcs1` refuses each of them. What do you do before you call it?"]
        fn what_is_not_a_signature_is_refused(signature from [
            "nothing", "one zero", "without its first byte", "without its last byte", "half of it",
            "with a zero before it", "with a zero after it", "zeros", "ones", "the modulus",
            "inside an OCTET STRING", "inside a BIT STRING",
        ]) {
            let plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            let good = plan.make().signature().to_vec();
            let bytes = match signature {
                "nothing" => vec![],
                "one zero" => vec![0],
                "without its first byte" => good[1..].to_vec(),
                "without its last byte" => good[..good.len() - 1].to_vec(),
                "half of it" => good[..good.len() / 2].to_vec(),
                "with a zero before it" => [&[0], &good[..]].concat(),
                "with a zero after it" => [&good[..], &[0]].concat(),
                "zeros" => vec![0; good.len()],
                "ones" => vec![0xff; good.len()],
                "inside an OCTET STRING" => OctetString::new(good).and_then(|it| it.to_der()).expect("it is short"),
                "inside a BIT STRING" => BitString::from_bytes(&good).and_then(|it| it.to_der()).expect("it is short"),
                _ => n_of(Key(BITS, 0)),
            };
            let root = Plan::root(anchor(BITS)).unsigned();
            let text = harness::show::text(&harness::pieces!(&bytes));
            with!("certificate.signature()" = Words(format!("{text}: {signature}")));
            signed_by_is(&plan.with_signature(&bytes), &root, Err(Untrusted::BadSignature))?;
        }

        /// a good signature of something else is refused
        #[think = "The signature covers `signed_part`, all of it. Do you accept anything else?"]
        fn a_signature_of_something_else_is_refused({what} from [
            "nothing", "the public key", "the modulus of the public key", "the signed part of the issuer",
            "the whole certificate, without a signature", "the content of the signed part, without its tag and length",
            "the hash of the signed part",
        ]) {
            let plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            let (leaf, root) = (plan.with_signature(&[]), Plan::root(anchor(BITS)).unsigned());
            let signed = match what {
                "nothing" => &[],
                "the public key" => leaf.public_key_info().subject_public_key.raw_bytes(),
                "the modulus of the public key" => &n_of(Key(BITS, 9)),
                "the signed part of the issuer" => root.signed_part(),
                "the whole certificate, without a signature" => leaf.to_der(),
                "the content of the signed part, without its tag and length" => content_of(leaf.signed_part()),
                _ => &Sha256::digest(leaf.signed_part()),
            };
            let signature = keys::sign_pkcs1::<Sha256>(Key(BITS, 0).private(), signed);
            with!("certificate.signature()" = Words(format!("by the issuer, of this: {what}")));
            signed_by_is(&plan.with_signature(&signature), &root, Err(Untrusted::BadSignature))?;
        }

        /// a signature with garbage after the hash, or without the name of the hash, is refused
        #[think = "Which function checks the signature? Return what it says. Exercise 3.6 shows what happens to a verifier that is satisfied with less."]
        fn a_careless_signature_is_refused() {
            let plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            let (leaf, root) = (plan.with_signature(&[]), Plan::root(anchor(BITS)).unsigned());
            for careless in keys::careless_signatures(Key(BITS, 0).private(), leaf.signed_part()) {
                with!("the block in certificate.signature()" = Words(careless.name));
                let leaf = plan.with_signature(&careless.bytes);
                signed_by_is(&leaf, &root, Err(Untrusted::BadSignature))?;
            }
        }

        /// changing one bit of the signature makes `signed_by` refuse it
        #[think = "Do you return what `verify_pkcs1` says?"]
        #[cases = 32]
        fn a_changed_signature_is_refused({flipped} in 0..BITS) {
            let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            plan.flipped = Some(flipped);
            let root = Plan::root(anchor(BITS)).make();
            with!("what was changed" = Words(format!("bit {flipped} of the signature")));
            signed_by_is(&plan.make(), &root, Err(Untrusted::BadSignature))?;
        }

        /// changing one bit anywhere in a certificate makes `signed_by` refuse it
        #[think = "Which bytes did you check the signature over? All of the first part?"]
        #[cases = 128]
        fn a_changed_certificate_is_refused({changed} in bit()) {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)).make();
            let issuer = Plan::root(anchor(BITS)).make();
            let der = changed.flipped(leaf.to_der());
            // Many changes leave something that is no longer a certificate.
            if let Ok(certificate) = Certificate::from_der(&der) {
                let part = if certificate.signed_part() != leaf.signed_part() {
                    "the signed part"
                } else if certificate.signature() != leaf.signature() {
                    think_of!("Do you return what `verify_pkcs1` says?");
                    "the signature"
                } else {
                    think_of!("The algorithm is named in two places. Do you look at both, and at their parameters?");
                    "the algorithm beside the signature"
                };
                tell!(certificate, issuer);
                with!("what was changed" = Words(format!("one bit, in {part}")));
                refused!(signed_by(&certificate, &issuer));
            }
        }
    }
}

/// What is inside of a value in DER.
fn content_of(der: &[u8]) -> &[u8] {
    AnyRef::from_der(der).expect("a value").value()
}

fn n_of(key: Key) -> Vec<u8> {
    let modulus = key.public().n().to_be_bytes();
    modulus[modulus.len() - BITS / 8..].to_vec()
}
