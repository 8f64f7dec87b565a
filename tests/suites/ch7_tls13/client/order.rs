//! Messages and records out of order, and alerts.

use std::slice;

use given::tls::{Alert, Connection, ContentType, NotOpen, Status};
use harness::show::Words;
use harness::{Broken, same};

use super::{Pair, client, first_hello, start, words_heard_by};
use crate::configs::client_config;
use crate::subject::ch7_tls13::FirstHello;
use fixtures::tls::mallory::{Mallory, play};
use fixtures::tls::remembers::Remembers;
use fixtures::tls13::disorder::{Disorder, bad_records, honest, in_plaintext};
use fixtures::tls13::manners::{Manner, RETRIES, Retry, SECRET, server_plan};
use fixtures::tls13::outcome::{Outcome, client_ends, end_with, tell};
use fixtures::tls13::scripted::{Cuts, Level, Peer, Record, Say, Server, ServerPlan, in_words};
use fixtures::tls13::servers::{Moment, alerts, disorders, moments, strangers};

harness::suite! {
    exercise "7.8" {
        /// a message that is left out, repeated, too early or too late ends the connection
        #[think = "Each step waits for one message. What does yours do with another one?"]
        fn the_order_of_the_server_is_kept((moment, message) from disorders()) {
            is_out_of_turn(moment, &message)?;
        }

        /// a message that has no place there ends the connection, whatever it is and whenever it comes
        #[think = "Only one message is due at a time, and tickets, KeyUpdates and data come later. Which of your steps accepts or ignores another one?"]
        fn a_stranger_is_refused((moment, message) from strangers()) {
            is_out_of_turn(moment, &message)?;
        }

        /// once there are keys, nothing unsealed is accepted
        #[think = "When do you call `open_with`? From then on, `Wire` refuses it."]
        fn plaintext_is_refused_once_there_are_keys(order from in_plaintext()) {
            is_refused(&order)?;
        }

        /// a record that breaks a rule of the record layer ends the connection
        #[think = "`Wire` finds it. Which keys does it have by then, in each direction?"]
        fn a_bad_record_is_refused(order from bad_records()) {
            is_refused(&order)?;
        }

        /// a ChangeCipherSpec after the server's Finished ends the connection
        #[think = "`Wire` drops it between your hello and the server's Finished. Do you send the hello with `Wire`?"]
        fn a_late_change_cipher_spec_is_refused() {
            let (mut client, mut server) = start(Retry::No);
            let script = [honest(), vec![Say::ChangeCipherSpec]].concat();
            client_ends!(end_with(&mut client, &mut server, &script),
                Outcome::Refused(Alert::UnexpectedMessage, Level::Application(0)));
        }

        /// a thousand ChangeCipherSpecs are dropped, and don't change the numbers of the records
        #[think = "They are neither sealed nor counted. Does one of your steps wait for one?"]
        fn change_cipher_specs_are_dropped() {
            let mut script = honest();
            for place in [5, 3, 1, 0] {
                if place < script.len() {
                    script.splice(place..place, vec![Say::ChangeCipherSpec; 250]);
                }
            }
            Pair::new(Retry::No, server_plan()).ends(&script, &Outcome::open())?;
        }

        /// an alert from the server ends the connection at any time, whatever its level, and is not answered
        #[think = "No step gets an alert: `Endpoint` does. Under which keys is it opened?"]
        fn an_alert_ends_the_connection((moment, level, code) from alerts()) {
            let (mut client, mut server) = start_at(moment);
            ends_without_an_answer(&mut client, &mut server, &Say::Alert(level, code), code)?;
        }

        /// until something sealed has come, an alert in plaintext ends it: this server may have no keys
        #[think = "`Wire` knows when that is. Does anything in your code open records?"]
        fn an_alert_in_plaintext_ends_the_connection((level, code) from [(2, 40), (1, 47), (2, 109), (1, 99)]) {
            let (mut client, mut server) = start_at(Moment::WITH_FRESH_KEYS);
            let alert = Say::InPlaintext(Box::new(Say::Alert(level, code)));
            ends_without_an_answer(&mut client, &mut server, &alert, code)?;
        }

        /// a close_notify in the middle of the handshake is answered, and ends it
        #[think = "`Endpoint` deals with it. Do you send anything afterwards?"]
        fn a_close_notify_ends_the_handshake(moment from moments()) {
            let (mut client, mut server) = start_at(moment);
            let records = server.records().len();
            let end = end_with(&mut client, &mut server, &[Say::Close, Say::Data(SECRET.to_vec())]);
            client_ends!(end, Outcome::ended(Alert::CloseNotify));
            says_only_this(&server, records, &[close_notify(moment.level())])?;
        }

        /// user_canceled alone is ignored, wherever it comes
        #[think = "`Wire` ignores it, because a close_notify follows. Does your handshake go on until then?"]
        fn user_canceled_is_ignored(retry from RETRIES) {
            let manner = Manner { asks: true, ..Manner::plain(retry) };
            let canceled = Say::Alert(1, Alert::UserCanceled.code());
            let script = manner.script().into_iter().flat_map(|say| [canceled.clone(), say]);
            let script: Vec<Say> = script.collect();
            Pair::new(retry, manner.server_plan()).ends(&script, &Outcome::open())?;
        }

        /// when the server falls silent, it waits, and hands out nothing
        #[think = "Does one of your steps go on without a message?"]
        fn it_waits_while_the_server_is_silent(moment from moments()) {
            let (mut client, mut server) = start_at(moment);
            let records = server.records().len();
            // The beginning of a header, and nothing after it.
            client.receive(&[22, 3, 3]);
            client_ends!(end_with(&mut client, &mut server, &[]), Outcome::waiting());
            says_only_this(&server, records, &[])?;
            let data = SECRET;
            same!(client.send(data), Err(NotOpen));
            same!(client.to_send(), Vec::<u8>::new());
            same!(client.key_log(), Vec::<String>::new());
        }

        /// until the answer is complete, it waits
        #[think = "What has come is not a whole message yet. What does your client do before the rest comes?"]
        fn half_an_answer_is_waited_for() {
            let (mut client, mut server) = start(Retry::No);
            let hello = client.to_send();
            server.hear(&hello);
            server.say(&Say::Hello);
            let answer = server.take_outgoing();
            client.receive(&answer[..answer.len() - 1]);
            tell(&mut client);
            same!(client.status(), Status::Handshaking);
            same!(client.to_send(), Vec::<u8>::new());
        }

        /// if the handshake fails, none of its secrets is in the key log, and nothing more is sent
        #[think = "When do you hand over the secrets for the key log? This connection never opened."]
        fn what_has_failed_stays_failed(moment from moments()) {
            let (mut client, mut server) = start_at(moment);
            client_ends!(end_with(&mut client, &mut server, &[Say::Message(99, vec![])]),
                Outcome::Refused(Alert::UnexpectedMessage, moment.level()));
            client.close();
            same!(client.to_send(), Vec::<u8>::new());
            same!(client.key_log(), Vec::<String>::new());
        }
    }
}

/// Checks that a client to which this happens ends the connection with the right alert.
fn is_refused(disorder: &Disorder) -> Result<(), Broken> {
    let plan = ServerPlan {
        is_hasty: true,
        ..server_plan()
    };
    let mut client = client(client_config(), FirstHello::WithShare);
    client_ends!(
        end_with(&mut client, &mut Server::new(plan), &disorder.script),
        Outcome::Refused(disorder.alert, disorder.level)
    );
    Ok(())
}

/// A client and a server that have come this far.
fn start_at(moment: Moment) -> (Remembers, Server) {
    let mut client = client(client_config(), first_hello(moment.retry));
    let mut server = moment.server();
    let mut nobody = Mallory::nobody();
    play(
        &mut client,
        &mut server,
        &moment.script(),
        &Cuts::none(),
        &mut nobody,
    );
    (client, server)
}

/// Checks that a client to which a server says this ends the connection with unexpected_message.
fn is_out_of_turn(moment: Moment, say: &Say) -> Result<(), Broken> {
    let (mut client, mut server) = start_at(moment);
    client_ends!(
        end_with(&mut client, &mut server, slice::from_ref(say)),
        Outcome::Refused(Alert::UnexpectedMessage, moment.level())
    );
    Ok(())
}

/// Checks that this alert ends the connection, and that nothing is sent or handed out after it.
fn ends_without_an_answer(
    client: &mut dyn Connection,
    server: &mut Server,
    alert: &Say,
    code: u8,
) -> Result<(), Broken> {
    let records = server.records().len();
    let script = [alert.clone(), Say::Data(SECRET.to_vec())];
    let alert = Alert::from_code(code).unwrap_or(Alert::HandshakeFailure);
    client_ends!(end_with(client, server, &script), Outcome::ended(alert));
    says_only_this(server, records, &[])
}

/// Checks what a client has said after a server had heard this many records.
fn says_only_this(server: &Server, since: usize, expected: &[String]) -> Result<(), Broken> {
    let said = words_heard_by(server).split_off(since);
    let words = |said: &[String]| match said {
        [] => Words("nothing".to_owned()),
        said => Words(said.join("\n")),
    };
    let (said, expected) = (words(&said), words(expected));
    same!(
        said,
        expected,
        "what client(config, first) sends from then on"
    );
    Ok(())
}

/// A close_notify sealed with these keys, in words.
fn close_notify(level: Level) -> String {
    let content = vec![1, Alert::CloseNotify.code()];
    in_words(&Record {
        level,
        kind: ContentType::Alert.code(),
        content,
    })
}
