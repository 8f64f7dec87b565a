// 6.9 The wiretap

use std::error::Error;
use std::fmt;

use given::tls::{
    Abort, CipherSuite, HandshakeType, Incoming, Malformed, OpenRecord, SealRecord, Wire,
};
use given::tls12::{
    ClientHello, ClientKeyExchange, Extension, Finished, ServerHello, ServerHelloDone,
};

use crate::ch3_signatures::Transcript;

use super::{
    Agreed, ClientWrites, RecordOpener, RecordSealer, ServerWrites, key_block, only_vector,
    unwrap_premaster,
};

/// A connection, recorded by somebody between the two sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// All bytes that the client has sent.
    pub from_client: Vec<u8>,
    /// All bytes that the server has sent.
    pub from_server: Vec<u8>,
}

/// What the two have said to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// The application data that the client has sent.
    pub from_client: Vec<u8>,
    /// The application data that the server has sent.
    pub from_server: Vec<u8>,
}

/// Why a recording can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// The keys came from Diffie–Hellman. The server's key only signed.
    ForwardSecret,
    /// It is not a handshake, or the key is not the server's.
    Broken(Abort),
}

impl From<Abort> for Unreadable {
    fn from(abort: Abort) -> Unreadable {
        Unreadable::Broken(abort)
    }
}

impl From<Malformed> for Unreadable {
    fn from(malformed: Malformed) -> Unreadable {
        Unreadable::Broken(malformed.into())
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::ForwardSecret => write!(out, "the key share's secret is gone"),
            Unreadable::Broken(abort) => write!(out, "not a handshake under this key: {abort}"),
        }
    }
}

impl Error for Unreadable {}

/// **6.9** *This exercise is an attack.* Reads a recorded session with the server's private key.
///
/// You have kept a recording for years. Now the key has leaked: a backup was lost, a court has
/// ordered its owner to hand it over, Heartbleed has exposed it. With RSA key transport that is all
/// you need. The client's secret is in the recording, wrapped under this key, and everything else
/// follows from it and from what was sent in plaintext.
///
/// ```text
///                        private key
///                             │
/// ClientKeyExchange ─────▶ unwrap ─▶ premaster ─▶ master ─▶ the keys of both directions
///                                                   ▲
/// all messages up to it ────────────────────────────┘
/// ```
///
/// You receive what each of the two has received. Use two [`Wire`]s, one for what the client has
/// sent and one for what the server has sent. [`Wire::receive`] takes the bytes, and [`Wire::next`]
/// gives them back message by message. After ChangeCipherSpec it needs [`Wire::open_with`] and an
/// opener.
///
/// Read what was said, and don't judge it: the two sides have done that. Above all, don't ask
/// [`check_choice`](super::check_choice) about the ServerHello: your own client sends an empty
/// `renegotiation_info`, but others, such as OpenSSL, may send the *signaling suite* 0x00FF in its
/// place (RFC 5746 §3.3). The server answers that with the extension, and 6.2 refuses an extension
/// that the client has not sent.
///
/// Some servers ask for the client's certificate. The recording then has a CertificateRequest
/// before ServerHelloDone, and before ClientKeyExchange a Certificate from the client, with no
/// certificates in it. (A client that does show a certificate sends one more message, a signature. A
/// server that lets clients resume a session sends one more, too: a ticket. And either side may ask
/// for a new handshake later. You need not read such recordings.)
///
/// With ECDHE the recording has two key shares and a signature. The secrets behind the shares were
/// thrown away after the handshake, and the private key opens nothing: *forward secrecy*.
///
/// # Errors
///
/// [`Unreadable::ForwardSecret`] if the suite is the one with ECDHE. [`Unreadable::Broken`] if the
/// recording is not a whole handshake in both directions, or does not open; any [`Abort`] will do.
/// If both apply, either error will do.
///
/// Both directions end with a close_notify, the alert that ends a connection properly, or where the
/// recording does. If a recording breaks off in the middle of a record, ignore that record.
pub fn wiretap(recording: &Recording, key: &rsa::PrivateKey) -> Result<Conversation, Unreadable> {
    // todo!("6.9: read {recording:?} with {key:?}")
    let mut client = Wire::<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>::new();
    let mut server = Wire::<RecordSealer<ClientWrites>, RecordOpener<ServerWrites>>::new();
    client.receive(&recording.from_client);
    server.receive(&recording.from_server);

    let mut transcript = Transcript::new();
    let (hello, message) = next(&mut client)?.message::<ClientHello>()?;
    transcript.add(message.bytes());
    let (answer, message) = next(&mut server)?.message::<ServerHello>()?;
    transcript.add(message.bytes());
    match CipherSuite::from_code(answer.cipher_suite) {
        Some(CipherSuite::RsaAes128GcmSha256) => {}
        Some(CipherSuite::EcdheRsaAes128GcmSha256) => return Err(Unreadable::ForwardSecret),
        None => return Err(Abort::NothingInCommon.into()),
    }
    let certificate = next(&mut server)?.handshake()?;
    transcript.add(certificate.bytes());
    let mut last = next(&mut server)?;
    let is_asked = last.is(HandshakeType::CertificateRequest);
    if is_asked {
        transcript.add(last.handshake()?.bytes());
        last = next(&mut server)?;
    }
    let (ServerHelloDone, message) = last.message()?;
    transcript.add(message.bytes());
    if is_asked {
        // The client's Certificate message, even if it has no certificates in it.
        let certificate = next(&mut client)?.handshake()?;
        transcript.add(certificate.bytes());
    }
    let (ClientKeyExchange(body), message) = next(&mut client)?.message()?;
    transcript.add(message.bytes());

    let agreed = Agreed {
        suite: CipherSuite::RsaAes128GcmSha256,
        offered: hello.version,
        client_random: hello.random,
        server_random: answer.random,
        is_extended: answer.extensions.contains(&Extension::ExtendedMasterSecret),
    };
    let premaster = unwrap_premaster(key, agreed.offered, only_vector(&body, 2)?);
    let master = agreed.master_secret(&premaster, &transcript);
    let (client_key, server_key) = key_block(&master, &hello.random, &answer.random);
    Ok(Conversation {
        from_client: data_after_finished(&mut client, RecordOpener::new(client_key))?,
        from_server: data_after_finished(&mut server, RecordOpener::new(server_key))?,
    })
}

/// What comes next. A recording that ends here does not have a whole handshake.
fn next<S: SealRecord, O: OpenRecord>(wire: &mut Wire<S, O>) -> Result<Incoming, Abort> {
    wire.next()?.ok_or(Abort::Malformed)
}

/// The application data in one direction, from ChangeCipherSpec to the end.
fn data_after_finished<S: SealRecord, O: OpenRecord>(
    wire: &mut Wire<S, O>,
    opener: O,
) -> Result<Vec<u8>, Abort> {
    next(wire)?.change_cipher_spec()?;
    wire.open_with(opener);
    next(wire)?.message::<Finished>()?;
    let mut data = Vec::new();
    while let Some(Incoming::ApplicationData(more)) = wire.next()? {
        data.extend(more);
    }
    Ok(data)
}
