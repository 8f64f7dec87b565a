//! What must not be kept from one call to the next.

use fixtures::hex::digits;
use fixtures::live::able;
use fixtures::strategies::array;
use fixtures::tls13::recorded::text;
use harness::show::Words;
use harness::{notes, same, with};

use super::whole::conversation;
use super::{NEEDED, breaks, fixed, reads, recording};
use crate::subject::ch6_tls12::Unreadable;
use crate::subject::ch7_tls13::{logged_secret, read_with_log};

harness::suite! {
    exercise "7.12" {
        /// a line is looked for in the log that is given, and for the client random that is given
        #[think = "Do you keep anything from one call to the next? Another log may be as long as the last one."]
        #[cases = 8]
        fn each_line_is_looked_for({random} in array::<32>(), {secret} in array::<32>()) {
            let label = NEEDED[2];
            let (mut other_random, mut other_secret) = (random, secret);
            other_random[31] ^= 1;
            other_secret[31] ^= 1;
            let line = |secret: [u8; 32]| format!("{label} {} {}\n", digits(&random), digits(&secret));
            for (log, client_random, expected) in [
                (line(secret), random, Some(secret)), (line(secret), other_random, None),
                (line(secret), random, Some(secret)), (line(other_secret), random, Some(other_secret)),
                (line(secret), random, Some(secret)),
            ] {
                with!("log" = Words(log.trim_end().to_owned()), "client_random" = client_random);
                same!(logged_secret(&log, label, &client_random), expected);
            }
        }

        /// a recording is read with the log that is given: one with a wrong secret opens nothing, even
        /// right after the right one has opened everything
        #[think = "Do you keep anything from one call to the next? The log may be another one."]
        fn each_log_opens_for_itself() {
            let recorded = able(fixed()[0].record())?;
            let (recording, log) = (recording(&recorded), text(&recorded.log));
            let conversation = conversation(&recorded);
            reads!(recording, log, Ok(conversation.clone()));
            for wrong in NEEDED {
                let mut other = recorded.log.clone();
                other.iter_mut().filter(|line| line.0 == wrong).for_each(|line| line.2[31] ^= 1);
                with!(wrong);
                breaks!(recording, text(&other));
                notes::withdraw("wrong");
                reads!(recording, log, Ok(conversation.clone()));
            }
        }

        /// the same connection, recorded to its end and once more without the data of one side, is
        /// read as it was recorded
        #[think = "Do you keep anything from one call to the next? The same handshake may be in two recordings."]
        fn each_recording_is_read_for_itself({is_client} from [true, false]) {
            let recorded = able(fixed()[0].record())?;
            let (whole, log) = (recording(&recorded), text(&recorded.log));
            let conversation = conversation(&recorded);
            let (mut cut, mut left) = (whole.clone(), conversation.clone());
            if is_client {
                cut.from_client.truncate(recorded.client.finished);
                left.from_client.clear();
            } else {
                cut.from_server.truncate(recorded.server.finished);
                left.from_server.clear();
            }
            reads!(whole, log, Ok(conversation.clone()));
            reads!(cut, log, Ok(left));
            reads!(whole, log, Ok(conversation));
        }
    }
}
