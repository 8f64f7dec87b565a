//! What the exercises that attack are handed: arithmetic that would only be a detour, and a verifier
//! to fool.

pub mod cube_root;
pub mod gf128;
pub mod lenient;
