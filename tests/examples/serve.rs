//! Serves a page over HTTPS with your own server: to OpenSSL, curl, a browser and your own client.
//!
//! `cargo run --example serve`
//!
//! It is its own CA. The CA's certificate goes to a file, for the clients that are to trust it. Its
//! private key is gone when the program ends. So is the server's, unless `--write-key` names a file for it.

mod shared;
#[path = "../suites/subject.rs"]
mod subject;

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use getrandom::SysRng;
use given::net::Setup;
use given::tls::CipherSuite;
use given::x509::{Request, UnixTime, Validity};
use lexopt::prelude::*;
use rsa::pkcs8::{EncodePrivateKey, LineEnding};
use subject::ch5_certificates::{issue, root};
use subject::ch6_tls12::{self as tls12, ServerConfig};
use subject::ch7_tls13::{SENTINEL_TLS_1_2, Versions, serve};

use shared::{SUITES, fail, help, misused, suite, versions};

const USAGE: &str = "\
usage: cargo run --example serve -- [--port NUMBER] [--version 1.2|1.3] [--suite rsa|ecdhe] [--write-key FILE]

--port       where to listen; by default, the system chooses
--version    the one version to speak; both by default
--suite      the one suite of TLS 1.2 to accept; both by default
--write-key  a file for the server's private key, for Wireshark; by default, it is not written

SSLKEYLOGFILE=…  a file to which the keys of each connection are added, for Wireshark";

/// How long the certificates are valid: a day.
const DAY: u64 = 24 * 60 * 60;

/// The size of the keys, which every client accepts.
const BITS: usize = 2048;

struct Wish {
    port: u16,
    versions: Versions,
    suites: Vec<CipherSuite>,
    key: Option<PathBuf>,
}

fn main() {
    shared::expect_todos();
    let wish = parse(lexopt::Parser::from_env()).unwrap_or_else(|error| misused(error, USAGE));
    run(&wish).unwrap_or_else(|error| fail(error))
}

fn parse(mut parser: lexopt::Parser) -> Result<Wish, lexopt::Error> {
    let mut wish = Wish {
        // Any that is free.
        port: 0,
        versions: Versions::Both,
        suites: SUITES.to_vec(),
        key: None,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => wish.port = parser.value()?.parse()?,
            Long("version") => wish.versions = versions(&parser.value()?.string()?)?,
            Long("suite") => wish.suites = vec![suite(&parser.value()?.string()?)?],
            Long("write-key") => wish.key = Some(parser.value()?.into()),
            Long("help") | Short('h') => help(USAGE),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(wish)
}

fn run(wish: &Wish) -> Result<(), Box<dyn Error>> {
    let folder = book::paths::target().join("live");
    fs::create_dir_all(&folder)?;
    let ca = folder.join("ca.pem");
    let config = Arc::new(certified(wish, &ca)?);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, wish.port))?;
    let port = listener.local_addr()?.port();
    println!(
        "{}",
        invitation(
            port,
            &book::paths::shown(&book::paths::root(), &ca),
            wish.versions
        )
    );
    for socket in listener.incoming() {
        let (config, versions) = (config.clone(), wish.versions);
        // A browser opens several connections, and says nothing on some of them.
        thread::spawn(move || answer(socket?, config, versions));
    }
    Ok(())
}

/// A server whose certificate a new CA has signed. That of the CA is written to the file `ca`.
fn certified(wish: &Wish, ca: &Path) -> Result<ServerConfig, Box<dyn Error>> {
    let UnixTime(now) = UnixTime::now();
    // A client's clock may be a little slow.
    let validity = Validity {
        not_before: UnixTime(now - 60),
        not_after: UnixTime(now + DAY),
    };
    let authority = root(
        "A CA of the workbook",
        rsa::PrivateKey::new(&mut SysRng, BITS)?,
        validity,
    )?;
    let key = rsa::PrivateKey::new(&mut SysRng, BITS)?;
    let hosts = ["localhost", "127.0.0.1"];
    let request = Request::new(&hosts, key.as_public_key().clone())?;
    let certificate = issue(&authority, &request, validity)?;
    fs::write(ca, authority.certificate.to_pem())?;
    if let Some(path) = &wish.key {
        fs::write(path, key.to_pkcs8_pem(LineEnding::LF)?.as_bytes())?;
    }
    Ok(ServerConfig {
        chain: vec![certificate],
        key,
        suites: wish.suites.clone(),
        // Only a server that also speaks TLS 1.3 may set it.
        sentinel: (wish.versions == Versions::Both).then_some(SENTINEL_TLS_1_2),
    })
}

fn invitation(port: u16, ca: &str, versions: Versions) -> String {
    // Your own client offers both by default, and needs chapter 7 for it.
    let version = match versions {
        Versions::Tls12 => " --version 1.2",
        Versions::Tls13 => " --version 1.3",
        Versions::Both => "",
    };
    format!(
        "Your server is listening at https://localhost:{port}/. Try this in another terminal:

  cargo run --example fetch -- https://localhost:{port}/ --ca {ca}{version}
  curl --cacert {ca} https://localhost:{port}/
  openssl s_client -connect localhost:{port} -CAfile {ca}

OpenSSL waits for you to ask for the page: type GET / HTTP/1.0, and then Enter twice.

Or use a browser. It will warn you, because it does not know your CA. Continue anyway, or let it
trust {ca} while you try this: in Firefox under Settings, Privacy &
Security, View Certificates, Authorities, Import.

Ctrl-C ends it."
    )
}

fn answer(socket: TcpStream, config: Arc<ServerConfig>, versions: Versions) -> io::Result<()> {
    let peer: SocketAddr = socket.peer_addr()?;
    // Two connections at once would write between each other's lines.
    let mut trace = Vec::new();
    let setup = Setup::new(&mut trace);
    let served = match versions {
        // So that chapter 6 is enough for TLS 1.2.
        Versions::Tls12 => tls12::serve(socket, config, setup),
        _ => serve(socket, config, versions, setup),
    };
    let mut out = io::stdout().lock();
    out.write_all(&trace)?;
    match served {
        Ok(()) => writeln!(out, "{peer} got its page.\n"),
        Err(why) => writeln!(out, "{peer} got no page: {why}\n"),
    }
}
