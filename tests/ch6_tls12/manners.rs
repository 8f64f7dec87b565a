//! What peers can and can't do, all of it honest.

use given::tls::{CipherSuite, Extension, SignatureScheme};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::peers::{ClientPlan, Cuts, Say, ServerPlan};
use super::pki;
use crate::certificates::{Key, Plan, Signer};

/// The size of an RSA key where the size is not the point.
pub const BITS: usize = 1024;

pub const RSA: CipherSuite = CipherSuite::RsaAes128GcmSha256;
pub const ECDHE: CipherSuite = CipherSuite::EcdheRsaAes128GcmSha256;
pub const PKCS1: SignatureScheme = SignatureScheme::RsaPkcs1Sha256;
pub const PSS: SignatureScheme = SignatureScheme::RsaPssRsaeSha256;

/// What goes through an open connection in these properties, and must not come out of another one.
pub const SECRET: &[u8] = b"not before Finished";

/// What a peer can and can't do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manner {
    pub suite: CipherSuite,
    pub is_extended: bool,
    pub renegotiates: bool,
    pub scheme: SignatureScheme,
    /// Whether it says more than it must: a session, a spare certificate, a newer version.
    pub says_more: bool,
}

impl Manner {
    pub fn new(suite: CipherSuite) -> Manner {
        Manner {
            suite,
            is_extended: false,
            renegotiates: true,
            scheme: PSS,
            says_more: false,
        }
    }

    pub fn server_script(&self) -> Vec<Say> {
        server_plan(self).script()
    }
}

pub fn any_suite() -> BoxedStrategy<CipherSuite> {
    select(vec![RSA, ECDHE]).boxed()
}

pub fn manner() -> BoxedStrategy<Manner> {
    select(manners()).boxed()
}

pub fn manners() -> Vec<Manner> {
    let mut manners = Vec::new();
    for number in 0..32 {
        let bit = |place: u32| number >> place & 1 == 1;
        manners.push(Manner {
            suite: if bit(0) { ECDHE } else { RSA },
            is_extended: bit(1),
            renegotiates: bit(2),
            scheme: if bit(3) { PKCS1 } else { PSS },
            says_more: bit(4),
        });
    }
    // With RSA nothing is signed.
    manners.retain(|manner| manner.suite == ECDHE || manner.scheme == PSS);
    manners
}

/// The grader's server, which behaves like this.
pub fn server_plan(manner: &Manner) -> ServerPlan {
    let (mut chain, _) = pki::chain(BITS);
    if manner.says_more {
        chain.push(Plan::ca("Spare", Key(BITS, 5), ROOT).make());
    }
    let key = leaked_key();
    let mut plan = ServerPlan::honest(manner.suite, manner.is_extended, &chain, key);
    plan.scheme = manner.scheme.code();
    plan.signed_with = (key, manner.scheme);
    if !manner.renegotiates {
        plan.extensions
            .retain(|one| !matches!(one, Extension::RenegotiationInfo(_)));
    }
    if manner.says_more {
        plan.session_id = vec![7; 32];
        plan.extensions.push(Extension::ServerName(None));
    }
    plan
}

/// The grader's client, which behaves like this.
pub fn client_plan(manner: &Manner) -> ClientPlan {
    let (chain, _) = pki::chain(BITS);
    let mut plan = ClientPlan::honest(&[manner.suite], manner.is_extended, &chain, leaked_key());
    plan.extensions.retain(|one| match one {
        Extension::RenegotiationInfo(_) => manner.renegotiates,
        Extension::SignatureAlgorithms(_) => false,
        _ => true,
    });
    plan.extensions
        .push(Extension::SignatureAlgorithms(vec![manner.scheme.code()]));
    if manner.says_more {
        plan.session_id = vec![7; 32];
        // A version that this server does not know. It answers with its own (RFC 5246, appendix E.1).
        plan.version = 0x0304;
        plan.suites.insert(0, 0x1301);
        plan.compression_methods = vec![1, 0];
    }
    plan
}

/// The root that the client trusts.
pub const ROOT: Signer = Signer("Root", Key(BITS, 0));

/// The private key of the server.
pub fn leaked_key() -> &'static rsa::PrivateKey {
    pki::server_key(BITS).private()
}

pub fn cuts() -> BoxedStrategy<Cuts> {
    let records = prop_oneof![Just(vec![1 << 14]), vec(1..=60_usize, 1..=3)];
    let calls = prop_oneof![
        Just(vec![usize::MAX]),
        Just(vec![1]),
        vec(1..=99_usize, 1..=3)
    ];
    (records, any::<bool>(), calls)
        .prop_map(|(records, joined, calls)| Cuts {
            records,
            joined,
            calls,
        })
        .boxed()
}

/// What a client asks for.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    pub extended: bool,
    pub by_extension: bool,
    pub by_suite: bool,
}

impl Asked {
    pub fn answers(self) -> Vec<Extension> {
        let mut answers = Vec::new();
        if self.by_extension || self.by_suite {
            answers.push(Extension::RenegotiationInfo(vec![]));
        }
        if self.extended {
            answers.push(Extension::ExtendedMasterSecret);
        }
        answers
    }
}

pub fn asked() -> Vec<Asked> {
    let all = (0..8).map(|number| Asked {
        extended: number & 1 == 1,
        by_extension: number & 2 == 2,
        by_suite: number & 4 == 4,
    });
    all.collect()
}
