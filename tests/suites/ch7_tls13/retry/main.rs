//! The properties of exercise 7.5: the request for a share and the second hello, at both ends.

use std::process::ExitCode;

use given::tls::{
    ClientHello, Extension, HELLO_RETRY_REQUEST, KeyShare, ServerHello, TLS_1_2, TLS_1_3,
    TLS_AES_128_GCM_SHA256, X25519,
};

mod after;
mod compared;
mod each;
mod faults;
mod kept;
mod near;
mod request;
mod second;

#[path = "../../subject.rs"]
mod subject;
#[path = "../transcript.rs"]
mod transcript;

fn main() -> ExitCode {
    harness::examine([
        request::suite(),
        second::suite(),
        after::suite(),
        compared::suite(),
        each::suite(),
        near::suite(),
        kept::suite(),
    ])
}

/// A HelloRetryRequest that asks for X25519 in answer to this hello.
pub fn request_for(hello: &ClientHello) -> ServerHello {
    ServerHello {
        version: TLS_1_2,
        random: HELLO_RETRY_REQUEST,
        session_id: hello.session_id.clone(),
        cipher_suite: TLS_AES_128_GCM_SHA256,
        compression_method: 0,
        extensions: vec![
            Extension::SelectedVersion(TLS_1_3),
            Extension::WantedGroup(X25519),
        ],
    }
}

/// The extension with this share on X25519.
pub fn shares_with(share: &[u8; 32]) -> Extension {
    Extension::KeyShares(vec![KeyShare {
        group: X25519,
        share: share.to_vec(),
    }])
}

/// What `second_hello` must return. The report shows what it was given.
macro_rules! says_again {
    ($first:expr, $retry:expr, $share:expr, $expected:expr) => {{
        let (first, retry): (&given::tls::ClientHello, &given::tls::ServerHello) =
            (&$first, &$retry);
        let (share, expected): (
            &[u8; 32],
            Result<given::tls::ClientHello, given::tls::Abort>,
        ) = (&$share, $expected);
        harness::with!("first" = fixtures::tls12::hellos::Hello(first.clone()));
        harness::with!("retry" = fixtures::tls12::hellos::Answer(retry.clone()));
        harness::with!(share);
        harness::search::ask("second_hello(&first, &retry, &share)");
        let second = second_hello(first, retry, share);
        harness::search::answered();
        // A hello is shown without its random.
        if let (Ok(second), Ok(expected)) = (&second, &expected) {
            harness::same!(
                second.random,
                expected.random,
                "second_hello(&first, &retry, &share)?.random"
            );
        }
        harness::same!(
            second.map(fixtures::tls12::hellos::Hello),
            expected.map(fixtures::tls12::hellos::Hello),
            "second_hello(&first, &retry, &share)"
        );
    }};
}

/// What `check_choice_after_retry` must return. The report shows what it was given.
macro_rules! checks_after_retry {
    ($second:expr, $chosen:expr, $expected:expr) => {{
        let (second, chosen): (&given::tls::ClientHello, &given::tls::ServerHello) =
            (&$second, &$chosen);
        harness::with!("second" = fixtures::tls12::hellos::Hello(second.clone()));
        harness::with!("chosen" = fixtures::tls12::hellos::Answer(chosen.clone()));
        harness::same!(
            check_choice_after_retry(second, chosen),
            $expected,
            "check_choice_after_retry(&second, &chosen)"
        );
    }};
}

/// What `check_second_hello` must return. The report shows both hellos, and their randoms if they
/// differ.
macro_rules! compares {
    ($first:expr, $second:expr, $expected:expr) => {{
        let (first, second): (&given::tls::ClientHello, &given::tls::ClientHello) =
            (&$first, &$second);
        harness::with!("first" = fixtures::tls12::hellos::Hello(first.clone()));
        harness::with!("second" = fixtures::tls12::hellos::Hello(second.clone()));
        if first.random != second.random {
            harness::with!("first.random" = first.random);
            harness::with!("second.random" = second.random);
        }
        harness::same!(
            check_second_hello(first, second),
            $expected,
            "check_second_hello(&first, &second)"
        );
    }};
}

use {checks_after_retry, compares, says_again};
