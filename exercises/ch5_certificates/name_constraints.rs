// 5.7 Name constraints

use std::mem::discriminant;

use given::x509::GeneralName::{self, DirectoryName, DnsName, IpAddress};
use given::x509::{Certificate, GeneralSubtree, NameConstraints, SubjectAltName, is_dns_name};

use super::Untrusted;

/// How many times [`verify_chain`](super::verify_chain) may compare a name with an entry of name
/// constraints before it gives up. Webpki has the same limit.
pub const NAME_COMPARISONS: usize = 250_000;

/// **5.7** Whether a DNS name is in a domain (RFC 5280 §4.2.1.10).
///
/// The domain itself is in it, and so is every name that has more labels before it. Case does not
/// matter. `*` is a label like any other, so a wildcard is in a domain only if all its names are.
///
/// ```text
/// domain           name
/// example.org      example.org, www.example.org, A.B.Example.ORG, *.example.org     yes
///                  org                no
///                  notexample.org     no: notexample is another label
/// www.example.org  *.example.org      no: * may be another label
/// .example.org     www.example.org    yes
///                  example.org        no: a leading dot leaves the domain itself out
/// (empty)          example.org        yes: every name
/// ```
///
/// For DNS names, the RFC has no leading dot. Some CAs write one, and webpki and OpenSSL read it in
/// this way. `name` and `domain` are well-formed: [`permits`] checks that.
pub fn in_domain(name: &str, domain: &str) -> bool {
    todo!("5.7: whether {name:?} is in {domain:?}")
}

/// **5.7** Whether a DNS name may be in a domain. For a wildcard: whether any of the names that it
/// stands for is in it. For any other name, the answer is that of [`in_domain`].
///
/// Mallory chooses which of a wildcard's names to use: if a CA must not sign for one of them, it must
/// not sign for the wildcard. Go's standard library overlooked this in 2025 (CVE-2025-61727).
///
/// ```text
/// domain               name
/// example.org          *.example.org      yes
/// www.example.org      *.example.org      yes: * may be www
/// a.b.example.org      *.example.org      no: * is one label
/// .www.example.org     *.example.org      yes, though no name of the wildcard is below it
/// ```
///
/// To find out whether `*` can be the domain's first label, drop a leading dot first. In the last
/// row, that is stricter than it has to be. So is webpki.
pub fn may_be_in_domain(name: &str, domain: &str) -> bool {
    todo!("5.7: whether {name:?} may be in {domain:?}")
}

/// **5.7** Whether an IP address is in a network (RFC 5280 §4.2.1.10).
///
/// The address has 4 bytes, or 16 for IPv6. The network has twice as many: an address and a mask.
///
/// ```text
/// 192.0.2.0/24        c0 00 02 00   ff ff ff 00
///                     └─address─┘   └──mask───┘
/// ```
///
/// Where the mask has a 1, the address and the network must have the same bit. Where it has a 0,
/// the address may have either bit, whatever the network has there. A mask is ones, then zeros. An
/// IPv4 address is in no IPv6 network, and an IPv6 address in no IPv4 network.
///
/// # Errors
///
/// [`Untrusted::Malformed`] if either has another length, or if a 1 comes after a 0 in the mask.
/// Check that first: it applies even to an address that is not in the network.
pub fn in_network(address: &[u8], network: &[u8]) -> Result<bool, Untrusted> {
    todo!("5.7: whether {address:?} is in {network:?}")
}

/// **5.7** Checks that `certificate` has only names that `constraints` permit. The constraints are
/// those of a CA above it, or of the root.
///
/// ```text
/// permitted_subtrees   example.org, 192.0.2.0/24       permits   www.example.org, 192.0.2.7
/// excluded_subtrees    secret.example.org              but not   www.example.com, a.secret.example.org
/// ```
///
/// Either list of the [`NameConstraints`] may be missing. The `base` of a subtree, a
/// `GeneralSubtree`, is a name, such as a domain or a network. The *form* of a name is its variant
/// of `GeneralName` ([`discriminant`] compares variants). A subtree limits only names that have the
/// form of its `base`: the constraints above permit every mail address. For each name:
///
/// - At least one permitted subtree must contain it, if any of them has its form.
/// - No excluded subtree may contain it, even if a permitted one does.
///
/// Read both lists to their end: a malformed subtree of the name's form is refused even after one
/// that permits the name, and a match saves no comparison. You may stop early only to refuse.
///
/// The names of a certificate are those in its `SubjectAltName`, and its subject, which has the form
/// `DirectoryName`, even if it is empty. The common name in the subject is not a DNS name.
///
/// | form | whether a subtree contains the name |
/// | --- | --- |
/// | `DnsName` | [`in_domain`] for a permitted subtree, [`may_be_in_domain`] for an excluded one |
/// | `IpAddress` | [`in_network`] |
/// | any other | You don't compare these, and webpki doesn't either. Refuse if a name and a subtree have the same form, whichever list the subtree is in. So if there is a directory name in one of the lists, you refuse every certificate |
///
/// # What is malformed
///
/// - Constraints without a list, or with an empty list. Always refuse these.
/// - A subtree whose `minimum` is not 0, or that has a `maximum`. Nobody uses these fields.
/// - A DNS name that [`is_dns_name`] refuses. But it may have `*.` before a good name of at least
///   two labels. Whether the limit of 253 characters includes the `*.` is up to you.
/// - A domain that [`is_dns_name`] refuses. But it may be empty, or have a dot before a good name.
/// - An address or a network that [`in_network`] refuses.
///
/// Accept a malformed name if no subtree has its form. If no name has the form of a malformed subtree,
/// you may refuse the constraints or accept them.
///
/// # The budget
///
/// Mallory's certificate may have thousands of names, and Mallory's CA thousands of subtrees. Each pair
/// of a name and a subtree takes one from `comparisons_left`, whatever their forms. The subject counts
/// as a name. You may take all of them before the first comparison, or one before each.
///
/// # Errors
///
/// [`Untrusted::NotPermitted`] if a name is not permitted. [`Untrusted::Malformed`] if something is
/// malformed, or can't be read. [`Untrusted::TooMuchWork`] if `comparisons_left` is not enough. Any
/// of them if several are true.
///
/// [`NameConstraints`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/constraints/name/struct.NameConstraints.html
pub fn permits(
    constraints: &NameConstraints,
    certificate: &Certificate,
    comparisons_left: &mut usize,
) -> Result<(), Untrusted> {
    todo!("5.7: whether {constraints:?} permit {certificate:?}, in {comparisons_left} comparisons")
}

/// **5.7** Checks that each certificate on a path permits all those below it, but neither itself nor
/// those above it. The path begins with the leaf and ends with the root: in `[leaf, A, B, root]`, A
/// permits the leaf, B permits the leaf and A, and the root permits the leaf, A and B.
///
/// - Constraints count whether they are critical or not. (RFC 5280 requires them to be critical.
///   Some CAs leave that out, so that old software can ignore them.)
/// - They count for CAs that name themselves as their issuer, too. (RFC 5280 makes an exception for
///   these. Webpki makes none.)
/// - In a leaf, ignore them, as webpki does, or refuse them: RFC 5280 doesn't allow them there.
///
/// Until now your [`verify_chain`](super::verify_chain) has refused a path with constraints. Have
/// it call this with the whole path as soon as it has found the root, before or after it checks the
/// signature that the root made. Other certificates that the server has sent don't count. All paths
/// that one call of `verify_chain` tries share one budget, [`NAME_COMPARISONS`]. On
/// [`Untrusted::TooMuchWork`], give up. After any other error, another path may still be good.
///
/// # Errors
///
/// Those of [`permits`], and [`Untrusted::Malformed`] if constraints can't be read. If several are
/// true, return any of them.
pub fn names_permitted(
    path: &[&Certificate],
    comparisons_left: &mut usize,
) -> Result<(), Untrusted> {
    todo!("5.7: check the names on {path:?}, in {comparisons_left} comparisons")
}
