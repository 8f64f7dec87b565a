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
/// [`seal`] protects a message from change. A list of messages can be attacked in other ways: one
/// is sent again, one left out, two change places. Each of them is genuine, and their sequence is
/// not. So both ends count, and what has another number than the receiver expects will not open:
///
/// ```text
/// sender                      network                     receiver
/// sequence                                                sequence
///    0   "pay Eve 1"   ──▶   record   ──▶                    0   opens
///    1   "bye"         ──▶   the first record again  ──▶     1   Rejected: 1 is not its number
///    2                       the second record  ──▶          1   opens
/// ```
///
/// The number itself never travels: it is in the nonce, [`record_nonce`].
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

    /// As [`new`](Sender::new), but the next record has the number `sequence`.
    pub fn starting_at(key: [u8; 16], iv: [u8; 12], sequence: u64) -> Sender {
        Sender { key, iv, sequence }
    }

    /// **1.5** Seals `message` as the next record: under this channel's key and the nonce of its
    /// number, without associated data. (TLS binds the record's header; here there is none.)
    ///
    /// # Errors
    ///
    /// [`Exhausted`] where the next number is `u64::MAX`. That one is never used, so the count can't
    /// wrap to 0 and bring every nonce back. It stays so: a sender that is exhausted seals nothing
    /// ever again.
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

    /// As [`new`](Receiver::new), but it waits for the record with the number `sequence`.
    pub fn starting_at(key: [u8; 16], iv: [u8; 12], sequence: u64) -> Receiver {
        Receiver { key, iv, sequence }
    }

    /// **1.5** Opens `record` if it is the one that this end waits for, and waits for the next.
    ///
    /// # Errors
    ///
    /// [`Rejected`] for everything else: a record that was changed, comes again or comes too early.
    /// This end then waits for the same record as before. If junk could make it count, one packet
    /// from anybody would end the conversation.
    ///
    /// Where it waits for `u64::MAX`, it rejects everything: no sender uses that number.
    // TLS goes further and ends the connection at the first bad record (RFC 9846 §5.2). It may:
    // TCP delivers everything in order, so no honest network brings one. Chapter 6 does so too.
    pub fn receive(&mut self, record: &[u8]) -> Result<Vec<u8>, Rejected> {
        todo!("1.5: open {record:?} under the next number, and count if it opens")
    }
}
