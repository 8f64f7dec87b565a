//! Hello and answer. Here the server sends no more than a ServerHello, or a HelloRetryRequest and
//! what follows it.

use given::tls::{Abort, Alert, ClientHello, Extension, KeyShare, ServerHello, X25519};
use harness::show::Words;
use harness::{Broken, check, same, think_of, with};

use super::{HANDSHAKE, PLAINTEXT, Pair, all_heard_by, must_say_why, start};
use crate::subject::ch7_tls13::FirstHello;
use fixtures::strategies::bytes;
use fixtures::tls13::disorder::across_the_hello;
use fixtures::tls13::lies::{answers, choices};
use fixtures::tls13::manners::{Manner, RETRIES, Retry, server_plan};
use fixtures::tls13::outcome::{Outcome, client_ends, end_with};
use fixtures::tls13::scripted::{Level, Say, Server, ServerPlan};

harness::suite! {
    exercise "7.8" {
        /// it accepts a good ServerHello, and then it opens what the server seals: a handshake_failure alert
        #[think = "Which key opens what comes now? From which secret, and from which transcript?"]
        fn it_opens_with_the_servers_handshake_key() {
            it_opens_after(Retry::No)?;
        }

        /// after a retry it accepts a good ServerHello, and then it opens what the server seals: a handshake_failure alert
        #[think = "Which hello is answered now? What does the transcript begin with, and what else is in it?"]
        fn it_goes_on_after_a_retry(retry from [Retry::Share, Retry::Cookie, Retry::ShareAndCookie]) {
            it_opens_after(retry)?;
        }

        /// after a good ServerHello, what it sends is sealed with the client's handshake key
        #[think = "Which key seals what you send now? An alert shows it as well as a message does."]
        fn it_seals_with_the_clients_handshake_key(retry from RETRIES) {
            let mut script = after_hellos(retry);
            script.push(Say::Inner(vec![0; 20]));
            let pair = Pair::new(retry, Manner::plain(retry).server_plan());
            pair.ends(&script, &Outcome::Refused(Alert::UnexpectedMessage, HANDSHAKE))?;
        }

        /// it accepts a share whose highest bit is set, too
        #[think = "X25519 ignores the highest bit of a share. Which shares does exercise 4.3 refuse?"]
        fn the_highest_bit_of_a_share_is_ignored() {
            let set = |hello: &mut ServerHello| {
                for extension in &mut hello.extensions {
                    if let Extension::ServerShare(share) = extension {
                        share.share[31] |= 0x80;
                    }
                }
            };
            with!("the server" = Words("sets the highest bit of its share, and ends the handshake with an alert".to_owned()));
            let mut server = Server::new(ServerPlan { hello: set, ..server_plan() });
            let script = [Say::Hello, Say::Alert(2, Alert::HandshakeFailure.code())];
            let end = end_with(&mut start(Retry::No).0, &mut server, &script);
            client_ends!(end, Outcome::ended(Alert::HandshakeFailure));
        }

        /// it sends one ChangeCipherSpec: before its second hello if there is one, otherwise after ServerHello
        #[think = "It means nothing, but it has its place. Have you sent one before?"]
        fn it_sends_one_change_cipher_spec(retry from RETRIES) {
            let (mut client, mut server) = start(retry);
            end_with(&mut client, &mut server, &after_hellos(retry));
            let expected = match retry {
                Retry::No => "ClientHello, ChangeCipherSpec",
                _ => "ClientHello, ChangeCipherSpec, ClientHello",
            };
            same!(all_heard_by(&server), Words(expected.to_owned()), "the messages that client(config, first) sends");
        }

        /// with a retry, too, a thousand ChangeCipherSpecs are dropped
        #[think = "They are neither sealed nor counted. Do you count them anywhere?"]
        fn many_change_cipher_specs_are_dropped(retry from [Retry::ShareAndCookie]) {
            let specs = vec![Say::ChangeCipherSpec; 500];
            let hellos = after_hellos(retry).into_iter();
            let script: Vec<Say> = hellos.flat_map(|say| [vec![say], specs.clone()].concat()).collect();
            let pair = Pair::new(retry, Manner::plain(retry).server_plan());
            let (mut client, mut server) = pair.waits(&script)?;
            let sealed = [Say::Alert(2, Alert::HandshakeFailure.code())];
            client_ends!(end_with(&mut client, &mut server, &sealed), Outcome::ended(Alert::HandshakeFailure));
        }

        /// its second hello is the first one with the share that was asked for, and the cookie at the end
        #[think = "`second_hello` of exercise 7.5 makes it. From which hello, and with which share?"]
        #[cases = 16]
        fn the_second_hello_says_what_it_should(cookie in bytes(1..=300)) {
            for retry in [Retry::Cookie, Retry::ShareAndCookie] {
                with!("asked" = retry);
                is_second_hello_right(retry, &cookie)?;
            }
        }

        /// if only a share is asked for, its second hello has that share, and no cookie
        #[think = "`second_hello` of exercise 7.5 makes it. From which hello, and with which share?"]
        fn a_share_alone_comes_without_a_cookie() {
            is_second_hello_right(Retry::Share, &[])?;
        }

        /// a choice that does not answer its hello is refused, in plaintext
        #[think = "Exercise 7.4 has a function for this. Do you call it before you change any keys?"]
        fn a_choice_it_did_not_offer_is_refused(server_hello from choices()) {
            for retry in [Retry::No, Retry::Share] {
                let mut plan = server_plan();
                (server_hello.tell)(&mut plan);
                let (mut client, mut server) = (start(retry).0, Server::new(plan));
                client_ends!(end_with(&mut client, &mut server, &after_hellos(retry)),
                    Outcome::Refused(server_hello.alert, server_hello.level));
                must_say_why(&client, server_hello.abort.as_ref())?;
                let before = match retry {
                    Retry::No => vec!["ClientHello"],
                    _ => vec!["ClientHello", "ChangeCipherSpec", "ClientHello"],
                };
                says_no_more(&server, &before, server_hello.alert)?;
            }
        }

        /// a HelloRetryRequest that is not allowed is refused, in plaintext
        #[think = "Exercise 7.5 has a function for this. What do you do with its error?"]
        fn a_bad_retry_is_refused((has_share, hello_retry_request) from answers()) {
            let mut plan = server_plan();
            (hello_retry_request.tell)(&mut plan);
            let (mut client, _) = start(if has_share { Retry::No } else { Retry::Share });
            let mut server = Server::new(plan);
            client_ends!(end_with(&mut client, &mut server, &[Say::HelloRetryRequest]),
                Outcome::Refused(hello_retry_request.alert, hello_retry_request.level));
            must_say_why(&client, hello_retry_request.abort.as_ref())?;
            says_no_more(&server, &["ClientHello"], hello_retry_request.alert)?;
        }

        /// a second HelloRetryRequest is refused
        #[think = "`is_second` says that there was a retry. Which function of exercise 7.5 checks what comes then?"]
        fn a_second_retry_is_refused((retry, first) from [
            (Retry::Share, FirstHello::AskFirst), (Retry::Cookie, FirstHello::WithShare),
            (Retry::ShareAndCookie, FirstHello::AskFirst), (Retry::Cookie, FirstHello::AskFirst),
        ]) {
            let plan = Manner::plain(retry).server_plan();
            let (mut client, mut server) = Pair { first, ..Pair::new(retry, plan) }.start(None);
            let script = [Say::HelloRetryRequest, Say::HelloRetryRequest];
            client_ends!(end_with(&mut client, &mut server, &script),
                Outcome::Refused(Alert::UnexpectedMessage, PLAINTEXT));
        }

        /// if its hello has no share, it refuses a ServerHello with one
        #[think = "The server can't have computed a secret. With which of the two hellos do you compare?"]
        fn a_share_that_answers_none_is_refused({script} from [
            vec![Say::Hello], vec![Say::HelloRetryRequest, Say::Hello],
        ]) {
            // A request for a cookie alone does not put a share into the second hello.
            let plan = ServerPlan { group: None, cookie: Some(vec![7]), ..server_plan() };
            let (mut client, _) = start(Retry::Share);
            client_ends!(end_with(&mut client, &mut Server::new(plan), &script),
                Outcome::Refused(Alert::IllegalParameter, PLAINTEXT));
            must_say_why(&client, Some(&Abort::BadKeyShare))?;
        }

        /// nothing may follow ServerHello in the same record, with or without a retry
        #[think = "RUSTSEC-2026-0285 is about this. What do you do with the result of `Wire::open_with`?"]
        fn a_record_ends_with_server_hello(order from across_the_hello()) {
            // After a retry, one of them tells as much as all.
            let retries = if order.what.contains(" is in ") { &RETRIES[..2] } else { &[Retry::No] };
            for retry in retries {
                let (mut client, mut server) = start(*retry);
                let mut script = after_hellos(*retry);
                script.splice(script.len() - 1.., order.script.first().cloned());
                let end = end_with(&mut client, &mut server, &script);
                if *end.outcome() == Outcome::Refused(order.alert, Level::Plaintext) {
                    think_of!("The alert is the right one, but the server can read only what is sealed by now. Which of `open_with` and `seal_with` do you call first?");
                }
                client_ends!(end, Outcome::Refused(order.alert, order.level));
                let before = ["ClientHello", "ChangeCipherSpec", "ClientHello"];
                says_no_more(&server, &before[..script.len() + 1], order.alert)?;
            }
        }
    }
}

/// Checks that a client that accepts a ServerHello after this retry opens what is sealed then.
fn it_opens_after(retry: Retry) -> Result<(), Broken> {
    // Only the record layer sees an alert, so no step has to be written for it.
    let mut script = after_hellos(retry);
    script.push(Say::Alert(2, Alert::HandshakeFailure.code()));
    let pair = Pair::new(retry, Manner::plain(retry).server_plan());
    pair.ends(&script, &Outcome::ended(Alert::HandshakeFailure))?;
    Ok(())
}

/// What a server says up to its ServerHello.
fn after_hellos(retry: Retry) -> Vec<Say> {
    match retry {
        Retry::No => vec![Say::Hello],
        _ => vec![Say::HelloRetryRequest, Say::Hello],
    }
}

/// Checks the hello that follows this retry, with this cookie if there is to be one.
fn is_second_hello_right(retry: Retry, cookie: &[u8]) -> Result<(), Broken> {
    let mut plan = Manner::plain(retry).server_plan();
    plan.cookie = plan.cookie.map(|_| cookie.to_vec());
    let (mut client, mut server) = (start(retry).0, Server::new(plan));
    end_with(&mut client, &mut server, &[Say::HelloRetryRequest]);
    let hellos = server.hellos();
    let has_answered = hellos.len() == 2;
    let expected = "ClientHello, ChangeCipherSpec, ClientHello";
    let asked = "the messages that client(config, first) sends";
    check!(has_answered, expected, all_heard_by(&server), asked);
    let (first, second) = (&hellos[0], &hellos[1]);
    let mut expected = first.clone();
    if retry != Retry::Cookie {
        replace_share(&mut expected, second);
    }
    if retry != Retry::Share {
        expected.extensions.push(Extension::Cookie(cookie.to_vec()));
    }
    same!(second.random, expected.random);
    same!(second.session_id, expected.session_id);
    same!(second.extensions, expected.extensions);
    let (is_same, words) = (*second == expected, Words("not the same ones".to_owned()));
    check!(
        is_same,
        "version, suites and compression of the first hello",
        words,
        "the second hello"
    );
    Ok(())
}

/// Checks that a client has said this, and then only the alert. The report compares both lists.
fn says_no_more(server: &Server, before: &[&str], alert: Alert) -> Result<(), Broken> {
    think_of!(
        "It ends as it should, but look at what is sent before that. When do you send a ChangeCipherSpec: once all that comes first in the picture has gone well?"
    );
    let expected = format!("{}, Alert({alert:?})", before.join(", "));
    same!(
        all_heard_by(server),
        Words(expected),
        "the messages that client(config, first) sends"
    );
    Ok(())
}

/// Puts the share of the other hello into this one, if it is a share on X25519.
fn replace_share(hello: &mut ClientHello, other: &ClientHello) {
    let is_one = |shares: &[KeyShare]| matches!(shares, [share] if share.group == X25519 && share.share.len() == 32);
    for theirs in &other.extensions {
        if matches!(theirs, Extension::KeyShares(shares) if is_one(shares)) {
            for ours in &mut hello.extensions {
                if ours.code() == theirs.code() {
                    ours.clone_from(theirs);
                }
            }
        }
    }
}
