//! The learner's client against rustls.

use std::io::sink;

use given::http;
use given::tls::Suite;
use harness::show::Words;
use harness::{Broken, accepted, called, check, notes, same, think_of, with};

use crate::setup::{
    ECDHE, FETCHED, WITH_PEERS, body, client_config, has_retries, reported, think_of_another,
};
use crate::subject::ch6_tls12::{ClientConfig, Interrupted};
use crate::subject::ch7_tls13::{FirstHello, Versions, fetch};
use fixtures::live::{
    self, BITS, Goodbye, HOST, Speaks, Told, able, has_goodbye, path, setup, shown, watched,
};
use fixtures::strategies::{bytes, list};

harness::suite! {
    exercise "7.13" {
        /// you and rustls, as a server, speak the best common version, and you get a page with any status
        #[think = "Which connection do you begin with? `cargo run --example fetch` shows the messages that pass."]
        fn rustls_tells_the_version((peer, versions, suite) from WITH_PEERS) {
            let (told, _) = from_rustls(peer, versions, FirstHello::WithShare)?;
            same!(told.suite, Some(suite), "the suite that rustls reports");
            same!(told.is_retried, false, "whether rustls has sent a HelloRetryRequest");
        }

        /// rustls, as a server, asks for your share if you send none, and sends you a page
        #[think = "What do you do with `first`?"]
        fn rustls_asks_for_your_share(versions from [Versions::Tls13, Versions::Both]) {
            let (told, trace) = from_rustls(Speaks::Tls13, versions, FirstHello::AskFirst)?;
            same!(told.is_retried, true, "whether rustls has sent a HelloRetryRequest");
            has_retries(&trace, 1)?;
        }

        /// a path that was asked for before is asked for again, of the server that it is now wanted from
        #[think = "Do you keep anything from one call to the next? The same path may be on another server, and a page may change."]
        fn each_page_is_asked_for() {
            let identity = live::identity(BITS);
            let (first, older, mut last) = (FirstHello::WithShare, Suite::Tls12(ECDHE), None);
            // The first server is asked three times. The host is the same in capitals.
            for asked in [
                &[
                    ("LOCALHOST", "A page.", Versions::Tls12, older), (HOST, "Another page.", Versions::Tls13, Suite::Tls13),
                    (HOST, "A new one.", Versions::Tls13, Suite::Tls13),
                ][..],
                &[(HOST, "A third page.", Versions::Tls13, Suite::Tls13)],
            ] {
                let pages = asked.iter().map(|(_, page, ..)| http::page(page)).collect();
                let server = live::rustls_server_of_pages(Speaks::Both, &identity, pages);
                let (address, server) = able(server)?;
                for (host, page, versions, _) in asked {
                    let (versions, config) = (*versions, ClientConfig { host: (*host).to_owned(), ..client_config(&identity) });
                    let mut trace = shown(sink());
                    let setup = setup(&mut trace);
                    let response = accepted!(fetch(address, config, versions, first, "/", setup));
                    if let Some(last) = last.replace(*page) {
                        with!("the previous page" = last);
                    }
                    same!(String::from_utf8_lossy(&response.body), *page, "fetch(address, config, versions, first, \"/\", setup)?.body");
                }
                notes::withdraw("the previous page");
                let mut before = None;
                for (told, (host, _, versions, suite)) in reported(server.report())?.into_iter().zip(asked) {
                    live::tell_call(&address, host);
                    with!(versions);
                    if before.is_some() {
                        think_of!("The same server was asked in another version before. Do you keep anything from one call to the next?");
                    }
                    same!(told.suite, Some(*suite), "the suite that rustls reports");
                    let request = told.content;
                    let head = format!("GET / HTTP/1.1\r\nHost: {host}:{}\r\n", address.port());
                    live::think_of_request(&request, host, address.port());
                    live::think_of_host_before(&request, before.replace(*host));
                    check!(request.starts_with(&head), format!("{head:?}, and more"), request, "the request that rustls receives");
                }
            }
        }

        /// rustls sends two tickets and then a page, in however many pieces, and you get all of it
        #[think = "What does one call of `receive` return: everything, or what is there?"]
        #[cases = 4]
        fn a_page_in_pieces_is_put_together(path in path(), pieces in list(bytes(1..=3000), 1..=5)) {
            let identity = live::identity(BITS);
            let mut sent = vec![b"HTTP/1.1 200 OK\r\n\r\n".to_vec()];
            sent.extend(pieces.iter().cloned());
            let (mut trace, seen) = watched();
            let (address, server) = able(live::rustls_server_of(
                Speaks::Tls13, &identity, sent, seen, Goodbye::CloseNotify
            ))?;
            let config = client_config(&identity);
            let (versions, first) = (Versions::Tls13, FirstHello::WithShare);
            let setup = setup(&mut trace);
            let page = accepted!(fetch(address, config, versions, first, &path, setup));
            drop(trace);
            same!(page.body, pieces.concat(), "fetch(address, config, versions, first, path, setup)?.body");
            let request = reported(server.report())?.content;
            let port = address.port();
            let head = format!("GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n");
            let is_asked = request.starts_with(&head);
            live::think_of_request(&request, HOST, port);
            check!(is_asked, format!("{head:?}, and more"), request, "the request that rustls receives");
        }

        /// a long page is read to its last byte, and a long path is requested in full
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_long_page_is_put_together() {
            let identity = live::identity(BITS);
            let path = format!("//Path?Q=%7E&&/../{}", "path/".repeat(820));
            with!("path" = Words("//Path?Q=%7E&&/../path/path/path/…, 4118 bytes".to_owned()));
            let page = vec![0x61; 300_000];
            let sent = vec![b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), page.clone()];
            let (mut trace, seen) = watched();
            let (address, server) = able(live::rustls_server_of(
                Speaks::Tls13, &identity, sent, seen, Goodbye::CloseNotify
            ))?;
            let config = client_config(&identity);
            let (versions, first) = (Versions::Both, FirstHello::WithShare);
            let setup = setup(&mut trace);
            let fetched = accepted!(fetch(address, config, versions, first, &path, setup));
            drop(trace);
            same!(fetched.body, page, "fetch(address, config, versions, first, path, setup)?.body");
            let request = reported(server.report())?.content;
            let head = format!("GET {path} HTTP/1.1\r\n").into_bytes();
            live::think_of_request(&request, HOST, address.port());
            let begins = request.into_bytes().into_iter().take(head.len()).collect::<Vec<u8>>();
            same!(begins, head, "the beginning of the request that rustls receives");
        }

        /// a path that can't be requested, or an answer that is not HTTP, is refused
        #[think = "What do `http::get` and `Response::read` return for it?"]
        fn what_is_not_http_is_refused(
            (path, answer, versions, error) from [
                ("/a b", "HTTP/1.1 200 OK\r\n\r\n", Versions::Both, http::Error::BadTarget),
                ("/a ", "HTTP/1.1 200 OK\r\n\r\n", Versions::Tls13, http::Error::BadTarget),
                ("/", "Hello!", Versions::Both, http::Error::Malformed),
                ("/", "", Versions::Tls13, http::Error::Malformed)
            ]
        ) {
            let identity = live::identity(BITS);
            let (mut trace, seen) = watched();
            let sent = vec![answer.as_bytes().to_vec()];
            let server = live::rustls_server_of(Speaks::Tls13, &identity, sent, seen, Goodbye::CloseNotify);
            let (address, _server) = able(server)?;
            let config = client_config(&identity);
            let first = FirstHello::WithShare;
            let setup = setup(&mut trace);
            let fetched = called!(fetch(address, config, versions, first, path, setup));
            think_of_another(&fetched);
            if error == http::Error::BadTarget && fetched.is_ok() {
                think_of!("Spaces can't be in a path. Does it reach `http::get` as it is?");
            }
            let (is_right, expected) = (matches!(fetched, Err(Interrupted::Http(got)) if got == error), format!("Err(Http({error:?}))"));
            check!(is_right, expected, body(fetched), "fetch(address, config, versions, first, path, setup)");
        }
    }
}

/// Fetches a page from rustls. Returns what rustls reports, and the trace.
fn from_rustls(
    peer: Speaks,
    versions: Versions,
    first: FirstHello,
) -> Result<(Told<String>, String), Broken> {
    let identity = live::identity(BITS);
    let (watch, seen) = live::watch();
    // A page with any status is a page.
    let status = match (peer, versions) {
        (Speaks::Tls13, Versions::Both) => 301,
        // The head of this one gives no length, so it ends with the close_notify.
        (Speaks::Both, Versions::Both) => 204,
        (Speaks::Both, _) => 500,
        _ => 404,
    };
    let (length, body) = match status {
        204 => ("", ""),
        _ => ("Content-Length: 8\r\n", "No page."),
    };
    let page = format!("HTTP/1.1 {status} Reason\r\n{length}\r\n{body}");
    let sent = vec![page.clone().into_bytes()];
    let server = live::rustls_server_of(peer, &identity, sent, seen, Goodbye::CloseNotify);
    let (address, server) = able(server)?;
    // The page is one piece, so rustls need not wait until it has been seen.
    drop(watch);
    let (config, mut trace) = (client_config(&identity), shown(sink()));
    let setup = setup(&mut trace);
    let fetched = called!(fetch(address, config, versions, first, "/", setup));
    if let Err(Interrupted::Http(_)) = fetched {
        with!("the page" = page);
        think_of!(
            "The page has come, and it is HTTP. A page with any status is a page. Who decides what its status means?"
        );
    }
    let page = fetched.map_err(|error| Broken::refused(FETCHED, &error))?;
    same!(
        page.status,
        status,
        "fetch(address, config, versions, first, \"/\", setup)?.status"
    );
    same!(
        page.body,
        body.as_bytes().to_vec(),
        "fetch(address, config, versions, first, \"/\", setup)?.body"
    );
    let told = reported(server.report())?;
    has_goodbye(&trace.text())?;
    Ok((told, trace.text()))
}
