//! Hellos that offer 1.3, and hellos that don't.

use given::tls::{ClientHello, Extension, KeyShare, TLS_1_2, X25519};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::setup::{in_a_record, with_1_3, without_1_3};
use fixtures::tls12::hellos::Hello;
use fixtures::tls13::hellos::{full_hello, hello_without_share, plain_hello, without};

/// Hellos that offer 1.3, at each place in the list of versions, or that lack something that 1.3
/// needs. Each comes with what is special about it.
pub fn each_offering() -> Vec<(String, Hello)> {
    let (group, share) = (X25519, vec![9; 32]);
    let plain = Hello(plain_hello(vec![KeyShare { group, share }]));
    let lists = [
        ("it lists 1.3 and 1.2", vec![0x0304, 0x0303]),
        ("it lists nothing but 1.3", vec![0x0304]),
        ("1.3 is the last version in its list", vec![0x0303, 0x0304]),
        (
            "1.3 is between versions that nobody knows",
            vec![0x7a7a, 0x0304, 0x0305],
        ),
    ];
    let lists = lists.map(|(what, versions)| {
        (
            what,
            plain.clone().with(Extension::SupportedVersions(versions)),
        )
    });
    let lacks = [
        ("it lacks key_share", 0x0033),
        ("it lacks supported_groups", 0x000a),
        ("it lacks signature_algorithms", 0x000d),
    ];
    let lacks = lacks.map(|(what, code)| (what, without(plain.clone(), code)));
    let changed = |what: &'static str, change: fn(&mut ClientHello)| {
        let mut hello = plain.clone();
        change(&mut hello.0);
        (what, hello)
    };
    let others = [
        changed("it has no suite of TLS 1.3", |hello| {
            hello.cipher_suites = vec![0xc02f, 0x009c];
        }),
        changed("it has no session id", |hello| hello.session_id.clear()),
        changed("its field `version` says 1.3", |hello| {
            hello.version = 0x0304
        }),
        changed("its field `version` says 1.0", |hello| {
            hello.version = 0x0301
        }),
        changed("it offers compression", |hello| {
            hello.compression_methods = vec![1, 0];
        }),
        changed("it names a host", |hello| {
            let host = Some("www.example.org".to_owned());
            hello.extensions.insert(0, Extension::ServerName(host));
        }),
    ];
    let all = lists.into_iter().chain(lacks).chain(others);
    all.map(|(what, hello)| (what.to_owned(), hello)).collect()
}

/// A hello that offers 1.3, anywhere in its list of versions, with a share on X25519 or without.
/// It may lack the suite of TLS 1.3, or the extension for shares or that for groups, and its field
/// `version` may say something else.
pub fn offering() -> BoxedStrategy<Hello> {
    let hello = prop_oneof![full_hello(), hello_without_share()];
    let lacks = select(vec![0, 0, 0, 0x1301, 0x0033, 0x000a]);
    let field = select(vec![0x0303, 0x0303, 0x0304, 0x0301]);
    (hello, with_1_3(), lacks, field)
        .prop_map(|(hello, versions, lacks, field)| {
            let mut hello = without(hello, lacks);
            hello.0.version = field;
            for suite in &mut hello.0.cipher_suites {
                *suite = if *suite == lacks { 0x009c } else { *suite };
            }
            hello.with(Extension::SupportedVersions(versions.0))
        })
        .boxed()
}

/// One that comes close to the length of a record, because of an extension that comes first.
pub fn long_offering() -> BoxedStrategy<Hello> {
    offering()
        .prop_map(|mut hello| {
            let (code, body) = (0x4a4b, vec![0; 15_000]);
            let long = Extension::Other { code, body };
            hello.0.extensions.insert(0, long);
            hello
        })
        .boxed()
}

/// A hello that does not offer 1.3. Half of them have its number where it means nothing: in the
/// field `version`, as a suite, in the random, and in an unknown extension.
pub fn not_offering() -> BoxedStrategy<Hello> {
    let versions = proptest::option::of(without_1_3());
    (full_hello(), versions, any::<bool>())
        .prop_map(|(hello, versions, has_number)| {
            let mut hello = match versions {
                Some(versions) => hello.with(Extension::SupportedVersions(versions.0)),
                None => without(hello, 0x002b),
            };
            if has_number {
                hello.0.version = 0x0304;
                hello.0.cipher_suites.insert(0, 0x0304);
                let body = vec![0, 0x2b, 0, 3, 2, 3, 4];
                hello.0.random[..7].copy_from_slice(&body);
                let code = 0x4a4b;
                hello.0.extensions.push(Extension::Other { code, body });
            }
            hello
        })
        .boxed()
}

/// The beginning of a hello, at least one byte of it.
pub fn cut_hello() -> BoxedStrategy<Vec<u8>> {
    (offering(), any::<Index>())
        .prop_map(|(hello, end)| {
            let whole = in_a_record(&hello.0, TLS_1_2);
            whole[..1 + end.index(whole.len() - 1)].to_vec()
        })
        .boxed()
}
