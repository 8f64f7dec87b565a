//! What must hold of chapter 6.

/// Wrapped premaster secrets with which something is wrong.
mod bad_secrets;
/// The parts of a handshake as the grader makes them.
mod by_hand;
/// Scripts that are not in order, and bytes that are none.
mod disorder;
/// The client and the server against honest and hostile peers: 6.7 and 6.8; what a recording gives
/// away: 6.9.
pub mod handshake;
/// Hellos of every kind.
mod hellos;
/// Peers that are not honest in one thing, and the alert that each should get.
mod lies;
/// The client and the server against OpenSSL, curl and rustls, over sockets: 6.10.
pub mod live;
/// What peers can and can't do, all of it honest.
mod manners;
/// What carries bytes between the learner and a peer, and changes them.
mod middle;
/// What a handshake is made of: 6.1 to 6.6, and 6.11.
pub mod parts;
/// The grader's own server and client.
mod peers;
/// A CA, a server and a client that trusts it, for the handshakes that are played.
mod pki;
/// Sessions that are recorded, for the wiretap.
mod recorded;
