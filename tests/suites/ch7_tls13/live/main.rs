//! The clients and servers of either version against other programs, over sockets: exercise 7.13.
//!
//! rustls is always there. OpenSSL and curl may be missing; what needs them is then skipped.

mod end;
mod fetch;
mod limits;
mod older;
mod once;
mod programs;
mod serve;
mod setup;
#[path = "../../subject.rs"]
mod subject;
mod unsent;
mod versions;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        versions::suite(),
        older::suite(),
        fetch::suite(),
        once::suite(),
        end::suite(),
        serve::suite(),
        unsent::suite(),
        limits::suite(),
        programs::suite(),
    ])
}
