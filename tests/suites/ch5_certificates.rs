//! What must hold of chapter 5.

mod subject;

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::process::ExitCode;

use der::asn1::{Any, Ia5String, Null};
use given::x509::*;
use harness::{accepted, assume, check, same};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rsa::BoxedUint;
use sha2::Sha256;

use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::oracles::{openssl_accepts, webpki_accepts, webpki_knows};
use fixtures::strategies::{Bit, bit, bytes};

/// The size of an RSA key where the size is not the point.
const BITS: usize = 1024;

/// The smallest RSA key that webpki takes from a CA.
const SAFE_BITS: usize = 2048;

/// How many signatures `verify_chain` may check.
const MOST_CHECKS: usize = 100;

/// How many serial numbers are drawn to see whether they are random.
const SAMPLES: usize = 64;

fn main() -> ExitCode {
    harness::examine(&suite())
}

harness::suite! {
    exercise "5.1" {
        /// what is signed are the bytes of the whole first part, by the CA's key
        #[think = "Which bytes go into `sign_pkcs1`? A client computes them from the certificate."]
        #[cases = 32]
        fn the_first_part_is_signed(to_be_signed in to_be_signed()) {
            let key = Key(BITS, 0).private();
            let certificate = accepted!(certify(&to_be_signed, key));
            same!(certificate.signed_part().to_vec(), to_be_signed.to_der());
            let (part, signature) = (certificate.signed_part(), certificate.signature());
            let verified = key.as_public_key().pkcs1v15_verify::<Sha256>(part, signature);
            check!(verified.is_ok(), "the CA's signature over signed_part()", certificate);
        }

        /// the algorithm is sha256WithRSAEncryption, inside and outside
        #[think = "The third argument of `assemble` is what the first part says of itself."]
        #[cases = 8]
        fn the_algorithm_is_the_same_twice(hosts in hosts()) {
            let certificate = accepted!(issued(&authority(BITS), &hosts));
            same!(*certificate.inner_algorithm(), sha256_with_rsa());
            same!(*certificate.outer_algorithm(), sha256_with_rsa());
        }

        /// a certificate has the subject, the names, the key and the validity that were asked for
        #[think = "Go through the first table, line by line. Whose key is it that you put in?"]
        #[cases = 16]
        fn what_was_requested_is_in_it(
            hosts in hosts(), from in 0..2_000_000_000_u64, seconds in 0..8_000_000_000_u64
        ) {
            let validity = Validity {
                not_before: UnixTime(from),
                not_after: UnixTime(from + seconds),
            };
            let request = request(&hosts);
            let certificate = accepted!(issue(&authority(BITS), &request, validity));
            same!(certificate.subject().to_string(), request.subject.to_string());
            same!(certificate.public_key() == Ok(request.public_key), true);
            same!(certificate.validity(), validity);
            let names = certificate.extension::<SubjectAltName>();
            same!(names, Ok(Some(SubjectAltName(request.names))));
        }

        /// the issuer is the subject of the CA's certificate, also where that CA is no root
        #[think = "A CA's certificate has two names in it. Which of them is the CA's own?"]
        fn the_issuer_is_the_ca() {
            let authority = authority(BITS);
            let certificate = accepted!(issued(&authority, &hosts_of(&[HOST])));
            same!(certificate.issuer().to_string(), authority.certificate.subject().to_string());
        }

        /// the extensions say that it is no CA, and what its key is for
        #[think = "Go through the second table, line by line, and through its column `critical`."]
        fn the_extensions_are_there() {
            let certificate = accepted!(issued(&authority(BITS), &hosts_of(&[HOST])));
            let no_ca = BasicConstraints { ca: false, path_len_constraint: None };
            same!(certificate.extension::<BasicConstraints>(), Ok(Some(no_ca)));
            let usages = KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment;
            same!(certificate.extension::<KeyUsage>(), Ok(Some(KeyUsage(usages))));
            let purposes = ExtendedKeyUsage(vec![ID_KP_SERVER_AUTH]);
            same!(certificate.extension::<ExtendedKeyUsage>(), Ok(Some(purposes)));
            let critical = critical_extensions(&certificate);
            same!(critical, BTreeSet::from([ID_CE_BASIC_CONSTRAINTS, ID_CE_KEY_USAGE]));
        }

        /// the keys are identified, the server's and the CA's
        #[think = "`key_identifiers` takes two keys. Which of them is whose?"]
        fn the_keys_are_identified() {
            let authority = authority(BITS);
            let certificate = accepted!(issued(&authority, &hosts_of(&[HOST])));
            let server = server_key();
            for expected in key_identifiers(&server, authority.key.as_public_key()) {
                let found = certificate.extensions().contains(&expected);
                check!(found, format!("{} among them", expected.extn_id), ids(&certificate));
            }
        }

        /// where the subject is empty, the names are critical
        #[think = "Where nothing else says who it is, who can't read the names must not go on."]
        #[cases = 4]
        fn names_are_critical_without_a_subject(letter in select(vec!["a", "b", "c"])) {
            // A common name has 64 characters at most, so this request has none.
            let long = format!("{}.example.org", letter.repeat(60));
            let certificate = accepted!(issued(&authority(BITS), &[long]));
            let critical = critical_extensions(&certificate);
            check!(critical.contains(&ID_CE_SUBJECT_ALT_NAME), "the names among them", critical);
        }

        /// serial numbers are at most 20 bytes long, and can't be foretold
        #[think = "A number that can be foretold let somebody forge a CA in 2008. What has the system?"]
        fn serial_numbers_are_random() {
            let authority = authority(BITS);
            let mut serials = Vec::new();
            for _ in 0..SAMPLES {
                let certificate = accepted!(issued(&authority, &hosts_of(&[HOST])));
                serials.push(certificate.serial().as_bytes().to_vec());
            }
            let faults = faults_of_serials(&serials);
            check!(faults.is_empty(), "64 random bits or more in each", faults);
        }

        /// an authority that is no CA issues as any other: to look is the client's task
        #[think = "What does the last paragraph of the task say?"]
        fn no_authority_is_asked() {
            let Signer(name, key) = ca(BITS, 1);
            let mut plan = Plan::ca(name, key, anchor(BITS));
            plan.ca = Some((false, None));
            plan.usage = Some(KeyUsages::DigitalSignature);
            let authority = Authority { certificate: plan.make(), key: key.private().clone() };
            let certificate = accepted!(issued(&authority, &hosts_of(&[HOST])));
            same!(certificate.issuer().to_string(), format!("CN={name}"));
        }

        /// webpki accepts it, for each of its hosts
        #[think = "The report says what webpki said. Compare it with the two tables."]
        #[cases = 16]
        fn webpki_accepts_it(hosts in hosts()) {
            let key = Key(SAFE_BITS, 0).private().clone();
            let root = accepted!(root("Root", key, validity()));
            let certificate = accepted!(issued(&root, &hosts));
            for host in &hosts {
                let host = host.replace('*', "any");
                let chain = [certificate.clone()];
                let roots = std::slice::from_ref(&root.certificate);
                let said = webpki_accepts(&chain, roots, &host, NOW);
                same!(said, Ok(()));
            }
        }

        /// OpenSSL accepts it, even where it is strict
        #[think = "The report says what OpenSSL said. Compare it with the two tables."]
        fn openssl_accepts_it() {
            let key = Key(SAFE_BITS, 0).private().clone();
            let root = accepted!(root("Root", key, validity()));
            for hosts in [&[HOST, "192.0.2.1"][..], &[&format!("{}.example.org", "a".repeat(60))]] {
                let certificate = accepted!(issued(&root, &hosts_of(hosts)));
                let host = hosts[0];
                match openssl_accepts(&certificate, &root.certificate, host, NOW) {
                    Some(said) => same!(said, Ok(())),
                    None => println!("{NO_OPENSSL}"),
                }
            }
        }
    }

    exercise "5.2" {
        /// a certificate was signed by its issuer
        #[think = "Whose key is it that checks, the owner's or the issuer's? And which bytes?"]
        #[cases = 16]
        fn the_issuer_has_signed(depth in 0..=4_usize) {
            let mut chain = made(&line(depth, BITS));
            chain.push(Plan::root(anchor(BITS)).make());
            for pair in chain.windows(2) {
                same!(signed_by(&pair[0], &pair[1]), Ok(()));
            }
        }

        /// a root was signed by itself
        #[think = "Nothing is special about a root here. Its issuer is its subject."]
        fn a_root_has_signed_itself() {
            let root = Plan::root(anchor(BITS)).make();
            same!(signed_by(&root, &root), Ok(()));
        }

        /// an issuer of the same name with another key is refused
        #[think = "Everybody can call themselves so. What can't everybody do?"]
        fn a_namesake_is_refused() {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1)).make();
            let namesake = Plan::root(Signer("CA 1", Key(BITS, 2))).make();
            same!(signed_by(&leaf, &namesake), Err(Untrusted::BadSignature));
        }

        /// an issuer of another name with the same key is refused
        #[think = "The certificate names its issuer. Is this the one?"]
        fn another_name_is_refused() {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1)).make();
            let renamed = Plan::root(Signer("CA 2", Key(BITS, 1))).make();
            same!(signed_by(&leaf, &renamed), Err(Untrusted::UnknownIssuer));
            let nameless = Plan::root(Signer("", Key(BITS, 1))).make();
            same!(signed_by(&leaf, &nameless), Err(Untrusted::UnknownIssuer));
        }

        /// who is signed is not who has signed
        #[think = "Of the two certificates, which one holds the signature, and which one the key?"]
        fn the_order_matters() {
            let [leaf, ca] = [&made(&line(1, BITS))[0], &made(&line(1, BITS))[1]];
            check!(signed_by(ca, leaf).is_err(), "Err(…)", signed_by(ca, leaf));
            check!(signed_by(leaf, leaf).is_err(), "Err(…)", signed_by(leaf, leaf));
        }

        /// changing one bit of the signature makes `signed_by` refuse it
        #[think = "Does the result of `verify_pkcs1` reach your own?"]
        #[cases = 32]
        fn a_changed_signature_is_refused(flipped in 0..BITS) {
            let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            plan.flipped = Some(flipped);
            let root = Plan::root(anchor(BITS)).make();
            same!(signed_by(&plan.make(), &root), Err(Untrusted::BadSignature));
        }

        /// changing one bit anywhere in a certificate makes `signed_by` refuse it
        #[think = "Which bytes did you check the signature over? All of the first part?"]
        #[cases = 192]
        fn a_changed_certificate_is_refused(changed in bit()) {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)).make();
            let root = Plan::root(anchor(BITS)).make();
            let changed = Certificate::from_der(&changed.flipped(leaf.to_der()));
            // Many a change leaves something that is no certificate any more.
            if let Ok(changed) = changed {
                check!(signed_by(&changed, &root).is_err(), "Err(…)", signed_by(&changed, &root));
            }
        }

        /// another algorithm beside the signature is refused
        #[think = "The algorithm stands in two places, and only one of them is signed."]
        fn another_outer_algorithm_is_refused(other from other_algorithms()) {
            let (_, algorithm) = other;
            let plan = Plan { outer: algorithm, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            let root = Plan::root(anchor(BITS)).make();
            same!(signed_by(&plan.make(), &root), Err(Untrusted::BadSignature));
        }

        /// another algorithm in the signed part is refused
        #[think = "The algorithm stands in two places. Do you look at both?"]
        fn another_inner_algorithm_is_refused(other from other_algorithms()) {
            let (_, algorithm) = other;
            let plan = Plan { inner: algorithm, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            let root = Plan::root(anchor(BITS)).make();
            same!(signed_by(&plan.make(), &root), Err(Untrusted::BadSignature));
        }

        /// another algorithm in both places is refused: it says what was signed, and it is not so
        #[think = "That both are the same is not enough. What must they be?"]
        fn another_algorithm_is_refused(other from other_algorithms()) {
            let (_, algorithm) = other;
            let (inner, outer) = (algorithm.clone(), algorithm);
            let plan = Plan { inner, outer, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            let root = Plan::root(anchor(BITS)).make();
            same!(signed_by(&plan.make(), &root), Err(Untrusted::BadSignature));
        }

        /// an issuer whose public key is not an RSA key is refused
        #[think = "`public_key` may fail. What do you do then?"]
        fn an_issuer_without_an_rsa_key_is_refused() {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)).make();
            let issuer = without_rsa_key(&Plan::root(anchor(BITS)).make());
            check!(signed_by(&leaf, &issuer).is_err(), "Err(…)", signed_by(&leaf, &issuer));
        }

        /// the certificates that crates.io sent in 2023 were signed by one another
        #[think = "Compare what you check with the three points of the task."]
        fn a_real_chain_is_signed() {
            for pair in crates_io().windows(2) {
                same!(signed_by(&pair[0], &pair[1]), Ok(()));
            }
        }
    }

    exercise "5.3" {
        /// a certificate is valid at every moment from its first to its last
        #[think = "Which of `<` and `<=` is it?"]
        #[cases = 64]
        fn inside_it_is_valid(before in 0..=100_000_i64, after in 0..=100_000_i64) {
            same!(valid_at(&valid(before, after), NOW), Ok(()));
        }

        /// both bounds are inclusive, even where they are the same second
        #[think = "RFC 5280 §4.1.2.5: from notBefore through notAfter. Which of `<` and `<=` is it?"]
        fn the_bounds_belong_to_it(bounds from [(0, 1000), (1000, 0), (0, 0)]) {
            same!(valid_at(&valid(bounds.0, bounds.1), NOW), Ok(()));
        }

        /// before its first second it is not valid yet
        #[think = "Did you look at both bounds? And which error is it?"]
        #[cases = 48]
        fn before_it_is_refused(early in prop_oneof![Just(1), 1..=1_000_000_i64]) {
            let expected = Err(Untrusted::NotYetValid);
            same!(valid_at(&valid(-early, 2_000_000), NOW), expected);
        }

        /// after its last second it has expired
        #[think = "Did you look at both bounds? And which error is it?"]
        #[cases = 48]
        fn after_it_is_refused(late in prop_oneof![Just(1), 1..=1_000_000_i64]) {
            same!(valid_at(&valid(2_000_000, -late), NOW), Err(Untrusted::Expired));
        }

        /// where the bounds are in the wrong order it is never valid
        #[think = "Each bound has to hold, whatever the other says."]
        #[cases = 48]
        fn bounds_in_the_wrong_order_are_refused(
            early in 1..=1000_i64, late in 1..=1000_i64
        ) {
            let never = valid(-early, -late);
            check!(valid_at(&never, NOW).is_err(), "Err(…)", valid_at(&never, NOW));
        }

        /// the first and the last moments that there are do not overflow
        #[think = "What do you compute with the times, other than to compare them?"]
        fn the_ends_of_time_do_not_overflow(now from [0, 1, u64::MAX, UnixTime::LAST.0]) {
            let certificate = valid(1000, 1000);
            let expected = if now < NOW.0 { Untrusted::NotYetValid } else { Untrusted::Expired };
            same!(valid_at(&certificate, UnixTime(now)), Err(expected));
        }
    }

    exercise "5.4" {
        /// a certificate is for the host whose name is in it
        #[think = "The names stand in the extension `SubjectAltName`."]
        #[cases = 96]
        fn the_name_matches(host in host_name()) {
            same!(is_for(&named(&[&host]), &host), Ok(()));
        }

        /// one name that matches is enough, wherever it stands
        #[think = "There are several names. Do you look at all of them?"]
        #[cases = 64]
        fn one_of_many_is_enough(
            others in vec(host_name(), 0..=5), host in host_name(), place in any::<Index>()
        ) {
            let mut names: Vec<&str> = others.iter().map(String::as_str).collect();
            names.insert(place.index(names.len() + 1), &host);
            same!(is_for(&named(&names), &host), Ok(()));
        }

        /// upper and lower case are the same, in the certificate and in the host
        #[think = "`eq_ignore_ascii_case`, and where? At the wildcard, too?"]
        #[cases = 96]
        fn case_does_not_matter(host in host_name(), wildcard in any::<bool>()) {
            let (upper, lower) = (host.to_ascii_uppercase(), host.to_ascii_lowercase());
            let pattern = |name: &str| if wildcard { format!("*.{name}") } else { name.to_owned() };
            let asked = |name: &str| if wildcard { format!("x.{name}") } else { name.to_owned() };
            same!(is_for(&named(&[&pattern(&upper)]), &asked(&lower)), Ok(()));
            same!(is_for(&named(&[&pattern(&lower)]), &asked(&upper)), Ok(()));
        }

        /// the names of the picture match, or don't, as it says
        #[think = "Split both names at their dots, and compare label by label."]
        fn the_picture_is_right(row from [
            ("*.example.org", "www.example.org", true),
            ("*.example.org", "WWW.Example.ORG", true),
            ("*.example.org", "example.org", false),
            ("*.example.org", "a.b.example.org", false),
            ("*.example.org", "wwwexample.org", false),
            ("w*.example.org", "www.example.org", false),
            ("www.*.org", "www.example.org", false),
            ("example.org", "www.example.org", false),
            ("www.example.org", "example.org", false),
            ("*.*.org", "www.example.org", false),
            ("**.example.org", "www.example.org", false),
            ("*w.example.org", "www.example.org", false),
            ("*.example.org", "xn--bcher-kva.example.org", true),
            ("*", "www.example.org", false),
            ("*.www.example.org", "www.example.org", false),
        ]) {
            let (pattern, host, matches) = row;
            let expected = if matches { Ok(()) } else { Err(Untrusted::WrongHost) };
            same!(is_for(&named(&[pattern]), host), expected);
        }

        /// another name is refused, even where the one ends with the other
        #[think = "What stands before the end of the longer name? A dot is not enough either."]
        #[cases = 96]
        fn what_only_ends_alike_is_refused(
            host in host_name(), more in "[a-z]{1,5}\\.?", wildcard in any::<bool>()
        ) {
            let longer = format!("{more}{host}");
            let patterns = if wildcard { [format!("*.{longer}"), format!("*.a.{host}")] } else {
                [longer.clone(), format!("a.{host}")]
            };
            for pattern in patterns {
                same!(is_for(&named(&[&pattern]), &host), Err(Untrusted::WrongHost));
            }
            same!(is_for(&named(&[&host]), &longer), Err(Untrusted::WrongHost));
        }

        /// a wildcard stands for one whole label: not for none, and not for two
        #[think = "How many dots may there be in what the * stands for?"]
        #[cases = 96]
        fn a_wildcard_is_one_label(labels in vec("[a-z]{1,6}", 0..=3), host in host_name()) {
            let asked = labels.iter().rev().fold(host.clone(), |host, label| {
                format!("{label}.{host}")
            });
            let expected = if labels.len() == 1 { Ok(()) } else { Err(Untrusted::WrongHost) };
            same!(is_for(&named(&[&format!("*.{host}")]), &asked), expected);
        }

        /// the common name does not count, not even where there is no other name
        #[think = "RFC 9525 has done away with it. Only `SubjectAltName` counts."]
        #[cases = 64]
        fn the_common_name_does_not_count(host in host_name(), others in vec(host_name(), 0..=2)) {
            assume!(!others.iter().any(|other| other.eq_ignore_ascii_case(&host)));
            let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            plan.subject = host.clone();
            let others = others.iter().map(|other| general_name(other).expect("a host"));
            let others: Vec<GeneralName> = others.collect();
            plan.names = Some(others).filter(|others| !others.is_empty());
            same!(is_for(&plan.unsigned(), &host), Err(Untrusted::WrongHost));
        }

        /// a certificate is for the IP address that is in it, and for no other
        #[think = "4 bytes or 16, compared with the bytes of the address. How is it read from text?"]
        #[cases = 96]
        fn an_address_matches(address in address(), other in address()) {
            assume!(address != other);
            let certificate = with_names(vec![GeneralName::from(address)]);
            same!(is_for(&certificate, &address.to_string()), Ok(()));
            same!(is_for(&certificate, &other.to_string()), Err(Untrusted::WrongHost));
        }

        /// an address in another spelling is the same address
        #[think = "Compare addresses, not their texts."]
        fn an_address_has_many_spellings(row from [
            ("2001:db8::1", "2001:DB8:0:0:0:0:0:1"), ("::1", "0:0:0:0:0:0:0:1"),
            ("2001:db8::c000:201", "2001:db8::192.0.2.1"),
        ]) {
            let (address, spelling) = row;
            same!(is_for(&named(&[address]), spelling), Ok(()));
        }

        /// an IP address is not a name, and a name is not an address
        #[think = "Find out first which of the two `host` is, and then look among those alone."]
        #[cases = 64]
        fn an_address_is_no_name(address in any::<[u8; 4]>()) {
            let text = IpAddr::from(address).to_string();
            let (_, rest) = text.split_once('.').expect("it has dots");
            let wildcard = format!("*.{rest}");
            let as_names = with_names(vec![dns_name(&text), dns_name(&wildcard)]);
            same!(is_for(&as_names, &text), Err(Untrusted::WrongHost));
            // The bytes of an address may be letters.
            let letters = String::from_utf8(address.map(|byte| b'a' + byte % 26).to_vec());
            let letters = letters.expect("letters");
            let address = address.map(|byte| b'a' + byte % 26);
            let as_address = with_names(vec![GeneralName::from(IpAddr::from(address))]);
            same!(is_for(&as_address, &letters), Err(Untrusted::WrongHost));
        }

        /// names of other kinds don't count: mail addresses, URIs, the names of people
        #[think = "A `GeneralName` has many variants. Which two of them count here?"]
        fn other_kinds_do_not_count() {
            let text = Ia5String::new(HOST).expect("ASCII");
            let certificate = with_names(vec![
                GeneralName::Rfc822Name(text.clone()),
                GeneralName::UniformResourceIdentifier(text),
                GeneralName::DirectoryName(name(HOST)),
            ]);
            same!(is_for(&certificate, HOST), Err(Untrusted::WrongHost));
        }

        /// no name matches where there are none
        #[think = "An extension may be missing. `extension` gives `None` then."]
        fn without_names_it_is_for_nobody() {
            let none = Plan { names: None, ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            same!(is_for(&none.unsigned(), HOST), Err(Untrusted::WrongHost));
            same!(is_for(&with_names(vec![]), HOST), Err(Untrusted::WrongHost));
        }

        /// a host that is a pattern or has an empty label is refused, even where it is in there
        #[think = "`host` is what the user asks for. What can't stand behind `https://`?"]
        fn what_is_no_host_is_refused(host from [
            "", ".", "*", "*.example.org", ".example.org", "..example.org", "www..example.org",
            "*.*.org", "w*.example.org",
        ]) {
            let names = ["*.example.org", host].map(dns_name);
            same!(is_for(&with_names(names.to_vec()), host), Err(Untrusted::WrongHost));
        }

        /// names that can't be read are refused
        #[think = "`extension` may fail. What do you do then?"]
        #[cases = 32]
        fn malformed_names_are_refused(junk in bytes(0..=20)) {
            let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            plan.names = None;
            plan.others = vec![with_content(ID_CE_SUBJECT_ALT_NAME, &junk)];
            let certificate = plan.unsigned();
            check!(is_for(&certificate, HOST).is_err(), "Err(…)", is_for(&certificate, HOST));
        }

        /// no bytes for a host make it panic
        #[think = "What does your answer do to a host before it is compared?"]
        #[cases = 128]
        fn no_host_makes_it_panic(host in ".{0,40}", other in "[*.a-z0-9:é]{0,12}") {
            let certificate = named(&["*.example.org", "192.0.2.1", "::1"]);
            check!(is_for(&certificate, &host).is_err(), "Err(…)", is_for(&certificate, &host));
            let _ = is_for(&certificate, &other);
        }

        /// webpki agrees, for names of a few labels that look alike
        #[think = "Split both names at their dots, and compare label by label."]
        fn webpki_agrees_on_names(names in alike()) {
            let (pattern, host) = names;
            // RFC 9525 leaves open what webpki refuses: a * directly under a top-level domain.
            assume!(!(pattern.starts_with("*.") && pattern.matches('.').count() < 2));
            let certificate = with_names(vec![dns_name(&pattern)]);
            let said = webpki_knows(&certificate, &host);
            check!(
                is_for(&certificate, &host).is_ok() == said.is_ok(),
                format!("as webpki says: {said:?}"), is_for(&certificate, &host)
            );
        }
    }

    exercise "5.5" {
        /// a CA may issue, with as many CAs below it as its path length allows
        #[think = "The path length counts the CAs below, and 0 of them is allowed with 0."]
        #[cases = 48]
        fn a_ca_may_issue(below in 0..=20_usize, spare in 0..=3_u8, limited in any::<bool>()) {
            let longest = u8::try_from(below).expect("it is small") + spare;
            let ca = ca_with(Some((true, limited.then_some(longest))), Some(KeyUsages::KeyCertSign));
            same!(may_issue(&ca, below), Ok(()));
        }

        /// what is no CA may not issue, whether it says so or says nothing
        #[think = "What if there are no `BasicConstraints` at all? Leaves of the web often have none."]
        fn what_is_no_ca_may_not_issue(row from [
            (None, None), (Some((false, None)), None), (Some((false, Some(3))), None),
            (None, Some(KeyUsages::KeyCertSign)), (Some((false, None)), Some(KeyUsages::KeyCertSign)),
        ]) {
            same!(may_issue(&ca_with(row.0, row.1), 0), Err(Untrusted::NotACa));
        }

        /// one CA more than the path length allows is refused
        #[think = "Which of `<` and `<=` is it?"]
        #[cases = 64]
        fn the_path_length_is_kept(
            longest in prop_oneof![Just(0), 0..=20_u8], more in prop_oneof![Just(1), 1..=300_usize]
        ) {
            let ca = ca_with(Some((true, Some(longest))), Some(KeyUsages::KeyCertSign));
            same!(may_issue(&ca, usize::from(longest) + more), Err(Untrusted::PathTooLong));
        }

        /// a key usage without `KeyCertSign` is refused, and no key usage is not
        #[think = "The extension may be missing. And where it is there, which flag is asked for?"]
        fn the_key_usage_is_kept(usage from [
            KeyUsages::DigitalSignature, KeyUsages::KeyEncipherment, KeyUsages::CRLSign,
        ]) {
            let ca = ca_with(Some((true, None)), Some(usage));
            same!(may_issue(&ca, 0), Err(Untrusted::WrongUsage));
            same!(may_issue(&ca_with(Some((true, None)), None), 0), Ok(()));
        }

        /// what is not critical and not known may be ignored, and what is critical may not
        #[think = "Four extensions are yours to look at. What if another one is critical?"]
        fn an_unknown_critical_extension_is_refused(place from [0, 1, 2]) {
            let mut plans = line(2, BITS);
            plans[place].others = vec![unknown_extension(false)];
            same!(is_sound(&plans[place].make(), NOW), Ok(()));
            same!(verified(&plans), Ok(()));
            plans[place].others = vec![unknown_extension(true)];
            same!(is_sound(&plans[place].make(), NOW), Err(Untrusted::UnknownExtension));
            check!(verified(&plans).is_err(), "Err(…)", verified(&plans));
        }

        /// the four known extensions may be critical
        #[think = "RFC 5280 §4.2: a critical extension that you know is to be looked at, not refused."]
        fn known_extensions_may_be_critical() {
            let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            let names = plan.names.take().map(SubjectAltName).expect("a leaf has names");
            plan.purposes = None;
            plan.others = vec![
                extension(true, &names),
                extension(true, &ExtendedKeyUsage(vec![ID_KP_SERVER_AUTH])),
            ];
            same!(is_sound(&plan.make(), NOW), Ok(()));
            same!(verified(&[plan]), Ok(()));
        }

        /// where purposes are named, a TLS server is among them, for the leaf and for each CA
        #[think = "`ExtendedKeyUsage` may be missing. Where it is there, what is in it?"]
        fn the_purpose_is_kept(place from [0, 1, 2]) {
            let mut plans = line(2, BITS);
            for (purposes, good) in [
                (None, true),
                (Some(vec![ID_KP_SERVER_AUTH]), true),
                (Some(vec![CLIENT_AUTH, ID_KP_SERVER_AUTH]), true),
                (Some(vec![CLIENT_AUTH]), false),
                (Some(vec![]), false),
            ] {
                plans[place].purposes = purposes;
                check!(
                    is_sound(&plans[place].make(), NOW).is_ok() == good,
                    if good { "Ok(())" } else { "Err(WrongUsage)" },
                    (&plans[place].purposes, is_sound(&plans[place].make(), NOW))
                );
                check!(
                    verified(&plans).is_ok() == good,
                    if good { "Ok(())" } else { "Err(WrongUsage)" },
                    (&plans[place].purposes, verified(&plans))
                );
            }
        }

        /// a chain that is in order is trusted, with as many as four CAs in any order
        #[think = "The certificates behind the leaf are a box. Look for the next one by its name."]
        #[cases = 24]
        fn a_good_chain_is_trusted(depth in 0..=4_usize, order in any::<u64>()) {
            let chain = shuffled(made(&line(depth, BITS)), order);
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
        }

        /// what is not needed does no harm: strangers, the root itself, certificates sent twice
        #[think = "A certificate that leads nowhere says nothing about the others."]
        #[cases = 16]
        fn strangers_do_no_harm(depth in 0..=3_usize, order in any::<u64>()) {
            let mut plans = line(depth, BITS);
            plans.extend(line(depth, BITS).into_iter().skip(1));
            plans.push(Plan::root(anchor(BITS)));
            plans.push(Plan::root(Signer("Stranger", Key(BITS, 4))));
            plans.push(Plan::ca("Stranger", Key(BITS, 4), Signer("Nobody", Key(BITS, 3))));
            plans.push(Plan::leaf(&["www.example.com"], Key(BITS, 8), ca(BITS, 1)));
            let chain = shuffled(made(&plans), order);
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
        }

        /// a chain to a root that is not on the list is refused, even where the root is sent along
        #[think = "What makes a root a root? Not its own signature."]
        #[cases = 16]
        fn an_unknown_root_is_refused(depth in 0..=3_usize, sent_along in any::<bool>()) {
            let mut plans = line(depth, BITS);
            if sent_along {
                plans.push(Plan::root(anchor(BITS)));
            }
            let others = [Plan::root(Signer("Other", Key(BITS, 4))).make()];
            let got = verify_chain(&made(&plans), &others, HOST, NOW);
            check!(got.is_err(), "Err(…)", got);
            // The name is not enough: this root is called the same, and has another key.
            let others = [Plan::root(Signer("Root", Key(BITS, 4))).make()];
            let got = verify_chain(&made(&plans), &others, HOST, NOW);
            check!(got.is_err(), "Err(…)", got);
            let got = verify_chain(&made(&plans), &[], HOST, NOW);
            check!(got.is_err(), "Err(…)", got);
        }

        /// an empty chain is refused, and so is one that lacks a link
        #[think = "What do you do where there is no first certificate, or no next one?"]
        #[cases = 16]
        fn a_missing_link_is_refused(depth in 1..=4_usize, missing in any::<Index>()) {
            same!(verify_chain(&[], &roots(), HOST, NOW).is_err(), true);
            let mut plans = line(depth, BITS);
            plans.remove(1 + missing.index(depth));
            check!(verified(&plans).is_err(), "Err(…)", verified(&plans));
        }

        /// a root is a name and a key: its dates, extensions and own signature don't count
        #[think = "The roots are yours already. Of what of their certificate did you make a condition?"]
        fn a_root_is_a_name_and_a_key(depth from [0, 1, 3]) {
            let trusted = Plan::root(anchor(BITS));
            for root in [
                Plan { validity: (1000, -1), ..trusted.clone() },
                Plan { ca: Some((true, Some(0))), ..trusted.clone() },
                Plan { ca: None, usage: None, ..trusted.clone() },
                Plan { flipped: Some(77), ..trusted.clone() },
                Plan { issuer: "Older root".to_owned(), ..trusted },
            ] {
                same!(verify_chain(&made(&line(depth, BITS)), &[root.make()], HOST, NOW), Ok(()));
            }
        }

        /// a certificate issued by a leaf is refused
        #[think = "Who has signed it? May it?"]
        #[cases = 16]
        fn a_leaf_is_no_ca(depth in 0..=3_usize, silent in any::<bool>()) {
            let mut plans = line(depth + 1, BITS);
            plans[1].ca = if silent { None } else { Some((false, None)) };
            plans[1].usage = Some(KeyUsages::KeyCertSign).filter(|_| silent);
            check!(verified(&plans).is_err(), "Err(…)", verified(&plans));
        }

        /// the path length of each CA counts, and it counts the CAs below it
        #[think = "How many CAs stand between this one and the leaf? The leaf itself is none."]
        #[cases = 64]
        fn path_lengths_count(
            depth in 1..=4_usize, place in any::<Index>(), longest in 0..=3_u8
        ) {
            // Most of them high up, where CAs stand below.
            let place = 4_usize.saturating_sub(place.index(6)).clamp(1, depth);
            let mut plans = line(depth, BITS);
            plans[place].ca = Some((true, Some(longest)));
            if place - 1 <= usize::from(longest) {
                same!(verified(&plans), Ok(()));
            } else {
                check!(verified(&plans).is_err(), "Err(…)", verified(&plans));
            }
        }

        /// the dates of every certificate count, not those of the leaf alone
        #[think = "Which certificates did you ask whether they are valid?"]
        #[cases = 32]
        fn all_dates_count(depth in 0..=4_usize, place in any::<Index>(), early in any::<bool>()) {
            let place = place.index(depth + 1);
            let mut plans = line(depth, BITS);
            plans[place].validity = if early { (-1, 1000) } else { (1000, -1) };
            check!(verified(&plans).is_err(), "Err(…)", verified(&plans));
            // At the bound itself it is still good.
            plans[place].validity = if early { (0, 1000) } else { (1000, 0) };
            same!(verified(&plans), Ok(()));
        }

        /// a CA whose key is not for certificates is refused
        #[think = "Is every CA on the way asked what its key is for?"]
        #[cases = 16]
        fn key_usages_count(depth in 1..=4_usize, place in any::<Index>()) {
            let mut plans = line(depth, BITS);
            plans[1 + place.index(depth)].usage = Some(KeyUsages::DigitalSignature);
            check!(verified(&plans).is_err(), "Err(…)", verified(&plans));
        }

        /// the host counts, and it is the leaf that must be for it
        #[think = "Is the leaf asked for the host? And is only the leaf?"]
        #[cases = 16]
        fn the_host_counts(depth in 0..=3_usize) {
            let chain = made(&line(depth, BITS));
            let got = verify_chain(&chain, &roots(), "www.example.com", NOW);
            check!(got.is_err(), "Err(…)", got);
            let mut plans = line(depth + 1, BITS);
            plans[0].names = None;
            plans[1].names = Some(vec![dns_name(HOST)]);
            check!(verified(&plans).is_err(), "Err(…)", verified(&plans));
        }

        /// a CA is no server
        #[think = "What do the leaf's own `BasicConstraints` say?"]
        #[cases = 8]
        fn a_ca_is_no_server(depth in 0..=3_usize) {
            let mut plans = line(depth, BITS);
            plans[0].ca = Some((true, None));
            check!(verified(&plans).is_err(), "Err(…)", verified(&plans));
            plans[0].ca = None;
            same!(verified(&plans), Ok(()));
        }

        /// every signature counts: one changed bit, or another key, and the chain is refused
        #[think = "Which links of the chain did you check with `signed_by`?"]
        #[cases = 32]
        fn every_signature_counts(
            depth in 0..=4_usize, place in any::<Index>(), flipped in 0..BITS,
            other_key in any::<bool>()
        ) {
            let place = place.index(depth + 1);
            let mut plans = line(depth, BITS);
            if other_key {
                plans[place].signer = Key(BITS, 9);
            } else {
                plans[place].flipped = Some(flipped);
            }
            check!(verified(&plans).is_err(), "Err(…)", verified(&plans));
        }

        /// of two certificates of a CA, the one that leads to a root is found
        #[think = "A dead end says nothing about the next way. Do you go on after one?"]
        #[cases = 32]
        fn dead_ends_are_left_again(
            depth in 1..=4_usize, place in any::<Index>(), end in select(DeadEnd::ALL.to_vec()),
            order in any::<u64>()
        ) {
            let place = 1 + place.index(depth);
            let mut plans = line(depth, BITS);
            plans.push(end.instead_of(&plans[place], place));
            let chain = shuffled(made(&plans), order);
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
        }

        /// CAs that have signed each other do not send you in circles
        #[think = "No CA comes twice on one path. What is the same about two of its certificates?"]
        #[cases = 16]
        fn loops_are_no_obstacle(depth in 2..=4_usize, order in any::<u64>()) {
            let mut plans = line(depth, BITS);
            for upper in 2..=depth {
                for lower in 1..upper {
                    // The upper one has a certificate from the lower one, too.
                    let Signer(name, key) = ca(BITS, upper);
                    plans.push(Plan { serial: 7, ..Plan::ca(name, key, ca(BITS, lower)) });
                }
            }
            let chain = shuffled(made(&plans), order);
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
            // Without the way to the root, nothing is left but circles.
            let top = name(&plans[depth].issuer);
            let chain: Vec<Certificate> =
                chain.into_iter().filter(|one| *one.issuer() != top).collect();
            let got = verify_chain(&chain, &roots(), HOST, NOW);
            check!(got.is_err(), "Err(…)", got);
        }

        /// a maze of a hundred intermediates is answered with at most 100 signature checks
        #[think = "Count the checks across all paths, not on each. And check while you climb."]
        fn the_work_is_bounded(maze from [(3, 8), (4, 25), (1, 150)]) {
            let (levels, wide) = maze;
            let chain = maze_of(levels, wide);
            let (got, checks) = counted(&chain, || verify_chain(&chain, &roots(), HOST, NOW));
            check!(got.is_err(), "Err(…)", got);
            check!(checks <= MOST_CHECKS, "100 signature checks or fewer", checks);
        }

        /// the budget is enough for 40 CAs of one name, and what has another name costs nothing
        #[think = "What do you count? Only a check of a signature is work."]
        fn the_budget_is_enough(wrong_before from [0, 20, 40]) {
            let plans = line(2, BITS);
            let mut chain = made(&plans[..1]);
            let wrong = namesakes(40);
            chain.extend(wrong[..wrong_before].iter().cloned());
            for number in 0..60 {
                let stranger = Plan::root(Signer("Stranger", Key(BITS, 4)));
                chain.push(Plan { serial: number, ..stranger }.make());
            }
            chain.extend(made(&plans[1..]));
            chain.extend(wrong[wrong_before..].iter().cloned());
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
        }

        /// where the budget runs out, the error says so
        #[think = "What do you return when the checks are used up, and a candidate is left?"]
        fn too_much_work_is_said_so() {
            let mut chain = made(&line(2, BITS)[..1]);
            chain.extend(namesakes(MOST_CHECKS + 20));
            same!(verify_chain(&chain, &roots(), HOST, NOW), Err(Untrusted::TooMuchWork));
        }

        /// the chain that crates.io sent in 2023 is trusted then, up to each of its CAs
        #[think = "A CA in the middle of a chain may be on the list of roots. Then the way ends there."]
        fn a_real_chain_is_trusted(root from [1, 2, 3]) {
            let chain = crates_io();
            let roots = [chain[root].clone()];
            let [now, later] = [1_680_000_000, 1_710_000_000].map(UnixTime);
            same!(verify_chain(&chain, &roots, "crates.io", now), Ok(()));
            same!(verify_chain(&chain, &roots, "static.crates.io", now), Ok(()));
            for (host, now) in [("example.org", now), ("crates.io", later)] {
                let got = verify_chain(&chain, &roots, host, now);
                check!(got.is_err(), "Err(…)", got);
            }
        }

        /// webpki agrees, with up to two things wrong, and with ways that lead elsewhere
        #[think = "The report says what is wrong with the chain, and what webpki said."]
        #[cases = 96]
        fn webpki_agrees(case in case()) {
            let (chain, roots) = (case.chain(false), case.roots());
            let said = webpki_accepts(&case.chain(true), &roots, HOST, NOW);
            let got = verify_chain(&chain, &roots, HOST, NOW);
            check!(got.is_ok() == said.is_ok(), format!("as webpki says: {said:?}"), got);
        }

        /// no certificates, however broken, make it panic
        #[think = "`extension` and `public_key` may fail. Is there an `expect` or an index somewhere?"]
        #[cases = 48]
        fn broken_certificates_do_no_harm(
            junk in bytes(0..=300), changes in vec((bit(), 0..3_usize), 1..=4), content in bytes(0..=12)
        ) {
            same!(Certificate::from_der(&junk).is_err(), true);
            let mut plans = line(2, BITS);
            plans[1].usage = None;
            plans[1].others = vec![with_content(ID_CE_KEY_USAGE, &content)];
            let mut chain = made(&plans);
            for (changed, place) in &changes {
                break_one(&mut chain[*place], *changed);
            }
            for one in &chain {
                let _ = (signed_by(one, &chain[1]), valid_at(one, NOW), is_for(one, HOST));
                let _ = (may_issue(one, 0), is_sound(one, NOW));
            }
            let got = verify_chain(&chain, &chain[2..], HOST, NOW);
            check!(got.is_err(), "Err(…)", got);
            let _ = verify_chain(&chain[1..], &chain, HOST, NOW);
        }
    }

    exercise "5.6" {
        /// the naive verifier accepts the chain, for every host that was asked for
        #[think = "What does a CA do to issue a certificate? What of that can't you do?"]
        #[cases = 16]
        fn the_naive_verifier_accepts(depth in 0..=3_usize, hosts in hosts()) {
            let chain = accepted!(impersonate(&server(depth), &request(&hosts), validity()));
            for host in &hosts {
                let host = host.replace('*', "any");
                same!(naive_verify_chain(&chain, &roots(), &host, NOW), Ok(()));
            }
        }

        /// the key in the leaf is that of the request: you have its private half
        #[think = "Whose public key goes into the new leaf? You want to finish the handshake."]
        #[cases = 4]
        fn you_have_the_key(depth in 0..=3_usize) {
            let request = request(&hosts_of(&["www.bank.example"]));
            let chain = accepted!(impersonate(&server(depth), &request, validity()));
            let leaf = chain.first().map(Certificate::public_key);
            same!(leaf == Some(Ok(request.public_key)), true);
        }

        /// it is accepted at the first and at the last moment that was asked for, and not after
        #[think = "Which validity did you give the new leaf?"]
        #[cases = 8]
        fn it_is_valid_as_long_as_asked(before in 0..=1000_u64, after in 0..=1000_u64) {
            let validity = Validity {
                not_before: UnixTime(NOW.0 - before),
                not_after: UnixTime(NOW.0 + after),
            };
            let request = request(&hosts_of(&["www.bank.example"]));
            let chain = accepted!(impersonate(&server(1), &request, validity));
            let at = |now| naive_verify_chain(&chain, &roots(), "www.bank.example", now);
            same!(at(validity.not_before), Ok(()));
            same!(at(validity.not_after), Ok(()));
            same!(at(UnixTime(validity.not_after.0 + 1)), Err(Untrusted::Expired));
        }

        /// your own verifier of 5.5 refuses the chain, and so does webpki
        #[think = "If 5.5 accepts it, look there: who may issue? If not, is it a forgery at all?"]
        #[cases = 8]
        fn your_own_verifier_refuses(depth in 0..=3_usize) {
            let request = request(&hosts_of(&["www.bank.example"]));
            let chain = accepted!(impersonate(&server(depth), &request, validity()));
            let got = verify_chain(&chain, &roots(), "www.bank.example", NOW);
            check!(got.is_err(), "Err(…)", got);
        }
    }
}

const NO_OPENSSL: &str = "passed over: there is no program `openssl` of version 3 here";

/// id-kp-clientAuth: for TLS clients (RFC 5280 §4.2.1.12).
const CLIENT_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");

/// A year around now.
fn validity() -> Validity {
    Validity {
        not_before: UnixTime(NOW.0 - 15_000_000),
        not_after: UnixTime(NOW.0 + 15_000_000),
    }
}

/// An intermediate CA, made without the learner's help.
fn authority(bits: usize) -> Authority {
    let Signer(name, key) = ca(bits, 1);
    Authority {
        certificate: Plan::ca(name, key, anchor(bits)).make(),
        key: key.private().clone(),
    }
}

/// The key of a server that asks for a certificate.
fn server_key() -> rsa::PublicKey {
    Key(BITS, 8).public()
}

fn request(hosts: &[String]) -> Request {
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    Request::new(&hosts, server_key()).expect("names of hosts")
}

fn issued(
    authority: &Authority,
    hosts: &[String],
) -> Result<Certificate, crate::subject::ch3_signatures::KeyTooSmall> {
    issue(authority, &request(hosts), validity())
}

fn hosts_of(hosts: &[&str]) -> Vec<String> {
    hosts.iter().map(|&host| host.to_owned()).collect()
}

fn ids(certificate: &Certificate) -> Vec<String> {
    let ids = certificate.extensions().iter();
    ids.map(|one| one.extn_id.to_string()).collect()
}

fn critical_extensions(certificate: &Certificate) -> BTreeSet<ObjectIdentifier> {
    let critical = certificate.extensions().iter().filter(|one| one.critical);
    critical.map(|one| one.extn_id).collect()
}

/// What speaks against these numbers having 64 random bits.
fn faults_of_serials(serials: &[Vec<u8>]) -> Vec<String> {
    let mut faults = Vec::new();
    let different: BTreeSet<&Vec<u8>> = serials.iter().collect();
    if different.len() < serials.len() {
        faults.push(format!(
            "{} different ones of {}",
            different.len(),
            serials.len()
        ));
    }
    if serials.iter().any(|serial| serial.len() > 20) {
        faults.push("longer than 20 bytes".to_owned());
    }
    // In DER, the highest bit of the first byte is the sign. `as_bytes` leaves out a zero before it.
    let bit = |serial: &Vec<u8>, bit: usize| {
        let byte = serial.len().checked_sub(1 + bit / 8);
        byte.map_or(0, |byte| serial[byte] >> (bit % 8) & 1)
    };
    let takes_both = |&place: &usize| {
        let ones = serials.iter().filter(|serial| bit(serial, place) == 1);
        (1..serials.len()).contains(&ones.count())
    };
    let random = (0..160).filter(takes_both).count();
    if random < 64 {
        faults.push(format!("only {random} bits that take both values"));
    }
    faults
}

/// The name of a host, of two to four labels.
fn host_name() -> BoxedStrategy<String> {
    "[a-z0-9]{1,6}(-[a-z0-9]{1,3})?(\\.[a-zA-Z0-9]{1,6}){0,2}\\.[a-z]{2,4}".boxed()
}

/// What a server may ask for: names, wildcards, addresses.
fn hosts() -> BoxedStrategy<Vec<String>> {
    let wildcard = host_name().prop_map(|host| format!("*.a.{host}"));
    let address = address().prop_map(|address| address.to_string());
    vec(
        prop_oneof![3 => host_name(), 1 => wildcard, 1 => address],
        1..=3,
    )
    .boxed()
}

fn address() -> BoxedStrategy<IpAddr> {
    prop_oneof![
        any::<[u8; 4]>().prop_map(IpAddr::from),
        any::<[u8; 16]>().prop_map(IpAddr::from),
    ]
    .boxed()
}

/// Anything that a CA might sign.
fn to_be_signed() -> BoxedStrategy<ToBeSigned> {
    let parts = (
        any::<u32>(),
        "[A-Za-z]{1,8}",
        "[A-Za-z]{1,8}",
        0..4_000_000_000_u64,
        any::<bool>(),
    );
    parts
        .prop_map(|(serial, issuer, subject, from, critical)| ToBeSigned {
            serial: SerialNumber::new(&serial.to_be_bytes()).expect("4 bytes"),
            algorithm: sha256_with_rsa(),
            issuer: name(&issuer),
            validity: Validity {
                not_before: UnixTime(from),
                not_after: UnixTime(from + 1000),
            },
            subject: name(&subject),
            public_key: server_key(),
            extensions: vec![unknown_extension(critical)],
        })
        .boxed()
}

/// Other ways to sign, each with its name.
fn other_algorithms() -> [(&'static str, AlgorithmIdentifier); 5] {
    let of = |oid: &str, parameters| AlgorithmIdentifier {
        oid: ObjectIdentifier::new_unwrap(oid),
        parameters,
    };
    let null = || Some(Any::from(Null));
    [
        ("md5WithRSAEncryption", of("1.2.840.113549.1.1.4", null())),
        ("sha1WithRSAEncryption", of("1.2.840.113549.1.1.5", null())),
        (
            "sha384WithRSAEncryption",
            of("1.2.840.113549.1.1.12", null()),
        ),
        ("ecdsa-with-SHA256", of("1.2.840.10045.4.3.2", None)),
        ("no parameters", of("1.2.840.113549.1.1.11", None)),
    ]
}

/// The same certificate, but that it says that its key is one for RSASSA-PSS alone.
fn without_rsa_key(certificate: &Certificate) -> Certificate {
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
    let mut der = certificate.to_der().to_vec();
    let place = der.windows(RSA.len()).position(|window| window == RSA);
    let place = place.expect("the algorithm of the key");
    der[place + RSA.len() - 1] = 10;
    Certificate::from_der(&der).expect("as good as before")
}

/// What crates.io sent in 2023: a server, an intermediate, a root that another root has signed,
/// and that one, signed by a third.
fn crates_io() -> Vec<Certificate> {
    let chain = certificates_from_pem(include_str!("crates.io.pem"));
    chain.expect("four certificates")
}

/// Valid from so many seconds before now until so many after it.
fn valid(before: i64, after: i64) -> Certificate {
    let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
    plan.validity = (before, after);
    plan.unsigned()
}

fn dns_name(name: &str) -> GeneralName {
    GeneralName::DnsName(Ia5String::new(name).expect("ASCII"))
}

fn with_names(names: Vec<GeneralName>) -> Certificate {
    let mut plan = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
    plan.names = Some(names);
    plan.unsigned()
}

/// A certificate for these hosts, wildcards and addresses.
fn named(names: &[&str]) -> Certificate {
    let name = |name: &&str| general_name(name).unwrap_or_else(|_| dns_name(name));
    with_names(names.iter().map(name).collect())
}

/// An extension with any bytes inside.
fn with_content(id: ObjectIdentifier, content: &[u8]) -> Extension {
    Extension {
        extn_id: id,
        critical: true,
        extn_value: der::asn1::OctetString::new(content).expect("it is short"),
    }
}

/// A name in a certificate and a host, of a few labels that are the same or look alike.
fn alike() -> BoxedStrategy<(String, String)> {
    let label = || select(vec!["a", "b", "ab", "B", "xn--a"]);
    let other = prop_oneof![label(), select(vec!["A", "*", "*", "a*", "*a"])];
    let pair = (label(), proptest::option::of(other));
    let pairs = vec(pair, 1..=4);
    // Now and then a label more on the one side or the other.
    (pairs, vec(label(), 0..=1), vec(label(), 0..=1))
        .prop_map(|(pairs, before_pattern, before_host)| {
            let hosts = pairs.iter().map(|(label, _)| *label);
            let patterns = pairs.iter().map(|(label, other)| other.unwrap_or(label));
            let pattern: Vec<&str> = before_pattern.into_iter().chain(patterns).collect();
            let host: Vec<&str> = before_host.into_iter().chain(hosts).collect();
            (pattern.join("."), host.join("."))
        })
        .boxed()
}

fn ca_with(ca: Option<(bool, Option<u8>)>, usage: Option<KeyUsages>) -> Certificate {
    let plan = Plan::root(anchor(BITS));
    Plan { ca, usage, ..plan }.unsigned()
}

/// The one root that most chains lead to.
fn roots() -> Vec<Certificate> {
    vec![Plan::root(anchor(BITS)).make()]
}

fn verified(plans: &[Plan]) -> Result<(), Untrusted> {
    verify_chain(&made(plans), &roots(), HOST, NOW)
}

/// The leaf, and the others in another order.
fn shuffled(mut chain: Vec<Certificate>, order: u64) -> Vec<Certificate> {
    let mut state = order;
    for place in (2..chain.len()).rev() {
        // Knuth's generator: good enough to mix a handful of certificates.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let other = 1 + usize::try_from((state >> 33) % place as u64).expect("it is small");
        chain.swap(place, other);
    }
    chain
}

/// A second certificate of a CA, which leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DeadEnd {
    /// The other has expired.
    Expired,
    /// The other was signed by a CA that nobody knows.
    UnknownIssuer,
    /// The other says that it is no CA.
    NoCa,
    /// The other is of the same name, and has another key.
    Namesake,
    /// The signature of the other is broken.
    BrokenSignature,
}

impl DeadEnd {
    const ALL: &[DeadEnd] = &[
        DeadEnd::Expired,
        DeadEnd::UnknownIssuer,
        DeadEnd::NoCa,
        DeadEnd::Namesake,
        DeadEnd::BrokenSignature,
    ];

    fn instead_of(self, good: &Plan, place: usize) -> Plan {
        let mut plan = Plan {
            serial: 100 + u32::try_from(place).expect("there are four"),
            ..good.clone()
        };
        match self {
            DeadEnd::Expired => plan.validity = (1000, -1),
            DeadEnd::UnknownIssuer => {
                plan.issuer = "Unknown".to_owned();
                plan.signer = Key(good.signer.0, 4);
            }
            DeadEnd::NoCa => plan.ca = Some((false, None)),
            DeadEnd::Namesake => plan.public_key = server_key(),
            DeadEnd::BrokenSignature => plan.flipped = Some(100),
        }
        plan
    }
}

/// A leaf, and `levels` levels of `wide` certificates each. On each level all are for the same CA,
/// and each was signed by the CA of the next level. Above the last there is nothing.
fn maze_of(levels: usize, wide: u32) -> Vec<Certificate> {
    if levels == 1 {
        let mut chain = made(&line(2, BITS)[..1]);
        chain.extend(namesakes(wide as usize));
        return chain;
    }
    let mut plans = vec![Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1))];
    for level in 1..=levels {
        let Signer(name, key) = ca(BITS, level);
        let above = if level < levels {
            ca(BITS, level + 1)
        } else {
            Signer("Nobody", Key(BITS, 0))
        };
        let plan = Plan::ca(name, key, above);
        plans.extend((0..wide).map(|serial| Plan {
            serial,
            ..plan.clone()
        }));
    }
    made(&plans)
}

/// So many CAs that have the name of the leaf's issuer, each with a key of its own that nobody has.
fn namesakes(count: usize) -> Vec<Certificate> {
    let plan = Plan::ca("CA 1", Key(BITS, 1), anchor(BITS));
    let numbers = 0..u32::try_from(count).expect("a few");
    let plans = numbers.map(|number| {
        let mut modulus = vec![0xff; BITS / 8];
        modulus[8..12].copy_from_slice(&number.to_be_bytes());
        let modulus = BoxedUint::from_be_slice_vartime(&modulus);
        let exponent = BoxedUint::from(65537u32);
        let public_key = rsa::PublicKey::new(modulus, exponent).expect("an odd modulus");
        // One signature for all: it is over another part, so it holds for none.
        Plan {
            public_key,
            ..plan.clone()
        }
    });
    let mut signature = None;
    plans
        .map(|plan| {
            let signature = signature.get_or_insert_with(|| plan.make().signature().to_vec());
            plan.with_signature(signature)
        })
        .collect()
}

/// What `verify` gives, and how many signatures it has checked.
fn counted<T>(chain: &[Certificate], verify: impl FnOnce() -> T) -> (T, usize) {
    let reads = |before: u64| usize::try_from(signatures_read() - before).expect("a few");
    // An answer may read a signature more than once to check it.
    let before = signatures_read();
    let issuer = chain.get(1).unwrap_or(&chain[0]);
    let _ = signed_by(&chain[0], issuer);
    let for_one = reads(before).max(1);
    let before = signatures_read();
    let result = verify();
    (result, reads(before) / for_one)
}

/// Flips a bit, where something is left that is a certificate.
fn break_one(certificate: &mut Certificate, changed: Bit) {
    if let Ok(broken) = Certificate::from_der(&changed.flipped(certificate.to_der())) {
        *certificate = broken;
    }
}

/// An honest server, with so many CAs above it.
fn server(depth: usize) -> Server {
    let mut plans = line(depth, BITS);
    plans[0].names = Some(vec![dns_name("www.mallory.example")]);
    plans[0].subject = "www.mallory.example".to_owned();
    let mut chain = made(&plans);
    Server {
        certificate: chain.remove(0),
        intermediates: chain,
        key: Key(BITS, 9).private().clone(),
    }
}

/// Something that is wrong with a chain. The number is the place: 0 is the leaf, 1 the CA above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Defect {
    Expired(usize),
    NotYetValid(usize),
    UnknownCritical(usize),
    OtherPurpose(usize),
    BrokenSignature(usize),
    OtherSigner(usize),
    OtherIssuer(usize),
    LeftOut(usize),
    NoConstraints(usize),
    NoCa(usize),
    NoCertSign(usize),
    PathTooShort(usize),
    OtherHost,
    LeafIsCa,
}

/// Another certificate that is sent along. The number is the place of the CA it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extra {
    Twice(usize),
    Dead(usize, DeadEnd),
    /// The CA was signed by the second root, too.
    CrossSigned(usize),
    /// The CA was signed by one that stands below it, too.
    Loop(usize, usize),
    TheRoot,
    /// The first root was signed by the second, too.
    RootCrossSigned,
}

/// A chain for webpki to judge.
#[derive(Debug, Clone)]
struct Case {
    depth: usize,
    defects: Vec<Defect>,
    extras: Vec<Extra>,
    roots: Vec<&'static str>,
    order: u64,
}

const SECOND_ROOT: Signer = Signer("Second root", Key(SAFE_BITS, 4));

fn case() -> BoxedStrategy<Case> {
    (0..=4_usize).prop_flat_map(case_of_depth).boxed()
}

fn case_of_depth(depth: usize) -> impl Strategy<Value = Case> {
    let place = 0..=depth;
    let defect = (0..14_usize, place.clone()).prop_map(|(kind, place)| match kind {
        0 => Defect::Expired(place),
        1 => Defect::NotYetValid(place),
        2 => Defect::UnknownCritical(place),
        3 => Defect::OtherPurpose(place),
        4 => Defect::BrokenSignature(place),
        5 => Defect::OtherSigner(place),
        6 => Defect::OtherIssuer(place),
        7 => Defect::LeftOut(place),
        8 => Defect::NoConstraints(place),
        9 => Defect::NoCa(place),
        10 => Defect::NoCertSign(place),
        11 => Defect::PathTooShort(place),
        12 => Defect::OtherHost,
        _ => Defect::LeafIsCa,
    });
    let dead_end = select(DeadEnd::ALL.to_vec());
    let extra = prop_oneof![
        place.clone().prop_map(Extra::Twice),
        (place.clone(), dead_end).prop_map(|(place, end)| Extra::Dead(place, end)),
        place.clone().prop_map(Extra::CrossSigned),
        (place.clone(), place).prop_map(|(upper, lower)| Extra::Loop(upper, lower)),
        Just(Extra::TheRoot),
        Just(Extra::RootCrossSigned),
    ];
    let roots = select(vec![
        vec!["Root"],
        vec!["Root"],
        vec!["Second root"],
        vec!["Root", "Second root"],
        vec!["Second root", "Root"],
    ]);
    let parts = (vec(defect, 0..=2), vec(extra, 0..=2), roots, any::<u64>());
    parts.prop_map(move |(defects, extras, roots, order)| Case {
        depth,
        defects,
        extras,
        roots,
        order,
    })
}

impl Case {
    /// The chain, and where `for_webpki` says so, with what webpki does not look at put in words
    /// that it understands.
    fn chain(&self, for_webpki: bool) -> Vec<Certificate> {
        let mut plans = line(self.depth, SAFE_BITS);
        for defect in &self.defects {
            self.spoil(&mut plans, *defect);
        }
        let mut extras: Vec<Plan> = Vec::new();
        for extra in &self.extras {
            extras.extend(self.extra(*extra));
        }
        let left_out = |place: &usize| self.defects.contains(&Defect::LeftOut(*place));
        let kept = plans.into_iter().enumerate();
        let kept = kept.filter(|(place, _)| *place == 0 || !left_out(place));
        let mut sent: Vec<Plan> = kept.map(|(_, plan)| plan).chain(extras).collect();
        if for_webpki {
            for plan in &mut sent[1..] {
                // Webpki 0.103 does not ask for `KeyCertSign`: "BasicConstraints.cA makes KeyUsage
                // redundant". RFC 5280 §6.1.4 (n) asks for it, and so do we. So webpki is told that
                // such a CA is none.
                if plan
                    .usage
                    .is_some_and(|usage| usage != KeyUsages::KeyCertSign)
                {
                    plan.ca = Some((false, None));
                }
            }
        }
        shuffled(made(&sent), self.order)
    }

    fn roots(&self) -> Vec<Certificate> {
        let plan = |name: &&str| match *name {
            "Root" => Plan::root(anchor(SAFE_BITS)),
            _ => Plan::root(SECOND_ROOT),
        };
        let plans: Vec<Plan> = self.roots.iter().map(plan).collect();
        made(&plans)
    }

    /// Spoils nothing where there is no such CA.
    fn spoil(&self, plans: &mut [Plan], defect: Defect) {
        let is_ca = |place: usize| (1..=self.depth).contains(&place);
        match defect {
            Defect::OtherHost => plans[0].names = Some(vec![dns_name("example.org")]),
            Defect::LeafIsCa => plans[0].ca = Some((true, None)),
            Defect::Expired(place)
            | Defect::NotYetValid(place)
            | Defect::UnknownCritical(place)
            | Defect::OtherPurpose(place)
            | Defect::BrokenSignature(place)
            | Defect::OtherSigner(place)
            | Defect::OtherIssuer(place) => {
                let plan = &mut plans[place];
                match defect {
                    Defect::Expired(_) => plan.validity = (1000, -1),
                    Defect::NotYetValid(_) => plan.validity = (-1, 1000),
                    Defect::UnknownCritical(_) => plan.others = vec![unknown_extension(true)],
                    Defect::OtherPurpose(_) => plan.purposes = Some(vec![CLIENT_AUTH]),
                    Defect::BrokenSignature(_) => plan.flipped = Some(place * 100),
                    Defect::OtherSigner(_) => plan.signer = Key(SAFE_BITS, 4),
                    _ => plan.issuer = "Nobody".to_owned(),
                }
            }
            Defect::NoConstraints(place) if is_ca(place) => plans[place].ca = None,
            Defect::NoCa(place) if is_ca(place) => plans[place].ca = Some((false, None)),
            Defect::NoCertSign(place) if is_ca(place) => {
                plans[place].usage = Some(KeyUsages::CRLSign);
            }
            Defect::PathTooShort(place) if is_ca(place) && place > 1 => {
                let below = u8::try_from(place - 1).expect("there are four");
                plans[place].ca = Some((true, Some(below - 1)));
            }
            // What is left out is left out in the end.
            _ => {}
        }
    }

    fn extra(&self, extra: Extra) -> Option<Plan> {
        let plans = line(self.depth, SAFE_BITS);
        let ca_at = |place: usize| plans.get(place).filter(|_| place > 0).cloned();
        match extra {
            Extra::Twice(place) => ca_at(place),
            Extra::Dead(place, end) => ca_at(place).map(|good| end.instead_of(&good, place)),
            Extra::CrossSigned(place) => ca_at(place).map(|good| Plan {
                issuer: SECOND_ROOT.0.to_owned(),
                signer: SECOND_ROOT.1,
                ..good
            }),
            Extra::Loop(upper, lower) => {
                let (upper, lower) = (ca_at(upper)?, ca_at(lower)?);
                let number = plans
                    .iter()
                    .position(|plan| plan.subject == lower.subject)?;
                let Signer(issuer, signer) = ca(SAFE_BITS, number);
                Some(Plan {
                    issuer: issuer.to_owned(),
                    signer,
                    ..upper
                })
            }
            Extra::TheRoot => Some(Plan::root(anchor(SAFE_BITS))),
            Extra::RootCrossSigned => {
                let Signer(name, key) = anchor(SAFE_BITS);
                Some(Plan::ca(name, key, SECOND_ROOT))
            }
        }
    }
}
