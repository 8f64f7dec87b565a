//! Where in the bytes of a certificate its fields are, for the trace.

use std::ops::Range;

use der::{Reader, SliceReader, Tag};

use super::certificate::Certificate;

/// Where some fields of a certificate are, counted from its first byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Places {
    /// The name of the CA.
    pub(crate) issuer: Range<usize>,
    /// The period in which it is valid.
    pub(crate) validity: Range<usize>,
}

impl Places {
    /// The places in this certificate.
    pub(crate) fn of(certificate: &Certificate) -> Places {
        Places::read(certificate.to_der()).expect("the certificate has been read before")
    }

    fn read(der: &[u8]) -> Result<Places, der::Error> {
        SliceReader::new(der)?.sequence(|certificate| {
            let places = certificate.sequence(|fields| {
                // The version. Certificates of version 1 leave this field out.
                if Tag::peek(fields)?.is_context_specific() {
                    fields.tlv_bytes()?;
                }
                let [_serial, _algorithm, issuer, validity] =
                    [next(fields)?, next(fields)?, next(fields)?, next(fields)?];
                // `sequence` fails if anything is left unread.
                fields.drain(fields.remaining_len())?;
                Ok::<_, der::Error>(Places { issuer, validity })
            })?;
            certificate.drain(certificate.remaining_len())?;
            Ok(places)
        })
    }
}

/// Skips the next field, and returns where it is.
fn next<'a>(fields: &mut SliceReader<'a>) -> Result<Range<usize>, der::Error> {
    let start = usize::try_from(fields.position())?;
    fields.tlv_bytes()?;
    Ok(start..usize::try_from(fields.position())?)
}
