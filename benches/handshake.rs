//! What does a whole handshake cost, and how much of that is cryptography?
//!
//! Client and server of chapters 6 and 7 shake hands in one process, in memory: there is no
//! network, and the work of both sides is added up. Next to each handshake are its *operations*:
//! the same signatures, key shares, hashes and records, done with only the crates and without a
//! protocol around them. The difference between the two is the protocol: reading, writing,
//! deciding. `rustls` does the same handshake with the faster operations of `ring`, and with those of
//! `aws-lc-rs` if the feature `aws-lc` is on.
//!
//! What would make it unfair:
//!
//! - *Another group or certificate.* All of them use X25519, RSA-2048, and a chain of one
//!   certificate under a root. Each of the two versions is compared with itself.
//! - *The network.* Nothing travels here, and what TLS 1.3 saves is mainly a round trip. These
//!   times don't include it, so the summary prints the number of round trips next to them.
//! - *Resumption.* A second handshake between the same two could do without its signatures. It is
//!   switched off.
//! - *What is done once.* Certificates are issued and configurations made beforehand.
//! - *Records: their addresses.* Some processors copy 16 KiB half as fast if source and destination
//!   begin at unlucky offsets in a page, and where they begin is fixed once for a process. So they
//!   are changed all the time.
//! - *Records: keys.* Ours sets up the AES key for every record, because [`seal`] of exercise 1.3
//!   takes a key. The crate that it is compared with does that once.
//!
//! [`seal`]: solutions::ch1_symmetric::seal

use std::hint::black_box;
use std::io;
use std::sync::Arc;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes128Gcm, KeyInit};
use criterion::{BatchSize, Bencher};
use given::tls::{CipherSuite, Connection, ContentType, OpenRecord, SealRecord, Status, Suite};
use given::x509::{Certificate, Request, UnixTime, Validity};
use hmac::{Hmac, Mac};
use results::operations::encryption::RECORD;
use results::operations::handshake::{
    ECDHE, GROUP, OPEN, OPEN_13, RSA, RUSTLS, RUSTLS_13, SEAL, SEAL_13, TLS_13,
};
use rsa::PrivateKey;
use rsa::traits::PublicKeyParts;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName};
use rustls::{SupportedProtocolVersion, version};
use sha2::{Digest, Sha256};
use solutions::ch1_symmetric::{open, seal};
use solutions::ch5_certificates::{issue, root};
use solutions::ch6_tls12::{
    ClientConfig, ClientWrites, RecordOpener, RecordSealer, ServerConfig, WriteKey, client, server,
};
use solutions::ch7_tls13::{self as tls13, FirstHello};
use x25519_dalek::{EphemeralSecret, PublicKey};

use crate::lab::Lab;
use crate::rsa_keys;

const HOST: &str = "localhost";

/// How many bytes a page of memory has.
const PAGE: usize = 4096;

/// A CA's certificate, the one that it has issued for [`HOST`], and the key of that one.
struct Site {
    root: Certificate,
    leaf: Certificate,
    key: PrivateKey,
}

impl Site {
    fn new() -> Site {
        let now = UnixTime::now();
        let validity = Validity {
            not_before: UnixTime(now.0 - 3600),
            not_after: UnixTime(now.0 + 24 * 3600),
        };
        let key = rsa_keys::generate(2048, 1);
        let authority = root("Bench CA", rsa_keys::generate(2048, 2), validity);
        let authority = authority.expect("a key of 2048 bits");
        let request = Request::new(&[HOST], key.as_public_key().clone()).expect("a name");
        let leaf = issue(&authority, &request, validity).expect("a key of 2048 bits");
        Site {
            root: authority.certificate,
            leaf,
            key,
        }
    }
}

/// A provider of this library that has one suite, and one group. Those of both libraries have the
/// same names.
macro_rules! provider {
    ($library:ident, $suite:ident) => {{
        use rustls::crypto::$library::{cipher_suite, default_provider, kx_group};

        CryptoProvider {
            cipher_suites: vec![cipher_suite::$suite],
            kx_groups: vec![kx_group::X25519],
            ..default_provider()
        }
    }};
}

/// Adds a handshake by rustls, with each of the contenders.
macro_rules! add_contenders {
    ($lab:ident, $names:ident, $version:ident, $suite:ident) => {
        add_rustls($lab, $names[0], &version::$version, provider!(ring, $suite));
        #[cfg(feature = "aws-lc")]
        add_rustls(
            $lab,
            $names[1],
            &version::$version,
            provider!(aws_lc_rs, $suite),
        );
    };
}

/// Adds the operations of this group.
pub fn add_to(lab: &mut Lab) {
    add_ours(lab, ECDHE[0], CipherSuite::EcdheRsaAes128GcmSha256);
    lab.add(GROUP, ECDHE[1], 0, |bencher| {
        let operations = Operations::new();
        bencher.iter(|| operations.ecdhe());
    });
    add_contenders!(lab, RUSTLS, TLS12, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256);
    add_ours(lab, RSA[0], CipherSuite::RsaAes128GcmSha256);
    lab.add(GROUP, RSA[1], 0, |bencher| {
        let operations = Operations::new();
        bencher.iter(|| operations.rsa());
    });
    add_ours_of_today(lab);
    lab.add(GROUP, TLS_13[1], 0, |bencher| {
        let operations = Operations::new();
        bencher.iter(|| operations.tls_13());
    });
    add_contenders!(lab, RUSTLS_13, TLS13, TLS13_AES_128_GCM_SHA256);
    add_records(lab);
    add_records_of_today(lab);
}

fn add_ours(lab: &mut Lab, name: &'static str, suite: CipherSuite) {
    lab.add(GROUP, name, 0, move |bencher| {
        let (config, server_config) = our_configs(vec![suite]);
        bencher.iter(|| {
            let client = client(config.clone());
            shake_hands(client, server(server_config.clone()), suite.into());
        });
    });
}

fn add_ours_of_today(lab: &mut Lab) {
    lab.add(GROUP, TLS_13[0], 0, move |bencher| {
        let (config, server_config) = our_configs(vec![]);
        bencher.iter(|| {
            let client = tls13::client(config.clone(), FirstHello::WithShare);
            shake_hands(client, tls13::server(server_config.clone()), Suite::Tls13);
        });
    });
}

fn our_configs(suites: Vec<CipherSuite>) -> (ClientConfig, Arc<ServerConfig>) {
    let site = Site::new();
    let config = ClientConfig {
        host: HOST.to_owned(),
        roots: vec![site.root],
        now: UnixTime::now(),
        suites: suites.clone(),
    };
    let server_config = ServerConfig {
        chain: vec![site.leaf],
        key: site.key,
        suites,
        sentinel: None,
    };
    (config, Arc::new(server_config))
}

/// Carries what the two sides say until both are done.
fn shake_hands(mut client: impl Connection, mut server: impl Connection, suite: Suite) {
    while [client.status(), server.status()].contains(&Status::Handshaking) {
        server.receive(&client.to_send());
        client.receive(&server.to_send());
    }
    assert_eq!(client.status(), Status::Open(suite));
    assert_eq!(server.status(), Status::Open(suite));
}

fn add_rustls(
    lab: &mut Lab,
    name: &'static str,
    version: &'static SupportedProtocolVersion,
    provider: CryptoProvider,
) {
    let provider = Arc::new(provider);
    lab.add(GROUP, name, 0, move |bencher| {
        let site = Site::new();
        let (client_config, server_config) = rustls_configs(&site, version, provider.clone());
        bencher.iter(|| {
            let host = ServerName::try_from(HOST).expect("a name");
            let mut client = rustls::ClientConnection::new(client_config.clone(), host)
                .expect("a configuration");
            let mut server =
                rustls::ServerConnection::new(server_config.clone()).expect("a configuration");
            while client.is_handshaking() || server.is_handshaking() {
                carry(&mut client, &mut server).expect("a client's flight");
                carry(&mut server, &mut client).expect("a server's flight");
            }
        });
    });
}

/// Carries what one side of a rustls connection has to say to the other.
fn carry<A, B>(
    from: &mut impl std::ops::DerefMut<Target = rustls::ConnectionCommon<A>>,
    to: &mut impl std::ops::DerefMut<Target = rustls::ConnectionCommon<B>>,
) -> io::Result<()> {
    let mut flight = Vec::new();
    while from.wants_write() {
        from.write_tls(&mut flight)?;
    }
    let mut rest = flight.as_slice();
    while !rest.is_empty() {
        to.read_tls(&mut rest)?;
        to.process_new_packets().map_err(io::Error::other)?;
    }
    Ok(())
}

fn rustls_configs(
    site: &Site,
    version: &'static SupportedProtocolVersion,
    provider: Arc<CryptoProvider>,
) -> (Arc<rustls::ClientConfig>, Arc<rustls::ServerConfig>) {
    use rsa::pkcs8::EncodePrivateKey;

    let der = |certificate: &Certificate| CertificateDer::from(certificate.to_der().to_vec());
    let key = site.key.to_pkcs8_der().expect("a key of 2048 bits");
    let key = PrivatePkcs8KeyDer::from(key.as_bytes().to_vec());
    let mut roots = rustls::RootCertStore::empty();
    roots.add(der(&site.root)).expect("a certificate");
    let versions = [version];
    let mut client = rustls::ClientConfig::builder_with_provider(provider.clone())
        .with_protocol_versions(&versions)
        .expect("a suite of this version")
        .with_root_certificates(roots)
        .with_no_client_auth();
    client.resumption = rustls::client::Resumption::disabled();
    let mut server = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&versions)
        .expect("a suite of this version")
        .with_no_client_auth()
        .with_single_cert(vec![der(&site.leaf)], key.into())
        .expect("the certificate's key");
    server.session_storage = Arc::new(rustls::server::NoServerSessionStorage {});
    server.send_tls13_tickets = 0;
    (Arc::new(client), Arc::new(server))
}

/// The inputs of a handshake's operations.
struct Operations {
    certificate: Vec<u8>,
    issuer: PrivateKey,
    signature: Vec<u8>,
    key: PrivateKey,
}

/// About as long as all messages of a handshake together.
const TRANSCRIPT: usize = 1500;

impl Operations {
    fn new() -> Operations {
        let issuer = rsa_keys::generate(2048, 2);
        // About as long as what is signed in a certificate.
        let certificate = vec![0x30; 600];
        let signature = issuer.pkcs1v15_sign::<Sha256>(&certificate);
        Operations {
            signature: signature.expect("a key of 2048 bits"),
            certificate,
            issuer,
            key: rsa_keys::generate(2048, 1),
        }
    }

    /// Checks one certificate, makes and combines two key shares, signs and checks one of them, and
    /// does what both suites do.
    fn ecdhe(&self) {
        self.check_certificate();
        // Two randoms of 32 bytes, 4 that describe the group and the length, a share of 32 (RFC 8422 §5.4).
        self.sign_and_check(&[0x5a; 100]);
        both_sides(&exchanged());
    }

    /// Does the same asymmetric operations, and what both sides do in TLS 1.3.
    fn tls_13(&self) {
        self.check_certificate();
        // 64 spaces, the context, a zero and a hash (RFC 9846 §4.5.2).
        self.sign_and_check(&[0x20; 64 + 33 + 1 + 32]);
        both_sides_of_today(&exchanged());
    }

    fn sign_and_check(&self, content: &[u8]) {
        let signature = self.key.pss_sign::<Sha256>(black_box(content));
        let signature = signature.expect("a key of 2048 bits");
        let public = self.key.as_public_key();
        public
            .pss_verify::<Sha256>(content, &signature)
            .expect("genuine");
    }

    /// Checks one certificate, wraps and unwraps one secret, and does what both suites do.
    fn rsa(&self) {
        self.check_certificate();
        // 48 bytes, as in the premaster secret of RSA (RFC 5246 §7.4.7.1).
        let premaster = [0x03; 48];
        let wrapped = self
            .key
            .as_public_key()
            .pkcs1v15_encrypt(black_box(&premaster));
        let unwrapped = self.key.pkcs1v15_decrypt(&wrapped.expect("it fits"));
        both_sides(&unwrapped.expect("genuine"));
    }

    fn check_certificate(&self) {
        let issuer = self.issuer.as_public_key();
        // Code that reads a key from a certificate prepares it for multiplications.
        let issuer = rsa::PublicKey::new(issuer.n().as_ref().clone(), issuer.e().clone());
        let checked = issuer
            .expect("a key of 2048 bits")
            .pkcs1v15_verify::<Sha256>(black_box(&self.certificate), &self.signature);
        checked.expect("genuine");
    }
}

/// Makes two shares and combines them. Returns the shared secret.
fn exchanged() -> [u8; 32] {
    let (secret, other) = (EphemeralSecret::random(), EphemeralSecret::random());
    let (share, other_share) = (PublicKey::from(&secret), PublicKey::from(&other));
    black_box(secret.diffie_hellman(&other_share));
    other.diffie_hellman(&share).to_bytes()
}

/// What each side does in TLS 1.2, in any suite: the PRF four times, the transcript's hash, and one
/// record sealed and another opened.
fn both_sides(premaster: &[u8]) {
    for _side in 0..2 {
        let transcript = Sha256::digest(black_box([0x16; TRANSCRIPT]));
        // The lengths of RFC 5246 §8.1 (master secret) and §7.4.9 (verify_data), and of RFC 5288 §3: two keys
        // of 16 bytes and two salts of 4.
        let master = prf(premaster, &transcript, 48);
        let keys = prf(&master, &transcript, 40);
        let cipher = Aes128Gcm::new_from_slice(&keys[..16]).expect("16 bytes");
        let finished = [prf(&master, &transcript, 12), prf(&master, &transcript, 12)];
        let sealed = cipher.encrypt(&[0; 12].into(), finished[0].as_slice());
        let opened = cipher.decrypt(&[0; 12].into(), sealed.expect("short").as_slice());
        black_box(opened.expect("genuine"));
    }
}

/// What each side does in TLS 1.3: the tree of secrets, the transcript's hash at five places, two
/// Finished, and the server's flight sealed or opened.
fn both_sides_of_today(shared: &[u8; 32]) {
    for side in 0..2 {
        let mut hasher = Sha256::new();
        let transcripts = [(); 5].map(|()| {
            hasher.update(black_box([0x16; TRANSCRIPT / 5]));
            hasher.clone().finalize()
        });
        // Three extractions; two salts, two secrets for the handshake, two for data and the exporter's; a
        // key, an IV for each of the four, and two keys for Finished.
        let secret = [0; 3]
            .iter()
            .fold(*shared, |secret, _| hmac(&secret, shared));
        let outputs = 2 + 2 + 3 + 4 * 2 + 2;
        let keys: Vec<[u8; 32]> = (0..outputs)
            .map(|number| hmac(&secret, &transcripts[number % 5]))
            .collect();
        black_box([
            hmac(&keys[0], &transcripts[3]),
            hmac(&keys[1], &transcripts[4]),
        ]);
        let cipher = Aes128Gcm::new_from_slice(&keys[2][..16]).expect("16 bytes");
        // EncryptedExtensions, Certificate, CertificateVerify, and both Finished.
        for length in [6, 850, 264, 36, 36] {
            let sealed = cipher.encrypt(&[side; 12].into(), vec![0; length].as_slice());
            black_box(sealed.expect("short"));
        }
    }
}

fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// The PRF of TLS 1.2 (RFC 5246 §5), built on the crate `hmac`.
fn prf(secret: &[u8], seed: &[u8], length: usize) -> Vec<u8> {
    let hmac = |parts: &[&[u8]]| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any length");
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes()
    };
    let mut a = hmac(&[b"label", seed]);
    let mut output = Vec::new();
    while output.len() < length {
        output.extend(hmac(&[&a, b"label", seed]));
        a = hmac(&[&a]);
    }
    output.truncate(length);
    output
}

const KEY: [u8; 16] = [0x2b; 16];
// The part of the nonce that both sides know without sending it (RFC 5288 §3).
const IV: [u8; 4] = [0x5c; 4];

fn add_records(lab: &mut Lab) {
    let key = || WriteKey::<ClientWrites>::new(KEY, IV);
    let plaintext = || vec![0x61; RECORD];
    // As long as the associated data of a record: number, type, version, length (RFC 5246 §6.2.3.3).
    let header = [0; 13];
    lab.add(GROUP, SEAL[0], RECORD, move |bencher| {
        let (mut sealer, plaintext) = (RecordSealer::new(key()), plaintext());
        everywhere(bencher, || {
            sealer.seal(ContentType::ApplicationData, black_box(&plaintext))
        });
    });
    lab.add(GROUP, SEAL[1], RECORD, move |bencher| {
        let (cipher, plaintext) = (Aes128Gcm::new(&KEY.into()), plaintext());
        let mut sequence: u64 = 0;
        everywhere(bencher, || {
            sequence += 1;
            let payload = Payload {
                msg: black_box(&plaintext),
                aad: &header,
            };
            cipher.encrypt(&nonce(sequence).into(), payload)
        });
    });
    lab.add(GROUP, OPEN[0], RECORD, move |bencher| {
        let mut sealer = RecordSealer::new(key());
        let sealed = sealer.seal(ContentType::ApplicationData, &plaintext());
        let sealed = sealed.expect("the first number");
        everywhere(bencher, || {
            // Each is the first record of its opener, because a second one would have another
            // number.
            let mut opener = RecordOpener::new(key());
            opener
                .open(ContentType::ApplicationData, black_box(&sealed))
                .expect("genuine")
        });
    });
    lab.add(GROUP, OPEN[1], RECORD, move |bencher| {
        let (cipher, plaintext) = (Aes128Gcm::new(&KEY.into()), plaintext());
        let payload = |msg| Payload { msg, aad: &header };
        let sealed = cipher.encrypt(&nonce(0).into(), payload(&plaintext));
        let sealed = sealed.expect("it is short");
        everywhere(bencher, || {
            cipher.decrypt(&nonce(0).into(), payload(black_box(&sealed)))
        });
    });
}

fn add_records_of_today(lab: &mut Lab) {
    let key = || tls13::RecordKey::<ClientWrites>::new(KEY, [0x5c; 12]);
    let plaintext = || vec![0x61; RECORD];
    // The length of what follows the header of a record, and the header itself.
    let sealed_length = RECORD + 1 + 16;
    let header = [23, 3, 3, (sealed_length >> 8) as u8, sealed_length as u8];
    lab.add(GROUP, SEAL_13[0], RECORD, move |bencher| {
        let (mut sealer, plaintext) = (tls13::RecordSealer::new(key()), plaintext());
        everywhere(bencher, || {
            use given::tls13::SealRecord;
            sealer.seal(ContentType::ApplicationData, black_box(&plaintext), 0)
        });
    });
    lab.add(GROUP, SEAL_13[1], RECORD, move |bencher| {
        let plaintext = plaintext();
        let mut sequence: u64 = 0;
        everywhere(bencher, || {
            sequence += 1;
            seal(&KEY, &nonce(sequence), &header, black_box(&plaintext))
        });
    });
    lab.add(GROUP, OPEN_13[0], RECORD, move |bencher| {
        use given::tls13::{OpenRecord, SealRecord};
        let mut sealer = tls13::RecordSealer::new(key());
        let sealed = sealer.seal(ContentType::ApplicationData, &plaintext(), 0);
        let sealed = sealed.expect("the first number");
        everywhere(bencher, || {
            // Each is the first record of its opener, because a second one would have another
            // number.
            let mut opener = tls13::RecordOpener::new(key());
            opener.open(header, black_box(&sealed)).expect("genuine")
        });
    });
    lab.add(GROUP, OPEN_13[1], RECORD, move |bencher| {
        let sealed = seal(&KEY, &nonce(0), &header, &plaintext());
        everywhere(bencher, || {
            open(&KEY, &nonce(0), &header, black_box(&sealed)).expect("genuine")
        });
    });
}

/// Measures `work`, each time with its buffers at another offset in a page of memory.
fn everywhere<T>(bencher: &mut Bencher<'_>, mut work: impl FnMut() -> T) {
    let mut places = (0..PAGE).step_by(64).cycle();
    let elsewhere = || Vec::<u8>::with_capacity(places.next().unwrap_or_default());
    // Because the buffer is held, what `work` allocates is somewhere else each time.
    bencher.iter_batched(elsewhere, |_held| work(), BatchSize::PerIteration);
}

/// A nonce for the crates and for `seal`, different for each number.
fn nonce(sequence: u64) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[..4].copy_from_slice(&IV);
    nonce[4..].copy_from_slice(&sequence.to_be_bytes());
    nonce
}
