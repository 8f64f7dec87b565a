//! The properties of the messages with which a side of TLS 1.3 proves who it is: CertificateVerify
//! and Finished (RFC 9846 §4.4).

mod certificate_verify;
mod finished;

#[path = "../subject.rs"]
mod subject;
mod transcript;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        certificate_verify::suite(),
        certificate_verify::made::suite(),
        certificate_verify::kept::suite(),
        certificate_verify::near::suite(),
        finished::suite(),
        finished::near::suite(),
    ])
}
