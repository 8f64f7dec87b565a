//! Which hellos Mallory lets pass, and what she does with the others.

use given::attacks::Relayed;
use given::tls::{Alert, TLS_1_2};
use harness::show::Words;
use harness::{Broken, check, same, think_of, with};
use proptest::prelude::*;

use crate::mallory::{client_sends, passes};
use crate::setup::code;
use crate::subject::ch7_tls13::Mallory;
use fixtures::strategies::bytes;
use fixtures::tls::offers::{
    cut_hello, each_offering, in_a_record, long_offering, not_offering, offering,
};
use fixtures::tls12::hellos::Hello;

harness::suite! {
    exercise "7.11" {
        /// a hello that offers 1.3 does not reach the server, and its client gets one fatal alert
        #[think = "Where does a hello list its versions, and is 1.3 always the first? If it is there, does anything still go to the server?"]
        fn she_breaks_what_offers_1_3(({what}, {hello}) from each_offering()) {
            with!("this hello" = Words(what));
            with!("hello" = hello);
            breaks(&hello, TLS_1_2)?;
        }

        /// any hello that offers 1.3 is kept from the server, whatever else is in it
        #[think = "Where does a hello list its versions, and is 1.3 always the first? If it is there, does anything still go to the server?"]
        #[cases = 64]
        fn she_breaks_any_hello_that_offers_1_3(hello in offering(), version in code(&[0x0303, 0x0301])) {
            breaks(&hello, version.0)?;
        }

        /// a long hello that offers 1.3 at its end does not reach the server
        #[think = "How much of the hello do you read? `ClientHello::read` needs all of it."]
        #[cases = 4]
        fn a_long_hello_is_read_to_its_end(hello in long_offering()) {
            let sent = in_a_record(&hello.0, TLS_1_2);
            let relayed = client_sends(&mut Mallory::default(), &sent);
            same!(relayed.to_server, Vec::<u8>::new(), "Mallory::default().client_sends(&hello).to_server");
            let is_alert = relayed.to_client.len() == 7;
            let asked = "Mallory::default().client_sends(&hello).to_client";
            check!(is_alert, "the seven bytes of an alert", relayed.to_client, asked);
        }

        /// a hello without 1.3 passes unchanged, whatever else is in it
        #[think = "Where does a hello list its versions? The same two bytes may be anywhere in it."]
        #[cases = 64]
        fn a_hello_without_1_3_passes(hello in not_offering(), version in code(&[0x0303, 0x0301])) {
            passes(&mut Mallory::default(), &in_a_record(&hello.0, version.0))?;
        }

        /// what is not a ClientHello passes unchanged
        #[think = "Which of your lines can panic on arbitrary bytes?"]
        #[cases = 64]
        fn what_is_not_a_hello_passes(sent in prop_oneof![bytes(1..=80), cut_hello()]) {
            passes(&mut Mallory::default(), &sent)?;
        }
    }
}

/// Checks that this hello, in a record that says this version, is kept from the server, and that
/// its client gets one fatal alert.
fn breaks(hello: &Hello, version: u16) -> Result<(), Broken> {
    let sent = in_a_record(&hello.0, version);
    with!("bytes" = sent);
    let Relayed {
        to_client,
        to_server,
    } = client_sends(&mut Mallory::default(), &sent);
    if to_client.is_empty() && !to_server.is_empty() {
        think_of!(
            "This hello lists 1.3. It may be anywhere in the list, and nothing else in the hello decides. What does your check look at?"
        );
    }
    if to_server.first() == Some(&21) {
        think_of!(
            "Her alert is for the client. Which of the two parts of `Relayed` reaches the client?"
        );
    }
    same!(
        to_server,
        Vec::<u8>::new(),
        "Mallory::default().client_sends(&bytes).to_server"
    );
    think_of!(
        "The hello does not reach the server. Which seven bytes tell the client that the connection has failed?"
    );
    let asked = "Mallory::default().client_sends(&bytes).to_client";
    let [21, 3, 3, 0, 2, 2, code] = to_client[..] else {
        let expected = "15 03 03 00 02 02, and an alert";
        let got = harness::show::text(&harness::pieces!(&to_client));
        return Err(Broken::expected(asked, expected, got));
    };
    let alert = Alert::from_code(code);
    let no_error = [
        Alert::CloseNotify,
        Alert::UserCanceled,
        Alert::NoRenegotiation,
    ];
    let ends = alert.is_some_and(|alert| !no_error.contains(&alert));
    let alert = alert.map_or_else(|| format!("alert {code}"), |alert| format!("{alert:?}"));
    let asked = "the alert in Mallory::default().client_sends(&bytes).to_client";
    check!(ends, "an alert that reports an error", Words(alert), asked);
    Ok(())
}
