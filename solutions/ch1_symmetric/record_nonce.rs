// 1.4 A nonce for each record

/// **1.4** The nonce of the record numbered `sequence`, as TLS 1.3 makes it (RFC 9846 §5.3).
///
/// Every record of a connection needs its own nonce. Both sides count the records anyway, so this
/// *sequence number* need not be sent. The handshake gives each direction an *initialization
/// vector* (IV), `iv`, and the number is XORed into its last 8 bytes, big-endian:
///
/// ```text
/// iv         cf 78 2b 88 dd 83 54 9a ad f1 e9 84
/// sequence               00 00 00 00 00 00 00 02
/// nonce      cf 78 2b 88 dd 83 54 9a ad f1 e9 86
/// ```
///
/// That is the nonce of the last record that the server sends in RFC 8448 §3. (TLS 1.2 sends a part
/// of each nonce with the record, RFC 5288 §3. Chapter 6 does it that way.)
///
/// Why not the number alone? Then record 0 of every connection in the world would have the same
/// nonce, and an attacker who collects them could try a guessed key on all of them at once.
pub fn record_nonce(iv: &[u8; 12], sequence: u64) -> [u8; 12] {
    // todo!("1.4: XOR the number {sequence} into the last 8 bytes of {iv:?}")
    let mut nonce = *iv;
    for (nonce, sequence) in nonce[4..].iter_mut().zip(sequence.to_be_bytes()) {
        *nonce ^= sequence;
    }
    nonce
}
