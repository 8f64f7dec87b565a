//! `signed_by`: whose name and whose key count, and what does not.

use given::x509::*;
use harness::show::Words;
use harness::{refused, with};

use super::signed_by_is;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::tell;
use fixtures::x509::BITS;
use fixtures::x509::{crates_io, der_of, identifiers, in_printable_letters, other_algorithms};
use fixtures::x509::{with_unreadable_key, without_rsa_key};

harness::suite! {
    exercise "5.2" {
        /// a certificate that its issuer has signed is accepted
        #[think = "Whose key checks the signature, the owner's or the issuer's? And over which bytes?"]
        #[cases = 16]
        fn the_issuer_has_signed({depth} in 0..=4_usize) {
            let mut chain = made(&line(depth, BITS));
            chain.push(Plan::root(anchor(BITS)).make());
            for pair in chain.windows(2) {
                signed_by_is(&pair[0], &pair[1], Ok(()))?;
            }
        }

        /// a root that has signed itself is accepted
        #[think = "Nothing is special about a root here. Its issuer is its subject."]
        fn a_root_has_signed_itself() {
            let root = Plan::root(anchor(BITS)).make();
            signed_by_is(&root, &root, Ok(()))?;
        }

        /// an issuer with another name and the same key is refused
        #[think = "The certificate names its issuer. Is this the one?"]
        fn another_name_is_refused() {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1)).make();
            let renamed = Plan::root(Signer("CA 2", Key(BITS, 1))).make();
            signed_by_is(&leaf, &renamed, Err(Untrusted::UnknownIssuer))?;
            let nameless = Plan::root(Signer("", Key(BITS, 1))).make();
            signed_by_is(&leaf, &nameless, Err(Untrusted::UnknownIssuer))?;
        }

        /// a leaf has signed neither its CA nor itself
        #[think = "Which of the two certificates has the signature, and which one the key?"]
        fn the_order_matters() {
            let [leaf, ca] = [&made(&line(1, BITS))[0], &made(&line(1, BITS))[1]];
            for (certificate, issuer) in [(ca, leaf), (leaf, leaf)] {
                tell!(certificate, issuer);
                refused!(signed_by(certificate, issuer));
            }
        }

        /// names that differ in one part, in case or in order are different names
        #[think = "The task says how to compare them: with `==`, and the whole names."]
        fn every_part_of_a_name_counts(({named}, {subject}) from pairs_of_names()) {
            let mut leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1));
            leaf.issuer = named.to_owned();
            let issuer = Plan { subject: subject.to_owned(), ..Plan::root(ca(BITS, 1)) };
            let expected = if named == subject { Ok(()) } else { Err(Untrusted::UnknownIssuer) };
            signed_by_is(&leaf.make(), &issuer.unsigned(), expected)?;
        }

        /// names are compared to the end, however long they are
        #[think = "How much of the two names do you compare?"]
        fn all_of_a_name_counts({length} from [0, 63, 64, 255, 256, 1023, 4095]) {
            let letters = "a".repeat(length);
            let words = |before: &str, end: &str| Words(match length {
                0 => format!("CN={before}{end}"),
                _ => format!("CN={before}a…a{end}, with {length} times the letter a"),
            });
            let mut leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1));
            leaf.issuer = format!("{letters}b");
            with!("certificate.issuer()" = words("", "b"));
            let refused = Err(Untrusted::UnknownIssuer);
            for (before, end, expected) in [
                ("", "b", Ok(())), ("", "c", refused), ("", "bb", refused), ("b", "b", refused),
            ] {
                let subject = format!("{before}{letters}{end}");
                let issuer = Plan { subject, ..Plan::root(ca(BITS, 1)) }.unsigned();
                with!("issuer.subject()" = words(before, end));
                signed_by_is(&leaf.make(), &issuer, expected)?;
            }
        }

        /// a name that reads the same and is encoded differently is another name
        #[think = "CAs copy their names. The task says to compare them with `==`, not as text."]
        fn names_are_not_compared_as_texts() {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1)).make();
            let issuer = Plan::root(ca(BITS, 1)).unsigned();
            signed_by_is(&leaf, &issuer, Ok(()))?;
            let issuer = in_printable_letters(&issuer);
            with!("certificate.issuer()" = der_of(leaf.issuer()));
            with!("issuer.subject()" = der_of(issuer.subject()));
            signed_by_is(&leaf, &issuer, Err(Untrusted::UnknownIssuer))?;
        }

        /// only the name and the key of the issuer count, and key identifiers are only a hint
        #[think = "What else did you look at? Whether it may sign, and when, is checked in 5.3 and 5.5."]
        fn only_the_name_and_the_key_count({what} from ISSUERS) {
            let issuer = strange_issuer(what).make();
            with!("issuer is" = Words(what.to_owned()));
            let mut leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1));
            signed_by_is(&leaf.make(), &issuer, Ok(()))?;
            // The certificate's dates, its extensions and the key that it hints at don't count either.
            leaf.validity = (1000, -1);
            leaf.others = identifiers(9, 2).to_vec();
            leaf.others.push(unknown_extension(true));
            signed_by_is(&leaf.make(), &issuer, Ok(()))?;
        }

        /// an issuer whose public key is not an RSA key is refused as not supported
        #[think = "`public_key` may fail. `?` turns its error into the reason."]
        fn an_issuer_without_an_rsa_key_is_refused({number} from [2, 7, 10, 11]) {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)).make();
            let issuer = without_rsa_key(&Plan::root(anchor(BITS)).make(), number);
            signed_by_is(&leaf, &issuer, Err(Untrusted::UnsupportedAlgorithm))?;
        }

        /// an issuer whose public key can't be read is refused as malformed
        #[think = "`public_key` tells a key of another kind from one that can't be read. Do you?"]
        fn an_issuer_with_an_unreadable_key_is_malformed() {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)).make();
            let issuer = with_unreadable_key(&Plan::root(anchor(BITS)).make());
            with!("issuer.public_key()" = Words("can't be read".to_owned()));
            signed_by_is(&leaf, &issuer, Err(Untrusted::Malformed))?;
        }

        /// a chain with EC keys is refused as not supported, link by link
        #[think = "It is genuine, but you can't tell whether it is. Which error says that?"]
        fn ecdsa_is_not_supported({link} from [0, 1]) {
            let chain = ec_chain();
            let unsupported = Err(Untrusted::UnsupportedAlgorithm);
            signed_by_is(&chain[link], &chain[link + 1], unsupported)?;
        }

        /// the certificates that crates.io sent in 2023 were each signed by the next one
        #[think = "Compare what you check with the three points of the task."]
        fn a_real_chain_is_signed() {
            for pair in crates_io().windows(2) {
                signed_by_is(&pair[0], &pair[1], Ok(()))?;
            }
        }
    }
}

/// What an issuer may be while its signatures stay valid.
const ISSUERS: [&str; 9] = [
    "a server",
    "not a CA",
    "a CA without KeyCertSign",
    "expired",
    "a root with a broken signature",
    "one with an unknown critical extension",
    "signed by an older root",
    "signed with MD5",
    "one with other key identifiers",
];

fn strange_issuer(what: &str) -> Plan {
    let mut plan = Plan::root(ca(BITS, 1));
    match what {
        "a server" => (plan.ca, plan.usage) = (None, None),
        "not a CA" => plan.ca = Some((false, None)),
        "a CA without KeyCertSign" => plan.usage = Some(KeyUsages::DigitalSignature),
        "expired" => plan.validity = (1000, -1),
        "a root with a broken signature" => plan.flipped = Some(77),
        "one with an unknown critical extension" => plan.others = vec![unknown_extension(true)],
        "signed by an older root" => {
            (plan.issuer, plan.signer) = ("Older root".to_owned(), Key(BITS, 3));
        }
        "signed with MD5" => (plan.inner, plan.outer) = (md5(), md5()),
        _ => plan.others = identifiers(4, 3).to_vec(),
    }
    plan
}

fn md5() -> AlgorithmIdentifier {
    other_algorithms()[3].1.clone()
}

/// Names that look alike, in all pairs.
fn pairs_of_names() -> Vec<(&'static str, &'static str)> {
    const NAMES: [&str; 10] = [
        "CN=CA 1",
        "CN=ca 1",
        "CN=CA  1",
        "CN=CA 1,O=Example",
        "O=Example,CN=CA 1",
        "CN=CA 1,O=example",
        "CN=CA 1+O=Example",
        "CN=CA 1,O=Example,C=NL",
        "CN=CA 1,O=Example,C=BE",
        "",
    ];
    let pairs = NAMES
        .into_iter()
        .flat_map(|one| NAMES.map(|other| (one, other)));
    // Two empty names name nobody.
    pairs.filter(|names| *names != ("", "")).collect()
}
