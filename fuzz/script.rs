//! How the peers of TLS 1.2 behave, as the fuzzer decides.

use given::tls::{CipherSuite, SignatureScheme};
use given::tls12::Extension;

use crate::Input;
use crate::stage::Due;
use crate::{CHAIN, MALLORY, SERVER, key};
use fixtures::tls12::scripted::{ClientPlan, Cuts, Proof, Say, ServerPlan};

const RSA: CipherSuite = CipherSuite::RsaAes128GcmSha256;
const ECDHE: CipherSuite = CipherSuite::EcdheRsaAes128GcmSha256;

/// How a server behaves, and whether it has the key that its certificate is for.
pub fn server_plan(input: &mut Input) -> (ServerPlan, bool) {
    let like = Like::read(input);
    let key = key(if like.stands_apart { MALLORY } else { SERVER });
    let mut plan = ServerPlan::honest(like.suite, like.is_extended, &CHAIN, key);
    plan.scheme = like.scheme.code();
    plan.signed_with = (key, like.scheme);
    (plan.cuts, plan.is_careless) = (like.cuts, true);
    for _ in 0..input.u8() % 8 {
        let array = |bytes: &[u8]| bytes.try_into().ok();
        match input.u8() % 16 {
            0 => plan.version = input.u16(),
            1 => plan.session_id = input.bytes().iter().copied().take(255).collect(),
            2 => plan.suite = input.u16(),
            3 => plan.exchange = if plan.exchange == RSA { ECDHE } else { RSA },
            4 => plan.compression = input.u8(),
            5 => plan.extensions.push(other(input)),
            6 => plan.extensions.clear(),
            7 => plan.extensions = vec![Extension::RenegotiationInfo(short(input))],
            8 => plan.group = input.u16(),
            9 => plan.share = Some(short(input)),
            10 => plan.scheme = input.u16(),
            11 => plan.signature = Some(input.bytes().to_vec()),
            12 => plan.signed.client_random = array(input.bytes()),
            13 => plan.signed.server_random = array(input.bytes()),
            14 => plan.signed.share = Some(short(input)),
            _ => plan.finished = proof(input),
        }
    }
    (plan, !like.stands_apart)
}

/// How a client behaves.
pub fn client_plan(input: &mut Input) -> ClientPlan {
    let like = Like::read(input);
    let suites = if like.stands_apart {
        vec![RSA, ECDHE]
    } else {
        vec![like.suite]
    };
    let mut plan = ClientPlan::honest(&suites, like.is_extended, &CHAIN, key(SERVER));
    (plan.cuts, plan.is_careless) = (like.cuts, true);
    for _ in 0..input.u8() % 8 {
        match input.u8() % 12 {
            0 => plan.version = input.u16(),
            1 => plan.session_id = input.bytes().iter().copied().take(255).collect(),
            2 => plan.suites.insert(0, input.u16()),
            3 => plan.suites = vec![input.u16()],
            4 => plan.compression_methods = short(input),
            5 => plan.extensions.push(other(input)),
            6 => plan.extensions.clear(),
            7 => plan
                .extensions
                .push(Extension::RenegotiationInfo(short(input))),
            8 => plan.share = Some(short(input)),
            9 => plan.wrap = |key, premaster| key.pkcs1v15_encrypt(&premaster[1..]).expect("short"),
            10 => plan.wrap = |_, premaster| premaster.repeat(3)[..128].to_vec(),
            _ => plan.finished = proof(input),
        }
    }
    plan
}

/// What the first bytes say.
struct Like {
    suite: CipherSuite,
    is_extended: bool,
    /// For a server: it has another key than its certificate. For a client: it offers both suites.
    stands_apart: bool,
    scheme: SignatureScheme,
    cuts: Cuts,
}

impl Like {
    fn read(input: &mut Input) -> Like {
        let flags = input.u8();
        let flag = |bit: u8| flags >> bit & 1 == 1;
        let cuts = Cuts {
            records: if flag(4) {
                vec![1 + usize::from(input.u8())]
            } else {
                vec![1 << 14]
            },
            joined: flag(3),
            calls: vec![usize::MAX],
        };
        Like {
            suite: if flag(0) { ECDHE } else { RSA },
            is_extended: flag(1),
            stands_apart: flag(2),
            scheme: if flag(5) {
                SignatureScheme::RsaPkcs1Sha256
            } else {
                SignatureScheme::RsaPssRsaeSha256
            },
            cuts,
        }
    }
}

pub(crate) fn other(input: &mut Input) -> Extension {
    Extension::Other {
        code: input.u16(),
        body: short(input),
    }
}

/// Bytes whose length fits in one byte.
pub(crate) fn short(input: &mut Input) -> Vec<u8> {
    let length = usize::from(input.u8()).min(input.0.len());
    let (bytes, rest) = input.0.split_at(length);
    input.0 = rest;
    bytes.to_vec()
}

fn proof(input: &mut Input) -> Proof {
    match input.u8() {
        0..96 => Proof::Reflected,
        96..100 => Proof::Stale,
        bit => Proof::Flipped(usize::from(bit) % 96),
    }
}

impl Due for Say {
    const TAMPERED: &[u8] = &[20, 22];

    fn kind(&self, is_server: bool) -> u8 {
        match self {
            Say::Hello if is_server => 2,
            Say::Hello => 1,
            Say::Certificate => 11,
            Say::KeyExchange if is_server => 12,
            Say::KeyExchange => 16,
            Say::HelloDone => 14,
            _ => 20,
        }
    }

    fn message(kind: u8, body: Vec<u8>) -> Say {
        Say::Message(kind, body)
    }

    fn change_cipher_spec() -> Say {
        Say::ChangeCipherSpec
    }

    fn data(data: Vec<u8>) -> Say {
        Say::Data(data)
    }

    fn close() -> Say {
        Say::Close
    }
}
