//! What else a certificate may say about its owner, and where the names should be.

use der::oid::AssociatedOid as _;
use given::x509::*;
use harness::show::Words;
use harness::{assume, refused, think_of, with};

use super::entries::*;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::strategies::{bytes, list};
use fixtures::tell;
use fixtures::x509::BITS;
use fixtures::x509::*;

harness::suite! {
    exercise "5.4" {
        /// if there are no names, nothing matches
        #[think = "An extension may be missing. Then `extension` returns `None`."]
        fn without_names_it_is_for_nobody() {
            let none = Plan { names: None, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            is_for_is(&none.unsigned(), HOST, Err(Untrusted::WrongHost))?;
            // An extension like the other one: the names of the CA (RFC 5280 §4.2.1.7).
            let mut names = extension(false, &SubjectAltName(vec![dns_name(HOST)]));
            names.extn_id = ObjectIdentifier::new_unwrap("2.5.29.18");
            let of_the_ca = Plan { others: vec![names], ..none };
            is_for_is(&of_the_ca.unsigned(), HOST, Err(Untrusted::WrongHost))?;
            is_for_is(&with_names(vec![]), HOST, Err(Untrusted::WrongHost))?;
        }

        /// the common name does not count, not even if there is no other name
        #[think = "RFC 9525 has abolished it. Only `SubjectAltName` counts."]
        #[cases = 32]
        fn the_common_name_does_not_count(host in host_name(), {others} in list(host_name(), 0..=9)) {
            assume!(!others.iter().any(|other| other.eq_ignore_ascii_case(&host)));
            let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            plan.subject = host.clone();
            let others = others.iter().map(|other| general_name(other).expect("a host"));
            let others: Vec<GeneralName> = others.collect();
            plan.names = Some(others).filter(|others| !others.is_empty());
            is_for_is(&plan.unsigned(), &host, Err(Untrusted::WrongHost))?;
        }

        /// the common name does not count beside names of any kind, nor beside an empty list of names
        #[think = "Is there a case in which you look at the subject? There should be none."]
        fn the_common_name_never_counts({others} from others_beside_a_common_name()) {
            for host in [HOST, "192.0.2.1", "2001:db8::1"] {
                let mut plan = Plan::leaf(&[], Key(BITS, 9), anchor(BITS));
                let upper = host.to_ascii_uppercase();
                let subjects = [
                    "CN={host}", "CN={host},O=Example", "CN=Server,CN={host}", "O={host}", "CN=Server,O={host}",
                    "CN=*.example.org", &format!("CN={upper}"),
                ];
                plan.names.clone_from(&others);
                // Writing a certificate takes time.
                let count = if others.is_none() { subjects.len() } else { 3 };
                think_of!("Is there a case in which you look at the subject? There should be none.");
                for subject in &subjects[..count] {
                    plan.subject = subject.replace("{host}", host);
                    is_for_is(&plan.unsigned(), host, Err(Untrusted::WrongHost))?;
                }
                (plan.subject, plan.issuer) = ("Server".to_owned(), host.to_owned());
                think_of!("Is there a case in which you look at the issuer? There should be none.");
                is_for_is(&plan.unsigned(), host, Err(Untrusted::WrongHost))?;
            }
        }

        /// only the names count, whatever else is in the certificate
        #[think = "What else did you look at? Dates, signatures and the other extensions have exercises of their own."]
        fn only_the_names_count({what} from CERTIFICATES) {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            let names = SubjectAltName(leaf.names.clone().expect("a name"));
            // All types but that of the names.
            let mut types = OF_CERTIFICATES.to_vec();
            types.retain(|id| *id != SubjectAltName::OID);
            let plan = match what {
                "a CA" => Plan { ca: Some((true, None)), usage: Some(KeyUsages::KeyCertSign), ..leaf },
                "one that names itself as its issuer" => Plan { issuer: leaf.subject.clone(), ..leaf },
                "one whose common name is another host" => Plan { subject: "other.example.org".to_owned(), ..leaf },
                "one without a subject" => Plan { subject: String::new(), ..leaf },
                "one with nothing but names" => Plan { ca: None, usage: None, purposes: None, ..leaf },
                "one for TLS clients" => Plan { purposes: Some(vec![CLIENT_AUTH]), ..leaf },
                "one whose names are critical" => Plan { names: None, others: vec![extension(true, &names)], ..leaf },
                "one whose other extensions can't be read" => unreadable(leaf, &types),
                "one with an unknown critical extension" => Plan { others: vec![unknown_extension(true)], ..leaf },
                "one that expired long ago" => Plan { validity: (1_000_000_000, -500_000_000), ..leaf },
                _ => leaf,
            };
            let certificate = match what {
                "one whose key is not an RSA key" => without_rsa_key(&plan.unsigned(), 10),
                "one whose key can't be read" => with_unreadable_key(&plan.unsigned()),
                _ => plan.unsigned(),
            };
            with!("certificate is" = Words(what.to_owned()));
            if what == "one whose common name is another host" {
                think_of!("What do you do with the common name? It neither matches a host nor rules one out.");
            }
            is_for_is(&certificate, HOST, Ok(()))?;
            is_for_is(&certificate, "example.com", Err(Untrusted::WrongHost))?;
        }

        /// names of other kinds don't count: mail addresses, URIs, the names of people
        #[think = "A `GeneralName` has many variants. Which two of them count here?"]
        fn other_kinds_do_not_count({name} from other_kinds()) {
            let certificate = with_names(vec![name]);
            is_for_is(&certificate, HOST, Err(Untrusted::WrongHost))?;
            is_for_is(&certificate, "192.0.2.1", Err(Untrusted::WrongHost))?;
            is_for_is(&certificate, "1.2.3.4", Err(Untrusted::WrongHost))?;
        }

        /// each of the wildcards and of the addresses counts, wherever it is in the list
        #[think = "Do you look at all the names of each kind?"]
        fn each_wildcard_and_each_address_counts({place} from [0, 1, 2, 6, 10, 11]) {
            let numbers = (0..12).collect::<Vec<u8>>();
            let wildcards = numbers.iter().map(|number| format!("*.h{number}.example.org"));
            let addresses = numbers.iter().map(|number| format!("192.0.2.{number}"));
            let names: Vec<String> = wildcards.chain(addresses).collect();
            let certificate = named(&names.iter().map(String::as_str).collect::<Vec<_>>());
            for host in [format!("www.h{place}.example.org"), format!("192.0.2.{place}")] {
                is_for_is(&certificate, &host, Ok(()))?;
            }
        }

        /// names that belong together, or that match the same host, are names like any others
        #[think = "One match is enough. Does what you do with a name depend on the others?"]
        fn several_names_may_match(({names}, host) from [
            (vec![HOST, HOST], HOST), (vec![HOST, "*.example.org"], HOST), (vec!["*.example.org", "WWW.example.org"], HOST),
            (vec!["192.0.2.1", "192.0.2.1"], "192.0.2.1"), (vec!["*.example.org", "*.example.org"], HOST),
            // Most certificates of the web have two such names.
            (vec!["example.org", "*.example.org"], HOST), (vec!["*.example.org", "example.org"], HOST),
            (vec!["example.org", "*.example.org"], "example.org"), (vec!["*.example.org", "example.org"], "example.org"),
            (vec!["*.example.org", "*.www.example.org"], HOST), (vec!["*.www.example.org", "*.example.org"], HOST),
        ]) {
            is_for_is(&named(&names), host, Ok(()))?;
        }

        /// names that match nothing don't end the search, whatever is in them
        #[think = "Does the search go on after a name of another kind, or one that makes no sense?"]
        fn strange_names_do_no_harm({strange} from strange_names()) {
            for host in [HOST, "192.0.2.1"] {
                let name = general_name(host).expect("a host");
                let certificate = with_names(vec![strange.clone(), name.clone()]);
                is_for_is(&certificate, host, Ok(()))?;
                let certificate = with_names(vec![name, strange.clone()]);
                is_for_is(&certificate, host, Ok(()))?;
            }
        }

        /// names that can't be read are refused
        #[think = "`extension` may fail. What do you do then?"]
        #[cases = 32]
        fn malformed_names_are_refused({junk} in bytes(0..=20)) {
            let certificate = with_raw_names(&junk);
            tell!(certificate);
            refused!(is_for(&certificate, HOST));
        }

        /// names that can only be read in part are malformed, even if the host is in that part
        #[think = "What do you return if `extension` fails? It does not mean that there are no names."]
        fn half_malformed_names_are_refused({names} from [
            "cut off", "with a byte after them", "with a broken name among them", "empty",
        ]) {
            let good = SubjectAltName([HOST, "example.org"].map(dns_name).to_vec());
            let good = extension(false, &good);
            let mut content = good.extn_value.as_bytes().to_vec();
            match names {
                "cut off" => content.truncate(content.len() - 1),
                "with a byte after them" => content.push(0),
                // The second name gets a tag that no kind of name has.
                "with a broken name among them" => content[4 + HOST.len()] = 0x8f,
                _ => content.clear(),
            }
            is_for_is(&with_raw_names(&content), HOST, Err(Untrusted::Malformed))?;
        }
    }
}

/// What a certificate may be while its names count.
const CERTIFICATES: [&str; 12] = [
    "a CA",
    "one that names itself as its issuer",
    "one whose common name is another host",
    "one without a subject",
    "one with nothing but names",
    "one for TLS clients",
    "one whose names are critical",
    "one whose other extensions can't be read",
    "one with an unknown critical extension",
    "one that expired long ago",
    "one whose key is not an RSA key",
    "one whose key can't be read",
];
