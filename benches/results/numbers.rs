//! What is computed from the measured times.

use crate::measured::Measured;
use crate::operations::encryption::{self, AES_SEAL, LONGEST, MOST_FOR_RSA, RSA_BLOCK, SIZES};

/// The time of an RSA operation on a message that would take too long to measure: its blocks, each
/// at the price that a block has in the longest message that was measured.
pub fn extrapolated(measured: &Measured, name: &str, bytes: usize) -> Option<f64> {
    let largest = measured.median(encryption::GROUP, name, MOST_FOR_RSA)?;
    let blocks = |bytes: usize| bytes.div_ceil(RSA_BLOCK) as f64;
    Some(largest * blocks(bytes) / blocks(MOST_FOR_RSA))
}

/// The time that AES-128-GCM takes for this many bytes: measured, or interpolated between the two
/// sizes that were.
pub fn yardstick(measured: &Measured, bytes: usize) -> Option<f64> {
    if bytes == 0 {
        return None;
    }
    let time = |size| measured.median(encryption::GROUP, AES_SEAL, size);
    let above = SIZES.into_iter().find(|&size| size >= bytes)?;
    let below = SIZES.into_iter().rev().find(|&size| size <= bytes);
    // A message shorter than the shortest measured one costs as much as that one.
    let below = below.unwrap_or(above);
    if below == above {
        return time(above);
    }
    let share = (bytes - below) as f64 / (above - below) as f64;
    Some(time(below)? * (1.0 - share) + time(above)? * share)
}

/// How many bytes AES-128-GCM seals in `time`, if it takes `longest` for the longest message.
pub fn bytes_sealed_in(time: f64, longest: f64) -> usize {
    (time / longest * LONGEST as f64) as usize
}

/// The exponent of the power law that fits best: the slope of the line through the logarithms.
///
/// `None` if there is no such line: fewer than two different `x`, or a number without a logarithm.
pub fn fitted_exponent(points: &[(f64, f64)]) -> Option<f64> {
    let (first, _) = points.first()?;
    // Rounded, the variance of equal numbers need not be zero.
    if points.iter().all(|(x, _)| x == first) {
        return None;
    }
    let logs: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let count = logs.len() as f64;
    let mean = |part: fn(&(f64, f64)) -> f64| logs.iter().map(part).sum::<f64>() / count;
    let (x, y) = (mean(|log| log.0), mean(|log| log.1));
    let covariance: f64 = logs.iter().map(|log| (log.0 - x) * (log.1 - y)).sum();
    let variance: f64 = logs.iter().map(|log| (log.0 - x).powi(2)).sum();
    Some(covariance / variance).filter(|exponent| exponent.is_finite())
}
