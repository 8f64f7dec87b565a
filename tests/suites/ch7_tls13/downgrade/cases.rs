//! What a server of both versions says first, to hellos that nearly say the same.

use given::tls::{Alert, CipherSuite, ClientHello, Extension, TLS_1_2, X25519};

use crate::decides::Said;
use crate::subject::ch6_tls12::ServerConfig;
use fixtures::tls12::manners::{ECDHE, RSA};

/// A hello without a list of versions, what the server is configured for, and what it says first if
/// 1.3 is offered, and if it is not.
#[derive(Debug, Clone)]
pub struct Case {
    pub what: &'static str,
    pub hello: ClientHello,
    pub config: fn(ServerConfig) -> ServerConfig,
    pub in_1_3: Said,
    pub in_1_2: Said,
}

/// A hello that has all that either version needs, and others that differ from it in one thing. No
/// hello has a share, so a server of TLS 1.3 asks for one first.
pub fn cases() -> Vec<Case> {
    let hello = ClientHello {
        version: TLS_1_2,
        random: [0x5e; 32],
        session_id: vec![0x5d; 32],
        cipher_suites: vec![0x1301, 0x009c],
        compression_methods: vec![0],
        extensions: vec![
            Extension::SupportedGroups(vec![X25519, 0x0017]),
            Extension::SignatureAlgorithms(vec![0x0804, 0x0401]),
            Extension::ExtendedMasterSecret,
            Extension::RenegotiationInfo(vec![]),
            Extension::KeyShares(vec![]),
        ],
    };
    let mut all = Vec::new();
    let mut add = |what, in_1_3, in_1_2, change: fn(&mut ClientHello)| {
        let mut hello = hello.clone();
        change(&mut hello);
        let config = |config| config;
        let case = Case {
            what,
            hello,
            config,
            in_1_3,
            in_1_2,
        };
        all.push(case);
    };
    let answer = |suite: CipherSuite, is_marked| Said::Hello12 {
        suite: suite.code(),
        is_marked,
    };
    let (older, newer) = (answer(RSA, true), Said::Hello13);
    let nothing_in_common = Said::Alert(Alert::HandshakeFailure);
    let missing = Said::Alert(Alert::MissingExtension);
    add(
        "the hello has all that either version needs",
        newer,
        older,
        |_| {},
    );
    add(
        "the hello lacks the suite of TLS 1.3",
        nothing_in_common,
        older,
        |hello| {
            hello.cipher_suites.remove(0);
        },
    );
    add(
        "the hello lacks the suites of TLS 1.2",
        newer,
        nothing_in_common,
        |hello| {
            hello.cipher_suites.pop();
        },
    );
    add(
        "the hello lacks X25519",
        nothing_in_common,
        older,
        |hello| {
            hello.extensions[0] = Extension::SupportedGroups(vec![0x0017]);
        },
    );
    add("the hello lacks PSS", nothing_in_common, older, |hello| {
        hello.extensions[1] = Extension::SignatureAlgorithms(vec![0x0401]);
    });
    add("the hello lacks key_share", missing, older, |hello| {
        hello.extensions.pop();
    });
    add(
        "the hello lacks supported_groups",
        missing,
        older,
        |hello| {
            hello.extensions.remove(0);
        },
    );
    add("the hello has no extension", missing, older, |hello| {
        hello.extensions.clear()
    });
    add("the session id is empty", newer, older, |hello| {
        hello.session_id.clear()
    });
    add("the session id has 16 bytes", newer, older, |hello| {
        hello.session_id.truncate(16)
    });
    let version = Said::Alert(Alert::ProtocolVersion);
    add("the field `version` says 1.3", version, older, |hello| {
        hello.version = 0x0304
    });
    add("the field `version` says 1.0", version, version, |hello| {
        hello.version = 0x0301
    });
    let illegal = Said::Alert(Alert::IllegalParameter);
    add("compression is offered, too", illegal, older, |hello| {
        hello.compression_methods = vec![1, 0];
    });
    add(
        "the suites have TLS_FALLBACK_SCSV (5600)",
        newer,
        older,
        |hello| {
            hello.cipher_suites.push(0x5600);
        },
    );
    add(
        "the suites have TLS_EMPTY_RENEGOTIATION_INFO_SCSV (00ff)",
        newer,
        older,
        |hello| {
            hello.cipher_suites.push(0x00ff);
        },
    );
    add(
        "the hello offers pre-shared keys and early data",
        newer,
        older,
        |hello| {
            let codes = [0x002a, 0x002d, 0x0029];
            let other = |code| Extension::Other { code, body: vec![] };
            hello.extensions.extend(codes.map(other));
        },
    );
    add(
        "the suites begin with one that means nothing (7a7a)",
        newer,
        older,
        |hello| hello.cipher_suites.insert(0, 0x7a7a),
    );
    add("the hello has a cookie", newer, older, |hello| {
        hello.extensions.push(Extension::Cookie(vec![1, 2, 3]));
    });
    let mut add = |what, in_1_2, config| {
        let (hello, in_1_3) = (hello.clone(), newer);
        all.push(Case {
            what,
            hello,
            config,
            in_1_3,
            in_1_2,
        });
    };
    add(
        "the server accepts no suite of TLS 1.2",
        nothing_in_common,
        |config: ServerConfig| ServerConfig {
            suites: vec![],
            ..config
        },
    );
    add("the server has no sentinel", answer(RSA, false), |config| {
        ServerConfig {
            sentinel: None,
            ..config
        }
    });
    for (what, preferred, config) in orders() {
        let mut hello = hello.clone();
        let second = [RSA, ECDHE].into_iter().find(|suite| *suite != preferred);
        hello.cipher_suites = [second, Some(preferred)]
            .into_iter()
            .flatten()
            .map(CipherSuite::code)
            .collect();
        hello.cipher_suites.insert(0, 0x1301);
        all.push(Case {
            what,
            hello,
            config,
            in_1_3: newer,
            in_1_2: answer(preferred, true),
        });
    }
    all
}

/// Servers that accept both suites, each with the one that it prefers. Their clients prefer the
/// other.
fn orders() -> [(&'static str, CipherSuite, fn(ServerConfig) -> ServerConfig); 2] {
    [
        (
            "the server prefers ECDHE, and the client RSA",
            ECDHE,
            |config| ServerConfig {
                suites: vec![ECDHE, RSA],
                ..config
            },
        ),
        (
            "the server prefers RSA, and the client ECDHE",
            RSA,
            |config| ServerConfig {
                suites: vec![RSA, ECDHE],
                ..config
            },
        ),
    ]
}
