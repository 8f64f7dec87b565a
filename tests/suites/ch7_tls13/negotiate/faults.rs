//! What can be wrong with a hello and with an answer to it, two things at a time: which reason is
//! given?

use given::tls::{ClientHello, Extension, KeyShare, ServerHello, TLS_1_2, TLS_1_3, X25519};

use fixtures::tls12::hellos::Hello;
use fixtures::tls13::hellos::without;

/// What can be wrong with a hello, grouped by the reason that is given for it, in the order of the
/// reasons.
pub const OF_HELLOS: [&[&str]; 5] = [
    &[
        "no supported_versions",
        "1.2 in supported_versions",
        "1.3 in the field `version`",
        "1.1 in the field `version`",
    ],
    &["compression methods 0 and 1", "compression method 1"],
    &[
        "no signature_algorithms",
        "no supported_groups",
        "no key_share",
    ],
    &["another suite", "another group", "another scheme"],
    &[
        "a share in a group not offered",
        "two shares in a group",
        "a share of 31 bytes",
    ],
];

/// The hello with this fault.
pub fn spoiled(hello: Hello, fault: &str) -> Hello {
    let with = |hello: Hello, shares: &[(u16, usize)]| {
        let share = |&(group, length): &(u16, usize)| KeyShare {
            group,
            share: vec![7; length],
        };
        hello.with(Extension::KeyShares(shares.iter().map(share).collect()))
    };
    let compressing = |hello: Hello, methods: &[u8]| {
        let compression_methods = methods.to_vec();
        Hello(ClientHello {
            compression_methods,
            ..hello.0
        })
    };
    let saying = |hello: Hello, version| Hello(ClientHello { version, ..hello.0 });
    match fault {
        "no supported_versions" => without(hello, 0x002b),
        "1.2 in supported_versions" => hello.with(Extension::SupportedVersions(vec![TLS_1_2])),
        "1.3 in the field `version`" => saying(hello, TLS_1_3),
        "1.1 in the field `version`" => saying(hello, 0x0302),
        "compression methods 0 and 1" => compressing(hello, &[0, 1]),
        "compression method 1" => compressing(hello, &[1]),
        "no signature_algorithms" => without(hello, 0x000d),
        "no supported_groups" => without(hello, 0x000a),
        "no key_share" => without(hello, 0x0033),
        "another suite" => Hello(ClientHello {
            cipher_suites: vec![0x1302],
            ..hello.0
        }),
        "another group" => hello.with(Extension::SupportedGroups(vec![0x0017])),
        "another scheme" => hello.with(Extension::SignatureAlgorithms(vec![0x0401])),
        "a share in a group not offered" => with(hello, &[(0x0018, 97)]),
        "two shares in a group" => with(hello, &[(X25519, 32), (X25519, 32)]),
        _ => with(hello, &[(X25519, 31)]),
    }
}

/// What can be wrong with an answer, grouped by the reason that is given for it, in the order of
/// the reasons.
pub const OF_ANSWERS: [&[&str]; 6] = [
    &[
        "no supported_versions",
        "1.3 in the field `version`",
        "1.1 in the field `version`",
    ],
    &[
        "it selects 1.2",
        "another session id",
        "a suite of 1.2",
        "a suite that was not offered",
        "compression",
    ],
    &["an unsolicited extension", "an unsolicited cookie"],
    &[
        "server_name",
        "server_name at the end",
        "a cookie that was sent",
    ],
    &["no share"],
    &[
        "a share in another group",
        "no share from the client",
        "a share in another group from the client",
        "a share of 31 bytes",
    ],
];

/// Puts this fault into the hello or its answer.
pub fn spoil((hello, answer): &mut (Hello, ServerHello), fault: &str) {
    let share = |group, length| {
        let share = vec![7; length];
        Extension::ServerShare(KeyShare { group, share })
    };
    let put = |answer: &mut ServerHello, extension: Extension| {
        let is_other = |other: &Extension| other.code() != extension.code();
        answer.extensions.retain(is_other);
        answer.extensions.push(extension);
    };
    let misplace = |answer: &mut ServerHello, extension| answer.extensions.insert(0, extension);
    match fault {
        "no supported_versions" => answer.extensions.retain(|one| one.code() != 0x002b),
        "1.3 in the field `version`" => answer.version = TLS_1_3,
        "1.1 in the field `version`" => answer.version = 0x0302,
        "it selects 1.2" => put(answer, Extension::SelectedVersion(TLS_1_2)),
        "another session id" => answer.session_id = vec![8; 32],
        "a suite of 1.2" => answer.cipher_suite = 0xc02f,
        "a suite that was not offered" => hello.0.cipher_suites = vec![0x1302],
        "compression" => answer.compression_method = 1,
        "an unsolicited extension" => put(answer, Extension::ExtendedMasterSecret),
        "an unsolicited cookie" => {
            hello.0.extensions.retain(|one| one.code() != 0x002c);
            put(answer, Extension::Cookie(vec![7]));
        }
        "server_name" | "server_name at the end" => {
            let name = Extension::ServerName(Some("www.example.org".to_owned()));
            hello.0.extensions.push(name);
            match fault {
                "server_name" => misplace(answer, Extension::ServerName(None)),
                _ => put(answer, Extension::ServerName(None)),
            }
        }
        "a cookie that was sent" => {
            hello.0.extensions.push(Extension::Cookie(vec![8]));
            answer.extensions.retain(|one| one.code() != 0x002c);
            misplace(answer, Extension::Cookie(vec![8]));
        }
        "no share" => answer.extensions.retain(|one| one.code() != 0x0033),
        "a share in another group" => put(answer, share(0x0017, 65)),
        "no share from the client" => {
            *hello = hello.clone().with(Extension::KeyShares(vec![]));
        }
        "a share in another group from the client" => {
            let (group, share) = (0x0017, vec![7; 65]);
            let other = Extension::KeyShares(vec![KeyShare { group, share }]);
            *hello = hello.clone().with(other);
        }
        _ => put(answer, share(X25519, 31)),
    }
}
