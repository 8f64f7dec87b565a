use harness::{accepted, notes, same, think_of, with};

use super::conversation::{Said, conversation};
use super::{Attacked, THREE, ThreeKeys, attacked, attacked_by, three_keys, victims_of};
use crate::reference::share_of;
use crate::subject::ch4_key_exchange::*;
use crate::victims::Victim;
use fixtures::strategies::{LONG, array, bytes, flip};

harness::suite! {
    exercise "4.5" {
        /// what Mallory gives to her victims is the share of her own key
        #[think = "Whose share must it be, so that she can compute the secret?"]
        #[cases = 16]
        fn her_share_is_her_own({secret} in array()) {
            with!(secret);
            same!(Mallory::new(SecretKey::from_bytes(secret)).share(), share_of(secret));
            think_of!("Only the last byte of her key differs from the one before. Do you keep anything from one Mallory to the next?");
            with!("the secret before" = secret);
            let mut secret = secret;
            // Not one of the bits that clamping sets.
            flip(&mut secret[31..], 3);
            with!(secret);
            same!(Mallory::new(SecretKey::from_bytes(secret)).share(), share_of(secret));
        }

        /// Mallory reads the client's first message
        #[think = "Which shares has the client seen? Which direction are the client's keys for?"]
        #[cases = 16]
        fn she_reads_the_client(keys in three_keys(), message in bytes(0..=20)) {
            let Attacked { mut client, mut mallory, .. } = attacked(&keys)?;
            same!(mallory.read(Side::Client, &client.send(&message)), Ok(message));
        }

        /// Mallory reads the server's first message
        #[think = "Which shares has the server seen? Which of them does it believe to be the client's?"]
        #[cases = 16]
        fn she_reads_the_server(keys in three_keys(), message in bytes(0..=20)) {
            let Attacked { mut server, mut mallory, .. } = attacked(&keys)?;
            same!(mallory.read(Side::Server, &server.send(&message)), Ok(message));
        }

        /// each victim accepts what Mallory writes as a message from the other
        #[think = "To the client she is the server. Under whose keys does the server seal?"]
        #[cases = 16]
        fn she_writes_in_the_name_of_the_other(keys in three_keys(), message in bytes(0..=20)) {
            let Attacked { mut client, mut server, mut mallory } = attacked(&keys)?;
            let record = accepted!(mallory.write(Side::Client, &message));
            same!(client.receive(&record), Some(message.clone()));
            let record = accepted!(mallory.write(Side::Server, &message));
            same!(server.receive(&record), Some(message));
        }

        /// through a whole conversation, Mallory reads every message, and neither victim notices anything
        #[think = "Four directions, each with a count of its own. Which of them goes wrong?"]
        #[cases = 48]
        fn neither_victim_notices(keys in three_keys(), conversation in conversation()) {
            let Attacked { mut client, mut server, mut mallory } = attacked(&keys)?;
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

        /// long messages are read and written whole, in either direction
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn long_messages_pass({length} from [64_usize, 256, 1025, LONG]) {
            let Attacked { mut client, mut server, mut mallory } = attacked(&THREE)?;
            let message: Vec<u8> = (0..length).map(|place| (place % 251) as u8).collect();
            same!(mallory.read(Side::Client, &client.send(&message)), Ok(message.clone()));
            let record = accepted!(mallory.write(Side::Server, &message));
            same!(server.receive(&record), Some(message.clone()));
            // What follows is shorter, because sealing and opening take a while, but still longer than a record of TLS.
            let message = &message[..length.min(16_641)];
            same!(mallory.read(Side::Server, &server.send(message)), Ok(message.to_vec()));
            let record = accepted!(mallory.write(Side::Client, message));
            same!(client.receive(&record), Some(message.to_vec()));
        }

        /// hundreds of messages are read and written, more in one direction than in the other
        #[think = "Each direction has a count of its own. How far does yours go?"]
        fn a_long_conversation_passes() {
            let Attacked { mut client, mut server, mut mallory } = attacked(&THREE)?;
            for count in 0..300_u32 {
                let message = count.to_be_bytes().to_vec();
                same!(mallory.read(Side::Client, &client.send(&message)), Ok(message.clone()));
                let record = accepted!(mallory.write(Side::Server, &message));
                same!(server.receive(&record), Some(message.clone()));
                if count % 3 == 0 {
                    same!(mallory.read(Side::Server, &server.send(&message)), Ok(message.clone()));
                    let record = accepted!(mallory.write(Side::Client, b"other"));
                    same!(client.receive(&record), Some(b"other".to_vec()));
                }
            }
        }

        /// victims with the same key, even with Mallory's own, are attacked like any others
        #[think = "How do you tell the two sides apart? Their shares may be the same."]
        #[cases = 4]
        fn equal_keys_are_attacked(key in array(), other in array()) {
            for (client, server, mallory) in [
                (key, key, other), (key, other, key), (other, key, key), (key, key, key),
            ] {
                let keys = ThreeKeys { client, server, mallory };
                let Attacked { mut client, mut server, mut mallory } = attacked(&keys)?;
                let (first, second) = (b"from the client".to_vec(), b"from the server".to_vec());
                same!(mallory.read(Side::Client, &client.send(&first)), Ok(first.clone()));
                same!(mallory.read(Side::Server, &server.send(&second)), Ok(second.clone()));
                let record = accepted!(mallory.write(Side::Server, &first));
                same!(server.receive(&record), Some(first));
                let record = accepted!(mallory.write(Side::Client, &second));
                same!(client.receive(&record), Some(second));
            }
        }

        /// victims whose shares have the highest bit set, which X25519 ignores, are attacked like any others
        #[think = "The victims derive their keys from the shares that they have seen, byte for byte. Do you?"]
        fn the_highest_bit_is_seen() {
            let [client, server] = [(Side::Client, [1; 32]), (Side::Server, [2; 32])]
                .map(|(side, secret)| Victim::new(side, secret).with_highest_bit());
            with!("client_share" = client.share(), "server_share" = server.share());
            let her = Mallory::new(SecretKey::from_bytes([3; 32]));
            let Attacked { mut client, mut server, mut mallory } = victims_of(&her, client, server)?;
            same!(mallory.read(Side::Client, &client.send(b"to Bob")), Ok(b"to Bob".to_vec()));
            same!(mallory.read(Side::Server, &server.send(b"to Alice")), Ok(b"to Alice".to_vec()));
            // No other property has this key.
            let client_share = share_of([6; 32]);
            let mut server_share = client_share;
            server_share[31] |= 0x80;
            notes::new_call();
            with!(client_share, server_share);
            think_of!("These two shares differ only in the bit that X25519 ignores. Neither is of low order. Do you compare them?");
            same!(her.sit_between(&client_share, &server_share).err(), None);
        }

        /// Mallory attacks pair after pair, even if one of the two was attacked before
        #[think = "What does Mallory keep from one pair for the next? Only her own key stays the same."]
        fn each_pair_has_its_own_secrets({change} from [(1_u8, 4_u8), (5, 2), (5, 4), (2, 1)]) {
            let her = Mallory::new(SecretKey::from_bytes([3; 32]));
            let mut last: Option<ThreeKeys> = None;
            for (client, server) in [(1, 2), change, (1, 2)] {
                let keys = ThreeKeys { client: [client; 32], server: [server; 32], mallory: [3; 32] };
                if let Some(keys) = last {
                    with!("keys, last pair" = keys);
                }
                last = Some(keys);
                let Attacked { mut client, mut server, mut mallory } = attacked_by(&her, &keys)?;
                same!(mallory.read(Side::Client, &client.send(b"to Bob")), Ok(b"to Bob".to_vec()));
                same!(mallory.read(Side::Server, &server.send(b"to Alice")), Ok(b"to Alice".to_vec()));
                let record = accepted!(mallory.write(Side::Server, b"from Alice"));
                same!(server.receive(&record), Some(b"from Alice".to_vec()));
                let record = accepted!(mallory.write(Side::Client, b"from Bob"));
                same!(client.receive(&record), Some(b"from Bob".to_vec()));
            }
        }

        /// Mallory sits between two pairs of victims at once, and counts their records separately
        #[think = "What does each interception count for itself, and what do all of them share?"]
        #[cases = 8]
        fn two_pairs_are_attacked_at_once(keys in three_keys(), message in bytes(0..=20)) {
            let her = Mallory::new(SecretKey::from_bytes(keys.mallory));
            let Attacked { mut client, mut mallory, .. } = attacked_by(&her, &keys)?;
            let Attacked { client: mut other_client, mallory: mut other, .. } =
                attacked_by(&her, &keys)?;
            for _ in 0..3 {
                same!(mallory.read(Side::Client, &client.send(&message)), Ok(message.clone()));
                let record = accepted!(mallory.write(Side::Client, &message));
                same!(client.receive(&record), Some(message.clone()));
            }
            same!(other.read(Side::Client, &other_client.send(&message)), Ok(message.clone()));
            let record = accepted!(other.write(Side::Client, &message));
            same!(other_client.receive(&record), Some(message));
        }
    }
}
