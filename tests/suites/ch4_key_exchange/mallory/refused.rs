use harness::{accepted, notes, same, think_of, with};

use super::{Attacked, THREE, attacked, three_keys};
use crate::reference::share_of;
use crate::subject::ch1_symmetric::Rejected;
use crate::subject::ch4_key_exchange::*;
use crate::vectors::low_order_shares;
use fixtures::strategies::{bit, bytes};

harness::suite! {
    exercise "4.5" {
        /// a record that was changed, cut or extended is refused, and the genuine one is read after it
        #[think = "Your `Receiver` from 1.5 refuses what is not next. What do you do with its error?"]
        #[cases = 16]
        fn a_damaged_record_is_refused(
            keys in three_keys(), message in bytes(0..=20), changed in bit()
        ) {
            let Attacked { mut client, mut server, mut mallory } = attacked(&keys)?;
            for (from, record) in [
                (Side::Client, client.send(&message)), (Side::Server, server.send(&message)),
            ] {
                let cut = record[..record.len() - 1].to_vec();
                let longer = [&record[..], &[0]].concat();
                let shifted = [&[0], &record[..]].concat();
                for damaged in [changed.flipped(&record), cut, longer, shifted, vec![], vec![0; 16]] {
                    same!(mallory.read(from, &damaged), Err(Rejected));
                }
                same!(mallory.read(from, &record), Ok(message.clone()));
            }
        }

        /// junk and records from the other side are refused, and the next record is still read
        #[think = "Your `Receiver` from 1.5 refuses what is not next. What do you do with its error?"]
        #[cases = 48]
        fn what_is_not_next_is_refused(
            keys in three_keys(), junk in bytes(0..=40), message in bytes(0..=20)
        ) {
            let Attacked { mut client, mut server, mut mallory } = attacked(&keys)?;
            let (from_client, from_server) = (client.send(&message), server.send(&message));
            same!(mallory.read(Side::Client, &junk), Err(Rejected));
            same!(mallory.read(Side::Client, &from_server), Err(Rejected));
            same!(mallory.read(Side::Server, &from_client), Err(Rejected));
            same!(mallory.read(Side::Client, &from_client), Ok(message.clone()));
            same!(mallory.read(Side::Client, &from_client), Err(Rejected));
            same!(mallory.read(Side::Server, &from_server), Ok(message));
        }

        /// what Mallory has written herself is refused if somebody sends it back to her, and the next record is still read
        #[think = "Which keys does each victim seal with? No victim seals with those that Mallory writes with."]
        fn what_she_wrote_is_refused(to from [Side::Client, Side::Server]) {
            let Attacked { mut client, mut server, mut mallory } = attacked(&THREE)?;
            let record = accepted!(mallory.write(to, b"from the other"));
            for from in [Side::Client, Side::Server] {
                same!(mallory.read(from, &record), Err(Rejected));
            }
            same!(mallory.read(Side::Client, &client.send(b"to Bob")), Ok(b"to Bob".to_vec()));
            same!(mallory.read(Side::Server, &server.send(b"to Alice")), Ok(b"to Alice".to_vec()));
        }

        /// however many records were refused, the next one is still read
        #[think = "Who can make Mallory give up? Anybody can send junk."]
        fn many_refusals_change_nothing(from from [Side::Client, Side::Server]) {
            let Attacked { mut client, mut server, mut mallory } = attacked(&THREE)?;
            let victim = if from == Side::Client { &mut client } else { &mut server };
            let first = victim.send(b"first");
            same!(mallory.read(from, &first), Ok(b"first".to_vec()));
            for _ in 0..150 {
                same!(mallory.read(from, b"junk"), Err(Rejected));
                same!(mallory.read(from, &first), Err(Rejected));
            }
            same!(mallory.read(from, &victim.send(b"second")), Ok(b"second".to_vec()));
        }

        /// a record is read when it is its turn, and neither before nor after
        #[think = "Which record is the next one? Your `Receiver` from 1.5 knows, and nobody else has to."]
        fn each_record_has_its_turn(from from [Side::Client, Side::Server]) {
            let Attacked { mut client, mut server, mut mallory } = attacked(&THREE)?;
            let victim = if from == Side::Client { &mut client } else { &mut server };
            let records: Vec<Vec<u8>> = (0..6).map(|number| victim.send(&[number])).collect();
            for (turn, next) in (0..).zip(&records) {
                for (number, record) in (0..).zip(&records).filter(|(number, _)| *number != turn) {
                    with!("records read" = turn, "number of record" = number);
                    same!(mallory.read(from, record), Err(Rejected));
                }
                notes::start_over();
                same!(mallory.read(from, next), Ok(vec![turn]));
            }
        }

        /// a share of low order is refused, whichever victim sends it
        #[think = "`shared_secret` already reports this. What do you do with its error?"]
        fn a_share_of_low_order_is_refused(share from low_order_shares()) {
            let mallory = Mallory::new(SecretKey::from_bytes([0x42; 32]));
            let good = share_of([0x17; 32]);
            same!(mallory.sit_between(&share, &good).err(), Some(LowOrderPoint));
            same!(mallory.sit_between(&good, &share).err(), Some(LowOrderPoint));
            same!(mallory.sit_between(&share, &share).err(), Some(LowOrderPoint));
            think_of!("Only that share was refused, and nothing is wrong with Mallory's key. What do you keep from one pair to the next?");
            same!(mallory.sit_between(&good, &good).err(), None);
        }
    }
}
