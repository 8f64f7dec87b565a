// 3.8 Length extension

use sha2::block_api::compress256;

/// **3.8** *This exercise is an attack.* It begins with the padding of SHA-256: the bytes that
/// SHA-256 appends to an input of `length` bytes (FIPS 180-4 §5.1.1).
///
/// SHA-256 hashes blocks of 64 bytes, so it pads every input to a whole number of blocks:
///
/// ```text
///  `length` bytes      1      0 to 63       8
/// ┌─────────────────┬────┬─────────────┬──────────────────┐
/// │      input      │ 80 │   00 … 00   │  length in bits  │    a multiple of 64 bytes in all
/// └─────────────────┴────┴─────────────┴──────────────────┘
///                    └────────────── padding ─────────────┘
/// ```
///
/// There are as few zeros as possible. The length is that of the input, in bits and not in bytes,
/// and its most significant byte comes first. Every input is padded: one that is already a whole
/// number of blocks gets another block.
///
/// | input | padding |
/// | --- | --- |
/// | 3 bytes | `80`, 52 zeros, `00 00 00 00 00 00 00 18`: 61 bytes |
/// | 55 bytes | `80`, no zeros, `00 00 00 00 00 00 01 b8`: 9 bytes |
/// | 56 bytes | `80`, 63 zeros, `00 00 00 00 00 00 01 c0`: 72 bytes, into a second block |
///
/// `length` is below 2⁶¹, so that the number of bits fits in 8 bytes.
pub fn sha256_padding(length: usize) -> Vec<u8> {
    // todo!("3.8: the bytes that SHA-256 appends to {length} bytes")

    // The byte 0x80 and the length take 9 bytes. If fewer are left in the block, there is another.
    let zeros = (64 + 55 - length % 64) % 64;
    let bits = 8 * u64::try_from(length).expect("usize has at most 64 bits");
    [&[0x80][..], &vec![0; zeros], &bits.to_be_bytes()].concat()
}

/// A message with a MAC that was computed without the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extended {
    /// The longer message: the one that was known, its padding, and the suffix.
    pub message: Vec<u8>,
    /// The SHA-256 of the key and this message.
    pub mac: [u8; 32],
}

/// **3.8** *This exercise is an attack.* Takes a message and its MAC, and makes the MAC of a longer
/// message, without the key. It works if the MAC is SHA-256(key ‖ message), and you know how long
/// the key is, or can guess it.
///
/// Inside SHA-256 there is a *state* of eight words of 32 bits. The *compression function* mixes a
/// block of 64 bytes into it, then the next block, and so on. It is given: [`compress256`]. After
/// the last block, SHA-256 writes the eight words out, each with its most significant byte first.
/// That is the hash, and nothing is held back. So anyone who has the hash has the state, and can
/// continue:
///
/// ```text
/// owner   key ‖ message ‖ padding  ──▶ [ state ] ──▶ mac
///                                                     │
/// you                                                 └──▶ [ state ] ◀── suffix ‖ padding
///                                                              │
///                                                              └──▶ mac of the longer message
/// ```
///
/// What you continue is the hash of everything that went in before, and that includes the
/// padding. So the longer message is `message` ‖ padding ‖ `suffix`. The owner of the key will hash
/// it with the key before it, and pad once more:
///
/// ```text
/// key ‖ message ‖ padding ‖ suffix ‖ padding of all that
///       └──────── longer ────────┘
/// ```
///
/// Both paddings come from [`sha256_padding`], for two different lengths. Each length counts from
/// the first byte of the key. With a key of 8 bytes, the message `to=Bob` and the suffix
/// `&amount=1000000`, this gives:
///
/// ```text
///                bytes   so far
/// key                8        8
/// to=Bob             6       14
/// padding           50       64   80, 41 zeros, 00 00 00 00 00 00 00 70   (14 · 8 bits)
/// &amount=1000000   15       79
/// padding           49      128   80, 40 zeros, 00 00 00 00 00 00 02 78   (79 · 8 bits)
/// ```
///
/// If you don't know how long the key is, guess. Each length gives a different forgery, and one of
/// them is accepted.
///
/// In 2009, Thai Duong and Juliano Rizzo did this to Flickr. Its API required requests to be
/// "signed" with MD5(secret ‖ names and values of the arguments). MD5 can be continued in the same
/// way. From one such request they could make others in the name of the same application.
///
/// HMAC (exercise 3.2) stops this. Its MAC is a hash of the block key and the *inner hash*. If you
/// continue that, you get the hash of an inner hash with something appended, which is not the HMAC
/// of any message. To append to the message, you would have to continue the inner hash, and that is
/// never shown. Hashes that hold back part of their state, such as SHA-512/256 and SHA-3, can't be
/// continued at all. (The grader tries to extend your HMAC, and checks that the result is not
/// valid.)
///
/// [`compress256`]: https://docs.rs/sha2/0.11/sha2/block_api/fn.compress256.html
pub fn extend(mac: &[u8; 32], key_length: usize, message: &[u8], suffix: &[u8]) -> Extended {
    // todo!(
    //     "3.8: append {suffix:?} to {message:?}, which has the MAC {mac:?} under a key of \
    //      {key_length} bytes"
    // )
    let padding = sha256_padding(key_length + message.len());
    let longer = [message, &padding, suffix].concat();

    let (words, _) = mac.as_chunks();
    let mut state = std::array::from_fn(|place| u32::from_be_bytes(words[place]));

    // The blocks up to here are in the state already. From here on, only their length matters: the
    // last padding counts it.
    let rest = [suffix, &sha256_padding(key_length + longer.len())].concat();
    let (blocks, _) = rest.as_chunks();
    compress256(&mut state, blocks);

    let bytes = state.map(u32::to_be_bytes);
    Extended {
        message: longer,
        mac: bytes
            .as_flattened()
            .try_into()
            .expect("8 words are 32 bytes"),
    }
}
