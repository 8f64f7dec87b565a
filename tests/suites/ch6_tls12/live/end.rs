//! The end of a page, with a close_notify and without.

use given::http::{self, Response};
use given::net;
use harness::show::{Piece, Show};
use harness::{Broken, accepted, check, same};

use crate::setup::{ECDHE, body, client_config, setup};
use crate::subject::ch6_tls12::{Interrupted, fetch};
use fixtures::live::{self, BITS, Goodbye, able};

harness::suite! {
    exercise "6.10" {
        /// a page that is as long as its head says is shown, also without a close_notify
        #[think = "The socket has ended. What has the page said about its own end, and did that come?"]
        fn a_whole_page_needs_no_goodbye(page from whole_pages()) {
            let fetched = fetched(page.bytes(), Goodbye::Cut)?;
            same!(accepted!(fetched).body, vec![b'x'; page.size]);
        }

        /// a page that is cut off before it is as long as its head says is refused, if only by a byte
        #[think = "How do you know that all of it has come? `Response::read` has counted."]
        fn a_shorter_page_is_cut_off(page from short_pages()) {
            let fetched = fetched(page.bytes(), Goodbye::Cut)?;
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::Truncated))),
                "Err(Tunnel(Truncated))",
                body(fetched)
            );
        }

        /// a page that is shorter than its head says is refused, though the server says goodbye
        #[think = "Head and end disagree. What does `Response::read` return?"]
        fn a_goodbye_makes_no_page_whole(page from short_pages()) {
            let fetched = fetched(page.bytes(), Goodbye::CloseNotify)?;
            check!(
                matches!(fetched, Err(Interrupted::Http(http::Error::Malformed))),
                "Err(Http(Malformed))",
                body(fetched)
            );
        }
    }
}

/// A page of nothing but `x`, which says where it ends.
#[derive(Debug, Clone, Copy)]
struct Page {
    length: Length,
    size: usize,
    /// How many bytes are missing at its end.
    missing: usize,
}

/// How a page says where it ends.
#[derive(Debug, Clone, Copy)]
enum Length {
    /// By a Content-Length.
    Said,
    /// By its last chunk.
    LastChunk,
}

impl Show for Page {
    fn pieces(&self) -> Vec<Piece> {
        let Page { size, missing, .. } = self;
        let length = match self.length {
            Length::Said => "a Content-Length",
            Length::LastChunk => "a last chunk",
        };
        let missing = match missing {
            0 => String::new(),
            1 => ", and without the last byte of all".to_owned(),
            missing => format!(", and without the last {missing} bytes of all"),
        };
        let words = format!("a page of {size} bytes with {length}{missing}");
        vec![Piece::Text(words)]
    }
}

impl Page {
    /// Head and page, as far as they are there.
    fn bytes(&self) -> Vec<u8> {
        let text = "x".repeat(self.size);
        let mut bytes = match self.length {
            Length::Said => http::page(&text),
            Length::LastChunk => in_chunks(&text),
        };
        bytes.truncate(bytes.len() - self.missing);
        bytes
    }
}

/// A response with this page in chunks of 1000 bytes.
fn in_chunks(text: &str) -> Vec<u8> {
    let mut bytes = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for chunk in text.as_bytes().chunks(1000) {
        bytes.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
        bytes.extend([chunk, b"\r\n"].concat());
    }
    bytes.extend(b"0\r\n\r\n");
    bytes
}

fn pages(rows: &[(usize, usize)]) -> Vec<Page> {
    let mut pages = Vec::new();
    for length in [Length::Said, Length::LastChunk] {
        pages.extend(rows.iter().map(|(size, missing)| Page {
            length,
            size: *size,
            missing: *missing,
        }));
    }
    pages
}

/// Pages that are whole: an empty one, and one that takes several records.
fn whole_pages() -> Vec<Page> {
    pages(&[(5, 0), (0, 0), (40_000, 0)])
}

/// Pages that are not: they end a byte early, where the last chunk would begin, and in the head.
fn short_pages() -> Vec<Page> {
    pages(&[(20, 1), (20, 5), (20, 60)])
}

/// What is fetched of a server that sends these bytes and then leaves.
fn fetched(bytes: Vec<u8>, goodbye: Goodbye) -> Result<Result<Response, Interrupted>, Broken> {
    let identity = live::identity(BITS);
    let (mut trace, seen) = live::watch();
    let server = live::rustls_server(&identity, vec![bytes], seen, goodbye);
    let (address, _server) = able(server)?;
    let config = client_config(&identity, ECDHE);
    Ok(fetch(address, config, "/", setup(&mut trace)))
}
