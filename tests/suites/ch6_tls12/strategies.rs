//! Values that several exercises are tried with.

use given::tls::{Abort, CipherSuite, TLS_1_2};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::subject::ch3_signatures::Transcript;
use crate::subject::ch6_tls12::*;
use fixtures::strategies::{array, bytes};
use fixtures::tls12::hellos::*;
use fixtures::tls12::reference::{self, Material};

/// Bytes that look as if they had lengths in them.
pub fn claims() -> BoxedStrategy<Vec<u8>> {
    let byte = prop_oneof![4 => Just(0), 6 => 0..=24_u8, 1 => any::<u8>()];
    vec(byte, 0..=48).boxed()
}

/// The suite that the learner chooses.
pub fn chosen(hello: &Hello, preferences: &[CipherSuite]) -> Result<CipherSuite, Abort> {
    negotiate(&hello.0, preferences).map(Choice::suite)
}

/// A premaster secret of either suite.
pub fn premaster() -> BoxedStrategy<Vec<u8>> {
    prop_oneof![bytes(48..=48), bytes(32..=32)].boxed()
}

pub fn material() -> BoxedStrategy<Material> {
    let parts = (array(), array());
    parts.prop_map(|(key, iv)| Material { key, iv }).boxed()
}

/// The number of a record, with room for some more behind it.
pub fn number() -> BoxedStrategy<u64> {
    let of_size = |spare: u32| 0..=(u64::MAX - 16) >> spare;
    prop_oneof![Just(0), (0..64_u32).prop_flat_map(of_size)].boxed()
}

/// A version that a hello may say: 1.2, or any other.
pub fn version() -> BoxedStrategy<u16> {
    prop_oneof![Just(TLS_1_2), any::<u16>()].boxed()
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

pub fn transcript_of(messages: &[Vec<u8>]) -> Transcript {
    let mut transcript = Transcript::new();
    messages.iter().for_each(|message| transcript.add(message));
    transcript
}
