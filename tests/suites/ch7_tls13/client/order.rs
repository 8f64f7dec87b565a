//! Messages and records out of order, and alerts.

use given::tls::{Alert, Connection, Status};
use harness::{Broken, check, same};

use super::{PLAINTEXT, start};
use crate::configs::client_config;
use crate::outcome::{Outcome, client_ends, end_with};
use crate::subject::ch7_tls13::*;
use fixtures::tls13::disorder::{
    Disorder, bad_records, honest, in_plaintext, server_disorders, strangers,
};
use fixtures::tls13::manners::{Retry, SECRET, server_plan};
use fixtures::tls13::scripted::{Level, Say, Server, ServerPlan};

harness::suite! {
    exercise "7.8" {
        /// a message that is left out, repeated, too early or too late ends the connection
        #[think = "Each step waits for one message. What does yours do with another one?"]
        fn the_order_of_the_server_is_kept(disorder from server_disorders()) {
            is_refused(&disorder)?;
        }

        /// a message that has no place there ends the connection, whatever it is and whenever it comes
        #[think = "Tickets, KeyUpdates and data come later. Which of your steps accepts one?"]
        fn a_stranger_is_refused(disorder from strangers()) {
            is_refused(&disorder)?;
        }

        /// once there are keys, nothing unsealed is accepted
        #[think = "When do you call `open_with`? From then on, `Wire` refuses it."]
        fn plaintext_is_refused_once_there_are_keys(disorder from in_plaintext()) {
            is_refused(&disorder)?;
        }

        /// a record that breaks a rule of the record layer ends the connection
        #[think = "`Wire` finds it. Which keys does it have by then, in each direction?"]
        fn a_bad_record_is_refused(disorder from bad_records()) {
            is_refused(&disorder)?;
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
            let (mut client, mut server) = start(Retry::No);
            let mut script = honest();
            for place in [5, 3, 1, 0] {
                if place < script.len() {
                    script.splice(place..place, vec![Say::ChangeCipherSpec; 250]);
                }
            }
            client_ends!(end_with(&mut client, &mut server, &script), Outcome::open());
        }

        /// an alert from the server ends the connection at any time, and is not answered
        #[think = "No step gets an alert: `Endpoint` does. Under which keys is it opened?"]
        fn an_alert_ends_the_connection(place from [0, 1, 2, 3, 4]) {
            let fatal = Alert::ALL.iter().filter(|alert| **alert != Alert::UserCanceled);
            // The further the handshake, the longer it takes.
            for (number, alert) in fatal.enumerate().filter(|(number, _)| number % (1 + 4 * place) == 0) {
                let (mut client, mut server) = start(Retry::No);
                let mut script = honest()[..place].to_vec();
                script.push(Say::Alert(if number % 2 == 1 { 1 } else { 2 }, alert.code()));
                client_ends!(end_with(&mut client, &mut server, &script),
                    Outcome::ended(*alert));
            }
        }

        /// user_canceled alone is ignored, wherever it comes
        #[think = "`Wire` ignores it, because a close_notify follows. Does your handshake go on until then?"]
        fn user_canceled_is_ignored(place from [0, 1, 2, 3, 4]) {
            let (mut client, mut server) = start(Retry::No);
            let mut script = honest();
            script.insert(place, Say::Alert(1, Alert::UserCanceled.code()));
            client_ends!(end_with(&mut client, &mut server, &script), Outcome::open());
        }

        /// when the server falls silent, it waits, and hands out nothing
        #[think = "Does one of your steps go on without a message?"]
        fn it_waits_while_the_server_is_silent(place from [0, 1, 2, 3, 4]) {
            let (mut client, mut server) = start(Retry::No);
            end_with(&mut client, &mut server, &honest()[..place]);
            same!(client.status(), Status::Handshaking);
            same!(client.received(), Vec::<u8>::new());
            check!(client.send(SECRET).is_err(), "no data before it is open", client.status());
            same!(client.key_log(), Vec::<String>::new());
        }

        /// if the handshake fails, none of its secrets is in the key log, and nothing more is sent
        #[think = "When do you hand over the secrets for the key log? This connection never opened."]
        fn what_has_failed_stays_failed(place from [0, 1, 2, 3, 4]) {
            let (mut client, mut server) = start(Retry::No);
            let mut script = honest();
            script.insert(place, Say::Message(99, vec![]));
            end_with(&mut client, &mut server, &script);
            let level = if place == 0 { PLAINTEXT } else { Level::Handshake };
            same!(crate::outcome::outcome(&mut client, &server),
                Outcome::Refused(Alert::UnexpectedMessage, level));
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
