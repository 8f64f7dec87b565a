//! The messages of the handshake (RFC 5246 §7.4): what is in them, and their bytes.

use super::codec::{Malformed, Reader, Writer};
use super::connection::Abort;
use super::names::{ContentType, HandshakeType};
use super::wire::Passed;

/// A message of the handshake, as it was or will be on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handshake {
    kind: u8,
    bytes: Vec<u8>,
}

/// Type and length, before the body of each message.
pub(super) const HEADER: usize = 4;

impl Handshake {
    /// The message with this type and body.
    pub fn new(kind: HandshakeType, body: &[u8]) -> Handshake {
        let bytes = Writer::new().u8(kind.code()).vector(3, body).finish();
        Handshake {
            kind: kind.code(),
            bytes,
        }
    }

    /// The first message in `bytes`, and how long it is, if all of it is there.
    pub(super) fn first_in(bytes: &[u8]) -> Option<Handshake> {
        let mut reader = Reader::new(bytes);
        let kind = reader.u8().ok()?;
        let body = reader.vector(3).ok()?;
        Some(Handshake {
            kind,
            bytes: bytes[..HEADER + body.len()].to_vec(),
        })
    }

    /// The message that has passed, if it was one.
    pub(crate) fn passed(passed: &Passed) -> Option<Handshake> {
        match passed.content_type {
            ContentType::Handshake => Handshake::first_in(&passed.content),
            _ => None,
        }
    }

    /// Its type, if it has a name.
    pub fn kind(&self) -> Option<HandshakeType> {
        HandshakeType::from_code(self.kind)
    }

    /// All of it, header and body: what goes into the transcript.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What follows the header.
    pub fn body(&self) -> &[u8] {
        &self.bytes[HEADER..]
    }

    /// The message as an `M`.
    ///
    /// # Errors
    /// [`Abort::UnexpectedMessage`] where it is another one, [`Abort::Malformed`] where its body is
    /// not of the form.
    pub fn parse<M: HandshakeMessage>(&self) -> Result<M, Abort> {
        if self.kind != M::TYPE.code() {
            return Err(Abort::UnexpectedMessage);
        }
        Ok(M::read(self.body())?)
    }
}

/// A message whose form is known.
pub trait HandshakeMessage: Sized {
    /// Its type.
    const TYPE: HandshakeType;

    /// Reads a body.
    ///
    /// # Errors
    /// It is not of this form, or something follows it.
    fn read(body: &[u8]) -> Result<Self, Malformed>;

    /// Writes the body.
    fn body(&self) -> Vec<u8>;

    /// The whole message.
    fn handshake(&self) -> Handshake {
        Handshake::new(Self::TYPE, &self.body())
    }
}

/// What a hello may carry beyond its fixed fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extension {
    /// `server_name`: the host that the client wants (RFC 6066 §3). A server confirms it with an
    /// empty one.
    ServerName(Option<String>),
    /// `supported_groups`: the groups for Diffie–Hellman (RFC 8422 §5.1.1).
    SupportedGroups(Vec<u16>),
    /// `ec_point_formats`: of which only 0 is left (RFC 8422 §5.1.2).
    EcPointFormats(Vec<u8>),
    /// `signature_algorithms`: how the server may sign (RFC 5246 §7.4.1.4.1).
    SignatureAlgorithms(Vec<u16>),
    /// `extended_master_secret`: bind the master secret to the handshake (RFC 7627).
    ExtendedMasterSecret,
    /// `renegotiation_info`: what handshake this one continues, empty for a first one (RFC 5746).
    RenegotiationInfo(Vec<u8>),
    /// Another one.
    Other {
        /// What stands for it on the wire.
        code: u16,
        /// What is in it.
        body: Vec<u8>,
    },
}

impl Extension {
    /// What stands for it on the wire.
    pub fn code(&self) -> u16 {
        match self {
            Extension::ServerName(_) => 0x0000,
            Extension::SupportedGroups(_) => 0x000a,
            Extension::EcPointFormats(_) => 0x000b,
            Extension::SignatureAlgorithms(_) => 0x000d,
            Extension::ExtendedMasterSecret => 0x0017,
            Extension::RenegotiationInfo(_) => 0xff01,
            Extension::Other { code, .. } => *code,
        }
    }

    fn body(&self) -> Vec<u8> {
        let writer = Writer::new();
        match self {
            Extension::ServerName(Some(name)) => {
                let entry = Writer::new().u8(0).vector(2, name.as_bytes()).finish();
                writer.vector(2, &entry)
            }
            Extension::ServerName(None) | Extension::ExtendedMasterSecret => writer,
            Extension::SupportedGroups(groups) => writer.numbers(2, groups),
            Extension::EcPointFormats(formats) => writer.vector(1, formats),
            Extension::SignatureAlgorithms(schemes) => writer.numbers(2, schemes),
            Extension::RenegotiationInfo(verify_data) => writer.vector(1, verify_data),
            Extension::Other { body, .. } => writer.bytes(body),
        }
        .finish()
    }

    fn read(code: u16, body: &[u8]) -> Result<Extension, Malformed> {
        let mut reader = Reader::new(body);
        let extension = match code {
            0x0000 if body.is_empty() => Extension::ServerName(None),
            0x0000 => Extension::ServerName(Some(host_name(&mut reader)?)),
            0x000a => Extension::SupportedGroups(reader.numbers(2)?),
            0x000b => Extension::EcPointFormats(reader.vector(1)?.to_vec()),
            0x000d => Extension::SignatureAlgorithms(reader.numbers(2)?),
            0x0017 => Extension::ExtendedMasterSecret,
            0xff01 => Extension::RenegotiationInfo(reader.vector(1)?.to_vec()),
            code => {
                let body = reader.take(body.len())?.to_vec();
                Extension::Other { code, body }
            }
        };
        reader.finish()?;
        Ok(extension)
    }
}

/// The list of `server_name` may hold names of several types, but only one of each, and only the
/// type of host names was ever defined.
fn host_name(reader: &mut Reader<'_>) -> Result<String, Malformed> {
    let mut list = Reader::new(reader.vector(2)?);
    if list.u8()? != 0 {
        return Err(Malformed);
    }
    let name = list.vector(2)?.to_vec();
    list.finish()?;
    String::from_utf8(name).map_err(|_| Malformed)
}

/// The extensions at the end of a hello. None at all, and there is no list either.
fn read_extensions(reader: &mut Reader<'_>) -> Result<Vec<Extension>, Malformed> {
    if reader.is_empty() {
        return Ok(vec![]);
    }
    let mut list = Reader::new(reader.vector(2)?);
    let mut extensions: Vec<Extension> = Vec::new();
    while !list.is_empty() {
        let extension = Extension::read(list.u16()?, list.vector(2)?)?;
        // No extension may stand there twice (RFC 5246 §7.4.1.4).
        if extensions
            .iter()
            .any(|other| other.code() == extension.code())
        {
            return Err(Malformed);
        }
        extensions.push(extension);
    }
    Ok(extensions)
}

fn write_extensions(writer: Writer, extensions: &[Extension]) -> Writer {
    if extensions.is_empty() {
        return writer;
    }
    let list = extensions.iter().fold(Writer::new(), |list, extension| {
        list.u16(extension.code()).vector(2, &extension.body())
    });
    writer.vector(2, &list.finish())
}

/// Step 1: what the client can do (RFC 5246 §7.4.1.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientHello {
    /// The highest version it speaks.
    pub version: u16,
    /// 32 bytes that it has never used before.
    pub random: [u8; 32],
    /// The session it would like to resume: empty here.
    pub session_id: Vec<u8>,
    /// The suites, the one it likes best first.
    pub cipher_suites: Vec<u16>,
    /// Ways to compress, of which only 0, not at all, is left.
    pub compression_methods: Vec<u8>,
    /// What else it has to say.
    pub extensions: Vec<Extension>,
}

impl HandshakeMessage for ClientHello {
    const TYPE: HandshakeType = HandshakeType::ClientHello;

    fn read(body: &[u8]) -> Result<ClientHello, Malformed> {
        let mut reader = Reader::new(body);
        let hello = ClientHello {
            version: reader.u16()?,
            random: reader.array()?,
            session_id: session_id(&mut reader)?,
            cipher_suites: reader.numbers(2)?,
            compression_methods: reader.vector(1)?.to_vec(),
            extensions: read_extensions(&mut reader)?,
        };
        reader.finish()?;
        if hello.compression_methods.is_empty() {
            return Err(Malformed);
        }
        Ok(hello)
    }

    fn body(&self) -> Vec<u8> {
        let writer = Writer::new()
            .u16(self.version)
            .bytes(&self.random)
            .vector(1, &self.session_id)
            .numbers(2, &self.cipher_suites)
            .vector(1, &self.compression_methods);
        write_extensions(writer, &self.extensions).finish()
    }
}

fn session_id(reader: &mut Reader<'_>) -> Result<Vec<u8>, Malformed> {
    let id = reader.vector(1)?;
    if id.len() > 32 {
        return Err(Malformed);
    }
    Ok(id.to_vec())
}

/// Step 2: what the server has chosen (RFC 5246 §7.4.1.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerHello {
    /// The version of this connection.
    pub version: u16,
    /// 32 bytes that it has never used before.
    pub random: [u8; 32],
    /// A name for this session, if it can be resumed: empty here.
    pub session_id: Vec<u8>,
    /// The suite of this connection.
    pub cipher_suite: u16,
    /// 0: nothing is compressed.
    pub compression_method: u8,
    /// Its answers to the client's extensions.
    pub extensions: Vec<Extension>,
}

impl HandshakeMessage for ServerHello {
    const TYPE: HandshakeType = HandshakeType::ServerHello;

    fn read(body: &[u8]) -> Result<ServerHello, Malformed> {
        let mut reader = Reader::new(body);
        let hello = ServerHello {
            version: reader.u16()?,
            random: reader.array()?,
            session_id: session_id(&mut reader)?,
            cipher_suite: reader.u16()?,
            compression_method: reader.u8()?,
            extensions: read_extensions(&mut reader)?,
        };
        reader.finish()?;
        Ok(hello)
    }

    fn body(&self) -> Vec<u8> {
        let writer = Writer::new()
            .u16(self.version)
            .bytes(&self.random)
            .vector(1, &self.session_id)
            .u16(self.cipher_suite)
            .u8(self.compression_method);
        write_extensions(writer, &self.extensions).finish()
    }
}

/// Step 3: who the server is (RFC 5246 §7.4.2).
///
/// It has no reader here: reading it is exercise 6.1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateChain(
    /// The certificates in DER: the server's first, then each the issuer of the one before.
    pub Vec<Vec<u8>>,
);

impl CertificateChain {
    /// The whole message.
    pub fn handshake(&self) -> Handshake {
        let list = self.0.iter().fold(Writer::new(), |list, certificate| {
            list.vector(3, certificate)
        });
        let body = Writer::new().vector(3, &list.finish()).finish();
        Handshake::new(HandshakeType::Certificate, &body)
    }
}

/// Step 4, with ECDHE: the server's key share, signed (RFC 8422 §5.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerKeyExchange {
    /// The named group, which the client must have offered.
    pub group: u16,
    /// The key share: with X25519 it has 32 bytes.
    pub share: Vec<u8>,
    /// How it is signed, which the client must have offered.
    pub scheme: u16,
    /// The signature over both randoms, the group and the share.
    pub signature: Vec<u8>,
}

/// The way to name a group, in ServerKeyExchange (RFC 8422 §5.4): by its number. No other is left.
const NAMED_CURVE: u8 = 3;

impl HandshakeMessage for ServerKeyExchange {
    const TYPE: HandshakeType = HandshakeType::ServerKeyExchange;

    fn read(body: &[u8]) -> Result<ServerKeyExchange, Malformed> {
        let mut reader = Reader::new(body);
        if reader.u8()? != NAMED_CURVE {
            return Err(Malformed);
        }
        let message = ServerKeyExchange {
            group: reader.u16()?,
            share: reader.vector(1)?.to_vec(),
            scheme: reader.u16()?,
            signature: reader.vector(2)?.to_vec(),
        };
        reader.finish()?;
        Ok(message)
    }

    fn body(&self) -> Vec<u8> {
        Writer::new()
            .u8(NAMED_CURVE)
            .u16(self.group)
            .vector(1, &self.share)
            .u16(self.scheme)
            .vector(2, &self.signature)
            .finish()
    }
}

/// Step 4: the server has said all it has to say (RFC 5246 §7.4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerHelloDone;

impl HandshakeMessage for ServerHelloDone {
    const TYPE: HandshakeType = HandshakeType::ServerHelloDone;

    fn read(body: &[u8]) -> Result<ServerHelloDone, Malformed> {
        Reader::new(body).finish()?;
        Ok(ServerHelloDone)
    }

    fn body(&self) -> Vec<u8> {
        vec![]
    }
}

/// Step 5 (RFC 5246 §7.4.7). What is in it depends on the suite, and reading that is your task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientKeyExchange(
    /// With RSA a vector with 2 bytes of length, the encrypted premaster secret; with ECDHE one
    /// with 1 byte of length, the client's key share.
    pub Vec<u8>,
);

impl HandshakeMessage for ClientKeyExchange {
    const TYPE: HandshakeType = HandshakeType::ClientKeyExchange;

    fn read(body: &[u8]) -> Result<ClientKeyExchange, Malformed> {
        Ok(ClientKeyExchange(body.to_vec()))
    }

    fn body(&self) -> Vec<u8> {
        self.0.clone()
    }
}

/// Step 7: both have seen the same handshake, and have the same keys (RFC 5246 §7.4.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished(
    /// Made of the master secret and the transcript.
    pub [u8; 12],
);

impl HandshakeMessage for Finished {
    const TYPE: HandshakeType = HandshakeType::Finished;

    fn read(body: &[u8]) -> Result<Finished, Malformed> {
        body.try_into().map(Finished).map_err(|_| Malformed)
    }

    fn body(&self) -> Vec<u8> {
        self.0.to_vec()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
        vec(any::<u8>(), 0..=most)
    }

    fn numbers() -> impl Strategy<Value = Vec<u16>> {
        vec(any::<u16>(), 1..=8)
    }

    /// Extensions of every kind, none of them twice.
    fn extensions() -> impl Strategy<Value = Vec<Extension>> {
        let other = (any::<u16>(), bytes(20));
        let known = prop_oneof![
            Just(Extension::ServerName(None)),
            "[a-zé.]{0,20}".prop_map(|name| Extension::ServerName(Some(name))),
            numbers().prop_map(Extension::SupportedGroups),
            bytes(4).prop_map(Extension::EcPointFormats),
            numbers().prop_map(Extension::SignatureAlgorithms),
            Just(Extension::ExtendedMasterSecret),
            bytes(24).prop_map(Extension::RenegotiationInfo),
            other.prop_map(|(code, body)| Extension::Other { code, body }),
        ];
        vec(known, 0..=6).prop_map(|mut extensions| {
            extensions.sort_by_key(Extension::code);
            extensions.dedup_by_key(|extension| extension.code());
            // Under a code that has a name here, another form would be read.
            extensions.retain(|extension| match extension {
                Extension::Other { code, body } => {
                    matches!(Extension::read(*code, body), Ok(Extension::Other { .. }))
                }
                _ => true,
            });
            extensions
        })
    }

    prop_compose! {
        fn client_hello()(
            version: u16, random: [u8; 32], session_id in bytes(32), cipher_suites in numbers(),
            compression_methods in vec(any::<u8>(), 1..=3), extensions in extensions()
        ) -> ClientHello {
            ClientHello {
                version, random, session_id, cipher_suites, compression_methods, extensions,
            }
        }
    }

    prop_compose! {
        fn server_hello()(
            version: u16, random: [u8; 32], session_id in bytes(32), cipher_suite: u16,
            compression_method: u8, extensions in extensions()
        ) -> ServerHello {
            ServerHello {
                version, random, session_id, cipher_suite, compression_method, extensions,
            }
        }
    }

    prop_compose! {
        fn server_key_exchange()(
            group: u16, share in bytes(255), scheme: u16, signature in bytes(300)
        ) -> ServerKeyExchange {
            ServerKeyExchange { group, share, scheme, signature }
        }
    }

    /// The message reads back; cut anywhere but at `ends`, or with a byte added, it does not.
    #[track_caller]
    fn check<M: HandshakeMessage + Debug + PartialEq>(message: &M, ends: &[usize]) {
        let whole = message.handshake();
        assert_eq!(whole.kind(), Some(M::TYPE));
        assert_eq!(whole.body(), message.body());
        assert_eq!(whole.parse::<M>().as_ref(), Ok(message));

        let body = message.body();
        for end in (0..body.len()).filter(|end| !ends.contains(end)) {
            assert_eq!(M::read(&body[..end]), Err(Malformed), "cut at {end}");
        }
        for added in [0, 1, 0xff] {
            assert_eq!(M::read(&[&body[..], &[added]].concat()), Err(Malformed));
        }
        let other = Handshake::new(HandshakeType::HelloRequest, &body);
        assert_eq!(other.parse::<M>(), Err(Abort::UnexpectedMessage));
    }

    /// What is read of any bytes says the same when it is written and read again.
    fn read_any<M: HandshakeMessage + Debug + PartialEq>(body: &[u8]) {
        let message = Handshake::new(M::TYPE, body);
        if let Ok(read) = message.parse::<M>() {
            assert_eq!(M::read(&read.body()), Ok(read));
        }
    }

    fn read_as_every_message(body: &[u8]) {
        read_any::<ClientHello>(body);
        read_any::<ServerHello>(body);
        read_any::<ServerKeyExchange>(body);
        read_any::<ServerHelloDone>(body);
        read_any::<ClientKeyExchange>(body);
        read_any::<Finished>(body);
    }

    proptest! {
        #[test]
        fn a_client_hello_reads_back(hello in client_hello()) {
            // A hello may end before its extensions (RFC 5246 §7.4.1.2).
            let without = ClientHello { extensions: vec![], ..hello.clone() };
            check(&hello, &[without.body().len()]);
        }

        #[test]
        fn a_server_hello_reads_back(hello in server_hello()) {
            let without = ServerHello { extensions: vec![], ..hello.clone() };
            check(&hello, &[without.body().len()]);
        }

        #[test]
        fn a_server_key_exchange_reads_back(exchange in server_key_exchange()) {
            check(&exchange, &[]);
        }

        #[test]
        fn a_finished_reads_back(verify_data: [u8; 12]) {
            check(&Finished(verify_data), &[]);
        }

        #[test]
        fn an_extension_reads_back(extensions in extensions()) {
            for extension in extensions {
                let (code, body) = (extension.code(), extension.body());
                prop_assert_eq!(Extension::read(code, &body), Ok(extension));
            }
        }

        #[test]
        fn a_client_key_exchange_is_whatever_is_in_it(body in bytes(300)) {
            let message = ClientKeyExchange(body);
            prop_assert_eq!(message.handshake().parse(), Ok(message));
        }

        #[test]
        fn a_chain_is_vectors_in_a_vector(chain in vec(bytes(300), 0..=4)) {
            let message = CertificateChain(chain.clone()).handshake();
            prop_assert_eq!(message.kind(), Some(HandshakeType::Certificate));
            let mut body = Reader::new(message.body());
            let mut list = Reader::new(body.vector(3).expect("a list"));
            prop_assert_eq!(body.finish(), Ok(()));
            for certificate in chain {
                prop_assert_eq!(list.vector(3), Ok(&certificate[..]));
            }
            prop_assert_eq!(list.finish(), Ok(()));
        }

        #[test]
        fn any_bytes_are_read_or_malformed(body in bytes(120), code: u16) {
            read_as_every_message(&body);
            for code in [0x0000, 0x000a, 0x000b, 0x000d, 0x0017, 0xff01, code] {
                if let Ok(extension) = Extension::read(code, &body) {
                    prop_assert_eq!(extension.code(), code);
                    prop_assert_eq!(Extension::read(code, &extension.body()), Ok(extension));
                }
            }
        }

        #[test]
        fn a_changed_message_is_read_or_malformed(
            client in client_hello(), server in server_hello(), exchange in server_key_exchange(),
            place: Index, byte: u8
        ) {
            for mut body in [client.body(), server.body(), exchange.body()] {
                let place = place.index(body.len());
                body[place] = byte;
                read_as_every_message(&body);
            }
        }

        #[test]
        fn the_first_message_is_found_when_all_of_it_is_there(
            body in bytes(40), more in bytes(10), kind in 0..=255_u8
        ) {
            let message = Writer::new().u8(kind).vector(3, &body).finish();
            for end in 0..message.len() {
                prop_assert_eq!(Handshake::first_in(&message[..end]), None);
            }
            let found = Handshake::first_in(&[&message[..], &more].concat()).expect("all of it");
            prop_assert_eq!(found.bytes(), &message[..]);
            prop_assert_eq!(found.body(), &body[..]);
            prop_assert_eq!(found.kind(), HandshakeType::from_code(kind));
        }
    }

    #[test]
    fn a_server_hello_done_is_empty() {
        check(&ServerHelloDone, &[]);
        assert_eq!(ServerHelloDone.handshake().bytes(), [14, 0, 0, 0]);
    }

    fn hello_with(extensions: &[Extension]) -> ClientHello {
        ClientHello {
            version: 0x0303,
            random: [7; 32],
            session_id: vec![],
            cipher_suites: vec![0x009c],
            compression_methods: vec![0],
            extensions: extensions.to_vec(),
        }
    }

    #[test]
    fn no_extension_stands_there_twice() {
        let other = Extension::Other {
            code: 0x0010,
            body: vec![],
        };
        for twice in [
            Extension::ExtendedMasterSecret,
            other,
            Extension::ServerName(None),
        ] {
            let body = hello_with(&[twice.clone(), twice]).body();
            assert_eq!(ClientHello::read(&body), Err(Malformed));
        }
    }

    #[test]
    fn a_hello_has_a_suite_and_a_method_and_a_short_session() {
        let without_suite = ClientHello {
            cipher_suites: vec![],
            ..hello_with(&[])
        };
        let without_method = ClientHello {
            compression_methods: vec![],
            ..hello_with(&[])
        };
        let long_session = ClientHello {
            session_id: vec![0; 33],
            ..hello_with(&[])
        };
        for hello in [without_suite, without_method, long_session] {
            assert_eq!(ClientHello::read(&hello.body()), Err(Malformed));
        }
    }

    #[test]
    fn a_server_name_is_one_host() {
        let read = |body: &[u8]| Extension::read(0x0000, body);
        assert_eq!(
            read(b"\0\x04\0\0\x01a"),
            Ok(Extension::ServerName(Some("a".to_owned())))
        );
        // Another type of name, two names, bytes that are no text, no name in the list.
        for malformed in [
            &b"\0\x04\x01\0\x01a"[..],
            b"\0\x08\0\0\x01a\0\0\x01b",
            b"\0\x04\0\0\x01\xff",
            b"\0\0",
        ] {
            assert_eq!(read(malformed), Err(Malformed));
        }
    }
}
