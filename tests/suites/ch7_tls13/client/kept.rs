//! What must not be kept from one connection to the next.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::atomic::{AtomicU8, Ordering};

use given::tls::{Alert, ClientHello, Extension};
use harness::show::Words;
use harness::{Broken, check, notes, same, think_of, with};

use super::hello::first_words;
use super::{HANDSHAKE, PLAINTEXT, all_heard_by, client, start};
use crate::configs::client_config;
use crate::subject::ch6_tls12::ClientConfig;
use crate::subject::ch7_tls13::FirstHello;
use fixtures::certificates::HOST;
use fixtures::hex::digits;
use fixtures::tls::shares::share_of;
use fixtures::tls13::fresh::{must_have_a_secret, share_in};
use fixtures::tls13::manners::{Manner, Retry, server_plan};
use fixtures::tls13::outcome::{Outcome, client_ends, end_with, in_hex};
use fixtures::tls13::scripted::{Proof, Say, Server, ServerPlan};

harness::suite! {
    exercise "7.8" {
        /// a client that has to be asked for its share has another one in each connection, too
        #[think = "Do you keep a share that was not sent? Each connection makes its own."]
        fn each_retry_gets_another_share() {
            let mut shares = BTreeSet::new();
            for _ in 0..3 {
                let (mut client, mut server) = start(Retry::Share);
                let script = Manner::plain(Retry::Share).script();
                client_ends!(end_with(&mut client, &mut server, &script), Outcome::open());
                let second = server.hellos().last().cloned().expect("it is open");
                let share = share_in(&second);
                think_of!("The hello without a share was sent first, and everybody saw it. Does the secret of the share that follows come from it?");
                must_have_a_secret("client(config, first)", &second)?;
                notes::think(None);
                shares.insert(share);
            }
            check!(
                shares.len() == 3,
                "3 different shares",
                Words(format!("only {} of them", shares.len())),
                "3 second hellos of client(config, first)"
            );
        }

        /// whatever its host is, and with a share or without one, each part of its random and of its
        /// session id is fresh in each connection
        #[think = "Each hello has its own random and its own session id. Do you keep one of them, or part of it: for some hosts, for hellos without a share, or once a handshake has gone well?"]
        fn each_hello_is_fresh(host from [HOST, "192.0.2.1", "localhost"]) {
            // Of so few pieces, two are the same less often than once in 2⁵⁰ runs.
            let mut pieces = BTreeMap::new();
            for first in [FirstHello::WithShare, FirstHello::AskFirst] {
                with!(first);
                for _ in 0..3 {
                    let config = ClientConfig { host: host.to_owned(), ..client_config() };
                    let hello = first_words(&mut client(config, first))?;
                    for (what, value) in [("random", &hello.random[..]), ("session_id", &hello.session_id)] {
                        for (number, piece) in value.chunks(8).enumerate() {
                            let byte = 8 * number;
                            let before = pieces.insert(piece.to_vec(), format!("byte {byte} of a {what}"));
                            let place = before.clone().unwrap_or_default();
                            if *piece == [0; 8] {
                                think_of!("These bytes are zeros. Do you fill all of it, whatever the host is, and without a share, too?");
                            }
                            let got = Words(format!("{} at byte {byte}, and before that at {place}", digits(piece)));
                            check!(before.is_none(), format!("another {what}"), got, "one more ClientHello of client(config, first)");
                        }
                    }
                }
            }
        }

        /// after a connection that opened, or one that failed, everything in its next hello is new
        #[think = "What do you keep of a connection that is over? The next one begins with fresh values, and knows of no cookie."]
        fn the_next_hello_is_new(before from [Before::Open, Before::BadHello, Before::BadChain]) {
            let peer = Manner::plain(if before == Before::Open { Retry::Cookie } else { Retry::No });
            let mut plan = peer.server_plan();
            let (last, end) = match before {
                Before::Open => (Say::Finished, Outcome::open()),
                Before::BadHello => {
                    plan.hello = |hello| hello.session_id.clear();
                    (Say::Hello, Outcome::Refused(Alert::IllegalParameter, PLAINTEXT))
                }
                Before::BadChain => {
                    plan.chain.remove(0);
                    (Say::Certificate, Outcome::Refused(Alert::BadCertificate, HANDSHAKE))
                }
            };
            let (mut one, mut server) = (start(peer.retry).0, Server::new(plan));
            client_ends!(end_with(&mut one, &mut server, &peer.script_up_to(&last)), end);
            let old = first_of(&server)?;
            let new = first_words(&mut client(client_config(), FirstHello::WithShare))?;
            let asked = "the next ClientHello of client(config, first)";
            for (what, old, new) in [
                ("random", old.random.to_vec(), new.random.to_vec()),
                ("session_id", old.session_id.clone(), new.session_id.clone()),
                ("share", share_in(&old), share_in(&new)),
            ] {
                let got = Words(format!("the same {what} as before: {}", digits(&new)));
                check!(old != new, format!("another {what} than before"), got, asked);
            }
            let codes = |hello: &ClientHello| hello.extensions.iter().map(Extension::code).collect::<Vec<_>>();
            same!(in_hex(&codes(&new)), in_hex(&codes(&old)), "the extensions in the next ClientHello of client(config, first)");
        }

        /// if a server repeats its random and its share, the secret is still a different one
        #[think = "Do you keep anything from an earlier connection? The shared secret depends on both shares, and yours is new each time."]
        fn a_server_may_repeat_its_share() {
            // Another share each time this is tried: what is kept from the last time would hide which
            // connection goes wrong.
            static TRIES: AtomicU8 = AtomicU8::new(0x77);
            let secret = [TRIES.fetch_add(1, Ordering::Relaxed); 32];
            let mut before = None;
            for _ in 0..2 {
                let plan = ServerPlan { random: Some(secret), secret: Some(secret), ..server_plan() };
                let (script, mut server) = (plan.script(), Server::new(plan));
                let mut client = client(client_config(), FirstHello::WithShare);
                let end = end_with(&mut client, &mut server, &script);
                let share = server.hellos().first().map(share_in).unwrap_or_default();
                if let Some(before) = before.replace(share.clone()) {
                    with!("your share before" = before, "your share now" = share);
                    with!("the server's, twice" = share_of(secret, false));
                }
                client_ends!(end, Outcome::open());
            }
        }

        /// a signature that was right on an earlier connection is refused
        #[think = "What does a CertificateVerify sign? Do you keep anything from an earlier connection?"]
        fn a_signature_of_an_earlier_connection_is_refused() {
            let (mut client_before, mut server) = start(Retry::No);
            let script = server_plan().script();
            client_ends!(end_with(&mut client_before, &mut server, &script), Outcome::open());
            let plan = ServerPlan { signature: server.signature(), ..server_plan() };
            let mut client = client(client_config(), FirstHello::WithShare);
            let end = end_with(&mut client, &mut Server::new(plan), &script);
            client_ends!(end, Outcome::Refused(Alert::DecryptError, HANDSHAKE));
        }

        /// a Finished that was right on an earlier connection is refused
        #[think = "What is a Finished computed from? Do you keep anything from an earlier connection?"]
        fn a_finished_of_an_earlier_connection_is_refused() {
            let (mut client_before, mut server) = start(Retry::No);
            let script = server_plan().script();
            client_ends!(end_with(&mut client_before, &mut server, &script), Outcome::open());
            let finished = Proof::Replayed(server.proof().expect("it is open"));
            let plan = ServerPlan { finished, ..server_plan() };
            let mut client = client(client_config(), FirstHello::WithShare);
            let end = end_with(&mut client, &mut Server::new(plan), &script);
            client_ends!(end, Outcome::Refused(Alert::DecryptError, HANDSHAKE));
        }
    }
}

/// The first hello that a server has heard.
fn first_of(server: &Server) -> Result<ClientHello, Broken> {
    let hello = server.hellos().first().cloned();
    let is_there = hello.is_some();
    let asked = "the hello of client(config, first)";
    check!(is_there, "a ClientHello", all_heard_by(server), asked);
    Ok(hello.expect("it was heard"))
}

/// How an earlier connection ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// It opened, after a cookie.
    Open,
    /// The server's hello was not an answer.
    BadHello,
    /// The server's chain was not trusted.
    BadChain,
}

impl fmt::Debug for Before {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Before::Open => "a connection that asked for a cookie, and opened",
            Before::BadHello => "a connection that ended because of the ServerHello",
            Before::BadChain => "a connection that ended because of the chain",
        })
    }
}
