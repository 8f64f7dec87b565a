//! What must be fresh in every connection.

use std::sync::Arc;

use given::tls::{ClientHello, Extension, HandshakeMessage, ServerHello, TLS_1_2, TLS_1_3};
use harness::show::Words;
use harness::{check, elsewhere, think_of, with};

use super::answer::share_of;
use super::proofs::fixed;
use super::{answer_to_bytes, config_of, first_message, server};
use crate::subject::ch6_tls12::ServerConfig;
use fixtures::randomness::{SAMPLES, faults_of_randomness, guesses, made_from, repetition};
use fixtures::tls::shares::share_of as share_of_secret;
use fixtures::tls12::hellos::Hello;
use fixtures::tls12::manners::SERVER_BITS;
use fixtures::tls13::fresh::must_be_fresh;
use fixtures::tls13::hellos::x25519_of;
use fixtures::tls13::scripted::{Client, Peer, Say};

harness::suite! {
    exercise "7.9" {
        /// its randoms and its shares are random: none repeats, even for the same client and the same configuration, with and without a retry, and after a connection that has failed
        #[think = "Each of the 32 bytes is fresh in each connection, and nobody can predict it. Where do yours come from?"]
        fn its_randoms_and_shares_are_random() {
            let (config, hellos) = (config_of(SERVER_BITS), [true, false].map(hellos_of));
            // Most of the connections fail after ServerHello.
            let behind = |place| if place % 8 < 6 { KEY_UPDATE } else { &[] };
            let words = (0..SAMPLES).map(|place| answer_of(config.clone(), &hellos[place % 2], behind(place)));
            let words: Vec<_> = words.collect();
            let randoms: Vec<_> = words.iter().map(|hello| hello.random.to_vec()).collect();
            let faults = faults_of_randomness(&randoms);
            check!(faults.is_empty(), "random values", faults, "the randoms of 64 ServerHellos of server(config), each second one after a retry, most of them in connections that fail");
            think_of!("Where does the secret half of the share come from? Each handshake makes one, and throws it away.");
            let shares: Vec<_> = words.iter().map(share_of).collect();
            let faults = repetition(&shares);
            check!(faults.is_empty(), "64 different shares", faults, "the shares in 64 ServerHellos of server(config), each second one after a retry, most of them in connections that fail");
        }

        /// its random has no sentinel, whatever its configuration says, and even if the client offers 1.2 as well: this is TLS 1.3
        #[think = "What is the sentinel for, and which of your two servers has to send it?"]
        fn its_random_has_no_sentinel() {
            let config = Arc::into_inner(config_of(SERVER_BITS)).expect("nobody else has it");
            let sentinel = *b"DOWNGRD\x01";
            let config = Arc::new(ServerConfig { sentinel: Some(sentinel), ..config });
            for has_share in [true, false] {
                let mut hellos = hellos_of(has_share);
                for hello in &mut hellos {
                    let offer = |one: &&mut Extension| matches!(one, Extension::SupportedVersions(_));
                    let versions = hello.extensions.iter_mut().find(offer).expect("it offers 1.3");
                    *versions = Extension::SupportedVersions(vec![TLS_1_3, TLS_1_2]);
                }
                with!("retry" = in_words(has_share), "the client offers" = Words("1.3 and 1.2".to_owned()));
                let random = answer_of(config.clone(), &hellos, KEY_UPDATE).random;
                check!(!random.ends_with(&sentinel), "32 random bytes", random, "the random in the ServerHello of server(config)");
            }
        }

        /// neither the secret half of its share nor its random follows from what was sent, then or in the connection before
        #[think = "What was sent may be random, but everybody sees it. Where else can the secret come from?"]
        fn its_secret_is_secret(has_share from [true, false]) {
            with!("retry" = in_words(has_share));
            let hellos = hellos_of(has_share);
            let config = config_of(SERVER_BITS);
            let [before, answer] = [(); 2].map(|()| answer_of(config.clone(), &hellos, KEY_UPDATE));
            let share = share_of(&answer);
            let hello = hellos.last().expect("one or two").clone();
            let seen = [
                ("the random of its ServerHello", &answer.random[..]),
                ("the random of the ClientHello", &hello.random),
                ("the session id", &hello.session_id),
            ];
            let then = [
                ("the random of the ServerHello before", before.random.to_vec()),
                ("the share before", share_of(&before)),
            ];
            let of_then = then.iter().flat_map(|(what, sent)| {
                made_from(sent).map(|(how, made)| (format!("{what}{how}"), made))
            });
            for (made, secret) in guesses(&seen).into_iter().chain(of_then) {
                let is_other = share != share_of_secret(secret.try_into().unwrap_or_default(), false);
                let got = Words(format!("the share of {made}"));
                let expected = format!("a share whose secret half is not {made}");
                check!(is_other, expected, got, "the share in the ServerHello of server(config)");
            }
            think_of!("Is the random drawn by itself, or made from something else that is in the hellos?");
            for (what, sent) in [
                ("its share", share),
                ("the random of the ClientHello", hello.random.to_vec()),
                ("the share of the ClientHello", x25519_of(&Hello(hello.clone())).unwrap_or_default()),
                ("the random of the ServerHello before", before.random.to_vec()),
                ("the share before", share_of(&before)),
            ] {
                let mut made = made_from(&sent).into_iter();
                let made = made.find(|(_, made)| *made == answer.random);
                let how = made.as_ref().map_or("", |(how, _)| how);
                let got = Words(format!("{what}{how}"));
                let expected = format!("a random that does not follow from {what}");
                check!(made.is_none(), expected, got, "the random in the ServerHello of server(config)");
            }
        }

        /// each time the program runs, its random and its share are different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_random_and_share() {
            let [here, there] = elsewhere(|| {
                let answer = answer_of(config_of(SERVER_BITS), &hellos_of(true), KEY_UPDATE);
                Ok([&answer.random[..], &share_of(&answer)].concat())
            })?;
            let asked = "the random in the ServerHello of server(config)";
            must_be_fresh(asked, &here[..32], &there[..32])?;
            let asked = "the share in the ServerHello of server(config)";
            must_be_fresh(asked, &here[32..], &there[32..])?;
        }
    }
}

/// A message that must not share the record of a hello. The server finds it once it has said its
/// ServerHello, and does not sign any more, which would take most of the time.
const KEY_UPDATE: &[u8] = &[24, 0, 0, 1, 0];

/// What a client says, whose random and share are always the same: one hello with its share, or
/// first one without it.
fn hellos_of(has_share: bool) -> Vec<ClientHello> {
    let shares = if has_share {
        &[true][..]
    } else {
        &[false, true]
    };
    let hello = |has_share: &bool| {
        let mut client = Client::new(fixed(*has_share));
        client.say(&Say::Hello);
        client.hello().expect("it was said").clone()
    };
    shares.iter().map(hello).collect()
}

/// The ServerHello of a server with this configuration. Something may follow the last hello in the
/// same record.
fn answer_of(config: Arc<ServerConfig>, hellos: &[ClientHello], behind: &[u8]) -> ServerHello {
    let (mut server, mut answer) = (server(config), None);
    for (place, hello) in hellos.iter().enumerate() {
        let behind = if place + 1 == hellos.len() {
            behind
        } else {
            &[]
        };
        let messages = [hello.handshake().bytes(), behind].concat();
        answer = first_message(&answer_to_bytes(&mut server, &messages));
    }
    answer.unwrap_or(ServerHello {
        version: 0,
        random: [0; 32],
        session_id: vec![],
        cipher_suite: 0,
        compression_method: 0,
        extensions: vec![],
    })
}

/// What the server asks for first.
fn in_words(has_share: bool) -> Words {
    Words(if has_share { "none" } else { "for a share" }.to_owned())
}
