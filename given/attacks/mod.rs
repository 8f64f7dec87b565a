//! What you are given for the exercises that are attacks: arithmetic that would only distract from
//! the attack, a verifier to fool, and a client that falls back.

pub mod cube_root;
mod fall_back;
pub mod gf128;
pub mod lenient;

pub use fall_back::{OnTheWay, Relayed, carry, fall_back};
