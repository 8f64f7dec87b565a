//! `verify_chain`: what must be true of every certificate in a chain.

use crate::verified::{chain_is, chain_is_refused};
use fixtures::tell_chain;
use given::x509::*;
use harness::show::Words;
use harness::{refused, same, think_of, with};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::x509::BITS;
use fixtures::x509::shuffled;
use fixtures::x509::{CLIENT_AUTH, dns_name, identifiers, roots, stray_hint, with_content};

harness::suite! {
    exercise "5.5" {
        /// a good chain is trusted, with up to four CAs, sent in any order
        #[think = "The certificates after the leaf are in no particular order. Look for the next one by its name."]
        #[cases = 24]
        fn a_good_chain_is_trusted({depth} in 0..=4_usize, {order} in any::<u64>()) {
            let chain = shuffled(made(&line(depth, BITS)), order);
            tell_chain!(chain, roots());
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
        }

        /// certificates that are not needed do no harm: strangers, the root itself, some that are sent twice
        #[think = "A certificate that leads nowhere says nothing about the others."]
        #[cases = 16]
        fn strangers_do_no_harm({depth} in 0..=3_usize, {order} in any::<u64>()) {
            let mut plans = line(depth, BITS);
            // All of them twice, the leaf too.
            plans.extend(line(depth, BITS));
            plans.push(Plan::root(anchor(BITS)));
            plans.push(Plan::root(Signer("Stranger", Key(BITS, 4))));
            plans.push(Plan::ca("Stranger", Key(BITS, 4), Signer("Nobody", Key(BITS, 3))));
            plans.push(Plan::leaf(&["www.example.com"], Key(BITS, 8), ca(BITS, 1)));
            let chain = shuffled(made(&plans), order);
            tell_chain!(chain, roots());
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
        }

        /// a chain to a root that is not on the list is refused, even if the root is sent along
        #[think = "What makes a root a root? Not its own signature."]
        #[cases = 16]
        fn an_unknown_root_is_refused({depth} in 0..=3_usize, {sent_along} in any::<bool>()) {
            let mut plans = line(depth, BITS);
            if sent_along {
                plans.push(Plan::root(anchor(BITS)));
            }
            let chain = made(&plans);
            // The name is not enough: the last root has the same name and another key.
            let root = |name| Plan::root(Signer(name, Key(BITS, 4))).make();
            for (name, roots) in [("", vec![]), ("Other", vec![root("Other")]), ("Root", vec![root("Root")])] {
                tell_chain!(chain, roots);
                if name == "Root" {
                    with!("that root" = Words("has another key than the one that has signed".to_owned()));
                }
                refused!(verify_chain(&chain, &roots, HOST, NOW));
            }
        }

        /// an empty chain is refused, and so is one that lacks a link
        #[think = "What do you do if there is no first certificate, or no next one?"]
        #[cases = 16]
        fn a_missing_link_is_refused({depth} in 1..=4_usize, {missing} in any::<Index>()) {
            let (chain, roots): ([Certificate; 0], _) = ([], roots());
            tell_chain!(chain, roots);
            refused!(verify_chain(&chain, &roots, HOST, NOW));
            let mut plans = line(depth, BITS);
            plans.remove(1 + missing.index(depth));
            chain_is_refused!(plans);
        }

        /// a root is a name, a key and name constraints: its dates, other extensions and own signature don't count
        #[think = "The roots are on your list already. Which part of their certificates did you check?"]
        fn a_root_is_a_name_and_a_key({depth} from [0, 1, 3]) {
            let trusted = Plan::root(anchor(BITS));
            for (what, root) in [
                ("expired", Plan { validity: (1000, -1), ..trusted.clone() }),
                ("has a path length", Plan { ca: Some((true, Some(0))), ..trusted.clone() }),
                ("does not say that it is a CA", Plan { ca: None, usage: None, ..trusted.clone() }),
                ("is not valid yet", Plan { validity: (-1, 1000), ..trusted.clone() }),
                ("has a key that is not for signing certificates", Plan { usage: Some(KeyUsages::DigitalSignature), ..trusted.clone() }),
                ("has basic constraints that can't be read", Plan {
                    ca: None, others: vec![with_content(ID_CE_BASIC_CONSTRAINTS, &[0x30, 1])], ..trusted.clone()
                }),
                ("has a key usage that can't be read", Plan {
                    usage: None, others: vec![with_content(ID_CE_KEY_USAGE, &[0x30, 1])], ..trusted.clone()
                }),
                ("has purposes that can't be read", Plan {
                    others: vec![with_content(ID_CE_EXT_KEY_USAGE, &[0x30, 1])], ..trusted.clone()
                }),
                ("says that it is not a CA", Plan { ca: Some((false, None)), ..trusted.clone() }),
                ("was never valid", Plan { validity: (-1000, -1000), ..trusted.clone() }),
                ("has a broken signature", Plan { flipped: Some(77), ..trusted.clone() }),
                ("has an extension", Plan { others: vec![unknown_extension(true)], ..trusted.clone() }),
                ("is for clients", Plan { purposes: Some(vec![CLIENT_AUTH]), ..trusted.clone() }),
                ("was signed by another", Plan { issuer: "Older root".to_owned(), ..trusted }),
            ] {
                let (mut chain, roots) = (made(&line(depth, BITS)), [root.make()]);
                let is_sent = depth == 1;
                chain.extend(roots.iter().filter(|_| is_sent).cloned());
                tell_chain!(chain, roots);
                let sent = if is_sent { ", and is sent along" } else { "" };
                with!("that root" = Words(format!("{what}{sent}")));
                same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
            }
        }

        /// key identifiers are only a hint: a chain in which none of them fits is trusted
        #[think = "Which certificate did you rule out by its key identifier, or by the serial number beside it? The signature decides."]
        fn key_identifiers_are_hints({sent} from ["two CAs", "a CA with two keys"]) {
            let (old, new) = (ca(BITS, 1), Signer(if sent == "two CAs" { "CA 2" } else { "CA 1" }, Key(BITS, 5)));
            let [hint, _] = identifiers(7, 7);
            let key_identifier = (sent == "a CA with two keys").then_some([7; 20]);
            let hinting = |plan: Plan| Plan { others: vec![hint.clone(), stray_hint(key_identifier)], ..plan };
            let plans = [
                Plan::leaf(&[HOST], Key(BITS, 9), new),
                Plan::ca(new.0, new.1, old),
                Plan { serial: 2, ..Plan::ca(old.0, old.1, anchor(BITS)) },
                Plan::root(anchor(BITS)),
            ];
            let mut chain = made(&plans.map(hinting));
            let roots = chain.split_off(3);
            tell_chain!(chain, roots);
            let named = match key_identifier {
                Some(_) => "and say that their issuer has a different one. The names and the serial numbers beside it fit none",
                None => "and the names and the serial numbers beside them fit none",
            };
            with!("key identifiers" = Words(format!("all certificates have the same one, {named}")));
            if sent == "a CA with two keys" {
                think_of!("The two certificates of CA 1 have the same key identifier, but different keys, and all name another identifier for their issuer. Do you treat the two as one CA, or rule one of them out, or the root? The signature decides.");
            }
            same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
        }

        /// a certificate issued by a leaf is refused
        #[think = "Who has signed it? Is the signer allowed to?"]
        #[cases = 16]
        fn a_leaf_is_not_a_ca({depth} in 0..=3_usize, {silent} in any::<bool>()) {
            let mut plans = line(depth + 1, BITS);
            plans[1].ca = if silent { None } else { Some((false, None)) };
            plans[1].usage = Some(KeyUsages::KeyCertSign).filter(|_| silent);
            chain_is_refused!(plans);
        }

        /// the path length of each CA counts, and it counts the CAs below it
        #[think = "How many CAs are there between this one and the leaf? The leaf itself is not a CA."]
        #[cases = 64]
        fn path_lengths_count(
            {depth} in 1..=4_usize, {place} in any::<Index>(), {longest} in 0..=3_u8
        ) {
            // Most of them high up, with other CAs below.
            let place = 4_usize.saturating_sub(place.index(6)).clamp(1, depth);
            let mut plans = line(depth, BITS);
            plans[place].ca = Some((true, Some(longest)));
            if place - 1 <= usize::from(longest) {
                chain_is!(plans, Ok(()));
            } else {
                chain_is_refused!(plans);
            }
        }

        /// the dates of every certificate count, not those of the leaf alone
        #[think = "Which certificates' dates did you check?"]
        #[cases = 20]
        fn all_dates_count({depth} in 0..=4_usize, {place} in any::<Index>(), {early} in any::<bool>()) {
            let place = place.index(depth + 1);
            let mut plans = line(depth, BITS);
            plans[place].validity = if early { (-1, 1000) } else { (1000, -1) };
            chain_is_refused!(plans);
            // At the bound itself it is still good.
            plans[place].validity = if early { (0, 1000) } else { (1000, 0) };
            chain_is!(plans, Ok(()));
        }

        /// a CA whose key must not sign certificates is refused
        #[think = "Do you check the key usage of every CA on the path?"]
        #[cases = 16]
        fn key_usages_count({depth} in 1..=4_usize, {place} in any::<Index>()) {
            let mut plans = line(depth, BITS);
            plans[1 + place.index(depth)].usage = Some(KeyUsages::DigitalSignature);
            chain_is_refused!(plans);
        }

        /// the leaf must be for the host, and no other certificate counts for that
        #[think = "Do you check that the leaf is for the host? And only the leaf?"]
        fn the_host_counts({depth} from [0, 1, 2, 3]) {
            let chain = made(&line(depth, BITS));
            tell_chain!(chain, roots());
            refused!(verify_chain(&chain, &roots(), "www.example.com", NOW));
            think_of!("The leaf is the first certificate. The server proves that it has the private key for this one, not for the others. Do you look for another leaf?");
            let mut other = made(&[Plan::leaf(&["www.example.com"], Key(BITS, 8), ca(BITS, 1))]);
            other.extend(chain);
            tell_chain!(other, roots());
            refused!(verify_chain(&other, &roots(), HOST, NOW));
            let mut plans = line(depth + 1, BITS);
            plans[0].names = None;
            // The common name is not a host.
            think_of!("The leaf has no names, and neither its common name nor the names of a CA count. Does `is_for(leaf, host)` always decide?");
            plans[0].subject = HOST.to_owned();
            plans[1].names = Some(vec![dns_name(HOST)]);
            chain_is_refused!(plans);
        }

        /// a CA's certificate is not accepted as a server's
        #[think = "What do the leaf's own `BasicConstraints` say?"]
        fn a_ca_is_not_a_server({depth} from [0, 1, 2, 3]) {
            let mut plans = line(depth, BITS);
            plans[0].ca = Some((true, None));
            chain_is_refused!(plans);
            plans[0].ca = None;
            chain_is!(plans, Ok(()));
            // It is a CA even if the extension is not critical.
            let constraints = BasicConstraints { ca: true, path_len_constraint: None };
            plans[0].others = vec![extension(false, &constraints)];
            chain_is_refused!(plans);
        }

        /// every signature counts: if one bit is changed, or another key made it, the chain is refused
        #[think = "Which links of the chain did you check with `signed_by`?"]
        #[cases = 32]
        fn every_signature_counts(
            {depth} in 0..=4_usize, {place} in any::<Index>(), {flipped} in 0..BITS,
            {other_key} in any::<bool>()
        ) {
            let place = place.index(depth + 1);
            let mut plans = line(depth, BITS);
            if other_key {
                plans[place].signer = Key(BITS, 9);
            } else {
                plans[place].flipped = Some(flipped);
            }
            chain_is_refused!(plans);
        }
    }
}
