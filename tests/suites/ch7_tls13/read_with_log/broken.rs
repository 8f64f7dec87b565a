//! Wrong secrets, and recordings that are cut short or damaged.

use fixtures::live::able;
use fixtures::strategies::bit;
use fixtures::tls::mallory::records;
use fixtures::tls13::recorded::{Direction, plans, text};
use fixtures::tls13::traffic::Traffic;
use given::tls::ContentType;
use harness::show::Words;
use harness::{called, check, think_of, with};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{NEEDED, breaks, fixed, reads, recording, secret_of};
use crate::subject::ch6_tls12::{Conversation, Recording, Unreadable};
use crate::subject::ch7_tls13::read_with_log;

harness::suite! {
    exercise "7.12" {
        /// a secret with a wrong bit opens nothing
        #[think = "Do you treat a record that does not open as the end of the recording?"]
        #[cases = 2]
        fn a_wrong_secret_is_refused({wrong} in bit()) {
            let recorded = able(fixed()[0].record())?;
            for label in NEEDED {
                with!("label of the wrong secret" = Words(label.to_owned()));
                let mut log = recorded.log.clone();
                let line = log.iter_mut().find(|line| line.0 == label);
                line.into_iter().for_each(|line| line.2 = wrong.flipped(&line.2));
                breaks!(recording(&recorded), text(&log));
            }
        }

        /// a recording that ends early is read as far as it goes, if the handshake is complete
        #[think = "A recording may end anywhere, even within a record. What do you do with that part of a record?"]
        #[cases = 6]
        fn a_recording_cut_short_is_read_as_far_as_it_goes(
            plan in plans(), {ends} in any::<[(Index, Index); 4]>()
        ) {
            let recorded = able(plan.record())?;
            let cut = |direction: &Direction, end: Index| {
                let (least, all) = (direction.finished, direction.bytes.len());
                least + end.index(all - least + 1)
            };
            for ends in ends {
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
        }

        /// a recording is read if it ends right after a record, or after any part of the next one
        #[think = "A recording may end anywhere, even within a record. What do you do with that part of a record?"]
        fn a_recording_may_end_with_any_record(retries from [false, true]) {
            let recorded = able(fixed()[usize::from(retries)].record())?;
            let sides = [&recorded.client, &recorded.server].map(|side| (side, ends(side)));
            let most = sides.iter().map(|(_, ends)| ends.len()).max().unwrap_or_default();
            for (number, more) in (0..most).flat_map(|number| [(number, 0), (number, 1 + 5 * (number % 3))]) {
                let [client, server] = sides.each_ref().map(|(side, ends)| {
                    let end = ends.get(number).map_or(side.bytes.len(), |end| end + more);
                    end.min(side.bytes.len())
                });
                let overheard = Recording {
                    from_client: recorded.client.bytes[..client].to_vec(),
                    from_server: recorded.server.bytes[..server].to_vec(),
                };
                let said = Conversation {
                    from_client: recorded.client.said_until(client),
                    from_server: recorded.server.said_until(server),
                };
                reads!(overheard, text(&recorded.log), Ok(said));
            }
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

        /// a recording in which a sealed record has a wrong bit, or claims to be of another type, is refused
        #[think = "Do you treat a record that does not open as the end of the recording?"]
        fn a_damaged_recording_is_refused(is_client from [true, false]) {
            let recorded = able(fixed()[0].record())?;
            let log = text(&recorded.log);
            let sent = if is_client { &recorded.client } else { &recorded.server };
            let sent = records(&sent.bytes);
            for Damage { what, record, place, byte } in damages(&sent) {
                with!("damage" = Words(what));
                if place == 0 {
                    think_of!("Once records are sealed, the header of each says that it is data. What do you do with a record that says something else? It is not the end.");
                }
                let (mut overheard, mut damaged) = (recording(&recorded), sent.clone());
                damaged[record][place] = byte;
                match is_client {
                    true => overheard.from_client = damaged.concat(),
                    false => overheard.from_server = damaged.concat(),
                }
                breaks!(overheard, log);
            }
        }
    }
}

/// Where the handshake of a side ends, and each record after it.
fn ends(side: &Direction) -> Vec<usize> {
    let mut ends = vec![side.finished];
    for record in records(&side.bytes[side.finished..]) {
        let last = ends[ends.len() - 1];
        ends.push(last + record.len());
    }
    ends
}

/// A byte that is changed in a record.
struct Damage {
    what: String,
    record: usize,
    place: usize,
    byte: u8,
}

/// A wrong bit in each sealed record, near its beginning, in its middle or at its end, and other
/// types for the last one.
fn damages(sent: &[Vec<u8>]) -> Vec<Damage> {
    let is_sealed = |record: &(usize, &Vec<u8>)| record.1[0] == 23;
    let sealed: Vec<(usize, &Vec<u8>)> = sent.iter().enumerate().filter(is_sealed).collect();
    let mut all = Vec::new();
    for (number, (record, bytes)) in sealed.iter().enumerate() {
        let place = [5, bytes.len() / 2, bytes.len() - 1][number % 3];
        all.push(Damage {
            what: format!("a wrong bit in byte {place} of record {}", record + 1),
            record: *record,
            place,
            byte: bytes[place] ^ 1 << (number % 8),
        });
    }
    let last = sealed.last().map_or(0, |(record, _)| *record);
    all.extend([21, 22, 24].map(|kind| Damage {
        what: format!(
            "record {} is sealed, but has type {kind} in its header",
            last + 1
        ),
        record: last,
        place: 0,
        byte: kind,
    }));
    all
}
