//! The properties of exercise 5.7: the comparisons, `permits` and `names_permitted`, and
//! `verify_chain` with them.

use std::process::ExitCode;

mod better_tls;
mod budget;
mod cases;
mod chains;
mod domains;
mod forms;
mod malformed;
mod networks;
mod paths;
mod permits;
mod rows;
mod trees;

#[path = "../../subject.rs"]
mod subject;

fn main() -> ExitCode {
    harness::examine([
        domains::suite(),
        networks::suite(),
        permits::suite(),
        malformed::suite(),
        budget::suite(),
        better_tls::suite(),
        trees::suite(),
        paths::suite(),
        chains::suite(),
    ])
}
