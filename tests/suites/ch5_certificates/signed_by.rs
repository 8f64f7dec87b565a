use der::asn1::{Any, Null};
use given::x509::*;
use harness::{check, same};

use crate::sizes::BITS;
use crate::strategies::crates_io;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::strategies::bit;

harness::suite! {
    exercise "5.2" {
        /// a certificate was signed by its issuer
        #[think = "Whose key is it that checks, the owner's or the issuer's? And which bytes?"]
        #[cases = 16]
        fn the_issuer_has_signed(depth in 0..=4_usize) {
            let mut chain = made(&line(depth, BITS));
            chain.push(Plan::root(anchor(BITS)).make());
            for pair in chain.windows(2) {
                same!(signed_by(&pair[0], &pair[1]), Ok(()));
            }
        }

        /// a root was signed by itself
        #[think = "Nothing is special about a root here. Its issuer is its subject."]
        fn a_root_has_signed_itself() {
            let root = Plan::root(anchor(BITS)).make();
            same!(signed_by(&root, &root), Ok(()));
        }

        /// an issuer of the same name with another key is refused
        #[think = "Everybody can call themselves so. What can't everybody do?"]
        fn a_namesake_is_refused() {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1)).make();
            let namesake = Plan::root(Signer("CA 1", Key(BITS, 2))).make();
            same!(signed_by(&leaf, &namesake), Err(Untrusted::BadSignature));
        }

        /// an issuer of another name with the same key is refused
        #[think = "The certificate names its issuer. Is this the one?"]
        fn another_name_is_refused() {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1)).make();
            let renamed = Plan::root(Signer("CA 2", Key(BITS, 1))).make();
            same!(signed_by(&leaf, &renamed), Err(Untrusted::UnknownIssuer));
            let nameless = Plan::root(Signer("", Key(BITS, 1))).make();
            same!(signed_by(&leaf, &nameless), Err(Untrusted::UnknownIssuer));
        }

        /// who is signed is not who has signed
        #[think = "Of the two certificates, which one holds the signature, and which one the key?"]
        fn the_order_matters() {
            let [leaf, ca] = [&made(&line(1, BITS))[0], &made(&line(1, BITS))[1]];
            check!(signed_by(ca, leaf).is_err(), "Err(…)", signed_by(ca, leaf));
            check!(signed_by(leaf, leaf).is_err(), "Err(…)", signed_by(leaf, leaf));
        }

        /// changing one bit of the signature makes `signed_by` refuse it
        #[think = "Does the result of `verify_pkcs1` reach your own?"]
        #[cases = 32]
        fn a_changed_signature_is_refused(flipped in 0..BITS) {
            let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            plan.flipped = Some(flipped);
            let root = Plan::root(anchor(BITS)).make();
            same!(signed_by(&plan.make(), &root), Err(Untrusted::BadSignature));
        }

        /// changing one bit anywhere in a certificate makes `signed_by` refuse it
        #[think = "Which bytes did you check the signature over? All of the first part?"]
        #[cases = 192]
        fn a_changed_certificate_is_refused(changed in bit()) {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)).make();
            let root = Plan::root(anchor(BITS)).make();
            let changed = Certificate::from_der(&changed.flipped(leaf.to_der()));
            // Many a change leaves something that is no certificate any more.
            if let Ok(changed) = changed {
                check!(signed_by(&changed, &root).is_err(), "Err(…)", signed_by(&changed, &root));
            }
        }

        /// another algorithm beside the signature is refused
        #[think = "The algorithm stands in two places, and only one of them is signed."]
        fn another_outer_algorithm_is_refused(other from other_algorithms()) {
            let (_, algorithm) = other;
            let plan = Plan { outer: algorithm, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            let root = Plan::root(anchor(BITS)).make();
            same!(signed_by(&plan.make(), &root), Err(Untrusted::BadSignature));
        }

        /// another algorithm in the signed part is refused
        #[think = "The algorithm stands in two places. Do you look at both?"]
        fn another_inner_algorithm_is_refused(other from other_algorithms()) {
            let (_, algorithm) = other;
            let plan = Plan { inner: algorithm, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            let root = Plan::root(anchor(BITS)).make();
            same!(signed_by(&plan.make(), &root), Err(Untrusted::BadSignature));
        }

        /// another algorithm in both places is refused: it says what was signed, and it is not so
        #[think = "That both are the same is not enough. What must they be?"]
        fn another_algorithm_is_refused(other from other_algorithms()) {
            let (_, algorithm) = other;
            let (inner, outer) = (algorithm.clone(), algorithm);
            let plan = Plan { inner, outer, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            let root = Plan::root(anchor(BITS)).make();
            same!(signed_by(&plan.make(), &root), Err(Untrusted::BadSignature));
        }

        /// an issuer whose public key is not an RSA key is refused
        #[think = "`public_key` may fail. What do you do then?"]
        fn an_issuer_without_an_rsa_key_is_refused() {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)).make();
            let issuer = without_rsa_key(&Plan::root(anchor(BITS)).make());
            check!(signed_by(&leaf, &issuer).is_err(), "Err(…)", signed_by(&leaf, &issuer));
        }

        /// the certificates that crates.io sent in 2023 were signed by one another
        #[think = "Compare what you check with the three points of the task."]
        fn a_real_chain_is_signed() {
            for pair in crates_io().windows(2) {
                same!(signed_by(&pair[0], &pair[1]), Ok(()));
            }
        }
    }
}

/// Other ways to sign, each with its name.
fn other_algorithms() -> [(&'static str, AlgorithmIdentifier); 5] {
    let of = |oid: &str, parameters| AlgorithmIdentifier {
        oid: ObjectIdentifier::new_unwrap(oid),
        parameters,
    };
    let null = || Some(Any::from(Null));
    [
        ("md5WithRSAEncryption", of("1.2.840.113549.1.1.4", null())),
        ("sha1WithRSAEncryption", of("1.2.840.113549.1.1.5", null())),
        (
            "sha384WithRSAEncryption",
            of("1.2.840.113549.1.1.12", null()),
        ),
        ("ecdsa-with-SHA256", of("1.2.840.10045.4.3.2", None)),
        ("no parameters", of("1.2.840.113549.1.1.11", None)),
    ]
}

/// The same certificate, but that it says that its key is one for RSASSA-PSS alone.
fn without_rsa_key(certificate: &Certificate) -> Certificate {
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
    let mut der = certificate.to_der().to_vec();
    let place = der.windows(RSA.len()).position(|window| window == RSA);
    let place = place.expect("the algorithm of the key");
    der[place + RSA.len() - 1] = 10;
    Certificate::from_der(&der).expect("as good as before")
}
