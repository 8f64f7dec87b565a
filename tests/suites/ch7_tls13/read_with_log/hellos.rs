//! Hellos that are not what they should be, in recordings that open all the same.

use fixtures::live::able;
use fixtures::tls::mallory::records;
use fixtures::tls13::recorded::{Plan, text};
use given::tls::{ClientHello, Extension, Handshake, HandshakeMessage, ServerHello};
use harness::show::Words;
use harness::{notes, with};

use super::whole::conversation;
use super::{breaks, fixed, reads, recording};
use crate::subject::ch6_tls12::Unreadable;
use crate::subject::ch7_tls13::read_with_log;

harness::suite! {
    exercise "7.12" {
        /// hellos that a client or a server would refuse are read all the same
        #[think = "The two sides have judged each other's hellos already. What do you need from a hello?"]
        fn hellos_are_not_judged(retries from [false, true]) {
            let recorded = able(Plan { retries, ..fixed().remove(0) }.record())?;
            for Change { what, change } in client_hellos() {
                with!("the last ClientHello" = Words(what.to_owned()));
                let mut overheard = recording(&recorded);
                replace_last(&mut overheard.from_client, change);
                reads!(overheard, text(&recorded.log), Ok(conversation(&recorded)));
            }
            notes::withdraw("the last ClientHello");
            for Change { what, change } in server_hellos() {
                with!("the ServerHello" = Words(what.to_owned()));
                let mut overheard = recording(&recorded);
                replace_last(&mut overheard.from_server, change);
                reads!(overheard, text(&recorded.log), Ok(conversation(&recorded)));
            }
        }

        /// a recording with two HelloRetryRequests is refused
        #[think = "How many HelloRetryRequests can a handshake have? Which messages of each side are in plaintext?"]
        fn a_second_retry_is_refused() {
            let recorded = able(Plan { retries: true, ..fixed().remove(0) }.record())?;
            let mut overheard = recording(&recorded);
            // The hellos that a retry adds: the first one of the server, and the last one of the client.
            let mut server = records(&overheard.from_server);
            server.insert(0, server[0].clone());
            overheard.from_server = server.concat();
            let mut client = records(&overheard.from_client);
            let last = client.iter().rposition(|record| record[0] == 22).unwrap_or_default();
            client.insert(last, client[last].clone());
            overheard.from_client = client.concat();
            breaks!(overheard, text(&recorded.log));
        }
    }
}

/// A change to a hello, and what it does.
struct Change<M> {
    what: &'static str,
    change: fn(&mut M),
}

fn change<M>(what: &'static str, change: fn(&mut M)) -> Change<M> {
    Change { what, change }
}

/// Changes to a ClientHello. The client random stays.
fn client_hellos() -> [Change<ClientHello>; 8] {
    [
        change("has no session id", |hello| hello.session_id.clear()),
        change("says 1.3 in its field `version`", |hello| {
            hello.version = 0x0304;
        }),
        change("does not offer the suite that was chosen", |hello| {
            hello.cipher_suites = vec![0x1302];
        }),
        change("offers a hundred suites", |hello| {
            hello.cipher_suites = (0x1301..0x1365).collect();
        }),
        change("has no extension", |hello| hello.extensions.clear()),
        change("has an extension that nobody knows", |hello| {
            hello.extensions.push(unknown());
        }),
        change("offers compression, too", |hello| {
            hello.compression_methods = vec![1, 0];
        }),
        change("offers nothing but compression", |hello| {
            hello.compression_methods = vec![1];
        }),
    ]
}

/// Changes to a ServerHello.
fn server_hellos() -> [Change<ServerHello>; 6] {
    [
        change("has a session id of its own", |hello| {
            hello.session_id = vec![7; 32];
        }),
        change("has an extension that the client has not sent", |hello| {
            hello.extensions.push(unknown());
        }),
        change("says 1.1 in its field `version`", |hello| {
            hello.version = 0x0302;
        }),
        change("has no extension", |hello| hello.extensions.clear()),
        change("chooses a compression method", |hello| {
            hello.compression_method = 1;
        }),
        change("has a random that ends with the sentinel", |hello| {
            hello.random[24..].copy_from_slice(b"DOWNGRD\x01");
        }),
    ]
}

fn unknown() -> Extension {
    let (code, body) = (0x4a4b, vec![1, 2, 3]);
    Extension::Other { code, body }
}

/// Changes the last message of this kind that is in plaintext.
fn replace_last<M: HandshakeMessage>(bytes: &mut Vec<u8>, change: fn(&mut M)) {
    let mut all = records(bytes);
    let last = all.iter_mut().rfind(|record| record[0] == 22);
    let record = last.expect("a hello is in plaintext");
    let mut hello = M::read(&record[9..]).expect("it is whole, and in one record");
    change(&mut hello);
    let message: Handshake = hello.handshake();
    let length = u16::try_from(message.bytes().len()).expect("a short one");
    *record = [&[22, 3, 3][..], &length.to_be_bytes(), message.bytes()].concat();
    *bytes = all.concat();
}
