//! A certificate in words, for the user who is told that it is not trusted.

use std::net::IpAddr;

use der::oid::ObjectIdentifier;
use der::oid::db::DB;
use der::oid::db::rfc5280::{
    ID_CE_BASIC_CONSTRAINTS, ID_CE_EXT_KEY_USAGE, ID_CE_KEY_USAGE, ID_CE_NAME_CONSTRAINTS,
    ID_CE_SUBJECT_ALT_NAME,
};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{BasicConstraints, SubjectAltName};
use x509_cert::name::Name;

use super::certificate::Certificate;
use super::time::Validity;
use crate::tls::trace::values::printable;

/// How many names of a certificate are written out. Some certificates have a hundred.
const NAMES: usize = 4;

impl Certificate {
    /// Its owner, its issuer, the period in which it is valid, and its hosts, in one line. What the
    /// peer has written is shown without characters that would move the cursor.
    pub fn in_words(&self) -> String {
        let subject = match self.subject().is_empty() {
            true => "an owner without a name".to_owned(),
            false => printable(&self.subject().to_string()),
        };
        let issuer = printable(&self.issuer().to_string());
        let Validity {
            not_before: from,
            not_after: until,
        } = self.validity();
        let words = format!("{subject}, issued by {issuer}, valid from {from:?} until {until:?}");
        match self.extension() {
            Ok(Some(SubjectAltName(names))) => format!("{words}, for {}", in_a_row(&names)),
            _ => words,
        }
    }
}

impl Certificate {
    /// Its owner, its issuer, and what its extensions say about what it is for. This is what `{:?}` prints.
    pub(super) fn in_short(&self) -> String {
        let name = |name: &Name| printable(&name.to_string());
        let (subject, issuer) = (name(self.subject()), name(self.issuer()));
        let mut words = format!("{subject}, issued by {issuer}");
        let mut say = |what: String| {
            words += ", ";
            words += &what;
        };
        match self.extension() {
            Ok(Some(BasicConstraints { ca: false, .. })) => say("not a CA".to_owned()),
            Ok(Some(BasicConstraints {
                path_len_constraint: None,
                ..
            })) => say("a CA".to_owned()),
            Ok(Some(BasicConstraints {
                path_len_constraint: Some(longest),
                ..
            })) => say(format!("a CA with path length {longest}")),
            Ok(None) => {}
            Err(_) => say("malformed basicConstraints".to_owned()),
        }
        if let Ok(Some(SubjectAltName(names))) = self.extension() {
            say(format!("for {}", in_a_row(&names)));
        }
        for extension in self.extensions() {
            let critical = if extension.critical { "critical " } else { "" };
            match extension.extn_id {
                ID_CE_BASIC_CONSTRAINTS
                | ID_CE_KEY_USAGE
                | ID_CE_EXT_KEY_USAGE
                | ID_CE_SUBJECT_ALT_NAME => {}
                ID_CE_NAME_CONSTRAINTS => say(format!("with {critical}nameConstraints")),
                other => say(format!(
                    "with the {critical}extension {}",
                    oid_in_words(&other)
                )),
            }
        }
        words
    }
}

/// The number, and its name, if the RFCs have one.
pub fn oid_in_words(id: &ObjectIdentifier) -> String {
    match DB.by_oid(id) {
        Some(name) => format!("{id} ({name})"),
        None => id.to_string(),
    }
}

fn in_a_row(names: &[GeneralName]) -> String {
    let shown: Vec<String> = names.iter().take(NAMES).map(shown).collect();
    if names.is_empty() {
        return "no names".to_owned();
    }
    let more = match names.len() - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    shown.join(", ") + &more
}

/// A name of a certificate, or of a subtree, in words.
pub fn name_in_words(name: &GeneralName) -> String {
    match name {
        // In a subtree, a mask follows the address.
        GeneralName::IpAddress(bytes) if [8, 32].contains(&bytes.as_bytes().len()) => {
            let (network, mask) = bytes.as_bytes().split_at(bytes.as_bytes().len() / 2);
            format!("{} with the mask {}", address(network), address(mask))
        }
        name => shown(name),
    }
}

fn shown(name: &GeneralName) -> String {
    match name {
        GeneralName::DnsName(name) => printable(name.as_str()),
        GeneralName::IpAddress(bytes) => address(bytes.as_bytes()),
        GeneralName::Rfc822Name(name) => format!("the mail address {}", printable(name.as_str())),
        GeneralName::UniformResourceIdentifier(uri) => {
            format!("the URI {}", printable(uri.as_str()))
        }
        GeneralName::DirectoryName(name) => {
            format!("the directory name {}", printable(&name.to_string()))
        }
        _ => "a name of another kind".to_owned(),
    }
}

fn address(bytes: &[u8]) -> String {
    let v4 = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    let v6 = <[u8; 16]>::try_from(bytes).map(IpAddr::from);
    let address = v4.or(v6).map(|address| address.to_string());
    address.unwrap_or_else(|_| "not an address".to_owned())
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use der::asn1::Ia5String;
    use rsa::BoxedUint;
    use x509_cert::serial_number::SerialNumber;

    use super::*;
    use crate::x509::{ToBeSigned, UnixTime, extension, general_name, sha256_with_rsa};

    fn in_words(subject: Name, names: Option<&[&str]>) -> String {
        let names = names.map(|names| {
            let name = |name: &&str| match *name {
                "a bell" => GeneralName::DnsName(Ia5String::new("a\x07").expect("ASCII")),
                name => general_name(name).expect("a host"),
            };
            let names = names.iter().map(name);
            extension(false, &SubjectAltName(names.collect()))
        });
        let modulus = BoxedUint::from_be_slice_vartime(&[0xff; 128]);
        let part = ToBeSigned {
            serial: SerialNumber::new(&[1]).expect("short"),
            algorithm: sha256_with_rsa(),
            issuer: Name::from_str("CN=A\u{1b}[31mCA").expect("a name"),
            validity: Validity {
                not_before: UnixTime(0),
                not_after: UnixTime(1_800_000_000),
            },
            subject,
            public_key: rsa::PublicKey::new(modulus, BoxedUint::from(65537_u32)).expect("a key"),
            extensions: names.into_iter().collect(),
        };
        let certificate = Certificate::assemble(&part.to_der(), &sha256_with_rsa(), &[7; 128]);
        certificate.expect("a certificate").in_words()
    }

    #[test]
    fn a_certificate_is_put_in_words() {
        let dates = "valid from 1970-01-01T00:00:00Z until 2027-01-15T08:00:00Z";
        let server = Name::from_str("CN=Server").unwrap();
        assert_eq!(
            in_words(server.clone(), None),
            format!("CN=Server, issued by CN=A\\1b[31mCA, {dates}")
        );
        assert!(in_words(Name::default(), None).starts_with("an owner without a name, issued by"));
        let words = in_words(server.clone(), Some(&["a", "192.0.2.1", "::1", "*.b.c"]));
        assert!(words.ends_with(", for a, 192.0.2.1, ::1, *.b.c"), "{words}");
        let words = in_words(server.clone(), Some(&["a bell"]));
        assert!(words.ends_with(", for a\u{fffd}"), "{words}");
        let words = in_words(server, Some(&["a", "b", "c", "d", "e", "f"]));
        assert!(words.ends_with(", for a, b, c, d and 2 more"), "{words}");
    }
}
