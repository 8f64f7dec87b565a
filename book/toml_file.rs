//! TOML files of a fixed form, and errors that name the line.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong with a file, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct TomlError {
    /// The file, and the line if one can be named.
    pub place: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for TomlError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.message)
    }
}

impl Error for TomlError {}

/// The text of a file, and its name.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The file, as a reader would type it.
    pub name: String,
    /// What is in it.
    pub text: String,
}

impl Source {
    /// Reads the file with `read`, which takes its outermost table; its fields are `known`.
    ///
    /// # Errors
    /// It is not TOML, or not of the form that `read` expects.
    pub fn read<T>(
        &self,
        known: &[&str],
        read: impl FnOnce(&Fields<'_>) -> Result<T, TomlError>,
    ) -> Result<T, TomlError> {
        let table = DeTable::parse(&self.text)
            .map_err(|error| self.error(error.span().as_ref(), error.message()))?;
        read(&Fields::of(self, table.get_ref(), &table.span(), known)?)
    }

    /// The line, counted from 1, on which `span` begins.
    pub fn line(&self, span: &Range<usize>) -> usize {
        let before = &self.text[..span.start.min(self.text.len())];
        before.matches('\n').count() + 1
    }

    /// File and line of `span`.
    pub fn place(&self, span: &Range<usize>) -> String {
        format!("{}:{}", self.name, self.line(span))
    }

    /// An error about what is at `span`.
    pub fn error(&self, span: Option<&Range<usize>>, message: &str) -> TomlError {
        TomlError {
            place: span.map_or_else(|| self.name.clone(), |span| self.place(span)),
            message: message.to_owned(),
        }
    }
}

/// The fields of a table.
#[derive(Debug)]
pub struct Fields<'a> {
    source: &'a Source,
    table: &'a DeTable<'a>,
    span: Range<usize>,
}

impl<'a> Fields<'a> {
    /// The fields of `table`, each of which is one of the `known`.
    fn of(
        source: &'a Source,
        table: &'a DeTable<'a>,
        span: &Range<usize>,
        known: &[&str],
    ) -> Result<Fields<'a>, TomlError> {
        let is_unknown = |key: &&Spanned<_>| {
            let key: &Spanned<std::borrow::Cow<'_, str>> = key;
            !known.contains(&key.get_ref().as_ref())
        };
        if let Some(key) = table.keys().find(is_unknown) {
            let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            let (name, known) = (key.get_ref(), known.join(", "));
            let message = format!("unknown field `{name}`, expected one of {known}");
            return Err(source.error(Some(&key.span()), &message));
        }
        Ok(Fields {
            source,
            table,
            span: span.clone(),
        })
    }

    fn optional(&self, name: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(name)
    }

    fn required(&self, name: &str) -> Result<&'a Spanned<DeValue<'a>>, TomlError> {
        let missing = || {
            let message = format!("missing field `{name}`");
            self.source.error(Some(&self.span), &message)
        };
        self.optional(name).ok_or_else(missing)
    }

    fn wrong(&self, value: &Spanned<DeValue<'_>>, name: &str, wanted: &str) -> TomlError {
        let message = format!("`{name}` is not {wanted}");
        self.source.error(Some(&value.span()), &message)
    }

    /// A string.
    ///
    /// # Errors
    /// It is missing, or of another type.
    pub fn text(&self, name: &str) -> Result<Spanned<String>, TomlError> {
        let value = self.required(name)?;
        match value.get_ref().as_str() {
            Some(text) => Ok(Spanned::new(value.span(), text.to_owned())),
            None => Err(self.wrong(value, name, "a string")),
        }
    }

    /// A string that may be missing.
    ///
    /// # Errors
    /// It is of another type.
    pub fn optional_text(&self, name: &str) -> Result<Option<Spanned<String>>, TomlError> {
        let is_there = self.optional(name).is_some();
        is_there.then(|| self.text(name)).transpose()
    }

    /// A number that is not negative.
    ///
    /// # Errors
    /// It is missing, or of another type.
    pub fn number(&self, name: &str) -> Result<u32, TomlError> {
        let value = self.required(name)?;
        // toml returns the digits as they are written, and the radix of their prefix.
        let number = value.get_ref().as_integer();
        let number =
            number.and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
        number.ok_or_else(|| self.wrong(value, name, "a number"))
    }

    /// A list of strings.
    ///
    /// # Errors
    /// It is missing, or of another type.
    pub fn texts(&self, name: &str) -> Result<Vec<String>, TomlError> {
        let value = self.required(name)?;
        let array = value.get_ref().as_array();
        let text = |value: &Spanned<DeValue<'_>>| value.get_ref().as_str().map(str::to_owned);
        let texts = array.and_then(|array| array.iter().map(text).collect());
        texts.ok_or_else(|| self.wrong(value, name, "a list of strings"))
    }

    /// A list of strings, empty if it is missing.
    ///
    /// # Errors
    /// It is of another type.
    pub fn optional_texts(&self, name: &str) -> Result<Vec<String>, TomlError> {
        match self.optional(name) {
            Some(_) => self.texts(name),
            None => Ok(Vec::new()),
        }
    }

    /// Tables, each read with `read`; their fields are `known`. Empty if they are missing.
    ///
    /// # Errors
    /// It is not a list of tables, or one of them can't be read.
    pub fn tables<T>(
        &self,
        name: &str,
        known: &[&str],
        read: impl Fn(&Fields<'_>) -> Result<T, TomlError>,
    ) -> Result<Vec<T>, TomlError> {
        let Some(value) = self.optional(name) else {
            return Ok(Vec::new());
        };
        let wrong = || self.wrong(value, name, "a list of tables");
        let array = value.get_ref().as_array().ok_or_else(wrong)?;
        let read_one = |item: &'a Spanned<DeValue<'a>>| {
            let table = item.get_ref().as_table().ok_or_else(wrong)?;
            read(&Fields::of(self.source, table, &item.span(), known)?)
        };
        array.iter().map(read_one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Row {
        name: String,
        count: u32,
        more: Vec<String>,
        rows: Vec<String>,
    }

    fn read(text: &str) -> Result<Row, TomlError> {
        let source = Source {
            name: "file.toml".to_owned(),
            text: text.to_owned(),
        };
        source.read(&["name", "count", "more", "row"], |fields| {
            Ok(Row {
                name: fields.text("name")?.into_inner(),
                count: fields.number("count")?,
                more: fields.optional_texts("more")?,
                rows: fields.tables("row", &["a"], |row| Ok(row.text("a")?.into_inner()))?,
            })
        })
    }

    #[test]
    fn fields_are_read_by_their_types() {
        let row = Row {
            name: "é".to_owned(),
            count: 16,
            more: vec!["b".to_owned()],
            rows: vec!["1".to_owned(), "2".to_owned()],
        };
        let text = "name = 'é'\ncount = 0x10\nmore = [\"b\"]\n[[row]]\na = '1'\n[[row]]\na = '2'\n";
        assert_eq!(read(text), Ok(row));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, complaint) in [
            ("name = 'a'\ncount = -1", "2: `count` is not a number"),
            ("count = 1\nname = 2", "2: `name` is not a string"),
            ("name = 'a'\n", "1: missing field `count`"),
            (
                "name = 'a'\ncount = 1\n\nmore = [1]",
                "4: `more` is not a list of strings",
            ),
            (
                "name = 'a'\ncount = 1\nrow = [1]",
                "3: `row` is not a list of tables",
            ),
            ("name = 'a'\ncount = 1\n[[row]]\n", "3: missing field `a`"),
            (
                "name = 'a'\ncount = 1\n[[row]]\na = '1'\nb = 1",
                "5: unknown field `b`, expected one of `a`",
            ),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!(error.to_string(), format!("file.toml:{complaint}"));
        }
        assert_eq!(read("\nname =").unwrap_err().place, "file.toml:2");
    }
}
