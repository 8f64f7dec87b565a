//! Fetches a page over HTTPS with your own client, and shows what has passed.
//!
//! `cargo run --example fetch -- https://localhost:8443/ --ca target/live/ca.pem`

mod shared;
#[path = "../suites/subject.rs"]
mod subject;

use std::fs;
use std::io::{self, Write};
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;

use given::http::Response;
use given::net::{self, Setup};
use given::tls::CipherSuite;
use given::url::{self, Url};
use given::x509::{UnixTime, certificates_from_pem};
use lexopt::prelude::*;
use subject::ch6_tls12::{self as tls12, ClientConfig, Interrupted};
use subject::ch7_tls13::{FirstHello, Versions, fetch};

use shared::{SUITES, fail, help, misused, suite, versions};

const USAGE: &str = "\
usage: cargo run --example fetch -- URL --ca FILE [--version 1.2|1.3] [--suite rsa|ecdhe] [--ask-first]

URL          https://HOST[:PORT][/PATH]
--ca         the certificates of the CAs to trust, in PEM
--version    the one version to offer; both by default
--suite      the one suite of TLS 1.2 to offer; both by default
--ask-first  send no key share of TLS 1.3 at first, so that the server has to ask for one

SSLKEYLOGFILE=…  a file to which the keys are added, for Wireshark";

struct Wish {
    url: Url,
    ca: PathBuf,
    versions: Versions,
    first: FirstHello,
    suites: Vec<CipherSuite>,
}

fn main() {
    shared::expect_todos();
    let wish = parse(lexopt::Parser::from_env()).unwrap_or_else(|error| misused(error, USAGE));
    let mut out = io::stdout();
    let page = page(&wish, &mut out).unwrap_or_else(|why| fail(why));
    // The reader may have seen enough, as `head` has.
    let _ = out
        .write_all(b"\n")
        .and_then(|()| out.write_all(&page.body));
    if page.status != 200 {
        let elsewhere = page.header("Location");
        let elsewhere = elsewhere.map_or_else(String::new, |url| format!(", with a link to {url}"));
        let _ = writeln!(io::stderr(), "note: status {}{elsewhere}", page.status);
    }
}

fn page(wish: &Wish, out: &mut dyn Write) -> Result<Response, String> {
    let (host, port) = (wish.url.host(), wish.url.port());
    let ca = wish.ca.display();
    let text = fs::read_to_string(&wish.ca).map_err(|error| format!("{ca}: {error}"))?;
    let roots = certificates_from_pem(&text).map_err(|error| format!("{ca}: {error}"))?;
    if roots.is_empty() {
        return Err(format!("{ca}: there is no certificate in it"));
    }
    let config = ClientConfig {
        host: host.to_owned(),
        roots,
        now: UnixTime::now(),
        suites: wish.suites.clone(),
    };
    let addresses: Vec<SocketAddr> = (host, port)
        .to_socket_addrs()
        .map_err(|error| format!("{host}: {error}"))?
        .collect();
    let mut why = format!("{host}: no such host");
    for address in addresses {
        let (config, path, setup) = (config.clone(), wish.url.path(), Setup::new(out));
        let fetched = match wish.versions {
            // So that chapter 6 is enough for TLS 1.2.
            Versions::Tls12 => tls12::fetch(address, config, path, setup),
            versions => fetch(address, config, versions, wish.first, path, setup),
        };
        match fetched {
            Ok(response) => return Ok(response),
            // `localhost` has two, and most servers listen at one of them.
            Err(Interrupted::Tunnel(error @ net::Error::Unreachable(_))) => {
                why = format!("{address}: {error}");
            }
            Err(error) => return Err(format!("{address}: {error}")),
        }
    }
    Err(why)
}

fn parse(mut parser: lexopt::Parser) -> Result<Wish, lexopt::Error> {
    let (mut url, mut ca) = (None, None);
    let (mut suites, mut offered) = (SUITES.to_vec(), Versions::Both);
    let mut first = FirstHello::WithShare;
    while let Some(argument) = parser.next()? {
        match argument {
            Value(value) if url.is_none() => url = Some(read_url(&value.string()?)?),
            Long("ca") => ca = Some(parser.value()?.into()),
            Long("version") => offered = versions(&parser.value()?.string()?)?,
            Long("ask-first") => first = FirstHello::AskFirst,
            Long("suite") => suites = vec![suite(&parser.value()?.string()?)?],
            Long("help") | Short('h') => help(USAGE),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Wish {
        url: url.ok_or("which page? Give its URL")?,
        ca: ca.ok_or("whom do you trust? Give the CA's certificate with --ca FILE")?,
        versions: offered,
        first,
        suites,
    })
}

fn read_url(text: &str) -> Result<Url, String> {
    text.parse()
        .map_err(|error: url::Error| format!("`{text}`: {error}"))
}
