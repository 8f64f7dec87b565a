// 1.5 A channel that counts

use std::error::Error;
use std::fmt;

use super::{Rejected, open, record_nonce, seal};

/// The sender has used up its numbers. A fresh key is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exhausted;

impl fmt::Display for Exhausted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "all sequence numbers have been used")
    }
}

impl Error for Exhausted {}

/// The sending end of a channel: one direction of a connection.
///
/// [`seal`] protects a message from change. A list of messages can be attacked in other ways: an
/// attacker sends one again (a *replay*), drops one, or swaps two. Each message is genuine, but the
/// list is not. So both ends count, and a record whose number is not the one that the receiver
/// expects does not open:
///
/// ```text
/// sender                      network                     receiver
/// sequence                                                sequence
///    0   "pay Eve 1"   ──▶   record   ──▶                    0   opens
///    1   "bye"         ──▶   the first record again  ──▶     1   Rejected: 1 is not its number
///    2                       the second record  ──▶          1   opens
/// ```
///
/// The number itself is never sent: it goes into the nonce, through [`record_nonce`].
// Without `Debug`, so that no key finds its way into a log.
pub struct Sender {
    key: [u8; 16],
    iv: [u8; 12],
    /// The number of the next record.
    sequence: u64,
}

impl Sender {
    /// The end that sends under `key`. Its first record has the number 0.
    pub fn new(key: [u8; 16], iv: [u8; 12]) -> Sender {
        Sender::starting_at(key, iv, 0)
    }

    /// Like [`new`](Sender::new), but the next record has the number `sequence`.
    pub fn starting_at(key: [u8; 16], iv: [u8; 12], sequence: u64) -> Sender {
        Sender { key, iv, sequence }
    }

    /// **1.5** Seals `message` as the next record: under this channel's key and the nonce for its
    /// number, without associated data. (TLS binds the record's header; here there is none.)
    ///
    /// # Errors
    ///
    /// [`Exhausted`] if the next number is `u64::MAX`. That one is never used, so the count can't
    /// wrap to 0 and bring every nonce back. An exhausted sender stays exhausted: it never seals
    /// anything again.
    pub fn send(&mut self, message: &[u8]) -> Result<Vec<u8>, Exhausted> {
        todo!("1.5: seal {message:?} under the next number, and count")
    }
}

/// The receiving end of a channel. See [`Sender`].
// Without `Debug`, so that no key finds its way into a log.
pub struct Receiver {
    key: [u8; 16],
    iv: [u8; 12],
    /// The number of the record it waits for.
    sequence: u64,
}

impl Receiver {
    /// The end that receives under `key`. It waits for the record with the number 0.
    pub fn new(key: [u8; 16], iv: [u8; 12]) -> Receiver {
        Receiver::starting_at(key, iv, 0)
    }

    /// Like [`new`](Receiver::new), but it waits for the record with the number `sequence`.
    pub fn starting_at(key: [u8; 16], iv: [u8; 12], sequence: u64) -> Receiver {
        Receiver { key, iv, sequence }
    }

    /// **1.5** Opens `record` if it is the one that this end is waiting for, then waits for the
    /// next one.
    ///
    /// # Errors
    ///
    /// [`Rejected`] for everything else: a record that was changed, is repeated or arrives too
    /// early. This end then waits for the same record as before. If junk could make it count, one
    /// packet from anyone would end the conversation.
    ///
    /// If it waits for `u64::MAX`, it rejects everything: no sender uses that number.
    // TLS goes further and ends the connection at the first bad record (RFC 9846 §5.2). It can
    // afford to: TCP delivers everything in order, so a network without an attacker never delivers
    // one. Chapter 6 does so too.
    pub fn receive(&mut self, record: &[u8]) -> Result<Vec<u8>, Rejected> {
        todo!("1.5: open {record:?} under the next number, and count if it opens")
    }
}
