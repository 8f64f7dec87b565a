//! The server of exercise 7.9, against a client that the fuzzer directs.
#![no_main]

use fixtures::tls13::scripted::{Client, Proof, Say};
use fuzz::script13::client_plan;
use fuzz::stage::Stage;
use fuzz::{Input, server_config};
use libfuzzer_sys::fuzz_target;
use solutions::ch7_tls13::server;

fuzz_target!(|bytes: &[u8]| {
    let mut input = Input(bytes);
    let (plan, mut script) = client_plan(&mut input);
    let has_honest_finished = plan.finished == Proof::Honest;
    script.extend([
        Say::Data(b"data".to_vec()),
        Say::KeyUpdate(1),
        Say::Data(b"data".to_vec()),
        Say::Close,
    ]);
    let mut server = server(server_config(&[]));
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
