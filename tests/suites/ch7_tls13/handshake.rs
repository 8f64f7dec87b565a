//! The properties of the client and of the server of TLS 1.3, and of what follows their handshake.
//!
//! The learner's client talks to the grader's server, and the learner's server to the grader's
//! client, so that neither exercise needs the other. The peers are honest, or tell one lie and are
//! consistent about it, or sit behind Mallory, who changes messages in transit.

mod after_handshake;
mod client;
mod server;

mod configs;
#[path = "../other_configs.rs"]
mod other_configs;
mod outcome;
#[path = "../subject.rs"]
mod subject;
mod thoughts;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([client::suite(), server::suite(), after_handshake::suite()])
}
