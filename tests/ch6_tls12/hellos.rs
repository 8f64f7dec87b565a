//! Hellos of every kind, and answers to them.

use std::fmt;

use given::tls::{
    Abort, CipherSuite, ClientHello, Extension, ServerHello, SignatureScheme, TLS_1_2, X25519,
};
use harness::show::{self, Show};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::strategies::{array, bytes};
use crate::subject::ch6_tls12::Choice;

/// Both suites.
pub const SUITES: [CipherSuite; 2] = [
    CipherSuite::RsaAes128GcmSha256,
    CipherSuite::EcdheRsaAes128GcmSha256,
];

/// Both schemes.
pub const SCHEMES: [SignatureScheme; 2] = [
    SignatureScheme::RsaPkcs1Sha256,
    SignatureScheme::RsaPssRsaeSha256,
];

/// Suites that real clients offer and that nobody here knows: three of TLS 1.3, and others of 1.2.
pub const UNKNOWN_SUITES: [u16; 7] = [0x1301, 0x1302, 0x1303, 0xc02b, 0xc030, 0x009d, 0x002f];

/// Groups and schemes of the same kind.
pub const UNKNOWN_GROUPS: [u16; 4] = [0x0017, 0x0018, 0x001e, 0x11ec];

pub const UNKNOWN_SCHEMES: [u16; 5] = [0x0403, 0x0501, 0x0805, 0x0601, 0x0201];

pub fn any_suite() -> BoxedStrategy<CipherSuite> {
    select(&SUITES[..]).boxed()
}

/// Each suite at most once, in any order.
pub fn preferences() -> BoxedStrategy<Vec<CipherSuite>> {
    subsequence(SUITES.to_vec(), 0..=2).prop_shuffle().boxed()
}

/// A value that stands for nothing (RFC 8701 §2).
pub fn grease() -> BoxedStrategy<u16> {
    (0..16_u16)
        .prop_map(|number| 0x0a0a + number * 0x1010)
        .boxed()
}

/// A ClientHello that can be shown.
#[derive(Clone)]
pub struct Hello(pub ClientHello);

impl Hello {
    /// The content of an extension that is a list of numbers.
    pub fn numbers(&self, of: impl Fn(&Extension) -> Option<&Vec<u16>>) -> Vec<u16> {
        let found = self.0.extensions.iter().find_map(of);
        found.cloned().unwrap_or_default()
    }

    /// What it offers in `supported_groups`.
    pub fn groups(&self) -> Vec<u16> {
        self.numbers(|extension| match extension {
            Extension::SupportedGroups(groups) => Some(groups),
            _ => None,
        })
    }

    /// What it offers in `signature_algorithms`.
    pub fn schemes(&self) -> Vec<u16> {
        self.numbers(|extension| match extension {
            Extension::SignatureAlgorithms(schemes) => Some(schemes),
            _ => None,
        })
    }

    /// With this extension, in the place of another one of its kind.
    pub fn with(mut self, extension: Extension) -> Hello {
        let extensions = &mut self.0.extensions;
        match extensions
            .iter_mut()
            .find(|other| other.code() == extension.code())
        {
            Some(other) => *other = extension,
            None => extensions.push(extension),
        }
        self
    }

    /// Without something that ECDHE needs.
    pub fn without(mut self, missing: Missing) -> Hello {
        let (groups, schemes) = (vec![0x0017, 0x0018], vec![0x0403, 0x0805]);
        let absent = match missing {
            Missing::Group => return self.with(Extension::SupportedGroups(groups)),
            Missing::Scheme => return self.with(Extension::SignatureAlgorithms(schemes)),
            Missing::Groups => Extension::SupportedGroups(vec![]),
            Missing::Schemes => Extension::SignatureAlgorithms(vec![]),
        };
        self.0
            .extensions
            .retain(|other| other.code() != absent.code());
        self
    }

    /// With no other of the two schemes.
    pub fn keep_scheme(&mut self, only: SignatureScheme) {
        for extension in &mut self.0.extensions {
            if let Extension::SignatureAlgorithms(schemes) = extension {
                schemes.retain(|code| {
                    SignatureScheme::from_code(*code).is_none_or(|scheme| scheme == only)
                });
            }
        }
    }

    /// With a value that stands for nothing at the front of every list.
    pub fn greased(mut self, grease: u16) -> Hello {
        self.0.cipher_suites.insert(0, grease);
        self.0
            .compression_methods
            .insert(0, grease.to_be_bytes()[0]);
        for extension in &mut self.0.extensions {
            match extension {
                Extension::SupportedGroups(numbers) | Extension::SignatureAlgorithms(numbers) => {
                    numbers.insert(0, grease);
                }
                _ => {}
            }
        }
        let body = vec![];
        self.0
            .extensions
            .insert(0, Extension::Other { code: grease, body });
        self
    }
}

/// As the learner reads it.
impl fmt::Debug for Hello {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hello = &self.0;
        write!(
            out,
            "version {:04x}, suites {:04x?}, ",
            hello.version, hello.cipher_suites
        )?;
        write!(out, "compression {:02x?}", hello.compression_methods)?;
        shown_extensions(out, &hello.extensions)
    }
}

pub fn shown_extensions(out: &mut fmt::Formatter<'_>, extensions: &[Extension]) -> fmt::Result {
    for extension in extensions {
        match extension {
            Extension::ServerName(_) => write!(out, ", server_name"),
            Extension::SupportedGroups(groups) => write!(out, ", groups {groups:04x?}"),
            Extension::EcPointFormats(_) => write!(out, ", point formats"),
            Extension::SignatureAlgorithms(schemes) => write!(out, ", schemes {schemes:04x?}"),
            Extension::ExtendedMasterSecret => write!(out, ", extended_master_secret"),
            Extension::RenegotiationInfo(data) => {
                write!(out, ", renegotiation_info {}", show::text(&data.pieces()))
            }
            Extension::Other { code, .. } => write!(out, ", extension {code:04x}"),
        }?;
    }
    Ok(())
}

/// What the suite with ECDHE can be without.
#[derive(Debug, Clone, Copy)]
pub enum Missing {
    /// `supported_groups` is not there.
    Groups,
    /// It is there, without X25519.
    Group,
    /// `signature_algorithms` is not there.
    Schemes,
    /// It is there, with neither scheme.
    Scheme,
}

pub fn missing() -> BoxedStrategy<Missing> {
    let all = [
        Missing::Groups,
        Missing::Group,
        Missing::Schemes,
        Missing::Scheme,
    ];
    select(all.to_vec()).boxed()
}

/// A hello that offers everything that there is here, and more, in any order.
pub fn full_hello() -> BoxedStrategy<Hello> {
    hello_offering(true)
}

/// A hello that offers anything.
pub fn hello() -> BoxedStrategy<Hello> {
    hello_offering(false)
}

pub fn hello_offering(all: bool) -> BoxedStrategy<Hello> {
    let sometimes = move |extension: BoxedStrategy<Extension>| {
        let always = extension.clone().prop_map(Some);
        let sometimes = proptest::option::weighted(0.9, extension);
        if all {
            always.boxed()
        } else {
            sometimes.boxed()
        }
    };
    let numbers = move |known: Vec<u16>, unknown: &[u16]| {
        let least = if all { known.len() } else { 0 };
        let most = known.len();
        let parts = (
            subsequence(known, least..=most),
            subsequence(unknown.to_vec(), 0..=2),
        );
        parts
            .prop_map(|(known, unknown)| [known, unknown].concat())
            .prop_shuffle()
    };
    let suites = SUITES.map(CipherSuite::code).to_vec();
    let schemes = SCHEMES.map(SignatureScheme::code).to_vec();
    let (version, methods, info) = if all {
        (
            vec![TLS_1_2],
            vec![vec![0], vec![1, 0], vec![0, 64]],
            vec![vec![]],
        )
    } else {
        let methods = vec![vec![0], vec![0], vec![1, 0], vec![1]];
        (
            vec![TLS_1_2, TLS_1_2, 0x0304, 0x0302],
            methods,
            vec![vec![], vec![], vec![1; 12]],
        )
    };
    let groups = numbers(vec![X25519], &UNKNOWN_GROUPS);
    let schemes = numbers(schemes, &UNKNOWN_SCHEMES);
    let asked = (
        sometimes(groups.prop_map(Extension::SupportedGroups).boxed()),
        sometimes(schemes.prop_map(Extension::SignatureAlgorithms).boxed()),
        proptest::option::of(select(info).prop_map(Extension::RenegotiationInfo)),
        subsequence(other_extensions(), 0..=5),
    );
    let extensions = asked.prop_map(|(groups, schemes, info, others)| {
        let known = [groups, schemes, info].into_iter().flatten();
        known.chain(others).collect::<Vec<Extension>>()
    });
    let suites = numbers(suites, &UNKNOWN_SUITES);
    (
        select(version),
        array(),
        suites,
        select(methods),
        extensions.prop_shuffle(),
    )
        .prop_map(
            |(version, random, cipher_suites, compression_methods, extensions)| {
                Hello(ClientHello {
                    version,
                    random,
                    session_id: vec![],
                    cipher_suites,
                    compression_methods,
                    extensions,
                })
            },
        )
        .boxed()
}

/// Extensions that make no difference to what is chosen: among them those for ALPN and tickets.
pub fn other_extensions() -> Vec<Extension> {
    let other = |code| Extension::Other {
        code,
        body: vec![0, 1, 2],
    };
    vec![
        Extension::ServerName(Some("www.example.org".to_owned())),
        Extension::EcPointFormats(vec![0, 1]),
        Extension::ExtendedMasterSecret,
        other(0x0010),
        other(0x0023),
    ]
}

/// An extension of any kind, in order as far as it goes.
pub fn any_extension() -> BoxedStrategy<Extension> {
    let others = other_extensions().into_iter();
    let known = [
        Extension::RenegotiationInfo(vec![]),
        Extension::SupportedGroups(vec![X25519]),
    ];
    let unknown = grease().prop_map(|code| Extension::Other { code, body: vec![] });
    prop_oneof![select(others.chain(known).collect::<Vec<_>>()), unknown].boxed()
}

/// A hello and an answer to it with which nothing is wrong.
#[derive(Clone)]
pub struct Answered {
    pub hello: Hello,
    pub answer: ServerHello,
}

/// As the learner reads it.
impl fmt::Debug for Answered {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ServerHello {
            version,
            cipher_suite,
            ..
        } = &self.answer;
        write!(out, "{:?}; answered by version {version:04x}, ", self.hello)?;
        write!(out, "suite {cipher_suite:04x}")?;
        shown_extensions(out, &self.answer.extensions)
    }
}

pub fn answered() -> BoxedStrategy<Answered> {
    let kept = vec(any::<bool>(), 8);
    (full_hello(), any_suite(), array(), bytes(0..=32), kept)
        .prop_map(|(hello, suite, random, session_id, kept)| {
            let asked = hello
                .0
                .extensions
                .iter()
                .zip(kept)
                .filter(|(_, kept)| *kept);
            let extensions = asked.filter_map(|(asked, _)| answer_to(asked)).collect();
            let answer = ServerHello {
                version: TLS_1_2,
                random,
                session_id,
                cipher_suite: suite.code(),
                compression_method: 0,
                extensions,
            };
            Answered { hello, answer }
        })
        .boxed()
}

/// What a server says to an extension, if that is one to be answered.
pub fn answer_to(asked: &Extension) -> Option<Extension> {
    Some(match asked {
        Extension::ServerName(_) => Extension::ServerName(None),
        Extension::EcPointFormats(_) => Extension::EcPointFormats(vec![0]),
        Extension::SupportedGroups(_) | Extension::SignatureAlgorithms(_) => return None,
        Extension::Other { code, .. } => Extension::Other {
            code: *code,
            body: vec![9],
        },
        other => other.clone(),
    })
}

/// What exercise 6.2 asks of the server.
pub fn negotiate_by_hand(
    hello: &ClientHello,
    preferences: &[CipherSuite],
) -> Result<Choice, Abort> {
    let hello = Hello(hello.clone());
    let continues = |extension: &Extension| match extension {
        Extension::RenegotiationInfo(verify_data) => !verify_data.is_empty(),
        _ => false,
    };
    if hello.0.version < TLS_1_2 {
        return Err(Abort::UnsupportedVersion);
    }
    if hello.0.extensions.iter().any(continues) {
        return Err(Abort::BadRenegotiationInfo);
    }
    // From the one that is liked least, so that the last word is the best.
    let mut choice = Err(Abort::NothingInCommon);
    for suite in preferences.iter().rev() {
        let is_offered = hello.0.cipher_suites.contains(&suite.code());
        let scheme = SCHEMES
            .iter()
            .rev()
            .find(|scheme| hello.schemes().contains(&scheme.code()));
        match (suite, scheme) {
            _ if !is_offered || !hello.0.compression_methods.contains(&0) => {}
            (CipherSuite::RsaAes128GcmSha256, _) => choice = Ok(Choice::Rsa),
            (CipherSuite::EcdheRsaAes128GcmSha256, Some(scheme)) => {
                if hello.groups().contains(&X25519) {
                    choice = Ok(Choice::EcdheRsa(*scheme));
                }
            }
            (CipherSuite::EcdheRsaAes128GcmSha256, None) => {}
        }
    }
    choice
}
