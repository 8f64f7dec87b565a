//! `in_network`: an address and a network.

use fixtures::limits::network;
use fixtures::strategies::{array, bytes, flip};
use harness::{refused, same, think_of, with};
use proptest::prelude::*;

use crate::subject::ch5_certificates::*;

harness::suite! {
    exercise "5.7" {
        /// each of these addresses is in its network or outside of it, as the mask says
        #[think = "The mask is the second half. Where it has a 1, the address and the network must have the same bit."]
        fn networks_are_masks((address, network, {inside}) from [
            ([192, 0, 2, 7], [192, 0, 2, 0, 255, 255, 255, 0], true),
            ([192, 0, 2, 255], [192, 0, 2, 0, 255, 255, 255, 0], true),
            ([192, 0, 3, 7], [192, 0, 2, 0, 255, 255, 255, 0], false),
            ([193, 0, 2, 7], [192, 0, 2, 0, 255, 255, 255, 0], false),
            // Two differences that cancel each other out in a XOR or a sum of bytes.
            ([64, 128, 2, 7], [192, 0, 2, 0, 255, 255, 255, 0], false),
            // What the network has under a 0 of the mask does not count.
            ([192, 0, 2, 7], [192, 0, 2, 99, 255, 255, 255, 0], true),
            // A mask that ends inside a byte.
            ([10, 0, 0, 127], [10, 0, 0, 0, 255, 255, 255, 128], true),
            ([10, 0, 0, 128], [10, 0, 0, 0, 255, 255, 255, 128], false),
            // One address; all addresses.
            ([10, 0, 0, 1], [10, 0, 0, 1, 255, 255, 255, 255], true),
            ([10, 0, 0, 2], [10, 0, 0, 1, 255, 255, 255, 255], false),
            ([10, 0, 0, 2], [192, 0, 2, 0, 0, 0, 0, 0], true),
        ]) {
            same!(in_network(&address, &network), Ok(inside));
        }

        /// a bit counts if the mask has a 1 there, and does not count if it has a 0
        #[think = "From which end does the mask count? The first bit is the highest bit of the first byte."]
        fn the_bits_under_the_mask_count(
            ({base}, {ones}) in address_and_ones(), {bit} in (-3_isize..=3), {anywhere} in 0..128_usize,
            {near} in any::<bool>()
        ) {
            let bits = 8 * base.len();
            // Half of the time, close to the end of the mask.
            let bit = if near { ones.saturating_add_signed(bit) } else { anywhere } % bits;
            let network = network(&base, ones);
            with!("mask" = &network[base.len()..]);
            for differs in [false, true] {
                let mut address = base.clone();
                think_of!("This is the address of the network, and a mask may have any number of ones. Why is it not inside?");
                if differs {
                    think_of!("The two addresses differ in one bit. Does the mask have a 1 there? The first bit is the highest bit of the first byte, and every byte counts.");
                    flip(&mut address, bit / 8 * 8 + 7 - bit % 8);
                }
                same!(in_network(&address, &network), Ok(!differs || bit >= ones));
            }
        }

        /// every length of a mask is good, and its last 1 counts, and its first 0 does not
        #[think = "The mask may have any number of ones, from none to all. Do you go through all of its bytes?"]
        fn a_mask_may_have_any_length(({base}, {ones}) from all_masks()) {
            let network = network(&base, ones);
            with!("mask" = &network[base.len()..]);
            same!(in_network(&base, &network), Ok(true));
            for bit in [ones.wrapping_sub(1), ones] {
                if bit < 8 * base.len() {
                    let mut address = base.clone();
                    flip(&mut address, bit / 8 * 8 + 7 - bit % 8);
                    same!(in_network(&address, &network), Ok(bit >= ones));
                }
            }
        }

        /// each mask is looked at, whatever the previous one was
        #[think = "Do you keep anything from one call to the next? The address of the network is the same here, but not its mask."]
        fn each_mask_is_looked_at_anew({base} from [vec![10; 4], vec![10; 16]]) {
            let mut address = base.clone();
            address[2] = 0x8a;
            let mut before = None;
            for ones in [16, 17, 16, 24, 17, 8, 17] {
                let network = network(&base, ones);
                if let Some(before) = before.replace(network.clone()) {
                    with!("the previous network" = before);
                }
                same!(in_network(&address, &network), Ok(ones <= 16));
            }
        }

        /// an IPv4 address is in no IPv6 network, and an IPv6 address in no IPv4 network
        #[think = "Both lengths are good, but they don't belong together. What is the answer then?"]
        #[cases = 48]
        fn the_families_are_apart({v4} in array::<4>(), {v6} in array::<16>(), {ones} in 0..=128_usize) {
            // Not even if the first bytes are the same.
            let longer = [&v4[..], &v6[4..]].concat();
            for (address, network) in [
                (&v4[..], network(&v6, ones)), (&v6, network(&v4, ones.min(32))),
                (&v4, network(&longer, ones)),
            ] {
                same!(in_network(address, &network), Ok(false));
            }
        }

        /// a mask with a 1 after a 0 is refused, wherever the two are, and whatever the addresses
        #[think = "A mask is ones, then zeros. Which bit of this one comes too late?"]
        fn a_mask_with_a_hole_is_refused(
            ({address}, {ones}) in address_and_ones(), {more} in any::<prop::sample::Index>(),
            {differs} in any::<bool>()
        ) {
            let bits = 8 * address.len();
            let ones = ones.min(bits - 2);
            // Some bit after the first zero.
            let bit = ones + 1 + more.index(bits - ones - 1);
            let mut network = network(&address, ones);
            flip(&mut network[address.len()..], bit / 8 * 8 + 7 - bit % 8);
            with!("mask" = &network[address.len()..]);
            if differs {
                network[0] ^= 0x80;
                think_of!("Do you look at the whole mask, even if an earlier bit of the address already differs?");
            }
            refused!(in_network(&address, &network));
        }

        /// a mask with one 1 after the zeros is refused, even if the address is of the other family
        #[think = "A mask is ones, then zeros. Do you look at all of it, and before you look at anything else?"]
        fn a_late_one_is_refused(({base}, {ones}) from all_masks()) {
            let bits = 8 * base.len();
            let other_family = vec![10; 20 - base.len()];
            // At the beginning of the next byte, of the next part of 4 or 8 bytes, and at the end.
            let starts = [8, 32, 64].map(|unit| (ones + 1).next_multiple_of(unit));
            for bit in [&[ones + 1][..], &starts, &[bits - 1]].concat() {
                if (ones + 1..bits).contains(&bit) {
                    let mut network = network(&base, ones);
                    flip(&mut network[base.len()..], bit / 8 * 8 + 7 - bit % 8);
                    with!("mask" = &network[base.len()..]);
                    same!(in_network(&base, &network), Err(Untrusted::Malformed));
                    think_of!("The address is of the other family here. Do you look at the mask before you find that out?");
                    same!(in_network(&other_family, &network), Err(Untrusted::Malformed));
                }
            }
        }

        /// two lengths that belong together are refused, if they are not 4 and 8 bytes, or 16 and 32
        #[think = "That the network is twice as long is not enough. How long may the address be?"]
        fn lengths_that_belong_together_are_refused({length} from [
            0, 1, 2, 3, 5, 6, 8, 12, 15, 17, 20, 32, 64, 256, 260, 272,
        ]) {
            let (address, network) = (vec![10; length], [vec![10; length], vec![255; length]].concat());
            same!(in_network(&address, &network), Err(Untrusted::Malformed));
        }

        /// an address or a network of another length is refused, however long the other one is
        #[think = "4 bytes or 16, and 8 or 32. Do you compare the whole lengths, and both of them?"]
        fn one_other_length_is_refused(({address}, {network}) from [
            (4, 0), (16, 0), (4, 4), (16, 16), (4, 7), (4, 9), (16, 31), (16, 33), (4, 16), (16, 24), (4, 264), (16, 288),
            (0, 8), (0, 32), (3, 8), (5, 8), (8, 8), (12, 32), (15, 32), (17, 32), (32, 32), (260, 8), (272, 32),
        ]) {
            let half = network / 2;
            let (address, network) = (vec![10; address], [vec![10; half], vec![255; network - half]].concat());
            same!(in_network(&address, &network), Err(Untrusted::Malformed));
        }

        /// an address or a network of another length is refused
        #[think = "4 bytes or 16, and 8 or 32. What if there are none at all?"]
        #[cases = 96]
        fn other_lengths_are_refused({other} in bytes(0..=40), {others} in bytes(0..=70)) {
            for good in [vec![10; 4], vec![10; 16]] {
                if !matches!(other.len(), 4 | 16) {
                    let (address, network) = (&other, network(&good, 8 * good.len()));
                    refused!(in_network(address, &network));
                }
                if !matches!(others.len(), 8 | 32) {
                    let half = others.len() / 2;
                    let mask = vec![255; others.len() - half];
                    let (address, network) = (&good, [&others[..half], &mask].concat());
                    refused!(in_network(address, &network));
                }
            }
        }
    }
}

/// An address of each family, with each number of ones that its mask may have.
fn all_masks() -> Vec<(Vec<u8>, usize)> {
    let addresses = [vec![192, 0, 2, 1], (1..=16).map(|one| 3 * one).collect()];
    let masks = |base: Vec<u8>| (0..=8 * base.len()).map(move |ones| (base.clone(), ones));
    addresses.into_iter().flat_map(masks).collect()
}

/// An address of either family, and how many ones its mask has.
fn address_and_ones() -> BoxedStrategy<(Vec<u8>, usize)> {
    prop_oneof![
        (bytes(4..=4), 0..=32_usize),
        (bytes(16..=16), 0..=128_usize),
    ]
    .boxed()
}
