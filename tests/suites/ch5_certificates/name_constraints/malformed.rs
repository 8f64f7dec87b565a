//! What is malformed, in the subtrees and among the names.

/// Subtrees, and names, at least one of which has the form of the malformed part.
pub type Malformed = (
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

const LONG_LABEL: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

pub const MALFORMED: [Malformed; 37] = [
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
    (&[], &["example.com"], &["*.org"]),
    (&[], &["example.com"], &["a b.example.org"]),
    (&[], &["example.com"], &["www.example.org", "example.7"]),
    // Addresses.
    (&["0.0.0.0/0", "::/0"], &[], &["bytes:c00002"]),
    (&["0.0.0.0/0", "::/0"], &[], &["192.0.2.1", "bytes:"]),
    (&[], &["10.0.0.0/8"], &["bytes:c0000201ffffffff"]),
    (&[], &["10.0.0.0/8"], &["bytes:c000020100"]),
];
