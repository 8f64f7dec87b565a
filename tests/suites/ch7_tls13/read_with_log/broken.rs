//! Wrong secrets, and recordings that are cut short or damaged.

use fixtures::live::able;
use fixtures::strategies::bit;
use fixtures::tls::mallory::records;
use fixtures::tls13::recorded::{self, Direction, plans, text};
use fixtures::tls13::traffic::Traffic;
use given::tls::ContentType;
use harness::{called, check, with};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{NEEDED, breaks, fixed, reads, recording, secret_of};
use crate::subject::ch6_tls12::{Conversation, Recording, Unreadable};
use crate::subject::ch7_tls13::read_with_log;

harness::suite! {
    exercise "7.12" {
        /// a secret with a wrong bit opens nothing
        #[think = "Do you treat a record that does not open as the end of the recording?"]
        #[cases = 8]
        fn a_wrong_secret_is_refused(which in select(&NEEDED[..]), wrong in bit()) {
            let recorded = able(fixed()[0].record())?;
            let mut log = recorded.log.clone();
            for recorded::Line(label, _, secret) in &mut log {
                if label == which {
                    *secret = wrong.flipped(secret);
                }
            }
            breaks!(recording(&recorded), text(&log));
        }

        /// a recording that ends early is read as far as it goes, if the handshake is complete
        #[think = "A recording may end anywhere, even within a record. What do you do with that part of a record?"]
        #[cases = 24]
        fn a_recording_cut_short_is_read_as_far_as_it_goes(
            plan in plans(), {ends} in (any::<Index>(), any::<Index>())
        ) {
            let recorded = able(plan.record())?;
            let cut = |direction: &Direction, end: Index| {
                let (least, all) = (direction.finished, direction.bytes.len());
                least + end.index(all - least + 1)
            };
            let ends = (cut(&recorded.client, ends.0), cut(&recorded.server, ends.1));
            let overheard = Recording {
                from_client: recorded.client.bytes[..ends.0].to_vec(),
                from_server: recorded.server.bytes[..ends.1].to_vec(),
            };
            let said = Conversation {
                from_client: recorded.client.said_until(ends.0),
                from_server: recorded.server.said_until(ends.1),
            };
            reads!(overheard, text(&recorded.log), Ok(said));
        }

        /// if one direction ends before its Finished, nothing is read
        #[think = "What shows that the handshake was complete in both directions?"]
        fn half_a_handshake_is_refused({is_client} from [true, false]) {
            let recorded = able(fixed()[0].record())?;
            let whole = if is_client { &recorded.client } else { &recorded.server };
            let last = whole.finished - 1;
            for kept in (0..last).step_by(13).chain([last]) {
                let mut overheard = recording(&recorded);
                let direction = match is_client {
                    true => &mut overheard.from_client,
                    false => &mut overheard.from_server,
                };
                direction.truncate(kept);
                breaks!(overheard, text(&recorded.log));
            }
            // Instead of the rest of the handshake, a close_notify.
            let mut overheard = recording(&recorded);
            let (direction, label) = match is_client {
                true => (&mut overheard.from_client, NEEDED[0]),
                false => (&mut overheard.from_server, NEEDED[1]),
            };
            let all = records(direction);
            *direction = all.into_iter().take_while(|record| record[0] != 23).flatten().collect();
            let mut traffic = Traffic::new(secret_of(&recorded, label));
            direction.extend(traffic.seal(ContentType::Alert, &[1, 0], 0));
            breaks!(overheard, text(&recorded.log));
        }

        /// a recording in which nobody has said a thing is refused
        #[think = "Is this a whole handshake?"]
        fn an_empty_recording_is_refused() {
            let recorded = able(fixed()[0].record())?;
            let nothing = Recording { from_client: vec![], from_server: vec![] };
            let read = called!(read_with_log(&nothing, &text(&recorded.log)));
            check!(read.is_err(), "Err(…)", read, "read_with_log(&nothing, &log)");
        }

        /// a recording with a wrong bit in a sealed record is refused
        #[think = "Do you treat a record that does not open as the end of the recording?"]
        #[cases = 16]
        fn a_damaged_recording_is_refused(is_client in any::<bool>(), {place} in any::<Index>(), {wrong} in bit()) {
            let recorded = able(fixed()[0].record())?;
            let mut overheard = recording(&recorded);
            let damaged = match is_client {
                true => &mut overheard.from_client,
                false => &mut overheard.from_server,
            };
            let sealed = sealed_bytes(damaged);
            let place = sealed[place.index(sealed.len())];
            with!("place of the damaged byte" = place);
            damaged[place] = wrong.flipped(&[damaged[place]])[0];
            breaks!(overheard, text(&recorded.log));
        }
    }
}

/// The positions of all bytes in sealed records, without the headers.
fn sealed_bytes(bytes: &[u8]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut start = 0;
    while let [kind, _, _, high, low, ..] = bytes[start..] {
        let end = start + 5 + usize::from(u16::from_be_bytes([high, low]));
        if kind == 23 {
            places.extend(start + 5..end);
        }
        start = end;
    }
    places
}
