//! Answers that take their process down, or try to.

mod right;
pub use right::*;

mod panics;
pub use panics::*;

mod loops;
pub use loops::*;

mod recurses;
pub use recurses::*;

mod exits;
pub use exits::*;

mod aborts;
pub use aborts::*;

mod hoards;
pub use hoards::*;

mod chatters;
pub use chatters::*;

mod chatters_and_errs;
pub use chatters_and_errs::*;

mod panics_elsewhere;
pub use panics_elsewhere::*;

mod leaves_a_thread_behind;
pub use leaves_a_thread_behind::*;

mod panics_inside;
pub use panics_inside::*;

mod overflows;
pub use overflows::*;

mod hides_its_panic;
pub use hides_its_panic::*;
