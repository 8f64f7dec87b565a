//! What the learner is handed and need not edit.

pub mod gf128;
