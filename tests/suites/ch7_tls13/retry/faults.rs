//! What can be wrong with a request.

use given::tls::{Extension, ServerHello, TLS_1_2, TLS_1_3};

use super::{request_for, shares_with};
use fixtures::tls12::hellos::Hello;
use fixtures::tls13::hellos::plain_hello;

/// What can be wrong with a request, grouped by the reason that is given for it, in the order of
/// the reasons.
pub const OF_REQUESTS: [&[&str]; 5] = [
    &["no supported_versions", "1.3 in the field `version`"],
    &[
        "it selects 1.2",
        "another session id",
        "a suite of 1.2",
        "a suite that was not offered",
        "compression",
    ],
    &["an unsolicited extension"],
    &["server_name", "server_name at the end"],
    &[
        "another group",
        "a share was sent",
        "the group was not offered",
        "nothing is wanted",
    ],
];

/// Puts this fault into the hello or the request.
pub fn spoil((hello, retry): &mut (Hello, ServerHello), fault: &str) {
    let put = |retry: &mut ServerHello, extension: Extension| {
        let is_other = |other: &Extension| other.code() != extension.code();
        retry.extensions.retain(is_other);
        retry.extensions.push(extension);
    };
    match fault {
        "no supported_versions" => retry.extensions.retain(|one| one.code() != 0x002b),
        "1.3 in the field `version`" => retry.version = TLS_1_3,
        "it selects 1.2" => put(retry, Extension::SelectedVersion(TLS_1_2)),
        "another session id" => retry.session_id = vec![8; 32],
        "a suite of 1.2" => retry.cipher_suite = 0xc02f,
        "a suite that was not offered" => hello.0.cipher_suites = vec![0x1302],
        "compression" => retry.compression_method = 1,
        "an unsolicited extension" => put(retry, Extension::ExtendedMasterSecret),
        "server_name" | "server_name at the end" => {
            let name = Extension::ServerName(Some("www.example.org".to_owned()));
            hello.0.extensions.push(name);
            let place = match fault {
                "server_name" => 0,
                _ => retry.extensions.len(),
            };
            retry.extensions.insert(place, Extension::ServerName(None));
        }
        "another group" => put(retry, Extension::WantedGroup(0x0017)),
        "a share was sent" => *hello = hello.clone().with(shares_with(&[9; 32])),
        "the group was not offered" => {
            *hello = hello
                .clone()
                .with(Extension::SupportedGroups(vec![0x0017]))
                .with(Extension::KeyShares(vec![]));
        }
        _ => retry.extensions.retain(|one| one.code() != 0x0033),
    }
}

/// A hello without a share, and a request that has what it needs and nothing more.
pub fn plain() -> (Hello, ServerHello) {
    let hello = plain_hello(vec![]);
    let retry = request_for(&hello);
    (Hello(hello), retry)
}
