//! Names of hosts, and what a server asks of its CA for them.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use der::asn1::Ia5String;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::name::Name;

/// This is neither a DNS name, nor one with `*` for its first label, nor an IP address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadName;

impl fmt::Display for BadName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "neither a DNS name nor an IP address")
    }
}

impl Error for BadName {}

/// What a server asks of its CA: put my names and my public key together, and sign that.
///
/// The real form of it is PKCS #10 (RFC 2986). There the server also signs its request, to show
/// that it has the private key.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The name of the owner.
    pub subject: Name,
    /// The DNS names and IP addresses under which it is reached.
    pub names: Vec<GeneralName>,
    /// Its public key.
    pub public_key: rsa::PublicKey,
}

impl Request {
    /// The request of the server that is reached under `hosts`.
    ///
    /// # Errors
    /// [`BadName`] where one of them is none, or where there are none. In 2009 some CAs signed
    /// `www.bank.example\0.evil.example`, and some clients took it for the part before the zero
    /// byte (CVE-2009-2408).
    pub fn new(hosts: &[&str], public_key: rsa::PublicKey) -> Result<Request, BadName> {
        let names = hosts.iter().copied().map(general_name);
        let names = names.collect::<Result<_, _>>()?;
        let first = hosts.first().ok_or(BadName)?;
        // A common name has 64 characters at most. An empty subject is allowed, too.
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
        // The key has hundreds of digits, and who it belongs to is said by the rest.
        write!(out, "Request({}, {:?})", self.subject, self.names)
    }
}

/// A DNS name or an IP address, in the form in which it stands in a certificate.
///
/// # Errors
/// [`BadName`] where it is neither.
pub fn general_name(host: &str) -> Result<GeneralName, BadName> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(GeneralName::from(address));
    }
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
