use harness::{accepted, same};
use proptest::prelude::*;

use crate::edges::{self, Hidden};
use crate::subject::ch2_asymmetric::*;
use crate::textbook::{Sent, modulus_of, number, power, sent, times};

harness::suite! {
    exercise "2.5" {
        /// the changed ciphertext decrypts to factor · message, modulo n
        #[think = "By what must you multiply mᵉ, to get (factor · m)ᵉ?"]
        fn the_hidden_number_is_multiplied(sent in sent_with_factor()) {
            let (Sent { public, private, message }, factor) = sent;
            let ciphertext = power(message, public.e, public.n);
            let changed = accepted!(multiply_hidden(&public, ciphertext, factor));
            same!(power(changed, private.d, private.n), times(factor, message, public.n));
        }

        /// with a modulus near 2⁶⁴, nothing overflows
        #[think = "The product of two u64 may need 128 bits."]
        fn large_keys_do_not_overflow(message in number(), factor in number()) {
            let public = PublicKey { n: modulus_of(4_294_967_291 * 4_294_967_279), e: 65537 };
            let (message, factor) = (message % public.n, factor % public.n);
            let ciphertext = power(message, public.e, public.n);
            let changed = power(times(factor, message, public.n), public.e, public.n);
            same!(multiply_hidden(&public, ciphertext, factor), Ok(changed));
        }

        /// the ciphertext and the factor may be 0, 1, n − 1, or the same number
        #[think = "(a · b)ᵉ = aᵉ · bᵉ holds for every a and b. Does yours treat some apart?"]
        fn numbers_at_the_edges_are_multiplied(hidden from edges::hidden()) {
            let Hidden { public, ciphertext, factor } = hidden;
            let changed = times(ciphertext, power(factor, public.e, public.n), public.n);
            same!(multiply_hidden(&public, ciphertext, factor), Ok(changed));
        }

        /// a ciphertext or a factor of n or more is refused
        #[think = "Exercise 2.3 checks the one that you give it. Who checks the other?"]
        fn values_beyond_n_are_refused(
            sent in sent(), beyond in prop_oneof![Just(0), Just(1), Just(u64::MAX), number()]
        ) {
            let Sent { public, message, .. } = sent;
            let value = public.n.get().saturating_add(beyond);
            same!(multiply_hidden(&public, value, message), Err(OutOfRange));
            same!(multiply_hidden(&public, message, value), Err(OutOfRange));
            same!(multiply_hidden(&public, value, value), Err(OutOfRange));
        }

        /// n, its multiples and what is near them are refused, as ciphertext and as factor
        #[think = "Exercise 2.3 checks the one that you give it. Who checks the other?"]
        fn values_at_the_edges_are_refused(sent from edges::not_sent()) {
            let Sent { public, message: value, .. } = sent;
            same!(multiply_hidden(&public, value, 0), Err(OutOfRange));
            same!(multiply_hidden(&public, 0, value), Err(OutOfRange));
            same!(multiply_hidden(&public, value, public.n.get() - 1), Err(OutOfRange));
            same!(multiply_hidden(&public, public.n.get() - 1, value), Err(OutOfRange));
            same!(multiply_hidden(&public, value, value), Err(OutOfRange));
        }
    }
}

/// The same, with a factor below the modulus.
fn sent_with_factor() -> BoxedStrategy<(Sent, u64)> {
    (sent(), number())
        .prop_map(|(sent, factor)| (sent, factor % sent.public.n))
        .boxed()
}
