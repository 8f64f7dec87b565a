// 7.14 Which secret is it?

/// What is done with a secret in a handshake of TLS 1.3, and after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Either side derives the salt with which the shared secret is extracted. There is no
    /// pre-shared key.
    DeriveFirstSalt,
    /// Either side derives the traffic secrets for the handshake.
    DeriveHandshakeTraffic,
    /// The server seals its Certificate.
    ServerSealsCertificate,
    /// The client opens it.
    ClientOpensCertificate,
    /// The server makes its CertificateVerify.
    ServerSignsTranscript,
    /// The server computes the content of its Finished.
    ServerMakesFinished,
    /// The client checks it.
    ClientChecksFinished,
    /// The client computes the content of its own Finished.
    ClientMakesFinished,
    /// The server checks it.
    ServerChecksFinished,
    /// The client seals the record with its Finished.
    ClientSealsFinished,
    /// The server opens that record.
    ServerOpensFinished,
    /// Either side derives the traffic secrets for data.
    DeriveApplicationTraffic,
    /// The client seals data.
    ClientSealsData,
    /// The server opens it.
    ServerOpensData,
    /// The server seals data.
    ServerSealsData,
    /// The client opens it.
    ClientOpensData,
}

impl Task {
    /// All of them.
    pub const ALL: [Task; 16] = [
        Task::DeriveFirstSalt,
        Task::DeriveHandshakeTraffic,
        Task::ServerSealsCertificate,
        Task::ClientOpensCertificate,
        Task::ServerSignsTranscript,
        Task::ServerMakesFinished,
        Task::ClientChecksFinished,
        Task::ClientMakesFinished,
        Task::ServerChecksFinished,
        Task::ClientSealsFinished,
        Task::ServerOpensFinished,
        Task::DeriveApplicationTraffic,
        Task::ClientSealsData,
        Task::ServerOpensData,
        Task::ServerSealsData,
        Task::ClientOpensData,
    ];
}

/// A secret: one of the tree, or the private key, which is not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// The early secret.
    Early,
    /// The handshake secret.
    Handshake,
    /// The main secret.
    Main,
    /// The client's traffic secret for the handshake.
    ClientHandshakeTraffic,
    /// The server's traffic secret for the handshake.
    ServerHandshakeTraffic,
    /// The client's traffic secret for application data.
    ClientApplicationTraffic,
    /// The server's traffic secret for application data.
    ServerApplicationTraffic,
    /// The private key of the server's certificate.
    PrivateKey,
}

/// The parties that know a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownTo {
    /// Everybody in the world.
    Everybody,
    /// The two sides of this connection.
    BothSides,
    /// The server and nobody else.
    ServerAlone,
}

/// When a secret comes into existence: the last message that it depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// It does not depend on any message. It exists before the connection does.
    TheStart,
    /// It depends on the shares in the hellos, or on the hellos themselves.
    ServerHello,
    /// It depends on the server's Finished.
    ServerFinished,
}

/// The answer for one task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The secret that the task uses.
    pub secret: Secret,
    /// The parties that know that secret.
    pub known_to: KnownTo,
    /// The point from which they know it.
    pub since: Since,
}

/// **7.14** Which secret is used for `task`, who knows it, and since when?
///
/// For a task that uses a key, name the secret from which the key is derived: a record key and a
/// Finished key are derived from a traffic secret. For a task that derives a secret, name the one
/// that it is derived from.
///
/// If you can answer this for every task, you know what each part of the tree is for. What can be
/// read in a recording once one of these secrets has leaked?
pub fn which_secret(task: Task) -> Answer {
    // todo!("7.14: say which secret {task:?} needs, who knows it, and since when")
    let (secret, known_to, since) = match task {
        Task::DeriveFirstSalt => (Secret::Early, KnownTo::Everybody, Since::TheStart),
        Task::DeriveHandshakeTraffic => (Secret::Handshake, KnownTo::BothSides, Since::ServerHello),
        Task::ServerSignsTranscript => (Secret::PrivateKey, KnownTo::ServerAlone, Since::TheStart),
        Task::ServerSealsCertificate
        | Task::ClientOpensCertificate
        | Task::ServerMakesFinished
        | Task::ClientChecksFinished => (
            Secret::ServerHandshakeTraffic,
            KnownTo::BothSides,
            Since::ServerHello,
        ),
        Task::ClientMakesFinished
        | Task::ServerChecksFinished
        | Task::ClientSealsFinished
        | Task::ServerOpensFinished => (
            Secret::ClientHandshakeTraffic,
            KnownTo::BothSides,
            Since::ServerHello,
        ),
        // The main secret is below the handshake secret, and depends on no further message.
        Task::DeriveApplicationTraffic => (Secret::Main, KnownTo::BothSides, Since::ServerHello),
        Task::ClientSealsData | Task::ServerOpensData => (
            Secret::ClientApplicationTraffic,
            KnownTo::BothSides,
            Since::ServerFinished,
        ),
        Task::ServerSealsData | Task::ClientOpensData => (
            Secret::ServerApplicationTraffic,
            KnownTo::BothSides,
            Since::ServerFinished,
        ),
    };
    Answer {
        secret,
        known_to,
        since,
    }
}
