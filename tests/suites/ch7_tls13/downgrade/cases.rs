//! Hellos that differ in one thing, and what a server of both versions says first to each.

use given::tls::{Alert, CipherSuite, ClientHello, Extension, TLS_1_2, X25519};

use crate::decides::Said;
use fixtures::tls12::manners::{ECDHE, RSA};

/// A hello without a list of versions, what the server is configured for, and what it says first if
/// 1.3 is offered, and if it is not.
#[derive(Debug, Clone)]
pub struct Case {
    pub what: &'static str,
    pub hello: ClientHello,
    /// The suites of TLS 1.2 that the server accepts, in its order of preference.
    pub accepts: Vec<CipherSuite>,
    pub has_sentinel: bool,
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
        let case = Case {
            what,
            hello,
            accepts: vec![RSA],
            has_sentinel: true,
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
    let mut add = |what, suites: &[u16], accepts: &[CipherSuite], has_sentinel, in_1_2| {
        all.push(Case {
            what,
            hello: ClientHello {
                cipher_suites: suites.to_vec(),
                ..hello.clone()
            },
            accepts: accepts.to_vec(),
            has_sentinel,
            in_1_3: newer,
            in_1_2,
        });
    };
    let what = "the server accepts no suite of TLS 1.2";
    add(what, &[0x1301, 0x009c], &[], true, nothing_in_common);
    let what = "the server has no sentinel";
    add(what, &[0x1301, 0x009c], &[RSA], false, answer(RSA, false));
    let what = "the server prefers ECDHE, and the client RSA";
    let suites = [0x1301, 0x009c, 0xc02f];
    add(what, &suites, &[ECDHE, RSA], true, answer(ECDHE, true));
    let what = "the server prefers RSA, and the client ECDHE";
    let suites = [0x1301, 0xc02f, 0x009c];
    add(what, &suites, &[RSA, ECDHE], true, answer(RSA, true));
    all
}
