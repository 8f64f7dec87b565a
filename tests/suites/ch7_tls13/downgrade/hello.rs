//! The one ClientHello for both versions. Nobody answers it here.

use std::fmt;

use given::tls::{Connection, Extension, KeyShare, Status, TLS_1_2, X25519};
use harness::show::{Show, Words, text};
use harness::{check, elsewhere, notes, same, think_of, with};

use crate::setup::{Code, client_config, client_config_of, first_words, hello_in};
use crate::subject::ch6_tls12::ClientConfig;
use crate::subject::ch7_tls13::*;
use fixtures::certificates::{HOST, NOW};
use fixtures::randomness::{SAMPLES, faults_of_randomness};
use fixtures::tls::hosts::{ADDRESSES, hosts};
use fixtures::tls::mallory::records;
use fixtures::tls::offers::{Versions, in_a_record};
use fixtures::tls12::hellos::{Hello, shown_extensions};
use fixtures::tls12::manners::{BITS, ECDHE, RSA};
use fixtures::tls13::fresh::{
    fresh_in, must_have_a_secret, must_have_fresh_hellos, must_have_two_values, share_in,
};

harness::suite! {
    exercise "7.11" {
        /// the first thing that it sends is one ClientHello, in one record, and then it waits
        #[think = "One hello offers both versions, in every connection, even if nobody answered the last one. What do you send before `Undecided` begins, and what do you keep?"]
        fn it_says_hello_once(first from [FirstHello::WithShare, FirstHello::AskFirst]) {
            let mut client = client_of_both(client_config(), first);
            same!(client.status(), Status::Handshaking);
            let sent = client.to_send();
            let is_alone = hello_in(&sent).is_some_and(|hello| sent.len() == in_a_record(&hello, TLS_1_2).len());
            check!(is_alone, "one ClientHello, in one record", in_words(&sent), "client.to_send(), record by record");
            same!(client.to_send(), Vec::<u8>::new());
            // Another one has the same length, but different bytes.
            let again = client_of_both(client_config(), first).to_send();
            let Words(expected) = in_words(&sent);
            check!(again.len() == sent.len(), format!("the same, but for what is fresh:\n{expected}"), in_words(&again), "client_of_both(config, first).to_send(), a second time");
        }

        /// before its extensions, the hello has version 1.2, a session id, the suites and no compression
        #[think = "Which suite comes first, and in which order are those of TLS 1.2?"]
        fn the_fields_say_what_they_should(
            suites from [
                vec![ECDHE, RSA], vec![RSA, ECDHE], vec![RSA], vec![ECDHE], vec![],
                vec![RSA, RSA], vec![ECDHE, RSA, ECDHE],
            ]
        ) {
            for first in [FirstHello::WithShare, FirstHello::AskFirst] {
                with!(first);
                let config = client_config_of(BITS, &suites);
                let hello = first_words(&mut client_of_both(config, first))?;
                let codes: Vec<u16> = suites.iter().map(|suite| suite.code()).collect();
                let offered = [&[0x1301], &codes[..]].concat();
                let cipher_suites = Versions(hello.cipher_suites.clone());
                let is_offered = cipher_suites.0 == offered;
                notes::think(None);
                if cipher_suites.0.len() < offered.len() && offered.iter().all(|code| cipher_suites.0.contains(code)) {
                    think_of!("The configuration lists a suite twice, and your hello doesn't. Its suites follow that of TLS 1.3 as they are.");
                }
                check!(is_offered, format!("{offered:04x?}"), cipher_suites, "the cipher_suites in the ClientHello of client_of_both(config, first)");
                think_of!("Version, session id and compression are those of exercise 7.8, also in a hello for both versions. Where do yours come from?");
                let version = Code(hello.version);
                check!(version.0 == TLS_1_2, "0303", version, "the version in the ClientHello of client_of_both(config, first)");
                same!(hello.session_id.len(), 32, "the length of the session_id in the ClientHello of client_of_both(config, first)");
                same!(hello.compression_methods, [0]);
            }
        }

        /// the hello has the extensions of both versions, in the order of the table, and nothing
        /// else, whatever its suites
        #[think = "Go through the table from the top. Which extension is missing from your hello, or misplaced?"]
        fn the_extensions_are_those_of_the_table(host from hosts()) {
            for (first, suites) in [
                (FirstHello::WithShare, vec![ECDHE, RSA]), (FirstHello::AskFirst, vec![RSA]),
                (FirstHello::WithShare, vec![ECDHE]), (FirstHello::AskFirst, vec![]),
            ] {
                let mut config = client_config_of(BITS, &suites);
                config.host = host.clone();
                let hello = first_words(&mut client_of_both(config, first))?;
                let share = share_in(&hello);
                let shares = match first {
                    FirstHello::WithShare => vec![KeyShare { group: X25519, share }],
                    FirstHello::AskFirst => vec![],
                };
                let mut extensions = vec![
                    Extension::SupportedGroups(vec![X25519]),
                    Extension::SignatureAlgorithms(vec![0x0804, 0x0401]),
                    Extension::EcPointFormats(vec![0]),
                    Extension::ExtendedMasterSecret,
                    Extension::RenegotiationInfo(vec![]),
                    Extension::SupportedVersions(vec![0x0304, 0x0303]),
                    Extension::KeyShares(shares),
                ];
                if !ADDRESSES.contains(&host.as_str()) {
                    extensions.insert(0, Extension::ServerName(Some(host.clone())));
                }
                let expected = format!("{:?}", Listed(&extensions));
                let listed = Listed(&hello.extensions);
                with!("config.suites" = suites);
                with!(first);
                let is_listed = hello.extensions == extensions;
                let kinds = |all: &[Extension]| all.iter().map(std::mem::discriminant).collect::<Vec<_>>();
                if !is_listed && kinds(&hello.extensions) == kinds(&extensions) {
                    think_of!("Every extension is in its place. Which one has content that differs from the table, and what does it depend on in your code?");
                }
                check!(is_listed, expected, listed, "the extensions in the ClientHello of client_of_both(config, first)");
            }
        }

        /// the share that it sends has 32 bytes
        #[think = "Which function gives the share of a secret key?"]
        fn its_share_has_32_bytes() {
            let hello = first_words(&mut client_of_both(client_config(), FirstHello::WithShare))?;
            let share = share_in(&hello);
            check!(share.len() == 32, "32 bytes", share, "the share in the ClientHello of client_of_both(config, first)");
        }

        /// random, session id and share are random: none repeats, and each bit takes both values
        #[think = "What must be fresh in each connection, and where do fresh bytes come from?"]
        fn what_is_fresh_is_random() {
            let (mut randoms, mut sessions, mut shares) = (vec![], vec![], vec![]);
            for _ in 0..SAMPLES {
                let hello = first_words(&mut client_of_both(client_config(), FirstHello::WithShare))?;
                must_have_two_values("client_of_both(config, first)", &hello)?;
                shares.push(share_in(&hello));
                randoms.push(hello.random.to_vec());
                sessions.push(hello.session_id);
            }
            // Without a share, the rest is fresh all the same.
            for _ in 0..4 {
                let hello = first_words(&mut client_of_both(client_config(), FirstHello::AskFirst))?;
                randoms.push(hello.random.to_vec());
                sessions.push(hello.session_id);
            }
            for (what, values) in [("random values", randoms), ("random session ids", sessions)] {
                let faults = faults_of_randomness(&values);
                let asked = "64 hellos of client_of_both(config, WithShare), and 4 of client_of_both(config, AskFirst)";
                check!(faults.is_empty(), what, faults, asked);
            }
            // The last bit of a share is always 0.
            let mut distinct = shares.clone();
            distinct.sort();
            distinct.dedup();
            let (is_fresh, count) = (distinct.len() == shares.len(), distinct.len());
            let got = Words(format!("only {count} of them"));
            let asked = "64 hellos of client_of_both(config, first)";
            check!(is_fresh, format!("{SAMPLES} different shares"), got, asked);
        }

        /// the secret half of its share is not something that it sends: its random, or its session id
        #[think = "What the hello contains may be random, but everybody sees it. Where else can the secret come from?"]
        fn its_secret_is_secret() {
            let hello = first_words(&mut client_of_both(client_config(), FirstHello::WithShare))?;
            must_have_a_secret("client_of_both(config, first)", &hello)?;
        }

        /// each time the program runs, random, session id and share are different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own() {
            let [fresh, fresh_of_another_process] = elsewhere(|| {
                // Another process would have to make the key of a CA, and a hello needs none.
                let config = ClientConfig { host: HOST.to_owned(), roots: vec![], now: NOW, suites: vec![RSA] };
                let hello = first_words(&mut client_of_both(config, FirstHello::WithShare))?;
                Ok(fresh_in(&hello))
            })?;
            must_have_fresh_hellos("client_of_both(config, first)", &fresh, &fresh_of_another_process)?;
        }
    }
}

/// Records, each on a line, as the learner reads them.
fn in_words(sent: &[u8]) -> Words {
    let record = |record: Vec<u8>| match hello_in(&record) {
        Some(hello) => format!(
            "ClientHello, {} bytes: {:?}",
            record.len() - 5,
            Hello(hello)
        ),
        None => format!("another record: {}", text(&record.pieces())),
    };
    let lines: Vec<String> = records(sent).into_iter().map(record).collect();
    Words(lines.join("\n"))
}

/// Extensions as the learner reads them.
struct Listed<'a>(&'a [Extension]);

impl fmt::Debug for Listed<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} extensions", self.0.len())?;
        shown_extensions(out, self.0)
    }
}
