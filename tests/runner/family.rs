//! A child process, and everything that it starts.

use std::io;
use std::process::{Child, Command};

/// A child, and the processes that it starts in turn.
#[derive(Debug)]
pub struct Family {
    /// The child.
    pub child: Child,
    is_apart: bool,
}

impl Family {
    /// Starts it. If it `is_apart`, the family is a process group of its own, and
    /// [`end`](Self::end) ends it as a whole. The signals that a terminal sends when a key is
    /// pressed don't reach it then, so the caller has to handle them.
    ///
    /// # Errors
    /// It can't be started.
    pub fn start(command: &mut Command, is_apart: bool) -> io::Result<Family> {
        // Elsewhere there are no such groups. On Windows, Cargo makes sure that its compilers end
        // when it does.
        #[cfg(unix)]
        if is_apart {
            std::os::unix::process::CommandExt::process_group(command, 0);
        }
        Ok(Family {
            child: command.spawn()?,
            is_apart,
        })
    }

    /// Ends it, and waits for the child.
    ///
    /// # Errors
    /// The child can't be ended.
    pub fn end(&mut self) -> io::Result<()> {
        self.end_others();
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Ends what is left of it, if it is apart. The child itself may have ended, but must not have
    /// been waited for: by then, its number could belong to another process.
    pub fn end_others(&self) {
        #[cfg(unix)]
        if self.is_apart {
            let group = i32::try_from(self.child.id()).ok();
            let group = group.and_then(rustix::process::Pid::from_raw);
            // There may be nobody left.
            let _ = group.map(|group| {
                rustix::process::kill_process_group(group, rustix::process::Signal::KILL)
            });
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read as _;
    use std::process::Stdio;

    use super::*;

    #[test]
    fn what_a_child_has_started_ends_with_it() {
        let mut command = Command::new("sh");
        // The child waits for another one, which keeps the pipe open as long as it lives.
        command.args(["-c", "sleep 600"]).stdout(Stdio::piped());
        let mut family = Family::start(&mut command, true).expect("sh");
        let mut pipe = family.child.stdout.take().expect("a pipe");
        family.end().expect("it is mine");
        let mut text = String::new();
        assert_eq!(pipe.read_to_string(&mut text).expect("it ends"), 0);
    }
}
