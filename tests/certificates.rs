//! Certificates for the properties that need them, made without the learner's help.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use given::x509::{
    AlgorithmIdentifier, BasicConstraints, Certificate, ExtendedKeyUsage, Extension, GeneralName,
    ID_KP_SERVER_AUTH, KeyUsage, KeyUsages, Name, ObjectIdentifier, SerialNumber, SubjectAltName,
    ToBeSigned, UnixTime, Validity, extension, general_name, sha256_with_rsa,
};
use sha2::Sha256;

use crate::keys;
use crate::strategies::flip;

/// The moment it is, in all properties: no clock is asked. It is in January 2027.
pub const NOW: UnixTime = UnixTime(1_800_000_000);

/// The host that is asked for.
pub const HOST: &str = "www.example.org";

/// An RSA key of the grader: how many bits it has, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(pub usize, pub u8);

impl Key {
    /// The whole pair.
    pub fn private(self) -> &'static rsa::PrivateKey {
        keys::private(self.0, self.1)
    }

    /// The public half.
    pub fn public(self) -> rsa::PublicKey {
        self.private().as_public_key().clone()
    }
}

/// What is going to be in a certificate.
#[derive(Debug, Clone)]
pub struct Plan {
    pub subject: String,
    pub public_key: rsa::PublicKey,
    pub issuer: String,
    pub signer: Key,
    /// From the moment so many seconds before now until so many after it.
    pub validity: (i64, i64),
    pub serial: u32,
    /// Whether it is a CA, and with which path length, where it says anything about that.
    pub ca: Option<(bool, Option<u8>)>,
    pub usage: Option<KeyUsages>,
    pub purposes: Option<Vec<ObjectIdentifier>>,
    pub names: Option<Vec<GeneralName>>,
    pub others: Vec<Extension>,
    pub inner: AlgorithmIdentifier,
    pub outer: AlgorithmIdentifier,
    /// A bit of the signature that is flipped.
    pub flipped: Option<usize>,
}

/// A name and its key: what signs.
#[derive(Debug, Clone, Copy)]
pub struct Signer(pub &'static str, pub Key);

impl Plan {
    /// A CA called `name`, whose certificate is signed by `signer`.
    pub fn ca(name: &str, key: Key, Signer(issuer, signer): Signer) -> Plan {
        Plan {
            subject: name.to_owned(),
            public_key: key.public(),
            issuer: issuer.to_owned(),
            signer,
            validity: (1_000_000, 1_000_000),
            serial: 1,
            ca: Some((true, None)),
            usage: Some(KeyUsages::KeyCertSign),
            purposes: None,
            names: None,
            others: Vec::new(),
            inner: sha256_with_rsa(),
            outer: sha256_with_rsa(),
            flipped: None,
        }
    }

    /// A root: a CA that has signed its own certificate.
    pub fn root(signer: Signer) -> Plan {
        Plan::ca(signer.0, signer.1, signer)
    }

    /// A server with these names.
    pub fn leaf(hosts: &[&str], key: Key, signer: Signer) -> Plan {
        let names = hosts.iter().copied().map(general_name);
        let names = names.map(|name| name.expect("the name of a host"));
        Plan {
            ca: Some((false, None)),
            usage: Some(KeyUsages::DigitalSignature),
            purposes: Some(vec![ID_KP_SERVER_AUTH]),
            names: Some(names.collect()),
            ..Plan::ca("Server", key, signer)
        }
    }

    /// What is signed.
    fn to_be_signed(&self) -> ToBeSigned {
        let moment = |offset| UnixTime(NOW.0.saturating_add_signed(offset));
        let constraints = self.ca.map(|(ca, path_len_constraint)| {
            let constraints = BasicConstraints {
                ca,
                path_len_constraint,
            };
            extension(true, &constraints)
        });
        let usage = self.usage.map(|usage| KeyUsage(usage.into()));
        let purposes = self.purposes.clone().map(ExtendedKeyUsage);
        let names = self.names.clone().map(SubjectAltName);
        let mut extensions: Vec<Extension> = constraints.into_iter().collect();
        extensions.extend(usage.map(|usage| extension(true, &usage)));
        extensions.extend(purposes.map(|purposes| extension(false, &purposes)));
        extensions.extend(names.map(|names| extension(false, &names)));
        extensions.extend(self.others.iter().cloned());
        ToBeSigned {
            serial: SerialNumber::new(&self.serial.to_be_bytes()).expect("it is short"),
            algorithm: self.inner.clone(),
            issuer: name(&self.issuer),
            validity: Validity {
                not_before: moment(-self.validity.0),
                not_after: moment(self.validity.1),
            },
            subject: name(&self.subject),
            public_key: self.public_key.clone(),
            extensions,
        }
    }

    /// The certificate without a signature that holds, for who looks at other things. To sign takes
    /// time.
    pub fn unsigned(&self) -> Certificate {
        self.with_signature(&[1; 128])
    }

    /// The certificate with this signature, whatever it is of.
    pub fn with_signature(&self, signature: &[u8]) -> Certificate {
        let signed_part = self.to_be_signed().to_der();
        Certificate::assemble(&signed_part, &self.outer, signature).expect("a certificate")
    }

    /// The certificate.
    pub fn make(&self) -> Certificate {
        let signed_part = self.to_be_signed().to_der();
        let mut signature = signed(self.signer, &signed_part);
        if let Some(bit) = self.flipped {
            let bits = signature.len() * 8;
            flip(&mut signature, bit % bits);
        }
        self.with_signature(&signature)
    }
}

/// All of them.
pub fn made<'a>(plans: impl IntoIterator<Item = &'a Plan>) -> Vec<Certificate> {
    plans.into_iter().map(Plan::make).collect()
}

/// The name of a CA or a server, or the empty name.
pub fn name(common_name: &str) -> Name {
    if common_name.is_empty() {
        return Name::default();
    }
    Name::from_str(&format!("CN={common_name}")).expect("a name without special characters")
}

/// An extension that nobody knows.
pub fn unknown_extension(critical: bool) -> Extension {
    // Under 1.3.6.1.4.1.32473, which is kept for examples (RFC 5612).
    let mut unknown = extension(critical, &KeyUsage(KeyUsages::DigitalSignature.into()));
    unknown.extn_id = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.5");
    unknown
}

/// What has been signed. The key stands for itself only together with the seed it was made from.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Message {
    seed: u64,
    signer: Key,
    bytes: Vec<u8>,
}

/// A signature takes milliseconds, and the same parts come again and again.
static SIGNATURES: Mutex<BTreeMap<Message, Vec<u8>>> = Mutex::new(BTreeMap::new());

fn signed(signer: Key, bytes: &[u8]) -> Vec<u8> {
    let message = Message {
        seed: harness::seed().0,
        signer,
        bytes: bytes.to_vec(),
    };
    let mut signatures = SIGNATURES.lock().unwrap_or_else(PoisonError::into_inner);
    let sign = || signer.private().pkcs1v15_sign::<Sha256>(bytes);
    let signature = signatures
        .entry(message)
        .or_insert_with(|| sign().expect("a key of 1024 bits or more"));
    signature.clone()
}

/// The trusted root of most chains.
pub fn anchor(bits: usize) -> Signer {
    Signer("Root", Key(bits, 0))
}

/// The CA with this number, on the way from the leaf to the root: CA 1 signs leaves.
pub fn ca(bits: usize, number: usize) -> Signer {
    let names = ["CA 1", "CA 2", "CA 3", "CA 4"];
    let key = u8::try_from(number).expect("there are four");
    Signer(names[number - 1], Key(bits, key))
}

/// A chain that is in order: a leaf for [`HOST`], and `depth` CAs above it, from the leaf upwards.
/// The last of them was signed by the root.
pub fn line(depth: usize, bits: usize) -> Vec<Plan> {
    let above = |place: usize| {
        if place < depth {
            ca(bits, place + 1)
        } else {
            anchor(bits)
        }
    };
    let leaf = Plan::leaf(&[HOST], Key(1024, 9), above(0));
    let cas = (1..=depth).map(|place| {
        let Signer(name, key) = ca(bits, place);
        Plan::ca(name, key, above(place))
    });
    std::iter::once(leaf).chain(cas).collect()
}
