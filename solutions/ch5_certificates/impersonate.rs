// 5.6 Impersonate

use given::x509::{Certificate, Request, UnixTime, Validity};

use crate::ch3_signatures::KeyTooSmall;

use super::{Authority, Untrusted, is_for, issue, signed_by, valid_at};

/// What a server keeps: its certificate, the intermediates above it, and its private key.
///
/// It has no `Debug`, so that its private key can't end up in a log.
pub struct Server {
    /// The leaf.
    pub certificate: Certificate,
    /// The certificates between the leaf and a root, without the root, in order.
    pub intermediates: Vec<Certificate>,
    /// The private key that belongs to the public key in the leaf.
    pub key: rsa::PrivateKey,
}

/// A verifier like the one in Internet Explorer in 2002. It is the victim of [`impersonate`].
/// **Don't use it for anything else.**
///
/// It checks that the leaf is for `host`, that every certificate is valid, that each was signed by
/// the next, and that the last was signed by a root. There is one question that it does not ask.
///
/// # Errors
///
/// [`Untrusted`] if one of these checks fails.
pub fn naive_verify_chain(
    chain: &[Certificate],
    roots: &[Certificate],
    host: &str,
    now: UnixTime,
) -> Result<(), Untrusted> {
    let leaf = chain.first().ok_or(Untrusted::UnknownIssuer)?;
    is_for(leaf, host)?;
    for certificate in chain {
        valid_at(certificate, now)?;
    }
    for pair in chain.windows(2) {
        signed_by(&pair[0], &pair[1])?;
    }
    let last = &chain[chain.len() - 1];
    let is_root = |root: &Certificate| signed_by(last, root).is_ok();
    if roots.iter().any(is_root) {
        Ok(())
    } else {
        Err(Untrusted::UnknownIssuer)
    }
}

/// **5.6** *This exercise is an attack.* Makes a chain for the hosts in `request`, whoever owns
/// them.
///
/// You run a server, `mine`. You obtained its certificate honestly: it is for your own host, and a
/// CA that everybody trusts has signed it. Now somebody asks for another host, and you are in the
/// middle. Return a chain, leaf first, that [`naive_verify_chain`] accepts for every host in
/// `request`, at every moment of `validity` at which your own certificates are valid. Its leaf is
/// valid for exactly `validity`. The public key in the leaf is the one in `request`. You have the
/// private key for it, so you can finish the handshake.
///
/// You don't have the key of a CA. You have a key that signs, and a certificate for it that leads
/// to a root. What else does a CA have?
///
/// Mike Benham published this in August 2002, and Internet Explorer (CVE-2002-0862) and Konqueror
/// (CVE-2002-0970) fell for it. Give your chain to your own [`verify_chain`], which must refuse it.
/// The line of [`may_issue`] that does so is the whole difference.
///
/// # Errors
///
/// [`KeyTooSmall`], as in [`certify`].
///
/// [`may_issue`]: super::may_issue
/// [`verify_chain`]: super::verify_chain
/// [`certify`]: super::certify
pub fn impersonate(
    mine: &Server,
    request: &Request,
    validity: Validity,
) -> Result<Vec<Certificate>, KeyTooSmall> {
    // todo!(
    //     "5.6: make a chain for {request:?} and {validity:?} with {:?} and its key",
    //     mine.certificate
    // )
    let authority = Authority {
        certificate: mine.certificate.clone(),
        key: mine.key.clone(),
    };
    let mut chain = vec![
        issue(&authority, request, validity)?,
        mine.certificate.clone(),
    ];
    chain.extend(mine.intermediates.iter().cloned());
    Ok(chain)
}
