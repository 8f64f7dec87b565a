//! The CA with which the exercises are tested.

use fixtures::certificates::*;
use fixtures::x509::*;
use given::x509::*;

use crate::subject::ch3_signatures::KeyTooSmall;
use crate::subject::ch5_certificates::*;

/// An intermediate CA, made without the learner's code.
pub fn authority(bits: usize) -> Authority {
    let Signer(name, key) = ca(bits, 1);
    Authority {
        certificate: Plan::ca(name, key, anchor(bits)).make(),
        key: key.private().clone(),
    }
}

/// The certificate that this CA issues for these hosts.
pub fn issued(authority: &Authority, hosts: &[String]) -> Result<Certificate, KeyTooSmall> {
    issue(authority, &request(hosts), validity())
}
