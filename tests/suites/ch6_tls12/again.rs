//! What must not be kept from one recording to the next: 6.9.

use harness::{check, same, with};

use crate::recorded::{Recorded, fixed, recorded};
use crate::subject::ch6_tls12::*;
use fixtures::keys;
use fixtures::tls::mallory::records;
use fixtures::tls12::manners::{RSA, SERVER_BITS};
use given::tls::TLS_1_2;

harness::suite! {
    exercise "6.9" {
        /// another server's key reads nothing, even right after the right one has read everything
        #[think = "Do you keep anything from one call to the next? The key may be another one."]
        #[cases = 4]
        fn another_key_reads_nothing_afterwards(recorded in recorded()) {
            let recording = recorded.recording(RSA, TLS_1_2);
            for _ in 0..2 {
                let key = recorded.key();
                same!(wiretap(&recording, key), Ok(recorded.conversation()));
                let key = keys::private(SERVER_BITS, 7);
                let read = wiretap(&recording, key);
                check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read, "wiretap(&recording, key)");
            }
        }

        /// the same session, recorded to its end and once more without the data of one side, is read
        /// as it was recorded
        #[think = "Do you keep anything from one call to the next? The same handshake may be in two recordings."]
        fn each_recording_is_read_for_itself(recorded from both_speak()) {
            let (key, whole) = (recorded.key(), recorded.recording(RSA, TLS_1_2));
            for is_client in [true, false] {
                let (mut cut, mut left) = (whole.clone(), recorded.conversation());
                let (direction, said) = match is_client {
                    true => (&mut cut.from_client, &mut left.from_client),
                    false => (&mut cut.from_server, &mut left.from_server),
                };
                let is_handshake = |record: &Vec<u8>| [20, 22].contains(&record[0]);
                *direction = records(direction).into_iter().take_while(is_handshake).flatten().collect();
                said.clear();
                let all = recorded.conversation();
                for (recording, conversation) in [(&whole, &all), (&cut, &left), (&whole, &all)] {
                    with!("recording" = *recording);
                    same!(wiretap(recording, key).as_ref(), Ok(conversation), "wiretap(&recording, key)");
                }
            }
        }
    }
}

/// Sessions in which both sides say something.
fn both_speak() -> Vec<Recorded> {
    fixed().into_iter().take(3).collect()
}
