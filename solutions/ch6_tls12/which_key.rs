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
    /// The private key of a pair, which only its owner has.
    Private(Owner),
    /// The public key of a pair, which everybody has.
    Public(Owner),
    /// A symmetric key that client and server share. The side named here seals with it.
    Shared(Sender),
}

/// The owner of a pair of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The CA that has issued the certificate.
    Ca,
    /// The server whose certificate it is.
    Server,
}

/// **6.11** Which key is used for `task`?
///
/// You have used each of them by now. If you can answer this for every task, you know what HTTPS
/// does. A client has no pair of its own here: a website asks its user for a password instead.
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
