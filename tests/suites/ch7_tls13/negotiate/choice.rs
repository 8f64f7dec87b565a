//! `negotiate13`: what the server makes of a hello.

use given::tls::HandshakeMessage;
use given::tls::{Abort, ClientHello, Extension, TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256};
use harness::think_of;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::negotiates;
use crate::subject::ch7_tls13::*;
use fixtures::strategies::{bytes, list};
use fixtures::tls12::hellos::{Hello, UNKNOWN_GROUPS, UNKNOWN_SCHEMES, UNKNOWN_SUITES};
use fixtures::tls13::hellos::*;
use fixtures::tls13::traces::traces;

harness::suite! {
    exercise "7.4" {
        /// a hello that offers everything that is needed is accepted, with its share on X25519
        #[think = "Version, suite, group, scheme, share: which list is each of them in, and do you find it among others?"]
        fn a_full_hello_is_taken({hello} in full_hello()) {
            let share = x25519_of(&hello).expect("a share on X25519");
            let share: [u8; 32] = share.try_into().expect("32 bytes");
            negotiates!(hello.0, Ok(Negotiated::Share(share)));
        }

        /// without a share on X25519 the server asks for one, even if there are shares in other groups
        #[think = "The client supports X25519. What has it not sent yet?"]
        #[cases = 128]
        fn without_a_share_there_is_a_retry({hello} in hello_without_share(), {none} in any::<bool>()) {
            let hello = match none {
                true => hello.with(Extension::KeyShares(vec![])),
                false => hello,
            };
            negotiates!(hello.0, Ok(Negotiated::Retry));
        }

        /// the first hellos of RFC 8448 §3, §5 and §7 are accepted, each with its share
        #[think = "Read the hello in RFC 8448, extension by extension."]
        fn the_hellos_of_the_rfc_are_taken(place from [0, 1, 2]) {
            let hello = &traces()[place].hellos[0];
            let hello = ClientHello::read(&hello[4..]).expect("a hello");
            let share = x25519_of(&Hello(hello.clone())).expect("a share on X25519");
            let share: [u8; 32] = share.try_into().expect("32 bytes");
            negotiates!(hello, Ok(Negotiated::Share(share)));
        }

        /// the field `version` never decides: without `supported_versions`, a client does not offer 1.3
        #[think = "Where does a client of 1.3 say that it speaks 1.3?"]
        #[cases = 64]
        fn the_old_field_does_not_decide(
            {hello} in full_hello(), {version} in prop_oneof![Just(TLS_1_3), Just(TLS_1_2), any::<u16>()]
        ) {
            let hello = without(hello, 0x002b);
            let hello = ClientHello { version, ..hello.0 };
            negotiates!(hello, Err(Abort::UnsupportedVersion));
        }

        /// a hello whose field `version` is not 1.2 is refused, whatever is in `supported_versions`
        #[think = "RFC 9846 §4.2.2 says what this field contains in every hello of 1.3."]
        #[cases = 64]
        fn the_old_field_says_1_2(
            {hello} in full_hello(), {version} in prop_oneof![
                select(vec![0x0300, 0x0301, 0x0302, TLS_1_3, 0x0305, 0x0003, 0]), any::<u16>(),
            ]
        ) {
            harness::assume!(version != TLS_1_2);
            let hello = ClientHello { version, ..hello.0 };
            negotiates!(hello, Err(Abort::UnsupportedVersion));
        }

        /// a hello that offers only versions other than 1.3 is refused
        #[think = "Is a larger number good enough, or a smaller one?"]
        #[cases = 64]
        fn other_versions_are_refused({hello} in full_hello(), {versions} in list(other_version(), 1..=8)) {
            let hello = hello.with(Extension::SupportedVersions(versions));
            negotiates!(hello.0, Err(Abort::UnsupportedVersion));
        }

        /// a hello whose compression methods are anything but a single 0 is refused
        #[think = "In 1.2 it was enough that 0 was among them. RFC 9846 §4.2.2 asks for more."]
        #[cases = 4]
        fn compression_is_refused({hello} in full_hello(), {methods} in bytes(2..=255)) {
            let few = [&[1][..], &[0, 1], &[1, 0], &[0, 0], &[64, 0], &[255], &[0; 255]];
            for methods in few.into_iter().chain([&methods[..], &[]]) {
                if methods.is_empty() {
                    think_of!("A hello of 1.3 lists one method, which is 0. What does your check make of an empty list?");
                }
                let hello = ClientHello { compression_methods: methods.to_vec(), ..hello.0.clone() };
                negotiates!(hello, Err(Abort::NullCompressionRequired));
            }
        }

        /// a hello that lacks one of the three extensions that the handshake needs is refused
        #[think = "RFC 9846 §9.2 names them. An empty list and a missing list are not the same."]
        #[cases = 64]
        fn a_missing_extension_is_noticed(
            {hello} in full_hello(),
            {missing} in subsequence(vec![0x000a_u16, 0x000d, 0x0033], 1..=3)
        ) {
            let hello = missing.iter().fold(hello, |hello, code| without(hello, *code));
            negotiates!(hello.0, Err(Abort::MissingExtension));
        }

        /// a hello with an empty list of suites, of groups or of schemes has nothing in common with the server
        #[think = "RFC 9846 §9.2 is about extensions that are missing. An empty list and a missing list are not the same."]
        #[cases = 8]
        fn an_empty_list_is_not_a_missing_one({hello} in full_hello()) {
            let without_suites = ClientHello { cipher_suites: vec![], ..hello.0.clone() };
            let without_groups = hello.clone().with(Extension::SupportedGroups(vec![])).0;
            let without_schemes = hello.with(Extension::SignatureAlgorithms(vec![])).0;
            for hello in [without_suites, without_groups, without_schemes] {
                negotiates!(hello, Err(Abort::NothingInCommon));
            }
        }

        /// a hello without the suite has nothing in common with the server
        #[think = "Which suites of the list do you support?"]
        #[cases = 32]
        fn another_suite_is_not_enough(
            {hello} in full_hello(),
            {suites} in list(prop_oneof![select(UNKNOWN_SUITES.to_vec()), any::<u16>()], 1..=9)
        ) {
            let others = suites.into_iter().filter(|suite| *suite != TLS_AES_128_GCM_SHA256);
            let cipher_suites = [vec![0x1302], others.collect()].concat();
            let hello = ClientHello { cipher_suites, ..hello.0 };
            negotiates!(hello, Err(Abort::NothingInCommon));
        }

        /// a hello without X25519 in `supported_groups` has nothing in common with the server
        #[think = "Which list offers a group? A share alone does not."]
        #[cases = 32]
        fn another_group_is_not_enough(
            {hello} in prop_oneof![full_hello(), hello_without_share()],
            {groups} in list(select(UNKNOWN_GROUPS.to_vec()), 1..=6)
        ) {
            let hello = hello.with(Extension::SupportedGroups(groups));
            negotiates!(hello.0, Err(Abort::NothingInCommon));
        }

        /// a hello without rsa_pss_rsae_sha256 has nothing in common with the server
        #[think = "PKCS#1 v1.5 may sign a handshake of 1.2. May it sign one of 1.3?"]
        #[cases = 32]
        fn another_scheme_is_not_enough(
            {hello} in full_hello(), {schemes} in list(select(UNKNOWN_SCHEMES.to_vec()), 0..=6),
            {place} in any::<Index>()
        ) {
            let mut schemes = schemes;
            schemes.insert(place.index(schemes.len() + 1), 0x0401);
            for schemes in [schemes, UNKNOWN_SCHEMES.to_vec()] {
                let hello = hello.clone().with(Extension::SignatureAlgorithms(schemes));
                negotiates!(hello.0, Err(Abort::NothingInCommon));
            }
        }
    }
}
