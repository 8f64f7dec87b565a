//! `verify_chain`: the right path is found among others, in bounded work.

use fixtures::tell_chain;
use given::x509::*;
use harness::show::Words;
use harness::{called, check, notes, refused, same, think_of, with};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::subject::ch5_certificates::*;
use crate::verified::chain_is_refused;
use fixtures::certificates::*;
use fixtures::oracles::webpki_accepts;
use fixtures::strategies::{bit, bytes};
use fixtures::x509::BITS;
use fixtures::x509::generated::case;
use fixtures::x509::{DeadEnd, break_one, dead_ends, deep, identifiers, shuffled};
use fixtures::x509::{crates_io, roots, with_content};
use fixtures::{as_webpki_says, tell};

harness::suite! {
    exercise "5.5" {
        /// a bad certificate of a CA stays bad, even if the CA has a good one that leads nowhere
        #[think = "What do you remember about a CA? Its certificates are judged one by one."]
        fn each_certificate_of_a_ca_is_judged(({end}, {lost_first}) from BAD.into_iter().flat_map(|end| [(end, true), (end, false)])) {
            let mut plans = line(1, BITS);
            let lost = DeadEnd::UnknownIssuer.instead_of(&plans[1], 1);
            plans[1] = end.instead_of(&plans[1], 2);
            plans.insert(if lost_first { 1 } else { 2 }, lost);
            chain_is_refused!(plans);
        }

        /// of two certificates of a CA, the one that leads to a root is found
        #[think = "A dead end says nothing about the next path. Do you go on after one?"]
        #[cases = 16]
        fn dead_ends_are_left_again(
            {depth} in 1..=4_usize, {place} in any::<Index>(), {end} in select(DeadEnd::ALL.to_vec()),
            {order} in any::<u64>()
        ) {
            let place = 1 + place.index(depth);
            let mut plans = line(depth, BITS);
            plans.push(end.instead_of(&plans[place], place));
            let chain = shuffled(made(&plans), order);
            tell_chain!(chain, roots());
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
        }

        /// a spoiled copy of a CA's certificate, with the same serial number, does no harm
        #[think = "Anybody can send a copy in which something was changed. When do you treat two certificates as one?"]
        fn spoiled_copies_do_no_harm(({spoiled}, {place}) from [
            ("its signature", 1), ("its signature", 2), ("its dates", 1), ("its dates", 2), ("its key", 1), ("its key", 2),
        ]) {
            let plans = line(1, BITS);
            let mut copy = plans[1].clone();
            match spoiled {
                "its signature" => copy.flipped = Some(3),
                "its dates" => copy.validity = (1000, -1),
                _ => copy.public_key = Key(BITS, 7).public(),
            }
            let mut chain = made(&plans);
            chain.insert(place, copy.make());
            tell_chain!(chain, roots());
            with!("spoiled in the copy" = Words(spoiled.to_owned()));
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
        }

        /// of many certificates of a CA, all with the right key, the one that leads to a root is found
        #[think = "The leaf's signature is valid under each of them. Do you keep all of the paths that you have not tried yet?"]
        fn many_dead_ends_are_left_again({place} from [1, 67, 70]) {
            let plans = line(1, BITS);
            let mut chain = made(&plans[..1]);
            chain.extend(dead_ends(69));
            chain.insert(place, plans[1].make());
            tell_chain!(chain, roots());
            with!("the right one" = Words(format!("number {place} of 70 CAs with the same name and key")));
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
        }

        /// CAs that have signed each other do not send you in circles
        #[think = "No CA appears twice on a path. What do two certificates of the same CA have in common?"]
        #[cases = 16]
        fn loops_are_no_obstacle({depth} in 2..=4_usize, {order} in any::<u64>()) {
            let mut plans = line(depth, BITS);
            for upper in 2..=depth {
                for lower in 1..upper {
                    // The upper one has a certificate from the lower one, too.
                    let Signer(name, key) = ca(BITS, upper);
                    plans.push(Plan { serial: 7, ..Plan::ca(name, key, ca(BITS, lower)) });
                }
            }
            let chain = shuffled(made(&plans), order);
            tell_chain!(chain, roots());
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
            // Without the last step to the root, nothing is left but circles.
            let top = name(&plans[depth].issuer);
            let chain: Vec<Certificate> =
                chain.into_iter().filter(|one| *one.issuer() != top).collect();
            tell_chain!(chain, roots());
            refused!(verify_chain(&chain, &roots(), HOST, NOW));
        }

        /// circles of CAs that have signed each other several times are not too much work
        #[think = "No CA appears twice on a path: not with another certificate, from another issuer, or with another key identifier."]
        fn circles_are_soon_at_an_end() {
            // In all, 13 signatures have to be checked. With each certificate once on a path, it would be 181.
            let circles = [(1, 2), (1, 3), (1, 4), (2, 1), (2, 1), (3, 1), (3, 4), (4, 1), (4, 3)];
            let mut plans = vec![Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1))];
            plans.extend((1..).zip(circles).map(|(serial, (subject, issuer))| {
                let Signer(name, key) = ca(BITS, subject);
                // Each has another key identifier, which is only a hint.
                let [hint, _] = identifiers(serial, serial);
                Plan { serial: serial.into(), others: vec![hint], ..Plan::ca(name, key, ca(BITS, issuer)) }
            }));
            // One circle of 20.
            let mut circle = deep(20);
            circle[20].issuer = circle[1].subject.clone();
            circle[20].signer = Key(BITS, 1);
            for plans in [plans, circle] {
                let chain = made(&plans);
                tell_chain!(chain, roots());
                let words = if chain.len() > 20 {
                    think_of!("Deep CA 1 would come a second time here, after 19 others. Do you compare the next CA with all of those on the path?");
                    "one circle of 20 CAs"
                } else {
                    "another key identifier in each certificate of a CA"
                };
                with!("in the chain" = Words(words.to_owned()));
                let got = called!(verify_chain(&chain, &roots(), HOST, NOW));
                check!(
                    got.is_err() && got != Err(Untrusted::TooMuchWork),
                    "Err(UnknownIssuer)",
                    got,
                    "verify_chain(&chain, &roots, HOST, NOW)"
                );
            }
        }

        /// the chain that crates.io sent in 2023 is trusted at that time, with any of its CAs as the root
        #[think = "A CA in the middle of a chain may be on the list of roots. Then the path ends there."]
        fn a_real_chain_is_trusted({root} from [1, 2, 3]) {
            let chain = crates_io();
            let roots = [chain[root].clone()];
            let [now, later] = [1_680_000_000, 1_710_000_000].map(UnixTime);
            tell_chain!(chain, roots, now);
            same!(verify_chain(&chain, &roots, "crates.io", now), Ok(()));
            tell_chain!(chain, roots, now);
            same!(verify_chain(&chain, &roots, "static.crates.io", now), Ok(()));
            think_of!("The leaf is for other hosts, or one certificate has expired. Which of the six points finds it?");
            for (host, now) in [("example.org", now), ("crates.io", later)] {
                tell_chain!(chain, roots, now);
                refused!(verify_chain(&chain, &roots, host, now));
            }
        }

        /// webpki agrees on chains with up to two things wrong and with paths that lead elsewhere
        #[think = "The report says what is wrong with the chain, and what webpki said."]
        #[cases = 32]
        fn webpki_agrees({case} in case()) {
            let (chain, roots) = (case.chain(false), case.roots());
            let said = webpki_accepts(&case.chain(true), &roots, HOST, NOW);
            tell_chain!(chain, roots);
            as_webpki_says!(said, verify_chain(&chain, &roots, HOST, NOW));
        }

        /// no certificates, however broken, make it panic
        #[think = "`extension` and `public_key` may fail. Is there an `expect` or an index somewhere?"]
        #[cases = 48]
        fn broken_certificates_do_no_harm(
            {junk} in bytes(0..=300), {changes} in vec((bit(), 0..3_usize), 1..=4), {content} in bytes(0..=12)
        ) {
            same!(Certificate::from_der(&junk).is_err(), true);
            let mut plans = line(2, BITS);
            plans[1].usage = None;
            plans[1].others = vec![with_content(ID_CE_KEY_USAGE, &content)];
            let mut chain = made(&plans);
            for (changed, place) in &changes {
                break_one(&mut chain[*place], *changed);
            }
            let issuer = &chain[1];
            for certificate in &chain {
                tell!(certificate, issuer);
                let _ = called!(signed_by(certificate, issuer));
                let _ = called!(valid_at(certificate, NOW));
                let _ = called!(is_for(certificate, HOST));
                let _ = called!(may_issue(certificate, 0));
                let _ = called!(is_sound(certificate, NOW));
            }
            notes::start_over();
            let (chain, roots) = (&chain[..], &chain[2..]);
            tell_chain!(chain, roots);
            refused!(verify_chain(chain, roots, HOST, NOW));
            let (chain, roots) = (&chain[1..], chain);
            tell_chain!(chain, roots);
            let _ = called!(verify_chain(chain, roots, HOST, NOW));
        }
    }
}

/// What makes a certificate of the right CA, with the right key, a bad one.
const BAD: [DeadEnd; 6] = [
    DeadEnd::Expired,
    DeadEnd::NotYetValid,
    DeadEnd::NoCa,
    DeadEnd::NoCertSign,
    DeadEnd::OtherPurpose,
    DeadEnd::UnknownCritical,
];
