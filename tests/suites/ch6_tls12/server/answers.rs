//! How the server answers clients of different kinds.

use std::sync::Arc;

use given::tls::{CipherSuite, HandshakeMessage, TLS_1_2, TLS_1_3};
use given::tls12::{ClientHello, Extension};
use harness::show::Words;
use harness::{same, think_of, with};

use super::server;
use crate::configs::server_config;
use crate::server_ends;
use crate::subject::ch6_tls12::*;
use fixtures::certificates::HOST;
use fixtures::tls::mallory::{End, encoded};
use fixtures::tls12::manners::{ECDHE, Manner, PKCS1, PSS, RSA, SERVER_BITS, asked, client_plan};
use fixtures::tls12::outcome::{end_with, end_with_honest, in_hex, in_order};
use fixtures::tls12::pki::chain;
use fixtures::tls12::scripted::{Client, ClientPlan};
use fixtures::words::counted;

harness::suite! {
    exercise "6.8" {
        /// its Certificate has its whole chain in the order it was given, however long the chain is
        #[think = "How does the client get the certificate of the CA between the server and the root, if nobody sends it? Do you leave any out?"]
        fn its_whole_chain_is_sent(length from [1, 2, 3, 200]) {
            let config = Arc::into_inner(server_config(&[ECDHE])).expect("nobody else has it");
            // Its own, that of the CA, and that of the root, which is not left out.
            let (mut chain, root) = chain(SERVER_BITS);
            chain.push(root);
            let mut chain = chain.iter().cycle().take(length).cloned().collect::<Vec<_>>();
            // The long chain ends with the same certificate twice.
            chain.extend(chain.last().filter(|_| length > 3).cloned());
            let last = if length > 3 { ", the last two of which are the same" } else { "" };
            let words = Words(counted(chain.len(), "certificate") + last);
            let plan = ClientPlan { chain: encoded(&chain), ..client_plan(&Manner::new(ECDHE)) };
            let mut server = server(Arc::new(ServerConfig { chain, ..config }));
            let end = end_with(&mut server, &mut Client::new(plan), &ClientPlan::script());
            with!("config.chain" = words);
            server_ends!(end, End::Open(ECDHE.into()));
        }

        /// the ServerHello says what the exercise lists, and nothing else
        #[think = "Which extensions did the client send? What is the answer to each?"]
        fn the_answer_says_what_it_should(hello from asked()) {
            let manner = Manner { is_extended: hello.extended, ..Manner::new(hello.suite) };
            let mut plan = client_plan(&manner);
            plan.extensions.retain(|one| {
                hello.by_extension || !matches!(one, Extension::RenegotiationInfo(_))
            });
            // It offers both, and the server accepts one of them.
            plan.suites = [RSA, ECDHE].map(CipherSuite::code).to_vec();
            // Suites that are near 0x00ff, or that signal something else (RFC 7507).
            plan.suites.extend([0xff00, 0x01ff, 0x13ff, 0x00fe, 0x5600, 0xffff]);
            if hello.by_suite {
                let end = plan.suites.len();
                let place = match (hello.formats, hello.extended) {
                    (true, true) => 0,
                    (false, true) => end / 2,
                    (_, false) => end,
                };
                plan.suites.insert(place, 0x00ff);
            }
            // What the server does not know, and what it does not use: a certificate's status,
            // ALPN, encrypt-then-MAC, tickets.
            for code in [0x0a0a, 0x0005, 0x0010, 0x0016, 0x0023] {
                plan.extensions.push(Extension::Other { code, body: vec![] });
            }
            // A name has up to 253 bytes, in labels of up to 63 (RFC 1035 §2.3.4).
            let label = "a".repeat(63);
            let longest = [&label[..], &label, &label, &label[..61]].join(".");
            let name = if hello.extended { longest } else { HOST.to_owned() };
            plan.extensions.push(Extension::ServerName(Some(name)));
            if hello.by_extension {
                plan.extensions.push(Extension::SupportedVersions(vec![TLS_1_3]));
            }
            if hello.formats {
                let formats = if hello.extended { vec![2, 1, 0] } else { vec![0] };
                plan.extensions.push(Extension::EcPointFormats(formats));
            }
            if hello.by_suite {
                plan.extensions.reverse();
            }
            plan.session_id = vec![7; hello.number()];
            plan.compression_methods = if hello.formats { vec![1, 0] } else { vec![0, 64] };
            plan.version = if hello.by_extension { 0x0304 } else { 0xffff };
            let (suites, methods) = (plan.suites.clone(), plan.compression_methods.clone());
            let mut client = Client::new(plan);
            let mut server = server(server_config(&[hello.suite]));
            let end = end_with_honest(&mut server, &mut client, &ClientPlan::script());
            server_ends!(end, End::Open(hello.suite.into()));
            let answer = client.answer().expect("it is open");
            think_of!("Go through the list in the exercise, field by field. What does the answer take from the hello?");
            let version = in_hex(&[answer.version]);
            same!(version, in_hex(&[TLS_1_2]), "the version in the ServerHello of server(config)");
            let session_id = &answer.session_id;
            same!(*session_id, Vec::<u8>::new(), "the session id in the ServerHello of server(config)");
            let method = answer.compression_method;
            with!("hello.compression_methods" = Words(format!("{methods:02x?}")));
            same!(method, 0, "the compression method in the ServerHello of server(config)");
            with!("hello.cipher_suites" = in_hex(&suites));
            think_of!("Which extensions did the client send? What is the answer to each?");
            let renegotiation_info = Extension::RenegotiationInfo(vec![]);
            if answer.extensions.contains(&renegotiation_info) && !hello.answers().contains(&renegotiation_info) {
                think_of!("What does `renegotiation_info` answer? The signaling suite is one number, and it is not in this hello.");
            }
            let extensions = in_order(&answer.extensions);
            let expected = in_order(&hello.answers());
            same!(extensions, expected, "the extensions in the ServerHello of server(config)");
        }

        /// of what the client offers, the server chooses what the server prefers
        #[think = "Exercise 6.2 has a function for this. Whose order do you give it?"]
        fn it_takes_what_it_likes_best(suites from [[RSA, ECDHE], [ECDHE, RSA]]) {
            for offered in [[RSA, ECDHE], [ECDHE, RSA]] {
                let plan = ClientPlan {
                    suites: offered.map(CipherSuite::code).to_vec(),
                    ..client_plan(&Manner::new(suites[0]))
                };
                let mut server = server(server_config(&suites));
                let end = end_with(&mut server, &mut Client::new(plan), &ClientPlan::script());
                server_ends!(end, End::Open(suites[0].into()));
            }
        }

        /// it opens for a client that asks for nothing, with no extensions in its hello
        #[think = "What does a client need for the suite without ECDHE?"]
        fn the_shortest_hello_is_taken({has_empty_list} from [false, true]) {
            let list = if has_empty_list { "there, with nothing in it" } else { "missing" };
            let plan = client_plan(&Manner::new(RSA));
            let plan = ClientPlan { extensions: vec![], has_empty_list, ..plan };
            let mut server = server(server_config(&[ECDHE, RSA]));
            let end = end_with(&mut server, &mut Client::new(plan), &ClientPlan::script());
            with!("the list of extensions" = Words(list.to_owned()));
            if has_empty_list {
                think_of!("An empty list is not a missing one. Which bytes does your transcript have: those that came, or those that you would have sent?");
            }
            server_ends!(end, End::Open(RSA.into()));
        }

        /// a client without any extensions, but with the signaling suite, gets an empty renegotiation_info
        #[think = "The suite 0x00FF is for servers that fail on extensions. What does it ask for, and does anything else in the hello matter?"]
        fn the_signaling_suite_is_enough({place} from [0, 1]) {
            let mut plan = client_plan(&Manner::new(RSA));
            plan.extensions.clear();
            plan.suites = vec![RSA.code()];
            plan.suites.insert(place, 0x00ff);
            with!("hello.cipher_suites" = in_hex(&plan.suites));
            let (mut server, mut client) = (server(server_config(&[ECDHE, RSA])), Client::new(plan));
            let end = end_with(&mut server, &mut client, &ClientPlan::script());
            server_ends!(end, End::Open(RSA.into()));
            let extensions = client.answer().map(|answer| answer.extensions.clone()).unwrap_or_default();
            let expected = vec![Extension::RenegotiationInfo(vec![])];
            same!(extensions, expected, "the extensions in the ServerHello of server(config)");
        }

        /// it opens for a client with the longest possible hello, and what is needed is at the end of it
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn the_longest_hello_is_taken(suite from [RSA, ECDHE]) {
            // The extended master secret comes last, and so does the suite 0x00ff, in place of
            // `renegotiation_info`.
            let mut plan = client_plan(&Manner { is_extended: true, renegotiates: false, ..Manner::new(suite) });
            plan.extensions.sort_by_key(|one| *one == Extension::ExtendedMasterSecret);
            plan.session_id = vec![7; 32];
            plan.suites = vec![0x1301; 32_765];
            plan.suites.extend([suite.code(), 0x00ff]);
            plan.compression_methods = vec![1; 255];
            plan.compression_methods[254] = 0;
            // 65,535 bytes of extensions, with those that are there already.
            let used: usize = plan.extensions.iter().map(length).sum();
            let body = vec![7; 65_535 - used - 4 * 201];
            plan.extensions.insert(0, Extension::Other { code: 0x0a0a, body });
            for code in 0x7a00..0x7a00 + 200 {
                plan.extensions.insert(0, Extension::Other { code, body: vec![] });
            }
            let (mut server, mut client) = (server(server_config(&[suite])), Client::new(plan));
            let end = end_with(&mut server, &mut client, &ClientPlan::script());
            server_ends!(end, End::Open(suite.into()));
            think_of!("What the client asks for is at the end of its lists: extended_master_secret is the last extension, and 0x00ff the last suite. Do you look at all of them?");
            let extensions = client.answer().map(|answer| in_order(&answer.extensions)).unwrap_or_default();
            let expected = [Extension::RenegotiationInfo(vec![]), Extension::ExtendedMasterSecret];
            same!(extensions, in_order(&expected), "the extensions in the ServerHello of server(config)");
        }

        /// its share is signed with the scheme that was agreed on: PSS if the client offers it
        #[think = "`negotiate` says how to sign. Does the message say the same as the signature?"]
        fn its_share_is_signed_as_agreed(schemes from [vec![PSS], vec![PKCS1], vec![PKCS1, PSS]]) {
            let mut plan = client_plan(&Manner::new(ECDHE));
            let codes: Vec<u16> = schemes.iter().map(|scheme| scheme.code()).collect();
            plan.extensions.retain(|one| !matches!(one, Extension::SignatureAlgorithms(_)));
            plan.extensions.push(Extension::SignatureAlgorithms(codes));
            let mut client = Client::new(plan);
            let mut server = server(server_config(&[ECDHE]));
            server_ends!(end_with(&mut server, &mut client, &ClientPlan::script()), End::Open(ECDHE.into()));
            let exchange = client.exchange().expect("it is open");
            let expected = if schemes.contains(&PSS) { PSS } else { PKCS1 };
            let scheme = in_hex(&[exchange.scheme]);
            same!(scheme, in_hex(&[expected.code()]), "the scheme in the ServerKeyExchange of server(config)");
        }
    }
}

/// How many bytes an extension takes up in a hello of this client.
fn length(extension: &Extension) -> usize {
    let empty = |extensions| ClientHello {
        version: TLS_1_2,
        random: [0; 32],
        session_id: vec![],
        cipher_suites: vec![0],
        compression_methods: vec![0],
        extensions,
    };
    let length = |extensions| empty(extensions).body().len();
    // With the first one comes the length of the list.
    length(vec![extension.clone()]) - length(vec![]) - 2
}
