//! What must not be kept from one connection to the next.

use given::tls::{Abort, Alert, ClientHello};
use harness::show::Words;
use harness::{same, with};

use super::new_server;
use fixtures::tls13::manners::client_plan;
use fixtures::tls13::outcome::{Outcome, end_with, server_ends};
use fixtures::tls13::scripted::{Client, ClientPlan, Level, Proof, Say};

harness::suite! {
    exercise "7.9" {
        /// a second hello that was right on an earlier connection is refused after another first one
        #[think = "Which first hello do you compare it with? Do you keep anything from an earlier connection?"]
        fn a_second_hello_of_an_earlier_connection_is_refused() {
            let first = ClientPlan {
                has_share: false,
                random: Some([0x5e; 32]),
                secret: Some([0x77; 32]),
                ..client_plan()
            };
            // It offers one suite more in its first hello alone.
            let second = ClientPlan {
                hello: |hello| hello.cipher_suites.push(0x1302),
                second: |hello| hello.cipher_suites.truncate(1),
                ..first.clone()
            };
            let script = first.script();
            let end = end_with(&mut new_server(), &mut Client::new(first), &script);
            server_ends!(end, Outcome::open());
            let end = end_with(&mut new_server(), &mut Client::new(second), &script);
            let alert = Abort::BadRetry.alert().unwrap_or(Alert::IllegalParameter);
            server_ends!(end, Outcome::Refused(alert, Level::Plaintext));
        }

        /// a client that repeats its random may have another session id, or none, and gets it back, even if it was refused before
        #[think = "Do you keep anything from an earlier connection? Each ServerHello answers its own hello."]
        fn a_client_may_repeat_its_random(has_share from [true, false]) {
            // No other property has this random, so this client has not been here before.
            let (random, mut before) = ([0xa5 ^ u8::from(has_share); 32], None);
            let hello: fn(&mut ClientHello) = |hello| hello.cipher_suites = vec![0x1302];
            let mut client = Client::new(ClientPlan { hello, random: Some(random), ..client_plan() });
            end_with(&mut new_server(), &mut client, &[Say::Hello]);
            with!("first" = Words("this client was refused, because it offered another suite".to_owned()));
            for session_id in [vec![1; 32], vec![2; 32], vec![], vec![3; 8]] {
                let expected = session_id.clone();
                if let Some(before) = before.replace(session_id.clone()) {
                    with!("random" = random, "session id before" = before);
                }
                let plan = ClientPlan { has_share, session_id, random: Some(random), ..client_plan() };
                let (script, mut client) = (plan.script(), Client::new(plan));
                server_ends!(end_with(&mut new_server(), &mut client, &script), Outcome::open());
                let session_id = client.answer().map(|answer| answer.session_id.clone()).unwrap_or_default();
                same!(session_id, expected, "the session id in the ServerHello of server(config)");
            }
        }

        /// a Finished that was right on an earlier connection is refused
        #[think = "What is a Finished computed from? Do you keep anything from an earlier connection?"]
        fn a_finished_of_an_earlier_connection_is_refused(has_share from [true, false]) {
            let plan = ClientPlan { has_share, ..client_plan() };
            let (script, mut client) = (plan.script(), Client::new(plan.clone()));
            server_ends!(end_with(&mut new_server(), &mut client, &script), Outcome::open());
            let finished = Proof::Replayed(client.proof().expect("it is open"));
            let mut client = Client::new(ClientPlan { finished, ..plan });
            let end = end_with(&mut new_server(), &mut client, &script);
            server_ends!(end, Outcome::Refused(Alert::DecryptError, Level::Application(0)));
        }
    }
}
