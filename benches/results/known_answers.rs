//! The numbers that `cargo bench` shows, for known times, against numbers computed by hand.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use results::measured::{Measured, Time};
use results::numbers::{bytes_sealed_in, extrapolated, fitted_exponent, yardstick};
use results::operations::Operation;
use results::operations::encryption::{
    self, AES_OPEN, AES_SEAL, AES_SEAL_RING, COPY, HYBRID_OPEN, HYBRID_SEAL, LONGEST, MOST_FOR_RSA,
    RSA_BLOCK, RSA_DECRYPT, RSA_ENCRYPT, SIZES,
};
use results::operations::growth::BITS;
use results::{picture, units};

/// An operation on a message of this many bytes.
fn operation(name: &'static str, bytes: usize) -> Operation {
    Operation {
        group: encryption::GROUP,
        name,
        size: bytes,
        bytes,
    }
}

/// Operations on messages of this many bytes, and the nanoseconds that they took.
fn measured(times: impl IntoIterator<Item = (&'static str, usize, f64)>) -> Measured {
    let row = |(name, bytes, time)| (operation(name, bytes), Time::new(time, time, time));
    times.into_iter().map(row).collect()
}

/// AES-128-GCM with 100 ns for a message and 2 ns for each of its bytes.
fn seal(bytes: usize) -> (&'static str, usize, f64) {
    (AES_SEAL, bytes, 100.0 + 2.0 * bytes as f64)
}

#[track_caller]
fn check_near(actual: Option<f64>, expected: f64) {
    let actual = actual.expect("there is a number");
    let allowed = 1e-9 * expected.abs().max(1.0);
    assert!(
        (actual - expected).abs() <= allowed,
        "{actual} is not {expected}"
    );
}

#[test]
fn a_power_law_gives_its_exponent() {
    for exponent in [-1, 0, 1, 2, 3, 4] {
        let time = |bits: usize| 7.0 * (bits as f64).powi(exponent);
        let points = BITS.map(|bits| (bits as f64, time(bits)));
        check_near(fitted_exponent(&points), f64::from(exponent));
        check_near(fitted_exponent(&points[..2]), f64::from(exponent));
    }
}

#[test]
fn what_follows_no_law_is_fitted_by_least_squares() {
    // The logarithms to the base 2 are (0, 0), (1, 4), (2, 3), (3, 3), and their means 1.5 and 2.5.
    // So the slope is (3.75 − 0.75 + 0.25 + 0.75) / (2.25 + 0.25 + 0.25 + 2.25) = 4 / 5.
    let points = [(1.0, 1.0), (2.0, 16.0), (4.0, 8.0), (8.0, 8.0)];
    check_near(fitted_exponent(&points), 0.8);
}

#[test]
fn no_exponent_is_made_up() {
    let point = (3072.0, 5.0);
    for points in [
        &[][..],
        &[point],
        &[point, point],
        // The mean of five equal logarithms, rounded, is not that logarithm.
        &[1.0, 2.0, 4.0, 5.0, 7.0].map(|time| (2048.0, time)),
        &[point, (1024.0, 0.0)],
        &[point, (1024.0, -1.0)],
        &[point, (0.0, 1.0)],
        &[point, (1024.0, f64::INFINITY)],
        &[point, (1024.0, f64::NAN)],
    ] {
        assert_eq!(fitted_exponent(points), None, "{points:?}");
    }
}

#[test]
fn rsa_is_extrapolated_by_whole_blocks() {
    // 4 KiB are 22 blocks of 190 bytes, the last one not full: 1 µs each.
    let measured = measured([(RSA_DECRYPT, MOST_FOR_RSA, 22_000.0)]);
    for (bytes, blocks) in [
        (0, 0),
        (1, 1),
        (RSA_BLOCK, 1),
        (RSA_BLOCK + 1, 2),
        (MOST_FOR_RSA, 22),
        (16 << 10, 87),
        (64 << 10, 345),
        (LONGEST, 5519),
    ] {
        let time = extrapolated(&measured, RSA_DECRYPT, bytes);
        check_near(time, f64::from(blocks) * 1000.0);
    }
    assert_eq!(extrapolated(&measured, RSA_ENCRYPT, LONGEST), None);
}

#[test]
fn the_yardstick_is_a_line_between_two_sizes() {
    let measured = measured(SIZES.map(seal));
    for (bytes, time) in [
        // A message shorter than the shortest measured one costs as much as that one.
        (1, 132.0),
        (16, 132.0),
        (17, 134.0),
        (48, 196.0),
        (RSA_BLOCK, 480.0),
        (RSA_BLOCK + 1, 482.0),
        (4096, 8292.0),
        (10_000, 20_100.0),
        (LONGEST, 2_097_252.0),
    ] {
        check_near(yardstick(&measured, bytes), time);
    }
    assert_eq!(yardstick(&measured, 0), None);
    assert_eq!(yardstick(&measured, LONGEST + 1), None);
}

#[test]
fn the_yardstick_needs_both_sizes_beside_it() {
    let measured = measured([seal(16), seal(4096), (AES_OPEN, RSA_BLOCK, 1.0)]);
    check_near(yardstick(&measured, 16), 132.0);
    check_near(yardstick(&measured, 4096), 8292.0);
    for bytes in [17, RSA_BLOCK, RSA_BLOCK + 1, 4097] {
        assert_eq!(yardstick(&measured, bytes), None, "{bytes}");
    }
}

#[test]
fn a_time_is_worth_the_bytes_that_are_sealed_in_it() {
    // A mebibyte takes one nanosecond per byte.
    let longest = LONGEST as f64;
    for (time, bytes) in [
        (0.0, 0),
        (0.9, 0),
        (1000.0, 1000),
        (longest, LONGEST),
        (8.0 * longest, 8 * LONGEST),
    ] {
        assert_eq!(bytes_sealed_in(time, longest), bytes, "{time}");
    }
    assert_eq!(bytes_sealed_in(1000.0, 2.0 * longest), 500);
    assert_eq!(bytes_sealed_in(f64::MAX, f64::MIN_POSITIVE), usize::MAX);
}

#[test]
fn three_digits_are_shown() {
    for (number, shown) in [
        (0.0, "0.00"),
        (0.004, "0.00"),
        (1.0, "1.00"),
        (9.994, "9.99"),
        (9.996, "10.0"),
        (10.0, "10.0"),
        (99.94, "99.9"),
        (99.96, "100"),
        (100.0, "100"),
        (999.4, "999"),
        (1000.0, "1,000"),
        (50_634.4, "50,634"),
        (1_234_567.0, "1,234,567"),
        (f64::INFINITY, "inf"),
        (f64::NAN, "NaN"),
    ] {
        assert_eq!(units::significant(number), shown);
    }
}

#[test]
fn a_unit_leaves_a_number_of_at_least_one() {
    for (bytes, shown) in [
        (0, "0 B"),
        (190, "190 B"),
        (1023, "1023 B"),
        (1024, "1.00 KiB"),
        (16 << 10, "16.0 KiB"),
        ((1 << 20) - 1, "1,024 KiB"),
        (1 << 20, "1.00 MiB"),
        (5 << 30, "5,120 MiB"),
    ] {
        assert_eq!(units::bytes(bytes), shown);
    }
    for (nanoseconds, shown) in [
        (0.0, "0.00 ns"),
        (4.125, "4.12 ns"),
        (999.0, "999 ns"),
        (1e3, "1.00 µs"),
        (123_456.0, "123 µs"),
        (1e6, "1.00 ms"),
        (999e6, "999 ms"),
        (1e9, "1.00 s"),
        (6e10, "60.0 s"),
    ] {
        assert_eq!(units::time(nanoseconds), shown);
    }
    for (rate, shown) in [
        (0.04, "0.04 B/s"),
        (999.0, "999 B/s"),
        (1e3, "1.00 kB/s"),
        (29_400.0, "29.4 kB/s"),
        (1e6, "1.00 MB/s"),
        (1e9, "1.00 GB/s"),
        (1e12, "1,000 GB/s"),
    ] {
        assert_eq!(units::per_second(rate, "B/s"), shown);
    }
}

#[test]
fn an_axis_has_whole_numbers() {
    let bytes = [1.0, 1023.0, 1024.0, 65_536.0, 1_048_576.0].map(units::bytes_label);
    assert_eq!(bytes, ["1 B", "1023 B", "1 KiB", "64 KiB", "1 MiB"]);
    let times = [1.0, 100.0, 1e3, 1e6, 1e9, 1e10].map(units::time_label);
    assert_eq!(times, ["1 ns", "100 ns", "1 µs", "1 ms", "1 s", "10 s"]);
}

#[test]
fn no_time_is_zero() {
    assert!(Time::new(1.0, 0.5, 2.0).is_some());
    for [median, low, high] in [
        [0.0, 0.0, 0.0],
        [-1.0, -2.0, 1.0],
        [f64::NAN, 1.0, 2.0],
        [f64::INFINITY, 1.0, f64::INFINITY],
        [1.0, f64::NEG_INFINITY, 2.0],
        [1.0, 0.5, f64::NAN],
    ] {
        assert_eq!(Time::new(median, low, high), None, "{median} {low} {high}");
    }
}

/// Writes what criterion writes about an operation.
fn estimates(folder: &Path, operation: &Operation, text: &str) {
    let size = operation.size.to_string();
    let folder = [operation.group, operation.name, &size, "new"]
        .iter()
        .fold(folder.to_path_buf(), |path, part| path.join(part));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("estimates.json"), text).unwrap();
}

/// An estimate as criterion writes it.
fn estimate([low, median, high]: [f64; 3]) -> String {
    format!(
        r#"{{"mean": {{"point_estimate": 1.0}}, "median": {{"point_estimate": {median},
            "confidence_interval": {{"confidence_level": 0.95, "lower_bound": {low},
            "upper_bound": {high}}}, "standard_error": 0.1}}}}"#
    )
}

#[test]
fn what_criterion_wrote_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let [good, zero, broken, absent] = [16, 17, 18, 19].map(|bytes| operation(AES_SEAL, bytes));
    estimates(folder.path(), &good, &estimate([90.0, 100.0, 120.0]));
    estimates(folder.path(), &zero, &estimate([0.0; 3]));
    estimates(folder.path(), &broken, r#"{"median": {}}"#);
    let operations = [good, zero, broken, absent];

    let measured = Measured::since(SystemTime::UNIX_EPOCH, folder.path(), &operations);
    let time = measured.time(encryption::GROUP, AES_SEAL, 16);
    assert_eq!(time, Time::new(100.0, 90.0, 120.0));
    let missing: Vec<_> = measured.missing().map(|row| row.size).collect();
    assert_eq!(missing, [17, 18, 19]);
    assert_eq!(measured.of_group(encryption::GROUP).count(), 1);
    assert_eq!(measured.of_group("growth").count(), 0);
}

#[test]
fn what_an_earlier_run_measured_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let operation = operation(AES_SEAL, 16);
    estimates(folder.path(), &operation, &estimate([90.0, 100.0, 120.0]));
    let later = SystemTime::now() + Duration::from_secs(60);
    let measured = Measured::since(later, folder.path(), &[operation]);
    assert_eq!(measured.missing().count(), 1);
}

/// What the picture shows: a nanosecond per byte, and RSA as far as it is measured.
fn drawn() -> Vec<(&'static str, usize, f64)> {
    let of = |name: &'static str, most| {
        let sizes = SIZES.into_iter().filter(move |&bytes| bytes <= most);
        sizes.map(move |bytes| (name, bytes, bytes as f64))
    };
    let symmetric = [AES_SEAL, AES_SEAL_RING, COPY, HYBRID_OPEN, HYBRID_SEAL];
    let rsa = [RSA_ENCRYPT, RSA_DECRYPT];
    let symmetric = symmetric.into_iter().flat_map(|name| of(name, LONGEST));
    let rsa = rsa.into_iter().flat_map(|name| of(name, MOST_FOR_RSA));
    symmetric.chain(rsa).collect()
}

#[test]
fn the_picture_names_its_lines() {
    let svg = picture::draw(&measured(drawn())).expect("everything that it shows was measured");
    for text in [
        "RSA-2048 encrypt",
        "RSA-2048 decrypt",
        "hybrid open",
        "hybrid seal",
        "AES-128-GCM",
        "AES-128-GCM, ring",
        "memcpy",
        "16 KiB: the largest TLS record",
        "16 B",
        "1 MiB",
    ] {
        let alone = |line: &str| line.trim() == text;
        assert!(svg.lines().any(alone), "{text} is not in the picture");
    }
}

#[test]
fn there_is_no_picture_of_a_part() {
    let all = drawn();
    for missing in 0..all.len() {
        let mut times = all.clone();
        // A time of zero can't have been measured.
        times[missing].2 = 0.0;
        let (name, bytes, _) = times[missing];
        let picture = picture::draw(&measured(times));
        assert!(picture.is_none(), "drawn without {name} of {bytes} bytes");
    }
}
