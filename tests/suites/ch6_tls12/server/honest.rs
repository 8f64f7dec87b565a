//! How the server answers an honest client, step by step.

use given::tls::{Connection, HandshakeType, Status, Writer};
use harness::show::Words;
use harness::{Broken, accepted, check, same, think_of, with};

use super::server;
use crate::configs::server_config;
use crate::server_ends;
use fixtures::strategies::bytes;
use fixtures::tls::mallory::{End, Mallory, play};
use fixtures::tls::shares::{MINUS_ONE, NINE_AND_P};
use fixtures::tls12::manners::{ECDHE, Manner, RSA, client_plan, cuts, manner, manners};
use fixtures::tls12::outcome::{end_with, end_with_honest, tell, tell_difference};
use fixtures::tls12::scripted::{Client, ClientPlan, Peer, Say};

harness::suite! {
    exercise "6.8" {
        /// part one, hello and answer: it answers a ClientHello with everything up to ServerHelloDone
        #[think = "ServerHello, Certificate, with ECDHE ServerKeyExchange, ServerHelloDone: which is missing?"]
        fn an_honest_hello_is_answered(suite from [RSA, ECDHE]) {
            let mut client = Client::new(client_plan(&Manner::new(suite)));
            let mut server = server(server_config(&[suite]));
            let end = end_with_honest(&mut server, &mut client, &[Say::Hello]);
            if client.answer().is_some_and(|answer| answer.random == client.random()) {
                think_of!("The random in your ServerHello is the client's. Where does yours come from?");
            }
            server_ends!(end, End::Waiting);
            let said_first = client.messages() - 2;
            let heard_all = client.is_content(said_first);
            check!(
                heard_all,
                "everything that a server says up to ServerHelloDone",
                Words("fewer messages (see the trace)".to_owned()),
                "the handshake of server(config)"
            );
        }

        /// part two, the keys: it accepts ClientKeyExchange and ChangeCipherSpec, and waits for
        /// Finished, before which it sends nothing
        #[think = "What do you get from ClientKeyExchange, and what do you derive from it?"]
        fn an_honest_key_exchange_is_taken(suite from [RSA, ECDHE]) {
            let mut client = Client::new(client_plan(&Manner::new(suite)));
            let mut server = server(server_config(&[suite]));
            let script = ClientPlan::script();
            let before_finished = &script[..script.len() - 1];
            let end = end_with_honest(&mut server, &mut client, before_finished);
            waits_in_silence(&end, &client)?;
        }

        /// it opens for an honest client, with both suites, whatever that client supports
        #[think = "The peer's complaint names a message. Which one was due there, and what should it cover?"]
        fn it_opens_for_an_honest_client(peer from manners()) {
            let mut client = Client::new(client_plan(&peer));
            let mut server = server(server_config(&[peer.suite]));
            let end = end_with_honest(&mut server, &mut client, &ClientPlan::script());
            tell_difference(&mut client, |quirk| {
                let plan = ClientPlan { quirk: Some(quirk), ..client_plan(&peer) };
                let server = crate::subject::ch6_tls12::server(server_config(&[peer.suite]));
                (Box::new(server), Client::new(plan), ClientPlan::script())
            });
            server_ends!(end, End::Open(peer.suite.into()));
            let messages = client.messages();
            let heard_all = client.is_content(messages);
            check!(
                heard_all,
                "everything that a server says in a handshake",
                Words("fewer messages (see the trace)".to_owned()),
                "the handshake of server(config)"
            );
        }

        /// data passes both ways, however the client cuts its messages into records and calls
        #[think = "One record may have half a message in it, or three. `Wire` joins and splits them."]
        #[cases = 24]
        fn data_passes_between_server_and_client(
            peer in manner(), cuts in cuts(), data in bytes(0..=300), answer in bytes(0..=300)
        ) {
            let plan = ClientPlan { cuts: cuts.clone(), ..client_plan(&peer) };
            let mut client = Client::new(plan);
            let mut server = server(server_config(&[RSA, ECDHE]));
            let mut nobody = Mallory::nobody();
            play(&mut server, &mut client, &ClientPlan::script(), &cuts, &mut nobody);
            tell(&mut server);
            same!(server.status(), Status::Open(peer.suite.into()));
            accepted!(server.send(&answer));
            let (empty, late) = (Say::Data(vec![]), Say::Data(b"too late".to_vec()));
            let script = [empty.clone(), Say::Data(data.clone()), empty, Say::Close, late];
            play(&mut server, &mut client, &script, &cuts, &mut nobody);
            same!(server.received(), data);
            same!(client.heard().data, answer);
            server_ends!(End::of(&server, &[], &client), End::Closed);
            think_of!("A `Session` has what the key log needs. Whose random is in it, and which secret?");
            let (key_log, expected) = (server.key_log().concat(), client.key_log().concat());
            same!(key_log, expected, "the key log of server(config)");
        }

        /// it opens for a client that writes its share in another way: as a number of p or more
        #[think = "RFC 7748 §5: a u of p or more is read as its remainder. Which shares does the exercise refuse?"]
        fn a_share_may_be_p_or_more() {
            let (secret, share) = (Some(MINUS_ONE), Some(NINE_AND_P.to_vec()));
            let plan = ClientPlan { secret, share, ..client_plan(&Manner::new(ECDHE)) };
            let mut server = server(server_config(&[ECDHE]));
            let end = end_with(&mut server, &mut Client::new(plan), &ClientPlan::script());
            with!("the client's share" = NINE_AND_P);
            server_ends!(end, End::Open(ECDHE.into()));
        }

        /// a share that equals its own is one like any other: it is not refused before Finished
        #[think = "Which shares does the exercise refuse? Do you compare the client's with anything else?"]
        fn its_own_share_is_a_share() {
            let mut client = Client::new(client_plan(&Manner::new(ECDHE)));
            let mut server = server(server_config(&[ECDHE]));
            end_with(&mut server, &mut client, &[Say::Hello]);
            let share = client.exchange().map(|exchange| exchange.share.clone()).unwrap_or_default();
            with!("the server's share, and the client's" = share);
            let body = Writer::new().vector(1, &share).finish();
            let key_exchange = Say::Message(HandshakeType::ClientKeyExchange.code(), body);
            let end = end_with(&mut server, &mut client, &[key_exchange]);
            server_ends!(end, End::Waiting);
        }

        /// a premaster secret that begins with a zero keeps it
        #[think = "RFC 8422 §5.10 wants all 32 bytes. How many does your secret have, and how many are hashed?"]
        fn a_leading_zero_of_the_secret_stays() {
            for is_extended in [false, true] {
                let manner = Manner { is_extended, ..Manner::new(ECDHE) };
                let mut client = Client::new(ClientPlan { zeros: 1, ..client_plan(&manner) });
                let mut server = server(server_config(&[ECDHE]));
                server_ends!(end_with(&mut server, &mut client, &ClientPlan::script()), End::Open(ECDHE.into()));
            }
        }
    }
}

/// The server waits for the client's Finished, and has said nothing since ServerHelloDone.
pub fn waits_in_silence(end: &End, client: &Client) -> Result<(), Broken> {
    let said_until_then = client.messages() - 2;
    if !client.is_content(said_until_then) && matches!(end, End::Waiting | End::Bad(_)) {
        think_of!(
            "Your ChangeCipherSpec and your Finished go out together. Whose Finished comes first, and what has to be checked before you send yours?"
        );
    }
    server_ends!(end, &End::Waiting);
    check!(
        client.is_content(said_until_then),
        "nothing more after ServerHelloDone",
        Words("more (see the trace)".to_owned()),
        "the handshake of server(config)"
    );
    Ok(())
}
