//! The thought for a hello whose extensions are not those of the table.

use given::tls::Extension;

/// The thought for the first of these extensions that is missing or has something else in it, or
/// else for what is left: one too many, or another order. Before `key_share` there are four.
pub fn thought_of(
    got: &[Extension],
    last: Option<&Extension>,
    expected: &[Extension],
) -> Option<&'static str> {
    let wrong = expected.iter().find(|one| !got.contains(one));
    let has_name = |all: &[Extension]| all.iter().any(|one| one.code() == 0);
    Some(match wrong {
        _ if !got
            .iter()
            .chain(last)
            .any(|one| matches!(one, Extension::KeyShares(_))) =>
        {
            "There is no `key_share` in your hello. A client that has no share to send sends the extension all the same: what does its list look like?"
        }
        // The last extension is compared by itself. If it is another one, the order is wrong.
        _ if got.iter().any(|one| matches!(one, Extension::KeyShares(_))) => ORDER,
        _ if has_name(got) && !has_name(expected) => {
            "Is an IP address a name? What does the table say about `server_name`?"
        }
        Some(Extension::ServerName(_)) => {
            "`config.host` is a name, even if it looks like something else. Do you send all of it, and how do you tell a name from an address?"
        }
        Some(Extension::SupportedGroups(_)) => {
            "Which group can your key exchange use? `supported_groups` lists it, and no other."
        }
        Some(Extension::SignatureAlgorithms(_)) => {
            "Which scheme may sign the handshake, and which ones the certificates? `signature_algorithms` lists both, the preferred one first."
        }
        Some(Extension::SupportedVersions(_)) => {
            "Which versions does this client support? `supported_versions` lists no others."
        }
        _ if got.len() > expected.len() => {
            "One of your extensions is not in the table, or there twice. Which one?"
        }
        _ => ORDER,
    })
}

/// The thought for a hello that has everything, in another order.
const ORDER: &str = "They are all there. In which order does the table have them?";
