//! How the peers of TLS 1.3 behave, as the fuzzer decides.

use given::tls::{ClientHello, Extension, KeyShare, ServerHello, SignatureScheme, X25519};
use given::tls13::CertificateEntry;

use crate::Input;
use crate::script::{other, short};
use crate::stage::Due;
use crate::{CHAIN, MALLORY, SERVER, key};
use fixtures::tls13::scripted::{ClientPlan, Cuts, Proof, Say, ServerPlan};

impl Due for Say {
    // Sealed records, too: then they don't open.
    const TAMPERED: &[u8] = &[20, 22, 23];

    fn kind(&self, is_server: bool) -> u8 {
        match self {
            Say::Hello | Say::HelloRetryRequest if is_server => 2,
            Say::Hello => 1,
            Say::EncryptedExtensions => 8,
            Say::CertificateRequest => 13,
            Say::Certificate => 11,
            Say::CertificateVerify => 15,
            Say::NewSessionTicket => 4,
            Say::KeyUpdate(_) => 24,
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

/// Changes to a ServerHello or a HelloRetryRequest. A change is a function without state, so the
/// fuzzer chooses one of these.
const SERVER_HELLOS: [fn(&mut ServerHello); 10] = [
    |hello| hello.version = 0x0304,
    |hello| hello.session_id.clear(),
    |hello| hello.session_id = vec![7; 32],
    |hello| hello.cipher_suite = 0x1302,
    |hello| hello.compression_method = 1,
    |hello| hello.extensions.clear(),
    |hello| hello.extensions.truncate(1),
    |hello| hello.extensions.reverse(),
    |hello| hello.extensions.push(Extension::ServerName(None)),
    |hello| {
        let extensions = hello.extensions.clone();
        hello.extensions.extend(extensions);
    },
];

/// A list of at least this many extensions is not doubled: it must fit in the length of a vector.
const MANY_EXTENSIONS: usize = 64;

/// Changes to a ClientHello.
const CLIENT_HELLOS: [fn(&mut ClientHello); 12] = [
    |hello| hello.version = 0x0304,
    |hello| hello.session_id = vec![7; 32],
    |hello| hello.cipher_suites.insert(0, 0x0a0a),
    |hello| hello.cipher_suites = vec![0x1302],
    |hello| hello.compression_methods = vec![0, 1],
    |hello| hello.extensions.clear(),
    |hello| hello.extensions.reverse(),
    |hello| {
        hello
            .extensions
            .retain(|one| !matches!(one, Extension::KeyShares(_)))
    },
    |hello| {
        // A second hello is made from the first one, and may be sent again and again.
        if hello.extensions.len() < MANY_EXTENSIONS {
            let extensions = hello.extensions.clone();
            hello.extensions.extend(extensions);
        }
    },
    |hello| {
        // This peer offers early data, but never sends it. The fuzzer's bytes take its place.
        hello.extensions.insert(
            0,
            Extension::Other {
                code: 0x002a,
                body: vec![],
            },
        );
    },
    |hello| {
        let share = KeyShare {
            group: X25519,
            share: vec![0; 32],
        };
        for extension in &mut hello.extensions {
            if let Extension::KeyShares(shares) = extension {
                *shares = vec![share.clone()];
            }
        }
    },
    |hello| {
        for extension in &mut hello.extensions {
            if let Extension::KeyShares(shares) = extension {
                shares.insert(
                    0,
                    KeyShare {
                        group: 0x11ec,
                        share: vec![9; 40],
                    },
                );
            }
        }
    },
];

/// How a server behaves, what it says, and whether it has the key that its certificate is for.
pub fn server_plan(input: &mut Input) -> (ServerPlan, Vec<Say>, bool) {
    let flags = input.u8();
    let flag = |bit: u8| flags >> bit & 1 == 1;
    let key = key(if flag(0) { MALLORY } else { SERVER });
    let mut plan = ServerPlan::honest(&CHAIN, key);
    plan.is_careless = true;
    plan.cuts = cuts(flag(1), flag(2), input);
    if flag(3) {
        plan.request = Some(vec![0, 0, 8, 0, 13, 0, 4, 0, 2, 8, 4]);
    }
    if flag(4) {
        plan.signed_with = (key, SignatureScheme::RsaPkcs1Sha256);
        plan.scheme = SignatureScheme::RsaPkcs1Sha256.code();
    }
    plan.padding = vec![if flag(5) { 200 } else { 0 }];
    for _ in 0..input.u8() % 8 {
        let change =
            |input: &mut Input| SERVER_HELLOS[usize::from(input.u8()) % SERVER_HELLOS.len()];
        match input.u8() % 12 {
            0 => plan.hello = change(input),
            1 => plan.retry = change(input),
            2 => plan.group = Some(input.u16()),
            3 => plan.cookie = Some(short(input)),
            4 => plan.encrypted.push(other(input)),
            5 => plan.encrypted = vec![Extension::ServerName(None)],
            6 => plan.request = Some(short(input)),
            7 => plan.context = short(input),
            8 => plan.chain.push(CertificateEntry {
                certificate: input.bytes().to_vec(),
                extensions: vec![],
            }),
            9 => plan.scheme = input.u16(),
            10 => plan.signed.is_stale = true,
            _ => plan.finished = proof(input),
        }
    }
    let script = match flag(6) {
        true => plan.script_with_retry(),
        false => plan.script(),
    };
    let has_key = !flag(0) && !plan.signed.is_stale;
    (plan, script, has_key)
}

/// How a client behaves, and what it says.
pub fn client_plan(input: &mut Input) -> (ClientPlan, Vec<Say>) {
    let flags = input.u8();
    let flag = |bit: u8| flags >> bit & 1 == 1;
    let mut plan = ClientPlan::honest(&CHAIN, key(SERVER));
    plan.is_careless = true;
    plan.cuts = cuts(flag(1), flag(2), input);
    plan.has_share = !flag(3);
    plan.padding = vec![if flag(5) { 200 } else { 0 }];
    for _ in 0..input.u8() % 8 {
        let change =
            |input: &mut Input| CLIENT_HELLOS[usize::from(input.u8()) % CLIENT_HELLOS.len()];
        match input.u8() % 6 {
            0 => plan.hello = change(input),
            1 => plan.second = change(input),
            2 => plan.extensions.push(other(input)),
            3 => plan.session_id = input.bytes().iter().copied().take(255).collect(),
            4 => plan.secret = Some([input.u8(); 32]),
            _ => plan.finished = proof(input),
        }
    }
    let script = plan.script();
    (plan, script)
}

fn cuts(is_cut: bool, joined: bool, input: &mut Input) -> Cuts {
    Cuts {
        records: match is_cut {
            true => vec![1 + usize::from(input.u8())],
            false => vec![1 << 14],
        },
        joined,
        calls: vec![usize::MAX],
    }
}

fn proof(input: &mut Input) -> Proof {
    match input.u8() {
        0..48 => Proof::Reflected,
        48..64 => Proof::Stale,
        64..80 => Proof::OtherSecret,
        80..96 => Proof::Application,
        96..112 => Proof::Short,
        bit => Proof::Flipped(usize::from(bit)),
    }
}
