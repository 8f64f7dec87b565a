//! The client of exercise 6.7, against a server that the fuzzer directs.
#![no_main]

use fixtures::tls12::scripted::{Proof, Say, Server};
use fuzz::script::server_plan;
use fuzz::stage::Stage;
use fuzz::{Input, client_config};
use given::tls::CipherSuite;
use libfuzzer_sys::fuzz_target;
use solutions::ch6_tls12::client;

fuzz_target!(|bytes: &[u8]| {
    let mut input = Input(bytes);
    let (plan, has_key) = server_plan(&mut input);
    let has_honest_finished = plan.finished == Proof::Honest;
    let mut script = plan.script();
    script.extend([Say::Data(b"data".to_vec()), Say::Close]);
    let mut client = client(client_config(CipherSuite::ALL));
    let mut server = Server::new(plan);
    let mut stage = Stage::new(&mut client, &mut server);
    stage.play(&script, true, &mut input);
    assert!(
        has_key || !stage.was_open(),
        "open without the certificate's key"
    );
    assert!(
        has_honest_finished || !stage.was_open(),
        "open with a wrong Finished"
    );
    assert!(
        !(stage.is_tampered && stage.is_open()),
        "open after a change in transit"
    );
});
