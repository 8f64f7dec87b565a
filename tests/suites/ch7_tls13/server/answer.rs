//! The ServerHello in answer to a hello with a share.

use given::tls::{
    Connection, Extension, HandshakeMessage, KeyShare, ServerHello, Status, TLS_1_2, TLS_1_3,
    TLS_AES_128_GCM_SHA256, X25519,
};
use harness::show::{Hex, Words};
use harness::{assume, check, same, think_of, with};

use super::{answer_to, first_message, new_server};
use fixtures::tls13::clients::{low_order, pre_shared_key};
use fixtures::tls13::hellos::{full_hello, x25519_of};
use fixtures::tls13::outcome::tell;

harness::suite! {
    exercise "7.9" {
        /// the ServerHello says what the exercise lists, and nothing else, in answer to any hello with a share
        #[think = "Which of its fields come from the hello? Which are fresh, and which are always the same?"]
        #[cases = 32]
        fn the_answer_says_what_it_should({hello} in full_hello(), {has_ticket} in proptest::bool::ANY) {
            let share = x25519_of(&hello).unwrap_or_default();
            assume!(!low_order().contains(&share));
            let mut hello = hello;
            if has_ticket {
                // Modes that nobody knows: they are not used.
                let (code, body) = (0x002d, vec![2, 0, 0x0b]);
                let cookie = Extension::Cookie(vec![7; 16]);
                hello.0.extensions.extend([Extension::Other { code, body }, cookie, pre_shared_key()]);
            }
            let mut server = new_server();
            let answer = answer_to(&mut server, &hello.0.handshake());
            tell(&mut server);
            with!(hello);
            if has_ticket {
                with!("psk_key_exchange_modes" = Words("00, 0b".to_owned()));
            }
            let Some(said) = first_message::<ServerHello>(&answer) else {
                let first = answer.first().map_or("nothing".to_owned(), |one| format!("{one:?}"));
                if first.starts_with("alert") {
                    think_of!("Your server refuses this hello, which breaks no rule of the exercise. Which of your checks is stricter than the exercise?");
                } else {
                    think_of!("The client gets its keys from your ServerHello. Which is the first message that you can seal?");
                }
                let first = Words(first);
                check!(false, "a record with a ServerHello", first, "the first record that server(config) sends");
                return Ok(());
            };
            same!(Hex(said.version), Hex(TLS_1_2), "server_hello.version");
            let session_id = &said.session_id;
            if *session_id != hello.0.session_id {
                think_of!("The session id of the hello is sent back as it is. Do you send that of this hello, or another: an empty one, a fresh one, or one that you have kept?");
            }
            same!(*session_id, hello.0.session_id, "server_hello.session_id");
            same!(Hex(said.cipher_suite), Hex(TLS_AES_128_GCM_SHA256), "server_hello.cipher_suite");
            same!(said.compression_method, 0, "server_hello.compression_method");
            think_of!("Two extensions belong in a ServerHello, in this order. Where do answers to the others go?");
            let [first, second] = &said.extensions[..] else {
                let expected = "supported_versions and key_share";
                check!(false, expected, said.extensions, "server_hello.extensions");
                return Ok(());
            };
            same!(*first, Extension::SelectedVersion(TLS_1_3), "server_hello.extensions[0]");
            let is_share = share_of(&said).len() == 32;
            check!(is_share, "ServerShare, with 32 bytes on X25519", second, "server_hello.extensions[1]");
            think_of!("Each side makes a share of its own. Which secret key does the one that you send belong to?");
            let is_own = share_of(&said) != x25519_of(&hello).unwrap_or_default();
            let got = Words("the share of the hello, sent back".to_owned());
            check!(is_own, "a share of its own", got, "server_hello.extensions[1]");
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
