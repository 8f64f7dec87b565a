//! Reads what criterion has measured.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use serde_json::Value;

use crate::operations::Operation;

/// A time with the interval that contains it with a confidence of 95 %, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Time {
    median: f64,
    low: f64,
    high: f64,
}

impl Time {
    /// A median between the ends of its interval. `None` if it is not positive, or if one of the
    /// three is not finite: then it was not measured, and nothing computed from it would make
    /// sense.
    pub fn new(median: f64, low: f64, high: f64) -> Option<Time> {
        let is_a_time = median > 0.0 && [median, low, high].into_iter().all(f64::is_finite);
        is_a_time.then_some(Time { median, low, high })
    }

    /// The median.
    pub fn median(&self) -> f64 {
        self.median
    }

    /// The lower end of the interval.
    pub fn low(&self) -> f64 {
        self.low
    }

    /// The upper end of the interval.
    pub fn high(&self) -> f64 {
        self.high
    }
}

/// The results of a run, in the order of the operations.
#[derive(Debug)]
pub struct Measured {
    rows: Vec<(Operation, Option<Time>)>,
}

impl Measured {
    /// The results of `operations` that criterion has written to `folder` since `started`.
    /// Older results are left out, because they may come from other code or another machine.
    pub fn since(started: SystemTime, folder: &Path, operations: &[Operation]) -> Measured {
        let row = |operation: &Operation| (operation.clone(), read(started, folder, operation));
        operations.iter().map(row).collect()
    }

    /// The operations of a group that were measured.
    pub fn of_group(&self, group: &str) -> impl Iterator<Item = (&Operation, Time)> {
        let of_group = move |(operation, _): &&(Operation, _)| operation.group == group;
        self.rows
            .iter()
            .filter(of_group)
            .filter_map(|(operation, time)| Some((operation, (*time)?)))
    }

    /// The operations that were not measured.
    pub fn missing(&self) -> impl Iterator<Item = &Operation> {
        self.rows
            .iter()
            .filter(|(_, time)| time.is_none())
            .map(|(operation, _)| operation)
    }

    /// The time of one operation.
    pub fn time(&self, group: &str, name: &str, size: usize) -> Option<Time> {
        let found = self
            .of_group(group)
            .find(|(row, _)| row.name == name && row.size == size);
        found.map(|(_, time)| time)
    }

    /// The median of one operation, in nanoseconds.
    pub fn median(&self, group: &str, name: &str, size: usize) -> Option<f64> {
        Some(self.time(group, name, size)?.median)
    }
}

impl FromIterator<(Operation, Option<Time>)> for Measured {
    fn from_iter<T: IntoIterator<Item = (Operation, Option<Time>)>>(rows: T) -> Measured {
        Measured {
            rows: rows.into_iter().collect(),
        }
    }
}

fn read(started: SystemTime, folder: &Path, operation: &Operation) -> Option<Time> {
    let size = operation.size.to_string();
    let estimates = [
        operation.group,
        operation.name,
        &size,
        "new",
        "estimates.json",
    ];
    let path = estimates
        .iter()
        .fold(folder.to_path_buf(), |path, part| path.join(part));
    if fs::metadata(&path).ok()?.modified().ok()? < started {
        return None;
    }
    let estimates: Value = serde_json::from_str(&fs::read_to_string(path).ok()?).ok()?;
    let median = &estimates["median"];
    let interval = &median["confidence_interval"];
    Time::new(
        median["point_estimate"].as_f64()?,
        interval["lower_bound"].as_f64()?,
        interval["upper_bound"].as_f64()?,
    )
}
