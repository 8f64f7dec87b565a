//! What the learner's client can't send.

use std::io::{self, Read, Write};

use given::http;
use given::tls::{Connection, Status};
use harness::{called, check};

use crate::setup::*;
use crate::subject::ch6_tls12::{Interrupted, fetch, server};
use fixtures::live::{self, FEW_BITS, able};

harness::suite! {
    exercise "6.10" {
        /// a page that comes before it was asked for is refused, because the request can't be sent
        #[think = "In TLS 1.2, nothing can be sent after the peer's close_notify. What do you do with the error of `send`?"]
        fn a_page_that_was_not_asked_for_is_refused() {
            let identity = live::identity(FEW_BITS);
            let mut server = server(server_config(&identity, ECDHE));
            let (address, _server) = able(live::peer(move |mut socket| {
                while server.status() == Status::Handshaking {
                    socket.write_all(&server.to_send())?;
                    let mut buffer = [0; 4096];
                    let length = socket.read(&mut buffer)?;
                    server.receive(&buffer[..length]);
                }
                server.send(&http::page("A page.")).map_err(io::Error::other)?;
                server.close();
                // All at once, with its Finished, so that the client knows that it is closed before it can ask.
                socket.write_all(&server.to_send())?;
                io::copy(&mut socket, &mut io::sink())
            }))?;
            let config = client_config(&identity, ECDHE);
            let mut trace = shown();
            let setup = setup(&mut trace);
            let path = "/";
            let fetched = called!(fetch(address, config, path, setup));
            check!(matches!(fetched, Err(Interrupted::Tunnel(_))), "Err(Tunnel(…))", body(fetched), FETCHED);
        }
    }
}
