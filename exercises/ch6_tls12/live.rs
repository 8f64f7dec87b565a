// 6.10 Talk to real peers

use std::error::Error;
use std::fmt;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use given::http::{self, Request, Response};
use given::net::{self, Setup, Tunnel};

use super::{ClientConfig, ServerConfig, client, server};

/// Why no page came through.
#[derive(Debug)]
pub enum Interrupted {
    /// The connection failed, or was cut off.
    Tunnel(net::Error),
    /// What came was not HTTP.
    Http(http::Error),
}

impl From<net::Error> for Interrupted {
    fn from(error: net::Error) -> Interrupted {
        Interrupted::Tunnel(error)
    }
}

impl From<http::Error> for Interrupted {
    fn from(error: http::Error) -> Interrupted {
        Interrupted::Http(error)
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Interrupted::Tunnel(error) => write!(out, "{error}"),
            Interrupted::Http(error) => write!(out, "{error}"),
        }
    }
}

impl Error for Interrupted {}

/// **6.10** Fetches the page at `path` from the server at `address`, as a browser does.
///
/// Your client is complete, and has never seen a socket. Here it gets one. [`Tunnel`] sits between
/// the two: it moves the bytes, gives up when the limits of `setup` say so, and writes the *trace*,
/// with an entry for each message that passes. If `setup` names a file for the *key log*, it adds a
/// line there, with which Wireshark can decrypt the connection. What you write is what a browser
/// does with a tunnel:
///
/// ```text
/// connect ─▶ handshake ─▶ send the request ─▶ receive until there is no more ─▶ close
/// ```
///
/// For the last step, call [`Tunnel::close`], which sends your own close_notify. (In TLS 1.2, it
/// may have been sent already, in answer to the server's.)
///
/// The request is [`http::get`], for the host in `config` and the port in `address`.
/// [`Response::read`] parses what you have received.
///
/// Two things are easy to get wrong. *Bytes come in pieces*: one call of [`Tunnel::receive`] gives
/// what happens to be there, not what the peer has sent in one call. And *the end must be
/// authentic*. TCP's end is not protected: somebody on the way can let your page through up to a
/// record of their choice, and then end the connection in the server's name. What came is genuine,
/// every record opens, and the last line is missing. This is the *truncation attack*; SSL 2.0 had
/// no protection against it.
///
/// So something that nobody on the way can change must say where the page ends. TLS has an end of
/// its own, the alert close_notify (RFC 5246 §7.2.1). Some servers leave it out, Python's among
/// them, and all you get is [`net::Error::Truncated`]. But most responses say how long the page is,
/// in their *head*, the lines before the page. The head came in a record that opened, so it is the
/// server's (RFC 9112 §9.8):
///
/// | the connection ends | the page is as long as its head says | the head gives no length |
/// | --- | --- | --- |
/// | with close_notify | return it | return it: the server has said that this was all |
/// | without | return it: nothing is missing | refuse it: nobody knows what is missing |
///
/// A page that is shorter than its head says is refused, however the connection ends. `Truncated` is
/// the only error after which a page can be whole: return every other one as it is.
/// [`Response::read`] does the counting. [`Response::says_where_it_ends`] is true if the head gives a
/// length, or if the page comes in chunks, of which the last is empty. The tunnel writes a line about
/// a missing close_notify to the trace, so that the user knows.
/// (Two kinds of responses never have a page: those with status 204 or 304, RFC 9112 §6.3. If one of
/// them gives no length, and comes without a close_notify, you may return it or refuse it.)
///
/// # Errors
///
/// [`Interrupted::Tunnel`] if the connection breaks. It holds [`net::Error::Truncated`] if the
/// connection ends without close_notify, and the page is not as long as its head says or the head
/// gives no length. [`Interrupted::Http`] if `path` can't be requested, or if what came before a
/// close_notify is not a response, or is shorter than its head says.
pub fn fetch(
    address: SocketAddr,
    config: ClientConfig,
    path: &str,
    setup: Setup<'_>,
) -> Result<Response, Interrupted> {
    todo!("6.10: fetch {path:?} from {address} with {config:?} and {setup:?}")
}

/// **6.10** Serves one client, which has connected through `socket`: reads its request, and answers
/// with a page.
///
/// [`Request::read`] tells you whether what has arrived is a whole request. Every request gets the
/// page, whatever its method and its path are. (To a HEAD, a server on the web sends the head
/// alone, RFC 9110 §9.3.2. Yours need not make that exception.) A client that closes before it has
/// asked gets no page, and you return an error. The text of the page is up to you, but it must
/// contain the name of the suite under which it is sent. [`http::page`] makes a response of the
/// text. [`Tunnel::suite`] returns the suite, and `{}` prints its name. Then [`Tunnel::close`] says
/// that this was all.
///
/// With this, `cargo run --example serve -- --version 1.2` is a web server. Point OpenSSL, curl and
/// your browser at it, and your own `cargo run --example fetch`, also with `--version 1.2`. Without
/// that option, both commands also need your chapter 7.
///
/// # Errors
///
/// [`Interrupted::Tunnel`] if the connection did not end properly; [`Interrupted::Http`] if what
/// came is not a request, or is only the beginning of one, even if the client has sent its
/// close_notify.
pub fn serve(
    socket: TcpStream,
    config: Arc<ServerConfig>,
    setup: Setup<'_>,
) -> Result<(), Interrupted> {
    todo!(
        "6.10: serve a page through {socket:?} with {:?} and {setup:?}",
        config.suites
    )
}
