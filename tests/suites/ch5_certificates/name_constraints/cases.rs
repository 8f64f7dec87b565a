//! Certificates below constraints, and paths with them, as a report shows them.

use fixtures::certificates::*;
use fixtures::limits::{Limits, in_words};
use given::x509::*;
use harness::show::{Piece, Show};
use harness::think_of;

use crate::subject::ch5_certificates::*;
use fixtures::x509::BITS;

pub const REFUSED: Result<(), Untrusted> = Err(Untrusted::NotPermitted);

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

/// A leaf issued by the root.
pub fn server() -> Plan {
    Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS))
}

/// The same plan with these names, in words.
pub fn with_names(plan: Plan, names: &[String]) -> Plan {
    let names: Vec<GeneralName> = names.iter().map(|name| in_words(name)).collect();
    Plan {
        names: Some(names).filter(|names| !names.is_empty()),
        ..plan
    }
}

/// An unsigned leaf with these names.
pub fn named(names: &[&str]) -> Certificate {
    named_beside(&server().subject, names)
}

/// The same, with this common name. If that is empty, so is the subject.
pub fn named_beside(subject: &str, names: &[&str]) -> Certificate {
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let subject = subject.to_owned();
    Plan {
        subject,
        ..with_names(server(), &names)
    }
    .unsigned()
}

/// A path: a leaf, some CAs, and a root.
#[derive(Debug, Clone)]
pub struct Path {
    /// How many CAs there are. The leaf is in place 0, the CA above it in place 1, and the root
    /// after the last CA.
    pub depth: usize,
    /// The places that have constraints, what the constraints are, and whether they are critical.
    pub limits: Vec<(usize, Limits, bool)>,
    /// The places that have other names than usual, and these names.
    pub names: Vec<(usize, Vec<String>)>,
    /// The expected result.
    pub expected: Result<(), Untrusted>,
}

impl Path {
    /// A leaf for [`HOST`], two CAs and a root, with limits in these places.
    pub fn limited(limits: &[(usize, &Limits)], critical: bool) -> Path {
        let limits = limits.iter();
        Path {
            depth: 2,
            limits: limits
                .map(|(place, limits)| (*place, (*limits).clone(), critical))
                .collect(),
            names: Vec::new(),
            expected: Ok(()),
        }
    }

    pub fn named(self, place: usize, names: &[&str]) -> Path {
        let names = names.iter().map(|&name| name.to_owned()).collect();
        Path {
            names: vec![(place, names)],
            ..self
        }
    }

    pub fn expected(self, expected: Result<(), Untrusted>) -> Path {
        Path { expected, ..self }
    }

    /// From the leaf to the root.
    pub fn plans(&self) -> Vec<Plan> {
        let mut plans = line(self.depth, BITS);
        plans.push(Plan::root(anchor(BITS)));
        for (place, limits, critical) in &self.limits {
            plans[*place].others = vec![limits.extension(*critical)];
        }
        for (place, names) in &self.names {
            plans[*place] = with_names(plans[*place].clone(), names);
        }
        plans
    }

    /// From the leaf to the root, unsigned.
    pub fn unsigned(&self) -> Vec<Certificate> {
        self.plans().iter().map(Plan::unsigned).collect()
    }

    /// The chain and the roots.
    pub fn made(&self) -> (Vec<Certificate>, Vec<Certificate>) {
        let mut chain = made(&self.plans());
        let root = chain.pop().expect("the root is the last");
        (chain, vec![root])
    }
}

impl Show for Path {
    fn pieces(&self) -> Vec<Piece> {
        let limits = self
            .limits
            .iter()
            .flat_map(|(_, limits, _)| limits.pieces());
        let names = self.names.iter().flat_map(|(_, names)| names);
        let names = names.map(|name| Piece::Text(name.clone()));
        limits.chain(names).collect()
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

/// Paths on which a CA or the root is limited, critically or not.
pub fn limited(limits: &Limits, expected: Result<(), Untrusted>) -> Vec<Path> {
    let path = |place, critical| Path::limited(&[(place, limits)], critical).expected(expected);
    let places = (1..=3).flat_map(|place| [(place, true), (place, false)]);
    places
        .map(|(place, critical)| path(place, critical))
        .collect()
}

/// Paths whose leaf is not permitted.
pub fn beyond() -> Vec<Path> {
    let limits = [
        Limits::new(&["example.com"], &[]),
        Limits::new(&[], &["www.example.org"]),
        Limits::new(&["example.org"], &["example.org"]),
        Limits::new(&["directory:Example"], &[]),
    ];
    let paths = limits.iter().map(|limits| limited(limits, REFUSED));
    paths.flatten().collect()
}
