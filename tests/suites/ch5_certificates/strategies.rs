//! Names, dates, requests and certificates that several exercises are tried with.

use std::net::IpAddr;

use der::asn1::Ia5String;
use given::x509::*;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::sizes::BITS;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;

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
    vec(
        prop_oneof![3 => host_name(), 1 => wildcard, 1 => address],
        1..=3,
    )
    .boxed()
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

/// Valid from so many seconds before now until so many after it.
pub fn valid(before: i64, after: i64) -> Certificate {
    let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
    plan.validity = (before, after);
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
