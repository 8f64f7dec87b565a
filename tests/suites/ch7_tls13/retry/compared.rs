//! The server: how it compares the second hello with the first.

use given::tls::{Abort, Extension, KeyShare, TLS_1_3, X25519};
use harness::{accepted, assume, differ, notes, same, think_of};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::{compares, shares_with};
use crate::subject::ch7_tls13::*;
use fixtures::strategies::{array, bit, bytes};
use fixtures::tls12::hellos::{Hello, any_extension};
use fixtures::tls13::hellos::*;

harness::suite! {
    exercise "7.5" {
        /// the server accepts a second hello with the share, and returns the share
        #[think = "What may differ between the two hellos?"]
        fn a_good_second_hello_is_taken({hello} in hello_without_share(), {share} in array()) {
            let second = hello.clone().with(shares_with(&share));
            compares!(hello.0, second.0, Ok(share));
        }

        /// the server lets padding and pre-shared keys change, and early_data disappear
        #[think = "RFC 9846 §4.2.2 lists what a client may change."]
        #[cases = 64]
        fn some_extensions_may_change(
            {hello} in hello_without_share(), {share} in array(),
            {before} in subsequence(vec![0x0015_u16, 0x0029, 0x002a], 0..=3),
            {after} in subsequence(vec![0x0015_u16, 0x0029], 0..=2), {place} in any::<Index>()
        ) {
            let with = |hello: &Hello, codes: &[u16], byte: u8| {
                let mut hello = hello.clone();
                for code in codes {
                    let body = vec![byte; usize::from(byte)];
                    let place = place.index(hello.0.extensions.len() + 1);
                    hello.0.extensions.insert(place, Extension::Other { code: *code, body });
                }
                hello
            };
            let first = with(&hello, &before, 3);
            let second = with(&hello.with(shares_with(&share)), &after, 5);
            compares!(first.0, second.0, Ok(share));
        }

        /// the server accepts a second hello with `key_share` in another place
        #[think = "Which extensions are left out of the comparison, wherever they are?"]
        #[cases = 16]
        fn a_share_may_move({hello} in hello_without_share(), {share} in array()) {
            let second = without(hello.clone(), 0x0033).0;
            for place in 0..=second.extensions.len() {
                let mut second = second.clone();
                second.extensions.insert(place, shares_with(&share));
                compares!(hello.0, second, Ok(share));
            }
        }

        /// a second hello that differs is refused for that before its shares are checked
        #[think = "Go through the order under `Errors`. Which of your checks is missing, or comes too early?"]
        #[cases = 16]
        fn a_difference_comes_before_a_share({hello} in hello_without_share(), {fault} in 0..=3_u8) {
            let others = [vec![], vec![KeyShare { group: 0x0017, share: vec![7; 65] }]];
            for shares in others.map(Extension::KeyShares) {
                let mut second = hello.clone().with(shares).0;
                match fault {
                    0 => second.random[31] ^= 1,
                    1 => second.extensions.push(Extension::Cookie(vec![7])),
                    2 => second.extensions.insert(0, Extension::Other { code: 0x002a, body: vec![] }),
                    _ => second.cipher_suites.push(0x1302),
                }
                compares!(hello.0, second, Err(Abort::BadRetry));
                let second = without(Hello(second), 0x0033);
                compares!(hello.0, second.0, Err(Abort::BadRetry));
            }
        }

        /// a second hello in which anything differs that must stay the same is refused
        #[think = "Somebody else's hello, or the first one changed in transit: which fields show it?"]
        #[cases = 128]
        fn another_hello_is_refused(
            {hello} in hello_without_share(), {share} in array(), {fault} in 0..=8_u8, {changed} in bit(),
            {extension} in any_extension()
        ) {
            let mut second = hello.clone().with(shares_with(&share)).0;
            match fault {
                0 => second.version = 0x0304,
                1 => {
                    let random = changed.flipped(&second.random);
                    second.random = random.try_into().expect("as long as before");
                }
                2 => match second.session_id.len() {
                    0 => second.session_id = vec![0],
                    _ => second.session_id = changed.flipped(&second.session_id),
                },
                3 => second.cipher_suites.push(0x1302),
                4 => second.compression_methods = vec![0, 1],
                5 => {
                    let is_new = |one: &Extension| one.code() != extension.code();
                    assume!(second.extensions.iter().all(is_new));
                    second.extensions.push(extension);
                    think_of!("The second hello has an extension that the first one lacks. Which numbers do you leave out of the comparison, and do you compare all 16 bits of each?");
                }
                6 => second.extensions.retain(|one| one.code() != 0x000d),
                7 => {
                    let others = second.extensions.iter().filter(|one| one.code() != 0x0033);
                    let others: Vec<_> = others.cloned().collect();
                    second.extensions = [vec![shares_with(&share)], others].concat();
                    second.extensions.reverse();
                }
                _ => {
                    let versions = Extension::SupportedVersions(vec![TLS_1_3, 0x0305, 0x0302]);
                    second = Hello(second).with(versions).0;
                    assume!(second != hello.clone().with(shares_with(&share)).0);
                }
            }
            compares!(hello.0, second, Err(Abort::BadRetry));
        }

        /// a second hello with a cookie or with early_data is refused, and so is one without the cookie that the first one had
        #[think = "Has this server sent a cookie? And may the second hello announce early data?"]
        #[cases = 32]
        fn a_forbidden_extension_is_refused(
            {hello} in hello_without_share(), {share} in array(), {cookie} in any::<bool>(),
            {in_both} in any::<bool>()
        ) {
            let extension = match cookie {
                true => Extension::Cookie(vec![7]),
                false => Extension::Other { code: 0x002a, body: vec![] },
            };
            let mut first = hello.clone();
            let mut second = hello.with(shares_with(&share));
            if cookie {
                let first = first.clone().with(extension.clone());
                think_of!("The first hello has a cookie, and the second one lacks it. Four extensions may differ. Is the cookie one of them?");
                compares!(first.0, second.0, Err(Abort::BadRetry));
                notes::think(None);
            }
            if in_both {
                first.0.extensions.push(extension.clone());
            }
            second.0.extensions.push(extension);
            compares!(first.0, second.0, Err(Abort::BadRetry));
        }

        /// a second hello without the share, or with another one, is refused: there is no second retry
        #[think = "The server has asked for one share. What else would answer that?"]
        #[cases = 64]
        fn other_shares_are_refused(
            {hello} in hello_without_share(), {share} in bytes(32..=32), {kind} in 0..=5_u8,
            {length} in select(vec![1_usize, 31, 33, 64, 288])
        ) {
            let on = |group: u16, share: &[u8]| KeyShare { group, share: share.to_vec() };
            let shares = match kind {
                0 => vec![],
                1 => vec![on(0x0017, &share)],
                2 => vec![on(X25519, &share), on(0x0017, &share)],
                3 => vec![on(0x0017, &share), on(X25519, &share)],
                4 => vec![on(X25519, &share); 2],
                _ => vec![on(X25519, &vec![9; length])],
            };
            let second = hello.clone().with(Extension::KeyShares(shares));
            compares!(hello.0, second.0, Err(Abort::BadKeyShare));
            // The first hello once more, with the shares that it had.
            compares!(hello.0, hello.0.clone(), Err(Abort::BadKeyShare));
            let second = without(hello.clone(), 0x0033);
            compares!(hello.0, second.0, Err(Abort::BadKeyShare));
        }

        /// the server accepts the second hello that the client makes
        #[think = "Which of the two ends is wrong? The other properties test each of them alone."]
        #[cases = 32]
        fn the_two_ends_agree({hello} in hello_without_share(), {share} in array()) {
            let second = accepted!(second_hello(&hello.0, &retry_request(&hello.0), &share));
            compares!(hello.0, second, Ok(share));
            same!(negotiate13(&second), Ok(Negotiated::Share(share)));
            differ!(second, hello.0);
        }
    }
}
