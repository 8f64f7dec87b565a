//! The learner's server against scripted clients and rustls.

use std::io;
use std::sync::mpsc;

use given::http::{self, Response};
use given::net::{self, Tunnel};
use harness::{Broken, called, check, same, think_of, with};

use crate::setup::*;
use crate::subject::ch6_tls12::{Interrupted, client, serve};
use fixtures::live::{self, BITS, FEW_BITS, Goodbye, Identity, able, cuts};

harness::suite! {
    exercise "6.10" {
        /// rustls, as a client, gets your page, with the name of the suite in it, however many pieces its
        /// request comes in
        #[think = "When is the request complete? What does `Request::read` return before that?"]
        #[cases = 4]
        fn a_request_in_pieces_is_answered(path in path(), cuts in cuts()) {
            let response = answer_to(cuts.of(&request_for(&path)))?;
            same!(response.status, 200, "the status of the page that rustls gets");
            think_of!("The page has arrived in full. Which suite does it name, and does that name come from `Tunnel::suite`?");
            holds_the_name(&response.body, &ECDHE.to_string())?;
        }

        /// a client that leaves before it has asked is refused, with a close_notify or without
        #[think = "What does `receive` return when the client is gone? What do you do then?"]
        fn half_a_request_is_refused(
            (request, goodbye) from [
                ("", Goodbye::CloseNotify), ("G", Goodbye::CloseNotify),
                ("GET / HTTP/1.1", Goodbye::Cut), ("", Goodbye::Cut),
                ("GET / HTTP/1.1\r\nHost: localhost\r\n\r", Goodbye::CloseNotify)
            ]
        ) {
            let served = serve_to(&live::identity(BITS), request.as_bytes(), goodbye)?;
            // A connection that is cut off is not ended properly, and the request is not whole: either
            // error will do.
            match goodbye {
                Goodbye::Cut => check!(served.is_err(), "Err(…)", served, SERVED),
                Goodbye::CloseNotify => {
                    let is_of_http = matches!(served, Err(Interrupted::Http(_)));
                    if matches!(served, Err(Interrupted::Tunnel(net::Error::Truncated))) {
                        think_of!("The client has said goodbye: nothing was cut off. What is missing, and which error says so?");
                    }
                    check!(is_of_http, "Err(Http(…))", served, SERVED);
                }
            }
        }

        /// a client that leaves before it has asked leaves nothing behind for the next client
        #[think = "Where do you keep what you have received? Each connection begins with nothing."]
        fn half_a_request_leaves_nothing_behind() {
            let served = serve_to(&live::identity(BITS), b"GET /half", Goodbye::Cut)?;
            check!(served.is_err(), "Err(…)", served, SERVED);
            gets_its_page(vec![request_for("/")])?;
        }

        /// your server waits for the last byte of a request, and answers even a long one
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_long_request_is_answered() {
            let request = request_for(&format!("/{}", "path/".repeat(3000)));
            let (most, last) = request.split_at(request.len() - 1);
            gets_its_page(vec![most.to_vec(), last.to_vec()])?;
        }

        /// a request that is not HTTP is refused
        #[think = "What does `Request::read` return for it?"]
        fn a_request_that_is_not_http_is_refused(request from ["\0", "GET\r\n\r\n", "GET / HTTP/2\r\n"]) {
            let identity = live::identity(BITS);
            let served = serve_to(&identity, request.as_bytes(), Goodbye::CloseNotify)?;
            check!(
                matches!(served, Err(Interrupted::Http(http::Error::Malformed))),
                "Err(Http(Malformed))",
                served,
                SERVED
            );
        }

        /// a request that is not HTTP is refused at once, even if its client stays
        #[think = "`Request::read` has three answers: a request, not yet, and never. What do you do with the third?"]
        fn a_request_that_is_not_http_is_refused_at_once() {
            let Met { served, .. } = served_to(vec![b"GET\r\n\r\n".to_vec()])?;
            check!(
                matches!(served, Err(Interrupted::Http(http::Error::Malformed))),
                "Err(Http(Malformed))",
                served,
                SERVED
            );
        }

        /// a request is answered with the whole page, once, whatever its client has sent after it, however
        /// its lines end, and whatever its method and its path are
        #[think = "Where does a request end, and who says what is one? `Request::read` does not mind if more follows, if a line ends without \\r, or if the method is POST or PUT. Nor does it wait for a body. Every request gets the page, whatever its path is."]
        fn what_follows_a_request_does_not_matter(request from [
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\none more thing", "POST / HTTP/1.0\n\n",
            "PUT /favicon.ico HTTP/1.1\r\n\r\n", "OPTIONS * HTTP/1.1\r\n\r\n",
            // Its body never comes.
            "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\nGET /again HTTP/1.1\r\n\r\n"
        ]) {
            gets_its_page(vec![request.as_bytes().to_vec()])?;
        }

        /// your server waits no longer than the limits say for a client that stops answering
        #[think = "Which limits does your tunnel have? Do you wait for anything else?"]
        fn a_silent_client_is_given_up(silent from [Silent::FromTheStart, Silent::WhenAsked]) {
            let identity = live::identity(FEW_BITS);
            let (listener, address) = able(live::listen())?;
            let (until, hung_up) = mpsc::channel::<()>();
            let config = client_config(&identity, ECDHE);
            let _client = live::caller(address, move |socket| {
                let (end, mut sink) = (socket.try_clone()?, io::sink());
                let tunnel = (silent == Silent::WhenAsked)
                    .then(|| Tunnel::handshake(end, client(config), setup(&mut sink)));
                live::stay_silent(&hung_up);
                drop(tunnel);
                Ok(())
            });
            let socket = able(live::accept(listener))?;
            let config = server_config(&identity, ECDHE);
            let mut trace = shown();
            let setup = hasty(silent, &mut trace);
            with!("limits" = setup.limits);
            let served = called!(serve(socket, config, setup));
            drop(until);
            if let Err(Interrupted::Tunnel(error)) = &served {
                live::think_of_limits(error);
            }
            check!(
                matches!(served, Err(Interrupted::Tunnel(net::Error::TimedOut))),
                "Err(Tunnel(TimedOut))",
                served,
                SERVED
            );
        }
    }
}

/// What a client gets.
const SENT: &str = "what rustls gets from serve(socket, config, setup)";

/// What rustls has received, unless it has a complaint.
fn got_by(report: Result<Vec<u8>, String>) -> Result<Vec<u8>, Broken> {
    if let Err(complaint) = &report {
        live::think_of_complaint(complaint);
    }
    report.map_err(|complaint| Broken::refused(SENT, &complaint))
}

/// Checks that a client that sends its request in these pieces gets a page.
fn gets_its_page(pieces: Vec<Vec<u8>>) -> Result<(), Broken> {
    holds_the_name(&answer_to(pieces)?.body, &ECDHE.to_string())
}

/// What rustls gets if it sends its request in these pieces.
fn answer_to(pieces: Vec<Vec<u8>>) -> Result<Response, Broken> {
    let Met { served, got } = served_to(pieces)?;
    served.map_err(|error| Broken::refused(SERVED, &error))?;
    let page = got_by(got)?;
    Response::read(&page).map_err(|error| {
        think_of!(
            "What has arrived is not one response of the length that its head says. Every request gets the page, whatever its method is: all of it, and once."
        );
        Broken::refused(SENT, &error)
    })
}

/// How the two sides of a connection have ended.
struct Met {
    served: Result<(), Interrupted>,
    got: Result<Vec<u8>, String>,
}

/// Serves rustls, which sends its request in these pieces and stays.
fn served_to(pieces: Vec<Vec<u8>>) -> Result<Met, Broken> {
    let identity = live::identity(BITS);
    let (listener, address) = able(live::listen())?;
    let (mut trace, seen) = live::watched();
    let client = able(live::rustls_client(&identity, address, pieces, seen))?;
    let socket = able(live::accept(listener))?;
    // It would prefer the suite that rustls does not offer.
    let config = server_config_of(&identity, &[RSA, ECDHE]);
    let setup = setup(&mut trace);
    let served = called!(serve(socket, config, setup));
    drop(trace);
    let got = client.report();
    Ok(Met { served, got })
}

/// Serves a client that sends `request` and then leaves.
fn serve_to(
    identity: &Identity,
    request: &[u8],
    goodbye: Goodbye,
) -> Result<Result<(), Interrupted>, Broken> {
    let (listener, address) = able(live::listen())?;
    let client = live::rustls_leaver(identity, address, request.to_vec(), goodbye);
    let _client = able(client)?;
    let socket = able(live::accept(listener))?;
    let config = server_config(identity, ECDHE);
    let mut trace = shown();
    let setup = setup(&mut trace);
    Ok(called!(serve(socket, config, setup)))
}
