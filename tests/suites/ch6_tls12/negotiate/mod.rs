//! The properties of exercise 6.2: the server's choice, and the client's check.

use fixtures::tls12::hellos::{Answer, Hello};
use given::tls12::{ClientHello, ServerHello};
use harness::{Property, with};

mod check;
mod choice;
mod kept;
mod long;
mod reasons;
mod reference;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        choice::suite(),
        check::suite(),
        reasons::suite(),
        long::suite(),
        kept::suite(),
    ]
    .concat()
}

/// The hello that is asked about. The report shows it with all that a property changed in it.
fn shown(hello: Hello) -> ClientHello {
    with!(hello);
    hello.0
}

/// The hello and the answer to it. The report shows both.
fn both_shown(hello: Hello, answer: ServerHello) -> (ClientHello, ServerHello) {
    with!("hello" = hello, "answer" = Answer(answer.clone()));
    (hello.0, answer)
}
