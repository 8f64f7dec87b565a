//! The client, if the server asks for something in the middle of a handshake.

use given::tls::{Abort, Alert, Connection, HandshakeType, Status};
use harness::show::Words;
use harness::{check, same, think_of};

use super::client;
use crate::client_ends;
use crate::configs::client_config;
use fixtures::tls::mallory::{End, Mallory, play};
use fixtures::tls::peer::Peer as _;
use fixtures::tls12::asked::{
    filled_hello_requests, garbled_askers, hello_requests, polite_askers, untimely_requests,
};
use fixtures::tls12::manners::{ECDHE, Manner, RSA, SECRET, server_plan};
use fixtures::tls12::outcome::{end_with, end_with_honest, tell, tell_difference};
use fixtures::tls12::scripted::{Cuts, Say, Server, ServerPlan};

harness::suite! {
    exercise "6.7" {
        /// a server that asks who the client is gets an empty Certificate, and the handshake goes on
        #[think = "What comes before ClientKeyExchange now? Are question and answer in the transcript?"]
        fn it_has_no_certificate_and_says_so(request from polite_askers()) {
            let plan = request.plan();
            let script = plan.script();
            let mut server = Server::new(plan);
            let mut client = client(client_config(&[request.suite]));
            let end = end_with_honest(&mut client, &mut server, &script);
            if client.status() == Status::Failed(Abort::NothingInCommon) {
                think_of!("You have no certificate to show. Does it matter which ones the server accepts?");
            }
            tell_difference(&mut server, |quirk| {
                let plan = ServerPlan { quirk: Some(quirk), ..request.plan() };
                let client = crate::subject::ch6_tls12::client(client_config(&[request.suite]));
                (Box::new(client), Server::new(plan), script.clone())
            });
            client_ends!(end, End::Open(request.suite.into()));
            let messages = server.messages();
            let heard_all = server.is_content(messages);
            check!(
                heard_all,
                "an empty Certificate, ClientKeyExchange, ChangeCipherSpec and Finished",
                Words("fewer messages (see the trace)".to_owned()),
                "the handshake of client(config)"
            );
        }

        /// a request for its certificate that can't be read is refused
        #[think = "You don't need what is in it. Is it still a CertificateRequest?"]
        fn a_garbled_request_is_refused(request from garbled_askers()) {
            let plan = request.plan();
            let script = plan.script();
            // What follows the request is for other steps.
            let up_to_request = &script[..script.len() - 3];
            let mut client = client(client_config(&[request.suite]));
            let end = end_with(&mut client, &mut Server::new(plan), up_to_request);
            client_ends!(end, End::Refused(Alert::DecodeError));
        }

        /// a request for its certificate is accepted only in its place, and only once
        #[think = "Which step takes it? What does the next step do with another one?"]
        fn an_untimely_request_is_refused(order from untimely_requests()) {
            let mut server = Server::new(server_plan(&Manner::new(order.suite)));
            let mut client = client(client_config(&[order.suite]));
            let end = end_with(&mut client, &mut server, &order.script);
            client_ends!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// a HelloRequest is ignored, whenever it comes, and is not in the transcript
        #[think = "It is the one message without a step. What does your client keep of it?"]
        fn a_request_for_a_hello_is_ignored(order from hello_requests()) {
            let mut plan = server_plan(&Manner::new(order.suite));
            plan.cuts.joined = true;
            let mut server = Server::new(plan);
            let mut client = client(client_config(&[order.suite]));
            let mut script = order.script.clone();
            script.push(Say::Data(SECRET.to_vec()));
            play(&mut client, &mut server, &script, &Cuts::none(), &mut Mallory::nobody());
            tell(&mut client);
            tell_difference(&mut server, |quirk| {
                let mut plan = server_plan(&Manner::new(order.suite));
                (plan.cuts.joined, plan.quirk) = (true, Some(quirk));
                let client = crate::subject::ch6_tls12::client(client_config(&[order.suite]));
                (Box::new(client), Server::new(plan), order.script.clone())
            });
            client_ends!(End::of(&client, &[], &server), End::Open(order.suite.into()));
            same!(client.received(), SECRET);
        }

        /// a HelloRequest during the handshake has no answer, not even an alert
        #[think = "Ignoring it means that the server hears nothing. When do you say `no_renegotiation`?"]
        fn a_request_for_a_hello_has_no_answer(suite from [RSA, ECDHE]) {
            let mut server = Server::new(server_plan(&Manner::new(suite)));
            let mut client = client(client_config(&[suite]));
            server.hear(&client.to_send());
            let request = Say::Message(HandshakeType::HelloRequest.code(), vec![]);
            for say in [request.clone(), Say::Hello, request.clone(), Say::Certificate, request] {
                server.say(&say);
                client.receive(&server.take_outgoing());
                same!(client.to_send(), Vec::<u8>::new(), "client.to_send(), after a HelloRequest");
            }
        }

        /// a HelloRequest with something in it is refused
        #[think = "`Incoming::is` looks only at the type. What looks at the rest?"]
        fn a_hello_request_is_empty(order from filled_hello_requests()) {
            let mut server = Server::new(server_plan(&Manner::new(order.suite)));
            let mut client = client(client_config(&[order.suite]));
            let end = end_with(&mut client, &mut server, &order.script);
            client_ends!(end, End::Refused(Alert::DecodeError));
        }
    }
}
