//! The limits of `setup`, in each version, on each side.

use std::io::{Write, sink};
use std::sync::mpsc;
use std::time::Duration;

use given::http;
use given::net::{self, Tunnel};
use given::tls::Connection;
use harness::{called, check, think_of, with};

use crate::setup::{
    ECDHE, FETCHED, SERVED, body, client_config, in_turns, server_config, think_of_limits,
};
use crate::subject::ch6_tls12::{self as tls12, Interrupted};
use crate::subject::ch7_tls13::{FirstHello, Versions, client, fetch, serve, server};
use fixtures::live::{
    self, FEW_BITS, Goodbye, Silent, Speaks, able, hasty, request_for, setup, shown,
};

harness::suite! {
    exercise "7.13" {
        /// your client waits no longer than the limits say for a server that stops answering
        #[think = "Which limits does your tunnel have? Do you wait for anything else?"]
        fn a_silent_server_is_given_up((silent, versions) from SILENCES) {
            let identity = live::identity(FEW_BITS);
            let (until, hung_up) = mpsc::channel::<()>();
            let (address, _server) = able(live::peer({
                let config = server_config(&identity, versions, ECDHE);
                move |socket| {
                    let (end, mut nowhere) = (socket.try_clone()?, sink());
                    let connection: Box<dyn Connection> = match versions {
                        Versions::Tls12 => Box::new(tls12::server(config)),
                        _ => Box::new(server(config)),
                    };
                    let mut tunnel = (silent == Silent::WhenAsked)
                        .then(|| Tunnel::handshake(end, connection, setup(&mut nowhere)));
                    if let (Some(Ok(tunnel)), Versions::Both) = (&mut tunnel, versions) {
                        // A page that is whole, but no close_notify.
                        let _ = tunnel.send(&http::page("A page."));
                    }
                    live::stay_silent(&hung_up);
                    drop(tunnel);
                    Ok(())
                }
            }))?;
            let config = client_config(&identity);
            let first = FirstHello::WithShare;
            let mut trace = shown(sink());
            let mut setup = hasty(silent, &mut trace);
            if silent == Silent::WhenAsked {
                setup.limits.conversation = match versions {
                    // Until then, the page has come.
                    Versions::Both => Duration::from_millis(10),
                    _ => AT_ONCE,
                };
            }
            with!("limits" = setup.limits);
            let fetched = called!(fetch(address, config, versions, first, "/", setup));
            drop(until);
            think_of_limits(&fetched);
            if fetched.is_ok() {
                think_of!("The page is whole, but the connection does not end. After which one error can a page be whole? What do you do with every other one?");
            }
            let has_given_up = matches!(fetched, Err(Interrupted::Tunnel(net::Error::TimedOut)));
            check!(has_given_up, "Err(Tunnel(TimedOut))", body(fetched), FETCHED);
        }

        /// you wait for a server that sends nothing but ChangeCipherSpecs no longer than the limits say
        #[think = "Which limit does your tunnel have for the handshake, and what begins it anew?"]
        fn a_server_that_never_begins_is_given_up(versions from [Versions::Tls13, Versions::Both]) {
            let identity = live::identity(FEW_BITS);
            let (address, _server) = able(live::peer(live::change_cipher_specs))?;
            let (config, mut trace) = (client_config(&identity), shown(sink()));
            let (first, setup) = (FirstHello::WithShare, hasty(Silent::FromTheStart, &mut trace));
            with!("limits" = setup.limits);
            let fetched = called!(fetch(address, config, versions, first, "/", setup));
            think_of_limits(&fetched);
            check!(
                matches!(fetched, Err(Interrupted::Tunnel(net::Error::TimedOut))),
                "Err(Tunnel(TimedOut))",
                body(fetched), FETCHED
            );
        }

        /// your server waits no longer than the limits say for a client that stops answering
        #[think = "Which limits does your tunnel have? Do you wait for anything else?"]
        fn a_silent_client_is_given_up((silent, versions) from SILENCES) {
            let identity = live::identity(FEW_BITS);
            let (listener, address) = able(live::listen())?;
            let (until, hung_up) = mpsc::channel::<()>();
            let config = client_config(&identity);
            let _client = live::caller(address, move |socket| {
                let (end, mut nowhere) = (socket.try_clone()?, sink());
                let connection: Box<dyn Connection> = match versions {
                    Versions::Tls12 => Box::new(tls12::client(config)),
                    _ => Box::new(client(config, FirstHello::WithShare)),
                };
                let tunnel = (silent == Silent::WhenAsked)
                    .then(|| Tunnel::handshake(end, connection, setup(&mut nowhere)));
                live::stay_silent(&hung_up);
                drop(tunnel);
                Ok(())
            });
            let socket = able(live::accept(listener))?;
            let config = server_config(&identity, versions, ECDHE);
            let mut trace = shown(sink());
            let mut setup = setup(&mut trace);
            match silent {
                Silent::FromTheStart => setup.limits.handshake = AT_ONCE,
                Silent::WhenAsked => setup.limits.conversation = AT_ONCE,
            }
            with!("limits" = setup.limits);
            let served = called!(serve(socket, config, versions, setup));
            drop(until);
            think_of_limits(&served);
            check!(
                matches!(served, Err(Interrupted::Tunnel(net::Error::TimedOut))),
                "Err(Tunnel(TimedOut))",
                served, SERVED
            );
        }

        /// you wait for a client that sends nothing but ChangeCipherSpecs after its hello no longer than the limits say
        #[think = "Which limit does your tunnel have for the handshake, and what begins it anew?"]
        fn a_client_that_never_finishes_is_given_up(versions from [Versions::Tls13, Versions::Both]) {
            let identity = live::identity(FEW_BITS);
            let (listener, address) = able(live::listen())?;
            let hello = client(client_config(&identity), FirstHello::WithShare).to_send();
            let _client = live::caller(address, move |mut socket| {
                socket.write_all(&hello)?;
                live::change_cipher_specs(socket)
            });
            let socket = able(live::accept(listener))?;
            let (config, mut trace) = (server_config(&identity, versions, ECDHE), shown(sink()));
            let hasty = hasty(Silent::FromTheStart, &mut trace);
            with!("limits" = hasty.limits);
            let served = called!(serve(socket, config, versions, hasty));
            think_of_limits(&served);
            check!(
                matches!(served, Err(Interrupted::Tunnel(net::Error::TimedOut))),
                "Err(Tunnel(TimedOut))",
                served, SERVED
            );
        }

        /// a request that is longer than the limits allow is refused, in each version
        #[think = "Which limits does your tunnel have in this version? And is there an error after which you go on?"]
        fn a_request_over_the_limit_is_refused((versions, request) from in_turns(vec![request_for("/"); 3])) {
            let identity = live::identity(FEW_BITS);
            let (listener, address) = able(live::listen())?;
            let limit = request.len() - 1;
            let _client = able(live::rustls_leaver_of(
                Speaks::Both, &identity, address, request, Goodbye::CloseNotify
            ))?;
            let socket = able(live::accept(listener))?;
            let config = server_config(&identity, versions, ECDHE);
            let mut trace = shown(sink());
            let mut setup = setup(&mut trace);
            setup.limits.data = limit;
            with!("limits" = setup.limits);
            let served = called!(serve(socket, config, versions, setup));
            check!(
                matches!(served, Err(Interrupted::Tunnel(net::Error::TooMuch))),
                "Err(Tunnel(TooMuch))",
                served, SERVED
            );
        }
    }
}

/// Even with a limit of one millisecond, the system waits for several. With this limit, it does not
/// wait at all.
const AT_ONCE: Duration = Duration::from_micros(1);

/// When a peer falls silent, and what the learner's end speaks.
const SILENCES: [(Silent, Versions); 6] = [
    (Silent::FromTheStart, Versions::Tls13),
    (Silent::WhenAsked, Versions::Tls13),
    (Silent::FromTheStart, Versions::Both),
    (Silent::WhenAsked, Versions::Both),
    (Silent::FromTheStart, Versions::Tls12),
    (Silent::WhenAsked, Versions::Tls12),
];
