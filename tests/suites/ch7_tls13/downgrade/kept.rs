//! What your server must not keep from one connection to the next: the version, by what is the same in both.

use given::tls::Suite;

use crate::setup::{server_config, server_ends, server_of_both};
use fixtures::tls::cuts::Cuts;
use fixtures::tls::mallory::{End, Mallory as OnTheWay, play};
use fixtures::tls12::manners::{BITS, ECDHE, Manner, RSA, client_plan_of};
use fixtures::tls12::scripted as scripted12;
use fixtures::tls13::clients::client_plan_of as client_plan13;
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
                let (uncut, mut nobody) = (Cuts::none(), OnTheWay::nobody());
                if offers_1_3 {
                    let plan = scripted13::ClientPlan { random, ..client_plan13(BITS) };
                    let script = plan.script();
                    let mut client = scripted13::Client::new(plan);
                    play(&mut server, &mut client, &script, &uncut, &mut nobody);
                    server_ends!(server, client, End::Open(Suite::Tls13));
                } else {
                    let plan = scripted12::ClientPlan { random, ..client_plan_of(BITS, &Manner::new(suite)) };
                    let script = scripted12::ClientPlan::script();
                    let mut client = scripted12::Client::new(plan);
                    play(&mut server, &mut client, &script, &uncut, &mut nobody);
                    server_ends!(server, client, End::Open(suite.into()));
                }
            }
        }
    }
}
