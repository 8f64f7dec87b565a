//! Pieces of a conversation that mean something in TLS.

use fixtures::hex::hex_vec;
use fixtures::near_misses::NearMiss;

/// Messages that some transcripts of TLS leave out or replace, and messages that are cut or wrapped in another way.
pub fn pieces_with_a_meaning() -> Vec<NearMiss> {
    // This random makes a ServerHello a HelloRetryRequest (RFC 9846 §4.2.3).
    let retry = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
    let retry = format!("020000260303{retry}00130100");
    let replaced = format!("fe000020{}", "5a".repeat(32));
    [
        ("HelloRequest", "00000000"),
        ("ServerHelloDone", "0e000000"),
        ("HelloRetryRequest", &retry),
        ("message_hash", &replaced),
        ("NewSessionTicket", "0400000600000e1000aa"),
        ("KeyUpdate", "1800000100"),
        ("Finished", "1400000c000102030405060708090a0b"),
        ("the content of a change_cipher_spec", "01"),
        ("a change_cipher_spec with its header", "140303000101"),
        ("a warning", "015a"),
        ("an alert with its header", "15030300020228"),
        ("a handshake message in a record", "16030300040e000000"),
        ("the same in a first record", "16030100040e000000"),
        ("application data in a record", "1703030003414243"),
        ("an empty record", "1603030000"),
        ("text between line ends", "0d0a68656c6c6f0d0a"),
    ]
    .map(|(name, digits)| NearMiss::new(name, hex_vec(digits)))
    .to_vec()
}
