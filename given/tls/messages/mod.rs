//! The messages that all versions of the handshake have: the two hellos, and their extensions.

pub(crate) mod extension;
mod hello;

#[cfg(test)]
pub(crate) mod tests;

pub use extension::{Extension, KeyShare};
pub use hello::{ClientHello, HELLO_RETRY_REQUEST, ServerHello};
