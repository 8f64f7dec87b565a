use harness::{Broken, accepted, differ, pieces, same, think_of, with};
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

use crate::rare_secrets::{MINE, rare_secrets};
use crate::subject::ch4_key_exchange::*;
use crate::vectors::{iterations, low_order_shares, rfc_7748, x25519_vectors};
use fixtures::hex::hex;
use fixtures::strategies::{array, flip};

/// The secret of this key and this share.
macro_rules! secret_is {
    ($mine:expr, $theirs:expr, $expected:expr) => {{
        let (mine, theirs) = (&$mine, $theirs);
        harness::notes::new_call();
        with!("mine" = mine.as_bytes(), "theirs" = theirs);
        harness::search::ask("shared_secret(&mine, &theirs)");
        let secret = secret_bytes(shared_secret(mine, &theirs));
        harness::search::answered();
        let expected: Result<[u8; 32], LowOrderPoint> = $expected;
        if secret != expected {
            return Err(Broken::different(
                "shared_secret(&mine, &theirs)",
                &pieces!(&secret),
                &pieces!(&expected),
            ));
        }
    }};
}

harness::suite! {
    exercise "4.3" {
        /// the two vectors of RFC 7748 §5.2 give the secrets in the RFC
        #[think = "Your secret key goes first, their share second. Do you change either?"]
        fn the_vectors_of_the_rfc_hold({row} from rfc_7748()) {
            let mine = SecretKey::from_bytes(row.mine);
            secret_is!(mine, row.theirs, Ok(row.shared));
        }

        /// iterated as in RFC 7748 §5.2, with each result as the next key, X25519 gives the RFC's values
        #[think = "Do you treat every key in the same way, whatever its bits?"]
        fn the_iterations_of_the_rfc_hold((times, expected) from iterations()) {
            let (mut key, mut share) = (X25519_BASEPOINT_BYTES, X25519_BASEPOINT_BYTES);
            for _ in 0..times {
                think_of!("Only a secret of 32 zeros is refused. How many of its bytes do you look at?");
                let next = accepted!(shared_secret(&SecretKey::from_bytes(key), &share));
                if *next.as_bytes() == key {
                    think_of!("It is what the last call returned, and the key is a different one now. Do you keep anything from one call to the next?");
                    with!("mine, last call" = share);
                    secret_is!(SecretKey::from_bytes(key), share, Ok(x25519(key, share)));
                }
                think_of!("Do you treat every key in the same way, whatever its bits?");
                (key, share) = (*next.as_bytes(), key);
            }
            same!(key, expected, "shared_secret(&mine, &theirs)?, again and again");
        }

        /// the exchange of RFC 7748 §6.1 gives both shares and the secret as in the RFC
        #[think = "A share is X25519 of the secret key and the base point."]
        fn the_exchange_of_the_rfc_holds() {
            let alice = hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
            let bob = hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
            let alice_share: [u8; 32] =
                hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
            let bob_share: [u8; 32] =
                hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
            let shared: [u8; 32] =
                hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
            let (alice, bob) = (SecretKey::from_bytes(alice), SecretKey::from_bytes(bob));
            same!(alice.share(), alice_share);
            same!(bob.share(), bob_share);
            secret_is!(alice, bob_share, Ok(shared));
            secret_is!(bob, alice_share, Ok(shared));
        }

        /// both sides compute the same secret, and it is the one that X25519 gives
        #[think = "Each side uses its own secret key and the other's share."]
        #[cases = 64]
        fn both_sides_share_a_secret(mine in array(), theirs in array()) {
            let (my_key, their_key) = (SecretKey::from_bytes(mine), SecretKey::from_bytes(theirs));
            let (my_share, their_share) = (my_key.share(), their_key.share());
            let expected = x25519(mine, x25519(theirs, X25519_BASEPOINT_BYTES));
            secret_is!(my_key, their_share, Ok(expected));
            secret_is!(their_key, my_share, Ok(expected));
        }

        /// the same share gives a different secret with a different key, and so does the same key with a different share
        #[think = "Do you keep anything from one call to the next? Both the key and the share count."]
        fn each_pair_has_its_own_secret(byte_that_differs from [0_usize, 9, 17, 30]) {
            let pair = |first: [u8; 32]| {
                let mut second = first;
                second[byte_that_differs] ^= 0x08;
                [first, second]
            };
            let (mine, theirs) = (pair([0x41; 32]), pair(x25519([1; 32], X25519_BASEPOINT_BYTES)));
            let mut last = None;
            for (key, share) in [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)] {
                let (mine, theirs) = (mine[key], theirs[share]);
                let key = SecretKey::from_bytes(mine);
                if let Some((mine, theirs)) = last {
                    with!("mine, last call" = mine, "theirs, last call" = theirs);
                }
                secret_is!(key, theirs, Ok(x25519(mine, theirs)));
                same!(key.share(), x25519(mine, X25519_BASEPOINT_BYTES));
                last = Some((mine, theirs));
            }
        }

        /// your own share is a share like any other, and so is a share that equals your secret key
        #[think = "Nothing says that the two sides differ. Does your code depend on it?"]
        #[cases = 32]
        fn your_own_share_is_good(mine in array()) {
            let key = SecretKey::from_bytes(mine);
            let share = x25519(mine, X25519_BASEPOINT_BYTES);
            think_of!("This share is not of low order, and nothing says that the two sides differ. Do you compare the two, or keep anything from an earlier call?");
            secret_is!(key, share, Ok(x25519(mine, share)));
            let expected = x25519(mine, mine);
            let expected = if expected == [0; 32] { Err(LowOrderPoint) } else { Ok(expected) };
            think_of!("Which shares are refused? All those, and only those, that give a secret of zeros.");
            secret_is!(key, mine, expected);
        }

        /// keys of all zeros, of all ff bytes, or with one bit set or clear have a share like any other
        #[think = "Any 32 bytes are a secret key. Which of them do you treat differently?"]
        fn special_keys_have_a_share(place from 0..32_usize) {
            let mut one_byte = [0; 32];
            one_byte[place] = 0x10;
            for mine in [[0; 32], [0xff; 32], one_byte, one_byte.map(|byte| !byte)] {
                same!(SecretKey::from_bytes(mine).share(), x25519(mine, X25519_BASEPOINT_BYTES));
            }
        }

        /// the five bits of a secret key that X25519 sets itself make no difference; all others do
        #[think = "Leave clamping to the crate. If you did it too: which bits, in which byte?"]
        fn clamped_bits_make_no_difference(changed_bit from 0..256_usize) {
            let secret = [0x5a; 32];
            let mut other = secret;
            flip(&mut other, changed_bit);
            // The share of secret. It is compared 256 times, so it is not computed each time.
            let share: [u8; 32] = hex("b0d08f35b4683381489afb32825e59152d47d19bc9e050d6d5a954984c9d1e2c");
            let other_share = SecretKey::from_bytes(other).share();
            if [0, 1, 2, 254, 255].contains(&changed_bit) {
                same!(other_share, share, "SecretKey::from_bytes(other).share()");
            } else {
                differ!(other_share, share, "SecretKey::from_bytes(other).share()");
            }
        }

        /// the highest bit of a share makes no difference
        #[think = "RFC 7748 §5: a u has 255 bits. Do you look at the share before the crate does?"]
        #[cases = 64]
        fn the_highest_bit_makes_no_difference(mine in array(), theirs in array()) {
            let mine = SecretKey::from_bytes(mine);
            let share = x25519(theirs, X25519_BASEPOINT_BYTES);
            let mut with_bit = share;
            with_bit[31] |= 0x80;
            let expected = x25519(*mine.as_bytes(), share);
            secret_is!(mine, with_bit, Ok(expected));
        }

        /// a u from p + 2 to 2²⁵⁵ − 1 is read as its remainder modulo p
        #[think = "RFC 7748 §5 requires you to accept such shares. Which shares do you refuse, and why?"]
        fn a_share_beyond_p_is_accepted(remainder from 2..=18_u8) {
            let mine = SecretKey::from_bytes([0x42; 32]);
            let mut small = [0; 32];
            small[0] = remainder;
            // p is 2²⁵⁵ − 19, so its lowest byte is ed.
            let mut beyond = [0xff; 32];
            (beyond[0], beyond[31]) = (0xed + remainder, 0x7f);
            let expected = x25519(*mine.as_bytes(), small);
            secret_is!(mine, beyond, Ok(expected));
        }

        /// the smallest and the largest u are accepted, unless they belong to points of low order
        #[think = "Which shares that don't lead to zeros do you refuse?"]
        fn shares_near_the_ends_are_accepted(distance from 2..=20_u8) {
            let mine = SecretKey::from_bytes(MINE);
            let (mut small, mut large) = ([0; 32], [0xff; 32]);
            small[0] = distance;
            (large[0], large[31]) = (0xed - distance, 0x7f);
            for share in [small, large] {
                let expected = x25519(MINE, share);
                secret_is!(mine, share, Ok(expected));
            }
        }

        /// a secret whose bytes are nearly all zero is accepted
        #[think = "Do you refuse it only if all 32 bytes are zero? Can two of them cancel each other out?"]
        fn a_secret_with_zeros_is_a_secret({rare} from rare_secrets()) {
            let mine = SecretKey::from_bytes(MINE);
            secret_is!(mine, rare.theirs, Ok(rare.shared));
        }

        /// every point of low order is refused, in each of its encodings
        #[think = "What does x25519 return for such a point, whatever your key is?"]
        fn points_of_low_order_are_refused(share from low_order_shares()) {
            for mine in [[0; 32], [0xff; 32], X25519_BASEPOINT_BYTES] {
                let mine = SecretKey::from_bytes(mine);
                secret_is!(mine, share, Err(LowOrderPoint));
            }
            // The key is as good as before.
            let mine = SecretKey::from_bytes(X25519_BASEPOINT_BYTES);
            think_of!("Only this share was refused, and nothing is wrong with the key. What do you keep from one call to the next?");
            secret_is!(mine, [0x5a; 32], Ok(x25519(X25519_BASEPOINT_BYTES, [0x5a; 32])));
        }

        /// each vector of Project Wycheproof, a public collection, gives its secret or is refused, as it says
        #[think = "The vector's flags say what is special about it. Only a secret of zeros is refused."]
        fn wycheproof_agrees(vector from x25519_vectors()) {
            let mine = SecretKey::from_bytes(vector.mine);
            let expected = vector.shared.ok_or(LowOrderPoint);
            secret_is!(mine, vector.theirs, expected);
        }
    }
}

/// As something that can be shown and compared.
fn secret_bytes(secret: Result<SharedSecret, LowOrderPoint>) -> Result<[u8; 32], LowOrderPoint> {
    secret.map(|secret| *secret.as_bytes())
}
