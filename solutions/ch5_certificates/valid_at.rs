// 5.3 Valid at

use given::x509::{Certificate, UnixTime, Validity};

use super::Untrusted;

/// **5.3** Checks that `certificate` is valid at the moment `now`.
///
/// Both bounds belong to it: it is valid from the first second of notBefore through the last of
/// notAfter (RFC 5280 §4.1.2.5).
///
/// Why does a certificate expire at all? A name changes its owner, and a private key gets out. A
/// certificate can be called back, but word of that does not reach everybody. Its end does.
///
/// # Errors
///
/// [`Untrusted::NotYetValid`] before notBefore, [`Untrusted::Expired`] after notAfter. Where both
/// are so, because the two are in the wrong order, either will do.
pub fn valid_at(certificate: &Certificate, now: UnixTime) -> Result<(), Untrusted> {
    // todo!("5.3: check that {certificate:?} is valid at {now:?}")
    let Validity {
        not_before,
        not_after,
    } = certificate.validity();
    if now < not_before {
        return Err(Untrusted::NotYetValid);
    }
    if now > not_after {
        return Err(Untrusted::Expired);
    }
    Ok(())
}
