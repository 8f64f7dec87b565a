//! Certificates and private keys as text, in the format PEM.

use der::pem::LineEnding;
use rsa::pkcs8::DecodePrivateKey;

use super::certificate::Certificate;
use super::malformed::Malformed;

/// The label after `BEGIN` and `END` of a certificate.
const LABEL: &str = "CERTIFICATE";

impl Certificate {
    /// The whole certificate as text, between `BEGIN CERTIFICATE` and `END CERTIFICATE`.
    pub fn to_pem(&self) -> String {
        der::pem::encode_string(LABEL, LineEnding::LF, self.to_der()).expect("it fits into memory")
    }
}

/// The certificates in a text, in order. Other text around them is ignored.
///
/// # Errors
/// [`Malformed`] if one of them is malformed.
pub fn certificates_from_pem(text: &str) -> Result<Vec<Certificate>, Malformed> {
    let decoded = blocks(text, LABEL).map(|block| {
        let (_, bytes) = der::pem::decode_vec(block?.as_bytes()).map_err(|_| Malformed)?;
        Certificate::from_der(&bytes)
    });
    decoded.collect()
}

/// The first private key in a text. Its format is PKCS #8 (`BEGIN PRIVATE KEY`).
///
/// # Errors
/// [`Malformed`] if there is none, if it can't be read, or if it is not an RSA key.
pub fn private_key_from_pem(text: &str) -> Result<rsa::PrivateKey, Malformed> {
    let block = blocks(text, "PRIVATE KEY").next().ok_or(Malformed)??;
    rsa::PrivateKey::from_pkcs8_pem(block).map_err(|_| Malformed)
}

/// The blocks with this label, from `BEGIN` to `END`.
fn blocks<'a>(
    text: &'a str,
    label: &str,
) -> impl Iterator<Item = Result<&'a str, Malformed>> + use<'a> {
    let begin = format!("-----BEGIN {label}-----");
    let end = format!("-----END {label}-----");
    // The crate reads a single block, and refuses text after it. So cut the blocks out first.
    let mut rest = text;
    std::iter::from_fn(move || {
        let block = &rest[rest.find(&begin)?..];
        let Some(place) = block.find(&end) else {
            // The error is the last item: after a block without an end, nobody knows where the next
            // one begins.
            rest = "";
            return Some(Err(Malformed));
        };
        let (block, after) = block.split_at(place + end.len());
        rest = after;
        Some(Ok(block))
    })
}
