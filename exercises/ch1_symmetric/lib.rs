//! Chapter 1 as a crate of its own, for the grader: if you edit a later chapter, this one is not
//! compiled again. You need not change this file.

#[path = "mod.rs"]
pub mod ch1_symmetric;
