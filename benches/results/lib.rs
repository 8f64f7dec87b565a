//! What `cargo bench` shows when it has measured: the table, what can be read from it, the picture.
//!
//! The files beside `main.rs` measure, and need criterion and all that is measured. Nothing here
//! does, so that the arithmetic can be tested with times that are known.

pub mod measured;
pub mod numbers;
pub mod operations;
pub mod picture;
pub mod summary;
pub mod units;
