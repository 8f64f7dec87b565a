//! A CA, a server and a client that trusts it, for the handshakes that are played.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use given::tls::CipherSuite;
use given::x509::Certificate;

use crate::certificates::{HOST, Key, NOW, Plan, Signer};
use crate::keys;
use crate::subject::ch6_tls12::{ClientConfig, ServerConfig};

/// The key of the server, with as many bits.
pub fn server_key(bits: usize) -> Key {
    Key(bits, 1)
}

/// Chains with their roots, by seed and size: hundreds of handshakes ask for the same one.
static CHAINS: Mutex<BTreeMap<(u64, usize), Vec<Certificate>>> = Mutex::new(BTreeMap::new());

/// The chain of the server, and the root above it.
pub fn chain(bits: usize) -> (Vec<Certificate>, Certificate) {
    let mut chains = CHAINS.lock().unwrap_or_else(PoisonError::into_inner);
    let made = chains.entry((harness::seed().0, bits));
    let mut chain = made.or_insert_with(|| make_chain(bits)).clone();
    let root = chain.pop().expect("the root is the last");
    (chain, root)
}

fn make_chain(bits: usize) -> Vec<Certificate> {
    let root = Signer("Root", Key(bits, 0));
    let leaf = Plan::leaf(&[HOST], server_key(bits), root);
    vec![leaf.make(), Plan::root(root).make()]
}

/// A client that wants [`HOST`], trusts the root and offers these suites.
pub fn client_config(suites: &[CipherSuite]) -> ClientConfig {
    let (_, root) = chain(1024);
    ClientConfig {
        host: HOST.to_owned(),
        roots: vec![root],
        now: NOW,
        suites: suites.to_vec(),
    }
}

/// The server that is [`HOST`], and takes these suites.
pub fn server_config(suites: &[CipherSuite]) -> Arc<ServerConfig> {
    let (chain, _) = chain(1024);
    let Key(bits, number) = server_key(1024);
    Arc::new(ServerConfig {
        chain,
        key: keys::private(bits, number).clone(),
        suites: suites.to_vec(),
    })
}
