//! What is new in each connection and can't be predicted: the server's random and its share.

use std::collections::BTreeSet;
use std::sync::Arc;

use given::tls::CipherSuite;
use given::tls12::Extension;
use harness::show::Words;
use harness::{check, differ, elsewhere, notes, think_of};

use super::server;
use crate::configs::{server_config, server_config_of};
use crate::subject::ch6_tls12::ServerConfig;
use fixtures::randomness::{SAMPLES, faults_of_randomness, guesses};
use fixtures::tls::shares::{repeated_byte, share_of};
use fixtures::tls12::manners::FEW_BITS;
use fixtures::tls12::manners::{ECDHE, Manner, PKCS1, RSA, client_plan};
use fixtures::tls12::outcome::end_with;
use fixtures::tls12::pki;
use fixtures::tls12::scripted::{Client, ClientPlan, Say};

harness::suite! {
    exercise "6.8" {
        /// its randoms are random, even if its clients repeat theirs: none repeats, and each bit
        /// takes both values
        #[think = "A generator whose output can be predicted is no better than none. What does the system provide?"]
        fn the_servers_random_is_random() {
            let config = server_config(&[RSA, ECDHE]);
            let mut randoms = Vec::new();
            for suite in [RSA, ECDHE].into_iter().cycle().take(SAMPLES) {
                // The client also offers 1.3. A server that has only 1.2 puts no mark into its
                // random because of that (RFC 9846 §4.2.3).
                let manner = Manner { says_more: true, ..Manner::new(suite) };
                let plan = ClientPlan { random: Some([0x5e; 32]), ..client_plan(&manner) };
                let mut client = Client::new(plan);
                end_with(&mut server(Arc::clone(&config)), &mut client, &[Say::Hello]);
                let random = client.answer().map(|answer| answer.random.to_vec());
                randoms.push(random.unwrap_or_default());
            }
            if randoms.iter().all(|random| random.ends_with(&randoms[0][24..])) && randoms[0] != randoms[2] {
                think_of!("The last 8 bytes are the same each time. Which servers put a mark there, and does your configuration ask for one?");
            }
            let faults = faults_of_randomness(&randoms);
            check!(faults.is_empty(), "random values", faults, "the randoms of 64 hellos of server(config)");
        }

        /// the secret half of its share is not one repeated byte, or made of what was sent, such as the
        /// randoms or a hash of them
        #[think = "The randoms are random, and everybody has them, and can hash them. Where else can the secret come from?"]
        fn its_secret_is_secret() {
            let mut client = Client::new(client_plan(&Manner::new(ECDHE)));
            end_with(&mut server(server_config(&[ECDHE])), &mut client, &[Say::Hello]);
            let share = client.exchange().map(|exchange| exchange.share.clone());
            let share = share.unwrap_or_default();
            let random = client.answer().map(|answer| answer.random).unwrap_or_default();
            let seen = [("the server's random", &random[..]), ("the client's random", &client.random())];
            let asked = "the secret half of the share of server(config)";
            think_of!("All of its bytes are random, not only one of them: there are 256 secrets like this, and anybody can try them all.");
            let repeated = repeated_byte(&share);
            check!(repeated.is_none(), "a secret that nobody can guess", Words(format!("one byte, repeated: {:02x}", repeated.unwrap_or_default())), asked);
            notes::think(None);
            for (made, secret) in guesses(&seen).into_iter().chain(client.hashes()) {
                let is_other = share != share_of(secret.try_into().expect("32 bytes"), false);
                check!(is_other, "a secret that nobody can guess", Words(made), asked);
            }
        }

        /// each connection has its own share, even with the same configuration, and for a client
        /// that repeats its random
        #[think = "Where does the secret half come from? Each handshake makes one, and throws it away."]
        fn each_client_gets_another_share() {
            let config = server_config_of(FEW_BITS, &[ECDHE]);
            let mut shares = BTreeSet::new();
            // If there are only 256 secrets, two of 70 are the same in all but one run in 2¹³.
            for _ in 0..70 {
                let client = first_words(&config, Some([0x5e; 32]));
                shares.insert(client.exchange().map(|exchange| exchange.share.clone()));
            }
            if shares.len() > 1 {
                think_of!("Do you use a secret more than once, or choose it from a few? If they are few, anyone can try them all.");
            }
            check!(
                shares.len() == 70,
                "70 different shares",
                Words(format!("only {} of them", shares.len())),
                "the shares in 70 handshakes of server(config)"
            );
        }

        /// each time the program runs, its random is different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_random() {
            let [randoms, randoms_of_another_process] = elsewhere(|| {
                let answers = [RSA, ECDHE].map(|suite| few_words(suite).answer().cloned());
                let randoms = answers.map(|answer| answer.map_or([0; 32], |answer| answer.random));
                Ok(randoms.concat())
            })?;
            let others = randoms_of_another_process.chunks(32);
            for (random, random_of_another_process) in randoms.chunks(32).zip(others) {
                differ!(random, random_of_another_process, "the random in the ServerHello of server(config)");
            }
        }

        /// each time the program runs, its share is different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_share() {
            let [share, share_of_another_process] = elsewhere(|| {
                let exchange = few_words(ECDHE).exchange().cloned();
                Ok(exchange.map(|exchange| exchange.share).unwrap_or_default())
            })?;
            differ!(share, share_of_another_process, "the share in the ServerKeyExchange of server(config)");
        }
    }
}

/// A client that has heard the first messages of the learner's server, whose key has few bits, with
/// this suite.
fn few_words(suite: CipherSuite) -> Client {
    first_words(&server_config_of(FEW_BITS, &[suite]), None)
}

/// The same, with this configuration, and this random of the client.
fn first_words(config: &Arc<ServerConfig>, random: Option<[u8; 32]>) -> Client {
    let (chain, key) = (
        pki::kept_chain(FEW_BITS).0,
        pki::server_key(FEW_BITS).private(),
    );
    let mut plan = ClientPlan::honest(&config.suites, false, chain, key);
    plan.random = random;
    plan.extensions
        .retain(|one| !matches!(one, Extension::SignatureAlgorithms(_)));
    plan.extensions
        .push(Extension::SignatureAlgorithms(vec![PKCS1.code()]));
    let mut client = Client::new(plan);
    let mut server = server(Arc::clone(config));
    end_with(&mut server, &mut client, &[Say::Hello]);
    client
}
