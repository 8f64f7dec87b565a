//! Certificates below constraints, and paths with them, as a report shows them.

use fixtures::certificates::*;
use fixtures::limits::{Limits, in_words};
use given::x509::*;
use harness::show::{Piece, Show};

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
        let names: Vec<&str> = self.names.iter().map(|name| shown(name)).collect();
        let names = match names[..] {
            [] => "no names".to_owned(),
            _ => format!("names: {}", names.join(", ")),
        };
        let mut pieces = self.limits.pieces();
        pieces.push(Piece::Text(format!("; {names}")));
        let subject = match self.subject {
            "" => "(empty)".to_owned(),
            subject => format!("CN={subject}"),
        };
        pieces.push(Piece::Text(format!("; subject: {subject}")));
        pieces
    }
}

fn shown(name: &str) -> &str {
    if name.is_empty() { "(empty)" } else { name }
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
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    with_names(server(), &names).unsigned()
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

    fn name_of(&self, place: usize) -> String {
        match place {
            0 => "the leaf".to_owned(),
            place if place > self.depth => "the root".to_owned(),
            place => format!("CA {place}"),
        }
    }
}

impl Show for Path {
    fn pieces(&self) -> Vec<Piece> {
        let names = (0..self.depth + 2).map(|place| self.name_of(place));
        let names: Vec<String> = names.collect();
        let mut pieces = vec![Piece::Text(names.join(", "))];
        for (place, limits, critical) in self.limits.iter().rev() {
            let critical = if *critical {
                "critical"
            } else {
                "not critical"
            };
            let whose = self.name_of(*place);
            pieces.push(Piece::Text(format!("; of {whose}, {critical}: ")));
            pieces.extend(limits.pieces());
        }
        for (place, names) in self.names.iter().rev() {
            let names: Vec<&str> = names.iter().map(|name| shown(name)).collect();
            let (whose, names) = (self.name_of(*place), names.join(", "));
            pieces.push(Piece::Text(format!("; names of {whose}: {names}")));
        }
        pieces
    }
}
