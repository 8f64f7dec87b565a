//! The client, if the server asks for something in the middle of a handshake.

use given::tls::{Alert, Connection};
use harness::show::Words;
use harness::{check, same};

use crate::client_ends;
use crate::configs::client_config;
use crate::subject::ch6_tls12::*;
use fixtures::tls::mallory::{End, Mallory, play};
use fixtures::tls12::asked::{
    filled_hello_requests, garbled_askers, hello_requests, polite_askers, untimely_requests,
};
use fixtures::tls12::manners::{Manner, SECRET, server_plan};
use fixtures::tls12::outcome::{end_with, end_with_honest, tell, tell_difference};
use fixtures::tls12::scripted::{Cuts, Say, Server, ServerPlan};

harness::suite! {
    exercise "6.7" {
        /// a server that asks who the client is gets an empty Certificate, and the handshake goes on
        #[think = "What comes before ClientKeyExchange now? Are question and answer in the transcript?"]
        fn it_has_no_certificate_and_says_so(asker from polite_askers()) {
            let plan = asker.plan();
            let script = plan.script();
            let mut server = Server::new(plan);
            let mut client = client(client_config(&[asker.suite]));
            let end = end_with_honest(&mut client, &mut server, &script);
            tell_difference(&mut server, |quirk| {
                let plan = ServerPlan { quirk: Some(quirk), ..asker.plan() };
                let client = crate::subject::ch6_tls12::client(client_config(&[asker.suite]));
                (Box::new(client), Server::new(plan), script.clone())
            });
            client_ends!(end, End::Open(asker.suite.into()));
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
        fn a_garbled_request_is_refused(asker from garbled_askers()) {
            let plan = asker.plan();
            let script = plan.script();
            // What follows the request is for other steps.
            let up_to_request = &script[..script.len() - 3];
            let mut client = client(client_config(&[asker.suite]));
            let end = end_with(&mut client, &mut Server::new(plan), up_to_request);
            client_ends!(end, End::Refused(Alert::DecodeError));
        }

        /// a request for its certificate is accepted only in its place, and only once
        #[think = "Which step takes it? What does the next step do with another one?"]
        fn an_untimely_request_is_refused(disorder from untimely_requests()) {
            let mut server = Server::new(server_plan(&Manner::new(disorder.suite)));
            let mut client = client(client_config(&[disorder.suite]));
            let end = end_with(&mut client, &mut server, &disorder.script);
            client_ends!(end, End::Refused(Alert::UnexpectedMessage));
        }

        /// a HelloRequest is ignored, whenever it comes, and is not in the transcript
        #[think = "It is the one message without a step. What does your client keep of it?"]
        fn a_request_for_a_hello_is_ignored(disorder from hello_requests()) {
            let mut plan = server_plan(&Manner::new(disorder.suite));
            plan.cuts.joined = true;
            let mut server = Server::new(plan);
            let mut client = client(client_config(&[disorder.suite]));
            let mut script = disorder.script.clone();
            script.push(Say::Data(SECRET.to_vec()));
            play(&mut client, &mut server, &script, &Cuts::none(), &mut Mallory::nobody());
            tell(&mut client);
            tell_difference(&mut server, |quirk| {
                let mut plan = server_plan(&Manner::new(disorder.suite));
                (plan.cuts.joined, plan.quirk) = (true, Some(quirk));
                let client = crate::subject::ch6_tls12::client(client_config(&[disorder.suite]));
                (Box::new(client), Server::new(plan), disorder.script.clone())
            });
            client_ends!(End::of(&client, &[], &server), End::Open(disorder.suite.into()));
            same!(client.received(), SECRET);
        }

        /// a HelloRequest with something in it is refused
        #[think = "`Incoming::is` looks only at the type. What looks at the rest?"]
        fn a_hello_request_is_empty(disorder from filled_hello_requests()) {
            let mut server = Server::new(server_plan(&Manner::new(disorder.suite)));
            let mut client = client(client_config(&[disorder.suite]));
            let end = end_with(&mut client, &mut server, &disorder.script);
            client_ends!(end, End::Refused(Alert::DecodeError));
        }
    }
}
