//! What decides the version that a server goes on in, and what does not. No handshake is finished
//! here: the first answer tells.

use std::fmt;
use std::sync::Arc;

use given::tls::{Alert, Connection, Extension, HandshakeMessage, ServerHello};
use harness::show::Words;
use harness::{check, think_of, with};

use crate::cases::cases;
use crate::setup::{Versions, in_a_record, server_config, server_of_both};
use crate::subject::ch6_tls12::ServerConfig;
use crate::subject::ch7_tls13::SENTINEL_TLS_1_2;
use fixtures::tls::mallory::records;
use fixtures::tls::report::tell;
use fixtures::tls12::hellos::Hello;

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
                let config = Arc::into_inner(server_config(&case.accepts)).expect("nobody else has it");
                let sentinel = config.sentinel.filter(|_| case.has_sentinel);
                let mut server = server_of_both(Arc::new(ServerConfig { sentinel, ..config }));
                server.receive(&in_a_record(&hello, 0x0301));
                let said = said(&server.to_send());
                tell(&mut server);
                if let (Said::Hello12 { suite, .. }, Said::Hello12 { suite: other, .. }) = (said, expected) {
                    think_of!("The version is right. What do you change in the configuration before you pass it on?");
                    if suite != other {
                        think_of!("The version is right. The server of 6.8 prefers its suites in the order of its configuration. Do you pass that on as it is?");
                    }
                }
                check!(said == expected, format!("{expected:?}"), said, "the first answer of server_of_both(config)");
            }
        }
    }
}

/// The first thing that a server says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Hello12 {
        suite: u16,
        /// Whether its random ends with the sentinel.
        is_marked: bool,
    },
    /// A HelloRetryRequest.
    Hello13,
    Alert(Alert),
    Other,
}

/// As the learner reads it.
impl fmt::Debug for Said {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Said::Hello12 { suite, is_marked } => {
                let end = if *is_marked { "a" } else { "no" };
                write!(
                    out,
                    "a ServerHello of TLS 1.2 with the suite {suite:04x}, whose random ends with {end} sentinel"
                )
            }
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
            Ok(answer) => Said::Hello12 {
                suite: answer.cipher_suite,
                is_marked: answer.random.ends_with(&SENTINEL_TLS_1_2),
            },
            Err(_) => Said::Other,
        },
        _ => Said::Other,
    }
}
