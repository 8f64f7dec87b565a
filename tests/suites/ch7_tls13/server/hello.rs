//! The hello, and what is refused before the server says anything.

use given::tls::{
    Abort, Alert, Connection, Extension, Handshake, HandshakeMessage, HandshakeType, KeyShare,
    Status, X25519,
};
use harness::show::Words;
use harness::{check, same, think_of, with};

use super::{alert, answer_to, new_server, refused_because};
use fixtures::strategies::bytes;
use fixtures::tls12::outcome::is_named;
use fixtures::tls13::clients::{
    Moment, WITHOUT_MODES, hellos, hellos_with_two_faults, low_order, strangers,
};
use fixtures::tls13::hellos::hello_without_share;
use fixtures::tls13::manners::client_plan;
use fixtures::tls13::outcome::{Outcome, end_with, server_ends};
use fixtures::tls13::scripted::{Client, ClientPlan, Level, Peer, Say, kind_in_words};

harness::suite! {
    exercise "7.9" {
        /// a hello that the server can't work with is refused, and the alert says why
        #[think = "Exercise 7.4 has a function for this, and you check pre_shared_key yourself. What do you do with the errors?"]
        fn a_bad_hello_is_refused(hello from hellos()) {
            match hello.what {
                WITHOUT_MODES => think_of!("A pre_shared_key never comes alone. Which other extension do you look for, and what do you return without it?"),
                what if what.contains("pre_shared_key") => think_of!("What may follow pre_shared_key in a hello? How do you check that?"),
                _ => {}
            }
            let mut client = Client::new(ClientPlan { hello: hello.tell, ..client_plan() });
            let mut server = new_server();
            let end = end_with(&mut server, &mut client, &[Say::Hello]);
            refused_because!(server, end, hello.abort, Level::Plaintext);
            let sent: Vec<String> = client.records().iter().map(kind_in_words).collect();
            let is_alone = sent.len() == 1;
            check!(is_alone, "an alert and nothing before it", Words(sent.join(", ")), "what server(config) sends");
        }

        /// a pre_shared_key in the wrong place or without its modes is refused for that, whatever else is wrong with the hello, and even if it has no share
        #[think = "Go through the order under `Errors`. What do you check before exercise 7.4 does?"]
        fn the_pre_shared_key_is_checked_first(hello from hellos_with_two_faults()) {
            let mut client = Client::new(ClientPlan { hello: hello.tell, ..client_plan() });
            let mut server = new_server();
            let end = end_with(&mut server, &mut client, &[Say::Hello]);
            refused_because!(server, end, hello.abort, Level::Plaintext);
        }

        /// anything other than a ClientHello is refused at the beginning
        #[think = "`Incoming::message` reads one kind of message. What do you do with its error?"]
        fn nothing_else_comes_first(message from first_strangers()) {
            let mut client = Client::new(client_plan());
            let end = end_with(&mut new_server(), &mut client, &[message]);
            server_ends!(end, Outcome::Refused(Alert::UnexpectedMessage, Level::Plaintext));
        }

        /// a share of low order is refused, and no ServerHello is sent
        #[think = "Exercise 4.3 refuses it. When do you compute the shared secret?"]
        fn a_share_of_low_order_is_refused(share from low_order()) {
            for has_share in [true, false] {
                with!("retry" = Words(if has_share { "none" } else { "for a share" }.to_owned()));
                let mut peer = Client::new(ClientPlan { has_share, ..client_plan() });
                peer.say(&Say::Hello);
                let mut hello = peer.hello().expect("it was said").clone();
                let mut server = new_server();
                if !has_share {
                    answer_to(&mut server, &hello.handshake());
                }
                // The shares are the last extension.
                hello.extensions.pop();
                let (group, share) = (X25519, share.clone());
                hello.extensions.push(Extension::KeyShares(vec![KeyShare { group, share }]));
                let answer = answer_to(&mut server, &hello.handshake());
                same!(answer, vec![alert(Alert::IllegalParameter)], "what server(config) sends");
                is_named("server.status()", &server, &Abort::BadKeyShare)?;
            }
        }

        /// whatever bytes are in a ClientHello, it is answered or refused, and nothing panics
        #[think = "Which of your lines can panic on bytes that a client sends?"]
        #[cases = 128]
        fn any_hello_is_answered_or_refused(
            {hello} in hello_without_share(), {length} in 0..=400_usize, {end} in bytes(0..=60)
        ) {
            let whole = hello.0.body();
            let body = [&whole[..length.min(whole.len())], &end].concat();
            let mut server = new_server();
            let answer = answer_to(&mut server, &Handshake::new(HandshakeType::ClientHello, &body));
            with!("ClientHello" = body);
            let status = server.status();
            let is_open = matches!(status, Status::Open(_));
            check!(!is_open, "a connection that is not open", status, "server.status()");
            let has_answered = !answer.is_empty();
            check!(has_answered, "a retry, or an alert", Words("nothing".to_owned()), "what server(config) sends");
        }
    }
}

/// What may come instead of a hello.
fn first_strangers() -> Vec<Say> {
    let at_first = strangers().into_iter();
    let at_first = at_first.filter(|(moment, _)| *moment == Moment::First);
    let mut strangers: Vec<Say> = at_first.map(|(_, say)| say).collect();
    strangers.push(Say::ChangeCipherSpec);
    strangers
}
