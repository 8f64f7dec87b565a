//! What the client of both versions must not accept, and that it never tries again.

use given::tls::{
    Abort, Alert, ClientHello, Connection, Extension, HELLO_RETRY_REQUEST, Handshake,
    HandshakeMessage, HandshakeType, ServerHello, Status,
};
use harness::show::{Piece, Show};
use harness::{check, same, with};

use crate::client::with_pss;
use crate::setup::{
    Code, client_config, client_config_of, client_ends, client_of_both, no_handshake_in, say,
};
use crate::subject::ch7_tls13::FirstHello;
use fixtures::tls::mallory::End;
use fixtures::tls::peer::Peer;
use fixtures::tls::report::tell;
use fixtures::tls12::manners::{BITS, Manner, RSA, server_plan};
use fixtures::tls12::scripted::{Server, ServerPlan};

harness::suite! {
    exercise "7.11" {
        /// an answer of TLS 1.2 with the random of a HelloRetryRequest is refused: it selects no version
        #[think = "Which of the two clients knows what must be in a HelloRetryRequest?"]
        fn a_retry_in_tls_1_2_is_refused(peer from with_pss()) {
            let plan = ServerPlan { random: Some(HELLO_RETRY_REQUEST), ..server_plan(&peer) };
            let script = plan.script();
            let mut server = Server::new(plan);
            let mut client = client_of_both(client_config(), FirstHello::WithShare);
            say(&mut client, &mut server, &script);
            client_ends!(client, server, End::Refused(Alert::ProtocolVersion));
        }

        /// a server that selects a version other than 1.3 in the extension is refused, even if it is 1.2
        #[think = "The extension is there. Which client goes on, and which exercise checks its content?"]
        fn another_selected_version_is_refused(
            selected from [0x0303, 0x0302, 0x0301, 0x0305, 0x7f1c].map(Code)
        ) {
            for suite in [0x009c, 0xc02f, 0x1301] {
                with!("suite" = Code(suite));
                let mut plan = server_plan(&Manner::new(RSA));
                plan.suite = suite;
                plan.extensions = vec![Extension::SelectedVersion(selected.0)];
                let script = plan.script();
                let mut server = Server::new(plan);
                let mut client = client_of_both(client_config(), FirstHello::WithShare);
                say(&mut client, &mut server, &script);
                client_ends!(client, server, End::Refused(Alert::IllegalParameter));
            }
        }

        /// once a connection has ended, for whatever reason, the client sends no second hello
        #[think = "Anything but a ServerHello is an error. Do you return that error, or try something else?"]
        fn it_never_tries_again(failure from failures()) {
            let config = client_config_of(BITS, &[RSA]);
            let mut client = client_of_both(config, FirstHello::WithShare);
            let hello = client.to_send();
            client.receive(&failure.bytes);
            tell(&mut client);
            match &failure.why {
                Some(why) => same!(client.status(), Status::Failed(why.clone())),
                None => {
                    let status = client.status();
                    let has_failed = matches!(status, Status::Failed(_));
                    check!(has_failed, "Failed(…)", status, "client.status()");
                }
            }
            no_handshake_in(&client.to_send())?;
            // Now somebody answers the hello as if nothing had happened.
            let plan = server_plan(&Manner::new(RSA));
            let script = plan.script();
            let mut server = Server::new(plan);
            server.hear(&hello);
            script.iter().take(3).for_each(|say| server.say(say));
            client.receive(&server.take_outgoing());
            same!(client.to_send(), Vec::<u8>::new());
        }
    }
}

/// What comes instead of a ServerHello.
#[derive(Debug, Clone)]
struct Failure {
    what: String,
    bytes: Vec<u8>,
    /// How the client names it. `None` if there is more than one name for it.
    why: Option<Abort>,
}

impl Show for Failure {
    fn pieces(&self) -> Vec<Piece> {
        let words = Piece::Text(format!("{}: ", self.what));
        [vec![words], self.bytes.pieces()].concat()
    }
}

fn record(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("a record is short");
    [&[kind, 3, 3][..], &length.to_be_bytes(), content].concat()
}

/// Every alert, close_notify among them, every message other than a ServerHello, a ServerHello that
/// can't be read, data, and something that is not TLS at all.
fn failures() -> Vec<Failure> {
    let mut all = Vec::new();
    let mut add = |what: String, bytes: Vec<u8>, why| all.push(Failure { what, bytes, why });
    // After user_canceled, something else must come.
    let alerts = Alert::ALL
        .iter()
        .filter(|alert| **alert != Alert::UserCanceled);
    for alert in alerts {
        let bytes = record(21, &[2, alert.code()]);
        add(format!("{alert:?}"), bytes, Some(Abort::Refused(*alert)));
    }
    let warning = record(21, &[1, Alert::HandshakeFailure.code()]);
    let why = Abort::Refused(Alert::HandshakeFailure);
    add(
        "HandshakeFailure, as a warning".to_owned(),
        warning,
        Some(why),
    );
    for kind in HandshakeType::ALL {
        let message = Handshake::new(*kind, &[]);
        let why = match kind {
            HandshakeType::ServerHello => Abort::Malformed,
            _ => Abort::UnexpectedMessage,
        };
        add(format!("{kind:?}"), record(22, message.bytes()), Some(why));
    }
    let hello = ClientHello {
        version: 0x0303,
        random: [7; 32],
        session_id: vec![],
        cipher_suites: vec![0x009c],
        compression_methods: vec![0],
        extensions: vec![],
    };
    let back = record(22, hello.handshake().bytes());
    add(
        "a ClientHello".to_owned(),
        back,
        Some(Abort::UnexpectedMessage),
    );
    let answer = ServerHello {
        version: 0x0303,
        random: [7; 32],
        session_id: vec![],
        cipher_suite: 0x009c,
        compression_method: 0,
        extensions: vec![Extension::RenegotiationInfo(vec![]); 2],
    };
    let twice = record(22, answer.handshake().bytes());
    let what = "a ServerHello that has an extension twice".to_owned();
    add(what, twice, Some(Abort::DuplicateExtension));
    add(
        "data".to_owned(),
        record(23, b"hello"),
        Some(Abort::UnexpectedMessage),
    );
    let page = b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec();
    add("a page in plaintext".to_owned(), page, None);
    all
}
