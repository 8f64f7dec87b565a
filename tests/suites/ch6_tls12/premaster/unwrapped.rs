//! What the server unwraps: 6.5.

use given::tls::TLS_1_2;
use harness::show::Hex;
use harness::{Broken, accepted, called, check, differ, elsewhere, same, think_of, with};

use crate::strategies::version;
use crate::subject::ch6_tls12::*;
use fixtures::keys;
use fixtures::randomness::{MANY, SAMPLES, faults_of_randomness, missing_bytes, repetition};
use fixtures::strategies::array;
use fixtures::tls12::bad_secrets::*;
use fixtures::tls12::hellos::version_pairs;

harness::suite! {
    exercise "6.5" {
        /// a premaster secret that was wrapped for the offered version is unwrapped
        #[think = "In which case do you use what was in the ciphertext?"]
        #[cases = 64]
        fn a_genuine_secret_is_unwrapped({offered} in version(), random in array::<46>()) {
            with!("offered" = Hex(offered));
            let key = keys::private(BITS, 0);
            let secret = secret_for(offered, &random);
            let wrapped = key.as_public_key().pkcs1v15_encrypt(&secret).expect("there is room");
            let got = called!(unwrap_premaster(key, offered, &wrapped)).as_bytes().to_vec();
            let zeros = secret.iter().take_while(|byte| **byte == 0).count();
            if zeros > 0 && got == secret[zeros..] {
                think_of!("A secret is 48 bytes, not a number. Which of its bytes do you drop?");
            }
            same!(got, secret, "unwrap_premaster(key, offered, &wrapped).as_bytes()");
        }

        /// a key of any size that has room for a secret unwraps what was wrapped under it
        #[think = "Does your code assume a size, of the key or of a ciphertext, that is not in the exercise?"]
        fn a_key_of_any_size_unwraps(bits from [472, 512, 1000, 1032, 3072]) {
            let (key, secret) = (keys::private(bits, 0), secret_for(TLS_1_2, &[0x5a; 46]));
            let wrapped = key.as_public_key().pkcs1v15_encrypt(&secret).expect("there is room");
            same!(unwrap_premaster(key, TLS_1_2, &wrapped).as_bytes(), secret.as_slice());
        }

        /// a secret that was unwrapped once is not unwrapped by another key, or for another version
        #[think = "Do you keep anything from one call to the next? The key or the version may be different."]
        #[cases = 8]
        fn another_key_unwraps_something_else({random} in array::<46>()) {
            let (key, other) = (keys::private(BITS, 0), keys::private(BITS, 7));
            let secret = secret_for(TLS_1_2, &random);
            let wrapped = key.as_public_key().pkcs1v15_encrypt(&secret).expect("there is room");
            for _ in 0..2 {
                same!(unwrap_premaster(key, TLS_1_2, &wrapped).as_bytes(), secret.as_slice());
                with!(wrapped);
                differ!(unwrap_premaster(other, TLS_1_2, &wrapped).as_bytes(), secret.as_slice(), "unwrap_premaster(another_key, TLS_1_2, &wrapped).as_bytes()");
                differ!(unwrap_premaster(key, 0x0304, &wrapped).as_bytes(), secret.as_slice(), "unwrap_premaster(key, 0x0304, &wrapped).as_bytes()");
            }
        }

        /// both ends agree
        #[think = "What does one end write that the other does not expect?"]
        #[cases = 16]
        fn both_ends_agree({offered} in version()) {
            with!("offered" = Hex(offered));
            let key = keys::private(BITS, 0);
            let (premaster, wrapped) = accepted!(wrap_premaster(key.as_public_key(), offered));
            same!(unwrap_premaster(key, offered, &wrapped).as_bytes(), premaster.as_bytes());
        }

        /// a secret for a version other than the offered one is not used, even if that version was chosen
        #[think = "The chosen version is 03 03. Which one does the client put in its secret?"]
        fn the_version_that_was_offered_counts(({offered}, {in_secret}) from version_pairs()) {
            with!("offered" = Hex(offered), "version in the secret" = Hex(in_secret));
            let key = keys::private(BITS, 0);
            let secret = secret_for(in_secret, &[0x5a; 46]);
            let wrapped = key.as_public_key().pkcs1v15_encrypt(&secret).expect("there is room");
            let premaster = unwrap_premaster(key, offered, &wrapped);
            let premaster = premaster.as_bytes();
            if premaster.len() != 48 {
                think_of!("Whatever is in the ciphertext, 48 bytes come out. How many do you return if there is no secret?");
            }
            check!(premaster.len() == 48, "48 bytes", premaster, "unwrap_premaster(key, offered, &wrapped)");
            let is_foretold = is_foretold(premaster, &beliefs(offered, &secret));
            if !premaster.ends_with(&[0x5a; 46]) {
                think_of!("These bytes are known to everybody. Which ones does nobody know?");
            } else if *premaster != secret {
                think_of!("46 bytes of the secret are still there. Which of the 48 must be replaced if the version is wrong?");
            }
            check!(!is_foretold, "48 bytes that the sender can't predict", premaster, "unwrap_premaster(key, offered, &wrapped)");
        }

        /// each kind of fault gives 48 bytes that the sender can't predict, and different ones each time
        #[think = "What would the sender have to know to make a Finished that opens?"]
        fn no_fault_can_be_told_from_another(({offered}, fault) from faults()) {
            let BadSecret { wrapped, beliefs } = fault.wrapped(offered, &[0x5a; 46]);
            with!(wrapped);
            with!("offered" = Hex(offered));
            let premaster = unwrap_premaster(fault.key(), offered, &wrapped);
            let premaster = premaster.as_bytes();
            if premaster.len() != 48 {
                think_of!("Whatever is in the ciphertext, 48 bytes come out. How many do you return if there is no secret?");
            }
            check!(premaster.len() == 48, "48 bytes", premaster, "unwrap_premaster(key, offered, &wrapped)");
            let is_foretold = is_foretold(premaster, &beliefs);
            if let Fault::Length(_) | Fault::ZeroBefore | Fault::ZeroAfter = fault {
                think_of!("A secret has exactly 48 bytes. How many are left here without the padding, and do you add or drop any before you count?");
            }
            if let Fault::LengthBefore = fault {
                think_of!("A ciphertext is as long as the modulus. Its length was removed before you got it: what do you drop here?");
            }
            check!(!is_foretold, "48 bytes that the sender can't predict", premaster, "unwrap_premaster(key, offered, &wrapped)");
            think_of!("The same ciphertext gives the same bytes again. When do you draw them, and from what?");
            let next = unwrap_premaster(fault.key(), offered, &wrapped);
            differ!(next.as_bytes(), premaster, "unwrap_premaster(key, offered, &wrapped).as_bytes(), a second time");
        }

        /// a message that begins like a secret but is longer is not a secret, even if it is longer by
        /// exactly 64 or 256 bytes
        #[think = "A secret has exactly 48 bytes. In which type do you compare the length?"]
        fn a_message_that_is_much_longer_is_no_secret({bits} from [1000, 3072]) {
            let more = if bits == 1000 { 64 } else { 256 };
            let key = keys::private(bits, 0);
            let message = [secret_for(TLS_1_2, &[0x5a; 46]), vec![0x5a; more]].concat();
            let wrapped = key.as_public_key().pkcs1v15_encrypt(&message).expect("there is room");
            with!(message);
            let premaster = unwrap_premaster(key, TLS_1_2, &wrapped);
            let premaster = premaster.as_bytes();
            let is_foretold = is_foretold(premaster, &beliefs(TLS_1_2, &message));
            check!(!is_foretold, "48 bytes that the sender can't predict", premaster, "unwrap_premaster(key, offered, &wrapped)");
        }

        /// whatever is wrong with a secret, the result is 48 bytes that the sender can't predict
        #[think = "What would the sender have to know to make a Finished that opens?"]
        #[cases = 64]
        fn a_bad_secret_becomes_one_that_nobody_knows(
            {offered} in version(), random in array::<46>(), fault in fault()
        ) {
            with!("offered" = Hex(offered));
            let BadSecret { wrapped, beliefs } = fault.wrapped(offered, &random);
            with!(wrapped);
            let premaster = unwrap_premaster(fault.key(), offered, &wrapped);
            let premaster = premaster.as_bytes();
            check!(premaster.len() == 48, "48 bytes", premaster, "unwrap_premaster(key, offered, &wrapped)");
            let is_foretold = is_foretold(premaster, &beliefs);
            check!(!is_foretold, "48 bytes that the sender can't predict", premaster, "unwrap_premaster(key, offered, &wrapped)");
        }

        /// the same bad ciphertext gives different bytes each time: every bit of them takes both values
        #[think = "The crate's made-up message is always the same. Is that what you return?"]
        fn what_comes_of_a_bad_secret_is_random(
            fault from [Fault::SecondByte(1), Fault::Length(49), Fault::CutAtEnd(BITS / 8)]
        ) {
            let BadSecret { wrapped, .. } = fault.wrapped(TLS_1_2, &[0x5a; 46]);
            let premaster = |_| unwrap_premaster(fault.key(), TLS_1_2, &wrapped);
            let secrets = (0..SAMPLES).map(premaster);
            let secrets: Vec<Vec<u8>> = secrets.map(|secret| secret.as_bytes().to_vec()).collect();
            let faults = faults_of_randomness(&secrets);
            check!(faults.is_empty(), "48 random bytes", faults, "64 calls of unwrap_premaster(key, offered, &wrapped)");
        }

        /// what replaces a bad secret has bytes of every value, 0 as well, and never repeats
        #[think = "All 48 bytes are random, and a random byte can have any value. Which one do yours never have?"]
        fn what_replaces_a_bad_secret_has_every_byte() {
            let key = keys::private(BITS, 0);
            let premaster = |_| unwrap_premaster(key, TLS_1_2, b"bad").as_bytes().to_vec();
            let secrets: Vec<Vec<u8>> = (0..MANY).map(premaster).collect();
            let faults = missing_bytes(&secrets[..2 * SAMPLES]);
            check!(faults.is_empty(), "48 random bytes", faults, "128 calls of unwrap_premaster(key, offered, b\"bad\")");
            think_of!("How many different secrets can your code choose from? If they are few, anyone can try them all.");
            let faults = repetition(&secrets);
            check!(faults.is_empty(), "48 random bytes", faults, "1200 calls of unwrap_premaster(key, offered, b\"bad\")");
        }

        /// each time the program runs, a bad secret is replaced by different bytes
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_bytes() {
            let key = keys::private(BITS_OF_ANOTHER_PROCESS, 0);
            let [secret, secret_of_another_process] =
                elsewhere(|| Ok(unwrap_premaster(key, TLS_1_2, b"bad").as_bytes().to_vec()))?;
            differ!(secret, secret_of_another_process, "unwrap_premaster(key, offered, b\"bad\").as_bytes()");
        }

        /// for each vector of Project Wycheproof with good padding, the result is 48 bytes that nobody knows
        #[think = "The padding is good, and the message is not a premaster secret for TLS 1.2. What do you return?"]
        fn a_good_vector_of_wycheproof_tells_nothing(vector from pkcs1_vectors(true)) {
            tells_nothing(vector)?;
        }

        /// for each vector of Project Wycheproof with a fault, the result is 48 bytes that nobody knows
        #[think = "None of them holds a premaster secret for TLS 1.2. What do you return?"]
        fn a_bad_vector_of_wycheproof_tells_nothing(vector from pkcs1_vectors(false)) {
            tells_nothing(vector)?;
        }
    }
}

/// Every fault, and the version that is offered with it.
fn faults() -> Vec<(u16, Fault)> {
    let known = every_fault().into_iter().map(|fault| (TLS_1_2, fault));
    known.chain(more_faults()).collect()
}

/// Whether nobody knows what this vector is unwrapped to.
fn tells_nothing(vector: Pkcs1Vector) -> Result<(), Broken> {
    let Pkcs1Vector {
        key,
        message,
        ciphertext,
        ..
    } = vector;
    let premaster = unwrap_premaster(key, TLS_1_2, &ciphertext);
    let premaster = premaster.as_bytes();
    check!(
        premaster.len() == 48,
        "48 bytes",
        premaster,
        "unwrap_premaster(key, offered, &wrapped)"
    );
    let beliefs = beliefs(TLS_1_2, &message);
    let is_known = is_foretold(premaster, &beliefs);
    check!(
        !is_known,
        "48 bytes that nobody knows",
        premaster,
        "unwrap_premaster(key, offered, &wrapped)"
    );
    Ok(())
}

/// The size of a key that each process makes anew, which takes a moment.
const BITS_OF_ANOTHER_PROCESS: usize = 512;
