use harness::{Broken, called, check, differ, same};

use crate::subject::ch6_tls12::*;

harness::suite! {
    exercise "6.11" {
        /// what one side seals its records with, the other side opens them with
        #[think = "In chapter 1 both sides had the same key. How many keys are there here?"]
        fn records_are_opened_with_the_key_that_sealed_them((seals, opens) from RECORD_PAIRS) {
            same!(which_key(opens), which_key(seals));
        }

        /// the two directions have different keys, and neither belongs to a pair
        #[think = "Look at the key block in 6.3."]
        fn the_directions_have_keys_of_their_own() {
            let (client, server) = (RECORD_PAIRS[0].0, RECORD_PAIRS[1].0);
            differ!(which_key(client), which_key(server));
            for task in RECORD_PAIRS.into_iter().flat_map(|(seals, opens)| [seals, opens]) {
                let key = called!(which_key(task));
                check!(matches!(key, Key::Shared(_)), "a key that both sides have", key, "which_key(task)");
            }
        }

        /// what is done with one key of a pair is undone or checked with the other key of that pair
        #[think = "Who alone can do it? And who must be able to do the other half?"]
        fn private_and_public_keys_mirror_each_other((with_private, with_public) from PAIRS) {
            let private = called!(which_key(with_private));
            let Key::Private(owner) = private else {
                let (expected, got) = ("a key that only its owner has", format!("{private:?}"));
                return Err(Broken::expected("which_key(with_private)", expected, got));
            };
            same!(which_key(with_public), Key::Public(owner));
        }

        /// each task is done with the right key
        #[think = "Whose key is it? And does the side that does this have it?"]
        fn every_task_has_its_key(task from Task::ALL) {
            let key = called!(which_key(task));
            let is_right = key == reference_key(task);
            check!(is_right, "another key, or another owner", key, "which_key(task)");
        }
    }
}

/// Who seals, and who opens.
const RECORD_PAIRS: [(Task, Task); 2] = [
    (Task::ClientSealsRecords, Task::ServerOpensRecords),
    (Task::ServerSealsRecords, Task::ClientOpensRecords),
];

/// What is done with a private key, and what is done with the public key of the same pair.
const PAIRS: [(Task, Task); 3] = [
    (Task::CaSignsCertificate, Task::ClientChecksCertificate),
    (Task::ServerUnwrapsPremaster, Task::ClientWrapsPremaster),
    (Task::ServerSignsShare, Task::ClientChecksShare),
];

/// The key that a task is done with.
fn reference_key(task: Task) -> Key {
    use Task::*;
    match task {
        CaSignsCertificate => Key::Private(Owner::Ca),
        ClientChecksCertificate => Key::Public(Owner::Ca),
        ServerUnwrapsPremaster | ServerSignsShare => Key::Private(Owner::Server),
        ClientWrapsPremaster | ClientChecksShare => Key::Public(Owner::Server),
        ClientSealsRecords | ServerOpensRecords => Key::Shared(Sender::Client),
        ServerSealsRecords | ClientOpensRecords => Key::Shared(Sender::Server),
    }
}
