//! What is asked of values that should be random: keys, seeds, salts.

use std::collections::{BTreeMap, BTreeSet};

/// How many random values are looked at. One of 288 good bits looks stuck in 64 samples less often
/// than once in 2⁵⁴ runs.
pub const SAMPLES: usize = 64;

/// What is suspicious about values that should be random.
pub fn faults_of_randomness(values: &[Vec<u8>]) -> Vec<String> {
    let mut faults = Vec::new();
    let distinct: BTreeSet<&Vec<u8>> = values.iter().collect();
    if distinct.len() < values.len() {
        faults.push("values that repeat".to_owned());
    }
    let length = values.iter().map(Vec::len).min().unwrap_or_default();
    // What a bit is in each of the values, turned so that it begins with 0: two bits that always
    // agree, or never, are the same here.
    let mut courses: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
    for bit in 0..8 * length {
        let of = |value: &Vec<u8>| value[bit / 8] >> (7 - bit % 8) & 1 == 1;
        let course: Vec<bool> = values
            .iter()
            .map(|value| of(value) != of(&values[0]))
            .collect();
        if !course.contains(&true) {
            let stuck = u8::from(of(&values[0]));
            faults.push(format!("bit {bit} is {stuck} in each of {}", values.len()));
            break;
        }
        if let Some(other) = courses.insert(course, bit) {
            faults.push(format!("bit {bit} follows from bit {other}"));
            break;
        }
    }
    faults
}
