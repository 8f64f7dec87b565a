//! The rows of the properties of `permits`: what is permitted, what is excluded, the names of a
//! certificate, and the expected result.

use fixtures::certificates::HOST;

use super::cases::{REFUSED, Row};

pub const DIRECTORIES: [Row; 6] = [
    (&["directory:Server"], &[], &[HOST], REFUSED),
    (&["directory:Server"], &[], &[], REFUSED),
    (&[], &["directory:Nobody"], &[HOST], REFUSED),
    (&[], &["directory:Nobody"], &[], REFUSED),
    (&["directory:"], &[], &[HOST], REFUSED),
    (&[], &["directory:"], &[HOST], REFUSED),
];

pub const FREE: [Row; 4] = [
    (&["example.com"], &["example.org"], &[], Ok(())),
    (
        &["example.com"],
        &["example.org"],
        &["www.example.com"],
        Ok(()),
    ),
    (&["10.0.0.0/8"], &["192.0.2.0/24"], &[], Ok(())),
    (&["10.0.0.0/8"], &["192.0.2.0/24"], &["10.0.0.1"], Ok(())),
];

pub const UNLIMITED: [Row; 3] = [
    (
        &["192.0.2.0/24"],
        &[],
        &["*", "a..b", "-", "", "a.1", "*.org", "a b"],
        Ok(()),
    ),
    (
        &["example.org"],
        &[],
        &[
            "www.example.org",
            "bytes:",
            "bytes:c00002",
            "bytes:c0000207ffffff00",
        ],
        Ok(()),
    ),
    (&["mail:a@example.org"], &[], &["-", "bytes:00"], Ok(())),
];

pub const RULES: [Row; 54] = [
    // A permitted domain.
    (&["example.org"], &[], &["www.example.org"], Ok(())),
    (&["example.org"], &[], &["example.org"], Ok(())),
    (&["example.org"], &[], &["WWW.Example.ORG"], Ok(())),
    (&["example.org"], &[], &["notexample.org"], REFUSED),
    (&["example.org"], &[], &["www.example.com"], REFUSED),
    (&[".example.org"], &[], &["www.example.org"], Ok(())),
    (&[".example.org"], &[], &["example.org"], REFUSED),
    (&["example.org"], &[], &["localhost"], REFUSED),
    (&["example.org"], &[], &["xn--bcher-kva.example"], REFUSED),
    (
        &[],
        &["xn--bcher-kva.example"],
        &["xn--bcher-kva.example"],
        REFUSED,
    ),
    (&["10.0.0.0/8"], &[], &["127.0.0.1"], REFUSED),
    (&[""], &[], &["www.example.org"], Ok(())),
    // One of several is enough. Every name needs one.
    (
        &["example.com", "example.org", "a.net"],
        &[],
        &["www.example.org"],
        Ok(()),
    ),
    (
        &["example.org"],
        &[],
        &["www.example.org", "www.example.com"],
        REFUSED,
    ),
    (
        &["example.org"],
        &[],
        &["www.example.com", "www.example.org"],
        REFUSED,
    ),
    (
        &["example.org", "example.com"],
        &[],
        &["a.example.com", "a.example.org"],
        Ok(()),
    ),
    // An excluded domain.
    (&[], &["example.org"], &["www.example.org"], REFUSED),
    (&[], &["example.org"], &["example.org"], REFUSED),
    (&[], &["example.org"], &["notexample.org"], Ok(())),
    (&[], &[".example.org"], &["www.example.org"], REFUSED),
    (&[], &[".example.org"], &["example.org"], Ok(())),
    (&[], &[""], &["www.example.org"], REFUSED),
    (
        &[],
        &["example.com", "example.org"],
        &["www.example.org"],
        REFUSED,
    ),
    (
        &[],
        &["example.org", "example.com"],
        &["www.example.org"],
        REFUSED,
    ),
    (
        &[],
        &["example.org"],
        &["www.example.com", "www.example.org"],
        REFUSED,
    ),
    (
        &[],
        &["example.org"],
        &["www.example.org", "www.example.com"],
        REFUSED,
    ),
    // Both.
    (
        &["example.org"],
        &["secret.example.org"],
        &["www.example.org"],
        Ok(()),
    ),
    (
        &["example.org"],
        &["secret.example.org"],
        &["a.secret.example.org"],
        REFUSED,
    ),
    (
        &["secret.example.org"],
        &["example.org"],
        &["a.secret.example.org"],
        REFUSED,
    ),
    (
        &["example.org"],
        &["example.org"],
        &["example.org"],
        REFUSED,
    ),
    (
        &["example.org"],
        &["example.com"],
        &["www.example.net"],
        REFUSED,
    ),
    // Networks.
    (&["192.0.2.0/24"], &[], &["192.0.2.1"], Ok(())),
    (&["192.0.2.0/24"], &[], &["192.0.3.1"], REFUSED),
    (&["10.0.0.0/8", "192.0.2.0/24"], &[], &["192.0.2.1"], Ok(())),
    (&[], &["192.0.2.0/24"], &["192.0.2.1"], REFUSED),
    (&[], &["192.0.2.0/24"], &["192.0.3.1"], Ok(())),
    (&["2001:db8::/32"], &[], &["2001:db8::1"], Ok(())),
    (&["2001:db8::/32"], &[], &["2001:db9::1"], REFUSED),
    (&[], &["2001:db8::/32"], &["2001:db8::1"], REFUSED),
    // The smaller one of two that begin alike comes first.
    (&["10.0.0.0/16", "10.0.0.0/8"], &[], &["10.1.0.1"], Ok(())),
    (&[], &["10.0.0.0/16", "10.0.0.0/8"], &["10.1.0.1"], REFUSED),
    (
        &[".example.org", "example.org"],
        &[],
        &["example.org"],
        Ok(()),
    ),
    (
        &[],
        &[".example.org", "example.org"],
        &["example.org"],
        REFUSED,
    ),
    // Addresses of both families have the same form.
    (&["2001:db8::/32"], &[], &["192.0.2.1"], REFUSED),
    (
        &["2001:db8::/32", "192.0.2.0/24"],
        &[],
        &["192.0.2.1"],
        Ok(()),
    ),
    (&[], &["::/0"], &["192.0.2.1"], Ok(())),
    // Names and addresses don't.
    (&["example.org"], &[], &["192.0.2.1"], Ok(())),
    (&["192.0.2.0/24"], &[], &["www.example.org"], Ok(())),
    (
        &["example.org", "192.0.2.0/24"],
        &[],
        &["www.example.org", "192.0.2.1"],
        Ok(()),
    ),
    (
        &["example.org", "192.0.2.0/24"],
        &[],
        &["www.example.org", "192.0.3.1"],
        REFUSED,
    ),
    (
        &["example.org"],
        &["192.0.2.0/24"],
        &["www.example.org", "192.0.2.1"],
        REFUSED,
    ),
    // Forms that you can't compare, and a subtree with nothing in it.
    (&["mail:"], &[], &["mail:a@example.org"], REFUSED),
    (&[], &["uri:"], &["uri:https://example.org/"], REFUSED),
    // No names at all.
    (&["example.org"], &["example.com"], &[], Ok(())),
];

pub const WILDCARDS: [Row; 17] = [
    (&["example.org"], &[], &["*.example.org"], Ok(())),
    (&[".example.org"], &[], &["*.example.org"], Ok(())),
    (&[""], &[], &["*.example.org"], Ok(())),
    (&["example.org"], &[], &["*.www.example.org"], Ok(())),
    (&["www.example.org"], &[], &["*.example.org"], REFUSED),
    (&["example.org"], &[], &["*.notexample.org"], REFUSED),
    (&[], &["example.org"], &["*.example.org"], REFUSED),
    (&[], &["org"], &["*.example.org"], REFUSED),
    (&[], &[""], &["*.example.org"], REFUSED),
    (&[], &["www.example.org"], &["*.example.org"], REFUSED),
    (&[], &["WWW.Example.org"], &["*.example.ORG"], REFUSED),
    (&[], &[".www.example.org"], &["*.example.org"], REFUSED),
    (&[], &["a.b.example.org"], &["*.example.org"], Ok(())),
    (&[], &["www.example.com"], &["*.example.org"], Ok(())),
    (&[], &["x.notexample.org"], &["*.example.org"], Ok(())),
    (
        &["example.org"],
        &["secret.example.org"],
        &["*.example.org"],
        REFUSED,
    ),
    (
        &["example.org"],
        &["a.secret.example.org"],
        &["*.example.org"],
        Ok(()),
    ),
];
