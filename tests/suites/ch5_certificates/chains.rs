//! Chains that are in order, and mazes of certificates.

use given::x509::*;
use rsa::BoxedUint;

use crate::sizes::BITS;
use crate::strategies::{CLIENT_AUTH, identifiers, other_algorithms, server_key, with_content};
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::strategies::Bit;

pub fn ca_with(ca: Option<(bool, Option<u8>)>, usage: Option<KeyUsages>) -> Certificate {
    let plan = Plan::root(anchor(BITS));
    Plan { ca, usage, ..plan }.unsigned()
}

/// The leaf, and the others in another order.
pub fn shuffled(mut chain: Vec<Certificate>, order: u64) -> Vec<Certificate> {
    let mut state = order;
    for place in (2..chain.len()).rev() {
        // Knuth's generator: good enough to mix a handful of certificates.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let other = 1 + usize::try_from((state >> 33) % place as u64).expect("it is small");
        chain.swap(place, other);
    }
    chain
}

/// A second certificate of a CA, which leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadEnd {
    /// The other has expired.
    Expired,
    /// The other was signed by a CA that nobody knows.
    UnknownIssuer,
    /// The other says that it is no CA.
    NoCa,
    /// The other is of the same name, and has another key.
    Namesake,
    /// The signature of the other is broken.
    BrokenSignature,
    /// The other is not valid yet.
    NotYetValid,
    /// The other does not say whether it is a CA.
    NoConstraints,
    /// The key of the other is not for certificates.
    NoCertSign,
    /// The other is not for servers.
    OtherPurpose,
    /// The other has a critical extension that is unknown.
    UnknownCritical,
    /// The other names another algorithm beside its signature.
    OtherAlgorithm,
    /// The other has its own key, names itself as its issuer, and is signed with that key.
    SelfSigned,
    /// The other has another key, and the key identifiers below it hint at that one.
    HintedAt,
    /// This extension of the other can't be read.
    Unreadable(ObjectIdentifier),
}

impl DeadEnd {
    /// Those that webpki judges alike.
    pub const ALL: &[DeadEnd] = &[
        DeadEnd::Expired,
        DeadEnd::UnknownIssuer,
        DeadEnd::NoCa,
        DeadEnd::Namesake,
        DeadEnd::BrokenSignature,
    ];

    /// Those and the others.
    pub const EACH: &[DeadEnd] = &[
        DeadEnd::Expired,
        DeadEnd::UnknownIssuer,
        DeadEnd::NoCa,
        DeadEnd::Namesake,
        DeadEnd::BrokenSignature,
        DeadEnd::NotYetValid,
        DeadEnd::NoConstraints,
        DeadEnd::NoCertSign,
        DeadEnd::OtherPurpose,
        DeadEnd::UnknownCritical,
        DeadEnd::OtherAlgorithm,
        DeadEnd::SelfSigned,
        DeadEnd::HintedAt,
        DeadEnd::Unreadable(ID_CE_BASIC_CONSTRAINTS),
        DeadEnd::Unreadable(ID_CE_KEY_USAGE),
        DeadEnd::Unreadable(ID_CE_EXT_KEY_USAGE),
    ];

    pub fn instead_of(self, good: &Plan, place: usize) -> Plan {
        let mut plan = Plan {
            serial: 100 + u32::try_from(place).expect("there are four"),
            ..good.clone()
        };
        match self {
            DeadEnd::Expired => plan.validity = (1000, -1),
            DeadEnd::NotYetValid => plan.validity = (-1, 1000),
            DeadEnd::UnknownIssuer => {
                plan.issuer = "Unknown".to_owned();
                plan.signer = Key(good.signer.0, 4);
            }
            DeadEnd::NoCa => plan.ca = Some((false, None)),
            DeadEnd::NoConstraints => plan.ca = None,
            DeadEnd::NoCertSign => plan.usage = Some(KeyUsages::CRLSign),
            DeadEnd::OtherPurpose => plan.purposes = Some(vec![CLIENT_AUTH]),
            DeadEnd::UnknownCritical => plan.others = vec![unknown_extension(true)],
            DeadEnd::OtherAlgorithm => plan.outer = other_algorithms()[0].1.clone(),
            DeadEnd::Namesake => plan.public_key = server_key(),
            DeadEnd::SelfSigned => {
                plan.issuer.clone_from(&good.subject);
                plan.public_key = Key(BITS, 7).public();
                plan.signer = Key(BITS, 7);
            }
            DeadEnd::HintedAt => {
                plan.public_key = Key(BITS, 7).public();
                plan.others = identifiers(7, 7).to_vec();
            }
            DeadEnd::BrokenSignature => plan.flipped = Some(100),
            DeadEnd::Unreadable(id) => {
                match id {
                    ID_CE_BASIC_CONSTRAINTS => plan.ca = None,
                    ID_CE_KEY_USAGE => plan.usage = None,
                    _ => plan.purposes = None,
                }
                plan.others = vec![with_content(id, &[0x30, 1])];
            }
        }
        plan
    }
}

/// A good chain of any depth. All of its CAs have the same key, and each has its own name.
pub fn deep(depth: usize) -> Vec<Plan> {
    let name = |place: usize| format!("Deep CA {place}");
    let mut plans = line(0, BITS);
    plans.extend((1..=depth).map(|place| Plan::ca(&name(place), Key(BITS, 1), anchor(BITS))));
    for (place, plan) in plans.iter_mut().enumerate().take(depth) {
        plan.issuer = name(place + 1);
        plan.signer = Key(BITS, 1);
    }
    plans
}

/// CAs that have nothing to do with any chain.
pub fn strangers(count: usize) -> Vec<Certificate> {
    let plan = Plan::root(Signer("Stranger", Key(BITS, 4)));
    let numbers = 0..u32::try_from(count).expect("a few");
    numbers
        .map(|serial| {
            Plan {
                serial,
                ..plan.clone()
            }
            .unsigned()
        })
        .collect()
}

/// The same certificate, except that its key is of another kind: with 10, for RSASSA-PSS alone.
pub fn without_rsa_key(certificate: &Certificate, kind: u8) -> Certificate {
    let mut der = certificate.to_der().to_vec();
    let algorithm_end = end_of_key_algorithm(&der);
    der[algorithm_end - 1] = kind;
    Certificate::from_der(&der).expect("as good as before")
}

/// The same certificate, except that its RSA key can't be read: it is no SEQUENCE.
pub fn with_unreadable_key(certificate: &Certificate) -> Certificate {
    // No unused bits, and the tag of the SEQUENCE.
    const KEY: &[u8] = &[0, 0x30];
    let mut der = certificate.to_der().to_vec();
    let algorithm_end = end_of_key_algorithm(&der);
    let mut windows = der[algorithm_end..].windows(KEY.len());
    let key = windows.position(|window| window == KEY);
    der[algorithm_end + key.expect("the key") + 1] = 0x31;
    Certificate::from_der(&der).expect("as good as before")
}

/// Where the identifier of the key's algorithm, `rsaEncryption`, ends in a certificate.
fn end_of_key_algorithm(der: &[u8]) -> usize {
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
    let place = der.windows(RSA.len()).position(|window| window == RSA);
    place.expect("the algorithm of the key") + RSA.len()
}

/// A leaf, and `levels` levels of `wide` certificates each. On each level all are for the same CA,
/// and each was signed by the CA of the next level. Above the last there is nothing.
pub fn maze_of(levels: usize, wide: u32) -> Vec<Certificate> {
    if levels == 1 {
        let mut chain = made(&line(2, BITS)[..1]);
        chain.extend(namesakes("CA 1", wide as usize));
        return chain;
    }
    let mut plans = vec![Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1))];
    for level in 1..=levels {
        let Signer(name, key) = ca(BITS, level);
        let above = if level < levels {
            ca(BITS, level + 1)
        } else {
            Signer("Nobody", Key(BITS, 0))
        };
        let plan = Plan::ca(name, key, above);
        plans.extend((0..wide).map(|serial| Plan {
            serial,
            ..plan.clone()
        }));
    }
    made(&plans)
}

/// So many CAs that have this name, each with a key of its own that nobody has.
pub fn namesakes(name: &str, count: usize) -> Vec<Certificate> {
    let plan = Plan::ca(name, Key(BITS, 1), anchor(BITS));
    let numbers = 0..u32::try_from(count).expect("a few");
    let plans = numbers.map(|number| {
        let mut modulus = vec![0xff; BITS / 8];
        modulus[8..12].copy_from_slice(&number.to_be_bytes());
        let modulus = BoxedUint::from_be_slice_vartime(&modulus);
        let exponent = BoxedUint::from(65537u32);
        let public_key = rsa::PublicKey::new(modulus, exponent).expect("an odd modulus");
        // One signature for all: it is over another part, so it holds for none.
        Plan {
            public_key,
            serial: 2 + number,
            ..plan.clone()
        }
    });
    let mut signature = None;
    plans
        .map(|plan| {
            let signature = signature.get_or_insert_with(|| plan.make().signature().to_vec());
            plan.with_signature(signature)
        })
        .collect()
}

/// What `verify` gives, and how many signatures it has checked.
pub fn counted<T>(chain: &[Certificate], verify: impl FnOnce() -> T) -> (T, usize) {
    let reads = |before: u64| usize::try_from(signatures_read() - before).expect("a few");
    // An answer may read a signature more than once to check it.
    let before = signatures_read();
    let issuer = chain.get(1).unwrap_or(&chain[0]);
    let _ = signed_by(&chain[0], issuer);
    let for_one = reads(before).max(1);
    let before = signatures_read();
    let result = verify();
    (result, reads(before) / for_one)
}

/// Flips a bit, where something is left that is a certificate.
pub fn break_one(certificate: &mut Certificate, changed: Bit) {
    if let Ok(broken) = Certificate::from_der(&changed.flipped(certificate.to_der())) {
        *certificate = broken;
    }
}
