//! The records under one key, if there are many of them.

use harness::{accepted, notes, same};

use super::{in_words, session, wire};
use crate::subject::ch6_tls12::{ClientWrites, Sender, ServerWrites};
use crate::subject::ch7_tls13::*;
use fixtures::tls13::traffic::{Heard, Peer};
use given::tls::{Established, RecordLayer};

harness::suite! {
    exercise "7.10" {
        /// it counts as many records as one key may seal, even if they are many
        #[think = "How large a number can your count become?"]
        fn many_records_are_counted(records_per_key from [256_u64, 300, 65_536, 65_537]) {
            let (yours, theirs) = ([0x3c; 32], [0xa5; 32]);
            let sending = TrafficSecret::<ClientWrites, _>::new(yours);
            let receiving = TrafficSecret::<ServerWrites, _>::new(theirs);
            let mut wire = wire(&sending, &receiving);
            let after = AfterHandshake::new(Sender::Server, session(), sending, receiving);
            let mut after = after.with_records_per_key(records_per_key);
            let mut counted = || (0..records_per_key).try_for_each(|_| after.before_data(&mut wire));
            same!(counted(), Ok(()), "after.before_data(&mut wire), records_per_key times");
            let mut peer = Peer::new(theirs, yours);
            let heard = peer.hear(&wire.to_send());
            let (heard, nothing) = in_words(&heard, &[]);
            same!(heard, nothing, "what after.before_data(&mut wire) sends, before as many records as one key may seal");
            accepted!(after.before_data(&mut wire));
            notes::new_call();
            let heard = peer.hear(&wire.to_send());
            let (heard, expected) = in_words(&heard, &[Heard::KeyUpdate(0)]);
            same!(heard, expected, "what after.before_data(&mut wire) sends, before one record more than one key may seal");
        }
    }
}
