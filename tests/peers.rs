//! Those whom the client and the server of chapter 6 talk to: rustls in a thread, OpenSSL and curl
//! in processes. None of them waits for ever, and none outlives the case that it is for.

use std::error::Error;
use std::io::{self, BufRead as _, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use given::tls::CipherSuite;
use given::x509::{Certificate, KeyUsage, KeyUsages, extension};
use harness::Broken;
use rsa::pkcs8::{EncodePrivateKey, LineEnding};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName};
use rustls::{ClientConnection, RootCertStore, ServerConnection, version::TLS12};
use tempfile::TempDir;

use crate::certificates::{Key, Plan, Signer};

/// The name of the server. curl and OpenSSL look it up.
pub const HOST: &str = "localhost";

/// How long anybody is waited for who does answer.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// So far back, and so far ahead, the certificates are valid: some twenty years, for the peers look
/// at the clock.
const YEARS: i64 = 600_000_000;

/// The size of the keys: OpenSSL and rustls take no smaller ones.
pub const BITS: usize = 2048;

/// The size of the keys where no other program looks at them.
pub const FEW_BITS: usize = 1024;

/// The CA's certificate, the server's, and the server's key.
pub struct Identity {
    pub root: Certificate,
    pub leaf: Certificate,
    pub key: &'static rsa::PrivateKey,
}

/// The server that is [`HOST`], with keys of so many bits.
pub fn identity(bits: usize) -> Identity {
    let (ca, server) = (Signer("The CA of the grader", Key(bits, 0)), Key(bits, 1));
    // The one for the signed share, the other for the wrapped secret.
    let usages = KeyUsage(KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment);
    let root = Plan {
        validity: (YEARS, YEARS),
        ..Plan::root(ca)
    };
    let leaf = Plan {
        validity: (YEARS, YEARS),
        serial: 2,
        usage: None,
        others: vec![extension(true, &usages)],
        ..Plan::leaf(&[HOST], server, ca)
    };
    Identity {
        root: root.make(),
        leaf: leaf.make(),
        key: server.private(),
    }
}

impl Identity {
    /// The certificates and the key in files, for those who want files.
    pub fn files(&self) -> io::Result<Files> {
        let folder = tempfile::tempdir()?;
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).map(|()| path)
        };
        let key = self.key.to_pkcs8_pem(LineEnding::LF);
        Ok(Files {
            root: write("root.pem", &self.root.to_pem())?,
            leaf: write("leaf.pem", &self.leaf.to_pem())?,
            key: write("key.pem", &key.map_err(io::Error::other)?)?,
            _folder: folder,
        })
    }
}

/// Files that are gone when this is.
pub struct Files {
    pub root: PathBuf,
    pub leaf: PathBuf,
    pub key: PathBuf,
    _folder: TempDir,
}

/// How OpenSSL calls a suite.
pub fn openssl_name(suite: CipherSuite) -> &'static str {
    match suite {
        CipherSuite::RsaAes128GcmSha256 => "AES128-GCM-SHA256",
        CipherSuite::EcdheRsaAes128GcmSha256 => "ECDHE-RSA-AES128-GCM-SHA256",
    }
}

/// A free port of this machine, and who listens there.
pub fn listen() -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// The first who connects. Who has not within [`PATIENCE`] will not.
pub fn accept(listener: TcpListener) -> io::Result<TcpStream> {
    let (sender, accepted) = mpsc::channel();
    // Nobody listens any more where this comes too late.
    thread::spawn(move || sender.send(listener.accept()));
    let late = |_| io::Error::new(ErrorKind::TimedOut, "nobody has connected");
    let (socket, _) = accepted.recv_timeout(PATIENCE).map_err(late)??;
    patient(socket)
}

/// Gives up on a peer that does not answer.
fn patient(socket: TcpStream) -> io::Result<TcpStream> {
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.set_write_timeout(Some(PATIENCE))?;
    Ok(socket)
}

/// A peer that does `what` with whoever connects to this address first.
pub fn peer<T: Send + 'static>(
    what: impl FnOnce(TcpStream) -> io::Result<T> + Send + 'static,
) -> io::Result<(SocketAddr, Peer<T>)> {
    let (listener, address) = listen()?;
    let thread = thread::spawn(move || what(accept(listener)?));
    Ok((address, Peer(thread)))
}

/// A peer that connects to this address and does `what`.
pub fn caller<T: Send + 'static>(
    address: SocketAddr,
    what: impl FnOnce(TcpStream) -> io::Result<T> + Send + 'static,
) -> Peer<T> {
    Peer(thread::spawn(move || {
        what(patient(TcpStream::connect(address)?)?)
    }))
}

/// Somebody at work in a thread.
pub struct Peer<T>(JoinHandle<io::Result<T>>);

impl<T> Peer<T> {
    /// What it has to say, once it is done.
    pub fn report(self) -> Result<T, String> {
        let report = self.0.join().map_err(|_| "the peer has panicked")?;
        report.map_err(|error| error.to_string())
    }
}

/// How a server ends a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goodbye {
    /// With a close_notify.
    CloseNotify,
    /// As somebody on the way would: without.
    Cut,
}

/// A trace that tells a peer when something that it has sent was received: then the next piece of it
/// comes in a read of its own, however fast the two are.
pub struct Watch(Sender<()>);

/// What a peer waits for between two pieces.
pub struct Seen(Receiver<()>);

/// A trace that is watched, and what it tells.
pub fn watch() -> (Watch, Seen) {
    let (sender, receiver) = mpsc::channel();
    (Watch(sender), Seen(receiver))
}

impl Write for Watch {
    fn write(&mut self, lines: &[u8]) -> io::Result<usize> {
        if String::from_utf8_lossy(lines).contains("◀══ application data") {
            // The peer may have sent all it had to send.
            let _ = self.0.send(());
        }
        Ok(lines.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seen {
    /// Sends `pieces` one by one.
    fn send(self, stream: &mut impl Write, pieces: &[Vec<u8>]) -> io::Result<()> {
        for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
            stream.write_all(piece)?;
            stream.flush()?;
            // Where nobody watches any more, the rest is sent all the same.
            let _ = self.0.recv_timeout(PATIENCE);
        }
        Ok(())
    }
}

/// rustls as a server: takes a request, sends `pieces` one by one, and says goodbye. It reports the
/// request.
pub fn rustls_server(
    identity: &Identity,
    pieces: Vec<Vec<u8>>,
    seen: Seen,
    goodbye: Goodbye,
) -> io::Result<(SocketAddr, Peer<String>)> {
    let chain = vec![CertificateDer::from(identity.leaf.to_der().to_vec())];
    let key = identity.key.to_pkcs8_der().map_err(io::Error::other)?;
    let key = PrivatePkcs8KeyDer::from(key.as_bytes().to_vec());
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(provider()))
        .with_protocol_versions(&[&TLS12])
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(chain, key.into())
        .map_err(io::Error::other)?;
    peer(move |mut socket| {
        let mut connection = ServerConnection::new(Arc::new(config)).map_err(io::Error::other)?;
        let mut stream = rustls::Stream::new(&mut connection, &mut socket);
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte)?;
            request.extend(byte);
        }
        seen.send(&mut stream, &pieces)?;
        if goodbye == Goodbye::CloseNotify {
            connection.send_close_notify();
            connection.write_tls(&mut socket)?;
        }
        String::from_utf8(request).map_err(io::Error::other)
    })
}

/// rustls as a client: sends `pieces` one by one, and takes what comes, to the end. It reports that.
pub fn rustls_client(
    identity: &Identity,
    address: SocketAddr,
    pieces: Vec<Vec<u8>>,
    seen: Seen,
) -> Result<Peer<Vec<u8>>, Box<dyn Error>> {
    let mut connection = rustls_connection(identity)?;
    Ok(caller(address, move |mut socket| {
        let mut stream = rustls::Stream::new(&mut connection, &mut socket);
        seen.send(&mut stream, &pieces)?;
        let mut page = Vec::new();
        // An end without a close_notify is an error here.
        stream.read_to_end(&mut page)?;
        Ok(page)
    }))
}

/// rustls as a client that sends `beginning` and then leaves, with a close_notify or without.
pub fn rustls_leaver(
    identity: &Identity,
    address: SocketAddr,
    beginning: Vec<u8>,
    goodbye: Goodbye,
) -> Result<Peer<()>, Box<dyn Error>> {
    let mut connection = rustls_connection(identity)?;
    Ok(caller(address, move |mut socket| {
        let mut stream = rustls::Stream::new(&mut connection, &mut socket);
        stream.write_all(&beginning)?;
        stream.flush()?;
        if goodbye == Goodbye::CloseNotify {
            connection.send_close_notify();
            connection.write_tls(&mut socket)?;
            // To stay until the other has gone keeps its end from being a reset.
            let _ = io::copy(&mut socket, &mut io::sink());
        }
        Ok(())
    }))
}

fn rustls_connection(identity: &Identity) -> Result<ClientConnection, Box<dyn Error>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(identity.root.to_der().to_vec()))?;
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(provider()))
        .with_protocol_versions(&[&TLS12])?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let host = ServerName::try_from(HOST)?;
    Ok(ClientConnection::new(Arc::new(config), host)?)
}

/// The one suite that rustls and chapter 6 have in common. (It has none with a wrapped secret.)
fn provider() -> rustls::crypto::CryptoProvider {
    rustls::crypto::CryptoProvider {
        cipher_suites: vec![ring::cipher_suite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256],
        kx_groups: vec![ring::kx_group::X25519],
        ..ring::default_provider()
    }
}

/// A program that runs beside the grader. It ends when this does, and also if the grader is killed.
pub struct Program {
    child: Child,
    /// While it is open, the program runs.
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
}

/// What runs a program until its own standard input ends, as it does with the grader.
const UNTIL_THEN: &str = r#""$@" & cat >/dev/null; kill $! 2>/dev/null; wait $!"#;

impl Program {
    /// Starts `command`, which reads nothing and writes lines.
    pub fn start(command: &Command) -> io::Result<Program> {
        let mut watched;
        if cfg!(unix) {
            watched = Command::new("sh");
            watched.args(["-c", UNTIL_THEN, "sh"]);
            watched.arg(command.get_program());
        } else {
            watched = Command::new(command.get_program());
        }
        let mut child = watched
            .args(command.get_args())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (sender, lines) = mpsc::channel();
        if let Some(output) = child.stdout.take() {
            // Whoever does not want them any more does not want the rest either.
            thread::spawn(move || {
                let lines = BufReader::new(output).lines().map_while(Result::ok);
                lines
                    .take_while(|line| sender.send(line.clone()).is_ok())
                    .count()
            });
        }
        Ok(Program {
            stdin: child.stdin.take(),
            child,
            lines,
        })
    }

    /// The rest of the first line that begins so.
    pub fn line(&self, beginning: &str) -> Option<String> {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).ok()?;
            if let Some(rest) = line.strip_prefix(beginning) {
                return Some(rest.trim().to_owned());
            }
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.stdin.take());
        if !cfg!(unix) {
            // It may have ended by itself.
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// A program that answers and ends: what it is told on standard input, it is told at once.
pub struct Errand(Option<Child>);

impl Errand {
    /// Starts it.
    pub fn start(command: &mut Command, input: &str) -> io::Result<Errand> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let stdin = child.stdin.take();
        let errand = Errand(Some(child));
        // So little fits into any pipe, and who does not read it says why.
        let _ = stdin.map(|mut stdin| stdin.write_all(input.as_bytes()));
        Ok(errand)
    }

    /// What it has written to standard output, and then to standard error, once it has ended.
    pub fn report(mut self) -> io::Result<String> {
        let Some(child) = self.0.take() else {
            return Ok(String::new());
        };
        let output = child.wait_with_output()?;
        let texts = [output.stdout, output.stderr];
        Ok(String::from_utf8_lossy(&texts.concat()).into_owned())
    }
}

impl Drop for Errand {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// OpenSSL, unless it is not there.
///
/// # Errors
/// The property is skipped. LibreSSL has the same name, and does not say where it listens.
pub fn openssl() -> Result<Command, Broken> {
    let is_it = |version: &str| version.starts_with("OpenSSL ");
    found("openssl", &["version"], is_it)
}

/// curl, unless it is not there.
///
/// # Errors
/// The property is skipped.
pub fn curl() -> Result<Command, Broken> {
    found("curl", &["--version"], |version| {
        version.starts_with("curl ")
    })
}

fn found(name: &str, asked: &[&str], is_it: fn(&str) -> bool) -> Result<Command, Broken> {
    let answer = Command::new(name).args(asked).stdin(Stdio::null()).output();
    match answer {
        Ok(answer) if is_it(&String::from_utf8_lossy(&answer.stdout)) => Ok(Command::new(name)),
        _ => harness::skip!("{name} not found"),
    }
}

/// OpenSSL as a server that takes this suite alone, and where it listens. It answers with a page
/// about the connection.
pub fn openssl_server(files: &Files, suite: CipherSuite) -> Result<(Program, SocketAddr), Broken> {
    let mut command = openssl()?;
    command.args(["s_server", "-accept", "127.0.0.1:0", "-www", "-tls1_2"]);
    command.args(["-cipher", openssl_name(suite), "-groups", "X25519"]);
    command.arg("-cert").arg(&files.leaf);
    command.arg("-key").arg(&files.key);
    let server = Program::start(&command).map_err(|error| missing(&error))?;
    let address = server.line("ACCEPT ").and_then(|line| line.parse().ok());
    let address = address.ok_or_else(|| missing(&"it says not where it listens"))?;
    Ok((server, address))
}

/// OpenSSL as a client that offers this suite alone, asks for a page, and takes it.
pub fn openssl_client(
    files: &Files,
    address: SocketAddr,
    suite: CipherSuite,
    request: &str,
) -> Result<Errand, Broken> {
    let mut command = openssl()?;
    command
        .arg("s_client")
        .arg("-connect")
        .arg(address.to_string());
    command.args(["-servername", HOST, "-verify_hostname", HOST]);
    command
        .arg("-verify_return_error")
        .arg("-CAfile")
        .arg(&files.root);
    // Otherwise the server would send a ticket, which chapter 6 leaves out.
    command.args(["-tls1_2", "-no_ticket", "-cipher", openssl_name(suite)]);
    command.arg("-ign_eof");
    Errand::start(&mut command, request).map_err(|error| missing(&error))
}

/// OpenSSL is there, and of no use: no fault of the answer.
fn missing(error: &dyn std::fmt::Display) -> Broken {
    Broken::Skipped(format!("openssl can't be used: {error}"))
}

/// Something that a recorder has passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Whether the client has sent it; else the server has.
    pub is_from_client: bool,
    pub bytes: Vec<u8>,
}

/// Stands between a client and the server at `server`, and writes down what passes, in its order.
pub fn recorder(server: SocketAddr) -> io::Result<(SocketAddr, Peer<Vec<Piece>>)> {
    peer(move |from_client| {
        let to_server = patient(TcpStream::connect(server)?)?;
        let (to_client, from_server) = (from_client.try_clone()?, to_server.try_clone()?);
        let (back, pieces) = mpsc::channel();
        let forth = back.clone();
        thread::spawn(move || pass_on(from_server, to_client, false, &back));
        pass_on(from_client, to_server, true, &forth);
        drop(forth);
        // They end when both ways have.
        Ok(pieces.into_iter().collect())
    })
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, is_from_client: bool, to_list: &Sender<Piece>) {
    let mut buffer = [0; 4096];
    // A way that breaks off has ended, too.
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        let bytes = buffer[..length].to_vec();
        let piece = Piece {
            is_from_client,
            bytes,
        };
        // First the list: what answers this piece must stand behind it.
        let _ = to_list.send(piece);
        // The other may have gone already, having had all it wanted.
        let _ = to.write_all(&buffer[..length]);
    }
    let _ = to.shutdown(Shutdown::Write);
}
