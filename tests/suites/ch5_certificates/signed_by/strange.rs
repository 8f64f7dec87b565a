//! `signed_by`: what does not count, and which key does.

use der::asn1::{Any, AnyRef};
use der::{Decode as _, Encode as _};
use given::x509::*;
use harness::show::Words;
use harness::{think_of, with};
use sha2::Sha256;

use super::signed_by_is;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::keys;
use fixtures::x509::*;

harness::suite! {
    exercise "5.2" {
        /// only the name and the key of the issuer count, and key identifiers are only a hint
        #[think = "What else in the issuer's certificate did you look at? Whether it may sign, and when, is checked in 5.3 and 5.5."]
        fn only_the_name_and_the_key_count({what} from ISSUERS) {
            let issuer = strange_issuer(what).make();
            with!("issuer is" = Words(what.to_owned()));
            let mut leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1));
            signed_by_is(&leaf.make(), &issuer, Ok(()))?;
            // The certificate's dates, its extensions and the key that it hints at don't count either.
            leaf.validity = LONG_AGO;
            let [own, hint] = identifiers(9, 2);
            leaf.others = vec![own, hint, unknown_extension(true)];
            signed_by_is(&leaf.make(), &issuer, Ok(()))?;
            leaf.others[1] = stray_hint(Some([7; 20]));
            signed_by_is(&leaf.make(), &issuer, Ok(()))?;
        }

        /// whatever else is in the certificate, its signature is valid or not
        #[think = "What else did you look at? Only the issuer's name, the algorithms and the signature count."]
        fn only_the_signature_counts({what} from CERTIFICATES) {
            let issuer = Plan { ca: Some((true, Some(0))), ..Plan::root(ca(BITS, 1)) }.unsigned();
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1));
            let plan = match what {
                "a CA below one whose path length is 0" => Plan::ca("CA 2", Key(BITS, 2), ca(BITS, 1)),
                "one with the key of its issuer" => Plan { public_key: Key(BITS, 1).public(), ..leaf },
                "one with the number 0" => Plan { serial: 0, ..leaf },
                "one without extensions" | "one of version 1" => Plan { ca: None, usage: None, purposes: None, names: None, ..leaf },
                "one whose extensions can't be read" => unreadable(leaf, &OF_CERTIFICATES),
                "one whose dates are in the wrong order" => Plan { validity: (-1000, -2000), ..leaf },
                _ => leaf,
            };
            let certificate = match what {
                "one whose key is not an RSA key" => plan.with_other_key(),
                "one whose key can't be read" => signed(with_unreadable_key(&plan.unsigned()).signed_part()),
                "one of version 1" => signed(&of_version_1(&plan)),
                _ => plan.make(),
            };
            with!("certificate is" = Words(what.to_owned()));
            signed_by_is(&certificate, &issuer, Ok(()))?;
            if what == "one of version 1" {
                with!("certificate.signature()" = Words("good, for the same fields in a certificate of version 3".to_owned()));
                think_of!("A signature is for the bytes that were received. What would be signed if you wrote the same fields again?");
                // A number of its own: what is kept from an earlier call has a property of its own.
                let plan = Plan { serial: 1004, ..plan };
                let other = with(&of_version_1(&plan), plan.make().signature());
                signed_by_is(&other, &issuer, Err(Untrusted::BadSignature))?;
            }
        }

        /// a CA with a new key is signed with its old one, and not with the new one
        #[think = "The names are the same. Which of the two certificates has the key that checks the signature?"]
        fn a_ca_changes_its_key({own} from [false, true]) {
            // Numbers of their own: what is kept from an earlier call has a property of its own.
            let (signer, serial) = if own { (2, 1001) } else { (1, 1002) };
            let public_key = Key(BITS, 2).public();
            let signer = Key(BITS, signer);
            let renewed = Plan { public_key, signer, serial, ..Plan::root(ca(BITS, 1)) };
            let old = Plan::root(ca(BITS, 1)).unsigned();
            let expected = if own { Err(Untrusted::BadSignature) } else { Ok(()) };
            with!("certificate.signature()" = Words(if own { "by the new key" } else { "by the old key" }.to_owned()));
            signed_by_is(&renewed.make(), &old, expected)?;
            let leaf = Plan { signer: Key(BITS, 9), serial: 1003, ..Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1)) };
            with!("certificate.signature()" = Words("by its own key".to_owned()));
            signed_by_is(&leaf.make(), &old, Err(Untrusted::BadSignature))?;
        }
    }
}

/// What an issuer may be while its signatures stay valid.
const ISSUERS: [&str; 13] = [
    "a server",
    "not a CA",
    "a CA without KeyCertSign",
    "expired",
    "not valid yet",
    "a root with a broken signature",
    "one with an unknown critical extension",
    "signed by an older root",
    "signed with MD5",
    "one that names two algorithms",
    "one with other key identifiers",
    "one for TLS clients",
    "one whose extensions can't be read",
];

fn strange_issuer(what: &str) -> Plan {
    let mut plan = Plan::root(ca(BITS, 1));
    match what {
        "a server" => (plan.ca, plan.usage) = (None, None),
        "not a CA" => plan.ca = Some((false, None)),
        "a CA without KeyCertSign" => plan.usage = Some(KeyUsages::DigitalSignature),
        "expired" => plan.validity = LONG_AGO,
        "not valid yet" => plan.validity = (-2_000_000_000, 3_000_000_000),
        "one for TLS clients" => plan.purposes = Some(vec![CLIENT_AUTH]),
        "one whose extensions can't be read" => plan = unreadable(plan, &OF_CERTIFICATES),
        "a root with a broken signature" => plan.flipped = Some(77),
        "one with an unknown critical extension" => plan.others = vec![unknown_extension(true)],
        "signed by an older root" => {
            (plan.issuer, plan.signer) = ("Older root".to_owned(), Key(BITS, 3));
        }
        "signed with MD5" => (plan.inner, plan.outer) = (md5(), md5()),
        "one that names two algorithms" => plan.outer = md5(),
        _ => plan.others = identifiers(4, 3).to_vec(),
    }
    plan
}

/// What a certificate may be while its signature stays valid.
const CERTIFICATES: [&str; 9] = [
    "a CA below one whose path length is 0",
    "one with the key of its issuer",
    "one with the number 0",
    "one without extensions",
    "one whose extensions can't be read",
    "one whose dates are in the wrong order",
    "one whose key is not an RSA key",
    "one whose key can't be read",
    "one of version 1",
];

/// The certificate with this signed part, signed by CA 1.
fn signed(part: &[u8]) -> Certificate {
    with(
        part,
        &keys::sign_pkcs1::<Sha256>(Key(BITS, 1).private(), part),
    )
}

/// The certificate with this signed part and this signature.
fn with(part: &[u8], signature: &[u8]) -> Certificate {
    Certificate::assemble(part, &sha256_with_rsa(), signature).expect("a certificate")
}

/// The signed part without the number of its version: then it is of version 1.
fn of_version_1(plan: &Plan) -> Vec<u8> {
    const VERSION_3: &[u8] = &[0xa0, 3, 2, 1, 2];
    let certificate = plan.unsigned();
    let part = AnyRef::from_der(certificate.signed_part());
    let fields = part.expect("a sequence").value();
    let others = fields
        .strip_prefix(VERSION_3)
        .expect("it begins with the version");
    let part = Any::new(der::Tag::Sequence, others).and_then(|part| part.to_der());
    part.expect("it is short")
}

/// By any clock, it has expired: years ago.
const LONG_AGO: (i64, i64) = (1_000_000_000, -500_000_000);

fn md5() -> AlgorithmIdentifier {
    other_algorithms()[3].1.clone()
}
