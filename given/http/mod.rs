//! HTTP/1.1 (RFC 9112), as much of it as is needed to fetch a page and to serve one.
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
//! There is one request and one response, and then the connection ends. Both are text, and the text
//! itself says where it ends. TLS knows nothing about that: it carries bytes.

use std::error::Error as StdError;
use std::fmt;
use std::net::Ipv6Addr;

use httparse::{EMPTY_HEADER, Header, Status};

/// How many bytes the head of a message can have.
pub const MAX_HEAD: usize = 16 << 10;

/// How many header fields it can have.
// httparse does not allocate, so there is room for as many from the beginning.
const MAX_HEADERS: usize = 64;

/// Why something is not HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// The host or the path has characters that a request must not contain.
    BadTarget,
    /// The message is malformed, or ends too early.
    Malformed,
    /// Its head is too long.
    TooLong,
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Error::BadTarget => "this host or path can't be put into a request",
            Error::Malformed => "this is not an HTTP message, or it is incomplete",
            Error::TooLong => "the head of this message is too long",
        };
        write!(out, "{words}")
    }
}

impl StdError for Error {}

/// A request for the page at `path` (`/`, `/hello?to=you`) of this host and port.
///
/// # Errors
/// [`Error::BadTarget`] if the host or the path has a space or a line end in it, or the path does
/// not begin with `/`. With a line end in it, a path could add other headers, or a second request.
pub fn get(host: &str, port: u16, path: &str) -> Result<Vec<u8>, Error> {
    let is_plain =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_plain(host) || !is_plain(path) || !path.starts_with('/') {
        return Err(Error::BadTarget);
    }
    // In brackets, so that its colons are not read as that of the port (RFC 3986 §3.2.2).
    let host = match host.parse::<Ipv6Addr>() {
        Ok(address) => format!("[{address}]"),
        Err(_) => host.to_owned(),
    };
    // The default port is left out (RFC 3986 §3.2.3).
    let host = match port {
        443 => host,
        port => format!("{host}:{port}"),
    };
    let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    Ok(head.into_bytes())
}

/// A response with this text as its page. The connection ends after it.
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
    /// What to do: `GET`.
    pub method: String,
    /// With what: `/hello`.
    pub path: String,
}

impl Request {
    /// The request at the front of `received`, or `None` if its head has not all arrived yet.
    ///
    /// # Errors
    /// [`Error::Malformed`] if it is not a request, [`Error::TooLong`] if its head does not end.
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
    /// 200 if all is well.
    pub status: u16,
    /// Names and values, in their order.
    pub headers: Vec<(String, String)>,
    /// The page.
    pub body: Vec<u8>,
}

impl Response {
    /// Reads `received` as a response. The connection must have ended.
    ///
    /// If the head says where the page ends, the page that is returned is whole. If it does not,
    /// and [`says_where_it_ends`](Response::says_where_it_ends) is false, the page is everything
    /// that has arrived.
    ///
    /// # Errors
    /// [`Error::Malformed`] if it is not a response, or the page is shorter or longer than its head
    /// says; [`Error::TooLong`] if its head does not end.
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
            // A value may have bytes that are not UTF-8: `obs-text` (RFC 9110 §5.5).
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

    /// Whether the head says where the page ends: after as many bytes as its `Content-Length`, or
    /// with the last of its chunks. Otherwise the page ends where the connection does.
    pub fn says_where_it_ends(&self) -> bool {
        // A response with any coding other than `chunked` can't be read here.
        self.header("Transfer-Encoding").is_some() || self.header("Content-Length").is_some()
    }

    /// Reads the page from what follows the head.
    fn body(&self, rest: &[u8]) -> Result<Vec<u8>, Error> {
        // In chunks. This takes precedence over a length (RFC 9112 §6.3).
        if let Some(coding) = self.header("Transfer-Encoding") {
            return match coding.eq_ignore_ascii_case("chunked") {
                true => joined_chunks(rest),
                false => Err(Error::Malformed),
            };
        }
        match self.length()? {
            // Without a length, the page ends with the connection (RFC 9112 §6.3). If the
            // connection was cut off, the tunnel says so: `Truncated`.
            None => Ok(rest.to_vec()),
            Some(length) if rest.len() == length => Ok(rest.to_vec()),
            Some(_) => Err(Error::Malformed),
        }
    }

    /// How long the page is, if the head says so. It must not say two different things (RFC 9112
    /// §6.3).
    fn length(&self) -> Result<Option<usize>, Error> {
        let is_length = |name: &str| name.eq_ignore_ascii_case("Content-Length");
        let headers = self.headers.iter().filter(|(name, _)| is_length(name));
        let mut lengths = headers.map(|(_, value)| value.as_str());
        let Some(length) = lengths.next() else {
            return Ok(None);
        };
        // `parse` would accept a sign, too.
        let is_number = length.bytes().all(|digit| digit.is_ascii_digit());
        if !is_number || lengths.any(|other| other != length) {
            return Err(Error::Malformed);
        }
        length.parse().map(Some).map_err(|_| Error::Malformed)
    }
}

/// Joins chunks. Before each chunk is its length in hex. The last chunk is empty, and an empty line
/// ends the page.
fn joined_chunks(mut rest: &[u8]) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    loop {
        let Ok(Status::Complete((start, length))) = httparse::parse_chunk_size(rest) else {
            return Err(Error::Malformed);
        };
        // Trailer fields may follow. A recipient may discard them (RFC 9112 §7.1.2).
        if length == 0 {
            let mut trailers = [EMPTY_HEADER; MAX_HEADERS];
            let end = httparse::parse_headers(&rest[start..], &mut trailers)?;
            return match end {
                Status::Complete((end, _)) if start + end == rest.len() => Ok(body),
                _ => Err(Error::Malformed),
            };
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
mod tests;
