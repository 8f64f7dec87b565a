//! The properties of exercise 7.9, in the order in which a server works: the hello and its answer,
//! a retry, the flight and the change of keys; and at the end everything else that a peer can send.
//!
//! The learner's server talks to the grader's client. The peer is honest, or tells one lie and is
//! consistent about it, or sits behind Mallory, who changes messages in transit.

use std::fmt;
use std::process::ExitCode;
use std::sync::Arc;

use given::tls::{
    Alert, Connection, ContentType, Handshake, HandshakeMessage, HandshakeType, ServerHello, Writer,
};
use harness::show::{self, Show};

use crate::subject::ch6_tls12::ServerConfig;
use fixtures::certificates::Key;
use fixtures::keys;
use fixtures::remembered;
use fixtures::tls::mallory::records;
use fixtures::tls::remembers::Remembers;
use fixtures::tls12::hellos::shown_extensions;
use fixtures::tls12::manners::SERVER_BITS;
use fixtures::tls12::pki;
use fixtures::tls13::scripted::{Client, ClientPlan, Level, Quirk};

mod after;
mod answer;
mod early;
mod flight;
mod fresh;
mod hello;
mod hostile;
mod kept;
mod keys_change;
mod open;
mod order;
mod others;
mod proofs;
mod retry;

#[path = "../configs.rs"]
mod configs;
#[path = "../established.rs"]
mod established;
#[path = "../../subject.rs"]
mod subject;

fn main() -> ExitCode {
    harness::examine([
        hello::suite(),
        retry::suite(),
        answer::suite(),
        flight::suite(),
        proofs::suite(),
        fresh::suite(),
        keys_change::suite(),
        open::suite(),
        kept::suite(),
        early::suite(),
        order::suite(),
        hostile::suite(),
        others::suite(),
    ])
}

/// The learner's server.
fn server(config: Arc<ServerConfig>) -> Remembers {
    remembered!("server(config)", crate::subject::ch7_tls13::server(config))
}

/// The learner's server, with a chain of its own certificate and that of a CA in between.
fn new_server() -> Remembers {
    server(config_of(SERVER_BITS))
}

/// A server and an honest client with this plan, before anything has been said. The client may have
/// a quirk.
fn pair(plan: &ClientPlan, quirk: Option<Quirk>) -> (Remembers, Client) {
    let plan = ClientPlan {
        quirk,
        ..plan.clone()
    };
    (new_server(), Client::new(plan))
}

/// It must have ended like this, with the alert for this reason, and must name this reason.
macro_rules! refused_because {
    ($server:expr, $end:expr, $abort:expr, $level:expr) => {{
        let abort = $abort;
        let alert = abort.alert().expect("the client is told");
        fixtures::tls13::outcome::server_ends!(
            $end,
            fixtures::tls13::outcome::Outcome::Refused(alert, $level)
        );
        fixtures::tls12::outcome::is_named("server.status()", &$server, &abort)?;
    }};
}

use refused_because;

/// What the server is given, with keys of this many bits.
fn config_of(bits: usize) -> Arc<ServerConfig> {
    let (chain, _) = pki::chain(bits);
    let Key(bits, number) = pki::server_key(bits);
    Arc::new(ServerConfig {
        chain,
        key: keys::private(bits, number).clone(),
        suites: vec![],
        sentinel: None,
    })
}

/// A record that the server has sent. One that is sealed is application data, whatever is in it.
#[derive(Clone, PartialEq, Eq)]
struct Sent(ContentType, Vec<u8>);

/// As the learner reads it.
impl fmt::Debug for Sent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sent(kind, content) = self;
        match (kind, &content[..]) {
            (ContentType::ApplicationData, _) => write!(out, "sealed, {} bytes", content.len()),
            (ContentType::Alert, [2, code]) => match Alert::from_code(*code) {
                Some(alert) => write!(out, "alert {alert:?}"),
                None => write!(out, "alert {code}"),
            },
            (ContentType::ChangeCipherSpec, [1]) => write!(out, "ChangeCipherSpec"),
            (ContentType::Handshake, [2, _, _, _, body @ ..]) => match ServerHello::read(body) {
                Ok(hello) => shown_hello(out, &hello),
                Err(_) => write!(out, "ServerHello that can't be read: {}", shown(content)),
            },
            _ => write!(out, "{kind:?} {}", shown(content)),
        }
    }
}

fn shown(content: &[u8]) -> String {
    show::text(&content.pieces())
}

/// Writes a ServerHello or a HelloRetryRequest as the learner reads it.
fn shown_hello(out: &mut fmt::Formatter<'_>, hello: &ServerHello) -> fmt::Result {
    let name = match hello.is_retry() {
        true => "HelloRetryRequest".to_owned(),
        false => format!("ServerHello: random {}", shown(&hello.random)),
    };
    write!(out, "{name}, version {:04x}, ", hello.version)?;
    write!(out, "session {}, ", shown(&hello.session_id))?;
    write!(out, "suite {:04x}, ", hello.cipher_suite)?;
    write!(out, "compression {:02x}", hello.compression_method)?;
    shown_extensions(out, &hello.extensions)
}

/// A fatal alert in plaintext.
fn alert(alert: Alert) -> Sent {
    Sent(ContentType::Alert, vec![2, alert.code()])
}

/// The records that the server has sent.
fn parts(sent: &[u8]) -> Vec<Sent> {
    let part = |record: Vec<u8>| {
        let kind = ContentType::from_code(record[0]).unwrap_or(ContentType::Alert);
        Sent(kind, record[5..].to_vec())
    };
    records(sent).into_iter().map(part).collect()
}

/// What the server answers to this message, which is sent in plaintext.
fn answer_to(server: &mut dyn Connection, message: &Handshake) -> Vec<Sent> {
    answer_to_bytes(server, message.bytes())
}

/// What the server answers to these bytes of messages, which are sent in plaintext.
fn answer_to_bytes(server: &mut dyn Connection, messages: &[u8]) -> Vec<Sent> {
    let header = Writer::new().u8(22).u16(0x0303);
    for part in messages.chunks(1 << 14) {
        server.receive(&header.clone().vector(2, part).finish());
    }
    parts(&server.to_send())
}

/// The handshake messages that a client has heard under these keys.
fn messages(client: &Client, level: Level) -> Vec<Vec<u8>> {
    let heard = client.records().iter();
    let under = heard.filter(|record| record.level == level && record.kind == 22);
    let mut rest: Vec<u8> = under.flat_map(|record| record.content.clone()).collect();
    let mut messages = Vec::new();
    while let [_, a, b, c, ..] = rest[..] {
        let length = u32::from_be_bytes([0, a, b, c]) as usize;
        let behind = rest.split_off(rest.len().min(4 + length));
        messages.push(rest);
        rest = behind;
    }
    messages
}

/// What is in the first of these records, as a message of this kind.
fn first_message<M: HandshakeMessage>(parts: &[Sent]) -> Option<M> {
    let Sent(ContentType::Handshake, content) = parts.first()? else {
        return None;
    };
    let kind = HandshakeType::from_code(*content.first()?)?;
    Handshake::new(kind, content.get(4..)?).parse().ok()
}
