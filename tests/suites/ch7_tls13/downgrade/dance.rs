//! The downgrade dance: a naive client that falls back, and one that doesn't.

use given::attacks::{OnTheWay, Relayed, carry, fall_back};
use given::tls::{Abort, CipherSuite, Connection, Status, Suite};
use harness::show::Words;
use harness::{Broken, accepted, check, same};
use proptest::sample::select;

use crate::ends::Nobody;
use crate::setup::{client_config, client_config_of, server_config_of};
use crate::subject::ch6_tls12::{self as tls12, Conversation, Unreadable};
use crate::subject::ch7_tls13::*;
use fixtures::keys;
use fixtures::strategies::bytes;
use fixtures::tls12::manners::{BITS, ECDHE, RSA, leaked_key};

/// The call that begins the dance, as a report shows it.
const FALL_BACK: &str = "fall_back(attempts, &mut mallory)";

type Any = Box<dyn Connection>;

harness::suite! {
    exercise "7.11" {
        /// a client that falls back is made to fall back, nobody notices, and all of it is read with the leaked key
        #[think = "How much of each attempt reaches the server, and how much of it do you record?"]
        #[cases = 4]
        fn a_client_that_falls_back_is_read(
            tries in 1..=2_usize, question in bytes(0..=60), answer in bytes(0..=60)
        ) {
            let mut attempts = vec![attempt_of_both(FirstHello::WithShare), attempt_of_both(FirstHello::AskFirst)];
            attempts.truncate(tries);
            attempts.push(attempt_of_tls_1_2(&[RSA]));
            let mut spy = Spy::default();
            let left = fall_back(attempts, &mut spy);
            let begun = spy.connections.len();
            let got = Words(format!("{begun} connections"));
            check!(begun == tries + 1, format!("{} connections", tries + 1), got, FALL_BACK);
            for broken in &spy.connections[..tries] {
                let (is_silent, to_server) = (broken.to_server.is_empty(), &broken.to_server);
                let asked = "what reaches the server in an attempt with TLS 1.3";
                check!(is_silent, "nothing", to_server, asked);
                let (is_alert, to_client) = (broken.to_client.len() == 7, &broken.to_client);
                let asked = "what reaches the client in an attempt with TLS 1.3";
                check!(is_alert, "the seven bytes of an alert", to_client, asked);
            }
            let Some((mut client, mut server)) = left else {
                return Err(Broken::expected(FALL_BACK, "Some(…)", "None"));
            };
            same!(client.status(), Status::Open(RSA.into()));
            same!(server.status(), Status::Open(RSA.into()));
            accepted!(client.send(&question));
            accepted!(server.send(&answer));
            carry(&mut client, &mut server, &mut spy);
            same!(server.received(), question);
            same!(client.received(), answer);
            let said = Conversation { from_client: question, from_server: answer };
            let read = spy.mallory.read(leaked_key());
            same!(read, Ok(said), "mallory.read(&leaked_key)");
            let read = spy.mallory.read(keys::private(BITS, 7));
            let is_broken = matches!(read, Err(Unreadable::Broken(_)));
            check!(is_broken, "Err(Broken(…))", read, "mallory.read(&another_key)");
        }

        /// the broken attempt ends with her alert, as if the server had sent it
        #[think = "What does a client do with an alert that comes before there are keys?"]
        fn her_alert_is_believed(first from [FirstHello::WithShare, FirstHello::AskFirst]) {
            let (mut client, mut server) = attempt_of_both(first);
            let mut spy = Spy::default();
            spy.connected();
            carry(&mut client, &mut server, &mut spy);
            let status = client.status();
            let is_refused = matches!(status, Status::Failed(Abort::Refused(_)));
            check!(is_refused, "Failed(Refused(…))", status, "client.status()");
            same!(server.status(), Status::Handshaking);
        }

        /// a client that falls back to ECDHE is not read, although it was made to fall back
        #[think = "What can she not read if the client does not offer TLS_RSA?"]
        fn a_client_that_falls_back_to_ecdhe_is_not_read() {
            let attempts = vec![attempt_of_both(FirstHello::WithShare), attempt_of_tls_1_2(&[ECDHE])];
            let mut spy = Spy::default();
            let left = fall_back(attempts, &mut spy);
            let status = left.map(|(client, _)| client.status());
            same!(status, Some(Status::Open(ECDHE.into())), "fall_back(attempts, &mut mallory)");
            let read = spy.mallory.read(leaked_key());
            same!(read, Err(Unreadable::ForwardSecret), "mallory.read(&leaked_key)");
        }

        /// your client never falls back: with her in the middle it fails, and without her it speaks TLS 1.3
        #[think = "How many connections does your client begin?"]
        fn your_client_does_not_fall_back(first from [FirstHello::WithShare, FirstHello::AskFirst]) {
            let mut spy = Spy::default();
            let left = fall_back(vec![attempt_of_both(first)], &mut spy);
            let (has_failed, left) = (left.is_none(), left.map(|(client, _)| client.status()));
            check!(has_failed, "None", left, FALL_BACK);
            let begun = spy.connections.len();
            check!(begun == 1, "1 connection", Words(format!("{begun} connections")), FALL_BACK);
            let to_server = &spy.connections[0].to_server;
            same!(*to_server, Vec::<u8>::new(), "what reaches the server");
            let left = fall_back(vec![attempt_of_both(first)], &mut Nobody);
            let status = left.map(|(client, _)| client.status());
            same!(status, Some(Status::Open(Suite::Tls13)), "fall_back(attempts, &mut nobody)");
        }

        /// a connection that never offered 1.3 passes her untouched, with either suite
        #[think = "Which hellos does she let pass?"]
        #[cases = 4]
        fn an_older_client_is_left_alone(suite in select(vec![RSA, ECDHE]), data in bytes(0..=60)) {
            let mut spy = Spy::default();
            let left = fall_back(vec![attempt_of_tls_1_2(&[suite])], &mut spy);
            let Some((mut client, mut server)) = left else {
                return Err(Broken::expected(FALL_BACK, "Some(…)", "None"));
            };
            same!(server.status(), Status::Open(suite.into()));
            accepted!(client.send(&data));
            carry(&mut client, &mut server, &mut spy);
            same!(server.received(), data);
            let passed = &spy.connections[0];
            same!(passed.to_server, passed.from_client, "what reaches the server");
            same!(passed.to_client, passed.from_server, "what reaches the client");
        }
    }
}

/// An attempt that offers both versions, and the server that it is meant for.
fn attempt_of_both(first: FirstHello) -> (Any, Any) {
    let client = client_of_both(client_config(), first);
    let server = server_of_both(server_config_of(BITS, &[ECDHE, RSA]));
    (Box::new(client), Box::new(server))
}

/// An attempt with TLS 1.2 only, and these suites.
fn attempt_of_tls_1_2(suites: &[CipherSuite]) -> (Any, Any) {
    let client = tls12::client(client_config_of(BITS, suites));
    let server = server_of_both(server_config_of(BITS, &[ECDHE, RSA]));
    (Box::new(client), Box::new(server))
}

/// What went through her hands in one connection.
#[derive(Debug, Default)]
struct Passed {
    from_client: Vec<u8>,
    to_server: Vec<u8>,
    from_server: Vec<u8>,
    to_client: Vec<u8>,
}

/// The learner's Mallory, watched.
#[derive(Debug, Default)]
struct Spy {
    mallory: Mallory,
    connections: Vec<Passed>,
}

impl Spy {
    fn note(&mut self, relayed: &Relayed) -> &mut Passed {
        if self.connections.is_empty() {
            self.connections.push(Passed::default());
        }
        let last = self.connections.last_mut().expect("there is one");
        last.to_client.extend(&relayed.to_client);
        last.to_server.extend(&relayed.to_server);
        last
    }
}

impl OnTheWay for Spy {
    fn connected(&mut self) {
        self.connections.push(Passed::default());
        self.mallory.connected();
    }

    fn client_sends(&mut self, bytes: &[u8]) -> Relayed {
        let relayed = self.mallory.client_sends(bytes);
        self.note(&relayed).from_client.extend(bytes);
        relayed
    }

    fn server_sends(&mut self, bytes: &[u8]) -> Relayed {
        let relayed = self.mallory.server_sends(bytes);
        self.note(&relayed).from_server.extend(bytes);
        relayed
    }
}
