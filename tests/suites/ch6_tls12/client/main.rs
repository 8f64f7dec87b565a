//! The properties of exercise 6.7: the client with honest servers, and with others.
//!
//! It is played against the grader's server, so it does not need the learner's. That one is honest, or lies about
//! one thing and is consistent about it, or has Mallory between it and the client, who changes what passes.

mod asked;
mod changed;
mod configs;
mod distrust;
mod hello;
mod honest;
mod kept;
mod refused;
mod truncation;
mod unusual;

#[path = "../../other_configs.rs"]
mod other_configs;
#[path = "../../subject.rs"]
mod subject;

use std::process::ExitCode;

use crate::subject::ch6_tls12::{self, ClientConfig};
use fixtures::remembered;
use fixtures::tls::remembers::Remembers;

/// A handshake of the learner's client must end like this.
macro_rules! client_ends {
    ($end:expr, $expected:expr $(,)?) => {
        fixtures::ends!(tls12, "the handshake of client(config)", $end, $expected)
    };
}

use client_ends;

/// The learner's client. A report shows everything that has passed.
fn client(config: ClientConfig) -> Remembers {
    remembered!("client(config)", ch6_tls12::client(config))
}

fn main() -> ExitCode {
    harness::examine([
        hello::suite(),
        honest::suite(),
        unusual::suite(),
        refused::suite(),
        kept::suite(),
        changed::suite(),
        asked::suite(),
        distrust::suite(),
        truncation::suite(),
    ])
}
