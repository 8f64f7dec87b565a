//! The properties of exercise 7.8, part by part. Each part runs only as much of a handshake as it
//! is about, so that a right beginning counts while the rest is not written yet.
//!
//! No property sends data, or receives a handshake message, on a connection that is open: that is
//! exercise 7.10.

use given::tls::{Connection, ContentType, Endpoint, HandshakeType, Status};
use harness::{Broken, Property, check};

use crate::configs::client_config;
use crate::outcome::{Outcome, client_ends, end_with};
use crate::subject::ch7_tls13::*;
use fixtures::tls::mallory::End;
use fixtures::tls13::manners::{Manner, Retry};
use fixtures::tls13::scripted::{Level, Record, Say, Server};

mod choice;
mod extensions;
mod finish;
mod hello;
mod hostile;
mod identity;
mod order;
mod rustls;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        hello::suite(),
        choice::suite(),
        extensions::suite(),
        identity::suite(),
        finish::suite(),
        order::suite(),
        hostile::suite(),
        rustls::suite(),
    ]
    .concat()
}

/// How something is sealed before there are keys.
const PLAINTEXT: Level = Level::Plaintext;

/// How something is sealed after ServerHello.
const HANDSHAKE: Level = Level::Handshake;

/// How a client begins, so that a server can ask for this retry.
fn first_hello(retry: Retry) -> FirstHello {
    match retry.has_share() {
        true => FirstHello::WithShare,
        false => FirstHello::AskFirst,
    }
}

/// A client that has not sent its hello yet, and an honest server that would ask for this retry.
fn start(retry: Retry) -> (Endpoint<ClientStep>, Server) {
    let server = Server::new(Manner::plain(retry).server_plan());
    (client(client_config(), first_hello(retry)), server)
}

/// A client accepts everything that this server says, and waits for more.
fn it_waits(
    client: &mut dyn Connection,
    server: &mut Server,
    script: &[Say],
) -> Result<(), Broken> {
    client_ends!(
        end_with(client, server, script),
        Outcome::Other(End::Waiting)
    );
    let status = client.status();
    check!(status == Status::Handshaking, "a client that waits", status);
    let complaint = fixtures::tls13::scripted::Peer::heard(server)
        .complaint
        .clone();
    check!(
        complaint.is_none(),
        "a server without a complaint",
        complaint
    );
    Ok(())
}

/// What is in the records that a server has heard.
fn heard_by(server: &Server) -> Vec<Vec<u8>> {
    let content = |record: &Record| record.content.clone();
    server.records().iter().map(content).collect()
}

/// What a server has heard, record by record, in words.
fn words_heard_by(server: &Server) -> Vec<String> {
    let records = server.records().iter();
    records.map(in_words).collect()
}

fn in_words(record: &Record) -> String {
    let unknown = || format!("a record of type {}", record.kind);
    let kind = ContentType::from_code(record.kind);
    let message = record.content.first().copied();
    let message = message.and_then(HandshakeType::from_code);
    let what = match (kind, message) {
        (Some(ContentType::Handshake), Some(message)) => format!("{message:?}"),
        (kind, _) => kind.map_or_else(unknown, |kind| format!("{kind:?}")),
    };
    match record.level {
        Level::Plaintext => what,
        Level::Handshake => format!("{what}, sealed for the handshake"),
        Level::Application(_) => format!("{what}, sealed as data"),
    }
}

/// The types of the records that a server has heard.
fn types_heard_by(server: &Server) -> Vec<Option<ContentType>> {
    let records = server.records().iter();
    records
        .map(|record| ContentType::from_code(record.kind))
        .collect()
}
