//! The cryptography under HTTPS, chapter by chapter.
//!
//! Each module is a chapter: its page is the lesson, and its functions are the exercises.

pub mod ch1_symmetric;
pub mod ch2_asymmetric;
pub mod ch3_signatures;
pub mod ch4_key_exchange;
pub mod ch5_certificates;
pub mod ch6_tls12;
