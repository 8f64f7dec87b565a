// 7.5 Ask once more

use given::tls::{
    Abort, ClientHello, Extension, HELLO_RETRY_REQUEST, KeyShare, ServerHello, TLS_1_2, TLS_1_3,
    TLS_AES_128_GCM_SHA256, X25519,
};

use crate::ch3_signatures::Transcript;

use super::{check_choice13, check_fields};

/// The number of the extension `padding` (RFC 7685).
const PADDING: u16 = 0x0015;

/// The number of the extension `pre_shared_key`.
const PRE_SHARED_KEY: u16 = 0x0029;

/// The number of the extension `early_data`.
const EARLY_DATA: u16 = 0x002a;

/// The number of the extension `cookie`.
const COOKIE: u16 = 0x002c;

/// The number of the extension `key_share`.
const KEY_SHARE: u16 = 0x0033;

/// **7.5** The server's HelloRetryRequest, for a hello for which [`negotiate13`] returns
/// [`Negotiated::Retry`] (RFC 9846 §4.2.4).
///
/// ```text
/// client                                                    server
///   │ ── ClientHello: X25519 among the groups, no share on it ──▶ │
///   │ ◀──────────── HelloRetryRequest: send a share on X25519 ─── │
///   │ ── ClientHello: the same, with that share ─────────────────▶│
///   │ ◀────────────────────────────────────────── ServerHello ─── │
/// ```
///
/// It has the form of a ServerHello, so that old equipment along the way lets it pass. Its random
/// is always [`HELLO_RETRY_REQUEST`]. The version field, the suite and the session id are those of
/// the ServerHello to come. Its extensions are [`Extension::SelectedVersion`] and
/// [`Extension::WantedGroup`], in this order.
///
/// [`negotiate13`]: super::negotiate13
/// [`Negotiated::Retry`]: super::Negotiated::Retry
pub fn retry_request(hello: &ClientHello) -> ServerHello {
    // todo!("7.5: ask for a share on X25519 in answer to {hello:?}")
    ServerHello {
        version: TLS_1_2,
        random: HELLO_RETRY_REQUEST,
        session_id: hello.session_id.clone(),
        cipher_suite: TLS_AES_128_GCM_SHA256,
        compression_method: 0,
        extensions: vec![
            Extension::SelectedVersion(TLS_1_3),
            Extension::WantedGroup(X25519),
        ],
    }
}

/// **7.5** The transcript after a HelloRetryRequest. `first` holds the first ClientHello and
/// nothing else. In the result, a message that holds the hash of that hello takes the place of the
/// hello (RFC 9846 §4.1).
///
/// ```text
/// fe │ 00 00 20 │ hash of the first ClientHello, 32 bytes
///    └ length
/// └ a message of the type message_hash, which is never sent
/// ```
///
/// The HelloRetryRequest and all that follows are added to this as usual. A server can then forget
/// the first hello. It keeps the 32 bytes of the hash, or puts them into a *cookie*, which the
/// client sends back.
pub fn retried(first: &Transcript) -> Transcript {
    // todo!("7.5: the transcript that begins with the hash of {first:?}")
    let mut transcript = Transcript::new();
    transcript.add(&[0xfe, 0x00, 0x00, 0x20]);
    transcript.add(&first.hash());
    transcript
}

/// **7.5** The client's second hello, if `retry` is a valid answer to the `first` one. `share` is
/// the client's share on X25519, in case the server asks for one.
///
/// The second hello is the first one, unchanged, except that
///
/// - `key_share` holds only this share, in the same place as before, if the server asks for it,
/// - [`Extension::Cookie`] is at the end, with what the server has sent, if it has sent one,
/// - the extension `early_data` (0x002a), which announces early data, is removed.
///
/// The random stays the same, too.
///
/// # Errors
///
/// In this order:
///
/// - [`Abort::UnsupportedVersion`] and [`Abort::NotOffered`], for the same reasons as in
///   [`check_choice13`].
/// - [`Abort::UnsolicitedExtension`] if there is an extension that `first` does not have. A cookie
///   is the exception.
/// - [`Abort::MisplacedExtension`] if there is any extension other than `supported_versions`,
///   `key_share` and `cookie`.
/// - [`Abort::BadRetry`] if the wanted group is not X25519, if it is not in the client's
///   `supported_groups`, or if `first` already has a share in that group; or if the server neither
///   asks for a share nor sends a cookie, so that nothing would change (§4.2.4, §4.3.8).
pub fn second_hello(
    first: &ClientHello,
    retry: &ServerHello,
    share: &[u8; 32],
) -> Result<ClientHello, Abort> {
    // todo!("7.5: the hello after {first:?} and {retry:?}, with the share {share:?}")
    check_fields(first, retry)?;
    let was_sent = |answer: &Extension| {
        let mut sent = first.extensions.iter();
        answer.code() == COOKIE || sent.any(|extension| extension.code() == answer.code())
    };
    if !retry.extensions.iter().all(was_sent) {
        return Err(Abort::UnsolicitedExtension);
    }
    let (mut wanted, mut cookie) = (None, None);
    for answer in &retry.extensions {
        match answer {
            Extension::SelectedVersion(_) => {}
            Extension::WantedGroup(group) => wanted = Some(*group),
            Extension::Cookie(content) => cookie = Some(content.clone()),
            _ => return Err(Abort::MisplacedExtension),
        }
    }
    if let Some(group) = wanted {
        let is_offered = first.extensions.iter().any(|extension| match extension {
            Extension::SupportedGroups(groups) => groups.contains(&group),
            _ => false,
        });
        let has_share = first.extensions.iter().any(|extension| match extension {
            Extension::KeyShares(shares) => shares.iter().any(|share| share.group == group),
            _ => false,
        });
        if group != X25519 || !is_offered || has_share {
            return Err(Abort::BadRetry);
        }
    }
    if wanted.is_none() && cookie.is_none() {
        return Err(Abort::BadRetry);
    }
    let mut second = first.clone();
    second.extensions.retain(|one| one.code() != EARLY_DATA);
    for extension in &mut second.extensions {
        if let (Extension::KeyShares(shares), Some(group)) = (extension, wanted) {
            let share = share.to_vec();
            *shares = vec![KeyShare { group, share }];
        }
    }
    second.extensions.extend(cookie.map(Extension::Cookie));
    Ok(second)
}

/// **7.5** The client's check of what follows its second hello. Returns the server's share, as
/// [`check_choice13`] does.
///
/// # Errors
///
/// [`Abort::UnexpectedMessage`] if it is another HelloRetryRequest: a server that could ask forever
/// would keep the client busy forever. Otherwise those of [`check_choice13`].
pub fn check_choice_after_retry(
    second: &ClientHello,
    chosen: &ServerHello,
) -> Result<[u8; 32], Abort> {
    // todo!("7.5: check that {chosen:?} is an answer to {second:?}, which was the second hello")
    if chosen.is_retry() {
        return Err(Abort::UnexpectedMessage);
    }
    check_choice13(second, chosen)
}

/// **7.5** The server's check of the second hello, after [`retry_request`]. Returns the client's
/// share on X25519. There is no second retry.
///
/// `second` must equal `first`, with the same extensions in the same order (RFC 9846 §4.2.2). Four
/// of them are ignored in this comparison: `key_share`, `early_data`, and two that a client may
/// change, `padding` (0x0015) and `pre_shared_key` (0x0029).
///
/// # Errors
///
/// In this order:
///
/// - [`Abort::BadRetry`] if anything else differs, or if there is a cookie (this server sends none)
///   or `early_data`.
/// - [`Abort::BadKeyShare`] unless `key_share` has exactly one share, on X25519, of 32 bytes.
pub fn check_second_hello(first: &ClientHello, second: &ClientHello) -> Result<[u8; 32], Abort> {
    // todo!("7.5: is {second:?} what follows {first:?} and a HelloRetryRequest?")
    let may_differ = [KEY_SHARE, EARLY_DATA, PADDING, PRE_SHARED_KEY];
    let compared = |hello: &ClientHello| {
        let mut hello = hello.clone();
        let stays = |one: &Extension| !may_differ.contains(&one.code());
        hello.extensions.retain(stays);
        hello
    };
    let is_forbidden = |one: &Extension| [COOKIE, EARLY_DATA].contains(&one.code());
    if compared(first) != compared(second) || second.extensions.iter().any(is_forbidden) {
        return Err(Abort::BadRetry);
    }
    let shares = second.extensions.iter().find_map(|one| match one {
        Extension::KeyShares(shares) => Some(&shares[..]),
        _ => None,
    });
    match shares {
        Some([share]) if share.group == X25519 => {
            <[u8; 32]>::try_from(&share.share[..]).map_err(|_| Abort::BadKeyShare)
        }
        _ => Err(Abort::BadKeyShare),
    }
}
