//! What Mallory changes on the way between the client and a server, and what is not a message at all.

use given::tls::Connection;
use given::tls12::Extension;
use harness::Broken;
use proptest::prelude::*;

use super::client;
use crate::configs::client_config;
use fixtures::strategies::bit;
use fixtures::tls::mallory::{Attack, Change, Mallory, attack, play};
use fixtures::tls12::junk::junk;
use fixtures::tls12::manners::{ECDHE, Manner, RSA, SECRET, any_suite, manner, server_plan};
use fixtures::tls12::outcome::stays_shut;
use fixtures::tls12::scripted::{Cuts, Say, Server, ServerPlan};

harness::suite! {
    exercise "6.7" {
        /// whatever Mallory does to a message from the server, the client does not open
        #[think = "This server checks nothing. Which of your checks notices the change?"]
        #[cases = 96]
        fn a_change_on_the_way_is_found_out(peer in manner(), attack in attack(6)) {
            stays_shut_under(&peer, attack)?;
        }

        /// if one bit of the server's hello is flipped on the way, the client does not open
        #[think = "Most of these bits mean nothing to you. What covers them anyway?"]
        #[cases = 32]
        fn each_bit_of_the_servers_hello_counts(peer in manner(), flipped in bit()) {
            stays_shut_under(&peer, Attack { record: 0, change: Change::Flipped(flipped) })?;
        }

        /// whatever Mallory does to the client's own hello, the client does not open
        #[think = "Both sides prove what they have seen. Does the server's proof cover your hello?"]
        #[cases = 48]
        fn a_change_to_its_hello_is_found_out(peer in manner(), attack in attack(1)) {
            stays_shut_with_its_hello_under(&peer, attack)?;
        }

        /// if one of these bits of its own hello is flipped on the way, the client does not open
        #[think = "The server has seen a different hello from the one that you sent. What reveals that?"]
        fn a_flipped_bit_of_its_hello_is_found_out(bit from (0..64).map(|one| 17 * one).collect::<Vec<usize>>()) {
            let attack = Attack { record: 0, change: Change::FlippedAt(bit) };
            stays_shut_with_its_hello_under(&Manner::new(RSA), attack)?;
        }

        /// arbitrary bytes never make it panic, and never make it open, whenever they come
        #[think = "Which of your lines can panic on bytes that a server sends?"]
        #[cases = 96]
        fn junk_from_a_server_is_refused(
            suite in any_suite(), place in prop_oneof![Just(1), Just(2), 0..5_usize], junk in junk()
        ) {
            let plan = ServerPlan { is_careless: true, ..server_plan(&Manner::new(suite)) };
            let mut client = client(client_config(&[suite]));
            let script = plan.script();
            let honest = &script[..place];
            let mut server = Server::new(plan);
            play(&mut client, &mut server, honest, &Cuts::none(), &mut Mallory::nobody());
            let due = &script[place];
            client.receive(&junk.instead_of(due, true, suite));
            stays_shut(&mut client)?;
        }
    }
}

/// Whether a client stays shut under this attack on what the server says.
fn stays_shut_under(manner: &Manner, attack: Attack) -> Result<(), Broken> {
    let mut plan = ServerPlan {
        is_careless: true,
        ..server_plan(manner)
    };
    // Bytes that mean nothing to anybody, but are in the transcript.
    plan.session_id = vec![7; 32];
    plan.extensions
        .retain(|one| !matches!(one, Extension::EcPointFormats(_)));
    plan.extensions
        .push(Extension::EcPointFormats([&[0][..], &[7; 254]].concat()));
    let mut script = plan.script();
    let record = attack.record % script.len();
    let mut client = client(client_config(&[ECDHE, RSA]));
    let mut mallory = Mallory::to_learner(Attack { record, ..attack });
    script.push(Say::Data(SECRET.to_vec()));
    play(
        &mut client,
        &mut Server::new(plan),
        &script,
        &Cuts::none(),
        &mut mallory,
    );
    stays_shut(&mut client)
}

/// Whether a client stays shut under this attack on its own hello.
fn stays_shut_with_its_hello_under(manner: &Manner, attack: Attack) -> Result<(), Broken> {
    let plan = ServerPlan {
        is_careless: true,
        ..server_plan(manner)
    };
    let mut client = client(client_config(&[ECDHE, RSA]));
    let mut mallory = Mallory::to_peer(attack);
    let mut script = plan.script();
    script.push(Say::Data(SECRET.to_vec()));
    let mut server = Server::new(plan);
    play(
        &mut client,
        &mut server,
        &script,
        &Cuts::none(),
        &mut mallory,
    );
    stays_shut(&mut client)
}
