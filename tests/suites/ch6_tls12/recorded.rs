//! Sessions that are recorded, for the wiretap.

use given::tls::CipherSuite;
use harness::show::{Piece, Show};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::subject::ch6_tls12::{Conversation, Recording};
use fixtures::strategies::bytes;
use fixtures::tls12::manners::{Manner, client_plan, cuts, server_plan};
use fixtures::tls12::scripted::{Client, ClientPlan, Cuts, Peer, Say, Server, ServerPlan};

/// A session that is recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    is_extended: bool,
    joined: bool,
    records: Vec<usize>,
    /// What is said, and whether it is the client that says it.
    said: Vec<(bool, Vec<u8>)>,
    closes: bool,
}

pub fn recorded() -> BoxedStrategy<Recorded> {
    let said = vec((any::<bool>(), bytes(1..=40)), 0..=6);
    (any::<bool>(), cuts(), said, any::<bool>())
        .prop_map(|(is_extended, cuts, said, closes)| Recorded {
            is_extended,
            joined: cuts.joined,
            records: cuts.records,
            said,
            closes,
        })
        .boxed()
}

impl Show for Recorded {
    fn pieces(&self) -> Vec<Piece> {
        let Recorded {
            is_extended,
            joined,
            records,
            said,
            closes,
        } = self;
        let mut pieces = vec![Piece::Text(format!(
            "extended master secret {is_extended}, messages joined {joined} and cut at {records:?}"
        ))];
        for (is_client, data) in said {
            let who = if *is_client { "client" } else { "server" };
            pieces.push(Piece::Text(format!(", {who} says ")));
            pieces.extend(data.pieces());
        }
        let end = if *closes {
            ", both say goodbye"
        } else {
            ", and it breaks off"
        };
        pieces.push(Piece::Text(end.to_owned()));
        pieces
    }
}

impl Recorded {
    /// The bytes of the session, with this suite, and a client that offers this version.
    pub fn recording(&self, suite: CipherSuite, version: u16) -> Recording {
        let manner = Manner {
            is_extended: self.is_extended,
            ..Manner::new(suite)
        };
        let cuts = Cuts {
            records: self.records.clone(),
            joined: self.joined,
            calls: vec![usize::MAX],
        };
        let mut client = Client::new(ClientPlan {
            version,
            cuts: cuts.clone(),
            ..client_plan(&manner)
        });
        let mut server = Server::new(ServerPlan {
            cuts,
            ..server_plan(&manner)
        });
        let mut recording = Recording {
            from_client: vec![],
            from_server: vec![],
        };
        let mut turn = |is_client: bool, script: &[Say]| {
            let (speaker, listener, record): (&mut dyn Peer, &mut dyn Peer, _) = if is_client {
                (&mut client, &mut server, &mut recording.from_client)
            } else {
                (&mut server, &mut client, &mut recording.from_server)
            };
            script.iter().for_each(|say| speaker.say(say));
            let said = speaker.line().take_outgoing();
            listener.hear(&said);
            record.extend(said);
            assert_eq!(listener.line().complaint, None, "the grader's peers agree");
        };
        let (from_client, from_server) = (ClientPlan::script(), manner.server_script());
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
        recording
    }

    /// What was said.
    pub fn conversation(&self) -> Conversation {
        let by = |side: bool| {
            let said = self.said.iter().filter(|(is_client, _)| *is_client == side);
            said.flat_map(|(_, data)| data.clone()).collect()
        };
        Conversation {
            from_client: by(true),
            from_server: by(false),
        }
    }
}
