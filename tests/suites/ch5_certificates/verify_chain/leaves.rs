//! `verify_chain`: what is required of the leaf, and what is not.

use crate::verified::{chain_is, chain_is_refused};
use fixtures::tell_chain;
use fixtures::x509::generated::Defect;
use given::x509::*;
use harness::show::Words;
use harness::{refused, same, with};

use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::x509::BITS;
use fixtures::x509::{dns_name, roots, with_content};

harness::suite! {
    exercise "5.5" {
        /// a leaf on the list of roots is refused unless a root has signed it
        #[think = "What do you look for among the roots? The issuer of the last certificate."]
        fn a_leaf_is_not_a_root({depth} from [0, 1]) {
            let chain = made(&line(depth, BITS));
            let leaf = chain[0].clone();
            let trusted = roots();
            let roots = [leaf.clone()];
            tell_chain!(chain, roots);
            refused!(verify_chain(&chain, &roots, HOST, NOW));
            let roots = [&[leaf], &trusted[..]].concat();
            tell_chain!(chain, roots);
            same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
        }

        /// a server that has signed its own certificate is trusted if that is on the list of roots, and good as a leaf
        #[think = "Its issuer is on the list: it is the certificate itself. Which of the six points are about a root, and which about the leaf?"]
        fn a_server_may_be_its_own_root(({defect}, {expected}) from [
            (None, Ok(())), (Some(Defect::LeafIsCa), Err(Untrusted::WrongUsage)),
            (Some(Defect::OtherHost), Err(Untrusted::WrongHost)),
            (Some(Defect::Expired(0)), Err(Untrusted::Expired)),
            (Some(Defect::NotYetValid(0)), Err(Untrusted::NotYetValid)),
            (Some(Defect::UnknownCritical(0)), Err(Untrusted::UnknownExtension)),
            (Some(Defect::OtherPurpose(0)), Err(Untrusted::WrongUsage)),
        ]) {
            let mut plan = Plan { subject: "Root".to_owned(), ..Plan::leaf(&[HOST], Key(BITS, 0), anchor(BITS)) };
            if let Some(defect) = defect {
                defect.spoil(std::slice::from_mut(&mut plan));
            }
            let certificate = plan.make();
            let (chain, roots) = ([certificate.clone()], [certificate]);
            tell_chain!(chain, roots);
            same!(verify_chain(&chain, &roots, HOST, NOW), expected);
        }

        /// a leaf that has the name and the key of a root is refused unless that root has signed it
        #[think = "The name and the public key of a root are no secret: anybody can write them into a certificate. What can only the root do?"]
        fn to_look_like_a_root_is_not_enough({signature} from ["by another key", "spoiled"]) {
            let mut plan = Plan { subject: "Root".to_owned(), ..Plan::leaf(&[HOST], Key(BITS, 0), anchor(BITS)) };
            match signature {
                "spoiled" => plan.flipped = Some(3),
                _ => plan.signer = Key(BITS, 7),
            }
            with!("the leaf's signature" = Words(signature.to_owned()));
            chain_is_refused!([plan]);
        }

        /// nothing more is required of a leaf than the text says, not even a serial number other than 0
        #[think = "What did you require of the leaf that is not among the six points?"]
        fn leaves_are_not_asked_for_more({usage} from [
            None, Some(KeyUsages::DigitalSignature), Some(KeyUsages::KeyEncipherment),
            Some(KeyUsages::KeyAgreement), Some(KeyUsages::KeyCertSign),
        ]) {
            let mut plans = line(1, BITS);
            plans[0].usage = usage;
            for ca in [None, Some((false, None)), Some((false, Some(0)))] {
                plans[0].ca = ca;
                chain_is!(plans, Ok(()));
            }
            // Nor does the number count by which its CA knows it.
            plans.iter_mut().for_each(|plan| plan.serial = 0);
            chain_is!(plans, Ok(()));
        }

        /// a chain whose first certificate is a CA's is refused, though the server's comes after it
        #[think = "The server proves that it has the private key for the first certificate. Do you look for another leaf?"]
        fn the_first_certificate_is_the_leaf({depth} from [1, 2]) {
            let plans = line(depth, BITS);
            let first = Plan { names: Some(vec![dns_name(HOST)]), ..plans[depth].clone() };
            chain_is_refused!([vec![first], plans].concat());
        }

        /// a leaf whose extensions can't be read is refused
        #[think = "What do you do if the leaf's `BasicConstraints` can't be read?"]
        fn a_malformed_leaf_is_refused({id} from [
            ID_CE_BASIC_CONSTRAINTS, ID_CE_EXT_KEY_USAGE, ID_CE_SUBJECT_ALT_NAME,
        ]) {
            let mut plans = line(1, BITS);
            let leaf = &mut plans[0];
            match id {
                ID_CE_BASIC_CONSTRAINTS => leaf.ca = None,
                ID_CE_EXT_KEY_USAGE => leaf.purposes = None,
                _ => leaf.names = None,
            }
            plans[0].others = vec![with_content(id, &[0x30, 1])];
            chain_is_refused!(plans);
        }
    }
}
