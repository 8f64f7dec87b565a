//! What must be fresh in every connection.

use std::sync::Arc;

use given::tls::{ClientHello, ServerHello};
use harness::show::Words;
use harness::{check, elsewhere, think_of, with};

use super::answer::share_of;
use super::flight::hellos;
use super::proofs::{FEW_BITS, fixed};
use super::{config_of, server};
use crate::subject::ch6_tls12::ServerConfig;
use fixtures::randomness::{SAMPLES, faults_of_randomness, repetition};
use fixtures::tls::shares::share_of as share_of_secret;
use fixtures::tls13::fresh::must_be_fresh;
use fixtures::tls13::outcome::end_with;
use fixtures::tls13::scripted::Client;

harness::suite! {
    exercise "7.9" {
        /// its randoms and its shares are random: none repeats, even for the same client and the same configuration, with and without a retry
        #[think = "Each of the 32 bytes is fresh in each connection, and nobody can predict it. Where do yours come from?"]
        fn its_randoms_and_shares_are_random() {
            let config = config_of(FEW_BITS);
            let words: Vec<_> = (0..SAMPLES).map(|place| words_of(config.clone(), place % 2 == 0).1).collect();
            let randoms: Vec<_> = words.iter().map(|hello| hello.random.to_vec()).collect();
            let faults = faults_of_randomness(&randoms);
            check!(faults.is_empty(), "random values", faults, "the randoms of 64 ServerHellos of server(config), each second one after a retry");
            think_of!("Where does the secret half of the share come from? Each handshake makes one, and throws it away.");
            let shares: Vec<_> = words.iter().map(share_of).collect();
            let faults = repetition(&shares);
            check!(faults.is_empty(), "64 different shares", faults, "the shares in 64 ServerHellos of server(config), each second one after a retry");
        }

        /// its random has no sentinel, whatever its configuration says: this is TLS 1.3
        #[think = "What is the sentinel for, and which of your two servers has to send it?"]
        fn its_random_has_no_sentinel() {
            let config = Arc::into_inner(config_of(FEW_BITS)).expect("nobody else has it");
            let sentinel = *b"DOWNGRD\x01";
            let config = Arc::new(ServerConfig { sentinel: Some(sentinel), ..config });
            for has_share in [true, false] {
                with!("retry" = in_words(has_share));
                let random = words_of(config.clone(), has_share).1.random;
                check!(!random.ends_with(&sentinel), "32 random bytes", random, "the random in the ServerHello of server(config)");
            }
        }

        /// the secret half of its share is not something that was sent, such as one of the randoms
        #[think = "What was sent may be random, but everybody sees it. Where else can the secret come from?"]
        fn its_secret_is_secret(has_share from [true, false]) {
            with!("retry" = in_words(has_share));
            let (hello, answer) = words_of(config_of(FEW_BITS), has_share);
            let share = share_of(&answer);
            let session_id = hello.session_id.try_into().unwrap_or_default();
            for (what, sent) in [
                ("the random of its ServerHello", answer.random),
                ("the random of the ClientHello", hello.random),
                ("the session id", session_id),
            ] {
                let is_other = share != share_of_secret(sent, false);
                let got = Words(format!("the share of {what}"));
                let expected = format!("a share whose secret half is not {what}");
                check!(is_other, expected, got, "the share in the ServerHello of server(config)");
            }
        }

        /// each time the program runs, its random is different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_random() {
            let [random, random_of_another_process] = elsewhere(|| Ok(first_words().random.to_vec()))?;
            let asked = "the random in the ServerHello of server(config)";
            must_be_fresh(asked, &random, &random_of_another_process)?;
        }

        /// each time the program runs, its share is different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_share() {
            let [share, share_of_another_process] = elsewhere(|| Ok(share_of(&first_words())))?;
            let asked = "the share in the ServerHello of server(config)";
            must_be_fresh(asked, &share, &share_of_another_process)?;
        }
    }
}

/// The ServerHello of a server with a short key.
fn first_words() -> ServerHello {
    words_of(config_of(FEW_BITS), true).1
}

/// The last hello of a client, and the ServerHello of a server with this configuration.
fn words_of(config: Arc<ServerConfig>, has_share: bool) -> (ClientHello, ServerHello) {
    let mut peer = Client::new(fixed(has_share, FEW_BITS));
    end_with(&mut server(config), &mut peer, hellos(has_share));
    let hello = peer.hello().expect("it was said").clone();
    let answer = peer.answer().cloned();
    let answer = answer.unwrap_or(ServerHello {
        version: 0,
        random: [0; 32],
        session_id: vec![],
        cipher_suite: 0,
        compression_method: 0,
        extensions: vec![],
    });
    (hello, answer)
}

/// What the server asks for first.
fn in_words(has_share: bool) -> Words {
    Words(if has_share { "none" } else { "for a share" }.to_owned())
}
