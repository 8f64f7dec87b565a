//! `permits` on random permitted and excluded subtrees, compared with webpki.

use fixtures::as_webpki_says;
use fixtures::certificates::*;
use fixtures::limits::Limits;
use fixtures::oracles::webpki_permits;
use fixtures::strategies::list;
use harness::assume;
use proptest::prelude::*;
use proptest::sample::select;

use super::cases::{server, with_names};
use crate::subject::ch5_certificates::*;
use fixtures::tell_names;
use fixtures::x509::BITS;

harness::suite! {
    exercise "5.7" {
        /// webpki agrees, for a few subtrees and a few names that look alike
        #[think = "Go through the names one by one. The report says what webpki said."]
        #[cases = 256]
        fn webpki_agrees_on_trees({constraints} in limits(), {names} in list(name(), 0..=3)) {
            assume!(constraints != Limits::default());
            let root = Plan { others: vec![constraints.extension(true)], ..Plan::root(anchor(BITS)) };
            let certificate = with_names(server(), &names).unsigned();
            let said = webpki_permits(std::slice::from_ref(&certificate), &root.unsigned());
            let constraints = constraints.constraints();
            let mut comparisons_left = NAME_COMPARISONS;
            tell_names!(constraints, certificate);
            as_webpki_says!(said, permits(&constraints, &certificate, &mut comparisons_left));
        }
    }
}

/// A few subtrees, more of them permitted than excluded.
pub fn limits() -> BoxedStrategy<Limits> {
    (list(base(), 0..=3), list(base(), 0..=2))
        .prop_map(|(permitted, excluded)| Limits {
            permitted,
            excluded,
        })
        .boxed()
}

/// A name that many of the subtrees contain.
pub fn name() -> BoxedStrategy<String> {
    let domains = vec![
        "a.test",
        "b.a.test",
        "c.b.a.test",
        "ab.test",
        "B.A.Test",
        "*.a.test",
        "*.b.a.test",
        "*.c.test",
    ];
    let addresses = vec![
        "10.1.2.3",
        "10.1.2.131",
        "10.1.3.3",
        "2001:db8::1",
        "2001:db8:0:1::1",
        "::ffff:10.1.2.3",
    ];
    let others = vec![
        "mail:x@a.test",
        "uri:https://a.test/",
        "id:1.2.3",
        "a..test",
        "*.test",
        "bytes:0a0102",
    ];
    prop_oneof![8 => select(domains), 6 => select(addresses), 1 => select(others)]
        .prop_map(str::to_owned)
        .boxed()
}

/// The base of a subtree.
fn base() -> BoxedStrategy<String> {
    let domains = vec![
        "",
        "test",
        "TEST",
        ".test",
        "a.test",
        ".a.test",
        "b.a.test",
        ".b.a.test",
        "c.b.a.test",
        "x.b.a.test",
        ".x.b.a.test",
        "ab.test",
        "b.test",
        "st",
        "example",
    ];
    let v4 = (
        select(vec!["10.1.2.3", "10.1.2.131", "10.1.3.3", "11.0.0.0"]),
        0..=32_usize,
    );
    let v6 = (
        select(vec!["2001:db8::1", "2001:db8:0:1::1", "::ffff:10.1.2.3"]),
        0..=128_usize,
    );
    let network = |(address, ones): (&str, usize)| format!("{address}/{ones}");
    let others = vec!["mail:a.test", "uri:a.test", "id:1.2.3", "directory:X"];
    prop_oneof![
        12 => select(domains).prop_map(str::to_owned),
        6 => v4.prop_map(network),
        3 => v6.prop_map(network),
        1 => select(others).prop_map(str::to_owned),
    ]
    .boxed()
}
