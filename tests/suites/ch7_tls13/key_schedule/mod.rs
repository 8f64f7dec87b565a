//! What must hold of exercise 7.2.

use harness::{Broken, differ, same, think_of, with};

use self::shared::{different_bytes, have_other_labels, shared, think_of_shared, zeros_at_an_end};
use self::tree::Tree;
use crate::subject::ch6_tls12::{ClientWrites, ServerWrites};
use crate::subject::ch7_tls13::*;
use crate::transcript::transcript_of;
use fixtures::strategies::{array, bit, bytes};
use fixtures::tls13::published::{Published, published};
use fixtures::tls13::reference::{self, Material, Schedule};

mod shared;
mod tree;

harness::suite! {
    exercise "7.2" {
        /// without a pre-shared key, the early secret is the one that RFC 8448 prints
        #[think = "32 zeros as the salt, 32 zeros as the secret. Are both there, and does each have 32 bytes?"]
        fn the_early_secret_is_that_of_zeros() {
            let zeros = reference::mac(&[0; 32], &[0; 32]);
            same!(*EarlySecret::without_psk().as_bytes(), zeros);
        }

        /// the handshake secret is derived from the early secret and the shared secret
        #[think = "Which step leads from the early secret to the salt? And which input is the salt?"]
        #[cases = 64]
        fn the_handshake_secret_comes_out(shared in shared()) {
            let expected = Schedule::new(&shared, &[0; 32], &[0; 32]);
            let early = EarlySecret::without_psk();
            let got = *early.into_handshake(&shared).as_bytes();
            think_of_shared(&shared, &got);
            same!(got, expected.handshake_secret, "*EarlySecret::without_psk().into_handshake(&shared).as_bytes()");
        }

        /// the traffic secrets for the handshake are derived from the handshake secret and the hellos
        #[think = "Two labels, one transcript. Which label belongs to which side?"]
        #[cases = 64]
        fn the_secrets_for_the_handshake_come_out(shared in shared(), hellos in bytes(0..=300)) {
            let expected = Schedule::new(&shared, &reference::hash(&hellos), &[0; 32]);
            let handshake = EarlySecret::without_psk().into_handshake(&shared);
            let (traffic, _) = handshake.into_main(&transcript_of(&hellos));
            same!(*traffic.client.as_bytes(), expected.client_handshake, "*handshake.into_main(&transcript).0.client.as_bytes()");
            same!(*traffic.server.as_bytes(), expected.server_handshake, "*handshake.into_main(&transcript).0.server.as_bytes()");
        }

        /// the main secret is derived from the handshake secret alone, without any message
        #[think = "Look at the arrows between handshake secret and main secret. And how many zeros are there?"]
        #[cases = 64]
        fn the_main_secret_comes_out(shared in shared(), hellos in bytes(0..=300)) {
            let expected = Schedule::new(&shared, &[0; 32], &[0; 32]);
            let handshake = EarlySecret::without_psk().into_handshake(&shared);
            let hellos = transcript_of(&hellos);
            same!(*handshake.into_main(&hellos).1.as_bytes(), expected.main_secret, "*handshake.into_main(&transcript).1.as_bytes()");
        }

        /// the secrets for data are derived from the main secret and all messages up to the server's Finished
        #[think = "Which transcript do you use: the one that you are given here, or an earlier one?"]
        #[cases = 64]
        fn the_secrets_for_data_come_out(
            shared in shared(), hellos in bytes(0..=300), more in bytes(0..=300)
        ) {
            let messages = [&hellos[..], &more].concat();
            let (until_hello, until_finished) =
                (reference::hash(&hellos), reference::hash(&messages));
            let expected = Schedule::new(&shared, &until_hello, &until_finished);
            let handshake = EarlySecret::without_psk().into_handshake(&shared);
            let (_, main) = handshake.into_main(&transcript_of(&hellos));
            let (traffic, exporter) = main.into_application(&transcript_of(&messages));
            let got = [*traffic.client.as_bytes(), *traffic.server.as_bytes(), *exporter.as_bytes()];
            if more.is_empty() || have_other_labels(got, &expected, &until_finished) {
                think_of!("It is not the transcript that differs. Three secrets, three labels: which label belongs to which?");
            }
            same!(*traffic.client.as_bytes(), expected.client_application, "*main.into_application(&transcript).0.client.as_bytes()");
            same!(*traffic.server.as_bytes(), expected.server_application, "*main.into_application(&transcript).0.server.as_bytes()");
            same!(*exporter.as_bytes(), expected.exporter, "*main.into_application(&transcript).1.as_bytes()");
        }

        /// key, IV and Finished key are those that another implementation derives from a traffic secret
        #[think = "Three labels, three lengths. What is the context of each?"]
        #[cases = 64]
        fn keys_come_out_of_a_traffic_secret(secret in array()) {
            let expected = Material::of(&secret);
            let client = TrafficSecret::<ClientWrites, Handshaking>::new(secret);
            let server = TrafficSecret::<ServerWrites, Application>::new(secret);
            same!(client.record_key().parts().0, expected.key, "TrafficSecret::<ClientWrites, Handshaking>::new(secret).record_key().parts().0");
            same!(client.record_key().parts().1, expected.iv, "TrafficSecret::<ClientWrites, Handshaking>::new(secret).record_key().parts().1");
            same!(server.record_key().parts().0, expected.key, "TrafficSecret::<ServerWrites, Application>::new(secret).record_key().parts().0");
            same!(server.record_key().parts().1, expected.iv, "TrafficSecret::<ServerWrites, Application>::new(secret).record_key().parts().1");
            // Neither the side nor the phase makes a difference.
            let client_of_data = TrafficSecret::<ClientWrites, Application>::new(secret);
            let server_of_handshake = TrafficSecret::<ServerWrites, Handshaking>::new(secret);
            think_of!("Key and IV of the other traffic secrets are right. Do yours depend on the side, or on the phase?");
            same!(client_of_data.record_key().parts().0, expected.key, "TrafficSecret::<ClientWrites, Application>::new(secret).record_key().parts().0");
            same!(client_of_data.record_key().parts().1, expected.iv, "TrafficSecret::<ClientWrites, Application>::new(secret).record_key().parts().1");
            same!(server_of_handshake.record_key().parts().0, expected.key, "TrafficSecret::<ServerWrites, Handshaking>::new(secret).record_key().parts().0");
            same!(server_of_handshake.record_key().parts().1, expected.iv, "TrafficSecret::<ServerWrites, Handshaking>::new(secret).record_key().parts().1");
            think_of!("\"finished\", an empty context, 32 bytes, for either side. Which of these differs in yours?");
            same!(client.finished_key(), reference::secret_of(&secret, "finished", b""), "TrafficSecret::<ClientWrites, Handshaking>::new(secret).finished_key()");
            same!(server_of_handshake.finished_key(), reference::secret_of(&secret, "finished", b""), "TrafficSecret::<ServerWrites, Handshaking>::new(secret).finished_key()");
        }

        /// a traffic secret that differs in one bit from an earlier one has keys of its own
        #[think = "Do you keep anything from one call to the next? Two secrets may begin with the same bytes."]
        #[cases = 8]
        fn each_traffic_secret_has_its_own_keys(secret in array::<32>(), changed in bit()) {
            let other: [u8; 32] = changed.flipped(&secret).try_into().expect("as long as before");
            // In one bit anywhere, and in one of the first byte, a middle one and the last.
            let near = [0, 15, 16, 31].map(|place| {
                let mut near = secret;
                near[place] ^= 1;
                near
            });
            for secret in [[secret, other, secret].as_slice(), &near, &[secret]].concat() {
                with!(secret);
                let traffic = TrafficSecret::<ClientWrites, Handshaking>::new(secret);
                let expected = Material::of(&secret);
                same!(traffic.record_key().parts().0, expected.key);
                same!(traffic.record_key().parts().1, expected.iv);
                let expected = reference::secret_of(&secret, "finished", b"");
                same!(traffic.finished_key(), expected);
            }
        }

        /// you derive the whole tree of each connection in RFC 8448 §3, §5 and §7
        #[think = "Go down the tree in the lesson, from the early secret. Which secret is the first to differ?"]
        fn the_trees_of_the_rfc_come_out(trace from published()) {
            let Published(trace) = trace;
            let early = EarlySecret::without_psk();
            same!(*early.as_bytes(), trace.early_secret);
            let handshake = early.into_handshake(&trace.shared);
            same!(*handshake.as_bytes(), trace.handshake_secret);
            let hellos = transcript_of(&trace.up_to_server_hello());
            let (traffic, main) = handshake.into_main(&hellos);
            same!(*traffic.client.as_bytes(), trace.client_handshake);
            same!(*traffic.server.as_bytes(), trace.server_handshake);
            same!(*main.as_bytes(), trace.main_secret);
            let (client, server) = (trace.client_handshake_key, trace.server_handshake_key);
            same!(traffic.client.record_key().parts().0, client.key);
            same!(traffic.client.record_key().parts().1, client.iv);
            same!(traffic.server.record_key().parts().0, server.key);
            same!(traffic.server.record_key().parts().1, server.iv);
            let messages = transcript_of(&trace.up_to_server_finished());
            let (traffic, exporter) = main.into_application(&messages);
            same!(*traffic.client.as_bytes(), trace.client_application);
            same!(*traffic.server.as_bytes(), trace.server_application);
            same!(*exporter.as_bytes(), trace.exporter);
            let (client, server) = (trace.client_application_key, trace.server_application_key);
            same!(traffic.client.record_key().parts().0, client.key);
            same!(traffic.client.record_key().parts().1, client.iv);
            same!(traffic.server.record_key().parts().0, server.key);
            same!(traffic.server.record_key().parts().1, server.iv);
        }

        /// no two secrets of a connection are equal, and no two keys
        #[think = "Which two do you derive with the same label, or without one?"]
        #[cases = 32]
        fn no_two_are_equal(shared in shared(), hellos in bytes(1..=80), more in bytes(1..=80)) {
            let tree = Tree::new(&shared, &hellos, &[&hellos[..], &more].concat());
            let all = tree.all();
            for (place, (name, secret)) in all.iter().enumerate() {
                for (other, same) in &all[..place] {
                    if same == secret {
                        let call = format!("{name} and {other}");
                        let expected = "two different values";
                        let got = format!("the same bytes twice, {secret:02x?}");
                        return Err(Broken::expected(&call, expected, got));
                    }
                }
            }
        }

        /// changing any bit of the shared secret changes every secret below it
        #[think = "Do you use all of it?"]
        #[cases = 32]
        fn every_bit_of_the_shared_secret_counts(
            shared in shared(), changed in bit(), messages in bytes(1..=80)
        ) {
            let tree = Tree::new(&shared, &messages, &messages);
            let other = Tree::new(&changed.flipped(&shared), &messages, &messages);
            for ((_, secret), (_, other)) in tree.all().into_iter().zip(other.all()).skip(1) {
                differ!(other, secret);
            }
        }

        /// changing any bit of the hellos changes the traffic secrets for the handshake, not the main secret
        #[think = "Which secrets are on the right of the tree, and which on the left?"]
        #[cases = 32]
        fn every_bit_of_the_hellos_counts(
            shared in shared(), hellos in bytes(1..=80), changed in bit()
        ) {
            let tree = Tree::new(&shared, &hellos, b"until Finished");
            let other = Tree::new(&shared, &changed.flipped(&hellos), b"until Finished");
            differ!(other.client_handshake, tree.client_handshake);
            differ!(other.server_handshake, tree.server_handshake);
            same!(other.main, tree.main);
        }

        /// changing any bit of the messages after ServerHello changes the secrets for data, not those for the handshake
        #[think = "Which transcript is each of them derived from?"]
        #[cases = 32]
        fn every_bit_of_the_later_messages_counts(
            shared in shared(), hellos in bytes(1..=80), more in bytes(1..=80), changed in bit()
        ) {
            let [one, other] = [more.clone(), changed.flipped(&more)].map(|more| {
                Tree::new(&shared, &hellos, &[&hellos[..], &more].concat())
            });
            differ!(other.client_application, one.client_application);
            differ!(other.server_application, one.server_application);
            differ!(other.exporter, one.exporter);
            same!(other.client_handshake, one.client_handshake);
            same!(other.server_handshake, one.server_handshake);
        }

        /// a shared secret of another length works, too, and its zeros are kept
        #[think = "Do you treat it as a number, or as an array of 32 bytes? Do you use all of it, however long it is?"]
        fn a_shared_secret_is_bytes(length from [0, 1, 16, 31, 32, 33, 48, 56, 63, 64, 65, 66, 256, 512, 513, 1024, 1025, 4097]) {
            for shared in [different_bytes(length), zeros_at_an_end(length, 0), zeros_at_an_end(length, length)] {
                with!(shared);
                let expected = Schedule::new(&shared, &[0; 32], &[0; 32]);
                let early = EarlySecret::without_psk();
                same!(*early.into_handshake(&shared).as_bytes(), expected.handshake_secret);
            }
        }

        /// two connections whose steps alternate don't affect each other
        #[think = "Do you keep anything outside the secrets?"]
        #[cases = 16]
        fn two_connections_do_not_share(shared in array::<32>(), other in array::<32>()) {
            let (early, other_early) = (EarlySecret::without_psk(), EarlySecret::without_psk());
            let handshake = early.into_handshake(&shared);
            let other_handshake = other_early.into_handshake(&other);
            let (_, other_main) = other_handshake.into_main(&transcript_of(b"other hellos"));
            let (traffic, main) = handshake.into_main(&transcript_of(b"hellos"));
            let hashes = [&b"hellos"[..], b"messages"].map(reference::hash);
            let expected = Schedule::new(&shared, &hashes[0], &hashes[1]);
            same!(*traffic.client.as_bytes(), expected.client_handshake);
            let (_, other_exporter) = other_main.into_application(&transcript_of(b"others"));
            let (traffic, exporter) = main.into_application(&transcript_of(b"messages"));
            same!(*traffic.server.as_bytes(), expected.server_application);
            same!(*exporter.as_bytes(), expected.exporter);
            differ!(*other_exporter.as_bytes(), expected.exporter);
        }
    }
}
