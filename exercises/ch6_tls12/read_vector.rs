// 6.1 Lengths that may lie

use given::tls::{Malformed, Writer};

/// **6.1** Reads a vector: bytes, preceded by how many there are (RFC 5246 §4.3). Most of what TLS
/// sends is made of vectors.
///
/// ```text
/// input   00 03 │ 61 62 63 │ 64 65          length_bytes = 2
///         length   content   the rest: what `input` is afterwards
/// ```
///
/// The length is a number of `length_bytes` bytes, 1 to 3, the most significant first. The peer has
/// written it, and the peer may lie: a length is only a claim about what follows, until you have
/// checked that this many bytes are there.
///
/// # Errors
///
/// [`Malformed`] if `input` ends before the vector does. `input` is then left as it was.
pub fn read_vector<'a>(input: &mut &'a [u8], length_bytes: usize) -> Result<&'a [u8], Malformed> {
    todo!("6.1: read the first vector of {input:?}: its length takes {length_bytes} bytes")
}

/// **6.1** Reads a `body` that is one vector and nothing else. Returns its content.
///
/// If nobody looks at what follows the end of a message, a forger can put garbage there, as you did
/// in exercise 3.6.
///
/// # Errors
///
/// [`Malformed`] if the vector is incomplete, or if something follows it.
pub fn only_vector(body: &[u8], length_bytes: usize) -> Result<&[u8], Malformed> {
    todo!("6.1: read {body:?} as one vector, whose length takes {length_bytes} bytes")
}

/// **6.1** Answers a heartbeat. Heartbeats are an extension of TLS, with which one side asks the
/// other (RFC 6520 §4): *are you still there? Then say "bird", 4 letters.*
///
/// ```text
/// request    01 │ 00 04 │ b i r d │ 16 bytes of padding, or more
/// response   02 │ 00 04 │ b i r d │ 16 bytes of padding
/// ```
///
/// The padding may be anything. Here it is zeros. (The whole message must not be longer than 2¹⁴
/// bytes. Whatever reads the records enforces that, so the only limit here is what a length of 2
/// bytes can express.)
///
/// Until 2014 OpenSSL took the length from the request, and copied that many bytes from where the
/// payload began. *Say "bird", 65,535 letters*, and it sent the bird, and after it whatever
/// happened to be in memory: passwords, cookies, private keys. This bug is known as Heartbleed.
/// Safe Rust does not read beyond the end of a slice. It panics, and a server that anybody can make
/// panic is down.
///
/// # Errors
///
/// [`Malformed`] if the type is not 1, the payload is incomplete, or fewer than 16 bytes of padding
/// follow it. TLS then discards the message silently (RFC 6520 §4).
pub fn heartbeat_response(request: &[u8]) -> Result<Vec<u8>, Malformed> {
    todo!("6.1: answer the heartbeat {request:?} with its own payload")
}

/// **6.1** Reads the body of a Certificate message (RFC 5246 §7.4.2): a vector of vectors, each a
/// certificate in DER, and each length in 3 bytes. The server's own certificate comes first.
///
/// ```text
/// 00 00 0b │ 00 00 03 │ 30 01 00 │ 00 00 02 │ 30 00
/// all        first                 second
/// ```
///
/// # Errors
///
/// [`Malformed`] if something is missing, if bytes are left over at the end of the list or of the
/// body, or if the list or a certificate in it is empty.
pub fn certificate_list(body: &[u8]) -> Result<Vec<&[u8]>, Malformed> {
    todo!("6.1: read the list of certificates in {body:?}")
}
