//! What is signed, and what might be signed instead.

use given::tls::{HandshakeMessage, SignatureScheme};
use given::tls13::CertificateVerify;
use given::x509::Certificate;
use harness::show::{Piece, Show};
use proptest::prelude::*;
use proptest::sample::select;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512, Sha512_256};

use crate::subject::ch6_tls12::Sender;
use fixtures::keys;
use fixtures::near_misses::NearMiss;
use fixtures::tls13::reference;

/// The number of a scheme, as the RFCs write it.
pub struct Number(pub u16);

impl Show for Number {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::Text(format!("{:#06x}", self.0))]
    }
}

pub fn numbers<const N: usize>(numbers: [u16; N]) -> Vec<Number> {
    numbers.into_iter().map(Number).collect()
}

/// Small keys are fast.
pub const BITS: usize = 1024;

pub fn public(bits: usize, number: u8) -> &'static rsa::PublicKey {
    keys::private(bits, number).as_public_key()
}

pub fn sender() -> BoxedStrategy<Sender> {
    select(vec![Sender::Client, Sender::Server]).boxed()
}

/// What is signed, according to RFC 9846 §4.5.2.
pub fn content(sender: Sender, messages: &[u8]) -> Vec<u8> {
    let who = match sender {
        Sender::Client => "client",
        Sender::Server => "server",
    };
    let text = format!("{}TLS 1.3, {who} CertificateVerify\0", " ".repeat(64));
    [text.as_bytes(), &reference::hash(messages)].concat()
}

/// A message with a signature of this content, by the crate `rsa`.
pub fn signed(key: &rsa::PrivateKey, content: &[u8]) -> CertificateVerify {
    let scheme = SignatureScheme::RsaPssRsaeSha256;
    CertificateVerify {
        scheme: scheme.code(),
        signature: keys::sign(key, scheme, content),
    }
}

/// Messages that name the right scheme, with signatures of this content that have another padding,
/// hash or salt.
pub fn signed_in_other_ways(key: &rsa::PrivateKey, content: &[u8]) -> [CertificateVerify; 14] {
    let digest = Sha256::digest(content);
    let with_salt = |length| key.sign(rsa::Pss::<Sha256>::new_with_salt(length), &digest);
    let signatures = [
        key.pkcs1v15_sign::<Sha256>(content),
        key.pkcs1v15_sign::<Sha384>(content),
        key.pss_sign::<Sha224>(content),
        key.pss_sign::<Sha512_256>(content),
        key.pss_sign::<Sha384>(content),
        key.pss_sign::<Sha512>(content),
        with_salt(0),
        with_salt(1),
        with_salt(16),
        with_salt(20),
        with_salt(31),
        with_salt(33),
        with_salt(48),
        with_salt(64),
    ];
    signatures.map(|signature| CertificateVerify {
        scheme: SignatureScheme::RsaPssRsaeSha256.code(),
        signature: signature.expect("the key is large enough"),
    })
}

/// What a careless server might sign instead.
pub fn other_contents() -> Vec<NearMiss> {
    let (messages, hash) = (b"messages", reference::hash(b"messages"));
    let context = "TLS 1.3, server CertificateVerify";
    let with = |spaces: usize, context: &str, zeros: usize, last: &[u8]| {
        let before = [&vec![b' '; spaces], context.as_bytes(), &vec![0; zeros]].concat();
        [&before[..], last].concat()
    };
    vec![
        NearMiss::new("the hash alone", hash),
        NearMiss::new("the messages alone", *messages),
        NearMiss::new(
            "the messages, not their hash",
            with(64, context, 1, messages),
        ),
        NearMiss::new(
            "the hash of the hash",
            with(64, context, 1, &reference::hash(&hash)),
        ),
        NearMiss::new("no spaces", with(0, context, 1, &hash)),
        NearMiss::new("63 spaces", with(63, context, 1, &hash)),
        NearMiss::new("65 spaces", with(65, context, 1, &hash)),
        NearMiss::new("no zero", with(64, context, 0, &hash)),
        NearMiss::new("two zeros", with(64, context, 2, &hash)),
        NearMiss::new("no context string", with(64, "", 1, &hash)),
        NearMiss::new(
            "TLS 1.2 in the context string",
            with(64, "TLS 1.2, server CertificateVerify", 1, &hash),
        ),
        NearMiss::new(
            "no comma in the context string",
            with(64, "TLS 1.3 server CertificateVerify", 1, &hash),
        ),
        NearMiss::new("half of the hash", with(64, context, 1, &hash[..16])),
        NearMiss::new("no hash", with(64, context, 1, &[])),
        NearMiss::new(
            "the hash of all of it",
            reference::hash(&with(64, context, 1, &hash)),
        ),
        NearMiss::new(
            "the hash of no messages",
            with(64, context, 1, &reference::hash(b"")),
        ),
        NearMiss::new("neither zero nor hash", with(64, context, 0, &[])),
        NearMiss::new(
            "zeros instead of spaces",
            [&[0; 64], context.as_bytes(), &[0], &hash].concat(),
        ),
        NearMiss::new(
            "a 1 instead of the zero",
            with(64, &format!("{context}\u{1}"), 0, &hash),
        ),
        NearMiss::new("nothing", []),
    ]
}

/// The key in a Certificate of TLS 1.3 with one certificate in it (RFC 9846 §4.5.1): a header of 4
/// bytes, an empty context, the length of the list, the length of the certificate.
pub fn key_of(certificate: &[u8]) -> rsa::PublicKey {
    let length = usize::from(certificate[9]) << 8 | usize::from(certificate[10]);
    let der = &certificate[11..11 + length];
    let certificate = Certificate::from_der(der).expect("a certificate");
    certificate.public_key().expect("an RSA key")
}

pub fn message_of(bytes: &[u8]) -> CertificateVerify {
    CertificateVerify::read(&bytes[4..]).expect("a CertificateVerify")
}
