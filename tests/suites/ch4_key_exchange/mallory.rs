use std::fmt;

use harness::show::{self, Piece, Show};
use harness::{accepted, same};
use proptest::prelude::*;
use proptest::sample::select;

use crate::reference::share_of;
use crate::subject::ch1_symmetric::Rejected;
use crate::subject::ch4_key_exchange::*;
use crate::vectors::low_order_shares;
use crate::victims::{Channel, Victim};
use fixtures::strategies::{LONG, array, bit, bytes, list};

harness::suite! {
    exercise "4.5" {
        /// what Mallory gives to her victims is the share of her own key
        #[think = "Whose share must it be, so that she can compute the secret?"]
        #[cases = 32]
        fn her_share_is_her_own(secret in array()) {
            same!(Mallory::new(SecretKey::from_bytes(secret)).share(), share_of(secret));
        }

        /// Mallory reads the client's first message
        #[think = "Which shares has the client seen? Which direction are the client's keys for?"]
        #[cases = 16]
        fn she_reads_the_client(keys in three_keys(), message in bytes(0..=20)) {
            let Attacked { mut client, mut mallory, .. } = accepted!(attacked(&keys));
            same!(mallory.read(Side::Client, &client.send(&message)), Ok(message));
        }

        /// Mallory reads the server's first message
        #[think = "Which shares has the server seen? Which of them does it believe to be the client's?"]
        #[cases = 16]
        fn she_reads_the_server(keys in three_keys(), message in bytes(0..=20)) {
            let Attacked { mut server, mut mallory, .. } = accepted!(attacked(&keys));
            same!(mallory.read(Side::Server, &server.send(&message)), Ok(message));
        }

        /// each victim accepts what Mallory writes as a message from the other
        #[think = "To the client she is the server. Under whose keys does the server seal?"]
        #[cases = 16]
        fn she_writes_in_the_name_of_the_other(keys in three_keys(), message in bytes(0..=20)) {
            let Attacked { mut client, mut server, mut mallory } = accepted!(attacked(&keys));
            let record = accepted!(mallory.write(Side::Client, &message));
            same!(client.receive(&record), Some(message.clone()));
            let record = accepted!(mallory.write(Side::Server, &message));
            same!(server.receive(&record), Some(message));
        }

        /// through a whole conversation, Mallory reads every message, and neither victim notices anything
        #[think = "Four directions, each with a count of its own. Which of them goes wrong?"]
        #[cases = 48]
        fn neither_victim_notices(keys in three_keys(), conversation in conversation()) {
            let Attacked { mut client, mut server, mut mallory } = accepted!(attacked(&keys));
            for Said { by, message, fate } in conversation {
                let (speaker, listener, to) = match by {
                    Side::Client => (&mut client, &mut server, Side::Server),
                    Side::Server => (&mut server, &mut client, Side::Client),
                };
                same!(mallory.read(by, &speaker.send(&message)), Ok(message.clone()));
                for written in fate.written(&message) {
                    let record = accepted!(mallory.write(to, &written));
                    same!(listener.receive(&record), Some(written));
                }
            }
        }

        /// long messages are read and written whole, in either direction
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn long_messages_pass(length from [64_usize, 256, 1025, LONG]) {
            let Attacked { mut client, mut server, mut mallory } = accepted!(attacked(&THREE));
            let message: Vec<u8> = (0..length).map(|place| (place % 251) as u8).collect();
            same!(mallory.read(Side::Client, &client.send(&message)), Ok(message.clone()));
            // What follows is shorter, because sealing and opening this much takes a while.
            let message = &message[..length.min(32_769)];
            let record = accepted!(mallory.write(Side::Server, message));
            same!(server.receive(&record), Some(message.to_vec()));
            let message = &message[..length.min(1025)];
            same!(mallory.read(Side::Server, &server.send(message)), Ok(message.to_vec()));
            let record = accepted!(mallory.write(Side::Client, message));
            same!(client.receive(&record), Some(message.to_vec()));
        }

        /// hundreds of messages are read and written, more in one direction than in the other
        #[think = "Each direction has a count of its own. How far does yours go?"]
        fn a_long_conversation_passes() {
            let Attacked { mut client, mut server, mut mallory } = accepted!(attacked(&THREE));
            for count in 0..300_u32 {
                let message = count.to_be_bytes().to_vec();
                same!(mallory.read(Side::Client, &client.send(&message)), Ok(message.clone()));
                let record = accepted!(mallory.write(Side::Server, &message));
                same!(server.receive(&record), Some(message.clone()));
                if count % 3 == 0 {
                    same!(mallory.read(Side::Server, &server.send(&message)), Ok(message.clone()));
                    let record = accepted!(mallory.write(Side::Client, b"other"));
                    same!(client.receive(&record), Some(b"other".to_vec()));
                }
            }
        }

        /// victims with the same key, even with Mallory's own, are attacked like any others
        #[think = "How do you tell the two sides apart? Their shares may be the same."]
        #[cases = 4]
        fn equal_keys_are_attacked(key in array(), other in array()) {
            for (client, server, mallory) in [
                (key, key, other), (key, other, key), (other, key, key), (key, key, key),
            ] {
                let keys = ThreeKeys { client, server, mallory };
                let Attacked { mut client, mut server, mut mallory } = accepted!(attacked(&keys));
                let (first, second) = (b"from the client".to_vec(), b"from the server".to_vec());
                same!(mallory.read(Side::Client, &client.send(&first)), Ok(first.clone()));
                same!(mallory.read(Side::Server, &server.send(&second)), Ok(second.clone()));
                let record = accepted!(mallory.write(Side::Server, &first));
                same!(server.receive(&record), Some(first));
                let record = accepted!(mallory.write(Side::Client, &second));
                same!(client.receive(&record), Some(second));
            }
        }

        /// Mallory sits between two pairs of victims at once, and counts their records separately
        #[think = "What does each interception count for itself, and what do all of them share?"]
        #[cases = 8]
        fn two_pairs_are_attacked_at_once(keys in three_keys(), message in bytes(0..=20)) {
            let her = Mallory::new(SecretKey::from_bytes(keys.mallory));
            let Attacked { mut client, mut mallory, .. } = accepted!(attacked_by(&her, &keys));
            let Attacked { client: mut other_client, mallory: mut other, .. } =
                accepted!(attacked_by(&her, &keys));
            for _ in 0..3 {
                same!(mallory.read(Side::Client, &client.send(&message)), Ok(message.clone()));
                let record = accepted!(mallory.write(Side::Client, &message));
                same!(client.receive(&record), Some(message.clone()));
            }
            same!(other.read(Side::Client, &other_client.send(&message)), Ok(message.clone()));
            let record = accepted!(other.write(Side::Client, &message));
            same!(other_client.receive(&record), Some(message));
        }

        /// a record that was changed, cut or extended is refused, and the genuine one is read after it
        #[think = "Your `Receiver` from 1.5 refuses what is not next. What do you do with its error?"]
        #[cases = 16]
        fn a_damaged_record_is_refused(
            keys in three_keys(), message in bytes(0..=20), changed in bit()
        ) {
            let Attacked { mut client, mut server, mut mallory } = accepted!(attacked(&keys));
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
            let Attacked { mut client, mut server, mut mallory } = accepted!(attacked(&keys));
            let (from_client, from_server) = (client.send(&message), server.send(&message));
            same!(mallory.read(Side::Client, &junk), Err(Rejected));
            same!(mallory.read(Side::Client, &from_server), Err(Rejected));
            same!(mallory.read(Side::Server, &from_client), Err(Rejected));
            same!(mallory.read(Side::Client, &from_client), Ok(message.clone()));
            same!(mallory.read(Side::Client, &from_client), Err(Rejected));
            same!(mallory.read(Side::Server, &from_server), Ok(message));
        }

        /// a share of low order is refused, whichever victim sends it
        #[think = "`shared_secret` already reports this. What do you do with its error?"]
        fn a_share_of_low_order_is_refused(share from low_order_shares()) {
            let mallory = Mallory::new(SecretKey::from_bytes([0x42; 32]));
            let good = share_of([0x17; 32]);
            same!(mallory.sit_between(&share, &good).err(), Some(LowOrderPoint));
            same!(mallory.sit_between(&good, &share).err(), Some(LowOrderPoint));
            same!(mallory.sit_between(&share, &share).err(), Some(LowOrderPoint));
        }
    }
}

/// The secret keys of the three who take part in 4.5.
#[derive(Debug, Clone, Copy)]
struct ThreeKeys {
    client: [u8; 32],
    server: [u8; 32],
    mallory: [u8; 32],
}

/// Keys for tests in which it does not matter which they are.
const THREE: ThreeKeys = ThreeKeys {
    client: [1; 32],
    server: [2; 32],
    mallory: [3; 32],
};

fn three_keys() -> BoxedStrategy<ThreeKeys> {
    (array(), array(), array())
        .prop_map(|(client, server, mallory)| ThreeKeys {
            client,
            server,
            mallory,
        })
        .boxed()
}

impl Show for ThreeKeys {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (name, key) in [
            ("client ", self.client),
            (", server ", self.server),
            (", Mallory ", self.mallory),
        ] {
            pieces.push(Piece::Text(name.to_owned()));
            pieces.extend(key.pieces());
        }
        pieces
    }
}

/// Two victims who believe that they are connected to each other, and Mallory, who knows better.
struct Attacked {
    client: Channel,
    server: Channel,
    mallory: Interception,
}

/// The exchange in which Mallory puts her share in place of the other two.
fn attacked(keys: &ThreeKeys) -> Result<Attacked, LowOrderPoint> {
    attacked_by(&Mallory::new(SecretKey::from_bytes(keys.mallory)), keys)
}

/// The same, with a Mallory who may have other victims.
fn attacked_by(mallory: &Mallory, keys: &ThreeKeys) -> Result<Attacked, LowOrderPoint> {
    let client = Victim::new(Side::Client, keys.client);
    let server = Victim::new(Side::Server, keys.server);
    let hers = mallory.share();
    Ok(Attacked {
        client: client.connect(&hers).ok_or(LowOrderPoint)?,
        server: server.connect(&hers).ok_or(LowOrderPoint)?,
        mallory: mallory.sit_between(&client.share(), &server.share())?,
    })
}

/// One message in a conversation, and what Mallory does with it.
#[derive(Clone)]
struct Said {
    by: Side,
    message: Vec<u8>,
    fate: Fate,
}

/// What Mallory does with a message that she has read.
#[derive(Debug, Clone)]
enum Fate {
    PassedOn,
    Changed(Vec<u8>),
    LeftOut,
    SaidTwice,
}

impl Fate {
    /// What the other victim gets to read.
    fn written(&self, message: &[u8]) -> Vec<Vec<u8>> {
        match self {
            Fate::PassedOn => vec![message.to_vec()],
            Fate::Changed(other) => vec![other.clone()],
            Fate::LeftOut => vec![],
            Fate::SaidTwice => vec![message.to_vec(), message.to_vec()],
        }
    }
}

fn conversation() -> BoxedStrategy<Vec<Said>> {
    let fate = prop_oneof![
        2 => Just(Fate::PassedOn),
        2 => bytes(0..=8).prop_map(Fate::Changed),
        1 => Just(Fate::LeftOut),
        1 => Just(Fate::SaidTwice),
    ];
    let by = select(&[Side::Client, Side::Server][..]);
    let said = (by, bytes(0..=8), fate).prop_map(|(by, message, fate)| Said { by, message, fate });
    list(said, 0..=12).boxed()
}

/// As the learner reads it.
impl fmt::Debug for Said {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = show::text(&self.message.pieces());
        write!(out, "{:?} says {message}, ", self.by)?;
        match &self.fate {
            Fate::PassedOn => write!(out, "passed on"),
            Fate::Changed(other) => {
                write!(out, "changed to {}", show::text(&other.pieces()))
            }
            Fate::LeftOut => write!(out, "left out"),
            Fate::SaidTwice => write!(out, "passed on twice"),
        }
    }
}
