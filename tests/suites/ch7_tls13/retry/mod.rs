//! The properties of exercise 7.5: the request for a share and the second hello, at both ends.

use given::tls::{
    ClientHello, Extension, HELLO_RETRY_REQUEST, KeyShare, ServerHello, TLS_1_2, TLS_1_3,
    TLS_AES_128_GCM_SHA256, X25519,
};
use harness::Property;

mod after;
mod compared;
mod faults;
mod request;
mod second;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        request::suite(),
        second::suite(),
        after::suite(),
        compared::suite(),
    ]
    .concat()
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
