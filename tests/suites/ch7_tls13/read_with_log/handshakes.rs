//! Handshakes with other messages than those that rustls sends here.

use fixtures::live::able;
use fixtures::tls::mallory::records;
use fixtures::tls13::recorded::{Plan, text};
use fixtures::tls13::traffic::Traffic;
use given::tls::{ContentType, Writer};
use harness::show::Words;
use harness::with;

use super::{NEEDED, fixed, reads, recording, secret_of};
use crate::subject::ch6_tls12::Conversation;
use crate::subject::ch7_tls13::read_with_log;

harness::suite! {
    exercise "7.12" {
        /// a handshake is read whatever messages it has before its Finished
        #[think = "How do you find the end of the handshake in each direction: by a count of messages, or by Finished?"]
        fn any_messages_come_before_finished() {
            let recorded = able(Plan { turns: vec![], closes: false, ..fixed().remove(0) }.record())?;
            for Flights { what, client, server } in FLIGHTS {
                with!("handshake" = Words(what.to_owned()));
                let mut overheard = recording(&recorded);
                for (bytes, kinds, labels) in [
                    (&mut overheard.from_client, client, [NEEDED[0], NEEDED[2]]),
                    (&mut overheard.from_server, server, [NEEDED[1], NEEDED[3]]),
                ] {
                    let all = records(bytes).into_iter();
                    *bytes = all.take_while(|record| record[0] != 23).flatten().collect();
                    let [handshake, application] = labels.map(|label| secret_of(&recorded, label));
                    let mut traffic = Traffic::new(handshake);
                    for kind in kinds.iter().chain([&FINISHED]) {
                        for part in message(*kind).chunks(1 << 14) {
                            bytes.extend(traffic.seal(ContentType::Handshake, part, 0));
                        }
                    }
                    let mut traffic = Traffic::new(application);
                    bytes.extend(traffic.seal(ContentType::ApplicationData, b"said", 0));
                }
                let all = Conversation { from_client: b"said".to_vec(), from_server: b"said".to_vec() };
                reads!(overheard, text(&recorded.log), Ok(all));
            }
        }
    }
}

/// The types of the messages that each side sends before its Finished.
struct Flights {
    what: &'static str,
    client: &'static [u8],
    server: &'static [u8],
}

const ENCRYPTED_EXTENSIONS: u8 = 8;
const CERTIFICATE: u8 = 11;
const CERTIFICATE_REQUEST: u8 = 13;
const CERTIFICATE_VERIFY: u8 = 15;
const FINISHED: u8 = 20;
const COMPRESSED_CERTIFICATE: u8 = 25;

const FLIGHTS: [Flights; 3] = [
    Flights {
        what: "the server asks for a certificate, and the client shows one that takes two records, with its signature",
        client: &[CERTIFICATE, CERTIFICATE_VERIFY],
        server: &[
            ENCRYPTED_EXTENSIONS,
            CERTIFICATE_REQUEST,
            CERTIFICATE,
            CERTIFICATE_VERIFY,
        ],
    },
    Flights {
        what: "the certificate of the server is compressed (RFC 8879)",
        client: &[],
        server: &[
            ENCRYPTED_EXTENSIONS,
            COMPRESSED_CERTIFICATE,
            CERTIFICATE_VERIFY,
        ],
    },
    Flights {
        what: "the session is resumed, without a certificate",
        client: &[],
        server: &[ENCRYPTED_EXTENSIONS],
    },
];

/// A message of this type that can be read.
fn message(kind: u8) -> Vec<u8> {
    let body = Writer::new();
    let body = match kind {
        ENCRYPTED_EXTENSIONS => body.vector(2, &[]),
        CERTIFICATE => {
            let certificate = vec![0x30; 20_000];
            let entry = Writer::new()
                .vector(3, &certificate)
                .vector(2, &[])
                .finish();
            body.vector(1, &[]).vector(3, &entry)
        }
        CERTIFICATE_REQUEST => {
            let algorithms = [0, 13, 0, 4, 0, 2, 8, 4];
            body.vector(1, &[]).vector(2, &algorithms)
        }
        CERTIFICATE_VERIFY => body.u16(0x0804).vector(2, &[7; 256]),
        FINISHED => body.bytes(&[7; 32]),
        _ => body.bytes(&[7; 40]),
    };
    Writer::new().u8(kind).vector(3, &body.finish()).finish()
}
