//! One call of `fetch` is one connection.

use std::io::{Error, Read, Write, sink};
use std::thread;

use given::net;
use given::tls::{Abort, Alert};
use harness::show::Words;
use harness::{called, check, notes};

use crate::setup::{FETCHED, body, client_config, think_of_silence};
use crate::subject::ch6_tls12::Interrupted;
use crate::subject::ch7_tls13::{FirstHello, Versions, fetch};
use fixtures::live::{self, FEW_BITS, able, setup, shown};

harness::suite! {
    exercise "7.13" {
        /// if the connection fails, you don't begin another one, in any version
        #[think = "What do you do with an error? A client that falls back tries again, and anyone can make it fall back."]
        fn you_never_try_again((versions, {is_told}) from [
            (Versions::Tls12, true), (Versions::Tls13, true), (Versions::Both, true), (Versions::Both, false)
        ]) {
            let identity = live::identity(FEW_BITS);
            let (listener, address) = able(live::listen())?;
            let first = able(listener.try_clone())?;
            // It reads a hello, and answers with an alert or not at all.
            let server = thread::spawn(move || {
                let mut socket = live::accept(first)?;
                let mut header = [0; 5];
                socket.read_exact(&mut header)?;
                let length = u16::from_be_bytes([header[3], header[4]]);
                socket.read_exact(&mut vec![0; length.into()])?;
                let alert = [21, 3, 3, 0, 2, 2, Alert::HandshakeFailure.code()];
                // A client that is gone by then does not hear it, and ends with another error.
                drop(socket.write_all(if is_told { &alert } else { &[] }));
                Ok::<(), Error>(())
            });
            let (config, mut trace) = (client_config(&identity), shown(sink()));
            let (first, setup) = (FirstHello::WithShare, setup(&mut trace));
            let fetched = called!(fetch(address, config, versions, first, "/", setup));
            think_of_silence(&fetched, &trace.text());
            let has_said_hello = matches!(server.join(), Ok(Ok(())));
            check!(has_said_hello, "a ClientHello", Words("none came".to_owned()), FETCHED);
            notes::think(None);
            able(listener.set_nonblocking(true))?;
            let has_begun_another = listener.accept().is_ok();
            let got = Words("another connection, once the first one had failed".to_owned());
            check!(!has_begun_another, "one connection", got, FETCHED);
            let is_right = match &fetched {
                Err(Interrupted::Tunnel(net::Error::Aborted(Abort::Refused(alert)))) => {
                    is_told && *alert == Alert::HandshakeFailure
                }
                Err(Interrupted::Tunnel(net::Error::Truncated)) => !is_told,
                _ => false,
            };
            let expected = match is_told {
                true => "Err(Tunnel(Aborted(Refused(HandshakeFailure))))",
                false => "Err(Tunnel(Truncated))",
            };
            check!(is_right, expected, body(fetched), FETCHED);
        }
    }
}
