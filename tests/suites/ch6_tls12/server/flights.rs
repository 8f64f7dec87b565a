//! What a server sends to a client that has wrapped a bad premaster secret.

use std::fmt;
use std::sync::{Arc, OnceLock};

use fixtures::tls12::bad_secrets::{BITS, secret_for, server_key};
use fixtures::tls12::reference::{self, Material, SealsFirst, vector};
use given::tls::{
    Alert, CipherSuite, Connection, ContentType, HandshakeMessage, Status, TLS_1_2, Wire,
};
use given::tls12::{ClientHello, ClientKeyExchange, Extension, Finished, ServerHello};
use harness::{Broken, accepted};
use sha2::{Digest, Sha256};

use crate::configs::server_config_of;
use crate::subject::ch6_tls12::{ServerConfig, server};

/// What a server has sent after something that its client has sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Flight {
    /// The type and the length of each record.
    pub records: Vec<(u8, usize)>,
    /// What the last one says, if it is an alert.
    pub alert: Option<u8>,
    pub status: Status,
}

impl Flight {
    pub fn of(server: &mut impl Connection) -> Flight {
        let (mut records, mut alert) = (Vec::new(), None);
        let sent = server.to_send();
        let mut rest = sent.as_slice();
        while let Some(([kind, _, _, high, low], behind)) = rest.split_first_chunk() {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            records.push((*kind, length));
            alert = (*kind == ContentType::Alert.code()).then(|| behind[1]);
            rest = &behind[length..];
        }
        let status = server.status();
        Flight {
            records,
            alert,
            status,
        }
    }

    pub fn alert(&self) -> Option<Alert> {
        self.alert.and_then(Alert::from_code)
    }
}

/// As the learner reads it.
impl fmt::Debug for Flight {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, length) in &self.records {
            match ContentType::from_code(*kind) {
                Some(kind) => write!(out, "{kind:?} of {length}, "),
                None => write!(out, "type {kind} of {length}, "),
            }?;
        }
        if let Some(alert) = self.alert() {
            write!(out, "{alert:?}, ")?;
        }
        write!(out, "{:?}", self.status)
    }
}

/// What the learner's server sends to a client that has wrapped something, and then goes on as if
/// `belief` were the premaster secret: what it sends after the client's ClientKeyExchange, after
/// its ChangeCipherSpec, and after its Finished.
pub fn flights(wrapped: &[u8], belief: &[u8], is_extended: bool) -> Result<Vec<Flight>, Broken> {
    let config = server_config_of(BITS, &[CipherSuite::RsaAes128GcmSha256]);
    flights_of(config, TLS_1_2, wrapped, belief, is_extended)
}

/// The same with this configuration, and a client that offers this version.
pub fn flights_of(
    config: Arc<ServerConfig>,
    offered: u16,
    wrapped: &[u8],
    belief: &[u8],
    is_extended: bool,
) -> Result<Vec<Flight>, Broken> {
    let mut server = server(config);
    let mut wire: Wire<SealsFirst, SealsFirst> = Wire::new();
    let mut hello = ClientHello {
        version: offered,
        random: [0xc1; 32],
        session_id: vec![],
        cipher_suites: vec![CipherSuite::RsaAes128GcmSha256.code()],
        compression_methods: vec![0],
        extensions: vec![],
    };
    if is_extended {
        hello.extensions.push(Extension::ExtendedMasterSecret);
    }
    let mut said = hello.handshake().bytes().to_vec();
    accepted!(wire.send_handshake(&hello.handshake()));
    server.receive(&wire.to_send());
    let answer = server.to_send();
    wire.receive(&answer);
    let mut server_random = [0; 32];
    while let Some(incoming) = accepted!(wire.next()) {
        let message = accepted!(incoming.handshake());
        said.extend(message.bytes());
        if let Ok(hello) = message.parse::<ServerHello>() {
            server_random = hello.random;
        }
    }

    let exchange = ClientKeyExchange(vector(2, wrapped)).handshake();
    said.extend(exchange.bytes());
    accepted!(wire.send_handshake(&exchange));
    server.receive(&wire.to_send());
    let mut flights = vec![Flight::of(&mut server)];
    accepted!(wire.send_change_cipher_spec());
    server.receive(&wire.to_send());
    flights.push(Flight::of(&mut server));

    let master = if is_extended {
        reference::extended_master(belief, &Sha256::digest(&said))
    } else {
        reference::master(belief, &hello.random, &server_random)
    };
    let block = reference::key_block(&master, &hello.random, &server_random);
    wire.seal_with(SealsFirst(Material {
        key: block[..16].try_into().expect("16 bytes"),
        iv: block[32..36].try_into().expect("4 bytes"),
    }));
    let finished = Finished(reference::verify_data(
        &master,
        reference::CLIENT_FINISHED,
        &said,
    ));
    accepted!(wire.send_handshake(&finished.handshake()));
    server.receive(&wire.to_send());
    flights.push(Flight::of(&mut server));
    Ok(flights)
}

/// What happens to a client that has wrapped its secret correctly, and goes on with a different
/// one. It is found out once: every case compares itself with the same.
pub fn flights_of_a_guess(is_extended: bool) -> Result<Vec<Flight>, Broken> {
    static FOUND: [OnceLock<Vec<Flight>>; 2] = [const { OnceLock::new() }; 2];
    let found = &FOUND[usize::from(is_extended)];
    if let Some(flights) = found.get() {
        return Ok(flights.clone());
    }
    let secret = secret_for(TLS_1_2, &[0x5a; 46]);
    let wrapped = server_key().as_public_key().pkcs1v15_encrypt(&secret);
    let flights = flights(&wrapped.expect("there is room"), &[0; 48], is_extended)?;
    Ok(found.get_or_init(|| flights).clone())
}
