//! Peers that are not honest in one thing, and the alert that each should get.

use given::tls::{Alert, CipherSuite, Extension};
use given::x509::Certificate;
use harness::show::{Piece, Show};

use super::manners::{BITS, ECDHE, PKCS1, PSS, ROOT, RSA};
use super::middle::encoded;
use super::peers::{ClientPlan, Proof, ServerPlan};
use super::pki;
use crate::certificates::{HOST, Key, Plan, Signer};
use crate::keys;

/// One thing in which a peer is not honest, and the alert that it should get for it.
#[derive(Clone)]
pub struct Lie<P> {
    pub what: &'static str,
    pub suite: CipherSuite,
    pub alert: Alert,
    pub tell: fn(&mut P),
}

impl<P> Lie<P> {
    pub fn new(what: &'static str, suite: CipherSuite, alert: Alert, tell: fn(&mut P)) -> Lie<P> {
        Lie {
            what,
            suite,
            alert,
            tell,
        }
    }
}

impl<P> Show for Lie<P> {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::Text(format!("{} ({})", self.what, self.suite))]
    }
}

pub fn choices() -> Vec<Lie<ServerPlan>> {
    use Alert::*;
    vec![
        Lie::new("the version is 1.1", RSA, ProtocolVersion, |plan| {
            plan.version = 0x0302;
        }),
        Lie::new("the version is 1.3", ECDHE, ProtocolVersion, |plan| {
            plan.version = 0x0304;
        }),
        Lie::new("ECDHE was not offered", RSA, IllegalParameter, |plan| {
            (plan.suite, plan.exchange) = (ECDHE.code(), ECDHE);
        }),
        Lie::new("RSA was not offered", ECDHE, IllegalParameter, |plan| {
            (plan.suite, plan.exchange) = (RSA.code(), RSA);
        }),
        Lie::new("the suite is unknown", RSA, IllegalParameter, |plan| {
            plan.suite = 0x002f;
        }),
        Lie::new("it compresses", RSA, IllegalParameter, |plan| {
            plan.compression = 1;
        }),
        Lie::new(
            "a ticket was not asked for",
            RSA,
            UnsupportedExtension,
            |plan| {
                let body = Vec::new();
                plan.extensions
                    .push(Extension::Other { code: 0x0023, body });
            },
        ),
        Lie::new(
            "it continues another handshake",
            RSA,
            HandshakeFailure,
            |plan| {
                plan.extensions = vec![Extension::RenegotiationInfo(vec![7; 24])];
            },
        ),
    ]
}

pub fn chains() -> Vec<Lie<ServerPlan>> {
    use Alert::*;
    fn made(plans: &[Plan]) -> Vec<Vec<u8>> {
        encoded(&plans.iter().map(Plan::make).collect::<Vec<Certificate>>())
    }
    fn leaf() -> Plan {
        Plan::leaf(&[HOST], pki::server_key(BITS), ROOT)
    }
    vec![
        Lie::new("it is another host's", ECDHE, BadCertificate, |plan| {
            let other = Plan::leaf(&["www.example.com"], pki::server_key(BITS), ROOT);
            plan.chain = made(&[other]);
        }),
        Lie::new("nobody knows the root", RSA, UnknownCa, |plan| {
            let root = Signer("Other Root", Key(BITS, 4));
            let leaf = Plan::leaf(&[HOST], pki::server_key(BITS), root);
            plan.chain = made(&[leaf, Plan::root(root)]);
        }),
        Lie::new(
            "its root has the name alone",
            ECDHE,
            BadCertificate,
            |plan| {
                let root = Signer(ROOT.0, Key(BITS, 4));
                plan.chain = made(&[Plan::leaf(&[HOST], pki::server_key(BITS), root)]);
            },
        ),
        Lie::new("it has expired", ECDHE, CertificateExpired, |plan| {
            plan.chain = made(&[Plan {
                validity: (1000, -1),
                ..leaf()
            }]);
        }),
        Lie::new("it is not valid yet", RSA, CertificateExpired, |plan| {
            plan.chain = made(&[Plan {
                validity: (-1, 1000),
                ..leaf()
            }]);
        }),
        Lie::new("it was issued by a leaf", ECDHE, BadCertificate, |plan| {
            let mallory = Signer("Mallory", Key(BITS, 4));
            let hers = Plan {
                subject: "Mallory".to_owned(),
                ..Plan::leaf(&[HOST], mallory.1, ROOT)
            };
            plan.chain = made(&[Plan::leaf(&[HOST], pki::server_key(BITS), mallory), hers]);
        }),
        Lie::new("there is none", RSA, DecodeError, |plan| plan.chain.clear()),
        Lie::new("it is none", ECDHE, BadCertificate, |plan| {
            plan.chain = vec![b"certificate".to_vec()];
        }),
        Lie::new("a byte follows it", RSA, BadCertificate, |plan| {
            plan.chain[0].push(0);
        }),
        Lie::new("the second is none", ECDHE, BadCertificate, |plan| {
            plan.chain.push(vec![0x30, 0]);
        }),
        Lie::new("its key is too small", RSA, BadCertificate, |plan| {
            plan.chain = made(&[Plan::leaf(&[HOST], Key(384, 1), ROOT)]);
            plan.key = keys::private(384, 1);
        }),
    ]
}

pub fn signatures() -> Vec<Lie<ServerPlan>> {
    use Alert::DecryptError;
    let lie = |what, tell| Lie::new(what, ECDHE, DecryptError, tell);
    vec![
        lie("Mallory has signed", |plan| {
            plan.signed_with = (keys::private(BITS, 4), PSS);
        }),
        lie("it is of a session with another client random", |plan| {
            plan.signed.client_random = Some([7; 32]);
        }),
        lie("it is of a session with another server random", |plan| {
            plan.signed.server_random = Some([7; 32]);
        }),
        lie("it is of another session", |plan| {
            plan.signed.client_random = Some([7; 32]);
            plan.signed.server_random = Some([8; 32]);
        }),
        lie("another share was signed", |plan| {
            plan.signed.share = Some(vec![9; 32]);
        }),
        lie("PSS is said, PKCS #1 is done", |plan| {
            plan.signed_with.1 = PKCS1
        }),
        lie("PKCS #1 is said, PSS is done", |plan| {
            plan.scheme = PKCS1.code()
        }),
        lie("the signature is empty", |plan| {
            plan.signature = Some(vec![])
        }),
        lie("the signature is cut short", |plan| {
            plan.signature = Some(vec![7; BITS / 8 - 1]);
        }),
    ]
}

pub fn shares() -> Vec<Lie<ServerPlan>> {
    let lie = |what, tell| Lie::new(what, ECDHE, Alert::IllegalParameter, tell);
    vec![
        lie("the group is P-256", |plan| plan.group = 0x0017),
        lie("the group is X448", |plan| plan.group = 0x001e),
        lie("the scheme is PKCS #1 with SHA-1", |plan| {
            plan.scheme = 0x0201;
            plan.signed_with.1 = PKCS1;
        }),
        lie("the scheme is PKCS #1 with SHA-512", |plan| {
            plan.scheme = 0x0601;
            plan.signed_with.1 = PKCS1;
        }),
        lie("the scheme is PSS under another kind of key", |plan| {
            plan.scheme = 0x0809
        }),
        lie("the share has 31 bytes", |plan| {
            plan.share = Some(vec![9; 31])
        }),
        lie("the share has 33 bytes", |plan| {
            plan.share = Some(vec![9; 33])
        }),
        lie("the share is empty", |plan| plan.share = Some(vec![])),
        lie("the share is 0", |plan| plan.share = Some(vec![0; 32])),
        lie("the share is 1", |plan| {
            let mut one = vec![0; 32];
            one[0] = 1;
            plan.share = Some(one);
        }),
    ]
}

/// One byte wrong each, and what somebody could send who has not seen the client's Finished, or has
/// seen it and nothing else.
pub fn proofs() -> Vec<Proof> {
    let flipped = (0..12).map(|byte| Proof::Flipped(8 * byte + (3 * byte) % 8));
    flipped.chain([Proof::Reflected, Proof::Stale]).collect()
}

pub fn hellos() -> Vec<Lie<ClientPlan>> {
    use Alert::*;
    vec![
        Lie::new(
            "it speaks 1.1 at the most",
            ECDHE,
            ProtocolVersion,
            |plan| {
                plan.version = 0x0302;
            },
        ),
        Lie::new(
            "it has no suite in common",
            ECDHE,
            HandshakeFailure,
            |plan| {
                plan.suites = vec![0x002f, 0x1301, RSA.code()];
            },
        ),
        Lie::new("it has no X25519", ECDHE, HandshakeFailure, |plan| {
            plan.extensions[0] = Extension::SupportedGroups(vec![0x0017]);
        }),
        Lie::new("it has no scheme", ECDHE, HandshakeFailure, |plan| {
            let is_other = |one: &Extension| !matches!(one, Extension::SignatureAlgorithms(_));
            plan.extensions.retain(is_other);
        }),
        Lie::new("it wants to compress", ECDHE, HandshakeFailure, |plan| {
            plan.compression_methods = vec![1];
        }),
        Lie::new(
            "it continues another handshake",
            ECDHE,
            HandshakeFailure,
            |plan| {
                plan.extensions
                    .retain(|one| !matches!(one, Extension::RenegotiationInfo(_)));
                plan.extensions
                    .push(Extension::RenegotiationInfo(vec![7; 12]));
            },
        ),
    ]
}

pub fn key_exchanges() -> Vec<Lie<ClientPlan>> {
    use Alert::*;
    vec![
        Lie::new("it is empty", ECDHE, DecodeError, |plan| {
            plan.body = |_| vec![];
        }),
        Lie::new("it is empty", RSA, DecodeError, |plan| {
            plan.body = |_| vec![];
        }),
        Lie::new("its length says one more", ECDHE, DecodeError, |plan| {
            plan.body = |body| [&[33], &body[1..]].concat();
        }),
        Lie::new("its length says one more", RSA, DecodeError, |plan| {
            plan.body = |body| [&[body[0], body[1] + 1], &body[2..]].concat();
        }),
        Lie::new("a byte follows it", ECDHE, DecodeError, |plan| {
            plan.body = |body| [body.as_slice(), &[0]].concat();
        }),
        Lie::new("a byte follows it", RSA, DecodeError, |plan| {
            plan.body = |body| [body.as_slice(), &[0]].concat();
        }),
        Lie::new(
            "it has no length, as in SSL 3.0",
            RSA,
            DecodeError,
            |plan| {
                // What stands where the length should is more than there is.
                plan.wrap = |_, _| vec![0xee; 128];
                plan.body = |body| body[2..].to_vec();
            },
        ),
        Lie::new("the share has 31 bytes", ECDHE, IllegalParameter, |plan| {
            plan.share = Some(vec![9; 31]);
        }),
        Lie::new("the share has 33 bytes", ECDHE, IllegalParameter, |plan| {
            plan.share = Some(vec![9; 33]);
        }),
        Lie::new("the share is empty", ECDHE, IllegalParameter, |plan| {
            plan.share = Some(vec![]);
        }),
        Lie::new("the share is 0", ECDHE, IllegalParameter, |plan| {
            plan.share = Some(vec![0; 32]);
        }),
    ]
}

pub fn wraps() -> Vec<Lie<ClientPlan>> {
    let lie = |what, tell| Lie::new(what, RSA, Alert::BadRecordMac, tell);
    fn wrapped(key: &rsa::PublicKey, premaster: &[u8]) -> Vec<u8> {
        key.pkcs1v15_encrypt(premaster).expect("it is short")
    }
    vec![
        lie("it is of version 1.1", |plan| {
            plan.wrap = |key, premaster| wrapped(key, &[&[3, 2], &premaster[2..]].concat());
        }),
        lie("it has 47 bytes", |plan| {
            plan.wrap = |key, premaster| wrapped(key, &premaster[..47]);
        }),
        lie("it has 49 bytes", |plan| {
            plan.wrap = |key, premaster| wrapped(key, &[premaster, &[0]].concat());
        }),
        lie("it has no bytes", |plan| {
            plan.wrap = |key, _| wrapped(key, &[]);
        }),
        lie("its padding is none", |plan| {
            plan.wrap = |_, premaster| [&[0], &[0x5a; BITS / 8 - 49][..], premaster].concat();
        }),
        lie("it is a byte shorter than the modulus", |plan| {
            plan.wrap = |key, premaster| wrapped(key, premaster)[1..].to_vec();
        }),
        lie("it is a byte longer than the modulus", |plan| {
            plan.wrap = |key, premaster| [&[0], wrapped(key, premaster).as_slice()].concat();
        }),
        lie("it is not less than the modulus", |plan| {
            plan.wrap = |_, _| vec![0xff; BITS / 8];
        }),
        lie("it is empty", |plan| plan.wrap = |_, _| vec![]),
    ]
}
