//! The ClientHello. Nobody answers it here.

use std::collections::BTreeSet;
use std::{fmt, slice};

use given::tls::{
    ClientHello, Connection, Extension, SignatureScheme, Status, TLS_1_2, TLS_1_3,
    TLS_AES_128_GCM_SHA256, X25519,
};
use harness::show::{Hex, Words};
use harness::{Broken, check, elsewhere, notes, same, think_of, with};

use super::thoughts::thought_of;
use super::{all_heard_by, client};
use crate::configs::{client_config, client_config_of};
use crate::subject::ch7_tls13::FirstHello;
use fixtures::randomness::{SAMPLES, faults_of_randomness, repetition};
use fixtures::tls::hosts::{ADDRESSES, hosts};
use fixtures::tls12::hellos::shown_extensions;
use fixtures::tls12::manners::{ECDHE, RSA};
use fixtures::tls13::fresh::{
    fresh_in, must_have_a_secret, must_have_fresh_hellos, must_have_two_values, must_not_follow,
    share_in,
};
use fixtures::tls13::manners::server_plan;
use fixtures::tls13::outcome::{in_hex, tell};
use fixtures::tls13::scripted::{Peer, Server};

/// The size of keys that another process has to generate again, which takes a moment.
const FEW_BITS: usize = 512;

harness::suite! {
    exercise "7.8" {
        /// the first thing that it sends is a ClientHello, in one record, and then it waits
        #[think = "`Wire::send_handshake` writes the record. What do you pass it, and which step does the endpoint begin with?"]
        fn it_says_hello_and_waits(first from [FirstHello::WithShare, FirstHello::AskFirst]) {
            let mut client = client(client_config(), first);
            same!(client.status(), Status::Handshaking);
            let sent = client.to_send();
            tell(&mut client);
            let server = heard(&sent)?;
            let expected = Words("ClientHello".to_owned());
            same!(all_heard_by(&server), expected, "the messages that client(config, first) sends");
            same!(client.to_send(), Vec::<u8>::new());
        }

        /// the ClientHello says what the exercise lists, in that order, and nothing else
        #[think = "Go through the table. Is an IP address a name? Do you send a list even if it is empty?"]
        fn the_hello_says_what_it_should(host from hosts()) {
            for first in [FirstHello::WithShare, FirstHello::AskFirst] {
                let mut config = client_config();
                config.host = host.clone();
                config.suites = vec![ECDHE, RSA];
                let hello = first_words(&mut client(config, first))?;
                with!(first);
                think_of!("Go through the list in the exercise, field by field.");
                same!(Hex(hello.version), Hex(TLS_1_2), "the version in the ClientHello of client(config, first)");
                same!(hello.session_id.len(), 32, "the length of the session_id in the ClientHello of client(config, first)");
                same!(in_hex(&hello.cipher_suites), in_hex(&[TLS_AES_128_GCM_SHA256]), "the cipher_suites in the ClientHello of client(config, first)");
                same!(hello.compression_methods, vec![0_u8], "the compression_methods in the ClientHello of client(config, first)");
                let schemes = [SignatureScheme::RsaPssRsaeSha256, SignatureScheme::RsaPkcs1Sha256];
                let mut extensions = vec![
                    Extension::SupportedGroups(vec![X25519]),
                    Extension::SignatureAlgorithms(schemes.map(SignatureScheme::code).to_vec()),
                    Extension::SupportedVersions(vec![TLS_1_3]),
                ];
                if !ADDRESSES.contains(&host.as_str()) {
                    extensions.insert(0, Extension::ServerName(Some(host.clone())));
                }
                let (last, before) = parted(&hello.extensions);
                notes::think(thought_of(before, last, &extensions));
                let Words(expected) = listed(&extensions);
                check!(before == extensions, expected, listed(before), "the extensions in the ClientHello of client(config, first), without the last one");
                let expected = match first {
                    FirstHello::WithShare => {
                        think_of!("A client with a share sends it. Which group is it in, and which is the last extension of the table?");
                        "key_share, with one share of 32 bytes on X25519"
                    }
                    FirstHello::AskFirst => {
                        think_of!("This client has no share to send. Do you send its list even if it is empty?");
                        "key_share, with an empty list"
                    }
                };
                same!(shape(last), Words(expected.to_owned()), "the last extension in the ClientHello of client(config, first)");
            }
        }

        /// random, session id and share are random: none repeats or follows from another, and each bit takes both values
        #[think = "What must be fresh in each connection, and where do fresh bytes come from?"]
        fn what_is_fresh_is_random() {
            let mut hellos = vec![];
            for _ in 0..SAMPLES {
                hellos.push(first_words(&mut client(client_config(), FirstHello::WithShare))?);
            }
            must_have_two_values("client(config, first)", &hellos[0])?;
            let randoms: Vec<Vec<u8>> = hellos.iter().map(|hello| hello.random.to_vec()).collect();
            let sessions: Vec<Vec<u8>> = hellos.iter().map(|hello| hello.session_id.clone()).collect();
            let asked = "64 hellos of client(config, first)";
            // The last bit of a share is always 0.
            let beside = |hello: &ClientHello| {
                let share = share_in(hello);
                [&hello.random[..], &hello.session_id, &share[..share.len().min(31)]].concat()
            };
            let faults = faults_of_randomness(&hellos.iter().map(beside).collect::<Vec<_>>());
            // All bits are in there: if they are good, the values by themselves may only repeat.
            let faults_alone = if faults.is_empty() { repetition } else { faults_of_randomness };
            for (what, values) in [("random values", &randoms), ("random session ids", &sessions)] {
                let faults = faults_alone(values);
                check!(faults.is_empty(), what, faults, asked);
            }
            let different_shares: BTreeSet<Vec<u8>> = hellos.iter().map(share_in).collect();
            let is_fresh = different_shares.len() == SAMPLES;
            let got = Words(format!("only {} of them", different_shares.len()));
            check!(is_fresh, format!("{SAMPLES} different shares"), got, asked);
            with!("bits" = Words("0 to 255 are the random, 256 to 511 the session id, and those from 512 on the share".to_owned()));
            think_of!("One of the values follows from another, at least in part. Each has 32 fresh bytes of its own.");
            check!(faults.is_empty(), "random, session id and share that have nothing to do with each other", faults, asked);
        }

        /// the secret half of its share is not something that it sends, such as its random or its session id, and nothing in a hello follows from the one before
        #[think = "What a hello contains may be random, but everybody sees it. Where else can the secret come from, and what is fresh in the next hello?"]
        fn its_secret_is_secret() {
            let hello = || first_words(&mut client(client_config(), FirstHello::WithShare));
            let (before, hello) = (hello()?, hello()?);
            must_have_a_secret("client(config, first)", &hello)?;
            must_not_follow("client(config, first)", &before, &hello)?;
        }

        /// each time the program runs, random, session id and share are different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own() {
            let [fresh, fresh_of_another_process] = elsewhere(|| {
                let config = client_config_of(FEW_BITS);
                let hello = first_words(&mut client(config, FirstHello::WithShare))?;
                Ok(fresh_in(&hello))
            })?;
            must_have_fresh_hellos("client(config, first)", &fresh, &fresh_of_another_process)?;
        }
    }
}

/// A server that has heard this, and has no complaint.
fn heard(bytes: &[u8]) -> Result<Server, Broken> {
    let mut server = Server::new(server_plan());
    server.hear(bytes);
    let is_read = server.heard().complaint.is_none();
    let why = server.heard().complaint.clone().unwrap_or_default();
    let words = Words(format!("the server complains: {why}"));
    if why.contains("ClientHello can't be read") {
        think_of!(
            "A list in a ClientHello must not be empty, unless it is `key_share`. What goes into each list, and does it come from the configuration?"
        );
    }
    check!(
        is_read,
        "a ClientHello",
        words,
        "the hello of client(config, first)"
    );
    Ok(server)
}

/// The ClientHello of this client, or the reason why there is none.
pub(super) fn first_words(client: &mut dyn Connection) -> Result<ClientHello, Broken> {
    let server = heard(&client.to_send())?;
    let hello = server.hellos().first().cloned();
    let is_there = hello.is_some();
    check!(
        is_there,
        "a ClientHello",
        all_heard_by(&server),
        "the hello of client(config, first)"
    );
    Ok(hello.expect("it was heard"))
}

/// Extensions as the learner reads them.
fn listed(extensions: &[Extension]) -> Words {
    struct Listed<'a>(&'a [Extension]);
    impl fmt::Display for Listed<'_> {
        fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            shown_extensions(out, self.0)
        }
    }
    let all = Listed(extensions).to_string();
    let all = all.trim_start_matches(", ").to_owned();
    Words(if all.is_empty() {
        "none".to_owned()
    } else {
        all
    })
}

/// The last of these extensions, and those before it.
fn parted(extensions: &[Extension]) -> (Option<&Extension>, &[Extension]) {
    match extensions {
        [before @ .., last] => (Some(last), before),
        [] => (None, &[]),
    }
}

/// What is in the last extension: the groups of its shares, and how long each share is.
fn shape(last: Option<&Extension>) -> Words {
    Words(match last {
        Some(Extension::KeyShares(shares)) => match &shares[..] {
            [] => "key_share, with an empty list".to_owned(),
            [one] if one.group == X25519 => {
                format!(
                    "key_share, with one share of {} bytes on X25519",
                    one.share.len()
                )
            }
            shares => {
                let Words(shares) = listed(&[Extension::KeyShares(shares.to_vec())]);
                format!("key_share, with {shares}")
            }
        },
        Some(other) => listed(slice::from_ref(other)).0,
        None => "no extensions".to_owned(),
    })
}
