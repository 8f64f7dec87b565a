//! `issue`: what the CA says about the owner.

use std::collections::BTreeSet;

use given::x509::*;
use harness::show::Words;
use harness::{accepted, check, notes, same, think_of, with};
use proptest::sample::select;

use super::checks::*;
use crate::authority::authority;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::x509::BITS;
use fixtures::x509::*;

harness::suite! {
    exercise "5.1" {
        /// the extensions say that it is not a CA, and what its key is for
        #[think = "Go through the second table, line by line, and through its column `critical`. No extension is copied from the CA's certificate."]
        #[cases = 4]
        fn the_extensions_are_there({hosts} in hosts()) {
            let Signer(name, key) = ca(BITS, 1);
            let mut plan = Plan::ca(name, key, anchor(BITS));
            // None of this is for the certificates that this CA issues.
            plan.ca = Some((true, Some(0)));
            plan.others = identifiers(1, 0).to_vec();
            plan.others.extend([unknown_extension(false), with_content(ID_CE_NAME_CONSTRAINTS, &[0x30, 0])]);
            let authority = Authority { certificate: plan.make(), key: key.private().clone() };
            let (request, validity) = (request(&hosts), validity());
            with!("authority.certificate" = authority.certificate);
            let certificate = accepted!(issue(&authority, &request, validity));
            check_that_it_is_no_ca(&certificate)?;
            let usages = KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment;
            same!(
                certificate.extension(), Ok(Some(KeyUsage(usages))),
                "issue(&authority, &request, validity)?.extension::<KeyUsage>()"
            );
            let purposes = ExtendedKeyUsage(vec![ID_KP_SERVER_AUTH]);
            same!(
                certificate.extension(), Ok(Some(purposes)),
                "issue(&authority, &request, validity)?.extension::<ExtendedKeyUsage>()"
            );
            let critical = critical_extensions(&certificate);
            let expected = BTreeSet::from([ID_CE_BASIC_CONSTRAINTS, ID_CE_KEY_USAGE]);
            check!(
                critical == expected,
                format!("two that are critical:\n{}", in_words(&expected).0),
                Words(format!("{} that are critical:\n{}", critical.len(), in_words(&critical).0)),
                "issue(&authority, &request, validity)?.extensions()"
            );
            let ids = ids(&certificate);
            check!(
                ids.len() == 6,
                "the 6 extensions of the table",
                in_words(&ids),
                "issue(&authority, &request, validity)?.extensions()"
            );
        }

        /// both keys are identified, the server's and the CA's
        #[think = "`key_identifiers` takes two keys. Which of them is whose? Neither of the two extensions is critical."]
        fn the_keys_are_identified() {
            let (authority, request) = (authority(BITS), request(&hosts_of(&[HOST])));
            let validity = validity();
            let certificate = accepted!(issue(&authority, &request, validity));
            check_identified(&certificate, &request, &authority)?;
            notes::start_over();
            think_of!("Now the same owner asks for a certificate for another key. Which key do you identify?");
            let request = Request { public_key: Key(BITS, 9).public(), ..request };
            with!("request.public_key" = Words("another key than in the request before".to_owned()));
            let certificate = accepted!(issue(&authority, &request, validity));
            check_identified(&certificate, &request, &authority)?;
            notes::start_over();
            with!("request.public_key" = Words("another key than in the request before".to_owned()));
            think_of!("Now the same owner asks for a certificate for another key. Which key do you put into it?");
            check!(
                certificate.public_key().as_ref() == Ok(&request.public_key), "request.public_key",
                Words("another key".to_owned()), "issue(&authority, &request, validity)?.public_key()"
            );
        }

        /// the names are critical if the subject is empty, and only then
        #[think = "If only the names say whose certificate it is, what must a client that can't read them do?"]
        #[cases = 3]
        fn names_are_critical_without_a_subject(
            {hosts} in hosts(), {letter} in select(vec!["a", "b", "c"])
        ) {
            let (authority, validity) = (authority(BITS), validity());
            // A common name has at most 64 characters, so this request has none.
            let long = hosts_of(&[&format!("{}.example.org", letter.repeat(60))]);
            let nameless = Request { subject: Name::default(), ..request(&hosts) };
            let named = Request { subject: name("CN=Server,O=Example"), ..request(&long) };
            // An organization without a common name is a subject, too. And an address is as good as a DNS name.
            let address = hosts_of(&["192.0.2.1"]);
            let company = Request { subject: name("O=Example"), ..request(&address) };
            let nobody = Request { subject: Name::default(), ..request(&address) };
            // Whether it has names or not.
            let empty = Request { names: Vec::new(), ..nobody.clone() };
            let requests = [
                (request(&long), true), (nameless, true), (nobody, true), (empty, true), (named, false), (company, false),
            ];
            for (request, expected) in requests {
                let certificate = accepted!(issue(&authority, &request, validity));
                check_critical_names(&certificate, expected)?;
                think_of!("The subject is copied from the request as it is, even if it is empty.");
                same!(
                    certificate.subject().to_string(), request.subject.to_string(),
                    "issue(&authority, &request, validity)?.subject()"
                );
                think_of!("If only the names say whose certificate it is, what must a client that can't read them do?");
            }
        }
    }
}

fn ids(certificate: &Certificate) -> BTreeSet<ObjectIdentifier> {
    let ids = certificate.extensions().iter();
    ids.map(|one| one.extn_id).collect()
}

/// Extensions by their numbers and names.
fn in_words(ids: &BTreeSet<ObjectIdentifier>) -> Words {
    let words: Vec<String> = ids.iter().map(oid_in_words).collect();
    Words(words.join("\n"))
}
