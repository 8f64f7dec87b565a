//! Configurations of a client that does not trust the server whose chain another client trusts, in
//! either version of TLS.

use given::tls::Alert;
use harness::show::{Piece, Show};

use crate::subject::ch6_tls12::ClientConfig;
use fixtures::certificates::{Key, Plan, Signer};
use fixtures::tls12::manners::BITS;
use fixtures::tls12::pki::kept_chain;

/// A change to a client's configuration, and the alert that its server gets.
#[derive(Clone)]
pub struct Other {
    what: &'static str,
    pub change: fn(&mut ClientConfig),
    pub alert: Alert,
}

impl Other {
    /// A change that is described like this, after which the server gets this alert.
    pub fn new(what: &'static str, alert: Alert, change: fn(&mut ClientConfig)) -> Other {
        Other {
            what,
            change,
            alert,
        }
    }
}

impl Show for Other {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::Text(self.what.to_owned())]
    }
}

/// Changes after which the chain that leads to the root can't be trusted any more.
pub fn others() -> Vec<Other> {
    vec![
        Other::new("another host", Alert::BadCertificate, |config| {
            config.host = "www.example.com".to_owned();
        }),
        Other::new("an address", Alert::BadCertificate, |config| {
            config.host = "192.0.2.1".to_owned();
        }),
        Other::new("localhost", Alert::BadCertificate, |config| {
            config.host = "localhost".to_owned();
        }),
        Other::new("a month later", Alert::CertificateExpired, |config| {
            config.now.0 += 30 * 86_400;
        }),
        Other::new("a month earlier", Alert::CertificateExpired, |config| {
            config.now.0 -= 30 * 86_400;
        }),
        Other::new(
            "another host, and the server's own certificate among the roots",
            Alert::BadCertificate,
            |config| {
                config.host = "www.example.com".to_owned();
                config.roots.insert(0, kept_chain(BITS).0[0].clone());
            },
        ),
        Other::new(
            "a month later, and the server's own certificate among the roots",
            Alert::CertificateExpired,
            |config| {
                config.now.0 += 30 * 86_400;
                config.roots.push(kept_chain(BITS).0[0].clone());
            },
        ),
        Other::new("another root", Alert::UnknownCa, |config| {
            config.roots = vec![Plan::root(Signer("Other Root", Key(BITS, 4))).make()];
        }),
        Other::new("no root at all", Alert::UnknownCa, |config| {
            config.roots.clear();
        }),
    ]
}
