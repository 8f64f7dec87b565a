//! DNS names that only look alike.

use std::net::IpAddr;

use harness::show::Words;
use harness::{assume, refused, think_of, with};
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
        /// a host that is a pattern or has an empty label is refused, even if the certificate contains it
        #[think = "`host` is what the user asks for. What can't come after `https://`?"]
        fn what_is_not_a_host_is_refused(host from [
            "", ".", "*", "*.example.org", ".example.org", "..example.org", "www..example.org",
            "*.*.org", "w*.example.org",
        ]) {
            let names = ["*.example.org", "example.org", host].map(dns_name);
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
                let (wildcard, host) = (format!("*.{name}"), format!("www.{host}"));
                is_for_is(&with_names(vec![dns_name(&wildcard)]), &host, Err(Untrusted::WrongHost))?;
            }
        }

        /// a name that is almost the same is another one, after a wildcard, too
        #[think = "Compare every character with its own. A dot is a dot, and nothing is left out."]
        fn what_is_almost_the_same_is_refused(({one}, {other}) from [
            ("www.example.org", "www-example.org"), ("www.example.org", "wwwxexample.org"), ("ww?.example.org", "www.example.org"),
            ("ww_.example.org", "www.example.org"), ("my-host.example.org", "myhost.example.org"),
            ("my-host.example.org", "my_host.example.org"), ("h01.example.org", "h1.example.org"),
            ("h1.example.org", "hl.example.org"), ("w\x01.example.org", "w.example.org"), ("w .example.org", "w.example.org"),
            ("www.example.org", "www.example.org.evil.example"), ("www.example.org", "www.example.organic"),
            ("www.example.org", "ww.example.org"), ("www.example.org", "wwww.example.org"), ("www.example.org", "example.org.www"),
            ("www.example.org", "org.example.www"), ("www.example.org", "example.www.org"), ("www.example.org", "www.example"),
            ("aaaa.example.org", "!!!!.example.org"),
        ]) {
            for (name, host) in [(one, other), (other, one)] {
                if name.starts_with(host) || host.starts_with(name) {
                    think_of!("One of the two goes on after the other has ended. Do you compare them to the end of both?");
                }
                if name.contains('!') || host.contains('!') {
                    think_of!("Four characters differ, each by 64. Added up in a byte, that is 0. What do you do with the differences?");
                }
                is_for_is(&with_names(vec![dns_name(name)]), host, Err(Untrusted::WrongHost))?;
                let (wildcard, host) = (format!("*.{name}"), format!("x.{host}"));
                is_for_is(&with_names(vec![dns_name(&wildcard)]), &host, Err(Untrusted::WrongHost))?;
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
        #[think = "Is there a limit in your code? A name may have 253 letters, and 63 in each label."]
        fn every_letter_counts({length} from 1..=253_usize) {
            let host = long_host(length);
            // Whether `*.org` is for `example.org` is left open.
            let end = if host.contains('.') { "" } else { ".org" };
            let certificate = named(&[&host]);
            let wildcard = named(&[&format!("*.{host}{end}")]);
            is_for_is(&certificate, &host, Ok(()))?;
            // With one more label, a name of 252 letters is no longer a name.
            let tried = if length <= 251 { 2 } else { 1 };
            if tried == 2 {
                is_for_is(&wildcard, &format!("w.{host}{end}"), Ok(()))?;
            }
            // At most lengths, not every letter is changed.
            let step = if [1, 2, 62, 63, 64, 65, 127, 128, 129, 253].contains(&length) { 1 } else { length.div_ceil(3) };
            let places = (0..length).step_by(step).chain([length - 1]);
            for place in places.filter(|place| host.as_bytes()[*place] != b'.') {
                let mut other = host.clone();
                other.replace_range(place..=place, "b");
                think_of!("Do you compare every letter, however long the name is?");
                for (certificate, host, place) in [
                    (&certificate, other.clone(), place + 1), (&wildcard, format!("w.{other}{end}"), place + 3),
                ].into_iter().take(tried) {
                    with!("the difference" = Words(format!("letter {place} of the host is b, that of the name is a")));
                    is_for_is(certificate, &host, Err(Untrusted::WrongHost))?;
                }
            }
        }

        /// a name of more than 253 letters is compared to its end, too
        #[think = "Where do you stop comparing? And is a length cut off somewhere, at 255 perhaps?"]
        fn all_of_a_longer_name_counts({length} from [254, 255, 256, 257, 258, 512]) {
            let host = long_host(length);
            let other = format!("{}b", &host[..length - 1]);
            let more = format!("{HOST}{host}");
            let last = format!("one of the two has the letter b at its end, letter {length}, and the other the letter a");
            let longer = format!("one of the two goes on for {length} letters after {HOST}");
            let www = HOST.to_owned();
            for (name, host, difference) in [
                (&host, &other, &last), (&other, &host, &last), (&more, &www, &longer), (&www, &more, &longer),
            ] {
                with!("the difference" = Words(difference.clone()));
                is_for_is(&named(&[name]), host, Err(Untrusted::WrongHost))?;
                with!("the difference" = Words(format!("after the first label, {difference}")));
                is_for_is(&named(&[&format!("*.{name}")]), &format!("w.{host}"), Err(Untrusted::WrongHost))?;
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
        if place % 63 == 62 && place + 1 < length {
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
    let pairs = list(pair, 1..=4);
    // Now and then, one side has an extra label.
    (pairs, list(label(), 0..=1), list(label(), 0..=1))
        .prop_map(|(pairs, before_pattern, before_host)| {
            let hosts = pairs.iter().map(|(label, _)| *label);
            let patterns = pairs.iter().map(|(label, other)| other.unwrap_or(label));
            let pattern: Vec<&str> = before_pattern.into_iter().chain(patterns).collect();
            let host: Vec<&str> = before_host.into_iter().chain(hosts).collect();
            (pattern.join("."), host.join("."))
        })
        .boxed()
}
