//! The properties of exercise 3.4: signatures from nothing, and from two others.

use harness::{Property, with};

use crate::subject::ch2_asymmetric::PublicKey;
use crate::subject::ch3_signatures::*;
use crate::textbook::power;

mod from_nothing;
mod from_two;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [from_nothing::suite(), from_two::suite()].concat()
}

/// Shows what the public key turns a forged signature into.
fn with_power(key: &PublicKey, forged: Option<Signed>) {
    if let Some(Signed { signature, .. }) = forged
        && signature < key.n.get()
    {
        with!("signature to the power of e, modulo n" = power(signature, key.e, key.n));
    }
}
