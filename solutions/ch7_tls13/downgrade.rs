// 7.11 One client for both versions

use std::sync::Arc;

use given::attacks::{OnTheWay, Relayed};
use given::tls::{
    Abort, Alert, Choose, Chosen, ClientHello, Extension, Handshake, HandshakeMessage, ServerHello,
    TLS_1_2, TLS_1_3, Undecided,
};
use given::tls13::Wire;

use crate::ch4_key_exchange::SecretKey;
use crate::ch6_tls12::{
    self as tls12, ClientConfig, ClientWrites, Conversation, Recording, ServerConfig, ServerWrites,
    Unreadable, wiretap,
};

use super::client::client_hello;
use super::{
    ClientStep, ExpectClientHello, ExpectServerHello, FirstHello, RecordOpener, RecordSealer,
    ServerStep,
};

/// The last 8 bytes of the random of a server that supports TLS 1.3 and was asked for TLS 1.2:
/// `DOWNGRD` and 01 (RFC 9846 §4.2.3).
pub const SENTINEL_TLS_1_2: [u8; 8] = *b"DOWNGRD\x01";

/// The last 8 bytes of the random of a server that was asked for an older version than TLS 1.2:
/// `DOWNGRD` and 00.
pub const SENTINEL_TLS_1_1: [u8; 8] = *b"DOWNGRD\x00";

/// A version of TLS that this workbook has a handshake for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// TLS 1.2, chapter 6.
    Tls12,
    /// TLS 1.3, this chapter.
    Tls13,
}

/// **7.11** The version that a server has chosen, for a client that has offered both.
///
/// It is TLS 1.3 if `answer` has a [`Extension::SelectedVersion`], whatever is in it, or if it is a
/// HelloRetryRequest. If anything is wrong with it, exercise 7.4 or 7.5 finds that. Otherwise it is
/// TLS 1.2.
///
/// But a server that supports TLS 1.3 would have chosen it. If it answers in TLS 1.2, somebody in
/// the middle has taken TLS 1.3 out of your hello. The server can't know that your hello had it. So
/// it writes what it knows into the last 8 bytes of its random: *I could do better*. These 8 bytes
/// are the *sentinel*: [`SENTINEL_TLS_1_2`], or [`SENTINEL_TLS_1_1`] if the server was asked for
/// less. Nobody in the middle can remove it. With ECDHE the random is signed, and with RSA both
/// Finished messages depend on it.
///
/// There is one thing that the sentinel can't do. With RSA key transport, someone who has the
/// server's private key can compute both Finished messages (exercise 6.5), and so can put any other
/// random in its place. Only a client that does not offer such a suite is safe from that.
///
/// # Errors
///
/// [`Abort::Downgrade`] for TLS 1.2 with either sentinel, whatever the suite.
pub fn which_version(answer: &ServerHello) -> Result<Version, Abort> {
    // todo!("7.11: which version is {answer:?}, and is it a lie?")
    let is_selected = |one: &Extension| matches!(one, Extension::SelectedVersion(_));
    if answer.is_retry() || answer.extensions.iter().any(is_selected) {
        return Ok(Version::Tls13);
    }
    let sentinels = [SENTINEL_TLS_1_2, SENTINEL_TLS_1_1];
    match sentinels.iter().any(|one| answer.random.ends_with(one)) {
        true => Err(Abort::Downgrade),
        false => Ok(Version::Tls12),
    }
}

/// A client that has offered both versions.
pub struct ClientOfBoth {
    config: ClientConfig,
    hello: ClientHello,
    secret: SecretKey,
}

/// **7.11** A client that offers both versions, in one ClientHello. It never tries again with an
/// older version.
///
/// The ClientHello is that of exercise 7.8, which `client_hello` makes, plus what exercise 6.7 adds.
/// The suites are `TLS_AES_128_GCM_SHA256`, and after it those of `config`, in their order. The
/// extensions, in this order:
///
/// | extension | its content | for |
/// | --- | --- | --- |
/// | `server_name` | the host, unless that is an IP address | both |
/// | `supported_groups` | X25519 | both |
/// | `signature_algorithms` | PSS, PKCS#1 | both |
/// | `ec_point_formats` | 0 | TLS 1.2 |
/// | `extended_master_secret` | | TLS 1.2 |
/// | `renegotiation_info` | empty | TLS 1.2 |
/// | `supported_versions` | 1.3, 1.2 | both |
/// | `key_share` | a fresh share on X25519; with [`FirstHello::AskFirst`] an empty list | TLS 1.3 |
///
/// Send it on a new [`Wire`]. [`Undecided`] waits for the first message of the server, and hands it
/// to [`ClientOfBoth::choose`]. If the connection ends, before that or after it, that is the end of
/// it. Write nothing that begins another one.
pub fn client_of_both(config: ClientConfig, first: FirstHello) -> Undecided<ClientOfBoth> {
    // todo!("7.11: send a ClientHello for {config:?}, {first:?}, that offers both versions")
    let secret = SecretKey::random();
    let mut hello = client_hello(&config, first, &secret);
    let older = config.suites.iter().map(|suite| suite.code());
    hello.cipher_suites.extend(older);
    let of_both = [
        Extension::EcPointFormats(vec![0]),
        Extension::ExtendedMasterSecret,
        Extension::RenegotiationInfo(vec![]),
        Extension::SupportedVersions(vec![TLS_1_3, TLS_1_2]),
    ];
    let is_versions = |one: &Extension| matches!(one, Extension::SupportedVersions(_));
    let place = hello.extensions.iter().position(is_versions);
    let place = place.expect("the hello of 7.8 lists its versions");
    hello.extensions.splice(place..=place, of_both);
    let mut wire = Wire::new();
    wire.send_handshake(&hello.handshake())
        .expect("the first record has a number");
    let client = ClientOfBoth {
        config,
        hello,
        secret,
    };
    Undecided::new(client, wire)
}

impl Choose for ClientOfBoth {
    type Tls12 = tls12::ClientStep;
    type Sealer = RecordSealer<ClientWrites>;
    type Opener = RecordOpener<ServerWrites>;
    type Tls13 = ClientStep;

    /// **7.11** Takes a ServerHello, and goes on with the client of exercise 6.7 or with that of
    /// exercise 7.8. Both of them can begin with a hello that has already been sent:
    /// [`tls12::ExpectServerHello`] and [`ExpectServerHello`] have a function `new` for that. They
    /// receive the ServerHello themselves.
    ///
    /// # Errors
    ///
    /// [`Abort::UnexpectedMessage`] and [`Abort::Malformed`] if it can't be read as a ServerHello;
    /// [`Abort::Downgrade`].
    fn choose(self, first: &Handshake) -> Result<Chosen<tls12::ClientStep, ClientStep>, Abort> {
        // todo!("7.11: which client goes on after {first:?}?")
        let ClientOfBoth {
            config,
            hello,
            secret,
        } = self;
        Ok(match which_version(&first.parse()?)? {
            Version::Tls12 => {
                let step = tls12::ExpectServerHello::new(config, hello);
                Chosen::Tls12(tls12::ClientStep::ServerHello(step))
            }
            Version::Tls13 => {
                let step = ExpectServerHello::new(config, hello, secret);
                Chosen::Tls13(ClientStep::ServerHello(step))
            }
        })
    }
}

/// A server that speaks both versions.
pub struct ServerOfBoth {
    config: Arc<ServerConfig>,
}

/// A server that speaks both versions. Its configuration has [`SENTINEL_TLS_1_2`] as its sentinel,
/// which your server of exercise 6.8 puts into its random. There is nothing to write here.
pub fn server_of_both(config: Arc<ServerConfig>) -> Undecided<ServerOfBoth> {
    Undecided::new(ServerOfBoth { config }, Wire::new())
}

impl Choose for ServerOfBoth {
    type Tls12 = tls12::ServerStep;
    type Sealer = RecordSealer<ServerWrites>;
    type Opener = RecordOpener<ClientWrites>;
    type Tls13 = ServerStep;

    /// **7.11** Takes a ClientHello, and goes on in TLS 1.3 if 1.3 is in its
    /// [`Extension::SupportedVersions`], with the server of exercise 7.9. Otherwise it goes on with
    /// that of exercise 6.8.
    ///
    /// # Errors
    ///
    /// [`Abort::UnexpectedMessage`] and [`Abort::Malformed`] if it can't be read as a ClientHello.
    fn choose(self, first: &Handshake) -> Result<Chosen<tls12::ServerStep, ServerStep>, Abort> {
        // todo!("7.11: which server goes on after {first:?}?")
        let hello = first.parse::<ClientHello>()?;
        let offers = |one: &Extension| match one {
            Extension::SupportedVersions(versions) => versions.contains(&TLS_1_3),
            _ => false,
        };
        let config = self.config;
        Ok(match hello.extensions.iter().any(offers) {
            true => Chosen::Tls13(ServerStep::ClientHello(ExpectClientHello::new(config))),
            false => {
                let step = tls12::ExpectClientHello::new(config);
                Chosen::Tls12(tls12::ServerStep::ClientHello(step))
            }
        })
    }
}

/// *This exercise is an attack.* Mallory sits between a client that falls back and a server that
/// speaks both versions.
///
/// When servers ended the connection because they did not know the new version, browsers tried
/// again with an older one. A naive client does the same, and POODLE exploited it: this is *the
/// downgrade dance*.
///
/// ```text
/// naive client                    Mallory                       server
///   │ ── ClientHello: 1.3, 1.2 ────▶│
///   │ ◀──────────── handshake_failure, in the server's name
///   │
///   │ ── ClientHello: 1.2, TLS_RSA ▶│ ───────────────────────────▶│
///   │ ◀═════════════════ a handshake of TLS 1.2, recorded ═══════▶│
///
///   years later: the key of the certificate leaks, and Mallory reads (exercise 6.9)
/// ```
///
/// No message of TLS 1.3 has been changed, so no Finished reveals anything. The alert comes before
/// there are keys, so anyone can send it. And the second hello does not offer 1.3, so the client
/// does not expect anything better, and nobody looks at the server's sentinel.
#[derive(Debug, Default)]
pub struct Mallory {
    /// What she has recorded of this connection.
    from_client: Vec<u8>,
    from_server: Vec<u8>,
    /// Whether she has broken this connection.
    is_broken: bool,
}

impl OnTheWay for Mallory {
    /// A new connection begins, and what was recorded of the one before is of no use. There is
    /// nothing to write here.
    fn connected(&mut self) {
        *self = Mallory::default();
    }

    /// **7.11** Takes what the client sends. If a connection begins with a ClientHello that offers
    /// 1.3, nothing from that connection reaches the server, not even what the client sends later.
    /// In reply to the ClientHello, the client gets one fatal alert in the server's name.
    /// Everything else is recorded and passed on unchanged.
    ///
    /// A record with an alert is 15 03 03 00 02, the level (2 for fatal) and the alert. The first
    /// bytes of a connection are always a whole ClientHello here.
    fn client_sends(&mut self, bytes: &[u8]) -> Relayed {
        // todo!("7.11: let {bytes:?} pass to the server, or answer in its name")
        let (to_client, to_server) = if self.is_broken {
            (vec![], vec![])
        } else if self.from_client.is_empty() && offers_tls_1_3(bytes) {
            self.is_broken = true;
            let header = [0x15, 0x03, 0x03, 0x00, 0x02];
            let alert = [2, Alert::HandshakeFailure.code()];
            ([&header[..], &alert].concat(), vec![])
        } else {
            self.from_client.extend(bytes);
            (vec![], bytes.to_vec())
        };
        Relayed {
            to_client,
            to_server,
        }
    }

    /// **7.11** Takes what the server sends. It is recorded and passed on unchanged, even after she
    /// has broken the connection.
    fn server_sends(&mut self, bytes: &[u8]) -> Relayed {
        // todo!("7.11: let {bytes:?} pass to the client")
        self.from_server.extend(bytes);
        Relayed {
            to_client: bytes.to_vec(),
            to_server: vec![],
        }
    }
}

/// Whether these records begin with a ClientHello that offers TLS 1.3. The header of the record has
/// 5 bytes, and that of the message has 4. [`ClientHello::read`] reads what follows. Bytes that it
/// can't read offer nothing.
fn offers_tls_1_3(bytes: &[u8]) -> bool {
    // todo!("7.11: does the ClientHello in {bytes:?} offer 1.3?")
    let body = bytes.get(9..).unwrap_or_default();
    let Ok(hello) = ClientHello::read(body) else {
        return false;
    };
    hello.extensions.iter().any(|one| match one {
        Extension::SupportedVersions(versions) => versions.contains(&TLS_1_3),
        _ => false,
    })
}

impl Mallory {
    /// **7.11** What was said in the connection that she let pass, once the server's key has
    /// leaked.
    ///
    /// # Errors
    ///
    /// Those of exercise 6.9.
    pub fn read(&self, key: &rsa::PrivateKey) -> Result<Conversation, Unreadable> {
        // todo!("7.11: read what was recorded with {key:?}")
        let recording = Recording {
            from_client: self.from_client.clone(),
            from_server: self.from_server.clone(),
        };
        wiretap(&recording, key)
    }
}
