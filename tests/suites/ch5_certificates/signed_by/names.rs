//! `signed_by`: whose name and whose key count, and what does not.

use harness::show::Words;
use harness::{notes, refused, think_of, with};

use super::signed_by_is;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::tell;
use fixtures::x509::BITS;
use fixtures::x509::{crates_io, der_of, identifiers, in_printable_letters};
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

        /// an issuer without a name is the issuer of a certificate that names none
        #[think = "Two empty names are equal, too. RFC 5280 §4.1.2.4 wants every issuer to have a name, but nothing more counts here."]
        fn an_issuer_may_have_no_name() {
            let nameless = Signer("", Key(BITS, 1));
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), nameless);
            signed_by_is(&leaf.make(), &Plan::root(nameless).make(), Ok(()))?;
        }

        /// an issuer with another name and the same key is refused
        #[think = "The certificate names its issuer. Is this the one?"]
        fn another_name_is_refused() {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1));
            let renewed = Plan { subject: "CA 2".to_owned(), ..leaf.clone() };
            let itself = Plan { subject: "CA 1".to_owned(), ..leaf.clone() };
            let hinting = Plan { others: identifiers(9, 1).to_vec(), ..leaf.clone() };
            for name in ["CA 2", ""] {
                notes::start_over();
                let renamed = Plan::root(Signer(name, Key(BITS, 1)));
                let hinted = Plan { others: identifiers(1, 1).to_vec(), ..renamed.clone() };
                for certificate in [&leaf, &renewed, &itself] {
                    signed_by_is(&certificate.make(), &renamed.unsigned(), Err(Untrusted::UnknownIssuer))?;
                }
                with!("the key identifiers" = Words("those of the issuer's key, in both".to_owned()));
                think_of!("A key identifier is only a hint. The names have to be equal, too.");
                signed_by_is(&hinting.make(), &hinted.unsigned(), Err(Untrusted::UnknownIssuer))?;
            }
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

        /// each part of a long name counts, whatever its type
        #[think = "A name is more than its common name. Compare the whole names, with `==`."]
        fn every_type_of_part_counts({place} from (0..PARTS.len()).collect::<Vec<usize>>()) {
            let whole = PARTS.map(|(kind, value)| format!("{kind}={value}"));
            let mut leaf = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1));
            leaf.issuer = whole.join(",");
            let mut changed = whole.clone();
            changed[place] = format!("{}=other", PARTS[place].0);
            let (mut missing, mut twice) = (whole.to_vec(), whole.to_vec());
            missing.remove(place);
            twice.insert(place, whole[place].clone());
            let unknown = Err(Untrusted::UnknownIssuer);
            let part = format!("{}={}", PARTS[place].0, PARTS[place].1);
            let mut others = vec![(changed.to_vec(), format!("{} instead of {part}", changed[place]), unknown)];
            // The rest is not tried at every place: reading a long name takes time.
            if place % 5 == 0 {
                others.push((whole.to_vec(), "the same parts".to_owned(), Ok(())));
                others.push((missing, format!("no {part}"), unknown));
                others.push((twice, format!("{part} twice"), unknown));
            }
            for (parts, difference, expected) in others {
                with!("issuer.subject() has" = Words(difference));
                if expected.is_ok() {
                    think_of!("The two names are equal. Do you do anything but compare them with `==`?");
                } else {
                    think_of!("A name is more than its common name. Compare the whole names, with `==`.");
                }
                let issuer = Plan { subject: parts.join(","), ..Plan::root(ca(BITS, 1)) };
                signed_by_is(&leaf.make(), &issuer.unsigned(), expected)?;
            }
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

        /// an issuer whose public key is not an RSA key is refused as not supported
        #[think = "`public_key` may fail. `?` turns its error into the reason."]
        fn an_issuer_without_an_rsa_key_is_refused({number} from [2, 7, 10, 11]) {
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)).make();
            let issuer = without_rsa_key(&Plan::root(anchor(BITS)).make(), number);
            signed_by_is(&leaf, &issuer, Err(Untrusted::UnsupportedAlgorithm))?;
            // One with an EC key.
            let issuer = &ec_chain()[1];
            let leaf = Plan { issuer: issuer.subject().to_string(), ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            signed_by_is(&leaf.make(), issuer, Err(Untrusted::UnsupportedAlgorithm))?;
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

/// The parts of a long name.
const PARTS: [(&str, &str); 10] = [
    ("C", "NL"),
    ("ST", "Utrecht"),
    ("L", "Utrecht"),
    ("O", "Bücher"),
    ("OU", "Trust"),
    ("OU", "Web"),
    ("CN", "CA 1"),
    ("2.5.4.5", "#0C0131"),
    ("DC", "example"),
    ("DC", "org"),
];

/// Names that look alike, in all pairs.
fn pairs_of_names() -> Vec<(&'static str, &'static str)> {
    const NAMES: [&str; 11] = [
        "CN=CA 1",
        "CN=ca 1",
        "CN=CA  1",
        "CN=CA 1,O=Example",
        "O=Example,CN=CA 1",
        "CN=CA 1,O=example",
        "CN=CA 1+O=Example",
        "CN=CA 2+O=Example",
        "CN=CA 1,O=Example,C=NL",
        "CN=CA 1,O=Example,C=BE",
        "",
    ];
    let pairs = NAMES
        .into_iter()
        .flat_map(|one| NAMES.map(|other| (one, other)));
    let almost = [
        ("CN=CA 1", "CN=AC 1"),
        ("CN=CA-1", "CN=CA1"),
        ("CN=CA 1", "CN=CA 1\\20"),
        ("CN=CA 1", "CN=\\20CA 1"),
        ("CN=CA 1", "CN=CA 1\\00.evil.example"),
    ];
    // Two empty names name nobody.
    let pairs = pairs.filter(|names| *names != ("", ""));
    pairs.chain(almost).collect()
}
