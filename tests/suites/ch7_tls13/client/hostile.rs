//! Mallory in the middle, and arbitrary bytes.

use given::tls::{Alert, Connection, Status};
use harness::{Broken, assume};
use proptest::sample::Index;

use super::{HANDSHAKE, client, first_hello};
use crate::configs::client_config;
use crate::subject::ch7_tls13::FirstHello;
use fixtures::strategies::bit;
use fixtures::tls::mallory::{Attack, Change, Mallory, attack, play};
use fixtures::tls13::disorder::honest;
use fixtures::tls13::junk::junk;
use fixtures::tls13::manners::{Manner, SECRET, manner, server_plan};
use fixtures::tls13::outcome::{Outcome, client_ends, outcome, stays_shut};
use fixtures::tls13::scripted::{Cuts, Say, Server, ServerPlan};

harness::suite! {
    exercise "7.8" {
        /// whatever Mallory does to a message from the server, the client does not open
        #[think = "This server checks nothing. Which of your checks notices the change?"]
        #[cases = 32]
        fn a_change_in_transit_is_noticed(peer in manner(), attack in attack(8)) {
            stays_shut_under(&peer, attack)?;
        }

        /// if one bit of the server's hello or of its HelloRetryRequest is flipped, the client does not open
        #[think = "Some of these bits mean nothing to you. What covers them anyway?"]
        #[cases = 24]
        fn each_bit_of_the_servers_hello_counts(peer in manner(), flipped in bit()) {
            stays_shut_under(&peer, Attack { record: 0, change: Change::Flipped(flipped) })?;
        }

        /// a sealed record with one bit flipped does not open, and the server is told
        #[think = "Which keys were in use, in each direction, when it came?"]
        #[cases = 16]
        fn a_flipped_bit_in_a_sealed_record_is_told(
            record in 1..5_usize, flipped in bit()
        ) {
            let mut server = Server::new(server_plan());
            let mut client = client(client_config(), FirstHello::WithShare);
            let change = Change::Flipped(flipped);
            let mut mallory = Mallory::to_learner(Attack { record, change });
            play_until(record + 1, &honest(), &mut client, &mut server, &mut mallory);
            client_ends!(outcome(&mut client, &server), Outcome::Refused(Alert::BadRecordMac, HANDSHAKE));
        }

        /// whatever Mallory does to the client's own hello, the client does not open
        #[think = "Both sides have a transcript. Does yours contain your hello, as you sent it?"]
        #[cases = 24]
        fn a_change_to_its_hello_is_noticed(peer in manner(), attack in attack(1)) {
            // Bytes after the hello are for the server to notice: the hello itself is unchanged.
            assume!(!matches!(attack.change, Change::Extended(_)));
            let plan = ServerPlan { is_careless: true, ..peer.server_plan() };
            let mut client = client(client_config(), first_hello(peer.retry));
            let mut mallory = Mallory::to_peer(attack);
            let mut script = peer.script();
            script.push(Say::Data(SECRET.to_vec()));
            play_until(3, &script, &mut client, &mut Server::new(plan), &mut mallory);
            stays_shut(&mut client)?;
        }

        /// arbitrary bytes never make it panic, and never make it open, whenever they come
        #[think = "Which of your lines can panic on bytes that a server sends?"]
        #[cases = 48]
        fn junk_from_a_server_is_refused(place in 0..5_usize, junk in junk()) {
            let plan = ServerPlan { is_careless: true, is_hasty: true, ..server_plan() };
            let mut client = client(client_config(), FirstHello::WithShare);
            let mut script = honest();
            assume!(!junk.is_legal_as(&script[place]));
            script[place] = junk.instead_of(&script[place]);
            script.push(Say::Data(SECRET.to_vec()));
            let mut server = Server::new(plan);
            play_until(place + 1, &script, &mut client, &mut server, &mut Mallory::nobody());
            stays_shut(&mut client)?;
        }

        /// a connection whose handshake is cut off anywhere is not open
        #[think = "Part of a message is not a message. What must have come before the connection is open?"]
        #[cases = 12]
        fn a_handshake_that_is_cut_off_is_not_open(end in proptest::arbitrary::any::<Index>()) {
            let mut server = Server::new(server_plan());
            let mut client = client(client_config(), FirstHello::WithShare);
            let sent = said_to(&mut client, &mut server);
            client.receive(&sent[..end.index(sent.len())]);
            stays_shut(&mut client)?;
        }
    }
}

/// Everything that a server says to this client in a handshake.
fn said_to(client: &mut dyn Connection, server: &mut Server) -> Vec<u8> {
    use fixtures::tls13::scripted::Peer;
    server.hear(&client.to_send());
    honest().iter().for_each(|say| server.say(say));
    server.take_outgoing()
}

/// Checks that a client does not open under this attack on what the server says.
fn stays_shut_under(manner: &Manner, attack: Attack) -> Result<(), Broken> {
    // Nobody has to notice a change to a ChangeCipherSpec, so there are none.
    let manner = Manner {
        change_cipher_specs: 0,
        ..*manner
    };
    let plan = ServerPlan {
        is_careless: true,
        ..manner.server_plan()
    };
    let mut script = manner.script();
    let record = attack.record % script.len();
    script.push(Say::Data(SECRET.to_vec()));
    let mut client = client(client_config(), first_hello(manner.retry));
    let mut mallory = Mallory::to_learner(Attack { record, ..attack });
    // A change to a hello is noticed when the message after it does not open.
    play_until(
        record + 2,
        &script,
        &mut client,
        &mut Server::new(plan),
        &mut mallory,
    );
    stays_shut(&mut client)
}

/// The server says this many messages of its script, and then the others, unless the client has given
/// up: it would not listen, and the server's signature takes time.
pub(super) fn play_until(
    messages: usize,
    script: &[Say],
    client: &mut dyn Connection,
    server: &mut Server,
    mallory: &mut Mallory,
) {
    let (first, others) = script.split_at(messages.min(script.len()));
    play(client, server, first, &Cuts::none(), mallory);
    if !matches!(client.status(), Status::Failed(_)) {
        play(client, server, others, &Cuts::none(), mallory);
    }
}
