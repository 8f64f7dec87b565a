//! What decides the version that a server goes on in, and what does not. No handshake is finished
//! here: the first answer tells.

use std::sync::Arc;

use given::tls::{Connection, Extension};
use harness::show::Words;
use harness::{check, think_of, with};

use crate::setup::{server_config, server_of_both};
use crate::subject::ch6_tls12::ServerConfig;
use fixtures::tls::first_answers::{Said, cases, said};
use fixtures::tls::offers::{Versions, in_a_record};
use fixtures::tls::report::tell;
use fixtures::tls12::hellos::Hello;

harness::suite! {
    exercise "7.11" {
        /// nothing but the list of versions decides, whatever else the hello has or lacks, and
        /// whatever the server is configured for
        #[think = "What does your `choose` look at besides the list of versions? If the version that is chosen needs something that is missing, its own server says so."]
        fn nothing_else_decides({case} from cases()) {
            with!("this time" = Words(case.what.to_owned()));
            for (versions, expected) in [
                (Some(vec![0x7a7a, 0x0304, 0x0303]), case.in_1_3), (Some(vec![0x0304]), case.in_1_3),
                (Some(vec![0x7a7a, 0x0303]), case.in_1_2), (None, case.in_1_2),
            ] {
                let mut hello = case.hello.clone();
                if let Some(versions) = versions.clone() {
                    // The pre-shared keys, if there are any, must be last.
                    hello.extensions.insert(0, Extension::SupportedVersions(versions));
                }
                let listed = versions.map_or_else(|| Words("no list".to_owned()), |all| Words(format!("{:?}", Versions(all))));
                with!("versions" = listed);
                with!("hello" = Hello(hello.clone()));
                let config = Arc::into_inner(server_config(&case.accepts)).expect("nobody else has it");
                let sentinel = config.sentinel.filter(|_| case.has_sentinel);
                let mut server = server_of_both(Arc::new(ServerConfig { sentinel, ..config }));
                server.receive(&in_a_record(&hello, 0x0301));
                let said = said(&server.to_send());
                tell(&mut server);
                if let (Said::Hello12 { suite, .. }, Said::Hello12 { suite: other, .. }) = (said, expected) {
                    think_of!("The version is right. What do you change in the configuration before you pass it on?");
                    if suite != other {
                        think_of!("The version is right. The server of 6.8 prefers its suites in the order of its configuration. Do you pass that on as it is?");
                    }
                }
                check!(said == expected, format!("{expected:?}"), said, "the first answer of server_of_both(config)");
            }
        }
    }
}
