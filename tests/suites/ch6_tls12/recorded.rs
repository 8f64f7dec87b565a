//! Sessions that are recorded, for the wiretap.

// Beside this file, whichever program it is part of.
#[path = "played.rs"]
mod played;

use harness::show::{Piece, Show};
use proptest::prelude::*;
use proptest::sample::select;

use fixtures::strategies::{bytes, list};
use fixtures::tls12::manners::{SERVER_BITS, cuts};
use fixtures::tls12::pki;
use fixtures::tls12::scripted::Say;
use given::tls::HandshakeType;

/// A session that is recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    extended: Extended,
    /// Whether both say more than they must.
    says_more: bool,
    /// Whether the server asks for the client's certificate. The client has none.
    asks: bool,
    joined: bool,
    records: Vec<usize>,
    /// What is said, and whether it is the client that says it.
    said: Vec<(bool, Vec<u8>)>,
    closes: bool,
    /// Whether both go on talking after that, to nobody.
    goes_on: bool,
    /// The size of the server's key.
    bits: usize,
    /// The side that leaves out its Finished, if one does, and what it says in its place, if anything.
    unfinished: Option<(bool, Option<Say>)>,
}

/// Which sides support the extended master secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extended {
    Nobody,
    /// The client asks for it, and the server does not answer.
    Client,
    Both,
}

const EXTENDED: [Extended; 3] = [Extended::Nobody, Extended::Client, Extended::Both];

pub fn recorded() -> BoxedStrategy<Recorded> {
    let said = list((any::<bool>(), bytes(0..=40)), 0..=6);
    let asks = prop::bool::weighted(0.2);
    let manner = (select(&EXTENDED[..]), any::<bool>(), asks, any::<bool>());
    (manner, cuts(), said)
        .prop_map(
            |((extended, says_more, asks, closes), cuts, said)| Recorded {
                extended,
                says_more,
                asks,
                joined: cuts.joined,
                records: cuts.records,
                said,
                closes,
                goes_on: false,
                bits: SERVER_BITS,
                unfinished: None,
            },
        )
        .boxed()
}

/// Sessions with empty records between others, whichever sides support the extended master secret;
/// and longer ones.
pub fn fixed() -> Vec<Recorded> {
    let session = |extended, said: &[(bool, Vec<u8>)]| Recorded {
        extended,
        says_more: false,
        asks: false,
        joined: false,
        records: vec![1 << 14],
        said: said.to_vec(),
        closes: true,
        goes_on: false,
        bits: SERVER_BITS,
        unfinished: None,
    };
    let words = [
        (true, "question"),
        (true, ""),
        (false, ""),
        (false, "answer"),
        (false, ""),
        (true, "another"),
        (false, "another"),
    ];
    let words = words.map(|(is_client, word)| (is_client, word.as_bytes().to_vec()));
    let long = [(true, vec![0x61; 140_000]), (false, vec![0x62; 140_000])];
    let many = [(false, vec![0x63; 3]), (true, vec![0x64; 2])];
    let many: Vec<_> = many.into_iter().cycle().take(600).collect();
    let mut all = EXTENDED.map(|extended| session(extended, &words)).to_vec();
    all.extend([
        session(Extended::Both, &long),
        session(Extended::Both, &many),
    ]);
    all.push(Recorded {
        goes_on: true,
        ..all[0].clone()
    });
    all.push(Recorded {
        closes: false,
        ..all[0].clone()
    });
    all
}

/// Sessions in which the server asks for the client's certificate, whichever sides support the
/// extended master secret.
pub fn asked() -> Vec<Recorded> {
    let mut all = fixed();
    all.truncate(EXTENDED.len());
    all.extend_from_within(..1);
    all[EXTENDED.len()].says_more = true;
    all.iter_mut().for_each(|one| one.asks = true);
    all
}

/// A session under a key that is longer than any other in this exercise.
pub fn with_a_long_key() -> Vec<Recorded> {
    let bits = 3072;
    let first = fixed().swap_remove(0);
    vec![Recorded { bits, ..first }]
}

/// Sessions in which one side goes on to talk without a Finished, or with another message in its
/// place.
pub fn unfinished() -> Vec<Recorded> {
    let other = Say::Message(HandshakeType::CertificateVerify.code(), vec![4, 1, 0, 0]);
    let said = |side| [(side, None), (side, Some(other.clone()))];
    let sides = [true, false].into_iter().flat_map(said);
    let session = |side| Recorded {
        unfinished: Some(side),
        ..fixed().swap_remove(0)
    };
    sides.map(session).collect()
}

/// How many times the same two things are said, if nothing else is. Otherwise 1.
fn rounds(said: &[(bool, Vec<u8>)]) -> usize {
    let is_round = |pair: &[(bool, Vec<u8>)]| pair == &said[..2];
    match said.len() >= 4 && said.chunks(2).all(is_round) {
        true => said.len() / 2,
        false => 1,
    }
}

fn lengths(records: &[usize]) -> String {
    let records: Vec<String> = records.iter().map(usize::to_string).collect();
    records.join(", ")
}

impl Recorded {
    /// Whether the server asks for the client's certificate.
    pub fn asks(&self) -> bool {
        self.asks
    }

    /// The private key of the server.
    pub fn key(&self) -> &'static rsa::PrivateKey {
        pki::server_key(self.bits).private()
    }

    /// Whether it ends with a close_notify of each side.
    pub fn closes(&self) -> bool {
        self.closes
    }
}

impl Show for Recorded {
    fn pieces(&self) -> Vec<Piece> {
        let Recorded {
            extended,
            says_more,
            asks,
            joined,
            records,
            said,
            closes,
            goes_on,
            bits,
            unfinished,
        } = self;
        let extended = match extended {
            Extended::Nobody => "neither side supports",
            Extended::Client => "only the client supports",
            Extended::Both => "both support",
        };
        let offered = if *says_more {
            "only ECDHE, the hellos have more in them than is needed, and the server's chain is not valid"
        } else {
            "both suites"
        };
        let asks = if *asks {
            ", the server asks for the client's certificate"
        } else {
            ""
        };
        let key = match *bits {
            SERVER_BITS => String::new(),
            bits => format!(", the server's key has {bits} bits"),
        };
        let joined = if *joined {
            ", messages share records"
        } else {
            ""
        };
        let cut = match records[..] {
            [length] if length >= 1 << 14 => String::new(),
            _ => format!(", records of {} bytes", lengths(records)),
        };
        let mut pieces = vec![Piece::Text(format!(
            "{extended} the extended master secret, the client offers {offered}{asks}{key}{joined}{cut}"
        ))];
        let rounds = rounds(said);
        for (is_client, data) in &said[..said.len() / rounds] {
            let who = if *is_client { "client" } else { "server" };
            pieces.push(Piece::Text(format!(", {who} says ")));
            pieces.extend(data.pieces());
        }
        if rounds > 1 {
            pieces.push(Piece::Text(format!(", and all of this {rounds} times")));
        }
        let end = if *closes {
            ", both send a close_notify"
        } else {
            ", then it breaks off"
        };
        pieces.push(Piece::Text(end.to_owned()));
        if *goes_on {
            pieces.push(Piece::Text(", and go on talking".to_owned()));
        }
        if let Some((is_client, other)) = unfinished {
            let who = if *is_client { "client" } else { "server" };
            let what = match other {
                Some(_) => "a CertificateVerify in place of its Finished",
                None => "no Finished",
            };
            pieces.push(Piece::Text(format!(", the {who} sends {what}")));
        }
        pieces
    }
}
