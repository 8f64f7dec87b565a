//! How a recorded session is played, and what was said in it.

use given::tls::CipherSuite;
use given::tls12::Extension;

use super::{Extended, Recorded};
use crate::subject::ch6_tls12::{Conversation, Recording};
use fixtures::certificates::{HOST, Plan};
use fixtures::tls::mallory::records;
use fixtures::tls12::asked::REQUEST;
use fixtures::tls12::manners::{ECDHE, Manner, RSA, SERVER_BITS, client_plan_of, server_plan_of};
use fixtures::tls12::pki;
use fixtures::tls12::scripted::{
    Client, ClientPlan, Cuts, Differs, Peer, Quirk, Say, Server, ServerPlan,
};

impl Recorded {
    /// Whether the master secret is the extended one.
    pub fn is_extended(&self) -> bool {
        self.extended == Extended::Both
    }

    /// The bytes of the session, with this suite, and a client that offers this version.
    pub fn recording(&self, suite: CipherSuite, version: u16) -> Recording {
        let (recording, _) = self
            .played(suite, version, None)
            .expect("the grader's peers agree");
        recording
    }

    /// The same session between peers that both have this quirk. `None` if they don't agree.
    pub fn recording_with(
        &self,
        suite: CipherSuite,
        version: u16,
        quirk: Quirk,
    ) -> Option<Recording> {
        self.played(suite, version, Some(quirk))
            .map(|(recording, _)| recording)
    }

    /// What differs in a session between peers that both have this quirk, in words.
    pub fn difference(&self, suite: CipherSuite, version: u16, quirk: Quirk) -> String {
        let played = self.played(suite, version, None);
        played.map_or_else(String::new, |(_, server)| server.difference(quirk))
    }

    /// The bytes of the session, and the server.
    fn played(
        &self,
        suite: CipherSuite,
        version: u16,
        quirk: Option<Quirk>,
    ) -> Option<(Recording, Server)> {
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
        let mut plan = client_plan_of(SERVER_BITS, &manner);
        if self.extended == Extended::Client {
            plan.extensions.push(Extension::ExtendedMasterSecret);
        }
        plan.may_be_asked = self.asks;
        // An eavesdropper must not mistake what is offered for what is chosen.
        let chosen = plan.suites.iter().position(|one| *one == suite.code());
        let place = chosen.expect("it is offered");
        plan.suites
            .splice(place..=place, [ECDHE.code(), RSA.code()]);
        if self.says_more {
            // A client may be careless about what it has offered. What matters is that both go on.
            plan.suites.retain(|offered| *offered != RSA.code());
            plan.takes_any_suite = true;
        }
        let mut answers = server_plan_of(SERVER_BITS, &manner);
        if self.bits != SERVER_BITS {
            let (key, ca) = (pki::server_key(self.bits), pki::intermediate(SERVER_BITS));
            let leaf = Plan::leaf(&[HOST], key, ca).make();
            answers.chain[0] = leaf.to_der().to_vec();
            (answers.key, plan.key) = (key.private(), key.public());
        }
        if self.says_more {
            // The client may trust the server without these. Nobody else needs to read them.
            answers.chain[0] = pki::untrusted(SERVER_BITS).to_vec();
            answers.chain.push(b"no certificate".to_vec());
            // The server may accept a hello that 6.2 refuses.
            plan.extensions
                .retain(|one| !matches!(one, Extension::EcPointFormats(_)));
            plan.extensions.push(Extension::EcPointFormats(vec![1]));
        }
        // A client that has no certificate need not read what the server asks for.
        let request = match self.says_more {
            true => b"any certificate will do".to_vec(),
            false => REQUEST.to_vec(),
        };
        answers.request = self.asks.then_some(request);
        // Without a Finished, only a careless peer goes on.
        let is_careless = self.unfinished.is_some();
        let mut client = Client::new(ClientPlan {
            version,
            chain: answers.chain.clone(),
            cuts: cuts.clone(),
            is_careless,
            quirk,
            ..plan
        });
        let from_server = answers.script();
        let mut from_client = ClientPlan::script();
        if self.asks {
            from_client.insert(1, Say::Certificate);
        }
        let mut server = Server::new(ServerPlan {
            cuts,
            is_careless,
            quirk,
            ..answers
        });
        let mut recording = Recording {
            from_client: vec![],
            from_server: vec![],
        };
        let mut agree = true;
        let mut turn = |is_client: bool, script: &[Say], is_heard: bool| {
            let (speaker, listener, record): (
                &mut dyn Peer<Say = Say>,
                &mut dyn Peer<Say = Say>,
                _,
            ) = if is_client {
                (&mut client, &mut server, &mut recording.from_client)
            } else {
                (&mut server, &mut client, &mut recording.from_server)
            };
            for say in script {
                match &self.unfinished {
                    Some((side, other)) if *side == is_client && *say == Say::Finished => {
                        other.iter().for_each(|other| speaker.say(other));
                    }
                    _ => speaker.say(say),
                }
            }
            let said = speaker.take_outgoing();
            if is_heard {
                listener.hear(&said);
            }
            record.extend(said);
            agree &= listener.heard().complaint.is_none();
        };
        let (first, second) = from_server.split_at(from_server.len() - 2);
        turn(true, &from_client[..1], true);
        turn(false, first, true);
        turn(true, &from_client[1..], true);
        turn(false, second, true);
        // What follows needs no answer. Peers with a quirk may disagree about it, and others don't:
        // to open every record once more would take half of the time.
        let is_heard = quirk.is_some();
        for (is_client, data) in &self.said {
            turn(*is_client, &[Say::Data(data.clone())], is_heard);
        }
        if self.closes {
            turn(true, &[Say::Close], is_heard);
            turn(false, &[Say::Close], is_heard);
        }
        if self.goes_on {
            turn(true, &[Say::Data(b"too late".to_vec())], is_heard);
            turn(false, &[Say::Data(b"too late".to_vec())], is_heard);
        }
        (agree || self.unfinished.is_some()).then_some((recording, server))
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
