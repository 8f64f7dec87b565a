//! The properties of exercise 4.5: what Mallory reads and writes between her victims, and what she
//! refuses.

use harness::show::{Piece, Show, text};
use harness::{Broken, Property, accepted, with};
use proptest::prelude::*;

use crate::subject::ch4_key_exchange::*;
use crate::victims::{Channel, Victim};
use fixtures::strategies::array;

mod between;
mod conversation;
mod refused;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [between::suite(), refused::suite()].concat()
}

/// The secret keys of the three who take part in 4.5.
#[derive(Debug, Clone, Copy)]
struct ThreeKeys {
    client: [u8; 32],
    server: [u8; 32],
    mallory: [u8; 32],
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
            if key == [key[0]; 32] {
                pieces.push(Piece::Text(format!("[{}; 32]", key[0])));
            } else {
                pieces.extend(key.pieces());
            }
        }
        pieces
    }
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

/// Two victims who believe that they are connected to each other, and Mallory, who knows better.
struct Attacked {
    client: Channel,
    server: Channel,
    mallory: Interception,
}

/// The exchange in which Mallory puts her share in place of the other two.
fn attacked(keys: &ThreeKeys) -> Result<Attacked, Broken> {
    attacked_by(&Mallory::new(SecretKey::from_bytes(keys.mallory)), keys)
}

/// The same, with a Mallory who may have other victims.
fn attacked_by(mallory: &Mallory, keys: &ThreeKeys) -> Result<Attacked, Broken> {
    with!("keys" = *keys);
    let client = Victim::new(Side::Client, keys.client);
    let server = Victim::new(Side::Server, keys.server);
    victims_of(mallory, client, server)
}

/// The same, with these victims.
fn victims_of(mallory: &Mallory, client: Victim, server: Victim) -> Result<Attacked, Broken> {
    let (client_share, server_share, hers) = (client.share(), server.share(), mallory.share());
    let connected = |victim: Victim| {
        let why = "a share that a victim takes";
        let broken = || Broken::expected("mallory.share()", why.to_owned(), text(&hers.pieces()));
        victim.connect(&hers).ok_or_else(broken)
    };
    Ok(Attacked {
        client: connected(client)?,
        server: connected(server)?,
        mallory: accepted!(mallory.sit_between(&client_share, &server_share)),
    })
}
