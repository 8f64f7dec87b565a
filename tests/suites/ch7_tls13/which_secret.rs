use harness::{check, differ, same};

use crate::subject::ch7_tls13::*;

harness::suite! {
    exercise "7.14" {
        /// what one side does with a secret, the other side undoes or checks with the same secret
        #[think = "Seal and open, make and check: what must both sides have?"]
        fn both_sides_use_the_same_secret((one, other) from PAIRS) {
            same!(which_secret(other), which_secret(one));
        }

        /// each direction has its own secret, in the handshake and for data
        #[think = "How many arrows in the tree lead to the right?"]
        fn the_directions_have_secrets_of_their_own((client, server) from DIRECTIONS) {
            differ!(which_secret(client).secret, which_secret(server).secret);
        }

        /// the handshake and the data have different secrets
        #[think = "Which keys change after a Finished?"]
        fn the_phases_have_secrets_of_their_own() {
            let (early, late) = (Task::ClientSealsFinished, Task::ClientSealsData);
            differ!(which_secret(early).secret, which_secret(late).secret);
            let (early, late) = (Task::ServerSealsCertificate, Task::ServerSealsData);
            differ!(which_secret(early).secret, which_secret(late).secret);
        }

        /// a Finished is made from the same secret that it is sealed under
        #[think = "What is a Finished key derived from?"]
        fn a_finished_is_made_and_sealed_from_one_secret() {
            let made = which_secret(Task::ClientMakesFinished).secret;
            same!(which_secret(Task::ClientSealsFinished).secret, made);
            let made = which_secret(Task::ServerMakesFinished).secret;
            same!(which_secret(Task::ServerSealsCertificate).secret, made);
        }

        /// each task is done with the right secret
        #[think = "Find the task in the tree. Is its secret on the left, on the right, or not in the tree?"]
        fn every_task_has_its_secret(task from Task::ALL) {
            let right = expected(task).secret;
            check!(which_secret(task).secret == right, "another secret", which_secret(task).secret);
        }

        /// for each task, you say who knows the secret
        #[think = "What do you have to know to compute it? Who knows that?"]
        fn every_secret_is_known_to_the_right_parties(task from Task::ALL) {
            let right = expected(task).known_to;
            check!(which_secret(task).known_to == right, "somebody else", which_secret(task).known_to);
        }

        /// for each task, you say when the secret comes into existence
        #[think = "What is the last message that goes into it, or into something above it?"]
        fn every_secret_exists_from_the_right_moment(task from Task::ALL) {
            let right = expected(task).since;
            check!(which_secret(task).since == right, "another moment", which_secret(task).since);
        }
    }
}

/// What one side does, and what the other side does with the result.
const PAIRS: [(Task, Task); 6] = [
    (Task::ServerSealsCertificate, Task::ClientOpensCertificate),
    (Task::ServerMakesFinished, Task::ClientChecksFinished),
    (Task::ClientMakesFinished, Task::ServerChecksFinished),
    (Task::ClientSealsFinished, Task::ServerOpensFinished),
    (Task::ClientSealsData, Task::ServerOpensData),
    (Task::ServerSealsData, Task::ClientOpensData),
];

/// The same task in the two directions.
const DIRECTIONS: [(Task, Task); 3] = [
    (Task::ClientSealsFinished, Task::ServerSealsCertificate),
    (Task::ClientMakesFinished, Task::ServerMakesFinished),
    (Task::ClientSealsData, Task::ServerSealsData),
];

/// The right answer, by the tree.
fn expected(task: Task) -> Answer {
    use Task::*;
    let both = |secret, since| Answer {
        secret,
        known_to: KnownTo::BothSides,
        since,
    };
    match task {
        DeriveFirstSalt => Answer {
            secret: Secret::Early,
            known_to: KnownTo::Everybody,
            since: Since::TheStart,
        },
        ServerSignsTranscript => Answer {
            secret: Secret::PrivateKey,
            known_to: KnownTo::ServerAlone,
            since: Since::TheStart,
        },
        DeriveHandshakeTraffic => both(Secret::Handshake, Since::ServerHello),
        DeriveApplicationTraffic => both(Secret::Main, Since::ServerHello),
        ServerSealsCertificate
        | ClientOpensCertificate
        | ServerMakesFinished
        | ClientChecksFinished => both(Secret::ServerHandshakeTraffic, Since::ServerHello),
        ClientMakesFinished | ServerChecksFinished | ClientSealsFinished | ServerOpensFinished => {
            both(Secret::ClientHandshakeTraffic, Since::ServerHello)
        }
        ClientSealsData | ServerOpensData => {
            both(Secret::ClientApplicationTraffic, Since::ServerFinished)
        }
        ServerSealsData | ClientOpensData => {
            both(Secret::ServerApplicationTraffic, Since::ServerFinished)
        }
    }
}
