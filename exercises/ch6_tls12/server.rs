// 6.8 The server

use std::sync::Arc;

use given::tls::{
    Abort, CipherSuite, HandshakeMessage, Incoming, SignatureScheme, TLS_1_2, Wire, X25519,
};
use given::tls12::{
    CertificateChain, ClientHello, ClientKeyExchange, Endpoint, Extension, Finished, Progress,
    ServerHello, ServerHelloDone, ServerKeyExchange, Session, Step,
};
use given::x509::Certificate;
use subtle::ConstantTimeEq;

use crate::ch3_signatures::Transcript;
use crate::ch4_key_exchange::{SecretKey, shared_secret, sign_key_share};

use super::{
    Agreed, Choice, ClientWrites, MasterSecret, RecordOpener, RecordSealer, Sender, ServerWrites,
    key_block, negotiate, only_vector, unwrap_premaster, verify_data,
};

/// What a server has to know.
pub struct ServerConfig {
    /// Its certificate, and those between it and the root.
    pub chain: Vec<Certificate>,
    /// The private key that belongs to the first certificate.
    pub key: rsa::PrivateKey,
    /// The suites it accepts, in order of preference.
    pub suites: Vec<CipherSuite>,
    /// The last 8 bytes of its random. `None` if they are random like the others. Exercise 7.11
    /// says what this is for.
    pub sentinel: Option<[u8; 8]>,
}

/// What a server waits for. The lesson lists the functions of [`given`] that its steps need
/// ([*Messages travel in records*](super#messages-travel-in-records)). One step is written already,
/// as an example: [`ExpectClientChangeCipherSpec::receive`].
///
/// ```text
/// ClientHello ─▶ ClientKeyExchange ─▶ ChangeCipherSpec ─▶ Finished
/// ```
pub enum ServerStep {
    /// Step 1.
    ClientHello(ExpectClientHello),
    /// Step 5.
    ClientKeyExchange(ExpectClientKeyExchange),
    /// Step 6, the client's.
    ChangeCipherSpec(ExpectClientChangeCipherSpec),
    /// Step 7, the client's.
    Finished(ExpectClientFinished),
}

impl Step for ServerStep {
    type Sealer = RecordSealer<ServerWrites>;
    type Opener = RecordOpener<ClientWrites>;

    fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<Self::Sealer, Self::Opener>,
    ) -> Result<Progress<ServerStep>, Abort> {
        let next = match self {
            ServerStep::ClientHello(step) => {
                ServerStep::ClientKeyExchange(step.receive(incoming, wire)?)
            }
            ServerStep::ClientKeyExchange(step) => {
                ServerStep::ChangeCipherSpec(step.receive(incoming)?)
            }
            ServerStep::ChangeCipherSpec(step) => {
                ServerStep::Finished(step.receive(incoming, wire)?)
            }
            ServerStep::Finished(step) => return step.receive(incoming, wire).map(Progress::Open),
        };
        Ok(Progress::Next(next))
    }
}

/// The server, which waits for a ClientHello. There is nothing to write here.
pub fn server(config: Arc<ServerConfig>) -> Endpoint<ServerStep> {
    let first = ExpectClientHello::new(config);
    Endpoint::new(ServerStep::ClientHello(first), Wire::new())
}

/// A client has connected.
pub struct ExpectClientHello {
    config: Arc<ServerConfig>,
}

/// `TLS_EMPTY_RENEGOTIATION_INFO_SCSV` (RFC 5746 §3.3): in a list of suites, it says the same as an
/// empty `renegotiation_info`, for servers that fail on extensions.
const EMPTY_RENEGOTIATION_INFO: u16 = 0x00ff;

impl ExpectClientHello {
    /// A server that has heard nothing yet. Exercise 7.11 begins here.
    pub fn new(config: Arc<ServerConfig>) -> ExpectClientHello {
        ExpectClientHello { config }
    }

    /// **6.8** Takes a ClientHello, chooses (exercise 6.2), and answers with ServerHello,
    /// Certificate, with ECDHE a ServerKeyExchange (exercise 4.6), and ServerHelloDone.
    ///
    /// The ServerHello has version 1.2, a fresh random, an empty session id (whatever the client's
    /// is), the suite, and no compression. If there is a [`ServerConfig::sentinel`], the random
    /// ends with it. The extensions answer the client's:
    ///
    /// - `renegotiation_info`, empty, if the client has sent that extension, or if its list of
    ///   suites has 0x00FF, `TLS_EMPTY_RENEGOTIATION_INFO_SCSV` (RFC 5746 §3.6). This is a
    ///   *signaling suite*: it names no algorithms, and says the same as the empty extension;
    /// - `extended_master_secret`, if the client has sent that extension (RFC 7627 §5.2). Both
    ///   sides then use it;
    /// - `ec_point_formats`, with format 0 alone, if ECDHE was chosen and the client has sent that
    ///   extension (RFC 8422 §5.2).
    ///
    /// The Certificate has the whole chain of the configuration, in its order.
    ///
    /// # Errors
    ///
    /// Those of exercise 6.2. [`Abort::NothingInCommon`] if the key in the configuration is too
    /// small to sign with.
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>,
    ) -> Result<ExpectClientKeyExchange, Abort> {
        todo!("6.8: read {incoming:?} as a ClientHello, choose, and send steps 2 to 4 to {wire:?}")
    }
}

/// The answers to those extensions of the client that this server knows.
fn answers_to(hello: &ClientHello, suite: CipherSuite) -> Vec<Extension> {
    let mut answers = Vec::new();
    let renegotiation_info = Extension::RenegotiationInfo(vec![]);
    if hello.extensions.contains(&renegotiation_info)
        || hello.cipher_suites.contains(&EMPTY_RENEGOTIATION_INFO)
    {
        answers.push(renegotiation_info);
    }
    if hello.extensions.contains(&Extension::ExtendedMasterSecret) {
        answers.push(Extension::ExtendedMasterSecret);
    }
    let names_formats = |one: &Extension| matches!(one, Extension::EcPointFormats(_));
    if suite == CipherSuite::EcdheRsaAes128GcmSha256 && hello.extensions.iter().any(names_formats) {
        answers.push(Extension::EcPointFormats(vec![0]));
    }
    answers
}

/// The share of `secret`, signed with `key` for this handshake.
fn signed_share(
    key: &rsa::PrivateKey,
    scheme: SignatureScheme,
    agreed: &Agreed,
    secret: &SecretKey,
) -> Result<ServerKeyExchange, Abort> {
    let share = secret.share();
    let (client, server) = (&agreed.client_random, &agreed.server_random);
    // A server whose key is too small to sign with has nothing in common with any client.
    let signature =
        sign_key_share(scheme, key, client, server, &share).map_err(|_| Abort::NothingInCommon)?;
    Ok(ServerKeyExchange {
        group: X25519,
        share: share.to_vec(),
        scheme: scheme.code(),
        signature,
    })
}

/// What the server needs to obtain the premaster secret.
enum ServerSecret {
    /// The private key that belongs to its certificate.
    Certificate,
    /// The secret half of its key share, which is gone after this handshake.
    Share(SecretKey),
}

/// The server has said what it has to say, and waits for the client's part of the secret.
pub struct ExpectClientKeyExchange {
    config: Arc<ServerConfig>,
    agreed: Agreed,
    secret: ServerSecret,
    transcript: Transcript,
}

impl ExpectClientKeyExchange {
    /// **6.8** Takes the client's part of the secret: a vector, with nothing after it. With RSA its
    /// length takes 2 bytes, and the handshake continues whatever is in it (exercise 6.5). With
    /// ECDHE its length takes 1 byte.
    ///
    /// # Errors
    ///
    /// [`Abort::Malformed`] if it is not such a vector; [`Abort::BadKeyShare`] for a share that is
    /// not 32 bytes long, or of low order.
    pub fn receive(self, incoming: Incoming) -> Result<ExpectClientChangeCipherSpec, Abort> {
        todo!("6.8: read {incoming:?} as a ClientKeyExchange, and derive the keys")
    }
}

/// The server has keys.
pub struct ExpectClientChangeCipherSpec {
    agreed: Agreed,
    master: MasterSecret,
    opener: RecordOpener<ClientWrites>,
    sealer: RecordSealer<ServerWrites>,
    transcript: Transcript,
}

impl ExpectClientChangeCipherSpec {
    /// Takes ChangeCipherSpec. From here on, every record must open.
    ///
    /// This step is written already, as an example for the others. It is the mirror image of the
    /// client's.
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>,
    ) -> Result<ExpectClientFinished, Abort> {
        // Anything else ends the connection here, before it has changed anything.
        incoming.change_cipher_spec()?;
        // Only one direction changes: what the client sends is sealed from now on.
        wire.open_with(self.opener);
        // What the server sends is not sealed before its own ChangeCipherSpec, so the sealer moves
        // on to the step that sends it. The transcript moves on as it is: ChangeCipherSpec is not a
        // handshake message.
        Ok(ExpectClientFinished {
            agreed: self.agreed,
            master: self.master,
            sealer: self.sealer,
            transcript: self.transcript,
        })
    }
}

/// The server waits for the proof that the client has seen the same handshake.
pub struct ExpectClientFinished {
    agreed: Agreed,
    master: MasterSecret,
    sealer: RecordSealer<ServerWrites>,
    transcript: Transcript,
}

impl ExpectClientFinished {
    /// **6.8** Takes the client's Finished, compared in constant time, as in exercise 3.3, and answers
    /// with ChangeCipherSpec and its own. Then the connection is open.
    ///
    /// # Errors
    ///
    /// [`Abort::BadFinished`].
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>,
    ) -> Result<Session, Abort> {
        todo!("6.8: read {incoming:?} as a Finished, check it, and send steps 6 and 7 to {wire:?}")
    }
}
