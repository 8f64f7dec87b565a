//! `in_domain` and `may_be_in_domain`: a name and a domain.

use harness::same;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::subject::ch5_certificates::*;
use fixtures::x509::host_name;

harness::suite! {
    exercise "5.7" {
        /// each of these names is in the domain or not, by the rules of the table in the text
        #[think = "The name ends with the domain. What comes before that end?"]
        fn the_domains_of_the_picture((name, domain, inside) from [
            ("example.org", "example.org", true),
            ("www.example.org", "example.org", true),
            ("a.b.example.org", "example.org", true),
            ("notexample.org", "example.org", false),
            ("www.notexample.org", "example.org", false),
            ("org", "example.org", false),
            ("example.org", "www.example.org", false),
            ("example.com", "example.org", false),
            ("example.org.com", "example.org", false),
            ("www.example.org", ".example.org", true),
            ("a.b.example.org", ".example.org", true),
            ("example.org", ".example.org", false),
            ("notexample.org", ".example.org", false),
            ("org", ".example.org", false),
            ("example.org", "", true),
            ("a", "", true),
            ("example.org", "org", true),
            ("org", "org", true),
            ("org", ".org", false),
            ("*.example.org", "example.org", true),
            ("*.example.org", ".example.org", true),
            ("*.example.org", "www.example.org", false),
            ("*.www.example.org", "example.org", true),
        ]) {
            same!(in_domain(name, domain), inside);
        }

        /// long names are compared from one end to the other
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn long_domains_are_compared_whole(labels from [1, 2, 3]) {
            let domain = vec!["a".repeat(60); labels].join(".");
            let other = format!("b{}", &domain[1..]);
            for (name, inside) in [(&domain, true), (&other, false)] {
                let below = format!("www.{name}");
                same!(in_domain(name, &domain), inside);
                same!(in_domain(&below, &domain), inside);
                let wildcard = format!("*.{name}");
                same!(in_domain(&wildcard, &domain), inside);
                same!(may_be_in_domain(&wildcard, &format!("www.{domain}")), inside);
            }
        }

        /// upper and lower case are the same, in the name and in the domain
        #[think = "Do you use `eq_ignore_ascii_case` for everything that you compare?"]
        #[cases = 64]
        fn the_case_of_a_domain_does_not_matter(
            host in host_name(), more in "([a-z]{1,4}\\.)?", dot in any::<bool>()
        ) {
            let name = format!("{more}{host}");
            let dot = if dot && !more.is_empty() { "." } else { "" };
            let (upper, lower) = (host.to_ascii_uppercase(), host.to_ascii_lowercase());
            same!(in_domain(&name.to_ascii_lowercase(), &format!("{dot}{upper}")), true);
            same!(in_domain(&name.to_ascii_uppercase(), &format!("{dot}{lower}")), true);
        }

        /// a name in a domain ends with all labels of the domain, compared label by label
        #[think = "Do you compare whole labels? And what if the domain has more labels than the name?"]
        fn domains_are_compared_by_labels(
            labels in vec(label(), 1..=4), of_domain in vec(label(), 0..=4), dot in any::<bool>(),
            related in any::<bool>()
        ) {
            // Half of the time, the domain is made of the name's own last labels.
            let of_domain = if related {
                labels[labels.len().saturating_sub(of_domain.len())..].to_vec()
            } else {
                of_domain
            };
            let dot = dot && !of_domain.is_empty();
            let ends = labels.ends_with(&of_domain);
            let inside = ends && !(dot && labels.len() == of_domain.len());
            let (name, domain) = (labels.join("."), of_domain.join("."));
            let domain = if dot { format!(".{domain}") } else { domain };
            same!(in_domain(&name, &domain), inside);
        }

        /// each of these names may be in the domain or can't be, by the rules of the table in the text
        #[think = "`*` stands for any one label. Which of all those names does Mallory choose?"]
        fn the_wildcards_of_the_picture((name, domain, may_be) from [
            ("*.example.org", "example.org", true),
            ("*.example.org", "www.example.org", true),
            ("*.example.org", "a.b.example.org", false),
            ("*.example.org", ".www.example.org", true),
            ("*.example.org", ".example.org", true),
            ("*.example.org", "org", true),
            ("*.example.org", "", true),
            ("*.EXAMPLE.org", "WWW.example.ORG", true),
            ("*.example.org", "www.example.com", false),
            ("*.example.org", "x.notexample.org", false),
            ("*.notexample.org", "example.org", false),
            ("*.a.example.org", "b.example.org", false),
            ("*.a.example.org", "a.example.org", true),
            ("*.a.example.org", "example.org", true),
            ("*.example.org", "example.com", false),
            // A name without a wildcard stands for itself.
            ("www.example.org", "example.org", true),
            ("www.example.org", "ftp.example.org", false),
            ("www.example.org", ".www.example.org", false),
            ("example.org", "www.example.org", false),
        ]) {
            same!(may_be_in_domain(name, domain), may_be);
        }

        /// for a name without a wildcard, `may_be_in_domain` gives the same answer as `in_domain`
        #[think = "Only `*` stands for other labels. What do you do if there is no `*` in the name?"]
        #[cases = 128]
        fn without_a_wildcard_it_is_the_same(
            labels in vec(label(), 1..=4), of_domain in vec(label(), 0..=4), dot in any::<bool>(),
            replaced in any::<bool>()
        ) {
            // Half of the time, only the first label differs.
            let rest = &labels[1..];
            let of_domain = match of_domain.first() {
                Some(first) if replaced => [&[*first], rest].concat(),
                _ => of_domain,
            };
            let dot = if dot && !of_domain.is_empty() { "." } else { "" };
            let (name, domain) = (labels.join("."), of_domain.join("."));
            let domain = format!("{dot}{domain}");
            same!(may_be_in_domain(&name, &domain), in_domain(&name, &domain));
        }

        /// a wildcard may be in a domain if some label in place of its * makes a name in the domain
        #[think = "Either the domain is one label and then what follows `*.`, or what follows `*.` is in the domain."]
        fn a_wildcard_may_be_what_its_names_are(
            labels in vec(label(), 2..=3), of_domain in vec(label(), 0..=4), related in any::<bool>()
        ) {
            let of_domain = if related {
                // One label, and then some of the name's last labels.
                let count = of_domain.len().saturating_sub(1).min(labels.len());
                let front = of_domain.first().into_iter();
                front.chain(&labels[labels.len() - count..]).copied().collect()
            } else {
                of_domain
            };
            let (rest, domain) = (labels.join("."), of_domain.join("."));
            let one_is_in = LABELS.iter().any(|label| in_domain(&format!("{label}.{rest}"), &domain));
            let name = format!("*.{rest}");
            same!(may_be_in_domain(&name, &domain), one_is_in);
        }
    }
}

/// Labels that look alike, or end alike.
const LABELS: [&str; 6] = ["a", "b", "ab", "ba", "aa", "a-a"];

fn label() -> impl Strategy<Value = &'static str> {
    select(LABELS.to_vec())
}
