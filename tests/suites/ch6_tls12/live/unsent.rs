//! What the learner's client can't send.

use given::http;
use harness::{called, check};

use crate::setup::*;
use crate::subject::ch6_tls12::{Interrupted, fetch, server};
use fixtures::live::{self, BITS, FEW_BITS, Goodbye, able};

harness::suite! {
    exercise "6.10" {
        /// a path that would add something else to the request is refused
        #[think = "What does `http::get` return for it?"]
        fn a_path_with_a_line_end_is_refused(path from ["/\r\nX: y", "/a b", ""]) {
            let identity = live::identity(BITS);
            // It does not matter whether it is noticed before the handshake or after it: it is not
            // sent.
            let (mut trace, seen) = live::watched();
            let sent = vec![http::page("Oh.")];
            let server = live::rustls_server(&identity, sent, seen, Goodbye::CloseNotify);
            let (address, _server) = able(server)?;
            let config = client_config(&identity, ECDHE);
            let setup = setup(&mut trace);
            let fetched = called!(fetch(address, config, path, setup));
            check!(
                matches!(fetched, Err(Interrupted::Http(http::Error::BadTarget))),
                "Err(Http(BadTarget))",
                body(fetched),
                FETCHED
            );
        }

        /// a page that comes before it was asked for is refused, because the request can't be sent
        #[think = "In TLS 1.2, nothing can be sent after the peer's close_notify. What do you do with the error of `send`?"]
        fn a_page_that_was_not_asked_for_is_refused() {
            let identity = live::identity(FEW_BITS);
            let server = server(server_config(&identity, ECDHE));
            let page = http::page("A page.");
            let (address, _server) = able(live::peer(move |socket| live::say_at_once(socket, server, &page)))?;
            let config = client_config(&identity, ECDHE);
            let mut trace = shown();
            let setup = setup(&mut trace);
            let path = "/";
            let fetched = called!(fetch(address, config, path, setup));
            check!(matches!(fetched, Err(Interrupted::Tunnel(_))), "Err(Tunnel(…))", body(fetched), FETCHED);
        }
    }
}
