// 7.13 Talk to real peers of today

use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use given::http::{self, Request, Response};
use given::net::{self, Setup, Tunnel};
use given::tls::Connection;

use crate::ch6_tls12::{self as tls12, ClientConfig, Interrupted, ServerConfig};

use super::{FirstHello, client, client_of_both, server, server_of_both};

/// The versions that a client or a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versions {
    /// TLS 1.2 only: exercises 6.7 and 6.8.
    Tls12,
    /// TLS 1.3 only: exercises 7.8 and 7.9.
    Tls13,
    /// Both: exercise 7.11.
    Both,
}

/// **7.13** Fetches the page at `path` from the server at `address`, in one of these versions.
///
/// It is exercise 6.10 once more. What you wrote there does not depend on the version, except for
/// the connection that it begins with: [`tls12::client`], [`client`] or [`client_of_both`]. They
/// have different types, but each of them is a [`Connection`]. So write the rest once, as `page`.
///
/// You may notice one thing about TLS 1.3: most servers send two tickets after the handshake, so
/// the first bytes that come need not be data. [`Tunnel::receive`] waits for data.
///
/// If the connection fails, return the error, as in exercise 7.11. Don't begin another connection,
/// in any version.
///
/// # Errors
///
/// Those of exercise 6.10.
pub fn fetch(
    address: SocketAddr,
    config: ClientConfig,
    versions: Versions,
    first: FirstHello,
    path: &str,
    setup: Setup<'_>,
) -> Result<Response, Interrupted> {
    // todo!(
    //     "7.13: fetch {path:?} from {address} with {config:?} in {versions:?}, {first:?}, and {setup:?}"
    // )
    let host = config.host.clone();
    match versions {
        Versions::Tls12 => page(tls12::client(config), address, &host, path, setup),
        Versions::Tls13 => page(client(config, first), address, &host, path, setup),
        Versions::Both => page(client_of_both(config, first), address, &host, path, setup),
    }
}

/// **7.13** Fetches the page at `path` from `host`, through a connection of any version to
/// `address`.
///
/// # Errors
///
/// Those of exercise 6.10.
fn page(
    connection: impl Connection,
    address: SocketAddr,
    host: &str,
    path: &str,
    setup: Setup<'_>,
) -> Result<Response, Interrupted> {
    // todo!(
    //     "7.13: ask {host:?} at {address} for {path:?}, with {:?} and {setup:?}",
    //     connection.status()
    // )
    let request = http::get(host, address.port(), path)?;
    let socket = net::connect(address, &setup.limits)?;
    let mut tunnel = Tunnel::handshake(socket, connection, setup)?;
    tunnel.send(&request)?;
    let mut received = Vec::new();
    let is_cut_off = loop {
        match tunnel.receive() {
            Ok(Some(more)) => received.extend(more),
            Ok(None) => break false,
            Err(net::Error::Truncated) => break true,
            Err(error) => return Err(error.into()),
        }
    };
    tunnel.close()?;
    match Response::read(&received) {
        Ok(page) if page.says_where_it_ends() => Ok(page),
        _ if is_cut_off => Err(net::Error::Truncated.into()),
        response => Ok(response?),
    }
}

/// **7.13** Serves one client, which has connected through `socket`, in one of these versions:
/// [`tls12::server`], [`server`] or [`server_of_both`]. The page has the name of the suite in it,
/// as in exercise 6.10. [`Tunnel::suite`] knows it. TLS 1.3 has suites of its own, so the name also
/// shows the version.
///
/// With this, `cargo run --example serve` speaks either version, and so does `cargo run --example
/// fetch`. With `--ask-first`, `fetch` begins with [`FirstHello::AskFirst`].
///
/// # Errors
///
/// Those of exercise 6.10. They include those of [`Tunnel::send`] and [`Tunnel::close`]: a page that
/// can't be sent, or that ends without your close_notify, has not been served.
pub fn serve(
    socket: TcpStream,
    config: Arc<ServerConfig>,
    versions: Versions,
    setup: Setup<'_>,
) -> Result<(), Interrupted> {
    // todo!(
    //     "7.13: serve a page through {socket:?} with {:?} in {versions:?} and {setup:?}",
    //     config.suites
    // )
    match versions {
        Versions::Tls12 => answer(tls12::server(config), socket, setup),
        Versions::Tls13 => answer(server(config), socket, setup),
        Versions::Both => answer(server_of_both(config), socket, setup),
    }
}

/// **7.13** Reads a request from a connection of any version, and answers it with a page.
///
/// # Errors
///
/// Those of exercise 6.10.
fn answer(
    connection: impl Connection,
    socket: TcpStream,
    setup: Setup<'_>,
) -> Result<(), Interrupted> {
    // todo!(
    //     "7.13: answer what comes through {socket:?}, with {:?} and {setup:?}",
    //     connection.status()
    // )
    let mut tunnel = Tunnel::handshake(socket, connection, setup)?;
    let mut received = Vec::new();
    let request = loop {
        received.extend(tunnel.receive()?.ok_or(http::Error::Malformed)?);
        if let Some(request) = Request::read(&received)? {
            break request;
        }
    };
    let (path, suite) = (request.path, tunnel.suite());
    let page = format!("You asked for {path}. It comes to you under {suite}.\n");
    tunnel.send(&http::page(&page))?;
    tunnel.close()?;
    Ok(())
}
