//! The check of a chain: exercises 6.1 and 5.5, and the reader of X.509 between them.
//!
//! The input is the body of a Certificate message. Whatever is accepted must be signed by a CA.
#![no_main]

use fuzz::{GOOD, HOST, NOW, TRUSTED};
use given::x509::Certificate;
use libfuzzer_sys::fuzz_target;
use solutions::ch5_certificates::verify_chain;
use solutions::ch6_tls12::certificate_list;

fuzz_target!(|body: &[u8]| {
    let Ok(list) = certificate_list(body) else {
        return;
    };
    let chain: Result<Vec<Certificate>, _> = list.into_iter().map(Certificate::from_der).collect();
    let Ok(chain) = chain else {
        return;
    };
    let roots = std::slice::from_ref(&*TRUSTED);
    if verify_chain(&chain, roots, HOST, NOW).is_ok() {
        assert!(
            GOOD.contains(chain[0].signed_part()),
            "nobody has signed this certificate"
        );
        chain[0].public_key().expect("its owner has one");
    }
});
