// 3.3 Check a MAC

use std::error::Error;
use std::fmt;

use subtle::ConstantTimeEq;

use super::hmac_sha256;

/// The MAC is not that of the message under the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadMac;

impl fmt::Display for BadMac {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the MAC does not hold")
    }
}

impl Error for BadMac {}

/// **3.3** Checks that `mac` is the whole HMAC of `message` under `key`, in a time that does not
/// depend on how much of it is right.
///
/// There is only one right MAC, so you compute it and compare. How you compare matters. The `==` of
/// slices may return at the first byte that differs. Then a MAC whose first byte is right takes a
/// little longer to be refused than others. An attacker who can measure that finds the first byte
/// in at most 256 tries, the second in at most 256 more, and all 32 in at most 8192, instead of
/// 2²⁵⁶. Keyczar was found vulnerable to this in 2009.
///
/// The crate `subtle` compares without stopping: [`ConstantTimeEq`] looks at every byte, whatever
/// it has seen.
///
/// **No test here can tell the two apart.** They give the same answers, and their times differ by
/// less than a test on your machine can measure. An answer with `==` is graded as solved. What
/// finds it is reading: yours by you, now, and other people's wherever something secret is
/// compared.
///
/// # Errors
///
/// [`BadMac`] where anything differs, the length too. A MAC that is cut short is not accepted,
/// however much of it there is: who may choose to be checked on one byte guesses that byte
/// (CVE-2008-0960).
pub fn verify_mac(key: &[u8], message: &[u8], mac: &[u8]) -> Result<(), BadMac> {
    todo!("3.3: is {mac:?} the HMAC of {message:?} under {key:?}?")
}
