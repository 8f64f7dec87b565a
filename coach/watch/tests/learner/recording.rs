//! The recording of a session: what the learner does, and what is on the screen then.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The recording so far.
pub struct Recording(String);

impl Recording {
    pub fn new() -> Recording {
        let title = "A learner's session with `cargo coach watch`, in a fresh clone. `cargo test --package watch --test learner` plays it.";
        Recording(format!("{title}\n"))
    }

    /// What the learner does.
    pub fn does(&mut self, what: &str) {
        let _ = write!(self.0, "\n════ {what}\n\n");
    }

    /// What is on the screen then.
    pub fn sees(&mut self, screen: &str) {
        let lines = screen.trim_end().lines().map(str::trim_end);
        let mut is_gap = false;
        for line in lines {
            // Most of a screen is empty. In a text, one empty line is enough.
            if !(is_gap && line.is_empty()) {
                let _ = writeln!(self.0, "{line}");
            }
            is_gap = line.is_empty();
        }
    }

    /// Keeps the recording, if that was asked for.
    pub fn keep(self) {
        if env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("session.txt");
            fs::write(path, self.0).expect("the recording");
        }
    }
}
