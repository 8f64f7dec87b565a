//! Bytes as RFCs have them printed.

/// The bytes that `digits` stand for. Blanks are passed over.
pub fn hex<const N: usize>(digits: &str) -> [u8; N] {
    let bytes = hex_vec(digits);
    bytes.try_into().expect("as many bytes as are wanted")
}

/// The same, however many they are.
pub fn hex_vec(digits: &str) -> Vec<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).expect("a hex digit") as u8;
    let digits: Vec<u8> = digits.bytes().filter(|byte| *byte != b' ').collect();
    let pairs = digits.chunks(2);
    pairs
        .map(|pair| digit(&pair[0]) << 4 | digit(&pair[1]))
        .collect()
}
