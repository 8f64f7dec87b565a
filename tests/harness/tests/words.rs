//! What `suite!` says about a property that is malformed: in words, and naming the property.

#[test]
fn suite_says_what_is_wrong() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/suite/any_order.rs");
    cases.compile_fail("tests/suite/wrong/*.rs");
}
