//! `signed_by`: keys of any size and with any exponent, and what follows from the size.

use harness::show::Words;
use harness::with;
use sha2::Sha256;

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
