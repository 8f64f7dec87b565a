//! Keys and nonces that an answer might fall back on, and sealed messages in another form.

use crate::reference::reference_seal;
use fixtures::hex::digits;

/// Keys, each with another that is close to it.
pub fn near_keys() -> Vec<([u8; 16], [u8; 16])> {
    pairs()
}

/// Nonces, each with another that is close to it: the ones that a count gives before and after it, too.
pub fn near_nonces() -> Vec<([u8; 12], [u8; 12])> {
    let counted = |number: u64| {
        let mut nonce = [0x22; 12];
        nonce[4..].copy_from_slice(&number.to_be_bytes());
        nonce
    };
    let mut nonces = pairs();
    // The first bytes of the key that they are tried with.
    nonces.push(([0x11; 12], counted(0)));
    for (one, other) in [(0, 1), (1, 2), (1, 256), (255, 256), (0, u64::MAX)] {
        nonces.push((counted(one), counted(other)));
        nonces.push((counted(other), counted(one)));
    }
    nonces
}

/// Values that are close to each other, both ways round.
fn pairs<const N: usize>() -> Vec<([u8; N], [u8; N])> {
    let plain: [u8; N] = std::array::from_fn(|place| 0x41 + place as u8);
    let changed = |change: fn(&mut [u8; N])| {
        let mut changed = plain;
        change(&mut changed);
        changed
    };
    let near = [
        [0; N],
        [0xff; N],
        [0x20; N],
        plain.map(|byte| !byte),
        plain.map(|byte| byte.to_ascii_lowercase()),
        changed(|bytes| bytes.reverse()),
        changed(|bytes| bytes.rotate_left(1)),
        changed(|bytes| bytes.rotate_right(1)),
        changed(|bytes| bytes.rotate_left(N / 2)),
        changed(|bytes| bytes[..4].fill(0)),
        changed(|bytes| bytes[..8].fill(0)),
        changed(|bytes| bytes[4..].fill(0)),
        changed(|bytes| bytes[8..].fill(0)),
        changed(|bytes| bytes[N - 4..].fill(0)),
        changed(|bytes| bytes[..4].reverse()),
        changed(|bytes| bytes[4..].reverse()),
        changed(|bytes| bytes[N - 1] = 0),
        changed(|bytes| bytes[0] = 0),
        changed(|bytes| bytes[N - 1] -= 1),
        changed(|bytes| bytes[0] -= 1),
        changed(|bytes| bytes.chunks_mut(4).for_each(<[u8]>::reverse)),
        changed(|bytes| bytes.copy_within(..N / 2, N / 2)),
        // The paddings of HMAC, and the byte of the nonce that keys are tried with.
        plain.map(|byte| byte ^ 0x36),
        plain.map(|byte| byte ^ 0x5c),
        changed(|bytes| bytes[..12].iter_mut().for_each(|byte| *byte ^= 0x22)),
        // Keys of DES do not count their lowest bits, and text its highest.
        plain.map(|byte| byte & 0xfe),
        plain.map(|byte| byte | 0x80),
    ];
    let both_ways = near
        .into_iter()
        .flat_map(|other| [(plain, other), (other, plain)]);
    // What is left of it if it is cut anywhere and zero-padded.
    let cut = (1..N).flat_map(|place| {
        let (mut beginning, mut end) = (plain, plain);
        beginning[place..].fill(0);
        end[..place].fill(0);
        [(beginning, plain), (end, plain)]
    });
    both_ways.chain(cut).collect()
}

/// A sealed message as other protocols would send it, or as a careless `open` might read it. If the
/// message is empty, some of these are what `seal` returns.
pub fn other_forms(
    key: &[u8; 16],
    nonce: &[u8; 12],
    header: &[u8],
    message: &[u8],
) -> Vec<(&'static str, Vec<u8>)> {
    let right = reference_seal(key, nonce, header, message);
    let (ciphertext, tag) = right.split_at(message.len());
    let length = right.len() as u8;
    let joined = |parts: &[&[u8]]| parts.concat();
    let mut reversed = right.clone();
    reversed.reverse();
    let mut turned_tag = tag.to_vec();
    turned_tag.reverse();
    vec![
        ("the tag first", joined(&[tag, ciphertext])),
        ("with the tag twice", joined(&[&right, tag])),
        ("with the tag at both ends", joined(&[tag, &right])),
        ("with its nonce before it", joined(&[nonce, &right])),
        ("with its nonce after it", joined(&[&right, nonce])),
        (
            "with its nonce before the tag",
            joined(&[ciphertext, nonce, tag]),
        ),
        (
            "with 8 bytes of its nonce before it",
            joined(&[&nonce[4..], &right]),
        ),
        (
            "with its associated data before it",
            joined(&[header, &right]),
        ),
        (
            "with its associated data after it",
            joined(&[&right, header]),
        ),
        (
            "with its associated data before the tag",
            joined(&[ciphertext, header, tag]),
        ),
        ("with its key before it", joined(&[key, &right])),
        ("with its length before it", joined(&[&[length], &right])),
        (
            "with its length in two bytes before it",
            joined(&[&[0, length], &right]),
        ),
        (
            "with its length in four bytes before it",
            joined(&[&[0, 0, 0, length], &right]),
        ),
        (
            "with a header of TLS 1.3 before it",
            joined(&[&[23, 3, 3, 0, length], &right]),
        ),
        ("with a zero before it", joined(&[&[0], &right])),
        ("with another byte before it", joined(&[b"x", &right])),
        (
            "with a block of zeros before it",
            joined(&[&[0; 16], &right]),
        ),
        (
            "with a zero before the tag",
            joined(&[ciphertext, &[0], tag]),
        ),
        (
            "with a block of zeros before the tag",
            joined(&[ciphertext, &[0; 16], tag]),
        ),
        ("with a zero after it", joined(&[&right, &[0]])),
        ("with a line break after it", joined(&[&right, b"\n"])),
        ("without its first byte", right[1..].to_vec()),
        ("without the tag", ciphertext.to_vec()),
        ("only the tag", tag.to_vec()),
        ("the tag cut to 12 bytes", joined(&[ciphertext, &tag[..12]])),
        ("the tag cut to 8 bytes", joined(&[ciphertext, &tag[..8]])),
        (
            "the last 12 bytes of the tag",
            joined(&[ciphertext, &tag[4..]]),
        ),
        ("the tag backwards", joined(&[ciphertext, &turned_tag])),
        (
            "the message in plaintext, with its tag",
            joined(&[message, tag]),
        ),
        ("not sealed at all", message.to_vec()),
        ("twice in a row", right.repeat(2)),
        ("backwards", reversed),
        ("in hexadecimal", digits(&right).into_bytes()),
        (
            "with the associated data at the beginning of the message",
            reference_seal(key, nonce, b"", &joined(&[header, message])),
        ),
    ]
}

/// Messages that begin or end with what a cipher, a protocol or a text might have as padding.
pub fn looks_like_padding() -> Vec<Vec<u8>> {
    let text = b"in two blocks of bytes, 32 long!";
    let ends = [
        vec![0],
        vec![0; 16],
        vec![1],
        vec![2; 2],
        vec![4; 4],
        vec![16; 16],
        vec![0, 0, 3],
        vec![0x80],
        vec![0x80, 0, 0, 0],
        vec![0xff; 4],
        vec![0xef, 0xbb, 0xbf],
        vec![23],
        vec![23, 0, 0],
        b" ".to_vec(),
        b"\n".to_vec(),
        b"\r\n".to_vec(),
    ];
    let mut messages = Vec::new();
    for end in ends {
        // Whole blocks, with the padding inside of the last one.
        messages.push([&text[..32 - end.len()], &end].concat());
        messages.push([&text[..], &end].concat());
        messages.push([&end[..], text].concat());
        messages.push(end);
    }
    messages
}
