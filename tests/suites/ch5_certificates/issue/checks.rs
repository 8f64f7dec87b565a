//! What several properties of `issue` check about the certificate.

use std::collections::BTreeSet;

use given::x509::*;
use harness::show::Words;
use harness::{Broken, check, same, with};

use crate::subject::ch5_certificates::*;
use fixtures::x509::names_in_words;

/// Checks that the issuer is the owner of the CA's certificate.
pub fn check_issuer(certificate: &Certificate, authority: &Authority) -> Result<(), Broken> {
    same!(
        certificate.issuer().to_string(),
        authority.certificate.subject().to_string(),
        "issue(&authority, &request, validity)?.issuer()"
    );
    Ok(())
}

/// Checks that the certificate has these names, in this order.
pub fn check_names(certificate: &Certificate, expected: &[GeneralName]) -> Result<(), Broken> {
    let got = certificate.extension::<SubjectAltName>();
    let words = match &got {
        Ok(Some(SubjectAltName(names))) => names_in_words(names),
        Ok(None) => Words("no SubjectAltName".to_owned()),
        Err(_) => Words("a SubjectAltName that can't be read".to_owned()),
    };
    check!(
        got.is_ok_and(|names| names.is_some_and(|SubjectAltName(names)| names == expected)),
        names_in_words(expected).0,
        words,
        "issue(&authority, &request, validity)?.extension::<SubjectAltName>()"
    );
    Ok(())
}

pub fn check_that_it_is_no_ca(certificate: &Certificate) -> Result<(), Broken> {
    let no_ca = BasicConstraints {
        ca: false,
        path_len_constraint: None,
    };
    same!(
        certificate.extension(),
        Ok(Some(no_ca)),
        "issue(&authority, &request, validity)?.extension::<BasicConstraints>()"
    );
    Ok(())
}

/// Checks whether the names are critical.
pub fn check_critical_names(certificate: &Certificate, expected: bool) -> Result<(), Broken> {
    let critical = critical_extensions(certificate).contains(&ID_CE_SUBJECT_ALT_NAME);
    let are = |critical| {
        if critical {
            "critical names"
        } else {
            "noncritical names"
        }
    };
    check!(
        critical == expected,
        are(expected),
        Words(are(critical).to_owned()),
        "issue(&authority, &request, validity)?.extensions()"
    );
    Ok(())
}

pub fn critical_extensions(certificate: &Certificate) -> BTreeSet<ObjectIdentifier> {
    let critical = certificate.extensions().iter().filter(|one| one.critical);
    critical.map(|one| one.extn_id).collect()
}

/// Checks that the certificate identifies the key of the request and that of the CA.
pub fn check_identified(
    certificate: &Certificate,
    request: &Request,
    authority: &Authority,
) -> Result<(), Broken> {
    for expected in key_identifiers(&request.public_key, authority.key.as_public_key()) {
        let mut extensions = certificate.extensions().iter();
        let found = extensions.find(|one| one.extn_id == expected.extn_id);
        with!("extension" = Words(oid_in_words(&expected.extn_id)));
        let content = |one: &Extension| one.extn_value.as_bytes().to_vec();
        same!(
            found.map(content),
            Some(content(&expected)),
            "issue(&authority, &request, validity)?.extensions()"
        );
        check!(
            found.is_some_and(|one| !one.critical),
            "a noncritical extension",
            Words("a critical one".to_owned()),
            "issue(&authority, &request, validity)?.extensions()"
        );
    }
    Ok(())
}
