use given::tls::{
    Abort, ClientHello, Extension, HELLO_RETRY_REQUEST, HandshakeMessage, KeyShare, ServerHello,
    TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256, X25519,
};
use harness::{accepted, assume, differ, same};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use crate::strategies::transcript_of;
use crate::subject::ch7_tls13::*;
use fixtures::strategies::{LONG, array, bit, bytes};
use fixtures::tls12::hellos::{Hello, UNKNOWN_GROUPS, UNKNOWN_SUITES, any_extension, grease};
use fixtures::tls13::hellos::*;
use fixtures::tls13::reference;
use fixtures::tls13::traces::traces;

harness::suite! {
    exercise "7.5" {
        /// the request has the form of a ServerHello, with the one random, and asks for X25519
        #[think = "Which of its fields come from the hello, and which are always the same?"]
        #[cases = 64]
        fn the_request_asks_for_a_share(hello in hello_without_share()) {
            let retry = retry_request(&hello.0);
            same!(retry.random, HELLO_RETRY_REQUEST);
            same!(retry.session_id, hello.0.session_id);
            same!(retry, request_for(&hello.0));
            same!(retry.is_retry(), true);
        }

        /// the transcript begins anew, with a message that has the hash of the first hello in it
        #[think = "Type, length, hash: how many bytes is each of them?"]
        #[cases = 64]
        fn the_first_hello_is_replaced(hello in bytes(0..=LONG), more in bytes(0..=80)) {
            let first = transcript_of(&hello);
            let mut transcript = retried(&first);
            let replaced = [&[254, 0, 0, 32][..], &reference::hash(&hello)].concat();
            same!(transcript.hash(), reference::hash(&replaced));
            transcript.add(&more);
            same!(transcript.hash(), reference::hash(&[replaced, more].concat()));
            // The one that was given goes on as if nobody had looked.
            same!(first.hash(), reference::hash(&hello));
        }

        /// the transcript of the connection in RFC 8448 §5 comes out, and all secrets below it
        #[think = "Which messages are in it after the replaced one? The request is one of them."]
        fn the_transcript_of_the_rfc_comes_out() {
            let trace = &traces()[1];
            let mut transcript = retried(&transcript_of(&trace.hellos[0]));
            trace.hellos[1..].iter().for_each(|message| transcript.add(message));
            same!(transcript.hash(), RFC_8448_5);
            let handshake = EarlySecret::without_psk().into_handshake(&trace.shared);
            let (traffic, _) = handshake.into_main(&transcript);
            same!(*traffic.client.as_bytes(), trace.client_handshake);
            same!(*traffic.server.as_bytes(), trace.server_handshake);
        }

        /// the second hello is the first one with the share in it, and nothing else changes
        #[think = "Compare the two hellos, field by field. Also the random stays."]
        fn the_second_hello_has_the_share(
            hello in hello_without_share(), share in array(), empty in any::<bool>()
        ) {
            let hello = match empty {
                true => hello.with(Extension::KeyShares(vec![])),
                false => hello,
            };
            let expected = hello.clone().with(shares_with(&share));
            same!(second_hello(&hello.0, &request_for(&hello.0), &share), Ok(expected.0));
        }

        /// a cookie comes back at the end, whatever is in it, beside a share and without one
        #[think = "What does a server that keeps nothing need from you?"]
        #[cases = 96]
        fn a_cookie_comes_back(
            hello in prop_oneof![full_hello(), hello_without_share()], share in array(),
            cookie in bytes(1..=LONG - 8), wants_share in any::<bool>(), place in any::<Index>()
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
            same!(second_hello(&hello.0, &retry, &share), Ok(expected.0));
        }

        /// early_data is taken out of the second hello, wherever it was
        #[think = "What has become of the data that was sent along with the first hello?"]
        #[cases = 32]
        fn early_data_is_taken_out(
            hello in hello_without_share(), share in array(), place in any::<Index>()
        ) {
            let mut first = hello.0.clone();
            let early = Extension::Other { code: 0x002a, body: vec![] };
            first.extensions.insert(place.index(first.extensions.len() + 1), early);
            let expected = hello.with(shares_with(&share));
            same!(second_hello(&first, &request_for(&first), &share), Ok(expected.0));
        }

        /// a request for X25519 is refused if a share on it was sent, also beside a cookie
        #[think = "The server has that share already. What would change?"]
        #[cases = 64]
        fn a_group_with_a_share_is_refused(
            hello in full_hello(), share in array(), cookie in any::<bool>()
        ) {
            let mut retry = request_for(&hello.0);
            if cookie {
                retry.extensions.push(Extension::Cookie(vec![7]));
            }
            same!(second_hello(&hello.0, &retry, &share), Err(Abort::BadRetry));
        }

        /// a request for a group that was not offered is refused, X25519 too
        #[think = "Which groups may a server ask for?"]
        #[cases = 64]
        fn a_group_not_offered_is_refused(hello in hello_without_share(), share in array()) {
            let groups = vec![0x0017, 0x0018];
            let hello = hello.with(Extension::SupportedGroups(groups));
            let hello = hello.with(Extension::KeyShares(vec![]));
            same!(second_hello(&hello.0, &request_for(&hello.0), &share), Err(Abort::BadRetry));
        }

        /// a request for another group than X25519 is refused, offered or not: there is no other share
        #[think = "What would you put into `key_share`?"]
        #[cases = 64]
        fn another_group_is_refused(
            hello in hello_without_share(), share in array(), offered in any::<bool>(),
            group in prop_oneof![select(UNKNOWN_GROUPS.to_vec()), grease(), any::<u16>()]
        ) {
            assume!(group != X25519);
            let hello = match offered {
                true => hello.with(Extension::SupportedGroups(vec![group, X25519])),
                false => hello,
            };
            let mut retry = request_for(&hello.0);
            retry.extensions[1] = Extension::WantedGroup(group);
            same!(second_hello(&hello.0, &retry, &share), Err(Abort::BadRetry));
        }

        /// a request that changes nothing is refused
        #[think = "What would the second hello be, compared with the first?"]
        #[cases = 32]
        fn a_request_for_nothing_is_refused(
            hello in prop_oneof![full_hello(), hello_without_share()], share in array()
        ) {
            let mut retry = request_for(&hello.0);
            retry.extensions.truncate(1);
            same!(second_hello(&hello.0, &retry, &share), Err(Abort::BadRetry));
        }

        /// a request with another version, suite, session id or compression is refused, as a ServerHello is
        #[think = "A request is checked as a ServerHello is, before anything else."]
        #[cases = 96]
        fn a_request_is_an_answer(
            hello in hello_without_share(), share in array(), fault in 0..=5_u8,
            version in other_version(), suite in select(UNKNOWN_SUITES.to_vec()), changed in bit()
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
            same!(second_hello(&hello.0, &retry, &share), Err(abort));
        }

        /// a request for our suite is refused if it was not offered
        #[think = "That you could use a suite does not mean that you have offered it."]
        #[cases = 16]
        fn a_suite_that_was_not_offered_is_refused(hello in hello_without_share(), share in array()) {
            let retry = request_for(&hello.0);
            let first = ClientHello { cipher_suites: vec![0x1302], ..hello.0 };
            same!(second_hello(&first, &retry, &share), Err(Abort::NotOffered));
        }

        /// an extension that was not asked for is refused in a request, and one without a place in it
        #[think = "Only a cookie may come unasked. And which extensions does a request have?"]
        #[cases = 64]
        fn other_extensions_are_refused(
            hello in hello_without_share(), share in array(), extension in any_extension(),
            asked in any::<bool>(), place in any::<Index>()
        ) {
            // The groups are needed for the request to be good.
            assume!(extension.code() != 0x000a || asked);
            let (hello, abort) = match asked {
                true if extension.code() == 0x000a => (hello, Abort::MisplacedExtension),
                true => (hello.with(extension.clone()), Abort::MisplacedExtension),
                false => (without(hello, extension.code()), Abort::UnsolicitedExtension),
            };
            let mut retry = request_for(&hello.0);
            retry.extensions.insert(place.index(retry.extensions.len() + 1), extension);
            same!(second_hello(&hello.0, &retry, &share), Err(abort));
        }

        /// the request in RFC 8448 §5 asks for P-256, and is refused
        #[think = "Which group does it want, and which share do you have?"]
        fn the_request_of_the_rfc_is_refused() {
            let trace = &traces()[1];
            let first = ClientHello::read(&trace.hellos[0][4..]).expect("a hello");
            let retry = ServerHello::read(&trace.hellos[1][4..]).expect("a hello");
            same!(retry.is_retry(), true);
            same!(second_hello(&first, &retry, &[9; 32]), Err(Abort::BadRetry));
            // Without the group it has a cookie, and that comes back.
            let mut retry = retry;
            retry.extensions.retain(|one| one.code() != 0x0033);
            let second = accepted!(second_hello(&first, &retry, &[9; 32]));
            let cookie = retry.extensions.iter().find(|one| one.code() == 0x002c);
            same!(second.extensions.last(), cookie);
        }

        /// after a retry, the client takes a ServerHello
        #[think = "What do you have from 7.4?"]
        #[cases = 64]
        fn an_answer_after_a_retry_is_taken(answered in answered()) {
            let expected = check_choice13(&answered.hello.0, &answered.answer);
            same!(check_choice_after_retry(&answered.hello.0, &answered.answer), expected.clone());
            same!(expected.is_ok(), true);
        }

        /// after a retry, the client takes no other one: whatever it asks for
        #[think = "How often would you go round?"]
        #[cases = 64]
        fn a_second_retry_is_refused(
            hello in prop_oneof![full_hello(), hello_without_share()], kind in 0..=3_u8
        ) {
            let mut retry = request_for(&hello.0);
            match kind {
                0 => {}
                1 => retry.extensions[1] = Extension::Cookie(vec![7; 32]),
                2 => retry.extensions.truncate(1),
                _ => {
                    let share = KeyShare { group: X25519, share: vec![9; 32] };
                    retry.extensions[1] = Extension::ServerShare(share);
                }
            }
            same!(check_choice_after_retry(&hello.0, &retry), Err(Abort::UnexpectedMessage));
        }

        /// after a retry, an answer that is wrong is refused as in 7.4
        #[think = "What do you have from 7.4?"]
        #[cases = 32]
        fn a_wrong_answer_after_a_retry_is_refused(
            answered in answered(), suite in select(UNKNOWN_SUITES.to_vec())
        ) {
            assume!(suite != TLS_AES_128_GCM_SHA256);
            let answer = ServerHello { cipher_suite: suite, ..answered.answer.clone() };
            same!(check_choice_after_retry(&answered.hello.0, &answer), Err(Abort::NotOffered));
            let hello = answered.hello.with(Extension::KeyShares(vec![]));
            same!(check_choice_after_retry(&hello.0, &answered.answer), Err(Abort::BadKeyShare));
        }

        /// the server takes a second hello with the share, and returns that
        #[think = "What may differ between the two hellos?"]
        fn a_good_second_hello_is_taken(hello in hello_without_share(), share in array()) {
            let second = hello.clone().with(shares_with(&share));
            same!(check_second_hello(&hello.0, &second.0), Ok(share));
        }

        /// the server lets padding and pre-shared keys change, and early_data go
        #[think = "RFC 9846 §4.2.2 lists what a client may change."]
        #[cases = 64]
        fn some_extensions_may_change(
            hello in hello_without_share(), share in array(),
            before in subsequence(vec![0x0015_u16, 0x0029, 0x002a], 0..=3),
            after in subsequence(vec![0x0015_u16, 0x0029], 0..=2), place in any::<Index>()
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
            same!(check_second_hello(&first.0, &second.0), Ok(share));
        }

        /// a second hello in which anything else differs is refused
        #[think = "Somebody else's hello, or the first one changed on the way: which fields tell?"]
        #[cases = 128]
        fn another_hello_is_refused(
            hello in hello_without_share(), share in array(), fault in 0..=8_u8, changed in bit(),
            extension in any_extension()
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
            same!(check_second_hello(&hello.0, &second), Err(Abort::BadRetry));
        }

        /// a second hello with a cookie or with early_data is refused
        #[think = "What has this server sent that could come back? And is early data ever sent twice?"]
        #[cases = 32]
        fn a_forbidden_extension_is_refused(
            hello in hello_without_share(), share in array(), cookie in any::<bool>(),
            in_both in any::<bool>()
        ) {
            let extension = match cookie {
                true => Extension::Cookie(vec![7]),
                false => Extension::Other { code: 0x002a, body: vec![] },
            };
            let mut first = hello.clone();
            let mut second = hello.with(shares_with(&share));
            if in_both {
                first.0.extensions.push(extension.clone());
            }
            second.0.extensions.push(extension);
            same!(check_second_hello(&first.0, &second.0), Err(Abort::BadRetry));
        }

        /// a second hello without the share, or with others, is refused: there is no second retry
        #[think = "The server has asked for one thing. What else is an answer to that?"]
        #[cases = 64]
        fn other_shares_are_refused(
            hello in hello_without_share(), share in bytes(32..=32), kind in 0..=5_u8,
            length in select(vec![1_usize, 31, 33, 64, 288])
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
            same!(check_second_hello(&hello.0, &second.0), Err(Abort::BadKeyShare));
            let second = without(hello.clone(), 0x0033);
            same!(check_second_hello(&hello.0, &second.0), Err(Abort::BadKeyShare));
        }

        /// what one end writes, the other end takes
        #[think = "Which of the two ends is wrong? Each of them has properties of its own, above."]
        #[cases = 32]
        fn the_two_ends_agree(hello in hello_without_share(), share in array()) {
            let second = accepted!(second_hello(&hello.0, &retry_request(&hello.0), &share));
            same!(check_second_hello(&hello.0, &second), Ok(share));
            same!(negotiate13(&second), Ok(Negotiated::Share(share)));
            differ!(second, hello.0);
        }
    }
}

/// The hash of the transcript up to ServerHello that RFC 8448 §5 prints.
const RFC_8448_5: [u8; 32] = [
    0x8a, 0xa8, 0xe8, 0x28, 0xec, 0x2f, 0x8a, 0x88, 0x4f, 0xec, 0x95, 0xa3, 0x13, 0x9d, 0xe0, 0x1c,
    0x15, 0xa3, 0xda, 0xa7, 0xff, 0x5b, 0xfc, 0x3f, 0x4b, 0xfc, 0xc2, 0x1b, 0x43, 0x8d, 0x7b, 0xf8,
];

/// A HelloRetryRequest that asks for X25519 in answer to this hello.
fn request_for(hello: &ClientHello) -> ServerHello {
    ServerHello {
        version: TLS_1_2,
        random: HELLO_RETRY_REQUEST,
        session_id: hello.session_id.clone(),
        cipher_suite: TLS_AES_128_GCM_SHA256,
        compression_method: 0,
        extensions: vec![
            Extension::SelectedVersion(TLS_1_3),
            Extension::WantedGroup(X25519),
        ],
    }
}

fn shares_with(share: &[u8; 32]) -> Extension {
    Extension::KeyShares(vec![KeyShare {
        group: X25519,
        share: share.to_vec(),
    }])
}
