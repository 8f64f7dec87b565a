//! What the client must refuse.

use given::tls::{Abort, Alert, Connection};
use harness::{Broken, check};

use super::client;
use crate::client_ends;
use crate::configs::client_config;
use crate::other_configs::others;
use fixtures::tls::mallory::End;
use fixtures::tls12::asked::{filled_hello_dones, garbled_key_exchanges};
use fixtures::tls12::disorder::{
    Disorder, early_change_cipher_specs, server_disorders, server_strangers,
};
use fixtures::tls12::lies::{
    Lie, chains, choices, proofs, proofs_of_other_lengths, shares, signatures,
};
use fixtures::tls12::manners::{ECDHE, Manner, RSA, SECRET, server_plan};
use fixtures::tls12::outcome::{end_with, is_named, think_of_proof};
use fixtures::tls12::scripted::{Proof, Say, Server, ServerPlan};

harness::suite! {
    exercise "6.7" {
        /// a choice that does not answer the client's hello is refused
        #[think = "Exercise 6.2 has a function for this. Where do you call it, and on which hello?"]
        fn a_choice_it_did_not_offer_is_refused(server_hello from choices()) {
            is_found_out(&server_hello)?;
        }

        /// a chain that is not valid is refused, and the alert says why
        #[think = "Exercise 5.5 has a function for this, and `distrust` makes the alert."]
        fn a_chain_that_is_not_valid_is_refused(certificate from chains()) {
            is_found_out(&certificate)?;
        }

        /// a chain that another client trusts is still checked: for this host, at this moment, under
        /// these roots
        #[think = "A check holds for one host, one moment and these roots. Do you keep anything from an earlier one, or make an exception?"]
        fn each_client_checks_for_itself(other from others()) {
            let plan = server_plan(&Manner::new(ECDHE));
            let script = plan.script();
            let mut client_before = client(client_config(&[ECDHE]));
            let end = end_with(&mut client_before, &mut Server::new(plan.clone()), &script);
            client_ends!(end, End::Open(ECDHE.into()));
            let mut config = client_config(&[ECDHE]);
            (other.change)(&mut config);
            let end = end_with(&mut client(config), &mut Server::new(plan), &script);
            client_ends!(end, End::Refused(other.alert));
        }

        /// a key share that the certificate's owner has not signed for this handshake is refused
        #[think = "goto fail: was this signature checked, under that key, over these randoms?"]
        fn a_share_without_its_signature_is_refused(server_key_exchange from signatures()) {
            is_found_out(&server_key_exchange)?;
        }

        /// a group or a scheme that it did not offer is refused, and so is an invalid share
        #[think = "Do you look at the group, the scheme and the share? What makes a share valid?"]
        fn a_share_of_another_kind_is_refused(server_key_exchange from shares()) {
            is_found_out(&server_key_exchange)?;
        }

        /// a message that is left out, repeated, too early or too late ends the connection
        #[think = "Each step waits for one message. What does yours do with another one?"]
        fn the_order_of_the_server_is_kept(order from server_disorders()) {
            let mut server = Server::new(server_plan(&order.manner()));
            let mut client = client(client_config(&[order.suite]));
            let end = end_with(&mut client, &mut server, &order.script);
            client_ends!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// a message of a type other than the one that is due ends the connection, whatever is in it
        #[think = "Each step waits for one type. Do you look at it, or at what is in the message?"]
        fn a_message_that_is_not_due_is_refused(order from server_strangers()) {
            let mut server = Server::new(server_plan(&order.manner()));
            let mut client = client(client_config(&[order.suite]));
            let end = end_with(&mut client, &mut server, &order.script);
            client_ends!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// a ServerKeyExchange that can't be read is refused
        #[think = "`Incoming::message` says what is wrong with it. What do you make of that?"]
        fn a_garbled_share_is_refused(order from garbled_key_exchanges()) {
            let mut server = Server::new(server_plan(&order.manner()));
            let mut client = client(client_config(&[order.suite]));
            let end = end_with(&mut client, &mut server, &order.script);
            client_ends!(end, End::Refused(Alert::DecodeError));
        }

        /// a ServerHelloDone with something in it is refused
        #[think = "`Incoming::is` looks only at the type. What looks at the rest?"]
        fn a_hello_done_is_empty(order from filled_hello_dones()) {
            let mut server = Server::new(server_plan(&order.manner()));
            let mut client = client(client_config(&[order.suite]));
            let end = end_with(&mut client, &mut server, &order.script);
            client_ends!(end, End::Refused(Alert::DecodeError));
        }

        /// a ChangeCipherSpec that comes before there are keys ends the connection
        #[think = "CVE-2014-0224. Which step waits for it? What do the others do with it?"]
        fn an_early_change_cipher_spec_is_refused(order from early()) {
            let mut server = Server::new(server_plan(&order.manner()));
            let mut client = client(client_config(&[order.suite]));
            let end = end_with(&mut client, &mut server, &order.script);
            client_ends!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// a Finished with any wrong byte is refused, and so is the client's own, sent back
        #[think = "Are all 12 bytes compared? Under which label, and over which transcript?"]
        fn a_wrong_finished_of_the_server_is_refused(finished from proofs()) {
            for manner in plain_and_full() {
                let (client, end) = end_with_proof(&manner, finished);
                client_ends!(end, End::Refused(Alert::DecryptError));
                is_named("the status of client(config)", &client, &Abort::BadFinished)?;
            }
        }

        /// a Finished that is too short or too long is refused, even if every byte in it is right
        #[think = "12 bytes, and no others. Do you compare the lengths, or only the bytes that both have?"]
        fn a_finished_of_another_length_is_refused(finished from proofs_of_other_lengths()) {
            for manner in plain_and_full() {
                let (_, end) = end_with_proof(&manner, finished);
                // Either error will do: the message is malformed, or the Finished is wrong.
                let is_refused =
                    matches!(end, End::Refused(Alert::DecodeError | Alert::DecryptError));
                check!(
                    is_refused,
                    "ended by your side, with DecodeError or DecryptError",
                    end,
                    "the handshake of client(config)"
                );
            }
        }
    }
}

/// Scripts of a server that changes its cipher before there are keys.
fn early() -> Vec<Disorder> {
    let of = |suite| {
        let script = Manner::new(suite).server_script();
        early_change_cipher_specs(suite, &script, script.len() - 2)
    };
    [RSA, ECDHE].into_iter().flat_map(of).collect()
}

/// A server that lies like this gets the alert for it, whatever else it supports. It gets no
/// ClientKeyExchange.
fn is_found_out(lie: &Lie<ServerPlan>) -> Result<(), Broken> {
    for manner in Manner::plain_and_full(lie.suite) {
        let mut plan = server_plan(&manner);
        (lie.tell)(&mut plan);
        let script = lie.script(plan.script());
        let (mut client, mut server) = (client(client_config(&[lie.suite])), Server::new(plan));
        let end = end_with(&mut client, &mut server, &script);
        client_ends!(end, End::Refused(lie.alert));
        if let Some(abort) = &lie.abort {
            is_named("the status of client(config)", &client, abort)?;
        }
        let is_silent = server.key_exchange.is_empty();
        check!(
            is_silent,
            "no ClientKeyExchange",
            server.key_exchange,
            "the handshake of client(config)"
        );
    }
    Ok(())
}

/// With either suite, with and without the extended master secret.
fn plain_and_full() -> [Manner; 2] {
    let [plain, _] = Manner::plain_and_full(RSA);
    let [_, full] = Manner::plain_and_full(ECDHE);
    [plain, full]
}

/// How it ends for a client if the server has this in its Finished, and then sends data.
fn end_with_proof(manner: &Manner, proof: Proof) -> (impl Connection, End) {
    let plan = ServerPlan {
        finished: proof,
        ..server_plan(manner)
    };
    let mut script = plan.script();
    script.push(Say::Data(SECRET.to_vec()));
    let mut client = client(client_config(&[manner.suite]));
    let end = end_with(&mut client, &mut Server::new(plan), &script);
    think_of_proof(proof, &end);
    (client, end)
}
