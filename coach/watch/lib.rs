//! `cargo coach watch`: grades an exercise whenever its file is saved, and shows the verdict on a screen of its own.
//!
//! Read it in this order:
//!
//! 1. [`app`]: what the watcher knows. Events go in, effects come out.
//! 2. [`view`]: the lines on the screen; [`mod@line`]: what is printed where there is no screen.
//! 3. [`files`], [`work`] and [`terminal`]: who says that a file has changed, who grades, who draws and listens to keys.
//! 4. [`shell`]: the loop that connects them.

pub mod app;
pub mod board;
pub mod files;
pub mod line;
pub mod shell;
pub mod terminal;
pub mod text;
pub mod view;
pub mod work;
