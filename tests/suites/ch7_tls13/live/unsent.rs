//! What the learner's client and server can't send.

use std::io::{self, Write, sink};
use std::net::{Shutdown, TcpStream};

use given::http;
use given::net::Tunnel;
use harness::show::Words;
use harness::{called, check, with};

use crate::setup::{ECDHE, FETCHED, RSA, SERVED, body, client_config, server_config};
use crate::subject::ch6_tls12::{self as tls12, Interrupted};
use crate::subject::ch7_tls13::{FirstHello, Versions, client, fetch, serve};
use fixtures::live::{self, FEW_BITS, able, request_for, setup, shown};

harness::suite! {
    exercise "7.13" {
        /// in TLS 1.2, a client that closes right after its request gets no page, and your caller is told
        #[think = "In TLS 1.2, nothing can be sent after the peer's close_notify. What do you do with the error of `send`?"]
        fn a_page_that_is_not_sent_is_an_error() {
            let identity = live::identity(FEW_BITS);
            let (listener, address) = able(live::listen())?;
            let client = tls12::client(client_config(&identity));
            let request = request_for("/");
            let _client = live::caller(address, move |socket| live::say_at_once(socket, client, &request));
            let socket = able(live::accept(listener))?;
            let (versions, config) = (Versions::Both, server_config(&identity, Versions::Both, RSA));
            let mut trace = shown(sink());
            let setup = setup(&mut trace);
            let served = called!(serve(socket, config, versions, setup));
            let is_told = matches!(served, Err(Interrupted::Tunnel(_)));
            check!(is_told, "Err(Tunnel(…))", served, SERVED);
        }

        /// in TLS 1.2, a page that comes before it was asked for is refused, because the request can't be sent
        #[think = "In TLS 1.2, nothing can be sent after the peer's close_notify. What do you do with the error of `send`?"]
        fn a_page_that_was_not_asked_for_is_refused() {
            let identity = live::identity(FEW_BITS);
            let server = tls12::server(server_config(&identity, Versions::Tls12, ECDHE));
            let page = http::page("A page.");
            let (address, _server) = able(live::peer(move |socket| live::say_at_once(socket, server, &page)))?;
            let config = client_config(&identity);
            let mut trace = shown(sink());
            let setup = setup(&mut trace);
            let first = FirstHello::WithShare;
            let fetched = called!(fetch(address, config, Versions::Both, first, "/", setup));
            check!(matches!(fetched, Err(Interrupted::Tunnel(_))), "Err(Tunnel(…))", body(fetched), FETCHED);
        }

        /// if your close_notify can't be sent, your caller is told
        #[think = "What does `close` return, and what do you do with it? Without your close_notify, the client can't know that the page was all."]
        fn a_goodbye_that_is_not_sent_is_an_error() {
            let identity = live::identity(FEW_BITS);
            let (listener, address) = able(live::listen())?;
            let client = client(client_config(&identity), FirstHello::WithShare);
            let _client = live::caller(address, move |socket| {
                let mut nowhere = sink();
                let tunnel = Tunnel::handshake(socket, client, setup(&mut nowhere));
                let mut tunnel = tunnel.map_err(io::Error::other)?;
                tunnel.send(&request_for("/")).map_err(io::Error::other)?;
                while let Ok(Some(_)) = tunnel.receive() {}
                Ok(())
            });
            let socket = able(live::accept(listener))?;
            with!("the socket" = Words("is closed for sending right before your close_notify".to_owned()));
            let (versions, config) = (Versions::Tls13, server_config(&identity, Versions::Tls13, ECDHE));
            let mut trace = shown(CutsOffGoodbye(able(socket.try_clone())?));
            let setup = setup(&mut trace);
            let served = called!(serve(socket, config, versions, setup));
            let is_told = matches!(served, Err(Interrupted::Tunnel(_)));
            check!(is_told, "Err(Tunnel(…))", served, SERVED);
        }
    }
}

/// A trace that closes the sending side of this socket when a close_notify is about to be sent: a
/// tunnel notes a message before it sends it.
struct CutsOffGoodbye(TcpStream);

impl Write for CutsOffGoodbye {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        if String::from_utf8_lossy(text).contains("close_notify") {
            self.0.shutdown(Shutdown::Write)?;
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
