//! What must not be kept from one connection to the next: the version of a peer, a hello, and a failure.
//!
//! The version that a client keeps is graded in `client.rs`: that property has to come before the one with rustls,
//! which would otherwise be the first to notice.

use given::tls::{Alert, Connection, Suite};
use harness::show::Words;
use harness::{check, notes, think_of, with};

use crate::setup::{
    client_config, client_ends, client_of_both, say, server_config, server_ends, server_of_both,
};
use crate::subject::ch7_tls13::FirstHello;
use fixtures::tls::answers::random_of;
use fixtures::tls::mallory::End;
use fixtures::tls12::manners::{ECDHE, Manner, RSA, SERVER_BITS, client_plan_of, server_plan};
use fixtures::tls12::scripted as scripted12;
use fixtures::tls13::clients::client_plan_of as client_plan13;
use fixtures::tls13::fresh::{must_have_a_secret, share_in};
use fixtures::tls13::manners::{self as manners13, Retry};
use fixtures::tls13::scripted as scripted13;

harness::suite! {
    exercise "7.11" {
        /// your server chooses a version for each hello, even if a client repeats its random with
        /// another offer
        #[think = "Do you keep the version of an earlier connection? Only this hello says what its client offers."]
        fn each_hello_gets_its_own_version(suite from [RSA, ECDHE]) {
            let random = Some([0x5e; 32]);
            for offers_1_3 in [true, false, true] {
                let mut server = server_of_both(server_config(&[suite]));
                if offers_1_3 {
                    let plan = scripted13::ClientPlan { random, ..client_plan13(SERVER_BITS) };
                    let script = plan.script();
                    let mut client = scripted13::Client::new(plan);
                    say(&mut server, &mut client, &script);
                    server_ends!(server, client, End::Open(Suite::Tls13));
                } else {
                    let plan = scripted12::ClientPlan { random, ..client_plan_of(SERVER_BITS, &Manner::new(suite)) };
                    let script = scripted12::ClientPlan::script();
                    let mut client = scripted12::Client::new(plan);
                    say(&mut server, &mut client, &script);
                    server_ends!(server, client, End::Open(suite.into()));
                }
            }
        }

        /// your client offers 1.3 to a host that it has failed with, as if nothing had happened
        #[think = "Do you remember that a connection has failed? A client that then offers less is a naive client."]
        fn it_does_not_fall_back_the_next_time({failure} from ["a sentinel", "an alert", "silence"]) {
            let mut client = client_of_both(client_config(), FirstHello::WithShare);
            match failure {
                "a sentinel" => {
                    let random = Some(random_of([7; 24], *b"DOWNGRD\x01"));
                    let plan = scripted12::ServerPlan { random, ..server_plan(&Manner::new(RSA)) };
                    let script = plan.script();
                    let mut server = scripted12::Server::new(plan);
                    say(&mut client, &mut server, &script);
                    client_ends!(client, server, End::Refused(Alert::IllegalParameter));
                }
                "an alert" => client.receive(&[21, 3, 3, 0, 2, 2, 40]),
                "silence" => {}
                _ => unreachable!("{failure}"),
            }
            with!("the previous connection" = Words(format!("with the same host, which answered with {failure}")));
            let plan = manners13::server_plan();
            let script = plan.script();
            let mut server = scripted13::Server::new(plan);
            let mut client = client_of_both(client_config(), FirstHello::WithShare);
            say(&mut client, &mut server, &script);
            client_ends!(client, server, End::Open(Suite::Tls13));
        }

        /// a client goes on with its own hello and its own share, even if others have begun since, and
        /// two that are asked for a share don't have the same one
        #[think = "Where do you keep the hello and the secret key until the answer comes? Each client needs its own."]
        fn clients_that_wait_are_independent(first from [FirstHello::WithShare, FirstHello::AskFirst]) {
            let mut clients = [(); 3].map(|()| client_of_both(client_config(), first));
            with!("called before" = Words("client_of_both(config, first), three times: the first of them is answered in TLS 1.3, the second in TLS 1.2, the third in TLS 1.3".to_owned()));
            let [one, in_1_2, another] = &mut clients;
            let manner = manners13::Manner::plain(match first {
                FirstHello::WithShare => Retry::No,
                FirstHello::AskFirst => Retry::Share,
            });
            let mut shares = vec![];
            for in_1_3 in [one, another] {
                let mut server = scripted13::Server::new(manner.server_plan());
                say(in_1_3, &mut server, &manner.script());
                client_ends!(*in_1_3, server, End::Open(Suite::Tls13));
                let hello = server.hellos().last().cloned().expect("it is open");
                shares.push(share_in(&hello));
                must_have_a_secret("client_of_both(config, first)", &hello)?;
            }
            think_of!("Each connection has a secret key of its own, whether its share is in the first hello or in the second.");
            let (is_fresh, got) = (shares[0] != shares[1], Words("the same share twice".to_owned()));
            check!(is_fresh, "two different shares", got, "the last hello of two of the clients");
            notes::think(None);
            let plan = server_plan(&Manner::new(RSA));
            let script = plan.script();
            let mut server = scripted12::Server::new(plan);
            say(in_1_2, &mut server, &script);
            client_ends!(*in_1_2, server, End::Open(RSA.into()));
        }
    }
}
