//! Names, dates, requests and certificates that several exercises are tried with.

use std::net::IpAddr;

use der::Encode as _;
use der::asn1::{Any, Ia5String, Null};
use given::x509::*;
use proptest::prelude::*;
use proptest::sample::select;

use crate::sizes::BITS;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::strategies::list;

/// id-kp-clientAuth: for TLS clients (RFC 5280 §4.2.1.12).
pub const CLIENT_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");

/// A year around now.
pub fn validity() -> Validity {
    Validity {
        not_before: UnixTime(NOW.0 - 15_000_000),
        not_after: UnixTime(NOW.0 + 15_000_000),
    }
}

/// An intermediate CA, made without the learner's help.
pub fn authority(bits: usize) -> Authority {
    let Signer(name, key) = ca(bits, 1);
    Authority {
        certificate: Plan::ca(name, key, anchor(bits)).make(),
        key: key.private().clone(),
    }
}

/// The key of a server that asks for a certificate.
pub fn server_key() -> rsa::PublicKey {
    Key(BITS, 8).public()
}

pub fn request(hosts: &[String]) -> Request {
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    Request::new(&hosts, server_key()).expect("names of hosts")
}

pub fn issued(
    authority: &Authority,
    hosts: &[String],
) -> Result<Certificate, crate::subject::ch3_signatures::KeyTooSmall> {
    issue(authority, &request(hosts), validity())
}

pub fn hosts_of(hosts: &[&str]) -> Vec<String> {
    hosts.iter().map(|&host| host.to_owned()).collect()
}

/// The name of a host, of two to four labels.
pub fn host_name() -> BoxedStrategy<String> {
    "[a-z0-9]{1,6}(-[a-z0-9]{1,3})?(\\.[a-zA-Z0-9]{1,6}){0,2}\\.[a-z]{2,4}".boxed()
}

/// What a server may ask for: names, wildcards, addresses.
pub fn hosts() -> BoxedStrategy<Vec<String>> {
    let wildcard = host_name().prop_map(|host| format!("*.a.{host}"));
    let address = address().prop_map(|address| address.to_string());
    list(
        prop_oneof![3 => host_name(), 1 => wildcard, 1 => address],
        1..=5,
    )
}

/// So many hosts, of which no two are the same.
pub fn numbered_hosts(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| format!("h{number}.example.org"))
        .collect()
}

/// Moments at which a date is written or counted in another way: 31 and 32 bits are full, the year gets
/// four digits; and the first and the last that a certificate can name.
pub const EDGES_OF_TIME: [u64; 14] = [
    0,
    1,
    0x7fff_fffe,
    0x7fff_ffff,
    0x8000_0000,
    2_524_607_999,
    2_524_608_000,
    0xffff_fffe,
    0xffff_ffff,
    0x1_0000_0000,
    0x1_0000_0001,
    0x2_0000_0000,
    UnixTime::LAST.0 - 1,
    UnixTime::LAST.0,
];

/// A moment that a certificate can name: half of them at an edge.
pub fn moment() -> BoxedStrategy<UnixTime> {
    prop_oneof![select(EDGES_OF_TIME.to_vec()), 0..=UnixTime::LAST.0]
        .prop_map(UnixTime)
        .boxed()
}

/// The bytes of a name. Two that look the same may be written differently.
pub fn der_of(name: &Name) -> Vec<u8> {
    name.to_der().expect("it fits into memory")
}

pub fn address() -> BoxedStrategy<IpAddr> {
    prop_oneof![
        any::<[u8; 4]>().prop_map(IpAddr::from),
        any::<[u8; 16]>().prop_map(IpAddr::from),
    ]
    .boxed()
}

/// What crates.io sent in 2023: a server, an intermediate, a root that another root has signed,
/// and that one, signed by a third.
pub fn crates_io() -> Vec<Certificate> {
    let chain = certificates_from_pem(include_str!("crates.io.pem"));
    chain.expect("four certificates")
}

/// Valid from this moment until that.
pub fn valid(from: u64, until: u64) -> Certificate {
    let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
    let after_now = |moment: u64| moment.cast_signed() - NOW.0.cast_signed();
    plan.validity = (-after_now(from), after_now(until));
    plan.unsigned()
}

pub fn dns_name(name: &str) -> GeneralName {
    GeneralName::DnsName(Ia5String::new(name).expect("ASCII"))
}

pub fn with_names(names: Vec<GeneralName>) -> Certificate {
    let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
    plan.names = Some(names);
    plan.unsigned()
}

/// A certificate for these hosts, wildcards and addresses.
pub fn named(names: &[&str]) -> Certificate {
    let name = |name: &&str| general_name(name).unwrap_or_else(|_| dns_name(name));
    with_names(names.iter().map(name).collect())
}

fn algorithm(oid: &str, parameters: Option<Any>) -> AlgorithmIdentifier {
    AlgorithmIdentifier {
        oid: ObjectIdentifier::new_unwrap(oid),
        parameters,
    }
}

/// Every purpose of a key except to be a TLS server (RFC 5280 §4.2.1.12, and older ones).
pub const OTHER_PURPOSES: [(&str, &str); 15] = [
    ("anyExtendedKeyUsage", "2.5.29.37.0"),
    ("clientAuth", "1.3.6.1.5.5.7.3.2"),
    ("codeSigning", "1.3.6.1.5.5.7.3.3"),
    ("emailProtection", "1.3.6.1.5.5.7.3.4"),
    ("ipsecEndSystem", "1.3.6.1.5.5.7.3.5"),
    ("timeStamping", "1.3.6.1.5.5.7.3.8"),
    ("OCSPSigning", "1.3.6.1.5.5.7.3.9"),
    ("eapOverLAN", "1.3.6.1.5.5.7.3.14"),
    ("ipsecIKE", "1.3.6.1.5.5.7.3.17"),
    (
        "server gated cryptography of Microsoft",
        "1.3.6.1.4.1.311.10.3.3",
    ),
    (
        "server gated cryptography of Netscape",
        "2.16.840.1.113730.4.1",
    ),
    ("smartcard logon", "1.3.6.1.4.1.311.20.2.2"),
    ("the number above", "1.3.6.1.5.5.7.3"),
    ("a number below", "1.3.6.1.5.5.7.3.1.1"),
    ("a number that begins alike", "1.3.6.1.5.5.7.3.10"),
];

/// Every extension that has a number of its own and is unknown to 5.5, and some numbers that are near to
/// those of known ones.
pub const OTHER_EXTENSIONS: [(&str, &str); 32] = [
    ("authorityKeyIdentifier, the old one", "2.5.29.1"),
    ("basicConstraints, the old ones", "2.5.29.10"),
    ("subjectDirectoryAttributes", "2.5.29.9"),
    ("subjectKeyIdentifier", "2.5.29.14"),
    ("privateKeyUsagePeriod", "2.5.29.16"),
    ("issuerAltName", "2.5.29.18"),
    ("cRLNumber", "2.5.29.20"),
    ("reasonCode", "2.5.29.21"),
    ("holdInstructionCode", "2.5.29.23"),
    ("invalidityDate", "2.5.29.24"),
    ("deltaCRLIndicator", "2.5.29.27"),
    ("issuingDistributionPoint", "2.5.29.28"),
    ("certificateIssuer", "2.5.29.29"),
    ("cRLDistributionPoints", "2.5.29.31"),
    ("certificatePolicies", "2.5.29.32"),
    ("policyMappings", "2.5.29.33"),
    ("authorityKeyIdentifier", "2.5.29.35"),
    ("policyConstraints", "2.5.29.36"),
    ("freshestCRL", "2.5.29.46"),
    ("inhibitAnyPolicy", "2.5.29.54"),
    ("authorityInfoAccess", "1.3.6.1.5.5.7.1.1"),
    ("qcStatements", "1.3.6.1.5.5.7.1.3"),
    ("subjectInfoAccess", "1.3.6.1.5.5.7.1.11"),
    ("TLS feature", "1.3.6.1.5.5.7.1.24"),
    ("OCSP no check", "1.3.6.1.5.5.7.48.1.5"),
    ("certificate transparency", "1.3.6.1.4.1.11129.2.4.2"),
    ("precertificate poison", "1.3.6.1.4.1.11129.2.4.3"),
    ("Netscape certificate type", "2.16.840.1.113730.1.1"),
    ("the number above", "2.5.29"),
    ("a number below", "2.5.29.15.1"),
    ("a number that begins alike", "2.5.29.150"),
    ("a purpose, not an extension", "1.3.6.1.5.5.7.3.1"),
];

/// Every other way to sign that has a number, by its name; and the right number with other parameters.
pub fn other_algorithms() -> Vec<(&'static str, AlgorithmIdentifier)> {
    let null = || Some(Any::from(Null));
    let with_rsa = [
        ("rsaEncryption", "1.2.840.113549.1.1.1"),
        ("md2WithRSAEncryption", "1.2.840.113549.1.1.2"),
        ("md4WithRSAEncryption", "1.2.840.113549.1.1.3"),
        ("md5WithRSAEncryption", "1.2.840.113549.1.1.4"),
        ("sha1WithRSAEncryption", "1.2.840.113549.1.1.5"),
        ("RSASSA-PSS", "1.2.840.113549.1.1.10"),
        ("sha384WithRSAEncryption", "1.2.840.113549.1.1.12"),
        ("sha512WithRSAEncryption", "1.2.840.113549.1.1.13"),
        ("sha224WithRSAEncryption", "1.2.840.113549.1.1.14"),
        ("sha512-224WithRSAEncryption", "1.2.840.113549.1.1.15"),
        ("sha512-256WithRSAEncryption", "1.2.840.113549.1.1.16"),
        ("sha1WithRSA of OIW", "1.3.14.3.2.29"),
        ("ripemd160WithRSA", "1.3.36.3.3.1.2"),
        ("RSA with SHA3-256", "2.16.840.1.101.3.4.3.14"),
        ("a number below the right one", "1.2.840.113549.1.1.11.1"),
        ("SHA-256, a hash", "2.16.840.1.101.3.4.2.1"),
    ];
    let others = [
        ("dsa-with-sha1", "1.2.840.10040.4.3"),
        ("dsa-with-sha256", "2.16.840.1.101.3.4.3.2"),
        ("ecdsa-with-SHA1", "1.2.840.10045.4.1"),
        ("ecdsa-with-SHA256", "1.2.840.10045.4.3.2"),
        ("ecdsa-with-SHA384", "1.2.840.10045.4.3.3"),
        ("ecdsa-with-SHA512", "1.2.840.10045.4.3.4"),
        ("Ed25519", "1.3.101.112"),
        ("Ed448", "1.3.101.113"),
        ("RSASSA-PSS without parameters", "1.2.840.113549.1.1.10"),
        ("no parameters", "1.2.840.113549.1.1.11"),
    ];
    let empty = |tag| Some(Any::new(tag, []).expect("it is empty"));
    let right = "1.2.840.113549.1.1.11";
    let strange = [
        (
            "a sequence as parameters",
            algorithm(right, empty(der::Tag::Sequence)),
        ),
        (
            "a string as parameters",
            algorithm(right, empty(der::Tag::OctetString)),
        ),
    ];
    let with_rsa = with_rsa.map(|(name, oid)| (name, algorithm(oid, null())));
    let others = others.map(|(name, oid)| (name, algorithm(oid, None)));
    with_rsa.into_iter().chain(others).chain(strange).collect()
}

/// Key identifiers of these keys, as if they were those of the owner and of the issuer.
pub fn identifiers(owner: u8, issuer: u8) -> [Extension; 2] {
    key_identifiers(&Key(BITS, owner).public(), &Key(BITS, issuer).public())
}

/// An extension with any bytes inside.
pub fn with_content(id: ObjectIdentifier, content: &[u8]) -> Extension {
    Extension {
        extn_id: id,
        critical: true,
        extn_value: der::asn1::OctetString::new(content).expect("it is short"),
    }
}

/// The one root that most chains lead to.
pub fn roots() -> Vec<Certificate> {
    vec![Plan::root(anchor(BITS)).make()]
}

pub fn verified(plans: &[Plan]) -> Result<(), Untrusted> {
    verify_chain(&made(plans), &roots(), HOST, NOW)
}

/// The same certificate, but that the letters of its names are written as a `PrintableString`.
pub fn in_printable_letters(certificate: &Certificate) -> Certificate {
    // The type of a common name, and the tag of a UTF8String.
    const COMMON_NAME: &[u8] = &[0x55, 4, 3, 0x0c];
    let mut der = certificate.to_der().to_vec();
    for place in 0..der.len() - COMMON_NAME.len() {
        if der[place..].starts_with(COMMON_NAME) {
            der[place + 3] = 0x13;
        }
    }
    Certificate::from_der(&der).expect("as good as before")
}
