//! The properties of exercise 6.8: the server with honest clients, and with others.
//!
//! It is played against the grader's client, so it does not need the learner's. That one is honest, or lies about
//! one thing and is consistent about it, or has Mallory between it and the server, who changes what passes.

mod answers;
mod bad_secrets;
mod changed;
mod configs;
mod configured;
mod flights;
mod fresh;
mod honest;
mod kept;
mod others;
mod refused;

// The learner's own client is another peer of the server.
#[path = "../client/configs.rs"]
mod client_configs;
#[path = "../../subject.rs"]
mod subject;

use std::process::ExitCode;
use std::sync::Arc;

use crate::subject::ch6_tls12::{self, ServerConfig};
use fixtures::remembered;
use fixtures::tls::remembers::Remembers;

/// A handshake of the learner's server must end like this.
macro_rules! server_ends {
    ($end:expr, $expected:expr $(,)?) => {
        fixtures::ends!(tls12, "the handshake of server(config)", $end, $expected)
    };
}

use server_ends;

/// The learner's server. A report shows everything that has passed.
fn server(config: Arc<ServerConfig>) -> Remembers {
    remembered!("server(config)", ch6_tls12::server(config))
}

fn main() -> ExitCode {
    harness::examine([
        honest::suite(),
        fresh::suite(),
        answers::suite(),
        configured::suite(),
        refused::suite(),
        kept::suite(),
        changed::suite(),
        bad_secrets::suite(),
        others::suite(),
    ])
}
