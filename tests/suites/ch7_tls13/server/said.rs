//! Messages of the server, as a report shows them.

use std::fmt;

use given::tls::{HandshakeMessage, HandshakeType};
use given::tls13::{CertificateChain, CertificateEntry, EncryptedExtensions};
use given::x509::Certificate;
use harness::show::{self, Show};
use harness::{notes, think_of};

use fixtures::words::counted;

/// A message, which a report shows by what is in it.
#[derive(PartialEq)]
pub(super) struct Message(pub(super) Vec<u8>);

/// As the learner reads it.
impl fmt::Debug for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((header, body)) = self.0.split_first_chunk::<4>() else {
            return write!(out, "no such message");
        };
        match HandshakeType::from_code(header[0]) {
            Some(HandshakeType::EncryptedExtensions) => match EncryptedExtensions::read(body) {
                Ok(message) => return write!(out, "{message:?}"),
                Err(_) => write!(out, "EncryptedExtensions that can't be read: ")?,
            },
            Some(HandshakeType::Certificate) => match CertificateChain::read(body) {
                Ok(chain) => return write!(out, "{}", in_words(&chain)),
                Err(_) => write!(out, "Certificate that can't be read: ")?,
            },
            Some(kind) => write!(out, "{kind:?}: ")?,
            None => {}
        }
        write!(out, "{}", show::text(&self.0.pieces()))
    }
}

/// Sets the thought for a Certificate with something else in it than what is due.
pub(super) fn think_of_chain(certificate: &Message, expected: &Message) {
    if !notes::are_taken() || certificate == expected {
        return;
    }
    let read = |message: &Message| CertificateChain::read(message.0.get(4..)?).ok();
    if certificate.0.is_empty() && expected.0.len() > 1 << 16 {
        think_of!(
            "You send shorter chains, but not this one. Is there a limit in your code that is not in the exercise?"
        );
    }
    let (Some(got), Some(expected)) = (read(certificate), read(expected)) else {
        return;
    };
    let sorted = |chain: &CertificateChain| {
        let entries = chain.entries.iter();
        let mut all: Vec<Vec<u8>> = entries.map(|one| one.certificate.clone()).collect();
        all.sort();
        all
    };
    if !got.context.is_empty() {
        think_of!(
            "A context repeats that of a CertificateRequest. Nobody has asked this server: what is in its context?"
        );
    } else if got.entries.iter().any(|one| !one.extensions.is_empty()) {
        think_of!(
            "An extension beside a certificate answers one of the client's, and this server answers none. What do you put there?"
        );
    } else if got.entries != expected.entries && sorted(&got) == sorted(&expected) {
        think_of!(
            "They are all there. Which one comes first, and in which order are the others in `config`?"
        );
    } else if got.entries.len() > 1 && got.entries.len() < expected.entries.len() {
        think_of!(
            "Some of `config.chain` are missing: the root, perhaps, or one that comes twice. You send what you are given. Who decides what the client needs?"
        );
    }
}

/// A Certificate: its context, and below it the certificates, each with its extensions.
fn in_words(chain: &CertificateChain) -> String {
    let context = show::text(&chain.context.pieces());
    let entry = |entry: &CertificateEntry| {
        let certificate = match Certificate::from_der(&entry.certificate) {
            Ok(certificate) => format!("{certificate:?}"),
            Err(_) => show::text(&entry.certificate.pieces()),
        };
        match &entry.extensions[..] {
            [] => certificate,
            extensions => format!("{certificate} with {extensions:?}"),
        }
    };
    let mut lines: Vec<String> = chain.entries.iter().map(entry).collect();
    let more = lines.len().saturating_sub(LONGEST);
    if more > 0 {
        lines.truncate(LONGEST);
        lines.push(format!("and {more} more"));
    }
    let count = counted(chain.entries.len(), "certificate");
    format!("context {context}, {count}\n{}", lines.join("\n"))
}

/// More certificates than this are of no use to a reader.
const LONGEST: usize = 6;
