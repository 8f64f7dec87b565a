//! Answers that are right in part, and what can be said about the rest.

mod half_written;
pub use half_written::*;

mod right_in_part;
pub use right_in_part::*;

mod wide_letters;
pub use wide_letters::*;

mod wrong_in_part;
pub use wrong_in_part::*;
