//! Recordings of OpenSSL, which talks to itself.

use fixtures::live::{self, Asks, BITS, Logs, Overheard, Speaks};
use harness::{Broken, accepted, check, differ, same};

use super::{reads, tell};
use crate::subject::ch6_tls12::{Recording, Unreadable, wiretap};
use crate::subject::ch7_tls13::read_with_log;

harness::suite! {
    exercise "7.12" {
        /// a recording of OpenSSL talking to OpenSSL is read with the key log of either: every byte of both directions
        #[think = "Does a `#` line or a ticket end anything?"]
        fn what_openssl_says_is_read((client, logs) from [
            (Speaks::Tls13, Logs::Client), (Speaks::Tls13OnP256, Logs::Server)
        ]) {
            is_read(client, Asks::Nothing, logs)?;
        }

        /// it is read if the server asks for the client's certificate, too
        #[think = "If the server asks for a certificate, which messages does each side send before its Finished?"]
        fn what_openssl_says_after_a_request_is_read((client, logs) from [
            (Speaks::Tls13, Logs::Server), (Speaks::Tls13OnP256, Logs::Client)
        ]) {
            is_read(client, Asks::Certificate, logs)?;
        }

        /// the key of OpenSSL's certificate opens nothing
        #[think = "Which part of the handshake does this key take part in, and what does it do there?"]
        fn the_key_of_openssl_opens_nothing(client from [Speaks::Tls13, Speaks::Tls13OnP256]) {
            let identity = live::identity(BITS);
            let request = "GET / HTTP/1.0\r\n\r\n";
            let overheard = live::overheard(&identity, client, Asks::Nothing, Logs::Nobody, request)?;
            let overheard = openssls(&overheard);
            reads!(overheard, "", Err(Unreadable::ForwardSecret));
            let read = wiretap(&overheard, identity.key);
            check!(read.is_err(), "Err(…)", read, "wiretap(&recording, &key)");
        }
    }
}

/// Whether all is read that OpenSSL and OpenSSL say to each other.
fn is_read(client: Speaks, asks: Asks, logs: Logs) -> Result<(), Broken> {
    let request = "GET /secret HTTP/1.0\r\n\r\n";
    let overheard = live::overheard(&live::identity(BITS), client, asks, logs, request)?;
    tell(&openssls(&overheard), &overheard.key_log);
    let (recording, log) = (openssls(&overheard), &overheard.key_log);
    let conversation = accepted!(read_with_log(&recording, log));
    same!(conversation.from_client, request.as_bytes());
    let from_server = String::from_utf8_lossy(&conversation.from_server).into_owned();
    differ!(from_server, "");
    let is_it = overheard.report.contains(&from_server);
    check!(
        is_it,
        "what OpenSSL has received",
        from_server,
        "conversation.from_server"
    );
    Ok(())
}

/// What an eavesdropper has recorded between OpenSSL and OpenSSL.
fn openssls(overheard: &Overheard) -> Recording {
    Recording {
        from_client: overheard.from_client.clone(),
        from_server: overheard.from_server.clone(),
    }
}
