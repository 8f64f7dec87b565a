//! Bytes, times and rates as text: three digits and a unit.

/// Bytes in the largest unit that leaves a number of at least one.
pub fn bytes(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KiB", significant(bytes as f64 / 1024.0)),
        _ => format!("{} MiB", significant(bytes as f64 / 1_048_576.0)),
    }
}

/// Nanoseconds in the largest unit that leaves a number of at least one.
pub fn time(nanoseconds: f64) -> String {
    let (unit, name) = match nanoseconds {
        ..1e3 => (1.0, "ns"),
        ..1e6 => (1e3, "µs"),
        ..1e9 => (1e6, "ms"),
        _ => (1e9, "s"),
    };
    format!("{} {name}", significant(nanoseconds / unit))
}

/// A rate in `unit`, which is a count or a number of bytes per second.
pub fn per_second(rate: f64, unit: &str) -> String {
    let (scale, prefix) = match rate {
        ..1e3 => (1.0, ""),
        ..1e6 => (1e3, "k"),
        ..1e9 => (1e6, "M"),
        _ => (1e9, "G"),
    };
    format!("{} {prefix}{unit}", significant(rate / scale))
}

/// A number of things: `1 round trip`, `2 round trips`.
pub fn counted(number: u32, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        number => format!("{number} {thing}s"),
    }
}

/// Three digits, or all digits before the point if there are more. Small numbers have two after the
/// point.
pub fn significant(number: f64) -> String {
    match number {
        // A number closer to 10 than to 9.99 is 10, which has three digits as 10.0.
        ..9.995 => format!("{number:.2}"),
        ..99.95 => format!("{number:.1}"),
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

/// Bytes at an axis, where there is only room for a whole number.
pub fn bytes_label(bytes: f64) -> String {
    match bytes {
        ..1024.0 => format!("{bytes:.0} B"),
        ..1_048_576.0 => format!("{:.0} KiB", bytes / 1024.0),
        _ => format!("{:.0} MiB", bytes / 1_048_576.0),
    }
}

/// Nanoseconds at an axis, where there is only room for a whole number.
pub fn time_label(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1e3 => format!("{nanoseconds:.0} ns"),
        ..1e6 => format!("{:.0} µs", nanoseconds / 1e3),
        ..1e9 => format!("{:.0} ms", nanoseconds / 1e6),
        _ => format!("{:.0} s", nanoseconds / 1e9),
    }
}
