//! Reading and writing the wire format: numbers, and vectors.
//!
//! A *vector* is a length of 1, 2 or 3 bytes, followed by that many bytes (RFC 5246 §4.3).

use std::error::Error;
use std::fmt;
use std::ops::Range;

/// The bytes are malformed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the bytes are malformed")
    }
}

impl Error for Malformed {}

/// Reads bytes from the front, and keeps track of where it is. If too few are left it returns
/// [`Malformed`]; it never panics.
///
/// What it takes from the front is a reader, too, which counts from the same first byte. However
/// deep a field is nested, [`range`](Reader::range) is its place in the whole message.
///
/// It is private to this crate: outside of it, reading a vector is exercise 6.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    /// How many bytes are before `rest`.
    offset: usize,
}

impl<'a> Reader<'a> {
    /// Reads `bytes`, and counts from their first.
    pub(crate) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader::starting_at(0, bytes)
    }

    /// Reads `bytes`, and counts from `offset` bytes before them.
    pub(crate) fn starting_at(offset: usize, bytes: &'a [u8]) -> Reader<'a> {
        Reader {
            rest: bytes,
            offset,
        }
    }

    /// Whether no bytes are left.
    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The bytes that are left.
    pub(crate) fn rest(self) -> &'a [u8] {
        self.rest
    }

    /// Where the bytes that are left are.
    pub(crate) fn range(&self) -> Range<usize> {
        self.offset..self.offset + self.rest.len()
    }

    /// The next `length` bytes.
    pub(crate) fn take(&mut self, length: usize) -> Result<Reader<'a>, Malformed> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Malformed)?;
        let taken = Reader::starting_at(self.offset, taken);
        *self = Reader::starting_at(self.offset + length, rest);
        Ok(taken)
    }

    /// The next bytes, as many as the array has.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let taken = self.take(N)?.rest;
        Ok(taken.try_into().expect("as many as were taken"))
    }

    /// The next byte.
    pub(crate) fn u8(&mut self) -> Result<u8, Malformed> {
        self.array().map(u8::from_be_bytes)
    }

    /// The next 2 bytes, as a number.
    pub(crate) fn u16(&mut self) -> Result<u16, Malformed> {
        self.array().map(u16::from_be_bytes)
    }

    /// The content of the next vector, whose length has `length_bytes` bytes.
    pub(crate) fn vector(&mut self, length_bytes: usize) -> Result<Reader<'a>, Malformed> {
        let length = self.take(length_bytes)?.rest;
        let length = length
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        self.take(length)
    }

    /// Everything that has not been read, as numbers of 2 bytes each, at least one.
    pub(crate) fn numbers(mut self) -> Result<Vec<u16>, Malformed> {
        // A list that is read here must not be empty: `cipher_suites<2..2^16-2>` (RFC 5246
        // §7.4.1.2).
        let mut numbers = vec![self.u16()?];
        while !self.is_empty() {
            numbers.push(self.u16()?);
        }
        Ok(numbers)
    }

    /// Checks that no bytes are left.
    pub(crate) fn finish(self) -> Result<(), Malformed> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Malformed)
        }
    }
}

/// Writes numbers and vectors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// A writer of an empty message.
    pub fn new() -> Writer {
        Writer::default()
    }

    /// Writes bytes as they are.
    #[must_use]
    pub fn bytes(mut self, bytes: &[u8]) -> Writer {
        self.0.extend_from_slice(bytes);
        self
    }

    /// Writes a byte.
    #[must_use]
    pub fn u8(self, number: u8) -> Writer {
        self.bytes(&[number])
    }

    /// Writes a number of 2 bytes.
    #[must_use]
    pub fn u16(self, number: u16) -> Writer {
        self.bytes(&number.to_be_bytes())
    }

    /// Writes a vector whose length has `length_bytes` bytes.
    ///
    /// # Panics
    /// `content` is too long for a length of that size. Nothing that is sent here is.
    #[must_use]
    pub fn vector(self, length_bytes: usize, content: &[u8]) -> Writer {
        let length = content.len().to_be_bytes();
        let (above, length) = length.split_at(length.len() - length_bytes);
        assert!(
            above.iter().all(|byte| *byte == 0),
            "the vector is too long"
        );
        self.bytes(length).bytes(content)
    }

    /// Writes a vector of numbers of 2 bytes each.
    #[must_use]
    pub fn numbers(self, length_bytes: usize, numbers: &[u16]) -> Writer {
        let content: Vec<u8> = numbers
            .iter()
            .flat_map(|number| number.to_be_bytes())
            .collect();
        self.vector(length_bytes, &content)
    }

    /// What has been written.
    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            byte: u8, number: u16, array: [u8; 5], content in vec(any::<u8>(), 0..=255),
            numbers in vec(any::<u16>(), 1..=100), width in 1..=3_usize
        ) {
            let written = Writer::new()
                .u8(byte)
                .u16(number)
                .bytes(&array)
                .vector(width, &content)
                .numbers(2, &numbers)
                .finish();
            let mut reader = Reader::new(&written);
            prop_assert_eq!(reader.u8(), Ok(byte));
            prop_assert_eq!(reader.u16(), Ok(number));
            prop_assert_eq!(reader.array(), Ok(array));
            prop_assert_eq!(reader.vector(width).map(Reader::rest), Ok(&content[..]));
            prop_assert_eq!(reader.finish(), Err(Malformed));
            prop_assert_eq!(reader.vector(2).and_then(Reader::numbers), Ok(numbers));
            prop_assert!(reader.is_empty());
            prop_assert_eq!(reader.finish(), Ok(()));
        }

        #[test]
        fn a_claim_beyond_the_end_is_malformed(
            content in vec(any::<u8>(), 0..=254), width in 1..=3_usize
        ) {
            let mut written = Writer::new().vector(width, &content).finish();
            written[width - 1] += 1;
            prop_assert_eq!(Reader::new(&written).vector(width), Err(Malformed));
            prop_assert_eq!(Reader::new(&written[..width - 1]).vector(width), Err(Malformed));
        }
    }

    #[test]
    fn a_range_is_a_place_in_the_whole_message_however_deep() {
        let inner = Writer::new().u16(7).vector(1, b"name").finish();
        let bytes = Writer::new().u8(1).vector(3, &inner).u16(9).finish();
        let message = [&[0; 4], &bytes[..]].concat();

        let mut reader = Reader::starting_at(4, &message[4..]);
        let first = reader.take(1).unwrap().range();
        let mut outer = reader.vector(3).unwrap();
        assert_eq!(&message[outer.range()], &inner);
        outer.u16().unwrap();
        let name = outer.vector(1).unwrap();
        assert_eq!(
            (&message[name.range()], name.rest()),
            (&b"name"[..], &b"name"[..])
        );
        assert_eq!(outer.range(), name.range().end..name.range().end);
        assert_eq!((first, &message[reader.range()]), (4..5, &[0, 9][..]));
    }

    #[test]
    fn numbers_are_whole_and_at_least_one() {
        for malformed in [&[0][..], &[1, 0], &[3, 0, 0, 0], &[4, 0, 0]] {
            let list = Reader::new(malformed).vector(1);
            assert_eq!(list.and_then(Reader::numbers), Err(Malformed));
        }
        let list = Reader::new(&[2, 3, 4]).vector(1);
        assert_eq!(list.and_then(Reader::numbers), Ok(vec![0x0304]));
    }

    #[test]
    fn lengths_have_the_most_significant_byte_first() {
        let written = Writer::new().vector(3, &[7; 0x01_0203]).finish();
        assert_eq!(written[..4], [1, 2, 3, 7]);
        let content = Reader::new(&written).vector(3);
        assert_eq!(content.map(Reader::rest), Ok(&[7; 0x01_0203][..]));
    }

    #[test]
    #[should_panic(expected = "too long")]
    fn a_vector_is_not_written_with_too_few_bytes_of_length() {
        let _ = Writer::new().vector(1, &[0; 256]);
    }
}
