//! How a handshake must end, and what its report says besides that: the trace, the learner's own
//! reason, and where the two sides differ.

use given::tls::{Abort, Connection, Status};
use given::tls12::Extension;
use harness::show::Words;
use harness::{notes, with};

use fixtures::tls::mallory::{End, Mallory, play};
pub use fixtures::tls::report::{stays_shut, tell};
use fixtures::tls12::scripted::{Cuts, Differs, Peer, Quirk, Say};

/// A handshake of the learner's client must end like this.
macro_rules! client_ends {
    ($end:expr, $expected:expr $(,)?) => {
        $crate::outcome::ends!("the handshake of client(config)", $end, $expected)
    };
}

/// A handshake of the learner's server must end like this.
macro_rules! server_ends {
    ($end:expr, $expected:expr $(,)?) => {
        $crate::outcome::ends!("the handshake of server(config)", $end, $expected)
    };
}

macro_rules! ends {
    ($asked:literal, $end:expr, $expected:expr) => {{
        harness::search::ask($asked);
        match (&$end, &$expected) {
            (end, expected) => {
                harness::search::answered();
                let expected_words = $crate::outcome::words(expected);
                harness::check!(end == expected, expected_words, end, $asked);
            }
        }
    }};
}

pub(crate) use {client_ends, ends, server_ends};

/// How it ends with this peer and its script.
pub fn end_with(
    learner: &mut dyn Connection,
    peer: &mut dyn Peer<Say = Say>,
    script: &[Say],
) -> End {
    // What was noted until now is about the handshake before this one.
    notes::start_over();
    let end = end_alone(learner, peer, script);
    tell(learner);
    end
}

/// The same with a peer that is honest: if the learner's side gives up, the reason is its own.
pub fn end_with_honest(
    learner: &mut dyn Connection,
    peer: &mut dyn Peer<Say = Say>,
    script: &[Say],
) -> End {
    let end = end_with(learner, peer, script);
    if notes::are_taken() {
        if let Status::Failed(abort) = learner.status() {
            think_of(&abort);
        }
        if let Some(complaint) = &peer.heard().complaint {
            think_of_complaint(complaint);
        }
    }
    end
}

/// The thought for a learner whose peer makes this complaint.
fn think_of_complaint(complaint: &str) {
    let thoughts = [
        (
            "can't be read: a record",
            "From which record on does your side seal, with which keys, and what number does the first one have?",
        ),
        (
            "can't be read",
            "Which of your records are sealed, and which are not? ChangeCipherSpec is the last that is not.",
        ),
        (
            "premaster secret",
            "Which key wraps the premaster secret, and which version does it begin with?",
        ),
        (
            "is not wrapped",
            "Which certificate has the key that wraps the premaster secret?",
        ),
        (
            "not a vector",
            "How many bytes does the length in ClientKeyExchange take, with RSA and with ECDHE?",
        ),
        (
            "share's signature",
            "Which bytes does the signature of your share cover, and with which key and scheme is it made?",
        ),
        (
            "scheme was not",
            "`negotiate` says how to sign. Does the message say the same as the signature?",
        ),
        (
            "the version in its ServerHello",
            "Which version goes into your ServerHello, whatever the client's is?",
        ),
        (
            "not the chain",
            "The whole chain is sent, in the order of `config`. What do you send?",
        ),
    ];
    let fits = thoughts.iter().find(|(part, _)| complaint.contains(part));
    if let Some((_, thought)) = fits {
        notes::think(Some(thought));
    }
}

/// The same as [`end_with`], but nothing is noted for the report.
fn end_alone(learner: &mut dyn Connection, peer: &mut dyn Peer<Say = Say>, script: &[Say]) -> End {
    play(learner, peer, script, &Cuts::none(), &mut Mallory::nobody());
    let received = learner.received();
    End::of(learner, &received, peer)
}

/// An end in words.
pub fn words(end: &End) -> String {
    harness::show::text(&harness::pieces!(end))
}

/// The thought for a learner whose side gave up for this reason, although its peer was honest.
fn think_of(abort: &Abort) {
    let thought = match abort {
        Abort::BadSignature => {
            "The peer's signature is right. Under which key do you check it, and over which randoms and share?"
        }
        Abort::BadFinished => {
            "The peer's Finished is right. What is in your transcript by then, and which label do you use?"
        }
        Abort::BadRecord => {
            "The peer's record opens under the keys that are due. What are yours derived from, and whose do you open with?"
        }
        Abort::UntrustedCertificate(_) => {
            "The server's chain and key are good. Which certificates, roots, host and time do you give to `verify_chain`, and what else do you check?"
        }
        Abort::NotOffered | Abort::UnsolicitedExtension => {
            "The peer's hello is right. What in it do you take for something that was not offered, and with what do you compare it?"
        }
        Abort::UnsupportedVersion => {
            "The peer speaks TLS 1.2. Which number do you look at, and what do you compare it with?"
        }
        Abort::BadKeyShare => {
            "The peer's share is good: X25519 takes almost any 32 bytes. What do you check about it?"
        }
        Abort::UnexpectedMessage => {
            "The last message that you received is due there. Which one does your step wait for?"
        }
        Abort::Malformed => {
            "The last message that you received is well formed. How do you read it?"
        }
        _ => return,
    };
    notes::think(Some(thought));
}

/// Looks for what the learner's side computes differently from an honest peer, and notes it for the
/// report. If it fails with an honest peer, but opens with one that has a quirk, it has the same
/// quirk.
pub fn tell_difference<P: Peer<Say = Say> + Differs>(
    honest: &mut P,
    mut pair: impl FnMut(Quirk) -> (Box<dyn Connection>, P, Vec<Say>),
) {
    if !notes::are_taken() {
        return;
    }
    for quirk in Quirk::all() {
        let (mut learner, mut peer, script) = pair(quirk);
        if let End::Open(_) = end_alone(&mut *learner, &mut peer, &script) {
            with!("what differs" = Words(honest.difference(quirk)));
            notes::think(Some(quirk.thought()));
            return;
        }
    }
}

/// Codes as the lesson writes them.
pub fn in_hex(codes: &[u16]) -> Words {
    let codes: Vec<String> = codes.iter().map(|code| format!("{code:#06x}")).collect();
    Words(codes.join(", "))
}

/// Extensions by their numbers: their order means nothing.
pub fn in_order(extensions: &[Extension]) -> Vec<Extension> {
    let mut extensions = extensions.to_vec();
    extensions.sort_by_key(Extension::code);
    extensions
}
