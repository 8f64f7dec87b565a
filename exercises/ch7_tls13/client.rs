// 7.8 The client of today

use std::net::IpAddr;

use given::tls::{
    Abort, ClientHello, Distrust, Endpoint, Extension, HandshakeMessage, HandshakeType, Incoming,
    KeyShare, Malformed, Progress, ServerHello, SignatureScheme, Step, TLS_1_2, TLS_1_3,
    TLS_AES_128_GCM_SHA256, X25519,
};
use given::tls13::{
    CertificateChain, CertificateRequest, CertificateVerify, EncryptedExtensions, Finished, Wire,
};
use given::x509::Certificate;

use crate::ch3_signatures::Transcript;
use crate::ch4_key_exchange::{SecretKey, shared_secret};
use crate::ch5_certificates::{Untrusted, verify_chain};
use crate::ch6_tls12::{ClientConfig, ClientWrites, Sender, ServerWrites, distrust};

use super::{
    AfterHandshake, RecordOpener, RecordSealer, Secrets, check_certificate_verify,
    check_choice_after_retry, check_choice13, check_verify_data, retried, second_hello,
    verify_data,
};

/// Of the extensions that a client sends here, those that may be answered in EncryptedExtensions:
/// `server_name` and `supported_groups` (RFC 9846 §4.3).
const IN_ENCRYPTED_EXTENSIONS: [u16; 2] = [0x0000, 0x000a];

/// The extensions that a client may send here and that have no place in a CertificateRequest:
/// `server_name`, `supported_groups`, `supported_versions`, `cookie` and `key_share`.
const NOT_IN_CERTIFICATE_REQUEST: [u16; 5] = [0x0000, 0x000a, 0x002b, 0x002c, 0x0033];

/// The number of the extension `signature_algorithms`.
const SIGNATURE_ALGORITHMS: u16 = 0x000d;

/// What a client waits for. Each step handles one message, is consumed by it, and leads to the
/// next.
///
/// ```text
/// ServerHello ─▶ EncryptedExtensions ─▶ CertificateRequest ─▶ Certificate ─▶ …
///   │     ▲                        └─── if not sent ────▶
///   └─────┘ once, after a HelloRetryRequest
///
/// … ─▶ CertificateVerify ─▶ Finished
/// ```
///
/// Compare it with the picture in exercise 6.7: there is no step for ChangeCipherSpec. [`Wire`]
/// drops it when it is legal, and refuses it otherwise. The steps themselves change the keys.
pub enum ClientStep {
    /// Step 2.
    ServerHello(ExpectServerHello),
    /// Step 3. From here on everything is sealed.
    EncryptedExtensions(ExpectEncryptedExtensions),
    /// Step 3, if the server wants to know who the client is.
    CertificateRequest(ExpectCertificateRequest),
    /// Step 4.
    Certificate(ExpectCertificate),
    /// Step 5.
    CertificateVerify(ExpectCertificateVerify),
    /// Step 6, the server's.
    Finished(ExpectServerFinished),
}

impl Step for ClientStep {
    type Wire = Wire<RecordSealer<ClientWrites>, RecordOpener<ServerWrites>>;
    type Established = AfterHandshake<ClientWrites, ServerWrites>;

    fn receive(
        self,
        incoming: Incoming,
        wire: &mut Self::Wire,
    ) -> Result<Progress<ClientStep, Self::Established>, Abort> {
        let next = match self {
            ClientStep::ServerHello(step) => step.receive(incoming, wire)?,
            ClientStep::EncryptedExtensions(step) => {
                ClientStep::CertificateRequest(step.receive(incoming)?)
            }
            ClientStep::CertificateRequest(step) => step.receive(incoming)?,
            ClientStep::Certificate(step) => ClientStep::CertificateVerify(step.receive(incoming)?),
            ClientStep::CertificateVerify(step) => ClientStep::Finished(step.receive(incoming)?),
            ClientStep::Finished(step) => {
                return step.receive(incoming, wire).map(Progress::Open);
            }
        };
        Ok(Progress::Next(next))
    }
}

/// What a client says first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstHello {
    /// Its share on X25519, in the hope that the server supports that group.
    WithShare,
    /// That it supports X25519, but no share. The server has to ask for one, which takes one more
    /// round trip (exercise 7.5).
    AskFirst,
}

/// **7.8** The client, from the start: a connection that has a ClientHello ready to be sent, and
/// waits for a ServerHello. It is given the configuration of exercise 6.7, and uses the host, the
/// roots and the time from it. The suites in it are those of TLS 1.2, and are not used.
///
/// [`Endpoint`] cuts what comes into records and messages, hands each message to the step that
/// waits for it, and sends the alert of the [`Abort`] that a step returns: in plaintext as long as
/// [`Wire`] has no sealer, and sealed after that.
///
/// The ClientHello has
///
/// - version 1.2, in the field that never decides;
/// - a fresh random, and a fresh session id of 32 random bytes. To equipment along the way, a
///   client that sends one looks as if it resumed a session of TLS 1.2 (RFC 9846 appendix E.4);
/// - the suite [`TLS_AES_128_GCM_SHA256`], no compression, and these extensions, in this order:
///
/// | extension | its content |
/// | --- | --- |
/// | `server_name` | the host, unless that is an IP address |
/// | `supported_groups` | X25519 |
/// | `signature_algorithms` | PSS, PKCS#1. The second is only for signatures in certificates. |
/// | `supported_versions` | 1.3 |
/// | `key_share` | a fresh share on X25519; with [`FirstHello::AskFirst`] an empty list |
pub fn client(config: ClientConfig, first: FirstHello) -> Endpoint<ClientStep> {
    todo!("7.8: send a ClientHello for {config:?}, {first:?}, and wait for a ServerHello")
}

/// The ClientHello of [`client()`], with the share of this secret key. Exercise 7.11 begins with it,
/// too, and adds what TLS 1.2 needs.
pub(super) fn client_hello(
    config: &ClientConfig,
    first: FirstHello,
    secret: &SecretKey,
) -> ClientHello {
    todo!(
        "7.8: the ClientHello for {config:?}, {first:?}, with the share {:?}",
        secret.share()
    )
}

/// The client has sent its hello.
pub struct ExpectServerHello {
    config: ClientConfig,
    hello: ClientHello,
    secret: SecretKey,
    /// Whether the hello is the second one, after a HelloRetryRequest.
    is_second: bool,
    transcript: Transcript,
}

impl ExpectServerHello {
    /// A client that has sent `hello`, and nothing before it. `secret` is the secret key of its
    /// share. Exercise 7.11 begins here.
    pub(super) fn new(config: ClientConfig, hello: ClientHello, secret: SecretKey) -> Self {
        let mut transcript = Transcript::new();
        transcript.add(hello.handshake().bytes());
        ExpectServerHello {
            config,
            hello,
            secret,
            is_second: false,
            transcript,
        }
    }

    /// **7.8** Takes a ServerHello that answers your hello (exercise 7.4), or a HelloRetryRequest,
    /// which has the form of a ServerHello (exercise 7.5).
    ///
    /// ```text
    /// HelloRetryRequest, and your hello was the first          ServerHello
    ///   │ second_hello makes the second one                      │ check_choice13, or after a retry
    ///   │ transcript: retried, the request, the second hello     │ check_choice_after_retry
    ///   ├─ send a ChangeCipherSpec                               │ the shared secret (exercise 4.3)
    ///   ├─ send the second hello                                 │ transcript: the ServerHello
    ///   └─ wait again                                            │ Secrets::new
    ///                                                            ├─ send a ChangeCipherSpec, if you
    ///                                                            │  have not sent one before
    ///                                                            ├─ seal with your handshake key
    ///                                                            └─ open with the server's
    /// ```
    ///
    /// The lines are in order. If one of them fails, those below it don't happen.
    ///
    /// The secret key stays the same. The server can only ask for a share that you have not sent
    /// yet, so you send the one that belongs to this key. After the last two lines of the picture,
    /// alerts are sealed, too, and the server can read them.
    ///
    /// `Secrets` is in `secrets.rs`, next to this file. It calls your key schedule, and there is
    /// nothing to write in it. `Secrets::new` needs the random of your hello for the key log
    /// (exercise 7.12).
    ///
    /// # Errors
    ///
    /// Those of exercises 7.4 and 7.5. [`Abort::BadKeyShare`] for a share of low order.
    /// [`Abort::UnexpectedMessage`] if something follows in the same record: it is not sealed,
    /// although it has to be. [`Wire::open_with`] finds that.
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ClientWrites>, RecordOpener<ServerWrites>>,
    ) -> Result<ClientStep, Abort> {
        todo!("7.8: read {incoming:?} as a ServerHello, and change the keys of {wire:?}")
    }
}

/// Checks the extensions with which a server answers `hello`. Only those whose numbers are in
/// `allowed` may be here.
///
/// # Errors
///
/// [`Abort::UnsolicitedExtension`] if there is one that `hello` does not have,
/// [`Abort::MisplacedExtension`] if `hello` has it, but its answer belongs in another message.
fn check_answers(hello: &ClientHello, answers: &[Extension], allowed: &[u16]) -> Result<(), Abort> {
    todo!("7.8: do {answers:?} answer {hello:?}, and are they all in {allowed:?}?")
}

/// Both sides have keys for the handshake.
pub struct ExpectEncryptedExtensions {
    config: ClientConfig,
    hello: ClientHello,
    secrets: Secrets,
    transcript: Transcript,
}

impl ExpectEncryptedExtensions {
    /// **7.8** Takes the rest of the server's answers. An answer to `server_name` or to
    /// `supported_groups` may be here, and changes nothing.
    ///
    /// # Errors
    ///
    /// [`Abort::UnsolicitedExtension`] if there is an extension that your hello does not have. (After
    /// a retry, that is the second hello.) Then [`Abort::MisplacedExtension`] if there is one whose
    /// answer belongs in another message, or that has no answer at all: a cookie.
    pub fn receive(self, incoming: Incoming) -> Result<ExpectCertificateRequest, Abort> {
        todo!("7.8: read {incoming:?} as EncryptedExtensions")
    }
}

/// The server may ask who the client is.
pub struct ExpectCertificateRequest {
    config: ClientConfig,
    hello: ClientHello,
    secrets: Secrets,
    transcript: Transcript,
}

impl ExpectCertificateRequest {
    /// **7.8** Takes a CertificateRequest (RFC 9846 §4.4.2), and remembers for the last step that
    /// there was one. You have no certificate to show, so it does not matter what the server
    /// accepts. The *context* of a request is repeated in the Certificate that answers it. In a
    /// handshake it is empty.
    ///
    /// Most servers don't ask. If anything else comes, pass it on: the next step receives it.
    ///
    /// # Errors
    ///
    /// In this order:
    ///
    /// - [`Abort::BadContext`] if the context is not empty.
    /// - [`Abort::MisplacedExtension`] if there is an extension that you know and that has no place
    ///   here (RFC 9846 §4.3): a cookie, or any in the table of [`client()`] except
    ///   `signature_algorithms`. Whether your hello has it makes no difference. What is here is a
    ///   request, not an answer.
    /// - [`Abort::MissingExtension`] if there is no `signature_algorithms`.
    ///
    /// Other extensions are ignored.
    pub fn receive(self, incoming: Incoming) -> Result<ClientStep, Abort> {
        todo!("7.8: read {incoming:?} as a CertificateRequest, or pass it on")
    }
}

/// The client waits to hear who the server is.
pub struct ExpectCertificate {
    config: ClientConfig,
    hello: ClientHello,
    secrets: Secrets,
    /// Whether the server wants to know who the client is.
    is_asked: bool,
    transcript: Transcript,
}

impl ExpectCertificate {
    /// **7.8** Takes a chain that leads from the host to a trusted root (exercise 5.5), and the key
    /// in its first certificate. The extensions of each certificate are answers to extensions of
    /// your hello, and you have sent none that is answered here.
    ///
    /// # Errors
    ///
    /// In this order:
    ///
    /// - [`Abort::BadContext`] if the context is not empty.
    /// - [`Abort::Malformed`] if there is no certificate at all (RFC 9846 §4.5.1.3).
    /// - [`Abort::UnsolicitedExtension`] and then [`Abort::MisplacedExtension`], as for
    ///   EncryptedExtensions. No extension of your hello has its answer here. If more than one
    ///   certificate has such an extension, the error may be that of any of them.
    /// - [`Abort::UntrustedCertificate`], made as in exercise 6.7: with a
    ///   [`Distrust::bad_certificate`] if a certificate can't be read, and with what [`distrust`]
    ///   makes of the reason if the chain is not trusted or the key in its first certificate can't
    ///   be used.
    pub fn receive(self, incoming: Incoming) -> Result<ExpectCertificateVerify, Abort> {
        todo!("7.8: read {incoming:?} as a chain, check it, and take the server's key from it")
    }
}

/// The client knows who the server says it is, and waits for the proof.
pub struct ExpectCertificateVerify {
    key: rsa::PublicKey,
    secrets: Secrets,
    is_asked: bool,
    transcript: Transcript,
}

impl ExpectCertificateVerify {
    /// **7.8** Takes the signature of the certificate's owner over this handshake (exercise 7.6).
    ///
    /// Anyone can send anyone else's certificate. Without this step, a client would accept anyone
    /// who has seen it.
    ///
    /// # Errors
    ///
    /// Those of exercise 7.6.
    pub fn receive(self, incoming: Incoming) -> Result<ExpectServerFinished, Abort> {
        todo!("7.8: read {incoming:?} as a signature over the transcript, and check it")
    }
}

/// The client waits for the proof that the server has seen the same handshake.
pub struct ExpectServerFinished {
    secrets: Secrets,
    /// Whether the server wants to know who the client is.
    is_asked: bool,
    transcript: Transcript,
}

impl ExpectServerFinished {
    /// **7.8** Takes the server's Finished (exercise 7.7), answers it, and changes to the keys for
    /// data. Then the connection is open.
    ///
    /// ```text
    /// the server's Finished is valid
    ///   │ the transcript ends here for the application secrets
    ///   ├─ open with the server's application key
    ///   ├─ if you were asked: an empty Certificate       sealed with the handshake key
    ///   ├─ your Finished                                 sealed with the handshake key
    ///   └─ seal with your application key
    /// ```
    ///
    /// `Secrets::into_application` gives the secrets for application data, and the
    /// [`Session`](given::tls13::Session) for the key log. [`AfterHandshake::new`] takes both, and
    /// the role of your peer.
    ///
    /// If the server has asked for your certificate, send a [`CertificateChain`] with an empty
    /// context and no certificates before your Finished (RFC 9846 §4.5.1). It is in the transcript
    /// of your Finished. No CertificateVerify follows it: there is no key to sign with. If the
    /// server has not asked, don't send a Certificate.
    ///
    /// # Errors
    ///
    /// [`Abort::BadFinished`]. [`Abort::UnexpectedMessage`] if something follows the Finished in
    /// the same record.
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ClientWrites>, RecordOpener<ServerWrites>>,
    ) -> Result<AfterHandshake<ClientWrites, ServerWrites>, Abort> {
        todo!("7.8: check the Finished {incoming:?}, answer it, change the keys of {wire:?}")
    }
}
