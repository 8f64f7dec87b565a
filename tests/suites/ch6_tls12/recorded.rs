//! Sessions that are recorded, for the wiretap.

use given::tls::CipherSuite;
use given::tls12::Extension;
use harness::show::{Piece, Show};
use proptest::prelude::*;
use proptest::sample::select;

use crate::subject::ch6_tls12::{Conversation, Recording};
use fixtures::strategies::{bytes, list};
use fixtures::tls::mallory::records;
use fixtures::tls12::asked::REQUEST;
use fixtures::tls12::manners::{Manner, client_plan, cuts, server_plan};
use fixtures::tls12::scripted::{Client, ClientPlan, Cuts, Peer, Say, Server, ServerPlan};

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
    let long = [(true, vec![0x61; 16_385]), (false, vec![0x62; 20_000])];
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
    all.iter_mut().for_each(|one| one.asks = true);
    all
}

fn lengths(records: &[usize]) -> String {
    let records: Vec<String> = records.iter().map(usize::to_string).collect();
    records.join(", ")
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
        } = self;
        let extended = match extended {
            Extended::Nobody => "neither side supports",
            Extended::Client => "only the client supports",
            Extended::Both => "both support",
        };
        let more = if *says_more {
            ", with more than is needed in the hellos"
        } else {
            ""
        };
        let asks = if *asks {
            ", the server asks for the client's certificate"
        } else {
            ""
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
            "{extended} the extended master secret{more}{asks}{joined}{cut}"
        ))];
        for (is_client, data) in said {
            let who = if *is_client { "client" } else { "server" };
            pieces.push(Piece::Text(format!(", {who} says ")));
            pieces.extend(data.pieces());
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
        pieces
    }
}

impl Recorded {
    /// Whether the master secret is the extended one.
    pub fn is_extended(&self) -> bool {
        self.extended == Extended::Both
    }

    /// The bytes of the session, with this suite, and a client that offers this version.
    pub fn recording(&self, suite: CipherSuite, version: u16) -> Recording {
        let manner = Manner {
            is_extended: self.extended == Extended::Both,
            says_more: self.says_more,
            // Without it, the session id differs, too.
            renegotiates: self.closes,
            ..Manner::new(suite)
        };
        let cuts = Cuts {
            records: self.records.clone(),
            joined: self.joined,
            calls: vec![usize::MAX],
        };
        let mut plan = client_plan(&manner);
        if self.extended == Extended::Client {
            plan.extensions.push(Extension::ExtendedMasterSecret);
        }
        plan.may_be_asked = self.asks;
        let mut answers = server_plan(&manner);
        answers.request = self.asks.then(|| REQUEST.to_vec());
        let mut client = Client::new(ClientPlan {
            version,
            chain: answers.chain.clone(),
            cuts: cuts.clone(),
            ..plan
        });
        let from_server = answers.script();
        let mut from_client = ClientPlan::script();
        if self.asks {
            from_client.insert(1, Say::Certificate);
        }
        let mut server = Server::new(ServerPlan { cuts, ..answers });
        let mut recording = Recording {
            from_client: vec![],
            from_server: vec![],
        };
        let mut turn = |is_client: bool, script: &[Say]| {
            let (speaker, listener, record): (
                &mut dyn Peer<Say = Say>,
                &mut dyn Peer<Say = Say>,
                _,
            ) = if is_client {
                (&mut client, &mut server, &mut recording.from_client)
            } else {
                (&mut server, &mut client, &mut recording.from_server)
            };
            script.iter().for_each(|say| speaker.say(say));
            let said = speaker.take_outgoing();
            listener.hear(&said);
            record.extend(said);
            assert_eq!(listener.heard().complaint, None, "the grader's peers agree");
        };
        let (first, second) = from_server.split_at(from_server.len() - 2);
        turn(true, &from_client[..1]);
        turn(false, first);
        turn(true, &from_client[1..]);
        turn(false, second);
        for (is_client, data) in &self.said {
            turn(*is_client, &[Say::Data(data.clone())]);
        }
        if self.closes {
            turn(true, &[Say::Close]);
            turn(false, &[Say::Close]);
        }
        if self.goes_on {
            turn(true, &[Say::Data(b"too late".to_vec())]);
            turn(false, &[Say::Data(b"too late".to_vec())]);
        }
        recording
    }

    /// What was said.
    pub fn conversation(&self) -> Conversation {
        Conversation {
            from_client: self.said_by(true).concat(),
            from_server: self.said_by(false).concat(),
        }
    }

    fn said_by(&self, side: bool) -> Vec<Vec<u8>> {
        let said = self.said.iter().filter(|(is_client, _)| *is_client == side);
        said.map(|(_, data)| data.clone()).collect()
    }

    /// What was said in the part of `recording` that ends at these places, within it or at its end.
    /// `None` if the handshake is not over there. Each time that something is said, it is one
    /// record.
    pub fn conversation_until(
        &self,
        recording: &Recording,
        ends: (usize, usize),
    ) -> Option<Conversation> {
        let until = |side: bool, all: &[u8], end: usize| {
            let is_whole = |record: &Vec<u8>| record.len() == length_of(record);
            let whole = records(&all[..end])
                .iter()
                .filter(|one| is_whole(one))
                .count();
            let all = records(all);
            let is_handshake = |record: &Vec<u8>| [20, 22].contains(&record[0]);
            let handshake = all.iter().take_while(|one| is_handshake(one)).count();
            let data = whole.checked_sub(handshake)?;
            Some(
                self.said_by(side)
                    .into_iter()
                    .take(data)
                    .flatten()
                    .collect(),
            )
        };
        Some(Conversation {
            from_client: until(true, &recording.from_client, ends.0)?,
            from_server: until(false, &recording.from_server, ends.1)?,
        })
    }
}

/// How long a record is that begins like this.
fn length_of(record: &[u8]) -> usize {
    5 + usize::from(u16::from_be_bytes([record[3], record[4]]))
}
