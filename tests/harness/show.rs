//! How values are shown to the learner: bytes in hex with their length, and as text if they are text; everything
//! else as Rust would print it.

use std::any;
use std::fmt::{Debug, Write as _};
use std::mem;
use std::net::TcpStream;

/// How many bytes are shown of one value, at most. A longer one is cut in the middle.
const MOST: usize = 32;

/// How many items of a list of byte strings are shown, at most. A longer list is cut.
const MOST_ITEMS: usize = 8;

/// A part of a shown value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Shown as it is.
    Text(String),
    /// Shown in hex with its length.
    Bytes(Vec<u8>),
    /// A list of byte strings.
    List(Vec<Vec<u8>>),
}

impl Piece {
    /// How much there is to read in it.
    pub(crate) fn size(&self) -> usize {
        match self {
            Piece::Text(text) => text.len(),
            Piece::Bytes(bytes) => bytes.len(),
            // Between two items are a comma and a space.
            Piece::List(items) => items.iter().map(|item| item.len() + 2).sum(),
        }
    }
}

/// A value with a form for the learner. A value without one is shown by its `Debug`.
pub trait Show {
    /// The value, in pieces.
    fn pieces(&self) -> Vec<Piece>;
}

impl Show for [u8] {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::Bytes(self.to_vec())]
    }
}

impl<const N: usize> Show for [u8; N] {
    fn pieces(&self) -> Vec<Piece> {
        self.as_slice().pieces()
    }
}

impl Show for Vec<u8> {
    fn pieces(&self) -> Vec<Piece> {
        self.as_slice().pieces()
    }
}

impl Show for [Vec<u8>] {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::List(self.to_vec())]
    }
}

impl Show for Vec<&[u8]> {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::List(self.iter().map(|item| item.to_vec()).collect())]
    }
}

impl Show for Vec<Vec<u8>> {
    fn pieces(&self) -> Vec<Piece> {
        self.as_slice().pieces()
    }
}

impl<const N: usize> Show for Vec<[u8; N]> {
    fn pieces(&self) -> Vec<Piece> {
        let items: Vec<Vec<u8>> = self.iter().map(|item| item.to_vec()).collect();
        items.pieces()
    }
}

/// A code as the lessons write it: `0x0303`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hex(pub u16);

impl Show for Hex {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::Text(format!("{:#06x}", self.0))]
    }
}

/// Words from the grader, which are shown as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(pub String);

impl Show for Words {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::Text(self.0.clone())]
    }
}

/// The number of a socket, and of its file, is of no use to a reader.
impl Show for TcpStream {
    fn pieces(&self) -> Vec<Piece> {
        let words = match self.peer_addr() {
            Ok(peer) => format!("a connection with {peer}"),
            Err(_) => "a connection that the peer has ended".to_owned(),
        };
        vec![Piece::Text(words)]
    }
}

impl<T: Show + ?Sized> Show for &T {
    fn pieces(&self) -> Vec<Piece> {
        (**self).pieces()
    }
}

impl<T: Show + ?Sized> Show for &mut T {
    fn pieces(&self) -> Vec<Piece> {
        (**self).pieces()
    }
}

impl<T: Show, E: Debug> Show for Result<T, E> {
    fn pieces(&self) -> Vec<Piece> {
        match self {
            Ok(value) => wrapped("Ok", value.pieces()),
            Err(error) => vec![Piece::Text(format!("Err({error:?})"))],
        }
    }
}

/// What is in a record, and its bytes.
impl<T: Debug> Show for (T, Vec<u8>) {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = vec![Piece::Text(format!("({:?}, ", self.0))];
        pieces.extend(self.1.pieces());
        pieces.push(Piece::Text(")".to_owned()));
        pieces
    }
}

impl<T: Show> Show for Option<T> {
    fn pieces(&self) -> Vec<Piece> {
        match self {
            Some(value) => wrapped("Some", value.pieces()),
            None => vec![Piece::Text("None".to_owned())],
        }
    }
}

fn wrapped(name: &str, value: Vec<Piece>) -> Vec<Piece> {
    let mut pieces = vec![Piece::Text(format!("{name}("))];
    pieces.extend(value);
    pieces.push(Piece::Text(")".to_owned()));
    pieces
}

/// A value on its way to being shown, by [`Show`] if its type has it, and otherwise by `Debug`.
///
/// `(&Showing(&value)).pieces()` finds the one or the other, because a method on `Showing` is
/// found before one on `&Showing`. It needs the concrete type, so it is used in macros, not in
/// generic functions.
#[derive(Debug)]
pub struct Showing<'a, T: ?Sized>(pub &'a T);

/// Shows a value by [`Show`].
pub trait ByShow {
    /// The value, in pieces.
    fn pieces(&self) -> Vec<Piece>;
}

impl<T: Show + ?Sized> ByShow for Showing<'_, T> {
    fn pieces(&self) -> Vec<Piece> {
        self.0.pieces()
    }
}

/// Shows a value by `Debug`.
pub trait ByDebug {
    /// The value, in pieces.
    fn pieces(&self) -> Vec<Piece>;
}

impl<T: Debug + ?Sized> ByDebug for &Showing<'_, T> {
    fn pieces(&self) -> Vec<Piece> {
        of_debug(&self.0, any::type_name::<T>())
    }
}

/// A list of this many small numbers is bytes, wherever it is, if the name of the value's type has bytes in it.
const LONG: usize = 32;

/// What `Debug` says, with bytes in the fields of a struct shown as bytes, and long lists of bytes, too. Elsewhere, a
/// list of small numbers may be a list of numbers.
// Not generic, so that it is compiled once, and not for each of hundreds of types after every edit.
pub(crate) fn of_debug(value: &dyn Debug, type_name: &str) -> Vec<Piece> {
    let text = format!("{value:?}");
    let may_have_bytes = type_name.contains("u8");
    let has_fields = text.contains(" { ");
    let (mut pieces, mut said, mut rest) = (Vec::new(), String::new(), text.as_str());
    while let Some(open) = rest.find('[') {
        let (before, list) = rest.split_at(open);
        said.push_str(before);
        let is_field = has_fields && before.ends_with(": ");
        let end = list.find(']').map_or(list.len(), |end| end + 1);
        // The bracket of a list in this list is an item that is no number.
        let items = list[1..end].trim_end_matches(']').split(", ");
        let bytes: Result<Vec<u8>, _> = items
            .filter(|item| !item.is_empty())
            .map(str::parse)
            .collect();
        match bytes {
            Ok(bytes) if is_field || may_have_bytes && bytes.len() >= LONG => {
                pieces.push(Piece::Text(mem::take(&mut said)));
                pieces.push(Piece::Bytes(bytes));
                rest = &list[end..];
            }
            _ => {
                said.push('[');
                rest = &list[1..];
            }
        }
    }
    said.push_str(rest);
    pieces.push(Piece::Text(said));
    pieces
}

/// A value of any type that has [`Show`](crate::show::Show) or `Debug`, in pieces.
#[macro_export]
macro_rules! pieces {
    ($value:expr) => {{
        #[allow(
            unused_imports,
            reason = "which of the two is used depends on the type"
        )]
        use $crate::show::{ByDebug as _, ByShow as _};
        (&$crate::show::Showing($value)).pieces()
    }};
}

/// One value as text.
pub fn text(pieces: &[Piece]) -> String {
    marked(pieces, None)
}

/// The first place where two values differ.
#[derive(Clone, Copy)]
struct Mark {
    piece: usize,
    /// The item, if the piece is a list.
    item: usize,
    byte: usize,
}

/// Two values as text, with the first byte in which they differ in square brackets in both.
pub fn difference(left: &[Piece], right: &[Piece]) -> (String, String) {
    let pairs = left.iter().zip(right).enumerate();
    let mark = { pairs }.find_map(|(piece, pair)| match pair {
        (Piece::Bytes(left), Piece::Bytes(right)) if left != right => Some(Mark {
            piece,
            item: 0,
            byte: alike(left, right),
        }),
        (Piece::List(left), Piece::List(right)) if left != right => {
            let item = alike(left, right);
            // One of the lists may have ended.
            let of = |list: &[Vec<u8>]| list.get(item).cloned().unwrap_or_default();
            let byte = alike(&of(left), &of(right));
            Some(Mark { piece, item, byte })
        }
        _ => None,
    });
    (marked(left, mark), marked(right, mark))
}

/// How many items two lists have in common at their beginning.
fn alike<T: PartialEq>(left: &[T], right: &[T]) -> usize {
    let pairs = left.iter().zip(right);
    pairs.take_while(|(left, right)| left == right).count()
}

fn marked(pieces: &[Piece], mark: Option<Mark>) -> String {
    let mut out = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        let mark = mark.filter(|mark| mark.piece == index);
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Bytes(bytes) => hex(&mut out, bytes, mark.map(|mark| mark.byte)),
            Piece::List(items) => list(&mut out, items, mark),
        }
    }
    out
}

fn list(out: &mut String, items: &[Vec<u8>], mark: Option<Mark>) {
    // As with bytes, a long list keeps its two ends, and what is around the mark.
    let kept = |index: usize| {
        items.len() <= MOST_ITEMS
            || index < MOST_ITEMS / 4
            || index >= items.len() - MOST_ITEMS / 4
            || mark.is_some_and(|mark| index.abs_diff(mark.item) <= 1)
    };
    out.push('[');
    let mut last_kept = true;
    for (index, item) in items.iter().enumerate() {
        let kept = kept(index);
        if index > 0 && (kept || last_kept) {
            out.push_str(", ");
        }
        if kept {
            let mark = mark.filter(|mark| mark.item == index);
            hex(out, item, mark.map(|mark| mark.byte));
        } else if last_kept {
            out.push('…');
        }
        last_kept = kept;
    }
    out.push(']');
    if items.len() > MOST_ITEMS {
        // Writing to a String can't fail.
        let _ = write!(out, " ({} items)", items.len());
    }
}

fn hex(out: &mut String, bytes: &[u8], mark: Option<usize>) {
    if bytes.is_empty() {
        out.push_str("empty");
        return;
    }
    // A long value keeps its two ends, and the surroundings of the mark.
    let kept = |index: usize| {
        bytes.len() <= MOST
            || index < MOST / 4
            || index >= bytes.len() - MOST / 4
            || mark.is_some_and(|mark| index.abs_diff(mark) <= MOST / 8)
    };
    let mut last_kept = true;
    for (index, byte) in bytes.iter().enumerate() {
        let kept = kept(index);
        // Writing to a String can't fail.
        let _ = match (kept, mark == Some(index)) {
            (true, true) => write!(out, "[{byte:02x}]"),
            (true, false) => write!(out, "{byte:02x}"),
            (false, _) if last_kept => write!(out, "…"),
            (false, _) => Ok(()),
        };
        last_kept = kept;
    }
    let plural = if bytes.len() == 1 { "" } else { "s" };
    let _ = write!(out, " ({} byte{plural}", bytes.len());
    if let Some(words) = words(bytes) {
        let _ = write!(out, ", {words}");
    }
    out.push(')');
}

/// Bytes that are text, as text.
fn words(bytes: &[u8]) -> Option<String> {
    let is_text = |byte: &u8| matches!(byte, b' '..=b'~' | b'\r' | b'\n' | b'\t');
    // Fewer may look like text by chance, and what has nothing to read in it is not text.
    let is_readable = bytes.iter().any(u8::is_ascii_graphic);
    if bytes.len() < 4 || !is_readable || !bytes.iter().all(is_text) {
        return None;
    }
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    match text.get(..MOST) {
        Some(beginning) if text.len() > MOST => Some(format!("{beginning:?}…")),
        _ => Some(format!("{text:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Rejected;

    #[test]
    fn bytes_are_hex_with_their_length() {
        assert_eq!(text(&pieces!(&[0u8, 255])), "00ff (2 bytes)");
        assert_eq!(text(&pieces!(&vec![7u8])), "07 (1 byte)");
        assert_eq!(text(&pieces!(&Vec::<u8>::new())), "empty");
        assert_eq!(
            text(&pieces!(&Ok::<_, Rejected>(vec![1u8]))),
            "Ok(01 (1 byte))"
        );
        assert_eq!(text(&pieces!(&Some([1u8, 2]))), "Some(0102 (2 bytes))");
        assert_eq!(
            text(&pieces!(&vec![vec![1u8], vec![]])),
            "[01 (1 byte), empty]"
        );
    }

    #[test]
    fn bytes_that_are_text_are_shown_as_text_too() {
        assert_eq!(
            text(&pieces!(b"hello\n")),
            "68656c6c6f0a (6 bytes, \"hello\\n\")"
        );
        assert_eq!(text(&pieces!(b"abc")), "616263 (3 bytes)");
        let long = text(&pieces!(&vec![b'a'; 40]));
        assert!(long.ends_with("(40 bytes, \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"…)"));
    }

    #[test]
    fn everything_else_is_shown_by_debug() {
        assert_eq!(text(&pieces!(&5u64)), "5");
        assert_eq!(
            text(&pieces!(&Err::<Vec<u8>, _>(Rejected))),
            "Err(Rejected)"
        );
        assert_eq!(text(&pieces!(&None::<u64>)), "None");
        assert_eq!(text(&pieces!(&("a", 1))), "(\"a\", 1)");
    }

    #[test]
    fn the_bytes_in_a_struct_are_bytes() {
        #[derive(Debug)]
        struct Envelope {
            #[allow(dead_code)]
            key: Vec<u8>,
            #[allow(dead_code)]
            codes: Vec<u16>,
        }
        let envelope = |byte| Envelope {
            key: vec![1, byte],
            codes: vec![0x401],
        };
        let (left, right) = difference(&pieces!(&envelope(2)), &pieces!(&envelope(3)));
        assert_eq!(left, "Envelope { key: 01[02] (2 bytes), codes: [1025] }");
        assert_eq!(right, "Envelope { key: 01[03] (2 bytes), codes: [1025] }");
    }

    #[test]
    fn long_bytes_are_cut_in_the_middle() {
        let long: Vec<u8> = (0..=255).collect();
        assert_eq!(
            text(&pieces!(&long)),
            "0001020304050607…f8f9fafbfcfdfeff (256 bytes)"
        );
        let whole: Vec<u8> = (0..MOST as u8).collect();
        assert!(!text(&pieces!(&whole)).contains('…'));
    }

    #[test]
    fn a_long_list_of_small_numbers_is_bytes_only_if_there_are_bytes() {
        let many = [7_u8; 300];
        assert_eq!(
            text(&pieces!(&(1, many, "a"))),
            "(1, 0707070707070707…0707070707070707 (300 bytes), \"a\")"
        );
        let numbers: Vec<u64> = (0..40).collect();
        let shown = text(&pieces!(&(true, numbers)));
        assert!(shown.starts_with("(true, [0, 1, 2, 3"), "{shown}");
        let nested = (vec![vec![7_u8; 40], vec![8]], "a");
        assert_eq!(
            text(&pieces!(&nested)),
            "([0707070707070707…0707070707070707 (40 bytes), [8]], \"a\")"
        );
        let opened: Result<(bool, Vec<u8>), ()> = Ok((true, vec![7]));
        assert_eq!(text(&pieces!(&opened)), "Ok((true, 07 (1 byte)))");
    }

    #[test]
    fn the_first_differing_byte_is_marked() {
        let (left, right) = difference(&pieces!(&[1u8, 2, 3]), &pieces!(&[1u8, 9, 4]));
        assert_eq!(
            (left.as_str(), right.as_str()),
            ("01[02]03 (3 bytes)", "01[09]04 (3 bytes)")
        );
        let (left, right) = difference(&pieces!(&vec![1u8]), &pieces!(&vec![1u8, 2]));
        assert_eq!(
            (left.as_str(), right.as_str()),
            ("01 (1 byte)", "01[02] (2 bytes)")
        );
    }

    #[test]
    fn a_long_list_is_cut_and_the_first_difference_stays() {
        let left: Vec<Vec<u8>> = (0..20).map(|number| vec![0, number]).collect();
        let mut right = left.clone();
        right[9] = vec![0, 9, 9];
        right[12] = vec![];
        let (left, right) = difference(&pieces!(&left), &pieces!(&right));
        let [before, after] = [
            "[0000 (2 bytes), 0001 (2 bytes), …, 0008 (2 bytes), ",
            ", 000a (2 bytes), …, 0012 (2 bytes), 0013 (2 bytes)] (20 items)",
        ];
        assert_eq!(left, format!("{before}0009 (2 bytes){after}"));
        assert_eq!(right, format!("{before}0009[09] (3 bytes){after}"));
    }

    #[test]
    fn a_list_that_ends_early_differs_there() {
        let (left, right) = difference(
            &pieces!(&vec![vec![1_u8]]),
            &pieces!(&vec![vec![1_u8], vec![2]]),
        );
        assert_eq!(left, "[01 (1 byte)]");
        assert_eq!(right, "[01 (1 byte), [02] (1 byte)]");
    }

    #[test]
    fn the_mark_is_never_cut_away() {
        let left: Vec<u8> = vec![0; 256];
        let mut right = left.clone();
        right[100] = 1;
        let (left, right) = difference(&pieces!(&left), &pieces!(&right));
        assert_eq!(
            left,
            "0000000000000000…00000000[00]00000000…0000000000000000 (256 bytes)"
        );
        assert_eq!(
            right,
            "0000000000000000…00000000[01]00000000…0000000000000000 (256 bytes)"
        );
    }
}
