//! Values that several exercises are tried with.

use given::tls::TLS_1_2;
use harness::show::{self, Show as _, Words};
use proptest::prelude::*;
use proptest::sample::select;

use crate::subject::ch3_signatures::Transcript;
use crate::subject::ch6_tls12::*;
use fixtures::strategies::{self, array, bytes};
use fixtures::tls12::reference::{self, Material};

/// A premaster secret of either suite. Three in four begin with zeros, which are lost if the secret
/// is read as a number. (Zeros at the end make no difference to HMAC.)
pub fn premaster() -> BoxedStrategy<Vec<u8>> {
    let secret = prop_oneof![bytes(48..=48), bytes(32..=32)];
    (secret, 0..=3_usize)
        .prop_map(|(mut secret, zeros)| {
            secret[..zeros].fill(0);
            secret
        })
        .boxed()
}

pub fn material() -> BoxedStrategy<Material> {
    let parts = (array(), array());
    parts.prop_map(|(key, iv)| Material { key, iv }).boxed()
}

/// The number of a record, with room for some more after it.
pub fn number() -> BoxedStrategy<u64> {
    let number = strategies::number(64);
    number.prop_map(|number| number.min(u64::MAX - 16)).boxed()
}

/// A version that a hello may say: 1.2, one that begins or ends with a zero, or any other.
pub fn version() -> BoxedStrategy<u16> {
    let known = select(&[TLS_1_2, 0x0304, 0x0003, 0x0300, 0][..]);
    prop_oneof![known, any::<u16>()].boxed()
}

/// The key as the client's.
pub fn client_write_key(key: &Material) -> WriteKey<ClientWrites> {
    WriteKey::new(key.key, key.iv)
}

/// The key as the server's.
pub fn server_write_key(key: &Material) -> WriteKey<ServerWrites> {
    WriteKey::new(key.key, key.iv)
}

pub fn label(sender: Sender) -> &'static str {
    match sender {
        Sender::Client => reference::CLIENT_FINISHED,
        Sender::Server => reference::SERVER_FINISHED,
    }
}

pub fn sender() -> BoxedStrategy<Sender> {
    select(&[Sender::Client, Sender::Server][..]).boxed()
}

/// The transcript of these messages, which a report shows.
pub fn transcript_of(messages: &[Vec<u8>]) -> Transcript {
    harness::with!("transcript" = Words(format!("of {}", show::text(&messages.pieces()))));
    let mut transcript = Transcript::new();
    messages.iter().for_each(|message| transcript.add(message));
    transcript
}
