use harness::show::Words;
use harness::{assume, with};
use proptest::prelude::*;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

use super::{BITS, HELLO, SHORT, signed, verifies};
use crate::reference::{reference_signature, share_of};
use crate::subject::ch3_signatures::BadSignature;
use crate::tricks::{
    CURVE, Hello, SCHEMES, Trick, hello, other_contents, other_curves, scheme, trick,
};
use fixtures::keys;
use fixtures::near_misses::{NearMiss, of_other_lengths};
use fixtures::strategies::{LONG, array, bit, bytes};

harness::suite! {
    exercise "4.6" {
        /// the signed exchange works, and whatever Mallory does to it is refused
        #[think = "What in the exchange could she change without touching a signed byte?"]
        #[cases = 48]
        fn mallory_is_kept_out(
            scheme in scheme(), {hello} in hello(), trick in trick(), her_secret in array()
        ) {
            let key = keys::private(SHORT, 0);
            let signature = signed(scheme, key, &hello)?;
            verifies(scheme, key.as_public_key(), &hello, &signature, Ok(()))?;

            let (share, signature) = match trick {
                Trick::HerShare => (share_of(her_secret), signature),
                Trick::HerShareAndSignature => {
                    let forged = Hello { share: share_of(her_secret), ..hello };
                    (forged.share, signed(scheme, keys::private(SHORT, 1), &forged)?)
                }
                // She has learned the secret key of that session.
                Trick::OldSession(client_random, server_random) => {
                    let share = share_of(her_secret);
                    let old = Hello { client_random, server_random, share };
                    (share, signed(scheme, key, &old)?)
                }
                Trick::LowOrder(share) => (share, signature),
            };
            let received = Hello { share, ..hello };
            assume!(trick.changes_something(&hello, &received));
            let public = key.as_public_key();
            verifies(scheme, public, &received, &signature, Err(BadSignature))?;
        }

        /// a signature is refused if one bit of a random, of the share or of the signature is changed
        #[think = "Which of them is not among the bytes that you verify?"]
        #[cases = 32]
        fn a_changed_bit_is_refused(scheme in scheme(), {hello} in hello(), {changed} in bit()) {
            let key = keys::private(BITS, 0);
            let public = key.as_public_key();
            let signature = signed(scheme, key, &hello)?;
            let flipped = |part: &[u8; 32]| -> [u8; 32] {
                changed.flipped(part).try_into().expect("as long as before")
            };
            let Hello { client_random, server_random, share } = hello;
            // X25519 ignores this bit, so the secret is the same. The signature must not ignore it.
            let mut same_point = share;
            same_point[31] ^= 0x80;
            for (what, changed) in [
                ("client_random", Hello { client_random: flipped(&client_random), ..hello }),
                ("server_random", Hello { server_random: flipped(&server_random), ..hello }),
                ("share", Hello { share: flipped(&share), ..hello }),
                ("the last byte of share", Hello { share: same_point, ..hello }),
            ] {
                with!("bit changed in" = Words(what.to_owned()));
                verifies(scheme, public, &changed, &signature, Err(BadSignature))?;
            }
            let changed = changed.flipped(&signature);
            with!("bit changed in" = Words("signature".to_owned()));
            verifies(scheme, public, &hello, &changed, Err(BadSignature))?;
        }

        /// a share that was signed for another connection is refused
        #[think = "What does this connection have that no other has?"]
        #[cases = 16]
        fn another_connection_is_refused(
            scheme in scheme(), {hello} in hello(), {other_client} in array(), {other_server} in array()
        ) {
            let Hello { client_random, server_random, .. } = hello;
            assume!(other_client != client_random && other_server != server_random);
            let key = keys::private(SHORT, 0);
            for old in [
                Hello { client_random: other_client, ..hello },
                Hello { server_random: other_server, ..hello },
                Hello { client_random: other_client, server_random: other_server, ..hello },
            ] {
                let signature = signed(scheme, key, &old)?;
                let public = key.as_public_key();
                verifies(scheme, public, &hello, &signature, Err(BadSignature))?;
            }
        }

        /// a signature for the same two randoms, swapped, is refused
        #[think = "Whose random comes first?"]
        #[cases = 16]
        fn swapped_randoms_are_refused(scheme in scheme(), {hello} in hello()) {
            let Hello { client_random, server_random, share } = hello;
            assume!(client_random != server_random);
            let turned =
                Hello { client_random: server_random, server_random: client_random, share };
            let key = keys::private(SHORT, 0);
            let signature = signed(scheme, key, &turned)?;
            verifies(scheme, key.as_public_key(), &hello, &signature, Err(BadSignature))?;
        }

        /// a share that was signed for another curve, or for none, is refused
        #[think = "What tells the client that these 32 bytes are an X25519 share?"]
        fn another_curve_is_refused(curve from other_curves()) {
            let key = keys::private(SHORT, 0);
            for scheme in SCHEMES {
                let signature = reference_signature(scheme, key, &HELLO.content(&curve));
                let public = key.as_public_key();
                verifies(scheme, public, &HELLO, &signature, Err(BadSignature))?;
            }
        }

        /// a signature is refused if any one byte of the randoms or of the share is changed
        #[think = "Which of their bytes is not among those that you verify? The first four of a random may be a time, and count as well."]
        fn each_byte_counts(scheme from SCHEMES) {
            let key = keys::private(SHORT, 0);
            let signature = reference_signature(scheme, key, &HELLO.content(CURVE));
            for place in 0..96 {
                let mut changed = HELLO;
                let Hello { client_random, server_random, share } = &mut changed;
                let parts = [("client_random", client_random), ("server_random", server_random), ("share", share)];
                let (byte, (name, part)) = (place % 32, parts.into_iter().nth(place / 32).expect("three parts"));
                part[byte] ^= 1 << (place % 8);
                with!("changed" = Words(format!("byte {byte} of {name}")));
                verifies(scheme, key.as_public_key(), &changed, &signature, Err(BadSignature))?;
            }
        }

        /// a signature over anything but the 100 bytes is refused
        #[think = "Only one string of 100 bytes fits these randoms and this share. What else do you accept?"]
        fn another_content_is_refused(content from other_contents(&HELLO)) {
            let key = keys::private(SHORT, 0);
            for scheme in SCHEMES {
                let signature = reference_signature(scheme, key, &content.bytes);
                let public = key.as_public_key();
                verifies(scheme, public, &HELLO, &signature, Err(BadSignature))?;
            }
        }

        /// a signature with any other hash is refused
        #[think = "The scheme names the hash. What else do you accept?"]
        fn another_hash_is_refused(scheme from SCHEMES) {
            let key = keys::private(BITS + 40, 0);
            let content = HELLO.content(CURVE);
            let others = [
                key.pkcs1v15_sign::<Sha224>(&content), key.pkcs1v15_sign::<Sha384>(&content),
                key.pkcs1v15_sign::<Sha512>(&content), key.pkcs1v15_sign::<Sha512_224>(&content),
                key.pkcs1v15_sign::<Sha512_256>(&content), key.pss_sign::<Sha224>(&content),
                key.pss_sign::<Sha384>(&content), key.pss_sign::<Sha512>(&content),
                key.pss_sign::<Sha512_224>(&content), key.pss_sign::<Sha512_256>(&content),
            ];
            for other in others {
                let other = other.expect("the key is large enough");
                let public = key.as_public_key();
                verifies(scheme, public, &HELLO, &other, Err(BadSignature))?;
            }
        }

        /// a signature with garbage after the hash, or without the name of the hash, is refused under
        /// either scheme
        #[think = "Which function checks the signature? Return what it says. Exercise 3.6 shows what happens to a verifier that is satisfied with less."]
        fn a_careless_signature_is_refused(scheme from SCHEMES) {
            let key = keys::private(BITS, 0);
            for careless in keys::careless_signatures(key, &HELLO.content(CURVE)) {
                with!("the block in the signature" = Words(careless.name));
                let public = key.as_public_key();
                verifies(scheme, public, &HELLO, &careless.bytes, Err(BadSignature))?;
            }
        }

        /// a PSS signature with a salt of any other length is refused
        #[think = "The scheme says how long the salt is. What else do you accept?"]
        fn another_salt_is_refused(length from (0..=64_usize).filter(|length| *length != 32)) {
            // A short key has room for 35 bytes of salt.
            let key = keys::private(if length < 36 { SHORT } else { 816 }, 0);
            let pss = rsa::Pss::<Sha256>::new_with_salt(length);
            let hash = Sha256::digest(HELLO.content(CURVE));
            let signature = key.sign_with_rng(&mut getrandom::SysRng, pss, &hash);
            let signature = signature.expect("the key is large enough");
            for scheme in SCHEMES {
                let public = key.as_public_key();
                verifies(scheme, public, &HELLO, &signature, Err(BadSignature))?;
            }
        }

        /// a signature with bytes added, with bytes missing or with no bytes at all is refused
        #[think = "*goto fail* accepted what it had not checked. Does every path to `Ok` go through the check?"]
        fn another_length_is_refused(scheme from SCHEMES) {
            let key = keys::private(BITS, 0);
            let signature = reference_signature(scheme, key, &HELLO.content(CURVE));
            for other in of_other_lengths(&signature) {
                let public = key.as_public_key();
                verifies(scheme, public, &HELLO, &other, Err(BadSignature))?;
            }
        }

        /// what is signed, or its hash, or a part of it, is not a signature
        #[think = "A signature is what only the owner of the private key could have computed."]
        fn what_is_signed_is_not_a_signature(content from other_contents(&HELLO)) {
            let public = keys::private(SHORT, 0).as_public_key();
            let whole = NearMiss::new("the content", HELLO.content(CURVE));
            for scheme in SCHEMES {
                for bytes in [&content.bytes, &whole.bytes] {
                    verifies(scheme, public, &HELLO, bytes, Err(BadSignature))?;
                }
            }
        }

        /// a signature of one scheme is refused under the other
        #[think = "The client knows which scheme was agreed on. Which schemes does yours try?"]
        #[cases = 16]
        fn another_scheme_is_refused(scheme in scheme(), {hello} in hello()) {
            let key = keys::private(BITS, 0);
            let [one, other] = SCHEMES;
            let other = if scheme == one { other } else { one };
            let signature = reference_signature(other, key, &hello.content(CURVE));
            verifies(scheme, key.as_public_key(), &hello, &signature, Err(BadSignature))?;
        }

        /// junk of any length is refused, and never makes `verify_key_share` panic
        #[think = "What do you do to a signature before your function from chapter 3 has checked it?"]
        #[cases = 48]
        fn junk_is_refused(
            scheme in scheme(), {hello} in hello(),
            junk in prop_oneof![bytes(128..=128), bytes(0..=LONG)]
        ) {
            let public = keys::private(BITS, 0).as_public_key();
            verifies(scheme, public, &hello, &junk, Err(BadSignature))?;
        }
    }
}
