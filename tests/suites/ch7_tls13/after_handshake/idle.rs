//! What a peer could send without end, although nothing comes of it.

use std::fmt;

use given::tls::{Abort, Alert, Connection, HandshakeType, MAX_EMPTY_RECORDS, MAX_IDLE_MESSAGES};
use given::tls::{Status, Suite};
use harness::same;

use super::{NOTHING, connected, data, heard_of, in_words, refuses, sends};
use fixtures::tls13::outcome::tell;
use fixtures::tls13::traffic::{Heard, Peer, Side, message, ticket};

harness::suite! {
    exercise "7.10" {
        /// any number of messages is accepted if data comes after each 32 of them, without an answer until there is something to say
        #[think = "`Endpoint` counts the messages. Do you count any yourself, or answer when many have come?"]
        fn messages_with_data_in_between_are_accepted(messages from idle_messages()) {
            let (mut connection, mut peer) = connected(messages.you);
            for _ in 0..messages.rounds {
                messages.repeat(&mut connection, &mut peer);
                tell(&mut connection);
                same!(connection.status(), Status::Open(Suite::Tls13));
                sends!(connection, peer, NOTHING);
                connection.receive(&peer.data(b"data"));
                same!(connection.received(), b"data".to_vec());
            }
            let mut expected = vec![data(b"now"), data(b"later")];
            if messages.asks {
                expected.insert(0, Heard::KeyUpdate(0));
            }
            let mut heard = heard_of(&mut connection, &mut peer, b"now");
            heard.extend(heard_of(&mut connection, &mut peer, b"later"));
            tell(&mut connection);
            let (heard, expected) = in_words(&heard, &expected);
            same!(heard, expected, "connection.to_send(), record by record");
        }

        /// thirty-three messages without data in between are one too many, and an empty record is not data
        #[think = "`Endpoint` counts the messages. Which of its calls do you make yourself?"]
        fn the_thirty_third_message_is_refused(messages from idle_messages()) {
            let (mut connection, mut peer) = connected(messages.you);
            // So that the alert comes under a later key, if there was a request.
            connection.receive(&(messages.next)(&mut peer, 1));
            connection.receive(&peer.data(b"data"));
            connection.received();
            heard_of(&mut connection, &mut peer, b"now");
            messages.repeat(&mut connection, &mut peer);
            connection.receive(&peer.data(b""));
            tell(&mut connection);
            same!(connection.status(), Status::Open(Suite::Tls13));
            connection.receive(&(messages.next)(&mut peer, MAX_IDLE_MESSAGES));
            connection.receive(&peer.data(b"late"));
            refuses!(connection, peer, Abort::UnexpectedMessage);
        }

        /// thirty-three records in a row that have no effect are one too many
        #[think = "`Wire` counts them. Do you call it for anything but what the exercise lists?"]
        fn the_thirty_third_empty_record_is_refused(messages from empty_records()) {
            let (mut connection, mut peer) = connected(messages.you);
            for _ in 0..2 {
                for number in 0..MAX_EMPTY_RECORDS {
                    connection.receive(&(messages.next)(&mut peer, number));
                }
                tell(&mut connection);
                same!(connection.status(), Status::Open(Suite::Tls13));
                connection.receive(&peer.data(b"data"));
            }
            same!(connection.received(), b"datadata".to_vec());
            for number in 0..=MAX_EMPTY_RECORDS {
                connection.receive(&(messages.next)(&mut peer, number));
            }
            connection.receive(&peer.data(b"late"));
            refuses!(connection, peer, Abort::UnexpectedMessage);
        }
    }
}

/// Something that a peer repeats.
#[derive(Clone, Copy)]
struct Idle {
    /// Who gets it.
    you: Side,
    what: &'static str,
    /// How often data comes after as many of them as are accepted.
    rounds: usize,
    /// Whether it asks for KeyUpdates.
    asks: bool,
    /// The one with this number.
    next: fn(&mut Peer, usize) -> Vec<u8>,
}

/// As the learner reads it.
impl fmt::Debug for Idle {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}, if you are the {:?}", self.what, self.you)
    }
}

impl Idle {
    /// The peer sends as many messages of this kind as are accepted without data in between.
    fn repeat(&self, connection: &mut dyn Connection, peer: &mut Peer) {
        for number in 0..MAX_IDLE_MESSAGES {
            connection.receive(&(self.next)(peer, number));
        }
    }
}

fn a_ticket(peer: &mut Peer) -> Vec<u8> {
    peer.messages(&message(HandshakeType::NewSessionTicket, &ticket()))
}

fn idle_messages() -> Vec<Idle> {
    use Side::{Client, Server};
    let idle = |you, what, rounds, asks, next| Idle {
        you,
        what,
        rounds,
        asks,
        next,
    };
    let updates = |peer: &mut Peer, _: usize| peer.update(0);
    let requests = |peer: &mut Peer, _: usize| peer.update(1);
    let both = |peer: &mut Peer, number: usize| peer.update(u8::from(number % 2 == 1));
    let mixture = |peer: &mut Peer, number: usize| match number % 3 {
        0 => a_ticket(peer),
        number => peer.update(u8::from(number == 1)),
    };
    vec![
        idle(Client, "tickets", 2, false, |peer, _| a_ticket(peer)),
        idle(Client, "KeyUpdates", 1, false, updates),
        idle(Server, "KeyUpdates", 1, false, updates),
        idle(Client, "requests for a KeyUpdate", 3, true, requests),
        idle(Server, "requests for a KeyUpdate", 3, true, requests),
        idle(
            Client,
            "tickets, and KeyUpdates of both kinds",
            1,
            true,
            mixture,
        ),
        idle(Server, "KeyUpdates of both kinds", 1, true, both),
    ]
}

fn empty_records() -> Vec<Idle> {
    let what = "empty records and user_canceled, in turn";
    let (rounds, asks) = (1, false);
    let next = |peer: &mut Peer, number: usize| match number % 2 {
        0 => peer.data(b""),
        _ => peer.alert(Alert::UserCanceled),
    };
    let for_side = |you| Idle {
        you,
        what,
        rounds,
        asks,
        next,
    };
    super::SIDES.map(for_side).to_vec()
}
