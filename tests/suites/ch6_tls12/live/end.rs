//! The end of a page, with a close_notify and without.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::mpsc;

use given::http::{self, Response};
use given::net::{self, Tunnel};
use given::tls::{Abort, Connection};
use harness::{Broken, called, check, notes, same, think_of, with};

use crate::setup::*;
use crate::subject::ch6_tls12::{Interrupted, fetch, server};
use fixtures::live::{self, BITS, FEW_BITS, Goodbye, able, has_goodbye, short_pages, whole_pages};

harness::suite! {
    exercise "6.10" {
        /// a page that is as long as its head says is returned, even without a close_notify, and gets yours
        #[think = "The socket has ended. Where does the page say that it ends, and has that end arrived?"]
        fn a_whole_page_needs_no_goodbye(page from whole_pages()) {
            let (fetched, trace) = traced(page.bytes(), Goodbye::Cut)?;
            let response = fetched.map_err(|error| Broken::refused(FETCHED, &error))?;
            same!(response.body, vec![b'x'; page.size], "fetch(address, config, path, setup)?.body");
            has_goodbye(&trace)?;
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
            same!(response.body, b"A page.".to_vec(), "fetch(address, config, path, setup)?.body");
        }

        /// a page that is longer than `setup` allows is refused, and the error says so
        #[think = "After `Truncated`, the page can be whole. What do you do with the other errors of `receive`?"]
        fn a_page_that_is_too_much_is_refused() {
            let identity = live::identity(BITS);
            let (mut trace, seen) = live::watched();
            let pages = vec![http::page(&"x".repeat(300))];
            let server = live::rustls_server(&identity, pages, seen, Goodbye::CloseNotify);
            let (address, _server) = able(server)?;
            let config = client_config(&identity, ECDHE);
            let mut setup = setup(&mut trace);
            setup.limits.data = 100;
            let path = "/";
            let fetched = called!(fetch(address, config, path, setup));
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::TooMuch))),
                "Err(Tunnel(TooMuch))",
                body(fetched),
                FETCHED
            );
        }

        /// if someone on the way adds a close_notify, which is not sealed, the page is refused
        #[think = "A record that does not open is not the end of a page. After which error can a page be whole?"]
        fn a_forged_goodbye_is_refused(page from [
            "HTTP/1.1 200 OK\r\n\r\nA page.", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nA page."
        ]) {
            let identity = live::identity(FEW_BITS);
            let config = server_config(&identity, ECDHE);
            let (address, _server) = able(live::peer(move |mut socket| {
                let (end, mut sink) = (socket.try_clone()?, io::sink());
                let tunnel = Tunnel::handshake(end, server(config), setup(&mut sink));
                let mut tunnel = tunnel.map_err(io::Error::other)?;
                tunnel.receive().map_err(io::Error::other)?;
                tunnel.send(page.as_bytes()).map_err(io::Error::other)?;
                socket.write_all(&[21, 3, 3, 0, 2, 1, 0])?;
                io::copy(&mut socket, &mut io::sink())
            }))?;
            let config = client_config(&identity, ECDHE);
            let mut trace = shown();
            let setup = setup(&mut trace);
            let path = "/";
            let fetched = called!(fetch(address, config, path, setup));
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::Aborted(Abort::BadRecord)))),
                "Err(Tunnel(Aborted(BadRecord)))",
                body(fetched),
                FETCHED
            );
        }

        /// a whole page is refused if its server then says that something has failed
        #[think = "The connection has ended with an alert, and it is not close_notify. After which error can a page be whole?"]
        fn a_page_before_a_failure_is_refused() {
            let identity = live::identity(FEW_BITS);
            let config = server_config(&identity, ECDHE);
            let (address, _server) = able(live::peer(move |socket| fail_after(PAGE, socket, server(config))))?;
            let config = client_config(&identity, ECDHE);
            let mut trace = shown();
            let setup = setup(&mut trace);
            let path = "/";
            let fetched = called!(fetch(address, config, path, setup));
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::Aborted(Abort::Refused(_))))),
                "Err(Tunnel(Aborted(Refused(BadRecordMac))))",
                body(fetched),
                FETCHED
            );
        }

        /// a whole page is refused if its server then says nothing more, and does not hang up either
        #[think = "The limits of `setup` have ended the connection. After which error can a page be whole?"]
        fn a_page_before_silence_is_refused() {
            let identity = live::identity(FEW_BITS);
            let (until, hung_up) = mpsc::channel::<()>();
            let config = server_config(&identity, ECDHE);
            let (address, _server) = able(live::peer(move |socket| {
                let mut sink = io::sink();
                let tunnel = Tunnel::handshake(socket, server(config), setup(&mut sink));
                let mut tunnel = tunnel.map_err(io::Error::other)?;
                tunnel.send(PAGE).map_err(io::Error::other)?;
                live::stay_silent(&hung_up);
                Ok(())
            }))?;
            let config = client_config(&identity, ECDHE);
            let mut trace = shown();
            let setup = hasty(Silent::WhenAsked, &mut trace);
            with!("limits" = setup.limits);
            let path = "/";
            let fetched = called!(fetch(address, config, path, setup));
            drop(until);
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::TimedOut))),
                "Err(Tunnel(TimedOut))",
                body(fetched),
                FETCHED
            );
        }

        /// an answer that is not HTTP is refused
        #[think = "What does `Response::read` return for it?"]
        fn an_answer_that_is_not_http_is_refused(answer from ["", "Hello!", "HTTP/1.1 200"]) {
            let fetched = fetched(answer.as_bytes().to_vec(), Goodbye::CloseNotify)?;
            if let Ok(response) = &fetched {
                live::think_if_kept(&response.body, answer.as_bytes());
            }
            check!(
                matches!(fetched, Err(Interrupted::Http(http::Error::Malformed))),
                "Err(Http(Malformed))",
                body(fetched),
                FETCHED
            );
        }

        /// an answer that is not HTTP, and is cut off, is refused as one that is cut off
        #[think = "Without a close_notify, nobody knows what was still to come. Which error says so?"]
        fn half_an_answer_is_cut_off(answer from ["", "Hello!"]) {
            let fetched = fetched(answer.as_bytes().to_vec(), Goodbye::Cut)?;
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::Truncated))),
                "Err(Tunnel(Truncated))",
                body(fetched),
                FETCHED
            );
        }

        /// a page that is even one byte shorter than its head says is refused
        #[think = "How do you know that all of it has arrived? `Response::read` counts the bytes."]
        fn a_shorter_page_is_cut_off(page from short_pages()) {
            let fetched = fetched(page.bytes(), Goodbye::Cut)?;
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::Truncated))),
                "Err(Tunnel(Truncated))",
                body(fetched),
                FETCHED
            );
        }

        /// a page that is shorter than its head says is refused, even if a close_notify follows
        #[think = "The head and the end disagree. What does `Response::read` return?"]
        fn a_goodbye_makes_no_page_whole(page from short_pages()) {
            let fetched = fetched(page.bytes(), Goodbye::CloseNotify)?;
            check!(
                matches!(fetched, Err(Interrupted::Http(http::Error::Malformed))),
                "Err(Http(Malformed))",
                body(fetched),
                FETCHED
            );
        }
    }
}

/// A whole page, with its head.
const PAGE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nA page.";

/// A server that sends `page` when it is asked for one, and then receives a record that does not
/// open, as if somebody on the way had added it.
fn fail_after(page: &[u8], mut socket: TcpStream, mut server: impl Connection) -> io::Result<()> {
    let mut buffer = [0; 4096];
    while server.received().is_empty() {
        let length = socket.read(&mut buffer)?;
        if length == 0 {
            return Ok(());
        }
        server.receive(&buffer[..length]);
        socket.write_all(&server.to_send())?;
    }
    server.send(page).map_err(io::Error::other)?;
    server.receive(&[23, 3, 3, 0, 1, 0]);
    socket.write_all(&server.to_send())?;
    io::copy(&mut socket, &mut io::sink()).map(drop)
}

/// What is fetched from a server that sends these bytes and then leaves.
fn fetched(bytes: Vec<u8>, goodbye: Goodbye) -> Result<Result<Response, Interrupted>, Broken> {
    Ok(traced(bytes, goodbye)?.0)
}

/// The same, and the trace.
fn traced(
    bytes: Vec<u8>,
    goodbye: Goodbye,
) -> Result<(Result<Response, Interrupted>, String), Broken> {
    let identity = live::identity(BITS);
    let (mut trace, seen) = live::watched();
    let server = live::rustls_server(&identity, vec![bytes], seen, goodbye);
    let (address, _server) = able(server)?;
    let config = client_config(&identity, ECDHE);
    let setup = setup(&mut trace);
    let path = "/";
    let fetched = called!(fetch(address, config, path, setup));
    Ok((fetched, trace.text()))
}
