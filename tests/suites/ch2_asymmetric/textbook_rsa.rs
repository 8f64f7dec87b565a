use harness::show::Words;
use harness::{accepted, same, with};
use proptest::prelude::*;

use crate::edges;
use crate::subject::ch2_asymmetric::*;
use crate::textbook::{keys, keys_and_message, modulus_of, power};
use fixtures::strategies::number;

harness::suite! {
    exercise "2.3" {
        /// the public operation raises to the power of e, the private one to the power of d
        #[think = "Which exponent, and which modulus, does each of the two keys hold?"]
        fn each_key_has_its_exponent((public, private, message) in keys_and_message()) {
            same!(public_operation(&public, message), Ok(power(message, public.e, public.n)));
            same!(private_operation(&private, message), Ok(power(message, private.d, private.n)));
        }

        /// the private operation undoes the public one: encrypted, then decrypted
        #[think = "Which exponent, and which modulus, does each of the two keys hold?"]
        fn private_undoes_public((public, private, message) in keys_and_message()) {
            let hidden = accepted!(public_operation(&public, message));
            same!(private_operation(&private, hidden), Ok(message));
        }

        /// the public operation undoes the private one: signed, then checked
        #[think = "Which exponent, and which modulus, does each of the two keys hold?"]
        fn public_undoes_private((public, private, message) in keys_and_message()) {
            let signed = accepted!(private_operation(&private, message));
            same!(public_operation(&public, signed), Ok(message));
        }

        /// the largest value below n is accepted
        #[think = "Which of `<` and `<=` is it?"]
        fn the_largest_value_is_accepted((public, private) in keys()) {
            let largest = public.n.get() - 1;
            let hidden = accepted!(public_operation(&public, largest));
            same!(private_operation(&private, hidden), Ok(largest));
        }

        /// the exponents may be swapped: the public one may be large, and the private one small
        #[think = "Does either of your operations rely on the size of its exponent?"]
        fn the_exponents_may_be_swapped((public, private, message) in keys_and_message()) {
            let (PublicKey { n, e }, PrivateKey { d, .. }) = (public, private);
            let (public, private) = (PublicKey { n, e: d }, PrivateKey { n, d: e });
            same!(public_operation(&public, message), Ok(power(message, d, n)));
            same!(private_operation(&private, message), Ok(power(message, e, n)));
        }

        /// every exponent is used in the same way: 0, 1, an even one, and those that most keys have
        #[think = "Does either of your operations rely on what is true only of a pair of keys? Is one exponent computed in another way than the others?"]
        fn any_exponent_is_used(exponent from [0, 1, 2, 3, 4, 5, 17, 257, 65536, 65537, u64::MAX - 1]) {
            for n in [33, 35, 4_294_967_291 * 4_294_967_279] {
                let n = modulus_of(n);
                let (public, private) = (PublicKey { n, e: exponent }, PrivateKey { n, d: exponent });
                for value in [1, 2, n.get() / 2, n.get() - 1] {
                    same!(public_operation(&public, value), Ok(power(value, exponent, n)));
                    same!(private_operation(&private, value), Ok(power(value, exponent, n)));
                }
            }
        }

        /// with the smallest and the largest keys, values at every edge below n are accepted, and so are multiples of p and q
        #[think = "What is the largest product on the way, and does it fit? And which values are refused, if not only those of n or more?"]
        fn values_at_the_edges_are_accepted((public, private, message) from edges::sent()) {
            same!(public_operation(&public, message), Ok(power(message, public.e, public.n)));
            same!(private_operation(&private, message), Ok(power(message, private.d, private.n)));
        }

        /// a value of n or more is refused, by both operations
        #[think = "n + 2 and 2 are the same number modulo n. Which of them would come back?"]
        fn values_out_of_range_are_refused(
            (public, private) in keys(),
            {beyond} in prop_oneof![Just(0), Just(1), Just(u64::MAX), number(64)]
        ) {
            let value = public.n.get().saturating_add(beyond);
            same!(public_operation(&public, value), Err(OutOfRange));
            same!(private_operation(&private, value), Err(OutOfRange));
        }

        /// n, its multiples and the numbers near them are refused, by both operations
        #[think = "n + 2 and 2 are the same number modulo n. Which of them would come back?"]
        fn values_at_the_edges_are_refused((public, private, value) from edges::not_sent()) {
            same!(public_operation(&public, value), Err(OutOfRange));
            same!(private_operation(&private, value), Err(OutOfRange));
        }

        /// the same value gives a different result under a different key, even with the same n, or the same exponent
        #[think = "Do you keep anything from one call to the next? The key may be different."]
        fn another_exponent_gives_another_result(value from [2, 3, 31]) {
            let mut last = None;
            for (n, exponent) in [(33, 3), (33, 7), (35, 7), (33, 7), (33, 9), (35, 9), (33, 3)] {
                let n = modulus_of(n);
                if let Some((n, exponent)) = last {
                    with!("last call" = Words(format!("n = {n}, exponent {exponent}")));
                }
                let (public, private) = (PublicKey { n, e: exponent }, PrivateKey { n, d: exponent });
                same!(public_operation(&public, value), Ok(power(value, exponent, n)));
                same!(private_operation(&private, value), Ok(power(value, exponent, n)));
                last = Some((n, exponent));
            }
        }
    }
}
