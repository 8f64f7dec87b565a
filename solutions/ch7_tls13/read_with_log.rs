// 7.12 Read with a key log

use given::tls::{
    Abort, ClientHello, Handshake, HandshakeType, Incoming, RecordLayer, ServerHello,
};
use given::tls13::{Finished, OpenRecord, SealRecord, Wire};

use crate::ch6_tls12::{ClientWrites, Conversation, Recording, ServerWrites, Unreadable};

use super::{Application, Handshaking, RecordOpener, RecordSealer, TrafficSecret};

/// **7.12** *This exercise is an attack.* It begins with the key log, a file in which programs such
/// as browsers write down the secrets of their connections if they are asked to (RFC 9850). This
/// function finds a secret in it. A key log has a line for each secret (§2), and it may have lines
/// of many connections, in any order:
///
/// ```text
/// CLIENT_HANDSHAKE_TRAFFIC_SECRET 752f2ef9…ed5d 3b30eb88…1e4c
/// └ label                         └ client random └ secret, both in hex
/// ```
///
/// The three are separated by single spaces. A line ends with LF or with CR LF, and the last one
/// may have neither. A line that begins with `#` is a comment. Lines that are not of this form, and
/// labels that you don't know, are ignored. The hex digits may be upper or lower case. If there are
/// several lines with this label for this connection, the first one counts.
pub fn logged_secret(log: &str, label: &str, client_random: &[u8; 32]) -> Option<[u8; 32]> {
    // todo!("7.12: find {label:?} of {client_random:?} in {log:?}")
    log.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(' ').collect();
        let [name, random, secret] = fields[..] else {
            return None;
        };
        let is_this = name == label && from_hex(random)? == *client_random;
        is_this.then(|| from_hex(secret)).flatten()
    })
}

/// 32 bytes from 64 hex digits.
fn from_hex(digits: &str) -> Option<[u8; 32]> {
    // todo!("7.12: the 32 bytes in {digits:?}")
    let digits: Option<Vec<u8>> = digits
        .chars()
        .map(|digit| digit.to_digit(16).and_then(|digit| digit.try_into().ok()))
        .collect();
    let digits: [u8; 64] = digits?.try_into().ok()?;
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = pair[0] << 4 | pair[1];
    }
    Some(bytes)
}

/// **7.12** *This exercise is an attack.* Reads a recorded session of TLS 1.3 with its key log.
///
/// The key of the certificate has leaked, as in exercise 6.9. This time it opens nothing: it only
/// signed. Both randoms are in the recording, and they open nothing either. All keys come from the
/// key exchange, whose secret halves were thrown away. What opens a recording of TLS 1.3 is a
/// traffic secret, and programs write those down if someone asks them to: the environment variable
/// `SSLKEYLOGFILE` names the file, and Wireshark reads it. So a key log must be kept as secret as
/// what it opens.
///
/// ```text
/// recording                 opened with (labels of the log)
///
/// ClientHello               ── in plaintext: the client random tells which lines to look for
/// ServerHello               ── in plaintext
/// … the server's Finished   SERVER_HANDSHAKE_TRAFFIC_SECRET
/// the server's data         SERVER_TRAFFIC_SECRET_0
/// … the client's Finished   CLIENT_HANDSHAKE_TRAFFIC_SECRET
/// the client's data         CLIENT_TRAFFIC_SECRET_0
/// after a KeyUpdate         the next secret of the side that sent it (exercise 7.10)
/// ```
///
/// Use two [`Wire`]s, one for what each side has sent. Read what was said, and don't judge it: the
/// two sides have done that. There may have been a HelloRetryRequest, at most one. Then each side
/// has two messages in plaintext, and the client random is the same in both ClientHellos. Which
/// messages come before a Finished depends on the handshake. If the server has sent a
/// CertificateRequest, for example, the client has sent a Certificate. Handshake messages after
/// Finished, such as tickets, are ignored. A KeyUpdate changes only the key of its own direction.
///
/// # Errors
///
/// [`Unreadable::ForwardSecret`] if the log does not have all four secrets of this connection.
/// [`Unreadable::Broken`] if the recording is not a whole handshake in both directions, or does not
/// open; any [`Abort`] will do. If both apply, either error will do.
///
/// Both directions end with a close_notify, or where the recording does. If a recording breaks off
/// in the middle of a record, ignore that record.
pub fn read_with_log(recording: &Recording, log: &str) -> Result<Conversation, Unreadable> {
    // todo!("7.12: read {recording:?} with {log:?}")
    let mut client = Wire::<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>::new();
    let mut server = Wire::<RecordSealer<ClientWrites>, RecordOpener<ServerWrites>>::new();
    client.receive(&recording.from_client);
    server.receive(&recording.from_server);

    let hello: ClientHello = next_message(&mut client)?.parse()?;
    let answer: ServerHello = next_message(&mut server)?.parse()?;
    if answer.is_retry() {
        next_message(&mut client)?.parse::<ClientHello>()?;
        next_message(&mut server)?.parse::<ServerHello>()?;
    }
    let find = |label| logged_secret(log, label, &hello.random).ok_or(Unreadable::ForwardSecret);
    let from_client = (
        TrafficSecret::<ClientWrites, Handshaking>::new(find("CLIENT_HANDSHAKE_TRAFFIC_SECRET")?),
        TrafficSecret::<ClientWrites, Application>::new(find("CLIENT_TRAFFIC_SECRET_0")?),
    );
    let from_server = (
        TrafficSecret::<ServerWrites, Handshaking>::new(find("SERVER_HANDSHAKE_TRAFFIC_SECRET")?),
        TrafficSecret::<ServerWrites, Application>::new(find("SERVER_TRAFFIC_SECRET_0")?),
    );
    Ok(Conversation {
        from_client: data_of(&mut client, from_client)?,
        from_server: data_of(&mut server, from_server)?,
    })
}

/// The next handshake message. A recording that ends here does not have a whole handshake.
fn next_message<S: SealRecord, O: OpenRecord>(wire: &mut Wire<S, O>) -> Result<Handshake, Abort> {
    // todo!("7.12: the next message from {wire:?}")
    wire.next()?.ok_or(Abort::Malformed)?.handshake()
}

/// The application data in one direction. Its next record is sealed under the first of the two
/// secrets.
fn data_of<Side, S: SealRecord>(
    wire: &mut Wire<S, RecordOpener<Side>>,
    secrets: (
        TrafficSecret<Side, Handshaking>,
        TrafficSecret<Side, Application>,
    ),
) -> Result<Vec<u8>, Abort> {
    // todo!("7.12: what {wire:?} has under {:?}", secrets.0.as_bytes())
    let (handshake, mut application) = secrets;
    wire.open_with(RecordOpener::new(handshake.record_key()))?;
    loop {
        let message = next_message(wire)?;
        if message.kind() == Some(HandshakeType::Finished) {
            message.parse::<Finished>()?;
            break;
        }
    }
    wire.open_with(RecordOpener::new(application.record_key()))?;
    let mut data = Vec::new();
    loop {
        match wire.next()? {
            Some(Incoming::ApplicationData(more)) => data.extend(more),
            Some(Incoming::Handshake(message)) => {
                if message.kind() == Some(HandshakeType::KeyUpdate) {
                    application = application.next();
                    wire.open_with(RecordOpener::new(application.record_key()))?;
                }
            }
            Some(_) | None => return Ok(data),
        }
    }
}
