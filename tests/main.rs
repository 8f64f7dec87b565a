//! Grades the exercises: `cargo test`, `cargo test ch1`, `cargo test 1.3`.
//!
//! One suite per chapter says what must hold; the crate `harness` looks for a case in which it
//! does not, and reports it.

use std::process::ExitCode;

use harness::Workbook;

mod certificates;
mod ch1_symmetric;
mod ch2_asymmetric;
mod ch3_signatures;
mod ch4_key_exchange;
mod ch5_certificates;
mod ch6_tls12;
mod hex;
mod keys;
mod oracles;
mod peers;
mod randomness;
mod strategies;
mod subject;
mod textbook;
mod victims;

fn main() -> ExitCode {
    harness::grade(&Workbook {
        subject: subject::FOLDER,
        suites: &[
            ch1_symmetric::suite,
            ch2_asymmetric::suite,
            ch3_signatures::suite,
            ch4_key_exchange::suite,
            ch5_certificates::suite,
            ch6_tls12::parts::suite,
            ch6_tls12::handshake::suite,
            ch6_tls12::live::suite,
        ],
    })
}
