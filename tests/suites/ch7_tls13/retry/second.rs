//! The client: its second hello.

use given::tls::{
    Abort, ClientHello, Extension, HandshakeMessage, ServerHello, TLS_1_2, TLS_AES_128_GCM_SHA256,
    X25519,
};
use harness::{accepted, assume, called, same, think_of};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::faults::{OF_REQUESTS, plain, spoil};
use super::says_again;
use super::{request_for, shares_with};
use crate::subject::ch7_tls13::*;
use fixtures::strategies::{LONG, array, bit, bytes, pairs};
use fixtures::tls12::hellos::{UNKNOWN_GROUPS, UNKNOWN_SUITES, any_extension, grease};
use fixtures::tls13::hellos::*;
use fixtures::tls13::traces::traces;

harness::suite! {
    exercise "7.5" {
        /// the second hello is the first one with the share in it, and nothing else changes
        #[think = "Compare the two hellos, field by field. The random stays the same, too."]
        fn the_second_hello_has_the_share(
            {hello} in hello_without_share(), {share} in array(), {empty} in any::<bool>(),
            {padded} in any::<bool>(), {place} in any::<Index>()
        ) {
            let mut hello = match empty {
                true => hello.with(Extension::KeyShares(vec![])),
                false => hello,
            };
            if padded {
                let padding = Extension::Other { code: 0x0015, body: vec![0; 9] };
                hello.0.extensions.insert(place.index(hello.0.extensions.len() + 1), padding);
            }
            let expected = hello.clone().with(shares_with(&share));
            says_again!(hello.0, request_for(&hello.0), share, Ok(expected.0));
        }

        /// a cookie comes back as the last extension, whatever is in it, with a share or without one
        #[think = "A server that keeps nothing needs its whole cookie back. What do you do if it asks for nothing else?"]
        #[cases = 96]
        fn a_cookie_comes_back(
            {hello} in prop_oneof![full_hello(), hello_without_share()], {share} in array(),
            {cookie} in bytes(1..=LONG - 8), {wants_share} in any::<bool>(), {place} in any::<Index>()
        ) {
            let wants_share = wants_share && x25519_of(&hello).is_none();
            let mut retry = request_for(&hello.0);
            if !wants_share {
                retry.extensions.retain(|one| one.code() != 0x0033);
            }
            let place = place.index(retry.extensions.len() + 1);
            retry.extensions.insert(place, Extension::Cookie(cookie.clone()));
            let mut expected = hello.clone();
            if wants_share {
                expected = expected.with(shares_with(&share));
            }
            expected.0.extensions.push(Extension::Cookie(cookie));
            match called!(second_hello(&hello.0, &retry, &share)) {
                Err(Abort::UnsolicitedExtension) => think_of!("One extension may come in a retry although the client has not sent it. Which one?"),
                Ok(second) if !wants_share && second.extensions.iter().any(|one| one.code() == 0x0033 && !hello.0.extensions.contains(one)) => {
                    think_of!("The server wants its cookie back, and no share. What happens to `key_share` then?");
                }
                _ => {}
            }
            says_again!(hello.0, retry, share, Ok(expected.0));
        }

        /// early_data is removed from the second hello, wherever it was
        #[think = "What happens to the data that was sent along with the first hello?"]
        #[cases = 32]
        fn early_data_is_removed(
            {hello} in hello_without_share(), {share} in array(), {place} in any::<Index>(),
            {wants_share} in any::<bool>()
        ) {
            let mut first = hello.0.clone();
            let early = Extension::Other { code: 0x002a, body: vec![] };
            first.extensions.insert(place.index(first.extensions.len() + 1), early);
            let mut retry = request_for(&first);
            let mut expected = hello.clone();
            if wants_share {
                expected = expected.with(shares_with(&share));
            } else {
                retry.extensions[1] = Extension::Cookie(vec![7]);
                expected.0.extensions.push(Extension::Cookie(vec![7]));
            }
            says_again!(first, retry, share, Ok(expected.0));
        }

        /// a request for X25519 is refused if a share on it was sent, even if there is a cookie, too
        #[think = "The server has that share already. What would change?"]
        #[cases = 64]
        fn a_group_with_a_share_is_refused(
            {hello} in full_hello(), {share} in array(), {cookie} in any::<bool>()
        ) {
            let mut retry = request_for(&hello.0);
            if cookie {
                retry.extensions.push(Extension::Cookie(vec![7]));
            }
            says_again!(hello.0, retry, share, Err(Abort::BadRetry));
        }

        /// a request for a group that was not offered is refused, even if it is X25519, and if the hello has no list of groups
        #[think = "Which groups may a server ask for?"]
        #[cases = 64]
        fn a_group_not_offered_is_refused({hello} in hello_without_share(), {share} in array()) {
            let groups = vec![0x0017, 0x0018];
            let hello = hello.with(Extension::KeyShares(vec![]));
            let other = hello.clone().with(Extension::SupportedGroups(groups));
            says_again!(other.0, request_for(&other.0), share, Err(Abort::BadRetry));
            let none = without(hello, 0x000a);
            says_again!(none.0, request_for(&none.0), share, Err(Abort::BadRetry));
        }

        /// a request for a group other than X25519 is refused, offered or not: there is no other share
        #[think = "`share` is on X25519. What would you put into `key_share` for another group?"]
        #[cases = 64]
        fn another_group_is_refused(
            {hello} in hello_without_share(), {share} in array(), {offered} in any::<bool>(),
            {group} in prop_oneof![select(UNKNOWN_GROUPS.to_vec()), grease(), any::<u16>()]
        ) {
            assume!(group != X25519);
            let hello = match offered {
                true => hello.with(Extension::SupportedGroups(vec![group, X25519])),
                false => hello,
            };
            let mut retry = request_for(&hello.0);
            retry.extensions[1] = Extension::WantedGroup(group);
            says_again!(hello.0, retry, share, Err(Abort::BadRetry));
        }

        /// a request that changes nothing is refused
        #[think = "How would the second hello differ from the first?"]
        #[cases = 32]
        fn a_request_for_nothing_is_refused(
            {hello} in prop_oneof![full_hello(), hello_without_share()], {share} in array()
        ) {
            let mut retry = request_for(&hello.0);
            retry.extensions.truncate(1);
            says_again!(hello.0, retry, share, Err(Abort::BadRetry));
        }

        /// a request with another version, suite, session id or compression is refused, like a ServerHello
        #[think = "A request is first checked like a ServerHello. Which field do you skip?"]
        #[cases = 96]
        fn a_request_is_an_answer(
            {hello} in hello_without_share(), {share} in array(), {fault} in 0..=5_u8,
            {version} in other_version(), {suite} in select(UNKNOWN_SUITES.to_vec()), {changed} in bit()
        ) {
            let mut retry = request_for(&hello.0);
            let abort = match fault {
                0 => {
                    retry.extensions.remove(0);
                    Abort::UnsupportedVersion
                }
                1 => {
                    assume!(version != TLS_1_2);
                    retry.version = version;
                    Abort::UnsupportedVersion
                }
                2 => {
                    retry.extensions[0] = Extension::SelectedVersion(version);
                    Abort::NotOffered
                }
                3 => {
                    assume!(suite != TLS_AES_128_GCM_SHA256);
                    retry.cipher_suite = suite;
                    Abort::NotOffered
                }
                4 => {
                    retry.compression_method = 1;
                    Abort::NotOffered
                }
                _ => {
                    retry.session_id = match &retry.session_id[..] {
                        [] => vec![0],
                        own => changed.flipped(own),
                    };
                    Abort::NotOffered
                }
            };
            says_again!(hello.0, retry, share, Err(abort));
        }

        /// a request that names your suite is refused if the hello did not offer it
        #[think = "That you could use a suite does not mean that you have offered it."]
        #[cases = 16]
        fn a_suite_that_was_not_offered_is_refused({hello} in hello_without_share(), {share} in array()) {
            let retry = request_for(&hello.0);
            let first = ClientHello { cipher_suites: vec![0x1302], ..hello.0 };
            says_again!(first, retry, share, Err(Abort::NotOffered));
        }

        /// an extension that was not asked for, or that has no place in a request, is refused
        #[think = "Only a cookie may come unsolicited. And which extensions may a request have?"]
        #[cases = 64]
        fn other_extensions_are_refused(
            {hello} in hello_without_share(), {share} in array(), {extension} in any_extension(),
            {asked} in any::<bool>(), {place} in any::<Index>()
        ) {
            // Without the groups, the request would be refused for another reason.
            assume!(extension.code() != 0x000a || asked);
            let (hello, abort) = match asked {
                true if extension.code() == 0x000a => (hello, Abort::MisplacedExtension),
                true => (hello.with(extension.clone()), Abort::MisplacedExtension),
                false => (without(hello, extension.code()), Abort::UnsolicitedExtension),
            };
            let mut retry = request_for(&hello.0);
            retry.extensions.insert(place.index(retry.extensions.len() + 1), extension);
            says_again!(hello.0, retry, share, Err(abort));
        }

        /// if there are several reasons to refuse a request, the first in the exercise's order is given
        #[think = "Go through the order under `Errors`. Which of your checks is missing, or comes too early?"]
        fn the_first_reason_against_a_request_is_given((first, second) from pairs(&OF_REQUESTS)) {
            let mut asked = plain();
            // The first fault goes in last: it may remove what the second one is about.
            spoil(&mut asked, second);
            spoil(&mut asked, first);
            let reasons = [
                Abort::UnsupportedVersion, Abort::NotOffered, Abort::UnsolicitedExtension,
                Abort::MisplacedExtension, Abort::BadRetry,
            ];
            let place = OF_REQUESTS.iter().position(|faults| faults.contains(&first));
            let reason = &reasons[place.expect("it is one of them")];
            let (hello, retry) = asked;
            says_again!(hello.0, retry, [9; 32], Err(reason.clone()));
        }

        /// the request in RFC 8448 §5 asks for P-256, and is refused
        #[think = "Which group does it want, and which share do you have?"]
        fn the_request_of_the_rfc_is_refused() {
            let trace = &traces()[1];
            let first = ClientHello::read(&trace.hellos[0][4..]).expect("a hello");
            let retry = ServerHello::read(&trace.hellos[1][4..]).expect("a hello");
            same!(retry.is_retry(), true);
            says_again!(first, retry, [9; 32], Err(Abort::BadRetry));
            // Without the group it has a cookie, and that comes back.
            let mut retry = retry;
            retry.extensions.retain(|one| one.code() != 0x0033);
            let second = accepted!(second_hello(&first, &retry, &[9; 32]));
            let cookie = retry.extensions.iter().find(|one| one.code() == 0x002c);
            same!(second.extensions.last(), cookie);
        }
    }
}
