//! Whole recordings, and what is needed to read them.

use fixtures::live::{self, BITS, able};
use fixtures::tls13::recorded::{Plan, Recorded, Turn, plans, text};
use harness::{check, think_of, with};
use proptest::prelude::*;
use proptest::sample::Index;

use super::lines::logs;
use super::{NEEDED, fixed, reads, recording};
use crate::subject::ch6_tls12::{Conversation, Unreadable, wiretap};
use crate::subject::ch7_tls13::read_with_log;

harness::suite! {
    exercise "7.12" {
        /// every byte of both directions is read, with and without a retry
        #[think = "After its Finished, a direction has another key. What may come under that key, and what do you do with it: keep all of it, skip it, or stop? Data that ends with zeros is data to its end."]
        #[cases = 8]
        fn every_byte_is_read(plan in plans()) {
            let recorded = able(plan.record())?;
            // The smallest case has only what is needed for the failure.
            if plan.turns.iter().any(|(_, turn)| matches!(turn, Turn::UpdatesKey)) {
                think_of!("Whose key changes after a KeyUpdate, and from which secret does the next one come?");
            }
            if plan.retries {
                think_of!("After a HelloRetryRequest, how many messages of each side are in plaintext?");
            }
            reads!(recording(&recorded), text(&recorded.log), Ok(conversation(&recorded)));
        }

        /// data is read across KeyUpdates of either side, past empty records, and to the end of long ones
        #[think = "A KeyUpdate changes the key of its own direction, from the next record on. What ends your loop?"]
        fn no_connection_is_cut_short(plan from fixed()) {
            let recorded = able(plan.record())?;
            reads!(recording(&recorded), text(&recorded.log), Ok(conversation(&recorded)));
        }

        /// lines of other connections, before and after those of the recording and in any order, make no difference
        #[think = "Do you look for the client random of this recording?"]
        #[cases = 4]
        fn a_log_may_have_many_connections({others} in logs(), {turn} in any::<Index>()) {
            let recorded = able(fixed()[0].record())?;
            let mut lines: Vec<String> = others.iter().map(|line| line.text(false)).collect();
            lines.extend(text(&recorded.log).lines().rev().map(|line| format!("{line}\n")));
            let turn = turn.index(lines.len());
            lines.rotate_left(turn);
            reads!(recording(&recorded), lines.concat(), Ok(conversation(&recorded)));
        }

        /// the four secrets are enough, and without any one of them nothing is read, whatever else is known, even the exporter secret or one with another number, and even if nothing was sent under the one that is missing
        #[think = "Each secret opens one part of one direction. Can another one take its place?"]
        fn each_secret_is_needed(plan from [fixed().swap_remove(0), silent()]) {
            let recorded = able(plan.record())?;
            if plan.turns.is_empty() {
                think_of!("The client has sent nothing after its Finished. Is its secret for data one of the four?");
            }
            let mut enough = recorded.log.clone();
            enough.retain(|line| NEEDED.contains(&line.0.as_str()));
            reads!(recording(&recorded), text(&enough), Ok(conversation(&recorded)));
            for missing in NEEDED {
                with!(missing);
                let mut log = recorded.log.clone();
                log.retain(|line| line.0 != missing);
                reads!(recording(&recorded), text(&log), Err(Unreadable::ForwardSecret));
                if let Some(begins) = missing.strip_suffix('0') {
                    let mut log = recorded.log.clone();
                    log.iter_mut().filter(|line| line.0 == missing).for_each(|line| line.0 = format!("{begins}1"));
                    reads!(recording(&recorded), text(&log), Err(Unreadable::ForwardSecret));
                }
            }
        }

        /// the key of the certificate opens nothing, and neither does an empty log
        #[think = "This is what forward secrecy means. Does `read_with_log` say so?"]
        fn a_leaked_key_opens_nothing() {
            let recorded = able(fixed()[0].record())?;
            let overheard = recording(&recorded);
            reads!(overheard, "", Err(Unreadable::ForwardSecret));
            let read = wiretap(&overheard, live::identity(BITS).key);
            check!(read.is_err(), "Err(…)", read, "wiretap(&recording, &key)");
        }
    }
}

/// A connection in which neither side says anything, not even at the end.
fn silent() -> Plan {
    Plan {
        retries: false,
        turns: vec![],
        closes: false,
    }
}

/// What was said.
pub(super) fn conversation(recorded: &Recorded) -> Conversation {
    Conversation {
        from_client: recorded.client.said(),
        from_server: recorded.server.said(),
    }
}
