//! The properties of exercises 6.7 and 6.8, the client and the server.
//!
//! The learner's client is played against the grader's server, and the learner's server against the
//! grader's client, so that neither exercise needs the other. The peers are honest, or lie about
//! one thing and are consistent about it, or have Mallory between them and the learner, who changes
//! what passes.

mod asked;
mod client;
mod distrust;
mod server;
mod truncation;

mod configs;
mod flights;
#[path = "../other_configs.rs"]
mod other_configs;
mod outcome;
#[path = "../subject.rs"]
mod subject;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        client::suite(),
        asked::suite(),
        distrust::suite(),
        truncation::suite(),
        server::suite(),
    ])
}
