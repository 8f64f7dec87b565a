//! The client and the server of chapter 6 against others, over sockets: exercise 6.10.
//!
//! rustls is always there. OpenSSL and curl may not be; what needs them is then skipped.

#[path = "../subject.rs"]
mod subject;

use std::io;
use std::net::SocketAddr;
use std::process::{Command, ExitCode};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use given::http::{self, Response};
use given::net::{self, Limits, Setup, Tunnel};
use given::tls::CipherSuite;
use harness::show::{Piece, Show};
use harness::{Broken, accepted, check, same};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::subject::ch6_tls12::{
    ClientConfig, Interrupted, ServerConfig, client, fetch, serve, server,
};
use fixtures::certificates::NOW;
use fixtures::live::{self, BITS, Errand, FEW_BITS, Goodbye, HOST, Identity, PATIENCE, able};
use fixtures::strategies::bytes;

/// The suite that rustls has.
const ECDHE: CipherSuite = CipherSuite::EcdheRsaAes128GcmSha256;

/// The suite that it has not.
const RSA: CipherSuite = CipherSuite::RsaAes128GcmSha256;

fn main() -> ExitCode {
    harness::examine(&suite())
}

harness::suite! {
    exercise "6.10" {
        /// your client fetches a page from your server, under either suite
        #[think = "Connect, shake hands, ask, take all there is, and say goodbye, at both ends."]
        fn your_two_ends_talk(suite from [ECDHE, RSA]) {
            let identity = live::identity(FEW_BITS);
            let (address, server) = able(live::peer({
                let config = server_config(&identity, suite);
                move |socket| Ok(serve(socket, config, setup(&mut io::sink())))
            }))?;
            let config = client_config(&identity, suite);
            let response = accepted!(fetch(address, config, "/", setup(&mut io::sink())));
            holds_the_name(&response.body, &suite.to_string())?;
            let served = accepted!(server.report());
            accepted!(served);
        }

        /// rustls, as a server, gets your request, and you get its page, in however many pieces it
        /// sends that
        #[think = "What does one call of `receive` return: all, or what is there?"]
        #[cases = 4]
        fn a_page_in_pieces_is_put_together(path in path(), pieces in vec(bytes(1..=3000), 1..=5)) {
            let identity = live::identity(BITS);
            let mut sent = vec![b"HTTP/1.1 200 OK\r\n\r\n".to_vec()];
            sent.extend(pieces.iter().cloned());
            let (mut trace, seen) = live::watch();
            let server = live::rustls_server(&identity, sent, seen, Goodbye::CloseNotify);
            let (address, server) = able(server)?;
            let config = client_config(&identity, ECDHE);
            let response = accepted!(fetch(address, config, &path, setup(&mut trace)));
            drop(trace);
            same!(response.body, pieces.concat());
            let request = accepted!(server.report());
            let port = address.port();
            let head = format!("GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n");
            check!(request.starts_with(&head), format!("{head:?}, and more"), request);
        }

        /// a page that is cut off, without a close_notify, is refused, however much of it has come
        #[think = "Is it an end if the peer has not said so? What does your loop do with an `Err`?"]
        #[cases = 4]
        fn a_page_cut_off_is_refused(pieces in vec(bytes(1..=3000), 0..=3)) {
            let identity = live::identity(BITS);
            let mut sent = vec![b"HTTP/1.1 200 OK\r\n\r\n".to_vec()];
            sent.extend(pieces);
            let (mut trace, seen) = live::watch();
            let server = live::rustls_server(&identity, sent, seen, Goodbye::Cut);
            let (address, _server) = able(server)?;
            let config = client_config(&identity, ECDHE);
            let fetched = fetch(address, config, "/", setup(&mut trace));
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::Truncated))),
                "Err(Tunnel(Truncated))",
                body(fetched)
            );
        }

        /// a path that would say more than is asked is refused
        #[think = "What does `http::get` return for it?"]
        fn a_path_with_a_line_end_is_refused(path from ["/\r\nX: y", "/a b", ""]) {
            let identity = live::identity(BITS);
            // Whether it is noticed before the handshake or after it, it is not sent.
            let (mut trace, seen) = live::watch();
            let sent = vec![http::page("Oh.")];
            let server = live::rustls_server(&identity, sent, seen, Goodbye::CloseNotify);
            let (address, _server) = able(server)?;
            let config = client_config(&identity, ECDHE);
            let fetched = fetch(address, config, path, setup(&mut trace));
            check!(
                matches!(fetched, Err(Interrupted::Http(http::Error::BadTarget))),
                "Err(Http(BadTarget))",
                body(fetched)
            );
        }

        /// an answer that is not HTTP is refused
        #[think = "What does `Response::read` return for it?"]
        fn an_answer_that_is_no_http_is_refused(answer from ["", "Hello!", "HTTP/1.1 200"]) {
            let identity = live::identity(BITS);
            let (mut trace, seen) = live::watch();
            let sent = vec![answer.as_bytes().to_vec()];
            let server = live::rustls_server(&identity, sent, seen, Goodbye::CloseNotify);
            let (address, _server) = able(server)?;
            let config = client_config(&identity, ECDHE);
            let fetched = fetch(address, config, "/", setup(&mut trace));
            check!(
                matches!(fetched, Err(Interrupted::Http(http::Error::Malformed))),
                "Err(Http(Malformed))",
                body(fetched)
            );
        }

        /// a server that stops answering is not waited for longer than the limits say
        #[think = "Which limits does your tunnel have? Is there another wait beside it?"]
        fn a_silent_server_is_given_up(silent from [Silent::FromTheStart, Silent::WhenAsked]) {
            let identity = live::identity(FEW_BITS);
            let (until, hung_up) = mpsc::channel::<()>();
            let (address, _server) = able(live::peer({
                let config = server_config(&identity, ECDHE);
                move |socket| {
                    let (end, mut sink) = (socket.try_clone()?, io::sink());
                    let tunnel = (silent == Silent::WhenAsked)
                        .then(|| Tunnel::handshake(end, server(config), setup(&mut sink)));
                    let _ = hung_up.recv();
                    drop(tunnel);
                    Ok(())
                }
            }))?;
            let config = client_config(&identity, ECDHE);
            let fetched = fetch(address, config, "/", hasty(silent, &mut io::sink()));
            drop(until);
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::TimedOut))),
                "Err(Tunnel(TimedOut))",
                body(fetched)
            );
        }

        /// rustls, as a client, gets your page, with the name of the suite in it, in however many
        /// pieces it asks
        #[think = "When has all of the request come? What does `Request::read` say before?"]
        #[cases = 4]
        fn a_request_in_pieces_is_answered(path in path(), cuts in cuts()) {
            let identity = live::identity(BITS);
            let pieces = cut(&request_for(&path), &cuts);
            let (listener, address) = able(live::listen())?;
            let (mut trace, seen) = live::watch();
            let client = able(live::rustls_client(&identity, address, pieces, seen))?;
            let socket = able(live::accept(listener))?;
            let config = server_config(&identity, ECDHE);
            accepted!(serve(socket, config, setup(&mut trace)));
            drop(trace);
            // Without your close_notify, it would not take it for a page.
            let page = accepted!(client.report());
            let response = accepted!(Response::read(&page));
            same!(response.status, 200);
            holds_the_name(&response.body, &ECDHE.to_string())?;
        }

        /// a client that leaves before it has asked is refused, whether it says goodbye or not
        #[think = "What does `receive` return when the client has gone? What do you do then?"]
        #[cases = 2]
        fn half_a_request_is_refused(end in any::<Index>()) {
            let identity = live::identity(BITS);
            let mut request = request_for("/");
            request.truncate(1 + end.index(request.len() - 1));
            for goodbye in [Goodbye::CloseNotify, Goodbye::Cut] {
                check!(
                    serve_to(&identity, &request, goodbye)?.is_err(),
                    "Err(…)",
                    "Ok(())"
                );
            }
        }

        /// a request that is not HTTP is refused
        #[think = "What does `Request::read` return for it?"]
        fn a_request_that_is_no_http_is_refused(request from ["\0", "GET\r\n\r\n", "GET / HTTP/2\r\n"]) {
            let identity = live::identity(BITS);
            let served = serve_to(&identity, request.as_bytes(), Goodbye::CloseNotify)?;
            check!(
                matches!(served, Err(Interrupted::Http(http::Error::Malformed))),
                "Err(Http(Malformed))",
                served
            );
        }

        /// a client that stops answering is not waited for longer than the limits say
        #[think = "Which limits does your tunnel have? Is there another wait beside it?"]
        fn a_silent_client_is_given_up(silent from [Silent::FromTheStart, Silent::WhenAsked]) {
            let identity = live::identity(FEW_BITS);
            let (listener, address) = able(live::listen())?;
            let (until, hung_up) = mpsc::channel::<()>();
            let config = client_config(&identity, ECDHE);
            let _client = live::caller(address, move |socket| {
                let (end, mut sink) = (socket.try_clone()?, io::sink());
                let tunnel = (silent == Silent::WhenAsked)
                    .then(|| Tunnel::handshake(end, client(config), setup(&mut sink)));
                let _ = hung_up.recv();
                drop(tunnel);
                Ok(())
            });
            let socket = able(live::accept(listener))?;
            let config = server_config(&identity, ECDHE);
            let served = serve(socket, config, hasty(silent, &mut io::sink()));
            drop(until);
            check!(
                matches!(served, Err(Interrupted::Tunnel(net::Error::TimedOut))),
                "Err(Tunnel(TimedOut))",
                served
            );
        }

        /// OpenSSL, as a server, hands you a page, under either suite
        #[think = "It takes what the RFC says. `cargo run --example fetch` shows how far you come."]
        fn a_page_comes_from_openssl(suite from [RSA, ECDHE]) {
            let identity = live::identity(BITS);
            let files = able(identity.files())?;
            let (_server, address) = live::openssl_server(&files, suite)?;
            let config = client_config(&identity, suite);
            let response = accepted!(fetch(address, config, "/", setup(&mut io::sink())));
            let name = format!("Cipher is {}\n", live::openssl_name(suite));
            holds_the_name(&response.body, &name)?;
        }

        /// OpenSSL, as a client, gets your page, under either suite
        #[think = "It takes what the RFC says. `cargo run --example serve` shows how far you come."]
        fn openssl_gets_your_page(suite from [RSA, ECDHE]) {
            let identity = live::identity(BITS);
            let files = able(identity.files())?;
            let (listener, address) = able(live::listen())?;
            let request = "GET / HTTP/1.0\r\n\r\n";
            let client = live::openssl_client(&files, address, suite, request)?;
            let socket = able(live::accept(listener))?;
            let config = server_config(&identity, suite);
            accepted!(serve(socket, config, setup(&mut io::sink())));
            let report = able(client.report())?;
            let cipher = format!("Cipher is {}\n", live::openssl_name(suite));
            for expected in ["Verification: OK", &cipher, &suite.to_string()] {
                check!(report.contains(expected), format!("{expected:?} in it"), report);
            }
        }

        /// curl gets your page, under either suite
        #[think = "It takes what the RFC says. `cargo run --example serve` shows how far you come."]
        fn curl_gets_your_page(suite from [RSA, ECDHE]) {
            let identity = live::identity(BITS);
            let files = able(identity.files())?;
            let (listener, address) = able(live::listen())?;
            let curl = curl_for(live::curl()?, &files, address);
            let client = able(curl)?;
            let socket = able(live::accept(listener))?;
            let config = server_config(&identity, suite);
            accepted!(serve(socket, config, setup(&mut io::sink())));
            let report = able(client.report())?;
            check!(
                report.contains(&suite.to_string()),
                format!("a page with {suite} in it"),
                report
            );
        }
    }
}

/// Since when a peer does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Silent {
    /// It has connected, and says nothing.
    FromTheStart,
    /// It has shaken hands, and says nothing more.
    WhenAsked,
}

fn client_config(identity: &Identity, suite: CipherSuite) -> ClientConfig {
    ClientConfig {
        host: HOST.to_owned(),
        roots: vec![identity.root.clone()],
        now: NOW,
        suites: vec![suite],
    }
}

fn server_config(identity: &Identity, suite: CipherSuite) -> Arc<ServerConfig> {
    Arc::new(ServerConfig {
        chain: vec![identity.leaf.clone()],
        key: identity.key.clone(),
        suites: vec![suite],
    })
}

fn setup(trace: &mut dyn io::Write) -> Setup<'_> {
    Setup {
        limits: Limits {
            handshake: PATIENCE,
            conversation: PATIENCE,
            data: 1 << 20,
        },
        trace,
        key_log: None,
    }
}

/// For a peer that does not answer: why wait?
fn hasty(silent: Silent, trace: &mut dyn io::Write) -> Setup<'_> {
    let mut setup = setup(trace);
    let limit = match silent {
        Silent::FromTheStart => &mut setup.limits.handshake,
        Silent::WhenAsked => &mut setup.limits.conversation,
    };
    *limit = Duration::from_millis(20);
    setup
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
    Ok(serve(socket, config, setup(&mut io::sink())))
}

/// What was fetched, in a form that can be shown.
fn body(fetched: Result<Response, Interrupted>) -> Result<Vec<u8>, Interrupted> {
    fetched.map(|response| response.body)
}

fn holds_the_name(body: &[u8], name: &str) -> Result<(), Broken> {
    let page = String::from_utf8_lossy(body).into_owned();
    check!(
        page.contains(name),
        format!("a page with {name:?} in it"),
        page
    );
    Ok(())
}

fn path() -> BoxedStrategy<String> {
    "/[a-z0-9/?=&.-]{0,40}".boxed()
}

fn request_for(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: */*\r\n\r\n").into_bytes()
}

/// Where a request is cut into pieces.
#[derive(Debug, Clone)]
struct Cuts(Vec<Index>);

impl Show for Cuts {
    fn pieces(&self) -> Vec<Piece> {
        let places = self.0.iter().map(|cut| cut.index(100).to_string());
        let places: Vec<String> = places.collect();
        let places = places.join(", ");
        vec![Piece::Text(format!("at {places} % of the length"))]
    }
}

fn cuts() -> BoxedStrategy<Cuts> {
    vec(any::<Index>(), 1..=3).prop_map(Cuts).boxed()
}

fn cut(request: &[u8], Cuts(cuts): &Cuts) -> Vec<Vec<u8>> {
    // Neither at the beginning nor at the end: then it would be none.
    let cuts = cuts.iter().map(|cut| 1 + cut.index(request.len() - 1));
    let mut ends: Vec<usize> = cuts.collect();
    ends.push(request.len());
    ends.sort_unstable();
    let mut start = 0;
    let pieces = ends.into_iter().map(|end| {
        let piece = request[start..end].to_vec();
        start = end;
        piece
    });
    pieces.filter(|piece| !piece.is_empty()).collect()
}

fn curl_for(mut curl: Command, files: &live::Files, address: SocketAddr) -> io::Result<Errand> {
    let port = address.port();
    curl.args([
        "--silent",
        "--show-error",
        "--max-time",
        "5",
        "--noproxy",
        "*",
    ]);
    // Not to wonder where a name leads that the machine may not know.
    curl.arg("--resolve")
        .arg(format!("{HOST}:{port}:127.0.0.1"));
    curl.arg("--cacert").arg(&files.root);
    curl.arg(format!("https://{HOST}:{port}/"));
    Errand::start(&mut curl, "")
}
