use std::collections::BTreeSet;
use std::slice;

use given::tls::{Abort, Alert, Connection, Status, TLS_1_2, Wire, X25519};
use given::tls12::{ClientHello, Extension};
use harness::{Broken, accepted, check, differ, elsewhere, same};
use proptest::prelude::*;

use crate::configs::{FEW_BITS, client_config, client_config_of};
use crate::outcome::{end_with, in_order, stays_shut};
use crate::subject::ch6_tls12::*;
use fixtures::certificates::{HOST, Plan, Signer};
use fixtures::randomness::{SAMPLES, faults_of_randomness};
use fixtures::strategies::{bit, bytes};
use fixtures::tls12::disorder::{Disorder, early_change_cipher_specs, junk, server_disorders};
use fixtures::tls12::lies::{Lie, chains, choices, proofs, shares, signatures};
use fixtures::tls12::mallory::{Attack, Change, End, Mallory, attack, play};
use fixtures::tls12::manners::{
    BITS, ECDHE, Manner, PKCS1, PSS, ROOT, RSA, SECRET, any_suite, cuts, manner, manners,
    server_plan,
};
use fixtures::tls12::pki::server_key;
use fixtures::tls12::reference::SealsFirst;
use fixtures::tls12::scripted::{Cuts, Peer, Say, Server, ServerPlan};

harness::suite! {
    exercise "6.7" {
        /// the ClientHello says what the exercise lists, and nothing else
        #[think = "Go through the list. Is an IP address a name?"]
        fn the_hello_says_what_it_should(host from [HOST, "example.org", "192.0.2.1", "2001:db8::1"]) {
            for suites in [vec![ECDHE, RSA], vec![RSA, ECDHE], vec![RSA], vec![ECDHE]] {
                let mut config = client_config(&suites);
                config.host = host.to_owned();
                let hello = accepted!(first_words(&mut client(config)));
                same!(hello.version, TLS_1_2);
                same!(hello.session_id, Vec::<u8>::new());
                let codes: Vec<u16> = suites.iter().map(|suite| suite.code()).collect();
                same!(hello.cipher_suites, codes);
                same!(hello.compression_methods, vec![0_u8]);
                let mut extensions = vec![
                    Extension::SupportedGroups(vec![X25519]),
                    Extension::EcPointFormats(vec![0]),
                    Extension::SignatureAlgorithms(vec![PSS.code(), PKCS1.code()]),
                    Extension::ExtendedMasterSecret,
                    Extension::RenegotiationInfo(vec![]),
                ];
                if host.ends_with("example.org") {
                    extensions.push(Extension::ServerName(Some(host.to_owned())));
                }
                same!(in_order(&hello.extensions), in_order(&extensions));
            }
        }

        /// its random is random: none repeats, and each of its bits takes both values
        #[think = "A generator that can be foretold is as good as none. What has the system?"]
        fn the_clients_random_is_random() {
            let config = client_config(&[ECDHE]);
            let mut randoms = Vec::new();
            for _ in 0..SAMPLES {
                let hello = accepted!(first_words(&mut client(config.clone())));
                randoms.push(hello.random.to_vec());
            }
            let faults = faults_of_randomness(&randoms);
            check!(faults.is_empty(), "random values", faults);
        }

        /// each time the program runs, its random is another one
        #[think = "Who is asked: the system, or a generator that starts the same each time?"]
        fn each_process_has_its_own_random() {
            let [random, random_of_another_process] = elsewhere(|| {
                let hello = accepted!(first_words(&mut client(client_config_of(FEW_BITS, &[RSA]))));
                Ok(hello.random.to_vec())
            })?;
            differ!(random, random_of_another_process);
        }

        /// it opens with an honest server, with both suites, whatever that can do or not do
        #[think = "The peer's complaint says which message it was. What was due there, and over what?"]
        fn it_opens_with_an_honest_server(manner from manners()) {
            let mut server = Server::new(server_plan(&manner));
            let mut client = client(client_config(&[ECDHE, RSA]));
            let script = manner.server_script();
            same!(end_with(&mut client, &mut server, &script), End::Open(manner.suite));
            let messages = server.messages();
            let heard_all = server.line().is_content(messages);
            check!(heard_all, "a client that has said all it has to say", client.status());
        }

        /// data passes both ways, however the server cuts its messages into records and calls
        #[think = "One record may have half a message in it, or three. `Wire` joins and parts them."]
        #[cases = 24]
        fn data_passes_between_client_and_server(
            manner in manner(), cuts in cuts(), data in bytes(0..=300), answer in bytes(0..=300)
        ) {
            let plan = ServerPlan { cuts: cuts.clone(), ..server_plan(&manner) };
            let mut server = Server::new(plan);
            let mut client = client(client_config(&[ECDHE, RSA]));
            let mut nobody = Mallory::nobody();
            play(&mut client, &mut server, &manner.server_script(), &cuts, &mut nobody);
            same!(client.status(), Status::Open(manner.suite));
            accepted!(client.send(&data));
            let (empty, late) = (Say::Data(vec![]), Say::Data(b"too late".to_vec()));
            let script = [empty.clone(), Say::Data(answer.clone()), empty, Say::Close, late];
            play(&mut client, &mut server, &script, &cuts, &mut nobody);
            same!(client.received(), answer);
            same!(server.line().data, data);
            same!(End::of(&client, &[], &mut server), End::Closed);
        }

        /// each connection has a share of its own
        #[think = "Where does the secret half come from? Each handshake throws its own away."]
        fn each_connection_has_its_own_share() {
            let mut shares = BTreeSet::new();
            for _ in 0..3 {
                let mut server = Server::new(server_plan(&Manner::new(ECDHE)));
                let mut client = client(client_config(&[ECDHE]));
                end_with(&mut client, &mut server, &server_plan(&Manner::new(ECDHE)).script());
                shares.insert(server.key_exchange);
            }
            same!(shares.len(), 3);
        }

        /// two connections at once keep out of each other's way
        #[think = "What do the two have in common, and what belongs to one of them?"]
        fn two_servers_at_once_are_talked_to(suite from [RSA, ECDHE]) {
            let mut clients = [(), ()].map(|()| client(client_config(&[suite])));
            let mut servers = [(), ()].map(|()| Server::new(server_plan(&Manner::new(suite))));
            for say in Manner::new(suite).server_script() {
                for (client, server) in clients.iter_mut().zip(&mut servers) {
                    end_with(client, server, slice::from_ref(&say));
                }
            }
            for (client, server) in clients.iter().zip(&mut servers) {
                same!(End::of(client, &[], server), End::Open(suite));
            }
        }

        /// each time the program runs, its share is another one
        #[think = "Who is asked: the system, or a generator that starts the same each time?"]
        fn each_process_has_its_own_share() {
            let [share, share_of_another_process] = elsewhere(|| {
                // One key for all, which each process makes anew.
                let all = Signer(ROOT.0, server_key(BITS));
                let chain = [Plan::leaf(&[HOST], all.1, all).make()];
                let plan = ServerPlan::honest(ECDHE, false, &chain, all.1.private());
                let (script, mut server) = (plan.script(), Server::new(plan));
                let roots = vec![Plan::root(all).make()];
                let config = client_config_of(FEW_BITS, &[ECDHE]);
                end_with(&mut client(ClientConfig { roots, ..config }), &mut server, &script);
                Ok(server.key_exchange)
            })?;
            differ!(share, share_of_another_process);
        }

        /// it opens with a server whose chain is long: many certificates, of which some come twice,
        /// and more than fits into a record
        #[think = "Which certificates do you need, and what do you do with the others?"]
        fn a_long_chain_is_taken(spares from [2, 60]) {
            let mut plan = server_plan(&Manner { says_more: true, ..Manner::new(ECDHE) });
            let spare = plan.chain.last().expect("a spare one").clone();
            plan.chain.insert(1, plan.chain[0].clone());
            plan.chain.extend(vec![spare; spares]);
            let script = plan.script();
            let mut client = client(client_config(&[ECDHE]));
            same!(end_with(&mut client, &mut Server::new(plan), &script), End::Open(ECDHE));
        }

        /// a choice that is no answer to its hello is refused
        #[think = "Exercise 6.2 has a function for this. Where do you call it, and on which hello?"]
        fn a_choice_it_did_not_offer_is_refused(lie from choices()) {
            same!(end_with_liar(&lie), End::Refused(lie.alert));
        }

        /// a chain that does not hold is refused, and the alert says why
        #[think = "Exercise 5.5 has a function for this, and `distrust` the alert."]
        fn a_chain_that_does_not_hold_is_refused(lie from chains()) {
            same!(end_with_liar(&lie), End::Refused(lie.alert));
        }

        /// a key share that the certificate's owner has not signed for this handshake is refused
        #[think = "goto fail: was this signature checked, under that key, over these randoms?"]
        fn a_share_without_its_signature_is_refused(lie from signatures()) {
            same!(end_with_liar(&lie), End::Refused(lie.alert));
        }

        /// a group or a scheme that it did not offer, and a share that is none, are refused
        #[think = "What of the ServerKeyExchange have you not looked at?"]
        fn a_share_of_another_kind_is_refused(lie from shares()) {
            same!(end_with_liar(&lie), End::Refused(lie.alert));
        }

        /// a message that is left out, doubled, or sent early or late ends the connection
        #[think = "Each step waits for one message. What does yours do with another one?"]
        fn the_order_of_the_server_is_kept(disorder from server_disorders()) {
            let mut server = Server::new(server_plan(&Manner::new(disorder.suite)));
            let mut client = client(client_config(&[disorder.suite]));
            let end = end_with(&mut client, &mut server, &disorder.script);
            same!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// a ChangeCipherSpec that comes before there are keys ends the connection
        #[think = "CVE-2014-0224. Which step waits for it? What do the others do with it?"]
        fn an_early_change_cipher_spec_is_refused(disorder from early()) {
            let mut server = Server::new(server_plan(&Manner::new(disorder.suite)));
            let mut client = client(client_config(&[disorder.suite]));
            let end = end_with(&mut client, &mut server, &disorder.script);
            same!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// a Finished in which any byte is wrong is refused, and one that was sent back
        #[think = "Are all 12 bytes compared? With what label, over what transcript?"]
        fn a_wrong_finished_of_the_server_is_refused(proof from proofs()) {
            let manner = Manner::new(RSA);
            let plan = ServerPlan { finished: proof, ..server_plan(&manner) };
            let mut script = plan.script();
            script.push(Say::Data(SECRET.to_vec()));
            let mut client = client(client_config(&[RSA]));
            let end = end_with(&mut client, &mut Server::new(plan), &script);
            same!(end, End::Refused(Alert::DecryptError));
        }

        /// whatever Mallory does to a message of the server, the client does not open
        #[think = "The server does not look. Which of your checks sees that something was changed?"]
        #[cases = 96]
        fn a_change_on_the_way_is_found_out(manner in manner(), attack in attack(6)) {
            stays_shut_under(&manner, attack)?;
        }

        /// where one bit of the server's hello is flipped on the way, the client does not open
        #[think = "Most of these bits mean nothing to you. What covers them all the same?"]
        #[cases = 32]
        fn each_bit_of_the_servers_hello_counts(manner in manner(), flipped in bit()) {
            stays_shut_under(&manner, Attack { record: 0, change: Change::Flipped(flipped) })?;
        }

        /// whatever Mallory does to its own hello, the client does not open
        #[think = "Both sides prove what they have seen. Does the server's proof cover your hello?"]
        #[cases = 48]
        fn a_change_to_its_hello_is_found_out(manner in manner(), attack in attack(1)) {
            let plan = ServerPlan { is_careless: true, ..server_plan(&manner) };
            let mut client = client(client_config(&[ECDHE, RSA]));
            let mut mallory = Mallory::to_peer(attack);
            let mut script = plan.script();
            script.push(Say::Data(SECRET.to_vec()));
            play(&mut client, &mut Server::new(plan), &script, &Cuts::none(), &mut mallory);
            stays_shut(&mut client)?;
        }

        /// no bytes make it panic, whenever they come, and none make it open
        #[think = "Which of your lines would not stand any bytes that a server can send?"]
        #[cases = 96]
        fn junk_from_a_server_is_refused(
            suite in any_suite(), place in prop_oneof![Just(1), Just(2), 0..5_usize], junk in junk()
        ) {
            let plan = ServerPlan { is_careless: true, ..server_plan(&Manner::new(suite)) };
            let mut client = client(client_config(&[suite]));
            let script = plan.script();
            let honest = &script[..place];
            let mut server = Server::new(plan);
            play(&mut client, &mut server, honest, &Cuts::none(), &mut Mallory::nobody());
            let due = &script[place];
            client.receive(&junk.instead_of(due, true, suite));
            stays_shut(&mut client)?;
        }
    }
}

/// Scripts of a server that changes its cipher before there are keys.
fn early() -> Vec<Disorder> {
    let of = |suite| {
        let script = Manner::new(suite).server_script();
        early_change_cipher_specs(suite, &script, script.len() - 2)
    };
    [RSA, ECDHE].into_iter().flat_map(of).collect()
}

/// The ClientHello of this client, or why there is none.
fn first_words(client: &mut dyn Connection) -> Result<ClientHello, Abort> {
    let mut wire: Wire<SealsFirst, SealsFirst> = Wire::new();
    wire.receive(&client.to_send());
    let message = wire.next()?.ok_or(Abort::Malformed)?;
    Ok(message.message()?.0)
}

/// Whether a client stays shut under this attack on what the server says.
fn stays_shut_under(manner: &Manner, attack: Attack) -> Result<(), Broken> {
    let mut plan = ServerPlan {
        is_careless: true,
        ..server_plan(manner)
    };
    // Bytes that mean nothing to anybody, and are in the transcript all the same.
    plan.session_id = vec![7; 32];
    plan.extensions
        .retain(|one| !matches!(one, Extension::EcPointFormats(_)));
    plan.extensions
        .push(Extension::EcPointFormats([&[0][..], &[7; 254]].concat()));
    let record = attack.record % plan.script().len();
    let mut client = client(client_config(&[ECDHE, RSA]));
    let mut mallory = Mallory::to_learner(Attack { record, ..attack });
    let mut script = manner.server_script();
    script.push(Say::Data(SECRET.to_vec()));
    play(
        &mut client,
        &mut Server::new(plan),
        &script,
        &Cuts::none(),
        &mut mallory,
    );
    stays_shut(&mut client)
}

/// How it ends for a client with a server that lies like this, and has data to send.
fn end_with_liar(lie: &Lie<ServerPlan>) -> End {
    let mut plan = server_plan(&Manner::new(lie.suite));
    (lie.tell)(&mut plan);
    let mut script = plan.script();
    script.push(Say::Data(SECRET.to_vec()));
    let mut client = client(client_config(&[lie.suite]));
    end_with(&mut client, &mut Server::new(plan), &script)
}
