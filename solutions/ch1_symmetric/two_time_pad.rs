// 1.2 The pad used twice

/// **1.2** *This exercise is an attack.* Reads a text that was hidden under a pad that had been
/// used before.
///
/// You have intercepted two ciphertexts, `first` and `second`. Both texts were hidden under the
/// same pad, starting at its first byte. You don't have the pad. But you know how the first text
/// begins: it is a form letter, a greeting, the header of a file. That is `known`.
///
/// ```text
///          first  = first text  ⊕ pad
///          second = second text ⊕ pad
/// first ⊕ second = first text  ⊕ second text        the pad cancels out
/// ```
///
/// Returns as much of the second text as the three inputs determine: as many bytes as the shortest
/// of them has.
///
/// In practice `known` is guessed, a word at a time: if the guess is right, the other text becomes
/// readable. This is how the VENONA telegrams were read, and how early Wi-Fi traffic could be read.
pub fn two_time_pad(first: &[u8], second: &[u8], known: &[u8]) -> Vec<u8> {
    // todo!("1.2: recover the text of {second:?}, from {first:?} and its text {known:?}")

    // The pad as far as it is known. Whatever else was hidden under it can be read as well.
    let pad = first.iter().zip(known).map(|(first, known)| first ^ known);
    second
        .iter()
        .zip(pad)
        .map(|(byte, pad)| byte ^ pad)
        .collect()
}
