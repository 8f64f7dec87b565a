//! The end of a page in TLS 1.3, with a close_notify and without.

use std::io::{self, Write, sink};

use given::http::{self, Response};
use given::net::{self, Tunnel};
use given::tls::Abort;
use harness::{Broken, called, check, notes, same, think_of};

use crate::setup::{
    ECDHE, FETCHED, body, client_config, in_turns, server_config, think_of_another,
};
use crate::subject::ch6_tls12::Interrupted;
use crate::subject::ch7_tls13::{FirstHello, Versions, fetch, server};
use fixtures::live::{
    self, BITS, FEW_BITS, Goodbye, Speaks, able, setup, short_pages, shown, watched, whole_pages,
};

harness::suite! {
    exercise "7.13" {
        /// a page that is as long as its head says is returned, even without a close_notify
        #[think = "Exercise 6.10 has a table of how a page may end. It holds in every version. Which row is this?"]
        fn a_whole_page_needs_no_goodbye((versions, page) from in_turns(whole_pages())) {
            let fetched = fetched(versions, page.bytes(), Goodbye::Cut)?;
            let fetched = fetched.map_err(|error| Broken::refused(FETCHED, &error))?;
            same!(fetched.body, vec![b'x'; page.size], "fetch(address, config, versions, first, \"/\", setup)?.body");
        }

        /// a page that was cut off leaves nothing behind for the page of the next connection
        #[think = "Where do you keep what you have received? Each connection begins with nothing."]
        fn a_page_cut_off_leaves_nothing_behind() {
            let versions = Versions::Tls13;
            for page in short_pages() {
                think_of!("How do you know that all of it has arrived? `Response::read` counts the bytes.");
                let fetched = fetched(versions, page.bytes(), Goodbye::Cut)?;
                if let Ok(response) = &fetched {
                    live::think_if_kept(&response.body, &page.bytes());
                }
                check!(fetched.is_err(), "Err(…)", body(fetched), FETCHED);
            }
            notes::think(None);
            let fetched = fetched(versions, http::page("A page."), Goodbye::CloseNotify)?;
            let response = fetched.map_err(|error| Broken::refused(FETCHED, &error))?;
            same!(response.body, b"A page.".to_vec(), "fetch(address, config, versions, first, \"/\", setup)?.body");
        }

        /// a page that is even one byte shorter than its head says is refused
        #[think = "How do you know that all of it has arrived? `Response::read` counts the bytes."]
        fn a_shorter_page_is_cut_off((versions, page) from in_turns(short_pages())) {
            let fetched = fetched(versions, page.bytes(), Goodbye::Cut)?;
            if let Err(Interrupted::Http(_)) = fetched {
                think_of!("The server may have sent all of the page: the connection was cut, and no close_notify has come. Which error does `receive` return then, and what do you do with it?");
            }
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::Truncated))),
                "Err(Tunnel(Truncated))",
                body(fetched), FETCHED
            );
        }

        /// without a close_notify, a page whose head gives no length is refused
        #[think = "Is it the end if the peer has not said so? What does your loop do with an `Err`?"]
        fn a_page_without_length_is_cut_off((versions, length) from in_turns([0, 1, 300, 20_000])) {
            let page = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
            let fetched = fetched(versions, [page, vec![b'x'; length]].concat(), Goodbye::Cut)?;
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::Truncated))),
                "Err(Tunnel(Truncated))",
                body(fetched), FETCHED
            );
        }

        /// a page after which something comes that does not open is refused, even if nothing is missing
        #[think = "After which one error can a page be whole? What do you do with every other one?"]
        fn what_does_not_open_is_refused(versions from [Versions::Tls13, Versions::Both]) {
            let identity = live::identity(FEW_BITS);
            let config = server_config(&identity, Versions::Tls13, ECDHE);
            let (address, _server) = able(live::peer(move |mut socket| {
                let (end, mut nowhere) = (socket.try_clone()?, sink());
                let tunnel = Tunnel::handshake(end, server(config), setup(&mut nowhere));
                let mut tunnel = tunnel.map_err(io::Error::other)?;
                tunnel.send(&http::page("A page.")).map_err(io::Error::other)?;
                socket.write_all(&[&[23, 3, 3, 0, 30][..], &[0x5e; 30]].concat())?;
                // Until the client has gone.
                while let Ok(Some(_)) = tunnel.receive() {}
                Ok(())
            }))?;
            let (config, mut trace) = (client_config(&identity), shown(sink()));
            let (first, setup) = (FirstHello::WithShare, setup(&mut trace));
            let fetched = called!(fetch(address, config, versions, first, "/", setup));
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::Aborted(Abort::BadRecord)))),
                "Err(Tunnel(Aborted(BadRecord)))",
                body(fetched), FETCHED
            );
        }

        /// a page that is longer than the limits allow is refused, in each version
        #[think = "Which limits does your tunnel have in this version? And is there an error after which you go on?"]
        fn a_page_over_the_limit_is_refused((versions, page) from in_turns(vec![http::page("A page."); 3])) {
            let limit = page.len() - 1;
            let fetched = fetched_within(limit, versions, page, Goodbye::CloseNotify)?;
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::TooMuch))),
                "Err(Tunnel(TooMuch))",
                body(fetched), FETCHED
            );
        }

        /// a page that is shorter than its head says is refused, even if a close_notify follows
        #[think = "The head and the end disagree. What does `Response::read` return?"]
        fn a_goodbye_makes_no_page_whole((versions, page) from in_turns(short_pages())) {
            let fetched = fetched(versions, page.bytes(), Goodbye::CloseNotify)?;
            check!(
                matches!(fetched, Err(Interrupted::Http(http::Error::Malformed))),
                "Err(Http(Malformed))",
                body(fetched), FETCHED
            );
        }
    }
}

/// What is fetched from a server that sends these bytes and then leaves.
fn fetched(
    versions: Versions,
    bytes: Vec<u8>,
    goodbye: Goodbye,
) -> Result<Result<Response, Interrupted>, Broken> {
    fetched_within(1 << 20, versions, bytes, goodbye)
}

/// The same, if this many bytes are accepted.
fn fetched_within(
    limit: usize,
    versions: Versions,
    bytes: Vec<u8>,
    goodbye: Goodbye,
) -> Result<Result<Response, Interrupted>, Broken> {
    let identity = live::identity(BITS);
    let (mut trace, seen) = watched();
    let server = live::rustls_server_of(Speaks::Both, &identity, vec![bytes], seen, goodbye);
    let (address, _server) = able(server)?;
    let (config, first) = (client_config(&identity), FirstHello::WithShare);
    let mut setup = setup(&mut trace);
    setup.limits.data = limit;
    let fetched = called!(fetch(address, config, versions, first, "/", setup));
    think_of_another(&fetched);
    Ok(fetched)
}
