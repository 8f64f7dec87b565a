use harness::{Broken, accepted, check, differ, pieces, same, think_of, with};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::rare_secrets::{MINE, rare_secrets};
use crate::reference::{expanded, joined, share_of};
use crate::subject::ch4_key_exchange::*;
use crate::vectors::{Derivation, hkdf_vectors, rfc_5869};
use crate::victims::direction_keys;
use fixtures::strategies::{LONG, array, bit, bytes};

/// The keys of both directions, each with its key and its IV, are the expected ones.
macro_rules! keys_are {
    ($keys:ident, $secret:ident, $expected:ident, [$client:ident, $server:ident]) => {
        with!(
            "secret" = $secret.as_bytes(),
            "client" = $client,
            "server" = $server
        );
        for (name, got) in [("client", &$keys.client), ("server", &$keys.server)] {
            let expected = $expected(name.as_bytes());
            let call = format!("channel_keys(&secret, &client, &server).{name}");
            if got.key[..] != expected[..16] {
                let (got, expected) = (pieces!(&got.key), pieces!(&expected[..16]));
                return Err(Broken::different(&format!("{call}.key"), &got, &expected));
            }
            if got.iv[..] != expected[16..] {
                let (got, expected) = (pieces!(&got.iv), pieces!(&expected[16..]));
                return Err(Broken::different(&format!("{call}.iv"), &got, &expected));
            }
        }
    };
}

harness::suite! {
    exercise "4.4" {
        /// both steps give the results in RFC 5869's vectors for SHA-256
        #[think = "RFC 5869 §2.2 and §2.3: what is the key of each HMAC, and what is its message?"]
        fn both_steps_match_the_rfc(row from rfc_5869()) {
            let Derivation { salt, secret, info, pseudorandom_key, output, .. } = row;
            same!(hkdf_extract(&salt, &secret), pseudorandom_key);
            same!(hkdf_expand(&pseudorandom_key, &info, output.len()), Ok(output));
        }

        /// what you extract equals what the crate `hkdf` extracts, for every salt
        #[think = "Which of the two is the key of the HMAC: the salt or the secret?"]
        fn others_extract_the_same(salt in bytes(0..=LONG), secret in bytes(0..=LONG)) {
            let (expected, _) = Hkdf::<Sha256>::extract(Some(&salt), &secret);
            let expected: [u8; 32] = expected.into();
            same!(hkdf_extract(&salt, &secret), expected);
        }

        /// no salt is the same as a salt of 32 zero bytes
        #[think = "What does HMAC pad a short key with?"]
        #[cases = 32]
        fn no_salt_is_a_salt_of_zeros(secret in bytes(0..=100)) {
            let (expected, _) = Hkdf::<Sha256>::extract(None, &secret);
            let expected: [u8; 32] = expected.into();
            same!(hkdf_extract(&[], &secret), expected);
            same!(hkdf_extract(&[0; 32], &secret), expected);
        }

        /// salts of zeros, and a salt that equals the secret, are salts like any other
        #[think = "Which salts does your code treat as no salt?"]
        fn special_salts_are_salts(length from [1_usize, 16, 31, 33, 64, 65, 100, 256]) {
            for salt in [vec![0; length], vec![0x5a; length]] {
                for secret in [&salt[..], b"secret", b""] {
                    let (expected, _) = Hkdf::<Sha256>::extract(Some(&salt), secret);
                    let expected: [u8; 32] = expected.into();
                    same!(hkdf_extract(&salt, secret), expected);
                }
            }
        }

        /// what you expand equals what the crate `hkdf` expands, for every info and length
        #[think = "In each block: the previous block, the info, the counter. What is there before the first block?"]
        fn others_expand_the_same(key in array(), info in bytes(0..=LONG), length in 0..=100_usize) {
            if length == 0 {
                think_of!("An output of no bytes is an output, too. How many blocks is that?");
            }
            same!(hkdf_expand(&key, &info, length), Ok(expanded(&key, &info, length)));
        }

        /// outputs of every length are right: empty, around one block, around many blocks
        #[think = "How many blocks does this length need, and how many bytes of the last one?"]
        fn every_length_is_given(length from (0..=130_usize).chain([
            255, 256, 257, 511, 512, 513, 1023, 1024, 1025, 2048, 4095, 4096, 4097, 8000, 8128, 8129,
        ])) {
            for info in [&b""[..], b"info"] {
                let key = [0x42; 32];
                same!(hkdf_expand(&key, info, length), Ok(expanded(&key, info, length)));
            }
        }

        /// a longer output begins with the shorter one
        #[think = "Does the length go into the HMAC?"]
        #[cases = 64]
        fn a_longer_output_extends_a_shorter_one(
            key in array(), info in bytes(0..=40), length in 0..=200_usize, more in 1..=100_usize
        ) {
            let shorter = accepted!(hkdf_expand(&key, &info, length));
            let longer = accepted!(hkdf_expand(&key, &info, length + more));
            same!(longer.len(), length + more);
            same!(longer[..length].to_vec(), shorter);
        }

        /// a different info gives a different output
        #[think = "What is `info` for? Is it in every block?"]
        #[cases = 64]
        fn another_info_gives_another_output(
            key in array(), info in bytes(1..=40), changed in bit()
        ) {
            let one = accepted!(hkdf_expand(&key, &info, 32));
            let other = accepted!(hkdf_expand(&key, &changed.flipped(&info), 32));
            differ!(other, one);
        }

        /// outputs of up to 255 blocks are right, to the last byte
        #[think = "Where does the counter stop? And where does the output stop?"]
        fn all_255_blocks_are_given(length from [MOST - 32, MOST - 1, MOST]) {
            let key = [0x42; 32];
            same!(hkdf_expand(&key, b"long", length), Ok(expanded(&key, b"long", length)));
        }

        /// more than 255 blocks are refused, however many
        #[think = "What comes after 255 in a byte?"]
        fn more_than_255_blocks_are_refused(
            length from [
                MOST + 1, MOST + 31, MOST + 32, MOST + 33, 257 * 32, 512 * 32, 1 << 16, (1 << 16) + 1,
                (1 << 16) + 32, 1 << 20, 1 << 21, (1 << 21) + 32, u32::MAX as usize, 1 << 32,
                (1 << 32) + 32, usize::MAX - 31, usize::MAX,
            ]
        ) {
            same!(hkdf_expand(&[0x42; 32], b"too long", length), Err(TooManyBlocks));
        }

        /// each vector of Project Wycheproof, a public collection, gives its output or is refused, as it says
        #[think = "The vector's flags say what is special about it."]
        fn wycheproof_derives_the_same(vector from hkdf_vectors()) {
            let pseudorandom_key = hkdf_extract(&vector.salt, &vector.secret);
            let expected = vector.output.ok_or(TooManyBlocks);
            same!(hkdf_expand(&pseudorandom_key, &vector.info, vector.length), expected);
        }

        /// a different salt, secret, key or info gives a different result, whatever was asked before
        #[think = "Do you keep anything from one call to the next? All the inputs count."]
        fn each_call_has_its_own_result(length from [16_usize, 28, 32, 64, 100]) {
            let inputs = [&b"one input"[..], b"one INPUT", b"another"];
            for (one, other) in [(0, 0), (1, 0), (1, 1), (0, 1), (2, 1), (0, 0)] {
                let (salt, secret) = (inputs[one], inputs[other]);
                let (expected, _) = Hkdf::<Sha256>::extract(Some(salt), secret);
                let expected: [u8; 32] = expected.into();
                same!(hkdf_extract(salt, secret), expected);
                let (key, info) = ([one as u8; 32], inputs[other]);
                same!(hkdf_expand(&key, info, length), Ok(expanded(&key, info, length)));
            }
        }

        /// the same shares give different keys if the secret is different
        #[think = "Do you keep anything from one call to the next? The keys come from the secret, too."]
        fn each_secret_has_its_own_keys({number} from [1_u8, 2]) {
            let (client_share, server_share) = (share_of([0x11; 32]), share_of([0x22; 32]));
            for mine in [0x40, 0x40 + 8 * number, 0x40] {
                let secret = accepted!(shared_secret(&SecretKey::from_bytes([mine; 32]), &server_share));
                let keys = channel_keys(&secret, &client_share, &server_share);
                let expected = |name: &[u8]| {
                    direction_keys(secret.as_bytes(), name, &client_share, &server_share)
                };
                keys_are!(keys, secret, expected, [client_share, server_share]);
            }
        }

        /// the keys of a channel are what HKDF derives from the secret, the direction and both shares
        #[think = "Go through the picture. What is the info, byte for byte, and where is the cut?"]
        #[cases = 64]
        fn channel_keys_come_from_hkdf(client in array(), server in array()) {
            let (client_share, server_share) = (share_of(client), share_of(server));
            let secret = accepted!(shared_secret(&SecretKey::from_bytes(client), &server_share));
            let keys = channel_keys(&secret, &client_share, &server_share);
            let expected = |name: &[u8]| {
                direction_keys(secret.as_bytes(), name, &client_share, &server_share)
            };
            keys_are!(keys, secret, expected, [client_share, server_share]);
        }

        /// a secret with leading or trailing zeros is used whole
        #[think = "A secret is 32 bytes, not a number. Which of its zeros do you drop?"]
        fn a_secret_with_zeros_is_used_whole(rare from rare_secrets()) {
            let mine = SecretKey::from_bytes(MINE);
            let (ours, theirs) = (share_of(MINE), rare.theirs);
            let secret = accepted!(shared_secret(&mine, &theirs));
            let keys = channel_keys(&secret, &ours, &theirs);
            let expected = |name: &[u8]| direction_keys(&rare.shared, name, &ours, &theirs);
            keys_are!(keys, secret, expected, [ours, theirs]);
        }

        /// the keys are right even if both sides have the same share
        #[think = "Nothing says that the two shares differ. Does your code depend on it?"]
        #[cases = 16]
        fn equal_shares_are_good(client in array(), share in array()) {
            let theirs = share_of(client);
            let secret = accepted!(shared_secret(&SecretKey::from_bytes(client), &theirs));
            for share in [theirs, share] {
                let keys = channel_keys(&secret, &share, &share);
                let expected = |name: &[u8]| {
                    direction_keys(secret.as_bytes(), name, &share, &share)
                };
                keys_are!(keys, secret, expected, [share, share]);
            }
        }

        /// a different share, on either side, gives different keys for both directions
        #[think = "Two shares can lead to the same secret. What else tells them apart? And do you keep anything from one call to the next?"]
        #[cases = 64]
        fn the_keys_are_bound_to_both_shares(client in array(), server in array(), changed in bit()) {
            let (client_share, server_share) = (share_of(client), share_of(server));
            let secret = accepted!(shared_secret(&SecretKey::from_bytes(client), &server_share));
            let flipped = |share: &[u8; 32]| -> [u8; 32] {
                changed.flipped(share).try_into().expect("as long as before")
            };
            // We ask for each of the two right after the keys that it must differ from.
            let keys = channel_keys(&secret, &client_share, &server_share);
            let other_server = channel_keys(&secret, &client_share, &flipped(&server_share));
            let _ = channel_keys(&secret, &client_share, &server_share);
            let other_client = channel_keys(&secret, &flipped(&client_share), &server_share);
            for other in [other_client, other_server] {
                for (first, second, asked) in [
                    (&keys.client, &other.client, "channel_keys(&secret, &client_share, &server_share).client"),
                    (&keys.server, &other.server, "channel_keys(&secret, &client_share, &server_share).server"),
                ] {
                    let is_other = joined(first) != joined(second);
                    check!(is_other, "another key for another share", joined(second), asked);
                }
            }
        }
    }
}

/// The longest output of HKDF with SHA-256.
const MOST: usize = 255 * 32;
