//! DNS names: which match, and which only look alike.

use std::net::IpAddr;

use given::x509::*;
use harness::show::Words;
use harness::{assume, refused, think_of, with};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::entries::is_for_is;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::oracles::webpki_knows;
use fixtures::strategies::list;
use fixtures::x509::*;
use fixtures::{as_webpki_says, tell};

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
        }

        /// each of these names matches the host or not, by the rules of the table in the text
        #[think = "Split both names at their dots, and compare label by label."]
        fn the_picture_is_right(({pattern}, host, {matches}) from [
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
        ]) {
            let expected = if matches { Ok(()) } else { Err(Untrusted::WrongHost) };
            is_for_is(&named(&[pattern]), host, expected)?;
        }

        /// another name is refused, even if one of the two ends with the other
        #[think = "What comes before the end of the longer name? A dot is not enough either."]
        #[cases = 96]
        fn what_only_ends_alike_is_refused(
            {host} in host_name(), {more} in "[a-z]{1,5}\\.?", {wildcard} in any::<bool>()
        ) {
            let longer = format!("{more}{host}");
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
        fn a_wildcard_is_one_label({labels} in list("[a-z]{1,6}", 0..=3), {host} in host_name()) {
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

        /// a host that is a pattern or has an empty label is refused, even if the certificate contains it
        #[think = "`host` is what the user asks for. What can't come after `https://`?"]
        fn what_is_not_a_host_is_refused(host from [
            "", ".", "*", "*.example.org", ".example.org", "..example.org", "www..example.org",
            "*.*.org", "w*.example.org",
        ]) {
            let names = ["*.example.org", host].map(dns_name);
            is_for_is(&with_names(names.to_vec()), host, Err(Untrusted::WrongHost))?;
        }

        /// a name is not cut at a zero byte, or at anything else that could end it
        #[think = "In 2009 Firefox read a name only up to a zero byte (CVE-2009-2408). How far do you read?"]
        fn nothing_ends_a_name_early({end} from [
            "\0", "\n", "\r", " ", "\t", "/", ":", ";", ",", "#", "?", "@", "%00",
        ]) {
            for good in [HOST, "*.example.org"] {
                for bad in [format!("{good}{end}.evil.example"), format!("evil.example{end}{good}")] {
                    is_for_is(&with_names(vec![dns_name(&bad)]), HOST, Err(Untrusted::WrongHost))?;
                }
            }
            for bad in ["www.example.org{}", "{}www.example.org", "www{}.example.org"] {
                let bad = bad.replace("{}", end);
                is_for_is(&with_names(vec![dns_name(&bad)]), HOST, Err(Untrusted::WrongHost))?;
                is_for_is(&named(&[HOST]), &bad, Err(Untrusted::WrongHost))?;
            }
            let bad = format!("{HOST}{end}.evil.example");
            is_for_is(&named(&[HOST]), &bad, Err(Untrusted::WrongHost))?;
        }

        /// only letters have an upper and a lower case
        #[think = "`eq_ignore_ascii_case` knows which bytes are letters. Do you?"]
        fn only_letters_have_a_case(({one}, {other}) from [
            ("a_b.example.org", "a\x7fb.example.org"), ("a-b.example.org", "a\rb.example.org"),
            ("www1.example.org", "www\x11.example.org"), ("@.example.org", "`.example.org"),
            ("[.example.org", "{.example.org"), ("^.example.org", "~.example.org"),
        ]) {
            for (name, host) in [(one, other), (other, one)] {
                is_for_is(&with_names(vec![dns_name(name)]), host, Err(Untrusted::WrongHost))?;
            }
        }

        /// if two letters change places, it is another name
        #[think = "Do you compare two labels letter by letter, in order?"]
        #[cases = 32]
        fn the_order_of_letters_counts(
            {host} in host_name(), {one} in any::<Index>(), {other} in any::<Index>()
        ) {
            let host = host.to_ascii_lowercase();
            let mut letters = host.clone().into_bytes();
            let (one, other) = (one.index(letters.len()), other.index(letters.len()));
            letters.swap(one, other);
            let swapped = String::from_utf8(letters).expect("ASCII");
            assume!(swapped != host);
            is_for_is(&named(&[&host]), &swapped, Err(Untrusted::WrongHost))?;
        }

        /// names of any length match, and don't match if one letter differs
        #[think = "Is all of a name compared? It may have 253 letters, and 63 in each label."]
        fn every_letter_counts({length} from [1, 2, 62, 63, 64, 65, 127, 128, 129, 253]) {
            let host = long_host(length);
            // Whether `*.org` is for `example.org` is left open.
            let end = if host.contains('.') { "" } else { ".org" };
            let certificate = named(&[&host]);
            let wildcard = named(&[&format!("*.{host}{end}")]);
            is_for_is(&certificate, &host, Ok(()))?;
            is_for_is(&wildcard, &format!("w.{host}{end}"), Ok(()))?;
            for place in (0..length).filter(|place| host.as_bytes()[*place] != b'.') {
                let mut other = host.clone();
                other.replace_range(place..=place, "b");
                with!("the difference" = Words(format!("the letter b, in the host alone, after {place} others")));
                is_for_is(&certificate, &other, Err(Untrusted::WrongHost))?;
                is_for_is(&wildcard, &format!("w.{other}{end}"), Err(Untrusted::WrongHost))?;
            }
        }

        /// however many names there are, the last one counts
        #[think = "Where does the search stop? A certificate may have thousands of names."]
        fn the_last_of_many_is_enough({count} from [16, 63, 64, 65, 100, 101, 256, 257, 1025, 4097]) {
            let hosts = numbered_hosts(count);
            let mut names: Vec<GeneralName> = hosts.iter().map(|host| dns_name(host)).collect();
            for host in ["192.0.2.1", HOST] {
                is_for_is(&with_names(names.clone()), host, Err(Untrusted::WrongHost))?;
            }
            names.push(dns_name(HOST));
            names.push(GeneralName::from(IpAddr::from([192, 0, 2, 1])));
            let certificate = with_names(names);
            with!("its last two" = Words(format!("{HOST}, 192.0.2.1")));
            for host in [HOST, "192.0.2.1", "h0.example.org"] {
                is_for_is(&certificate, host, Ok(()))?;
            }
        }

        /// it does not panic on any host, whatever characters are in it
        #[think = "What does your answer do to a host before it is compared?"]
        #[cases = 128]
        fn no_host_makes_it_panic(host in prop_oneof![".{0,40}", "[*.a-z0-9:é]{0,12}"]) {
            let is_among_them = |one: &str| host.parse() == one.parse::<IpAddr>();
            assume!(!["192.0.2.1", "::1"].into_iter().any(is_among_them));
            let certificate = named(&["*.example.org", "192.0.2.1", "::1"]);
            tell!(certificate);
            refused!(is_for(&certificate, &host));
        }

        /// webpki agrees, for names of a few labels that look alike
        #[think = "Split both names at their dots, and compare label by label."]
        fn webpki_agrees_on_names(({pattern}, host) in alike()) {
            // RFC 9525 leaves open what webpki refuses: a * directly under a top-level domain.
            assume!(!(pattern.starts_with("*.") && pattern.matches('.').count() < 2));
            let certificate = with_names(vec![dns_name(&pattern)]);
            let said = webpki_knows(&certificate, &host);
            tell!(certificate);
            as_webpki_says!(said, is_for(&certificate, &host));
        }
    }
}

/// The name of a host with this many letters and dots.
fn long_host(length: usize) -> String {
    // No label has more than 63 letters, and none is empty.
    let letter = |place: usize| {
        if place % 64 == 63 && place + 1 < length {
            '.'
        } else {
            'a'
        }
    };
    (0..length).map(letter).collect()
}

/// A name in a certificate, and a host. Both have a few labels, which are the same or look alike.
fn alike() -> BoxedStrategy<(String, String)> {
    let label = || select(vec!["a", "b", "ab", "B", "xn--a"]);
    let other = prop_oneof![label(), select(vec!["A", "*", "*", "a*", "*a"])];
    let pair = (label(), proptest::option::of(other));
    let pairs = vec(pair, 1..=4);
    // Now and then, one side has an extra label.
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
