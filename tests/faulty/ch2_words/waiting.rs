// 2.2 Waiting

use super::not_begun;

/// Calls a stub.
pub fn waiting(number: u32) -> u32 {
    not_begun(number)
}
