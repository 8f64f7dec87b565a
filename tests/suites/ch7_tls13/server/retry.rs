//! A hello without a share, the request for one, and the second hello.

use given::tls::{
    Alert, ClientHello, Connection, ContentType, Extension, HELLO_RETRY_REQUEST, HandshakeMessage,
    ServerHello, Status, TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256, X25519,
};
use harness::show::Words;
use harness::{same, think_of, with};

use super::{Sent, alert, answer_to, new_server, parts, refused_because};
use fixtures::tls13::clients::{
    Moment, early_data, pre_shared_key, psk_modes, second_hellos, strangers,
};
use fixtures::tls13::hellos::hello_without_share;
use fixtures::tls13::outcome::{Outcome, end_with, server_ends, tell};
use fixtures::tls13::scripted::{Client, ClientPlan, Level, Say};

harness::suite! {
    exercise "7.9" {
        /// a hello without a share on X25519 gets a HelloRetryRequest, and the server waits
        #[think = "Exercise 7.5 makes the request. Which hellos get it, and which of those clients get something after it?"]
        #[cases = 48]
        fn it_asks_for_a_share({hello} in hello_without_share(), {has_ticket} in proptest::bool::ANY) {
            let mut hello = hello;
            if has_ticket {
                // They are not used, but they are allowed.
                hello.0.extensions.extend([psk_modes(), early_data(), pre_shared_key()]);
            }
            let mut server = new_server();
            let answer = answer_to(&mut server, &hello.0.handshake());
            let request = ServerHello {
                version: TLS_1_2,
                random: HELLO_RETRY_REQUEST,
                session_id: hello.0.session_id.clone(),
                cipher_suite: TLS_AES_128_GCM_SHA256,
                compression_method: 0,
                extensions: vec![Extension::SelectedVersion(TLS_1_3), Extension::WantedGroup(X25519)],
            };
            let request = request.handshake().bytes().to_vec();
            let mut expected = vec![Sent(ContentType::Handshake, request)];
            if !hello.0.session_id.is_empty() {
                expected.push(Sent(ContentType::ChangeCipherSpec, vec![1]));
            }
            tell(&mut server);
            with!("ClientHello" = hello);
            if has_ticket && !answer.contains(&expected[0]) {
                think_of!("This hello has a pre_shared_key, with all that must come with it. You don't use it: what do you check about it, and what do you ignore?");
            }
            same!(answer, expected, "what server(config) sends");
            same!(server.status(), Status::Handshaking);
        }

        /// a second hello that is not the first one with the share added is refused
        #[think = "Exercise 7.5 has a function for this, and you check pre_shared_key yourself. What do you pass as the first hello, and what do you do with the errors?"]
        fn another_second_hello_is_refused(second from second_hellos()) {
            let is_ticket = second.what.contains("pre_shared_key");
            if is_ticket {
                think_of!("The checks of pre_shared_key come first, in the second hello as in the first. Where do you make them?");
            }
            let firsts: [fn(&mut ClientHello); 2] = [|_| {}, |hello| hello.extensions.push(pre_shared_key())];
            for (place, first) in firsts.into_iter().enumerate().take(1 + usize::from(is_ticket)) {
                if place > 0 {
                    with!("the first hello" = Words("it has a pre_shared_key, too".to_owned()));
                }
                let mut plan = Moment::AfterRetry.plan();
                plan.extensions.push(psk_modes());
                let mut client = Client::new(ClientPlan { hello: first, second: second.tell, ..plan });
                let mut server = new_server();
                let end = end_with(&mut server, &mut client, &[Say::Hello, Say::Hello]);
                refused_because!(server, end, second.abort.clone(), Level::Plaintext);
            }
        }

        /// after a retry, anything other than a ClientHello is refused
        #[think = "You now wait for one message. Which?"]
        fn nothing_else_comes_second(message from second_strangers()) {
            let mut client = Client::new(Moment::AfterRetry.plan());
            let end = end_with(&mut new_server(), &mut client, &[Say::Hello, message]);
            server_ends!(end, Outcome::Refused(Alert::UnexpectedMessage, Level::Plaintext));
        }

        /// the same hello again is refused: there is no second retry
        #[think = "What keeps a client from asking forever?"]
        #[cases = 24]
        fn there_is_no_second_retry(hello in hello_without_share()) {
            let mut server = new_server();
            answer_to(&mut server, &hello.0.handshake());
            let answer = answer_to(&mut server, &hello.0.handshake());
            tell(&mut server);
            same!(answer, vec![alert(Alert::IllegalParameter)], "what server(config) sends to the same hello again");
            let more = answer_to(&mut server, &hello.0.handshake());
            same!(more, parts(&[]), "what server(config) sends after its alert");
        }
    }
}

/// What may come instead of a second hello.
fn second_strangers() -> Vec<Say> {
    let strangers = strangers().into_iter();
    let strangers = strangers.filter(|(moment, _)| *moment == Moment::AfterRetry);
    strangers.map(|(_, say)| say).collect()
}
