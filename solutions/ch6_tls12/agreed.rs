use given::tls::CipherSuite;
use given::tls12::Session;

use crate::ch3_signatures::Transcript;

use super::{MasterSecret, PremasterSecret, extended_master_secret, master_secret};

/// What the two sides have agreed on in their hellos.
pub(super) struct Agreed {
    pub(super) suite: CipherSuite,
    /// The version in the ClientHello.
    pub(super) offered: u16,
    pub(super) client_random: [u8; 32],
    pub(super) server_random: [u8; 32],
    /// Whether both support the extended master secret.
    pub(super) is_extended: bool,
}

impl Agreed {
    /// The master secret that follows from the premaster secret and the messages up to
    /// ClientKeyExchange.
    pub(super) fn master_secret(
        &self,
        premaster: &PremasterSecret,
        transcript: &Transcript,
    ) -> MasterSecret {
        if self.is_extended {
            extended_master_secret(premaster, &transcript.hash())
        } else {
            master_secret(premaster, &self.client_random, &self.server_random)
        }
    }

    pub(super) fn session(&self, master: &MasterSecret) -> Session {
        Session {
            suite: self.suite,
            client_random: self.client_random,
            master_secret: *master.as_bytes(),
        }
    }
}
