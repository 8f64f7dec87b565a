//! What exercises 6.1 to 6.6 ask for, done with the crates: so it is the same whatever the learner
//! has written.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes128Gcm, KeyInit};
use given::tls::{Abort, ContentType, Malformed, OpenRecord, SealRecord};
use harness::show::{Piece, Show};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::subject::ch6_tls12::{ClientWrites, Sender, ServerWrites, WriteKey};

/// The number in as many bytes, the most significant first, and then the content, whatever its
/// length is.
pub fn claimed(width: usize, claim: usize, content: &[u8]) -> Vec<u8> {
    let claim = claim.to_be_bytes();
    [&claim[claim.len() - width..], content].concat()
}

/// A vector whose length is true.
pub fn vector(width: usize, content: &[u8]) -> Vec<u8> {
    claimed(width, content.len(), content)
}

/// The content of the first vector, and what stands behind it.
pub fn read(bytes: &[u8], width: usize) -> Result<(&[u8], &[u8]), Malformed> {
    if bytes.len() < width {
        return Err(Malformed);
    }
    let mut claim = [0; 8];
    claim[8 - width..].copy_from_slice(&bytes[..width]);
    let claim = usize::from_be_bytes(claim);
    if bytes.len() - width < claim {
        return Err(Malformed);
    }
    Ok(bytes[width..].split_at(claim))
}

/// The content, if nothing stands behind it.
pub fn only<'a>(content: &'a [u8], rest: &[u8]) -> Result<&'a [u8], Malformed> {
    rest.is_empty().then_some(content).ok_or(Malformed)
}

/// The certificates in the body of a Certificate.
pub fn list(body: &[u8]) -> Result<Vec<Vec<u8>>, Malformed> {
    let (list, rest) = read(body, 3)?;
    let (mut list, mut certificates) = (only(list, rest)?, Vec::new());
    while !list.is_empty() {
        let (certificate, rest) = read(list, 3)?;
        certificates.push(certificate.to_vec());
        list = rest;
    }
    let is_bad = certificates.is_empty() || certificates.contains(&vec![]);
    if is_bad {
        Err(Malformed)
    } else {
        Ok(certificates)
    }
}

/// The answer to a heartbeat.
pub fn beat(request: &[u8]) -> Result<Vec<u8>, Malformed> {
    let Some((1, rest)) = request.split_first() else {
        return Err(Malformed);
    };
    let (payload, padding) = read(rest, 2)?;
    if padding.len() < 16 {
        return Err(Malformed);
    }
    Ok([&[2], vector(2, payload).as_slice(), &[0; 16]].concat())
}

/// What RFC 5246 §5 makes of a secret, on the crate `hmac`.
pub fn prf(secret: &[u8], label: &str, seed: &[u8], length: usize) -> Vec<u8> {
    let mac = |parts: &[&[u8]]| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any key will do");
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().to_vec()
    };
    let label = label.as_bytes();
    let (mut a, mut output) = (mac(&[label, seed]), Vec::new());
    while output.len() < length {
        output.extend(mac(&[&a, label, seed]));
        a = mac(&[&a]);
    }
    output.truncate(length);
    output
}

/// The master secret of RFC 5246 §8.1.
pub fn master(premaster: &[u8], client: &[u8; 32], server: &[u8; 32]) -> [u8; 48] {
    let seed = [client.as_slice(), server].concat();
    let master = prf(premaster, "master secret", &seed, 48);
    master.try_into().expect("48 bytes")
}

/// The one of RFC 7627 §4.
pub fn extended_master(premaster: &[u8], session_hash: &[u8]) -> [u8; 48] {
    let master = prf(premaster, "extended master secret", session_hash, 48);
    master.try_into().expect("48 bytes")
}

/// The key block, uncut.
pub fn key_block(master: &[u8; 48], client: &[u8; 32], server: &[u8; 32]) -> Vec<u8> {
    prf(
        master,
        "key expansion",
        &[server.as_slice(), client].concat(),
        40,
    )
}

/// What is in a Finished after these messages.
pub fn verify_data(master: &[u8; 48], sender: Sender, messages: &[u8]) -> [u8; 12] {
    let label = match sender {
        Sender::Client => "client finished",
        Sender::Server => "server finished",
    };
    let verify_data = prf(master, label, &Sha256::digest(messages), 12);
    verify_data.try_into().expect("12 bytes")
}

/// Key and IV of one direction.
#[derive(Debug, Clone, Copy)]
pub struct Material {
    pub key: [u8; 16],
    pub iv: [u8; 4],
}

impl Material {
    /// As the client's.
    pub fn client(&self) -> WriteKey<ClientWrites> {
        WriteKey::new(self.key, self.iv)
    }

    /// As the server's.
    pub fn server(&self) -> WriteKey<ServerWrites> {
        WriteKey::new(self.key, self.iv)
    }
}

impl Show for Material {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = self.key.pieces();
        pieces.push(Piece::Text(", IV ".to_owned()));
        pieces.extend(self.iv.pieces());
        pieces
    }
}

/// What is bound beside the content of a record (RFC 5246 §6.2.3.3).
pub fn header(number: u64, content_type: ContentType, length: usize) -> Vec<u8> {
    let length = u16::try_from(length).expect("a record is short");
    let kind = [content_type.code(), 3, 3];
    [&number.to_be_bytes()[..], &kind, &length.to_be_bytes()].concat()
}

/// The fragment of a record.
pub fn seal(
    key: &Material,
    number: u64,
    content_type: ContentType,
    explicit: [u8; 8],
    plaintext: &[u8],
) -> Vec<u8> {
    let nonce: [u8; 12] = [&key.iv[..], &explicit]
        .concat()
        .try_into()
        .expect("4 and 8 bytes");
    let payload = Payload {
        msg: plaintext,
        aad: &header(number, content_type, plaintext.len()),
    };
    let sealed = Aes128Gcm::new(&key.key.into()).encrypt(&nonce.into(), payload);
    [&explicit[..], &sealed.expect("a record is short")].concat()
}

/// What is in the fragment of a record, whatever explicit nonce it has.
pub fn open(
    key: &Material,
    number: u64,
    content_type: ContentType,
    fragment: &[u8],
) -> Option<Vec<u8>> {
    let (explicit, sealed) = fragment.split_at_checked(8)?;
    let nonce: [u8; 12] = [&key.iv[..], explicit]
        .concat()
        .try_into()
        .expect("4 and 8 bytes");
    let length = sealed.len().checked_sub(16)?;
    let payload = Payload {
        msg: sealed,
        aad: &header(number, content_type, length),
    };
    Aes128Gcm::new(&key.key.into())
        .decrypt(&nonce.into(), payload)
        .ok()
}

/// Protects records without the learner's help. Only the first record is ever asked for.
pub struct SealsFirst(pub Material);

impl SealRecord for SealsFirst {
    fn seal(&mut self, content_type: ContentType, plaintext: &[u8]) -> Result<Vec<u8>, Abort> {
        Ok(seal(&self.0, 0, content_type, [0; 8], plaintext))
    }
}

impl OpenRecord for SealsFirst {
    fn open(&mut self, content_type: ContentType, fragment: &[u8]) -> Result<Vec<u8>, Abort> {
        open(&self.0, 0, content_type, fragment).ok_or(Abort::BadRecord)
    }
}
