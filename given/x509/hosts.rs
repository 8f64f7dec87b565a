//! Host names in certificates, and the request for a certificate with such names.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use der::asn1::Ia5String;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::name::Name;

use super::words::name_in_words;

/// This is neither a DNS name, with or without a `*` as its first label, nor an IP address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadName;

impl fmt::Display for BadName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "neither a DNS name nor an IP address")
    }
}

impl Error for BadName {}

/// What a server asks its CA for: a certificate for these names and this public key.
///
/// Real requests have the form of PKCS #10 (RFC 2986). There the server also signs the request, to
/// show that it has the private key.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The name of the owner.
    pub subject: Name,
    /// The DNS names and IP addresses at which it can be reached.
    pub names: Vec<GeneralName>,
    /// Its public key.
    pub public_key: rsa::PublicKey,
}

impl Request {
    /// The request of the server that can be reached at `hosts`.
    ///
    /// # Errors
    /// [`BadName`] if one of them is not a host, or there are none. A CA has to check this: in 2009
    /// some CAs signed names like `www.bank.example\0.evil.example`, and some clients read only the
    /// part before the zero byte (CVE-2009-2408).
    pub fn new(hosts: &[&str], public_key: rsa::PublicKey) -> Result<Request, BadName> {
        let names = hosts.iter().copied().map(general_name);
        let names = names.collect::<Result<_, _>>()?;
        let first = hosts.first().ok_or(BadName)?;
        // A common name has at most 64 characters (RFC 5280 appendix A.1). An empty subject is
        // allowed, too. `first` was checked above, so no character in it has a special meaning in
        // the text of a name.
        let subject = if first.len() <= 64 {
            Name::from_str(&format!("CN={first}")).map_err(|_| BadName)?
        } else {
            Name::default()
        };
        Ok(Request {
            subject,
            names,
            public_key,
        })
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the key: it has hundreds of digits, and the rest says whose key it is.
        let names: Vec<String> = self.names.iter().map(name_in_words).collect();
        let names = match &names[..] {
            [] => "no names".to_owned(),
            names => names.join(", "),
        };
        write!(out, "Request({}, for {names})", self.subject)
    }
}

/// A DNS name or an IP address, as it is written in a certificate.
///
/// # Errors
/// [`BadName`] if it is neither of the two.
pub fn general_name(host: &str) -> Result<GeneralName, BadName> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(GeneralName::from(address));
    }
    // RFC 1035 §2.3.4: 63 bytes in a label; 255 in a name, two of which don't appear in its text.
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let labels = host.strip_prefix("*.").unwrap_or(host);
    if host.len() > 253 || !labels.split('.').all(is_label) {
        return Err(BadName);
    }
    let name = Ia5String::new(host).map_err(|_| BadName)?;
    Ok(GeneralName::DnsName(name))
}

/// Whether this is a DNS name: labels of letters, digits, `-` and `_`, with dots between them.
///
/// A label has 1 to 63 characters and no `-` at either end. The last label is not a number: if it
/// were, the name could be an address. The whole name has at most 253 characters, no `*`, and no
/// dot at either end.
pub fn is_dns_name(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    name.len() <= 253
        && name.split('.').all(is_label)
        && !last.bytes().all(|byte| byte.is_ascii_digit())
}
