//! `signed_by`: the two places that name the algorithm of the signature.

use given::x509::*;
use harness::show::Words;
use harness::with;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

use super::signed_by_is;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::x509::BITS;
use fixtures::x509::other_algorithms;

harness::suite! {
    exercise "5.2" {
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
            ("no parameters", "ecdsa-with-SHA256"), ("ecdsa-with-SHA256", "no parameters"),
            ("no parameters", "a NULL with a byte in it"),
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
