//! Everything that the test suite BetterTLS tries with name constraints (<https://bettertls.com>):
//! constraints that permit or exclude a domain and a network (the host's, another host's, or none),
//! above leaves with the names and addresses of the two hosts; and names in disguise.

use std::sync::LazyLock;

use der::asn1::Any;
use der::{Decode, Encode};
use fixtures::certificates::*;
use fixtures::limits::{Limits, in_words};
use given::x509::*;
use harness::show::{Piece, Show};
use harness::{refused, same, with};

use crate::subject::ch5_certificates::*;
use fixtures::tell_names;
use fixtures::x509::constrained::{server, with_names};
use fixtures::x509::with_content;

/// The host for which the client asks, and another.
const NAMES: [&str; 2] = ["test.localhost", "bad.example.com"];
const ADDRESSES: [&str; 2] = ["127.0.0.1", "1.1.1.1"];
const COMMON_NAMES: [&str; 5] = [NAMES[0], NAMES[1], ADDRESSES[0], ADDRESSES[1], ""];

/// The domain of each, and the network of each.
const DOMAINS: [&str; 2] = ["localhost", "example.com"];
const NETWORKS: [&str; 2] = ["127.0.0.0/24", "1.1.1.0/24"];

harness::suite! {
    exercise "5.7" {
        /// constraints on a domain and a network permit and refuse what the test suite BetterTLS says
        #[think = "Go through the names one by one. Which of them breaks a rule?"]
        fn better_tls_is_satisfied({example} from examples()) {
            let constraints = example.limits.constraints();
            // With each common name. None of them counts.
            for certificate in example.certificates {
                let mut comparisons_left = NAME_COMPARISONS;
                tell_names!(constraints, certificate);
                same!(
                    permits(&constraints, certificate, &mut comparisons_left).is_ok(),
                    example.is_good()
                );
            }
        }

        /// a name in disguise, as in the test suite BetterTLS, is refused by `is_for` or by `permits`
        #[think = "A name of another form, or with something around it, is not the host. Neither is one that can't be read."]
        fn names_in_disguise_are_refused({disguised} from disguises()) {
            let certificate = disguised.certificate();
            for (host, base) in [(NAMES[0], DOMAINS), (ADDRESSES[0], NETWORKS)] {
                for limits in [Limits::new(&base[1..], &[]), Limits::new(&[], &base[..1])] {
                    let constraints = limits.constraints();
                    let mut comparisons_left = NAME_COMPARISONS;
                    tell_names!(constraints, certificate);
                    with!("its last name" = disguised);
                    with!(host);
                    refused!(
                        is_for(&certificate, host)
                            .and_then(|()| permits(&constraints, &certificate, &mut comparisons_left))
                    );
                }
            }
        }
    }
}

/// Constraints, and unsigned leaves with these names, each with another common name.
struct Example {
    limits: Limits,
    names: &'static [&'static str],
    certificates: &'static [Certificate],
}

impl Example {
    fn is_good(&self) -> bool {
        let is_good = |name: &&str| {
            let (kinds, bases) = match NAMES.contains(name) {
                true => (NAMES, DOMAINS),
                false => (ADDRESSES, NETWORKS),
            };
            let own = bases[usize::from(kinds[1] == *name)];
            let about = |base: &&String| bases.contains(&base.as_str());
            // BetterTLS excludes one name as well as one domain.
            let has = |base: &String| base == own || base == name;
            let mut permitted = self.limits.permitted.iter().filter(about).peekable();
            let is_permitted = permitted.peek().is_none() || permitted.any(has);
            is_permitted && !self.limits.excluded.iter().any(has)
        };
        self.names.iter().all(is_good)
    }
}

impl Show for Example {
    fn pieces(&self) -> Vec<Piece> {
        self.limits.pieces()
    }
}

/// The names of a leaf, and leaves with them.
type Leaves = (Vec<&'static str>, Vec<Certificate>);

/// The leaves are the same for all constraints.
static LEAVES: LazyLock<Vec<Leaves>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for name in [None, Some(NAMES[0]), Some(NAMES[1])] {
        for address in [None, Some(ADDRESSES[0]), Some(ADDRESSES[1])] {
            let names: Vec<&str> = name.into_iter().chain(address).collect();
            let owned: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
            let certificate = |common_name: &str| {
                let subject = common_name.to_owned();
                with_names(
                    Plan {
                        subject,
                        ..server()
                    },
                    &owned,
                )
                .unsigned()
            };
            all.push((names, COMMON_NAMES.map(certificate).to_vec()));
        }
    }
    all
});

fn examples() -> Vec<Example> {
    let mut all = Vec::new();
    for limits in constraints() {
        all.extend(LEAVES.iter().map(|(names, certificates)| Example {
            limits: limits.clone(),
            names,
            certificates,
        }));
    }
    all
}

/// All constraints: each of the four is for the host, is for the other host, or is missing, and at
/// least one is there.
fn constraints() -> Vec<Limits> {
    let one_or_none = |bases: [&'static str; 2]| [None, Some(bases[0]), Some(bases[1])];
    let mut all = Vec::new();
    for permitted_domain in one_or_none(DOMAINS) {
        for permitted_network in one_or_none(NETWORKS) {
            for excluded_domain in one_or_none([DOMAINS[0], NAMES[1]]) {
                for excluded_network in one_or_none(NETWORKS) {
                    let list = |one: [Option<&'static str>; 2]| -> Vec<&str> {
                        one.into_iter().flatten().collect()
                    };
                    let permitted = list([permitted_domain, permitted_network]);
                    let excluded = list([excluded_domain, excluded_network]);
                    all.push(Limits::new(&permitted, &excluded));
                }
            }
        }
    }
    all.retain(|limits| *limits != Limits::default());
    all
}

/// The host's name or address, written where it does not belong: with this tag, after a name and an
/// address of others.
struct Disguised {
    tag: u8,
    bytes: Vec<u8>,
}

impl Disguised {
    fn certificate(&self) -> Certificate {
        let any = |name: &str| {
            let name = in_words(name).to_der().expect("it is short");
            Any::from_der(&name).expect("a name")
        };
        let tag = der::Tag::ContextSpecific {
            constructed: false,
            number: der::TagNumber(self.tag.into()),
        };
        let disguised = Any::new(tag, self.bytes.clone()).expect("it is short");
        let names = vec![any(NAMES[1]), any(ADDRESSES[1]), disguised];
        let names = names.to_der().expect("it is short");
        Plan {
            names: None,
            others: vec![with_content(ID_CE_SUBJECT_ALT_NAME, &names)],
            ..server()
        }
        .unsigned()
    }
}

impl Show for Disguised {
    fn pieces(&self) -> Vec<Piece> {
        let name = match str::from_utf8(&self.bytes) {
            Ok(text) if self.bytes.len() > 4 => Piece::Text(format!("{text:?}")),
            _ => Piece::Bytes(self.bytes.clone()),
        };
        let place = format!(", with the tag {} of a name", self.tag);
        vec![name, Piece::Text(place)]
    }
}

fn disguises() -> Vec<Disguised> {
    let name = NAMES[0];
    let schemes = ["", "http://", "https://", "spiffe://", "unspec://"];
    let names = schemes.iter().map(|scheme| format!("{scheme}{name}"));
    let mut texts: Vec<String> = names.collect();
    for separator in [", ", ",", ";", ":"] {
        for prefix in ["", "DNS:"] {
            for scheme in ["", "http://"] {
                texts.push(format!("{scheme}{}{separator}{prefix}{name}", NAMES[1]));
            }
        }
    }
    texts.push(format!("http://foo.bar, DNS:{name}"));
    texts.push(ADDRESSES[0].to_owned());
    let mut all: Vec<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
    all.push(vec![127, 0, 0, 1]);
    let tags = |bytes: Vec<u8>| {
        (0..16).map(move |tag| Disguised {
            tag,
            bytes: bytes.clone(),
        })
    };
    all.into_iter().flat_map(tags).collect()
}
