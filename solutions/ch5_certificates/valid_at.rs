// 5.3 Valid at

use given::x509::{Certificate, UnixTime, Validity};

use super::Untrusted;

/// **5.3** Checks that `certificate` is valid at the moment `now`.
///
/// Both bounds are inclusive: it is valid from its first second, *notBefore*, through its last,
/// *notAfter* (RFC 5280 §4.1.2.5).
///
/// Why does a certificate expire at all? Names change owners, and private keys leak. A certificate
/// can be revoked, but not everybody hears of that. Everybody can see when it ends.
///
/// # Errors
///
/// [`Untrusted::NotYetValid`] before notBefore, [`Untrusted::Expired`] after notAfter. If both are
/// true, because the two are in the wrong order, either will do.
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
