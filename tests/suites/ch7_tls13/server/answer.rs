//! The ServerHello in answer to a hello with a share.

use given::tls::{
    Connection, Extension, HandshakeMessage, KeyShare, ServerHello, Status, TLS_1_3, X25519,
};
use harness::{assume, check, differ, same};

use super::{answer_to, first_message, new_server};
use fixtures::tls13::clients::{low_order, pre_shared_key, psk_modes};
use fixtures::tls13::hellos::{full_hello, x25519_of};

harness::suite! {
    exercise "7.9" {
        /// the ServerHello says what the exercise lists, and nothing else, in answer to any hello with a share
        #[think = "Which of its fields come from the hello? Which are fresh, and which are always the same?"]
        #[cases = 32]
        fn the_answer_says_what_it_should(hello in full_hello(), has_ticket in proptest::bool::ANY) {
            let share = x25519_of(&hello).unwrap_or_default();
            assume!(!low_order().contains(&share));
            let mut hello = hello;
            if has_ticket {
                hello.0.extensions.extend([psk_modes(), pre_shared_key()]);
            }
            let mut server = new_server();
            let answer = answer_to(&mut server, &hello.0.handshake());
            let Some(said) = first_message::<ServerHello>(&answer) else {
                check!(false, "a record with a ServerHello", answer.first());
                return Ok(());
            };
            let hex = |number: u16| format!("{number:04x}");
            same!(hex(said.version), "0303");
            same!(said.session_id, hello.0.session_id);
            same!(hex(said.cipher_suite), "1301");
            same!(said.compression_method, 0);
            // supported_versions and key_share.
            let codes: Vec<String> = said.extensions.iter().map(|one| hex(one.code())).collect();
            same!(codes, ["002b", "0033"]);
            same!(said.extensions[0], Extension::SelectedVersion(TLS_1_3));
            same!(share_of(&said).len(), 32);
            differ!(share_of(&said), x25519_of(&hello).unwrap_or_default());
            same!(server.status(), Status::Handshaking);
        }
    }
}

/// The share on X25519 in a ServerHello.
pub fn share_of(hello: &ServerHello) -> Vec<u8> {
    let mut extensions = hello.extensions.iter();
    let share = extensions.find_map(|one| match one {
        Extension::ServerShare(KeyShare { group, share }) if *group == X25519 => {
            Some(share.clone())
        }
        _ => None,
    });
    share.unwrap_or_default()
}
