// 7.9 The server of today

use std::sync::Arc;

use given::tls::{
    Abort, ClientHello, Endpoint, Extension, Handshake, HandshakeMessage, Incoming, KeyShare,
    Progress, ServerHello, Step, TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256, X25519,
};
use given::tls13::{CertificateChain, CertificateEntry, EncryptedExtensions, Finished, Wire};

use crate::ch3_signatures::Transcript;
use crate::ch4_key_exchange::{SecretKey, shared_secret};
use crate::ch6_tls12::{ClientWrites, Sender, ServerConfig, ServerWrites};

use super::{
    AfterHandshake, Handshaking, Negotiated, RecordOpener, RecordSealer, Secrets, TrafficSecret,
    certificate_verify, check_second_hello, check_verify_data, negotiate13, retried, retry_request,
    verify_data,
};

/// The number of the extension `pre_shared_key`.
const PRE_SHARED_KEY: u16 = 0x0029;

/// The number of the extension `psk_key_exchange_modes`.
const PSK_KEY_EXCHANGE_MODES: u16 = 0x002d;

/// The number of the extension `early_data`.
const EARLY_DATA: u16 = 0x002a;

/// What a server waits for.
///
/// ```text
/// ClientHello ─▶ Finished
///   │   ▲
///   ▼   │ a retry
/// the second ClientHello
/// ```
pub enum ServerStep {
    /// Step 1.
    ClientHello(ExpectClientHello),
    /// Step 1, once more.
    SecondClientHello(ExpectSecondClientHello),
    /// Step 6, the client's.
    Finished(ExpectClientFinished),
}

impl Step for ServerStep {
    type Wire = Wire<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>;
    type Established = AfterHandshake<ServerWrites, ClientWrites>;

    fn receive(
        self,
        incoming: Incoming,
        wire: &mut Self::Wire,
    ) -> Result<Progress<ServerStep, Self::Established>, Abort> {
        let next = match self {
            ServerStep::ClientHello(step) => step.receive(incoming, wire)?,
            ServerStep::SecondClientHello(step) => {
                ServerStep::Finished(step.receive(incoming, wire)?)
            }
            ServerStep::Finished(step) => {
                return step.receive(incoming, wire).map(Progress::Open);
            }
        };
        Ok(Progress::Next(next))
    }
}

/// The server, which waits for a ClientHello. It is given the configuration of exercise 6.8, and
/// uses the chain and the key from it. There is nothing to write here.
pub fn server(config: Arc<ServerConfig>) -> Endpoint<ServerStep> {
    let first = ExpectClientHello::new(config);
    Endpoint::new(ServerStep::ClientHello(first), Wire::new())
}

/// A client has connected.
pub struct ExpectClientHello {
    config: Arc<ServerConfig>,
}

impl ExpectClientHello {
    /// A server that has received nothing yet. Exercise 7.11 begins here.
    pub(super) fn new(config: Arc<ServerConfig>) -> ExpectClientHello {
        ExpectClientHello { config }
    }

    /// **7.9** Takes a ClientHello. If it has a share on X25519 (exercise 7.4), the answer
    /// is everything up to the server's Finished, which `flight` sends. If it has none, the answer is
    /// a HelloRetryRequest (exercise 7.5), with a ChangeCipherSpec after it if the client has sent
    /// a session id, and the next step waits for the second hello.
    ///
    /// The transcript begins with this hello. After a retry it begins with the hash of this hello,
    /// as in exercise 7.5, and the HelloRetryRequest follows.
    ///
    /// A client that has offered `early_data` (0x002a) does not wait for your answer, and sends
    /// data that you have no key for. To skip that data, call [`Wire::skip_early_data`] before the
    /// first [`Wire::open_with`].
    ///
    /// # Errors
    ///
    /// If there is a `pre_shared_key` (0x0029), with which a client offers pre-shared keys:
    /// [`Abort::MisplacedExtension`] if it is not the last extension (RFC 9846 §4.3.11),
    /// [`Abort::MissingExtension`] if there is no `psk_key_exchange_modes` (0x002d, §4.3.9), which
    /// says how they may be used. Then those of exercise 7.4 and of `flight`.
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>,
    ) -> Result<ServerStep, Abort> {
        todo!("7.9: read {incoming:?} as a ClientHello, and send steps 2 to 6 to {wire:?}")
    }
}

/// The server ignores `pre_shared_key`. This checks what every server must check about it: that it
/// is the last extension, and that `psk_key_exchange_modes` is there as well.
///
/// # Errors
///
/// [`Abort::MisplacedExtension`] and [`Abort::MissingExtension`], in this order.
fn check_pre_shared_key(hello: &ClientHello) -> Result<(), Abort> {
    todo!("7.9: is the pre_shared_key of {hello:?} the last extension, with its modes before it?")
}

/// The server has asked for a share.
pub struct ExpectSecondClientHello {
    config: Arc<ServerConfig>,
    first: ClientHello,
    transcript: Transcript,
}

impl ExpectSecondClientHello {
    /// **7.9** Takes the second ClientHello (exercise 7.5), and answers with `flight`.
    ///
    /// # Errors
    ///
    /// Those of the first hello, in the same order, with those of exercise 7.5 instead of those of
    /// exercise 7.4.
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>,
    ) -> Result<ExpectClientFinished, Abort> {
        todo!("7.9: read {incoming:?} as the second ClientHello, and answer to {wire:?}")
    }
}

/// **7.9** Everything that the server says, in one turn: steps 2 to 6, in answer to `hello` with
/// this share. `transcript` is what was said up to this hello.
///
/// ```text
/// ServerHello                        in plaintext
/// ChangeCipherSpec                   if the client has sent a session id, and there was no retry
///   ├─ from here on seal with the server's handshake key, open with the client's
/// EncryptedExtensions                empty
/// Certificate                        the whole chain of the configuration, in order; empty context
/// CertificateVerify                  exercise 7.6
/// Finished                           exercise 7.7
///   └─ from here on seal with the server's application key
/// ```
///
/// The ServerHello has version 1.2, a fresh random (without the sentinel in the configuration,
/// which is for TLS 1.2), the session id of the client, the suite, no compression, and
/// [`Extension::SelectedVersion`] and [`Extension::ServerShare`], in this order, with a fresh share
/// on X25519.
///
/// Each message goes into the transcript when it is sent, and each value is made from the
/// transcript as it is at that moment: `Secrets::new` after ServerHello, the signature after
/// Certificate, the Finished after CertificateVerify, `Secrets::into_application` after Finished.
/// What comes after the handshake is exercise 7.10. [`AfterHandshake::new`] takes the role of the
/// peer, which is the client, and your own secret before the client's.
///
/// # Errors
///
/// [`Abort::BadKeyShare`] for a share of low order, before anything is sent.
/// [`Abort::UnexpectedMessage`] if something follows in the same record as the hello:
/// [`Wire::open_with`] finds it after [`Wire::seal_with`], so the alert is sealed.
/// [`Abort::NothingInCommon`] if the key of the configuration is too small to sign with.
pub(super) fn flight(
    config: &ServerConfig,
    hello: &ClientHello,
    share: [u8; 32],
    transcript: Transcript,
    is_retried: bool,
    wire: &mut Wire<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>,
) -> Result<ExpectClientFinished, Abort> {
    todo!(
        "7.9: send steps 2 to 6 to {wire:?}, after {hello:?} with {share:?} and {transcript:?}; \
         was there a retry? {is_retried:?}; the chain is {:?}",
        config.chain
    )
}

/// The ServerHello in answer to `hello`.
fn server_hello(hello: &ClientHello, share: [u8; 32]) -> ServerHello {
    todo!("7.9: answer {hello:?} with the share {share:?}")
}

/// The chain of the configuration.
fn certificates(config: &ServerConfig) -> CertificateChain {
    todo!("7.9: the certificates {:?}", config.chain)
}

/// The server has said all it has to say.
pub struct ExpectClientFinished {
    client: TrafficSecret<ClientWrites, Handshaking>,
    next: AfterHandshake<ServerWrites, ClientWrites>,
    /// Up to the server's Finished.
    transcript: Transcript,
}

impl ExpectClientFinished {
    /// **7.9** Takes the client's Finished (exercise 7.7). After that, records are opened with the
    /// client's application key, and the connection is open.
    ///
    /// # Errors
    ///
    /// [`Abort::BadFinished`]. [`Abort::UnexpectedMessage`] for any other message, and if something
    /// follows in the same record.
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>,
    ) -> Result<AfterHandshake<ServerWrites, ClientWrites>, Abort> {
        todo!("7.9: read {incoming:?} as a Finished, check it, and change the keys of {wire:?}")
    }
}
