//! How much a client takes: long chains, large certificates and keys, and how much work it does.

use harness::show::Words;
use harness::with;

use super::Pair;
use super::identity::{TO_CERTIFICATE, TO_CERTIFICATE_VERIFY, entries, is_told};
use crate::configs::client_config;
use crate::subject::ch5_certificates::{Untrusted, verify_chain};
use crate::subject::ch6_tls12::ClientConfig;
use fixtures::certificates::{HOST, Key, NOW, Plan, Signer, line, made};
use fixtures::limits::Limits;
use fixtures::tls12::pki;
use fixtures::tls13::manners::{BITS, ROOT, Retry, server_plan};
use fixtures::tls13::scripted::ServerPlan;
use fixtures::x509::namesakes;

harness::suite! {
    exercise "7.8" {
        /// it accepts a chain of any length, with many certificates that nobody needs
        #[think = "Which certificates do you need, and what do you do with the others?"]
        fn it_takes_a_long_chain({spares} from [10]) {
            let mut chain = made(&line(1, BITS));
            let spare = chain[1].clone();
            chain.extend(vec![spare; spares]);
            let stranger = Plan::root(Signer("Stranger", Key(BITS, 4)));
            // With these it is longer than 100 kilobytes, and not too long for `given`.
            chain.extend(vec![stranger.unsigned(); 250]);
            with!("certificates that nobody needs" = chain.len() - 2);
            let plan = ServerPlan { chain: entries(&chain), ..server_plan() };
            Pair::new(Retry::No, plan).waits(&TO_CERTIFICATE)?;
        }

        /// it accepts keys as large as those of real servers and CAs
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn it_takes_large_keys() {
            let (root, key) = (Key(3072, 1), Key(4096, 1));
            with!("bits of the server's key" = key.0, "bits of the root's key" = root.0);
            let root = Signer("Root", root);
            let leaf = Plan::leaf(&[HOST], key, root).make();
            let config = ClientConfig { roots: vec![Plan::root(root).unsigned()], ..client_config() };
            let plan = ServerPlan::honest(&[leaf], key.private());
            Pair { config, ..Pair::new(Retry::No, plan) }.waits(&TO_CERTIFICATE_VERIFY)?;
        }

        /// a chain that takes too much work is refused, and the user is told so
        #[think = "`Untrusted::TooMuchWork` is a reason like any other. What do you do with an error of `verify_chain` that blames no certificate?"]
        fn too_much_work_is_refused({roots} from [101]) {
            with!("the client's roots" = Words(format!("{roots} with the right name and another key")));
            let config = ClientConfig { roots: namesakes(ROOT.0, roots), ..client_config() };
            let leaf = Plan::leaf(&[HOST], pki::server_key(BITS), ROOT).make();
            is_told(config, &[leaf], Untrusted::TooMuchWork, None)?;
        }

        /// a chain with a CA that must not sign for the host's name is refused, and the user is told why
        #[think = "What `verify_chain` refuses is not trusted, whatever the reason is. For which of its errors do you make an exception?"]
        fn limited_names_are_refused() {
            with!("the CA in between" = Words("it may sign only for example.com".to_owned()));
            let mut plans = line(1, BITS);
            plans[1].others = vec![Limits::new(&["example.com"], &[]).extension(true)];
            let (chain, config) = (made(&plans), client_config());
            // Without 5.7, the path is refused for a reason of the learner's choice.
            let reason = verify_chain(&chain, &config.roots, HOST, NOW).err();
            is_told(config, &chain, reason.unwrap_or(Untrusted::NotPermitted), None)?;
        }
    }
}
