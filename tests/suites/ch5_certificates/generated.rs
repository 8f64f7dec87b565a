//! Chains with up to two things wrong, which webpki judges as well.

use given::x509::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::x509::BITS;
use fixtures::x509::{CLIENT_AUTH, dns_name};
use fixtures::x509::{DeadEnd, shuffled};

/// An honest server, with this many CAs above it.
pub fn server(depth: usize) -> Server {
    let mut plans = line(depth, BITS);
    plans[0].names = Some(vec![dns_name("www.mallory.example")]);
    plans[0].subject = "www.mallory.example".to_owned();
    let mut chain = made(&plans);
    Server {
        certificate: chain.remove(0),
        intermediates: chain,
        key: Key(BITS, 9).private().clone(),
    }
}

/// Something that is wrong with a chain. The number is the place: 0 is the leaf, 1 the CA above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defect {
    Expired(usize),
    NotYetValid(usize),
    UnknownCritical(usize),
    OtherPurpose(usize),
    BrokenSignature(usize),
    OtherSigner(usize),
    OtherIssuer(usize),
    LeftOut(usize),
    NoConstraints(usize),
    NoCa(usize),
    NoCertSign(usize),
    PathTooShort(usize),
    OtherHost,
    LeafIsCa,
}

impl Defect {
    /// Spoils the chain, or does nothing if there is no such CA.
    pub fn spoil(self, plans: &mut [Plan]) {
        let depth = plans.len() - 1;
        let is_ca = |place: usize| (1..=depth).contains(&place);
        match self {
            Defect::OtherHost => plans[0].names = Some(vec![dns_name("example.org")]),
            Defect::LeafIsCa => plans[0].ca = Some((true, None)),
            Defect::Expired(place)
            | Defect::NotYetValid(place)
            | Defect::UnknownCritical(place)
            | Defect::OtherPurpose(place)
            | Defect::BrokenSignature(place)
            | Defect::OtherSigner(place)
            | Defect::OtherIssuer(place) => {
                let plan = &mut plans[place];
                match self {
                    Defect::Expired(_) => plan.validity = (1000, -1),
                    Defect::NotYetValid(_) => plan.validity = (-1, 1000),
                    Defect::UnknownCritical(_) => plan.others = vec![unknown_extension(true)],
                    Defect::OtherPurpose(_) => plan.purposes = Some(vec![CLIENT_AUTH]),
                    Defect::BrokenSignature(_) => plan.flipped = Some(place * 100),
                    Defect::OtherSigner(_) => plan.signer = Key(plan.signer.0, 4),
                    _ => plan.issuer = "Nobody".to_owned(),
                }
            }
            Defect::NoConstraints(place) if is_ca(place) => plans[place].ca = None,
            Defect::NoCa(place) if is_ca(place) => plans[place].ca = Some((false, None)),
            Defect::NoCertSign(place) if is_ca(place) => {
                plans[place].usage = Some(KeyUsages::CRLSign);
            }
            Defect::PathTooShort(place) if is_ca(place) && place > 1 => {
                let below = u8::try_from(place - 1).expect("there are four");
                plans[place].ca = Some((true, Some(below - 1)));
            }
            // `LeftOut` is handled when the chain is made.
            _ => {}
        }
    }
}

/// Another certificate that is sent along. The number is the place of the CA that it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    Twice(usize),
    Dead(usize, DeadEnd),
    /// The CA was signed by the second root, too.
    CrossSigned(usize),
    /// The CA was signed by one below it, too.
    Loop(usize, usize),
    TheRoot,
    /// The first root was signed by the second, too.
    RootCrossSigned,
}

/// A chain for webpki to judge.
#[derive(Debug, Clone)]
pub struct Case {
    pub depth: usize,
    pub defects: Vec<Defect>,
    pub extras: Vec<Extra>,
    pub roots: Vec<&'static str>,
    pub order: u64,
}

pub const SECOND_ROOT: Signer = Signer("Second root", Key(BITS, 4));

pub fn case() -> BoxedStrategy<Case> {
    (0..=4_usize).prop_flat_map(case_of_depth).boxed()
}

pub fn case_of_depth(depth: usize) -> impl Strategy<Value = Case> {
    let place = 0..=depth;
    let defect = (0..14_usize, place.clone()).prop_map(|(kind, place)| match kind {
        0 => Defect::Expired(place),
        1 => Defect::NotYetValid(place),
        2 => Defect::UnknownCritical(place),
        3 => Defect::OtherPurpose(place),
        4 => Defect::BrokenSignature(place),
        5 => Defect::OtherSigner(place),
        6 => Defect::OtherIssuer(place),
        7 => Defect::LeftOut(place),
        8 => Defect::NoConstraints(place),
        9 => Defect::NoCa(place),
        10 => Defect::NoCertSign(place),
        11 => Defect::PathTooShort(place),
        12 => Defect::OtherHost,
        _ => Defect::LeafIsCa,
    });
    let dead_end = select(DeadEnd::ALL.to_vec());
    let extra = prop_oneof![
        place.clone().prop_map(Extra::Twice),
        (place.clone(), dead_end).prop_map(|(place, end)| Extra::Dead(place, end)),
        place.clone().prop_map(Extra::CrossSigned),
        (place.clone(), place).prop_map(|(upper, lower)| Extra::Loop(upper, lower)),
        Just(Extra::TheRoot),
        Just(Extra::RootCrossSigned),
    ];
    let roots = select(vec![
        vec!["Root"],
        vec!["Root"],
        vec!["Second root"],
        vec!["Root", "Second root"],
        vec!["Second root", "Root"],
    ]);
    let parts = (vec(defect, 0..=2), vec(extra, 0..=2), roots, any::<u64>());
    parts.prop_map(move |(defects, extras, roots, order)| Case {
        depth,
        defects,
        extras,
        roots,
        order,
    })
}

impl Case {
    /// The chain. With `for_webpki`, what webpki ignores is expressed in a way that it understands.
    pub fn chain(&self, for_webpki: bool) -> Vec<Certificate> {
        let mut plans = line(self.depth, BITS);
        for defect in &self.defects {
            defect.spoil(&mut plans);
        }
        let mut extras: Vec<Plan> = Vec::new();
        for extra in &self.extras {
            extras.extend(self.extra(*extra));
        }
        let left_out = |place: &usize| self.defects.contains(&Defect::LeftOut(*place));
        let kept = plans.into_iter().enumerate();
        let kept = kept.filter(|(place, _)| *place == 0 || !left_out(place));
        let mut sent: Vec<Plan> = kept.map(|(_, plan)| plan).chain(extras).collect();
        if for_webpki {
            for plan in &mut sent[1..] {
                // Webpki 0.103 does not require `KeyCertSign`: "BasicConstraints.cA makes KeyUsage
                // redundant". RFC 5280 §6.1.4 (n) requires it, and so do we. So webpki is told that
                // such a CA is not a CA.
                if plan
                    .usage
                    .is_some_and(|usage| usage != KeyUsages::KeyCertSign)
                {
                    plan.ca = Some((false, None));
                }
            }
        }
        shuffled(made(&sent), self.order)
    }

    pub fn roots(&self) -> Vec<Certificate> {
        let plan = |name: &&str| match *name {
            "Root" => Plan::root(anchor(BITS)),
            _ => Plan::root(SECOND_ROOT),
        };
        let plans: Vec<Plan> = self.roots.iter().map(plan).collect();
        made(&plans)
    }

    pub fn extra(&self, extra: Extra) -> Option<Plan> {
        let plans = line(self.depth, BITS);
        let ca_at = |place: usize| plans.get(place).filter(|_| place > 0).cloned();
        match extra {
            Extra::Twice(place) => ca_at(place),
            Extra::Dead(place, end) => ca_at(place).map(|good| end.instead_of(&good, place)),
            Extra::CrossSigned(place) => ca_at(place).map(|good| Plan {
                issuer: SECOND_ROOT.0.to_owned(),
                signer: SECOND_ROOT.1,
                ..good
            }),
            Extra::Loop(upper, lower) => {
                let (upper, lower) = (ca_at(upper)?, ca_at(lower)?);
                let number = plans
                    .iter()
                    .position(|plan| plan.subject == lower.subject)?;
                let Signer(issuer, signer) = ca(BITS, number);
                Some(Plan {
                    issuer: issuer.to_owned(),
                    signer,
                    ..upper
                })
            }
            Extra::TheRoot => Some(Plan::root(anchor(BITS))),
            Extra::RootCrossSigned => {
                let Signer(name, key) = anchor(BITS);
                Some(Plan::ca(name, key, SECOND_ROOT))
            }
        }
    }
}
