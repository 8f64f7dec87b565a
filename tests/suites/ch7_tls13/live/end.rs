//! The end of a page in TLS 1.3, with a close_notify and without.

use given::http::{self, Response};
use given::net;
use harness::{Broken, called, check, notes, same, think_of};

use crate::setup::{FETCHED, body, client_config};
use crate::subject::ch6_tls12::Interrupted;
use crate::subject::ch7_tls13::{FirstHello, Versions, fetch};
use fixtures::live::{self, BITS, Goodbye, Speaks, able, setup, short_pages, watched, whole_pages};

harness::suite! {
    exercise "7.13" {
        /// a page that is as long as its head says is returned, even without a close_notify
        #[think = "Exercise 6.10 has a table of how a page may end. It holds in every version. Which row is this?"]
        fn a_whole_page_needs_no_goodbye(page from whole_pages()) {
            let fetched = fetched(page.bytes(), Goodbye::Cut)?;
            let fetched = fetched.map_err(|error| Broken::refused(FETCHED, &error))?;
            same!(fetched.body, vec![b'x'; page.size], "fetch(address, config, versions, first, \"/\", setup)?.body");
        }

        /// a page that was cut off leaves nothing behind for the page of the next connection
        #[think = "Where do you keep what you have received? Each connection begins with nothing."]
        fn a_page_cut_off_leaves_nothing_behind() {
            for page in short_pages() {
                think_of!("How do you know that all of it has arrived? `Response::read` counts the bytes.");
                let fetched = fetched(page.bytes(), Goodbye::Cut)?;
                if let Ok(response) = &fetched {
                    live::think_if_kept(&response.body, &page.bytes());
                }
                check!(fetched.is_err(), "Err(…)", body(fetched), FETCHED);
            }
            notes::think(None);
            let fetched = fetched(http::page("A page."), Goodbye::CloseNotify)?;
            let response = fetched.map_err(|error| Broken::refused(FETCHED, &error))?;
            same!(response.body, b"A page.".to_vec(), "fetch(address, config, versions, first, \"/\", setup)?.body");
        }

        /// a page that is even one byte shorter than its head says is refused
        #[think = "How do you know that all of it has arrived? `Response::read` counts the bytes."]
        fn a_shorter_page_is_cut_off(page from short_pages()) {
            let fetched = fetched(page.bytes(), Goodbye::Cut)?;
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
        fn a_page_without_length_is_cut_off(length from [0, 1, 300, 20_000]) {
            let page = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
            let fetched = fetched([page, vec![b'x'; length]].concat(), Goodbye::Cut)?;
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::Truncated))),
                "Err(Tunnel(Truncated))",
                body(fetched), FETCHED
            );
        }

        /// a page that is shorter than its head says is refused, even if a close_notify follows
        #[think = "The head and the end disagree. What does `Response::read` return?"]
        fn a_goodbye_makes_no_page_whole(page from short_pages()) {
            let fetched = fetched(page.bytes(), Goodbye::CloseNotify)?;
            check!(
                matches!(fetched, Err(Interrupted::Http(http::Error::Malformed))),
                "Err(Http(Malformed))",
                body(fetched), FETCHED
            );
        }
    }
}

/// What is fetched from a server that sends these bytes and then leaves.
fn fetched(bytes: Vec<u8>, goodbye: Goodbye) -> Result<Result<Response, Interrupted>, Broken> {
    let identity = live::identity(BITS);
    let (mut trace, seen) = watched();
    let server = live::rustls_server_of(Speaks::Tls13, &identity, vec![bytes], seen, goodbye);
    let (address, _server) = able(server)?;
    let (config, setup) = (client_config(&identity), setup(&mut trace));
    let (versions, first) = (Versions::Tls13, FirstHello::WithShare);
    Ok(called!(fetch(address, config, versions, first, "/", setup)))
}
