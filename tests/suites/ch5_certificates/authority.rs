//! The CA with which the exercises are tested.

use fixtures::certificates::*;

use crate::subject::ch5_certificates::*;

/// An intermediate CA, made without the learner's code.
pub fn authority(bits: usize) -> Authority {
    let Signer(name, key) = ca(bits, 1);
    Authority {
        certificate: Plan::ca(name, key, anchor(bits)).make(),
        key: key.private().clone(),
    }
}
