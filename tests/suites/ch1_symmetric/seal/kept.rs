//! What must not be kept from one call to the next, and every short length.

use harness::show::Words;
use harness::{notes, same, think_of, with};

use crate::reference::reference_seal;
use crate::subject::ch1_symmetric::*;

harness::suite! {
    exercise "1.3" {
        /// a message that has opened is refused if anything is different the next time
        #[think = "It opened a moment ago, as it should. What do you keep from that call, and do you check everything again?"]
        fn what_has_opened_is_checked_again({part} from [
            Part::Key, Part::Nonce, Part::AssociatedData, Part::Ciphertext, Part::Tag,
        ]) {
            let right = Call::example();
            for place in [0, 2, part.length(&right) - 1] {
                let (mut other, mut changed) = (right.clone(), right.sealed());
                match part {
                    Part::Ciphertext => changed[place] ^= 1,
                    Part::Tag => changed[right.message.len() + place] ^= 1,
                    _ => other.change(part, place),
                }
                notes::start_over();
                think_of!("Nothing in it is changed here. What do you keep from the previous call, in which something was?");
                let sealed = right.sealed();
                let Call { key, nonce, associated_data, message } = right.clone();
                same!(open(&key, &nonce, &associated_data, &sealed), Ok(message));
                think_of!("It opened a moment ago, as it should. What do you keep from that call, and do you check everything again?");
                let (Call { key, nonce, associated_data, .. }, sealed) = (other, changed);
                with!("changed since it opened" = part.at(place));
                same!(open(&key, &nonce, &associated_data, &sealed), Err(Rejected));
            }
        }

        /// a message that has opened is refused if the border between the associated data and what was sealed moves
        #[think = "It opened a moment ago, as it should. How do you tell one call from another?"]
        fn the_border_counts({moved} from [1_usize, 2, 6]) {
            let right = Call::example();
            let (Call { key, nonce, associated_data, message }, sealed) = (right.clone(), right.sealed());
            let all = [associated_data.as_slice(), &sealed].concat();
            for border in [associated_data.len() + moved, associated_data.len() - moved] {
                notes::start_over();
                same!(open(&key, &nonce, &associated_data, &sealed), Ok(message.clone()));
                with!("since it opened" = Words(format!("the border has moved by {moved}")));
                let (associated_data, sealed) = all.split_at(border);
                same!(open(&key, &nonce, associated_data, sealed), Err(Rejected));
            }
        }

        /// if the key, the nonce, the associated data or the message changes, so does what is sealed
        #[think = "Do you keep anything from one call to the next? All four inputs count, and every byte of them."]
        fn each_call_seals_anew({part} from [Part::Key, Part::Nonce, Part::AssociatedData, Part::Message]) {
            let right = Call::example();
            for place in [0, 2, part.length(&right) - 1] {
                let mut other = right.clone();
                other.change(part, place);
                notes::start_over();
                for (call, is_changed) in [(&right, false), (&other, true)] {
                    if is_changed {
                        with!("different now" = part.at(place));
                    }
                    let Call { key, nonce, associated_data, message } = call;
                    same!(seal(key, nonce, associated_data, message), call.sealed());
                }
            }
        }

        /// a message and associated data of each length up to 130 bytes are sealed, opened and checked
        #[think = "Is there a length that your answer treats differently?"]
        fn each_length_is_checked({length} from 0..=130_usize) {
            let (key, nonce) = ([0x11; 16], [0x02; 12]);
            for (length_of_message, length_of_data) in [(length, 5), (5, length)] {
                notes::start_over();
                let (message, associated_data) = (vec![0x61; length_of_message], vec![0x03; length_of_data]);
                let sealed = reference_seal(&key, &nonce, &associated_data, &message);
                same!(seal(&key, &nonce, &associated_data, &message), sealed);
                same!(open(&key, &nonce, &associated_data, &sealed), Ok(message));
                with!("message" = Words(format!("{length_of_message} bytes")));
                // If there is no message, the first of the two is in the tag.
                for place in [length_of_message.saturating_sub(1), length_of_message + 15] {
                    let mut changed = sealed.clone();
                    changed[place] ^= 0x80;
                    with!("changed since it opened" = Words(format!("byte {place} of {}", sealed.len())));
                    same!(open(&key, &nonce, &associated_data, &changed), Err(Rejected));
                }
                if let Some((last, before)) = associated_data.split_last() {
                    let changed = [before, &[last ^ 0x80]].concat();
                    with!("changed since it opened" = Words("the last byte of the associated data".to_owned()));
                    same!(open(&key, &nonce, &changed, &sealed), Err(Rejected));
                }
            }
        }
    }
}

/// What `seal` and `open` are called with.
#[derive(Clone)]
struct Call {
    key: [u8; 16],
    nonce: [u8; 12],
    associated_data: Vec<u8>,
    message: Vec<u8>,
}

impl Call {
    fn example() -> Call {
        Call {
            key: [0x11; 16],
            nonce: [0x02; 12],
            associated_data: b"header".to_vec(),
            message: b"in one block and a half!".to_vec(),
        }
    }

    fn sealed(&self) -> Vec<u8> {
        reference_seal(&self.key, &self.nonce, &self.associated_data, &self.message)
    }

    /// Changes a bit in this byte of a part that is an input of `seal`.
    fn change(&mut self, part: Part, place: usize) {
        let part = match part {
            Part::Key => &mut self.key[..],
            Part::Nonce => &mut self.nonce,
            Part::AssociatedData => &mut self.associated_data,
            Part::Message => &mut self.message,
            Part::Ciphertext | Part::Tag => unreachable!("it is not an input of `seal`"),
        };
        part[place] ^= 1;
    }
}

/// A part of what `seal` or `open` is called with.
#[derive(Debug, Clone, Copy)]
enum Part {
    Key,
    Nonce,
    AssociatedData,
    Message,
    Ciphertext,
    Tag,
}

impl Part {
    fn length(self, call: &Call) -> usize {
        match self {
            Part::Key => call.key.len(),
            Part::Nonce => call.nonce.len(),
            Part::AssociatedData => call.associated_data.len(),
            Part::Message | Part::Ciphertext => call.message.len(),
            Part::Tag => 16,
        }
    }

    /// A byte of it, in words.
    fn at(self, place: usize) -> Words {
        let part = match self {
            Part::Key => "key",
            Part::Nonce => "nonce",
            Part::AssociatedData => "associated data",
            Part::Message => "message",
            Part::Ciphertext => "ciphertext",
            Part::Tag => "tag",
        };
        Words(format!("byte {place} of the {part}"))
    }
}
