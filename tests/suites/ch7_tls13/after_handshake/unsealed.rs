//! Records in plaintext after a handshake.

use given::tls::{Abort, Connection, ContentType, HandshakeType, TLS_1_2, Writer};
use harness::{same, with};

use super::{SIDES, connected, heard_of, refuses};
use fixtures::near_misses::NearMiss;
use fixtures::tls13::traffic::{key_update, message, ticket};

harness::suite! {
    exercise "7.10" {
        /// once a sealed record has come, anything in plaintext is refused, whatever it is, and none of it counts
        #[think = "`Wire` refuses it before you see it. Do you read from the connection in another way?"]
        fn plaintext_is_refused(plaintext from in_plaintext()) {
            for you in SIDES {
                with!(you);
                let (mut connection, mut peer) = connected(you);
                connection.receive(&peer.data(b"sealed"));
                // The key changes once, so the alert comes under the next one.
                connection.receive(&peer.update(1));
                heard_of(&mut connection, &mut peer, b"hello");
                same!(connection.received(), b"sealed".to_vec());
                connection.receive(&plaintext.bytes);
                connection.receive(&peer.data(b"late"));
                refuses!(connection, peer, Abort::UnexpectedMessage);
            }
        }

        /// data in plaintext is not handed out: its type says that it is sealed, and it does not open
        #[think = "Exercise 7.3 refuses it. Do you read from the connection in another way?"]
        fn data_in_plaintext_does_not_open(length from [1, 15, 16, 17, 300]) {
            for you in SIDES {
                with!(you);
                let (mut connection, mut peer) = connected(you);
                connection.receive(&peer.data(b"sealed"));
                same!(connection.received(), b"sealed".to_vec());
                let data = vec![b'a'; length];
                let header = Writer::new().u8(ContentType::ApplicationData.code()).u16(TLS_1_2);
                connection.receive(&header.vector(2, &data).finish());
                connection.receive(&peer.data(b"late"));
                refuses!(connection, peer, Abort::BadRecord);
            }
        }
    }
}

/// Records in plaintext of each type but data.
fn in_plaintext() -> Vec<NearMiss> {
    let record = |what: &'static str, kind: ContentType, content: &[u8]| {
        let header = Writer::new().u8(kind.code()).u16(TLS_1_2);
        NearMiss::new(what, header.vector(2, content).finish())
    };
    let ticket = message(HandshakeType::NewSessionTicket, &ticket());
    let finished = message(HandshakeType::Finished, &[0; 32]);
    vec![
        record("a KeyUpdate", ContentType::Handshake, &key_update(0)),
        record(
            "a request for a KeyUpdate",
            ContentType::Handshake,
            &key_update(1),
        ),
        record("a ticket", ContentType::Handshake, &ticket),
        record("Finished", ContentType::Handshake, &finished),
        record("the first byte of a message", ContentType::Handshake, &[24]),
        record("a close_notify", ContentType::Alert, &[1, 0]),
        record("user_canceled", ContentType::Alert, &[1, 90]),
        record("handshake_failure", ContentType::Alert, &[2, 40]),
        record("an unknown alert", ContentType::Alert, &[1, 99]),
        record("an empty alert", ContentType::Alert, &[]),
        record("a ChangeCipherSpec", ContentType::ChangeCipherSpec, &[1]),
    ]
}
