//! The client and the server of chapter 6 against others, over sockets: exercise 6.10.
//!
//! rustls is always there. OpenSSL and curl may not be. Properties that need them are then skipped.

mod end;
mod fetch;
mod programs;
mod serve;
mod setup;
#[path = "../../subject.rs"]
mod subject;
mod unsent;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        fetch::suite(),
        end::suite(),
        unsent::suite(),
        serve::suite(),
        programs::suite(),
    ])
}
