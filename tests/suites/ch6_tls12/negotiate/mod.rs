use harness::Property;

mod check;
mod choice;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [choice::suite(), check::suite()].concat()
}
