//! What is measured: the names of the groups and of their operations, and the sizes.
//!
//! The files that measure and the files that show the results both use these names, and have
//! nothing else in common.

/// An operation that is measured.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The question that it belongs to, which is the first part of criterion's name for it.
    pub group: &'static str,
    /// What is done, and by which library if it isn't ours.
    pub name: &'static str,
    /// The size of its input: bytes of a message, or bits of a key. 0 if neither says anything.
    pub size: usize,
    /// How many bytes it protects: AES-128-GCM gets as many for the comparison. 0 if there is
    /// nothing to compare.
    pub bytes: usize,
}

/// What does it cost to hide the same bytes?
pub mod encryption {
    /// The name of this group.
    pub const GROUP: &str = "encryption";

    /// The yardstick of the whole summary.
    pub const AES_SEAL: &str = "AES-128-GCM seal";
    /// The same, by a contender.
    pub const AES_SEAL_RING: &str = "AES-128-GCM seal, ring";
    /// The other direction.
    pub const AES_OPEN: &str = "AES-128-GCM open";
    /// With the public key.
    pub const RSA_ENCRYPT: &str = "RSA-2048-OAEP encrypt";
    /// With the private key.
    pub const RSA_DECRYPT: &str = "RSA-2048-OAEP decrypt";
    /// Both together.
    pub const HYBRID_SEAL: &str = "hybrid seal";
    /// The other direction.
    pub const HYBRID_OPEN: &str = "hybrid open";
    /// No encryption at all: the bytes are copied.
    pub const COPY: &str = "memcpy";

    /// The most that RSA-2048-OAEP with SHA-256 encrypts at a time (RFC 8017 §7.1.1).
    pub const RSA_BLOCK: usize = 190;
    /// The largest plaintext of a TLS record.
    pub const RECORD: usize = 16 << 10;
    /// The largest message that is cut into blocks for RSA.
    pub const MOST_FOR_RSA: usize = 4 << 10;
    /// The longest message.
    pub const LONGEST: usize = 1 << 20;
    /// The messages.
    pub const SIZES: [usize; 6] = [16, RSA_BLOCK, MOST_FOR_RSA, RECORD, 64 << 10, LONGEST];
}

/// What does it cost to vouch for the same bytes?
pub mod signatures {
    /// The name of this group.
    pub const GROUP: &str = "signatures";

    /// Signing, as most certificates are signed, with our crate.
    pub const SIGN: &str = "RSA-2048 PKCS1 v1.5 sign";
    /// And checking that.
    pub const VERIFY: &str = "RSA-2048 PKCS1 v1.5 verify";

    /// How many bytes are signed.
    pub const BYTES: usize = 4 << 10;
}

/// What does a longer key cost?
pub mod growth {
    /// The name of this group.
    pub const GROUP: &str = "growth";

    /// Generating a pair of keys.
    pub const GENERATION: &str = "RSA key generation";
    /// What everybody can do: encrypt and verify.
    pub const PUBLIC: &str = "RSA public operation";
    /// What the owner can do: decrypt and sign.
    pub const PRIVATE: &str = "RSA private operation";

    /// The sizes of keys, in bits.
    pub const BITS: [usize; 4] = [1024, 2048, 3072, 4096];

    /// The cost of an operation on keys of n bits: n to which power?
    pub const THEORY: [(&str, u32); 3] = [(PUBLIC, 2), (PRIVATE, 3), (GENERATION, 4)];
}

/// What does it cost to agree on a key?
pub mod key_exchange {
    /// The name of this group.
    pub const GROUP: &str = "key exchange";

    /// One side of an exchange.
    pub const X25519: &str = "X25519, share and secret";
    /// One side of an exchange.
    pub const FFDHE: &str = "ffdhe2048, share and secret";
    /// The client's side.
    pub const TRANSPORT_CLIENT: &str = "RSA-2048 key transport, client";
    /// The server's side.
    pub const TRANSPORT_SERVER: &str = "RSA-2048 key transport, server";

    /// The bytes that are agreed on: in TLS 1.2, the premaster secret of RSA key transport has 48,
    /// and those of the others have 32 and 256.
    pub const SECRET: usize = 48;
}

/// What does a whole handshake cost, and how much of that is cryptography?
pub mod handshake {
    /// The name of this group.
    pub const GROUP: &str = "handshake";

    /// A whole handshake, and its operations alone.
    pub const ECDHE: [&str; 2] = ["TLS_ECDHE_RSA, both sides", "TLS_ECDHE_RSA, its operations"];
    /// A whole handshake, and its operations alone.
    pub const RSA: [&str; 2] = ["TLS_RSA, both sides", "TLS_RSA, its operations"];
    /// A whole handshake, by a library that is used in production, with each of the contenders.
    pub const RUSTLS: [&str; 2] = [
        "TLS_ECDHE_RSA, both sides, rustls with ring",
        "TLS_ECDHE_RSA, both sides, rustls with aws-lc-rs",
    ];
    /// A whole handshake of TLS 1.3, and its operations alone.
    pub const TLS_13: [&str; 2] = ["TLS 1.3, both sides", "TLS 1.3, its operations"];
    /// A whole handshake of TLS 1.3, by the same.
    pub const RUSTLS_13: [&str; 2] = [
        "TLS 1.3, both sides, rustls with ring",
        "TLS 1.3, both sides, rustls with aws-lc-rs",
    ];
    /// The round trips before the client can send its request, in TLS 1.2 and in TLS 1.3. The round
    /// trip of TCP comes before either.
    pub const ROUND_TRIPS: [u32; 2] = [2, 1];
    /// A record, and the same bytes without a record around them.
    pub const SEAL: [&str; 2] = ["record seal", "record seal, aes-gcm alone"];
    /// A record, and the same bytes without a record around them.
    pub const OPEN: [&str; 2] = ["record open", "record open, aes-gcm alone"];
    /// A record of TLS 1.3, and only exercise 1.3 on the same bytes.
    pub const SEAL_13: [&str; 2] = ["TLS 1.3 record seal", "TLS 1.3 record seal, `seal` alone"];
    /// A record of TLS 1.3, and only exercise 1.3 on the same bytes.
    pub const OPEN_13: [&str; 2] = ["TLS 1.3 record open", "TLS 1.3 record open, `open` alone"];
}
