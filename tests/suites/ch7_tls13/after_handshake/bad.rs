//! What a peer must not send after the handshake.

use std::fmt;

use given::tls::{ContentType, HandshakeType};

use super::SIDES;
use fixtures::near_misses::NearMiss;
use fixtures::tls13::traffic::{Peer, Side, key_update, message, ticket};

/// What follows a KeyUpdate in its record.
pub(super) fn after_an_update() -> Vec<NearMiss> {
    vec![
        NearMiss::new("one more KeyUpdate", key_update(0)),
        NearMiss::new(
            "a ticket",
            message(HandshakeType::NewSessionTicket, &ticket()),
        ),
        NearMiss::new("the first byte of a KeyUpdate", [24]),
        NearMiss::new("a KeyUpdate without its last byte", &key_update(0)[..4]),
        NearMiss::new("a zero", [0]),
    ]
}

/// A record that must not open.
#[derive(Clone, Copy)]
pub(super) struct WrongKey {
    what: &'static str,
    /// What the peer sends.
    pub(super) sent: fn(&mut Peer) -> Vec<u8>,
}

impl fmt::Debug for WrongKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.what)
    }
}

pub(super) fn wrong_keys() -> Vec<WrongKey> {
    let wrong = |what, sent| WrongKey { what, sent };
    vec![
        wrong("after the KeyUpdate, data under the old key", |peer| {
            let mut old = peer.says.clone();
            old.number += 1;
            let update = peer.update(0);
            [update, old.seal(ContentType::ApplicationData, b"old", 0)].concat()
        }),
        wrong(
            "after the KeyUpdate, data under the old key, counted from 0 again",
            |peer| {
                let mut old = peer.says.clone();
                old.number = 0;
                let update = peer.update(0);
                [update, old.seal(ContentType::ApplicationData, b"before", 0)].concat()
            },
        ),
        wrong(
            "after the KeyUpdate, data under the new key, but the count goes on",
            |peer| {
                let number = peer.says.number + 1;
                let update = peer.update(0);
                peer.says.number = number;
                [update, peer.data(b"new")].concat()
            },
        ),
        wrong(
            "after the KeyUpdate, data under the key after the new one",
            |peer| {
                let update = peer.update(0);
                peer.says = peer.says.next();
                [update, peer.data(b"new")].concat()
            },
        ),
        wrong("after the KeyUpdate, the same record again", |peer| {
            peer.update(0).repeat(2)
        }),
        wrong("data under the next key, without a KeyUpdate", |peer| {
            peer.says = peer.says.next();
            peer.data(b"new")
        }),
        wrong("a KeyUpdate that is already under the next key", |peer| {
            peer.says = peer.says.next();
            peer.messages(&key_update(0))
        }),
        wrong("after a KeyUpdate, what you have sent yourself", |peer| {
            let update = peer.update(0);
            let mut yours = peer.hears.next();
            [
                update,
                yours.seal(ContentType::ApplicationData, b"yours", 0),
            ]
            .concat()
        }),
    ]
}

/// Bodies that are not those of a NewSessionTicket.
pub(super) fn bad_tickets() -> Vec<NearMiss> {
    let good = ticket();
    let mut no_ticket = good[..11].to_vec();
    no_ticket.extend([0, 0, 0, 0]);
    vec![
        NearMiss::new("nothing", []),
        NearMiss::new("the lifetime alone", &good[..4]),
        NearMiss::new("up to the nonce", &good[..11]),
        NearMiss::new("up to the extensions, without their length", &good[..61]),
        NearMiss::new("without its last byte", &good[..good.len() - 1]),
        NearMiss::new("a zero after it", [&good[..], &[0]].concat()),
        NearMiss::new("the ticket is empty", no_ticket),
        NearMiss::new(
            "as in TLS 1.2",
            [&[0, 0, 28, 32, 0, 48][..], &[7; 48]].concat(),
        ),
    ]
}

/// The types that have no place after a handshake, with the end that gets them.
pub(super) fn other_messages() -> Vec<(Side, u8)> {
    let kinds = (0..=255_u8).filter(|kind| ![4, 24].contains(kind));
    kinds
        .flat_map(|kind| SIDES.map(|you| (you, kind)))
        .collect()
}
