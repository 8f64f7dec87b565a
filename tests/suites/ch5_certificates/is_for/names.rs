//! DNS names: which match.

use std::net::IpAddr;

use given::x509::*;
use harness::show::Words;
use harness::{assume, called, think_of, with};
use proptest::prelude::*;
use proptest::sample::Index;

use super::entries::is_for_is;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::strategies::{LETTERS, list, text};
use fixtures::x509::*;

harness::suite! {
    exercise "5.4" {
        /// a certificate is for the host whose name is in it
        #[think = "The names are in the extension `SubjectAltName`."]
        #[cases = 96]
        fn the_name_matches(host in host_name()) {
            if host.len() > 63 {
                think_of!("How much of a name do you compare? It may have 253 characters.");
            }
            is_for_is(&named(&[&host]), &host, Ok(()))?;
        }

        /// one name that matches is enough, wherever it is in the list
        #[think = "There are several names. Do you look at all of them?"]
        #[cases = 40]
        fn one_of_many_is_enough(
            {others} in list(host_name(), 0..=20), host in host_name(), {place} in any::<Index>()
        ) {
            let mut names: Vec<&str> = others.iter().map(String::as_str).collect();
            let place = place.index(names.len() + 1);
            names.insert(place, &host);
            with!("host in it" = Words(format!("name {} of {}", place + 1, names.len())));
            is_for_is(&named(&names), &host, Ok(()))?;
        }

        /// upper and lower case are the same, in the certificate and in the host
        #[think = "Where do you use `eq_ignore_ascii_case`? After a wildcard, too?"]
        #[cases = 96]
        fn case_does_not_matter({host} in host_name(), {wildcard} in any::<bool>()) {
            let (upper, lower) = (host.to_ascii_uppercase(), host.to_ascii_lowercase());
            let pattern = |name: &str| if wildcard { format!("*.{name}") } else { name.to_owned() };
            let asked = |name: &str| if wildcard { format!("x.{name}") } else { name.to_owned() };
            is_for_is(&named(&[&pattern(&upper)]), &asked(&lower), Ok(()))?;
            is_for_is(&named(&[&pattern(&lower)]), &asked(&upper), Ok(()))?;
            // Every second letter.
            let mixed = |first: usize| -> String {
                let pairs = upper.chars().zip(lower.chars()).enumerate();
                pairs.map(|(place, (upper, lower))| if place % 2 == first { upper } else { lower }).collect()
            };
            is_for_is(&named(&[&pattern(&mixed(0))]), &asked(&mixed(1)), Ok(()))?;
        }

        /// whether a certificate is for a host does not depend on what was asked before
        #[think = "Do you keep anything from one call to the next? Both the certificate and the host count."]
        fn each_pair_is_asked_anew({pattern} from ["{}.example.org", "192.0.2.{}", "*.{}.org"]) {
            let name = |number: usize| pattern.replace("{}", &number.to_string());
            let host = |number| name(number).replace('*', "www");
            // They differ in the second of three names.
            let certificate = |number| {
                let names = ["a.example.com", &name(number), "b.example.com"];
                plan_with_names(names.map(|name| general_name(name).expect("a name")).to_vec()).fresh().unsigned()
            };
            let expected = |is| if is { Ok(()) } else { Err(Untrusted::WrongHost) };
            // If an answer is wrong about a certificate and a host that it has never seen, other properties say so.
            for (in_it, asked) in [(3, 3), (4, 5)] {
                let (certificate, host) = (certificate(in_it), host(asked));
                assume!(called!(is_for(&certificate, &host)) == expected(in_it == asked));
            }
            let certificates = [1, 2].map(certificate);
            let mut before = None;
            for (in_it, asked) in [(1, 1), (1, 2), (1, 1), (2, 1), (2, 2), (2, 1), (1, 1)] {
                let (certificate, host) = (&certificates[in_it - 1], host(asked));
                if let Some((before, asked)) = before.replace((certificate, host.clone())) {
                    with!("the previous certificate" = in_detail(before), "the previous host" = asked);
                }
                is_for_is(certificate, &host, expected(in_it == asked))?;
            }
        }

        /// each of these names matches the host or not, by the rules of the table in the text
        #[think = "Split both names at their dots, and compare label by label."]
        fn the_picture_is_right(({pattern}, host, {matches}) from [
            ("*.example.org", "www.example.org", true),
            ("*.example.org", "WWW.Example.ORG", true),
            ("*.co.uk", "example.co.uk", true),
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
            ("*.example.org", "a_b.example.org", true),
            ("*.example.org", "1.example.org", true),
            ("*", "localhost", false),
            ("*", "www.example.org", false),
            ("*.www.example.org", "www.example.org", false),
            ("localhost", "localhost", true),
            ("a_b.example.org", "a_b.example.org", true),
            ("1e100.net", "1e100.net", true),
            ("192.0.2.example", "192.0.2.example", true),
            ("*.0.2.example", "192.0.2.example", true),
            ("www-example.org", "www.example.org", false),
            ("a.*", "a.org", false),
            ("www.example.*", "www.example.org", false),
            ("w*w.example.org", "www.example.org", false),
            ("*ww.example.org", "www.example.org", false),
            ("www*.example.org", "www.example.org", false),
            ("*.example.*", "www.example.org", false),
            ("*www.example.org", "www.example.org", false),
            ("*.*.example.org", "a.b.example.org", false),
            ("www.example.org.", "www.example.org", false),
            ("*.example.org.", "www.example.org", false),
            ("1.2.3.4.5", "1.2.3.4.5", true),
            ("*.2.3.4.5", "1.2.3.4.5", true),
            ("192.0.2.257", "192.0.2.257", true),
            ("*.xn--bcher-kva.example", "www.xn--bcher-kva.example", true),
            ("-www.example.org", "-www.example.org", true),
            ("www-.example.org", "www-.example.org", true),
            ("*.example.org", "-.example.org", true),
            ("_sip._tcp.example.org", "_sip._tcp.example.org", true),
            ("*.", "localhost", false),
            (".example.org", "www.example.org", false),
            (".example.org", "example.org", false),
            (".", "localhost", false),
            ("www..example.org", "www.example.org", false),
            ("*..example.org", "www.example.org", false),
            ("%.example.org", "www.example.org", false),
            ("?.example.org", "w.example.org", false),
            (" *.example.org", "www.example.org", false),
            ("* .example.org", "www.example.org", false),
            ("\"*\".example.org", "www.example.org", false),
            ("'*'.example.org", "www.example.org", false),
            ("\\*.example.org", "www.example.org", false),
            ("(*).example.org", "www.example.org", false),
            ("*\0.example.org", "www.example.org", false),
            ("[a-z]*.example.org", "www.example.org", false),
            ("xn--*.example.org", "xn--bcher-kva.example.org", false),
            ("https://www.example.org", "www.example.org", false),
        ]) {
            if host.starts_with(|c: char| c.is_ascii_digit()) {
                think_of!("When is a host an address? Digits and dots do not make it one. What does `host.parse::<IpAddr>()` say?");
            }
            if !matches && pattern.contains('*') && !pattern.split('.').any(|label| label == "*") {
                think_of!("Only a label that is * and nothing else is a wildcard. Do you strip anything from a label before you compare it?");
            }
            if pattern.starts_with("*.xn--") {
                think_of!("A * stands for a label, whatever the labels after it are. What is special about `xn--`?");
            }
            if pattern.split('.').any(str::is_empty) {
                think_of!("Split both names at their dots, and compare label by label. An empty label is a label, too.");
            }
            let expected = if matches { Ok(()) } else { Err(Untrusted::WrongHost) };
            is_for_is(&named(&[pattern]), host, expected)?;
        }

        /// another name is refused, even if one of the two ends with the other
        #[think = "What comes before the end of the longer name? A dot is not enough either."]
        #[cases = 96]
        fn what_only_ends_alike_is_refused(
            {host} in host_name(), {more} in text(LETTERS, 1..=5), {dot} in text(".", 0..=1), {wildcard} in any::<bool>()
        ) {
            let longer = format!("{more}{dot}{host}");
            let patterns = if wildcard { [format!("*.{longer}"), format!("*.a.{host}")] } else {
                [longer.clone(), format!("a.{host}")]
            };
            for pattern in patterns {
                is_for_is(&named(&[&pattern]), &host, Err(Untrusted::WrongHost))?;
            }
            is_for_is(&named(&[&host]), &longer, Err(Untrusted::WrongHost))?;
        }

        /// a wildcard stands for exactly one label, and for all of it
        #[think = "How many dots may there be in what the * stands for?"]
        #[cases = 96]
        fn a_wildcard_is_one_label({labels} in list(text(LETTERS, 1..=6), 0..=3), {host} in host_name()) {
            let asked = labels.iter().rev().fold(host.clone(), |host, label| {
                format!("{label}.{host}")
            });
            let expected = if labels.len() == 1 { Ok(()) } else { Err(Untrusted::WrongHost) };
            is_for_is(&named(&[&format!("*.{host}")]), &asked, expected)?;
            // The same label again is one too many, like any other.
            if let [label] = &labels[..] {
                let twice = format!("{label}.{asked}");
                is_for_is(&named(&[&format!("*.{host}")]), &twice, Err(Untrusted::WrongHost))?;
            }
        }

        /// a wildcard stands for a label of any length
        #[think = "Is there a limit in your code? A label may have 63 letters."]
        fn a_wildcard_is_any_label({length} from [1, 2, 15, 16, 31, 32, 62, 63]) {
            for letter in ["a", "W", "7"] {
                is_for_is(&named(&["*.example.org"]), &format!("{}.example.org", letter.repeat(length)), Ok(()))?;
            }
        }

        /// a name may have any number of labels, and each of them counts
        #[think = "Is there a limit in your code? A name of 253 letters may have 127 labels."]
        fn each_of_many_labels_counts({count} from [4, 5, 8, 9, 16, 33, 127]) {
            let labels = vec!["a"; count];
            let host = labels.join(".");
            let certificates = [&host, &format!("*{}", &host[1..])].map(|pattern| named(&[pattern]));
            for certificate in &certificates {
                is_for_is(certificate, &host, Ok(()))?;
            }
            for certificate in &certificates {
                for place in [1, 2, 3, count / 2, count - 1] {
                    let mut other = labels.clone();
                    other[place] = "b";
                    with!("the difference" = Words(format!("label {} of the host is b, that of the name is a", place + 1)));
                    is_for_is(certificate, &other.join("."), Err(Untrusted::WrongHost))?;
                }
            }
        }

        /// however many names there are, the last one counts
        #[think = "Where does the search stop? A certificate may have thousands of names, in any order."]
        fn the_last_of_many_is_enough({count} from [16, 63, 64, 65, 100, 101, 256, 257, 1025, 4097]) {
            let hosts = numbered_hosts(count);
            let mut names: Vec<GeneralName> = hosts.iter().map(|host| dns_name(host)).collect();
            for host in ["192.0.2.1", HOST] {
                is_for_is(&with_names(names.clone()), host, Err(Untrusted::WrongHost))?;
            }
            names.push(dns_name(HOST));
            names.push(GeneralName::from(IpAddr::from([192, 0, 2, 1])));
            // They are in no order.
            names.push(dns_name("a.example.org"));
            let certificate = with_names(names);
            with!("its last three" = Words(format!("{HOST}, 192.0.2.1, a.example.org")));
            for host in [HOST, "192.0.2.1", "a.example.org", "h0.example.org"] {
                is_for_is(&certificate, host, Ok(()))?;
            }
        }
    }
}
