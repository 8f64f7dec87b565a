//! The learner's client against scripted servers and rustls.

use std::io;
use std::sync::mpsc;

use given::http::{self};
use given::net::{self, Setup, Tunnel};
use harness::show::Words;
use harness::{Broken, accepted, called, check, notes, same, think_of, with};

use crate::setup::*;
use crate::subject::ch6_tls12::{ClientConfig, Interrupted, fetch, serve, server};
use fixtures::live::{self, BITS, FEW_BITS, Goodbye, HOST, Speaks, able};
use fixtures::strategies::{bytes, list};
use fixtures::words::counted;

harness::suite! {
    exercise "6.10" {
        /// your client fetches a page from your server, under either suite
        #[think = "Connect, shake hands, ask, take everything that comes, and close, at both ends."]
        fn your_two_ends_talk(suite from [ECDHE, RSA]) {
            let identity = live::identity(FEW_BITS);
            let (address, server) = able(live::peer({
                let config = server_config(&identity, suite);
                move |socket| Ok(serve(socket, config, setup(&mut io::sink())))
            }))?;
            let config = client_config(&identity, suite);
            let mut trace = shown();
            let setup = setup(&mut trace);
            let path = "/";
            let response = accepted!(fetch(address, config, path, setup));
            think_of!("The page has arrived in full. Which suite does it name, and does that name come from `Tunnel::suite`?");
            holds_the_name(&response.body, &suite.to_string())?;
            think_of!("The client has its page. What does your server return an error for, at the end?");
            let served = accepted!(server.report());
            served.map_err(|error| Broken::refused(SERVED, &error))?;
        }

        /// both ends write to the trace and the key log that they are given, for every connection, and both logs say the same
        #[think = "Which parts of `setup` reach the tunnel?"]
        fn trace_and_key_log_are_kept() {
            let identity = live::identity(FEW_BITS);
            let logs = able(tempfile::tempdir())?;
            let log_of = |end: &str| Some(logs.path().join(end));
            for (lines, suite) in [(1, ECDHE), (2, RSA)] {
                let (address, server) = able(live::peer({
                    let (config, key_log) = (server_config(&identity, suite), log_of("server"));
                    move |socket| {
                        let mut trace = Vec::new();
                        let setup = Setup { key_log, ..setup(&mut trace) };
                        let served = serve(socket, config, setup).map_err(|error| error.to_string());
                        Ok((served, trace))
                    }
                }))?;
                let mut trace = Vec::new();
                let with_log = Setup { key_log: log_of("client"), ..setup(&mut trace) };
                notes::start_over();
                with!("suite" = suite, "connections with this key log" = lines);
                let path = "/";
                accepted!(fetch(address, client_config(&identity, suite), path, with_log));
                let (served, trace_of_server) = accepted!(server.report());
                served.map_err(|error| Broken::refused(SERVED, &error))?;
                notes::new_call();
                for (trace, asked) in [
                    (trace, "what fetch(address, config, path, setup) writes to setup.trace"),
                    (trace_of_server, "what serve(socket, config, setup) writes to setup.trace"),
                ] {
                    let trace = String::from_utf8_lossy(&trace).into_owned();
                    check!(trace.contains("application data"), "a trace with application data in it", trace, asked);
                }
                let read = |end: &str| log_of(end).and_then(|log| std::fs::read_to_string(log).ok());
                let (of_client, of_server) = (read("client"), read("server"));
                let lines_of_client = of_client.as_ref().map_or(0, |log| log.lines().count());
                let asked = "the file that setup.key_log names, after fetch";
                if lines == 2 {
                    think_of!("Every connection adds its line, whether the file is new or not. Do you pass on `setup` as it is, each time?");
                }
                check!(lines_of_client == lines, format!("a key log of {}", counted(lines, "line")), in_lines(&of_client), asked);
                let expected = in_lines(&of_client).0;
                let asked = "the file that setup.key_log names, after serve";
                check!(of_server == of_client, expected, in_lines(&of_server), asked);
            }
        }

        /// rustls, as a server, gets your request, and you get its page, however many pieces it comes in
        #[think = "What does one call of `receive` return: everything, or what is there?"]
        #[cases = 4]
        fn a_page_in_pieces_is_put_together(path in path(), pieces in list(bytes(1..=3000), 1..=5)) {
            let identity = live::identity(BITS);
            let mut sent = vec![b"HTTP/1.1 200 OK\r\n\r\n".to_vec()];
            sent.extend(pieces.iter().cloned());
            let (mut trace, seen) = live::watched();
            let server = live::rustls_server(&identity, sent, seen, Goodbye::CloseNotify);
            let (address, server) = able(server)?;
            let config = client_config(&identity, ECDHE);
            let setup = setup(&mut trace);
            let response = accepted!(fetch(address, config, &path, setup));
            drop(trace);
            same!(response.body, pieces.concat(), "fetch(address, config, path, setup)?.body");
            let request = accepted!(server.report());
            let port = address.port();
            let head = format!("GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n");
            live::think_of_request(&request, HOST, port);
            check!(request.starts_with(&head), format!("{head:?}, and more"), request, REQUESTED);
        }

        /// a path that was asked for before is asked for again, of the server that it is now wanted from
        #[think = "Do you keep anything from one call to the next? The same path may be on another server, and a page may change."]
        fn each_page_is_asked_for() {
            let identity = live::identity(BITS);
            // The first server is asked three times. The host is the same in capitals.
            let mut fetched: Option<String> = None;
            for asked in [&[("LOCALHOST", "A page."), (HOST, "Another page."), (HOST, "A new one.")][..], &[(HOST, "A third page.")]] {
                let pages = asked.iter().map(|(_, page)| http::page(page)).collect();
                let server = live::rustls_server_of_pages(Speaks::Tls12(ECDHE), &identity, pages);
                let (address, server) = able(server)?;
                for (host, page) in asked {
                    let config = ClientConfig { host: (*host).to_owned(), ..client_config(&identity, ECDHE) };
                    notes::start_over();
                    if let Some(before) = fetched.replace(format!("{page:?}, from {host} at {address}")) {
                        with!("fetched before" = Words(before));
                    }
                    let mut trace = shown();
                    let path = "/";
                    let response = accepted!(fetch(address, config, path, setup(&mut trace)));
                    same!(String::from_utf8_lossy(&response.body), *page, "fetch(address, config, path, setup)?.body");
                }
                let mut before = None;
                for (told, (host, _)) in accepted!(server.report()).into_iter().zip(asked) {
                    let request = told.content;
                    let head = format!("GET / HTTP/1.1\r\nHost: {host}:{}\r\n", address.port());
                    live::think_of_request(&request, host, address.port());
                    live::think_of_host_before(&request, before.replace(*host));
                    live::tell_call(&address, host);
                    check!(request.starts_with(&head), format!("{head:?}, and more"), request, REQUESTED);
                }
            }
        }

        /// a page is a page, whatever its status, and whatever bytes are in it
        #[think = "It is for the caller to judge what `Response::read` returns. Do you judge it?"]
        fn any_status_will_do(status from [301, 404, 500]) {
            let identity = live::identity(BITS);
            let body: Vec<u8> = (0..=255).collect();
            let head = format!("HTTP/1.1 {status} Reason\r\nContent-Length: 256\r\n\r\n");
            let sent = vec![[head.as_bytes(), &body].concat()];
            let (mut trace, seen) = live::watched();
            let server = live::rustls_server(&identity, sent, seen, Goodbye::CloseNotify);
            let (address, _server) = able(server)?;
            let config = client_config(&identity, ECDHE);
            let setup = setup(&mut trace);
            let path = "/";
            let response = accepted!(fetch(address, config, path, setup));
            same!(response.status, status, "fetch(address, config, path, setup)?.status");
            same!(response.body, body, "fetch(address, config, path, setup)?.body");
        }

        /// a long page is read to its last byte, and a long path is requested in full
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_long_page_is_put_together() {
            let identity = live::identity(BITS);
            let path = format!("/{}", "path/".repeat(400));
            let page = vec![0x61; (1 << 20) + (1 << 15)];
            let sent = vec![b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), page.clone()];
            let (mut trace, seen) = live::watched();
            let server = live::rustls_server(&identity, sent, seen, Goodbye::CloseNotify);
            let (address, server) = able(server)?;
            let config = client_config(&identity, ECDHE);
            let mut setup = setup(&mut trace);
            setup.limits.data = 2 << 20;
            with!("path" = Words(format!("{}…, {} bytes", &path[..16], path.len())));
            let response = accepted!(fetch(address, config, &path, setup));
            drop(trace);
            same!(response.body, page, "fetch(address, config, path, setup)?.body");
            let request = accepted!(server.report());
            let head = format!("GET {path} HTTP/1.1\r\n");
            check!(request.starts_with(&head), format!("{head:?}, and more"), request, REQUESTED);
        }

        /// a page that is cut off, without a close_notify, is refused, however much of it has arrived
        #[think = "Is it the end if the peer has not said so? What does your loop do with an `Err`?"]
        fn a_page_cut_off_is_refused(length from [0, 1, 300, 20_000, 70_000]) {
            let identity = live::identity(BITS);
            let page = vec![b'x'; length];
            let mut sent = vec![b"HTTP/1.1 200 OK\r\n\r\n".to_vec()];
            sent.extend(page.chunks(30_000).map(<[u8]>::to_vec));
            let (mut trace, seen) = live::watched();
            let server = live::rustls_server(&identity, sent, seen, Goodbye::Cut);
            let (address, _server) = able(server)?;
            let config = client_config(&identity, ECDHE);
            let setup = setup(&mut trace);
            let path = "/";
            let fetched = called!(fetch(address, config, path, setup));
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::Truncated))),
                "Err(Tunnel(Truncated))",
                body(fetched),
                FETCHED
            );
        }

        /// your client waits no longer than the limits say for a server that stops answering
        #[think = "Which limits does your tunnel have? Do you wait for anything else?"]
        fn a_silent_server_is_given_up(silent from [Silent::FromTheStart, Silent::WhenAsked]) {
            let identity = live::identity(FEW_BITS);
            let (until, hung_up) = mpsc::channel::<()>();
            let (address, _server) = able(live::peer({
                let config = server_config(&identity, ECDHE);
                move |socket| {
                    let (end, mut sink) = (socket.try_clone()?, io::sink());
                    let tunnel = (silent == Silent::WhenAsked)
                        .then(|| Tunnel::handshake(end, server(config), setup(&mut sink)));
                    live::stay_silent(&hung_up);
                    drop(tunnel);
                    Ok(())
                }
            }))?;
            let config = client_config(&identity, ECDHE);
            let mut trace = shown();
            let setup = hasty(silent, &mut trace);
            with!("limits" = setup.limits);
            let path = "/";
            let fetched = called!(fetch(address, config, path, setup));
            drop(until);
            if let Err(Interrupted::Tunnel(error)) = &fetched {
                live::think_of_limits(error);
            }
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::TimedOut))),
                "Err(Tunnel(TimedOut))",
                body(fetched),
                FETCHED
            );
        }
    }
}
