//! `signed_by`: keys of any size and with any exponent, and what follows from the size.

use harness::show::Words;
use harness::with;
use rsa::{BoxedUint, Pkcs1v15Sign};
use sha2::{Digest as _, Sha256};

use super::signed_by_is;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::keys;
use fixtures::x509::BITS;

harness::suite! {
    exercise "5.2" {
        /// whatever the size of the issuer's key, its signature is accepted
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_key_of_any_size_signs(({name}, {bits}) from [
            // Names of their own: what is kept under a name has a property of its own.
            ("A root of 1025 bits", 1025), ("A root of 1032 bits", 1032), ("A root of 3072 bits", 3072),
        ]) {
            with!("the issuer's key" = Words(format!("{bits} bits")));
            let issuer = Signer(name, Key(bits, 0));
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), issuer).make();
            signed_by_is(&leaf, &Plan::root(issuer).unsigned(), Ok(()))?;
        }

        /// the largest key signs like any other: it has 8192 bits
        #[think = "Is there a limit in your code that is not in the exercise? This signature is 1024 bytes long."]
        fn the_largest_key_signs() {
            with!("the issuer's key" = Words("8192 bits, e = 3".to_owned()));
            let issuer = "A root of 8192 bits".to_owned();
            let leaf = |serial| Plan { serial, issuer: issuer.clone(), ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            let signed = |leaf: Plan| Some((key_that_signs(leaf.unsigned().signed_part())?, leaf));
            let ((public_key, signature), leaf) = (3001..).map(leaf).find_map(signed).expect("every second one");
            let root = Plan { subject: issuer, public_key, ..Plan::root(anchor(BITS)) }.unsigned();
            signed_by_is(&leaf.with_signature(&signature), &root, Ok(()))?;
        }

        /// whatever the exponent of the issuer's key, its signature is accepted
        #[think = "Most keys have the exponent 65537. Some roots of the web have another one. Do you look at it?"]
        fn a_key_with_any_exponent_signs({exponent} from [3, 65539]) {
            with!("the issuer's key" = Words(format!("e = {exponent}")));
            let key = keys::private_with_exponent(BITS, exponent, 0);
            let name = format!("A root with the exponent {exponent}");
            let leaf = Plan { issuer: name.clone(), ..Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)) };
            let signature = keys::sign_pkcs1::<Sha256>(key, leaf.unsigned().signed_part());
            let public_key = key.as_public_key().clone();
            let root = Plan { subject: name, public_key, ..Plan::root(anchor(BITS)) }.unsigned();
            signed_by_is(&leaf.with_signature(&signature), &root, Ok(()))?;
        }

        /// a signature that has lost its leading zero is refused
        #[think = "`verify_pkcs1` refuses it, because it is too short. What do you do before you call it?"]
        fn a_lost_zero_is_missed() {
            // The modulus begins with a byte that is 1, and so at least every second signature with a 0.
            let issuer = Signer("A root of 1025 bits", Key(1025, 0));
            let plans = (2001..).map(|serial| Plan { serial, ..Plan::leaf(&[HOST], Key(BITS, 9), issuer) });
            let mut pairs = plans.map(|plan| (plan.make().signature().to_vec(), plan));
            let (signature, plan) = pairs.find(|(signature, _)| signature[0] == 0).expect("one of them");
            let root = Plan::root(issuer).unsigned();
            with!("certificate.signature()" = Words("without its first byte, which is 0".to_owned()));
            signed_by_is(&plan.with_signature(&signature[1..]), &root, Err(Untrusted::BadSignature))?;
        }
    }
}

/// A key of 8192 bits with the exponent 3, and a signature under it. Anybody can make such a key, because the modulus
/// is chosen last: it is the cube of the signature, less the block that is signed. `None` if that is even.
fn key_that_signs(message: &[u8]) -> Option<(rsa::PublicKey, Vec<u8>)> {
    const SIZE: usize = 8192 / 8;
    let name = Pkcs1v15Sign::new::<Sha256>().prefix;
    let end = [&[0][..], &name, &Sha256::digest(message)].concat();
    let block = [&[0, 1], &vec![0xff; SIZE - 2 - end.len()][..], &end].concat();
    // 11 times 2 to the power of 2727, plus 1. Its cube has 8192 bits.
    let mut signature = vec![0; SIZE];
    (
        signature[SIZE - 342],
        signature[SIZE - 341],
        signature[SIZE - 1],
    ) = (5, 0x80, 1);
    let number = |bytes: &[u8]| BoxedUint::from_be_slice(bytes, 8192).expect("it fits");
    let root = number(&signature);
    let cube = root.wrapping_mul(&root).wrapping_mul(&root);
    let modulus = cube.wrapping_sub(number(&block)).to_be_bytes();
    (modulus[SIZE - 1] % 2 == 1).then(|| (keys::public(&modulus, 3), signature))
}
