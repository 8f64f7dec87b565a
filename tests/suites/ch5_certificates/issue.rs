use std::collections::BTreeSet;

use given::x509::*;
use harness::{accepted, check, same};
use proptest::prelude::*;
use proptest::sample::select;
use sha2::Sha256;

use crate::sizes::{BITS, SAFE_BITS};
use crate::strategies::{authority, hosts, hosts_of, issued, request, server_key, validity};
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::oracles::{openssl_accepts, webpki_accepts};

harness::suite! {
    exercise "5.1" {
        /// what is signed are the bytes of the whole first part, by the CA's key
        #[think = "Which bytes go into `sign_pkcs1`? A client computes them from the certificate."]
        #[cases = 32]
        fn the_first_part_is_signed(to_be_signed in to_be_signed()) {
            let key = Key(BITS, 0).private();
            let certificate = accepted!(certify(&to_be_signed, key));
            same!(certificate.signed_part().to_vec(), to_be_signed.to_der());
            let (part, signature) = (certificate.signed_part(), certificate.signature());
            let verified = key.as_public_key().pkcs1v15_verify::<Sha256>(part, signature);
            check!(verified.is_ok(), "the CA's signature over signed_part()", certificate);
        }

        /// the algorithm is sha256WithRSAEncryption, inside and outside
        #[think = "The third argument of `assemble` is what the first part says of itself."]
        #[cases = 8]
        fn the_algorithm_is_the_same_twice(hosts in hosts()) {
            let certificate = accepted!(issued(&authority(BITS), &hosts));
            same!(*certificate.inner_algorithm(), sha256_with_rsa());
            same!(*certificate.outer_algorithm(), sha256_with_rsa());
        }

        /// a certificate has the subject, the names, the key and the validity that were asked for
        #[think = "Go through the first table, line by line. Whose key is it that you put in?"]
        #[cases = 16]
        fn what_was_requested_is_in_it(
            hosts in hosts(), from in 0..2_000_000_000_u64, seconds in 0..8_000_000_000_u64
        ) {
            let validity = Validity {
                not_before: UnixTime(from),
                not_after: UnixTime(from + seconds),
            };
            let request = request(&hosts);
            let certificate = accepted!(issue(&authority(BITS), &request, validity));
            same!(certificate.subject().to_string(), request.subject.to_string());
            same!(certificate.public_key() == Ok(request.public_key), true);
            same!(certificate.validity(), validity);
            let names = certificate.extension::<SubjectAltName>();
            same!(names, Ok(Some(SubjectAltName(request.names))));
        }

        /// the issuer is the subject of the CA's certificate, also where that CA is no root
        #[think = "A CA's certificate has two names in it. Which of them is the CA's own?"]
        fn the_issuer_is_the_ca() {
            let authority = authority(BITS);
            let certificate = accepted!(issued(&authority, &hosts_of(&[HOST])));
            same!(certificate.issuer().to_string(), authority.certificate.subject().to_string());
        }

        /// the extensions say that it is no CA, and what its key is for
        #[think = "Go through the second table, line by line, and through its column `critical`."]
        fn the_extensions_are_there() {
            let certificate = accepted!(issued(&authority(BITS), &hosts_of(&[HOST])));
            let no_ca = BasicConstraints { ca: false, path_len_constraint: None };
            same!(certificate.extension::<BasicConstraints>(), Ok(Some(no_ca)));
            let usages = KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment;
            same!(certificate.extension::<KeyUsage>(), Ok(Some(KeyUsage(usages))));
            let purposes = ExtendedKeyUsage(vec![ID_KP_SERVER_AUTH]);
            same!(certificate.extension::<ExtendedKeyUsage>(), Ok(Some(purposes)));
            let critical = critical_extensions(&certificate);
            same!(critical, BTreeSet::from([ID_CE_BASIC_CONSTRAINTS, ID_CE_KEY_USAGE]));
        }

        /// the keys are identified, the server's and the CA's
        #[think = "`key_identifiers` takes two keys. Which of them is whose?"]
        fn the_keys_are_identified() {
            let authority = authority(BITS);
            let certificate = accepted!(issued(&authority, &hosts_of(&[HOST])));
            let server = server_key();
            for expected in key_identifiers(&server, authority.key.as_public_key()) {
                let found = certificate.extensions().contains(&expected);
                check!(found, format!("{} among them", expected.extn_id), ids(&certificate));
            }
        }

        /// where the subject is empty, the names are critical
        #[think = "Where nothing else says who it is, who can't read the names must not go on."]
        #[cases = 4]
        fn names_are_critical_without_a_subject(letter in select(vec!["a", "b", "c"])) {
            // A common name has 64 characters at most, so this request has none.
            let long = format!("{}.example.org", letter.repeat(60));
            let certificate = accepted!(issued(&authority(BITS), &[long]));
            let critical = critical_extensions(&certificate);
            check!(critical.contains(&ID_CE_SUBJECT_ALT_NAME), "the names among them", critical);
        }

        /// serial numbers are at most 20 bytes long, and can't be foretold
        #[think = "A number that can be foretold let somebody forge a CA in 2008. What has the system?"]
        fn serial_numbers_are_random() {
            let authority = authority(BITS);
            let mut serials = Vec::new();
            for _ in 0..SAMPLES {
                let certificate = accepted!(issued(&authority, &hosts_of(&[HOST])));
                serials.push(certificate.serial().as_bytes().to_vec());
            }
            let faults = faults_of_serials(&serials);
            check!(faults.is_empty(), "64 random bits or more in each", faults);
        }

        /// an authority that is no CA issues as any other: to look is the client's task
        #[think = "What does the last paragraph of the task say?"]
        fn no_authority_is_asked() {
            let Signer(name, key) = ca(BITS, 1);
            let mut plan = Plan::ca(name, key, anchor(BITS));
            plan.ca = Some((false, None));
            plan.usage = Some(KeyUsages::DigitalSignature);
            let authority = Authority { certificate: plan.make(), key: key.private().clone() };
            let certificate = accepted!(issued(&authority, &hosts_of(&[HOST])));
            same!(certificate.issuer().to_string(), format!("CN={name}"));
        }

        /// webpki accepts it, for each of its hosts
        #[think = "The report says what webpki said. Compare it with the two tables."]
        #[cases = 16]
        fn webpki_accepts_it(hosts in hosts()) {
            let key = Key(SAFE_BITS, 0).private().clone();
            let root = accepted!(root("Root", key, validity()));
            let certificate = accepted!(issued(&root, &hosts));
            for host in &hosts {
                let host = host.replace('*', "any");
                let chain = [certificate.clone()];
                let roots = std::slice::from_ref(&root.certificate);
                let said = webpki_accepts(&chain, roots, &host, NOW);
                same!(said, Ok(()));
            }
        }

        /// OpenSSL accepts it, even where it is strict
        #[think = "The report says what OpenSSL said. Compare it with the two tables."]
        fn openssl_accepts_it() {
            let key = Key(SAFE_BITS, 0).private().clone();
            let root = accepted!(root("Root", key, validity()));
            for hosts in [&[HOST, "192.0.2.1"][..], &[&format!("{}.example.org", "a".repeat(60))]] {
                let certificate = accepted!(issued(&root, &hosts_of(hosts)));
                let host = hosts[0];
                if let Some(said) = openssl_accepts(&certificate, &root.certificate, host, NOW)? {
                    same!(said, Ok(()));
                }
            }
        }
    }
}

/// How many serial numbers are drawn to see whether they are random.
const SAMPLES: usize = 64;

fn ids(certificate: &Certificate) -> Vec<String> {
    let ids = certificate.extensions().iter();
    ids.map(|one| one.extn_id.to_string()).collect()
}

fn critical_extensions(certificate: &Certificate) -> BTreeSet<ObjectIdentifier> {
    let critical = certificate.extensions().iter().filter(|one| one.critical);
    critical.map(|one| one.extn_id).collect()
}

/// What speaks against these numbers having 64 random bits.
fn faults_of_serials(serials: &[Vec<u8>]) -> Vec<String> {
    let mut faults = Vec::new();
    let different: BTreeSet<&Vec<u8>> = serials.iter().collect();
    if different.len() < serials.len() {
        faults.push(format!(
            "{} different ones of {}",
            different.len(),
            serials.len()
        ));
    }
    if serials.iter().any(|serial| serial.len() > 20) {
        faults.push("longer than 20 bytes".to_owned());
    }
    // In DER, the highest bit of the first byte is the sign. `as_bytes` leaves out a zero before it.
    let bit = |serial: &Vec<u8>, bit: usize| {
        let byte = serial.len().checked_sub(1 + bit / 8);
        byte.map_or(0, |byte| serial[byte] >> (bit % 8) & 1)
    };
    let takes_both = |&place: &usize| {
        let ones = serials.iter().filter(|serial| bit(serial, place) == 1);
        (1..serials.len()).contains(&ones.count())
    };
    let random = (0..160).filter(takes_both).count();
    if random < 64 {
        faults.push(format!("only {random} bits that take both values"));
    }
    faults
}

/// Anything that a CA might sign.
fn to_be_signed() -> BoxedStrategy<ToBeSigned> {
    let parts = (
        any::<u32>(),
        "[A-Za-z]{1,8}",
        "[A-Za-z]{1,8}",
        0..4_000_000_000_u64,
        any::<bool>(),
    );
    parts
        .prop_map(|(serial, issuer, subject, from, critical)| ToBeSigned {
            serial: SerialNumber::new(&serial.to_be_bytes()).expect("4 bytes"),
            algorithm: sha256_with_rsa(),
            issuer: name(&issuer),
            validity: Validity {
                not_before: UnixTime(from),
                not_after: UnixTime(from + 1000),
            },
            subject: name(&subject),
            public_key: server_key(),
            extensions: vec![unknown_extension(critical)],
        })
        .boxed()
}
