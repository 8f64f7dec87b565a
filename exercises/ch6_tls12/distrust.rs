use given::tls::{Alert, Distrust};
use given::x509::{Certificate, ID_CE_NAME_CONSTRAINTS};

use crate::ch5_certificates::{SIGNATURE_CHECKS, Untrusted, is_sound, may_issue, signed_by};

use super::ClientConfig;

/// The alert that says what is wrong with a chain (RFC 5246 §7.2.2).
///
/// TLS has fewer alerts than there are reasons. Every reason that has no alert of its own, such as
/// a name that is not permitted, gets bad_certificate.
pub fn alert_for(untrusted: Untrusted) -> Alert {
    match untrusted {
        Untrusted::UnknownIssuer => Alert::UnknownCa,
        Untrusted::Expired | Untrusted::NotYetValid => Alert::CertificateExpired,
        Untrusted::UnsupportedAlgorithm => Alert::UnsupportedCertificate,
        Untrusted::BadSignature
        | Untrusted::WrongHost
        | Untrusted::NotACa
        | Untrusted::PathTooLong
        | Untrusted::WrongUsage
        | Untrusted::UnknownExtension
        | Untrusted::NotPermitted
        | Untrusted::Malformed
        | Untrusted::TooMuchWork => Alert::BadCertificate,
    }
}

/// What a client says about `chain`, which [`verify_chain`] has refused. The server gets the alert
/// of [`alert_for`]. The user gets the reason, and the certificate that it applies to. There is
/// nothing to write here.
///
/// [`verify_chain`]: crate::ch5_certificates::verify_chain
pub fn distrust(untrusted: Untrusted, chain: &[Certificate], config: &ClientConfig) -> Distrust {
    let certificate = match untrusted {
        Untrusted::WrongHost => chain.first(),
        // The reason applies to the chain as a whole.
        Untrusted::TooMuchWork => None,
        // Only 5.7 can tell which certificate has that name, and you may not have solved it.
        Untrusted::NotPermitted => None,
        // If none is found, the reason is about the key or the constraints of the leaf.
        _ => certificate_with(untrusted, chain, config).or(chain.first()),
    };
    let mut why = untrusted.to_string();
    if untrusted == Untrusted::WrongHost {
        why += &format!(" than {}", config.host);
    }
    if let Some(certificate) = certificate {
        why += &format!(" (that of {})", certificate.in_words());
    }
    if let (Untrusted::NotPermitted, Some(leaf)) = (untrusted, chain.first()) {
        why += &format!(" (the server is {}", leaf.in_words());
        for ca in limited(chain, config) {
            why += &format!("; names are limited by {}", ca.in_words());
        }
        why += ")";
    }
    let alert = alert_for(untrusted);
    Distrust { alert, why }
}

/// The CAs that limit names: those that the server has sent, and the roots above them.
fn limited<'a>(
    chain: &'a [Certificate],
    config: &'a ClientConfig,
) -> impl Iterator<Item = &'a Certificate> {
    let is_limited = |ca: &&Certificate| {
        let mut extensions = ca.extensions().iter();
        extensions.any(|extension| extension.extn_id == ID_CE_NAME_CONSTRAINTS)
    };
    let is_above = |root: &&Certificate| chain.iter().any(|one| one.issuer() == root.subject());
    let roots = config.roots.iter().filter(is_above);
    // The server may send any number. More than a few tell the user no more.
    chain.iter().skip(1).chain(roots).filter(is_limited).take(3)
}

/// The certificate that the reason applies to, if it is about dates, extensions, issuers or
/// signatures.
fn certificate_with<'a>(
    untrusted: Untrusted,
    chain: &'a [Certificate],
    config: &ClientConfig,
) -> Option<&'a Certificate> {
    let issuers = || chain.iter().skip(1).chain(&config.roots);
    let is_named = |certificate: &Certificate| {
        let mut issuers = issuers();
        issuers.any(|issuer| certificate.issuer() == issuer.subject())
    };
    let is_refused = |&(place, certificate): &(usize, &Certificate)| {
        is_sound(certificate, config.now) == Err(untrusted)
            || place > 0 && may_issue(certificate, place - 1) == Err(untrusted)
            || untrusted == Untrusted::UnknownIssuer && !is_named(certificate)
    };
    let refused = chain.iter().enumerate().find(is_refused);
    let signatures = chain.iter().flat_map(|certificate| {
        let above = issuers().filter(|issuer| certificate.issuer() == issuer.subject());
        above.map(move |issuer| (certificate, issuer))
    });
    // As many as `verify_chain` may check, and no more.
    let mut signatures = signatures.take(SIGNATURE_CHECKS);
    let refused = refused.map(|(_, certificate)| certificate);
    refused.or_else(|| {
        signatures.find_map(|(certificate, issuer)| {
            (signed_by(certificate, issuer) == Err(untrusted)).then_some(certificate)
        })
    })
}
