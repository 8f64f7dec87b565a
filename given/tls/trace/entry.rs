//! A message in the trace, as values.

use std::ops::Range;

use super::values::{printable_alert, printable_level};
use crate::tls::handshake::Handshake;
use crate::tls::messages::ServerHello;
use crate::tls::names::ContentType;
use crate::tls::passed::{Direction, Passed};

/// A message in the trace. Its [`Display`](std::fmt::Display) is its lines of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which way it went.
    pub direction: Direction,
    /// What kind of content its record has.
    pub content_type: ContentType,
    /// What it is called: `ClientHello`, `Alert`, `application data`.
    pub name: String,
    /// The step of the handshake that it belongs to, counted from 1.
    pub step: Option<u8>,
    /// How many bytes it has, before it is sealed or after it is opened.
    pub length: usize,
    /// Those bytes, including the header of a handshake message. The bytes of application data are
    /// not kept.
    pub bytes: Vec<u8>,
    /// What it says, in the order of its bytes. A message that nothing here can read has no fields.
    pub fields: Vec<Field>,
    /// Whether it could not be read to its end. It may still have the fields before that.
    pub is_malformed: bool,
    /// Whether its record was protected.
    pub is_protected: bool,
}

/// A field of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What it is called: `random`.
    pub name: String,
    /// What it says, for a human to read: long values are cut. `None` for an extension of which
    /// nothing but the name is known here.
    pub value: Option<String>,
    /// Where it is in [`Entry::bytes`], without the length before it. For an extension without
    /// content, which says yes by being there, this is the place of its type and length.
    pub range: Range<usize>,
    /// The fields inside it. Their ranges lie within its own.
    pub parts: Vec<Field>,
}

impl Field {
    /// A field with this value, and without parts.
    pub(crate) fn new(name: &str, value: impl Into<String>, range: Range<usize>) -> Field {
        Field {
            name: name.to_owned(),
            value: Some(value.into()),
            range,
            parts: vec![],
        }
    }
}

impl Entry {
    /// The part of an entry that is the same in every version: everything but the step and the
    /// fields of handshake messages.
    pub(crate) fn new(passed: &Passed) -> Entry {
        let mut entry = Entry {
            direction: passed.direction,
            content_type: passed.content_type,
            name: name(passed),
            step: None,
            length: passed.length,
            bytes: passed.content.clone(),
            fields: vec![],
            is_malformed: false,
            is_protected: passed.is_protected,
        };
        if passed.content_type == ContentType::Alert {
            match passed.content[..] {
                [level, code] => {
                    entry.fields = vec![
                        Field::new("level", printable_level(level), 0..1),
                        Field::new("description", printable_alert(code), 1..2),
                    ];
                }
                _ => entry.is_malformed = true,
            }
        }
        entry
    }
}

fn name(passed: &Passed) -> String {
    let name = match passed.content_type {
        ContentType::ChangeCipherSpec => "ChangeCipherSpec",
        ContentType::ApplicationData => "application data",
        ContentType::Alert => "Alert",
        ContentType::Handshake => {
            let message = Handshake::passed(passed);
            let is_retry = |message: &Handshake| {
                let hello = message.parse::<ServerHello>();
                hello.is_ok_and(|hello| hello.is_retry())
            };
            if message.as_ref().is_some_and(is_retry) {
                return "HelloRetryRequest".to_owned();
            }
            let kind = message.and_then(|message| message.kind());
            return kind.map_or("an unknown message".to_owned(), |kind| format!("{kind:?}"));
        }
    };
    name.to_owned()
}
