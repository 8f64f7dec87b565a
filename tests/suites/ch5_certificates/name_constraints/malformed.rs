//! What is malformed, in the subtrees and among the names, and what looks like it but is good.

use fixtures::limits::Limits;
use harness::show::Words;
use harness::{Broken, think_of, with};

use super::permits::{names_are, names_are_refused};
use fixtures::x509::constrained::named;

harness::suite! {
    exercise "5.7" {
        /// a DNS name is well-formed or malformed by the same rule in a name, after `*.`, in a domain, and after its dot
        #[think = "`is_dns_name` knows the rule. Do you ask it about every name, every domain, and what follows a `*.` or a leading dot?"]
        fn there_is_one_rule_for_dns_names(({text}, {well_formed}) from dns_names()) {
            if well_formed {
                think_of!("This name is well-formed. Which rule of yours does not come from `is_dns_name`?");
            }
            if text.len() > 60 {
                let longest = text.split('.').map(str::len).max().unwrap_or_default();
                let words = format!("{} characters, and {longest} in its longest label", text.len());
                with!("the DNS name has" = Words(words));
            }
            let accepts = |permitted: &str, excluded: &[&str], name: &str| -> Result<(), Broken> {
                let constraints = Limits::new(&[permitted], excluded).constraints();
                if well_formed {
                    names_are(&constraints, &named(&[name]), Ok(()))
                } else {
                    names_are_refused(&constraints, &named(&[name]))
                }
            };
            accepts("", &[], &text)?;
            accepts("", &[&text], "www.example.org")?;
            accepts("", &[&format!(".{text}")], "www.example.org")?;
            // Whether the limit of 253 characters includes the `*.` is up to the answer. At least two labels follow it.
            if !(252..=253).contains(&text.len()) && (text.contains('.') || !well_formed) {
                accepts("", &[], &format!("*.{text}"))?;
            }
        }
    }
}

/// DNS names, and whether they are well-formed.
fn dns_names() -> Vec<(String, bool)> {
    let label = |length| "a".repeat(length);
    // Labels of 60 letters, and a shorter one at the end.
    let long = |length: usize| format!("{0}.{0}.{0}.{0}.{1}", label(60), label(length - 244));
    let good = [
        "a.test",
        "localhost",
        "my_host.test",
        "_sip.test",
        "a.te_st",
        "a-b.test",
        "a--b.test",
        "xn--bcher-kva.test",
        "7.test",
        "7.7a",
        "A.Test",
    ];
    let bad = [
        "*", "a.", "a.test.", "a..test", "..", "-a.test", "a-.test", "a.-test", "a.test-", "-",
        "a.7", "7", "1.2.3", "w*.test", "a.*.test", "a.*", "*.*.test",
    ];
    let mut all: Vec<(String, bool)> = good.map(|name| (name.to_owned(), true)).to_vec();
    all.extend(bad.map(|name| (name.to_owned(), false)));
    // Every other character, in the middle of a label. An `&` would make it a network.
    let others = (0..128_u8).map(char::from);
    let others = others.filter(|one| !one.is_ascii_alphanumeric() && !"-_.&".contains(*one));
    all.extend(others.map(|other| (format!("a{other}b.test"), false)));
    for (length, is_good) in [
        (62, true),
        (63, true),
        (64, false),
        (65, false),
        (100, false),
    ] {
        all.push((format!("{}.test", label(length)), is_good));
        all.push((format!("test.{}", label(length)), is_good));
    }
    for (length, is_good) in [
        (250, true),
        (251, true),
        (252, true),
        (253, true),
        (254, false),
        (255, false),
        (300, false),
    ] {
        all.push((long(length), is_good));
    }
    all
}

/// Subtrees, and names, at least one of which has the form of the malformed part.
pub type Malformed = (
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

const LONG_LABEL: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

pub const MALFORMED: [Malformed; 39] = [
    // Domains.
    (&["*.example.org"], &[], &["www.example.org"]),
    (&["example.org", "*.example.org"], &[], &["www.example.org"]),
    (&["*.example.org", "example.org"], &[], &["www.example.org"]),
    (&[], &["*.example.com"], &["www.example.org"]),
    (&["example.org", "."], &[], &["www.example.org"]),
    (&[], &["example.com."], &["www.example.org"]),
    (&[], &["..example.com"], &["www.example.org"]),
    (&[], &["a..example.com"], &["www.example.org"]),
    (&[], &["-.example.com"], &["www.example.org"]),
    (&[], &["a b.example.com"], &["www.example.org"]),
    (&[], &["example.7"], &["www.example.org"]),
    (&[], &[LONG_LABEL], &["www.example.org"]),
    // Networks.
    (&["0.0.0.0/0", "bytes:"], &[], &["192.0.2.1"]),
    (&["bytes:c0000201"], &[], &["192.0.2.1"]),
    (&[], &["bytes:0a00000000"], &["192.0.2.1"]),
    (&[], &["bytes:0a0000ffffff"], &["192.0.2.1"]),
    (&[], &["bytes:0a000000ffffff00ff"], &["192.0.2.1"]),
    (
        &[],
        &["bytes:20010db8000000000000000000000000"],
        &["2001:db9::1"],
    ),
    (&["192.0.2.0&255.0.255.0"], &[], &["192.0.2.1"]),
    (&[], &["10.0.0.0&255.0.255.0"], &["192.0.2.1"]),
    (&["0.0.0.0/0", "10.0.0.0&0.0.0.1"], &[], &["192.0.2.1"]),
    (&["0.0.0.0/0"], &["10.0.0.0&253.0.0.0"], &["192.0.2.1"]),
    // Names.
    (&[""], &[], &["www.example.org", ".example.org"]),
    (&[""], &[], &["example.org."]),
    (&[""], &[], &["a..example.org"]),
    (&[""], &[], &["", "www.example.org"]),
    (&[""], &[], &["w*.example.org"]),
    (&[""], &[], &["www.*.org"]),
    (&[""], &[], &["*.*.example.org"]),
    (&[""], &[], &["*"]),
    (&[""], &["10.0.0.0/8"], &["a..example.org"]),
    (&["10.0.0.0/8"], &["example.com"], &["a..example.org"]),
    (&[], &["example.com"], &["*.org"]),
    (&[], &["example.com"], &["a b.example.org"]),
    (&[], &["example.com"], &["www.example.org", "example.7"]),
    // Addresses.
    (&["0.0.0.0/0", "::/0"], &[], &["bytes:c00002"]),
    (&["0.0.0.0/0", "::/0"], &[], &["192.0.2.1", "bytes:"]),
    (&[], &["10.0.0.0/8"], &["bytes:c0000201ffffffff"]),
    (&[], &["10.0.0.0/8"], &["bytes:c000020100"]),
];
