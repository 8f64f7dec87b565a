//! The grader's server.

use given::tls::{
    Abort, CertificateChain, CipherSuite, ClientHello, ClientKeyExchange, Extension,
    HandshakeMessage, Incoming, Reader, ServerHello, ServerHelloDone, ServerKeyExchange,
    SignatureScheme, TLS_1_2, X25519,
};
use given::x509::Certificate;
use sha2::{Digest, Sha256};
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

use super::{
    CLIENT, Cuts, Line, Peer, Proof, SERVER, Say, Secrets, Wrong, fresh, out_of_turn, parsed, sign,
    signed_content,
};

/// The randoms and the share that a server signs, instead of those of the session.
#[derive(Debug, Clone, Default)]
pub struct Signed {
    pub client_random: Option<[u8; 32]>,
    pub server_random: Option<[u8; 32]>,
    pub share: Option<Vec<u8>>,
}

/// What is in a server's messages.
#[derive(Clone)]
pub struct ServerPlan {
    pub version: u16,
    pub session_id: Vec<u8>,
    /// What its ServerHello says.
    pub suite: u16,
    /// What it does.
    pub exchange: CipherSuite,
    pub compression: u8,
    /// Its answers. It uses the extended master secret if that is among them.
    pub extensions: Vec<Extension>,
    pub chain: Vec<Vec<u8>>,
    pub key: &'static rsa::PrivateKey,
    pub group: u16,
    /// The share that it sends, instead of its own.
    pub share: Option<Vec<u8>>,
    /// What its ServerKeyExchange says.
    pub scheme: u16,
    /// What it signs with.
    pub signed_with: (&'static rsa::PrivateKey, SignatureScheme),
    /// What it signs that is not of this session.
    pub signed: Signed,
    /// What it gives for a signature, instead of one.
    pub signature: Option<Vec<u8>>,
    pub finished: Proof,
    pub cuts: Cuts,
    /// Whether it goes on whatever it hears.
    pub is_careless: bool,
}

impl ServerPlan {
    /// An honest server with this chain and key.
    pub fn honest(
        suite: CipherSuite,
        is_extended: bool,
        chain: &[Certificate],
        key: &'static rsa::PrivateKey,
    ) -> ServerPlan {
        let mut extensions = vec![Extension::RenegotiationInfo(vec![])];
        if is_extended {
            extensions.push(Extension::ExtendedMasterSecret);
        }
        ServerPlan {
            version: TLS_1_2,
            session_id: Vec::new(),
            suite: suite.code(),
            exchange: suite,
            compression: 0,
            extensions,
            chain: chain.iter().map(|one| one.to_der().to_vec()).collect(),
            key,
            group: X25519,
            share: None,
            scheme: SignatureScheme::RsaPkcs1Sha256.code(),
            signed_with: (key, SignatureScheme::RsaPkcs1Sha256),
            signed: Signed::default(),
            signature: None,
            finished: Proof::Honest,
            cuts: Cuts::none(),
            is_careless: false,
        }
    }

    /// What it says in a handshake, in order.
    pub fn script(&self) -> Vec<Say> {
        let mut script = vec![
            Say::Hello,
            Say::Certificate,
            Say::HelloDone,
            Say::ChangeCipherSpec,
            Say::Finished,
        ];
        if self.exchange == CipherSuite::EcdheRsaAes128GcmSha256 {
            script.insert(2, Say::KeyExchange);
        }
        script
    }

    fn is_extended(&self) -> bool {
        self.extensions.contains(&Extension::ExtendedMasterSecret)
    }
}

/// How many messages of a client's, ChangeCipherSpec included, make a handshake.
pub const FROM_CLIENT: usize = 4;

/// The grader's server.
pub struct Server {
    plan: ServerPlan,
    line: Line,
    hello: Option<ClientHello>,
    random: [u8; 32],
    secret: [u8; 32],
    /// The client's share, or its wrapped secret.
    pub key_exchange: Vec<u8>,
}

impl Server {
    /// A server that has heard nothing yet.
    pub fn new(plan: ServerPlan) -> Server {
        Server {
            line: Line::new(&plan.cuts, plan.is_careless),
            plan,
            hello: None,
            random: fresh(),
            secret: fresh(),
            key_exchange: Vec::new(),
        }
    }

    /// The ClientHello that it has heard.
    pub fn hello(&self) -> Option<&ClientHello> {
        self.hello.as_ref()
    }

    fn client_random(&self) -> [u8; 32] {
        self.hello.as_ref().map_or([0; 32], |hello| hello.random)
    }

    fn key_exchange(&self) -> ServerKeyExchange {
        let plan = &self.plan;
        let own = x25519(self.secret, X25519_BASEPOINT_BYTES).to_vec();
        let share = plan.share.clone().unwrap_or(own);
        let content = signed_content(
            &plan.signed.client_random.unwrap_or(self.client_random()),
            &plan.signed.server_random.unwrap_or(self.random),
            plan.signed.share.as_ref().unwrap_or(&share),
        );
        let (key, scheme) = plan.signed_with;
        let signature = plan.signature.clone();
        ServerKeyExchange {
            group: plan.group,
            scheme: plan.scheme,
            signature: signature.unwrap_or_else(|| sign(key, scheme, &content)),
            share,
        }
    }

    /// What is wrong with the next thing that a client has said.
    fn take(&mut self, heard: Incoming) -> Result<(), Wrong> {
        let line = &mut self.line;
        let stage = line.stage;
        line.stage += 1;
        match (stage, heard) {
            (0, Incoming::Handshake(message)) => {
                self.hello = Some(parsed(&message)?);
                line.transcript.extend(message.bytes());
                Ok(())
            }
            (1, Incoming::Handshake(message)) => {
                let ClientKeyExchange(body) = parsed(&message)?;
                line.transcript.extend(message.bytes());
                let (premaster, taken) = match self.premaster(&body) {
                    Ok(premaster) => (premaster, Ok(())),
                    Err(wrong) => (vec![0; 48], Err(wrong)),
                };
                let hash = Sha256::digest(&self.line.transcript).into();
                let hash = self.plan.is_extended().then_some(hash);
                let randoms = [self.client_random(), self.random];
                self.line.secrets = Some(Secrets::new(&premaster, randoms, hash));
                taken
            }
            (2, Incoming::ChangeCipherSpec) => {
                if let Some(secrets) = &line.secrets {
                    line.ear.open_with(secrets.client.clone());
                }
                Ok(())
            }
            (3, Incoming::Handshake(message)) => line.hear_finished(&message, CLIENT),
            (_, heard) => Err(out_of_turn(&heard, &mut line.transcript)),
        }
    }

    /// What is in a ClientKeyExchange.
    fn premaster(&mut self, body: &[u8]) -> Result<Vec<u8>, Wrong> {
        let wrong = |what: &str| Wrong(what.to_owned(), Abort::Malformed);
        let length_bytes = match self.plan.exchange {
            CipherSuite::RsaAes128GcmSha256 => 2,
            CipherSuite::EcdheRsaAes128GcmSha256 => 1,
        };
        let mut reader = Reader::new(body);
        let content = reader.vector(length_bytes);
        let content = content.and_then(|content| reader.finish().map(|()| content));
        let content = content.map_err(|_| wrong("its ClientKeyExchange is no vector"))?;
        self.key_exchange = content.to_vec();
        if self.plan.exchange == CipherSuite::EcdheRsaAes128GcmSha256 {
            let share = content.try_into();
            let share = share.map_err(|_| wrong("its share does not have 32 bytes"))?;
            return Ok(x25519(self.secret, share).to_vec());
        }
        let premaster = self.plan.key.pkcs1v15_decrypt(content);
        let premaster = premaster.map_err(|_| wrong("its secret is not wrapped to this key"))?;
        let version = self.hello.as_ref().map(|hello| hello.version.to_be_bytes());
        if premaster.len() != 48 || premaster.first_chunk() != version.as_ref() {
            return Err(wrong(
                "its premaster secret is none of the version it offered",
            ));
        }
        Ok(premaster)
    }
}

impl Peer for Server {
    fn waits_before(&self, say: &Say) -> bool {
        let needs_secrets = matches!(
            say,
            Say::ChangeCipherSpec | Say::Finished | Say::Data(_) | Say::Close
        );
        self.line.stage == 0 || needs_secrets && self.line.stage < FROM_CLIENT
    }

    fn say(&mut self, say: &Say) {
        if self.line.has_given_up() {
            return;
        }
        let plan = &self.plan;
        match say {
            Say::Hello => {
                let hello = ServerHello {
                    version: plan.version,
                    random: self.random,
                    session_id: plan.session_id.clone(),
                    cipher_suite: plan.suite,
                    compression_method: plan.compression,
                    extensions: plan.extensions.clone(),
                };
                self.line.say_handshake(&hello.handshake());
            }
            Say::Certificate => {
                let chain = CertificateChain(plan.chain.clone());
                self.line.say_handshake(&chain.handshake());
            }
            Say::KeyExchange => {
                let exchange = self.key_exchange();
                self.line.say_handshake(&exchange.handshake());
            }
            Say::HelloDone => self.line.say_handshake(&ServerHelloDone.handshake()),
            Say::Finished => self.line.say_finished(SERVER, plan.finished),
            other => self.line.say(other, |secrets| &secrets.server),
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
