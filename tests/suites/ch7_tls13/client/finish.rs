//! The end of the handshake: both Finished, the keys for data, and the key log.

use given::tls::{Abort, Alert, Connection, Status, Suite};
use harness::show::Words;
use harness::{check, same, with};

use super::hostile::play_until;
use super::{HANDSHAKE, Pair, client, must_say_why, start, words_heard_by};
use crate::configs::client_config;
use crate::other_configs::others;
use crate::subject::ch7_tls13::FirstHello;
use fixtures::tls::mallory::Mallory;
use fixtures::tls13::disorder::across_the_finished;
use fixtures::tls13::lies::proofs;
use fixtures::tls13::manners::{Manner, Retry, SECRET, manners, server_plan};
use fixtures::tls13::outcome::{Outcome, client_ends, end_with, explain, outcome, play_alone};
use fixtures::tls13::scripted::{Proof, REQUEST, Say, Server, ServerPlan};

harness::suite! {
    exercise "7.8" {
        /// it accepts the server's Finished, and the connection is open
        #[think = "Exercise 7.7 checks it. With whose secret, and up to which message?"]
        fn it_takes_the_servers_finished((retry, asks) from [
            (Retry::No, false), (Retry::No, true), (Retry::Share, false), (Retry::Cookie, true),
        ]) {
            let manner = Manner { asks, ..Manner::plain(retry) };
            let plan = ServerPlan { is_careless: true, ..manner.server_plan() };
            let pair = Pair::new(retry, plan);
            let (mut client, mut server) = pair.start(None);
            end_with(&mut client, &mut server, &manner.script());
            let is_open = |client: &dyn Connection| matches!(client.status(), Status::Open(_));
            if !is_open(&client) {
                explain(&client, &server, None, |quirk| {
                    let (mut client, mut server) = pair.start(Some(quirk));
                    play_alone(&mut client, &mut server, &manner.script());
                    is_open(&client)
                });
            }
            same!(client.status(), Status::Open(Suite::Tls13));
        }

        /// it opens with an honest server, whatever the server asks for, sends or leaves out
        #[think = "The peer's complaint names the message. What had to be in it, and from which transcript?"]
        fn it_opens_with_an_honest_server(peer from manners()) {
            let pair = Pair::new(peer.retry, peer.server_plan());
            let (_, server) = pair.ends(&peer.script(), &Outcome::open())?;
            let is_content = server.is_content();
            check!(
                is_content,
                "all that a client has to say, up to Finished",
                Words("fewer messages (see the trace)".to_owned()),
                "the handshake of client(config, first)"
            );
        }

        /// it sends all that a client has to send, nothing more, and each message under the right key
        #[think = "Compare the two lists. Were you asked for a certificate, have you sent a ChangeCipherSpec before, and when do you change to the key for data?"]
        fn its_answer_is_complete((retry, asks) from [
            (Retry::No, false), (Retry::No, true), (Retry::Share, false), (Retry::Cookie, true),
        ]) {
            let manner = Manner { asks, ..Manner::plain(retry) };
            let mut plan = manner.server_plan();
            if retry == Retry::Cookie {
                // That makes no difference: it has asked.
                with!("the signatures that its request names" = Words("only ECDSA".to_owned()));
                plan.request = Some(vec![0, 0, 8, 0, 13, 0, 4, 0, 2, 4, 3]);
            }
            let (_, server) = Pair::new(retry, plan).ends(&manner.script(), &Outcome::open())?;
            let mut expected = vec!["ClientHello", "ChangeCipherSpec"];
            if retry != Retry::No {
                expected.push("ClientHello");
            }
            if asks {
                expected.push("Certificate, sealed with the key for the handshake");
            }
            expected.push("Finished, sealed with the key for the handshake");
            let (said, expected) = (words_heard_by(&server).join("\n"), expected.join("\n"));
            same!(Words(said), Words(expected), "what client(config, first) sends");
        }

        /// a chain that another client trusts is still checked: for this host, at this moment, under
        /// these roots
        #[think = "A check holds for one host, one moment and these roots. Do you keep anything from an earlier one, or make an exception?"]
        fn each_client_checks_for_itself(other from others()) {
            let (mut client_before, mut server) = start(Retry::No);
            let script = server_plan().script();
            client_ends!(end_with(&mut client_before, &mut server, &script), Outcome::open());
            let mut config = client_config();
            (other.change)(&mut config);
            let (mut client, mut server) = (client(config, FirstHello::WithShare), Server::new(server_plan()));
            let certificate = script.iter().position(|say| *say == Say::Certificate);
            let messages = certificate.expect("it sends one") + 1;
            play_until(messages, &script, &mut client, &mut server, &mut Mallory::nobody());
            client_ends!(outcome(&mut client, &server), Outcome::Refused(other.alert, HANDSHAKE));
        }

        /// a Finished with any wrong byte, or made with another secret or transcript, is refused
        #[think = "Exercise 7.7 checks it. With whose secret and which transcript? And what must wait until then?"]
        fn a_wrong_finished_is_refused(finished from proofs()) {
            let plan = ServerPlan { finished, is_hasty: true, ..server_plan() };
            let mut script = plan.script();
            script.push(Say::Data(SECRET.to_vec()));
            let mut client = client(client_config(), FirstHello::WithShare);
            client_ends!(end_with(&mut client, &mut Server::new(plan), &script),
                Outcome::Refused(Alert::DecryptError, HANDSHAKE));
            must_say_why(&client, Some(&Abort::BadFinished))?;
        }

        /// a Finished of another length is refused
        #[think = "`Incoming::message` notices that. What do you do with its error?"]
        fn a_short_finished_is_refused() {
            let plan = ServerPlan { finished: Proof::Short, ..server_plan() };
            let script = plan.script();
            let mut client = client(client_config(), FirstHello::WithShare);
            client_ends!(end_with(&mut client, &mut Server::new(plan), &script),
                Outcome::Refused(Alert::DecodeError, HANDSHAKE));
            must_say_why(&client, Some(&Abort::Malformed))?;
        }

        /// nothing may follow Finished in the same record, whether or not it was asked for its certificate
        #[think = "`Wire::open_with` finds what follows. Do you call it before you answer, and before you change your own key?"]
        fn a_record_ends_with_finished(order from across_the_finished()) {
            let (mut plan, mut script) = (ServerPlan { is_hasty: true, ..server_plan() }, order.script);
            // A second Finished follows one that comes after a request.
            if order.what.starts_with("a message Finished") {
                with!("the server" = Words("it has asked for a certificate".to_owned()));
                plan.request = Some(REQUEST.to_vec());
                script.insert(2, Say::CertificateRequest);
            }
            let mut client = client(client_config(), FirstHello::WithShare);
            let mut server = Server::new(plan);
            client_ends!(end_with(&mut client, &mut server, &script),
                Outcome::Refused(order.alert, order.level));
            let (said, alert) = (words_heard_by(&server), "Alert(UnexpectedMessage), sealed with the key for the handshake");
            let expected = ["ClientHello", "ChangeCipherSpec", alert].join("\n");
            same!(Words(said.join("\n")), Words(expected), "what client(config, first) sends");
        }
    }
}
