//! What the client says of a chain that it does not trust: exercise 6.7.

use given::tls::{Abort, Connection, Distrust, Status};
use given::x509::{GeneralName, KeyUsages};
use harness::{check, same};

use crate::configs::client_config;
use crate::outcome::end_with;
use crate::subject::ch5_certificates::Untrusted;
use crate::subject::ch6_tls12::*;
use fixtures::certificates::{Plan, line, made, unknown_extension};
use fixtures::tls12::mallory::{End, encoded};
use fixtures::tls12::manners::{BITS, ECDHE, Manner, RSA, server_plan};
use fixtures::tls12::scripted::{Server, ServerPlan};

harness::suite! {
    exercise "6.7" {
        /// its `Abort` says why a chain is not trusted, and which certificate is to blame
        #[think = "`distrust` finds the words. Do you give it the reason of 5.5, and all of the chain?"]
        fn the_reason_is_in_the_abort(row from [
            (Untrusted::WrongHost, 0), (Untrusted::Expired, 0), (Untrusted::Expired, 1),
            (Untrusted::Expired, 2), (Untrusted::NotYetValid, 0), (Untrusted::NotYetValid, 1),
            (Untrusted::UnknownExtension, 0), (Untrusted::UnknownExtension, 1),
            (Untrusted::UnknownIssuer, 0), (Untrusted::UnknownIssuer, 1),
            (Untrusted::UnknownIssuer, 2), (Untrusted::BadSignature, 0),
            (Untrusted::BadSignature, 1), (Untrusted::BadSignature, 2), (Untrusted::NotACa, 1),
            (Untrusted::NotACa, 2), (Untrusted::WrongUsage, 1), (Untrusted::PathTooLong, 2),
        ]) {
            let (untrusted, place) = row;
            let mut plans = line(2, BITS);
            spoil(&mut plans[place], untrusted);
            for suite in [RSA, ECDHE] {
                let mut client = client(client_config(&[suite]));
                let plan = server_plan(&Manner::new(suite));
                let plan = ServerPlan { chain: encoded(&made(&plans)), ..plan };
                let script = plan.script();
                let end = end_with(&mut client, &mut Server::new(plan), &script);
                same!(end, End::Refused(alert_for(untrusted)));
                let why = match client.status() {
                    Status::Failed(Abort::UntrustedCertificate(Distrust { why, .. })) => why,
                    other => format!("{other:?}"),
                };
                for words in [&untrusted.to_string(), ["CN=Server", "CN=CA 1", "CN=CA 2"][place]] {
                    check!(why.contains(words), format!("{words:?} in it"), why);
                }
            }
        }
    }
}

/// Gives the certificate this fault.
fn spoil(plan: &mut Plan, untrusted: Untrusted) {
    match untrusted {
        Untrusted::WrongHost => plan.names = Some(Vec::<GeneralName>::new()),
        Untrusted::Expired => plan.validity = (1000, -1),
        Untrusted::NotYetValid => plan.validity = (-1, 1000),
        Untrusted::UnknownExtension => plan.others = vec![unknown_extension(true)],
        Untrusted::UnknownIssuer => plan.issuer = "Nobody".to_owned(),
        Untrusted::BadSignature => plan.flipped = Some(100),
        Untrusted::NotACa => plan.ca = Some((false, None)),
        Untrusted::WrongUsage => plan.usage = Some(KeyUsages::CRLSign),
        Untrusted::PathTooLong => plan.ca = Some((true, Some(0))),
        other => panic!("no certificate is made {other:?} here"),
    }
}
