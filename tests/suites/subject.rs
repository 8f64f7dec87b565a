//! Whose answers are graded, and whose the examples run: the learner's or, with the feature
//! `solutions`, those of the reference. The choice is made here and nowhere else: the grader, which
//! calls no answer, passes the feature on.

#[cfg(not(feature = "solutions"))]
pub use answers::*;
#[cfg(feature = "solutions")]
pub use solutions::*;
