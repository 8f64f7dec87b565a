//! Names and addresses as certificates have them: strange ones, and ones that only look right.

use std::net::IpAddr;

use der::Decode as _;
use der::asn1::{Ia5String, OctetString};
use given::x509::*;
use harness::{Broken, same};

use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::tell;
use fixtures::x509::BITS;
use fixtures::x509::*;

pub fn octets(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    }
}

pub fn ip_address(bytes: &[u8]) -> GeneralName {
    GeneralName::IpAddress(OctetString::new(bytes).expect("it is short"))
}

pub fn with_addresses(entries: &[&[u8]]) -> Certificate {
    with_names(entries.iter().map(|entry| ip_address(entry)).collect())
}

/// Checks what `is_for` says about a certificate and a host.
pub fn is_for_is(
    certificate: &Certificate,
    host: &str,
    expected: Result<(), Untrusted>,
) -> Result<(), Broken> {
    tell!(certificate);
    same!(is_for(certificate, host), expected);
    Ok(())
}

/// A certificate whose names are these bytes.
pub fn with_raw_names(content: &[u8]) -> Certificate {
    let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
    plan.names = None;
    // Not even the common name helps then.
    plan.subject = HOST.to_owned();
    plan.others = vec![with_content(ID_CE_SUBJECT_ALT_NAME, content)];
    plan.unsigned()
}

/// Entries that resemble this address, but are different.
pub fn near(address: IpAddr) -> Vec<Vec<u8>> {
    let bytes = octets(address);
    let zeros = |count| vec![0; count];
    let mut entries = vec![
        vec![],
        bytes[1..].to_vec(),
        bytes[..bytes.len() - 1].to_vec(),
        bytes[..1].to_vec(),
        // A mask, as in name constraints.
        [&bytes[..], &vec![0xff; bytes.len()]].concat(),
        [&bytes[..], &[0]].concat(),
        [&[0], &bytes[..]].concat(),
        [&bytes[..], &bytes[..]].concat(),
        [&bytes[..], &zeros(256)].concat(),
        bytes.iter().rev().copied().collect(),
        address.to_string().into_bytes(),
        zeros(bytes.len()),
        vec![0xff; bytes.len()],
    ];
    match address {
        IpAddr::V4(address) => {
            entries.push(address.to_ipv6_mapped().octets().to_vec());
            entries.push(address.to_ipv6_compatible().octets().to_vec());
            entries.push([&bytes[..], &zeros(12)].concat());
            entries.push([&[0, 0x64, 0xff, 0x9b], &zeros(8)[..], &bytes].concat());
        }
        IpAddr::V6(_) => {
            entries.push(vec![127, 0, 0, 1]);
            entries.push(bytes.chunks(2).flat_map(|two| [two[1], two[0]]).collect());
            entries.push(bytes[..4].to_vec());
            entries.push(bytes[2..6].to_vec());
            entries.push(bytes[12..].to_vec());
            entries.push(bytes[..8].to_vec());
            entries.push(bytes[8..].to_vec());
        }
    }
    entries.retain(|entry| *entry != bytes);
    entries
}

/// The type 1.3.6.1.5.5.7.8.7, in DER.
const SRV_NAME: &[u8] = &[6, 8, 0x2b, 6, 1, 5, 5, 7, 8, 7];

/// A short value in DER.
fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).expect("it is short");
    [&[tag, length], content].concat()
}

/// Names of each kind that is neither a DNS name nor an address, with the host in them.
pub fn other_kinds() -> Vec<GeneralName> {
    let text = |text: &str| Ia5String::new(text).expect("ASCII");
    let other = |der: &[u8]| GeneralName::from_der(der).expect("a name of this kind");
    let mut kinds = Vec::new();
    for host in [HOST, "192.0.2.1"] {
        kinds.extend([
            GeneralName::Rfc822Name(text(host)),
            GeneralName::Rfc822Name(text(&format!("webmaster@{host}"))),
            GeneralName::UniformResourceIdentifier(text(host)),
            GeneralName::UniformResourceIdentifier(text(&format!("https://{host}"))),
            GeneralName::UniformResourceIdentifier(text(&format!("https://{host}/index.html"))),
            GeneralName::DirectoryName(name(host)),
            // An otherName, an id-on-dnsSRV (RFC 4985), and an ediPartyName.
            other(&tagged(
                0xa0,
                &[SRV_NAME, &tagged(0xa0, &tagged(0x16, host.as_bytes()))].concat(),
            )),
            other(&tagged(0xa5, &tagged(0xa1, &tagged(0x0c, host.as_bytes())))),
        ]);
    }
    kinds.push(GeneralName::RegisteredId(ObjectIdentifier::new_unwrap(
        "1.2.3.4",
    )));
    kinds
}

/// Names that match neither [`HOST`] nor 192.0.2.1.
pub fn strange_names() -> Vec<GeneralName> {
    let mut names = other_kinds();
    names.extend(
        [
            "",
            ".",
            "*",
            "*.",
            "..",
            "*.*",
            "\0",
            "www.example.org\0",
            " ",
            "a..b",
            "-",
            "*.org.",
            "192.0.2.1",
        ]
        .map(dns_name),
    );
    names.push(dns_name(&"a".repeat(1000)));
    names.extend([0, 1, 3, 5, 8, 15, 17, 32].map(|length| ip_address(&vec![192; length])));
    names.extend(
        near(IpAddr::from([192, 0, 2, 1]))
            .iter()
            .map(|entry| ip_address(entry)),
    );
    names
}

/// What there may be beside a common name that is the host: no list of names, or a list of others.
pub fn others_beside_a_common_name() -> Vec<Option<Vec<GeneralName>>> {
    let mut lists = vec![
        None,
        Some(vec![]),
        Some(vec![dns_name("www.example.com")]),
        Some(vec![ip_address(&[192, 0, 2, 7])]),
    ];
    lists.extend(other_kinds().into_iter().map(|name| Some(vec![name])));
    lists
}
