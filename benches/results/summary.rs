//! The table at the end of `cargo bench`, and what can be read from it.

use std::fs;
use std::path::Path;

use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};

use crate::measured::Measured;
use crate::numbers::{bytes_sealed_in, extrapolated, fitted_exponent, yardstick};
use crate::operations::encryption::{
    AES_OPEN, AES_SEAL, AES_SEAL_RING, LONGEST, MOST_FOR_RSA, RECORD, RSA_BLOCK, RSA_DECRYPT,
    RSA_ENCRYPT, SIZES,
};
use crate::operations::key_exchange::X25519;
use crate::operations::{encryption, growth, handshake, key_exchange, signatures};
use crate::picture;
use crate::units::{self, per_second, significant};

/// The groups, in the order they are shown.
const GROUPS: [&str; 5] = [
    encryption::GROUP,
    signatures::GROUP,
    growth::GROUP,
    key_exchange::GROUP,
    handshake::GROUP,
];

/// Prints the table and its reading, and draws the picture into the file at `path`.
pub fn print(measured: &Measured, path: &Path) {
    println!();
    for group in GROUPS {
        print_group(measured, group);
    }
    print_reading(measured);
    print_missing(measured);
    draw(measured, path);
}

fn print_group(measured: &Measured, group: &str) {
    let mut rows: Vec<[String; 6]> = measured
        .of_group(group)
        .map(|(operation, time)| {
            // If the size is that of a key, bytes per second would say nothing.
            let throughput = (operation.bytes > 0 && operation.size == operation.bytes)
                .then(|| per_second(operation.bytes as f64 * 1e9 / time.median(), "B/s"));
            [
                operation.name.to_owned(),
                size(group, operation.size),
                format!(
                    "{} [{} – {}]",
                    units::time(time.median()),
                    units::time(time.low()),
                    units::time(time.high())
                ),
                per_second(1e9 / time.median(), "/s"),
                throughput.unwrap_or_default(),
                times_aes(measured, time.median(), operation.bytes),
            ]
        })
        .collect();
    if group == encryption::GROUP {
        rows.extend(extrapolated_rows(measured));
    }
    if rows.is_empty() {
        return;
    }
    let mut table = Table::new();
    table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')));
    let size = if group == growth::GROUP {
        "key"
    } else {
        "message"
    };
    table.set_header([
        group,
        size,
        "median [95 %]",
        "operations",
        "throughput",
        "× AES-128-GCM",
    ]);
    table.add_rows(rows);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    println!("{table}\n");
}

/// RSA on the messages that were too long to be measured.
fn extrapolated_rows(measured: &Measured) -> Vec<[String; 6]> {
    let longer = SIZES.into_iter().filter(|&bytes| bytes > MOST_FOR_RSA);
    let rows = [RSA_ENCRYPT, RSA_DECRYPT].map(|name| {
        longer.clone().filter_map(move |bytes| {
            let median = extrapolated(measured, name, bytes)?;
            Some([
                format!("{name}, extrapolated"),
                units::bytes(bytes),
                format!("≈ {}", units::time(median)),
                per_second(1e9 / median, "/s"),
                per_second(bytes as f64 * 1e9 / median, "B/s"),
                times_aes(measured, median, bytes),
            ])
        })
    });
    rows.into_iter().flatten().collect()
}

fn times_aes(measured: &Measured, median: f64, bytes: usize) -> String {
    match yardstick(measured, bytes) {
        Some(aes) => significant(median / aes),
        None => "–".to_owned(),
    }
}

fn print_reading(measured: &Measured) {
    let time = |group, name, size| measured.median(group, name, size);
    let aes = time(encryption::GROUP, AES_SEAL, LONGEST);
    let as_bytes = |median: f64| Some(units::bytes(bytes_sealed_in(median, aes?)));

    for (name, what) in [(RSA_ENCRYPT, "encryption"), (RSA_DECRYPT, "decryption")] {
        if let Some(bytes) = time(encryption::GROUP, name, RSA_BLOCK).and_then(as_bytes) {
            println!(
                "RSA-2048 {what} of {RSA_BLOCK} bytes costs as much as AES-128-GCM on {bytes}."
            );
        }
    }
    let ring = time(encryption::GROUP, AES_SEAL_RING, RECORD);
    if let (Some(ours), Some(ring)) = (time(encryption::GROUP, AES_SEAL, RECORD), ring) {
        let ratio = significant(ours / ring);
        println!("Our AES-128-GCM takes {ratio} times as long as ring's on a record of 16 KiB.");
    }
    print_ratio_in_each_library(measured);
    for (name, theory) in growth::THEORY {
        let sizes = growth::BITS.map(|bits| Some((bits as f64, time(growth::GROUP, name, bits)?)));
        let sizes: Vec<(f64, f64)> = sizes.into_iter().flatten().collect();
        if let Some(exponent) = fitted_exponent(&sizes) {
            println!(
                "{name}: grows with the bits to the power of {exponent:.1}; in theory {theory}."
            );
        }
    }
    print_handshake(measured, as_bytes);
    print_protocol(measured);
}

/// How many milliseconds a round trip takes, for comparison: from one end of a large country to the
/// other.
const ROUND_TRIP: u32 = 20;

/// What a protocol adds to its operations: next to nothing. Waiting for the network is another
/// matter.
fn print_protocol(measured: &Measured) {
    let both = |[whole, alone]: [&str; 2], size| {
        let time = |name| measured.median(handshake::GROUP, name, size);
        Some((time(whole)?, time(alone)?))
    };
    let [tls_12, tls_13] = handshake::ROUND_TRIPS;
    for (names, round_trips) in [
        (handshake::ECDHE, tls_12),
        (handshake::RSA, tls_12),
        (handshake::TLS_13, tls_13),
    ] {
        if let Some((whole, alone)) = both(names, 0) {
            let percent = (whole / alone - 1.0) * 100.0;
            println!(
                "A handshake, {}: {}, {percent:+.1} % compared with its operations; {} before the \
                 first request, which adds {} ms if a round trip takes {ROUND_TRIP} ms.",
                names[0],
                units::time(whole),
                units::counted(round_trips, "round trip"),
                round_trips * ROUND_TRIP
            );
        }
    }
    for (names, beside) in [
        (handshake::SEAL, "aes-gcm"),
        (handshake::OPEN, "aes-gcm"),
        (handshake::SEAL_13, "exercise 1.3"),
        (handshake::OPEN_13, "exercise 1.3"),
    ] {
        if let Some((whole, alone)) = both(names, RECORD) {
            let percent = alone / whole * 100.0;
            println!(
                "{}: {percent:.0} % of the speed of {beside} alone.",
                names[0]
            );
        }
    }
}

/// The same ratio in three libraries, because it belongs to the mathematics.
fn print_ratio_in_each_library(measured: &Measured) {
    let libraries = [
        ("ours", ""),
        ("ring", ", ring"),
        ("aws-lc-rs", ", aws-lc-rs"),
    ];
    let ratios = libraries.map(|(library, suffix)| {
        let time = |group, name: &str, size| {
            let name = format!("{name}{suffix}");
            measured.median(group, &name, size)
        };
        let sign = time(signatures::GROUP, signatures::SIGN, signatures::BYTES)?;
        let aes = time(encryption::GROUP, AES_SEAL, LONGEST)?;
        let bytes = units::bytes(bytes_sealed_in(sign, aes));
        Some(format!("{library} {bytes}"))
    });
    if let Some(ratios) = ratios.into_iter().collect::<Option<Vec<_>>>() {
        let ratios = ratios.join(", ");
        println!("One RSA-2048 signature costs as much as AES-128-GCM on: {ratios}.");
    }
}

/// What one handshake costs each side, and after how many bytes it has paid off.
fn print_handshake(measured: &Measured, as_bytes: impl Fn(f64) -> Option<String>) {
    let time = |group, name, size| measured.median(group, name, size);
    let sign = time(signatures::GROUP, signatures::SIGN, signatures::BYTES);
    let verify = time(signatures::GROUP, signatures::VERIFY, signatures::BYTES);
    let exchange = time(key_exchange::GROUP, X25519, key_exchange::SECRET);
    let transport = [
        key_exchange::TRANSPORT_CLIENT,
        key_exchange::TRANSPORT_SERVER,
    ]
    .map(|side| time(key_exchange::GROUP, side, key_exchange::SECRET));
    let record = time(encryption::GROUP, AES_OPEN, RECORD);

    // Closures, so that a missing time ends the sum, not the whole function.
    let ecdhe_client = || Some(exchange? + 2.0 * verify?);
    let ecdhe_server = || Some(exchange? + sign?);
    let rsa_client = || Some(transport[0]? + verify?);
    let sides = [
        (
            "ECDHE_RSA handshake, client (X25519, two signatures checked)",
            ecdhe_client(),
        ),
        (
            "ECDHE_RSA handshake, server (X25519, one signature made)",
            ecdhe_server(),
        ),
        (
            "RSA key transport handshake, client (one encryption, one signature checked)",
            rsa_client(),
        ),
        (
            "RSA key transport handshake, server (one decryption)",
            transport[1],
        ),
    ];
    for (side, cost) in sides {
        if let (Some(cost), Some(record)) = (cost, record)
            && let Some(bytes) = as_bytes(cost)
        {
            let (records, cost) = (significant(cost / record), units::time(cost));
            println!(
                "{side}: {cost}, as much as {records} records of 16 KiB; it pays off after {bytes}."
            );
        }
    }
}

fn print_missing(measured: &Measured) {
    let missing: Vec<_> = measured.missing().collect();
    if missing.is_empty() {
        return;
    }
    println!(
        "\nNot measured in this run, and missing above ({}):",
        missing.len()
    );
    for group in GROUPS {
        let of_group: Vec<_> = missing.iter().filter(|row| row.group == group).collect();
        // A group that was left out completely takes one line, not dozens.
        if !of_group.is_empty() && measured.of_group(group).next().is_none() {
            println!("  {group}: all {}", of_group.len());
            continue;
        }
        for operation in of_group {
            println!("  {group}/{}/{}", operation.name, operation.size);
        }
    }
    if yardstick(measured, RSA_BLOCK).is_none() {
        println!(
            "The last column needs `{}/{AES_SEAL}` in the same run.",
            encryption::GROUP
        );
    }
}

fn draw(measured: &Measured, path: &Path) {
    let Some(svg) = picture::draw(measured) else {
        println!(
            "\nNo picture: it needs the whole group `{}`.",
            encryption::GROUP
        );
        return;
    };
    match fs::write(path, svg) {
        Ok(()) => println!("\nPicture: {}", path.display()),
        Err(error) => eprintln!("\nNo picture: {}: {error}", path.display()),
    }
}

fn size(group: &str, size: usize) -> String {
    match group {
        growth::GROUP => format!("{size} bits"),
        _ if size == 0 => String::new(),
        _ => units::bytes(size),
    }
}
