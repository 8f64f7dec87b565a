//! `signed_by`: what must not be kept from one call to the next.

use harness::show::Words;
use harness::{notes, think_of, with};

use super::signed_by_is;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::x509::{BITS, identifiers, other_algorithms};

harness::suite! {
    exercise "5.2" {
        /// a certificate that was accepted is refused if its signature, its content or its issuer is different
        #[think = "It was accepted a moment ago, as it should be. What do you keep from that call?"]
        fn what_was_accepted_is_checked_again({what} from [
            "the issuer's key", "the issuer's key, but not its identifier", "the issuer's name", "the first byte of the signature",
            "the last byte of the signature", "the signed part", "the algorithm beside the signature",
        ]) {
            let plan = Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1));
            let hinted = Plan { others: identifiers(1, 1).to_vec(), ..Plan::root(ca(BITS, 1)) };
            let (leaf, issuer) = (plan.make(), hinted.unsigned());
            let bad = Err(Untrusted::BadSignature);
            let (other_leaf, other_issuer, expected) = match what {
                "the issuer's key" => (leaf.clone(), Plan::root(Signer("CA 1", Key(BITS, 2))).unsigned(), bad),
                "the issuer's key, but not its identifier" => {
                    let other = Plan::root(Signer("CA 1", Key(BITS, 2)));
                    (leaf.clone(), Plan { others: identifiers(1, 1).to_vec(), ..other }.unsigned(), bad)
                }
                "the issuer's name" => {
                    let renamed = Plan::root(Signer("CA 2", Key(BITS, 1))).unsigned();
                    (leaf.clone(), renamed, Err(Untrusted::UnknownIssuer))
                }
                "the signed part" => {
                    let other = Plan { serial: 2, ..plan };
                    (other.with_signature(leaf.signature()), issuer.clone(), bad)
                }
                "the algorithm beside the signature" => {
                    let outer = other_algorithms()[0].1.clone();
                    (Plan { outer, ..plan }.with_signature(leaf.signature()), issuer.clone(), bad)
                }
                "the first byte of the signature" | "the last byte of the signature" => {
                    let mut signature = leaf.signature().to_vec();
                    let place = if what.contains("first") { 0 } else { signature.len() - 1 };
                    signature[place] ^= 1;
                    (plan.with_signature(&signature), issuer.clone(), bad)
                }
                _ => unreachable!("{what}"),
            };
            for previous in [None, Some(what)] {
                notes::start_over();
                if let Some(previous) = previous {
                    with!("different in the previous call" = Words(previous.to_owned()));
                    think_of!("It was accepted before, as it should be. What do you keep from the previous call?");
                }
                // Both pairs are in the same place in memory, which says nothing about what is there.
                let mut pair = (leaf.clone(), issuer.clone());
                signed_by_is(&pair.0, &pair.1, Ok(()))?;
                notes::start_over();
                with!("different now" = Words(what.to_owned()));
                think_of!("It was accepted a moment ago, as it should be. What do you keep from that call?");
                pair.clone_from(&(other_leaf.clone(), other_issuer.clone()));
                signed_by_is(&pair.0, &pair.1, expected)?;
            }
        }
    }
}
