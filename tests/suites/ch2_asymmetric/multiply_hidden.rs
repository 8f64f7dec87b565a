use harness::show::Words;
use harness::{accepted, check, same, think_of, with};
use proptest::prelude::*;

use crate::edges;
use crate::subject::ch2_asymmetric::*;
use crate::textbook::{keys_and_message, modulus_of, power, public_and_message, times};
use fixtures::strategies::number;

harness::suite! {
    exercise "2.5" {
        /// the changed ciphertext decrypts to factor · message, modulo n
        #[think = "What must you multiply mᵉ by to get (factor · m)ᵉ?"]
        fn the_hidden_number_is_multiplied(
            (public, private, message, factor) in keys_message_and_factor()
        ) {
            if public.n.get() > 1 << 32 {
                think_of!("The product of two u64 may need 128 bits.");
            }
            let ciphertext = power(message, public.e, public.n);
            with!(ciphertext);
            let changed = accepted!(multiply_hidden(&public, ciphertext, factor));
            with!(changed);
            let decrypted = power(changed, private.d, private.n);
            let product = times(factor, message, public.n);
            check!(
                decrypted == product,
                format!("a ciphertext that decrypts to {product}, which is {factor} · {message} modulo n"),
                Words(format!("{changed}, which decrypts to {decrypted}")),
                "multiply_hidden(&public, ciphertext, factor)"
            );
        }

        /// with a modulus near 2⁶⁴, nothing overflows, whatever the exponent
        #[think = "The product of two u64 may need 128 bits, and that of three even more."]
        fn large_keys_do_not_overflow(message in number(64), factor in number(64)) {
            for e in [65537, 3] {
                let public = PublicKey { n: modulus_of(4_294_967_291 * 4_294_967_279), e };
                with!(public);
                let (message, factor) = (message % public.n, factor % public.n);
                let ciphertext = power(message, public.e, public.n);
                let changed = power(times(factor, message, public.n), public.e, public.n);
                same!(multiply_hidden(&public, ciphertext, factor), Ok(changed));
            }
        }

        /// the ciphertext and the factor may be 0, 1, n − 1, a multiple of p or of q, or the same number
        #[think = "(a · b)ᵉ = aᵉ · bᵉ holds for every a and b. Does your answer treat some differently?"]
        fn numbers_at_the_edges_are_multiplied(
            (public, ciphertext, factor) from edges::to_multiply()
        ) {
            let changed = times(ciphertext, power(factor, public.e, public.n), public.n);
            same!(multiply_hidden(&public, ciphertext, factor), Ok(changed));
        }

        /// a ciphertext or a factor of n or more is refused
        #[think = "Exercise 2.3 checks the one that you give it. Who checks the other?"]
        fn values_beyond_n_are_refused(
            (public, message) in public_and_message(),
            {beyond} in prop_oneof![Just(0), Just(1), Just(u64::MAX), number(64)]
        ) {
            let value = public.n.get().saturating_add(beyond);
            same!(multiply_hidden(&public, value, message), Err(OutOfRange));
            same!(multiply_hidden(&public, message, value), Err(OutOfRange));
            same!(multiply_hidden(&public, value, value), Err(OutOfRange));
        }

        /// n, its multiples and the numbers near them are refused, as ciphertext and as factor
        #[think = "Exercise 2.3 checks the one that you give it. Who checks the other?"]
        fn values_at_the_edges_are_refused((public, private, value) from edges::not_sent()) {
            with!(private);
            same!(multiply_hidden(&public, value, 0), Err(OutOfRange));
            same!(multiply_hidden(&public, 0, value), Err(OutOfRange));
            same!(multiply_hidden(&public, value, 1), Err(OutOfRange));
            same!(multiply_hidden(&public, 1, value), Err(OutOfRange));
            same!(multiply_hidden(&public, value, public.n.get() - 1), Err(OutOfRange));
            same!(multiply_hidden(&public, public.n.get() - 1, value), Err(OutOfRange));
            same!(multiply_hidden(&public, value, value), Err(OutOfRange));
        }

        /// the same ciphertext and factor give a different result under a different key
        #[think = "Do you keep anything from one call to the next? The key may be different."]
        fn another_key_gives_another_ciphertext((ciphertext, factor) from [(2, 3), (5, 2), (31, 4)]) {
            for (n, e) in [(33, 3), (33, 7), (35, 7), (33, (1 << 32) + 3), (33, 3)] {
                let key = PublicKey { n: modulus_of(n), e };
                let hidden = times(ciphertext, power(factor, e, key.n), key.n);
                with!(key);
                same!(multiply_hidden(&key, ciphertext, factor), Ok(hidden));
            }
        }

        /// under the same key, another ciphertext or another factor gives another result, and so do the two swapped
        #[think = "Do you keep anything from one call to the next? What do you recognize it by?"]
        fn other_numbers_give_another_ciphertext({numbers} from [(2, 4, 9), (3, 5, 10), (31, 30, 1)]) {
            // No other property has this key.
            let key = PublicKey { n: modulus_of(55), e: 3 };
            let (first, second, other) = numbers;
            let in_turn = [(first, second), (second, first), (other, first), (other, second), (first, second)];
            let mut last = None;
            for (ciphertext, factor) in in_turn {
                if let Some((ciphertext, factor)) = last {
                    with!("last call" = Words(format!("ciphertext {ciphertext}, factor {factor}")));
                }
                let hidden = times(ciphertext, power(factor, key.e, key.n), key.n);
                same!(multiply_hidden(&key, ciphertext, factor), Ok(hidden));
                last = Some((ciphertext, factor));
            }
        }
    }
}

/// Keys, a message and a factor below their modulus.
fn keys_message_and_factor() -> BoxedStrategy<(PublicKey, PrivateKey, u64, u64)> {
    (keys_and_message(), number(64))
        .prop_map(|((public, private, message), factor)| {
            (public, private, message, factor % public.n)
        })
        .boxed()
}
