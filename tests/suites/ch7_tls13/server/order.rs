//! What comes out of turn, across a change of keys, or in a record that is not allowed.

use given::tls::{Alert, Connection, ContentType, Status};
use harness::show::Words;
use harness::{Broken, same, think_of, with};

use super::flight::kinds;
use super::{messages, new_server, parts};
use fixtures::tls13::clients::{
    MOMENTS, Moment, alerts, bad_specs, disorders, in_plaintext, limits, strangers,
};
use fixtures::tls13::manners::{SECRET, client_plan};
use fixtures::tls13::outcome::{Outcome, end_with, server_ends};
use fixtures::tls13::scripted::{Client, ClientPlan, Level, Record, Say, in_words};

harness::suite! {
    exercise "7.9" {
        /// a message that is left out, repeated, too early or in plaintext ends the connection
        #[think = "Each step waits for one message. Do you accept it in another form, or accept another message?"]
        fn the_order_of_the_client_is_kept(order from disorders()) {
            let mut client = Client::new(ClientPlan { is_careless: true, ..client_plan() });
            let end = end_with(&mut new_server(), &mut client, &order.script);
            server_ends!(end, Outcome::Refused(order.alert, order.level));
        }

        /// once it is open, anything in plaintext is refused, even an alert
        #[think = "`Wire` refuses it before you see it. Do you open with the client's key for data?"]
        fn plaintext_is_refused_once_it_is_open(order from in_plaintext()) {
            let mut client = Client::new(ClientPlan { is_careless: true, ..client_plan() });
            let end = end_with(&mut new_server(), &mut client, &order.script);
            server_ends!(end, Outcome::Refused(order.alert, order.level));
        }

        /// any other message in place of Finished is refused, even a Certificate, which nobody has asked for
        #[think = "You wait for Finished. What do you do with another message?"]
        fn nothing_else_comes_before_finished(message from before_finished()) {
            let mut client = Client::new(client_plan());
            let mut script = vec![Say::Hello, message, Say::Finished];
            script.push(Say::Data(SECRET.to_vec()));
            let end = end_with(&mut new_server(), &mut client, &script);
            server_ends!(end, Outcome::Refused(Alert::UnexpectedMessage, Level::Application(0)));
        }

        /// a message after ClientHello in the same record is refused: it would have to be sealed
        #[think = "`Wire::open_with` finds it. What do you do with its error?"]
        fn what_shares_the_hellos_record_is_refused((has_share, {following}) from after_a_message()) {
            with!("bytes of a KeyUpdate in the same record" = following);
            let plan = ClientPlan { has_share, is_careless: true, ..client_plan() };
            let mut client = Client::new(plan);
            let hello = Say::Across(Box::new(Say::Hello), Box::new(Say::KeyUpdate(0)), following);
            let mut script = vec![hello, Say::Data(SECRET.to_vec())];
            if !has_share {
                script.insert(0, Say::Hello);
            }
            let end = end_with(&mut new_server(), &mut client, &script);
            server_ends!(end, Outcome::Refused(Alert::UnexpectedMessage, Level::Handshake));
            think_of!("The task says where in its turn the server begins to open with the client's key. What have you sent before that?");
            let sent = Words(kinds(&messages(&client, Level::Handshake)));
            same!(sent, Words("nothing".to_owned()), "the messages that server(config) seals with its handshake key");
        }

        /// a message after Finished in the same record is refused: it would have to be sealed with the next key
        #[think = "Finished is the last message under its key. Which call checks that nothing follows it?"]
        fn what_shares_finisheds_record_is_refused((has_share, {following}) from after_a_message()) {
            with!("bytes of a KeyUpdate in the same record" = following);
            let plan = ClientPlan { has_share, is_careless: true, ..client_plan() };
            let mut script = plan.script();
            script.pop();
            script.push(Say::Across(Box::new(Say::Finished), Box::new(Say::KeyUpdate(0)), following));
            script.push(Say::Data(SECRET.to_vec()));
            let end = end_with(&mut new_server(), &mut Client::new(plan), &script);
            server_ends!(end, Outcome::Refused(Alert::UnexpectedMessage, Level::Application(0)));
        }

        /// ChangeCipherSpecs between the first hello and Finished change nothing, however many there are
        #[think = "`Wire` drops them. Do you count records anywhere?"]
        fn change_cipher_specs_are_dropped((has_share, count) from [(true, 1), (true, 40), (false, 1), (false, 40)]) {
            let plan = ClientPlan { has_share, ..client_plan() };
            let specs = vec![Say::ChangeCipherSpec; count];
            let mut script = vec![Say::Hello];
            script.extend(specs.clone());
            if !has_share {
                script.push(Say::Hello);
                script.extend(specs);
            }
            script.push(Say::Finished);
            let end = end_with(&mut new_server(), &mut Client::new(plan), &script);
            server_ends!(end, Outcome::open());
        }

        /// a ChangeCipherSpec before the first hello, after Finished, sealed, or with other content is refused
        #[think = "`Wire` knows the rules. Do you read from it anywhere, or answer in its place?"]
        fn other_change_cipher_specs_are_refused(bad from bad_specs()) {
            let mut client = Client::new(ClientPlan { is_careless: true, ..client_plan() });
            let end = end_with(&mut new_server(), &mut client, &bad.script);
            server_ends!(end, Outcome::Refused(bad.alert, bad.level));
        }

        /// a record may be as long as RFC 9846 allows, and no longer, and what can't be read is refused
        #[think = "Which lengths does exercise 7.3 check, and which does `Wire`?"]
        fn records_have_limits(record from limits()) {
            let mut client = Client::new(ClientPlan { is_careless: true, ..client_plan() });
            let mut server = new_server();
            let end = end_with(&mut server, &mut client, &record.script);
            match record.alert {
                Some(alert) => server_ends!(end, Outcome::Refused(alert, record.level)),
                None => server_ends!(end, Outcome::open()),
            }
        }

        /// an alert from the client ends the handshake, whenever it comes and whatever its level, and nothing is sent after it
        #[think = "`Endpoint` deals with alerts. Do you answer one?"]
        fn an_alert_ends_the_handshake((moment, level, code) from alerts()) {
            ends_without_an_answer(moment, &Say::Alert(level, code), code)?;
        }

        /// until something sealed has come, an alert in plaintext ends it: this client may have no keys
        #[think = "`Wire` knows when that is. Does anything in your code open records?"]
        fn an_alert_in_plaintext_ends_the_handshake((level, code) from [(2, 40), (1, 47), (2, 50), (1, 99)]) {
            let alert = Say::InPlaintext(Box::new(Say::Alert(level, code)));
            ends_without_an_answer(Moment::BeforeFinished, &alert, code)?;
        }

        /// a close_notify in the middle of the handshake is answered, and ends it
        #[think = "`Endpoint` deals with it. Do you send anything afterwards?"]
        fn a_close_notify_ends_the_handshake(moment from MOMENTS) {
            let mut client = Client::new(moment.plan());
            let mut server = new_server();
            end_with(&mut server, &mut client, &moment.script());
            let records = client.records().len();
            let end = end_with(&mut server, &mut client, &[Say::Close, Say::Finished, Say::Data(SECRET.to_vec())]);
            server_ends!(end, Outcome::ended(Alert::CloseNotify));
            says_only_this(&client, records, &[close_notify(moment.level())])?;
        }

        /// a user_canceled during the handshake is ignored
        #[think = "A close_notify would follow it. Does your handshake go on until then?"]
        fn a_user_who_cancels_is_ignored(has_share from [true, false]) {
            let plan = ClientPlan { has_share, ..client_plan() };
            let mut script = Vec::new();
            for say in plan.script() {
                script.extend([Say::Alert(1, Alert::UserCanceled.code()), say]);
            }
            // There is one before the first hello, too.
            let end = end_with(&mut new_server(), &mut Client::new(plan), &script);
            server_ends!(end, Outcome::open());
        }

        /// a server that hears nothing says nothing, and waits
        #[think = "What do you send although no message has come?"]
        fn silence_is_waited_for(moment from MOMENTS) {
            let mut client = Client::new(moment.plan());
            let mut server = new_server();
            end_with(&mut server, &mut client, &moment.script());
            server.receive(&[]);
            // The beginning of a header, and nothing after it.
            server.receive(&[22, 3, 3]);
            let sent = parts(&server.to_send());
            same!(sent, parts(&[]), "server.to_send()");
            same!(server.status(), Status::Handshaking);
        }
    }
}

/// Checks that this alert ends the handshake, and that nothing is sent or handed out after it.
fn ends_without_an_answer(moment: Moment, alert: &Say, code: u8) -> Result<(), Broken> {
    let mut client = Client::new(moment.plan());
    let mut server = new_server();
    end_with(&mut server, &mut client, &moment.script());
    let records = client.records().len();
    let script = [alert.clone(), Say::Finished, Say::Data(SECRET.to_vec())];
    let end = end_with(&mut server, &mut client, &script);
    let alert = Alert::from_code(code).unwrap_or(Alert::HandshakeFailure);
    server_ends!(end, Outcome::ended(alert));
    says_only_this(&client, records, &[])
}

/// What may come instead of Finished.
fn before_finished() -> Vec<Say> {
    let strangers = strangers().into_iter();
    let strangers = strangers.filter(|(moment, _)| *moment == Moment::BeforeFinished);
    strangers.map(|(_, say)| say).collect()
}

/// How much of a KeyUpdate follows another message, in a connection without a retry and in one with
/// a retry. A KeyUpdate is in no transcript, so both sides have the same keys.
fn after_a_message() -> Vec<(bool, usize)> {
    both(&[1, 4, 5])
}

fn both(lengths: &[usize]) -> Vec<(bool, usize)> {
    let both = |length: &usize| [true, false].map(|has_share| (has_share, *length));
    lengths.iter().flat_map(both).collect()
}

/// Checks which records a server has sent after a client had heard this many.
fn says_only_this(client: &Client, since: usize, expected: &[Record]) -> Result<(), Broken> {
    let words = |said: &[Record]| match said {
        [] => Words("nothing".to_owned()),
        said => Words(said.iter().map(in_words).collect::<Vec<_>>().join("\n")),
    };
    let said = client.records().get(since..).unwrap_or_default();
    let (said, expected) = (words(said), words(expected));
    same!(said, expected, "what server(config) sends from then on");
    Ok(())
}

/// A close_notify sealed with these keys.
fn close_notify(level: Level) -> Record {
    Record {
        level,
        kind: ContentType::Alert.code(),
        content: vec![1, Alert::CloseNotify.code()],
    }
}
