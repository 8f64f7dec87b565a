//! The properties of exercise 4.5: what Mallory reads and writes between her victims, and what she
//! refuses.

use harness::Property;
use harness::show::{Piece, Show};
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
            pieces.extend(key.pieces());
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
