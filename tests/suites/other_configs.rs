//! Configurations of a client that does not trust the server whose chain another client trusts, in
//! either version of TLS.

use given::tls::Alert;
use harness::show::{Piece, Show};

use crate::subject::ch6_tls12::ClientConfig;
use fixtures::certificates::{Key, Plan, Signer};
use fixtures::tls12::manners::BITS;

/// A change to a client's configuration, and the alert that its server gets.
#[derive(Clone)]
pub struct Other {
    what: &'static str,
    pub change: fn(&mut ClientConfig),
    pub alert: Alert,
}

impl Show for Other {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::Text(self.what.to_owned())]
    }
}

/// Changes after which the chain that leads to the root can't be trusted any more.
pub fn others() -> Vec<Other> {
    let other = |what, alert, change| Other {
        what,
        change,
        alert,
    };
    vec![
        other("another host", Alert::BadCertificate, |config| {
            config.host = "www.example.com".to_owned();
        }),
        other("an address", Alert::BadCertificate, |config| {
            config.host = "192.0.2.1".to_owned();
        }),
        other("localhost", Alert::BadCertificate, |config| {
            config.host = "localhost".to_owned();
        }),
        other("a month later", Alert::CertificateExpired, |config| {
            config.now.0 += 30 * 86_400;
        }),
        other("a month earlier", Alert::CertificateExpired, |config| {
            config.now.0 -= 30 * 86_400;
        }),
        other("another root", Alert::UnknownCa, |config| {
            config.roots = vec![Plan::root(Signer("Other Root", Key(BITS, 4))).make()];
        }),
        other("no root at all", Alert::UnknownCa, |config| {
            config.roots.clear();
        }),
    ]
}
