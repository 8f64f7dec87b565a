//! What the learner is handed and need not edit.

pub mod attacks;
pub mod http;
pub mod net;
pub mod tls;
pub mod tls12;
pub mod x509;
