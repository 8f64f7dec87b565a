//! `issue`: what was requested.

use std::net::IpAddr;

use der::asn1::Ia5String;
use given::x509::*;
use harness::show::Words;
use harness::{accepted, check, notes, same, think_of, with};

use super::checks::*;
use crate::authority::authority;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::x509::BITS;
use fixtures::x509::*;

harness::suite! {
    exercise "5.1" {
        /// the algorithm is sha256WithRSAEncryption in both places
        #[think = "The second argument of `assemble` is the algorithm that the first part names."]
        #[cases = 4]
        fn the_algorithm_is_the_same_twice({hosts} in hosts()) {
            let (authority, request, validity) = (authority(BITS), request(&hosts), validity());
            let certificate = accepted!(issue(&authority, &request, validity));
            let words = |algorithm: &AlgorithmIdentifier| Words(algorithm_in_words(algorithm));
            let expected = words(&sha256_with_rsa());
            let (inner, outer) = (certificate.inner_algorithm(), certificate.outer_algorithm());
            same!(words(inner), expected, "issue(&authority, &request, validity)?.inner_algorithm()");
            same!(words(outer), expected, "issue(&authority, &request, validity)?.outer_algorithm()");
            think_of!("The CA's own certificate is signed with another algorithm, by somebody else. With which one do you sign?");
            let Signer(name, key) = ca(BITS, 1);
            let certificate = Plan::ca(name, key, anchor(BITS)).signed_with_sha384();
            let authority = Authority { certificate, key: key.private().clone() };
            with!("authority.certificate.inner_algorithm()" = words(authority.certificate.inner_algorithm()));
            let certificate = accepted!(issue(&authority, &request, validity));
            let inner = certificate.inner_algorithm();
            same!(words(inner), expected, "issue(&authority, &request, validity)?.inner_algorithm()");
        }

        /// a certificate has the subject, the names, the key and the validity that were asked for
        #[think = "Go through both tables, line by line. What is not as it was given or requested?"]
        #[cases = 20]
        fn what_was_requested_is_in_it({hosts} in hosts(), {from} in moment(), {until} in moment()) {
            let validity = Validity { not_before: from, not_after: until };
            let (authority, request) = (authority(BITS), request(&hosts));
            let certificate = accepted!(issue(&authority, &request, validity));
            same!(
                certificate.subject().to_string(), request.subject.to_string(),
                "issue(&authority, &request, validity)?.subject()"
            );
            check!(
                certificate.public_key().as_ref() == Ok(&request.public_key), "request.public_key",
                Words("another key".to_owned()), "issue(&authority, &request, validity)?.public_key()"
            );
            same!(
                certificate.validity(), validity, "issue(&authority, &request, validity)?.validity()"
            );
            check_names(&certificate, &request.names)?;
        }

        /// the validity is as it was given, from the first moment that a certificate can name to the last
        #[think = "Is the validity copied as it is? The CA's own certificate does not matter, and neither does the clock."]
        fn any_validity_is_in_it({place} from (0..EDGES_OF_TIME.len()).collect::<Vec<usize>>()) {
            let [not_before, not_after] = [place, EDGES_OF_TIME.len() - 1 - place].map(|place| UnixTime(EDGES_OF_TIME[place]));
            let validity = Validity { not_before, not_after };
            let (authority, request) = (authority(BITS), request(&hosts_of(&[HOST])));
            let certificate = accepted!(issue(&authority, &request, validity));
            same!(
                certificate.validity(), validity, "issue(&authority, &request, validity)?.validity()"
            );
        }

        /// however many names were requested, all of them are in the certificate
        #[think = "Which of the names went into `SubjectAltName`?"]
        fn every_name_is_in_it({count} from [2, 9, 17, 65, 101, 257, 1025, 4097]) {
            let (authority, validity) = (authority(BITS), validity());
            let request = request(&numbered_hosts(count));
            let certificate = accepted!(issue(&authority, &request, validity));
            let names = certificate.extension::<SubjectAltName>().ok().flatten().unwrap_or_default().0;
            with!("request" = Words(format!("a request for {count} names")));
            let got = match names.len() {
                same if same == count => "as many, but others or in another order".to_owned(),
                others => format!("{others} names"),
            };
            check!(
                names == request.names, format!("the {count} names of the request, in the same order"),
                Words(got), "issue(&authority, &request, validity)?.extension::<SubjectAltName>()"
            );
            think_of!("Go through the second table, through its column `critical`. When are the names critical?");
            check_critical_names(&certificate, false)?;
        }

        /// names of every kind are in the certificate, in the order of the request
        #[think = "The CA has checked the names before. Are all of them there as they were requested, and no others?"]
        fn names_of_every_kind_are_in_it() {
            let (authority, validity) = (authority(BITS), validity());
            let text = |text: &str| Ia5String::new(text).expect("ASCII");
            let names = vec![
                GeneralName::Rfc822Name(text("webmaster@example.org")),
                dns_name(HOST),
                GeneralName::UniformResourceIdentifier(text("https://example.org/")),
                GeneralName::from(IpAddr::from([192, 0, 2, 1])),
                GeneralName::RegisteredId(ID_KP_SERVER_AUTH),
                dns_name("example.org"),
                // Each of these is a name of its own, although it looks as if another one covers it.
                dns_name("*.example.org"),
                dns_name("WWW.example.org"),
                dns_name("*.org"),
                GeneralName::from(IpAddr::from([0, 0, 0, 0, 0, 0xffff, 0xc000, 0x201])),
                GeneralName::from(IpAddr::from([192, 0, 2, 1])),
            ];
            // Its common name is a host as well, and is not among them.
            let subject = name("CN=other.example.org");
            let request = Request { names, subject, ..request(&hosts_of(&[HOST])) };
            with!("request.subject" = request.subject.to_string());
            let certificate = accepted!(issue(&authority, &request, validity));
            let got = certificate.extension::<SubjectAltName>().ok().flatten().unwrap_or_default().0;
            let not_in = |names: &[GeneralName], others: &[GeneralName]| {
                let left = names.iter().filter(|name| !others.contains(name));
                left.map(name_in_words).collect::<Vec<_>>().join(", ")
            };
            let (missing, added) = (not_in(&request.names, &got), not_in(&got, &request.names));
            if !missing.is_empty() {
                with!("missing" = Words(missing));
            }
            if !added.is_empty() {
                with!("not requested" = Words(added));
            }
            check_names(&certificate, &request.names)?;
            notes::start_over();
            think_of!("A list of names may be empty. Who has asked for those that you put in?");
            let request = Request { names: Vec::new(), ..request };
            let certificate = accepted!(issue(&authority, &request, validity));
            // Without a name, the extension may be missing as well.
            if certificate.extension::<SubjectAltName>() != Ok(None) {
                check_names(&certificate, &[])?;
            }
        }

        /// the issuer is the subject of the CA's certificate, even if that CA is not a root
        #[think = "A CA's certificate has two names in it. Which of them is the CA's own?"]
        fn the_issuer_is_the_ca() {
            let (authority, request) = (authority(BITS), request(&hosts_of(&[HOST])));
            let validity = validity();
            with!("authority.certificate" = authority.certificate);
            let certificate = accepted!(issue(&authority, &request, validity));
            check_issuer(&certificate, &authority)?;
        }

        /// names with several parts are copied as they are, byte for byte, and so is that of a CA without one
        #[think = "A name is more than its common name. `clone` copies all of it as it is."]
        fn names_are_copied({owner} from [
            "OU=One+CN=Two", "CN=CA 1,O=Example,C=NL", "O=A\\, B\\=C", "a PrintableString", "30 departments", "",
        ]) {
            let Authority { mut certificate, key } = authority(BITS);
            let usual = certificate.subject().clone();
            if owner == "a PrintableString" {
                certificate = in_printable_letters(&certificate);
            } else {
                let Signer(ca, key) = ca(BITS, 1);
                let plan = Plan::ca(ca, key, anchor(BITS));
                let subject = match owner {
                    "30 departments" => vec!["OU=Department"; 30].join(","),
                    owner => owner.to_owned(),
                };
                certificate = Plan { subject, ..plan }.make();
            }
            let authority = Authority { certificate, key };
            let mut request = request(&hosts_of(&[HOST]));
            // A CA without a name issues for a server that has one.
            if !owner.is_empty() {
                request.subject = authority.certificate.subject().clone();
            }
            let validity = validity();
            with!("authority.certificate" = authority.certificate);
            let certificate = accepted!(issue(&authority, &request, validity));
            if owner == "OU=One+CN=Two" && *certificate.issuer() == usual {
                think_of!("This is the name of another CA: that of an earlier call. Do you keep it from one call to the next?");
            }
            check_issuer(&certificate, &authority)?;
            // The two names may read the same, and differ in how they are encoded.
            same!(
                der_of(certificate.issuer()), der_of(authority.certificate.subject()),
                "issue(&authority, &request, validity)?.issuer()"
            );
            same!(
                der_of(certificate.subject()), der_of(&request.subject),
                "issue(&authority, &request, validity)?.subject()"
            );
        }

        /// a request with the CA's own name and key is handled like any other
        #[think = "No requester is special. What do the two tables say?"]
        fn a_ca_may_ask_for_itself() {
            let (authority, validity) = (authority(BITS), validity());
            let public_key = authority.key.as_public_key().clone();
            let subject = authority.certificate.subject().clone();
            let request = Request { subject, public_key, ..request(&hosts_of(&[HOST, HOST])) };
            with!("authority.certificate" = authority.certificate);
            let certificate = accepted!(issue(&authority, &request, validity));
            check_issuer(&certificate, &authority)?;
            same!(
                certificate.subject().to_string(), request.subject.to_string(),
                "issue(&authority, &request, validity)?.subject()"
            );
            check!(
                certificate.public_key().as_ref() == Ok(&request.public_key), "request.public_key",
                Words("another key".to_owned()), "issue(&authority, &request, validity)?.public_key()"
            );
            check_names(&certificate, &request.names)?;
            check_that_it_is_no_ca(&certificate)?;
            think_of!("Both keys are identified, even if they are the same. `key_identifiers` takes the requester's and the CA's.");
            check_identified(&certificate, &request, &authority)?;
        }
    }
}
