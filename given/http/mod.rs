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
mod tests;
