//! A client that tries again with an older version when a connection fails, and an attacker between it
//! and its server: the downgrade dance of exercise 7.11.

use crate::tls::{Connection, Status};

/// An attacker between two sides, who can read and change what they send to each other.
pub trait OnTheWay {
    /// The client has begun a new connection.
    fn connected(&mut self);

    /// Takes what the client sends.
    fn client_sends(&mut self, bytes: &[u8]) -> Relayed;

    /// Takes what the server sends.
    fn server_sends(&mut self, bytes: &[u8]) -> Relayed;
}

/// What the attacker passes on to each side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relayed {
    /// What the client receives.
    pub to_client: Vec<u8>,
    /// What the server receives.
    pub to_server: Vec<u8>,
}

/// A naive client: it makes each of `attempts` in order, with a separate server for each, and stops
/// at the first handshake that does not fail. Returns both ends of that handshake, or `None` if all
/// have failed. No client should do this.
///
/// To mix attempts of different kinds, make each a `Box<dyn Connection>`.
pub fn fall_back<C: Connection, S: Connection>(
    attempts: Vec<(C, S)>,
    on_the_way: &mut dyn OnTheWay,
) -> Option<(C, S)> {
    attempts.into_iter().find_map(|(mut client, mut server)| {
        on_the_way.connected();
        carry(&mut client, &mut server, on_the_way);
        let is_open = matches!(client.status(), Status::Open(_));
        is_open.then_some((client, server))
    })
}

/// Carries bytes between the two, until neither has anything to say.
pub fn carry(
    client: &mut impl Connection,
    server: &mut impl Connection,
    on_the_way: &mut dyn OnTheWay,
) {
    loop {
        let (from_client, from_server) = (client.to_send(), server.to_send());
        if from_client.is_empty() && from_server.is_empty() {
            return;
        }
        for relayed in [
            (!from_client.is_empty()).then(|| on_the_way.client_sends(&from_client)),
            (!from_server.is_empty()).then(|| on_the_way.server_sends(&from_server)),
        ]
        .into_iter()
        .flatten()
        {
            server.receive(&relayed.to_server);
            client.receive(&relayed.to_client);
        }
    }
}
