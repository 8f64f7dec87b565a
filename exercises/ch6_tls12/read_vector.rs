// 6.1 Lengths that may lie

use given::tls::{Malformed, Writer};

/// **6.1** Reads a vector: bytes with their number in front of them (RFC 5246 §4.3). Most of what
/// TLS sends is made of these.
///
/// ```text
/// input   00 03 │ 61 62 63 │ 64 65          length_bytes = 2
///         length   content   the rest: what `input` is afterwards
/// ```
///
/// The length is a number of `length_bytes` bytes, 1 to 3, the most significant first. The peer has
/// written it, and the peer may lie: a length is a claim about what follows, until you have seen
/// that so much is there.
///
/// # Errors
///
/// [`Malformed`] where `input` ends before the vector does. `input` is then what it was before.
pub fn read_vector<'a>(input: &mut &'a [u8], length_bytes: usize) -> Result<&'a [u8], Malformed> {
    todo!("6.1: read a vector with {length_bytes} bytes of length from the front of {input:?}")
}

/// **6.1** Reads a `body` that is one vector and nothing else. Returns its content.
///
/// What stands behind the end of a message is looked at by nobody. Forgers keep their garbage
/// there, as you did in exercise 3.6.
///
/// # Errors
///
/// [`Malformed`] where the vector is not all there, and where something follows it.
pub fn only_vector(body: &[u8], length_bytes: usize) -> Result<&[u8], Malformed> {
    todo!("6.1: read {body:?} as one vector with {length_bytes} bytes of length")
}

/// **6.1** Answers a heartbeat (RFC 6520 §4): *are you still there? Then say "bird", 4 letters.*
///
/// ```text
/// request    01 │ 00 04 │ b i r d │ 16 bytes of padding, or more
/// response   02 │ 00 04 │ b i r d │ 16 bytes of padding
/// ```
///
/// The padding may be anything. Here it is zeros. (The whole message must not have more than 2¹⁴
/// bytes. Records see to that, so there is no limit here but what 2 bytes of length can say.)
///
/// Up to 2014 OpenSSL took the length from the request, and copied as many bytes from where the
/// payload began. *Say "bird", 65,535 letters*, and it sent the bird, and behind it what happened
/// to stand in memory: passwords, cookies, private keys. It was called Heartbleed. Safe Rust does
/// not read beyond the end of a slice. It panics, and a server that anybody can make panic is down.
///
/// # Errors
///
/// [`Malformed`] where the type is not 1, the payload is not all there, or fewer than 16 bytes of
/// padding follow it. TLS then says nothing at all (RFC 6520 §4).
pub fn heartbeat_response(request: &[u8]) -> Result<Vec<u8>, Malformed> {
    todo!("6.1: answer the heartbeat {request:?} with its own payload")
}

/// **6.1** Reads the body of a Certificate message (RFC 5246 §7.4.2): a vector of vectors, each a
/// certificate in DER, and each length in 3 bytes. The server's own comes first.
///
/// ```text
/// 00 00 0b │ 00 00 03 │ 30 01 00 │ 00 00 02 │ 30 00
/// all        first                 second
/// ```
///
/// # Errors
///
/// [`Malformed`] where something is missing, where bytes are left over at the end of the list or of
/// the body, where a certificate is empty, or the whole list is.
pub fn certificate_list(body: &[u8]) -> Result<Vec<&[u8]>, Malformed> {
    todo!("6.1: read the list of certificates in {body:?}")
}
