use std::collections::BTreeSet;
use std::sync::Arc;

use given::tls::{Alert, CipherSuite, Connection, Status, TLS_1_2};
use given::tls12::Extension;
use harness::{Broken, accepted, assume, check, same};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::configs::{client_config, server_config};
use crate::flights::*;
use crate::outcome::{end_with, in_order, stays_shut};
use crate::subject::ch6_tls12::*;
use fixtures::certificates::HOST;
use fixtures::randomness::{SAMPLES, faults_of_randomness};
use fixtures::strategies::{array, bytes};
use fixtures::tls12::bad_secrets::*;
use fixtures::tls12::disorder::{client_disorders, junk};
use fixtures::tls12::lies::{hellos, key_exchanges, wraps};
use fixtures::tls12::mallory::{Attack, Change, End, Mallory, attack, play};
use fixtures::tls12::manners::{
    ECDHE, Manner, PKCS1, PSS, RSA, SECRET, any_suite, asked, client_plan, cuts, manner, manners,
};
use fixtures::tls12::scripted::{Client, ClientPlan, Cuts, Peer, Proof, Say};

harness::suite! {
    exercise "6.8" {
        /// it opens for an honest client, with both suites, whatever that can do or not do
        #[think = "The peer's complaint says which message it was. What was due there, and over what?"]
        fn it_opens_for_an_honest_client(manner from manners()) {
            let mut client = Client::new(client_plan(&manner));
            let mut server = server(server_config(&[manner.suite]));
            same!(end_with(&mut server, &mut client, &ClientPlan::script()), End::Open(manner.suite));
            let messages = client.messages();
            let heard_all = client.line().is_content(messages);
            check!(heard_all, "a server that has said all it has to say", server.status());
        }

        /// data passes both ways, however the client cuts its messages into records and calls
        #[think = "One record may have half a message in it, or three. `Wire` joins and parts them."]
        #[cases = 24]
        fn data_passes_between_server_and_client(
            manner in manner(), cuts in cuts(), data in bytes(0..=300), answer in bytes(0..=300)
        ) {
            let plan = ClientPlan { cuts: cuts.clone(), ..client_plan(&manner) };
            let mut client = Client::new(plan);
            let mut server = server(server_config(&[RSA, ECDHE]));
            let mut nobody = Mallory::nobody();
            play(&mut server, &mut client, &ClientPlan::script(), &cuts, &mut nobody);
            same!(server.status(), Status::Open(manner.suite));
            accepted!(server.send(&answer));
            let script = [Say::Data(data.clone()), Say::Close, Say::Data(b"too late".to_vec())];
            play(&mut server, &mut client, &script, &cuts, &mut nobody);
            same!(server.received(), data);
            same!(client.line().data, answer);
            same!(End::of(&server, &[], &mut client), End::Closed);
        }

        /// the ServerHello says what the exercise lists, and nothing else
        #[think = "Which extensions has the client sent? What is the answer to each?"]
        fn the_answer_says_what_it_should(asked from asked()) {
            let mut plan = client_plan(&Manner { is_extended: asked.extended, ..Manner::new(RSA) });
            plan.extensions.retain(|one| {
                asked.by_extension || !matches!(one, Extension::RenegotiationInfo(_))
            });
            if asked.by_suite {
                plan.suites.push(0x00ff);
            }
            // What it does not know, and what it does not use.
            plan.extensions.push(Extension::Other { code: 0x0a0a, body: vec![1, 2, 3] });
            plan.extensions.push(Extension::ServerName(Some(HOST.to_owned())));
            plan.session_id = vec![7; 32];
            plan.version = 0x0304;
            let mut client = Client::new(plan);
            let mut server = server(server_config(&[RSA]));
            same!(end_with(&mut server, &mut client, &ClientPlan::script()), End::Open(RSA));
            let answer = client.answer().expect("it is open");
            same!(answer.version, TLS_1_2);
            same!(answer.session_id, Vec::<u8>::new());
            same!(answer.compression_method, 0);
            same!(in_order(&answer.extensions), in_order(&asked.answers()));
        }

        /// of what the client offers, it takes what it likes best itself
        #[think = "Exercise 6.2 has a function for this. Whose order do you give it?"]
        fn it_takes_what_it_likes_best(likes from [[RSA, ECDHE], [ECDHE, RSA]]) {
            for offered in [[RSA, ECDHE], [ECDHE, RSA]] {
                let plan = ClientPlan {
                    suites: offered.map(CipherSuite::code).to_vec(),
                    ..client_plan(&Manner::new(likes[0]))
                };
                let mut server = server(server_config(&likes));
                let end = end_with(&mut server, &mut Client::new(plan), &ClientPlan::script());
                same!(end, End::Open(likes[0]));
            }
        }

        /// its share is signed in the way that was agreed on: PSS where the client offers it
        #[think = "`negotiate` says how to sign. Does the message say the same as the signature?"]
        fn its_share_is_signed_as_agreed(schemes from [vec![PSS], vec![PKCS1], vec![PKCS1, PSS]]) {
            let mut plan = client_plan(&Manner::new(ECDHE));
            let codes: Vec<u16> = schemes.iter().map(|scheme| scheme.code()).collect();
            plan.extensions.retain(|one| !matches!(one, Extension::SignatureAlgorithms(_)));
            plan.extensions.push(Extension::SignatureAlgorithms(codes));
            let mut client = Client::new(plan);
            let mut server = server(server_config(&[ECDHE]));
            same!(end_with(&mut server, &mut client, &ClientPlan::script()), End::Open(ECDHE));
            let exchange = client.exchange().expect("it is open");
            let expected = if schemes.contains(&PSS) { PSS } else { PKCS1 };
            same!(exchange.scheme, expected.code());
        }

        /// its random is random: none repeats, and each of its bits takes both values
        #[think = "A generator that can be foretold is as good as none. What has the system?"]
        fn the_servers_random_is_random() {
            let config = server_config(&[RSA]);
            let mut randoms = Vec::new();
            for _ in 0..SAMPLES {
                let mut client = Client::new(client_plan(&Manner::new(RSA)));
                end_with(&mut server(Arc::clone(&config)), &mut client, &[Say::Hello]);
                let random = client.answer().map(|answer| answer.random.to_vec());
                randoms.push(random.unwrap_or_default());
            }
            let faults = faults_of_randomness(&randoms);
            check!(faults.is_empty(), "random values", faults);
        }

        /// each connection has a share of its own, with the same configuration
        #[think = "Where does the secret half come from? Each handshake throws its own away."]
        fn each_client_gets_another_share() {
            let config = server_config(&[ECDHE]);
            let mut shares = BTreeSet::new();
            for _ in 0..3 {
                let mut client = Client::new(client_plan(&Manner::new(ECDHE)));
                end_with(&mut server(Arc::clone(&config)), &mut client, &[Say::Hello]);
                shares.insert(client.exchange().map(|exchange| exchange.share.clone()));
            }
            same!(shares.len(), 3);
        }

        /// a hello from which nothing can be chosen is refused, and the alert says why
        #[think = "Exercise 6.2 has a function for this. What do you do with its error?"]
        fn a_hello_without_a_choice_is_refused(lie from hellos()) {
            let mut plan = client_plan(&Manner::new(ECDHE));
            (lie.tell)(&mut plan);
            let mut server = server(server_config(&[ECDHE]));
            let end = end_with(&mut server, &mut Client::new(plan), &ClientPlan::script());
            same!(end, End::Refused(lie.alert));
        }

        /// a ClientKeyExchange that is no vector, or holds no share, is refused
        #[think = "How long is the length, and how long what follows it? Is it a point at all?"]
        fn a_bad_key_exchange_is_refused(lie from key_exchanges()) {
            let mut plan = client_plan(&Manner::new(lie.suite));
            (lie.tell)(&mut plan);
            let mut server = server(server_config(&[lie.suite]));
            let end = end_with(&mut server, &mut Client::new(plan), &ClientPlan::script());
            same!(end, End::Refused(lie.alert));
        }

        /// a wrapped secret that is none leads on: nothing is said until Finished does not open
        #[think = "Bleichenbacher listens. What do you say, when, and to which of these?"]
        fn a_bad_wrapped_secret_shows_at_finished(lie from wraps()) {
            let mut plan = client_plan(&Manner::new(RSA));
            (lie.tell)(&mut plan);
            let mut client = Client::new(plan);
            let mut server = server(server_config(&[RSA]));
            let (before, last) = parted(&ClientPlan::script());
            end_with(&mut server, &mut client, &before);
            same!(server.status(), Status::Handshaking);
            same!(end_with(&mut server, &mut client, &last), End::Refused(lie.alert));
        }

        /// a message that is left out, doubled, or sent early or late ends the connection
        #[think = "Each step waits for one message. What does yours do with another one?"]
        fn the_order_of_the_client_is_kept(disorder from client_disorders()) {
            let mut client = Client::new(client_plan(&Manner::new(disorder.suite)));
            let mut server = server(server_config(&[disorder.suite]));
            let end = end_with(&mut server, &mut client, &disorder.script);
            same!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// it says nothing between ServerHelloDone and the client's Finished
        #[think = "Whose Finished comes first, and what has to be checked before the other?"]
        fn it_waits_for_the_clients_finished(suite from [RSA, ECDHE]) {
            let mut client = Client::new(client_plan(&Manner::new(suite)));
            let mut server = server(server_config(&[suite]));
            let (before, last) = parted(&ClientPlan::script());
            end_with(&mut server, &mut client, &before);
            let said_so_far = client.messages() - 2;
            let is_silent = client.line().is_content(said_so_far);
            check!(is_silent, "nothing more after ServerHelloDone", End::of(&server, &[], &mut client));
            same!(end_with(&mut server, &mut client, &last), End::Open(suite));
        }

        /// a Finished in which any byte is wrong is refused, and nothing is said but the alert
        #[think = "Are all 12 bytes compared, before you send your own?"]
        fn a_wrong_finished_of_the_client_is_refused(byte from 0..12_usize) {
            let finished = Proof::Flipped(8 * byte + (3 * byte) % 8);
            let mut client = Client::new(ClientPlan { finished, ..client_plan(&Manner::new(RSA)) });
            let mut server = server(server_config(&[RSA]));
            let script = [ClientPlan::script(), vec![Say::Data(SECRET.to_vec())]].concat();
            let end = end_with(&mut server, &mut client, &script);
            same!(end, End::Refused(Alert::DecryptError));
            let said_so_far = client.messages() - 2;
            let is_silent = client.line().is_content(said_so_far);
            check!(is_silent, "no Finished of the server's", end);
        }

        /// whatever Mallory does to its messages, the server does not open
        #[think = "The client does not look. Which of your checks sees that something was changed?"]
        #[cases = 48]
        fn a_change_to_its_messages_is_found_out(manner in manner(), attack in attack(4)) {
            let plan = ClientPlan { is_careless: true, ..client_plan(&manner) };
            let messages = if manner.suite == RSA { 3 } else { 4 };
            let record = attack.record % messages;
            // What follows the last message is the beginning of another one, for the client to judge.
            let is_last = record == messages - 1;
            assume!(!(is_last && matches!(attack.change, Change::Extended(_))));
            let mut mallory = Mallory::to_peer(Attack { record, ..attack });
            stays_shut_behind(plan, manner.suite, &mut mallory)?;
        }

        /// whatever Mallory does to a message of the client, the server does not open
        #[think = "Does the transcript have every message in it, as it was received?"]
        #[cases = 96]
        fn a_change_to_the_clients_messages_is_found_out(manner in manner(), attack in attack(4)) {
            let mut plan = ClientPlan { is_careless: true, ..client_plan(&manner) };
            // Bytes that mean nothing to the server, and are in the transcript all the same.
            plan.session_id = vec![7; 32];
            plan.extensions.push(Extension::Other { code: 0x0a0a, body: vec![7; 2048] });
            let mut mallory = Mallory::to_learner(attack);
            stays_shut_behind(plan, manner.suite, &mut mallory)?;
        }

        /// no bytes make it panic, whenever they come, and none make it open
        #[think = "Which of your lines would not stand any bytes that a client can send?"]
        #[cases = 96]
        fn junk_from_a_client_is_refused(
            suite in any_suite(), place in prop_oneof![Just(1), 0..4_usize], junk in junk()
        ) {
            let plan = ClientPlan { is_careless: true, ..client_plan(&Manner::new(suite)) };
            let mut server = server(server_config(&[suite]));
            let script = ClientPlan::script();
            let mut client = Client::new(plan);
            let honest = &script[..place];
            play(&mut server, &mut client, honest, &Cuts::none(), &mut Mallory::nobody());
            server.receive(&junk.instead_of(&script[place], false, suite));
            stays_shut(&mut server)?;
        }

        /// your client and your server talk to each other, with both suites
        #[think = "Both hold against the grader's own. What do you do on both sides that it does not?"]
        #[cases = 4]
        fn your_client_talks_to_your_server(suite in any_suite(), question in bytes(0..=40), answer in bytes(0..=40)) {
            let mut client = client(client_config(&[suite]));
            let mut server = server(server_config(&[RSA, ECDHE]));
            carry(&mut client, &mut server);
            same!(client.status(), Status::Open(suite));
            same!(server.status(), Status::Open(suite));
            same!(client.key_log_line(), server.key_log_line());
            accepted!(client.send(&question));
            accepted!(server.send(&answer));
            client.close();
            carry(&mut client, &mut server);
            same!(server.received(), question);
            same!(client.received(), answer);
            same!(client.status(), Status::Closed);
            same!(server.status(), Status::Closed);
        }

        /// each kind of bad secret gets the same flights from the server, at the same moments
        #[think = "Expected is what happens to one who has guessed. What else does yours say?"]
        fn each_kind_of_bad_secret_fails_alike(fault from every_fault()) {
            // That one is wrapped to another key than the server's.
            assume!(!matches!(fault, Fault::AddedModulus));
            let BadSecret { wrapped, beliefs } = fault.wrapped(TLS_1_2, &[0x5a; 46]);
            let belief = beliefs.last().expect("there are some");
            let guessed = flights_of_a_guess(true)?;
            same!(guessed.last().and_then(Flight::alert), Some(Alert::BadRecordMac));
            same!(flights(&wrapped, belief, true)?, guessed);
        }

        /// whatever is wrong with a secret, and whatever its sender goes on with, nothing differs
        #[think = "Expected is what happens to one who has guessed. What else does yours say?"]
        #[cases = 24]
        fn every_bad_secret_fails_alike(
            fault in fault_for_server(), random in array::<46>(), is_extended in any::<bool>(),
            belief in any::<Index>()
        ) {
            let BadSecret { wrapped, beliefs } = fault.wrapped(TLS_1_2, &random);
            let belief = &beliefs[belief.index(beliefs.len())];
            let guessed = flights_of_a_guess(is_extended)?;
            same!(flights(&wrapped, belief, is_extended)?, guessed);
        }
    }
}

/// A script without its last item, and that.
fn parted(script: &[Say]) -> (Vec<Say>, Vec<Say>) {
    let (before, last) = script.split_at(script.len() - 1);
    (before.to_vec(), last.to_vec())
}

/// The learner's server has not opened for a careless client behind Mallory.
fn stays_shut_behind(
    plan: ClientPlan,
    suite: CipherSuite,
    mallory: &mut Mallory,
) -> Result<(), Broken> {
    let mut server = server(server_config(&[suite]));
    let mut script = ClientPlan::script();
    script.push(Say::Data(SECRET.to_vec()));
    let mut client = Client::new(plan);
    play(&mut server, &mut client, &script, &Cuts::none(), mallory);
    stays_shut(&mut server)
}

/// Carries bytes between two connections until neither has anything more to say.
fn carry(one: &mut dyn Connection, other: &mut dyn Connection) {
    loop {
        let (from_one, from_other) = (one.to_send(), other.to_send());
        if from_one.is_empty() && from_other.is_empty() {
            return;
        }
        other.receive(&from_one);
        one.receive(&from_other);
    }
}
