//! `in_domain` and `may_be_in_domain`: a name and a domain.

use harness::show::Words;
use harness::{same, think_of, with};
use proptest::prelude::*;
use proptest::sample::select;

use crate::subject::ch5_certificates::*;
use fixtures::strategies::list;
use fixtures::x509::host_name;

harness::suite! {
    exercise "5.7" {
        /// each of these names is in the domain or not, by the rules of the table in the text
        #[think = "Which line of the table has a name and a domain like these?"]
        fn the_domains_of_the_picture((name, domain, {inside}) from [
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
            // Every character of a label counts.
            ("my_host.example.org", "my-host.example.org", false),
            ("my-host.example.org", "my_host.example.org", false),
            ("www1.example.org", "www2.example.org", false),
            ("www.xn--bcher-kva.example", "xn--bcher-kva.example", true),
            ("xn--bcher-kva.example", "xn--bcher.example", false),
            ("www.example.org.example.org", "example.org", true),
            ("example.orgexample.org", "example.org", false),
        ]) {
            if !inside && name.ends_with(domain) {
                think_of!("The name ends with the domain. What comes before that end?");
            } else if !inside && name.len() == domain.len() {
                think_of!("Every character counts. In which ones do these two differ?");
            }
            same!(in_domain(name, domain), inside);
        }

        /// upper and lower case are the same, in the name and in the domain
        #[think = "Do you use `eq_ignore_ascii_case` for everything that you compare?"]
        #[cases = 64]
        fn the_case_of_a_domain_does_not_matter(
            {host} in host_name(), {more} in "([a-z]{1,4}\\.)?", {dot} in any::<bool>()
        ) {
            let dot = if dot && !more.is_empty() { "." } else { "" };
            let (name, domain) = (format!("{more}{host}"), format!("{dot}{host}"));
            let [upper, lower] = [str::to_ascii_uppercase, str::to_ascii_lowercase];
            for (name, domain) in [(lower(&name), upper(&domain)), (upper(&name), lower(&domain))] {
                same!(in_domain(&name, &domain), true);
            }
        }

        /// a name in a domain ends with all labels of the domain, compared label by label
        #[think = "Do you compare whole labels? And what if the domain has more labels than the name?"]
        fn domains_are_compared_by_labels(
            ({labels}, {of_domain}) in name_and_domain(), {dot} in any::<bool>()
        ) {
            let dot = dot && !of_domain.is_empty();
            let inside = labels.ends_with(&of_domain) && !(dot && labels.len() == of_domain.len());
            let (name, domain) = (labels.join("."), of_domain.join("."));
            if !inside && name.ends_with(&domain) && !dot {
                think_of!("The name ends with the letters of the domain. Where does a label of the name begin?");
            }
            let domain = if dot { format!(".{domain}") } else { domain };
            same!(in_domain(&name, &domain), inside);
        }

        /// each of these names may be in the domain or can't be, by the rules of the table in the text
        #[think = "`*` is exactly one label. Which name of the wildcard would be in the domain?"]
        fn the_wildcards_of_the_picture((name, domain, {may_be}) from [
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
            // `*` stands for a label with any characters.
            ("*.example.org", "xn--bcher-kva.example.org", true),
            ("*.example.org", "_service.example.org", true),
            ("*.example.org", "my-host.example.org", true),
            ("*.example.org", "7.example.org", true),
            ("*.example.org", ".7.example.org", true),
            ("*.xn--bcher-kva.example", "www.xn--bcher-kva.example", true),
            // A name without a wildcard stands for itself.
            ("www.example.org", "example.org", true),
            ("www.example.org", "ftp.example.org", false),
            ("www.example.org", ".www.example.org", false),
            ("example.org", "www.example.org", false),
        ]) {
            if may_be {
                think_of!("`*` stands for any one label. Which of all those names does Mallory choose?");
            }
            if !name.starts_with("*.") {
                think_of!("There is no `*` in this name. Which function answers for it?");
            }
            same!(may_be_in_domain(name, domain), may_be);
        }

        /// for a name without a wildcard, `may_be_in_domain` gives the same answer as `in_domain`
        #[think = "Only `*` stands for other labels. What do you do if there is no `*` in the name?"]
        #[cases = 128]
        fn without_a_wildcard_it_is_the_same(
            {labels} in list(label(), 1..=4), {of_domain} in list(label(), 0..=4), {dot} in any::<bool>(),
            {replaced} in any::<bool>()
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
            {labels} in list(label(), 2..=3), {of_domain} in list(label(), 0..=4), {related} in any::<bool>()
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

        /// names of every length are compared from one end to the other
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn domains_of_every_length_are_compared_whole({length} from 1..=249_usize) {
            // Labels of 60 letters, or of 1, and another one at the end.
            let unit = if length % 2 == 0 { 2 } else { 61 };
            let letters = |place: usize| if place % unit == unit - 1 && place + 1 < length { '.' } else { 'a' };
            let domain: String = (0..length).map(letters).collect();
            let other = format!("b{}", &domain[1..]);
            let another = format!("{}b", &domain[..length - 1]);
            for (end, inside) in [(&domain, true), (&other, false), (&another, false)] {
                with!("length of the domain" = Words(format!("{} characters in {} labels", domain.len(), domain.split('.').count())));
                if !inside {
                    think_of!("One letter differs: the b. Do you compare every letter, however long the domain is?");
                }
                for name in [end.clone(), format!("www.{end}"), format!("*.{end}")] {
                    same!(in_domain(&name, &domain), inside);
                }
                let (name, domain) = (format!("*.{end}"), format!("www.{domain}"));
                same!(may_be_in_domain(&name, &domain), inside);
            }
        }
    }
}

/// Labels that look alike, or end alike.
const LABELS: [&str; 6] = ["a", "b", "ab", "ba", "aa", "a-a"];

fn label() -> impl Strategy<Value = &'static str> {
    select(LABELS.to_vec())
}

/// The labels of a name, and those of a domain. A quarter of the names ends with the domain. Half
/// of them end with its letters, but its first label is only a part of theirs, as in
/// `notexample.org`.
fn name_and_domain() -> BoxedStrategy<(Vec<String>, Vec<String>)> {
    let labels = |count| list(label().prop_map(str::to_owned), count);
    let below = (labels(0..=3), labels(1..=3));
    let longer = (labels(0..=2), select(vec!["a", "b-"]), labels(1..=3));
    prop_oneof![
        1 => (labels(1..=4), labels(0..=4)),
        1 => below.prop_map(|(more, domain)| ([more, domain.clone()].concat(), domain)),
        2 => longer.prop_map(|(mut name, more, domain)| {
            name.push(format!("{more}{}", domain[0]));
            name.extend_from_slice(&domain[1..]);
            (name, domain)
        }),
    ]
    .boxed()
}
