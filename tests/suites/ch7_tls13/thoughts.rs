//! The thought for each way in which a handshake with an honest peer can fail.

use given::tls::Abort;
use harness::notes;

/// The thought for a learner whose side gave up for this reason, although its peer was honest.
pub fn think_of(abort: &Abort) {
    let thought = match abort {
        Abort::BadSignature => {
            "The server's signature is right. Under which key do you check it, as whose, and over which transcript?"
        }
        Abort::BadFinished => {
            "The peer's Finished is right. Whose secret do you check it with, and what is in your transcript by then?"
        }
        Abort::BadRecord => {
            "The peer's record opens under the keys that are due. Which shared secret and which transcript do yours come from, and when do you change them?"
        }
        Abort::UntrustedCertificate(_) => {
            "The server's chain and key are good. Which certificates, roots, host and time do you give to `verify_chain`, and what else do you check?"
        }
        Abort::NotOffered | Abort::UnsupportedVersion | Abort::BadKeyShare => {
            "The server's hello is right. With which of your hellos do you compare it, and which secret key do you use?"
        }
        Abort::UnsolicitedExtension | Abort::MisplacedExtension | Abort::MissingExtension => {
            "The extensions of the last message that you received are right. Which ones do you expect there, and which do you ignore?"
        }
        Abort::BadRetry => {
            "The retry is right. What do you compare with what, and which hello is the first one?"
        }
        Abort::BadContext => "The context is empty, as it must be. How do you check that?",
        Abort::UnexpectedMessage => {
            "The last message that you received is due there. Which one does your step wait for?"
        }
        Abort::Malformed => {
            "The last message that you received is well formed. How do you read it?"
        }
        Abort::NothingInCommon => {
            "The two sides have all they need in common. What do you look for, and in which list?"
        }
        _ => return,
    };
    notes::think(Some(thought));
}

/// The thought for a learner whose peer makes this complaint.
pub fn think_of_complaint(complaint: &str) {
    let thoughts = [
        (
            "what it sent can't be read: a record",
            "From which message on does your side seal, with which keys, and what number does the first record have?",
        ),
        (
            "Finished does not match",
            "Whose secret is your Finished made with, and which messages are in your transcript by then?",
        ),
        (
            "signature is not valid",
            "Which bytes do you sign, as which side, and which messages are in your transcript by then?",
        ),
        (
            "two keys",
            "A message ends with its record if the keys change after it. What do you send with which key?",
        ),
        (
            "out of turn",
            "The complaint names a message of yours. What is due there instead?",
        ),
        (
            "not the configured chain",
            "The whole chain is sent, in the order of `config`, with an empty context. What do you send?",
        ),
        (
            "its scheme is",
            "With an RSA key, a CertificateVerify can have only one scheme. Which one?",
        ),
        (
            "Certificate is not empty",
            "You have no certificate. What does a Certificate message look like without one?",
        ),
    ];
    let fits = thoughts.iter().find(|(part, _)| complaint.contains(part));
    if let Some((_, thought)) = fits {
        notes::think(Some(thought));
    }
}
