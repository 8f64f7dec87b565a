//! `negotiate13`: the shares in a hello, lists to their ends, and the order of the reasons.

use given::tls::{
    Abort, ClientHello, Extension, KeyShare, TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256, X25519,
};
use harness::show::Words;
use harness::{Broken, same, with};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::faults::{OF_HELLOS, spoiled};
use super::{Shown, heard, negotiates};
use crate::subject::ch7_tls13::*;
use fixtures::strategies::{bytes, pairs};
use fixtures::tls12::hellos::{Hello, UNKNOWN_GROUPS};
use fixtures::tls13::hellos::*;

harness::suite! {
    exercise "7.4" {
        /// a share in a group that is not offered is refused, even next to a good one on X25519
        #[think = "Do you compare each share with the list of groups, or only the one that you use?"]
        #[cases = 64]
        fn a_share_in_a_group_not_offered_is_refused(
            {hello} in prop_oneof![full_hello(), hello_without_share()],
            {group} in prop_oneof![select(UNKNOWN_GROUPS.to_vec()), any::<u16>()],
            {share} in bytes(1..=65), {place} in any::<Index>()
        ) {
            harness::assume!(!hello.groups().contains(&group));
            let mut shares = shares_of(&hello);
            shares.insert(place.index(shares.len() + 1), KeyShare { group, share });
            let hello = hello.with(Extension::KeyShares(shares));
            negotiates!(hello.0, Err(Abort::BadKeyShare));
        }

        /// two shares in the same group are refused, whether they are equal or not
        #[think = "Which of the two would you use? And which one would the client use?"]
        #[cases = 64]
        fn two_shares_in_a_group_are_refused(
            {hello} in full_hello(), {which} in any::<Index>(), {other} in any::<bool>(),
            {place} in any::<Index>()
        ) {
            let mut shares = shares_of(&hello);
            let mut twice = shares[which.index(shares.len())].clone();
            if other {
                twice.share[0] ^= 1;
            }
            shares.insert(place.index(shares.len() + 1), twice);
            let hello = hello.with(Extension::KeyShares(shares));
            negotiates!(hello.0, Err(Abort::BadKeyShare));
        }

        /// two shares in a group other than X25519 are refused, even if X25519 has no share
        #[think = "Do you compare all shares with each other, or only those on X25519?"]
        fn two_shares_in_another_group_are_refused(({other}, {ours}) from [
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
            negotiates!(hello.0, Err(Abort::BadKeyShare));
        }

        /// a share on X25519 of any length other than 32 bytes is refused
        #[think = "How long is a share on X25519? What do you do with a longer one?"]
        #[cases = 64]
        fn a_share_of_another_length_is_refused(
            {hello} in full_hello(), {length} in prop_oneof![
                select(vec![1_usize, 16, 31, 33, 48, 64, 65, 256, 288, 1216, 65_000]), 1..=100_usize,
            ]
        ) {
            harness::assume!(length != 32);
            let mut shares = shares_of(&hello);
            let ours = shares.iter_mut().find(|share| share.group == X25519);
            ours.expect("a share on X25519").share = vec![9; length];
            let hello = hello.with(Extension::KeyShares(shares));
            negotiates!(hello.0, Err(Abort::BadKeyShare));
        }

        /// shares in a different order than the groups are accepted
        #[think = "The exercise says that the order of the shares is not checked. Do you check it?"]
        #[cases = 32]
        fn the_order_of_shares_is_not_checked({hello} in full_hello()) {
            let share = x25519_of(&hello).expect("a share on X25519");
            let share: [u8; 32] = share.try_into().expect("32 bytes");
            let mut shares = shares_of(&hello);
            shares.reverse();
            let hello = hello.with(Extension::KeyShares(shares));
            negotiates!(hello.0, Ok(Negotiated::Share(share)));
        }

        /// a number may be in a list twice
        #[think = "What do you do with a number that you have seen before?"]
        fn numbers_may_repeat() {
            let hello = Hello(plain_hello())
                .with(Extension::SupportedVersions(vec![TLS_1_3; 2]))
                .with(Extension::SupportedGroups(vec![X25519, 0x0017, X25519]))
                .with(Extension::SignatureAlgorithms(vec![PSS, PSS]));
            let hello = ClientHello { cipher_suites: vec![TLS_AES_128_GCM_SHA256; 3], ..hello.0 };
            negotiates!(hello, Ok(Negotiated::Share([9; 32])));
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
            let said = format!(
                "before the good number in its lists of suites, versions and schemes {before} × 0a0a, \
                 and before its other extensions {before} × an unknown one"
            );
            let many = format!("{said}; in its groups {before} × 0a0a, too");
            makes(&hello, many, Ok(Negotiated::Share([9; 32])))?;
            let groups: Vec<u16> = (0..before as u16).map(|number| 0x4000 + number).collect();
            let share = |group: u16| KeyShare { group, share: vec![7] };
            let shares: Vec<KeyShare> = groups.iter().copied().map(share).collect();
            let last = KeyShare { group: X25519, share: vec![9; 32] };
            let hello = hello.with(Extension::SupportedGroups([&groups[..], &[X25519]].concat()));
            let good = [&shares[..], std::slice::from_ref(&last)].concat();
            let hello = hello.with(Extension::KeyShares(good.clone()));
            let said = format!("{said}; before X25519 and its share {before} × another group with a share of its own");
            makes(&hello, said.clone(), Ok(Negotiated::Share([9; 32])))?;
            for bad in [share(0x6000), share(groups[0]), last] {
                let said = format!("{said}; and last a share in {:04x}", bad.group);
                let hello = hello.clone().with(Extension::KeyShares([&good[..], &[bad]].concat()));
                makes(&hello, said, Err(Abort::BadKeyShare))?;
            }
        }

        /// if there are several reasons to refuse a hello, the first in the exercise's order is given
        #[think = "Go through the order under `Errors`. Which of your checks is missing, or comes too early?"]
        fn the_first_reason_is_given((first, second) from pairs(&OF_HELLOS)) {
            // The first fault goes in last: it may remove what the second one is about.
            let hello = spoiled(spoiled(Hello(plain_hello()), second), first);
            let reasons = [
                Abort::UnsupportedVersion, Abort::NullCompressionRequired, Abort::MissingExtension,
                Abort::NothingInCommon, Abort::BadKeyShare,
            ];
            let place = OF_HELLOS.iter().position(|faults| faults.contains(&first));
            let reason = &reasons[place.expect("it is one of them")];
            negotiates!(hello.0, Err(reason.clone()));
        }
    }
}

/// Checks what the server makes of a long hello, which the report shows in these words.
pub(super) fn makes(
    hello: &Hello,
    words: String,
    expected: Result<Negotiated, Abort>,
) -> Result<(), Broken> {
    with!("hello" = Words(words));
    same!(
        heard(negotiate13(&hello.0)).map(Shown),
        expected.map(Shown),
        "negotiate13(&hello)"
    );
    Ok(())
}

/// A hello that has what is needed and nothing more.
pub(super) fn plain_hello() -> ClientHello {
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
