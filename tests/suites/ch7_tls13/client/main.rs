//! The properties of exercise 7.8, part by part. Each part runs only as much of a handshake as it
//! is about, so that a right beginning counts while the rest is not written yet.
//!
//! No property needs exercise 7.10. Only the one in `after.rs` sends data, or receives a handshake
//! message, on a connection that is open. It holds if 7.10 is not solved.
//!
//! The learner's client talks to the grader's server, so that it is graded without 7.9. The peer is
//! honest, or tells one lie and is consistent about it, or sits behind Mallory, who changes messages
//! in transit.

use std::process::ExitCode;

use given::tls::{Abort, Connection, Status};
use harness::show::Words;
use harness::{Broken, same, think_of};

use crate::configs::client_config;
use crate::subject::ch6_tls12::ClientConfig;
use crate::subject::ch7_tls13::*;
use fixtures::remembered;
use fixtures::tls::remembers::Remembers;
use fixtures::tls13::lies::Lie;
use fixtures::tls13::manners::{Manner, Retry, server_plan};
use fixtures::tls13::outcome::{Outcome, client_ends, end_with, end_with_honest};
use fixtures::tls13::scripted::{Level, Quirk, Say, Server, ServerPlan, in_words, kind_in_words};

mod after;
mod always;
mod choice;
mod exceptions;
mod extensions;
mod finish;
mod hello;
mod hostile;
mod identity;
mod kept;
mod limits;
mod open;
mod order;
mod rustls;
mod thoughts;

#[path = "../configs.rs"]
mod configs;
#[path = "../established.rs"]
mod established;
#[path = "../../other_configs.rs"]
mod other_configs;
#[path = "../../subject.rs"]
mod subject;

fn main() -> ExitCode {
    harness::examine([
        hello::suite(),
        choice::suite(),
        extensions::suite(),
        identity::suite(),
        limits::suite(),
        exceptions::suite(),
        finish::suite(),
        always::suite(),
        kept::suite(),
        open::suite(),
        after::suite(),
        // It is one long property. As the last one, it would be tried while the other children have nothing left to do.
        rustls::suite(),
        order::suite(),
        hostile::suite(),
    ])
}

/// How something is sealed before there are keys.
const PLAINTEXT: Level = Level::Plaintext;

/// How something is sealed after ServerHello.
const HANDSHAKE: Level = Level::Handshake;

/// How a client begins, so that a server can ask for this retry.
fn first_hello(retry: Retry) -> FirstHello {
    match retry.has_share() {
        true => FirstHello::WithShare,
        false => FirstHello::AskFirst,
    }
}

/// The learner's client.
fn client(config: ClientConfig, first: FirstHello) -> Remembers {
    remembered!(
        "client(config, first)",
        crate::subject::ch7_tls13::client(config, first)
    )
}

/// A client that has not sent its hello yet, and an honest server that would ask for this retry.
fn start(retry: Retry) -> (Remembers, Server) {
    let server = Server::new(Manner::plain(retry).server_plan());
    (client(client_config(), first_hello(retry)), server)
}

/// A client and an honest server.
#[derive(Clone)]
struct Pair {
    config: ClientConfig,
    first: FirstHello,
    plan: ServerPlan,
}

impl Pair {
    /// A client that begins as it must for this retry, and this server.
    fn new(retry: Retry, plan: ServerPlan) -> Pair {
        Pair {
            config: client_config(),
            first: first_hello(retry),
            plan,
        }
    }

    /// Both of them, before anything has been said. The server may have a quirk.
    fn start(&self, quirk: Option<Quirk>) -> (Remembers, Server) {
        let plan = ServerPlan {
            quirk,
            ..self.plan.clone()
        };
        (client(self.config.clone(), self.first), Server::new(plan))
    }

    /// Both of them, after the server has said its script. It must end as `expected`.
    fn ends(&self, script: &[Say], expected: &Outcome) -> Result<(Remembers, Server), Broken> {
        let (mut client, mut server) = self.start(None);
        client_ends!(
            end_with_honest(&mut client, &mut server, script, expected, |quirk| {
                self.start(Some(quirk))
            }),
            *expected
        );
        Ok((client, server))
    }

    /// The same: the client accepts everything, and waits for more.
    fn waits(&self, script: &[Say]) -> Result<(Remembers, Server), Broken> {
        self.ends(script, &Outcome::waiting())
    }
}

/// A client refuses the last thing that a server says if the server tells this lie.
fn is_refused(lie: &Lie<ServerPlan>, script: &[Say]) -> Result<(), Broken> {
    is_refused_from(server_plan(), lie, script)
}

/// The same for a server with this plan.
fn is_refused_from(
    mut plan: ServerPlan,
    lie: &Lie<ServerPlan>,
    script: &[Say],
) -> Result<(), Broken> {
    (lie.tell)(&mut plan);
    let mut client = client(client_config(), FirstHello::WithShare);
    client_ends!(
        end_with(&mut client, &mut Server::new(plan), script),
        Outcome::Refused(lie.alert, lie.level)
    );
    must_say_why(&client, lie.abort.as_ref())
}

/// A client that has refused something must name the reason that the exercise names, if it names one.
fn must_say_why(client: &dyn Connection, abort: Option<&Abort>) -> Result<(), Broken> {
    if let Some(abort) = abort {
        think_of!(
            "The alert is the right one, but more than one `Abort` leads to it. Which one does the exercise name for this?"
        );
        same!(client.status(), Status::Failed(abort.clone()));
    }
    Ok(())
}

/// What a server has heard, record by record, in words.
fn words_heard_by(server: &Server) -> Vec<String> {
    let records = server.records().iter();
    records.map(in_words).collect()
}

/// What a server has heard, record by record, without the keys.
fn all_heard_by(server: &Server) -> Words {
    let records = server.records().iter();
    let kinds: Vec<String> = records.map(kind_in_words).collect();
    Words(kinds.join(", "))
}
