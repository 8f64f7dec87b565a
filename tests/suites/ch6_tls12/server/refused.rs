//! What the server must refuse.

use given::tls::{Abort, Alert, Connection};
use harness::show::Words;
use harness::{Broken, check, think_of};

use super::honest::waits_in_silence;
use super::server;
use crate::configs::server_config;
use crate::server_ends;
use fixtures::tls::mallory::End;
use fixtures::tls12::disorder::{
    Disorder, client_disorders, client_strangers, early_change_cipher_specs,
};
use fixtures::tls12::lies::{Lie, hellos, key_exchanges, proofs, proofs_of_other_lengths, wraps};
use fixtures::tls12::manners::{ECDHE, Manner, RSA, SECRET, client_plan};
use fixtures::tls12::outcome::{end_with, is_named, think_of_proof};
use fixtures::tls12::scripted::{Client, ClientPlan, Proof, Say};

harness::suite! {
    exercise "6.8" {
        /// a hello from which nothing can be chosen is refused, and the alert says why
        #[think = "Exercise 6.2 has a function for this. What do you do with its error?"]
        fn a_hello_without_a_choice_is_refused(client_hello from hellos()) {
            is_found_out(&client_hello)?;
        }

        /// a ClientKeyExchange that is not a vector, or does not hold a share, is refused
        #[think = "Do you always read the length, and does it fit what follows? If that is a share, is it a valid one?"]
        fn a_bad_key_exchange_is_refused(client_key_exchange from key_exchanges()) {
            is_found_out(&client_key_exchange)?;
        }

        /// with a bad wrapped secret it goes on, and says nothing until Finished does not open
        #[think = "Bleichenbacher is listening. What do you say, when, and to which of these?"]
        fn a_bad_wrapped_secret_shows_at_finished(wrapped_secret from wraps()) {
            for manner in Manner::plain_and_full(RSA) {
                let mut plan = client_plan(&manner);
                (wrapped_secret.tell)(&mut plan);
                let mut client = Client::new(plan);
                let mut server = server(server_config(&[RSA]));
                let (before, last) = parted(&ClientPlan::script());
                let end = end_with(&mut server, &mut client, &before);
                if matches!(end, End::Refused(_)) {
                    think_of!("Bleichenbacher is listening. What does he learn if you refuse this secret before its Finished has come?");
                }
                waits_in_silence(&end, &client)?;
                let end = end_with(&mut server, &mut client, &last);
                if matches!(end, End::Open(_)) {
                    think_of!("The secret is not what the client should have wrapped, but you go on with it. What does `unwrap_premaster` check, and which version do you give it?");
                }
                server_ends!(end, End::Refused(wrapped_secret.alert));
            }
        }

        /// a message that is left out, repeated, too early or too late ends the connection
        #[think = "Each step waits for one message. What does yours do with another one?"]
        fn the_order_of_the_client_is_kept(order from client_disorders()) {
            let mut client = Client::new(client_plan(&order.manner()));
            let mut server = server(server_config(&[order.suite]));
            let end = end_with(&mut server, &mut client, &order.script);
            server_ends!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// a message of a type other than the one that is due ends the connection, whatever is in it
        #[think = "Each step waits for one type. Do you look at it, or at what is in the message?"]
        fn a_message_that_is_not_due_is_refused(order from client_strangers()) {
            let mut client = Client::new(client_plan(&order.manner()));
            let mut server = server(server_config(&[order.suite]));
            let end = end_with(&mut server, &mut client, &order.script);
            server_ends!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// a ChangeCipherSpec that comes before there are keys ends the connection
        #[think = "CVE-2014-0224. Which step waits for it? What do the others do with it?"]
        fn an_early_change_cipher_spec_is_refused(order from early()) {
            let mut client = Client::new(client_plan(&order.manner()));
            let mut server = server(server_config(&[order.suite]));
            let end = end_with(&mut server, &mut client, &order.script);
            server_ends!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// it says nothing between ServerHelloDone and the client's Finished
        #[think = "Whose Finished comes first, and what has to be checked before the other one is sent?"]
        fn it_waits_for_the_clients_finished(suite from [RSA, ECDHE]) {
            let mut client = Client::new(client_plan(&Manner::new(suite)));
            let mut server = server(server_config(&[suite]));
            let (before, last) = parted(&ClientPlan::script());
            let end = end_with(&mut server, &mut client, &before);
            waits_in_silence(&end, &client)?;
            server_ends!(end_with(&mut server, &mut client, &last), End::Open(suite.into()));
        }

        /// a Finished with any wrong byte is refused, and nothing is said but the alert
        #[think = "Are all 12 bytes compared, before you send your own?"]
        fn a_wrong_finished_of_the_client_is_refused(finished from proofs()) {
            for manner in plain_and_full() {
                let (server, end) = end_with_proof(&manner, finished)?;
                server_ends!(end, End::Refused(Alert::DecryptError));
                is_named("the status of server(config)", &server, &Abort::BadFinished)?;
            }
        }

        /// a Finished that is too short or too long is refused, even if every byte in it is right
        #[think = "12 bytes, and no others. Do you compare the lengths, or only the bytes that both have?"]
        fn a_finished_of_another_length_is_refused(finished from proofs_of_other_lengths()) {
            for manner in plain_and_full() {
                let (_, end) = end_with_proof(&manner, finished)?;
                // Either error will do: the message is malformed, or the Finished is wrong.
                let is_refused =
                    matches!(end, End::Refused(Alert::DecodeError | Alert::DecryptError));
                check!(
                    is_refused,
                    "ended by your side, with DecodeError or DecryptError",
                    end,
                    "the handshake of server(config)"
                );
            }
        }
    }
}

/// Scripts of a client that changes its cipher before there are keys.
fn early() -> Vec<Disorder> {
    let of = |suite| early_change_cipher_specs(suite, &ClientPlan::script(), 2);
    [RSA, ECDHE].into_iter().flat_map(of).collect()
}

/// A client that lies like this gets the alert for it, whatever else it supports.
fn is_found_out(lie: &Lie<ClientPlan>) -> Result<(), Broken> {
    for manner in Manner::plain_and_full(lie.suite) {
        let mut plan = client_plan(&manner);
        (lie.tell)(&mut plan);
        let mut server = server(server_config(&[lie.suite]));
        let script = lie.script(ClientPlan::script());
        let end = end_with(&mut server, &mut Client::new(plan), &script);
        server_ends!(end, End::Refused(lie.alert));
        if let Some(abort) = &lie.abort {
            is_named("the status of server(config)", &server, abort)?;
        }
    }
    Ok(())
}

/// With either suite, with and without the extended master secret.
fn plain_and_full() -> [Manner; 2] {
    let [plain, _] = Manner::plain_and_full(RSA);
    let [_, full] = Manner::plain_and_full(ECDHE);
    [plain, full]
}

/// How it ends for a server if the client has this in its Finished, and then sends data. The server
/// says nothing but an alert.
fn end_with_proof(manner: &Manner, finished: Proof) -> Result<(impl Connection, End), Broken> {
    let mut client = Client::new(ClientPlan {
        finished,
        ..client_plan(manner)
    });
    let mut server = server(server_config(&[manner.suite]));
    let script = [ClientPlan::script(), vec![Say::Data(SECRET.to_vec())]].concat();
    let end = end_with(&mut server, &mut client, &script);
    let said_so_far = client.messages() - 2;
    let is_silent = client.is_content(said_so_far);
    match finished {
        Proof::Reflected | Proof::OtherLabel => {
            think_of!(
                "The two sides have a label each. Which one does the client's Finished have, and what do you compare it with?"
            );
        }
        Proof::Zeros => think_of!("What do you compare the client's Finished with?"),
        Proof::Stale => {
            think_of!("Which messages are in your transcript when the client's Finished comes?")
        }
        _ if !is_silent && !matches!(end, End::Open(_)) => {
            think_of!(
                "You refuse it, but your own Finished is out already. When do you send yours?"
            );
        }
        _ => think_of_proof(finished, &end),
    }
    check!(
        is_silent,
        "no Finished from the server",
        Words(format!(
            "a Finished from the server, and then: {}",
            harness::show::text(&harness::pieces!(&end))
        )),
        "the handshake of server(config)"
    );
    Ok((server, end))
}

/// A script without its last item, and the last item.
fn parted(script: &[Say]) -> (Vec<Say>, Vec<Say>) {
    let (before, last) = script.split_at(script.len() - 1);
    (before.to_vec(), last.to_vec())
}
