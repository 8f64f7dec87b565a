// 1.2 The pad used twice

/// **1.2** Reads a text that was hidden under a pad which had been used before. *This attacks.*
///
/// You have intercepted two ciphertexts, `first` and `second`. Both were hidden under the same
/// pad, from its front. You don't have the pad. But of the first text you know how it begins: it is
/// a form letter, a greeting, the header of a file. That is `known`.
///
/// ```text
///          first  = first text  ⊕ pad
///          second = second text ⊕ pad
/// first ⊕ second = first text  ⊕ second text        the pad has gone
/// ```
///
/// Returns the second text as far as it follows from these three: as many bytes as the shortest of
/// them has.
///
/// In practice `known` is guessed, a word at a time: where the guess is right, the other text
/// becomes readable. So the VENONA telegrams were read, and so could early Wi-Fi traffic be.
pub fn two_time_pad(first: &[u8], second: &[u8], known: &[u8]) -> Vec<u8> {
    // todo!("1.2: find the text under {second:?}, from {first:?} and its text {known:?}")

    // The pad as far as it is known. Whatever else was hidden under it can be read as well.
    let pad = first.iter().zip(known).map(|(first, known)| first ^ known);
    second
        .iter()
        .zip(pad)
        .map(|(byte, pad)| byte ^ pad)
        .collect()
}
