//! What decides the version that a server goes on in, and what does not. No handshake is finished
//! here: the first answer tells.

use std::fmt;
use std::sync::Arc;

use given::tls::{
    Alert, ClientHello, Connection, Extension, HandshakeMessage, ServerHello, TLS_1_2, X25519,
};
use harness::show::Words;
use harness::{check, with};

use crate::setup::{Versions, in_a_record, server_config, server_of_both};
use crate::subject::ch6_tls12::ServerConfig;
use fixtures::tls::mallory::records;
use fixtures::tls::report::tell;
use fixtures::tls12::hellos::Hello;
use fixtures::tls12::manners::RSA;

harness::suite! {
    exercise "7.11" {
        /// nothing but the list of versions decides, whatever else the hello has or lacks, and
        /// whatever the server is configured for
        #[think = "What does your `choose` look at besides the list of versions? If the version that is chosen needs something that is missing, its own server says so."]
        fn nothing_else_decides({case} from cases()) {
            with!("this time" = Words(case.what.to_owned()));
            for (versions, expected) in [
                (Some(vec![0x7a7a, 0x0304, 0x0303]), case.in_1_3), (Some(vec![0x0304]), case.in_1_3),
                (Some(vec![0x7a7a, 0x0303]), case.in_1_2), (None, case.in_1_2),
            ] {
                let mut hello = case.hello.clone();
                if let Some(versions) = versions.clone() {
                    // The pre-shared keys, if there are any, must be last.
                    hello.extensions.insert(0, Extension::SupportedVersions(versions));
                }
                let listed = versions.map_or_else(|| Words("no list".to_owned()), |all| Words(format!("{:?}", Versions(all))));
                with!("versions" = listed);
                with!("hello" = Hello(hello.clone()));
                let config = Arc::into_inner(server_config(&[RSA])).expect("nobody else has it");
                let mut server = server_of_both(Arc::new((case.config)(config)));
                server.receive(&in_a_record(&hello, 0x0301));
                let said = said(&server.to_send());
                tell(&mut server);
                check!(said == expected, format!("{expected:?}"), said, "the first answer of server_of_both(config)");
            }
        }
    }
}

/// The first thing that a server says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Hello12,
    Hello13,
    Alert(Alert),
    Other,
}

/// As the learner reads it.
impl fmt::Debug for Said {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Said::Hello12 => write!(out, "a ServerHello of TLS 1.2"),
            Said::Hello13 => write!(out, "a HelloRetryRequest of TLS 1.3"),
            Said::Alert(alert) => write!(out, "the alert {alert:?}"),
            Said::Other => write!(out, "something else"),
        }
    }
}

fn said(sent: &[u8]) -> Said {
    let first = records(sent).into_iter().next().unwrap_or_default();
    match first[..] {
        [21, _, _, _, _, _, code] => Alert::from_code(code).map_or(Said::Other, Said::Alert),
        [22, _, _, _, _, 2, _, _, _, ref body @ ..] => match ServerHello::read(body) {
            Ok(answer) if answer.is_retry() => Said::Hello13,
            Ok(_) => Said::Hello12,
            Err(_) => Said::Other,
        },
        _ => Said::Other,
    }
}

/// A hello without a list of versions, what the server is configured for, and what it says first if
/// 1.3 is offered, and if it is not.
#[derive(Debug, Clone)]
struct Case {
    what: &'static str,
    hello: ClientHello,
    config: fn(ServerConfig) -> ServerConfig,
    in_1_3: Said,
    in_1_2: Said,
}

fn cases() -> Vec<Case> {
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
    let (older, newer) = (Said::Hello12, Said::Hello13);
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
    add("the server has no sentinel", older, |config| ServerConfig {
        sentinel: None,
        ..config
    });
    all
}
