//! ServerHellos of either version.

use std::fmt;

use given::tls::{Extension, HELLO_RETRY_REQUEST, KeyShare, ServerHello, X25519};
use harness::show::{self, Piece, Show};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::setup::{random_of, sentinel};
use fixtures::strategies::{array, bytes, flip};
use fixtures::tls12::hellos::shown_extensions;

use crate::subject::ch7_tls13::{SENTINEL_TLS_1_1, SENTINEL_TLS_1_2};

/// A ServerHello that can be shown.
#[derive(Clone)]
pub struct Answer(pub ServerHello);

/// As the learner reads it.
impl fmt::Debug for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hello = &self.0;
        let random = show::text(&hello.random.pieces());
        write!(out, "version {:04x}, random {random}, ", hello.version)?;
        write!(out, "suite {:04x}", hello.cipher_suite)?;
        if hello.compression_method != 0 {
            write!(out, ", compression {:02x}", hello.compression_method)?;
        }
        if !hello.session_id.is_empty() {
            let session = show::text(&hello.session_id.pieces());
            write!(out, ", session {session}")?;
        }
        shown_extensions(out, &hello.extensions)
    }
}

impl Answer {
    /// With this random.
    fn with_random(mut self, random: [u8; 32]) -> Answer {
        self.0.random = random;
        self
    }

    /// With this extension, at the beginning or at the end.
    fn with(mut self, extension: Extension, is_first: bool) -> Answer {
        let extensions = &mut self.0.extensions;
        let place = if is_first { 0 } else { extensions.len() };
        extensions.insert(place, extension);
        self
    }
}

/// An answer without the extension that selects a version. The fields for version and compression
/// may say anything: exercise 7.11 does not look at them, but 6.2 does.
pub fn answer() -> BoxedStrategy<Answer> {
    let share = KeyShare {
        group: X25519,
        share: vec![9; 32],
    };
    let extensions = vec![
        Extension::RenegotiationInfo(vec![]),
        Extension::ExtendedMasterSecret,
        Extension::EcPointFormats(vec![0]),
        Extension::ServerShare(share),
    ];
    let version = select(vec![0x0303, 0x0303, 0x0303, 0x0304, 0x0302, 0x0301]);
    let suite = select(vec![0x009c, 0xc02f, 0xc02f, 0x1301, 0x0035]);
    let compression = select(vec![0, 0, 0, 1]);
    let parts = (version, array(), suite, bytes(0..=32), compression);
    (parts, subsequence(extensions, 0..=4))
        .prop_map(
            |((version, random, cipher_suite, session_id, compression_method), extensions)| {
                Answer(ServerHello {
                    version,
                    random,
                    session_id,
                    cipher_suite,
                    compression_method,
                    extensions,
                })
            },
        )
        .boxed()
}

/// An answer of TLS 1.2 whose random ends with a sentinel.
pub fn marked_answer() -> BoxedStrategy<Answer> {
    (answer(), array(), sentinel())
        .prop_map(|(answer, head, sentinel)| answer.with_random(random_of(head, sentinel)))
        .boxed()
}

/// A HelloRetryRequest, as it should be or without a selected version.
pub fn retry() -> BoxedStrategy<Answer> {
    let version = Extension::SelectedVersion(0x0304);
    (answer(), any::<bool>())
        .prop_map(move |(answer, selects)| {
            let answer = answer.with_random(HELLO_RETRY_REQUEST);
            if selects {
                answer.with(version.clone(), true)
            } else {
                answer
            }
        })
        .boxed()
}

/// One of `answers`, with an extension that selects one of these versions.
pub fn selecting(
    answers: BoxedStrategy<Answer>,
    versions: &'static [u16],
) -> BoxedStrategy<Answer> {
    (answers, select(versions), any::<bool>())
        .prop_map(|(answer, version, is_first)| {
            answer.with(Extension::SelectedVersion(version), is_first)
        })
        .boxed()
}

/// A random that looks as if it ended with a sentinel, but does not.
#[derive(Debug, Clone)]
pub struct NearMiss {
    what: String,
    /// The random.
    pub random: [u8; 32],
}

impl NearMiss {
    /// Whether all but one byte are those of a HelloRetryRequest.
    pub fn is_almost_a_retry(&self) -> bool {
        let pairs = self.random.iter().zip(HELLO_RETRY_REQUEST);
        pairs.filter(|(byte, other)| *byte != other).count() == 1
    }
}

impl Show for NearMiss {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = vec![Piece::Text(format!("{}: ", self.what))];
        pieces.extend(self.random.pieces());
        pieces
    }
}

/// Randoms with one bit of a sentinel flipped, with another number at its end, with a sentinel in
/// another place, with less than a whole sentinel, and with one byte that no HelloRetryRequest has.
pub fn near_misses() -> Vec<NearMiss> {
    let head: [u8; 24] = std::array::from_fn(|place| 0xa0 + place as u8);
    let mut all = Vec::new();
    for (name, sentinel) in [("01", SENTINEL_TLS_1_2), ("00", SENTINEL_TLS_1_1)] {
        let mut add = |what: String, random| all.push(NearMiss { what, random });
        for bit in 0..64 {
            let mut end = sentinel.to_vec();
            flip(&mut end, bit);
            // One bit turns one sentinel into the other.
            let end: [u8; 8] = end.try_into().expect("8 bytes");
            if end != SENTINEL_TLS_1_2 && end != SENTINEL_TLS_1_1 {
                let what = format!(
                    "DOWNGRD {name} at the end, bit {} of byte {} flipped",
                    bit % 8,
                    bit / 8
                );
                add(what, random_of(head, end));
            }
        }
        for place in [0, 1, 8, 16, 23] {
            let mut random = random_of(head, *b"\xb0\xb1\xb2\xb3\xb4\xb5\xb6\xb7");
            random[place..place + 8].copy_from_slice(&sentinel);
            add(format!("DOWNGRD {name} from byte {place} on"), random);
        }
        let mut backwards = sentinel;
        backwards.reverse();
        add(
            format!("DOWNGRD {name} at the end, backwards"),
            random_of(head, backwards),
        );
    }
    for number in 2..=u8::MAX {
        let end = [b'D', b'O', b'W', b'N', b'G', b'R', b'D', number];
        let what = format!("DOWNGRD at the end, and {number:02x} after it");
        let random = random_of(head, end);
        all.push(NearMiss { what, random });
    }
    let mut short = random_of(head, [0; 8]);
    short[25..].copy_from_slice(b"DOWNGRD");
    all.push(NearMiss {
        what: "DOWNGRD at the end, with no number after it".to_owned(),
        random: short,
    });
    let random = random_of(head, *b"downgrd\x01");
    let what = "in lowercase letters".to_owned();
    all.push(NearMiss { what, random });
    for place in [0, 7, 8, 15, 16, 31] {
        let mut random = HELLO_RETRY_REQUEST;
        random[place] ^= 1;
        let what = format!("that of a HelloRetryRequest, but for byte {place}");
        all.push(NearMiss { what, random });
    }
    all
}
