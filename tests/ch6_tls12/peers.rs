//! The grader's own TLS: a server and a client that say whatever their script has, in whatever
//! order. They share no code with the answers, so that a wrong answer can't agree with itself.
//!
//! A peer has a *plan*, which says what is in its messages, true or not, and a *script* of [`Say`],
//! which says when. Its transcript is what it has said and heard: a peer that lies is consistent, and
//! nothing but the learner's check stands between its lie and an open connection.

mod client;
mod server;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes128Gcm, KeyInit};
use given::tls::{
    Abort, Alert, ContentType, Finished, Handshake, HandshakeMessage, Incoming, OpenRecord,
    SealRecord, SignatureScheme, TLS_1_2, Wire, Writer, X25519,
};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

pub use client::{Client, ClientPlan};
pub use server::{FROM_CLIENT, Server, ServerPlan};

/// What a peer says next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Say {
    Hello,
    Certificate,
    KeyExchange,
    HelloDone,
    ChangeCipherSpec,
    Finished,
    Data(Vec<u8>),
    Close,
    /// A message of this type and with this body, wherever it comes from.
    Message(u8, Vec<u8>),
}

/// How what is said is cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cuts {
    /// The lengths of the fragments in records, used in turn.
    pub records: Vec<usize>,
    /// Whether messages that follow each other share records.
    pub joined: bool,
    /// How many bytes the learner is given at a time, used in turn.
    pub calls: Vec<usize>,
}

impl Cuts {
    /// One message, one record, one call.
    pub fn none() -> Cuts {
        Cuts {
            records: vec![1 << 14],
            joined: false,
            calls: vec![usize::MAX],
        }
    }
}

/// What is in a Finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    Honest,
    /// With this bit flipped.
    Flipped(usize),
    /// What was in the learner's own.
    Reflected,
    /// Made without the learner's own.
    Stale,
}

/// A peer, as those see it who move bytes.
pub trait Peer {
    /// Whether it can't say this before it has heard more.
    fn waits_before(&self, say: &Say) -> bool;

    /// Says this, whether it makes sense or not.
    fn say(&mut self, say: &Say);

    /// Takes what the learner has sent.
    fn hear(&mut self, bytes: &[u8]);

    /// What it has said and heard.
    fn line(&mut self) -> &mut Line;
}

/// P_SHA256 (RFC 5246 §5).
pub fn prf<const N: usize>(secret: &[u8], label: &str, seed: &[u8]) -> [u8; N] {
    let hmac = |parts: [&[u8]; 3]| {
        let mut hmac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length");
        parts.iter().for_each(|part| hmac.update(part));
        hmac.finalize().into_bytes()
    };
    let label = label.as_bytes();
    let mut output = Vec::new();
    let mut a = hmac([&[], label, seed]);
    while output.len() < N {
        output.extend(hmac([&a, label, seed]));
        a = hmac([&a, &[], &[]]);
    }
    output.truncate(N);
    output.try_into().expect("cut to this length")
}

/// What protects one direction (RFC 5288 §3).
#[derive(Clone)]
pub struct Direction {
    cipher: Aes128Gcm,
    iv: [u8; 4],
    sequence: u64,
}

impl Direction {
    fn new(key: &[u8], iv: &[u8]) -> Direction {
        Direction {
            cipher: Aes128Gcm::new_from_slice(key).expect("16 bytes"),
            iv: iv.try_into().expect("4 bytes"),
            sequence: 0,
        }
    }

    fn nonce(&self, explicit: &[u8]) -> [u8; 12] {
        let nonce = [self.iv.as_slice(), explicit].concat();
        nonce.try_into().expect("4 and 8 bytes")
    }

    fn associated_data(&self, content_type: ContentType, length: usize) -> Vec<u8> {
        let length = u16::try_from(length).expect("a record");
        let number = Writer::new().bytes(&self.sequence.to_be_bytes());
        let header = number.u8(content_type.code()).u16(TLS_1_2);
        header.u16(length).finish()
    }
}

impl SealRecord for Direction {
    fn seal(&mut self, content_type: ContentType, plaintext: &[u8]) -> Result<Vec<u8>, Abort> {
        let explicit = self.sequence.to_be_bytes();
        let aad = self.associated_data(content_type, plaintext.len());
        let msg = plaintext;
        let payload = Payload { msg, aad: &aad };
        let sealed = self.cipher.encrypt(&self.nonce(&explicit).into(), payload);
        self.sequence += 1;
        Ok([&explicit, sealed.expect("a record is short").as_slice()].concat())
    }
}

impl OpenRecord for Direction {
    fn open(&mut self, content_type: ContentType, fragment: &[u8]) -> Result<Vec<u8>, Abort> {
        let (explicit, sealed) = fragment.split_at_checked(8).ok_or(Abort::BadRecord)?;
        let length = sealed.len().checked_sub(16).ok_or(Abort::BadRecord)?;
        let aad = self.associated_data(content_type, length);
        let msg = sealed;
        let payload = Payload { msg, aad: &aad };
        let opened = self.cipher.decrypt(&self.nonce(explicit).into(), payload);
        self.sequence += 1;
        opened.map_err(|_| Abort::BadRecord)
    }
}

/// What a session comes down to in the end.
#[derive(Clone)]
struct Secrets {
    master: [u8; 48],
    client: Direction,
    server: Direction,
}

impl Secrets {
    /// `randoms` are the client's and the server's.
    fn new(premaster: &[u8], randoms: [[u8; 32]; 2], session_hash: Option<[u8; 32]>) -> Secrets {
        let [client, server] = randoms;
        let master: [u8; 48] = match session_hash {
            Some(hash) => prf(premaster, "extended master secret", &hash),
            None => prf(premaster, "master secret", &[client, server].concat()),
        };
        let block: [u8; 40] = prf(&master, "key expansion", &[server, client].concat());
        Secrets {
            master,
            client: Direction::new(&block[..16], &block[32..36]),
            server: Direction::new(&block[16..32], &block[36..]),
        }
    }

    fn verify_data(&self, label: &str, transcript: &[u8]) -> [u8; 12] {
        prf(&self.master, label, &Sha256::digest(transcript))
    }
}

const CLIENT: &str = "client finished";
const SERVER: &str = "server finished";

/// What is wrong with what the learner has said: in words, and as an honest peer ends it.
struct Wrong(String, Abort);

/// A peer's end of the connection.
pub struct Line {
    transcript: Vec<u8>,
    ear: Wire<Direction, Direction>,
    secrets: Option<Secrets>,
    sealer: Option<Direction>,
    /// Messages that have been said and are in no record yet.
    unsaid: Vec<u8>,
    outgoing: Vec<u8>,
    cuts: Cuts,
    records: usize,
    is_careless: bool,
    /// How many things have been heard that belong to a handshake.
    stage: usize,
    /// What was in the learner's Finished, and how long the transcript was before it.
    finished: [u8; 12],
    before_finished: usize,
    /// The application data that the learner has sent.
    pub data: Vec<u8>,
    /// The fatal alerts that the learner has sent.
    pub told: Vec<Alert>,
    /// Whether the learner has said that it sends no more.
    pub is_closed: bool,
    /// What the learner has done wrong, to the eyes of an honest peer.
    pub complaint: Option<String>,
}

impl Line {
    fn new(cuts: &Cuts, is_careless: bool) -> Line {
        Line {
            transcript: Vec::new(),
            ear: Wire::new(),
            secrets: None,
            sealer: None,
            unsaid: Vec::new(),
            outgoing: Vec::new(),
            cuts: cuts.clone(),
            records: 0,
            is_careless,
            stage: 0,
            finished: [0; 12],
            before_finished: 0,
            data: Vec::new(),
            told: Vec::new(),
            is_closed: false,
            complaint: None,
        }
    }

    /// Whether it has heard all of a handshake, and all of it was good.
    pub fn is_content(&self, messages: usize) -> bool {
        self.complaint.is_none() && self.stage == messages
    }

    fn has_given_up(&self) -> bool {
        self.complaint.is_some() && !self.is_careless
    }

    /// What is to be sent.
    pub fn take_outgoing(&mut self) -> Vec<u8> {
        self.write_messages();
        std::mem::take(&mut self.outgoing)
    }

    fn say_message(&mut self, kind: u8, body: &[u8]) {
        let message = Writer::new().u8(kind).vector(3, body).finish();
        self.transcript.extend(&message);
        self.unsaid.extend(message);
        if !self.cuts.joined {
            self.write_messages();
        }
    }

    fn say_handshake(&mut self, message: &Handshake) {
        self.say_message(message.bytes()[0], message.body());
    }

    fn write_messages(&mut self) {
        let messages = std::mem::take(&mut self.unsaid);
        self.write(ContentType::Handshake, &messages);
    }

    fn write(&mut self, content_type: ContentType, content: &[u8]) {
        let mut rest = content;
        while !rest.is_empty() {
            let cuts = &self.cuts.records;
            let length = match content_type {
                ContentType::Handshake => cuts[self.records % cuts.len()],
                _ => 1 << 14,
            };
            let (part, after) = rest.split_at(length.min(rest.len()));
            rest = after;
            self.records += 1;
            let fragment = match &mut self.sealer {
                Some(sealer) => sealer.seal(content_type, part).expect("short"),
                None => part.to_vec(),
            };
            let header = Writer::new().u8(content_type.code()).u16(TLS_1_2);
            self.outgoing.extend(header.vector(2, &fragment).finish());
        }
    }

    /// What is said in the same way on both sides.
    fn say(&mut self, say: &Say, mine: fn(&Secrets) -> &Direction) {
        // Messages that share records don't share them with what comes in between.
        if !matches!(say, Say::Message(..)) {
            self.write_messages();
        }
        match say {
            Say::ChangeCipherSpec => {
                self.write(ContentType::ChangeCipherSpec, &[1]);
                if self.sealer.is_none() {
                    self.sealer = self.secrets.as_ref().map(mine).cloned();
                }
            }
            Say::Data(data) => self.write(ContentType::ApplicationData, data),
            Say::Close => self.write(ContentType::Alert, &[1, 0]),
            Say::Message(kind, body) => self.say_message(*kind, body),
            _ => {}
        }
    }

    fn say_finished(&mut self, label: &str, proof: Proof) {
        let secrets = self.secrets.as_ref();
        let over = |transcript: &[u8]| {
            secrets.map_or([0; 12], |secrets| secrets.verify_data(label, transcript))
        };
        let mut verify_data = match proof {
            Proof::Stale => over(&self.transcript[..self.before_finished]),
            Proof::Reflected => self.finished,
            _ => over(&self.transcript),
        };
        if let Proof::Flipped(bit) = proof {
            verify_data[bit / 8] ^= 1 << (bit % 8);
        }
        self.say_handshake(&Finished(verify_data).handshake());
    }

    /// Takes the learner's Finished.
    fn hear_finished(&mut self, message: &Handshake, label: &str) -> Result<(), Wrong> {
        let Finished(theirs) = parsed(message)?;
        (self.finished, self.before_finished) = (theirs, self.transcript.len());
        let secrets = self.secrets.as_ref();
        let expected = secrets.map(|secrets| secrets.verify_data(label, &self.transcript));
        self.transcript.extend(message.bytes());
        if expected == Some(theirs) {
            return Ok(());
        }
        let why = "its Finished is not that of this transcript under these keys";
        Err(Wrong(why.to_owned(), Abort::BadFinished))
    }

    /// The next thing that the learner has sent and a handshake knows of.
    fn next(&mut self) -> Option<Incoming> {
        loop {
            match self.ear.next() {
                Ok(Some(Incoming::ApplicationData(data))) => self.data.extend(data),
                Ok(Some(Incoming::CloseNotify)) => self.is_closed = true,
                Ok(heard) => return heard,
                Err(Abort::Refused(alert)) => self.told.push(alert),
                Err(abort) => {
                    self.complain(&format!("what it sent can't be read: {abort}"), abort);
                    return None;
                }
            }
        }
    }

    /// Gives up, unless it is careless.
    fn complain(&mut self, what: &str, abort: Abort) {
        if self.complaint.is_some() {
            return;
        }
        self.complaint = Some(what.to_owned());
        if !self.is_careless {
            let alert = abort.alert().unwrap_or(Alert::InternalError).code();
            self.write(ContentType::Alert, &[2, alert]);
        }
    }
}

/// The message as an `M`.
fn parsed<M: HandshakeMessage>(message: &Handshake) -> Result<M, Wrong> {
    message.parse().map_err(|abort| {
        let kind = name(message);
        Wrong(
            format!("{kind}, where {:?} was due: {abort}", M::TYPE),
            abort,
        )
    })
}

/// What is wrong with something that has no place here. A careless peer goes on, but what it has
/// heard is in its transcript.
fn out_of_turn(heard: &Incoming, transcript: &mut Vec<u8>) -> Wrong {
    let what = match heard {
        Incoming::Handshake(message) => {
            transcript.extend(message.bytes());
            name(message)
        }
        other => format!("{other:?}"),
    };
    Wrong(format!("{what}, out of turn"), Abort::UnexpectedMessage)
}

fn name(message: &Handshake) -> String {
    let unknown = || "a message without a name".to_owned();
    message
        .kind()
        .map_or_else(unknown, |kind| format!("its {kind:?}"))
}

/// What a ServerKeyExchange signs (RFC 8422 §5.4): the curve is X25519, whatever the message says.
fn signed_content(client: &[u8; 32], server: &[u8; 32], share: &[u8]) -> Vec<u8> {
    let writer = Writer::new().bytes(client).bytes(server);
    writer.u8(3).u16(X25519).vector(1, share).finish()
}

fn sign(key: &rsa::PrivateKey, scheme: SignatureScheme, content: &[u8]) -> Vec<u8> {
    let signature = match scheme {
        SignatureScheme::RsaPkcs1Sha256 => key.pkcs1v15_sign::<Sha256>(content),
        SignatureScheme::RsaPssRsaeSha256 => key.pss_sign::<Sha256>(content),
    };
    signature.expect("the key is large enough")
}

fn verifies(
    key: &rsa::PublicKey,
    scheme: SignatureScheme,
    content: &[u8],
    signature: &[u8],
) -> bool {
    match scheme {
        SignatureScheme::RsaPkcs1Sha256 => key.pkcs1v15_verify::<Sha256>(content, signature),
        SignatureScheme::RsaPssRsaeSha256 => key.pss_verify::<Sha256>(content, signature),
    }
    .is_ok()
}

fn fresh<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives randomness");
    bytes
}
