//! The proofs in the server's flight: CertificateVerify and Finished, with keys of any size.

use std::sync::Arc;

use given::tls::{Abort, ClientHello, Extension, HandshakeMessage, TLS_AES_128_GCM_SHA256};
use harness::show::Words;
use harness::{check, same, with};

use super::flight::{hellos, kinds, no_complaint};
use super::{config_of, messages, new_server, pair, refused_because, server};
use crate::subject::ch6_tls12::ServerConfig;
use fixtures::certificates::{HOST, Key, Plan};
use fixtures::tls12::manners::SERVER_BITS;
use fixtures::tls12::pki;
use fixtures::tls13::clients::client_plan_of;
use fixtures::tls13::manners::{BITS, client_plan};
use fixtures::tls13::outcome::{Outcome, end_with, explain, play_alone, tell};
use fixtures::tls13::reference;
use fixtures::tls13::scripted::{Client, ClientPlan, Level, Peer, Say, signed_content};

harness::suite! {
    exercise "7.9" {
        /// its CertificateVerify is a PSS signature over everything up to Certificate, with a key of any size
        #[think = "Which messages are in the transcript when you sign? Every one that was sent, in order?"]
        fn its_signature_holds((bits, has_share) from [(BITS, true), (BITS, false), (640, true), (1032, true)]) {
            // A certificate from the CA that the other properties have, so that no other key has to be made.
            let key = Key(bits, 1);
            let chain = vec![Plan::leaf(&[HOST], key, pki::intermediate(SERVER_BITS)).make()];
            let honest = ClientPlan::honest(&chain, key.private());
            let plan = ClientPlan { chain: honest.chain, key: honest.key, ..fixed(has_share) };
            let config = Arc::new(ServerConfig {
                chain, key: key.private().clone(), suites: vec![], sentinel: None
            });
            let sign = |quirk| {
                let mut peer = Client::new(ClientPlan { quirk, ..plan.clone() });
                let mut server = server(config.clone());
                play_alone(&mut server, &mut peer, hellos(has_share));
                (server, peer)
            };
            let (mut server, peer) = sign(None);
            tell(&mut server);
            let messages = messages(&peer, Level::Handshake);
            let transcript = said(&plan, &peer, messages.get(..2).unwrap_or_default());
            let content = signed_content(true, &reference::hash(&transcript));
            let certificate_verify = messages.get(2).cloned().unwrap_or_default();
            let Some([8, 4, _, _, signature @ ..]) = certificate_verify.get(4..) else {
                let expected = "a CertificateVerify with rsa_pss_rsae_sha256, 0x0804";
                check!(false, expected, certificate_verify, "the CertificateVerify of server(config)");
                return Ok(());
            };
            let holds = plan.key.pss_verify::<sha2::Sha256>(&content, signature).is_ok();
            if !holds {
                explain(&server, &peer, None, |quirk| sign(Some(quirk)).1.heard().complaint.is_none());
            }
            with!(signature);
            with!("content" = content);
            check!(
                holds,
                "a signature over this content: 64 spaces, the server's context, 0 and the hash of the transcript",
                Words("one that is not valid".to_owned()),
                "the CertificateVerify of server(config)"
            );
        }

        /// its Finished is a MAC of everything up to CertificateVerify
        #[think = "Whose secret do you use? Is CertificateVerify in the transcript, and Finished not yet?"]
        fn its_finished_holds(has_share from [true, false]) {
            let plan = fixed(has_share);
            let finish = |quirk| {
                let (mut server, mut peer) = pair(&plan, quirk);
                play_alone(&mut server, &mut peer, hellos(has_share));
                (server, peer)
            };
            let (mut server, peer) = finish(None);
            tell(&mut server);
            if peer.heard().complaint.is_some() {
                explain(&server, &peer, None, |quirk| finish(Some(quirk)).1.heard().complaint.is_none());
            }
            let messages = messages(&peer, Level::Handshake);
            let transcript = said(&plan, &peer, messages.get(..3).unwrap_or_default());
            let secret = peer.schedule().map(|schedule| schedule.server_handshake);
            let expected = reference::verify_data(&secret.unwrap_or_default(), &reference::hash(&transcript));
            let finished = messages.get(3).map(|one| one[4..].to_vec()).unwrap_or_default();
            same!(finished, expected.to_vec(), "the Finished of server(config)");
            no_complaint(&peer)?;
        }

        /// a key that is too small for PSS ends the handshake with handshake_failure, not with a panic
        #[think = "`certificate_verify` returns an error for it. Which `Abort` do you turn that into?"]
        fn a_key_too_small_is_noticed(bits from [512_usize]) {
            let mut peer = Client::new(client_plan_of(bits));
            let mut server = server(config_of(bits));
            let end = end_with(&mut server, &mut peer, &[Say::Hello]);
            // A server that looks at its key before it answers has no keys to seal the alert with.
            let is_early = matches!(end.outcome(), Outcome::Refused(_, Level::Plaintext));
            let level = if is_early { Level::Plaintext } else { Level::Handshake };
            refused_because!(server, end, Abort::NothingInCommon, level);
        }

        /// it answers a hello of the greatest possible length
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn the_longest_hello_is_answered(has_share from [true, false]) {
            let plan = ClientPlan { has_share, hello: lengthen, ..client_plan() };
            let mut peer = Client::new(plan);
            end_with(&mut new_server(), &mut peer, hellos(has_share));
            no_complaint(&peer)?;
            let flight = Words(kinds(&messages(&peer, Level::Handshake)));
            let expected = "EncryptedExtensions, Certificate, CertificateVerify, Finished";
            let expected = Words(expected.to_owned());
            same!(flight, expected, "the messages that server(config) seals with its handshake key");
        }
    }
}

/// The transcript of a connection up to these messages of the server's.
fn said(plan: &ClientPlan, peer: &Client, messages: &[Vec<u8>]) -> Vec<u8> {
    let bytes = |client: &Client| {
        let hello = client.hello().expect("it was said");
        hello.handshake().bytes().to_vec()
    };
    let plain = super::messages(peer, Level::Plaintext);
    let last = bytes(peer);
    let mut said = last.clone();
    if !plan.has_share {
        // Its hellos are the same each time.
        let mut again = Client::new(plan.clone());
        again.say(&Say::Hello);
        let first = reference::hash(&bytes(&again));
        let retry = plain.first().cloned().unwrap_or_default();
        said = [&[254, 0, 0, 32][..], &first, &retry, &last].concat();
    }
    said.extend(plain.last().cloned().unwrap_or_default());
    said.extend(messages.concat());
    said
}

/// A client whose hellos are the same each time.
pub fn fixed(has_share: bool) -> ClientPlan {
    ClientPlan {
        has_share,
        random: Some([0xc1; 32]),
        secret: Some([0x5c; 32]),
        ..client_plan()
    }
}

/// Makes a hello as long as possible, with what is needed at its end.
fn lengthen(hello: &mut ClientHello) {
    hello.cipher_suites = vec![0x1302; 32_766];
    hello.cipher_suites.push(TLS_AES_128_GCM_SHA256);
    let used = hello.body().len() - (2 + 32 + 33 + 2 + 2 * 32_767 + 2 + 2);
    let has_none = hello.extensions.contains(&Extension::KeyShares(vec![]));
    // The second hello gets a share.
    let share = if has_none { 2 + 2 + 32 } else { 0 };
    let body = vec![7; 65_535 - used - 4 - share];
    hello
        .extensions
        .insert(0, Extension::Other { code: 0x0a0a, body });
}
