//! Certificates below constraints, as a report shows them, and what is expected of an answer.

use fixtures::certificates::*;
use fixtures::limits::Limits;
use fixtures::x509::constrained::{Path, server, with_names};
use given::x509::Certificate;
use harness::show::{Piece, Show};
use harness::think_of;

use crate::subject::ch5_certificates::*;

pub const REFUSED: Result<(), Untrusted> = Err(Untrusted::NotPermitted);

/// What an answer says of this path.
pub fn expected(path: &Path) -> Result<(), Untrusted> {
    if path.is_permitted { Ok(()) } else { REFUSED }
}

/// Constraints and a certificate below them.
#[derive(Debug, Clone)]
pub struct Below {
    pub limits: Limits,
    pub names: Vec<String>,
    /// The common name of its owner. If it is empty, the subject has no name.
    pub subject: &'static str,
    /// The expected result.
    pub expected: Result<(), Untrusted>,
}

/// What is permitted, what is excluded, the names of a certificate, and the expected result.
pub type Row = (
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
    Result<(), Untrusted>,
);

impl Below {
    pub fn new(row: Row) -> Below {
        let (permitted, excluded, names, expected) = row;
        Below {
            limits: Limits::new(permitted, excluded),
            names: names.iter().map(|&name| name.to_owned()).collect(),
            subject: "Server",
            expected,
        }
    }

    pub fn all(rows: &[Row]) -> Vec<Below> {
        rows.iter().copied().map(Below::new).collect()
    }

    /// The certificate, unsigned.
    pub fn certificate(&self) -> Certificate {
        let plan = Plan {
            subject: self.subject.to_owned(),
            ..server()
        };
        with_names(plan, &self.names).unsigned()
    }
}

impl Show for Below {
    fn pieces(&self) -> Vec<Piece> {
        self.limits.pieces()
    }
}

/// Sets the thought for a refusal that is right, but not for the reason that it gives.
pub fn think_of_reason(said: Result<(), Untrusted>, expected: Result<(), Untrusted>) {
    if said.is_err() && expected.is_err() && said != expected {
        think_of!(
            "You refuse it, as you should, but give the wrong reason. Which one does the text name, under Errors?"
        );
    }
}

/// How many comparisons are left, as a report says it.
pub fn left_in_words(comparisons: usize) -> String {
    format!("comparisons_left is {comparisons} after it")
}
