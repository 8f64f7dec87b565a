//! What must hold of exercise 7.7.

use given::tls::Abort;
use harness::show::{self, Show as _, Words};
use harness::{called, notes, think_of, with};

use crate::subject::ch6_tls12::{ClientWrites, ServerWrites};
use crate::subject::ch7_tls13::*;
use crate::transcript::transcript_of;
use fixtures::strategies::{LONG, array, bit, bytes, flip};
use fixtures::tls13::reference;
use fixtures::tls13::traces::traces;

use self::rows::{Row, rows};

pub mod near;
mod rows;

harness::suite! {
    exercise "7.7" {
        /// you compute both Finished of each connection in RFC 8448, and accept them
        #[think = "Key and message of the HMAC: what is each of them made from?"]
        fn the_finished_of_the_rfc_come_out(row from rows()) {
            let Row { secret, messages, verify_data: expected, .. } = row;
            computes!(ServerWrites, secret, &messages, expected);
            checks!(ServerWrites, secret, &messages, expected, Ok(()));
        }

        /// your Finished is what another implementation computes, for either side
        #[think = "Key and message of the HMAC: what is each of them made from?"]
        #[cases = 64]
        fn others_compute_the_same(secret in array(), messages in bytes(0..=LONG)) {
            let expected = reference::verify_data(&secret, &reference::hash(&messages));
            computes!(ClientWrites, secret, &messages, expected);
            computes!(ServerWrites, secret, &messages, expected);
            checks!(ClientWrites, secret, &messages, expected, Ok(()));
            checks!(ServerWrites, secret, &messages, expected, Ok(()));
        }

        /// a Finished with any bit changed is refused
        #[think = "Are all 32 bytes compared?"]
        fn every_bit_counts(bit from (0..256).collect::<Vec<usize>>()) {
            let mut received = reference::verify_data(&[7; 32], &reference::hash(b"messages"));
            flip(&mut received, bit);
            checks!(ServerWrites, [7; 32], b"messages", received, Err(Abort::BadFinished));
        }

        /// a Finished that differs in two bytes by the same bits is refused
        #[think = "What is left of two equal differences if you XOR them?"]
        fn two_differences_count(
            (first, second) from [(0, 1), (0, 31), (3, 19), (15, 16), (30, 31)]
        ) {
            let mut received = reference::verify_data(&[7; 32], &reference::hash(b"messages"));
            received[first] ^= 0x80;
            received[second] ^= 0x80;
            checks!(ServerWrites, [7; 32], b"messages", received, Err(Abort::BadFinished));
        }

        /// a Finished is refused if one bit of any message before it was changed
        #[think = "Does what you hash contain every message so far?"]
        #[cases = 64]
        fn another_transcript_is_refused(
            secret in array(), messages in bytes(1..=300), changed in bit()
        ) {
            let other = changed.flipped(&messages);
            let received = reference::verify_data(&secret, &reference::hash(&other));
            checks!(ServerWrites, secret, &messages, received, Err(Abort::BadFinished));
            computes_another!(ServerWrites, secret, &messages, received);
            // It is good in its own connection.
            checks!(ServerWrites, secret, &other, received, Ok(()));
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
                checks!(ClientWrites, secret, &messages, received, Err(Abort::BadFinished));
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
            checks!(ServerWrites, secret, &messages, received, Err(Abort::BadFinished));
            computes_another!(ServerWrites, secret, &messages, received);
        }

        /// your own Finished, sent back to you, is refused
        #[think = "With whose secret do you check it?"]
        #[cases = 32]
        fn your_own_is_refused(
            own in array::<32>(), theirs in array::<32>(), messages in bytes(0..=80)
        ) {
            harness::assume!(own != theirs);
            let (secret, transcript) = (TrafficSecret::<ClientWrites, _>::new(own), transcript_of(&messages));
            let sent = called!(verify_data(&secret, &transcript));
            checks!(ServerWrites, theirs, &messages, sent, Err(Abort::BadFinished));
        }

        /// each secret and each transcript has its own Finished, even if all the rest is that of the
        /// last call
        #[think = "Do you keep anything from one call to the next? A Finished is right for one secret and one transcript."]
        #[cases = 16]
        fn each_connection_has_its_own_finished(
            {secret} in array::<32>(), {messages} in bytes(1..=80), {of_secret} in bit(), {of_messages} in bit()
        ) {
            let other_secret = of_secret.flipped(&secret).try_into().expect("as long as before");
            let other_messages = of_messages.flipped(&messages);
            let right = reference::verify_data(&secret, &reference::hash(&messages));
            for (secret, messages) in [
                (secret, &messages), (other_secret, &messages), (secret, &messages),
                (secret, &other_messages), (secret, &messages),
            ] {
                let received = reference::verify_data(&secret, &reference::hash(messages));
                // The last one that was checked is `right`, and this may be another connection.
                let expected = if received == right { Ok(()) } else { Err(Abort::BadFinished) };
                checks!(ServerWrites, secret, messages, right, expected);
                notes::withdraw("received");
                computes!(ServerWrites, secret, messages, received);
                checks!(ServerWrites, secret, messages, received, Ok(()));
                with!("accepted before" = accepted(received, secret, messages));
                think_of!("Do you keep anything from one call to the next? Each time, all 32 bytes are compared.");
                let mut changed = received;
                changed[31] ^= 1;
                checks!(ServerWrites, secret, messages, changed, Err(Abort::BadFinished));
                notes::think(None);
                checks!(ServerWrites, secret, messages, right, expected);
            }
        }
    }
}

/// What `verify_data` must return for this secret and these messages.
macro_rules! computes {
    ($side:ident, $secret:expr, $messages:expr, $expected:expr) => {{
        let transcript = transcript_of($messages);
        let secret = secret_of::<$side>(stringify!($side), $secret);
        harness::same!(
            verify_data(&secret, &transcript),
            $expected,
            "verify_data(&secret, &transcript)"
        );
    }};
}

/// What it must not return.
macro_rules! computes_another {
    ($side:ident, $secret:expr, $messages:expr, $other:expr) => {{
        let transcript = transcript_of($messages);
        let secret = secret_of::<$side>(stringify!($side), $secret);
        harness::differ!(
            verify_data(&secret, &transcript),
            $other,
            "verify_data(&secret, &transcript)"
        );
    }};
}

/// What `check_verify_data` must return for what has been received.
macro_rules! checks {
    ($side:ident, $secret:expr, $messages:expr, $received:expr, $expected:expr) => {{
        let transcript = transcript_of($messages);
        let (secret, received) = (secret_of::<$side>(stringify!($side), $secret), &$received);
        harness::with!("received" = received.to_vec());
        harness::same!(
            check_verify_data(&secret, &transcript, received),
            $expected,
            "check_verify_data(&secret, &transcript, received)"
        );
    }};
}

use {checks, computes, computes_another};

/// This secret of one side, which a report shows as it could be typed.
fn secret_of<Side>(side: &str, bytes: [u8; 32]) -> TrafficSecret<Side, Handshaking> {
    let text = show::text(&bytes.pieces());
    with!("secret" = Words(format!("TrafficSecret<{side}, Handshaking> of {text}")));
    TrafficSecret::new(bytes)
}

/// A Finished that was right, with what it was right for.
fn accepted(received: [u8; 32], secret: [u8; 32], messages: &[u8]) -> Words {
    let [received, secret] = [received, secret].map(|bytes| show::text(&bytes.pieces()));
    let messages = show::text(&messages.pieces());
    Words(format!(
        "{received}\nunder the secret {secret}\nafter the messages {messages}"
    ))
}
