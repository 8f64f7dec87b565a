use std::net::IpAddr;

use der::asn1::Ia5String;
use given::x509::*;
use harness::{assume, check, same};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::sizes::BITS;
use crate::strategies::{address, dns_name, host_name, named, with_content, with_names};
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::oracles::webpki_knows;
use fixtures::strategies::bytes;

harness::suite! {
    exercise "5.4" {
        /// a certificate is for the host whose name is in it
        #[think = "The names stand in the extension `SubjectAltName`."]
        #[cases = 96]
        fn the_name_matches(host in host_name()) {
            same!(is_for(&named(&[&host]), &host), Ok(()));
        }

        /// one name that matches is enough, wherever it stands
        #[think = "There are several names. Do you look at all of them?"]
        #[cases = 64]
        fn one_of_many_is_enough(
            others in vec(host_name(), 0..=5), host in host_name(), place in any::<Index>()
        ) {
            let mut names: Vec<&str> = others.iter().map(String::as_str).collect();
            names.insert(place.index(names.len() + 1), &host);
            same!(is_for(&named(&names), &host), Ok(()));
        }

        /// upper and lower case are the same, in the certificate and in the host
        #[think = "`eq_ignore_ascii_case`, and where? At the wildcard, too?"]
        #[cases = 96]
        fn case_does_not_matter(host in host_name(), wildcard in any::<bool>()) {
            let (upper, lower) = (host.to_ascii_uppercase(), host.to_ascii_lowercase());
            let pattern = |name: &str| if wildcard { format!("*.{name}") } else { name.to_owned() };
            let asked = |name: &str| if wildcard { format!("x.{name}") } else { name.to_owned() };
            same!(is_for(&named(&[&pattern(&upper)]), &asked(&lower)), Ok(()));
            same!(is_for(&named(&[&pattern(&lower)]), &asked(&upper)), Ok(()));
        }

        /// the names of the picture match, or don't, as it says
        #[think = "Split both names at their dots, and compare label by label."]
        fn the_picture_is_right(row from [
            ("*.example.org", "www.example.org", true),
            ("*.example.org", "WWW.Example.ORG", true),
            ("*.example.org", "example.org", false),
            ("*.example.org", "a.b.example.org", false),
            ("*.example.org", "wwwexample.org", false),
            ("w*.example.org", "www.example.org", false),
            ("www.*.org", "www.example.org", false),
            ("example.org", "www.example.org", false),
            ("www.example.org", "example.org", false),
            ("*.*.org", "www.example.org", false),
            ("**.example.org", "www.example.org", false),
            ("*w.example.org", "www.example.org", false),
            ("*.example.org", "xn--bcher-kva.example.org", true),
            ("*", "www.example.org", false),
            ("*.www.example.org", "www.example.org", false),
        ]) {
            let (pattern, host, matches) = row;
            let expected = if matches { Ok(()) } else { Err(Untrusted::WrongHost) };
            same!(is_for(&named(&[pattern]), host), expected);
        }

        /// another name is refused, even where the one ends with the other
        #[think = "What stands before the end of the longer name? A dot is not enough either."]
        #[cases = 96]
        fn what_only_ends_alike_is_refused(
            host in host_name(), more in "[a-z]{1,5}\\.?", wildcard in any::<bool>()
        ) {
            let longer = format!("{more}{host}");
            let patterns = if wildcard { [format!("*.{longer}"), format!("*.a.{host}")] } else {
                [longer.clone(), format!("a.{host}")]
            };
            for pattern in patterns {
                same!(is_for(&named(&[&pattern]), &host), Err(Untrusted::WrongHost));
            }
            same!(is_for(&named(&[&host]), &longer), Err(Untrusted::WrongHost));
        }

        /// a wildcard stands for one whole label: not for none, and not for two
        #[think = "How many dots may there be in what the * stands for?"]
        #[cases = 96]
        fn a_wildcard_is_one_label(labels in vec("[a-z]{1,6}", 0..=3), host in host_name()) {
            let asked = labels.iter().rev().fold(host.clone(), |host, label| {
                format!("{label}.{host}")
            });
            let expected = if labels.len() == 1 { Ok(()) } else { Err(Untrusted::WrongHost) };
            same!(is_for(&named(&[&format!("*.{host}")]), &asked), expected);
        }

        /// the common name does not count, not even where there is no other name
        #[think = "RFC 9525 has done away with it. Only `SubjectAltName` counts."]
        #[cases = 64]
        fn the_common_name_does_not_count(host in host_name(), others in vec(host_name(), 0..=2)) {
            assume!(!others.iter().any(|other| other.eq_ignore_ascii_case(&host)));
            let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            plan.subject = host.clone();
            let others = others.iter().map(|other| general_name(other).expect("a host"));
            let others: Vec<GeneralName> = others.collect();
            plan.names = Some(others).filter(|others| !others.is_empty());
            same!(is_for(&plan.unsigned(), &host), Err(Untrusted::WrongHost));
        }

        /// a certificate is for the IP address that is in it, and for no other
        #[think = "4 bytes or 16, compared with the bytes of the address. How is it read from text?"]
        #[cases = 96]
        fn an_address_matches(address in address(), other in address()) {
            assume!(address != other);
            let certificate = with_names(vec![GeneralName::from(address)]);
            same!(is_for(&certificate, &address.to_string()), Ok(()));
            same!(is_for(&certificate, &other.to_string()), Err(Untrusted::WrongHost));
        }

        /// an address in another spelling is the same address
        #[think = "Compare addresses, not their texts."]
        fn an_address_has_many_spellings(row from [
            ("2001:db8::1", "2001:DB8:0:0:0:0:0:1"), ("::1", "0:0:0:0:0:0:0:1"),
            ("2001:db8::c000:201", "2001:db8::192.0.2.1"),
        ]) {
            let (address, spelling) = row;
            same!(is_for(&named(&[address]), spelling), Ok(()));
        }

        /// an IP address is not a name, and a name is not an address
        #[think = "Find out first which of the two `host` is, and then look among those alone."]
        #[cases = 64]
        fn an_address_is_no_name(address in any::<[u8; 4]>()) {
            let text = IpAddr::from(address).to_string();
            let (_, rest) = text.split_once('.').expect("it has dots");
            let wildcard = format!("*.{rest}");
            let as_names = with_names(vec![dns_name(&text), dns_name(&wildcard)]);
            same!(is_for(&as_names, &text), Err(Untrusted::WrongHost));
            // The bytes of an address may be letters.
            let letters = String::from_utf8(address.map(|byte| b'a' + byte % 26).to_vec());
            let letters = letters.expect("letters");
            let address = address.map(|byte| b'a' + byte % 26);
            let as_address = with_names(vec![GeneralName::from(IpAddr::from(address))]);
            same!(is_for(&as_address, &letters), Err(Untrusted::WrongHost));
        }

        /// names of other kinds don't count: mail addresses, URIs, the names of people
        #[think = "A `GeneralName` has many variants. Which two of them count here?"]
        fn other_kinds_do_not_count() {
            let text = Ia5String::new(HOST).expect("ASCII");
            let certificate = with_names(vec![
                GeneralName::Rfc822Name(text.clone()),
                GeneralName::UniformResourceIdentifier(text),
                GeneralName::DirectoryName(name(HOST)),
            ]);
            same!(is_for(&certificate, HOST), Err(Untrusted::WrongHost));
        }

        /// no name matches where there are none
        #[think = "An extension may be missing. `extension` gives `None` then."]
        fn without_names_it_is_for_nobody() {
            let none = Plan { names: None, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            same!(is_for(&none.unsigned(), HOST), Err(Untrusted::WrongHost));
            same!(is_for(&with_names(vec![]), HOST), Err(Untrusted::WrongHost));
        }

        /// a host that is a pattern or has an empty label is refused, even where it is in there
        #[think = "`host` is what the user asks for. What can't stand behind `https://`?"]
        fn what_is_no_host_is_refused(host from [
            "", ".", "*", "*.example.org", ".example.org", "..example.org", "www..example.org",
            "*.*.org", "w*.example.org",
        ]) {
            let names = ["*.example.org", host].map(dns_name);
            same!(is_for(&with_names(names.to_vec()), host), Err(Untrusted::WrongHost));
        }

        /// names that can't be read are refused
        #[think = "`extension` may fail. What do you do then?"]
        #[cases = 32]
        fn malformed_names_are_refused(junk in bytes(0..=20)) {
            let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            plan.names = None;
            plan.others = vec![with_content(ID_CE_SUBJECT_ALT_NAME, &junk)];
            let certificate = plan.unsigned();
            check!(is_for(&certificate, HOST).is_err(), "Err(…)", is_for(&certificate, HOST));
        }

        /// no bytes for a host make it panic
        #[think = "What does your answer do to a host before it is compared?"]
        #[cases = 128]
        fn no_host_makes_it_panic(host in ".{0,40}", other in "[*.a-z0-9:é]{0,12}") {
            let certificate = named(&["*.example.org", "192.0.2.1", "::1"]);
            check!(is_for(&certificate, &host).is_err(), "Err(…)", is_for(&certificate, &host));
            let _ = is_for(&certificate, &other);
        }

        /// webpki agrees, for names of a few labels that look alike
        #[think = "Split both names at their dots, and compare label by label."]
        fn webpki_agrees_on_names(names in alike()) {
            let (pattern, host) = names;
            // RFC 9525 leaves open what webpki refuses: a * directly under a top-level domain.
            assume!(!(pattern.starts_with("*.") && pattern.matches('.').count() < 2));
            let certificate = with_names(vec![dns_name(&pattern)]);
            let said = webpki_knows(&certificate, &host);
            check!(
                is_for(&certificate, &host).is_ok() == said.is_ok(),
                format!("as webpki says: {said:?}"), is_for(&certificate, &host)
            );
        }
    }
}

/// A name in a certificate and a host, of a few labels that are the same or look alike.
fn alike() -> BoxedStrategy<(String, String)> {
    let label = || select(vec!["a", "b", "ab", "B", "xn--a"]);
    let other = prop_oneof![label(), select(vec!["A", "*", "*", "a*", "*a"])];
    let pair = (label(), proptest::option::of(other));
    let pairs = vec(pair, 1..=4);
    // Now and then a label more on the one side or the other.
    (pairs, vec(label(), 0..=1), vec(label(), 0..=1))
        .prop_map(|(pairs, before_pattern, before_host)| {
            let hosts = pairs.iter().map(|(label, _)| *label);
            let patterns = pairs.iter().map(|(label, other)| other.unwrap_or(label));
            let pattern: Vec<&str> = before_pattern.into_iter().chain(patterns).collect();
            let host: Vec<&str> = before_host.into_iter().chain(hosts).collect();
            (pattern.join("."), host.join("."))
        })
        .boxed()
}
