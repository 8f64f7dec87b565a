//! What else may come after a handshake: tickets, and the end of each direction.

use given::tls::{
    Abort, Alert, Connection, ContentType, HandshakeType, NotOpen, Status, Suite, Writer,
};
use harness::show::Words;
use harness::{accepted, same, think_of, with};

use super::{NOTHING, SIDES, connected, connected_with, data, sends, sends_of};
use fixtures::tls13::outcome::tell;
use fixtures::tls13::servers::fatal_codes;
use fixtures::tls13::traffic::{Heard, Side, key_update, message, ticket};

harness::suite! {
    exercise "7.10" {
        /// a client accepts any number of tickets, with data in between, and does nothing with them
        #[think = "What do you do when a ticket comes? Does anything change, the keys for example?"]
        fn a_client_accepts_tickets((in_a_row, rounds) from [(1, 1), (2, 3), (32, 2)]) {
            let records_per_key = 2;
            with!(records_per_key);
            let (mut connection, mut peer) = connected_with(Side::Client, Some(records_per_key));
            let ticket = message(HandshakeType::NewSessionTicket, &ticket());
            for _ in 0..rounds {
                for _ in 0..in_a_row {
                    connection.receive(&peer.messages(&ticket));
                }
                connection.receive(&peer.data(b"hello"));
                tell(&mut connection);
                same!(connection.status(), Status::Open(Suite::Tls13));
                same!(connection.received(), b"hello".to_vec());
                sends!(connection, peer, NOTHING);
            }
            // A ticket is not a record that you have sent, and no answer to a request.
            sends_of!(connection, peer, b"one", [data(b"one")]);
            connection.receive(&peer.messages(&ticket));
            sends_of!(connection, peer, b"two", [data(b"two")]);
            sends_of!(connection, peer, b"three", [Heard::KeyUpdate(0), data(b"three")]);
            connection.receive(&peer.update(1));
            connection.receive(&peer.messages(&ticket));
            think_of!("The peer has asked for a KeyUpdate, and then it has sent a ticket. What does the ticket do to your note of the request?");
            sends_of!(connection, peer, b"four", [Heard::KeyUpdate(0), data(b"four")]);
        }

        /// a client accepts a ticket with any lifetime and any extensions, however long the ticket and its nonce are
        #[think = "A ticket is parsed and ignored. Do you judge what is in it?"]
        fn any_ticket_is_ignored(({lifetime}, {nonce}, {length}, {extensions}) from [
            (0_u32, 0_usize, 1_usize, &[][..]), (604_800, 255, 300, &[42_u16]),
            (604_801, 1, 32, &[0x0a0a, 42, 0x1234]), (u32::MAX, 2, 60_000, &[]),
            // pre_shared_key, supported_versions, cookie and key_share, which belong in other messages.
            (7_200, 2, 48, &[41, 43, 44, 51]),
        ]) {
            let (mut connection, mut peer) = connected(Side::Client);
            let list = extensions.iter().fold(Writer::new(), |list, code| list.u16(*code).vector(2, &[0; 4]));
            let ticket = Writer::new().bytes(&lifetime.to_be_bytes()).bytes(&[0; 4]).vector(1, &vec![1; nonce]);
            let ticket = ticket.vector(2, &vec![7; length]).vector(2, &list.finish()).finish();
            with!("NewSessionTicket" = Words(format!(
                "a lifetime of {lifetime} seconds, a nonce of length {nonce}, a ticket of length {length}, extensions {extensions:04x?}"
            )));
            for part in message(HandshakeType::NewSessionTicket, &ticket).chunks(1 << 14) {
                connection.receive(&peer.messages(part));
            }
            connection.receive(&peer.data(b"hello"));
            tell(&mut connection);
            same!(connection.status(), Status::Open(Suite::Tls13));
            same!(connection.received(), b"hello".to_vec());
        }

        /// the key log has the first secrets for data, whichever keys have changed since
        #[think = "Which secrets are in a `Session`? The later ones are derived from them."]
        fn the_key_log_stays_as_it_was(you from SIDES) {
            let (mut connection, mut peer) = connected_with(you, Some(1));
            let before = Words(connection.key_log().join("\n"));
            connection.receive(&peer.update(1));
            connection.receive(&peer.data(b"hello"));
            same!(Words(connection.key_log().join("\n")), before, "connection.key_log(), after a KeyUpdate of the peer");
            accepted!(connection.send(b"one"));
            accepted!(connection.send(b"two"));
            same!(Words(connection.key_log().join("\n")), before, "connection.key_log(), after your own KeyUpdates");
        }

        /// messages may share a record or span several, if a KeyUpdate ends its record
        #[think = "`Wire` puts messages together. Do you read anything other than the message?"]
        fn messages_share_records_and_are_cut(length from [1, 2, 3, 4, 5, 30, 200]) {
            let (mut connection, mut peer) = connected(Side::Client);
            let ticket = message(HandshakeType::NewSessionTicket, &ticket());
            let messages = [ticket.clone(), ticket, key_update(1)].concat();
            for part in messages.chunks(length) {
                connection.receive(&peer.messages(part));
            }
            peer.says = peer.says.next();
            connection.receive(&peer.data(b"hello"));
            same!(connection.received(), b"hello".to_vec());
            accepted!(connection.send(b"yes"));
            sends!(connection, peer, [Heard::KeyUpdate(0), data(b"yes")]);
        }

        /// after your own close_notify, data still arrives, and the peer's keys still change
        #[think = "close_notify closes one direction. Which one?"]
        fn data_arrives_after_your_own_end(you from SIDES) {
            let (mut connection, mut peer) = connected(you);
            connection.close();
            sends!(connection, peer, [Heard::Alert(Alert::CloseNotify)]);
            connection.receive(&peer.data(b"still "));
            connection.receive(&peer.update(1));
            connection.receive(&peer.data(b"here"));
            same!(connection.received(), b"still here".to_vec());
            // The KeyUpdate that it has asked for can't be sent anymore.
            same!(connection.send(b"too late"), Err(NotOpen));
            sends!(connection, peer, NOTHING);
            connection.receive(&peer.alert(Alert::CloseNotify));
            tell(&mut connection);
            same!(connection.status(), Status::Closed);
        }

        /// after the peer's close_notify you can still send, beginning with the KeyUpdate that it has asked for
        #[think = "The peer sends nothing more. Does it still read, and with which key?"]
        fn data_is_sent_after_the_peers_end(you from SIDES) {
            let (mut connection, mut peer) = connected(you);
            connection.receive(&peer.update(1));
            connection.receive(&peer.alert(Alert::CloseNotify));
            tell(&mut connection);
            same!(connection.status(), Status::Closed);
            sends!(connection, peer, NOTHING);
            accepted!(connection.send(b"one more"));
            accepted!(connection.send(b"and one"));
            connection.close();
            let expected = [
                Heard::KeyUpdate(0),
                data(b"one more"),
                data(b"and one"),
                Heard::Alert(Alert::CloseNotify),
            ];
            sends!(connection, peer, expected);
        }

        /// what comes after the peer's close_notify is ignored, whatever it is
        #[think = "None of it reaches `receive`. Do you read from `Wire` yourself?"]
        fn what_follows_the_end_is_ignored(you from SIDES) {
            let (mut connection, mut peer) = connected(you);
            connection.receive(&peer.data(b"all"));
            let late = [
                peer.alert(Alert::CloseNotify),
                peer.data(b"late"),
                peer.update(1),
                peer.messages(&message(HandshakeType::Finished, &[0; 32])),
            ];
            connection.receive(&late.concat());
            tell(&mut connection);
            same!(connection.status(), Status::Closed);
            same!(connection.received(), b"all".to_vec());
            accepted!(connection.send(b"hello"));
            sends!(connection, peer, [data(b"hello")]);
        }

        /// an alert other than close_notify and user_canceled ends the connection, whatever its level, and is not answered
        #[think = "`Endpoint` deals with alerts. Do you answer one?"]
        fn an_alert_ends_the_connection(code from fatal_codes()) {
            let alert = Alert::from_code(code).unwrap_or(Alert::HandshakeFailure);
            for (you, level) in [(Side::Client, 1), (Side::Client, 2), (Side::Server, 1), (Side::Server, 2)] {
                let (mut connection, mut peer) = connected(you);
                connection.receive(&peer.update(1));
                connection.receive(&peer.says.seal(ContentType::Alert, &[level, code], 0));
                connection.receive(&peer.data(b"late"));
                tell(&mut connection);
                same!(connection.status(), Status::Failed(Abort::Refused(alert)));
                same!(connection.received(), Vec::<u8>::new());
                same!(connection.send(b"hello"), Err(NotOpen));
                sends!(connection, peer, NOTHING);
            }
        }

        /// a user_canceled is ignored, and what follows it is not
        #[think = "`Wire` ignores it. Do you do anything when it comes?"]
        fn a_user_who_cancels_is_ignored(you from SIDES) {
            let (mut connection, mut peer) = connected(you);
            connection.receive(&peer.alert(Alert::UserCanceled));
            connection.receive(&peer.update(1));
            connection.receive(&peer.data(b"hello"));
            tell(&mut connection);
            same!(connection.status(), Status::Open(Suite::Tls13));
            same!(connection.received(), b"hello".to_vec());
        }
    }
}
