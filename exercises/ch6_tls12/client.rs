// 6.7 The client

use std::net::IpAddr;

use given::tls::{
    Abort, CipherSuite, Distrust, HandshakeMessage, HandshakeType, Incoming, SignatureScheme,
    TLS_1_2, Wire, Writer, X25519,
};
use given::tls12::{
    CertificateChain, CertificateRequest, ClientHello, ClientKeyExchange, Endpoint, Extension,
    Finished, HelloRequest, Progress, ServerHello, ServerHelloDone, ServerKeyExchange, Session,
    Step,
};
use given::x509::{Certificate, UnixTime};
use subtle::ConstantTimeEq;

use crate::ch2_asymmetric::TooLong;
use crate::ch3_signatures::Transcript;
use crate::ch4_key_exchange::{SecretKey, shared_secret, verify_key_share};
use crate::ch5_certificates::{Untrusted, verify_chain};

use super::{
    Agreed, ClientWrites, MasterSecret, RecordOpener, RecordSealer, Sender, ServerWrites,
    certificate_list, check_choice, distrust, key_block, verify_data, wrap_premaster,
};

/// What a client has to know.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// The host it wants, by name or by address, as in the URL.
    pub host: String,
    /// The CAs it trusts.
    pub roots: Vec<Certificate>,
    /// What time it is.
    pub now: UnixTime,
    /// The suites it offers, in order of preference.
    pub suites: Vec<CipherSuite>,
}

/// What a client waits for. Each step handles one message, is consumed by it, and leads to the
/// next. Messages in any other order than this one are refused.
///
/// ```text
/// ServerHello ─▶ Certificate ─▶ ServerKeyExchange ─▶ CertificateRequest ─▶ ServerHelloDone ─▶ …
///                           └─── RSA: not sent ────▶└─── if not sent ────▶
///
/// … ─▶ ChangeCipherSpec ─▶ Finished
/// ```
///
/// One message, HelloRequest, has no step. With it, a server asks the client to send a ClientHello.
/// A client that is in the middle of a handshake ignores it, at every step, and leaves it out of
/// the transcript (RFC 5246 §7.4.1.1). [`ClientStep::receive`](Step::receive) does that for you.
pub enum ClientStep {
    /// Step 2.
    ServerHello(ExpectServerHello),
    /// Step 3.
    Certificate(ExpectCertificate),
    /// Step 4, with ECDHE.
    ServerKeyExchange(ExpectServerKeyExchange),
    /// Step 4, if the server wants to know who the client is.
    CertificateRequest(ExpectCertificateRequest),
    /// Step 4.
    ServerHelloDone(ExpectServerHelloDone),
    /// Step 6, the server's.
    ChangeCipherSpec(ExpectServerChangeCipherSpec),
    /// Step 7, the server's.
    Finished(ExpectServerFinished),
}

impl Step for ClientStep {
    type Sealer = RecordSealer<ClientWrites>;
    type Opener = RecordOpener<ServerWrites>;

    fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<Self::Sealer, Self::Opener>,
    ) -> Result<Progress<ClientStep>, Abort> {
        if incoming.is(HandshakeType::HelloRequest) {
            incoming.message::<HelloRequest>()?;
            return Ok(Progress::Next(self));
        }
        let next = match self {
            ClientStep::ServerHello(step) => ClientStep::Certificate(step.receive(incoming)?),
            ClientStep::Certificate(step) => step.receive(incoming)?,
            ClientStep::ServerKeyExchange(step) => {
                ClientStep::CertificateRequest(step.receive(incoming)?)
            }
            ClientStep::CertificateRequest(step) => step.receive(incoming, wire)?,
            ClientStep::ServerHelloDone(step) => {
                ClientStep::ChangeCipherSpec(step.receive(incoming, wire)?)
            }
            ClientStep::ChangeCipherSpec(step) => {
                ClientStep::Finished(step.receive(incoming, wire)?)
            }
            ClientStep::Finished(step) => return step.receive(incoming).map(Progress::Open),
        };
        Ok(Progress::Next(next))
    }
}

/// **6.7** The client: a connection that has a ClientHello ready to send, and waits for a
/// ServerHello.
///
/// It takes bytes and gives bytes, and leaves moving them to others. Code like this is called
/// *sans-IO*. [`Endpoint`] cuts the bytes into records and messages, hands each message to the step
/// that waits for it, and sends the alert of the [`Abort`] that a step returns. What is left for
/// you is the handshake: in each step, *is this what I wait for, is it valid, what comes next?* One
/// step is written already, as an example: [`ExpectServerChangeCipherSpec::receive`]. The lesson
/// lists the functions of [`given`] that you need
/// ([*Messages travel in records*](super#messages-travel-in-records)).
///
/// The ClientHello has version 1.2, a fresh random, an empty session id (there is no session to
/// resume), the suites of `config` in their order, no compression, and the extensions below. All 32
/// bytes of the random are random. RFC 5246 wants the time in the first four, but nobody needs it,
/// and a clock that is a little off makes a machine recognizable.
///
/// - `server_name`, also called SNI (*server name indication*), with the host, unless that is an IP
///   address (RFC 6066 §3): a server with many names has to know which certificate to show
/// - `supported_groups`: X25519
/// - `ec_point_formats`: 0, uncompressed. X25519 has no other, but older servers expect it
/// - `signature_algorithms`: PSS, then PKCS#1 v1.5
/// - `extended_master_secret`, and an empty `renegotiation_info`
pub fn client(config: ClientConfig) -> Endpoint<ClientStep> {
    todo!("6.7: send a ClientHello for {config:?}, and wait for a ServerHello")
}

/// The client has sent its hello.
pub struct ExpectServerHello {
    config: ClientConfig,
    hello: ClientHello,
    transcript: Transcript,
}

impl ExpectServerHello {
    /// A client that has sent `hello`, and nothing before it. Exercise 7.11 begins here.
    pub fn new(config: ClientConfig, hello: ClientHello) -> ExpectServerHello {
        let mut transcript = Transcript::new();
        transcript.add(hello.handshake().bytes());
        ExpectServerHello {
            config,
            hello,
            transcript,
        }
    }

    /// **6.7** Takes a ServerHello that answers the client's hello (exercise 6.2). Both sides use
    /// the extended master secret if its extension is in both hellos. The server may give the
    /// session any id: this client does not resume sessions, so it ignores the id. A server that
    /// also speaks 1.3 puts a mark at the end of its random (exercise 7.11), which means nothing to a
    /// client that has offered 1.2.
    pub fn receive(self, incoming: Incoming) -> Result<ExpectCertificate, Abort> {
        todo!("6.7: read {incoming:?} as a ServerHello, check and remember what it says")
    }
}

/// The client knows what was chosen.
pub struct ExpectCertificate {
    config: ClientConfig,
    agreed: Agreed,
    transcript: Transcript,
}

impl ExpectCertificate {
    /// **6.7** Takes a chain that leads from the host to a trusted root (exercises 6.1 and 5.5),
    /// and the key in its first certificate. With ECDHE the server's key share comes next. With RSA
    /// nothing more is needed.
    ///
    /// # Errors
    ///
    /// [`Abort::UntrustedCertificate`]. If a certificate can't be read, the error holds a
    /// [`Distrust::bad_certificate`] with a few words of your own. If the chain is not trusted, it
    /// holds what [`distrust`] makes of the reason. The same goes if the key in the first
    /// certificate is not an RSA key, or can't be read: `Untrusted::from` turns that error into a
    /// reason. The server gets the alert, and the user of [`fetch`](super::fetch) the words.
    pub fn receive(self, incoming: Incoming) -> Result<ClientStep, Abort> {
        todo!("6.7: read {incoming:?} as a chain, check it, and take the server's key from it")
    }
}

/// The client knows who the server says it is. With ECDHE it waits for the proof.
pub struct ExpectServerKeyExchange {
    agreed: Agreed,
    key: rsa::PublicKey,
    transcript: Transcript,
}

impl ExpectServerKeyExchange {
    /// **6.7** Takes a key share that the certificate's owner has signed for this handshake
    /// (exercise 4.6), with a group and a scheme that the client has offered.
    ///
    /// This is the check that "goto fail" jumped over: the certificate was checked with care, and
    /// then anybody's key share was accepted.
    ///
    /// # Errors
    ///
    /// [`Abort::NotOffered`] for another group or scheme, [`Abort::BadKeyShare`] for a share that
    /// is not 32 bytes long, [`Abort::BadSignature`] for a signature that is not valid.
    pub fn receive(self, incoming: Incoming) -> Result<ExpectCertificateRequest, Abort> {
        todo!("6.7: read {incoming:?} as a key share, and check its signature")
    }
}

/// What the server has contributed to the key exchange.
enum ServerExchange {
    /// The certificate's key, to wrap a secret under.
    Rsa(rsa::PublicKey),
    /// A key share, signed with the certificate's key.
    Share([u8; 32]),
}

/// The client has all it needs. The server may now ask who the client is.
pub struct ExpectCertificateRequest {
    agreed: Agreed,
    exchange: ServerExchange,
    transcript: Transcript,
}

impl ExpectCertificateRequest {
    /// **6.7** Takes a CertificateRequest (RFC 5246 §7.4.4), and tells the next step that there was
    /// one. You have no certificate to show, so it does not matter which kinds of certificates the
    /// server accepts.
    ///
    /// Most servers don't ask. If anything else comes, pass it on: the next step receives it.
    ///
    /// # Errors
    ///
    /// [`Abort::Malformed`] for a CertificateRequest that can't be read.
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ClientWrites>, RecordOpener<ServerWrites>>,
    ) -> Result<ClientStep, Abort> {
        todo!("6.7: read {incoming:?} as a CertificateRequest, or pass it on with {wire:?}")
    }
}

/// The client waits for its turn.
pub struct ExpectServerHelloDone {
    agreed: Agreed,
    exchange: ServerExchange,
    /// Whether the server wants to know who the client is.
    is_asked: bool,
    transcript: Transcript,
}

impl ExpectServerHelloDone {
    /// **6.7** Takes ServerHelloDone, the end of the server's turn, and answers with
    /// ClientKeyExchange, ChangeCipherSpec and Finished.
    ///
    /// ClientKeyExchange is a vector. With RSA it holds the wrapped secret, and its length takes 2
    /// bytes (exercise 6.5). With ECDHE it holds the client's share, and its length takes 1 byte
    /// (exercise 4.3). It is the last message in the hash for the extended master secret. After it,
    /// you can derive the keys. What is sent after ChangeCipherSpec is sealed.
    ///
    /// If the server has asked for your certificate, send a Certificate message first, with no
    /// certificates in it: an empty [`CertificateChain`] (RFC 5246 §7.4.6). The server decides
    /// whether to go on without one. If it has not asked, send no Certificate message.
    ///
    /// # Errors
    ///
    /// [`Abort::BadKeyShare`] for a share of low order, and [`Abort::UntrustedCertificate`] with a
    /// [`Distrust::bad_certificate`] if the key is too small to wrap the premaster secret. (The crate
    /// `rsa` already refuses to read a key that is this small, but the types don't say so.)
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ClientWrites>, RecordOpener<ServerWrites>>,
    ) -> Result<ExpectServerChangeCipherSpec, Abort> {
        todo!("6.7: read {incoming:?} as a ServerHelloDone, and send steps 5 to 7 to {wire:?}")
    }
}

/// The client has said all it has to say.
pub struct ExpectServerChangeCipherSpec {
    agreed: Agreed,
    master: MasterSecret,
    opener: RecordOpener<ServerWrites>,
    transcript: Transcript,
}

impl ExpectServerChangeCipherSpec {
    /// Takes ChangeCipherSpec. From here on, every record must open.
    ///
    /// This step is written already. It is an example for the others, which do the same three
    /// things: check, act, and lead to the next step.
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ClientWrites>, RecordOpener<ServerWrites>>,
    ) -> Result<ExpectServerFinished, Abort> {
        // Is this what the step waits for? If not, `?` returns the `Abort`, the endpoint sends its
        // alert, and the connection is over. Nothing has been done yet that would have to be undone.
        incoming.change_cipher_spec()?;
        // The step is taken by value, so this uses up its opener: there can't be a second change,
        // with the record numbers at 0 again.
        wire.open_with(self.opener);
        // What the next step needs moves on to it. Nothing is added to the transcript, because
        // ChangeCipherSpec is not a handshake message. A step that takes one adds it here.
        Ok(ExpectServerFinished {
            agreed: self.agreed,
            master: self.master,
            transcript: self.transcript,
        })
    }
}

/// The client waits for the proof that the server has seen the same handshake.
pub struct ExpectServerFinished {
    agreed: Agreed,
    master: MasterSecret,
    transcript: Transcript,
}

impl ExpectServerFinished {
    /// **6.7** Takes the server's Finished (exercise 6.6), compared in constant time, as in exercise
    /// 3.3. Then the connection is open.
    ///
    /// # Errors
    ///
    /// [`Abort::BadFinished`].
    pub fn receive(self, incoming: Incoming) -> Result<Session, Abort> {
        todo!("6.7: read {incoming:?} as a Finished, and check it")
    }
}
