//! The end of a page, with a close_notify and without.

use std::fmt;
use std::fs;
use std::io::{self, Write, sink};

use given::http::{self, Response};
use given::net::{self, Setup, Tunnel};
use given::tls::{Abort, Alert, ContentType};
use harness::show::Words;
use harness::{Broken, called, check, notes, same, think_of, with};

use crate::setup::{
    ECDHE, FETCHED, body, client_config, in_turns, server_config, think_of_another,
};
use crate::subject::ch6_tls12::Interrupted;
use crate::subject::ch7_tls13::{FirstHello, Versions, fetch, server};
use fixtures::hex::hex;
use fixtures::live::{
    self, BITS, FEW_BITS, Goodbye, Page, Speaks, able, has_goodbye, setup, short_pages, shown,
    watched, whole_pages,
};
use fixtures::tls13::traffic::Traffic;

harness::suite! {
    exercise "7.13" {
        /// a page that is as long as its head says is returned, even without a close_notify
        #[think = "Exercise 6.10 has a table of how a page may end. It holds in every version. Which row is this?"]
        fn a_whole_page_needs_no_goodbye((versions, (page, status)) from in_turns(with_statuses())) {
            let page_of_200 = String::from_utf8(page.bytes()).expect("nothing but `x`");
            let page_of_status = page_of_200.replacen("200", &status.to_string(), 1);
            let (fetched, trace) = fetched_within(1 << 20, versions, page_of_status.into_bytes(), Goodbye::Cut)?;
            if status != 200 {
                think_of!("A page with any status is a page, and the table does not ask for the status.");
            }
            let fetched = fetched.map_err(|error| Broken::refused(FETCHED, &error))?;
            same!(fetched.status, status, "fetch(address, config, versions, first, \"/\", setup)?.status");
            same!(fetched.body, vec![b'x'; page.size], "fetch(address, config, versions, first, \"/\", setup)?.body");
            has_goodbye(&trace)?;
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

        /// without a close_notify, a page whose head gives no length or a wrong one is refused, and so is nothing at all
        #[think = "Is it the end if the peer has not said so? What does your loop do with an `Err`?"]
        fn a_page_without_length_is_cut_off((versions, sent) from in_turns(cut_off())) {
            let fetched = fetched(versions, sent, Goodbye::Cut)?;
            if let Err(Interrupted::Http(_)) = fetched {
                think_of!("The connection was cut, and no close_notify has come. Which error does `receive` return then, and what do you do with it?");
            }
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::Truncated))),
                "Err(Tunnel(Truncated))",
                body(fetched), FETCHED
            );
        }

        /// a page is refused if anything but a close_notify or the end of the socket follows it, even if nothing is missing
        #[think = "After which one error can a page be whole? What do you do with every other one?"]
        fn only_an_end_may_follow_a_page((versions, {follows}, abort) from FOLLOWING) {
            with!("after the page" = Words(format!("{follows:?}")));
            let identity = live::identity(FEW_BITS);
            let config = server_config(&identity, Versions::Tls13, ECDHE);
            let (address, _server) = able(live::peer(move |mut socket| {
                let (end, mut nowhere) = (socket.try_clone()?, sink());
                let log = tempfile::NamedTempFile::new()?;
                let setup = Setup { key_log: Some(log.path().to_owned()), ..setup(&mut nowhere) };
                let tunnel = Tunnel::handshake(end, server(config), setup);
                let mut tunnel = tunnel.map_err(io::Error::other)?;
                let keys = fs::read_to_string(log.path())?;
                // At once: nobody waits for this thread, and if the process ends first, the file is left behind.
                log.close()?;
                tunnel.send(&http::page("A page.")).map_err(io::Error::other)?;
                socket.write_all(&match follows {
                    Follows::Garbage => [&[23, 3, 3, 0, 30][..], &[0x5e; 30]].concat(),
                    Follows::Plaintext => vec![22, 3, 3, 0, 4, 14, 0, 0, 0],
                    Follows::TooLong => vec![23, 3, 3, 0x50, 0],
                    Follows::Alert => {
                        let mut traffic = next_of_server(&keys);
                        traffic.seal(ContentType::Alert, &[2, Alert::InternalError.code()], 0)
                    }
                })?;
                // Until the client has gone.
                while let Ok(Some(_)) = tunnel.receive() {}
                Ok(())
            }))?;
            let (config, mut trace) = (client_config(&identity), shown(sink()));
            let (first, setup) = (FirstHello::WithShare, setup(&mut trace));
            let fetched = called!(fetch(address, config, versions, first, "/", setup));
            let is_right = matches!(&fetched, Err(Interrupted::Tunnel(net::Error::Aborted(got))) if *got == abort);
            check!(is_right, format!("Err(Tunnel(Aborted({abort:?})))"), body(fetched), FETCHED);
        }

        /// a page that is longer than the limits allow is refused, in each version
        #[think = "Which limits does your tunnel have in this version? And is there an error after which you go on?"]
        fn a_page_over_the_limit_is_refused((versions, page) from in_turns(vec![http::page("A page."); 3])) {
            let limit = page.len() - 1;
            let (fetched, _) = fetched_within(limit, versions, page, Goodbye::CloseNotify)?;
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

/// What follows a page instead of a close_notify.
#[derive(Clone, Copy)]
enum Follows {
    Garbage,
    Plaintext,
    TooLong,
    Alert,
}

/// As the learner reads it.
impl fmt::Debug for Follows {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Follows::Garbage => "a record that does not open",
            Follows::Plaintext => "a handshake message in plaintext",
            Follows::TooLong => "the header of a record that is too long",
            Follows::Alert => "a fatal alert, sealed",
        };
        write!(out, "{what}")
    }
}

const FOLLOWING: [(Versions, Follows, Abort); 4] = [
    (Versions::Tls13, Follows::Garbage, Abort::BadRecord),
    (Versions::Both, Follows::Plaintext, Abort::UnexpectedMessage),
    (Versions::Both, Follows::TooLong, Abort::RecordOverflow),
    (
        Versions::Tls13,
        Follows::Alert,
        Abort::Refused(Alert::InternalError),
    ),
];

/// What a server seals after its first record of data, by its key log.
fn next_of_server(log: &str) -> Traffic {
    let mut lines = log.lines();
    let line = lines.find_map(|line| line.strip_prefix("SERVER_TRAFFIC_SECRET_0 "));
    let digits = line.and_then(|line| line.split(' ').nth(1));
    let mut traffic = Traffic::new(hex(digits.unwrap_or_default()));
    traffic.number = 1;
    traffic
}

/// What is sent before the connection is cut: pages that may not be whole, whatever they end with,
/// a page that is longer than its head says, and nothing.
fn cut_off() -> Vec<Vec<u8>> {
    let ok = "HTTP/1.1 200 OK\r\n";
    let long = "x".repeat(20_000);
    [
        format!("{ok}\r\n"),
        format!("{ok}\r\nx"),
        format!("{ok}\r\n<html></html>"),
        format!("{ok}Connection: close\r\n\r\nx"),
        format!("{ok}\r\n{long}\n"),
        "HTTP/1.1 302 Found\r\nLocation: /page\r\n\r\n<html></html>".to_owned(),
        format!("{ok}Content-Length: 2\r\n\r\nxxx"),
        String::new(),
    ]
    .map(String::into_bytes)
    .to_vec()
}

/// Whole pages, and a status for each.
fn with_statuses() -> impl Iterator<Item = (Page, u16)> {
    whole_pages()
        .into_iter()
        .zip([200, 404, 500, 301, 200, 503])
}

/// What is fetched from a server that sends these bytes and then leaves.
fn fetched(
    versions: Versions,
    bytes: Vec<u8>,
    goodbye: Goodbye,
) -> Result<Result<Response, Interrupted>, Broken> {
    Ok(fetched_within(1 << 20, versions, bytes, goodbye)?.0)
}

/// The same, if this many bytes are accepted, and the trace.
fn fetched_within(
    limit: usize,
    versions: Versions,
    bytes: Vec<u8>,
    goodbye: Goodbye,
) -> Result<(Result<Response, Interrupted>, String), Broken> {
    let identity = live::identity(BITS);
    let (mut trace, seen) = watched();
    let server = live::rustls_server_of(Speaks::Both, &identity, vec![bytes], seen, goodbye);
    let (address, _server) = able(server)?;
    let (config, first) = (client_config(&identity), FirstHello::WithShare);
    let mut setup = setup(&mut trace);
    setup.limits.data = limit;
    let fetched = called!(fetch(address, config, versions, first, "/", setup));
    think_of_another(&fetched);
    Ok((fetched, trace.text()))
}
