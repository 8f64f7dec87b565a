//! A [`Connection`] over a socket: who has both moves the bytes between them.
//!
//! ```text
//! you ── send, receive ──▶ Tunnel ── Connection ── records ──▶ TcpStream ──▶ peer
//!                            │
//!                            └──▶ the trace, the key log
//! ```
//!
//! A socket does what the peer likes: it gives bytes in pieces of any size, or none for ever, or
//! without end. So everything here has a time and a size at which it is given up.
//!
//! It also ends when anybody on the way wants it to end: the FIN of TCP is not protected. That is
//! why TLS has an end of its own, the alert close_notify (RFC 5246 §7.2.1). A socket that ends
//! before it came is [`Error::Truncated`].

use std::env;
use std::error::Error as StdError;
use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::tls::{
    Abort, CipherSuite, Connection, Direction, Handshake, HandshakeType, Passed, ServerHello,
    Status, trace,
};

/// The environment variable that names the file of the key log, as browsers and curl have it.
pub const KEY_LOG_VARIABLE: &str = "SSLKEYLOGFILE";

/// How long a peer that was told to go may take to see it.
const FAREWELL: Duration = Duration::from_secs(1);

/// How long to wait, and how much to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long it may take to connect, and then how long the handshake may take.
    pub handshake: Duration,
    /// How long all that comes after it may take.
    pub conversation: Duration,
    /// How many bytes of application data are taken from the peer.
    pub data: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            handshake: Duration::from_secs(10),
            conversation: Duration::from_secs(30),
            data: 16 << 20,
        }
    }
}

/// How a tunnel is to be made.
pub struct Setup<'a> {
    /// When to give up.
    pub limits: Limits,
    /// Where the trace is written. Nobody wants one? `&mut io::sink()`.
    pub trace: &'a mut dyn Write,
    /// The file to which a line for the key log is added: whoever reads it can read the connection.
    pub key_log: Option<PathBuf>,
}

impl<'a> Setup<'a> {
    /// The usual limits, this trace, and the key log that the environment asks for.
    pub fn new(trace: &'a mut dyn Write) -> Setup<'a> {
        Setup {
            limits: Limits::default(),
            trace,
            key_log: env::var_os(KEY_LOG_VARIABLE).map(PathBuf::from),
        }
    }
}

impl fmt::Debug for Setup<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Setup")
            .field("limits", &self.limits)
            .field("key_log", &self.key_log)
            .finish_non_exhaustive()
    }
}

/// Why nothing more comes through.
#[derive(Debug)]
pub enum Error {
    /// Nobody could be connected to.
    Unreachable(io::Error),
    /// The socket has failed, or a file has.
    Io(io::Error),
    /// The peer took too long.
    TimedOut,
    /// The peer sends more than is taken.
    TooMuch,
    /// The socket has ended, and the peer had not said that it would. Somebody on the way may have
    /// cut off what was still to come.
    Truncated,
    /// One of both has said already that it sends no more.
    Closed,
    /// The connection was ended, by us or, where it was [`Abort::Refused`], by the peer.
    Aborted(Abort),
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unreachable(error) => write!(out, "can't connect: {error}"),
            Error::Io(error) => write!(out, "{error}"),
            Error::TimedOut => write!(out, "the peer took too long"),
            Error::TooMuch => write!(out, "the peer sends more than is taken"),
            Error::Truncated => write!(out, "the connection was cut off, without a close_notify"),
            Error::Closed => write!(out, "the connection is not open for sending"),
            Error::Aborted(abort) => write!(out, "{abort}"),
        }
    }
}

impl StdError for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        match error.kind() {
            // The one on Unix, the other on Windows.
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Error::TimedOut,
            // To end a connection so takes no key either.
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof => Error::Truncated,
            _ => Error::Io(error),
        }
    }
}

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

/// A connection whose handshake is over, and the socket that it runs through.
pub struct Tunnel<'a, C> {
    pipe: Pipe,
    connection: C,
    setup: Setup<'a>,
    suite: Option<CipherSuite>,
    /// How many bytes of application data have come.
    received: usize,
}

impl<'a, C: Connection> Tunnel<'a, C> {
    /// Moves the bytes of `connection` through `socket` until the handshake is over.
    ///
    /// # Errors
    /// It does not come to that, see [`Error`]. The peer is sent the alert that says why.
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
            received: 0,
        };
        tunnel.flush()?;
        loop {
            match tunnel.connection.status() {
                Status::Handshaking => tunnel.read()?,
                Status::Failed(abort) => return Err(Error::Aborted(abort)),
                // A peer may say all it has to say in one breath.
                Status::Open(_) | Status::Closed => break,
            }
        }
        if let Some(path) = &tunnel.setup.key_log
            && let Some(line) = tunnel.connection.key_log_line()
        {
            add_line(path, &line)?;
        }
        tunnel.pipe.give_up_after(tunnel.setup.limits.conversation);
        Ok(tunnel)
    }

    /// The suite that was agreed.
    pub fn suite(&self) -> CipherSuite {
        self.suite.expect("no handshake is over without one")
    }

    /// Sends application data.
    ///
    /// # Errors
    /// It can't be sent, see [`Error`]. After the peer's close_notify, nothing can.
    pub fn send(&mut self, data: &[u8]) -> Result<(), Error> {
        if self.connection.send(data).is_err() {
            return Err(match self.connection.status() {
                Status::Failed(abort) => Error::Aborted(abort),
                _ => Error::Closed,
            });
        }
        self.flush()
    }

    /// The application data that has come since the last call, or else the next that comes. That is
    /// as much as happens to be there: any part of what the peer has sent. `None` once the peer has
    /// said, by a close_notify, that this was all.
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

    /// Says, by a close_notify, that no more will be sent. Then it waits a moment for the peer to
    /// go, too: closing a socket while something is on its way to it can take back from the peer
    /// what it has not read yet.
    ///
    /// # Errors
    /// The peer can't be told.
    pub fn close(mut self) -> Result<(), Error> {
        self.connection.close();
        let told = self.flush();
        self.pipe.farewell();
        match self.connection.status() {
            // The peer has had all it wanted, and need not wait for our goodbye.
            Status::Closed => Ok(()),
            _ => told,
        }
    }

    /// Takes what comes next from the socket, and says what is to be said to it.
    fn read(&mut self) -> Result<(), Error> {
        let mut buffer = [0; 16 << 10];
        let length = self.pipe.read(&mut buffer)?;
        if length == 0 {
            return Err(Error::Truncated);
        }
        self.connection.receive(&buffer[..length]);
        let told = self.flush();
        match self.connection.status() {
            // Why it has failed counts, not whether the alert has arrived.
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

    /// Writes down what has passed. A trace that can't be written stops nothing.
    fn note(&mut self, passed: &Passed) {
        // Whose hello it is tells who has called whom.
        let Pipe { local, peer, .. } = self.pipe;
        let lines = match (is_client_hello(passed), passed.direction) {
            (false, _) => String::new(),
            (true, Direction::Sent) => trace::connected(local, peer),
            (true, Direction::Received) => trace::connected(peer, local),
        };
        let lines = lines + &trace::passed(passed);
        let _ = self.setup.trace.write_all(lines.as_bytes());
        self.suite = self.suite.or_else(|| chosen_suite(passed));
    }
}

fn is_client_hello(passed: &Passed) -> bool {
    let message = Handshake::passed(passed);
    message.and_then(|message| message.kind()) == Some(HandshakeType::ClientHello)
}

/// The suite, where this is a ServerHello.
fn chosen_suite(passed: &Passed) -> Option<CipherSuite> {
    let hello: ServerHello = Handshake::passed(passed)?.parse().ok()?;
    CipherSuite::from_code(hello.cipher_suite)
}

/// Adds a line to the file at `path`.
fn add_line(path: &Path, line: &str) -> io::Result<()> {
    let add = || {
        let mut file = File::options().append(true).create(true).open(path)?;
        // In one piece, so that the lines of two processes don't mix.
        file.write_all(format!("{line}\n").as_bytes())
    };
    let place = path.display();
    add().map_err(|error| io::Error::new(error.kind(), format!("{place}: {error}")))
}

/// A socket whose reads and writes come to an end.
struct Pipe {
    socket: TcpStream,
    local: SocketAddr,
    peer: SocketAddr,
    deadline: Instant,
}

impl Pipe {
    fn new(socket: TcpStream, time: Duration) -> io::Result<Pipe> {
        // What is sent here wants an answer: waiting for more to send along would only delay it.
        socket.set_nodelay(true)?;
        Ok(Pipe {
            local: socket.local_addr()?,
            peer: socket.peer_addr()?,
            socket,
            deadline: Instant::now() + time,
        })
    }

    fn give_up_after(&mut self, time: Duration) {
        self.deadline = Instant::now() + time;
    }

    fn time_left(&self) -> Result<Duration, Error> {
        let left = self.deadline.checked_duration_since(Instant::now());
        // For a socket, no time at all means for ever.
        left.filter(|left| !left.is_zero()).ok_or(Error::TimedOut)
    }

    /// Reads some bytes, or none where there are no more.
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        loop {
            self.socket.set_read_timeout(Some(self.time_left()?))?;
            match self.socket.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => return Ok(result?),
            }
        }
    }

    /// Writes all of `bytes`.
    fn write(&mut self, mut bytes: &[u8]) -> Result<(), Error> {
        while !bytes.is_empty() {
            self.socket.set_write_timeout(Some(self.time_left()?))?;
            match self.socket.write(bytes) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                written => bytes = &bytes[written?..],
            }
        }
        Ok(())
    }

    /// Sends no more, and waits a moment until the peer doesn't either.
    fn farewell(&mut self) {
        self.give_up_after(FAREWELL);
        if self.socket.shutdown(Shutdown::Write).is_ok() {
            let mut rest = [0; 4096];
            while matches!(self.read(&mut rest), Ok(1..)) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::net::TcpListener;
    use std::thread::{self, JoinHandle};

    use super::*;
    use crate::tls::NotOpen;

    /// Ends what is said.
    const GOODBYE: u8 = 0;

    /// Has no place anywhere.
    const NONSENSE: u8 = 0xff;

    /// What is said to that.
    const ALERT: u8 = b'!';

    /// A connection without any protection. The first byte from the peer is its handshake.
    struct Plain {
        status: Status,
        unsent: Vec<u8>,
        received: Vec<u8>,
    }

    fn plain() -> Plain {
        Plain {
            status: Status::Handshaking,
            unsent: b"hello".to_vec(),
            received: vec![],
        }
    }

    impl Connection for Plain {
        fn receive(&mut self, bytes: &[u8]) {
            for byte in bytes {
                match (*byte, self.status) {
                    (_, Status::Failed(_) | Status::Closed) => {}
                    (NONSENSE, _) => {
                        self.unsent.push(ALERT);
                        self.status = Status::Failed(Abort::BadRecord);
                    }
                    (GOODBYE, _) => self.status = Status::Closed,
                    (_, Status::Handshaking) => {
                        self.status = Status::Open(CipherSuite::RsaAes128GcmSha256);
                    }
                    (byte, Status::Open(_)) => self.received.push(byte),
                }
            }
        }

        fn to_send(&mut self) -> Vec<u8> {
            std::mem::take(&mut self.unsent)
        }

        fn status(&self) -> Status {
            self.status
        }

        fn send(&mut self, data: &[u8]) -> Result<(), NotOpen> {
            let is_open = matches!(self.status, Status::Open(_));
            is_open.then(|| self.unsent.extend(data)).ok_or(NotOpen)
        }

        fn received(&mut self) -> Vec<u8> {
            std::mem::take(&mut self.received)
        }

        fn close(&mut self) {
            self.unsent.push(GOODBYE);
        }

        fn passed(&mut self) -> Vec<Passed> {
            vec![]
        }

        fn key_log_line(&self) -> Option<String> {
            Some("CLIENT_RANDOM 00 11".to_owned())
        }
    }

    /// Long enough for everybody who does answer.
    const PATIENCE: Duration = Duration::from_secs(10);

    const LIMITS: Limits = Limits {
        handshake: PATIENCE,
        conversation: PATIENCE,
        data: 1 << 16,
    };

    /// A socket, whose peer does this with the other end of it.
    fn socket<T: Send + 'static>(
        peer: impl FnOnce(TcpStream) -> T + Send + 'static,
    ) -> (TcpStream, JoinHandle<T>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let peer = thread::spawn(move || peer(listener.accept().unwrap().0));
        (connect(address, &LIMITS).unwrap(), peer)
    }

    fn tunnel(socket: TcpStream, limits: Limits) -> Result<Tunnel<'static, Plain>, Error> {
        // Nothing is in it, and so nothing is lost.
        let trace = Box::leak(Box::new(io::sink()));
        let key_log = None;
        Tunnel::handshake(
            socket,
            plain(),
            Setup {
                limits,
                trace,
                key_log,
            },
        )
    }

    fn send(mut socket: &TcpStream, bytes: &[u8]) {
        // Who sends to somebody that has gone is not what is tested.
        let _ = socket.write_all(bytes);
    }

    fn all_from(mut socket: &TcpStream) -> Vec<u8> {
        let mut bytes = Vec::new();
        let _ = socket.read_to_end(&mut bytes);
        bytes
    }

    #[test]
    fn nobody_is_waited_for_for_ever() {
        let short = Duration::from_millis(50);
        let silent = |bytes: &'static [u8]| {
            socket(move |socket| {
                send(&socket, bytes);
                all_from(&socket)
            })
        };
        let (end, _) = silent(b"");
        let limits = Limits {
            handshake: short,
            ..LIMITS
        };
        assert!(matches!(tunnel(end, limits), Err(Error::TimedOut)));
        let (end, _) = silent(b"h");
        let limits = Limits {
            conversation: short,
            ..LIMITS
        };
        let mut tunnel = tunnel(end, limits).unwrap();
        assert!(matches!(tunnel.receive(), Err(Error::TimedOut)));
    }

    #[test]
    fn nobody_who_does_not_listen_is_waited_for() {
        let (until, gone) = std::sync::mpsc::channel::<()>();
        let (end, _) = socket(move |socket| {
            send(&socket, b"h");
            gone.recv()
        });
        let limits = Limits {
            conversation: Duration::from_millis(200),
            ..LIMITS
        };
        let mut tunnel = tunnel(end, limits).unwrap();
        let sent = tunnel.send(&vec![1; 64 << 20]);
        assert!(matches!(sent, Err(Error::TimedOut)), "{sent:?}");
        drop(until);
    }

    #[test]
    fn what_the_peer_says_comes_until_it_says_goodbye() {
        let (end, peer) = socket(|socket| {
            send(&socket, b"habc");
            send(&socket, &[GOODBYE]);
            all_from(&socket)
        });
        let mut tunnel = tunnel(end, LIMITS).unwrap();
        let mut all = Vec::new();
        while let Some(more) = tunnel.receive().unwrap() {
            all.extend(more);
        }
        assert_eq!(all, b"abc");
        assert!(matches!(tunnel.send(b"more"), Err(Error::Closed)));
        tunnel.close().unwrap();
        assert_eq!(peer.join().unwrap(), [b"hello", &[GOODBYE][..]].concat());
    }

    #[test]
    fn an_end_without_goodbye_is_no_end() {
        for said in [&b""[..], b"h", b"habc"] {
            let (end, _) = socket(|socket| send(&socket, said));
            let received = tunnel(end, LIMITS).and_then(|mut tunnel| {
                let data = tunnel.receive()?;
                assert_eq!(data.as_deref(), Some(&b"abc"[..]));
                tunnel.receive()
            });
            assert!(matches!(received, Err(Error::Truncated)), "{received:?}");
        }
    }

    #[test]
    fn not_more_is_taken_than_was_agreed() {
        let (end, _) = socket(|socket| send(&socket, &[1; 1 << 20]));
        let mut tunnel = tunnel(end, LIMITS).unwrap();
        let mut taken = 0;
        let error = loop {
            match tunnel.receive() {
                Ok(data) => taken += data.unwrap().len(),
                Err(error) => break error,
            }
        };
        assert!(matches!(error, Error::TooMuch), "{error:?}");
        assert!(taken <= LIMITS.data);
    }

    #[test]
    fn the_peer_is_told_why_it_ends_and_what_came_before_stays() {
        let (end, peer) = socket(|socket| {
            send(&socket, &[NONSENSE]);
            all_from(&socket)
        });
        let aborted = tunnel(end, LIMITS);
        assert!(matches!(aborted, Err(Error::Aborted(Abort::BadRecord))));
        assert_eq!(peer.join().unwrap(), b"hello!");

        let (end, _) = socket(|mut socket| {
            send(&socket, b"ha");
            socket.read_exact(&mut [0; b"hello?".len()]).unwrap();
            send(&socket, &[b'b', NONSENSE]);
        });
        let mut tunnel = tunnel(end, LIMITS).unwrap();
        assert_eq!(tunnel.receive().unwrap().as_deref(), Some(&b"a"[..]));
        tunnel.send(b"?").unwrap();
        assert_eq!(tunnel.receive().unwrap().as_deref(), Some(&b"b"[..]));
        assert!(matches!(
            tunnel.receive(),
            Err(Error::Aborted(Abort::BadRecord))
        ));
    }

    #[test]
    fn nobody_there_is_said() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let error = connect(address, &LIMITS).unwrap_err();
        assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
    }

    #[test]
    fn the_key_log_gets_a_line_for_each_connection() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        let handshake = |key_log: PathBuf| {
            let (end, _) = socket(|socket| send(&socket, b"h"));
            let setup = Setup {
                limits: LIMITS,
                trace: &mut io::sink(),
                key_log: Some(key_log),
            };
            Tunnel::handshake(end, plain(), setup).map(|_| ())
        };
        for _ in 0..2 {
            handshake(path.clone()).unwrap();
        }
        let line = "CLIENT_RANDOM 00 11\n";
        assert_eq!(fs::read_to_string(&path).unwrap(), line.repeat(2));
        let error = handshake(path.join("none")).unwrap_err();
        assert!(matches!(error, Error::Io(_)), "{error:?}");
    }
}
