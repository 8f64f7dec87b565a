//! What RFC 8448 §3 prints of the secrets and keys of a connection.

use fixtures::hex::hex_vec;
use fixtures::tls13::reference;
use fixtures::tls13::traces::one_round_trip;
use harness::show::{Piece, Show};

/// An HKDF-Expand-Label of the connection in RFC 8448 §3.
pub struct Row {
    pub name: &'static str,
    pub secret: [u8; 32],
    pub label: &'static str,
    pub context: Vec<u8>,
    pub output: Vec<u8>,
}

impl Show for Row {
    fn pieces(&self) -> Vec<Piece> {
        vec![
            Piece::Text(format!("{}: {:?} of ", self.name, self.label)),
            Piece::Bytes(self.secret.to_vec()),
        ]
    }
}

/// Those that are not a Derive-Secret, and after them those that are, with their hashes.
pub fn rows() -> Vec<Row> {
    let trace = one_round_trip();
    let mut rows = Vec::new();
    for (name, secret, material) in [
        (
            "the client's handshake keys",
            trace.client_handshake,
            trace.client_handshake_key,
        ),
        (
            "the server's handshake keys",
            trace.server_handshake,
            trace.server_handshake_key,
        ),
        (
            "the client's keys",
            trace.client_application,
            trace.client_application_key,
        ),
        (
            "the server's keys",
            trace.server_application,
            trace.server_application_key,
        ),
    ] {
        for (label, output) in [("key", material.key.to_vec()), ("iv", material.iv.to_vec())] {
            rows.push(Row {
                name,
                secret,
                label,
                context: vec![],
                output,
            });
        }
    }
    let (client, server) = (trace.client_handshake, trace.server_handshake);
    for (name, secret, label, context, output) in [
        (
            "the client's Finished key",
            client,
            "finished",
            &[][..],
            "b80ad01015fb2f0bd65ff7d4da5d6bf83f84821d1f87fdc7d3c75b5a7b42d9c4",
        ),
        (
            "the server's Finished key",
            server,
            "finished",
            &[],
            "008d3b66f816ea559f96b537e885c31fc068bf492c652f01f288a1d8cdc19fc8",
        ),
        (
            "the secret of the ticket",
            trace.resumption,
            "resumption",
            // The nonce of the ticket.
            &[0, 0],
            "4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3",
        ),
    ] {
        rows.push(Row {
            name,
            secret,
            label,
            context: context.to_vec(),
            output: hex_vec(output),
        });
    }
    for derivation in derivations() {
        let Derivation {
            name,
            secret,
            label,
            messages,
            output,
        } = derivation;
        let context = reference::hash(&messages).to_vec();
        rows.push(Row {
            name,
            secret,
            label,
            context,
            output: output.to_vec(),
        });
    }
    rows
}

/// A Derive-Secret of the connection in RFC 8448 §3.
pub struct Derivation {
    pub name: &'static str,
    pub secret: [u8; 32],
    pub label: &'static str,
    pub messages: Vec<u8>,
    pub output: [u8; 32],
}

impl Show for Derivation {
    fn pieces(&self) -> Vec<Piece> {
        let length = self.messages.len();
        let text = format!(", {:?} after {length} bytes of messages, from ", self.label);
        vec![
            Piece::Text(self.name.to_owned() + &text),
            Piece::Bytes(self.secret.to_vec()),
        ]
    }
}

pub fn derivations() -> Vec<Derivation> {
    let trace = one_round_trip();
    let (hellos, finished) = (trace.up_to_server_hello(), trace.up_to_server_finished());
    let row = |name, secret, label, messages: &[u8], output| Derivation {
        name,
        secret,
        label,
        messages: messages.to_vec(),
        output,
    };
    let (early, handshake, main) = (
        trace.early_secret,
        trace.handshake_secret,
        trace.main_secret,
    );
    vec![
        row(
            "the salt of the handshake secret",
            early,
            "derived",
            b"",
            trace.derived_from_early,
        ),
        row(
            "the client's secret for the handshake",
            handshake,
            "c hs traffic",
            &hellos,
            trace.client_handshake,
        ),
        row(
            "the server's secret for the handshake",
            handshake,
            "s hs traffic",
            &hellos,
            trace.server_handshake,
        ),
        row(
            "the salt of the main secret",
            handshake,
            "derived",
            b"",
            trace.derived_from_handshake,
        ),
        row(
            "the client's secret for data",
            main,
            "c ap traffic",
            &finished,
            trace.client_application,
        ),
        row(
            "the server's secret for data",
            main,
            "s ap traffic",
            &finished,
            trace.server_application,
        ),
        row(
            "the exporter secret",
            main,
            "exp master",
            &finished,
            trace.exporter,
        ),
        row(
            "the secret for a later connection",
            main,
            "res master",
            &trace.up_to_client_finished(),
            trace.resumption,
        ),
    ]
}
