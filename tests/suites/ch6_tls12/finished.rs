use harness::show::Words;
use harness::{differ, notes, same, think_of, with};
use sha2::{Digest, Sha256};

use crate::strategies::{label, sender, transcript_of};
use crate::subject::ch6_tls12::*;
use fixtures::strategies::{array, bit, bytes, list};
use fixtures::tls12::reference;

harness::suite! {
    exercise "6.6" {
        /// the 12 bytes are those that others compute
        #[think = "Secret, label, hash of the transcript as it is: which of them differs in yours?"]
        #[cases = 64]
        fn others_compute_the_same(
            master in array::<48>(), sender in sender(), messages in list(bytes(0..=40), 0..=9)
        ) {
            let transcript = transcript_of(&messages);
            let expected = reference::verify_data(&master, label(sender), &messages.concat());
            if notes::are_taken() {
                let got = verify_data(&MasterSecret::new(master), sender, &transcript);
                tell_slip(&got, &master, sender, &messages.concat());
            }
            same!(verify_data(&MasterSecret::new(master), sender, &transcript), expected);
        }

        /// changing one bit of any message before it changes the Finished
        #[think = "Does what you hash include everything that was said?"]
        #[cases = 64]
        fn every_earlier_bit_counts(
            master in array::<48>(), sender in sender(), messages in list(bytes(1..=40), 1..=4),
            changed in bit()
        ) {
            let master = MasterSecret::new(master);
            let finished = verify_data(&master, sender, &transcript_of(&messages));
            let changed = transcript_of(&[changed.flipped(&messages.concat())]);
            differ!(verify_data(&master, sender, &changed), finished);
        }

        /// the client's Finished is not the server's
        #[think = "What if the client's own Finished were sent back to it?"]
        #[cases = 32]
        fn the_two_finished_differ(master in array::<48>(), message in bytes(0..=40)) {
            let (master, transcript) = (MasterSecret::new(master), transcript_of(&[message]));
            let client = verify_data(&master, Sender::Client, &transcript);
            differ!(verify_data(&master, Sender::Server, &transcript), client);
        }

        /// a different master secret gives a different Finished
        #[think = "Who else has seen all messages of the handshake?"]
        #[cases = 32]
        fn nobody_else_can_make_it(
            master in array::<48>(), changed in bit(), sender in sender(), message in bytes(0..=40)
        ) {
            let transcript = transcript_of(&[message]);
            let finished = verify_data(&MasterSecret::new(master), sender, &transcript);
            let other: [u8; 48] = changed.flipped(&master).try_into().expect("as long as before");
            with!(other);
            think_of!("This is the Finished of the previous call, which had `master`. Do you use the secret of this call, all of it, or keep anything?");
            differ!(verify_data(&MasterSecret::new(other), sender, &transcript), finished);
        }
    }
}

/// Notes which input was wrong, if it is one of the common slips.
fn tell_slip(got: &[u8], master: &[u8; 48], sender: Sender, messages: &[u8]) {
    let other = match sender {
        Sender::Client => label(Sender::Server),
        Sender::Server => label(Sender::Client),
    };
    let (label, hash) = (label(sender), Sha256::digest(messages));
    let nothing = Sha256::digest([]);
    let slips = [
        (
            "has the label of the other side",
            "Whose Finished has which label?",
            reference::prf(master, other, &hash, 12),
        ),
        (
            "has a label with an underscore",
            "Look at the label in RFC 5246 §7.4.9, letter by letter.",
            reference::prf(master, &label.replace(' ', "_"), &hash, 12),
        ),
        (
            "covers an empty transcript",
            "Does what you hash include everything that was said?",
            reference::prf(master, label, &nothing, 12),
        ),
        (
            "covers the messages themselves, not their hash",
            "What is the seed: the transcript, or its hash?",
            reference::prf(master, label, messages, 12),
        ),
        (
            "covers half of the hash",
            "How long is the hash of the transcript, and how much of it is the seed?",
            reference::prf(master, label, &hash[..16], 12),
        ),
        (
            "is made without the master secret",
            "Who else has seen all messages of the handshake?",
            reference::prf(&[], label, &hash, 12),
        ),
        (
            "is the end of the output, not its beginning",
            "Which 12 bytes of the output are in Finished?",
            reference::prf(master, label, &hash, 32)[20..].to_vec(),
        ),
    ];
    if let Some((words, thought, _)) = slips.into_iter().find(|(.., slip)| slip == got) {
        with!("what differs" = Words(format!("yours {words}")));
        notes::think(Some(thought));
    }
}
