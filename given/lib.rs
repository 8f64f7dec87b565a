//! What you are given for the exercises, and need not edit.
//!
//! - [`attacks`]: arithmetic for the attacks of chapters 1 and 3, a verifier to fool, and a client
//!   that falls back, for exercise 7.11
//! - [`x509`]: certificates, from chapter 5 on
//! - [`tls`], [`tls12`] and [`tls13`]: messages and records, for the handshakes of chapters 6 and 7
//! - [`net`] and [`http`]: sockets and pages, for exercises 6.10 and 7.13

// It need not be called to be of use: see its documentation.
use optimized as _;

pub mod attacks;
pub mod http;
pub mod net;
pub mod tls;
pub mod tls12;
pub mod tls13;
pub mod url;
pub mod x509;
