//! `cargo coach`.
fn main() {}
