//! Another client: the learner's own.

use given::tls::{Connection, Status};
use harness::{accepted, same};

use super::server;
use crate::client_configs::client_config;
use crate::configs::server_config_of;
use crate::subject::ch6_tls12::*;
use fixtures::strategies::bytes;
use fixtures::tls::join::join;
use fixtures::tls12::manners::{BITS, ECDHE, RSA, any_suite};

harness::suite! {
    exercise "6.8" {
        /// your client and your server talk to each other, with both suites
        #[think = "Each works with the grader's peer. What do you do on both sides that the grader does not?"]
        #[cases = 4]
        fn your_client_talks_to_your_server(suite in any_suite(), question in bytes(0..=40), answer in bytes(0..=40)) {
            let mut client = client(client_config(&[suite]));
            let mut server = server(server_config_of(BITS, &[RSA, ECDHE]));
            join(&mut client, &mut server);
            same!(client.status(), Status::Open(suite.into()));
            same!(server.status(), Status::Open(suite.into()));
            same!(client.key_log(), server.key_log());
            accepted!(client.send(&question));
            accepted!(server.send(&answer));
            client.close();
            join(&mut client, &mut server);
            same!(server.received(), question);
            same!(client.received(), answer);
            same!(client.status(), Status::Closed);
            same!(server.status(), Status::Closed);
        }
    }
}
