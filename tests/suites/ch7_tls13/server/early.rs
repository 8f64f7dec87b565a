//! Early data, which a client offers and the server does not accept.

use given::tls::{Alert, ClientHello, Connection, Extension};
use given::tls13::MAX_EARLY_DATA;
use harness::show::Words;
use harness::{check, same, think_of, with};

use super::new_server;
use fixtures::strategies::bytes;
use fixtures::tls::mallory::{Mallory, play};
use fixtures::tls13::clients::{early_data, pre_shared_key, psk_modes};
use fixtures::tls13::manners::client_plan;
use fixtures::tls13::outcome::{Ended, Outcome, end_with, server_ends, tell};
use fixtures::tls13::reference;
use fixtures::tls13::scripted::{Client, ClientPlan, Cuts, Level, Say};
use fixtures::words::counted;

harness::suite! {
    exercise "7.9" {
        /// early data that was offered is skipped, and the connection opens, even across a retry
        #[think = "When do you tell `Wire` to skip it? It must know before it opens anything."]
        fn early_data_is_skipped((has_share, {lengths}) from some_early_data()) {
            if !has_share {
                let (what, _) = second_hello(&lengths);
                with!("pre_shared_key in the second hello" = Words(what.to_owned()));
            }
            if !lengths.is_empty() {
                with!("early data" = in_words(&lengths));
            }
            let end = end_after(plan(has_share, true, &lengths), &lengths);
            if matches!(end.outcome(), Outcome::Refused(Alert::IllegalParameter, _)) {
                think_of!("A client may leave its pre_shared_key as it is, change it or withdraw it. Which of these do you refuse?");
            }
            server_ends!(end, Outcome::open());
        }

        /// more early data than MAX_EARLY_DATA is refused
        #[think = "`Wire` counts it. Do you call `skip_early_data` more than once?"]
        fn too_much_early_data_is_refused((has_share, {lengths}) from too_much()) {
            with!("early data" = in_words(&lengths));
            let end = end_after(plan(has_share, true, &lengths), &lengths);
            server_ends!(end, too_early(has_share));
        }

        /// early data that was not offered is refused
        #[think = "Which extension announces it?"]
        fn early_data_must_be_offered((has_share, {lengths}) from some_early_data()) {
            if !lengths.is_empty() {
                with!("early data" = in_words(&lengths));
                // No other property has this random, so this client has not been here before.
                let random = Some([0xea; 32]);
                let plan = |offers| ClientPlan { random, ..plan(has_share, offers, &lengths) };
                if lengths == [300; 4] {
                    end_after(plan(true), &lengths);
                    think_of!("Do you keep anything from an earlier connection? This hello offers no early data.");
                    with!("before that" = Words("this client has offered early data in another connection".to_owned()));
                }
                let end = end_after(plan(false), &lengths);
                server_ends!(end, too_early(has_share));
            }
        }

        /// a pre_shared_key without early_data announces no early data, and a record that does not open is refused
        #[think = "Clients that resume a session may send both. Which of the two says that data follows?"]
        fn a_pre_shared_key_is_not_early_data({length} from [17_usize, 300]) {
            with!("after the hello" = does_not_open(length));
            let mut plan = client_plan();
            plan.extensions.push(psk_modes());
            plan.hello = |hello| hello.extensions.push(pre_shared_key());
            let script = [Say::Hello, Say::Bytes(record(length)), Say::Finished];
            let end = end_with(&mut new_server(), &mut Client::new(plan), &script);
            server_ends!(end, too_early(true));
        }

        /// early data ends at the second hello: nothing between that and Finished is skipped
        #[think = "The first hello offers it. May the second?"]
        fn none_is_skipped_after_the_second_hello({length} from [17_usize, 300]) {
            with!("after the second hello" = does_not_open(length));
            let mut client = Client::new(plan(false, true, &[]));
            let script = [Say::Hello, Say::Hello, Say::Bytes(record(length)), Say::Finished];
            let end = end_with(&mut new_server(), &mut client, &script);
            server_ends!(end, Outcome::Refused(Alert::BadRecordMac, Level::Application(0)));
        }

        /// what is skipped is not received as data, and does not advance the record number
        #[think = "Which extension announces early data? And which records do you count?"]
        #[cases = 16]
        fn what_is_skipped_is_not_received(early in bytes(0..=80), data in bytes(0..=80)) {
            with!("the client" = Words("it offers early_data, without a pre_shared_key or a session id".to_owned()));
            let mut plan = ClientPlan { session_id: vec![], ..client_plan() };
            plan.hello = |hello| hello.extensions.push(early_data());
            let mut client = Client::new(plan);
            let early = [&reference::header(early.len())[..], &early].concat();
            let script = [Say::Hello, Say::Bytes(early), Say::Finished, Say::Data(data.clone())];
            let mut server = new_server();
            play(&mut server, &mut client, &script, &Cuts::none(), &mut Mallory::nobody());
            tell(&mut server);
            same!(server.received(), data);
            check!(
                client.is_content(),
                "all that a server has to say, up to Finished",
                Words("fewer messages (see the trace)".to_owned()),
                "the handshake of server(config)"
            );
        }
    }
}

/// A client that offers early data and sends it in records of these lengths, or sends it without
/// having offered it.
fn plan(has_share: bool, offers: bool, lengths: &[usize]) -> ClientPlan {
    let mut plan = ClientPlan {
        has_share,
        ..client_plan()
    };
    if offers {
        // It may come anywhere before pre_shared_key.
        plan.extensions.insert(0, early_data());
        plan.extensions.push(psk_modes());
        plan.hello = |hello| hello.extensions.push(pre_shared_key());
        plan.second = second_hello(lengths).1;
    }
    plan
}

/// What a client does with its pre_shared_key in a second hello, in words and in deed, if it has
/// sent this early data. It withdraws early_data in any case, as RFC 9846 §4.2.2 requires.
fn second_hello(lengths: &[usize]) -> (&'static str, fn(&mut ClientHello)) {
    fn without(hello: &mut ClientHello, codes: &[u16]) {
        let stays = |one: &Extension| !codes.contains(&one.code());
        hello.extensions.retain(stays);
    }
    match lengths {
        [] => ("unchanged", |hello| without(hello, &[0x002a])),
        [_] => ("withdrawn", |hello| without(hello, &[0x002a, 0x0029])),
        _ => ("changed", |hello| {
            without(hello, &[0x002a, 0x0029]);
            let (code, body) = (0x0029, vec![7; 40]);
            hello.extensions.push(Extension::Other { code, body });
        }),
    }
}

/// A record sealed under a key that nobody here has.
fn record(length: usize) -> Vec<u8> {
    [&reference::header(length)[..], &vec![0xed; length]].concat()
}

/// Records of these lengths after the first hello, in words.
fn in_words(lengths: &[usize]) -> Words {
    let longest = lengths.iter().max().map_or(0, |length| *length);
    let records = counted(lengths.len(), "record");
    Words(format!(
        "{records} of up to {longest} bytes after the hello, which the trace does not show"
    ))
}

/// Such a record, in words.
fn does_not_open(length: usize) -> Words {
    Words(format!("a record of {length} bytes that does not open"))
}

/// How a handshake of this client ends with early data in records of these lengths.
fn end_after(plan: ClientPlan, lengths: &[usize]) -> Ended {
    let mut script = vec![Say::Hello];
    script.extend(lengths.iter().map(|length| Say::Bytes(record(*length))));
    if !plan.has_share {
        script.push(Say::Hello);
    }
    let mut client = Client::new(plan);
    script.extend([Say::ChangeCipherSpec, Say::Finished]);
    end_with(&mut new_server(), &mut client, &script)
}

/// How it ends if early data was not expected: once there are keys, it does not open; before that,
/// it has no place.
fn too_early(has_share: bool) -> Outcome {
    match has_share {
        true => Outcome::Refused(Alert::BadRecordMac, Level::Application(0)),
        false => Outcome::Refused(Alert::UnexpectedMessage, Level::Plaintext),
    }
}

fn with_both(lengths: &[&[usize]]) -> Vec<(bool, Vec<usize>)> {
    let both = |lengths: &&[usize]| [true, false].map(|has_share| (has_share, lengths.to_vec()));
    lengths.iter().flat_map(both).collect()
}

/// Early data, up to as much as is skipped.
fn some_early_data() -> Vec<(bool, Vec<usize>)> {
    let quarter = MAX_EARLY_DATA / 4;
    with_both(&[
        &[],
        &[17],
        &[300; 4],
        &[quarter; 4],
        &[quarter, quarter, quarter, quarter - 1, 1],
    ])
}

/// One byte more than is skipped, or much more.
fn too_much() -> Vec<(bool, Vec<usize>)> {
    let quarter = MAX_EARLY_DATA / 4;
    with_both(&[
        &[quarter, quarter, quarter, quarter, 1],
        &[quarter + 16; 40],
    ])
}
