use given::tls13::Session;

use crate::ch3_signatures::Transcript;
use crate::ch4_key_exchange::SharedSecret;

use super::{Application, EarlySecret, Handshaking, MainSecret, TrafficSecrets};

/// The secrets of a connection in the middle of its handshake, from your key schedule of exercise
/// 7.2. Client and server compute the same secrets.
pub(super) struct Secrets {
    client_random: [u8; 32],
    pub(super) handshake: TrafficSecrets<Handshaking>,
    main: MainSecret,
}

impl Secrets {
    /// The secrets after ServerHello. `hellos` is the transcript up to it.
    pub(super) fn new(
        client_random: [u8; 32],
        shared: &SharedSecret,
        hellos: &Transcript,
    ) -> Secrets {
        let secret = EarlySecret::without_psk().into_handshake(shared.as_bytes());
        let (handshake, main) = secret.into_main(hellos);
        Secrets {
            client_random,
            handshake,
            main,
        }
    }

    /// The secrets for application data, and all the secrets for the key log (exercise 7.12).
    /// `messages` is the transcript up to the server's Finished.
    pub(super) fn into_application(
        self,
        messages: &Transcript,
    ) -> (TrafficSecrets<Application>, Session) {
        let (application, exporter) = self.main.into_application(messages);
        let session = Session {
            client_random: self.client_random,
            client_handshake: *self.handshake.client.as_bytes(),
            server_handshake: *self.handshake.server.as_bytes(),
            client_application: *application.client.as_bytes(),
            server_application: *application.server.as_bytes(),
            exporter: *exporter.as_bytes(),
        };
        (application, session)
    }
}
