//! Values for a human to read: numbers by their names, bytes in hex, and nothing too long.

use std::fmt::Write as _;

use crate::tls::names::{
    Alert, CipherSuite, SignatureScheme, Suite, TLS_AES_128_GCM_SHA256, X25519,
};

/// Up to this many bytes are shown whole: a random, a key share.
const SHORT: usize = 32;

/// If there are more, this many are shown.
const BEGINNING: usize = 16;

/// How many characters are shown of a name that the peer has sent.
const NAME: usize = 80;

/// The name of the level of an alert that does not end the connection.
pub(super) const WARNING: &str = "warning";

/// The level of an alert.
pub(super) fn printable_level(level: u8) -> String {
    match level {
        1 => WARNING.to_owned(),
        2 => "fatal".to_owned(),
        level => format!("number {level}"),
    }
}

/// An alert, as the RFCs write it: `unknown_ca`.
pub(super) fn printable_alert(code: u8) -> String {
    match Alert::from_code(code) {
        Some(alert) => snake_case(&format!("{alert:?}")),
        None => format!("number {code}"),
    }
}

/// `UnknownCa` as the RFCs write it: `unknown_ca`.
fn snake_case(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

/// A version: `1.2`.
pub(crate) fn version(version: u16) -> String {
    match version.to_be_bytes() {
        // TLS 1.0 came after SSL 3.0, and has the number 3.1.
        [3, minor] if minor > 0 => format!("1.{}", minor - 1),
        _ => format!("{version:#06x}"),
    }
}

/// Versions: `1.3, 1.2`. Clients add numbers that mean nothing (GREASE). Those are only counted.
pub(crate) fn versions(codes: &[u16]) -> String {
    listed(codes, |code| {
        matches!(code, 0x0301..=0x0304).then(|| version(code))
    })
}

/// Suites, by their names.
pub(crate) fn suites(codes: &[u16]) -> String {
    listed(codes, |code| {
        let suite = match code {
            TLS_AES_128_GCM_SHA256 => Suite::Tls13,
            code => CipherSuite::from_code(code)?.into(),
        };
        Some(suite.to_string())
    })
}

/// Groups, by their names.
pub(crate) fn groups(codes: &[u16]) -> String {
    listed(codes, |code| (code == X25519).then(|| "X25519".to_owned()))
}

/// Signature schemes, by their names.
pub(crate) fn schemes(codes: &[u16]) -> String {
    let name = |scheme| match scheme {
        SignatureScheme::RsaPkcs1Sha256 => "rsa_pkcs1_sha256".to_owned(),
        SignatureScheme::RsaPssRsaeSha256 => "rsa_pss_rsae_sha256".to_owned(),
    };
    listed(codes, |code| SignatureScheme::from_code(code).map(name))
}

/// The names of the codes that have one here, and how many others there are: a browser offers
/// dozens.
fn listed(codes: &[u16], name: impl Fn(u16) -> Option<String>) -> String {
    let mut names: Vec<String> = codes.iter().filter_map(|code| name(*code)).collect();
    match (codes, codes.len() - names.len()) {
        (_, 0) => {}
        ([code], _) => names.push(format!("{code:#06x}")),
        (_, others) => names.push(counted(others, "other")),
    }
    names.join(", ")
}

/// `1 byte`, `2 bytes`.
pub(crate) fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// The name of an extension, from IANA's list. Some of these have no meaning here.
pub(crate) fn extension_name(code: u16) -> String {
    let name = match code {
        0 => "server_name",
        5 => "status_request",
        10 => "supported_groups",
        11 => "ec_point_formats",
        13 => "signature_algorithms",
        16 => "application_layer_protocol_negotiation",
        18 => "signed_certificate_timestamp",
        21 => "padding",
        22 => "encrypt_then_mac",
        23 => "extended_master_secret",
        27 => "compress_certificate",
        28 => "record_size_limit",
        35 => "session_ticket",
        41 => "pre_shared_key",
        43 => "supported_versions",
        44 => "cookie",
        45 => "psk_key_exchange_modes",
        49 => "post_handshake_auth",
        50 => "signature_algorithms_cert",
        51 => "key_share",
        0xff01 => "renegotiation_info",
        _ => return format!("{code:#06x}"),
    };
    name.to_owned()
}

/// Bytes in hex. If there are many, only the first ones, and how many there are.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let is_short = bytes.len() <= SHORT;
    let shown = if is_short { bytes.len() } else { BEGINNING };
    let mut text = String::new();
    for byte in &bytes[..shown] {
        write!(text, "{byte:02x}").expect("a string takes everything");
    }
    if !is_short {
        write!(text, "… ({} bytes)", bytes.len()).expect("a string takes everything");
    }
    text
}

/// A name that the peer has sent, cut if it is long, and without characters that would move the
/// cursor.
pub(crate) fn printable(name: &str) -> String {
    let visible = |letter: char| {
        if letter.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            letter
        }
    };
    let mut shown: String = name.chars().take(NAME).map(visible).collect();
    if name.chars().nth(NAME).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut() {
        assert_eq!(printable(&"x".repeat(NAME)), "x".repeat(NAME));
        let cut = printable(&"ä".repeat(NAME + 1));
        assert_eq!(cut, "ä".repeat(NAME) + "…");
    }
}
