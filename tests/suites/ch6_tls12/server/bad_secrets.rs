//! What the server must not reveal about a wrapped secret.

use given::tls::{Alert, TLS_1_2};
use harness::{assume, same};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::flights::*;
use fixtures::strategies::array;
use fixtures::tls12::bad_secrets::*;

harness::suite! {
    exercise "6.8" {
        /// each kind of bad secret gets the same answers from the server, at the same moments
        #[think = "What is expected is what a client that only guessed would get. What else does your server say?"]
        fn each_kind_of_bad_secret_fails_alike(fault from every_fault()) {
            // That one is wrapped under a different key from the server's.
            assume!(!matches!(fault, Fault::AddedModulus));
            let BadSecret { wrapped, beliefs } = fault.wrapped(TLS_1_2, &[0x5a; 46]);
            let belief = beliefs.last().expect("there are some");
            let guessed = flights_of_a_guess(true)?;
            same!(guessed.last().and_then(Flight::alert), Some(Alert::BadRecordMac), "the alert of server(config), if the client has guessed the secret");
            same!(flights(&wrapped, belief, true)?, guessed, "what server(config) sends, message by message");
        }

        /// the answers are the same, whatever is wrong with a secret, and whatever its sender goes on with
        #[think = "What is expected is what a client that only guessed would get. What else does your server say?"]
        #[cases = 24]
        fn every_bad_secret_fails_alike(
            fault in fault_for_server(), random in array::<46>(), is_extended in any::<bool>(),
            belief in any::<Index>()
        ) {
            let BadSecret { wrapped, beliefs } = fault.wrapped(TLS_1_2, &random);
            let belief = &beliefs[belief.index(beliefs.len())];
            let guessed = flights_of_a_guess(is_extended)?;
            same!(flights(&wrapped, belief, is_extended)?, guessed, "what server(config) sends, message by message");
        }
    }
}
