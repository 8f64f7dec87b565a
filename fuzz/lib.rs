//! What the fuzz targets share: keys and certificates that are the same in every run, and a way to
//! read decisions from the fuzzer's bytes.
//!
//! A handshake can't be fuzzed by its bytes alone. Both sides draw randoms and secrets, and
//! whatever was recorded from another handshake stops at the first signature. So the fuzzer does
//! not write what a peer sends. It writes what the grader's peer *does*: which message it leaves
//! out, repeats, swaps or changes, what it puts in a field, and when it sends the fuzzer's own
//! bytes. Everything else is done honestly, with this connection's randoms and keys, so that the
//! fuzzer gets to the last step and beyond it. See [`stage`].

pub mod script;
pub mod script13;
pub mod stage;

use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng;
use given::tls::CipherSuite;
use given::x509::{
    BasicConstraints, Certificate, ExtendedKeyUsage, ID_KP_SERVER_AUTH, KeyUsage, KeyUsages, Name,
    SerialNumber, SubjectAltName, ToBeSigned, UnixTime, Validity, extension, general_name,
    sha256_with_rsa,
};
use solutions::ch5_certificates::certify;
use solutions::ch6_tls12::{ClientConfig, ServerConfig};

/// The host that is asked for.
pub const HOST: &str = "www.example.org";

/// The current time.
pub const NOW: UnixTime = UnixTime(1_800_000_000);

/// The keys, by number: the root's, the intermediate's, the server's, Mallory's.
///
/// They are generated from fixed seeds, and so are the same in every run: what the fuzzer has found
/// can be reproduced. They protect nothing.
static KEYS: LazyLock<[rsa::PrivateKey; 4]> = LazyLock::new(|| {
    [0, 1, 2, 3].map(|number| {
        let mut dice = ChaCha20Rng::from_seed([number; 32]);
        rsa::PrivateKey::new_with_exp(&mut dice, 1024, 65537_u32.into()).expect("a key")
    })
});

pub const ROOT: usize = 0;
pub const INTERMEDIATE: usize = 1;
pub const SERVER: usize = 2;
pub const MALLORY: usize = 3;

/// A key by its number.
pub fn key(number: usize) -> &'static rsa::PrivateKey {
    &KEYS[number]
}

/// The subjects of certificates.
const NAMES: [&str; 4] = ["Root", "Intermediate", "Server", "Mallory"];

/// What will be in a certificate.
#[derive(Clone, Copy)]
pub struct Plan {
    /// Whose it is.
    pub subject: usize,
    /// Who has signed it.
    pub issuer: usize,
    /// For a CA: its path length.
    pub ca: Option<Option<u8>>,
    pub host: &'static str,
    pub not_after: UnixTime,
}

impl Plan {
    /// A CA.
    pub fn ca(subject: usize, issuer: usize) -> Plan {
        Plan {
            ca: Some(None),
            ..Plan::leaf(subject, issuer)
        }
    }

    /// A server.
    pub fn leaf(subject: usize, issuer: usize) -> Plan {
        Plan {
            subject,
            issuer,
            ca: None,
            host: HOST,
            not_after: UnixTime(NOW.0 + 1000),
        }
    }

    /// The certificate: the same in every run.
    pub fn make(self) -> Certificate {
        let name = |number: usize| Name::from_str(&format!("CN={}", NAMES[number]));
        let constraints = BasicConstraints {
            ca: self.ca.is_some(),
            path_len_constraint: self.ca.flatten(),
        };
        let usages = match self.ca {
            Some(_) => KeyUsages::KeyCertSign,
            None => KeyUsages::DigitalSignature,
        };
        let mut extensions = vec![
            extension(true, &constraints),
            extension(true, &KeyUsage(usages.into())),
        ];
        if self.ca.is_none() {
            let names = vec![general_name(self.host).expect("a host")];
            extensions.push(extension(false, &ExtendedKeyUsage(vec![ID_KP_SERVER_AUTH])));
            extensions.push(extension(false, &SubjectAltName(names)));
        }
        let to_be_signed = ToBeSigned {
            serial: SerialNumber::new(&[1]).expect("a number"),
            algorithm: sha256_with_rsa(),
            issuer: name(self.issuer).expect("a name"),
            validity: Validity {
                not_before: UnixTime(NOW.0 - 1000),
                not_after: self.not_after,
            },
            subject: name(self.subject).expect("a name"),
            public_key: key(self.subject).as_public_key().clone(),
            extensions,
        };
        certify(&to_be_signed, key(self.issuer)).expect("the key is large enough")
    }
}

/// The root that clients trust.
pub static TRUSTED: LazyLock<Certificate> = LazyLock::new(|| Plan::ca(ROOT, ROOT).make());

/// Chains, and whether they are valid for [`HOST`] at [`NOW`].
pub fn chains() -> Vec<(Vec<Certificate>, bool)> {
    let intermediate = Plan::ca(INTERMEDIATE, ROOT);
    let below = Plan::leaf(SERVER, INTERMEDIATE);
    let made = |plans: &[Plan]| plans.iter().map(|plan| plan.make()).collect();
    vec![
        (made(&[Plan::leaf(SERVER, ROOT)]), true),
        (made(&[below, intermediate]), true),
        (made(&[below, Plan::ca(MALLORY, ROOT), intermediate]), true),
        (made(&[below]), false),
        (
            made(&[Plan {
                host: "www.example.com",
                ..Plan::leaf(SERVER, ROOT)
            }]),
            false,
        ),
        (
            made(&[Plan {
                not_after: UnixTime(NOW.0 - 1),
                ..Plan::leaf(SERVER, ROOT)
            }]),
            false,
        ),
        // Mallory's leaf acts as a CA; and then she is a CA that nobody trusts.
        (
            made(&[Plan::leaf(SERVER, MALLORY), Plan::leaf(MALLORY, ROOT)]),
            false,
        ),
        (
            made(&[Plan::leaf(SERVER, MALLORY), Plan::ca(MALLORY, MALLORY)]),
            false,
        ),
        // The path length is too short.
        (
            made(&[
                below,
                Plan::ca(INTERMEDIATE, MALLORY),
                Plan {
                    ca: Some(Some(0)),
                    ..Plan::ca(MALLORY, ROOT)
                },
            ]),
            false,
        ),
    ]
}

/// The signed parts of the leaves of the valid chains. Nobody can make another one.
pub static GOOD: LazyLock<BTreeSet<Vec<u8>>> = LazyLock::new(|| {
    let good = chains().into_iter().filter(|(_, holds)| *holds);
    good.map(|(chain, _)| chain[0].signed_part().to_vec())
        .collect()
});

/// The chain that the server sends.
pub static CHAIN: LazyLock<Vec<Certificate>> =
    LazyLock::new(|| vec![Plan::leaf(SERVER, ROOT).make()]);

/// The configuration of the client.
pub fn client_config(suites: &[CipherSuite]) -> ClientConfig {
    ClientConfig {
        host: HOST.to_owned(),
        roots: vec![TRUSTED.clone()],
        now: NOW,
        suites: suites.to_vec(),
    }
}

/// The configuration of the server.
pub fn server_config(suites: &[CipherSuite]) -> Arc<ServerConfig> {
    Arc::new(ServerConfig {
        chain: CHAIN.clone(),
        key: key(SERVER).clone(),
        suites: suites.to_vec(),
        sentinel: None,
    })
}

/// The bytes of the fuzzer, from which decisions are read. Once they are used up, all further
/// decisions are 0, the honest ones.
pub struct Input<'a>(pub &'a [u8]);

impl<'a> Input<'a> {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn u8(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    pub fn u16(&mut self) -> u16 {
        u16::from_be_bytes([self.u8(), self.u8()])
    }

    /// Bytes, preceded by their number.
    pub fn bytes(&mut self) -> &'a [u8] {
        let length = usize::from(self.u16()).min(self.0.len());
        let (bytes, rest) = self.0.split_at(length);
        self.0 = rest;
        bytes
    }
}
