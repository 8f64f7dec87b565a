//! Chains that are in order, and mazes of certificates.

use given::x509::*;
use rsa::BoxedUint;

use crate::sizes::BITS;
use crate::strategies::server_key;
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
}

impl DeadEnd {
    pub const ALL: &[DeadEnd] = &[
        DeadEnd::Expired,
        DeadEnd::UnknownIssuer,
        DeadEnd::NoCa,
        DeadEnd::Namesake,
        DeadEnd::BrokenSignature,
    ];

    pub fn instead_of(self, good: &Plan, place: usize) -> Plan {
        let mut plan = Plan {
            serial: 100 + u32::try_from(place).expect("there are four"),
            ..good.clone()
        };
        match self {
            DeadEnd::Expired => plan.validity = (1000, -1),
            DeadEnd::UnknownIssuer => {
                plan.issuer = "Unknown".to_owned();
                plan.signer = Key(good.signer.0, 4);
            }
            DeadEnd::NoCa => plan.ca = Some((false, None)),
            DeadEnd::Namesake => plan.public_key = server_key(),
            DeadEnd::BrokenSignature => plan.flipped = Some(100),
        }
        plan
    }
}

/// A leaf, and `levels` levels of `wide` certificates each. On each level all are for the same CA,
/// and each was signed by the CA of the next level. Above the last there is nothing.
pub fn maze_of(levels: usize, wide: u32) -> Vec<Certificate> {
    if levels == 1 {
        let mut chain = made(&line(2, BITS)[..1]);
        chain.extend(namesakes(wide as usize));
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

/// So many CAs that have the name of the leaf's issuer, each with a key of its own that nobody has.
pub fn namesakes(count: usize) -> Vec<Certificate> {
    let plan = Plan::ca("CA 1", Key(BITS, 1), anchor(BITS));
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
