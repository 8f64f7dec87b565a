//! The properties of exercise 7.12, a reader of key logs. It reads connections between two ends of
//! rustls, and between OpenSSL and OpenSSL.

use fixtures::tls13::recorded::{Plan, Recorded, Turn};
use harness::Property;

use crate::subject::ch6_tls12::Recording;

mod broken;
mod openssl;
mod whole;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [whole::suite(), broken::suite(), openssl::suite()].concat()
}

/// The labels of the secrets without which a recording can't be read.
const NEEDED: [&str; 4] = [
    "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
    "SERVER_HANDSHAKE_TRAFFIC_SECRET",
    "CLIENT_TRAFFIC_SECRET_0",
    "SERVER_TRAFFIC_SECRET_0",
];

/// Connections with everything that can come after a handshake.
fn fixed() -> Vec<Plan> {
    let says = |is_client, data: &[u8]| (is_client, Turn::Says(data.to_vec()));
    let updates = |is_client| (is_client, Turn::UpdatesKey);
    let words = vec![
        says(true, b"question"),
        says(false, b"answer"),
        updates(true),
        says(true, b"another question"),
        says(false, b"another answer"),
        updates(false),
        updates(false),
        says(false, b"one more"),
        says(true, b"thanks"),
    ];
    let long = vec![
        says(true, &[0x61; 16_384]),
        updates(true),
        says(false, &[0x62; 16_384]),
    ];
    let many = (0..300)
        .map(|number| says(number % 3 == 0, &[0x63; 3]))
        .collect();
    let plan = |retries, turns, closes| Plan {
        retries,
        turns,
        closes,
    };
    vec![
        plan(false, words.clone(), true),
        plan(true, words, false),
        plan(false, vec![], true),
        plan(false, long, true),
        plan(false, many, false),
    ]
}

/// What an eavesdropper has recorded.
fn recording(recorded: &Recorded) -> Recording {
    Recording {
        from_client: recorded.client.bytes.clone(),
        from_server: recorded.server.bytes.clone(),
    }
}
