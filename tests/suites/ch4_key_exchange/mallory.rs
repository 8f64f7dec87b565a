use std::fmt;

use harness::show::{self, Piece, Show};
use harness::{accepted, same};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::reference::share_of;
use crate::subject::ch1_symmetric::Rejected;
use crate::subject::ch4_key_exchange::*;
use crate::vectors::low_order_shares;
use crate::victims::{Channel, Victim};
use fixtures::strategies::{array, bytes};

harness::suite! {
    exercise "4.5" {
        /// what Mallory hands to her victims is the share of her own key
        #[think = "Of whose secret key must it be the share, so that she can compute the secret?"]
        #[cases = 32]
        fn her_share_is_her_own(secret in array()) {
            same!(Mallory::new(SecretKey::from_bytes(secret)).share(), share_of(secret));
        }

        /// she reads what the client says first
        #[think = "Which shares has the client seen? For which direction are the client's keys?"]
        #[cases = 32]
        fn she_reads_the_client(keys in three_keys(), message in bytes(0..=20)) {
            let Attacked { mut client, mut mallory, .. } = accepted!(attacked(&keys));
            same!(mallory.read(Side::Client, &client.send(&message)), Ok(message));
        }

        /// she reads what the server says first
        #[think = "Which shares has the server seen? Which of them does it take for the client's?"]
        #[cases = 32]
        fn she_reads_the_server(keys in three_keys(), message in bytes(0..=20)) {
            let Attacked { mut server, mut mallory, .. } = accepted!(attacked(&keys));
            same!(mallory.read(Side::Server, &server.send(&message)), Ok(message));
        }

        /// each victim takes what she writes for the other one's
        #[think = "To the client she is the server. Under whose keys does the server seal?"]
        #[cases = 32]
        fn she_writes_in_the_name_of_the_other(keys in three_keys(), message in bytes(0..=20)) {
            let Attacked { mut client, mut server, mut mallory } = accepted!(attacked(&keys));
            let record = accepted!(mallory.write(Side::Client, &message));
            same!(client.receive(&record), Some(message.clone()));
            let record = accepted!(mallory.write(Side::Server, &message));
            same!(server.receive(&record), Some(message));
        }

        /// through a whole conversation every message is read, and neither victim notices a thing
        #[think = "Four directions, each with a count of its own. Which of them goes wrong?"]
        #[cases = 64]
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

        /// junk, and what comes from the other side, is refused; what comes next is read all the same
        #[think = "Your Receiver of 1.5 refuses what is not next. What do you make of its error?"]
        #[cases = 64]
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

        /// a victim with a share of low order is refused, on either side
        #[think = "`shared_secret` says so already. What do you do with its error?"]
        fn a_victim_of_low_order_is_refused(share from low_order_shares()) {
            let mallory = Mallory::new(SecretKey::from_bytes([0x42; 32]));
            let good = share_of([0x17; 32]);
            same!(mallory.sit_between(&share, &good).err(), Some(LowOrderPoint));
            same!(mallory.sit_between(&good, &share).err(), Some(LowOrderPoint));
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

/// Two victims who believe that they are connected, and Mallory who knows better.
struct Attacked {
    client: Channel,
    server: Channel,
    mallory: Interception,
}

/// The exchange in which Mallory puts her share in the place of both others.
fn attacked(keys: &ThreeKeys) -> Result<Attacked, LowOrderPoint> {
    let client = Victim::new(Side::Client, keys.client);
    let server = Victim::new(Side::Server, keys.server);
    let mallory = Mallory::new(SecretKey::from_bytes(keys.mallory));
    let hers = mallory.share();
    Ok(Attacked {
        client: client.connect(&hers).ok_or(LowOrderPoint)?,
        server: server.connect(&hers).ok_or(LowOrderPoint)?,
        mallory: mallory.sit_between(&client.share(), &server.share())?,
    })
}

/// One message in a conversation, and what Mallory makes of it.
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
    vec(said, 0..=8).boxed()
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
