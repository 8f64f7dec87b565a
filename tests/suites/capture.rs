//! What Wireshark reads in a connection with its key log: tshark gets a recording of a page that
//! was fetched, and finds the page in it.
//!
//! No exercise asks for that, and a learner doesn't need tshark. So this is not a property, but a
//! test of the workbook: `cargo test --package suites7 --features solutions --test capture`.

mod subject;

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use given::net::{Limits, Setup};
use given::tls::{CipherSuite, Suite, Writer};
use subject::ch6_tls12::{ClientConfig, ServerConfig};
use subject::ch7_tls13::{FirstHello, Versions, fetch, serve};

use fixtures::certificates::NOW;
use fixtures::live::{self, BITS, HOST, Piece};

/// The address that each of the two has in the recording: the client, the server.
const ADDRESSES: [[u8; 4]; 2] = [[127, 0, 0, 1], [127, 0, 0, 2]];

/// The port that each of them has. The server's tells tshark that this is TLS.
const PORTS: [u16; 2] = [50_000, 443];

/// What TCP says with these bits in its header (RFC 9293 §3.1).
const FIN: u8 = 0x01;
const SYN: u8 = 0x02;
const ACK: u8 = 0x10;

/// A capture file (draft-ietf-opsawg-pcap) whose packets are IP.
struct Capture {
    file: Writer,
    /// The number of the next byte of the client, and of the server.
    next: [u32; 2],
}

impl Capture {
    /// A capture that begins with the handshake of TCP.
    fn new() -> Capture {
        let file = Writer::new()
            .bytes(&0xa1b2_c3d4_u32.to_be_bytes())
            // Version 2.4, then time zone and precision, which nobody uses.
            .u16(2)
            .u16(4)
            .bytes(&[0; 8])
            // The longest packet, and LINKTYPE_RAW: an IP header comes first.
            .bytes(&65_535_u32.to_be_bytes())
            .bytes(&101_u32.to_be_bytes());
        let mut capture = Capture { file, next: [0, 0] };
        capture.packet(0, SYN, &[]);
        capture.packet(1, SYN | ACK, &[]);
        capture.packet(0, ACK, &[]);
        capture
    }

    /// Adds a packet of the client (0) or of the server (1).
    fn packet(&mut self, sender: usize, flags: u8, data: &[u8]) {
        let receiver = 1 - sender;
        let tcp = Writer::new()
            .u16(PORTS[sender])
            .u16(PORTS[receiver])
            .bytes(&self.next[sender].to_be_bytes())
            .bytes(&self.next[receiver].to_be_bytes())
            // The header has 5 words. Then the window, no checksum, nothing urgent.
            .u8(5 << 4)
            .u8(flags)
            .u16(u16::MAX)
            .bytes(&[0; 4])
            .bytes(data)
            .finish();
        let ip = Writer::new()
            // Version 4, 5 words, and nothing special.
            .bytes(&[4 << 4 | 5, 0])
            .u16(u16::try_from(20 + tcp.len()).expect("a packet is short"))
            // Not in fragments, 64 hops, TCP, no checksum.
            .bytes(&[0, 0, 0, 0, 64, 6, 0, 0])
            .bytes(&ADDRESSES[sender])
            .bytes(&ADDRESSES[receiver])
            .bytes(&tcp)
            .finish();
        let length = u32::try_from(ip.len()).expect("a packet is short");
        let file = std::mem::take(&mut self.file)
            // The time, which does not matter here. Then the length in this file, and the length on
            // the wire.
            .bytes(&[0; 8])
            .bytes(&length.to_be_bytes())
            .bytes(&length.to_be_bytes())
            .bytes(&ip);
        self.file = file;
        let data = u32::try_from(data.len()).expect("a packet is short");
        self.next[sender] += data + u32::from(flags & (SYN | FIN) != 0);
    }
}

/// Fetches a page under this suite, and adds its secrets to the key log. Returns what passed.
fn recorded(suite: Suite, first: FirstHello, key_log: &Path) -> Vec<Piece> {
    let identity = live::identity(BITS);
    let (versions, suites) = match suite {
        Suite::Tls12(suite) => (Versions::Tls12, vec![suite]),
        Suite::Tls13 => (Versions::Tls13, vec![]),
    };
    let server = Arc::new(ServerConfig {
        chain: vec![identity.leaf],
        key: identity.key.clone(),
        suites: suites.clone(),
        sentinel: None,
    });
    let (address, server) = live::peer(move |socket| {
        let mut sink = io::sink();
        Ok(serve(socket, server, versions, setup(&mut sink, None)))
    })
    .unwrap();
    let (address, recorder) = live::recorder(address).unwrap();
    let client = ClientConfig {
        host: HOST.to_owned(),
        roots: vec![identity.root],
        now: NOW,
        suites,
    };
    let mut sink = io::sink();
    let setup = setup(&mut sink, Some(key_log));
    fetch(address, client, versions, first, "/a-page", setup).unwrap();
    server.report().unwrap().unwrap();
    recorder.report().unwrap()
}

fn setup<'a>(trace: &'a mut dyn io::Write, key_log: Option<&Path>) -> Setup<'a> {
    Setup {
        limits: Limits::default(),
        trace,
        key_log: key_log.map(Path::to_owned),
    }
}

/// What tshark says about a recording, with these arguments.
fn tshark(capture: &Path, key_log: &Path, what: &[&str]) -> String {
    let output = Command::new("tshark")
        .arg("-r")
        .arg(capture)
        .arg("-o")
        .arg(format!("tls.keylog_file:{}", key_log.display()))
        .args(what)
        .output()
        .expect("tshark is there");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// Makes tshark show the content of the connection, as text.
const FOLLOW: [&str; 3] = ["-q", "-z", "follow,tls,ascii,0"];

/// Makes tshark name the messages.
const LIST: [&str; 4] = ["-T", "fields", "-e", "_ws.col.Info"];

/// Asserts that the page can be read with the key log and not without it, that the key log has
/// these labels, and that `messages` are among those that tshark names.
#[track_caller]
fn check(suite: Suite, first: FirstHello, labels: &[&str], messages: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let pieces = recorded(suite, first, &path("keys"));
    let mut capture = Capture::new();
    for piece in pieces {
        let sender = usize::from(!piece.is_from_client);
        capture.packet(sender, ACK, &piece.bytes);
    }
    capture.packet(1, FIN | ACK, &[]);
    capture.packet(0, FIN | ACK, &[]);
    fs::write(path("capture"), capture.file.finish()).unwrap();

    let keys = fs::read_to_string(path("keys")).unwrap();
    let found = keys.lines().map(|line| line.split(' ').next().unwrap());
    assert_eq!(found.collect::<Vec<_>>(), labels);
    let text = tshark(&path("capture"), &path("keys"), &FOLLOW);
    let page = format!("You asked for /a-page. It comes to you under {suite}.");
    for expected in ["GET /a-page HTTP/1.1", "HTTP/1.1 200 OK", &page] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let text = tshark(&path("capture"), &path("keys"), &LIST);
    for expected in messages {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    // Without the key log there is nothing to read.
    let text = tshark(&path("capture"), &path("none"), &FOLLOW);
    assert!(!text.contains("GET") && !text.contains("HTTP"), "{text}");
}

/// The labels in the key log for a connection in TLS 1.2.
const OLD_LABELS: [&str; 1] = ["CLIENT_RANDOM"];

/// The labels for one in TLS 1.3 (RFC 9850).
const LABELS: [&str; 5] = [
    "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
    "SERVER_HANDSHAKE_TRAFFIC_SECRET",
    "CLIENT_TRAFFIC_SECRET_0",
    "SERVER_TRAFFIC_SECRET_0",
    "EXPORTER_SECRET",
];

#[test]
fn wireshark_reads_a_connection_with_a_wrapped_secret() {
    let suite = CipherSuite::RsaAes128GcmSha256.into();
    let messages = ["Client Key Exchange", "Finished"];
    check(suite, FirstHello::WithShare, &OLD_LABELS, &messages);
}

#[test]
fn wireshark_reads_a_connection_with_a_signed_share() {
    let suite = CipherSuite::EcdheRsaAes128GcmSha256.into();
    let messages = ["Server Key Exchange", "Finished"];
    check(suite, FirstHello::WithShare, &OLD_LABELS, &messages);
}

#[test]
fn wireshark_reads_a_connection_in_tls_1_3() {
    let messages = ["Encrypted Extensions", "Certificate Verify", "Finished"];
    check(Suite::Tls13, FirstHello::WithShare, &LABELS, &messages);
}

#[test]
fn wireshark_reads_a_connection_with_a_retry() {
    let messages = ["Hello Retry Request", "Certificate Verify", "Finished"];
    check(Suite::Tls13, FirstHello::AskFirst, &LABELS, &messages);
}
