//! The learner's client against the learner's server, in the versions that each of them speaks.

use std::io::sink;

use given::net::Setup;
use given::tls::{CipherSuite, Suite};
use harness::{Broken, accepted, called, check, notes, think_of, with};

use crate::setup::{
    ECDHE, FETCHED, RSA, SERVED, Served, body, client_config, has_retries, reported, served,
    server_config, think_of_silence,
};
use crate::subject::ch6_tls12::Interrupted;
use crate::subject::ch7_tls13::{FirstHello, Versions, fetch, serve};
use fixtures::live::{self, FEW_BITS, able, holds_the_name, in_lines, setup, shown};
use fixtures::words::counted;

harness::suite! {
    exercise "7.13" {
        /// your client fetches a page from your server, in the best version that both of them speak
        #[think = "Which connection belongs to each of the three `Versions`, at each end?"]
        fn your_two_ends_talk((client, server, suite) from [
            (Versions::Tls13, Versions::Tls13, Suite::Tls13),
            (Versions::Tls13, Versions::Both, Suite::Tls13),
            (Versions::Both, Versions::Tls13, Suite::Tls13),
            (Versions::Both, Versions::Both, Suite::Tls13),
            (Versions::Tls12, Versions::Tls12, Suite::Tls12(ECDHE)),
            (Versions::Tls12, Versions::Both, Suite::Tls12(RSA)),
            (Versions::Both, Versions::Tls12, Suite::Tls12(ECDHE)),
            (Versions::Both, Versions::Tls12, Suite::Tls12(RSA))
        ]) {
            let identity = live::identity(FEW_BITS);
            let (address, peer) = able(served(&identity, server, older(suite)))?;
            let (config, first) = (client_config(&identity), FirstHello::WithShare);
            let mut trace = shown(sink());
            let setup = setup(&mut trace);
            let fetched = called!(fetch(address, config, client, first, "/", setup));
            if let Err(Interrupted::Http(_)) = fetched {
                think_of!("The handshake succeeds, but what your client has read is not HTTP. What does your server write into the tunnel, after which request, and does your client keep everything that `receive` returns?");
            }
            let page = fetched.map_err(|error| Broken::refused(FETCHED, &error))?;
            think_of!("The page has come, but the messages are not those of a client that sends its share. What do you do with `first`?");
            has_retries(&trace.text(), 0)?;
            think_of!("The two have agreed, but on another suite than they should, or the page names another one. Which connection do you begin with for these `Versions`, at each end? And does the name in the page come from `Tunnel::suite`?");
            holds_the_name(&page.body, &suite.to_string())?;
            think_of!("The client has its page. What does your server return an error for, at the end?");
            let Served { result, trace } = reported(peer.report())?;
            result.map_err(|error| Broken::refused(SERVED, &error))?;
            has_retries(&trace, 0)?;
        }

        /// a client and a server that have no version in common end without a page
        #[think = "`Tls12` and `Tls13` mean that version and no other. Which connection do you begin with for each?"]
        fn without_a_common_version_there_is_no_page(
            (client, server) from [
                (Versions::Tls12, Versions::Tls13), (Versions::Tls13, Versions::Tls12)
            ]
        ) {
            let identity = live::identity(FEW_BITS);
            let (address, peer) = able(served(&identity, server, ECDHE))?;
            let (config, first) = (client_config(&identity), FirstHello::WithShare);
            let mut trace = shown(sink());
            let setup = setup(&mut trace);
            let fetched = called!(fetch(address, config, client, first, "/", setup));
            check!(fetched.is_err(), "Err(…)", body(fetched), FETCHED);
            think_of!("The client has ended without a page, as it should. What do you return if the handshake fails?");
            let served = reported(peer.report())?.result;
            check!(served.is_err(), "Err(…)", served, SERVED);
        }

        /// a client that asks first gets one HelloRetryRequest, and then a page
        #[think = "What do you do with `first`?"]
        fn a_client_that_asks_first_is_answered(versions from [Versions::Tls13, Versions::Both]) {
            let identity = live::identity(FEW_BITS);
            let (address, peer) = able(served(&identity, Versions::Both, ECDHE))?;
            let (config, mut trace) = (client_config(&identity), shown(sink()));
            let setup = setup(&mut trace);
            let fetched = called!(fetch(address, config, versions, FirstHello::AskFirst, "/", setup));
            think_of_silence(&fetched, &trace.text());
            let page = fetched.map_err(|error| Broken::refused(FETCHED, &error))?;
            holds_the_name(&page.body, &Suite::Tls13.to_string())?;
            has_retries(&trace.text(), 1)?;
            let Served { result, trace } = reported(peer.report())?;
            result.map_err(|error| Broken::refused(SERVED, &error))?;
            has_retries(&trace, 1)?;
        }

        /// both ends add the same secrets to the key log that they are given, for every connection: five in TLS 1.3, and one in TLS 1.2
        #[think = "Which parts of `setup` reach the tunnel?"]
        fn the_key_log_is_kept() {
            let identity = live::identity(FEW_BITS);
            let logs = able(tempfile::tempdir())?;
            let log_of = |end: &str| Some(logs.path().join(end));
            let mut before = 0;
            for (versions, secrets) in [(Versions::Tls13, 5), (Versions::Both, 5), (Versions::Tls12, 1)] {
                let (address, peer) = able(live::peer({
                    let config = server_config(&identity, versions, ECDHE);
                    let key_log = log_of("server");
                    move |socket| {
                        let mut sink = sink();
                        let setup = Setup { key_log, ..setup(&mut sink) };
                        Ok(serve(socket, config, versions, setup).map_err(|error| error.to_string()))
                    }
                }))?;
                let (config, first, mut trace) = (client_config(&identity), FirstHello::WithShare, shown(sink()));
                let setup = Setup { key_log: log_of("client"), ..setup(&mut trace) };
                notes::start_over();
                with!("versions" = versions, "lines in the key log before" = before);
                accepted!(fetch(address, config, versions, first, "/", setup));
                let served = reported(peer.report())?;
                served.map_err(|error| Broken::refused(SERVED, &error))?;
                let read = |end: &str| log_of(end).and_then(|log| std::fs::read_to_string(log).ok());
                let (of_client, of_server) = (read("client"), read("server"));
                let lines = of_client.as_ref().map_or(0, |log| log.lines().count());
                let asked = "the file that setup.key_log names, after fetch";
                if before > 0 {
                    think_of!("Every connection adds its lines, whether the file is new or not. Do you pass on `setup` as it is, in each version and each time?");
                }
                let expected = before + secrets;
                check!(lines == expected, format!("a key log of {}", counted(expected, "line")), in_lines(&of_client), asked);
                before = expected;
                let expected = in_lines(&of_client).0;
                let asked = "the file that setup.key_log names, after serve";
                notes::new_call();
                think_of!("The client's log is right. Which parts of `setup` does `serve` pass to the tunnel, in each version?");
                check!(of_server == of_client, expected, in_lines(&of_server), asked);
            }
        }
    }
}

/// The suite of TLS 1.2 that the server must accept, so that the two agree on this suite.
fn older(suite: Suite) -> CipherSuite {
    match suite {
        Suite::Tls12(suite) => suite,
        Suite::Tls13 => ECDHE,
    }
}
