//! The CA with which the exercises are tested.

use fixtures::certificates::*;
use given::x509::key_identifiers;

use crate::subject::ch5_certificates::*;

/// An intermediate CA, made without the learner's code.
pub fn authority(bits: usize) -> Authority {
    let Signer(name, key) = ca(bits, 1);
    let Signer(_, above) = anchor(bits);
    let others = key_identifiers(&key.public(), &above.public()).to_vec();
    let plan = Plan::ca(name, key, anchor(bits));
    Authority {
        certificate: Plan { others, ..plan }.make(),
        key: key.private().clone(),
    }
}
