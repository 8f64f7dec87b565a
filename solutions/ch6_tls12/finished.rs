// 6.6 Finished

use crate::ch3_signatures::Transcript;

use super::{MasterSecret, prf};

/// The sender of a Finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// The client.
    Client,
    /// The server.
    Server,
}

/// **6.6** What is in a Finished: 12 bytes from the master secret and the hash of all messages of
/// the handshake so far (RFC 5246 §7.4.9). The label is "client finished" or "server finished".
///
/// ```text
/// client's    ClientHello … ClientKeyExchange
/// server's    ClientHello … ClientKeyExchange, the client's Finished
/// ```
///
/// The transcript is given as it is before this Finished. A Finished does not cover itself, but the
/// next one covers it. ChangeCipherSpec is in neither: it is not a handshake message.
///
/// The labels differ so that nobody can send a Finished back to where it came from.
pub fn verify_data(master: &MasterSecret, sender: Sender, transcript: &Transcript) -> [u8; 12] {
    // todo!("6.6: the Finished of {sender:?} from {master:?} and {transcript:?}")
    let label = match sender {
        Sender::Client => "client finished",
        Sender::Server => "server finished",
    };
    let bytes = prf(master.as_bytes(), label, &transcript.hash(), 12);
    bytes.try_into().expect("12 bytes were asked for")
}
