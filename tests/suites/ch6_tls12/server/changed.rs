//! What Mallory changes on the way between a client and the server, and what is not a message at all.

use given::tls::{CipherSuite, Connection};
use given::tls12::Extension;
use harness::{Broken, assume};
use proptest::prelude::*;

use super::server;
use crate::configs::server_config;
use fixtures::tls::mallory::{Attack, Change, Mallory, attack, play};
use fixtures::tls12::junk::junk;
use fixtures::tls12::manners::{ECDHE, Manner, RSA, SECRET, any_suite, client_plan, manner};
use fixtures::tls12::outcome::stays_shut;
use fixtures::tls12::scripted::{Client, ClientPlan, Cuts, Say};

harness::suite! {
    exercise "6.8" {
        /// whatever Mallory does to the server's messages, the server does not open
        #[think = "This client checks nothing. Which of your checks notices the change?"]
        #[cases = 48]
        fn a_change_to_its_messages_is_found_out(peer in manner(), attack in attack(4)) {
            let plan = ClientPlan { is_careless: true, ..client_plan(&peer) };
            let messages = if peer.suite == RSA { 3 } else { 4 };
            let record = attack.record % messages;
            // What follows the last message is the beginning of another one. That is for the client
            // to judge.
            let is_last = record == messages - 1;
            assume!(!(is_last && matches!(attack.change, Change::Extended(_))));
            let mut mallory = Mallory::to_peer(Attack { record, ..attack });
            stays_shut_behind(plan, peer.suite, &mut mallory)?;
        }

        /// whatever Mallory does to a message from the client, the server does not open
        #[think = "Does the transcript contain every message, as it was received?"]
        #[cases = 96]
        fn a_change_to_the_clients_messages_is_found_out(peer in manner(), attack in attack(4)) {
            let plan = talkative(&peer);
            stays_shut_behind(plan, peer.suite, &mut Mallory::to_learner(attack))?;
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
    }
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
