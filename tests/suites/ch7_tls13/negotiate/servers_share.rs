//! `check_choice13`: the server's share, and the order of the reasons.

use given::tls::{
    Abort, Extension, KeyShare, ServerHello, TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256, X25519,
};
use harness::{assume, think_of};
use proptest::prelude::*;
use proptest::sample::select;

use super::checks;
use super::faults::{OF_ANSWERS, spoil};
use crate::subject::ch7_tls13::*;
use fixtures::strategies::pairs;
use fixtures::tls12::hellos::{Hello, grease};
use fixtures::tls13::hellos::*;

harness::suite! {
    exercise "7.4" {
        /// an answer without a share is refused
        #[think = "Where would the secret come from?"]
        #[cases = 16]
        fn a_missing_share_is_noticed({answered} in answered()) {
            let mut answer = answered.answer;
            answer.extensions.retain(|answer| answer.code() != 0x0033);
            checks!(answered.hello.0, answer, Err(Abort::MissingExtension));
        }

        /// a share in another group is refused, even if the client has offered that group, or a share in it
        #[think = "Which of your shares does it belong to?"]
        #[cases = 64]
        fn a_share_in_another_group_is_refused(
            {answered} in answered(), {group} in prop_oneof![
                select(vec![0x0017_u16, 0x0018, 0x001e, 0x11ec, 0x1d00]), grease(), any::<u16>(),
            ], {offered} in any::<bool>()
        ) {
            assume!(group != X25519);
            let mut hello = answered.hello;
            if offered {
                think_of!("Your hello has a share in this group, too, but that does not mean that you can compute a shared secret in it. Which group do you support?");
                let groups = [hello.groups(), vec![group]].concat();
                let share = KeyShare { group, share: vec![7; 32] };
                let shares = [shares_of(&hello), vec![share]].concat();
                hello = hello.with(Extension::SupportedGroups(groups));
                hello = hello.with(Extension::KeyShares(shares));
            }
            let mut answer = answered.answer;
            let share = share_in_answer(&answer).to_vec();
            *at(&mut answer, 0x0033) = Extension::ServerShare(KeyShare { group, share });
            checks!(hello.0, answer, Err(Abort::BadKeyShare));
        }

        /// a share on X25519 is refused if the client has sent none, although it has offered the group
        #[think = "With which secret key would you compute the shared secret?"]
        #[cases = 32]
        fn a_share_without_ours_is_refused({answered} in answered(), {others} in any::<bool>()) {
            let mut shares = shares_of(&answered.hello);
            shares.retain(|share| share.group != X25519 && others);
            let hello = answered.hello.with(Extension::KeyShares(shares));
            checks!(hello.0, answered.answer, Err(Abort::BadKeyShare));
        }

        /// a share of any length other than 32 bytes is refused
        #[think = "How long is a share on X25519?"]
        fn a_servers_share_of_another_length_is_refused(
            length from [0, 1, 16, 31, 33, 48, 64, 65, 256, 288, 65_000]
        ) {
            for share in of_length(length) {
                let (hello, mut answer) = plain();
                let share = KeyShare { group: X25519, share };
                *at(&mut answer, 0x0033) = Extension::ServerShare(share);
                checks!(hello.0, answer, Err(Abort::BadKeyShare));
            }
        }

        /// the share is returned as it was sent, even if it begins or ends with zeros, is all zeros, or is
        /// the client's own
        #[think = "It is bytes, not a number. Whether it is a good share is for exercise 4.3 to say."]
        fn the_share_is_returned_as_it_is(byte from [0_u8, 1, 0x80, 0xff]) {
            let with = |place| {
                let mut share = vec![0; 32];
                share[place] = byte;
                share
            };
            for share in [with(0), with(31), vec![9; 32]] {
                let (hello, mut answer) = plain();
                let sent = KeyShare { group: X25519, share: share.clone() };
                *at(&mut answer, 0x0033) = Extension::ServerShare(sent);
                let share: [u8; 32] = share.try_into().expect("32 bytes");
                checks!(hello.0, answer, Ok(share));
            }
        }

        /// if there are several reasons to refuse an answer, the first in the exercise's order is given
        #[think = "Go through the order under `Errors`. Which of your checks is missing, or comes too early?"]
        fn the_first_reason_against_an_answer_is_given((first, second) from pairs(&OF_ANSWERS)) {
            let mut answered = plain();
            // The first fault goes in last: it may remove what the second one is about.
            spoil(&mut answered, second);
            spoil(&mut answered, first);
            let reasons = [
                Abort::UnsupportedVersion, Abort::NotOffered, Abort::UnsolicitedExtension,
                Abort::MisplacedExtension, Abort::MissingExtension, Abort::BadKeyShare,
            ];
            let place = OF_ANSWERS.iter().position(|faults| faults.contains(&first));
            let reason = &reasons[place.expect("it is one of them")];
            let (hello, answer) = answered;
            checks!(hello.0, answer, Err(reason.clone()));
        }
    }
}

/// Shares of this length. The first byte may look like the form of a point on another curve, like a
/// length, or like a zero that can be left out.
pub(super) fn of_length(length: usize) -> Vec<Vec<u8>> {
    let beginning_with = |first: u8| {
        let mut share = vec![9; length];
        share.iter_mut().take(1).for_each(|byte| *byte = first);
        share
    };
    [9, 0, 2, 4, 32, 64].map(beginning_with).to_vec()
}

/// The extension of this code.
pub(super) fn at(answer: &mut ServerHello, code: u16) -> &mut Extension {
    let mut extensions = answer.extensions.iter_mut();
    let found = extensions.find(|extension| extension.code() == code);
    found.expect("an extension of this code")
}

/// A hello and an answer that have what is needed and nothing more.
pub(super) fn plain() -> (Hello, ServerHello) {
    let share = |byte: u8| KeyShare {
        group: X25519,
        share: vec![byte; 32],
    };
    let hello = plain_hello(vec![share(9)]);
    let answer = ServerHello {
        version: TLS_1_2,
        random: [0xc5; 32],
        session_id: vec![7; 32],
        cipher_suite: TLS_AES_128_GCM_SHA256,
        compression_method: 0,
        extensions: vec![
            Extension::SelectedVersion(TLS_1_3),
            Extension::ServerShare(share(5)),
        ],
    };
    (Hello(hello), answer)
}
