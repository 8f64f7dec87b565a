//! The server of exercise 6.8, against a client that the fuzzer directs.
#![no_main]

use fixtures::tls12::scripted::{Client, ClientPlan, Proof, Say};
use fuzz::script::client_plan;
use fuzz::stage::Stage;
use fuzz::{Input, server_config};
use given::tls::CipherSuite;
use libfuzzer_sys::fuzz_target;
use solutions::ch6_tls12::server;

fuzz_target!(|bytes: &[u8]| {
    let mut input = Input(bytes);
    let plan = client_plan(&mut input);
    let has_honest_finished = plan.finished == Proof::Honest;
    let mut script = ClientPlan::script();
    script.extend([Say::Data(b"data".to_vec()), Say::Close]);
    let mut server = server(server_config(CipherSuite::ALL));
    let mut client = Client::new(plan);
    let mut stage = Stage::new(&mut server, &mut client);
    stage.play(&script, false, &mut input);
    assert!(
        has_honest_finished || !stage.was_open(),
        "open with a wrong Finished"
    );
    assert!(
        !(stage.is_tampered && stage.is_open()),
        "open after a change in transit"
    );
});
