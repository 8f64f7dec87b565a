//! What Mallory tries on a signed key share.

use given::tls::SignatureScheme;
use harness::show::{Piece, Show};
use proptest::prelude::*;
use proptest::sample::select;
use sha2::{Digest, Sha256};

use crate::reference::share_of;
use crate::vectors::low_order_shares;
use fixtures::near_misses::NearMiss;
use fixtures::strategies::array;

pub const SCHEMES: [SignatureScheme; 2] = [
    SignatureScheme::RsaPkcs1Sha256,
    SignatureScheme::RsaPssRsaeSha256,
];

pub fn scheme() -> BoxedStrategy<SignatureScheme> {
    select(&SCHEMES[..]).boxed()
}

/// What is between the randoms and the share: a curve by its number, x25519, 32 bytes.
pub const CURVE: &[u8] = &[0x03, 0x00, 0x1d, 0x20];

/// Other curves by their numbers, other lengths, a curve given by its equation, parts that are
/// missing or in another order, and no curve at all.
pub fn other_curves() -> Vec<Vec<u8>> {
    let numbered = (0x13..=0x20).filter(|number| *number != 0x1d);
    let mut curves: Vec<Vec<u8>> = numbered
        .map(|number| vec![0x03, 0x00, number, 0x20])
        .collect();
    let others: [&[u8]; 15] = [
        &[0x03, 0x01, 0x1d, 0x20],
        &[0x03, 0x1d, 0x00, 0x20],
        &[0x03, 0x00, 0x1d, 0x00],
        &[0x03, 0x00, 0x1d, 0x1f],
        &[0x03, 0x00, 0x1d, 0x21],
        &[0x03, 0x00, 0x1d, 0x00, 0x20],
        &[0x03, 0x00, 0x1d],
        &[0x03, 0x1d, 0x20],
        &[0x00, 0x1d, 0x20],
        &[0x00, 0x1d],
        &[0x00, 0x00, 0x1d, 0x20],
        &[0x01, 0x00, 0x1d, 0x20],
        &[0x02, 0x00, 0x1d, 0x20],
        &[0x00, 0x24, 0x03, 0x00, 0x1d, 0x20],
        &[],
    ];
    curves.extend(others.map(<[u8]>::to_vec));
    curves
}

/// What is signed elsewhere, or by mistake, in place of the 100 bytes.
pub fn other_contents(hello: &Hello) -> Vec<NearMiss> {
    let Hello {
        client_random,
        server_random,
        share,
    } = hello;
    let (content, digest) = (hello.content(CURVE), Sha256::digest(hello.content(CURVE)));
    let of = |parts: &[&[u8]]| parts.concat();
    vec![
        NearMiss::new("no randoms", of(&[CURVE, share])),
        NearMiss::new("no client random", of(&[server_random, CURVE, share])),
        NearMiss::new("no server random", of(&[client_random, CURVE, share])),
        NearMiss::new(
            "the server random first",
            of(&[server_random, client_random, CURVE, share]),
        ),
        NearMiss::new(
            "the share first",
            of(&[CURVE, share, client_random, server_random]),
        ),
        NearMiss::new(
            "the client random twice",
            of(&[client_random, client_random, CURVE, share]),
        ),
        NearMiss::new(
            "the server random twice",
            of(&[server_random, server_random, CURVE, share]),
        ),
        NearMiss::new(
            "a client random of zeros",
            of(&[&[0; 32], server_random, CURVE, share]),
        ),
        NearMiss::new(
            "a server random of zeros",
            of(&[client_random, &[0; 32], CURVE, share]),
        ),
        NearMiss::new("two randoms of zeros", of(&[&[0; 64], CURVE, share])),
        NearMiss::new(
            "a client random whose first 4 bytes are zeros",
            of(&[&[0; 4], &client_random[4..], server_random, CURVE, share]),
        ),
        NearMiss::new(
            "a server random whose first 4 bytes are zeros",
            of(&[client_random, &[0; 4], &server_random[4..], CURVE, share]),
        ),
        NearMiss::new(
            "a share of zeros",
            of(&[client_random, server_random, CURVE, &[0; 32]]),
        ),
        NearMiss::new("no share", of(&[client_random, server_random, CURVE])),
        NearMiss::new("the randoms alone", of(&[client_random, server_random])),
        NearMiss::new("the share alone", share.to_vec()),
        NearMiss::new("nothing", vec![]),
        NearMiss::new("the hash of the content", digest.to_vec()),
        NearMiss::new("a zero after the content", of(&[&content, &[0]])),
        NearMiss::new("the content twice", content.repeat(2)),
        NearMiss::new(
            "the hash of the content as in TLS 1.3",
            of(&[
                &[0x20; 64],
                b"TLS 1.3, server CertificateVerify",
                &[0],
                &digest,
            ]),
        ),
    ]
}

/// What a signature covers.
#[derive(Debug, Clone, Copy)]
pub struct Hello {
    pub client_random: [u8; 32],
    pub server_random: [u8; 32],
    pub share: [u8; 32],
}

pub fn hello() -> BoxedStrategy<Hello> {
    (array(), array(), array())
        .prop_map(|(client_random, server_random, secret)| Hello {
            client_random,
            server_random,
            share: share_of(secret),
        })
        .boxed()
}

impl Show for Hello {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (name, part) in [
            ("client random ", self.client_random),
            (", server random ", self.server_random),
            (", share ", self.share),
        ] {
            pieces.push(Piece::Text(name.to_owned()));
            pieces.extend(part.pieces());
        }
        pieces
    }
}

impl Hello {
    /// The signed bytes, with these for the curve.
    pub fn content(&self, curve: &[u8]) -> Vec<u8> {
        let mut content = Vec::from(self.client_random);
        content.extend(self.server_random);
        content.extend(curve);
        content.extend(self.share);
        content
    }
}

/// What Mallory does to a signed exchange.
#[derive(Debug, Clone, Copy)]
pub enum Trick {
    /// Her share, with the server's signature.
    HerShare,
    /// Her share, with her own signature.
    HerShareAndSignature,
    /// An old share with its old signature, from a session with these randoms.
    OldSession([u8; 32], [u8; 32]),
    /// A point of low order, with the server's signature.
    LowOrder([u8; 32]),
}

impl Show for Trick {
    fn pieces(&self) -> Vec<Piece> {
        let text = |text: &str| Piece::Text(text.to_owned());
        match self {
            Trick::HerShare => vec![text("her share, with the server's signature")],
            Trick::HerShareAndSignature => vec![text("her share, with her own signature")],
            Trick::OldSession(client, server) => {
                let mut pieces = vec![text("an old share and signature, for client random ")];
                pieces.extend(client.pieces());
                pieces.push(text(", server random "));
                pieces.extend(server.pieces());
                pieces
            }
            Trick::LowOrder(share) => {
                let mut pieces = vec![text("with the server's signature, the share ")];
                pieces.extend(share.pieces());
                pieces
            }
        }
    }
}

impl Trick {
    /// Whether the client sees something other than what the server sent for this session.
    pub fn changes_something(&self, sent: &Hello, received: &Hello) -> bool {
        match self {
            Trick::OldSession(client, server) => {
                (*client, *server) != (sent.client_random, sent.server_random)
            }
            _ => received.share != sent.share,
        }
    }
}

pub fn trick() -> BoxedStrategy<Trick> {
    prop_oneof![
        Just(Trick::HerShare),
        Just(Trick::HerShareAndSignature),
        (array(), array()).prop_map(|(client, server)| Trick::OldSession(client, server)),
        select(low_order_shares()).prop_map(Trick::LowOrder),
    ]
    .boxed()
}
