//! The results of a key exchange, and what may be made of one.

use harness::think_of;
use proptest::prelude::*;

use fixtures::strategies::bytes;
use fixtures::tls13::reference::{self, Schedule};

/// The thought for a handshake secret that comes from another shared secret than this one.
pub fn think_of_shared(shared: &[u8], got: &[u8; 32]) {
    let zeros = shared.iter().take_while(|byte| **byte == 0).count();
    let others = [&shared[zeros..], &shared[..32.min(shared.len())]];
    let is_it = |other: &&[u8]| {
        *other != shared && Schedule::new(other, &[0; 32], &[0; 32]).handshake_secret == *got
    };
    if others.iter().any(is_it) {
        think_of!(
            "The salt is right, but not all of the shared secret is used. Do you treat it as a number, or as an array of 32 bytes?"
        );
    }
}

/// Whether one of the three secrets for data is what another label makes of the right transcript.
pub fn have_other_labels(got: [[u8; 32]; 3], due: &Schedule, until_finished: &[u8; 32]) -> bool {
    let due_in_order = [due.client_application, due.server_application, due.exporter];
    let labels = [
        "c hs traffic",
        "s hs traffic",
        "c ap traffic",
        "s ap traffic",
        "exp main",
        "exp master",
        "res master",
    ];
    let others = labels.map(|label| reference::secret_of(&due.main_secret, label, until_finished));
    let mut pairs = got.into_iter().zip(due_in_order);
    pairs.any(|(got, due)| got != due && others.contains(&got))
}

/// The result of a key exchange: 32 bytes with X25519, more in other groups.
pub fn shared() -> BoxedStrategy<Vec<u8>> {
    prop_oneof![6 => bytes(32..=32), 1 => bytes(48..=48), 1 => bytes(64..=66)].boxed()
}

/// Bytes, none of them zero, and no two neighbors alike.
pub fn different_bytes(length: usize) -> Vec<u8> {
    (0..length).map(|place| 1 + (place % 251) as u8).collect()
}

pub fn zeros_at_an_end(length: usize, end: usize) -> Vec<u8> {
    let mut shared = different_bytes(length);
    let zeros = length.min(3);
    let start = end.saturating_sub(zeros);
    shared[start..start + zeros].fill(0);
    shared
}
