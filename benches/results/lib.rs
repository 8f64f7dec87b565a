//! What `cargo bench` shows at the end: the table, what can be read from it, and the picture.
//!
//! The files next to `main.rs` do the measuring, and need criterion and everything that is
//! measured. Nothing here does, so the arithmetic can be tested with known times.

pub mod measured;
pub mod numbers;
pub mod operations;
pub mod picture;
pub mod summary;
pub mod units;
