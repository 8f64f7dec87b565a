//! `negotiate13`: what the server makes of a hello.

use given::tls::HandshakeMessage;
use given::tls::{
    Abort, ClientHello, Extension, KeyShare, TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256, X25519,
};
use harness::{accepted, same};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::faults::{OF_HELLOS, pairs, spoiled};
use crate::subject::ch7_tls13::*;
use fixtures::strategies::{bytes, list};
use fixtures::tls12::hellos::{Hello, UNKNOWN_GROUPS, UNKNOWN_SCHEMES, UNKNOWN_SUITES};
use fixtures::tls13::hellos::*;
use fixtures::tls13::traces::traces;

harness::suite! {
    exercise "7.4" {
        /// a hello that offers everything that is needed is accepted, with its share on X25519
        #[think = "Version, suite, group, scheme: which list is each of them in, and do you find it among others?"]
        fn a_full_hello_is_taken(hello in full_hello()) {
            let share = x25519_of(&hello).expect("a share on X25519");
            let share: [u8; 32] = share.try_into().expect("32 bytes");
            same!(negotiate13(&hello.0), Ok(Negotiated::Share(share)));
        }

        /// without a share on X25519 the server asks for one, even if there are shares in other groups
        #[think = "The client supports X25519. What has it not sent yet?"]
        #[cases = 128]
        fn without_a_share_there_is_a_retry(hello in hello_without_share(), none in any::<bool>()) {
            let hello = match none {
                true => hello.with(Extension::KeyShares(vec![])),
                false => hello,
            };
            same!(negotiate13(&hello.0), Ok(Negotiated::Retry));
        }

        /// the first hellos of RFC 8448 §3, §5 and §7 are accepted, each with its share
        #[think = "Read the hello in RFC 8448, extension by extension."]
        fn the_hellos_of_the_rfc_are_taken(place from [0, 1, 2]) {
            let hello = &traces()[place].hellos[0];
            let hello = ClientHello::read(&hello[4..]).expect("a hello");
            let share = x25519_of(&Hello(hello.clone())).expect("a share on X25519");
            let share: [u8; 32] = share.try_into().expect("32 bytes");
            same!(accepted!(negotiate13(&hello)), Negotiated::Share(share));
        }

        /// the field `version` never decides: without `supported_versions`, a client does not offer 1.3
        #[think = "Where does a client of 1.3 say that it speaks 1.3?"]
        #[cases = 64]
        fn the_old_field_does_not_decide(
            hello in full_hello(), version in prop_oneof![Just(TLS_1_3), Just(TLS_1_2), any::<u16>()]
        ) {
            let hello = without(hello, 0x002b);
            let hello = ClientHello { version, ..hello.0 };
            same!(negotiate13(&hello), Err(Abort::UnsupportedVersion));
        }

        /// a hello whose field `version` is not 1.2 is refused, whatever is in `supported_versions`
        #[think = "RFC 9846 §4.2.2 says what this field contains in every hello of 1.3."]
        #[cases = 64]
        fn the_old_field_says_1_2(
            hello in full_hello(), version in prop_oneof![
                select(vec![0x0300, 0x0301, 0x0302, TLS_1_3, 0x0305, 0x0003, 0]), any::<u16>(),
            ]
        ) {
            harness::assume!(version != TLS_1_2);
            let hello = ClientHello { version, ..hello.0 };
            same!(negotiate13(&hello), Err(Abort::UnsupportedVersion));
        }

        /// a hello that offers only versions other than 1.3 is refused
        #[think = "Is a larger number good enough? Or a smaller one?"]
        #[cases = 64]
        fn other_versions_are_refused(hello in full_hello(), versions in list(other_version(), 1..=8)) {
            let hello = hello.with(Extension::SupportedVersions(versions));
            same!(negotiate13(&hello.0), Err(Abort::UnsupportedVersion));
        }

        /// a hello whose compression methods are anything but a single 0 is refused
        #[think = "In 1.2 it was enough that 0 was among them. RFC 9846 §4.2.2 asks for more."]
        #[cases = 32]
        fn compression_is_refused(
            hello in full_hello(), methods in prop_oneof![
                select(vec![vec![1], vec![0, 1], vec![1, 0], vec![0, 0], vec![64, 0], vec![255]]),
                bytes(2..=255),
            ]
        ) {
            let hello = ClientHello { compression_methods: methods, ..hello.0 };
            same!(negotiate13(&hello), Err(Abort::NullCompressionRequired));
        }

        /// a hello that lacks one of the three extensions that the handshake needs is refused
        #[think = "RFC 9846 §9.2 names them. An empty list and a missing list are not the same."]
        #[cases = 64]
        fn a_missing_extension_is_noticed(
            hello in full_hello(),
            missing in subsequence(vec![0x000a_u16, 0x000d, 0x0033], 1..=3)
        ) {
            let hello = missing.iter().fold(hello, |hello, code| without(hello, *code));
            same!(negotiate13(&hello.0), Err(Abort::MissingExtension));
        }

        /// a hello without the suite has nothing in common with the server
        #[think = "Which suites of the list do you support?"]
        #[cases = 32]
        fn another_suite_is_not_enough(
            hello in full_hello(),
            suites in list(prop_oneof![select(UNKNOWN_SUITES.to_vec()), any::<u16>()], 1..=9)
        ) {
            let others = suites.into_iter().filter(|suite| *suite != TLS_AES_128_GCM_SHA256);
            let cipher_suites = [vec![0x1302], others.collect()].concat();
            let hello = ClientHello { cipher_suites, ..hello.0 };
            same!(negotiate13(&hello), Err(Abort::NothingInCommon));
        }

        /// a hello without X25519 in `supported_groups` has nothing in common with the server
        #[think = "Which list offers a group? A share alone does not."]
        #[cases = 32]
        fn another_group_is_not_enough(
            hello in prop_oneof![full_hello(), hello_without_share()],
            groups in list(select(UNKNOWN_GROUPS.to_vec()), 1..=6)
        ) {
            let hello = hello.with(Extension::SupportedGroups(groups));
            same!(negotiate13(&hello.0), Err(Abort::NothingInCommon));
        }

        /// a hello without rsa_pss_rsae_sha256 has nothing in common with the server
        #[think = "PKCS#1 v1.5 may sign a handshake of 1.2. May it sign one of 1.3?"]
        #[cases = 32]
        fn another_scheme_is_not_enough(
            hello in full_hello(), schemes in list(select(UNKNOWN_SCHEMES.to_vec()), 0..=6),
            {place} in any::<Index>()
        ) {
            let mut schemes = schemes;
            schemes.insert(place.index(schemes.len() + 1), 0x0401);
            let hello = hello.with(Extension::SignatureAlgorithms(schemes));
            same!(negotiate13(&hello.0), Err(Abort::NothingInCommon));
        }

        /// a share in a group that is not offered is refused, even next to a good one on X25519
        #[think = "Do you compare each share with the list of groups, or only the one that you use?"]
        #[cases = 64]
        fn a_share_in_a_group_not_offered_is_refused(
            hello in prop_oneof![full_hello(), hello_without_share()],
            group in prop_oneof![select(UNKNOWN_GROUPS.to_vec()), any::<u16>()],
            share in bytes(1..=65), {place} in any::<Index>()
        ) {
            harness::assume!(!hello.groups().contains(&group));
            let mut shares = shares_of(&hello);
            shares.insert(place.index(shares.len() + 1), KeyShare { group, share });
            let hello = hello.with(Extension::KeyShares(shares));
            same!(negotiate13(&hello.0), Err(Abort::BadKeyShare));
        }

        /// two shares in the same group are refused, whether they are equal or not
        #[think = "Which of the two would you use? And which one would the client use?"]
        #[cases = 64]
        fn two_shares_in_a_group_are_refused(
            hello in full_hello(), {which} in any::<Index>(), other in any::<bool>(),
            {place} in any::<Index>()
        ) {
            let mut shares = shares_of(&hello);
            let mut twice = shares[which.index(shares.len())].clone();
            if other {
                twice.share[0] ^= 1;
            }
            shares.insert(place.index(shares.len() + 1), twice);
            let hello = hello.with(Extension::KeyShares(shares));
            same!(negotiate13(&hello.0), Err(Abort::BadKeyShare));
        }

        /// two shares in a group other than X25519 are refused, even if there is none on X25519
        #[think = "Do you compare all shares with each other, or only those on X25519?"]
        fn two_shares_in_another_group_are_refused((other, ours) from [
            (7, false), (8, false), (7, true), (8, true)
        ]) {
            let share = |group, byte, length| KeyShare { group, share: vec![byte; length] };
            let mut shares = vec![share(0x0017, 7, 65), share(0x0018, 7, 97), share(0x0017, other, 65)];
            if ours {
                shares.push(share(X25519, 9, 32));
            }
            let hello = Hello(plain_hello())
                .with(Extension::SupportedGroups(vec![X25519, 0x0017, 0x0018]))
                .with(Extension::KeyShares(shares));
            same!(negotiate13(&hello.0), Err(Abort::BadKeyShare));
        }

        /// a share on X25519 of any length other than 32 bytes is refused
        #[think = "How long is a share on X25519? What do you do with a longer one?"]
        #[cases = 64]
        fn a_share_of_another_length_is_refused(
            hello in full_hello(), length in prop_oneof![
                select(vec![1_usize, 16, 31, 33, 48, 64, 65, 256, 288, 1216, 65_000]), 1..=100_usize,
            ]
        ) {
            harness::assume!(length != 32);
            let mut shares = shares_of(&hello);
            let ours = shares.iter_mut().find(|share| share.group == X25519);
            ours.expect("a share on X25519").share = vec![9; length];
            let hello = hello.with(Extension::KeyShares(shares));
            same!(negotiate13(&hello.0), Err(Abort::BadKeyShare));
        }

        /// shares in a different order than the groups are accepted
        #[think = "The exercise says that the order of the shares is not checked. Do you check it?"]
        #[cases = 32]
        fn the_order_of_shares_is_not_checked(hello in full_hello()) {
            let expected = negotiate13(&hello.0);
            let mut shares = shares_of(&hello);
            shares.reverse();
            let hello = hello.with(Extension::KeyShares(shares));
            same!(negotiate13(&hello.0), expected);
            same!(expected.is_ok(), true);
        }

        /// a number may be in a list twice
        #[think = "What do you do with a number that you have seen before?"]
        fn numbers_may_repeat() {
            let hello = Hello(plain_hello())
                .with(Extension::SupportedVersions(vec![TLS_1_3; 2]))
                .with(Extension::SupportedGroups(vec![X25519, 0x0017, X25519]))
                .with(Extension::SignatureAlgorithms(vec![PSS, PSS]));
            let hello = ClientHello { cipher_suites: vec![TLS_AES_128_GCM_SHA256; 3], ..hello.0 };
            same!(negotiate13(&hello), Ok(Negotiated::Share([9; 32])));
        }

        /// a long list is read to its end: what is good there is found, and so is what is wrong
        #[think = "Does one of your loops stop early?"]
        fn long_lists_are_read_to_their_end(before from [1, 15, 16, 64, 100, 120, 126]) {
            let many = vec![0x0a0a; before];
            let with = |number: u16| [&many[..], &[number]].concat();
            let other = |code: usize| Extension::Other { code: 0x2000 + code as u16, body: vec![] };
            let mut hello = plain_hello();
            hello.cipher_suites = with(TLS_AES_128_GCM_SHA256);
            hello.extensions = (0..before).map(other).collect();
            let hello = Hello(hello)
                .with(Extension::SupportedVersions(with(TLS_1_3)))
                .with(Extension::SupportedGroups(with(X25519)))
                .with(Extension::SignatureAlgorithms(with(PSS)))
                .with(Extension::KeyShares(vec![KeyShare { group: X25519, share: vec![9; 32] }]));
            same!(negotiate13(&hello.0), Ok(Negotiated::Share([9; 32])));
            let groups: Vec<u16> = (0..before as u16).map(|number| 0x4000 + number).collect();
            let share = |group: u16| KeyShare { group, share: vec![7] };
            let shares: Vec<KeyShare> = groups.iter().copied().map(share).collect();
            let last = KeyShare { group: X25519, share: vec![9; 32] };
            let hello = hello.with(Extension::SupportedGroups([&groups[..], &[X25519]].concat()));
            let good = [&shares[..], std::slice::from_ref(&last)].concat();
            let hello = hello.with(Extension::KeyShares(good.clone()));
            same!(negotiate13(&hello.0), Ok(Negotiated::Share([9; 32])));
            for bad in [share(0x6000), share(groups[0]), last] {
                let hello = hello.clone().with(Extension::KeyShares([&good[..], &[bad]].concat()));
                same!(negotiate13(&hello.0), Err(Abort::BadKeyShare));
            }
        }

        /// if there are several reasons to refuse a hello, the first in the exercise's order is given
        #[think = "Go through the order under `Errors`. Which of your checks comes too early?"]
        fn the_first_reason_is_given((first, second) from pairs(&OF_HELLOS)) {
            // The first fault goes in last: it may remove what the second one is about.
            let hello = spoiled(spoiled(Hello(plain_hello()), second), first);
            let reasons = [
                Abort::UnsupportedVersion, Abort::NullCompressionRequired, Abort::MissingExtension,
                Abort::NothingInCommon, Abort::BadKeyShare,
            ];
            let place = OF_HELLOS.iter().position(|faults| faults.contains(&first));
            let reason = &reasons[place.expect("it is one of them")];
            same!(negotiate13(&hello.0), Err(reason.clone()));
        }
    }
}

/// A hello that has what is needed and nothing more.
fn plain_hello() -> ClientHello {
    let share = KeyShare {
        group: X25519,
        share: vec![9; 32],
    };
    ClientHello {
        version: TLS_1_2,
        random: [0xc1; 32],
        session_id: vec![],
        cipher_suites: vec![TLS_AES_128_GCM_SHA256],
        compression_methods: vec![0],
        extensions: vec![
            Extension::SupportedVersions(vec![TLS_1_3]),
            Extension::SupportedGroups(vec![X25519]),
            Extension::SignatureAlgorithms(vec![PSS]),
            Extension::KeyShares(vec![share]),
        ],
    }
}
