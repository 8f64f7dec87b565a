//! Records and requests under one key, if there are many of them.

use harness::show::Words;
use harness::{accepted, check, notes, same, think_of, with};

use super::in_words;
use crate::established::{session, wire};
use crate::subject::ch6_tls12::{ClientWrites, Sender, ServerWrites};
use crate::subject::ch7_tls13::*;
use fixtures::tls13::traffic::{Heard, Peer, ticket};
use given::tls::{Abort, Established, Handshake, HandshakeType, RecordLayer};
use given::tls13::Wire;

harness::suite! {
    exercise "7.10" {
        /// it counts as many records as one key may seal, even if they are many
        #[think = "How large a number can your count become?"]
        fn many_records_are_counted(records_per_key from [256_u64, 300, 65_536, 65_537, 131_073, 1 << 18]) {
            let Open { mut after, mut wire, mut peer } = Open::new();
            after = after.with_records_per_key(records_per_key);
            let mut counted = || (0..records_per_key).try_for_each(|_| after.before_data(&mut wire));
            with!("calls of after.before_data" = records_per_key);
            same!(counted(), Ok(()), "after.before_data(&mut wire), records_per_key times");
            let heard = peer.hear(&wire.to_send());
            let (heard, nothing) = in_words(&heard, &[]);
            same!(heard, nothing, "what after.before_data(&mut wire) sends, before as many records as one key may seal");
            accepted!(after.before_data(&mut wire));
            with!("calls of after.before_data" = records_per_key + 1);
            notes::new_call();
            let heard = peer.hear(&wire.to_send());
            let (heard, expected) = in_words(&heard, &[Heard::KeyUpdate(0)]);
            same!(heard, expected, "what after.before_data(&mut wire) sends, before one record more than one key may seal");
        }

        /// a limit may be so large that it takes more than 32 bits
        #[think = "A number of records has 64 bits. Which bits of it do you compare?"]
        fn a_large_limit_is_not_a_small_one(records_per_key from [1_u64 << 32, (1 << 32) + 1, u64::MAX]) {
            let Open { mut after, mut wire, mut peer } = Open::new();
            after = after.with_records_per_key(records_per_key);
            for _ in 0..3 {
                accepted!(after.before_data(&mut wire));
            }
            with!("calls of after.before_data" = 3);
            let (heard, nothing) = in_words(&peer.hear(&wire.to_send()), &[]);
            same!(heard, nothing, "what after.before_data(&mut wire) sends, called three times");
        }

        /// however many requests have come, they get one answer, and the next one gets another
        #[think = "One answer is enough for all requests. Do you count them, and what does the count do when there are many?"]
        fn many_requests_get_one_answer({requests} from [256]) {
            with!("requests for a KeyUpdate" = requests);
            let Open { mut after, mut wire, mut peer } = Open::new();
            let request = Handshake::new(HandshakeType::KeyUpdate, &[1]);
            for _ in 0..requests {
                accepted!(after.receive(request.clone(), &mut wire));
            }
            accepted!(after.before_data(&mut wire));
            accepted!(after.before_data(&mut wire));
            let (heard, expected) = in_words(&peer.hear(&wire.to_send()), &[Heard::KeyUpdate(0)]);
            same!(heard, expected, "what after.before_data(&mut wire) sends, called twice");
            think_of!("These requests were answered, and now there is one more. How many may there be, and what is left of the earlier ones?");
            accepted!(after.receive(request, &mut wire));
            accepted!(after.before_data(&mut wire));
            let (heard, expected) = in_words(&peer.hear(&wire.to_send()), &[Heard::KeyUpdate(0)]);
            same!(heard, expected, "what after.before_data(&mut wire) sends, after one more request");
        }

        /// however often it has changed its key, it does so again when it is time
        #[think = "How many KeyUpdates may one connection have? Is there a limit in your code that is not in the exercise?"]
        fn many_updates_are_sent({updates} from [257_usize]) {
            with!("records_per_key" = 1, "calls of after.before_data" = updates + 1);
            let Open { mut after, mut wire, mut peer } = Open::new();
            after = after.with_records_per_key(1);
            for _ in 0..=updates {
                accepted!(after.before_data(&mut wire));
            }
            let heard = peer.hear(&wire.to_send());
            let right = heard.iter().take_while(|one| **one == Heard::KeyUpdate(0)).count();
            check!(
                right == updates && heard.len() == updates, "257 KeyUpdates, each under the next key",
                Words(format!("{} records, the first {right} of which are KeyUpdates under the next key", heard.len())),
                "what after.before_data(&mut wire) sends, called 258 times"
            );
        }

        /// however many tickets come, they are taken
        #[think = "How many tickets may a server send? Is there a limit in your code that is not in the exercise?"]
        fn many_tickets_are_taken({tickets} from [257]) {
            with!("tickets" = tickets);
            let Open { mut after, mut wire, .. } = Open::new();
            let message = Handshake::new(HandshakeType::NewSessionTicket, &ticket());
            for _ in 0..tickets {
                same!(after.receive(message.clone(), &mut wire), Ok(()), "after.receive(message, &mut wire), with one ticket after the other");
            }
        }

        /// without a number left for a KeyUpdate, nothing more can be sent, however often it is tried
        #[think = "What does `wire.send_handshake` return if there is no number left, and what do you do with that? Is the KeyUpdate still due?"]
        fn a_key_update_needs_a_number({is_asked} from [true, false]) {
            let Open { mut after, mut wire, .. } = Open::new();
            let key = TrafficSecret::<ClientWrites, Application>::new([0x3c; 32]).record_key();
            wire.seal_with(RecordSealer::starting_at(key, u64::MAX));
            if is_asked {
                accepted!(after.receive(Handshake::new(HandshakeType::KeyUpdate, &[1]), &mut wire));
            } else {
                after = after.with_records_per_key(1);
                accepted!(after.before_data(&mut wire));
            }
            with!("wire" = Words("its sealer has no number left: RecordSealer::starting_at(key, u64::MAX)".to_owned()));
            let why = if is_asked { "the peer has asked for it" } else { "one record was sent, and records_per_key is 1" };
            with!("why a KeyUpdate is due" = Words(why.to_owned()));
            same!(after.before_data(&mut wire), Err(Abort::Exhausted));
            same!(after.before_data(&mut wire), Err(Abort::Exhausted), "after.before_data(&mut wire), called again");
        }
    }
}

/// An open connection, without the endpoint that counts what comes.
struct Open {
    after: AfterHandshake<ClientWrites, ServerWrites>,
    wire: Wire<RecordSealer<ClientWrites>, RecordOpener<ServerWrites>>,
    peer: Peer,
}

impl Open {
    fn new() -> Open {
        let (yours, theirs) = ([0x3c; 32], [0xa5; 32]);
        let sending = TrafficSecret::new(yours);
        let receiving = TrafficSecret::new(theirs);
        let wire = wire(&sending, &receiving);
        let after = AfterHandshake::new(Sender::Server, session(), sending, receiving);
        let peer = Peer::new(theirs, yours);
        Open { after, wire, peer }
    }
}
