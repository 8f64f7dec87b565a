// 5.4 For this host

use std::net::IpAddr;

use given::x509::{Certificate, GeneralName, SubjectAltName};

use super::Untrusted;

/// **5.4** Checks that `certificate` is for `host`: the name or the IP address that the user asked
/// for, as it appears after `https://` (RFC 9525 §6).
///
/// The extension [`SubjectAltName`] lists the names, as many as the owner has. One match is enough.
///
/// A **DNS name** ([`GeneralName::DnsName`]) matches label by label. Labels are the parts between
/// the dots. Case does not matter, as in the DNS. The whole name counts: a zero byte in it does not
/// end it (CVE-2009-2408).
///
/// ```text
/// in the certificate    host
/// *.example.org         www.example.org      yes
///                       WWW.Example.ORG      yes
///                       example.org          no: there is no label for the *
///                       a.b.example.org      no: a * is one label
///                       wwwexample.org       no
/// w*.example.org        www.example.org      no: a * is a whole label
/// www.*.org             www.example.org      no: a * is the first label
/// *                     localhost            no: a * alone is not a name
/// example.org           www.example.org      no: another name
/// ```
///
/// So a `*` is always followed by a dot and at least one more label. Whether you let `*.org` match
/// `example.org` is up to you: RFC 9525 leaves it open. Webpki refuses it, and so does the
/// reference answer.
///
/// An **IP address** ([`GeneralName::IpAddress`]) matches byte for byte, 4 of them or 16. An entry
/// of any other length matches nothing, and `192.0.2.1` is not `::ffff:192.0.2.1`. There are no
/// wildcards. Parse `host` as an `IpAddr` to find out whether it is an address. If it can't be
/// parsed, it is a name, even if it is `192.0.2.257` or `1.2.3.4.5`. An address is not a name:
/// `192.0.2.1` never matches a DNS name, not even one that reads `192.0.2.1` or `*.0.2.1`.
///
/// The **common name**, the `CN` in the subject, does not count. Browsers once used it if there was
/// nothing else. RFC 9525 has abolished that: a common name may be anything, even a person's name.
///
/// `host` has no brackets around an IPv6 address and no dot at its end, and its letters are ASCII
/// (`xn--…` for others). It is what somebody asks for, not a pattern. If it has a `*` or an empty
/// label in it, as in `*.example.org` and `.example.org`, it matches nothing.
///
/// # Errors
///
/// [`Untrusted::WrongHost`] if nothing matches, or if there is nothing to match.
/// [`Untrusted::Malformed`] if the extension can't be read.
///
/// [`SubjectAltName`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/struct.SubjectAltName.html
/// [`GeneralName::DnsName`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/name/enum.GeneralName.html#variant.DnsName
/// [`GeneralName::IpAddress`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/name/enum.GeneralName.html#variant.IpAddress
pub fn is_for(certificate: &Certificate, host: &str) -> Result<(), Untrusted> {
    todo!("5.4: check that {certificate:?} is for {host:?}")
}
