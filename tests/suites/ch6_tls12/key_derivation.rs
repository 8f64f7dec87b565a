use harness::{assume, called, differ, notes, same, think_of, with};
use proptest::sample::select;

use crate::strategies::premaster;
use crate::subject::ch6_tls12::*;
use fixtures::hex::hex_vec;
use fixtures::strategies::{LONG, array, bytes};
use fixtures::tls12::reference;

harness::suite! {
    exercise "6.3" {
        /// the published vector for P_SHA256 gives the published bytes
        #[think = "In the picture, what is A(1) made of, and what are the first 32 bytes made of?"]
        fn the_published_vector_comes_out() {
            let secret = hex_vec("9bbe436ba940f017b17652849a71db35");
            let seed = hex_vec("a0ba9f936cda311827a6f796ffd5198c");
            let output = hex_vec(
                "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9\
                 c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789ba\
                 a48082d122ee42c5a72e5a5110fff70187347b66",
            );
            let got = called!(prf(&secret, "test label", &seed, 100));
            if got.len() != 100 && got[..32.min(got.len())] == output[..32] {
                think_of!("32 bytes come at a time, and 100 were asked for. What do you do with the last of them?");
            } else if got.get(..32) == Some(&output[..32]) {
                think_of!("The first 32 bytes are right. What is A(2) made of, and what are the next 32 bytes made of?");
            }
            same!(prf(&secret, "test label", &seed, 100), output);
        }

        /// the bytes are those that others derive, for every secret, label and seed
        #[think = "Secret, label and seed may have any length, and any bytes in them. Do you use all of each?"]
        #[cases = 72]
        fn others_derive_the_same(
            (secret, seed) in (bytes(0..=LONG), bytes(0..=LONG)), label in select(&LABELS[..]),
            length in 0..=100_usize
        ) {
            let expected = reference::prf(&secret, label, &seed, length);
            same!(prf(&secret, label, &seed, length), expected);
        }

        /// each input counts, even if it is all that has changed since the last call
        #[think = "Do you keep anything from one call to the next? Any of the inputs may be different then."]
        #[cases = 8]
        fn each_input_counts({first} in bytes(48..=48), {second} in bytes(64..=64)) {
            let (other_secret, other_seed) = (last_changed(first.clone()), last_changed(second.clone()));
            let mut before = None;
            for (secret, label, seed, length) in [
                (&first, "a", &second, 40), (&other_secret, "a", &second, 40), (&first, "a", &second, 40),
                (&first, "b", &second, 40), (&first, "a", &second, 40), (&first, "a", &other_seed, 40),
                (&first, "a", &second, 40), (&first, "a", &second, 12), (&first, "a", &second, 40),
            ] {
                if let Some(last) = before.replace((secret, label, seed, length)) {
                    notes::start_over();
                    // One of the four is different from what it was.
                    if last.0 != secret {
                        with!("the previous secret" = last.0);
                    } else if last.1 != label {
                        with!("the previous label" = last.1);
                    } else if last.2 != seed {
                        with!("the previous seed" = last.2);
                    } else {
                        with!("the previous length" = last.3);
                    }
                }
                let expected = reference::prf(secret, label, seed, length);
                same!(prf(secret, label, seed, length), expected);
            }
        }

        /// it makes a difference where the secret ends and the label or the seed begins
        #[think = "Do you keep anything from one call to the next? How do you tell one call from another?"]
        fn the_end_of_the_secret_counts() {
            for (secret, label, seed) in [
                ("secret", "label", "seed"), ("secretl", "abel", "seed"), ("secret", "label", "seed"),
                ("secretlabel", "", "seed"), ("", "secretlabel", "seed"), ("", "secretlabelseed", ""),
                ("secret", "label", "seed"), ("ecret", "label", "seeds"), ("dsecret", "label", "see"),
            ] {
                notes::start_over();
                let (secret, seed) = (secret.as_bytes(), seed.as_bytes());
                let expected = reference::prf(secret, label, seed, 40);
                same!(prf(secret, label, seed, 40), expected);
            }
        }

        /// there are as many bytes as were asked for, even if that is zero
        #[think = "32 bytes come at a time. What do you do with the ones that you don't need?"]
        fn every_length_is_exact(
            length from [
                0, 1, 12, 31, 32, 33, 40, 48, 63, 64, 65, 255, 256, 257, 1000, 4097, 8160, 8161,
                16_385, 65_535, 65_540
            ]
        ) {
            let expected = reference::prf(b"secret", "label", b"seed", length);
            if length > 1000 {
                think_of!("The first thousand bytes are right. In which type do you count, and is there a limit in your code?");
            }
            same!(prf(b"secret", "label", b"seed", length), expected);
        }

        /// the master secret is what RFC 5246 derives from the premaster secret and both randoms
        #[think = "Which label? Whose random comes first here?"]
        #[cases = 64]
        fn the_master_secret_comes_from_both_randoms(
            premaster in premaster(), client in array::<32>(), server in array::<32>()
        ) {
            // One that begins with a zero has a property of its own.
            assume!(premaster.first() != Some(&0));
            let expected = reference::master(&premaster, &client, &server);
            let premaster = PremasterSecret::new(&premaster);
            same!(*master_secret(&premaster, &client, &server).as_bytes(), expected);
        }

        /// both randoms go into the seed, even if they are equal
        #[think = "Two of your inputs are equal here. Do you leave one of them out?"]
        fn equal_randoms_are_two(byte from [0_u8, 1, 0xff]) {
            let (premaster, random) = ([byte; 48], [byte; 32]);
            let expected = reference::master(&premaster, &random, &random);
            let master = master_secret(&PremasterSecret::new(&premaster), &random, &random);
            with!(premaster, random);
            same!(*master.as_bytes(), expected, "*master_secret(&premaster, &random, &random).as_bytes()");
            let block = reference::key_block(&[byte; 48], &random, &random);
            let (_, server) = key_block(&MasterSecret::new([byte; 48]), &random, &random);
            let (key, iv) = server.parts();
            notes::start_over();
            with!("master" = [byte; 48], "random" = random);
            same!([&key[..], &iv].concat(), [&block[16..32], &block[36..]].concat(), "the server's key and IV in key_block(&master, &random, &random)");
        }

        /// the extended master secret is what RFC 7627 derives from the premaster secret and the hash
        #[think = "Which label? And what is the seed?"]
        #[cases = 64]
        fn the_extended_master_secret_comes_from_the_hash(
            premaster in premaster(), session_hash in array::<32>()
        ) {
            assume!(premaster.first() != Some(&0));
            let expected = reference::extended_master(&premaster, &session_hash);
            let premaster = PremasterSecret::new(&premaster);
            same!(*extended_master_secret(&premaster, &session_hash).as_bytes(), expected);
        }

        /// a premaster secret that begins with zeros keeps them, in either master secret
        #[think = "A secret is bytes, not a number. Which of its zeros do you drop?"]
        fn leading_zeros_stay((zeros, length) from [(1, 32), (2, 32), (31, 32), (32, 32), (1, 48), (48, 48)]) {
            let bytes: Vec<u8> = (0..length).map(|place| if place < zeros { 0 } else { 7 }).collect();
            let (client, server, session_hash) = ([1; 32], [2; 32], [3; 32]);
            let premaster = PremasterSecret::new(&bytes);
            with!("premaster" = bytes);
            let expected = reference::master(&bytes, &client, &server);
            same!(*master_secret(&premaster, &client, &server).as_bytes(), expected);
            let expected = reference::extended_master(&bytes, &session_hash);
            same!(*extended_master_secret(&premaster, &session_hash).as_bytes(), expected);
        }

        /// the key block is cut as in the picture: both keys, then both IVs, the client's first
        #[think = "Write down the 40 bytes, and mark the cuts below them. Whose random comes first here?"]
        #[cases = 64]
        fn the_key_block_is_cut_in_four(
            master in array::<48>(), client in array::<32>(), server in array::<32>()
        ) {
            let block = reference::key_block(&master, &client, &server);
            let (client_key, server_key) = key_block(&MasterSecret::new(master), &client, &server);
            same!(client_key.parts().0, block[..16], "key_block(&master, &client, &server).0.parts().0");
            same!(server_key.parts().0, block[16..32], "key_block(&master, &client, &server).1.parts().0");
            same!(client_key.parts().1, block[32..36], "key_block(&master, &client, &server).0.parts().1");
            same!(server_key.parts().1, block[36..40], "key_block(&master, &client, &server).1.parts().1");
        }

        /// a premaster secret, a random or a hash counts, even if all others are those of the last call
        #[think = "Do you keep anything from one call to the next? Any of the inputs may be different then."]
        #[cases = 8]
        fn each_secret_and_each_random_counts(
            {first} in array::<48>(), {one} in array::<32>(), {two} in array::<32>()
        ) {
            let (other, another) = (last_changed(first), last_changed(one));
            let mut before = None;
            for (secret, client, server) in [
                (first, one, two), (other, one, two), (first, one, two), (first, another, two),
                (first, one, two), (first, one, last_changed(two)), (first, one, two),
            ] {
                notes::start_over();
                with!("premaster" = secret);
                with!(client, server);
                // One of the three is different from what it was.
                let (last_secret, last_client, last_server) = before.replace((secret, client, server)).unwrap_or((secret, client, server));
                if last_secret != secret {
                    with!("the previous premaster" = last_secret);
                } else if last_client != client {
                    with!("the previous client" = last_client);
                } else if last_server != server {
                    with!("the previous server" = last_server);
                }
                let premaster = PremasterSecret::new(&secret);
                let expected = reference::master(&secret, &client, &server);
                same!(*master_secret(&premaster, &client, &server).as_bytes(), expected);
                let expected = reference::extended_master(&secret, &client);
                same!(*extended_master_secret(&premaster, &client).as_bytes(), expected);
                notes::withdraw("premaster");
                with!("master" = secret);
                if last_secret != secret {
                    notes::withdraw("the previous premaster");
                    with!("the previous master" = last_secret);
                }
                let master = MasterSecret::new(secret);
                let block = reference::key_block(&secret, &client, &server);
                let (client_key, server_key) = key_block(&master, &client, &server);
                same!(client_key.parts().0, block[..16], "key_block(&master, &client, &server).0.parts().0");
                same!(server_key.parts().0, block[16..32], "key_block(&master, &client, &server).1.parts().0");
                same!(client_key.parts().1, block[32..36], "key_block(&master, &client, &server).0.parts().1");
                same!(server_key.parts().1, block[36..40], "key_block(&master, &client, &server).1.parts().1");
            }
        }

        /// the two directions have nothing in common: neither the key nor the IV
        #[think = "Two records with the same number, one in each direction: what tells them apart?"]
        #[cases = 32]
        fn the_two_sides_differ(
            master in array::<48>(), client in array::<32>(), server in array::<32>()
        ) {
            let (client_key, server_key) = key_block(&MasterSecret::new(master), &client, &server);
            differ!(server_key.parts().0, client_key.parts().0, "key_block(&master, &client, &server).1.parts().0");
            // Two IVs of 4 bytes are the same once in 4 billion draws.
            differ!(server_key.parts().1, client_key.parts().1, "key_block(&master, &client, &server).1.parts().1");
        }
    }
}

/// These bytes, the last of them changed.
fn last_changed<B: AsMut<[u8]>>(mut bytes: B) -> B {
    if let Some(last) = bytes.as_mut().last_mut() {
        *last ^= 1;
    }
    bytes
}

/// Labels of TLS, and others: an empty one, and one that is longer than a block of SHA-256.
const LABELS: [&str; 7] = [
    "key expansion",
    "extended master secret",
    "a",
    "",
    "Another Label, with 2 numbers: 16",
    " a label between two spaces ",
    "a label that is longer than any of TLS, and than the 64 bytes that SHA-256 hashes at once",
];
