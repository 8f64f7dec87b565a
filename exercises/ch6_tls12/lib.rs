//! Chapter 6 as a crate of its own, with the chapters before it from theirs. This is what the grader
//! compiles: an edit of this chapter does not compile theirs again. You need not change it.

pub use before::*;

#[path = "mod.rs"]
pub mod ch6_tls12;
