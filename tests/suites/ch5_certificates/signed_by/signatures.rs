//! `signed_by`: the signature, and its algorithm.

use given::x509::*;
use harness::show::Words;
use harness::{refused, think_of, with};
use rsa::traits::PublicKeyParts as _;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

use super::signed_by_is;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::keys;
use fixtures::strategies::{LONG, bit, bytes};
use fixtures::tell;
use fixtures::x509::BITS;
use fixtures::x509::{other_algorithms, with_content};

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
            "nothing", "the public key", "the signed part of the issuer", "the whole certificate, without a signature",
        ]) {
            let plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            let (leaf, root) = (plan.with_signature(&[]), Plan::root(anchor(BITS)).unsigned());
            let signed = match what {
                "nothing" => &[],
                "the public key" => leaf.public_key_info().subject_public_key.raw_bytes(),
                "the signed part of the issuer" => root.signed_part(),
                _ => leaf.to_der(),
            };
            let signature = keys::sign_pkcs1::<Sha256>(Key(BITS, 0).private(), signed);
            with!("certificate.signature()" = Words(format!("by the issuer, of this: {what}")));
            signed_by_is(&plan.with_signature(&signature), &root, Err(Untrusted::BadSignature))?;
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

        /// another algorithm beside the signature is refused
        #[think = "The algorithm is named in two places, and only one of them is signed."]
        fn another_outer_algorithm_is_refused(({name}, {algorithm}) from other_algorithms()) {
            with!("the other algorithm" = Words(name.to_owned()));
            let plan = Plan { outer: algorithm, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            let root = Plan::root(anchor(BITS)).make();
            signed_by_is(&plan.make(), &root, Err(Untrusted::BadSignature))?;
        }

        /// another algorithm in the signed part is refused
        #[think = "The algorithm is named in two places. Do you look at both?"]
        fn another_inner_algorithm_is_refused(({name}, {algorithm}) from other_algorithms()) {
            with!("the other algorithm" = Words(name.to_owned()));
            let plan = Plan { inner: algorithm, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            let root = Plan::root(anchor(BITS)).make();
            signed_by_is(&plan.make(), &root, Err(Untrusted::BadSignature))?;
        }

        /// another algorithm in both places is refused as not supported
        #[think = "It is not enough that both are the same. What must they be?"]
        fn another_algorithm_is_refused(({name}, {algorithm}) from other_algorithms()) {
            with!("the other algorithm" = Words(name.to_owned()));
            let (inner, outer) = (algorithm.clone(), algorithm);
            let plan = Plan { inner, outer, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            let root = Plan::root(anchor(BITS)).make();
            signed_by_is(&plan.make(), &root, Err(Untrusted::UnsupportedAlgorithm))?;
        }

        /// two different algorithms are a bad signature, even if neither of them is supported
        #[think = "Are the two places alike? Go through the two errors: which of them is for places that differ?"]
        fn two_other_algorithms_are_refused(({one}, {other}) from [
            ("sha384WithRSAEncryption", "sha512WithRSAEncryption"), ("ecdsa-with-SHA256", "ecdsa-with-SHA384"),
            ("sha1WithRSAEncryption", "Ed25519"), ("RSASSA-PSS", "RSASSA-PSS without parameters"),
        ]) {
            with!("in the signed part" = Words(one.to_owned()), "beside the signature" = Words(other.to_owned()));
            let named = |name: &str| {
                let mut all = other_algorithms().into_iter();
                all.find(|(known, _)| *known == name).expect("a name").1
            };
            let (inner, outer) = (named(one), named(other));
            let plan = Plan { inner, outer, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            let root = Plan::root(anchor(BITS)).unsigned();
            signed_by_is(&plan.make(), &root, Err(Untrusted::BadSignature))?;
        }

        /// a good signature with another hash or padding is refused, even if the certificate names it
        #[think = "Only one algorithm is supported here. Do you verify another one as well?"]
        fn a_good_signature_of_another_kind_is_refused(({name}, {sign}) from KINDS) {
            let mut all = other_algorithms().into_iter();
            let (_, algorithm) = all.find(|(other, _)| *other == name).expect("a name");
            let root = Plan::root(anchor(BITS)).unsigned();
            for (algorithm, why) in [
                (algorithm, Untrusted::UnsupportedAlgorithm),
                (sha256_with_rsa(), Untrusted::BadSignature),
            ] {
                let (inner, outer) = (algorithm.clone(), algorithm);
                let plan = Plan { inner, outer, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
                let signature = sign(Key(BITS, 0).private(), plan.unsigned().signed_part());
                let certificate = plan.with_signature(&signature.expect("the key is large enough"));
                with!("certificate.signature()" = Words(format!("good, for {name}")));
                signed_by_is(&certificate, &root, Err(why))?;
            }
        }
    }
}

fn n_of(key: Key) -> Vec<u8> {
    let modulus = key.public().n().to_be_bytes();
    modulus[modulus.len() - BITS / 8..].to_vec()
}

/// Signs a message.
type Sign = fn(&rsa::PrivateKey, &[u8]) -> rsa::Result<Vec<u8>>;

/// Other ways to sign with an RSA key, each by its name among [`other_algorithms`].
const KINDS: [(&str, Sign); 6] = [
    ("sha224WithRSAEncryption", |key, message| {
        key.pkcs1v15_sign::<Sha224>(message)
    }),
    ("sha384WithRSAEncryption", |key, message| {
        key.pkcs1v15_sign::<Sha384>(message)
    }),
    ("sha512WithRSAEncryption", |key, message| {
        key.pkcs1v15_sign::<Sha512>(message)
    }),
    ("sha512-224WithRSAEncryption", |key, message| {
        key.pkcs1v15_sign::<Sha512_224>(message)
    }),
    ("sha512-256WithRSAEncryption", |key, message| {
        key.pkcs1v15_sign::<Sha512_256>(message)
    }),
    ("RSASSA-PSS", |key, message| key.pss_sign::<Sha256>(message)),
];
