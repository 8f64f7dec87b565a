//! Writes the inputs that the fuzzer begins with to `corpus`: `cargo run --release --example
//! seeds`.
//!
//! They come from handshakes that run here and now. For each message of a handshake there is an
//! input that spells it out, byte by byte, and the fuzzer then changes these bytes as it likes.

use std::fs;
use std::io;
use std::path::Path;

use fixtures::tls::peer::Peer;
use fixtures::tls12::scripted::{Client, ClientPlan, Server};
use fixtures::tls13::scripted as tls13;
use fuzz::script::{client_plan, server_plan};
use fuzz::script13;
use fuzz::stage::{Due, action};
use fuzz::{Input, chains, client_config, server_config};
use given::tls::{CipherSuite, Connection};
use given::tls12::CertificateChain;
use solutions::ch6_tls12::{client, server};

fn main() -> io::Result<()> {
    // Both suites, with and without the extended master secret, whole and cut up.
    for like in [
        0b0_0000, 0b0_0001, 0b0_0010, 0b0_0011, 0b0_0111, 0b0_1011, 0b1_0011,
    ] {
        let like = if like & 0b1_0000 == 0 {
            vec![like, 0]
        } else {
            vec![like, 40, 0]
        };
        let (plan, _) = server_plan(&mut Input(&like));
        let script = plan.script();
        let mut answer = client(client_config(CipherSuite::ALL));
        let said = bodies(&mut answer, &mut Server::new(plan), &script);
        write("client", &like, &script, &said, true)?;

        let plan = client_plan(&mut Input(&like));
        let script = ClientPlan::script();
        let mut answer = server(server_config(CipherSuite::ALL));
        let said = bodies(&mut answer, &mut Client::new(plan), &script);
        write("server", &like, &script, &said, false)?;
    }
    seeds_of_today()?;
    for (number, (chain, _)) in chains().into_iter().enumerate() {
        let chain = chain.iter().map(|one| one.to_der().to_vec()).collect();
        let message = CertificateChain(chain).handshake();
        put("certificates", &format!("chain-{number}"), message.body())?;
    }
    Ok(())
}

/// Handshakes of TLS 1.3: with and without a request for a certificate, padding and a retry, whole
/// and cut up.
fn seeds_of_today() -> io::Result<()> {
    use solutions::ch7_tls13::{FirstHello, client, server};

    for like in [0, 0b1000, 0b10_0000, 0b100_0000, 0b100] {
        let first = match like & 0b100_0000 {
            0 => FirstHello::WithShare,
            _ => FirstHello::AskFirst,
        };
        let begin = [u8::from(first == FirstHello::AskFirst), like, 0];
        let (plan, script, _) = script13::server_plan(&mut Input(&begin[1..]));
        let mut answer = client(client_config(&[]), first);
        let said = bodies(&mut answer, &mut tls13::Server::new(plan), &script);
        write("client13", &begin, &script, &said, true)?;
    }
    for like in [0, 0b1000, 0b10_0000, 0b100] {
        let begin = [like, 0];
        let (plan, script) = script13::client_plan(&mut Input(&begin));
        let mut answer = server(server_config(&[]));
        let said = bodies(&mut answer, &mut tls13::Client::new(plan), &script);
        write("server13", &begin, &script, &said, false)?;
    }
    Ok(())
}

/// The body of each message that a peer says to the answer.
fn bodies<S>(
    answer: &mut dyn Connection,
    peer: &mut dyn Peer<Say = S>,
    script: &[S],
) -> Vec<Vec<u8>> {
    let mut bodies = Vec::new();
    peer.hear(&answer.to_send());
    for say in script {
        peer.hear(&answer.to_send());
        peer.say(say);
        let said = peer.take_outgoing();
        answer.receive(&said);
        // What follows the headers of record and message. If it is sealed, it is as good as any
        // bytes.
        bodies.push(said.get(9..).unwrap_or_default().to_vec());
    }
    bodies
}

/// Writes, for each message of the script, an input for each action.
fn write<S: Due>(
    target: &str,
    like: &[u8],
    script: &[S],
    bodies: &[Vec<u8>],
    is_server: bool,
) -> io::Result<()> {
    let name: String = like.iter().map(|byte| format!("{byte:02x}")).collect();
    put(target, &name, like)?;
    for (place, (say, body)) in script.iter().zip(bodies).enumerate() {
        for what in action::DUE..action::COUNT {
            let length = u16::try_from(body.len())
                .expect("a message is short")
                .to_be_bytes();
            let with_body = [&length, body.as_slice()].concat();
            let more = match what {
                action::FLIP => vec![0, 7, 1],
                action::BODY | action::BYTES => with_body,
                action::MESSAGE => [&[say.kind(is_server)], with_body.as_slice()].concat(),
                action::DATA => vec![2, 7, 7],
                _ => vec![],
            };
            let honest = vec![action::DUE; place];
            let input = [like, &honest, &[what], &more].concat();
            put(target, &format!("{name}-{place}-{what}"), &input)?;
        }
    }
    Ok(())
}

fn put(target: &str, name: &str, input: &[u8]) -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name), input)
}
