//! Answers that return something wrong, or nothing yet: how the report explains them.

mod not_begun;
pub use not_begun::*;

mod waiting;
pub use waiting::*;

mod a_todo_of_one_s_own;
pub use a_todo_of_one_s_own::*;

mod wrong_bytes;
pub use wrong_bytes::*;

mod a_wrong_row;
pub use a_wrong_row::*;

mod refuses;
pub use refuses::*;

mod repeats_itself;
pub use repeats_itself::*;

mod has_no_tools;
pub use has_no_tools::*;

mod has_no_tools_and_errs;
pub use has_no_tools_and_errs::*;
