//! Chapter 7 as a crate of its own, for the grader: if you edit this chapter, the chapters before it
//! are not compiled again. You need not change this file.

pub use before::*;

#[path = "mod.rs"]
pub mod ch7_tls13;
