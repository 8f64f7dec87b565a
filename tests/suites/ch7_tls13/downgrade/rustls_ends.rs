//! rustls at the other end, in the same thread.

use std::io::{Read, Write};
use std::sync::Arc;

use given::tls::{CipherSuite, Connection, Suite};
use rsa::pkcs8::EncodePrivateKey;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName};
use rustls::version::{TLS12, TLS13};
use rustls::{RootCertStore, SupportedProtocolVersion};

use fixtures::certificates::{Key, Plan, Signer};
use fixtures::live::{BITS, HOST, Identity};

/// How far back and how far ahead the certificates are valid, in seconds: rustls looks at the
/// clock.
const YEARS: i64 = 600_000_000;

/// A server's identity, with a key that is large enough for rustls. The CA and the server share it,
/// because it takes a while to generate.
pub fn identity() -> Identity {
    let key = Key(BITS, 1);
    let ca = Signer("The CA of the grader", key);
    let validity = (YEARS, YEARS);
    let root = Plan {
        validity,
        ..Plan::root(ca)
    };
    let leaf = Plan {
        validity,
        serial: 2,
        ..Plan::leaf(&[HOST], key, ca)
    };
    Identity {
        root: root.make(),
        between: None,
        leaf: leaf.make(),
        key: key.private(),
    }
}

/// Which versions rustls supports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knows {
    /// Both.
    Both,
    /// Only TLS 1.2.
    OnlyTls12,
}

impl Knows {
    fn versions(self) -> Vec<&'static SupportedProtocolVersion> {
        match self {
            Knows::Both => vec![&TLS13, &TLS12],
            Knows::OnlyTls12 => vec![&TLS12],
        }
    }

    /// What it agrees on with a peer that supports both.
    pub fn suite(self) -> Suite {
        match self {
            Knows::Both => Suite::Tls13,
            Knows::OnlyTls12 => CipherSuite::EcdheRsaAes128GcmSha256.into(),
        }
    }
}

fn provider(groups: Vec<&'static dyn rustls::crypto::SupportedKxGroup>) -> Arc<CryptoProvider> {
    Arc::new(CryptoProvider {
        cipher_suites: vec![
            ring::cipher_suite::TLS13_AES_128_GCM_SHA256,
            ring::cipher_suite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        ],
        kx_groups: groups,
        ..ring::default_provider()
    })
}

/// The configuration of rustls as a server. To make one takes longer than to use it, because it
/// checks the key.
pub fn server_config(identity: &Identity, knows: Knows) -> Arc<rustls::ServerConfig> {
    let chain = vec![CertificateDer::from(identity.leaf.to_der().to_vec())];
    let key = identity.key.to_pkcs8_der().expect("a key can be written");
    let key = PrivatePkcs8KeyDer::from(key.as_bytes().to_vec());
    let config =
        rustls::ServerConfig::builder_with_provider(provider(vec![ring::kx_group::X25519]))
            .with_protocol_versions(&knows.versions())
            .expect("there are suites for the versions")
            .with_no_client_auth()
            .with_single_cert(chain, key.into())
            .expect("the key is that of the certificate");
    Arc::new(config)
}

/// rustls as a server.
pub fn server(config: &Arc<rustls::ServerConfig>) -> rustls::Connection {
    let server = rustls::ServerConnection::new(config.clone());
    server.expect("the configuration is good").into()
}

/// rustls as a client. It sends a share on X25519, or one on P-256, and offers both.
pub fn client(identity: &Identity, knows: Knows, shares_x25519: bool) -> rustls::Connection {
    let mut roots = RootCertStore::empty();
    let root = CertificateDer::from(identity.root.to_der().to_vec());
    roots.add(root).expect("a root");
    let mut groups = vec![ring::kx_group::X25519, ring::kx_group::SECP256R1];
    if !shares_x25519 {
        groups.reverse();
    }
    let config = rustls::ClientConfig::builder_with_provider(provider(groups))
        .with_protocol_versions(&knows.versions())
        .expect("there are suites for the versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let host = ServerName::try_from(HOST).expect("a name");
    let client = rustls::ClientConnection::new(Arc::new(config), host);
    client.expect("the configuration is good").into()
}

/// What rustls has to say.
pub fn outgoing(rustls: &mut rustls::Connection) -> Vec<u8> {
    let mut bytes = Vec::new();
    while rustls.wants_write() {
        rustls
            .write_tls(&mut bytes)
            .expect("memory can be written to");
    }
    bytes
}

/// Passes these bytes to rustls.
pub fn take(rustls: &mut rustls::Connection, mut bytes: &[u8]) -> Result<(), rustls::Error> {
    while !bytes.is_empty() {
        rustls.read_tls(&mut bytes).expect("memory can be read");
        rustls.process_new_packets()?;
    }
    Ok(())
}

/// Carries bytes between the two until neither has anything more to say.
///
/// # Errors
/// The complaint of rustls. The other end has its alert.
pub fn converse(
    learner: &mut dyn Connection,
    rustls: &mut rustls::Connection,
) -> Result<(), rustls::Error> {
    loop {
        let (from_learner, from_rustls) = (learner.to_send(), outgoing(rustls));
        if from_learner.is_empty() && from_rustls.is_empty() {
            return Ok(());
        }
        learner.receive(&from_rustls);
        if let Err(error) = take(rustls, &from_learner) {
            learner.receive(&outgoing(rustls));
            return Err(error);
        }
    }
}

/// What rustls hears while it says `data`.
pub fn said_by(
    learner: &mut dyn Connection,
    rustls: &mut rustls::Connection,
    data: &[u8],
) -> Result<Vec<u8>, rustls::Error> {
    let written = rustls.writer().write_all(data);
    written.expect("it is kept until it is sent");
    converse(learner, rustls)?;
    let mut heard = Vec::new();
    // At the end of the data, it reports that it would have to wait.
    let _ = rustls.reader().read_to_end(&mut heard);
    Ok(heard)
}
