//! The properties of exercise 7.11: the client and the server that support both versions, and
//! Mallory, who exploits a client that falls back.
//!
//! Each part first talks to the grader's own peers. Only then do the learner's own ends talk to
//! each other, with Mallory between them.

mod breaks;
mod client;
mod dance;
mod decides;
mod ends;
mod hello;
mod kept;
mod mallory;
mod refused;
mod sentinel;
mod server;
mod version;

#[expect(dead_code, reason = "the suite of 6.9 uses all of it")]
#[path = "../../ch6_tls12/recorded.rs"]
mod recorded;
mod setup;
#[path = "../../subject.rs"]
mod subject;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        version::suite(),
        hello::suite(),
        client::suite(),
        sentinel::suite(),
        refused::suite(),
        server::suite(),
        decides::suite(),
        kept::suite(),
        ends::suite(),
        breaks::suite(),
        mallory::suite(),
        dance::suite(),
    ])
}
