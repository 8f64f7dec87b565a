//! What the client does with data that is cut off: exercise 6.7.

use given::tls::{CipherSuite, Connection, Status};
use harness::show::{Piece, Show};
use harness::{check, same};

use super::client;
use crate::client_ends;
use crate::configs::client_config;
use fixtures::tls::mallory::{End, records};
use fixtures::tls12::manners::{ECDHE, Manner, RSA, server_plan};
use fixtures::tls12::outcome::end_with;
use fixtures::tls12::scripted::{Peer, Say, Server};

harness::suite! {
    exercise "6.7" {
        /// if Mallory cuts off the end of what the server sends, the connection never counts as closed
        #[think = "Only a close_notify that opens, under its own number, ends the data. What else in your code ends it?"]
        fn a_cut_is_not_an_end(cut from cuts_off()) {
            let manner = Manner::new(cut.suite);
            let mut server = Server::new(server_plan(&manner));
            let mut client = client(client_config(&[cut.suite]));
            let opened = end_with(&mut client, &mut server, &manner.server_script());
            client_ends!(opened, End::Open(cut.suite.into()));
            for said in [Say::Data(b"one, ".to_vec()), Say::Data(b"two".to_vec()), Say::Close] {
                server.say(&said);
            }
            client.receive(&cut.applied_to(server.take_outgoing()));
            let status = client.status();
            match cut.then {
                Then::Silence => same!(status, Status::Open(cut.suite.into())),
                _ => check!(matches!(status, Status::Failed(_)), "Failed(…)", status),
            }
            same!(client.received(), cut.left());
        }
    }
}

/// Where Mallory cuts off the two records of data and the close_notify that a server sends.
#[derive(Debug, Clone, Copy)]
struct Cut {
    suite: CipherSuite,
    /// How many of the records arrive.
    kept: usize,
    then: Then,
}

/// What comes after the cut.
#[derive(Debug, Clone, Copy)]
enum Then {
    Silence,
    /// A close_notify that is not sealed.
    Forgery,
    /// The close_notify that the server has sealed, though records before it are missing.
    CloseNotify,
}

fn cuts_off() -> Vec<Cut> {
    let mut cuts = Vec::new();
    for suite in [RSA, ECDHE] {
        for kept in [0, 1] {
            let then = [Then::Silence, Then::Forgery, Then::CloseNotify];
            cuts.extend(then.map(|then| Cut { suite, kept, then }));
        }
    }
    cuts
}

impl Show for Cut {
    fn pieces(&self) -> Vec<Piece> {
        let then = match self.then {
            Then::Silence => "then nothing",
            Then::Forgery => "then a close_notify from Mallory",
            Then::CloseNotify => "then the server's close_notify",
        };
        let Cut { suite, kept, .. } = self;
        vec![Piece::Text(format!(
            "{suite}: {kept} of 2 records of data arrive, {then}"
        ))]
    }
}

impl Cut {
    fn applied_to(self, sent: Vec<u8>) -> Vec<u8> {
        let records = records(&sent);
        let mut arrived = records[..self.kept].concat();
        match self.then {
            Then::Silence => {}
            Then::Forgery => arrived.extend([21, 3, 3, 0, 2, 1, 0]),
            Then::CloseNotify => arrived.extend(&records[2]),
        }
        arrived
    }

    /// The data in what arrives.
    fn left(self) -> Vec<u8> {
        [&b""[..], b"one, "][self.kept].to_vec()
    }
}
