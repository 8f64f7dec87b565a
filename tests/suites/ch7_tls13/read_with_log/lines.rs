//! Lines of a key log.

use fixtures::strategies::{array, bit};
use harness::show::{Piece, Show, Words};
use harness::{notes, same, think_of, with};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::NEEDED;
use crate::subject::ch7_tls13::logged_secret;

harness::suite! {
    exercise "7.12" {
        /// the line with this label and this client random is found, whatever other lines there are
        #[think = "Label and client random must both be those that are asked for. What do you do with a line of another form?"]
        #[cases = 64]
        fn the_line_is_found({log} in logs(), {place} in any::<Index>(), {is_upper} in any::<bool>()) {
            let asked = &log[place.index(log.len())];
            let Line { label, random, secret } = asked;
            let first = log.iter().find(|line| line.label == *label && line.random == *random);
            let expected = first.map(|line| line.secret);
            let lines: String = log.iter().map(|line| line.text(is_upper)).collect();
            // The smallest case has only what is needed for the failure.
            if is_upper && asked.text(true) != asked.text(false) {
                think_of!("RFC 9850 §2 lets the digits of a key log be of either case. Which do you read?");
            }
            if log.iter().filter(|line| line.label == *label && line.random == *random).count() > 1 {
                think_of!("More than one line has this label and this client random. Which one counts?");
            }
            let noise = "# a comment\n\nCLIENT_RANDOM\nnot a line of a key log\n";
            finds!(noise.to_owned() + &lines, label, random, expected);
            finds!(lines.replace('\n', "\r\n"), label, random, expected);
            // Without a line break at the end.
            let one = asked.text(is_upper);
            finds!(one.trim_end(), label, random, Some(*secret));
            think_of!("RFC 9850 §2 lets each digit of a key log be of either case. Do you read a line that has both?");
            let digits = |bytes: &[u8]| bytes.iter().map(|byte| format!("{:x}{:X}", byte >> 4, byte & 15)).collect::<String>();
            let mixed = format!("{label} {} {}\n", digits(random), digits(secret));
            finds!(mixed, label, random, Some(*secret));
            let (lower, upper) = (asked.text(false), asked.text(true));
            // Up to the secret.
            let place = label.len() + 66;
            finds!(lower[..place].to_owned() + &upper[place..], label, random, Some(*secret));
            finds!(upper[..place].to_owned() + &lower[place..], label, random, Some(*secret));
        }

        /// a line of another connection, with another label or of another form is ignored, and the line after it is found
        #[think = "Is it this label, not one that only begins like it? Are there exactly 64 hex digits?"]
        #[cases = 8]
        fn other_lines_are_ignored({random} in array::<32>(), {secret} in array::<32>(), {wrong} in bit()) {
            let line = Line { label: NEEDED[2].to_owned(), random, secret };
            let other = Line { random: wrong.flipped(&random).try_into().expect("32 bytes"), ..line.clone() };
            for label in ["CLIENT_TRAFFIC_SECRET_1", "CLIENT_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_00", "client_traffic_secret_0", "SERVER_TRAFFIC_SECRET_0", ""] {
                finds!(line.text(false), label, &random, None);
            }
            finds!(line.text(false), &line.label, &random, Some(secret));
            let twice = Line { secret: random, ..line.clone() };
            finds!(twice.text(false), &line.label, &random, Some(random));
            think_of!("The line is of another connection. Do you compare the client random with all 32 bytes in the line?");
            finds!(other.text(false), &line.label, &random, None);
            // The same difference in two places is not none.
            for places in [&[0][..], &[15], &[16], &[31], &[0, 31], &[15, 16]] {
                let mut near = line.clone();
                places.iter().for_each(|place| near.random[*place] ^= 1);
                finds!(near.text(false), &line.label, &random, None);
            }
            let whole = line.text(false);
            let whole = whole.trim_end();
            let short = &whole[..whole.len() - 2];
            let (before, after) = whole.split_at(line.label.len() + 65);
            // The two bytes of the letter are not the two digits of one byte.
            let odd = format!("{}é0", &short[..short.len() - 1]);
            let (longer, digits) = (format!("{before}00{after}"), &after[1..]);
            let (label, digits_of_random) = before.split_at(line.label.len() + 1);
            let more = "0".repeat(32);
            think_of!("The three are separated by single spaces, and there are none before or after them. What does your code split at?");
            for bad in [&whole.replace(' ', "  "), &whole.replace(' ', "\t"), &whole.replace(' ', "\u{a0}"), &format!(" {whole}"), &format!("{whole} "), &format!("{before} "), &format!("\t{whole}"), &format!("{whole}\t")] {
                finds!(bad, &line.label, &random, None);
                finds!(format!("{bad}\n{whole}"), &line.label, &random, Some(secret));
            }
            for other in ["\t", ":", "=", ",", "-", "_", "0", ""] {
                finds!(whole.replacen(' ', other, 1), &line.label, &random, None);
                finds!(format!("{before}{other}{digits}"), &line.label, &random, None);
            }
            think_of!("A line ends with LF or with CR LF. Does anything else end a line in your code?");
            for end in ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}'] {
                finds!(format!("other{end}{whole}"), &line.label, &random, None);
                finds!(format!("{whole}{end}other"), &line.label, &random, None);
            }
            finds!(format!("{whole}\r\r\n"), &line.label, &random, None);
            for bad in [short, &short[..short.len() - 1], &format!("{short}zz"), &format!("{short}é"), &odd,
                &format!("{whole}00"), &format!("{whole} 00"), &format!("#{whole}"), &format!("# {whole}"), &format!("{whole}#"),
                &format!("{short}+1"), &whole[..line.label.len()], &whole[..line.label.len() + 65],
                &whole.replacen(' ', " zz", 1), &longer, &format!("\u{feff}{whole}"), "",
                &format!("{whole}0"), &format!("{whole}{more}"), &format!("{whole}:"), &format!("{short}0g"),
                &format!("{whole};"), &format!("{whole}\0"), &format!("{before} \"{digits}\""),
                &format!("{before} +{}", &digits[1..]), &format!("{before} {}+{}", &digits[..32], &digits[33..]), &format!("{before} 0x{digits}"),
                &format!("{label}+{}{after}", &digits_of_random[1..]),
                &format!("{}\u{ff10}", &whole[..whole.len() - 1])] {
                if bad.starts_with(before) {
                    think_of!("Label and random are right. Are there exactly 64 characters after them, and is each a hex digit?");
                } else {
                    notes::think(None);
                }
                finds!(bad, &line.label, &random, None);
                finds!(format!("{bad}\n{whole}"), &line.label, &random, Some(secret));
            }
        }
    }
}

/// What `logged_secret` must find. The report shows the log as it was given.
macro_rules! finds {
    ($log:expr, $label:expr, $random:expr, $expected:expr) => {{
        let (log, label, random): (&str, &str, &[u8; 32]) = (&$log, $label, $random);
        with!("log" = Words(visible(log)));
        with!("label" = label);
        with!("random" = random);
        same!(
            logged_secret(log, label, random),
            $expected,
            "logged_secret(&log, label, &random)"
        );
    }};
}

use finds;

/// A log as the learner reads it: what can't be seen is escaped, except for the ends of lines and
/// for the spaces of a line that has single ones only, between words.
fn visible(log: &str) -> String {
    let lines = log.trim_end_matches('\n').split('\n').map(|line| {
        let is_single = line.trim_matches(' ') == line && !line.contains("  ");
        let letters = line.chars().map(|letter| match letter {
            ' ' if is_single => " ".to_owned(),
            ' ' => "\\x20".to_owned(),
            _ if letter.is_ascii_graphic() => letter.to_string(),
            _ => letter.escape_default().to_string(),
        });
        letters.collect::<String>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A line of a key log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    label: String,
    random: [u8; 32],
    secret: [u8; 32],
}

impl Show for Line {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::Text(self.text(false).trim_end().to_owned())]
    }
}

impl Line {
    pub(super) fn text(&self, is_upper: bool) -> String {
        let hex = |bytes: &[u8]| -> String {
            let digits = bytes.iter().map(|byte| match is_upper {
                true => format!("{byte:02X}"),
                false => format!("{byte:02x}"),
            });
            digits.collect()
        };
        format!(
            "{} {} {}\n",
            self.label,
            hex(&self.random),
            hex(&self.secret)
        )
    }
}

/// Lines of a few connections. Some lines have the same label, and some the same client random.
pub(super) fn logs() -> BoxedStrategy<Vec<Line>> {
    let labels = [
        &NEEDED[..],
        &[
            "EXPORTER_SECRET",
            "CLIENT_TRAFFIC_SECRET_1",
            "CLIENT_RANDOM",
        ],
    ]
    .concat();
    let line = (select(labels), 0..3_usize, array::<32>());
    (
        array::<32>(),
        array::<32>(),
        array::<32>(),
        prop::collection::vec(line, 1..=12),
    )
        .prop_map(|(first, second, third, lines)| {
            let randoms = [first, second, third];
            let line = |(label, which, secret): (&str, usize, [u8; 32])| Line {
                label: label.to_owned(),
                random: randoms[which],
                secret,
            };
            lines.into_iter().map(line).collect()
        })
        .boxed()
}
