//! Where the fields of a message are.

use std::ops::Range;

use super::codec::Reader;

/// The places of a message's fields, in the order in which they were read.
///
/// The code that reads a message notes them here, so that the trace need not parse it again.
#[derive(Debug, Default)]
pub(crate) struct Places {
    named: Vec<(&'static str, Range<usize>)>,
    extensions: Vec<Range<usize>>,
}

impl Places {
    /// Notes where the field with this name is. Returns it, to be read.
    pub(crate) fn note<'a>(&mut self, name: &'static str, field: Reader<'a>) -> Reader<'a> {
        self.named.push((name, field.range()));
        field
    }

    /// Notes where the next extension is.
    pub(crate) fn note_extension(&mut self, range: Range<usize>) {
        self.extensions.push(range);
    }

    /// Where the field of this name is.
    ///
    /// # Panics
    /// No such field was noted.
    pub(crate) fn of(&self, name: &str) -> Range<usize> {
        let mut named = self.named.iter();
        let found = named.find(|(noted, _)| *noted == name);
        found.expect("every field is noted").1.clone()
    }

    /// Where the extensions are, in their order.
    pub(crate) fn extensions(&self) -> &[Range<usize>] {
        &self.extensions
    }
}
