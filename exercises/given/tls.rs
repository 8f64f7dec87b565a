//! What TLS 1.2 puts on the wire: names for its numbers, and the forms of its messages.

mod names;

pub use names::SignatureScheme;
