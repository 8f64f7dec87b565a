//! The grader's client.

use given::tls::{
    Abort, Alert, CertificateChain, CipherSuite, ClientHello, ClientKeyExchange, Extension,
    Handshake, HandshakeMessage, Incoming, ServerHello, ServerHelloDone, ServerKeyExchange,
    SignatureScheme, TLS_1_2, Writer, X25519,
};
use given::x509::Certificate;
use sha2::{Digest, Sha256};
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

use super::{
    CLIENT, Cuts, Line, Peer, Proof, SERVER, Say, Secrets, Wrong, fresh, out_of_turn, parsed,
    signed_content, verifies,
};

/// What is in a client's messages.
#[derive(Clone)]
pub struct ClientPlan {
    pub version: u16,
    pub session_id: Vec<u8>,
    pub suites: Vec<u16>,
    pub compression_methods: Vec<u8>,
    pub extensions: Vec<Extension>,
    /// The chain that it wants to see, and the key in it.
    pub chain: Vec<Vec<u8>>,
    pub key: rsa::PublicKey,
    /// How it wraps a premaster secret.
    pub wrap: fn(&rsa::PublicKey, &[u8]) -> Vec<u8>,
    /// The share that it sends, instead of its own.
    pub share: Option<Vec<u8>>,
    /// What becomes of the body of its ClientKeyExchange.
    pub body: fn(Vec<u8>) -> Vec<u8>,
    pub finished: Proof,
    pub cuts: Cuts,
    /// Whether it goes on whatever it hears.
    pub is_careless: bool,
}

impl ClientPlan {
    /// An honest client that offers these suites, and wants to see this chain.
    pub fn honest(
        suites: &[CipherSuite],
        is_extended: bool,
        chain: &[Certificate],
        key: &'static rsa::PrivateKey,
    ) -> ClientPlan {
        let schemes = SignatureScheme::ALL.iter().map(|scheme| scheme.code());
        let mut extensions = vec![
            Extension::SupportedGroups(vec![X25519]),
            Extension::SignatureAlgorithms(schemes.collect()),
            Extension::RenegotiationInfo(vec![]),
        ];
        if is_extended {
            extensions.push(Extension::ExtendedMasterSecret);
        }
        ClientPlan {
            version: TLS_1_2,
            session_id: Vec::new(),
            suites: suites.iter().map(|suite| suite.code()).collect(),
            compression_methods: vec![0],
            extensions,
            chain: chain.iter().map(|one| one.to_der().to_vec()).collect(),
            key: key.as_public_key().clone(),
            wrap: |key, premaster| key.pkcs1v15_encrypt(premaster).expect("it is short"),
            share: None,
            body: |body| body,
            finished: Proof::Honest,
            cuts: Cuts::none(),
            is_careless: false,
        }
    }

    /// What it says in a handshake, in order.
    pub fn script() -> Vec<Say> {
        vec![
            Say::Hello,
            Say::KeyExchange,
            Say::ChangeCipherSpec,
            Say::Finished,
        ]
    }
}

/// The grader's client.
pub struct Client {
    plan: ClientPlan,
    line: Line,
    random: [u8; 32],
    secret: [u8; 32],
    server_random: [u8; 32],
    is_extended: bool,
    suite: Option<CipherSuite>,
    /// The server's share.
    share: [u8; 32],
    answer: Option<ServerHello>,
    exchange: Option<ServerKeyExchange>,
}

impl Client {
    /// A client that has said nothing yet.
    pub fn new(plan: ClientPlan) -> Client {
        Client {
            line: Line::new(&plan.cuts, plan.is_careless),
            plan,
            random: fresh(),
            secret: fresh(),
            server_random: [0; 32],
            is_extended: false,
            suite: None,
            share: [0; 32],
            answer: None,
            exchange: None,
        }
    }

    /// The ServerHello that it has heard.
    pub fn answer(&self) -> Option<&ServerHello> {
        self.answer.as_ref()
    }

    /// The ServerKeyExchange that it has heard.
    pub fn exchange(&self) -> Option<&ServerKeyExchange> {
        self.exchange.as_ref()
    }

    /// How many messages of a server's, ChangeCipherSpec included, make a handshake.
    pub fn messages(&self) -> usize {
        match self.suite {
            Some(CipherSuite::EcdheRsaAes128GcmSha256) => 6,
            _ => 5,
        }
    }

    fn hello(&self) -> ClientHello {
        let plan = &self.plan;
        ClientHello {
            version: plan.version,
            random: self.random,
            session_id: plan.session_id.clone(),
            cipher_suites: plan.suites.clone(),
            compression_methods: plan.compression_methods.clone(),
            extensions: plan.extensions.clone(),
        }
    }

    fn say_key_exchange(&mut self) {
        let plan = &self.plan;
        let (premaster, body) = match self.suite {
            Some(CipherSuite::EcdheRsaAes128GcmSha256) => {
                let own = x25519(self.secret, X25519_BASEPOINT_BYTES).to_vec();
                let share = plan.share.clone().unwrap_or(own);
                let shared = x25519(self.secret, self.share).to_vec();
                (shared, Writer::new().vector(1, &share))
            }
            _ => {
                let secret: [u8; 32] = fresh();
                let premaster = Writer::new().u16(plan.version).bytes(&secret);
                let premaster = premaster.bytes(&secret[..14]).finish();
                let wrapped = (plan.wrap)(&plan.key, &premaster);
                (premaster, Writer::new().vector(2, &wrapped))
            }
        };
        let body = (plan.body)(body.finish());
        self.line
            .say_handshake(&ClientKeyExchange(body).handshake());
        let hash = Sha256::digest(&self.line.transcript).into();
        let randoms = [self.random, self.server_random];
        let secrets = Secrets::new(&premaster, randoms, self.is_extended.then_some(hash));
        self.line.secrets = Some(secrets);
    }

    /// What is wrong with the next thing that a server has said.
    fn take(&mut self, heard: Incoming) -> Result<(), Wrong> {
        let line = &mut self.line;
        // With RSA there is no ServerKeyExchange: that stage is passed over.
        let with_rsa = self.suite == Some(CipherSuite::RsaAes128GcmSha256);
        let stage = line.stage + usize::from(with_rsa && line.stage >= 2);
        line.stage += 1;
        let message = match (stage, heard) {
            (4, Incoming::ChangeCipherSpec) => {
                if let Some(secrets) = &line.secrets {
                    line.ear.open_with(secrets.server.clone());
                }
                return Ok(());
            }
            (4, heard) => return Err(out_of_turn(&heard, &mut line.transcript)),
            (0..=5, Incoming::Handshake(message)) => message,
            (_, heard) => return Err(out_of_turn(&heard, &mut line.transcript)),
        };
        let checked = match stage {
            0 => parsed(&message).and_then(|answer| self.take_hello(answer)),
            1 => self.take_certificate(&message),
            2 => parsed(&message).and_then(|exchange| self.take_key_exchange(exchange)),
            3 => parsed::<ServerHelloDone>(&message).map(|_| ()),
            _ => return self.line.hear_finished(&message, SERVER),
        };
        self.line.transcript.extend(message.bytes());
        checked
    }

    fn take_hello(&mut self, answer: ServerHello) -> Result<(), Wrong> {
        self.server_random = answer.random;
        self.suite = CipherSuite::from_code(answer.cipher_suite);
        self.is_extended = answer.extensions.contains(&Extension::ExtendedMasterSecret);
        let is_offered = self.plan.suites.contains(&answer.cipher_suite);
        let version = answer.version;
        self.answer = Some(answer);
        if version != TLS_1_2 {
            let why = format!("the version in its ServerHello is {version:#06x}");
            return Err(Wrong(why, Abort::UnsupportedVersion));
        }
        if self.suite.is_none() || !is_offered {
            return Err(Wrong(
                "its suite was not offered".to_owned(),
                Abort::NotOffered,
            ));
        }
        Ok(())
    }

    fn take_certificate(&mut self, message: &Handshake) -> Result<(), Wrong> {
        let expected = CertificateChain(self.plan.chain.clone()).handshake();
        if *message == expected {
            return Ok(());
        }
        let why = "its Certificate is not the chain that it was given".to_owned();
        Err(Wrong(
            why,
            Abort::UntrustedCertificate(Alert::BadCertificate),
        ))
    }

    fn take_key_exchange(&mut self, exchange: ServerKeyExchange) -> Result<(), Wrong> {
        let content = signed_content(&self.random, &self.server_random, &exchange.share);
        let scheme = SignatureScheme::from_code(exchange.scheme);
        let offered = self.plan.extensions.iter().any(|extension| {
            matches!(extension, Extension::SignatureAlgorithms(schemes)
                if schemes.contains(&exchange.scheme))
        });
        let holds = scheme
            .is_some_and(|scheme| verifies(&self.plan.key, scheme, &content, &exchange.signature));
        let share = exchange.share.as_slice().try_into();
        let is_x25519 = exchange.group == X25519;
        self.exchange = Some(exchange);
        match share {
            Ok(share) if is_x25519 => self.share = share,
            _ => return Err(Wrong("its share is none".to_owned(), Abort::BadKeyShare)),
        }
        if !offered {
            return Err(Wrong(
                "its scheme was not offered".to_owned(),
                Abort::NotOffered,
            ));
        }
        if !holds {
            let why = "its share's signature does not hold".to_owned();
            return Err(Wrong(why, Abort::BadSignature));
        }
        Ok(())
    }
}

impl Peer for Client {
    fn waits_before(&self, say: &Say) -> bool {
        match say {
            Say::KeyExchange => self.line.stage < self.messages() - 2,
            Say::Data(_) | Say::Close => self.line.stage < self.messages(),
            _ => false,
        }
    }

    fn say(&mut self, say: &Say) {
        if self.line.has_given_up() {
            return;
        }
        match say {
            Say::Hello => self.line.say_handshake(&self.hello().handshake()),
            Say::KeyExchange => self.say_key_exchange(),
            Say::Finished => self.line.say_finished(CLIENT, self.plan.finished),
            other => self.line.say(other, |secrets| &secrets.client),
        }
    }

    fn hear(&mut self, bytes: &[u8]) {
        self.line.ear.receive(bytes);
        while let Some(heard) = self.line.next() {
            if let Err(Wrong(what, abort)) = self.take(heard) {
                self.line.complain(&what, abort);
            }
        }
    }

    fn line(&mut self) -> &mut Line {
        &mut self.line
    }
}
