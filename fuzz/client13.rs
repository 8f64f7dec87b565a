//! The client of exercise 7.8, against a server that the fuzzer directs.
#![no_main]

use fixtures::tls13::scripted::{Proof, Say, Server};
use fuzz::script13::server_plan;
use fuzz::stage::Stage;
use fuzz::{Input, client_config};
use libfuzzer_sys::fuzz_target;
use solutions::ch7_tls13::{FirstHello, client};

fuzz_target!(|bytes: &[u8]| {
    let mut input = Input(bytes);
    let first = match input.u8() % 2 {
        0 => FirstHello::WithShare,
        _ => FirstHello::AskFirst,
    };
    let (plan, mut script, has_key) = server_plan(&mut input);
    let has_honest_finished = plan.finished == Proof::Honest;
    script.extend([
        Say::NewSessionTicket,
        Say::Data(b"data".to_vec()),
        Say::KeyUpdate(1),
        Say::Data(b"data".to_vec()),
        Say::Close,
    ]);
    let mut client = client(client_config(&[]), first);
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
