//! HTTP/1.1 (RFC 9112), as little of it as carries a page each way.
//!
//! ```text
//! GET /hello HTTP/1.1          ──▶
//! Host: localhost:8443
//! Connection: close
//!                              ◀──   HTTP/1.1 200 OK
//!                                    Content-Length: 6
//!
//!                                    hello!
//! ```
//!
//! One request, one answer, and then the connection ends. Everything is text, and where it ends is
//! found in the text itself. TLS beneath it knows nothing of that: it carries bytes.

use std::error::Error as StdError;
use std::fmt;
use std::net::Ipv6Addr;

use httparse::{EMPTY_HEADER, Header, Status};

/// The most bytes that the head of a message may have.
pub const MAX_HEAD: usize = 16 << 10;

/// The most lines that it may have.
const MAX_HEADERS: usize = 64;

/// Why something is no HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// The host or the path has characters that have no place in a request.
    BadTarget,
    /// The message is not of its form, or ends too early.
    Malformed,
    /// Its head is too long.
    TooLong,
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Error::BadTarget => "no such host or path can be asked for",
            Error::Malformed => "this is no HTTP, or not all of it",
            Error::TooLong => "the head of this message is too long",
        };
        write!(out, "{words}")
    }
}

impl StdError for Error {}

/// A request for the page at `path` (`/`, `/hello?to=you`) of this host and port.
///
/// # Errors
/// [`Error::BadTarget`] where host or path have a blank or a line end in them, or the path does not
/// begin with `/`. With a line end in it, a path could say more than is asked: other headers, or a
/// second request.
pub fn get(host: &str, port: u16, path: &str) -> Result<Vec<u8>, Error> {
    let is_plain =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_plain(host) || !is_plain(path) || !path.starts_with('/') {
        return Err(Error::BadTarget);
    }
    let host = match host.parse::<Ipv6Addr>() {
        Ok(address) => format!("[{address}]"),
        Err(_) => host.to_owned(),
    };
    let host = match port {
        443 => host,
        port => format!("{host}:{port}"),
    };
    let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    Ok(head.into_bytes())
}

/// An answer with this text for a page, after which the connection ends.
pub fn page(text: &str) -> Vec<u8> {
    let length = text.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{text}"
    )
    .into_bytes()
}

/// What a client asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is to be done: `GET`.
    pub method: String,
    /// To what: `/hello`.
    pub path: String,
}

impl Request {
    /// The request at the front of `received`, or `None` where not all of its head has come yet.
    ///
    /// # Errors
    /// [`Error::Malformed`] where it is none, [`Error::TooLong`] where its head does not end.
    pub fn read(received: &[u8]) -> Result<Option<Request>, Error> {
        let mut headers = [EMPTY_HEADER; MAX_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        let status = request.parse(&received[..received.len().min(MAX_HEAD)])?;
        match (status, request.method, request.path) {
            (Status::Complete(_), Some(method), Some(path)) => Ok(Some(Request {
                method: method.to_owned(),
                path: path.to_owned(),
            })),
            _ if received.len() >= MAX_HEAD => Err(Error::TooLong),
            _ => Ok(None),
        }
    }
}

/// What a server answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// 200 where all is well.
    pub status: u16,
    /// Names and values, in their order.
    pub headers: Vec<(String, String)>,
    /// The page.
    pub body: Vec<u8>,
}

impl Response {
    /// The answer that `received` is, the connection having ended.
    ///
    /// # Errors
    /// [`Error::Malformed`] where it is none, or another length of the page was announced than has
    /// come; [`Error::TooLong`] where its head does not end.
    pub fn read(received: &[u8]) -> Result<Response, Error> {
        let mut headers = [EMPTY_HEADER; MAX_HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let status = response.parse(&received[..received.len().min(MAX_HEAD)])?;
        let (Status::Complete(length), Some(code)) = (status, response.code) else {
            return Err(if received.len() < MAX_HEAD {
                Error::Malformed
            } else {
                Error::TooLong
            });
        };
        let text = |header: &Header<'_>| {
            let value = String::from_utf8_lossy(header.value);
            (header.name.to_owned(), value.into_owned())
        };
        let mut response = Response {
            status: code,
            headers: response.headers.iter().map(text).collect(),
            body: vec![],
        };
        response.body = response.body(&received[length..])?;
        Ok(response)
    }

    /// The value of the first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The page in what follows the head.
    fn body(&self, rest: &[u8]) -> Result<Vec<u8>, Error> {
        // In pieces, which goes before a length (RFC 9112 §6.3).
        if let Some(coding) = self.header("Transfer-Encoding") {
            return match coding.eq_ignore_ascii_case("chunked") {
                true => joined_chunks(rest),
                false => Err(Error::Malformed),
            };
        }
        match self.header("Content-Length").map(str::parse) {
            None => Ok(rest.to_vec()),
            Some(Ok(length)) if rest.len() == length => Ok(rest.to_vec()),
            Some(_) => Err(Error::Malformed),
        }
    }
}

/// The content of chunks, each with its length in hex before it, the last one empty.
fn joined_chunks(mut rest: &[u8]) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    loop {
        let Ok(Status::Complete((start, length))) = httparse::parse_chunk_size(rest) else {
            return Err(Error::Malformed);
        };
        if length == 0 {
            return Ok(body);
        }
        let length = usize::try_from(length).map_err(|_| Error::Malformed)?;
        let chunk = rest[start..].split_at_checked(length);
        let (chunk, after) = chunk.ok_or(Error::Malformed)?;
        body.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n").ok_or(Error::Malformed)?;
    }
}

impl From<httparse::Error> for Error {
    fn from(error: httparse::Error) -> Error {
        match error {
            httparse::Error::TooManyHeaders => Error::TooLong,
            _ => Error::Malformed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn response(text: &str) -> Result<Response, Error> {
        Response::read(text.as_bytes())
    }

    #[track_caller]
    fn check_body(text: &str, expected: Result<&str, Error>) {
        let body = response(text).map(|response| String::from_utf8(response.body).unwrap());
        assert_eq!(body, expected.map(str::to_owned));
    }

    #[test]
    fn what_is_asked_is_read() {
        let bytes = get("localhost", 8443, "/a?b").unwrap();
        let text = "GET /a?b HTTP/1.1\r\nHost: localhost:8443\r\nConnection: close\r\n\r\n";
        assert_eq!(String::from_utf8(bytes.clone()).unwrap(), text);
        let request = Request {
            method: "GET".to_owned(),
            path: "/a?b".to_owned(),
        };
        assert_eq!(Request::read(&bytes), Ok(Some(request)));
        for end in 0..bytes.len() {
            assert_eq!(Request::read(&bytes[..end]), Ok(None), "{end}");
        }
        let host = |host, port| String::from_utf8(get(host, port, "/").unwrap()).unwrap();
        assert!(host("::1", 443).contains("\r\nHost: [::1]\r\n"));
        assert!(host("127.0.0.1", 80).contains("\r\nHost: 127.0.0.1:80\r\n"));
    }

    #[test]
    fn no_target_says_more_than_it_should() {
        for (host, path) in [
            ("a", ""),
            ("a", "b"),
            ("a", "/ b"),
            ("a", "/\r\nX: y"),
            ("a\r\nX: y", "/"),
            ("", "/"),
            ("ä", "/"),
        ] {
            assert_eq!(
                get(host, 443, path),
                Err(Error::BadTarget),
                "{host:?} {path:?}"
            );
        }
    }

    #[test]
    fn a_page_is_read_back() {
        let response = Response::read(&page("hellö\n")).unwrap();
        assert_eq!(
            (response.status, response.body.as_slice()),
            (200, "hellö\n".as_bytes())
        );
        assert_eq!(response.header("content-LENGTH"), Some("7"));
        assert_eq!(response.header("Server"), None);
    }

    #[test]
    fn the_page_ends_where_it_says_or_with_the_connection() {
        check_body("HTTP/1.0 200 ok\r\n\r\nall of it", Ok("all of it"));
        let with_length = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n";
        check_body(&format!("{with_length}abc"), Ok("abc"));
        check_body(&format!("{with_length}ab"), Err(Error::Malformed));
        check_body(&format!("{with_length}abcd"), Err(Error::Malformed));
        check_body(
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            Err(Error::Malformed),
        );
        let in_chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        check_body(
            &format!("{in_chunks}3\r\nabc\r\nA;x\r\n0123456789\r\n0\r\n\r\n"),
            Ok("abc0123456789"),
        );
        for cut in [
            "",
            "3",
            "3\r\nab",
            "3\r\nabc",
            "3\r\nabc\r\n",
            "3\r\nabcd\r\n0\r\n\r\n",
        ] {
            check_body(&format!("{in_chunks}{cut}"), Err(Error::Malformed));
        }
        check_body(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            Err(Error::Malformed),
        );
        check_body("HTTP/1.1 200 OK\r\n", Err(Error::Malformed));
    }

    #[test]
    fn a_head_without_end_is_refused() {
        let long = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(MAX_HEAD));
        assert_eq!(Request::read(long.as_bytes()), Err(Error::TooLong));
        let many = format!(
            "GET / HTTP/1.1\r\n{}\r\n",
            "X: y\r\n".repeat(MAX_HEADERS + 1)
        );
        assert_eq!(Request::read(many.as_bytes()), Err(Error::TooLong));
        let long = format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(MAX_HEAD));
        assert_eq!(response(&long), Err(Error::TooLong));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Request::read(&bytes);
            let _ = Response::read(&bytes);
            let chunks = [&b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"[..], &bytes];
            let _ = Response::read(&chunks.concat());
        }
    }
}
