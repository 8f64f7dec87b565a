//! What ends a connection after its handshake.

use std::fmt;

use given::tls::{Abort, Connection, HandshakeType, Status};
use harness::show::{self, Show, Words};
use harness::{same, with};
use proptest::sample::select;

use super::bad::{after_an_update, bad_tickets, other_messages, wrong_keys};
use super::{SIDES, connected, refuses};
use fixtures::strategies::bytes;
use fixtures::tls13::traffic::{Heard, Peer, Side, key_update, message, ticket};

harness::suite! {
    exercise "7.10" {
        /// a KeyUpdate whose request is neither 0 nor 1 is refused with illegal_parameter
        #[think = "RFC 9846 §4.7.3 has two values, and an alert for all others. What do you do with a 2?"]
        fn another_request_is_refused(request from 2..=255_u8) {
            let you = SIDES[usize::from(request % 2)];
            with!(you);
            let (mut connection, mut peer) = connected(you);
            connection.receive(&peer.messages(&key_update(request)));
            refuses!(connection, peer, Abort::BadKeyUpdate);
        }

        /// a KeyUpdate of another length is refused with decode_error
        #[think = "Which call checks how long the message is? `Handshake::parse` does."]
        fn another_length_is_refused(body from [&[][..], &[0, 0], &[1, 0], &[0, 1, 0], &[0; 32]]) {
            for you in SIDES {
                with!(you);
                let (mut connection, mut peer) = connected(you);
                connection.receive(&peer.messages(&message(HandshakeType::KeyUpdate, body)));
                refuses!(connection, peer, Abort::Malformed);
            }
        }

        /// anything after a KeyUpdate in the same record is refused: it would be under the old key
        #[think = "`Wire::open_with` finds it. What do you do with its error?"]
        fn what_shares_its_record_is_refused(following from after_an_update()) {
            for (you, request_update) in [(SIDES[0], 0), (SIDES[1], 0), (SIDES[0], 1), (SIDES[1], 1)] {
                with!(you, request_update);
                let (mut connection, mut peer) = connected(you);
                let messages = [&key_update(request_update)[..], &following.bytes].concat();
                connection.receive(&peer.messages(&messages));
                peer.says = peer.says.next();
                connection.receive(&peer.data(b"under the next key"));
                refuses!(connection, peer, Abort::UnexpectedMessage);
            }
        }

        /// the old key opens nothing after a KeyUpdate, and the new key opens nothing before it
        #[think = "From the KeyUpdate on there is one key. Do you still try the other?"]
        fn only_the_key_that_is_due_opens(wrong from wrong_keys()) {
            for you in SIDES {
                with!(you);
                let (mut connection, mut peer) = connected(you);
                connection.receive(&peer.data(b"before"));
                connection.received();
                connection.receive(&(wrong.sent)(&mut peer));
                refuses!(connection, peer, Abort::BadRecord);
            }
        }

        /// a ticket that can't be read is refused with decode_error
        #[think = "You don't use it. But how do you know that it is a ticket?"]
        fn a_malformed_ticket_is_refused(bad from bad_tickets()) {
            let (mut connection, mut peer) = connected(Side::Client);
            connection.receive(&peer.messages(&message(HandshakeType::NewSessionTicket, &bad.bytes)));
            refuses!(connection, peer, Abort::Malformed);
        }

        /// a ticket that has an extension twice is refused with illegal_parameter
        #[think = "`Handshake::parse` has an error of its own for this. What do you do with it?"]
        fn a_doubled_extension_is_refused() {
            let (mut connection, mut peer) = connected(Side::Client);
            let one = [0, 42, 0, 4, 0, 0, 64, 0];
            let extensions = [&[0, 16][..], &one, &one].concat();
            let body = [&ticket()[..61], &extensions].concat();
            connection.receive(&peer.messages(&message(HandshakeType::NewSessionTicket, &body)));
            refuses!(connection, peer, Abort::DuplicateExtension);
        }

        /// a server accepts no ticket from a client, good or bad
        #[think = "Which side sends tickets? `peer` says who is at the other end."]
        fn a_server_accepts_no_tickets(body from [ticket(), vec![], vec![0; 3]]) {
            let (mut connection, mut peer) = connected(Side::Server);
            connection.receive(&peer.messages(&message(HandshakeType::NewSessionTicket, &body)));
            refuses!(connection, peer, Abort::UnexpectedMessage);
        }

        /// every other message is refused: no second handshake, no request for a client's certificate
        #[think = "Two types have a place here. What do you do with all others?"]
        fn other_messages_are_refused((you, {kind}) from other_messages()) {
            with!("message" = Words(type_in_words(kind)));
            // An unknown type has no body that fits.
            let bodies = match HandshakeType::from_code(kind) {
                Some(_) => vec![vec![], vec![0; 3], vec![0; 32]],
                None => vec![vec![0; 3]],
            };
            for body in bodies {
                with!(body);
                let (mut connection, mut peer) = connected(you);
                let mut message = message(HandshakeType::KeyUpdate, &body);
                message[0] = kind;
                connection.receive(&peer.messages(&message));
                refuses!(connection, peer, Abort::UnexpectedMessage);
            }
        }

        /// no message body makes it panic, and after one that can't be read, no data is accepted
        #[think = "Which of your lines can panic on bytes that a peer sends?"]
        #[cases = 128]
        fn any_body_is_read_or_refused(
            you in select(SIDES.to_vec()), {kind} in select(vec![4_u8, 24]), body in bytes(0..=80)
        ) {
            with!("message" = Words(type_in_words(kind)));
            let (mut connection, mut peer) = connected(you);
            let mut message = message(HandshakeType::KeyUpdate, &body);
            message[0] = kind;
            connection.receive(&peer.messages(&message));
            let is_update = kind == 24 && matches!(body[..], [0 | 1]);
            if !is_update && connection.status() != Status::Open(given::tls::Suite::Tls13) {
                connection.receive(&peer.data(b"more"));
                same!(connection.received(), Vec::<u8>::new());
            }
        }
    }
}

/// A message of this type, as the learner reads it.
fn type_in_words(kind: u8) -> String {
    match HandshakeType::from_code(kind) {
        Some(name) => format!("{name:?}"),
        None => format!("one of the unknown type {kind}"),
    }
}

/// How a connection has ended.
#[derive(PartialEq, Eq)]
pub(super) struct End {
    status: Status,
    /// What the peer was told.
    told: Vec<Heard>,
    /// The data that was handed out.
    data: Vec<u8>,
}

/// As the learner reads it.
impl fmt::Debug for End {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}; it sends ", self.status)?;
        match &self.told[..] {
            [] => write!(out, "nothing")?,
            told => write!(out, "{told:?}")?,
        }
        match &self.data[..] {
            [] => Ok(()),
            data => write!(out, ", and hands out {}", show::text(&data.pieces())),
        }
    }
}

pub(super) fn end(connection: &mut dyn Connection, peer: &mut Peer) -> End {
    let told = peer.hear(&connection.to_send());
    End {
        status: connection.status(),
        told,
        data: connection.received(),
    }
}

/// It has ended for this reason, the peer was told so under the key that it knows, and no data was
/// handed out.
pub(super) fn refused(abort: Abort) -> End {
    let alert = abort.alert().expect("the peer is told");
    End {
        status: Status::Failed(abort),
        told: vec![Heard::Alert(alert)],
        data: vec![],
    }
}
