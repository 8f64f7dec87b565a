//! What both examples need.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::panic;
use std::process;

use given::tls::CipherSuite;

use crate::subject::ch7_tls13::Versions;

/// What the standard library's `todo!` puts before its message, which begins with a number here.
const TODO: &str = "not yet implemented: ";

/// Makes the program say what is missing if it reaches a `todo!`, in place of the dump of a panic.
pub fn expect_todos() {
    let dump = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let payload = panic.payload();
        let fixed = payload.downcast_ref::<&str>().copied();
        let message = payload.downcast_ref().map(String::as_str).or(fixed);
        let todo = message.and_then(|message| message.strip_prefix(TODO));
        match todo.and_then(|todo| todo.split_once(": ")) {
            Some((id, _)) => fail(format!(
                "this calls exercise {id}, which is not solved yet.\n       \
                 Grade it with `cargo test {id}`, or let the reference answers do it: \
                 `cargo run --features solutions --example …`{}",
                match id.starts_with("7.") {
                    true => ".\n       With `--version 1.2`, chapter 6 is enough",
                    false => "",
                }
            )),
            None => dump(panic),
        }
    }));
}

/// The suite of TLS 1.2 that is meant by a word on the command line.
pub fn suite(word: &str) -> Result<CipherSuite, String> {
    match word {
        "ecdhe" => Ok(CipherSuite::EcdheRsaAes128GcmSha256),
        "rsa" => Ok(CipherSuite::RsaAes128GcmSha256),
        _ => Err(format!("`{word}` is not a suite: choose rsa or ecdhe")),
    }
}

/// The versions that are meant by a word on the command line.
pub fn versions(word: &str) -> Result<Versions, String> {
    match word {
        "1.2" => Ok(Versions::Tls12),
        "1.3" => Ok(Versions::Tls13),
        _ => Err(format!("`{word}` is not a version: choose 1.2 or 1.3")),
    }
}

/// Both suites of TLS 1.2, the better one first.
pub const SUITES: [CipherSuite; 2] = [
    CipherSuite::EcdheRsaAes128GcmSha256,
    CipherSuite::RsaAes128GcmSha256,
];

/// Says why this is the end, and ends.
pub fn fail(why: impl Display) -> ! {
    // If standard error is closed, there is nobody to tell.
    let _ = writeln!(io::stderr(), "error: {why}");
    process::exit(1)
}

/// Says how to use the program, because the user asked, and ends.
pub fn help(usage: &str) -> ! {
    // If standard output is closed, nobody is reading.
    let _ = writeln!(io::stdout(), "{usage}");
    process::exit(0)
}

/// Says how to use the program, because it was called in another way, and ends.
pub fn misused(what: impl Display, usage: &str) -> ! {
    let _ = writeln!(io::stderr(), "error: {what}\n\n{usage}");
    process::exit(2)
}
