//! A sentinel in an answer of TLS 1.2 ends the connection, whichever client has asked.

use given::tls::{Abort, Alert, CipherSuite, Connection, Extension, ServerHello, Status, TLS_1_2};
use given::x509::UnixTime;
use harness::show::Words;
use harness::{same, think_of, with};
use proptest::prelude::*;

use crate::setup::{client_config, client_ends, client_of_both};
use crate::subject::ch6_tls12::ClientConfig;
use crate::subject::ch7_tls13::{FirstHello, SENTINEL_TLS_1_1, SENTINEL_TLS_1_2};
use fixtures::certificates::{HOST, NOW};
use fixtures::strategies::array;
use fixtures::tls::answers::{Answer, random_of, sentinel};
use fixtures::tls::cuts::cuts;
use fixtures::tls::hosts::ADDRESSES;
use fixtures::tls::mallory::{End, Mallory as OnTheWay, play};
use fixtures::tls::offers::in_a_record;
use fixtures::tls::report::tell;
use fixtures::tls12::manners::{ECDHE, RSA, manner, server_plan};
use fixtures::tls12::scripted::{Server, ServerPlan};

harness::suite! {
    exercise "7.11" {
        /// either sentinel ends the connection, whatever the client is configured for
        #[think = "What do you do with the error of `which_version`, and does that depend on what you have offered?"]
        fn every_client_heeds_a_sentinel(({what}, {config}) from configs()) {
            if config.host != HOST || config.suites.len() != 2 || config.roots.is_empty() || config.now != NOW {
                think_of!("Does your `choose` look at the configuration before it returns the error of `which_version`? A downgrade is a downgrade for every client.");
            }
            // Of these three, any two values meet once.
            for (first, cipher_suite, sentinel) in [
                (FirstHello::WithShare, RSA, SENTINEL_TLS_1_2), (FirstHello::WithShare, ECDHE, SENTINEL_TLS_1_1),
                (FirstHello::AskFirst, RSA, SENTINEL_TLS_1_1), (FirstHello::AskFirst, ECDHE, SENTINEL_TLS_1_2),
            ] {
                let answer = ServerHello {
                    version: TLS_1_2,
                    random: random_of([7; 24], sentinel),
                    session_id: vec![],
                    cipher_suite: cipher_suite.code(),
                    compression_method: 0,
                    extensions: vec![Extension::RenegotiationInfo(vec![])],
                };
                with!("config" = Words(what.clone()));
                with!(first);
                with!("answer" = Answer(answer.clone()));
                let mut client = client_of_both(config.clone(), first);
                client.receive(&in_a_record(&answer, TLS_1_2));
                tell(&mut client);
                same!(client.status(), Status::Failed(Abort::Downgrade));
            }
        }

        /// either sentinel in an answer of TLS 1.2 ends the connection with illegal_parameter, with
        /// either suite, whatever else the client offers
        #[think = "What do you do with the error of `which_version`? `Undecided` sends the alert."]
        #[cases = 32]
        fn a_sentinel_ends_it(
            peer in manner(), head in array(), sentinel in sentinel(),
            offers_one in any::<bool>(), first in first(), cuts in cuts()
        ) {
            let random = Some(random_of(head, sentinel));
            let plan = ServerPlan { random, cuts: cuts.clone(), ..server_plan(&peer) };
            let script = plan.script();
            let mut server = Server::new(plan);
            let mut config = client_config();
            config.suites.retain(|suite| !offers_one || *suite == peer.suite);
            with!("config.suites" = config.suites);
            let mut client = client_of_both(config, first);
            play(&mut client, &mut server, &script, &cuts, &mut OnTheWay::nobody());
            client_ends!(client, server, End::Refused(Alert::IllegalParameter));
            same!(client.status(), Status::Failed(Abort::Downgrade));
        }
    }
}

/// What the client sends first.
fn first() -> BoxedStrategy<FirstHello> {
    prop_oneof![Just(FirstHello::WithShare), Just(FirstHello::AskFirst)].boxed()
}

/// Configurations of a client, each with what is special about it.
fn configs() -> Vec<(String, ClientConfig)> {
    let mut all = Vec::new();
    let mut add = |what: String, change: &dyn Fn(&mut ClientConfig)| {
        let mut config = client_config();
        change(&mut config);
        all.push((what, config));
    };
    let [ipv4, ipv6, .., mapped] = ADDRESSES;
    for host in [HOST, ipv4, ipv6, mapped, "localhost", "example.org"] {
        add(format!("the host is {host}"), &|config| {
            config.host = host.to_owned()
        });
    }
    let suites: [&[CipherSuite]; 5] = [&[], &[RSA], &[ECDHE], &[RSA, ECDHE], &[RSA, RSA]];
    for suites in suites {
        add(format!("the suites are {suites:?}"), &|config| {
            config.suites = suites.to_vec()
        });
    }
    add("no CA is trusted".to_owned(), &|config| {
        config.roots.clear()
    });
    for year in [1970, 2100] {
        let seconds_a_year = 31_556_952;
        let now = (year - 1970) * seconds_a_year;
        add(format!("it is the year {year}"), &|config| {
            config.now = UnixTime(now)
        });
    }
    all
}
