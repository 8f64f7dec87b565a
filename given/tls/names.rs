//! Names for the numbers on the wire: versions, suites, types, alerts.

use std::fmt;

/// Version 1.2 (RFC 5246 §6.2.1), in hellos and records.
pub const TLS_1_2: u16 = 0x0303;

/// Version 1.3 (RFC 9846 §4.3.1), in `supported_versions`.
pub const TLS_1_3: u16 = 0x0304;

/// The suite of TLS 1.3 with AES-128-GCM and SHA-256 (RFC 9846 appendix B.4). A suite of TLS 1.3 is a
/// cipher and a hash. Key exchange and signature are chosen separately, so it is not a
/// [`CipherSuite`], which has all of them.
pub const TLS_AES_128_GCM_SHA256: u16 = 0x1301;

/// The group X25519 (RFC 8422 §5.1.1), in `supported_groups`, ServerKeyExchange and `key_share`.
pub const X25519: u16 = 0x001d;

/// Defines an enum whose variants each have a number on the wire.
macro_rules! named {
    (
        $(#[$about:meta])*
        pub enum $name:ident: $number:ty { $($(#[$of:meta])* $variant:ident = $code:literal,)+ }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$of])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// Its number on the wire.
            pub fn code(self) -> $number {
                match self {
                    $($name::$variant => $code,)+
                }
            }

            /// The variant with this number, if there is one.
            pub fn from_code(code: $number) -> Option<$name> {
                match code {
                    $($code => Some($name::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

named! {
    /// A way to sign in a handshake (RFC 9846 §4.3.3; in TLS 1.2 the same two bytes are a hash and
    /// an algorithm, RFC 5246 §7.4.1.4.1).
    pub enum SignatureScheme: u16 {
        /// RSASSA-PKCS1-v1_5 with SHA-256.
        RsaPkcs1Sha256 = 0x0401,
        /// RSASSA-PSS with SHA-256, under a key whose certificate says rsaEncryption.
        RsaPssRsaeSha256 = 0x0804,
    }
}

named! {
    /// How two sides agree on keys and protect records with them.
    pub enum CipherSuite: u16 {
        /// TLS_RSA_WITH_AES_128_GCM_SHA256 (RFC 5288 §3): RSA key transport.
        RsaAes128GcmSha256 = 0x009c,
        /// TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 (RFC 5289 §3.2): Diffie–Hellman, signed with RSA.
        EcdheRsaAes128GcmSha256 = 0xc02f,
    }
}

impl fmt::Display for CipherSuite {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CipherSuite::RsaAes128GcmSha256 => write!(out, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
            CipherSuite::EcdheRsaAes128GcmSha256 => {
                write!(out, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
            }
        }
    }
}

named! {
    /// What is in a record (RFC 5246 §6.2.1).
    pub enum ContentType: u8 {
        /// From the next record on, the sender's records are protected.
        ChangeCipherSpec = 20,
        /// Something ends, or has gone wrong.
        Alert = 21,
        /// Messages of the handshake, or parts of them.
        Handshake = 22,
        /// Application data: what the connection is for.
        ApplicationData = 23,
    }
}

named! {
    /// The messages of a handshake (RFC 5246 §7.4). The steps are those of TLS 1.2, which chapter 6
    /// counts. Chapter 7 counts those of TLS 1.3.
    pub enum HandshakeType: u8 {
        /// The server would like the client to say hello, or to say it again.
        HelloRequest = 0,
        /// Step 1: what the client can do.
        ClientHello = 1,
        /// Step 2: what the server has chosen.
        ServerHello = 2,
        /// A ticket to resume the session with (RFC 5077), which is not used here.
        NewSessionTicket = 4,
        /// TLS 1.3: the client's early data ends (RFC 9846 §4.6), which is not used here.
        EndOfEarlyData = 5,
        /// TLS 1.3: what else the server has chosen (RFC 9846 §4.4.1).
        EncryptedExtensions = 8,
        /// Step 3: who the server is. Step 5: who the client is, if it was asked.
        Certificate = 11,
        /// Step 4: the server's key share, signed.
        ServerKeyExchange = 12,
        /// Step 4: the server wants to know who the client is.
        CertificateRequest = 13,
        /// Step 4: the server has said all it has to say.
        ServerHelloDone = 14,
        /// The sender proves who it is: in TLS 1.3 the server (RFC 9846 §4.5.2), in TLS 1.2 the client,
        /// if it has sent a certificate, which is not used here.
        CertificateVerify = 15,
        /// Step 5: the client's key share, or the premaster secret, encrypted.
        ClientKeyExchange = 16,
        /// Step 7: both sides have seen the same handshake, and have the same keys.
        Finished = 20,
        /// The certificate's status (RFC 6066 §8), which is not used here.
        CertificateStatus = 22,
        /// TLS 1.3: the sender seals with its next key from here on (RFC 9846 §4.7.3).
        KeyUpdate = 24,
    }
}

named! {
    /// Why a side ends the connection (RFC 5246 §7.2; the last of them by later RFCs).
    pub enum Alert: u8 {
        /// The sender has sent all it had to send.
        CloseNotify = 0,
        /// A message came out of turn.
        UnexpectedMessage = 10,
        /// A record did not open.
        BadRecordMac = 20,
        /// A record was too long.
        RecordOverflow = 22,
        /// The two sides have nothing in common.
        HandshakeFailure = 40,
        /// A certificate was corrupt, or its signature was not valid.
        BadCertificate = 42,
        /// A certificate was of a kind that is not supported.
        UnsupportedCertificate = 43,
        /// A certificate was revoked.
        CertificateRevoked = 44,
        /// A certificate was not valid at this time.
        CertificateExpired = 45,
        /// Something else was wrong with a certificate.
        CertificateUnknown = 46,
        /// A field had a value that it must not have.
        IllegalParameter = 47,
        /// The chain does not end at a known CA.
        UnknownCa = 48,
        /// The certificate was valid, but its owner does not have access.
        AccessDenied = 49,
        /// A message was malformed.
        DecodeError = 50,
        /// A signature or a Finished was not valid.
        DecryptError = 51,
        /// The version is not supported.
        ProtocolVersion = 70,
        /// The server asks for more than the client offers.
        InsufficientSecurity = 71,
        /// The fault is the sender's own.
        InternalError = 80,
        /// A client tried again with an older version than both sides support (RFC 7507).
        InappropriateFallback = 86,
        /// The user has canceled the connection.
        UserCanceled = 90,
        /// The sender refuses to renegotiate. This is only a warning.
        NoRenegotiation = 100,
        /// An extension that must be there is missing (RFC 9846 §6.2).
        MissingExtension = 109,
        /// An extension was not asked for.
        UnsupportedExtension = 110,
        /// There is no such host (RFC 6066 §3).
        UnrecognizedName = 112,
        /// The peer is not known by this identity (RFC 4279).
        UnknownPskIdentity = 115,
        /// There is no application protocol in common (RFC 7301).
        NoApplicationProtocol = 120,
    }
}

/// The level of an alert that does not report an error (RFC 5246 §7.2).
pub(crate) const WARNING: u8 = 1;

/// The level of an alert that ends the connection.
pub(crate) const FATAL: u8 = 2;

impl Alert {
    /// The level with which it is sent: as a warning if it does not report an error, else as fatal (RFC
    /// 5246 §7.2).
    pub(crate) fn level(self) -> u8 {
        match self {
            Alert::CloseNotify | Alert::NoRenegotiation | Alert::UserCanceled => WARNING,
            _ => FATAL,
        }
    }
}

/// The suite that a connection has agreed on, of either version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    /// One of TLS 1.2.
    Tls12(CipherSuite),
    /// [`TLS_AES_128_GCM_SHA256`], the only one of TLS 1.3 here.
    Tls13,
}

impl From<CipherSuite> for Suite {
    fn from(suite: CipherSuite) -> Suite {
        Suite::Tls12(suite)
    }
}

impl fmt::Display for Suite {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Suite::Tls12(suite) => write!(out, "{suite}"),
            Suite::Tls13 => write!(out, "TLS_AES_128_GCM_SHA256"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Debug;

    use super::*;

    /// The codes of an enum are distinct, each leads back to its variant, and no other number leads
    /// anywhere.
    #[track_caller]
    fn check<T: Copy + Debug + PartialEq>(
        all: &[T],
        code: fn(T) -> u16,
        from_code: impl Fn(u16) -> Option<T>,
        numbers: std::ops::RangeInclusive<u16>,
    ) {
        let codes: BTreeSet<u16> = all.iter().map(|name| code(*name)).collect();
        assert_eq!(codes.len(), all.len());
        for number in numbers {
            let name = from_code(number);
            assert_eq!(name.is_some(), codes.contains(&number), "{number:#06x}");
            assert_eq!(name.map(code), name.map(|_| number));
        }
    }

    #[test]
    fn every_code_has_one_name_and_leads_back_to_it() {
        let byte = |number: u16| u8::try_from(number).expect("a byte");
        let (all, bytes) = (0..=u16::MAX, 0..=255);
        check(
            SignatureScheme::ALL,
            |name| name.code(),
            SignatureScheme::from_code,
            all.clone(),
        );
        check(
            CipherSuite::ALL,
            |name| name.code(),
            CipherSuite::from_code,
            all,
        );
        let from = |number| ContentType::from_code(byte(number));
        check(
            ContentType::ALL,
            |name| name.code().into(),
            from,
            bytes.clone(),
        );
        let from = |number| HandshakeType::from_code(byte(number));
        check(
            HandshakeType::ALL,
            |name| name.code().into(),
            from,
            bytes.clone(),
        );
        let from = |number| Alert::from_code(byte(number));
        check(Alert::ALL, |name| name.code().into(), from, bytes);
    }

    #[test]
    fn the_suites_have_the_names_of_the_registry() {
        let names: Vec<String> = CipherSuite::ALL.iter().map(ToString::to_string).collect();
        let expected = [
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        ];
        assert_eq!(names, expected);
    }
}
