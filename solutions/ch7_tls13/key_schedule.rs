// 7.2 The key schedule

use std::fmt;
use std::marker::PhantomData;

use crate::ch3_signatures::Transcript;
use crate::ch4_key_exchange::hkdf_extract;
use crate::ch6_tls12::{ClientWrites, ServerWrites};

use super::{derive_secret, expand_label};

/// The bytes of a secret. `Debug` does not print them, so that none of them ends up in a log.
#[derive(Clone)]
struct Hidden([u8; 32]);

impl fmt::Debug for Hidden {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "…")
    }
}

/// The first secret of a connection. Without a pre-shared key it is the same in all of them.
#[derive(Debug)]
pub struct EarlySecret(Hidden);

/// The second secret. It depends on the result of the key exchange.
#[derive(Debug)]
pub struct HandshakeSecret(Hidden);

/// The third secret. Everything after the handshake is derived from it.
#[derive(Debug)]
pub struct MainSecret(Hidden);

/// The secret from which other protocols can derive keys of their own (RFC 9846 §7.5). Nothing in
/// this workbook does that. The secret is derived for the key log of exercise 7.12.
#[derive(Debug)]
pub struct ExporterSecret(Hidden);

/// Marks a traffic secret as one for handshake messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handshaking;

/// Marks a traffic secret as one for application data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Application;

/// The secret for what one side sends in one phase. `Side` is [`ClientWrites`] or [`ServerWrites`],
/// `Phase` is [`Handshaking`] or [`Application`]. The four combinations are distinct types, so that
/// none can be used in place of another.
#[derive(Debug, Clone)]
pub struct TrafficSecret<Side, Phase> {
    bytes: Hidden,
    belongs_to: PhantomData<(Side, Phase)>,
}

/// The two traffic secrets of a phase.
#[derive(Debug)]
pub struct TrafficSecrets<Phase> {
    /// For what the client sends.
    pub client: TrafficSecret<ClientWrites, Phase>,
    /// For what the server sends.
    pub server: TrafficSecret<ServerWrites, Phase>,
}

/// What records are sealed with in one direction: a key, and the IV from which nonces are made.
#[derive(Clone)]
pub struct RecordKey<Side> {
    pub(super) key: [u8; 16],
    pub(super) iv: [u8; 12],
    side: PhantomData<Side>,
}

impl<Side> RecordKey<Side> {
    /// Makes a record key of this key and this IV.
    pub fn new(key: [u8; 16], iv: [u8; 12]) -> RecordKey<Side> {
        let side = PhantomData;
        RecordKey { key, iv, side }
    }

    /// The key and the IV.
    pub fn parts(&self) -> ([u8; 16], [u8; 12]) {
        (self.key, self.iv)
    }
}

impl EarlySecret {
    /// **7.2** The early secret without a pre-shared key (RFC 9846 §7.1): HKDF-Extract, your
    /// [`hkdf_extract`], of 32 zero bytes, with 32 zero bytes as the salt.
    ///
    /// ```text
    ///            0                      salt, from above
    ///            │
    ///       0 ──▶ extract = Early Secret
    /// ```
    pub fn without_psk() -> EarlySecret {
        // todo!("7.2: extract the early secret from zeros")
        EarlySecret(Hidden(hkdf_extract(&[0; 32], &[0; 32])))
    }

    /// **7.2** The handshake secret, once both shares are known. This consumes the early secret: a
    /// secret that is no longer needed should no longer exist.
    ///
    /// ```text
    ///      Early Secret
    ///            │
    ///            ▼
    ///     Derive-Secret(., "derived", no messages)
    ///            │
    ///            ▼
    /// shared ─▶ extract = Handshake Secret
    /// ```
    ///
    /// `shared` is the result of the key exchange. With X25519 it is the 32 bytes of your
    /// [`SharedSecret`](crate::ch4_key_exchange::SharedSecret). In other groups it has other
    /// lengths, and leading zeros are kept.
    ///
    /// The "derived" in between keeps the steps apart. Without it, the salt of this step would be a
    /// secret from which other secrets are derived, too.
    pub fn into_handshake(self, shared: &[u8]) -> HandshakeSecret {
        // todo!("7.2: the handshake secret from {self:?} and {shared:?}")
        let salt = derive_secret(self.as_bytes(), "derived", &Transcript::new());
        let salt = salt.expect("the label is short");
        HandshakeSecret(Hidden(hkdf_extract(&salt, shared)))
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0.0
    }
}

impl HandshakeSecret {
    /// **7.2** The traffic secrets for the handshake, and the main secret. `hellos` is the
    /// transcript from ClientHello to ServerHello. The main secret itself does not depend on it.
    ///
    /// ```text
    ///      Handshake Secret
    ///            │
    ///            ├──▶ Derive-Secret(., "c hs traffic", hellos) = the client's
    ///            ├──▶ Derive-Secret(., "s hs traffic", hellos) = the server's
    ///            ▼
    ///     Derive-Secret(., "derived", no messages)
    ///            │
    ///            ▼
    ///       0 ──▶ extract = Main Secret                 0: 32 zeros, as above
    /// ```
    pub fn into_main(self, hellos: &Transcript) -> (TrafficSecrets<Handshaking>, MainSecret) {
        // todo!("7.2: the traffic secrets and the main secret from {self:?} and {hellos:?}")
        let derived = |label: &str, transcript: &Transcript| {
            derive_secret(self.as_bytes(), label, transcript).expect("the label is short")
        };
        let secrets = TrafficSecrets {
            client: TrafficSecret::new(derived("c hs traffic", hellos)),
            server: TrafficSecret::new(derived("s hs traffic", hellos)),
        };
        let salt = derived("derived", &Transcript::new());
        let main = MainSecret(Hidden(hkdf_extract(&salt, &[0; 32])));
        (secrets, main)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0.0
    }
}

impl MainSecret {
    /// **7.2** The traffic secrets for application data, and the exporter secret. `messages` is the
    /// transcript from ClientHello to the server's Finished. The client's Finished is not in it:
    /// the server may send data before it has received that message.
    ///
    /// ```text
    ///        Main Secret
    ///            │
    ///            ├──▶ Derive-Secret(., "c ap traffic", messages) = the client's
    ///            ├──▶ Derive-Secret(., "s ap traffic", messages) = the server's
    ///            └──▶ Derive-Secret(., "exp master", messages)   = the exporter secret
    /// ```
    ///
    /// There is a fourth label, "res master", for the secret with which a later connection can
    /// begin. Nothing in this workbook resumes a connection.
    pub fn into_application(
        self,
        messages: &Transcript,
    ) -> (TrafficSecrets<Application>, ExporterSecret) {
        // todo!("7.2: the traffic secrets and the exporter secret from {self:?} and {messages:?}")
        let derived = |label: &str| {
            derive_secret(self.as_bytes(), label, messages).expect("the label is short")
        };
        let secrets = TrafficSecrets {
            client: TrafficSecret::new(derived("c ap traffic")),
            server: TrafficSecret::new(derived("s ap traffic")),
        };
        (secrets, ExporterSecret(Hidden(derived("exp master"))))
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0.0
    }
}

impl ExporterSecret {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0.0
    }
}

impl<Side, Phase> TrafficSecret<Side, Phase> {
    /// A traffic secret that consists of these bytes.
    pub fn new(bytes: [u8; 32]) -> TrafficSecret<Side, Phase> {
        let (bytes, belongs_to) = (Hidden(bytes), PhantomData);
        TrafficSecret { bytes, belongs_to }
    }

    /// The bytes, for the key log. Anyone who has them can read what is sealed under them.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.bytes.0
    }

    /// **7.2** The key and the IV for records (RFC 9846 §7.3): [`expand_label`] of this secret,
    /// with the label "key" for 16 bytes and the label "iv" for 12 bytes. The context is empty. It
    /// is not the hash of an empty transcript.
    ///
    /// [`expand_label`]: super::expand_label()
    pub fn record_key(&self) -> RecordKey<Side> {
        // todo!("7.2: the key and the IV for records")
        let expanded = |label: &str, length: usize| {
            expand_label(self.as_bytes(), label, &[], length).expect("the label is short")
        };
        let key = expanded("key", 16);
        let iv = expanded("iv", 12);
        RecordKey::new(
            key.try_into().expect("16 bytes were asked for"),
            iv.try_into().expect("12 bytes were asked for"),
        )
    }
}

impl<Side> TrafficSecret<Side, Handshaking> {
    /// **7.2** The key for this side's Finished (RFC 9846 §4.5.3): 32 bytes under the label
    /// "finished", with an empty context. In this workbook, only the traffic secrets of the
    /// handshake have a Finished key.
    pub fn finished_key(&self) -> [u8; 32] {
        // todo!("7.2: the key for a Finished")
        let key = expand_label(self.as_bytes(), "finished", &[], 32).expect("the label is short");
        key.try_into().expect("32 bytes were asked for")
    }
}
