//! What the server must refuse, and what it must not reveal.

use given::tls::{Alert, CipherSuite, Connection, Status, TLS_1_2};
use given::tls12::Extension;
use harness::{Broken, assume, check, same};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::configs::server_config;
use crate::flights::*;
use crate::outcome::{end_with, server_ends, stays_shut};
use crate::subject::ch6_tls12::*;
use fixtures::strategies::array;
use fixtures::tls::mallory::{Attack, Change, End, Mallory, attack, play};
use fixtures::tls12::bad_secrets::*;
use fixtures::tls12::disorder::{
    Disorder, client_disorders, client_strangers, early_change_cipher_specs, junk,
};
use fixtures::tls12::lies::{Lie, hellos, key_exchanges, proofs, proofs_of_other_lengths, wraps};
use fixtures::tls12::manners::{ECDHE, Manner, RSA, SECRET, any_suite, client_plan, manner};
use fixtures::tls12::scripted::{Client, ClientPlan, Cuts, Proof, Say};

harness::suite! {
    exercise "6.8" {
        /// a hello from which nothing can be chosen is refused, and the alert says why
        #[think = "Exercise 6.2 has a function for this. What do you do with its error?"]
        fn a_hello_without_a_choice_is_refused(lie from hellos()) {
            is_found_out(&lie)?;
        }

        /// a ClientKeyExchange that is not a vector, or does not hold a share, is refused
        #[think = "How long is the length, and how long is what follows it? Is it a point at all?"]
        fn a_bad_key_exchange_is_refused(lie from key_exchanges()) {
            is_found_out(&lie)?;
        }

        /// with a bad wrapped secret it goes on, and says nothing until Finished does not open
        #[think = "Bleichenbacher is listening. What do you say, when, and to which of these?"]
        fn a_bad_wrapped_secret_shows_at_finished(lie from wraps()) {
            for manner in Manner::plain_and_full(RSA) {
                let mut plan = client_plan(&manner);
                (lie.tell)(&mut plan);
                let mut client = Client::new(plan);
                let mut server = server(server_config(&[RSA]));
                let (before, last) = parted(&ClientPlan::script());
                end_with(&mut server, &mut client, &before);
                same!(server.status(), Status::Handshaking);
                server_ends!(end_with(&mut server, &mut client, &last), End::Refused(lie.alert));
            }
        }

        /// a message that is left out, repeated, too early or too late ends the connection
        #[think = "Each step waits for one message. What does yours do with another one?"]
        fn the_order_of_the_client_is_kept(disorder from client_disorders()) {
            let mut client = Client::new(client_plan(&disorder.manner()));
            let mut server = server(server_config(&[disorder.suite]));
            let end = end_with(&mut server, &mut client, &disorder.script);
            server_ends!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// a message of a type other than the one that is due ends the connection, whatever is in it
        #[think = "Each step waits for one type. Do you look at it, or at what is in the message?"]
        fn a_message_that_is_not_due_is_refused(disorder from client_strangers()) {
            let mut client = Client::new(client_plan(&disorder.manner()));
            let mut server = server(server_config(&[disorder.suite]));
            let end = end_with(&mut server, &mut client, &disorder.script);
            server_ends!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// a ChangeCipherSpec that comes before there are keys ends the connection
        #[think = "CVE-2014-0224. Which step waits for it? What do the others do with it?"]
        fn an_early_change_cipher_spec_is_refused(disorder from early()) {
            let mut client = Client::new(client_plan(&disorder.manner()));
            let mut server = server(server_config(&[disorder.suite]));
            let end = end_with(&mut server, &mut client, &disorder.script);
            server_ends!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// it says nothing between ServerHelloDone and the client's Finished
        #[think = "Whose Finished comes first, and what has to be checked before the other one is sent?"]
        fn it_waits_for_the_clients_finished(suite from [RSA, ECDHE]) {
            let mut client = Client::new(client_plan(&Manner::new(suite)));
            let mut server = server(server_config(&[suite]));
            let (before, last) = parted(&ClientPlan::script());
            end_with(&mut server, &mut client, &before);
            let said_so_far = client.messages() - 2;
            let is_silent = client.is_content(said_so_far);
            check!(
                is_silent,
                "nothing more after ServerHelloDone",
                End::of(&server, &[], &client),
                "the handshake of server(config)"
            );
            server_ends!(end_with(&mut server, &mut client, &last), End::Open(suite.into()));
        }

        /// a Finished with any wrong byte is refused, and nothing is said but the alert
        #[think = "Are all 12 bytes compared, before you send your own?"]
        fn a_wrong_finished_of_the_client_is_refused(finished from proofs()) {
            for end in ends_with_proof(finished)? {
                server_ends!(end, End::Refused(Alert::DecryptError));
            }
        }

        /// a Finished that is too short or too long is refused, even if every byte in it is right
        #[think = "12 bytes, and no others. Do you compare the lengths, or only the bytes that both have?"]
        fn a_finished_of_another_length_is_refused(finished from proofs_of_other_lengths()) {
            for end in ends_with_proof(finished)? {
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

        /// whatever Mallory does to the server's messages, the server does not open
        #[think = "This client checks nothing. Which of your checks notices the change?"]
        #[cases = 48]
        fn a_change_to_its_messages_is_found_out(manner in manner(), attack in attack(4)) {
            let plan = ClientPlan { is_careless: true, ..client_plan(&manner) };
            let messages = if manner.suite == RSA { 3 } else { 4 };
            let record = attack.record % messages;
            // What follows the last message is the beginning of another one. That is for the client
            // to judge.
            let is_last = record == messages - 1;
            assume!(!(is_last && matches!(attack.change, Change::Extended(_))));
            let mut mallory = Mallory::to_peer(Attack { record, ..attack });
            stays_shut_behind(plan, manner.suite, &mut mallory)?;
        }

        /// whatever Mallory does to a message from the client, the server does not open
        #[think = "Does the transcript contain every message, as it was received?"]
        #[cases = 96]
        fn a_change_to_the_clients_messages_is_found_out(manner in manner(), attack in attack(4)) {
            let plan = talkative(&manner);
            stays_shut_behind(plan, manner.suite, &mut Mallory::to_learner(attack))?;
        }

        /// if one of these bits of its messages is flipped on the way, the server does not open
        #[think = "The client has seen different messages from those that you sent. What reveals that?"]
        fn a_flipped_bit_of_its_messages_is_found_out((record, bit) from flips(4, 101)) {
            let manner = Manner::new(ECDHE);
            let plan = ClientPlan { is_careless: true, ..client_plan(&manner) };
            let mut mallory = Mallory::to_peer(Attack { record, change: Change::FlippedAt(bit) });
            stays_shut_behind(plan, ECDHE, &mut mallory)?;
        }

        /// if one of these bits of the client's messages is flipped, the server does not open
        #[think = "You have seen different messages from those that the client sent. What reveals that?"]
        fn a_flipped_bit_of_the_client_is_found_out((record, bit) from flips(2, 307)) {
            let attack = Attack { record, change: Change::FlippedAt(bit) };
            let plan = talkative(&Manner::new(RSA));
            stays_shut_behind(plan, RSA, &mut Mallory::to_learner(attack))?;
        }

        /// arbitrary bytes never make it panic, and never make it open, whenever they come
        #[think = "Which of your lines can panic on bytes that a client sends?"]
        #[cases = 96]
        fn junk_from_a_client_is_refused(
            suite in any_suite(), place in prop_oneof![Just(1), 0..4_usize], junk in junk()
        ) {
            let plan = ClientPlan { is_careless: true, ..client_plan(&Manner::new(suite)) };
            let mut server = server(server_config(&[suite]));
            let script = ClientPlan::script();
            let mut client = Client::new(plan);
            let honest = &script[..place];
            play(&mut server, &mut client, honest, &Cuts::none(), &mut Mallory::nobody());
            server.receive(&junk.instead_of(&script[place], false, suite));
            stays_shut(&mut server)?;
        }

        /// each kind of bad secret gets the same answers from the server, at the same moments
        #[think = "What is expected is what a client that only guessed would get. What else does your server say?"]
        fn each_kind_of_bad_secret_fails_alike(fault from every_fault()) {
            // That one is wrapped under a different key from the server's.
            assume!(!matches!(fault, Fault::AddedModulus));
            let BadSecret { wrapped, beliefs } = fault.wrapped(TLS_1_2, &[0x5a; 46]);
            let belief = beliefs.last().expect("there are some");
            let guessed = flights_of_a_guess(true)?;
            same!(guessed.last().and_then(Flight::alert), Some(Alert::BadRecordMac));
            same!(flights(&wrapped, belief, true)?, guessed);
        }

        /// the answers are the same, whatever is wrong with a secret, and whatever its sender goes on with
        #[think = "What is expected is what a client that only guessed would get. What else does your server say?"]
        #[cases = 24]
        fn every_bad_secret_fails_alike(
            fault in fault_for_server(), random in array::<46>(), is_extended in any::<bool>(),
            belief in any::<Index>()
        ) {
            let BadSecret { wrapped, beliefs } = fault.wrapped(TLS_1_2, &random);
            let belief = &beliefs[belief.index(beliefs.len())];
            let guessed = flights_of_a_guess(is_extended)?;
            same!(flights(&wrapped, belief, is_extended)?, guessed);
        }
    }
}

/// Scripts of a client that changes its cipher before there are keys.
fn early() -> Vec<Disorder> {
    let of = |suite| early_change_cipher_specs(suite, &ClientPlan::script(), 2);
    [RSA, ECDHE].into_iter().flat_map(of).collect()
}

/// A careless client, whose hello has bytes in it that mean nothing to the server, but are in the
/// transcript.
fn talkative(manner: &Manner) -> ClientPlan {
    let mut plan = ClientPlan {
        is_careless: true,
        ..client_plan(manner)
    };
    plan.session_id = vec![7; 32];
    plan.extensions.push(Extension::Other {
        code: 0x0a0a,
        body: vec![7; 2048],
    });
    plan
}

/// A few bits in each of the first records, at this distance from each other.
fn flips(records: usize, distance: usize) -> Vec<(usize, usize)> {
    let bits = (0..16).map(|one| one * distance);
    let in_each = bits.flat_map(|bit| (0..records).map(move |record| (record, bit)));
    in_each.collect()
}

/// A client that lies like this gets the alert for it, whatever else it supports.
fn is_found_out(lie: &Lie<ClientPlan>) -> Result<(), Broken> {
    for manner in Manner::plain_and_full(lie.suite) {
        let mut plan = client_plan(&manner);
        (lie.tell)(&mut plan);
        let mut server = server(server_config(&[lie.suite]));
        let end = end_with(&mut server, &mut Client::new(plan), &ClientPlan::script());
        server_ends!(end, End::Refused(lie.alert));
    }
    Ok(())
}

/// How it ends for servers if the clients have this in their Finished, and data to send: with
/// either suite, with and without the extended master secret. The servers say nothing but an alert.
fn ends_with_proof(finished: Proof) -> Result<Vec<End>, Broken> {
    let [plain, _] = Manner::plain_and_full(RSA);
    let [_, full] = Manner::plain_and_full(ECDHE);
    let mut ends = Vec::new();
    for manner in [plain, full] {
        let mut client = Client::new(ClientPlan {
            finished,
            ..client_plan(&manner)
        });
        let mut server = server(server_config(&[manner.suite]));
        let script = [ClientPlan::script(), vec![Say::Data(SECRET.to_vec())]].concat();
        let end = end_with(&mut server, &mut client, &script);
        let said_so_far = client.messages() - 2;
        let is_silent = client.is_content(said_so_far);
        check!(
            is_silent,
            "no Finished from the server",
            end,
            "the handshake of server(config)"
        );
        ends.push(end);
    }
    Ok(ends)
}

/// A script without its last item, and the last item.
fn parted(script: &[Say]) -> (Vec<Say>, Vec<Say>) {
    let (before, last) = script.split_at(script.len() - 1);
    (before.to_vec(), last.to_vec())
}

/// The learner's server has not opened for a careless client behind Mallory.
fn stays_shut_behind(
    plan: ClientPlan,
    suite: CipherSuite,
    mallory: &mut Mallory,
) -> Result<(), Broken> {
    let mut server = server(server_config(&[suite]));
    let mut script = ClientPlan::script();
    script.push(Say::Data(SECRET.to_vec()));
    let mut client = Client::new(plan);
    play(&mut server, &mut client, &script, &Cuts::none(), mallory);
    stays_shut(&mut server)
}
