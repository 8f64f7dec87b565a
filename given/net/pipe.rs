//! A socket with a deadline for everything that is read and written.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use super::error::Error;
use super::setup::Limits;

/// How long to wait for the peer to close its side.
const FAREWELL: Duration = Duration::from_secs(1);

/// Connects to `address`.
///
/// # Errors
/// [`Error::Unreachable`], or [`Error::TimedOut`].
pub fn connect(address: SocketAddr, limits: &Limits) -> Result<TcpStream, Error> {
    TcpStream::connect_timeout(&address, limits.handshake).map_err(|error| match error.kind() {
        ErrorKind::TimedOut => Error::TimedOut,
        _ => Error::Unreachable(error),
    })
}

/// A socket that gives up at its deadline.
pub(super) struct Pipe {
    socket: TcpStream,
    pub(super) local: SocketAddr,
    pub(super) peer: SocketAddr,
    deadline: Instant,
}

impl Pipe {
    pub(super) fn new(socket: TcpStream, time: Duration) -> io::Result<Pipe> {
        // The peer waits for what is sent here. Holding it back, to send more with it, would only
        // delay the answer.
        socket.set_nodelay(true)?;
        Ok(Pipe {
            local: socket.local_addr()?,
            peer: socket.peer_addr()?,
            socket,
            deadline: Instant::now() + time,
        })
    }

    pub(super) fn give_up_after(&mut self, time: Duration) {
        self.deadline = Instant::now() + time;
    }

    fn time_left(&self) -> Result<Duration, Error> {
        let left = self.deadline.checked_duration_since(Instant::now());
        // To a socket, a time of zero means forever.
        left.filter(|left| !left.is_zero()).ok_or(Error::TimedOut)
    }

    /// Reads some bytes. Returns 0 if there are no more.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        loop {
            // Set again for each call: a timeout is for one read, and a peer that sends a byte now and then
            // would never exceed it.
            self.socket.set_read_timeout(Some(self.time_left()?))?;
            match self.socket.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => return Ok(result?),
            }
        }
    }

    /// Writes all of `bytes`.
    pub(super) fn write(&mut self, mut bytes: &[u8]) -> Result<(), Error> {
        while !bytes.is_empty() {
            self.socket.set_write_timeout(Some(self.time_left()?))?;
            match self.socket.write(bytes) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                written => bytes = &bytes[written?..],
            }
        }
        Ok(())
    }

    /// Closes the sending side, and waits a moment for the peer to close, too.
    pub(super) fn farewell(&mut self) {
        self.give_up_after(FAREWELL);
        // A socket that is closed with unread data sends a reset (RFC 1122 §4.2.2.13), and the peer may lose
        // what was on its way. So we read what still arrives.
        if self.socket.shutdown(Shutdown::Write).is_ok() {
            let mut rest = [0; 4096];
            while matches!(self.read(&mut rest), Ok(1..)) {}
        }
    }
}
