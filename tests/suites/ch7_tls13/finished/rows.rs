//! The Finished that RFC 8448 prints.

use harness::show::{Piece, Show};

use fixtures::tls13::traces::traces;

/// A Finished of RFC 8448.
pub struct Row {
    name: String,
    pub secret: [u8; 32],
    pub messages: Vec<u8>,
    pub verify_data: [u8; 32],
}

impl Show for Row {
    fn pieces(&self) -> Vec<Piece> {
        let length = self.messages.len();
        let text = format!("{} after {length} bytes of messages, secret ", self.name);
        vec![Piece::Text(text), Piece::Bytes(self.secret.to_vec())]
    }
}

pub fn rows() -> Vec<Row> {
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
