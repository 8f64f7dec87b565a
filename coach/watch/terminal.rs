//! The terminal: taken over while the watcher runs, and given back however it ends.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::Sender;

use crossterm::event::{self, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal::{self, BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use crossterm::{cursor, execute, queue, style};

use crate::app::{Event, Key};
use crate::text::plain;
use crate::view::Screen;

/// Whether there is a terminal that a screen can be drawn on.
pub fn is_here() -> bool {
    let is_dumb = match env::var("TERM") {
        Ok(term) => term == "dumb" || term.is_empty(),
        Err(_) => cfg!(unix),
    };
    !is_dumb && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The columns and lines of the terminal.
pub fn size() -> (usize, usize) {
    match terminal::size() {
        // Some terminals say 0 if they don't know.
        Ok((columns @ 1.., lines @ 1..)) => (columns.into(), lines.into()),
        _ => (80, 24),
    }
}

/// The terminal, taken over. It is given back when this is dropped.
#[derive(Debug)]
pub struct Terminal {
    /// What is on it, so that only what changes is written.
    shown: Vec<String>,
    has_color: bool,
}

impl Terminal {
    /// Takes it over: keys come one by one, and what was on it is put aside.
    ///
    /// # Errors
    /// It can't be taken over.
    pub fn take() -> io::Result<Terminal> {
        terminal::enable_raw_mode()?;
        // From here on, it will be given back.
        let taken = Terminal {
            shown: Vec::new(),
            has_color: env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        };
        execute!(
            io::stdout(),
            terminal::EnterAlternateScreen,
            cursor::Hide,
            terminal::DisableLineWrap
        )?;
        Ok(taken)
    }

    /// Forgets what is on it: its size has changed.
    pub fn forget(&mut self) {
        self.shown.clear();
    }

    /// Shows the screen.
    ///
    /// # Errors
    /// The terminal has gone.
    pub fn show(&mut self, screen: Screen) -> io::Result<()> {
        let mut out = Vec::new();
        queue!(out, BeginSynchronizedUpdate)?;
        if self.shown.len() != screen.lines.len() {
            queue!(out, Clear(ClearType::All))?;
            self.shown = vec![String::new(); screen.lines.len()];
        }
        for (index, (line, shown)) in screen.lines.iter().zip(&self.shown).enumerate() {
            if line == shown {
                continue;
            }
            let row = u16::try_from(index).unwrap_or(u16::MAX);
            let line = if self.has_color { line } else { &plain(line) };
            queue!(
                out,
                cursor::MoveTo(0, row),
                Clear(ClearType::CurrentLine),
                style::Print(line)
            )?;
        }
        queue!(out, EndSynchronizedUpdate)?;
        self.shown = screen.lines;
        let mut stdout = io::stdout().lock();
        stdout.write_all(&out)?;
        stdout.flush()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // If the terminal has gone, there is nothing to give back.
        let _ = execute!(
            io::stdout(),
            terminal::EnableLineWrap,
            cursor::Show,
            terminal::LeaveAlternateScreen
        );
        let _ = terminal::disable_raw_mode();
    }
}

/// Listens for keys, until there are no more.
pub fn listen(events: &Sender<Event>) {
    loop {
        let event = match event::read() {
            Ok(event::Event::Key(key)) if key.kind != KeyEventKind::Release => {
                match meaning(key.code, key.modifiers) {
                    Some(key) => Event::Key(key),
                    None => continue,
                }
            }
            Ok(event::Event::Resize(columns, lines)) => {
                Event::Resized(columns.into(), lines.into())
            }
            Ok(_) => continue,
            // There are no keys anymore.
            Err(_) => Event::End,
        };
        let is_end = matches!(event, Event::End);
        // Nobody listens anymore once the watcher ends.
        if events.send(event).is_err() || is_end {
            return;
        }
    }
}

fn meaning(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
    if modifiers.contains(KeyModifiers::CONTROL) {
        return matches!(code, KeyCode::Char('c' | 'd')).then_some(Key::Interrupt);
    }
    Some(match code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc | KeyCode::Backspace => Key::Escape,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return None,
    })
}
