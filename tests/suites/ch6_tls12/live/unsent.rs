//! What the learner's client can't send.

use given::http;
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
