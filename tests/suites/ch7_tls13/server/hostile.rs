//! Mallory between the two, and arbitrary bytes.

use given::tls::Extension;
use harness::{Broken, assume, with};
use proptest::prelude::*;

use super::new_server;
use fixtures::strategies::bytes;
use fixtures::tls::cuts::Cuts;
use fixtures::tls::mallory::{Attack, Change, Mallory, attack, play};
use fixtures::tls13::junk::Junk;
use fixtures::tls13::manners::client_plan;
use fixtures::tls13::outcome::stays_shut;
use fixtures::tls13::scripted::{Client, ClientPlan, Say};

harness::suite! {
    exercise "7.9" {
        /// whatever Mallory does to the server's messages, the server does not open
        #[think = "This client checks nothing. Which of your checks notices the change?"]
        #[cases = 32]
        fn a_change_to_its_messages_is_noticed(has_share in any::<bool>(), attack in attack(6)) {
            // With a retry there is one message more.
            let record = if has_share { attack.record.min(4) } else { attack.record };
            // What follows a hello in its record is another message, and a repeated sealed record
            // does not open. Both are for the client to judge.
            let is_hello = record <= usize::from(!has_share);
            assume!(match attack.change {
                Change::Extended(_) => !is_hello,
                Change::Doubled => is_hello,
                _ => true,
            });
            let mut mallory = Mallory::to_peer(Attack { record, ..attack });
            stays_shut_behind(has_share, &mut mallory)?;
        }

        /// whatever Mallory does to a message from the client, the server does not open
        #[think = "Does the transcript contain every message, as it was received?"]
        #[cases = 40]
        fn a_change_to_the_clients_messages_is_noticed(has_share in any::<bool>(), attack in attack(3)) {
            let record = attack.record.min(if has_share { 1 } else { 2 });
            let mut mallory = Mallory::to_learner(Attack { record, ..attack });
            stays_shut_behind(has_share, &mut mallory)?;
        }

        /// arbitrary bytes never make it panic, and never make it open, whenever they come
        #[think = "Which of your lines can panic on bytes that a client sends?"]
        #[cases = 48]
        fn junk_from_a_client_is_refused(
            has_share in any::<bool>(), {said} in 0..3_usize, {form} in 0..4_u8,
            {kind} in prop_oneof![20..=24_u8, any::<u8>()], {junk} in bytes(0..=200)
        ) {
            let plan = ClientPlan { has_share, is_careless: true, ..client_plan() };
            let mut script = plan.script();
            script.retain(|say| *say == Say::Hello);
            script.truncate(said);
            with!("hellos before it" = script.len());
            let shown = junk.clone();
            with!("what the client sends then" = match form {
                0 => Junk::Bytes(shown),
                1 => Junk::Record(kind, shown),
                2 => Junk::Inner(shown),
                _ => Junk::Message(shown),
            });
            // As bytes, as a record, as the content of a record, or as the Finished that is due.
            script.push(match form {
                0 => Say::Bytes(junk),
                1 => Say::Record(kind, junk),
                2 => Say::Inner(junk),
                _ => Say::Message(20, junk),
            });
            let (mut client, mut server) = (Client::new(plan), new_server());
            play(&mut server, &mut client, &script, &Cuts::none(), &mut Mallory::nobody());
            stays_shut(&mut server)?;
        }
    }
}

/// Checks that the learner's server does not open for a careless client behind Mallory.
fn stays_shut_behind(has_share: bool, mallory: &mut Mallory) -> Result<(), Broken> {
    let mut plan = ClientPlan {
        has_share,
        is_careless: true,
        ..client_plan()
    };
    // Bytes that mean nothing to the server, but are in the transcript.
    let (code, body) = (0x0a0a, vec![7; 2048]);
    plan.extensions.push(Extension::Other { code, body });
    // No ChangeCipherSpecs, which are in no transcript.
    plan.session_id = vec![];
    let mut script = plan.script();
    script.retain(|say| *say != Say::ChangeCipherSpec);
    let (mut client, mut server) = (Client::new(plan), new_server());
    play(&mut server, &mut client, &script, &Cuts::none(), mallory);
    stays_shut(&mut server)
}
