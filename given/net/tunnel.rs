//! The tunnel: a connection together with its socket.

use std::fs::File;
use std::io::{self, Write};
use std::net::TcpStream;
use std::path::Path;

use super::error::Error;
use super::pipe::Pipe;
use super::setup::Setup;
use crate::tls::{
    CipherSuite, Connection, Direction, Extension, Handshake, HandshakeType, Passed, ServerHello,
    Status, Suite, TLS_1_3, trace,
};
use crate::{tls12, tls13};

/// A connection whose handshake is over, and the socket that it runs over.
pub struct Tunnel<'a, C> {
    pipe: Pipe,
    connection: C,
    setup: Setup<'a>,
    suite: Option<Suite>,
    /// Whether a ClientHello has passed. In TLS 1.3 there can be a second one.
    has_begun: bool,
    /// How many bytes of application data have come.
    received: usize,
    /// Whether the socket has ended before the peer has said that it sends no more.
    is_cut_off: bool,
}

impl<'a, C: Connection> Tunnel<'a, C> {
    /// Moves the bytes of `connection` through `socket` until the handshake is over.
    ///
    /// # Errors
    /// The handshake fails, see [`Error`]. The peer is sent an alert that says why.
    pub fn handshake(
        socket: TcpStream,
        connection: C,
        setup: Setup<'a>,
    ) -> Result<Tunnel<'a, C>, Error> {
        let pipe = Pipe::new(socket, setup.limits.handshake)?;
        let mut tunnel = Tunnel {
            pipe,
            connection,
            setup,
            suite: None,
            has_begun: false,
            received: 0,
            is_cut_off: false,
        };
        // A client's first message is ready before anything has come.
        tunnel.flush()?;
        loop {
            match tunnel.connection.status() {
                Status::Handshaking => tunnel.read()?,
                Status::Failed(abort) => return Err(Error::Aborted(abort)),
                // A peer may send all that it has to say at once, and close.
                Status::Open(_) | Status::Closed => break,
            }
        }
        if let Some(path) = &tunnel.setup.key_log {
            add_lines(path, &tunnel.connection.key_log())?;
        }
        tunnel.pipe.give_up_after(tunnel.setup.limits.conversation);
        Ok(tunnel)
    }

    /// The suite that was agreed on.
    pub fn suite(&self) -> Suite {
        self.suite.expect("no handshake is over without one")
    }

    /// Sends application data.
    ///
    /// # Errors
    /// It can't be sent, see [`Error`]. In TLS 1.2, nothing can after the peer's close_notify.
    pub fn send(&mut self, data: &[u8]) -> Result<(), Error> {
        if self.connection.send(data).is_err() {
            return Err(match self.connection.status() {
                Status::Failed(abort) => Error::Aborted(abort),
                _ => Error::Closed,
            });
        }
        self.flush()
    }

    /// The application data that has come since the last call; if there is none, it waits for more.
    /// You get whatever has arrived, which can be any part of what the peer has sent. `None` once
    /// the peer has said with a close_notify that this was all.
    ///
    /// # Errors
    /// Nothing more comes, see [`Error`].
    pub fn receive(&mut self) -> Result<Option<Vec<u8>>, Error> {
        loop {
            let data = self.connection.received();
            self.received += data.len();
            if self.received > self.setup.limits.data {
                return Err(Error::TooMuch);
            }
            if !data.is_empty() {
                return Ok(Some(data));
            }
            match self.connection.status() {
                Status::Handshaking | Status::Open(_) => self.read()?,
                Status::Failed(abort) => return Err(Error::Aborted(abort)),
                Status::Closed => return Ok(None),
            }
        }
    }

    /// Sends a close_notify, which says that no more will be sent. It then waits a moment for the
    /// peer to close, too: if a socket is closed while data is on the way to it, the peer can lose
    /// what it has not read yet.
    ///
    /// # Errors
    /// The close_notify can't be sent.
    pub fn close(mut self) -> Result<(), Error> {
        self.connection.close();
        let told = self.flush();
        self.pipe.farewell();
        match self.connection.status() {
            // The peer has all it wanted, and need not wait for our close_notify.
            Status::Closed => Ok(()),
            // There may be nobody left to tell.
            _ if self.is_cut_off => Ok(()),
            _ => told,
        }
    }

    /// Takes what comes next from the socket, and sends the answer to it.
    fn read(&mut self) -> Result<(), Error> {
        let mut buffer = [0; 16 << 10];
        let length = match self.pipe.read(&mut buffer) {
            Ok(0) | Err(Error::Truncated) => {
                self.is_cut_off = true;
                let line = trace::cut_off(self.pipe.peer);
                let _ = self.setup.trace.write_all(line.as_bytes());
                return Err(Error::Truncated);
            }
            read => read?,
        };
        self.connection.receive(&buffer[..length]);
        let told = self.flush();
        match self.connection.status() {
            // What matters is why it has failed, not whether the alert has arrived.
            Status::Failed(_) => self.pipe.farewell(),
            // As in `close`.
            Status::Closed => {}
            Status::Handshaking | Status::Open(_) => told?,
        }
        Ok(())
    }

    /// Sends what is to be sent.
    fn flush(&mut self) -> Result<(), Error> {
        let bytes = self.connection.to_send();
        for passed in self.connection.passed() {
            self.note(&passed);
        }
        self.pipe.write(&bytes)
    }

    /// Writes a message to the trace. If the trace can't be written, the connection goes on.
    fn note(&mut self, passed: &Passed) {
        // The side that sends the ClientHello is the one that opened the connection.
        let Pipe { local, peer, .. } = self.pipe;
        let is_first = is_client_hello(passed) && !std::mem::replace(&mut self.has_begun, true);
        let lines = match (is_first, passed.direction) {
            (false, _) => String::new(),
            (true, Direction::Sent) => trace::connected(local, peer),
            (true, Direction::Received) => trace::connected(peer, local),
        };
        // From the ServerHello: once the peer has closed, the status no longer says which suite it was.
        self.suite = self.suite.or_else(|| chosen_suite(passed));
        let entry = match self.suite {
            Some(Suite::Tls13) => tls13::trace::entry(passed),
            // A handshake begins in the same way in both versions.
            Some(Suite::Tls12(_)) | None => tls12::trace::entry(passed),
        };
        let lines = format!("{lines}{entry}");
        let _ = self.setup.trace.write_all(lines.as_bytes());
    }
}

fn is_client_hello(passed: &Passed) -> bool {
    let message = Handshake::passed(passed);
    message.and_then(|message| message.kind()) == Some(HandshakeType::ClientHello)
}

/// The suite that was chosen, if this is a ServerHello.
fn chosen_suite(passed: &Passed) -> Option<Suite> {
    let hello: ServerHello = Handshake::passed(passed)?.parse().ok()?;
    let tls_1_3 = Extension::SelectedVersion(TLS_1_3);
    if hello.extensions.contains(&tls_1_3) {
        return Some(Suite::Tls13);
    }
    CipherSuite::from_code(hello.cipher_suite).map(Suite::Tls12)
}

/// Adds lines to the file at `path`.
fn add_lines(path: &Path, lines: &[String]) -> io::Result<()> {
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let add = || {
        let mut file = File::options().append(true).create(true).open(path)?;
        // In one piece, so that the lines of two processes don't mix.
        file.write_all(lines.as_bytes())
    };
    let place = path.display();
    add().map_err(|error| io::Error::new(error.kind(), format!("{place}: {error}")))
}
