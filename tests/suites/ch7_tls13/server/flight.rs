//! What the server says in one turn, under its handshake key, from EncryptedExtensions to Finished.

use std::sync::Arc;

use given::tls::{Extension, HandshakeMessage, HandshakeType};
use given::tls13::{CertificateChain, CertificateEntry, EncryptedExtensions};
use harness::show::Words;
use harness::{Broken, check, same, think_of, with};

use super::{config_of, messages, new_server, pair, server};
use crate::subject::ch6_tls12::ServerConfig;
use fixtures::certificates::HOST;
use fixtures::tls::mallory::encoded;
use fixtures::tls12::manners::{ECDHE, SERVER_BITS};
use fixtures::tls12::pki;
use fixtures::tls13::clients::{Habit, habits, psk_modes};
use fixtures::tls13::manners::client_plan;
use fixtures::tls13::outcome::{end_with, explain, play_alone, tell};
use fixtures::tls13::said::{Message, think_of_chain};
use fixtures::tls13::scripted::{Client, ClientPlan, Level, Peer, Record, Say, kind_in_words};

harness::suite! {
    exercise "7.9" {
        /// after ServerHello come EncryptedExtensions, Certificate, CertificateVerify and Finished, under the handshake key
        #[think = "All of these are sealed. From which secret does the key come, and what is in the transcript when you derive it?"]
        fn the_flight_is_sealed(client from habits_of_hellos()) {
            let flight = |quirk| {
                let (mut server, mut peer) = pair(&client.plan(), quirk);
                play_alone(&mut server, &mut peer, hellos(client.has_share));
                let kinds = kinds(&messages(&peer, Level::Handshake));
                (server, peer, kinds)
            };
            let expected = "EncryptedExtensions, Certificate, CertificateVerify, Finished";
            let (mut server, peer, kinds) = flight(None);
            tell(&mut server);
            if kinds != expected {
                explain(&server, &peer, None, |quirk| flight(Some(quirk)).2 == expected);
            }
            let why = peer.heard().complaint.iter().map(|why| format!("\nThe client complains: {why}"));
            let heard = Words(kinds.clone() + &why.collect::<String>());
            check!(kinds == expected, expected, heard, "the messages that server(config) seals with its handshake key");
        }

        /// with a session id, one ChangeCipherSpec follows ServerHello or the retry; without one, none is sent
        #[think = "Which client gets it, and right after which message? And when have you already sent it?"]
        fn one_change_cipher_spec_is_sent(client from habits_of_hellos()) {
            let mut peer = Client::new(client.plan());
            end_with(&mut new_server(), &mut peer, hellos(client.has_share));
            let mut expected = vec![if client.has_share { "ServerHello" } else { "HelloRetryRequest" }];
            if client.session_id > 0 {
                expected.push("ChangeCipherSpec");
            }
            if !client.has_share {
                expected.push("ServerHello");
            }
            expected.push("sealed records");
            let kind = |record: &Record| match record.level {
                Level::Plaintext => kind_in_words(record),
                _ => "sealed records".to_owned(),
            };
            let mut said: Vec<String> = peer.records().iter().map(kind).collect();
            said.dedup_by(|one, before| one == before && one == "sealed records");
            let (said, expected) = (Words(said.join(", ")), Words(expected.join(", ")));
            same!(said, expected, "the records that server(config) sends");
        }

        /// EncryptedExtensions is empty, even if the client has asked for more, or after a retry, and no
        /// message follows the server's Finished
        #[think = "What do you put into it? This server agrees to nothing else."]
        fn nothing_else_is_agreed((has_share, asked) from asked()) {
            let mut plan = ClientPlan { has_share, ..client_plan() };
            if matches!(&asked, Extension::ServerName(Some(name)) if name != HOST) {
                think_of!("This host is not in your certificate. Whose task is it to find that out?");
            }
            plan.extensions.push(asked);
            let script = plan.script();
            let mut peer = Client::new(plan);
            end_with(&mut new_server(), &mut peer, &script);
            let expected = Message(EncryptedExtensions(vec![]).handshake().bytes().to_vec());
            let said = messages(&peer, Level::Handshake);
            let first = Message(said.first().cloned().unwrap_or_default());
            same!(first, expected, "the EncryptedExtensions of server(config)");
            think_of!("Your Finished is the last message of the handshake. Which step says that another one follows it, for this client?");
            let after = Words(kinds(&messages(&peer, Level::Application(0))));
            same!(after, Words("nothing".to_owned()), "the messages of server(config) after its Finished");
        }

        /// its Certificate is its whole chain, in its order and of any length, without extensions
        #[think = "The context is empty, and your own certificate comes first. How does the client get the CA between the server and the root, if you don't send it?"]
        fn its_whole_chain_is_sent(length from [1_usize, 2, 3, 4, 260]) {
            let config = Arc::into_inner(config_of(SERVER_BITS)).expect("nobody else has it");
            // The third one is the root, which signs itself, and comes twice.
            let root = pki::chain(SERVER_BITS).1;
            let all = [config.chain.clone(), vec![root; 2]].concat();
            let chain: Vec<_> = all.iter().cycle().take(length).cloned().collect();
            let entry = |certificate| CertificateEntry { certificate, extensions: vec![] };
            let entries = encoded(&chain).into_iter().map(entry).collect();
            let expected = CertificateChain { context: vec![], entries };
            let expected = Message(expected.handshake().bytes().to_vec());
            let plan = ClientPlan { chain: encoded(&chain), ..client_plan() };
            // Suites of TLS 1.2, which mean nothing here.
            let suites = if length == 2 { vec![ECDHE] } else { vec![] };
            if !suites.is_empty() {
                with!("config.suites" = Words(format!("{suites:?}")));
            }
            let mut server = server(Arc::new(ServerConfig { chain, suites, ..config }));
            let mut peer = Client::new(plan);
            end_with(&mut server, &mut peer, &[Say::Hello]);
            let said = messages(&peer, Level::Handshake);
            let certificate = Message(said.get(1).cloned().unwrap_or_default());
            think_of_chain(&certificate, &expected);
            same!(certificate, expected, "the Certificate of server(config)");
        }
    }
}

/// The types of these messages.
pub(super) fn kinds(messages: &[Vec<u8>]) -> String {
    let kinds = messages
        .iter()
        .filter_map(|one| HandshakeType::from_code(one[0]));
    let kinds: Vec<String> = kinds.map(|kind| format!("{kind:?}")).collect();
    match &kinds[..] {
        [] => "nothing".to_owned(),
        kinds => kinds.join(", "),
    }
}

/// Checks that an honest client has nothing to complain about.
pub(super) fn no_complaint(peer: &Client) -> Result<(), Broken> {
    let is_content = peer.heard().complaint.is_none();
    let why = peer.heard().complaint.clone().unwrap_or_default();
    check!(
        is_content,
        "a client without a complaint",
        Words(format!("the client complains: {why}")),
        "the handshake of server(config)"
    );
    Ok(())
}

/// Those that differ in the hellos.
fn habits_of_hellos() -> Vec<Habit> {
    let mut habits = habits();
    habits.retain(|client| !client.changes_cipher);
    habits
}

/// What a client says in plaintext.
pub(super) fn hellos(has_share: bool) -> &'static [Say] {
    if has_share {
        &[Say::Hello]
    } else {
        &[Say::Hello, Say::Hello]
    }
}

/// What a client may ask for, and this server does not support: the host, even one that its certificate is not for, a certificate's status,
/// ALPN, shorter records, other certificates, early data, tickets. Two of the clients have no share at
/// first.
fn asked() -> Vec<(bool, Extension)> {
    let other = |code, body: &[u8]| Extension::Other {
        code,
        body: body.to_vec(),
    };
    let name = Extension::ServerName(Some(HOST.to_owned()));
    let other_name = Extension::ServerName(Some("another.example.com".to_owned()));
    let asked = vec![
        name.clone(),
        other_name,
        other(1, &[2]),
        other(5, &[1, 0, 0, 0, 0]),
        other(16, &[0, 3, 2, b'h', b'2']),
        other(20, &[1, 0]),
        other(28, &[0x40, 1]),
        other(42, &[]),
        other(49, &[]),
        psk_modes(),
        other(0x0a0a, &[]),
    ];
    let asked = asked.into_iter().map(|one| (true, one));
    asked.chain([(false, name), (false, psk_modes())]).collect()
}
