use std::ops::Range;
use std::str::FromStr;

use der::Encode;
use proptest::prelude::*;
use rsa::BoxedUint;

use super::*;

/// A public key whose private half nobody has.
fn public_key() -> rsa::PublicKey {
    let modulus = BoxedUint::from_be_slice_vartime(&[0xff; 128]);
    rsa::PublicKey::new(modulus, BoxedUint::from(65537u32)).unwrap()
}

fn to_be_signed(from: u64, until: u64) -> ToBeSigned {
    ToBeSigned {
        serial: SerialNumber::new(&[1]).unwrap(),
        algorithm: sha256_with_rsa(),
        issuer: Name::from_str("CN=CA").unwrap(),
        validity: Validity {
            not_before: UnixTime(from),
            not_after: UnixTime(until),
        },
        subject: Name::from_str("CN=Server").unwrap(),
        public_key: public_key(),
        extensions: vec![extension(true, &KeyUsage(KeyUsages::CRLSign.into()))],
    }
}

fn certificate(to_be_signed: &ToBeSigned) -> Result<Certificate, Malformed> {
    Certificate::assemble(&to_be_signed.to_der(), &to_be_signed.algorithm, &[7; 128])
}

#[test]
fn what_is_written_is_read() {
    let part = to_be_signed(1_000_000_000, 2_000_000_000);
    let certificate = certificate(&part).unwrap();
    assert_eq!(certificate.signed_part(), part.to_der());
    assert_eq!(certificate.signature(), [7; 128]);
    assert_eq!(certificate.serial(), &part.serial);
    assert_eq!(certificate.issuer(), &part.issuer);
    assert_eq!(certificate.subject(), &part.subject);
    assert_eq!(certificate.validity(), part.validity);
    assert_eq!(certificate.public_key(), Ok(part.public_key));
    assert_eq!(certificate.extensions(), part.extensions);
    assert_eq!(certificate.inner_algorithm(), &part.algorithm);
    assert_eq!(certificate.outer_algorithm(), &part.algorithm);
    let usage = KeyUsage(KeyUsages::CRLSign.into());
    assert_eq!(certificate.extension(), Ok(Some(usage)));
    assert_eq!(certificate.extension::<BasicConstraints>(), Ok(None));
}

#[test]
fn pem_survives_a_round_trip() {
    let one = certificate(&to_be_signed(1, 2)).unwrap();
    let other = certificate(&to_be_signed(3, 4)).unwrap();
    let text = format!("before\n{}between\n{}after", one.to_pem(), other.to_pem());
    assert_eq!(certificates_from_pem(&text), Ok(vec![one.clone(), other]));
    assert_eq!(certificates_from_pem("nothing"), Ok(vec![]));
    let cut = &one.to_pem()[..200];
    assert_eq!(certificates_from_pem(cut), Err(Malformed));
    let wrong = one.to_pem().replace("MII", "AAA");
    assert_eq!(certificates_from_pem(&wrong), Err(Malformed));
    assert!(private_key_from_pem(&one.to_pem()).is_err());
}

#[test]
fn years_have_two_digits_until_2049_and_four_after_that() {
    // Tags 23 and 24: UTCTime and GeneralizedTime.
    for (moment, tag) in [(2_524_607_999, 23), (2_524_608_000, 24)] {
        let validity = to_be_signed(0, moment).validity;
        let der = validity.encoded().to_der().unwrap();
        // Before it: the header of the sequence, and the header and the 13 bytes of the first time.
        assert_eq!(der[2 + 2 + 13], tag);
        assert_eq!(
            certificate(&to_be_signed(0, moment)).unwrap().validity(),
            validity
        );
    }
}

#[test]
fn there_is_no_time_after_the_last() {
    let validity = certificate(&to_be_signed(0, u64::MAX)).unwrap().validity();
    assert_eq!(validity.not_after, UnixTime::LAST);
    assert_eq!(format!("{:?}", UnixTime::LAST), "9999-12-31T23:59:59Z");
}

#[test]
fn the_signed_part_is_what_was_received() {
    // A moment before 2050 with four digits for the year: the crate would write it with two.
    let part = to_be_signed(0, 1_800_000_000).to_der();
    let short = b"\x17\x0d270115080000Z";
    let long = b"\x18\x0f20270115080000Z";
    let place = part.windows(15).position(|window| window == short).unwrap();
    let mut part = [&part[..place], long, &part[place + 15..]].concat();
    // Two bytes more in the validity, and two in the whole. Their lengths come before them.
    part[place - 15 - 1] += 2;
    part[3] += 2;
    let certificate = Certificate::assemble(&part, &sha256_with_rsa(), &[7; 128]).unwrap();
    assert_eq!(certificate.signed_part(), part);
    assert_eq!(certificate.validity().not_after, UnixTime(1_800_000_000));
}

#[test]
fn fields_are_found_with_a_version_in_front_and_without() {
    let mut part = to_be_signed(0, 1_800_000_000);
    part.extensions.clear();
    // Long enough that the length of the whole takes two bytes.
    part.subject = Name::from_str("CN=Server,O=Examples and other servers").unwrap();
    let with = part.to_der();
    // Certificates of version 1 leave this field out.
    let version = [0xa0, 3, 2, 1, 2];
    assert_eq!(with[4..][..version.len()], version);
    let mut without = [&with[..4], &with[4 + version.len()..]].concat();
    without[3] -= 5;
    for part in [with, without] {
        let certificate = Certificate::assemble(&part, &sha256_with_rsa(), &[7; 128]).unwrap();
        let places = Places::of(&certificate);
        let cut = |range: Range<usize>| &certificate.to_der()[range];
        assert_eq!(cut(places.issuer), certificate.issuer().to_der().unwrap());
        let validity = certificate.validity().encoded().to_der().unwrap();
        assert_eq!(cut(places.validity), validity);
    }
}

#[test]
fn what_follows_a_certificate_is_refused() {
    let certificate = certificate(&to_be_signed(1, 2)).unwrap();
    let longer = [certificate.to_der(), &[0]].concat();
    assert_eq!(Certificate::from_der(&longer), Err(Malformed));
    let shorter = &certificate.to_der()[..certificate.to_der().len() - 1];
    assert_eq!(Certificate::from_der(shorter), Err(Malformed));
}

#[test]
fn an_extension_twice_is_refused() {
    let mut part = to_be_signed(1, 2);
    part.extensions.extend(part.extensions.clone());
    assert_eq!(certificate(&part), Err(Malformed));
}

#[test]
fn extensions_are_refused_in_older_versions() {
    let mut part = to_be_signed(1, 2);
    for (version, extensions) in [(0, 1), (1, 1), (0, 0), (1, 0), (2, 1), (2, 0), (3, 0)] {
        part.extensions.truncate(extensions);
        let mut der = part.to_der();
        let field = [0xa0, 3, 2, 1, 2];
        let place = der.windows(5).position(|window| window == field);
        der[place.unwrap() + 4] = version;
        let read = Certificate::assemble(&der, &sha256_with_rsa(), &[7; 128]);
        let good = version == 2 || version < 2 && extensions == 0;
        assert_eq!(read.is_ok(), good, "{version}, {extensions}");
        part = to_be_signed(1, 2);
    }
}

#[test]
fn an_unusable_key_is_refused() {
    let part = to_be_signed(1, 2).to_der();
    let place = part.windows(128).position(|window| window == [0xff; 128]);
    // An even modulus.
    let mut even = part.clone();
    even[place.unwrap() + 127] = 0xfe;
    // An exponent of 1, with leading zeros that DER does not allow.
    let mut padded = part;
    padded[place.unwrap() + 128 + 2..][..3].copy_from_slice(&[0, 0, 1]);
    for part in [even, padded] {
        let certificate = Certificate::assemble(&part, &sha256_with_rsa(), &[7; 128]);
        let key = certificate.map(|one| one.public_key());
        assert_eq!(key, Ok(Err(BadKey::Malformed)));
    }
}

#[test]
fn a_key_of_another_kind_is_told_from_a_bad_one() {
    let mut part = to_be_signed(1, 2).to_der();
    // The number of rsaEncryption. Its last part becomes that of RSASSA-PSS.
    let rsa = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
    let place = part.windows(9).position(|window| window == rsa);
    part[place.unwrap() + 8] = 10;
    let certificate = Certificate::assemble(&part, &sha256_with_rsa(), &[7; 128]);
    let key = certificate.map(|one| one.public_key());
    assert_eq!(key, Ok(Err(BadKey::Unsupported)));
}

#[test]
fn hosts_are_names_or_addresses() {
    let long = format!("{}.example", "a".repeat(63));
    for good in [
        "localhost",
        "a-b.example.org",
        "*.example.org",
        "_x.example",
        &long,
        "xn--a",
    ] {
        assert!(
            matches!(general_name(good), Ok(GeneralName::DnsName(_))),
            "{good}"
        );
    }
    for good in ["192.0.2.1", "::1"] {
        assert!(
            matches!(general_name(good), Ok(GeneralName::IpAddress(_))),
            "{good}"
        );
    }
    let too_long = format!("{}.example", "a".repeat(64));
    let bad = [
        "",
        ".",
        "*",
        "a..b",
        "a.",
        ".a",
        "w*.a",
        "a b",
        "a\0.b",
        "bücher.example",
        "a,b",
        "CN=a",
        &too_long,
        &["a"; 128].join("."),
    ];
    for bad in bad {
        assert_eq!(general_name(bad), Err(BadName), "{bad}");
        assert_eq!(Request::new(&[bad], public_key()), Err(BadName));
    }
    assert_eq!(Request::new(&[], public_key()), Err(BadName));
}

#[test]
fn dns_names_are_labels() {
    let (label, longer) = ("a".repeat(63), "a".repeat(64));
    let long = |last: &str| [label.as_str(), &label, &label, last].join(".");
    for good in [
        "a",
        "example.org",
        "EXAMPLE.org",
        "a-b.c_d._e",
        "1.2.a",
        "1.a1",
        &label,
        &long(&"b".repeat(61)),
    ] {
        assert!(is_dns_name(good), "{good}");
    }
    for bad in [
        "",
        ".",
        "a.",
        ".a",
        "a..b",
        "*.a.b",
        "-a.b",
        "a-.b",
        "a.-",
        "a b",
        "a\0b",
        "é.a",
        "a.1",
        "192.0.2.1",
        "7",
        &longer,
        &long(&"b".repeat(62)),
    ] {
        assert!(!is_dns_name(bad), "{bad}");
    }
}

#[test]
fn a_long_name_is_not_a_common_name() {
    let long = format!("{}.example", "a".repeat(60));
    let request = Request::new(&[&long, "b"], public_key()).unwrap();
    assert!(request.subject.is_empty());
    let request = Request::new(&["*.b", &long], public_key()).unwrap();
    assert_eq!(request.subject.to_string(), "CN=*.b");
}

proptest! {
    #[test]
    fn junk_is_refused(junk in any::<Vec<u8>>(), text in ".{0,200}") {
        prop_assert_eq!(Certificate::from_der(&junk), Err(Malformed));
        prop_assert_eq!(certificates_from_pem(&text), Ok(vec![]));
        prop_assert_eq!(private_key_from_pem(&text), Err(Malformed));
    }

    #[test]
    fn a_broken_certificate_does_no_harm(changes in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 1..8)) {
        let mut der = certificate(&to_be_signed(1, 2)).unwrap().to_der().to_vec();
        for (place, byte) in changes {
            let length = der.len();
            der[place.index(length)] = byte;
        }
        if let Ok(certificate) = Certificate::from_der(&der) {
            prop_assert_eq!(certificate.to_der(), &der);
            let _ = (certificate.public_key(), certificate.validity(), Places::of(&certificate));
            let _ = certificate.extension::<KeyUsage>();
        }
    }
}
