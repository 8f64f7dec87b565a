//! The properties of exercise 7.12, a reader of key logs. It reads connections between two ends of
//! rustls, and between OpenSSL and OpenSSL.

use fixtures::hex::digits;
use fixtures::tls13::listed::listed;
use fixtures::tls13::recorded::{Plan, Recorded, Turn};
use harness::show::Words;
use harness::{Property, notes, with};

use crate::subject::ch6_tls12::Recording;

mod after;
mod broken;
mod handshakes;
mod hellos;
mod kept;
mod lines;
mod openssl;
mod whole;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        lines::suite(),
        whole::suite(),
        after::suite(),
        hellos::suite(),
        handshakes::suite(),
        broken::suite(),
        kept::suite(),
        openssl::suite(),
    ]
    .concat()
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
    let mut long = vec![says(true, &[0x61; 16_384]); 5];
    long.push(updates(true));
    for _ in 0..10 {
        long.push(says(false, &[0x62; 16_384]));
    }
    let many = (0..304)
        .map(|number| says(number % 8 == 0, &[0x63; 3]))
        .collect();
    let often = (0..40)
        .flat_map(|_| [updates(false), says(false, b"new")])
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
        plan(false, often, true),
    ]
}

/// What an eavesdropper has recorded.
fn recording(recorded: &Recorded) -> Recording {
    Recording {
        from_client: recorded.client.bytes.clone(),
        from_server: recorded.server.bytes.clone(),
    }
}

/// The secret with this label.
fn secret_of(recorded: &Recorded, label: &str) -> [u8; 32] {
    let line = recorded.log.iter().find(|line| line.0 == label);
    let secret = line.map(|line| line.2.clone()).unwrap_or_default();
    secret.try_into().expect("32 bytes")
}

/// What `read_with_log` must return. The report lists what is in the recording, and which secret
/// opens it.
macro_rules! reads {
    ($recording:expr, $log:expr, $expected:expr) => {{
        let (recording, log): (&$crate::subject::ch6_tls12::Recording, &str) = (&$recording, &$log);
        $crate::read_with_log::tell(recording, log);
        harness::same!(
            read_with_log(recording, log),
            $expected,
            "read_with_log(&recording, &log)"
        );
    }};
}

/// The same, if the recording is not whole or does not open. Any reason will do.
macro_rules! breaks {
    ($recording:expr, $log:expr) => {{
        let (recording, log): (&$crate::subject::ch6_tls12::Recording, &str) = (&$recording, &$log);
        $crate::read_with_log::tell(recording, log);
        let read = harness::called!(read_with_log(recording, log));
        let is_broken = matches!(read, Err(Unreadable::Broken(_)));
        let asked = "read_with_log(&recording, &log)";
        harness::check!(is_broken, "Err(Broken(…))", read, asked);
    }};
}

use {breaks, reads};

/// Notes for a report what is in each direction of a recording, as far as the log opens it.
fn tell(recording: &Recording, log: &str) {
    if !notes::are_taken() {
        return;
    }
    // Record, message, version, and then the random.
    let random = recording.from_client.get(11..43).unwrap_or_default();
    let random = digits(random);
    let secret = |label: &str| -> Option<[u8; 32]> {
        let begins = format!("{label} {random} ");
        let digits = log.lines().find_map(|line| line.strip_prefix(&begins))?;
        let bytes = digits.as_bytes().chunks(2).map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        });
        bytes.collect::<Option<Vec<u8>>>()?.try_into().ok()
    };
    // Without its secret, a record does not open.
    let list = |bytes: &[u8], side: &str, labels: [&str; 2]| {
        let [handshake, application] = labels.map(|label| secret(label).unwrap_or_default());
        Words(listed(bytes, side, handshake, application))
    };
    let [client_handshake, server_handshake, client_data, server_data] = NEEDED;
    let client = [client_handshake, client_data];
    let server = [server_handshake, server_data];
    with!("from_client" = list(&recording.from_client, "CLIENT", client));
    with!("from_server" = list(&recording.from_server, "SERVER", server));
}
