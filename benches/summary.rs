//! The table at the end of `cargo bench`, and what can be read from it.

use std::fs;
use std::path::PathBuf;

use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};

use crate::encryption::{
    self, AES_OPEN, AES_SEAL, MOST_FOR_RSA, RECORD, RSA_BLOCK, RSA_DECRYPT, RSA_ENCRYPT, SIZES,
};
use crate::growth;
use crate::handshake;
use crate::key_exchange::{self, X25519};
use crate::measured::Measured;
use crate::picture;
use crate::signatures;

/// The groups, in the order they are shown.
const GROUPS: [&str; 5] = [
    encryption::GROUP,
    signatures::GROUP,
    growth::GROUP,
    key_exchange::GROUP,
    handshake::GROUP,
];

/// Prints the table and its reading, and draws the picture.
pub fn print(measured: &Measured) {
    println!();
    for group in GROUPS {
        print_group(measured, group);
    }
    print_reading(measured);
    print_missing(measured);
    draw(measured);
}

fn print_group(measured: &Measured, group: &str) {
    let mut rows: Vec<[String; 6]> = measured
        .of_group(group)
        .map(|(operation, time)| {
            let throughput = (operation.bytes > 0 && operation.size == operation.bytes)
                .then(|| per_second(operation.bytes as f64 * 1e9 / time.median, "B/s"));
            [
                operation.name.to_owned(),
                size(group, operation.name, operation.size),
                format!(
                    "{} [{} – {}]",
                    shown(time.median),
                    shown(time.low),
                    shown(time.high)
                ),
                per_second(1e9 / time.median, "/s"),
                throughput.unwrap_or_default(),
                times_aes(measured, time.median, operation.bytes),
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

/// RSA on messages that nobody would wait for: so many blocks, each at the price that it has in
/// the largest message that was measured.
fn extrapolated_rows(measured: &Measured) -> Vec<[String; 6]> {
    let longer = SIZES.into_iter().filter(|&bytes| bytes > MOST_FOR_RSA);
    let rows = [RSA_ENCRYPT, RSA_DECRYPT].map(|name| {
        longer.clone().filter_map(move |bytes| {
            let median = extrapolated(measured, name, bytes)?;
            Some([
                format!("{name}, extrapolated"),
                bytes_shown(bytes),
                format!("≈ {}", shown(median)),
                per_second(1e9 / median, "/s"),
                per_second(bytes as f64 * 1e9 / median, "B/s"),
                times_aes(measured, median, bytes),
            ])
        })
    });
    rows.into_iter().flatten().collect()
}

/// The time of an RSA operation on a message that was not measured.
pub fn extrapolated(measured: &Measured, name: &str, bytes: usize) -> Option<f64> {
    let largest = measured.time(encryption::GROUP, name, MOST_FOR_RSA)?.median;
    let blocks = |bytes: usize| bytes.div_ceil(RSA_BLOCK) as f64;
    Some(largest * blocks(bytes) / blocks(MOST_FOR_RSA))
}

/// The time AES-128-GCM takes for this many bytes: measured, or between the two sizes that were.
fn yardstick(measured: &Measured, bytes: usize) -> Option<f64> {
    if bytes == 0 {
        return None;
    }
    let time = |size| Some(measured.time(encryption::GROUP, AES_SEAL, size)?.median);
    let above = SIZES.into_iter().find(|&size| size >= bytes)?;
    let Some(below) = SIZES.into_iter().rev().find(|&size| size < bytes) else {
        return time(above);
    };
    let share = (bytes - below) as f64 / (above - below) as f64;
    Some(time(below)? * (1.0 - share) + time(above)? * share)
}

fn times_aes(measured: &Measured, median: f64, bytes: usize) -> String {
    match yardstick(measured, bytes) {
        Some(aes) => significant(median / aes),
        None => "–".to_owned(),
    }
}

fn print_reading(measured: &Measured) {
    let time = |group, name, size| Some(measured.time(group, name, size)?.median);
    let aes_per_byte = time(encryption::GROUP, AES_SEAL, SIZES[SIZES.len() - 1])
        .map(|time| time / (1 << 20) as f64);
    let as_bytes = |median: f64| Some(bytes_shown((median / aes_per_byte?) as usize));

    for (name, what) in [(RSA_ENCRYPT, "encryption"), (RSA_DECRYPT, "decryption")] {
        if let Some(bytes) = time(encryption::GROUP, name, RSA_BLOCK).and_then(as_bytes) {
            println!(
                "RSA-2048 {what} of {RSA_BLOCK} bytes costs as much as AES-128-GCM on {bytes}."
            );
        }
    }
    let ring = time(encryption::GROUP, "AES-128-GCM seal, ring", RECORD);
    if let (Some(ours), Some(ring)) = (time(encryption::GROUP, AES_SEAL, RECORD), ring) {
        let ratio = significant(ours / ring);
        println!("Our AES-128-GCM takes {ratio} times as long as ring's on a record of 16 KiB.");
    }
    print_ratio_in_each_library(measured);
    for (name, theory) in growth::THEORY {
        let sizes = growth::BITS.map(|bits| Some((bits as f64, time(growth::GROUP, name, bits)?)));
        let sizes: Vec<(f64, f64)> = sizes.into_iter().flatten().collect();
        if let Some(exponent) = fitted_exponent(&sizes) {
            println!("{name}: bits to the power of {exponent:.1}; in theory {theory}.");
        }
    }
    print_handshake(measured, as_bytes);
    print_protocol(measured);
}

/// What a protocol adds to its operations: next to nothing.
fn print_protocol(measured: &Measured) {
    let both = |[whole, alone]: [&str; 2], size| {
        let time = |name| Some(measured.time(handshake::GROUP, name, size)?.median);
        Some((time(whole)?, time(alone)?))
    };
    for names in [handshake::ECDHE, handshake::RSA] {
        if let Some((whole, alone)) = both(names, 0) {
            let percent = (whole / alone - 1.0) * 100.0;
            println!(
                "A handshake, {}: {}, {percent:+.1} % beside its operations.",
                names[0],
                shown(whole)
            );
        }
    }
    for names in [handshake::SEAL, handshake::OPEN] {
        if let Some((whole, alone)) = both(names, RECORD) {
            let percent = alone / whole * 100.0;
            println!(
                "{}: {percent:.0} % of the speed of aes-gcm alone.",
                names[0]
            );
        }
    }
}

/// The same ratio in three libraries: it belongs to the mathematics.
fn print_ratio_in_each_library(measured: &Measured) {
    let longest = SIZES[SIZES.len() - 1];
    let libraries = [
        ("ours", ""),
        ("ring", ", ring"),
        ("aws-lc-rs", ", aws-lc-rs"),
    ];
    let ratios = libraries.map(|(library, suffix)| {
        let time = |group, name: &str, size| {
            let name = format!("{name}{suffix}");
            Some(measured.time(group, &name, size)?.median)
        };
        let sign = time(signatures::GROUP, signatures::SIGN, signatures::BYTES)?;
        let aes = time(encryption::GROUP, AES_SEAL, longest)?;
        let bytes = bytes_shown((sign / aes * longest as f64) as usize);
        Some(format!("{library} {bytes}"))
    });
    if let Some(ratios) = ratios.into_iter().collect::<Option<Vec<_>>>() {
        let ratios = ratios.join(", ");
        println!("One RSA-2048 signature costs as much as AES-128-GCM on: {ratios}.");
    }
}

/// What one handshake costs either side, and after how many bytes it is paid off.
fn print_handshake(measured: &Measured, as_bytes: impl Fn(f64) -> Option<String>) {
    let time = |group, name, size| Some(measured.time(group, name, size)?.median);
    let sign = time(signatures::GROUP, signatures::SIGN, signatures::BYTES);
    let verify = time(signatures::GROUP, signatures::VERIFY, signatures::BYTES);
    let exchange = time(key_exchange::GROUP, X25519, key_exchange::SECRET);
    let transport = [
        key_exchange::TRANSPORT_CLIENT,
        key_exchange::TRANSPORT_SERVER,
    ]
    .map(|side| time(key_exchange::GROUP, side, key_exchange::SECRET));
    let record = time(encryption::GROUP, AES_OPEN, RECORD);

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
            let (records, cost) = (significant(cost / record), shown(cost));
            println!(
                "{side}: {cost}, as much as {records} records of 16 KiB; paid off after {bytes}."
            );
        }
    }
}

/// The exponent of the power law that fits best: the slope of the line through the logarithms.
fn fitted_exponent(points: &[(f64, f64)]) -> Option<f64> {
    if points.len() < 2 {
        return None;
    }
    let logs: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let count = logs.len() as f64;
    let mean = |part: fn(&(f64, f64)) -> f64| logs.iter().map(part).sum::<f64>() / count;
    let (x, y) = (mean(|log| log.0), mean(|log| log.1));
    let covariance: f64 = logs.iter().map(|log| (log.0 - x) * (log.1 - y)).sum();
    let variance: f64 = logs.iter().map(|log| (log.0 - x).powi(2)).sum();
    Some(covariance / variance)
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

fn draw(measured: &Measured) {
    let Some(svg) = picture::draw(measured) else {
        println!(
            "\nNo picture: it needs the group `{}` whole.",
            encryption::GROUP
        );
        return;
    };
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("speed.svg");
    match fs::write(&path, svg) {
        Ok(()) => println!("\nPicture: {}", path.display()),
        Err(error) => eprintln!("\nNo picture: {}: {error}", path.display()),
    }
}

fn size(group: &str, name: &str, size: usize) -> String {
    match group {
        growth::GROUP if name.starts_with("RSA") || name.starts_with("AES") => {
            format!("{size} bits")
        }
        _ if size == 0 => String::new(),
        _ => bytes_shown(size),
    }
}

/// Bytes in the largest unit that leaves a number of at least one.
fn bytes_shown(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KiB", significant(bytes as f64 / 1024.0)),
        _ => format!("{} MiB", significant(bytes as f64 / 1_048_576.0)),
    }
}

/// Nanoseconds in the largest unit that leaves a number of at least one.
fn shown(nanoseconds: f64) -> String {
    let (unit, name) = match nanoseconds {
        ..1e3 => (1.0, "ns"),
        ..1e6 => (1e3, "µs"),
        ..1e9 => (1e6, "ms"),
        _ => (1e9, "s"),
    };
    format!("{} {name}", significant(nanoseconds / unit))
}

fn per_second(rate: f64, unit: &str) -> String {
    let (scale, prefix) = match rate {
        ..1e3 => (1.0, ""),
        ..1e6 => (1e3, "k"),
        ..1e9 => (1e6, "M"),
        _ => (1e9, "G"),
    };
    format!("{} {prefix}{unit}", significant(rate / scale))
}

/// Three digits, and no more than one after the point where there are two before it.
fn significant(number: f64) -> String {
    match number {
        ..10.0 => format!("{number:.2}"),
        ..100.0 => format!("{number:.1}"),
        _ => {
            let digits = format!("{number:.0}");
            let groups = digits.as_bytes().rchunks(3).rev();
            groups
                .map(String::from_utf8_lossy)
                .collect::<Vec<_>>()
                .join(",")
        }
    }
}
