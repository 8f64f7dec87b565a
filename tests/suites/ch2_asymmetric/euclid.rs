//! Euclid's table for two primes, as a report shows it.

use harness::show::Words;

/// The extended Euclidean algorithm for these primes.
pub fn euclid(p: u32, q: u32) -> Euclid {
    Euclid(u64::from(p - 1) * u64::from(q - 1))
}

/// φ(n).
pub struct Euclid(u64);

impl Euclid {
    /// The table from the exercise, with φ(n) and e = 65537.
    pub fn table(&self) -> Words {
        let (mut above, mut line) = ((i128::from(self.0), 0), (65537, 1));
        let mut lines = vec![
            "remainder, factor, quotient".to_owned(),
            format!("{}, {} (φ(n))", above.0, above.1),
            format!("{}, {} (e)", line.0, line.1),
        ];
        while line.0 != 0 && line.0 != 1 {
            let quotient = above.0 / line.0;
            (above, line) = (
                line,
                (above.0 - quotient * line.0, above.1 - quotient * line.1),
            );
            lines.push(format!("{}, {}, {quotient}", line.0, line.1));
        }
        if line.1 < 0 {
            lines.push(format!(
                "and {} + φ(n) is {}",
                line.1,
                line.1 + i128::from(self.0)
            ));
        }
        Words(lines.join("\n"))
    }
}
