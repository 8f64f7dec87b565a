//! The learner's server against rustls.

use std::io::sink;

use given::http::{self, Response};
use given::net;
use given::tls::{Alert, Suite};
use harness::show::Words;
use harness::{Broken, accepted, called, check, notes, same, think_of, with};

use crate::setup::{
    ECDHE, SERVED, WITH_PEERS, has_nothing_in_common, in_turns, reported, server_config,
};
use crate::subject::ch6_tls12::Interrupted;
use crate::subject::ch7_tls13::{Versions, serve};
use fixtures::live::{
    self, BITS, FEW_BITS, Goodbye, Lacks, Speaks, able, cuts, holds_the_name, path, request_for,
    setup, shown, watched,
};

harness::suite! {
    exercise "7.13" {
        /// rustls, as a client, gets your page in the best common version, with the name of the suite in it, whatever method and path its request has
        #[think = "`Tunnel::suite` knows which suite it is. Do you ask it, or do you assume?"]
        fn rustls_gets_your_page((peer, versions, suite) from with_peers()) {
            // In each version, rustls checks some of your signatures, and is quick with the others.
            let identity = live::identity(match (peer, versions) {
                (Speaks::Tls13, Versions::Both) | (Speaks::Both, Versions::Tls12)
                | (Speaks::Tls13OnP256, Versions::Both) => FEW_BITS,
                _ => BITS,
            });
            let (listener, address) = able(live::listen())?;
            let (mut trace, seen) = watched();
            let (method, path) = match versions {
                Versions::Both => ("M-SEARCH", "http://localhost/"),
                Versions::Tls12 => ("OPTIONS", "*"),
                Versions::Tls13 => ("GET", "/"),
            };
            // Its body never comes.
            let announced = "Content-Length: 9";
            with!("the request" = Words(format!("{method} {path} HTTP/1.1, with {announced}")));
            let request = request_for(path);
            let (head, end) = request[3..].split_at(request.len() - 5);
            let request = vec![[method.as_bytes(), head, announced.as_bytes(), b"\r\n", end].concat()];
            let client = able(live::rustls_client_of(peer, &identity, address, request, seen))?;
            let socket = able(live::accept(listener))?;
            let config = server_config(&identity, versions, ECDHE);
            let setup = setup(&mut trace);
            let served = called!(serve(socket, config, versions, setup));
            drop(trace);
            if let Err(Interrupted::Http(_)) = served {
                think_of!("rustls has sent a whole request. Does every request get the page, whatever its method and its path are?");
            }
            served.map_err(|error| Broken::refused(SERVED, &error))?;
            notes::think(None);
            // Without your close_notify, it would report an error.
            let told = client.report();
            if let Err(complaint) = &told {
                live::think_of_complaint(complaint);
            }
            let told = reported(told)?;
            same!(told.suite, Some(suite), "the suite that rustls reports");
            same!(told.is_retried, peer == Speaks::Tls13OnP256, "whether rustls has received a HelloRetryRequest");
            let response = accepted!(Response::read(&told.content));
            same!(response.status, 200, "the status of the page that rustls gets");
            think_of!("The page has arrived in full. Which suite does it name, and does that name come from `Tunnel::suite`?");
            holds_the_name(&response.body, &suite.to_string())?;
        }

        /// rustls, as a client, gets your page in TLS 1.3, in however many pieces it sends its request
        #[think = "When is the request complete? What does `Request::read` return before that?"]
        #[cases = 4]
        fn a_request_in_pieces_is_answered(path in path(), cuts in cuts()) {
            let pieces = cuts.of(&request_for(&path));
            gets_its_page(Versions::Tls13, pieces)?;
        }

        /// a client that leaves before it has asked leaves nothing behind for the next client
        #[think = "Where do you keep what you have received? Each connection begins with nothing."]
        fn half_a_request_leaves_nothing_behind() {
            let served = serve_to(Versions::Tls13, b"GET /half", Goodbye::Cut)?;
            check!(served.is_err(), "Err(…)", served, SERVED);
            gets_its_page(Versions::Tls13, vec![request_for("/")])?;
        }

        /// a long request is answered once, when its last byte has come, whatever follows it
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_long_request_is_answered(versions from [Versions::Both, Versions::Tls12]) {
            let request = request_for(&format!("/{}", "path/".repeat(3000)));
            let (most, last) = request.split_at(request.len() - 1);
            let (follows, more) = match versions {
                Versions::Both => ("a body", b"A body. ".repeat(200)),
                _ => ("another request", b"GET / HTTP/1.1\r\n\r\n".to_vec()),
            };
            with!("the request" = Words(format!("GET /path/path/…, {} bytes, of which the last one comes later, with {follows}", request.len())));
            gets_its_page(versions, vec![most.to_vec(), [last, &more].concat()])?;
        }

        /// a client that leaves before it has asked is refused, with a close_notify or without
        #[think = "What does `receive` return when the client is gone? What do you do then?"]
        fn half_a_request_is_refused(
            (versions, (request, goodbye)) from in_turns([
                ("", Goodbye::CloseNotify), ("G", Goodbye::CloseNotify),
                ("GET / HTTP/1.1\r\nHost: localhost\r\n\r", Goodbye::CloseNotify),
                ("", Goodbye::Cut)
            ])
        ) {
            let served = serve_to(versions, request.as_bytes(), goodbye)?;
            // If the connection is cut off, either error of exercise 6.10 will do.
            match goodbye {
                Goodbye::Cut => check!(served.is_err(), "Err(…)", served, SERVED),
                Goodbye::CloseNotify => {
                    if let Err(Interrupted::Tunnel(_)) = served {
                        think_of!("The client has sent its close_notify, so nothing was cut off. Which of the two errors of exercise 6.10 is for a request that is not whole?");
                    }
                    let is_of_http = matches!(served, Err(Interrupted::Http(_)));
                    check!(is_of_http, "Err(Http(…))", served, SERVED);
                }
            }
        }

        /// a request that is not HTTP is refused, and so is one whose head does not end
        #[think = "What does `Request::read` return for it?"]
        fn a_request_that_is_not_http_is_refused((versions, (request, error)) from in_turns([
            (b"\0".to_vec(), http::Error::Malformed), (b"GET\r\n\r\n".to_vec(), http::Error::Malformed),
            (format!("GET /{} HTTP/1.1\r\n", "path/".repeat(3300)).into_bytes(), http::Error::TooLong)
        ])) {
            let served = serve_to(versions, &request, Goodbye::CloseNotify)?;
            let is_right = matches!(served, Err(Interrupted::Http(got)) if got == error);
            check!(is_right, format!("Err(Http({error:?}))"), served, SERVED);
        }

        /// a client with which you have no suite or no group in common is told so, and so is your caller
        #[think = "What does `Tunnel::handshake` return? What does `serve` do with its error?"]
        fn a_stranger_is_told_why(
            (lacks, versions) from [
                (Lacks::Suite, Versions::Tls13), (Lacks::Group, Versions::Tls13),
                (Lacks::Suite, Versions::Both), (Lacks::Group, Versions::Both)
            ]
        ) {
            let identity = live::identity(BITS);
            let (listener, address) = able(live::listen())?;
            let client = able(live::rustls_stranger(lacks, &identity, address))?;
            let socket = able(live::accept(listener))?;
            let config = server_config(&identity, versions, ECDHE);
            let mut trace = shown(sink());
            let setup = setup(&mut trace);
            let served = called!(serve(socket, config, versions, setup));
            has_nothing_in_common(served)?;
            let report = client.report();
            same!(report, Ok(Some(Alert::HandshakeFailure)), "the alert that rustls gets");
        }
    }
}

/// The peers that every end is tried with, and clients whose share is on P-256.
fn with_peers() -> Vec<(Speaks, Versions, Suite)> {
    let on_p256 = [Versions::Tls13, Versions::Both];
    let on_p256 = on_p256.map(|versions| (Speaks::Tls13OnP256, versions, Suite::Tls13));
    WITH_PEERS.into_iter().chain(on_p256).collect()
}

/// Checks that a client that sends its request in these pieces gets a page.
fn gets_its_page(versions: Versions, pieces: Vec<Vec<u8>>) -> Result<(), Broken> {
    let identity = live::identity(FEW_BITS);
    let (listener, address) = able(live::listen())?;
    let (mut trace, seen) = watched();
    let (speaks, is_in_pieces) = (Speaks::Both, pieces.len() > 1);
    let client = live::rustls_client_of(speaks, &identity, address, pieces, seen);
    let client = able(client)?;
    let socket = able(live::accept(listener))?;
    let config = server_config(&identity, versions, ECDHE);
    let setup = setup(&mut trace);
    let served = called!(serve(socket, config, versions, setup));
    drop(trace);
    if is_in_pieces && matches!(served, Err(Interrupted::Http(http::Error::Malformed))) {
        think_of!(
            "The request comes in more than one piece. What does `Request::read` return as long as bytes are missing, and what do you do then?"
        );
    }
    if is_in_pieces && matches!(served, Err(Interrupted::Tunnel(net::Error::Truncated))) {
        think_of!(
            "The whole request has come, and you wait for more. Where do you look for the end of its head, and may something follow it?"
        );
    }
    served.map_err(|error| Broken::refused(SERVED, &error))?;
    let told = reported(client.report())?;
    if Response::read(&told.content).is_err() {
        think_of!(
            "What has arrived is not one response of the length that its head says. Every request gets the page, whatever its method is: all of it, and once."
        );
    }
    let response = accepted!(Response::read(&told.content));
    same!(
        response.status,
        200,
        "the status of the page that rustls gets"
    );
    Ok(())
}

/// Serves a client that sends `request` and then leaves.
fn serve_to(
    versions: Versions,
    request: &[u8],
    goodbye: Goodbye,
) -> Result<Result<(), Interrupted>, Broken> {
    let identity = live::identity(FEW_BITS);
    let (listener, address) = able(live::listen())?;
    let request = request.to_vec();
    let client = live::rustls_leaver_of(Speaks::Both, &identity, address, request, goodbye);
    let _client = able(client)?;
    let socket = able(live::accept(listener))?;
    let config = server_config(&identity, versions, ECDHE);
    let mut trace = shown(sink());
    let setup = setup(&mut trace);
    Ok(called!(serve(socket, config, versions, setup)))
}
