//! The client of both versions, against the grader's own servers and against rustls.

use given::tls::{Abort, Connection, Status, Suite};
use given::x509::Certificate;
use harness::show::Words;
use harness::{Broken, accepted, notes, same, think_of, with};

use crate::setup::{Client, client_config, client_ends, client_of_both, said_all, say};
use crate::subject::ch6_tls12::ClientConfig;
use crate::subject::ch7_tls13::FirstHello;
use fixtures::certificates::Plan;
use fixtures::live::{self, identity_of_one_key};
use fixtures::strategies::bytes;
use fixtures::tls::cuts::cuts;
use fixtures::tls::mallory::{End, Mallory as OnTheWay, encoded, play};
use fixtures::tls::peer::Peer;
use fixtures::tls::report::tell;
use fixtures::tls::rustls_ends::{Knows, converse, said_by, server, server_config};
use fixtures::tls12::manners::{BITS, ECDHE, Manner, PSS, ROOT, RSA, manner, manners, server_plan};
use fixtures::tls12::pki::server_key;
use fixtures::tls12::scripted::{Say, Server, ServerPlan};
use fixtures::tls13::manners as manners13;
use fixtures::tls13::scripted as scripted13;

harness::suite! {
    exercise "7.11" {
        /// it opens with an honest server of TLS 1.2, with either suite, whatever the server supports
        #[think = "Which hello has the server answered? Which step goes on from there, and with which values?"]
        fn it_opens_with_a_server_of_tls_1_2(peer from with_pss()) {
            let (expected, script) = (End::Open(peer.suite.into()), peer.server_script());
            let (mut client, server) = after_tls_1_2(client_config(), server_plan(&peer), &script);
            if End::of(&client, &[], &server) != expected {
                tell_if_kept("of-1-2.example.org", |config, leaf| {
                    let plan = ServerPlan { chain: encoded(&[leaf]), ..server_plan(&peer) };
                    let (client, server) = after_tls_1_2(config, plan, &script);
                    End::of(&client, &[], &server) == expected
                });
            }
            client_ends!(client, server, expected);
            let messages = server.messages();
            let heard_all = server.is_content(messages);
            said_all(heard_all)?;
        }

        /// it opens with an honest server of TLS 1.3, even if the server asks for a share or sends a cookie
        #[think = "Which secret key belongs to the share in the hello? And which hello does AskFirst send?"]
        fn it_opens_with_a_server_of_tls_1_3(peer from of_tls_1_3()) {
            let expected = End::Open(Suite::Tls13);
            let (mut client, server) = after_tls_1_3(client_config(), peer.server_plan(), &peer);
            if End::of(&client, &[], &server) != expected {
                tell_if_kept("of-1-3.example.org", |config, leaf| {
                    let honest = scripted13::ServerPlan::honest(&[leaf], server_key(BITS).private());
                    let plan = scripted13::ServerPlan { chain: honest.chain, ..peer.server_plan() };
                    let (client, server) = after_tls_1_3(config, plan, &peer);
                    End::of(&client, &[], &server) == expected
                });
            }
            client_ends!(client, server, expected);
            said_all(server.is_content())?;
        }

        /// your client goes on in the version of each answer, even if the same server, with the same
        /// random, has chosen a different one before
        #[think = "Do you keep the version of an earlier connection? A server may be updated, or may be two machines."]
        fn each_answer_has_its_own_version(suite from [RSA, ECDHE]) {
            let random = Some([0x5e; 32]);
            for speaks_1_3 in [true, false, true] {
                let mut client = client_of_both(client_config(), FirstHello::WithShare);
                if speaks_1_3 {
                    let plan = scripted13::ServerPlan { random, ..manners13::server_plan() };
                    let script = plan.script();
                    let mut server = scripted13::Server::new(plan);
                    say(&mut client, &mut server, &script);
                    client_ends!(client, server, End::Open(Suite::Tls13));
                } else {
                    let plan = ServerPlan { random, ..server_plan(&Manner::new(suite)) };
                    let script = plan.script();
                    let mut server = Server::new(plan);
                    say(&mut client, &mut server, &script);
                    client_ends!(client, server, End::Open(suite.into()));
                }
            }
        }

        /// it opens with rustls, in either version, and data passes both ways, in TLS 1.3 even after rustls has changed its key
        #[think = "rustls says why it ends a connection. What in your hello did it not accept?"]
        fn it_opens_with_rustls(knows from [Knows::Both, Knows::OnlyTls12]) {
            let identity = identity_of_one_key(live::BITS);
            let of_rustls = server_config(&identity, knows);
            let mut config = client_config();
            config.host = live::HOST.to_owned();
            config.roots = vec![identity.root.clone()];
            for first in [FirstHello::WithShare, FirstHello::AskFirst] {
                with!(first);
                let mut client = client_of_both(config.clone(), first);
                let mut rustls = server(&of_rustls);
                let is_done = converse(&mut client, &mut rustls);
                tell(&mut client);
                is_done.map_err(|error| Broken::refused("the handshake of client_of_both(config, first) with rustls", &error))?;
                same!(client.status(), Status::Open(knows.suite()));
                accepted!(client.send(b"question"));
                let received = said_by(&mut client, &mut rustls, b"answer");
                same!(received, Ok(b"question".to_vec()), "what rustls receives");
                same!(client.received(), b"answer");
                if knows == Knows::Both {
                    // rustls takes its next key and asks for the client's, and more data passes.
                    accepted!(rustls.refresh_traffic_keys());
                    let received = said_by(&mut client, &mut rustls, b"more");
                    same!(received, Ok(vec![]), "what rustls receives");
                    same!(client.received(), b"more");
                    accepted!(client.send(b"more"));
                    let received = said_by(&mut client, &mut rustls, b"");
                    same!(received, Ok(b"more".to_vec()), "what rustls receives");
                }
            }
        }

        /// data passes both ways with a server of TLS 1.2, however it cuts its messages
        #[think = "`Undecided` waits for a whole message. Does your `choose` keep anything back?"]
        #[cases = 12]
        fn data_passes_in_tls_1_2(
            manner in manner(), cuts in cuts(), data in bytes(0..=300), answer in bytes(0..=300)
        ) {
            let plan = ServerPlan { cuts: cuts.clone(), ..server_plan(&manner) };
            let mut server = Server::new(plan);
            let mut client = client_of_both(client_config(), FirstHello::WithShare);
            let mut nobody = OnTheWay::nobody();
            play(&mut client, &mut server, &manner.server_script(), &cuts, &mut nobody);
            client_ends!(client, server, End::Open(manner.suite.into()));
            accepted!(client.send(&data));
            play(&mut client, &mut server, &[Say::Data(answer.clone()), Say::Close], &cuts, &mut nobody);
            same!(client.received(), answer);
            same!(server.heard().data, data, "what the server receives");
            client_ends!(client, server, End::Closed);
        }

        /// data passes both ways with a server of TLS 1.3, however it cuts its messages, even after a
        /// ticket
        #[think = "`Undecided` waits for a whole message. Does your `choose` keep anything back?"]
        #[cases = 12]
        fn data_passes_in_tls_1_3(
            manner in manners13::manner(), cuts in cuts(), data in bytes(0..=300), answer in bytes(0..=300)
        ) {
            let plan = scripted13::ServerPlan { cuts: cuts.clone(), ..manner.server_plan() };
            let mut server = scripted13::Server::new(plan);
            let mut client = client_of_both(client_config(), first_hello(&manner));
            let mut nobody = OnTheWay::nobody();
            play(&mut client, &mut server, &manner.script(), &cuts, &mut nobody);
            client_ends!(client, server, End::Open(Suite::Tls13));
            accepted!(client.send(&data));
            let ticket = scripted13::Say::NewSessionTicket;
            let script = [ticket, scripted13::Say::Data(answer.clone()), scripted13::Say::Close];
            play(&mut client, &mut server, &script, &cuts, &mut nobody);
            tell(&mut client);
            if client.status() == Status::Failed(Abort::UnexpectedMessage) {
                think_of!("Before its data, the server has sent a ticket, as most servers do (see the trace). Who is the peer that `AfterHandshake::new` is told about?");
            }
            same!(client.status(), Status::Closed);
            same!(client.received(), answer);
            same!(server.heard().data, data, "what the server receives");
        }
    }
}

/// Servers of TLS 1.2. How they sign makes no difference here.
pub(super) fn with_pss() -> Vec<Manner> {
    let mut all = manners();
    all.retain(|manner| manner.scheme == PSS);
    all
}

/// Servers of TLS 1.3, with every kind of retry and without one. They may say more than they must.
fn of_tls_1_3() -> Vec<manners13::Manner> {
    let mut all = manners13::manners();
    all.retain(|manner| !manner.asks && manner.change_cipher_specs < 2);
    all
}

/// What a client says first to a server of this manner.
fn first_hello(manner: &manners13::Manner) -> FirstHello {
    match manner.retry.has_share() {
        true => FirstHello::WithShare,
        false => FirstHello::AskFirst,
    }
}

/// The learner's client, and a server of TLS 1.2 that has said its script to it.
fn after_tls_1_2(config: ClientConfig, plan: ServerPlan, script: &[Say]) -> (Client, Server) {
    let mut server = Server::new(plan);
    let mut client = client_of_both(config, FirstHello::WithShare);
    say(&mut client, &mut server, script);
    (client, server)
}

/// The learner's client, and a server of TLS 1.3 that has said the script of this manner to it.
fn after_tls_1_3(
    config: ClientConfig,
    plan: scripted13::ServerPlan,
    manner: &manners13::Manner,
) -> (Client, scripted13::Server) {
    let mut server = scripted13::Server::new(plan);
    let mut client = client_of_both(config, first_hello(manner));
    say(&mut client, &mut server, &manner.script());
    (client, server)
}

/// Notes for a report that the answer has kept something about the host. It has if the same
/// handshake ends as it should with `host`, which no other connection is meant for. `is_well` tells
/// that, given the configuration for it and its certificate.
fn tell_if_kept(host: &str, is_well: impl FnOnce(ClientConfig, Certificate) -> bool) {
    if !notes::are_taken() {
        return;
    }
    let leaf = Plan::leaf(&[host], server_key(BITS), ROOT).make();
    let config = ClientConfig {
        host: host.to_owned(),
        ..client_config()
    };
    if is_well(config, leaf) {
        with!(
            "what differs" =
                Words("With a host that it has not met before, your client opens.".to_owned())
        );
        think_of!(
            "Do you keep the version that this host chose in an earlier connection? A server may be updated, or may be two machines. Only its answer says which version this connection is in."
        );
    }
}
