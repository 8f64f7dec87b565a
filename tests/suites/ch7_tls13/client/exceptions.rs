//! A chain is checked whatever the configuration is.

use given::tls::Alert;

use super::identity::TO_CERTIFICATE;
use super::{HANDSHAKE, client};
use crate::configs::client_config;
use crate::other_configs::Other;
use crate::subject::ch7_tls13::FirstHello;
use fixtures::tls13::manners::server_plan;
use fixtures::tls13::outcome::{Outcome, client_ends, end_with};
use fixtures::tls13::scripted::Server;

harness::suite! {
    exercise "7.8" {
        /// no configuration is an exception: a chain that does not fit it is refused
        #[think = "Do you make an exception: for this machine, for an address in a private network, for a client without roots, or for a clock that is not set?"]
        fn there_are_no_exceptions(config from exceptions()) {
            let mut changed = client_config();
            (config.change)(&mut changed);
            let mut client = client(changed, FirstHello::WithShare);
            client_ends!(end_with(&mut client, &mut Server::new(server_plan()), &TO_CERTIFICATE),
                Outcome::Refused(config.alert, HANDSHAKE));
        }
    }
}

/// Configurations for which somebody might leave out the check, and the alert for a server whose
/// chain does not fit them.
fn exceptions() -> Vec<Other> {
    use Alert::{BadCertificate, CertificateExpired, UnknownCa};
    vec![
        Other::new("localhost", BadCertificate, |config| {
            config.host = "localhost".to_owned()
        }),
        Other::new("127.0.0.1", BadCertificate, |config| {
            config.host = "127.0.0.1".to_owned()
        }),
        Other::new("::1", BadCertificate, |config| {
            config.host = "::1".to_owned()
        }),
        Other::new("10.0.0.1", BadCertificate, |config| {
            config.host = "10.0.0.1".to_owned()
        }),
        Other::new("192.168.1.1", BadCertificate, |config| {
            config.host = "192.168.1.1".to_owned()
        }),
        Other::new("printer.local", BadCertificate, |config| {
            config.host = "printer.local".to_owned()
        }),
        Other::new("no root at all", UnknownCa, |config| config.roots.clear()),
        Other::new("the time 0", CertificateExpired, |config| config.now.0 = 0),
    ]
}
