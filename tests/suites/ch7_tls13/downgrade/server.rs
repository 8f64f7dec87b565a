//! The server of both versions, against the grader's own clients and against rustls.

use std::sync::Arc;

use given::tls::{
    Abort, Alert, CipherSuite, ClientHello, Connection, Extension, Handshake, HandshakeMessage,
    HandshakeType, ServerHello, Status, Suite,
};
use harness::{Broken, accepted, check, same, with};
use proptest::prelude::*;

use crate::setup::{code, no_handshake_in, say, server_config, server_ends, server_of_both};
use crate::subject::ch6_tls12::ServerConfig;
use crate::subject::ch7_tls13::SENTINEL_TLS_1_2;
use fixtures::live::{self, identity_of_one_key};
use fixtures::strategies::bytes;
use fixtures::tls::cuts::cuts;
use fixtures::tls::mallory::{End, Mallory as OnTheWay, play};
use fixtures::tls::offers::{Versions, with_1_3, without_1_3};
use fixtures::tls::report::tell;
use fixtures::tls::rustls_ends::{Knows, client, converse, said_by};
use fixtures::tls12::manners::{ECDHE, Manner, RSA, SERVER_BITS, client_plan_of, manner};
use fixtures::tls12::scripted::{Client, ClientPlan, Say};
use fixtures::tls13::clients::client_plan_of as client_plan13;
use fixtures::tls13::scripted as scripted13;

harness::suite! {
    exercise "7.11" {
        /// if 1.3 is anywhere in the list of versions, it goes on in TLS 1.3, and its random has no sentinel
        #[think = "In which extension are the versions? Is 1.3 always the first in the list?"]
        #[cases = 24]
        fn it_speaks_tls_1_3_if_that_is_offered(
            versions in with_1_3(), has_share in any::<bool>(), cuts in cuts(), data in bytes(0..=100)
        ) {
            let mut plan = client_plan13(SERVER_BITS);
            plan.extensions.retain(|one| !matches!(one, Extension::SupportedVersions(_)));
            plan.extensions.push(Extension::SupportedVersions(versions.0.clone()));
            (plan.has_share, plan.cuts) = (has_share, cuts.clone());
            let script = plan.script();
            let mut client = scripted13::Client::new(plan);
            let mut server = server_of_both(server_config(&[ECDHE, RSA]));
            let mut nobody = OnTheWay::nobody();
            play(&mut server, &mut client, &script, &cuts, &mut nobody);
            server_ends!(server, client, End::Open(Suite::Tls13));
            play(&mut server, &mut client, &[scripted13::Say::Data(data.clone())], &cuts, &mut nobody);
            same!(server.received(), data);
            is_marked(client.answer(), false)?;
        }

        /// if 1.3 is at the end of a long list of versions, it goes on in TLS 1.3
        #[think = "Does your loop stop early? How many versions can a client list?"]
        fn a_long_list_of_versions_is_read_to_its_end({before} from [1, 16, 64, 126]) {
            with!("versions before 1.3" = before);
            let mut plan = client_plan13(SERVER_BITS);
            plan.extensions.retain(|one| !matches!(one, Extension::SupportedVersions(_)));
            let versions = [vec![0x0303; before], vec![0x0304]].concat();
            plan.extensions.push(Extension::SupportedVersions(versions));
            let script = plan.script();
            let mut client = scripted13::Client::new(plan);
            let mut server = server_of_both(server_config(&[ECDHE, RSA]));
            say(&mut server, &mut client, &script);
            server_ends!(server, client, End::Open(Suite::Tls13));
        }

        /// if 1.3 is not in the list of versions, or if there is no list, it goes on in TLS 1.2
        #[think = "Is 1.3 itself in the list of versions? Does anything else decide in your code: the field `version`, or another number in the list?"]
        #[cases = 24]
        fn it_speaks_tls_1_2_otherwise(
            peer in manner(), versions in proptest::option::of(without_1_3()),
            old_field in code(&[0x0303, 0x0304, 0x0305]), cuts in cuts(), data in bytes(0..=100)
        ) {
            let mut plan = ClientPlan { version: old_field.0, cuts: cuts.clone(), ..client_plan_of(SERVER_BITS, &peer) };
            if let Some(Versions(versions)) = versions.clone() {
                plan.extensions.insert(0, Extension::SupportedVersions(versions));
            }
            let mut client = Client::new(plan);
            let mut server = server_of_both(server_config(&[ECDHE, RSA]));
            let mut nobody = OnTheWay::nobody();
            play(&mut server, &mut client, &ClientPlan::script(), &cuts, &mut nobody);
            server_ends!(server, client, End::Open(peer.suite.into()));
            play(&mut server, &mut client, &[Say::Data(data.clone())], &cuts, &mut nobody);
            same!(server.received(), data);
        }

        /// in TLS 1.2 its random ends with the sentinel, whatever else the client offers
        #[think = "Which code puts the sentinel into the random, and where does that code get it from?"]
        fn in_tls_1_2_there_is_the_sentinel(suite from [RSA, ECDHE]) {
            for says_more in [false, true] {
                let mut client = Client::new(client_plan_of(SERVER_BITS, &Manner { says_more, ..Manner::new(suite) }));
                let mut server = server_of_both(server_config(&[suite]));
                say(&mut server, &mut client, &ClientPlan::script());
                server_ends!(server, client, End::Open(suite.into()));
                is_marked(client.answer(), true)?;
            }
        }

        /// if the configuration has no sentinel, it adds none to its random
        #[think = "Which code puts the sentinel into the random, and where does that code get it from?"]
        fn without_a_sentinel_there_is_none(suite from [RSA, ECDHE]) {
            let config = Arc::into_inner(server_config(&[suite])).expect("nobody else has it");
            let mut server = server_of_both(Arc::new(ServerConfig { sentinel: None, ..config }));
            let mut client = Client::new(client_plan_of(SERVER_BITS, &Manner::new(suite)));
            say(&mut server, &mut client, &ClientPlan::script());
            server_ends!(server, client, End::Open(suite.into()));
            is_marked(client.answer(), false)?;
        }

        /// a client that offers 1.3 but lacks something that 1.3 needs is not served in TLS 1.2
        #[think = "One thing decides the version. Which exercise checks the others?"]
        fn what_is_missing_does_not_change_the_version(suite from [RSA, ECDHE]) {
            let mut plan = client_plan_of(SERVER_BITS, &Manner::new(suite));
            plan.extensions.push(Extension::SupportedVersions(vec![0x0304, 0x0303]));
            let mut client = Client::new(plan);
            let mut server = server_of_both(server_config(&[suite]));
            say(&mut server, &mut client, &ClientPlan::script());
            server_ends!(server, client, End::Refused(Alert::MissingExtension));
        }

        /// a first message that is not a ClientHello, or can't be read as one, ends the connection
        #[think = "`Handshake::parse` knows what is wrong. What do you do with its error?"]
        fn another_first_message_is_refused(({message}, {why}) from others()) {
            let mut server = server_of_both(server_config(&[ECDHE, RSA]));
            let length = u16::try_from(message.len()).expect("a short one").to_be_bytes();
            with!(message);
            server.receive(&[&[22, 3, 1][..], &length, &message].concat());
            same!(server.status(), Status::Failed(why));
            no_handshake_in(&server.to_send())?;
        }

        /// it opens for rustls, in either version, even if rustls has guessed another group
        #[think = "rustls says why it ends a connection. What in your answer did it not accept?"]
        fn it_opens_for_rustls((knows, shares_x25519) from [
            (Knows::Both, true), (Knows::Both, false), (Knows::OnlyTls12, true),
        ]) {
            let identity = identity_of_one_key(live::BITS);
            let mut rustls = client(&identity, knows, shares_x25519);
            let mut server = server_of_both(Arc::new(ServerConfig {
                chain: vec![identity.leaf.clone()],
                key: identity.key.clone(),
                suites: vec![CipherSuite::EcdheRsaAes128GcmSha256],
                sentinel: Some(SENTINEL_TLS_1_2),
            }));
            let is_done = converse(&mut server, &mut rustls);
            tell(&mut server);
            is_done.map_err(|error| Broken::refused("the handshake of server_of_both(config) with rustls", &error))?;
            same!(server.status(), Status::Open(knows.suite()));
            accepted!(server.send(b"answer"));
            let received = said_by(&mut server, &mut rustls, b"question");
            same!(received, Ok(b"answer".to_vec()), "what rustls receives");
            same!(server.received(), b"question");
        }
    }
}

/// Checks that the random in the ServerHello that opened a connection ends with the sentinel, or that
/// it does not.
fn is_marked(answer: Option<&ServerHello>, is_expected: bool) -> Result<(), Broken> {
    let random = answer.expect("it is open").random;
    let is_marked = random.ends_with(&SENTINEL_TLS_1_2);
    let expected = match is_expected {
        true => "a random that ends with the sentinel",
        false => "a random without a sentinel",
    };
    check!(
        is_marked == is_expected,
        expected,
        random,
        "the random in the ServerHello of server_of_both(config)"
    );
    Ok(())
}

/// Messages that are not a ClientHello, and how a server names what is wrong with them.
fn others() -> Vec<(Vec<u8>, Abort)> {
    let kinds = HandshakeType::ALL.iter();
    let mut all: Vec<(Vec<u8>, Abort)> = kinds
        .map(|kind| {
            let why = match kind {
                HandshakeType::ClientHello => Abort::Malformed,
                _ => Abort::UnexpectedMessage,
            };
            (Handshake::new(*kind, &[]).bytes().to_vec(), why)
        })
        .collect();
    let hello = ClientHello {
        version: 0x0303,
        random: [7; 32],
        session_id: vec![],
        cipher_suites: vec![0x009c],
        compression_methods: vec![0],
        extensions: vec![Extension::SupportedVersions(vec![0x0304]); 2],
    };
    let twice = hello.handshake().bytes().to_vec();
    all.push((twice, Abort::DuplicateExtension));
    all
}
