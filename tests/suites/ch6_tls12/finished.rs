use harness::{differ, same};

use crate::strategies::{label, sender, transcript_of};
use crate::subject::ch6_tls12::*;
use fixtures::strategies::{array, bit, bytes, list};
use fixtures::tls12::reference;

harness::suite! {
    exercise "6.6" {
        /// the 12 bytes are those that others compute
        #[think = "Secret, label, hash of the transcript as it is: which one is another in yours?"]
        #[cases = 64]
        fn others_compute_the_same(
            master in array::<48>(), sender in sender(), messages in list(bytes(0..=40), 0..=9)
        ) {
            let transcript = transcript_of(&messages);
            let expected = reference::verify_data(&master, label(sender), &messages.concat());
            same!(verify_data(&MasterSecret::new(master), sender, &transcript), expected);
        }

        /// changing one bit of any message before it changes the Finished
        #[think = "Is everything that has been said in what you hash?"]
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

        /// under another master secret it is another Finished
        #[think = "Who else has seen all messages of the handshake?"]
        #[cases = 32]
        fn nobody_else_can_make_it(
            master in array::<48>(), changed in bit(), sender in sender(), message in bytes(0..=40)
        ) {
            let transcript = transcript_of(&[message]);
            let finished = verify_data(&MasterSecret::new(master), sender, &transcript);
            let other = changed.flipped(&master).try_into().expect("as long as before");
            differ!(verify_data(&MasterSecret::new(other), sender, &transcript), finished);
        }
    }
}
