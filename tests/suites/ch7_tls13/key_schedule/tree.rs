//! The whole tree, as the learner's answer derives it.

use crate::subject::ch7_tls13::*;
use crate::transcript::transcript_of;

/// The secrets and keys that the learner derives.
pub struct Tree {
    pub early: [u8; 32],
    pub handshake: [u8; 32],
    pub client_handshake: [u8; 32],
    pub server_handshake: [u8; 32],
    pub main: [u8; 32],
    pub client_application: [u8; 32],
    pub server_application: [u8; 32],
    pub exporter: [u8; 32],
    pub keys: Vec<(&'static str, Vec<u8>)>,
}

impl Tree {
    /// With these inputs: the shared secret, the hellos, and all messages up to the server's Finished.
    pub fn new(shared: &[u8], hellos: &[u8], messages: &[u8]) -> Tree {
        let early = EarlySecret::without_psk();
        let early_bytes = *early.as_bytes();
        let handshake = early.into_handshake(shared);
        let handshake_bytes = *handshake.as_bytes();
        let (hs, main) = handshake.into_main(&transcript_of(hellos));
        let main_bytes = *main.as_bytes();
        let (ap, exporter) = main.into_application(&transcript_of(messages));
        let parts = [
            hs.client.record_key().parts(),
            hs.server.record_key().parts(),
            ap.client.record_key().parts(),
            ap.server.record_key().parts(),
        ];
        let names = [
            (
                "the client's key for the handshake",
                "the client's IV for the handshake",
            ),
            (
                "the server's key for the handshake",
                "the server's IV for the handshake",
            ),
            ("the client's key for data", "the client's IV for data"),
            ("the server's key for data", "the server's IV for data"),
        ];
        let mut keys = vec![
            (
                "the client's Finished key",
                hs.client.finished_key().to_vec(),
            ),
            (
                "the server's Finished key",
                hs.server.finished_key().to_vec(),
            ),
        ];
        for ((key_name, iv_name), (key, iv)) in names.into_iter().zip(parts) {
            keys.extend([(key_name, key.to_vec()), (iv_name, iv.to_vec())]);
        }
        Tree {
            early: early_bytes,
            handshake: handshake_bytes,
            client_handshake: *hs.client.as_bytes(),
            server_handshake: *hs.server.as_bytes(),
            main: main_bytes,
            client_application: *ap.client.as_bytes(),
            server_application: *ap.server.as_bytes(),
            exporter: *exporter.as_bytes(),
            keys,
        }
    }

    /// Their names and bytes: first the early secret, then everything below it.
    pub fn all(&self) -> Vec<(&'static str, Vec<u8>)> {
        let secrets = [
            ("the early secret", self.early),
            ("the handshake secret", self.handshake),
            (
                "the client's traffic secret for the handshake",
                self.client_handshake,
            ),
            (
                "the server's traffic secret for the handshake",
                self.server_handshake,
            ),
            ("the main secret", self.main),
            (
                "the client's traffic secret for data",
                self.client_application,
            ),
            (
                "the server's traffic secret for data",
                self.server_application,
            ),
            ("the exporter secret", self.exporter),
        ];
        let secrets = secrets.map(|(name, secret)| (name, secret.to_vec()));
        secrets.into_iter().chain(self.keys.clone()).collect()
    }
}
