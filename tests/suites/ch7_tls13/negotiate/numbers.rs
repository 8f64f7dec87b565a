//! `negotiate13`: every number near the one that a list must have, and nothing else in the list.

use given::tls::{Abort, ClientHello, Extension, TLS_1_3, TLS_AES_128_GCM_SHA256, X25519};

use harness::{notes, think_of};

use super::shares::{makes, plain_hello};
use crate::subject::ch7_tls13::*;
use fixtures::tls12::hellos::Hello;
use fixtures::tls13::hellos::*;

harness::suite! {
    exercise "7.4" {
        /// a list has your number, or it doesn't, whatever other numbers are in it and however many
        #[think = "You look for one number in this list. Do you compare all 16 bits of it, read the list to its end, and ignore every other number?"]
        fn every_other_number_is_another_one({list} from LISTS) {
            let (what, good, longest) = list;
            let others = near(good);
            for part in others.chunks(longest - 1).chain([&[][..]]) {
                let said = match part {
                    [] => format!("with an empty list of {what}"),
                    [first, .., last] => {
                        let count = part.len();
                        format!("with {count} {what}, from {first:04x} to {last:04x}, without {good:04x}")
                    }
                    [one] => format!("with {one:04x} as the only one of its {what}"),
                };
                let reason = match what {
                    "versions" => Abort::UnsupportedVersion,
                    _ => Abort::NothingInCommon,
                };
                if part.is_empty() {
                    think_of!("This list is empty. Which numbers does it offer?");
                }
                makes(&with_list(what, part.to_vec()), said, Err(reason))?;
                notes::think(None);
                // As long as a list can be, with the number at its end.
                let mut numbers: Vec<u16> = part.iter().copied().cycle().take(longest - 1).collect();
                numbers.push(good);
                let count = numbers.len();
                let said = match part {
                    [] => format!("with {good:04x} as the only one of its {what}"),
                    _ => format!(
                        "with {count} {what}: the {} near {good:04x} again and again, and {good:04x} as the last",
                        part.len()
                    ),
                };
                makes(&with_list(what, numbers), said, Ok(Negotiated::Share([9; 32])))?;
            }
        }
    }
}

/// What a list is of, which number it must have, and how many numbers there is room for in it.
const LISTS: [(&str, u16, usize); 4] = [
    ("versions", TLS_1_3, 127),
    ("suites", TLS_AES_128_GCM_SHA256, 32_767),
    ("groups", X25519, 32_766),
    ("schemes", PSS, 32_766),
];

/// All numbers that share a byte with this one, or differ from it in one bit, and some at the ends.
fn near(good: u16) -> Vec<u16> {
    let [high, low] = good.to_be_bytes();
    let alike = (0..=0xff).flat_map(|byte| [[byte, low], [high, byte]]);
    let alike = alike.map(u16::from_be_bytes);
    let ends = [good.swap_bytes(), 0, 0x0a0a, 0xfe00, 0xff01, 0xffff];
    let mut near: Vec<u16> = alike.chain(ends).filter(|number| *number != good).collect();
    near.sort_unstable();
    near.dedup();
    near
}

/// A hello that has what is needed, with these numbers in one of its lists.
fn with_list(what: &str, numbers: Vec<u16>) -> Hello {
    let hello = Hello(plain_hello());
    match what {
        "versions" => hello.with(Extension::SupportedVersions(numbers)),
        "groups" => hello.with(Extension::SupportedGroups(numbers)),
        "schemes" => hello.with(Extension::SignatureAlgorithms(numbers)),
        _ => Hello(ClientHello {
            cipher_suites: numbers,
            ..hello.0
        }),
    }
}
