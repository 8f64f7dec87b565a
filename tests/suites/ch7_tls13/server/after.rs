//! What comes after the handshake is exercise 7.10, which may not be solved yet.

use std::sync::LazyLock;

use given::tls::Connection;
use harness::quietly;

use crate::established::connected;
use fixtures::tls13::traffic::{Heard, Side};

/// Whether exercise 7.10 does what the properties of 7.9 need. It is not graded here, so they hold if it does not.
pub fn is_solved() -> bool {
    static IS_SOLVED: LazyLock<bool> = LazyLock::new(|| quietly(data_passes) == Some(true));
    *IS_SOLVED
}

/// Whether data passes in both directions, under the first keys and under the next.
fn data_passes() -> bool {
    let (mut server, mut peer) = connected(Side::Server, None);
    let data = |data: &[u8]| Heard::Data(data.to_vec());
    let is_sent = server.send(b"one").is_ok();
    let first = peer.hear(&server.to_send());
    server.receive(&peer.update(1));
    server.receive(&peer.data(b"two"));
    let is_sent = is_sent && server.send(b"three").is_ok();
    let then = peer.hear(&server.to_send());
    let heard = [first, then].concat();
    is_sent
        && heard == [data(b"one"), Heard::KeyUpdate(0), data(b"three")]
        && server.received() == b"two"
}
