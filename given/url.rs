//! The address of a page: `https://localhost:8443/hello?to=you`.
//!
//! ```text
//! https://localhost:8443/hello?to=you#top
//!         ╰───────╯ ╰──╯╰───────────╯ ╰─╯
//!           host    port    path      fragment
//! ```
//!
//! The general form of a URL is defined by RFC 3986, and what `https` makes of it by RFC 9110
//! §4.2.2. The host is looked up, compared with the certificate and sent in the header `Host`; the
//! path is sent in the request. So a URL that could be read in two ways is refused.

use std::error::Error as StdError;
use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

/// The port of `https` unless the URL has another.
const HTTPS: u16 = 443;

/// An `https` URL, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    host: String,
    port: u16,
    path: String,
}

impl Url {
    /// The host: a name or an address. An IPv6 address has no brackets here.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port: 443 unless the URL has another.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The path and the query, as they go into a request: `/hello?to=you`. Never empty.
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// Why a text is not the URL of a page that can be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// A character that no URL has: a space, a control character, or one outside of ASCII.
    BadCharacter,
    /// Another scheme, or none.
    NotHttps,
    /// A user, or a user and a password, before the host. RFC 9110 §4.2.4 has them treated as an
    /// error, because `https://www.example.org@evil.example/` looks like a page of the first host.
    UserInfo,
    /// No host, or one that is neither a name nor an address.
    BadHost,
    /// The port is not a number from 1 to 65535.
    BadPort,
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Error::BadCharacter => {
                "a URL has no spaces, control characters or characters outside of ASCII: \
                 write a space as %20"
            }
            Error::NotHttps => "the URL does not begin with https://",
            Error::UserInfo => "a URL with a user or a password before the host is not fetched",
            Error::BadHost => {
                "the host is neither a name nor an address: an IPv6 address needs brackets, as in \
                 https://[::1]/"
            }
            Error::BadPort => "the port is not a number from 1 to 65535",
        };
        write!(out, "{words}")
    }
}

impl StdError for Error {}

impl FromStr for Url {
    type Err = Error;

    fn from_str(text: &str) -> Result<Url, Error> {
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::BadCharacter);
        }
        let (scheme, rest) = text.split_once("://").ok_or(Error::NotHttps)?;
        if !scheme.eq_ignore_ascii_case("https") {
            return Err(Error::NotHttps);
        }
        // The fragment names a place in the page. It is not sent (RFC 9110 §4.2.5).
        let rest = rest.split('#').next().unwrap_or_default();
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let (host, port) = host_and_port(authority)?;
        let path = match path.starts_with('/') {
            true => path.to_owned(),
            false => format!("/{path}"),
        };
        Ok(Url { host, port, path })
    }
}

/// Reads `localhost`, `localhost:8443` or `[::1]:8443`.
fn host_and_port(authority: &str) -> Result<(String, u16), Error> {
    if authority.contains('@') {
        return Err(Error::UserInfo);
    }
    // The colons of an IPv6 address do not come before a port, so the address is in brackets.
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']').ok_or(Error::BadHost)?;
            let _: Ipv6Addr = address.parse().map_err(|_| Error::BadHost)?;
            match port {
                "" => (address, None),
                _ => (address, Some(port.strip_prefix(':').ok_or(Error::BadPort)?)),
            }
        }
        None => match authority.rsplit_once(':') {
            Some((name, port)) => (checked_name(name)?, Some(port)),
            None => (checked_name(authority)?, None),
        },
    };
    let port = match port {
        // RFC 3986 §3.2.3 allows a colon without a number.
        None | Some("") => HTTPS,
        Some(digits) => number(digits)?,
    };
    Ok((host.to_owned(), port))
}

/// A name in the form of DNS, or an IPv4 address. Whether there is such a host turns out when it is
/// looked up.
fn checked_name(name: &str) -> Result<&str, Error> {
    let is_of_a_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    match !name.is_empty() && name.bytes().all(is_of_a_name) {
        true => Ok(name),
        false => Err(Error::BadHost),
    }
}

/// The number of a port. Nothing can be reached at port 0.
fn number(digits: &str) -> Result<u16, Error> {
    // `parse` would accept a sign, too.
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::BadPort);
    }
    match digits.parse() {
        Ok(0) | Err(_) => Err(Error::BadPort),
        Ok(port) => Ok(port),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, host: &str, port: u16, path: &str) {
        let url: Url = text.parse().expect(text);
        assert_eq!((url.host(), url.port(), url.path()), (host, port, path));
    }

    #[test]
    fn a_url_is_taken_apart() {
        for (text, host, port, path) in [
            ("https://localhost", "localhost", 443, "/"),
            ("https://localhost/", "localhost", 443, "/"),
            ("https://localhost:8443", "localhost", 8443, "/"),
            ("HTTPS://a.example:1/b/c", "a.example", 1, "/b/c"),
            ("https://A_b-c.example./", "A_b-c.example.", 443, "/"),
            ("https://127.0.0.1:65535/", "127.0.0.1", 65535, "/"),
            ("https://a:/b", "a", 443, "/b"),
            ("https://a:00443/b", "a", 443, "/b"),
        ] {
            check(text, host, port, path);
        }
    }

    #[test]
    fn an_ipv6_address_loses_its_brackets() {
        for (text, host, port, path) in [
            ("https://[::1]", "::1", 443, "/"),
            ("https://[::1]/a]:b", "::1", 443, "/a]:b"),
            ("https://[2001:DB8::7]:8443/", "2001:DB8::7", 8443, "/"),
            ("https://[::ffff:192.0.2.1]:/", "::ffff:192.0.2.1", 443, "/"),
        ] {
            check(text, host, port, path);
        }
    }

    #[test]
    fn path_and_query_are_kept_and_the_fragment_is_not() {
        for (text, path) in [
            ("https://a/b?c=d&e", "/b?c=d&e"),
            ("https://a?b", "/?b"),
            ("https://a?b/c:1@d", "/?b/c:1@d"),
            ("https://a/b:1/@c", "/b:1/@c"),
            ("https://a//b/../%20", "//b/../%20"),
            ("https://a/b#c", "/b"),
            ("https://a/b?c#d?e/f#g", "/b?c"),
            ("https://a#b", "/"),
            ("https://a#@b/c", "/"),
            ("https://a/https://b:2/", "/https://b:2/"),
        ] {
            check(text, "a", 443, path);
        }
    }

    #[track_caller]
    fn check_refused(expected: Error, texts: &[&str]) {
        for text in texts {
            assert_eq!(text.parse::<Url>(), Err(expected), "{text:?}");
        }
    }

    #[test]
    fn only_https_is_fetched() {
        let others = [
            "",
            "localhost",
            "localhost:8443",
            "//localhost/",
            "https:",
            "https:localhost",
            "https:/localhost/",
            "http://localhost/",
            "ftp://localhost/",
            "httpss://localhost/",
            "xhttps://localhost/",
            "://localhost/",
            "file:///https://localhost/",
        ];
        check_refused(Error::NotHttps, &others);
    }

    #[test]
    fn no_user_is_read_as_a_host() {
        let users = [
            "https://you@localhost/",
            "https://you:secret@localhost/",
            "https://@localhost/",
            "https://www.example.org@localhost/",
            "https://www.example.org:443@localhost:8443/",
            "https://you@[::1]/",
            "https://[::1]@localhost/",
        ];
        check_refused(Error::UserInfo, &users);
    }

    #[test]
    fn a_host_is_a_name_or_an_address() {
        let hosts = [
            "https://",
            "https:///",
            "https:///localhost",
            "https://?a",
            "https://#a",
            "https://:443/",
            "https://::1/",
            "https://fe80::1/",
            "https://a:1:2/",
            "https://[]/",
            "https://[::1/",
            "https://[localhost]/",
            "https://[127.0.0.1]/",
            "https://[fe80::1%eth0]/",
            "https://[v1.a]/",
            "https://::1]/",
            "https://a[::1]/",
            "https://a%2eexample/",
            "https://*.example/",
            "https://a\\b/",
            "https://a,b/",
        ];
        check_refused(Error::BadHost, &hosts);
    }

    #[test]
    fn a_port_is_a_number_from_1_to_65535() {
        let ports = [
            "https://a:0/",
            "https://a:000/",
            "https://a:65536/",
            "https://a:99999999999999999999/",
            "https://a:+443/",
            "https://a:-1/",
            "https://a:0x1/",
            "https://a:https/",
            "https://[::1]443/",
            "https://[::1]a:443/",
            "https://[::1]:0/",
            "https://[::1]:1:2/",
            "https://[::1]]/",
        ];
        check_refused(Error::BadPort, &ports);
    }

    #[test]
    fn no_character_reaches_a_request_that_could_end_a_line() {
        let texts = [
            "https://a/b c",
            " https://a/",
            "https://a/\n",
            "https://a/\r\nX: y",
            "https://a\r\nX: y/",
            "https://a/\0",
            "https://a/\t",
            "https://a/\u{7f}",
            "https://b\u{fc}cher.example/",
            "https://a/b#\n",
            "https://a:4\u{0663}/",
        ];
        check_refused(Error::BadCharacter, &texts);
    }

    proptest! {
        #[test]
        fn what_is_read_can_be_asked_for(text in "https://[a-c\\[\\]:@/?#.0-9%+ -]{0,24}") {
            if let Ok(url) = text.parse::<Url>() {
                let request = crate::http::get(url.host(), url.port(), url.path());
                prop_assert!(request.is_ok());
                // Written again, it is the same, up to a fragment and what is added by default.
                let host = match url.host().contains(':') {
                    true => format!("[{}]", url.host()),
                    false => url.host().to_owned(),
                };
                let again = format!("https://{host}:{}{}", url.port(), url.path());
                prop_assert_eq!(again.parse(), Ok(url));
            }
        }

        #[test]
        fn nothing_makes_it_panic(text in ".{0,40}") {
            let _ = text.parse::<Url>();
            let _ = format!("https://{text}").parse::<Url>();
        }
    }
}
