//! The trace as text, for a terminal.

use std::fmt;
use std::net::SocketAddr;

use super::entry::{Entry, Field};
use super::values::{WARNING, counted, hex};
use crate::tls::handshake::HEADER;
use crate::tls::names::ContentType;
use crate::tls::passed::Direction;

/// How wide the column of names is.
const NAMES: usize = 23;

/// The line for the layer beneath, TCP, whose handshake the operating systems have completed.
pub fn connected(client: SocketAddr, server: SocketAddr) -> String {
    format!("  TCP     {client} ── SYN ──▶  ◀── SYN, ACK ──  ── ACK ──▶ {server}\n")
}

/// The line for an end that TCP reports, by a FIN or a RST, before the peer has said that it sends no
/// more.
pub fn cut_off(peer: SocketAddr) -> String {
    format!(
        "  TCP     {peer} has ended the connection, or someone on the way has: no close_notify\n"
    )
}

/// The lines of an entry, each with a line end.
impl fmt::Display for Entry {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arrow = match (self.direction, self.is_protected) {
            (Direction::Sent, false) => "──▶",
            (Direction::Sent, true) => "══▶",
            (Direction::Received, false) => "◀──",
            (Direction::Received, true) => "◀══",
        };
        match self.step {
            Some(step) => write!(out, "{step} {arrow} ")?,
            None => write!(out, "  {arrow} ")?,
        }
        match self.content_type {
            ContentType::Alert => write_alert(out, self)?,
            _ => write!(out, "{}", self.name)?,
        }
        writeln!(out, ", {}", counted(self.length, "byte"))?;
        // The fields of an alert are in its line already.
        if self.content_type == ContentType::Handshake {
            write_fields(out, self)?;
        }
        Ok(())
    }
}

/// `Alert: unknown_ca`, or `Alert (warning): no_renegotiation`.
fn write_alert(out: &mut fmt::Formatter<'_>, alert: &Entry) -> fmt::Result {
    let Entry { name, fields, .. } = alert;
    let mut values = fields.iter().filter_map(|field| field.value.as_deref());
    match (values.next(), values.next()) {
        (Some(WARNING), Some(description)) => write!(out, "{name} (warning): {description}"),
        (Some(_), Some(description)) => write!(out, "{name}: {description}"),
        _ => write!(out, "{name}, malformed"),
    }
}

/// A line for each field, and one line for all fields of which only the name is known.
fn write_fields(out: &mut fmt::Formatter<'_>, message: &Entry) -> fmt::Result {
    for field in &message.fields {
        write_field(out, &field.name, field)?;
        for part in &field.parts {
            write_field(out, &format!("  {}", part.name), part)?;
        }
    }
    let others = message.fields.iter().filter(|field| field.value.is_none());
    let others: Vec<&str> = others.map(|field| field.name.as_str()).collect();
    if !others.is_empty() {
        write_line(out, "and", &others.join(", "))?;
    }
    if message.is_malformed {
        let body = message.bytes.get(HEADER..).unwrap_or_default();
        write_line(out, "malformed", &hex(body))?;
    }
    Ok(())
}

fn write_field(out: &mut fmt::Formatter<'_>, name: &str, field: &Field) -> fmt::Result {
    match &field.value {
        Some(value) => write_line(out, name, value),
        None => Ok(()),
    }
}

fn write_line(out: &mut fmt::Formatter<'_>, name: &str, value: &str) -> fmt::Result {
    writeln!(out, "        {name:NAMES$} {value}")
}
