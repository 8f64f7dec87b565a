//! The properties of exercises 4.1 and 4.2, which are about Diffie–Hellman modulo a prime.

mod diffie_hellman;
mod discrete_log;

mod groups;
#[path = "../subject.rs"]
mod subject;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([diffie_hellman::suite(), discrete_log::suite()])
}
