use std::fs;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::*;
use crate::tls::{Abort, CipherSuite, Connection, NotOpen, Passed, Status, trace};

/// Says goodbye: no data follows.
const GOODBYE: u8 = 0;

/// A byte that is not valid anywhere.
const NONSENSE: u8 = 0xff;

/// The answer to such a byte.
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
            match (*byte, &self.status) {
                (_, Status::Failed(_) | Status::Closed) => {}
                (NONSENSE, _) => {
                    self.unsent.push(ALERT);
                    self.status = Status::Failed(Abort::BadRecord);
                }
                (GOODBYE, _) => self.status = Status::Closed,
                (_, Status::Handshaking) => {
                    self.status = Status::Open(CipherSuite::RsaAes128GcmSha256.into());
                }
                (byte, Status::Open(_)) => self.received.push(byte),
            }
        }
    }

    fn to_send(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.unsent)
    }

    fn status(&self) -> Status {
        self.status.clone()
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

    fn key_log(&self) -> Vec<String> {
        vec!["CLIENT_RANDOM 00 11".to_owned()]
    }
}

/// Long enough for every peer that answers at all.
const PATIENCE: Duration = Duration::from_secs(10);

const LIMITS: Limits = Limits {
    handshake: PATIENCE,
    conversation: PATIENCE,
    data: 1 << 16,
};

/// A socket, and the peer that runs this function on the other end of it.
fn socket<T: Send + 'static>(
    peer: impl FnOnce(TcpStream) -> T + Send + 'static,
) -> (TcpStream, JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let peer = thread::spawn(move || peer(listener.accept().unwrap().0));
    (connect(address, &LIMITS).unwrap(), peer)
}

fn tunnel(socket: TcpStream, limits: Limits) -> Result<Tunnel<'static, Plain>, Error> {
    // It has no content, so leaking it costs nothing.
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
    // The peer may have gone already. That is not what is tested.
    let _ = socket.write_all(bytes);
}

fn all_from(mut socket: &TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = socket.read_to_end(&mut bytes);
    bytes
}

#[test]
fn no_peer_is_waited_for_forever() {
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
fn a_peer_that_does_not_read_is_not_waited_for_forever() {
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
    // More than the buffers of both sockets hold.
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
fn an_end_without_goodbye_is_a_truncation() {
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
fn an_end_without_goodbye_is_written_down_and_can_be_answered() {
    let mut trace = Vec::new();
    let (end, peer) = socket(|socket| send(&socket, b"habc"));
    let address = end.peer_addr().unwrap();
    let setup = Setup {
        limits: LIMITS,
        trace: &mut trace,
        key_log: None,
    };
    let mut tunnel = Tunnel::handshake(end, plain(), setup).unwrap();
    peer.join().unwrap();
    // What has come is given out first.
    assert_eq!(tunnel.receive().unwrap().as_deref(), Some(&b"abc"[..]));
    assert!(matches!(tunnel.receive(), Err(Error::Truncated)));
    tunnel.close().unwrap();
    assert_eq!(String::from_utf8(trace).unwrap(), trace::cut_off(address));
}

#[test]
fn no_more_is_accepted_than_the_limit() {
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
fn a_peer_that_is_not_there_is_reported() {
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
