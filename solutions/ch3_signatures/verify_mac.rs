// 3.3 Check a MAC

use std::error::Error;
use std::fmt;

use subtle::ConstantTimeEq;

use super::hmac_sha256;

/// The MAC is not the HMAC of the message under the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadMac;

impl fmt::Display for BadMac {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the MAC is not valid for this message and key")
    }
}

impl Error for BadMac {}

/// **3.3** Checks that `mac` is the whole HMAC of `message` under `key`, in a time that does not
/// depend on how much of it is right.
///
/// There is only one right MAC, so you compute it and compare. How you compare matters. The `==` of
/// slices may return at the first byte that differs. Then a MAC whose first byte is right takes a
/// little longer to be refused than one whose first byte is wrong. An attacker who can measure that
/// finds the first byte in at most 256 tries. The second takes at most 256 more, and all 32 bytes
/// take at most 8192, instead of 2²⁵⁶. Keyczar was found vulnerable to this in 2009.
///
/// The crate `subtle` compares in *constant time*: how long it takes does not depend on the secret.
/// [`ConstantTimeEq`] looks at every byte, whatever it has seen so far.
///
/// **No test here can tell this comparison from `==`.** The two give the same answers, and their
/// times differ by less than a test on your machine can measure. An answer with `==` is graded as
/// solved. Only reading finds it: read your own code now, and other people's wherever it compares
/// secrets.
///
/// # Errors
///
/// [`BadMac`] if anything differs, including the length. A MAC that is cut short is not accepted,
/// however much of it is left. Anyone who can choose to have only one byte checked has only that
/// byte to guess (CVE-2008-0960).
pub fn verify_mac(key: &[u8], message: &[u8], mac: &[u8]) -> Result<(), BadMac> {
    // todo!("3.3: is {mac:?} the HMAC of {message:?} under {key:?}?")

    // Slices of different lengths are not equal, and `ct_eq` says so at once. That reveals nothing:
    // all MACs have the same length.
    if hmac_sha256(key, message).ct_eq(mac).into() {
        Ok(())
    } else {
        Err(BadMac)
    }
}
