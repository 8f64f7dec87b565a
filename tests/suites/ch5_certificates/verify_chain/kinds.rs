//! `verify_chain`: chains that are genuine, but of a kind that is not supported here.

use crate::verified::chain_is;
use fixtures::tell_chain;
use harness::{called, check, same};
use proptest::prelude::*;

use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::x509::BITS;
use fixtures::x509::roots;
use fixtures::x509::{DeadEnd, shuffled, with_unreadable_key};

harness::suite! {
    exercise "5.5" {
        /// a genuine chain in which a certificate is signed with SHA-384 is not supported
        #[think = "`signed_by` returns the reason. Do you return it, too?"]
        fn sha_384_is_not_supported({place} from [0, 1, 2]) {
            let mut chain = made(&line(2, BITS));
            chain[place] = line(2, BITS)[place].clone().signed_with_sha384();
            tell_chain!(chain, roots());
            same!(verify_chain(&chain, &roots(), HOST, NOW), Err(Untrusted::UnsupportedAlgorithm));
        }

        /// a genuine chain with EC keys is not supported, whether its root is sent or not
        #[think = "`signed_by` returns the reason. Do you return it, too?"]
        fn ec_keys_are_not_supported({sent} from [1, 2, 3]) {
            let chain = ec_chain();
            let (chain, roots) = (&chain[..sent], &chain[2..]);
            // Without the CA in between, the issuer is unknown.
            let why = match chain.len() {
                1 => Untrusted::UnknownIssuer,
                _ => Untrusted::UnsupportedAlgorithm,
            };
            tell_chain!(chain, roots);
            same!(verify_chain(chain, roots, HOST, NOW), Err(why));
        }

        /// a CA whose key is not an RSA key is not supported
        #[think = "`public_key` tells a key of another kind from one that can't be read. Do you?"]
        fn a_ca_with_another_key_is_not_supported({place} from [1, 2]) {
            let mut chain = made(&line(2, BITS));
            chain[place] = line(2, BITS)[place].clone().with_other_key();
            tell_chain!(chain, roots());
            same!(verify_chain(&chain, &roots(), HOST, NOW), Err(Untrusted::UnsupportedAlgorithm));
        }

        /// a root whose key is not an RSA key is not supported, and one whose key can't be read is something else
        #[think = "`public_key` tells a key of another kind from one that can't be read. Do you?"]
        fn a_root_with_another_key_is_not_supported({depth} from [0, 1]) {
            let chain = made(&line(depth, BITS));
            let root = Plan::root(anchor(BITS));
            let roots = [root.clone().with_other_key()];
            tell_chain!(chain, roots);
            same!(verify_chain(&chain, &roots, HOST, NOW), Err(Untrusted::UnsupportedAlgorithm));
            let roots = [with_unreadable_key(&root.make())];
            tell_chain!(chain, roots);
            let got = called!(verify_chain(&chain, &roots, HOST, NOW));
            check!(
                got == Err(Untrusted::Malformed) || got == Err(Untrusted::UnknownIssuer),
                "Err(Malformed)",
                got,
                "verify_chain(&chain, &roots, HOST, NOW)"
            );
        }

        /// a CA is trusted if it has a good certificate beside those that are signed with SHA-384
        #[think = "A signature that can't be checked is a dead end like any other. Do you go on after it?"]
        #[cases = 16]
        fn another_way_round_sha_384({place} in 1..=2_usize, {order} in any::<u64>()) {
            let plans = line(2, BITS);
            let mut chain = made(&plans);
            let other = Plan { serial: 100, ..plans[place].clone() };
            chain.push(other.signed_with_sha384());
            let expired = DeadEnd::Expired.instead_of(&plans[place], place);
            chain.push(expired.signed_with_sha384());
            let (chain, roots) = (shuffled(chain, order), roots());
            tell_chain!(chain, roots);
            same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
        }

        /// a leaf that says that it is a CA has the wrong usage
        #[think = "Point 3 of the exercise says which error that is."]
        fn a_ca_is_not_a_leaf({depth} from [0, 1, 2]) {
            let mut plans = line(depth, BITS);
            for longest in [None, Some(0), Some(3)] {
                plans[0].ca = Some((true, longest));
                chain_is!(plans, Err(Untrusted::WrongUsage));
            }
        }
    }
}
