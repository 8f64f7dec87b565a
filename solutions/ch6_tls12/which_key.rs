// 6.11 Which key is it?

use super::Sender;

/// What is done with a key, in and around a handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// The CA signs the server's certificate.
    CaSignsCertificate,
    /// The client checks the signature in it.
    ClientChecksCertificate,
    /// TLS_RSA: the client encrypts the premaster secret.
    ClientWrapsPremaster,
    /// TLS_RSA: the server decrypts it.
    ServerUnwrapsPremaster,
    /// ECDHE: the server signs its key share.
    ServerSignsShare,
    /// ECDHE: the client checks that signature.
    ClientChecksShare,
    /// The client seals its records.
    ClientSealsRecords,
    /// The server opens the client's records.
    ServerOpensRecords,
    /// The server seals its records.
    ServerSealsRecords,
    /// The client opens the server's records.
    ClientOpensRecords,
}

impl Task {
    /// All of them.
    pub const ALL: [Task; 10] = [
        Task::CaSignsCertificate,
        Task::ClientChecksCertificate,
        Task::ClientWrapsPremaster,
        Task::ServerUnwrapsPremaster,
        Task::ServerSignsShare,
        Task::ClientChecksShare,
        Task::ClientSealsRecords,
        Task::ServerOpensRecords,
        Task::ServerSealsRecords,
        Task::ClientOpensRecords,
    ];
}

/// A key of the handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// One of a pair, which only its owner has.
    Private(Owner),
    /// The other of the pair, which everybody has.
    Public(Owner),
    /// A symmetric key, which client and server have: the one that this side seals with.
    Shared(Sender),
}

/// Whose pair of keys it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The CA that has issued the certificate.
    Ca,
    /// The server whose certificate it is.
    Server,
}

/// **6.11** Which key is used for `task`?
///
/// You have used each of them by now. Whoever can answer this for every step knows what HTTPS does.
/// A client has no pair of its own here: the web asks it for a password instead.
pub fn which_key(task: Task) -> Key {
    // todo!("6.11: say which key {task:?} needs")
    match task {
        Task::CaSignsCertificate => Key::Private(Owner::Ca),
        Task::ClientChecksCertificate => Key::Public(Owner::Ca),
        Task::ClientWrapsPremaster | Task::ClientChecksShare => Key::Public(Owner::Server),
        Task::ServerUnwrapsPremaster | Task::ServerSignsShare => Key::Private(Owner::Server),
        Task::ClientSealsRecords | Task::ServerOpensRecords => Key::Shared(Sender::Client),
        Task::ServerSealsRecords | Task::ClientOpensRecords => Key::Shared(Sender::Server),
    }
}
