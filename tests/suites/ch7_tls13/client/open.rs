//! What the client's open connection does: data, the key log, and its end.

use given::tls::{
    Connection, Extension, HandshakeMessage, HandshakeType, KeyShare, ServerHello, Status, Suite,
    TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256, X25519,
};
use harness::show::Words;
use harness::{check, same, with};

use super::{Pair, client, first_hello, start, words_heard_by};
use crate::configs::client_config;
use crate::subject::ch7_tls13::FirstHello;
use fixtures::hex::digits;
use fixtures::strategies::{bytes, list};
use fixtures::tls::mallory::{Mallory, play};
use fixtures::tls13::disorder::honest;
use fixtures::tls13::fresh::share_in;
use fixtures::tls13::manners::{Manner, RETRIES, Retry, SECRET, manner, padding, server_plan};
use fixtures::tls13::outcome::{
    Outcome, client_ends, end_with, explain, must_log, outcome, play_alone, tell,
};
use fixtures::tls13::scripted::{Cuts, Peer, Say, Server, ServerPlan, cuts};

harness::suite! {
    exercise "7.8" {
        /// once it is open, what it sends is sealed with the client's key for data
        #[think = "The last step changes to this key last of all. From which secret, and from which transcript?"]
        fn it_says_goodbye_under_the_key_for_data((retry, asks) from [
            (Retry::No, false), (Retry::No, true), (Retry::Share, true),
        ]) {
            let manner = Manner { asks, ..Manner::plain(retry) };
            let pair = Pair::new(retry, manner.server_plan());
            let goodbye = |quirk| {
                let (mut client, mut server) = pair.start(quirk);
                play_alone(&mut client, &mut server, &manner.script());
                client.close();
                server.hear(&client.to_send());
                (client, server)
            };
            let (mut client, server) = goodbye(None);
            tell(&mut client);
            let is_heard = |server: &Server| server.heard().complaint.is_none() && server.heard().is_closed;
            if !is_heard(&server) {
                explain(&client, &server, None, |quirk| is_heard(&goodbye(Some(quirk)).1));
            }
            let (is_heard, words) = (is_heard(&server), heard_last(&server));
            check!(is_heard, "a close_notify that the server can read", words, "client(config, first), and then close()");
            same!(heard_last(&server), Words("Alert(CloseNotify), sealed with the key for data".to_owned()), "what client(config, first) sends last");
        }

        /// once it is open, it opens the server's data with the server's key for data
        #[think = "The server changes its key right after its Finished. When do you start to open with the new one?"]
        fn it_opens_data(retry from [Retry::No, Retry::Share]) {
            let script = [Manner::plain(retry).script(), vec![Say::Data(SECRET.to_vec())]].concat();
            let pair = Pair::new(retry, Manner::plain(retry).server_plan());
            let data_of = |quirk| {
                let (mut client, mut server) = pair.start(quirk);
                play(&mut client, &mut server, &script, &Cuts::none(), &mut Mallory::nobody());
                let data = client.received();
                (client, server, data)
            };
            let (mut client, server, received) = data_of(None);
            tell(&mut client);
            if received != SECRET {
                explain(&client, &server, None, |quirk| data_of(Some(quirk)).2 == SECRET);
            }
            same!(client.status(), Status::Open(Suite::Tls13));
            same!(received, SECRET, "client.received()");
        }

        /// it opens with a server whose random is all zeros, or the client's own
        #[think = "Go through the errors of `check_choice13`. Which random does it refuse?"]
        fn any_random_is_taken({random} from ["the client's own", "all zeros"]) {
            let mut client = client(client_config(), FirstHello::WithShare);
            let hello = client.to_send();
            let mut server = Server::new(server_plan());
            server.hear(&hello);
            let own = server.hellos().first().map(|hello| hello.random).unwrap_or_default();
            let random = if random == "all zeros" { [0; 32] } else { own };
            with!("the server's random" = random);
            let plan = ServerPlan { random: Some(random), ..server_plan() };
            let script = plan.script();
            let mut server = Server::new(plan);
            server.hear(&hello);
            client_ends!(end_with(&mut client, &mut server, &script), Outcome::open());
        }

        /// a server's share that equals its own is one like any other
        #[think = "Go through the errors of `check_choice13`, and those of exercise 4.3. Which shares are refused?"]
        fn its_own_share_is_a_share() {
            let mut client = client(client_config(), FirstHello::WithShare);
            let mut server = Server::new(server_plan());
            server.hear(&client.to_send());
            let (session_id, share) = server.hellos().first().map(|hello| (hello.session_id.clone(), share_in(hello))).unwrap_or_default();
            with!("the client's share, and the server's" = share);
            let answer = ServerHello {
                version: TLS_1_2,
                random: [0x5e; 32],
                session_id,
                cipher_suite: TLS_AES_128_GCM_SHA256,
                compression_method: 0,
                extensions: vec![Extension::SelectedVersion(TLS_1_3), Extension::ServerShare(KeyShare { group: X25519, share })],
            };
            let script = [Say::Message(HandshakeType::ServerHello.code(), answer.body())];
            client_ends!(end_with(&mut client, &mut server, &script), Outcome::waiting());
        }

        /// its key log has the secrets of this connection, under the random of its first hello
        #[think = "`Secrets` makes the log. Which random and which transcript do you pass it, and when?"]
        fn the_key_log_is_right(retry from RETRIES) {
            let manner = Manner { asks: true, ..Manner::plain(retry) };
            let mut server = Server::new(manner.server_plan());
            let mut client = client(client_config(), first_hello(retry));
            client_ends!(end_with(&mut client, &mut server, &manner.script()), Outcome::open());
            let schedule = server.schedule().expect("it has said hello").clone();
            let random = digits(&server.hellos()[0].random);
            let lines = [
                ("CLIENT_HANDSHAKE_TRAFFIC_SECRET", schedule.client_handshake),
                ("SERVER_HANDSHAKE_TRAFFIC_SECRET", schedule.server_handshake),
                ("CLIENT_TRAFFIC_SECRET_0", schedule.client_application),
                ("SERVER_TRAFFIC_SECRET_0", schedule.server_application),
                ("EXPORTER_SECRET", schedule.exporter),
            ];
            let lines = lines.map(|(label, secret)| format!("{label} {random} {}", digits(&secret)));
            must_log(&client.key_log(), &lines, "client.key_log()")?;
        }

        /// data from the server arrives, however it cuts and pads its records, even right after its Finished
        #[think = "Records may be empty, padded or short. `Wire` joins and splits them. Do you do that a second time?"]
        #[cases = 12]
        fn data_arrives(
            manner in manner(), cuts in cuts(), padding in padding(), is_hasty in proptest::bool::ANY,
            data in list(bytes(0..=300), 0..=4)
        ) {
            let plan = ServerPlan {
                cuts: cuts.clone(), padding, is_hasty, ..manner.server_plan()
            };
            let mut server = Server::new(plan);
            let mut client = client(client_config(), first_hello(manner.retry));
            let mut script = manner.script();
            script.extend(data.iter().cloned().map(Say::Data));
            script.extend([Say::Close, Say::Data(b"too late".to_vec())]);
            play(&mut client, &mut server, &script, &cuts, &mut Mallory::nobody());
            let (received, end) = (client.received(), outcome(&mut client, &server));
            same!(received, data.concat(), "client.received()");
            client_ends!(end, Outcome::closed());
        }

        /// records may be padded with as many zeros as there is room for
        #[think = "A TLSInnerPlaintext may have 2¹⁴ + 1 bytes. Does your answer to exercise 7.3 open it?"]
        fn full_padding_is_accepted(zeros from [1 << 14]) {
            let plan = ServerPlan { padding: vec![zeros], ..server_plan() };
            let mut script = honest();
            script.push(Say::Data(SECRET.to_vec()));
            let (mut client, _) = start(Retry::No);
            let mut server = Server::new(plan);
            play(&mut client, &mut server, &script, &Cuts::none(), &mut Mallory::nobody());
            tell(&mut client);
            same!(client.received(), SECRET);
        }

        /// two connections at once don't affect each other
        #[think = "What do the two share, and what belongs to only one of them?"]
        fn it_talks_to_two_servers_at_once(retry from [Retry::No, Retry::Share]) {
            let mut pairs = [start(retry), start(retry)];
            for say in Manner::plain(retry).script() {
                for (client, server) in &mut pairs {
                    end_with(client, server, std::slice::from_ref(&say));
                }
            }
            for (client, server) in &mut pairs {
                client_ends!(outcome(client, server), Outcome::open());
            }
        }

        /// if Mallory cuts off the end of what the server sends, the connection never counts as closed
        #[think = "Only a close_notify that opens, under its own number, ends the data. What else in your code ends it?"]
        fn a_cut_is_not_an_end((kept, then) from [
            (0, "silence"), (1, "silence"), (0, "a forged close_notify"), (1, "a forged close_notify"),
            (0, "the close_notify"), (1, "the close_notify"),
        ]) {
            let (mut client, mut server) = start(Retry::No);
            let script = Manner::plain(Retry::No).script();
            client_ends!(end_with(&mut client, &mut server, &script), Outcome::open());
            let said = [Say::Data(b"one, ".to_vec()), Say::Data(b"two".to_vec()), Say::Close];
            let records = said.map(|say| {
                server.say(&say);
                server.take_outgoing()
            });
            let mut arrived = records[..kept].concat();
            match then {
                "silence" => {}
                "the close_notify" => arrived.extend(&records[2]),
                _ => arrived.extend([21, 3, 3, 0, 2, 1, 0]),
            }
            client.receive(&arrived);
            tell(&mut client);
            let status = client.status();
            match then {
                "silence" => same!(status, Status::Open(Suite::Tls13), "client.status()"),
                _ => check!(matches!(status, Status::Failed(_)), "Failed(…)", status, "client.status()"),
            }
            same!(client.received(), [&b""[..], b"one, "][kept]);
        }
    }
}

/// What a server has heard last, or what it complains about.
fn heard_last(server: &Server) -> Words {
    let last = words_heard_by(server).pop().unwrap_or_default();
    Words(match &server.heard().complaint {
        Some(why) => format!("the server complains: {why}"),
        None => last,
    })
}
