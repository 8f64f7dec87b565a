//! One call of `fetch` is one connection.

use std::io::{Error, Read, Write, sink};
use std::thread;

use given::net;
use given::tls::{
    Abort, Alert, ClientHello, Extension, HandshakeMessage, ServerHello, TLS_1_2, TLS_1_3,
};
use given::x509::UnixTime;
use harness::show::{Piece, Show, Words};
use harness::{called, check, notes, think_of, with};

use crate::setup::{
    ECDHE, FETCHED, body, client_config, served, think_of_another, think_of_silence,
};
use crate::subject::ch6_tls12::{ClientConfig, Interrupted};
use crate::subject::ch7_tls13::{FirstHello, Versions, fetch};
use fixtures::live::{self, FEW_BITS, able, setup, shown};

harness::suite! {
    exercise "7.13" {
        /// if nobody listens at the address, you say so
        #[think = "What do you do with the error of `net::connect`?"]
        fn nobody_answers(versions from [Versions::Tls12, Versions::Tls13, Versions::Both]) {
            let identity = live::identity(FEW_BITS);
            let (listener, address) = able(live::listen())?;
            drop(listener);
            let (config, mut trace) = (client_config(&identity), shown(sink()));
            let setup = setup(&mut trace);
            let fetched = called!(fetch(address, config, versions, FirstHello::WithShare, "/", setup));
            check!(fetched.is_err(), "Err(…)", body(fetched), FETCHED);
        }

        /// if the connection fails, you don't begin another one, in any version
        #[think = "What do you do with an error? A client that falls back tries again, and anyone can make it fall back."]
        fn you_never_try_again((versions, first, {failure}) from cases()) {
            let identity = live::identity(FEW_BITS);
            let (listener, address) = able(live::listen())?;
            with!("the server answers" = Words(failure.what.clone()));
            let (socket, answer) = (able(listener.try_clone())?, failure.answer);
            // It reads a hello, and answers so that the connection fails.
            let server = thread::spawn(move || {
                let mut socket = live::accept(socket)?;
                let mut header = [0; 5];
                socket.read_exact(&mut header)?;
                let length = u16::from_be_bytes([header[3], header[4]]);
                socket.read_exact(&mut vec![0; length.into()])?;
                // A client that is gone by then does not hear it, and ends with another error.
                drop(socket.write_all(&answer));
                Ok::<(), Error>(())
            });
            let (config, mut trace) = (client_config(&identity), shown(sink()));
            let setup = setup(&mut trace);
            let fetched = called!(fetch(address, config, versions, first, "/", setup));
            think_of_silence(&fetched, &trace.text());
            let has_said_hello = matches!(server.join(), Ok(Ok(())));
            check!(has_said_hello, "a ClientHello", Words("none came".to_owned()), FETCHED);
            notes::think(None);
            able(listener.set_nonblocking(true))?;
            let has_begun_another = listener.accept().is_ok();
            let got = Words("another connection, once the first one had failed".to_owned());
            check!(!has_begun_another, "one connection", got, FETCHED);
            let expected = format!("{:?}", Err::<(), _>(Interrupted::Tunnel(failure.error)));
            let fetched = body(fetched);
            let is_right = format!("{fetched:?}") == expected;
            check!(is_right, expected, fetched, FETCHED);
        }

        /// after a connection that has failed, the next call offers both versions again
        #[think = "Do you keep anything from one call to the next? A client that remembers a failure falls back as well, one call later."]
        fn a_failure_is_not_remembered() {
            let identity = live::identity(FEW_BITS);
            let (listener, address) = able(live::listen())?;
            // It reads a hello and hangs up, twice.
            let server = thread::spawn(move || {
                let hello = |_| {
                    let mut socket = live::accept(listener.try_clone()?)?;
                    let mut header = [0; 5];
                    socket.read_exact(&mut header)?;
                    let mut message = vec![0; u16::from_be_bytes([header[3], header[4]]).into()];
                    socket.read_exact(&mut message)?;
                    Ok::<_, Error>(message)
                };
                [1, 2].into_iter().map(hello).collect::<Result<Vec<_>, _>>()
            });
            for _ in 0..2 {
                let (config, mut trace) = (client_config(&identity), shown(sink()));
                let setup = setup(&mut trace);
                let fetched = called!(fetch(address, config, Versions::Both, FirstHello::WithShare, "/", setup));
                check!(fetched.is_err(), "Err(…)", body(fetched), FETCHED);
            }
            let hellos = server.join().ok().and_then(Result::ok).unwrap_or_default();
            let offers = |message: &Vec<u8>| {
                let hello = ClientHello::read(message.get(4..)?).ok()?;
                let is_it = |one: &Extension| matches!(one, Extension::SupportedVersions(all) if all.contains(&TLS_1_3));
                Some(hello.extensions.iter().any(is_it))
            };
            let all_offer = hellos.len() == 2 && hellos.iter().all(|one| offers(one) == Some(true));
            let got = Words("a ClientHello without TLS 1.3, or none".to_owned());
            check!(all_offer, "a ClientHello that offers TLS 1.3, in each of two calls", got, FETCHED);
        }

        /// if the server is not trusted, with the roots and at the time that are given, you say so, and don't begin another connection, in any version
        #[think = "What do you do with an error? A client that falls back tries again, and anyone can make it fall back."]
        fn a_server_that_is_not_trusted_gets_one_connection((versions, doubt) from [
            (Versions::Both, Doubt::NoRoot), (Versions::Tls13, Doubt::NoRoot),
            (Versions::Both, Doubt::TooEarly), (Versions::Tls12, Doubt::TooLate)
        ]) {
            let identity = live::identity(FEW_BITS);
            let (address, _server) = able(served(&identity, Versions::Both, ECDHE))?;
            let config = doubt.config(client_config(&identity));
            let (first, mut trace) = (FirstHello::WithShare, shown(sink()));
            let setup = setup(&mut trace);
            let fetched = called!(fetch(address, config, versions, first, "/", setup));
            think_of_another(&fetched);
            if fetched.is_ok() {
                think_of!("The configuration says which CAs are trusted and what time it is. Do both reach the client as they are?");
            }
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::Aborted(Abort::UntrustedCertificate(_))))),
                "Err(Tunnel(Aborted(UntrustedCertificate(_))))",
                body(fetched), FETCHED
            );
        }
    }
}

/// Why a client does not trust the server. By the clock of the system, its certificate is valid.
#[derive(Debug, Clone, Copy)]
enum Doubt {
    NoRoot,
    TooEarly,
    TooLate,
}

impl Show for Doubt {
    fn pieces(&self) -> Vec<Piece> {
        let what = match self {
            Doubt::NoRoot => "config.roots is empty",
            Doubt::TooEarly => "config.now is before the certificate becomes valid",
            Doubt::TooLate => "config.now is after the certificate has expired",
        };
        vec![Piece::Text(what.to_owned())]
    }
}

impl Doubt {
    fn config(self, mut config: ClientConfig) -> ClientConfig {
        match self {
            Doubt::NoRoot => config.roots.clear(),
            Doubt::TooEarly => config.now = UnixTime(0),
            Doubt::TooLate => config.now = UnixTime::LAST,
        }
        config
    }
}

/// What a server says instead of its answer, and how the client ends.
#[derive(Debug)]
struct Failure {
    what: String,
    answer: Vec<u8>,
    error: net::Error,
}

fn cases() -> Vec<(Versions, FirstHello, Failure)> {
    let (both, first) = (Versions::Both, FirstHello::WithShare);
    let mut all = Vec::new();
    for versions in [Versions::Tls12, Versions::Tls13, both] {
        for failure in [
            alert(Alert::HandshakeFailure),
            alert(Alert::ProtocolVersion),
            nothing(),
        ] {
            all.push((versions, first, failure));
        }
    }
    all.push((both, FirstHello::AskFirst, alert(Alert::HandshakeFailure)));
    for versions in [Versions::Tls12, both] {
        let what = "a ServerHello of TLS 1.1";
        let failure = hello(what, 0x0302, [0x5e; 32], Abort::UnsupportedVersion);
        all.push((versions, first, failure));
    }
    for other in [
        Alert::CloseNotify,
        Alert::UnexpectedMessage,
        Alert::IllegalParameter,
        Alert::DecodeError,
        Alert::InsufficientSecurity,
        Alert::InternalError,
        Alert::InappropriateFallback,
        Alert::MissingExtension,
    ] {
        all.push((both, first, alert(other)));
    }
    let mut random = [0x5e; 32];
    random[24..].copy_from_slice(b"DOWNGRD\x01");
    let what = "a ServerHello of TLS 1.2 with the sentinel";
    let failure = hello(what, TLS_1_2, random, Abort::Downgrade);
    all.push((both, first, failure));
    all.push((
        both,
        first,
        Failure {
            what: "application data".to_owned(),
            answer: record(23, b"hello"),
            error: net::Error::Aborted(Abort::UnexpectedMessage),
        },
    ));
    all
}

fn hello(what: &str, version: u16, random: [u8; 32], abort: Abort) -> Failure {
    let hello = ServerHello {
        version,
        random,
        session_id: vec![],
        cipher_suite: ECDHE.code(),
        compression_method: 0,
        extensions: vec![],
    };
    Failure {
        what: what.to_owned(),
        answer: record(22, hello.handshake().bytes()),
        error: net::Error::Aborted(abort),
    }
}

fn alert(alert: Alert) -> Failure {
    Failure {
        what: format!("the alert {alert:?}"),
        answer: record(21, &[2, alert.code()]),
        error: net::Error::Aborted(Abort::Refused(alert)),
    }
}

fn nothing() -> Failure {
    Failure {
        what: "nothing, and closes the socket".to_owned(),
        answer: vec![],
        error: net::Error::Truncated,
    }
}

fn record(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).expect("a short one");
    [&[kind, 3, 3, 0, length][..], content].concat()
}
