use given::tls::Abort;
use harness::show::{Piece, Show};
use harness::{differ, same, with};

use crate::subject::ch6_tls12::{ClientWrites, ServerWrites};
use crate::subject::ch7_tls13::*;
use crate::transcript::transcript_of;
use fixtures::near_misses::of_other_lengths;
use fixtures::strategies::{LONG, array, bit, bytes, flip};
use fixtures::tls13::reference;
use fixtures::tls13::traces::traces;

harness::suite! {
    exercise "7.7" {
        /// you compute both Finished of each connection in RFC 8448, and accept them
        #[think = "Key and message of the HMAC: what is each of them made from?"]
        fn the_finished_of_the_rfc_come_out(row from rows()) {
            let Row { secret, messages, verify_data: expected, .. } = row;
            let (secret, transcript) = (server(secret), transcript_of(&messages));
            same!(verify_data(&secret, &transcript), expected);
            same!(check_verify_data(&secret, &transcript, &expected), Ok(()));
        }

        /// your Finished is what another implementation computes, for either side
        #[think = "Key and message of the HMAC: what is each of them made from?"]
        #[cases = 64]
        fn others_compute_the_same(secret in array(), messages in bytes(0..=LONG)) {
            let expected = reference::verify_data(&secret, &reference::hash(&messages));
            let transcript = transcript_of(&messages);
            same!(verify_data(&client(secret), &transcript), expected);
            same!(verify_data(&server(secret), &transcript), expected);
            same!(check_verify_data(&client(secret), &transcript, &expected), Ok(()));
            same!(check_verify_data(&server(secret), &transcript, &expected), Ok(()));
        }

        /// a Finished is refused if one bit of any message before it was changed
        #[think = "Does what you hash contain every message so far?"]
        #[cases = 64]
        fn another_transcript_is_refused(
            secret in array(), messages in bytes(1..=300), changed in bit()
        ) {
            let other = changed.flipped(&messages);
            let received = reference::verify_data(&secret, &reference::hash(&other));
            // It is good in its own connection, which says nothing about another one.
            let its_own = transcript_of(&other);
            same!(check_verify_data(&server(secret), &its_own, &received), Ok(()));
            let transcript = transcript_of(&messages);
            same!(
                check_verify_data(&server(secret), &transcript, &received),
                Err(Abort::BadFinished)
            );
            differ!(verify_data(&server(secret), &transcript), received);
        }

        /// a Finished is refused if its transcript ended at an earlier message, or at a later one
        #[think = "At which message did the transcript end when this Finished was made?"]
        fn another_moment_is_refused(row from rows()) {
            let trace = traces().remove(0);
            let moments = [
                vec![],
                trace.up_to_server_hello(),
                trace.up_to_certificate(),
                trace.up_to_certificate_verify(),
                trace.up_to_server_finished(),
                trace.up_to_client_finished(),
            ];
            let Row { secret, messages, .. } = row;
            for moment in moments.into_iter().filter(|moment| *moment != messages) {
                let received = reference::verify_data(&secret, &reference::hash(&moment));
                same!(
                    check_verify_data(&client(secret), &transcript_of(&messages), &received),
                    Err(Abort::BadFinished)
                );
            }
        }

        /// a Finished under a secret that differs in one bit is refused
        #[think = "Who else has seen all messages of the handshake?"]
        #[cases = 64]
        fn another_secret_is_refused(
            secret in array::<32>(), changed in bit(), messages in bytes(0..=80)
        ) {
            let other = changed.flipped(&secret).try_into().expect("as long as before");
            let received = reference::verify_data(&other, &reference::hash(&messages));
            let transcript = transcript_of(&messages);
            same!(
                check_verify_data(&server(secret), &transcript, &received),
                Err(Abort::BadFinished)
            );
            differ!(verify_data(&server(secret), &transcript), received);
        }

        /// each secret and each transcript has its own Finished, even if all the rest is that of the
        /// last call
        #[think = "Do you keep anything from one call to the next? It may be another connection."]
        #[cases = 16]
        fn each_connection_has_its_own_finished(
            secret in array::<32>(), messages in bytes(1..=80), {of_secret} in bit(), {of_messages} in bit()
        ) {
            let other_secret = of_secret.flipped(&secret).try_into().expect("as long as before");
            let other_messages = of_messages.flipped(&messages);
            let right = reference::verify_data(&secret, &reference::hash(&messages));
            for (secret, messages) in [
                (secret, &messages), (other_secret, &messages), (secret, &messages),
                (secret, &other_messages), (secret, &messages),
            ] {
                with!(secret, messages);
                let transcript = transcript_of(messages);
                let received = reference::verify_data(&secret, &reference::hash(messages));
                same!(verify_data(&server(secret), &transcript), received);
                same!(check_verify_data(&server(secret), &transcript, &received), Ok(()));
                let mut changed = received;
                changed[31] ^= 1;
                same!(
                    check_verify_data(&server(secret), &transcript, &changed),
                    Err(Abort::BadFinished)
                );
                let expected = if received == right { Ok(()) } else { Err(Abort::BadFinished) };
                same!(check_verify_data(&server(secret), &transcript, &right), expected);
            }
        }

        /// your own Finished, sent back to you, is refused
        #[think = "With whose secret do you check it?"]
        #[cases = 32]
        fn your_own_is_refused(
            own in array::<32>(), theirs in array::<32>(), messages in bytes(0..=80)
        ) {
            harness::assume!(own != theirs);
            let transcript = transcript_of(&messages);
            let sent = verify_data(&client(own), &transcript);
            same!(check_verify_data(&server(theirs), &transcript, &sent), Err(Abort::BadFinished));
        }

        /// a Finished with any bit changed is refused
        #[think = "Are all 32 bytes compared?"]
        fn every_bit_counts(bit from (0..256).collect::<Vec<usize>>()) {
            let mut received = reference::verify_data(&[7; 32], &reference::hash(b"messages"));
            flip(&mut received, bit);
            let (secret, transcript) = (server([7; 32]), transcript_of(b"messages"));
            same!(check_verify_data(&secret, &transcript, &received), Err(Abort::BadFinished));
        }

        /// a Finished that differs in two bytes by the same bits is refused
        #[think = "What is left of two equal differences if you XOR them?"]
        fn two_differences_count(
            (first, second) from [(0, 1), (0, 31), (3, 19), (15, 16), (30, 31)]
        ) {
            let mut received = reference::verify_data(&[7; 32], &reference::hash(b"messages"));
            received[first] ^= 0x80;
            received[second] ^= 0x80;
            let (secret, transcript) = (server([7; 32]), transcript_of(b"messages"));
            same!(check_verify_data(&secret, &transcript, &received), Err(Abort::BadFinished));
        }

        /// a Finished of another length is refused: empty, cut short anywhere, or with more bytes after it
        #[think = "In TLS 1.2, a Finished had 12 bytes. How many does it have now?"]
        fn another_length_is_refused(received from other_lengths()) {
            let transcript = transcript_of(b"messages");
            let (client, server) = (client([7; 32]), server([7; 32]));
            same!(check_verify_data(&server, &transcript, &received), Err(Abort::BadFinished));
            same!(check_verify_data(&client, &transcript, &received), Err(Abort::BadFinished));
        }

        /// a Finished that was computed in another way is refused
        #[think = "What are the key and the message of this HMAC?"]
        fn near_misses_are_refused(
            name from [
                "the traffic secret as the key", "the messages, not their hash",
                "the hash of the hash", "a secret for data", "the label of TLS 1.2", "zeros",
                "the hash of the transcript", "the Finished key",
            ]
        ) {
            let (secret, messages) = ([7; 32], b"messages");
            let hash = reference::hash(messages);
            let key = reference::secret_of(&secret, "finished", b"");
            let received = match name {
                "the traffic secret as the key" => reference::mac(&secret, &hash),
                "the messages, not their hash" => reference::mac(&key, messages),
                "the hash of the hash" => reference::mac(&key, &reference::hash(&hash)),
                "a secret for data" => reference::secret_of(&secret, "s ap traffic", &hash),
                "the label of TLS 1.2" => {
                    reference::mac(&reference::secret_of(&secret, "server finished", b""), &hash)
                }
                "zeros" => [0; 32],
                "the hash of the transcript" => hash,
                _ => key,
            };
            same!(
                check_verify_data(&server(secret), &transcript_of(messages), &received),
                Err(Abort::BadFinished)
            );
        }
    }
}

fn client(secret: [u8; 32]) -> TrafficSecret<ClientWrites, Handshaking> {
    TrafficSecret::new(secret)
}

fn server(secret: [u8; 32]) -> TrafficSecret<ServerWrites, Handshaking> {
    TrafficSecret::new(secret)
}

fn other_lengths() -> Vec<Vec<u8>> {
    of_other_lengths(&reference::verify_data(
        &[7; 32],
        &reference::hash(b"messages"),
    ))
}

/// A Finished of RFC 8448.
struct Row {
    name: String,
    secret: [u8; 32],
    messages: Vec<u8>,
    verify_data: [u8; 32],
}

impl Show for Row {
    fn pieces(&self) -> Vec<Piece> {
        let length = self.messages.len();
        let text = format!("{} after {length} bytes of messages, secret ", self.name);
        vec![Piece::Text(text), Piece::Bytes(self.secret.to_vec())]
    }
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for trace in traces() {
        let of = |finished: &[u8]| finished[4..].try_into().expect("32 bytes after a header");
        rows.push(Row {
            name: format!("RFC 8448 {}, the server's Finished", trace.section),
            secret: trace.server_handshake,
            messages: trace.up_to_certificate_verify(),
            verify_data: of(&trace.server_finished),
        });
        rows.push(Row {
            name: format!("RFC 8448 {}, the client's Finished", trace.section),
            secret: trace.client_handshake,
            messages: trace.up_to_server_finished(),
            verify_data: of(&trace.client_finished),
        });
    }
    rows
}
