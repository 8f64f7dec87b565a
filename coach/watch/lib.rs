//! `cargo coach watch`: grades an exercise whenever its file is saved, and shows the verdict on a screen of its own.
//!
//! Read it in this order:
//!
//! 1. [`app`]: what the watcher knows. Events go in, effects come out.
//! 2. [`view`]: the lines on the screen. [`mod@line`]: what is printed if there is no screen.
//! 3. [`files`]: which files have changed. [`work`]: grading. [`terminal`]: drawing, and listening
//!    to keys.
//! 4. [`shell`]: the loop that connects them. [`ending`]: how it ends, even with a panic.

pub mod app;
pub mod board;
pub mod ending;
pub mod files;
pub mod line;
pub mod shell;
pub mod terminal;
pub mod text;
pub mod view;
pub mod work;
