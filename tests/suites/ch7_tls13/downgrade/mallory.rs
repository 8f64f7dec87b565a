//! Mallory alone: what she lets pass, what she does not, and what she reads.

use given::attacks::{OnTheWay, Relayed};
use given::tls::{Alert, Extension, TLS_1_2};
use harness::{check, same};
use proptest::prelude::*;
use proptest::sample::select;

use crate::recorded::{fixed, recorded};
use crate::setup::{in_a_record, with_1_3, without_1_3};
use crate::subject::ch6_tls12::Unreadable;
use crate::subject::ch7_tls13::Mallory;
use fixtures::keys;
use fixtures::strategies::{array, bytes, list};
use fixtures::tls::mallory::records;
use fixtures::tls12::manners::{BITS, ECDHE, RSA, leaked_key};
use fixtures::tls13::hellos::{full_hello, hello_without_share, without};

harness::suite! {
    exercise "7.11" {
        /// a hello that offers 1.3 does not get to the server, and its client gets one fatal alert
        #[think = "What are the seven bytes of the alert? Is 1.3 always the first of the versions?"]
        #[cases = 64]
        fn she_breaks_what_offers_1_3(
            hello in prop_oneof![full_hello(), hello_without_share()], versions in with_1_3(),
            version in record_version()
        ) {
            let hello = hello.with(Extension::SupportedVersions(versions.0));
            let mut mallory = Mallory::default();
            let Relayed { to_client, to_server } =
                mallory.client_sends(&in_a_record(&hello.0, version));
            same!(to_server, Vec::<u8>::new());
            let [21, 3, 3, 0, 2, 2, code] = to_client[..] else {
                let expected = "15 03 03 00 02 02, and an alert";
                let got = harness::show::text(&harness::pieces!(&to_client));
                return Err(harness::Broken::expected("to_client", expected, got));
            };
            let alert = Alert::from_code(code);
            let no_error = [Alert::CloseNotify, Alert::UserCanceled, Alert::NoRenegotiation];
            let ends = alert.is_some_and(|alert| !no_error.contains(&alert));
            check!(ends, "an alert that reports an error", alert);
        }

        /// once she has broken a connection, nothing of it passes, and there is no second alert
        #[think = "Does she still know at the second call what she did at the first?"]
        #[cases = 16]
        fn a_broken_connection_stays_broken(hello in full_hello(), more in list(bytes(1..=60), 1..=3)) {
            let mut mallory = Mallory::default();
            mallory.client_sends(&in_a_record(&hello.0, TLS_1_2));
            let nothing = Relayed { to_client: vec![], to_server: vec![] };
            for more in more {
                same!(mallory.client_sends(&more), nothing);
            }
        }

        /// a hello without 1.3 passes unchanged, whatever else is in it
        #[think = "Where does a hello say its versions? The same two bytes may be anywhere."]
        #[cases = 64]
        fn a_hello_without_1_3_passes(
            hello in full_hello(), versions in proptest::option::of(without_1_3()),
            looks in any::<bool>(), version in record_version()
        ) {
            let mut hello = match versions.clone() {
                Some(versions) => hello.with(Extension::SupportedVersions(versions.0)),
                None => without(hello, 0x002b),
            };
            if looks {
                // 1.3 where it means nothing: in the old field, a suite, the random, and an unknown extension.
                hello.0.version = 0x0304;
                hello.0.cipher_suites.insert(0, 0x0304);
                hello.0.random[..5].copy_from_slice(&[0, 0x2b, 0, 3, 2]);
                hello.0.random[5..7].copy_from_slice(&[3, 4]);
                let body = vec![0, 0x2b, 0, 3, 2, 3, 4];
                hello.0.extensions.push(Extension::Other { code: 0x4a4b, body });
            }
            passes(&mut Mallory::default(), &in_a_record(&hello.0, version))?;
        }

        /// what is no ClientHello passes unchanged
        #[think = "Which of your lines would not stand any bytes?"]
        #[cases = 64]
        fn what_is_no_hello_passes(junk in bytes(1..=80), hello in full_hello(), end in any::<prop::sample::Index>()) {
            passes(&mut Mallory::default(), &junk)?;
            let whole = in_a_record(&hello.0, TLS_1_2);
            let cut = &whole[..1 + end.index(whole.len() - 1)];
            passes(&mut Mallory::default(), cut)?;
        }

        /// only with its first words a connection says its version: what comes later passes unchanged
        #[think = "Is this the beginning of the connection? How can she know?"]
        #[cases = 16]
        fn only_the_beginning_counts(
            hello in full_hello(), versions in without_1_3(), later in list(bytes(1..=60), 0..=2)
        ) {
            let mut mallory = Mallory::default();
            let newer = in_a_record(&hello.0, TLS_1_2);
            let older = hello.with(Extension::SupportedVersions(versions.0));
            passes(&mut mallory, &in_a_record(&older.0, TLS_1_2))?;
            for later in later.iter().chain([&newer]) {
                passes(&mut mallory, later)?;
            }
        }

        /// what the server sends passes unchanged, whatever it is
        #[think = "What is there to change in it?"]
        #[cases = 16]
        fn the_server_passes(hello in full_hello(), said in list(bytes(1..=60), 1..=3)) {
            let mut mallory = Mallory::default();
            for said in said.into_iter().chain([in_a_record(&hello.0, TLS_1_2)]) {
                let relayed = Relayed { to_client: said.clone(), to_server: vec![] };
                same!(mallory.server_sends(&said), relayed);
            }
        }

        /// what was said in a connection that she let pass is read with the key that leaked, and with no
        /// other key
        #[think = "Has she recorded both directions, from their first byte to their last?"]
        #[cases = 12]
        fn what_has_passed_is_read(recorded in recorded(), pieces in list(1..=400_usize, 1..=4)) {
            let mut mallory = Mallory::default();
            overhear(&mut mallory, &recorded.recording(RSA, TLS_1_2), &pieces);
            same!(mallory.read(leaked_key()), Ok(recorded.conversation()));
            let read = mallory.read(keys::private(BITS, 7));
            check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read);
        }

        /// with ECDHE there is nothing to read, not even with the key
        #[think = "Exercise 6.9 has an error for that."]
        fn with_ecdhe_nothing_is_read() {
            let mut mallory = Mallory::default();
            overhear(&mut mallory, &fixed()[0].recording(ECDHE, TLS_1_2), &[100]);
            same!(mallory.read(leaked_key()), Err(Unreadable::ForwardSecret));
        }

        /// with each connection she begins anew, after one that she broke and after one that passed
        #[think = "What must she forget, and what is there left of a connection that she has broken?"]
        #[cases = 4]
        fn each_connection_is_its_own(hello in full_hello(), random in array::<32>(), recorded in recorded()) {
            let mut mallory = Mallory::default();
            mallory.connected();
            overhear(&mut mallory, &fixed()[0].recording(RSA, TLS_1_2), &[100]);
            let mut hello = hello;
            hello.0.random = random;
            for _ in 0..2 {
                mallory.connected();
                mallory.client_sends(&in_a_record(&hello.0, TLS_1_2));
                let read = mallory.read(leaked_key());
                check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read);
            }
            mallory.connected();
            overhear(&mut mallory, &recorded.recording(RSA, TLS_1_2), &[100]);
            same!(mallory.read(leaked_key()), Ok(recorded.conversation()));
        }
    }
}

/// The version that the record of a first hello says: anything will do.
fn record_version() -> BoxedStrategy<u16> {
    select(vec![0x0303, 0x0301]).boxed()
}

/// These bytes of a client get to the server as they are, and the client hears nothing.
fn passes(mallory: &mut Mallory, bytes: &[u8]) -> Result<(), harness::Broken> {
    let relayed = Relayed {
        to_client: vec![],
        to_server: bytes.to_vec(),
    };
    same!(mallory.client_sends(bytes), relayed);
    Ok(())
}

/// Has her overhear this: the hello first, then both directions in pieces of these lengths.
fn overhear(
    mallory: &mut Mallory,
    recording: &crate::subject::ch6_tls12::Recording,
    pieces: &[usize],
) {
    let hello = records(&recording.from_client)[0].len();
    let (hello, mut client) = recording.from_client.split_at(hello);
    let mut server = &recording.from_server[..];
    mallory.client_sends(hello);
    for length in pieces.iter().cycle() {
        if client.is_empty() && server.is_empty() {
            return;
        }
        let (piece, rest) = server.split_at(server.len().min(*length));
        server = rest;
        if !piece.is_empty() {
            mallory.server_sends(piece);
        }
        let (piece, rest) = client.split_at(client.len().min(*length));
        client = rest;
        if !piece.is_empty() {
            mallory.client_sends(piece);
        }
    }
}
