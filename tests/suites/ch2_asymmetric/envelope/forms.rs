//! Envelopes whose parts are in another form.

use harness::show::Words;
use harness::{same, with};

use crate::reference::reference_envelope;
use crate::sizes::SMALL;
use crate::subject::ch1_symmetric::Rejected;
use crate::subject::ch2_asymmetric::*;
use fixtures::keys::{self, shown};
use fixtures::oaep::reference::sealed_under;

harness::suite! {
    exercise "2.7" {
        /// a wrapped key with anything before or after it is refused, whichever form the message is bound to
        #[think = "Exercise 2.6 refuses a ciphertext of another length. Is the wrapped key cut before it gets there?"]
        fn nothing_may_surround_a_wrapped_key({form} from FORMS) {
            let key = shown(keys::private(SMALL, 0));
            let message_key = [0x2a; 16];
            let right = reference_envelope(key, &message_key, &message_key, b"open me");
            let wrapped_key = in_form(form, &right.wrapped_key);
            let bound_to_it = sealed_under(&message_key, &wrapped_key, b"open me");
            with!("in the envelope" = Words(format!("wrapped_key {form}")));
            let envelope = Envelope { wrapped_key: wrapped_key.clone(), sealed: right.sealed };
            same!(open_with(key, &envelope), Err(Rejected));
            let sealed_anew = format!("wrapped_key {form}, and sealed anew with that as associated data");
            with!("in the envelope" = Words(sealed_anew));
            let envelope = Envelope { wrapped_key, sealed: bound_to_it };
            same!(open_with(key, &envelope), Err(Rejected));
        }

        /// a sealed message with anything before or after it is refused
        #[think = "Exercise 1.3 refuses it. Is the sealed message cut before it gets there?"]
        fn nothing_may_surround_a_sealed_message({form} from FORMS) {
            let key = shown(keys::private(SMALL, 0));
            let message_key = [0x2a; 16];
            let mut envelope = reference_envelope(key, &message_key, &message_key, b"open me");
            envelope.sealed = in_form(form, &envelope.sealed);
            with!("in the envelope" = Words(format!("sealed {form}")));
            same!(open_with(key, &envelope), Err(Rejected));
        }
    }
}

const FORMS: [&str; 8] = [
    "with a zero before it",
    "with another byte before it",
    "with 12 zeros before it",
    "with its length before it",
    "with a zero after it",
    "with a line feed after it",
    "with 16 zeros after it",
    "twice in a row",
];

fn in_form(form: &str, part: &[u8]) -> Vec<u8> {
    let [high, low] = (part.len() as u16).to_be_bytes();
    let (before, after): (&[u8], &[u8]) = match form {
        "with a zero before it" => (&[0], &[]),
        "with another byte before it" => (b"x", &[]),
        "with 12 zeros before it" => (&[0; 12], &[]),
        "with its length before it" => (&[high, low], &[]),
        "with a zero after it" => (&[], &[0]),
        "with a line feed after it" => (&[], b"\n"),
        "with 16 zeros after it" => (&[], &[0; 16]),
        "twice in a row" => (part, &[]),
        _ => unreachable!("{form}"),
    };
    [before, part, after].concat()
}
