//! `issue`: what was requested, and what the CA says about it.

use std::collections::BTreeSet;

use given::x509::*;
use harness::show::Words;
use harness::{accepted, check, differ, elsewhere, same, think_of, with};
use proptest::sample::select;

use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::oracles::{openssl_accepts, webpki_accepts};
use fixtures::x509::*;

use crate::authority::{authority, issued};
use fixtures::x509::{BITS, SAFE_BITS};

harness::suite! {
    exercise "5.1" {
        /// the algorithm is sha256WithRSAEncryption in both places
        #[think = "The second argument of `assemble` is the algorithm that the first part names."]
        #[cases = 4]
        fn the_algorithm_is_the_same_twice(hosts in hosts()) {
            let certificate = accepted!(issued(&authority(BITS), &hosts));
            same!(*certificate.inner_algorithm(), sha256_with_rsa());
            same!(*certificate.outer_algorithm(), sha256_with_rsa());
        }

        /// a certificate has the subject, the names, the key and the validity that were asked for
        #[think = "Go through both tables, line by line. What is not as it was given or requested?"]
        #[cases = 20]
        fn what_was_requested_is_in_it(hosts in hosts(), from in moment(), until in moment()) {
            let validity = Validity { not_before: from, not_after: until };
            let request = request(&hosts);
            let certificate = accepted!(issue(&authority(BITS), &request, validity));
            same!(certificate.subject().to_string(), request.subject.to_string());
            same!(certificate.public_key() == Ok(request.public_key), true);
            same!(certificate.validity(), validity);
            let names = certificate.extension::<SubjectAltName>();
            same!(names, Ok(Some(SubjectAltName(request.names))));
        }

        /// however many names were requested, all of them are in the certificate
        #[think = "Which of the names went into `SubjectAltName`?"]
        fn every_name_is_in_it(count from [2, 9, 17, 65, 101, 257, 1025, 4097]) {
            let request = request(&numbered_hosts(count));
            let certificate = accepted!(issue(&authority(BITS), &request, validity()));
            let names = accepted!(certificate.extension::<SubjectAltName>()).unwrap_or_default().0;
            same!(names.len(), count);
            think_of!("Go through the second table, through its column `critical`. When are the names critical?");
            same!(critical_extensions(&certificate).contains(&ID_CE_SUBJECT_ALT_NAME), false);
            think_of!("Which of the names went into `SubjectAltName`?");
            same!(names == request.names, true);
        }

        /// the issuer is the subject of the CA's certificate, even if that CA is not a root
        #[think = "A CA's certificate has two names in it. Which of them is the CA's own?"]
        fn the_issuer_is_the_ca() {
            let authority = authority(BITS);
            let certificate = accepted!(issued(&authority, &hosts_of(&[HOST])));
            same!(certificate.issuer().to_string(), authority.certificate.subject().to_string());
        }

        /// names with several parts are copied as they are, byte for byte
        #[think = "A name is more than its common name. `clone` copies all of it as it is."]
        fn names_are_copied(owner from [
            "CN=CA 1,O=Example,C=NL", "OU=One+CN=Two", "O=A\\, B\\=C", "a PrintableString",
        ]) {
            let Authority { mut certificate, key } = authority(BITS);
            if owner == "a PrintableString" {
                certificate = in_printable_letters(&certificate);
            } else {
                let Signer(ca, key) = ca(BITS, 1);
                let plan = Plan::ca(ca, key, anchor(BITS));
                certificate = Plan { subject: owner.to_owned(), ..plan }.make();
            }
            let authority = Authority { certificate, key };
            let subject = authority.certificate.subject().clone();
            let asked = Request { subject, ..request(&hosts_of(&[HOST])) };
            let certificate = accepted!(issue(&authority, &asked, validity()));
            same!(certificate.issuer().to_string(), authority.certificate.subject().to_string());
            same!(der_of(certificate.issuer()), der_of(authority.certificate.subject()));
            same!(der_of(certificate.subject()), der_of(&asked.subject));
        }

        /// a request with the CA's own name and key is handled like any other
        #[think = "No requester is special. What do the two tables say?"]
        fn a_ca_may_ask_for_itself() {
            let authority = authority(BITS);
            let public_key = authority.key.as_public_key().clone();
            let subject = authority.certificate.subject().clone();
            let asked = Request { subject, public_key, ..request(&hosts_of(&[HOST, HOST])) };
            let certificate = accepted!(issue(&authority, &asked, validity()));
            same!(certificate.issuer().to_string(), asked.subject.to_string());
            same!(certificate.subject().to_string(), asked.subject.to_string());
            same!(certificate.public_key() == Ok(asked.public_key), true);
            same!(certificate.extension::<SubjectAltName>(), Ok(Some(SubjectAltName(asked.names))));
            let no_ca = BasicConstraints { ca: false, path_len_constraint: None };
            same!(certificate.extension::<BasicConstraints>(), Ok(Some(no_ca)));
        }

        /// the extensions say that it is not a CA, and what its key is for
        #[think = "Go through the second table, line by line, and through its column `critical`."]
        #[cases = 4]
        fn the_extensions_are_there(hosts in hosts()) {
            let certificate = accepted!(issued(&authority(BITS), &hosts));
            let no_ca = BasicConstraints { ca: false, path_len_constraint: None };
            same!(certificate.extension::<BasicConstraints>(), Ok(Some(no_ca)));
            let usages = KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment;
            same!(certificate.extension::<KeyUsage>(), Ok(Some(KeyUsage(usages))));
            let purposes = ExtendedKeyUsage(vec![ID_KP_SERVER_AUTH]);
            same!(certificate.extension::<ExtendedKeyUsage>(), Ok(Some(purposes)));
            let critical = critical_extensions(&certificate);
            let expected = BTreeSet::from([ID_CE_BASIC_CONSTRAINTS, ID_CE_KEY_USAGE]);
            check!(
                critical == expected,
                in_words(&expected).0,
                in_words(&critical),
                "the critical extensions of issue(&authority, &request, validity)"
            );
            let ids = ids(&certificate);
            check!(
                ids.len() == 6,
                "the 6 extensions of the table",
                in_words(&ids),
                "the extensions of issue(&authority, &request, validity)"
            );
        }

        /// both keys are identified, the server's and the CA's
        #[think = "`key_identifiers` takes two keys. Which of them is whose?"]
        fn the_keys_are_identified() {
            let authority = authority(BITS);
            let certificate = accepted!(issued(&authority, &hosts_of(&[HOST])));
            let server = server_key();
            for expected in key_identifiers(&server, authority.key.as_public_key()) {
                let found = certificate.extensions().contains(&expected);
                let ids = ids(&certificate);
                check!(
                    found,
                    format!("{} with the key's identifier", oid_in_words(&expected.extn_id)),
                    in_words(&ids),
                    "the extensions of issue(&authority, &request, validity)"
                );
            }
        }

        /// the names are critical if the subject is empty, and only then
        #[think = "If only the names say whose certificate it is, what must a client that can't read them do?"]
        #[cases = 3]
        fn names_are_critical_without_a_subject(
            hosts in hosts(), letter in select(vec!["a", "b", "c"])
        ) {
            // A common name has at most 64 characters, so this request has none.
            let long = hosts_of(&[&format!("{}.example.org", letter.repeat(60))]);
            let nameless = Request { subject: Name::default(), ..request(&hosts) };
            let named = Request { subject: name("CN=Server,O=Example"), ..request(&long) };
            for (asked, expected) in [(request(&long), true), (nameless, true), (named, false)] {
                let certificate = accepted!(issue(&authority(BITS), &asked, validity()));
                let critical = critical_extensions(&certificate).contains(&ID_CE_SUBJECT_ALT_NAME);
                let are = |critical| if critical { "critical names" } else { "noncritical names" };
                with!(certificate);
                check!(
                    critical == expected,
                    are(expected),
                    Words(are(critical).to_owned()),
                    "issue(&authority, &request, validity)"
                );
            }
        }

        /// serial numbers are 16 random bytes, and at most 20 bytes long
        #[think = "Predictable numbers let somebody forge a CA's certificate in 2008. Which generator does the system provide?"]
        fn serial_numbers_are_random() {
            let authority = authority(BITS);
            let mut serials = Vec::new();
            for _ in 0..SAMPLES {
                let certificate = accepted!(issued(&authority, &hosts_of(&[HOST])));
                serials.push(certificate.serial().as_bytes().to_vec());
            }
            let faults = faults_of_serials(&serials);
            check!(faults.is_empty(), "128 random bits in each", faults, "the serial numbers of 64 calls of issue(&authority, &request, validity)");
        }

        /// each time the program runs, the serial numbers are different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_serials() {
            let [serial, serial_of_another_process] = elsewhere(|| {
                let certificate = accepted!(issued(&authority(BITS), &hosts_of(&[HOST])));
                Ok(certificate.serial().as_bytes().to_vec())
            })?;
            differ!(serial, serial_of_another_process);
        }

        /// an authority that is not a CA issues like any other: checking is the client's task
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
        #[cases = 8]
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

        /// OpenSSL accepts it, even in its strict mode
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

/// How many serial numbers to look at to see whether they are random.
const SAMPLES: usize = 64;

fn ids(certificate: &Certificate) -> BTreeSet<ObjectIdentifier> {
    let ids = certificate.extensions().iter();
    ids.map(|one| one.extn_id).collect()
}

fn critical_extensions(certificate: &Certificate) -> BTreeSet<ObjectIdentifier> {
    let critical = certificate.extensions().iter().filter(|one| one.critical);
    critical.map(|one| one.extn_id).collect()
}

/// The reasons to doubt that these numbers are random.
fn faults_of_serials(serials: &[Vec<u8>]) -> Vec<String> {
    let mut faults = Vec::new();
    let different: BTreeSet<&Vec<u8>> = serials.iter().collect();
    if different.len() < serials.len() {
        faults.push(format!(
            "only {} different numbers in {}",
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
    // The values of one bit in all numbers, inverted if the first is 1. A bit that follows from
    // another then has the same course.
    let course = |place: usize| -> Vec<u8> {
        let first = bit(&serials[0], place);
        serials
            .iter()
            .map(|serial| bit(serial, place) ^ first)
            .collect()
    };
    let courses: BTreeSet<Vec<u8>> = (0..160).map(course).collect();
    let random = courses.iter().filter(|course| course.contains(&1)).count();
    // A few bits may have been spent on making it positive.
    if random < 125 {
        faults.push(format!("only {random} bits that change independently"));
    }
    faults
}

/// Extensions by their numbers and names.
fn in_words(ids: &BTreeSet<ObjectIdentifier>) -> Words {
    let words: Vec<String> = ids.iter().map(oid_in_words).collect();
    Words(words.join("\n"))
}
