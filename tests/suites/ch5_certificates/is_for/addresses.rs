//! IP addresses: byte for byte, and nothing that only resembles them.

use std::net::IpAddr;

use given::x509::*;
use harness::{assume, think_of};
use proptest::prelude::*;
use proptest::sample::Index;

use super::entries::*;
use crate::subject::ch5_certificates::Untrusted;
use fixtures::x509::*;

harness::suite! {
    exercise "5.4" {
        /// a certificate is for the IP address that is in it, and for no other
        #[think = "4 bytes or 16, compared with those of the entry. How do you get them from `host`?"]
        #[cases = 96]
        fn an_address_matches({address} in address(), {other} in address()) {
            assume!(address != other);
            let certificate = with_names(vec![GeneralName::from(address)]);
            is_for_is(&certificate, &address.to_string(), Ok(()))?;
            is_for_is(&certificate, &other.to_string(), Err(Untrusted::WrongHost))?;
        }

        /// an address with a changed bit, or with the same bit changed in two bytes, is another address
        #[think = "Are all the bytes compared, and each with its own?"]
        #[cases = 64]
        fn every_bit_of_an_address_counts(
            {address} in address(), {bit} in 0..8_usize, {one} in any::<Index>(), {other} in any::<Index>()
        ) {
            let bytes = octets(address);
            let (one, other) = (one.index(bytes.len()), other.index(bytes.len()));
            let mut changed = bytes.clone();
            changed[one] ^= 1 << bit;
            let mut twice = changed.clone();
            twice[other] ^= 1 << bit;
            let mut swapped = bytes.clone();
            swapped.swap(one, other);
            for entry in [changed, twice, swapped] {
                let expected = if entry == bytes { Ok(()) } else { Err(Untrusted::WrongHost) };
                is_for_is(&with_addresses(&[&entry]), &address.to_string(), expected)?;
            }
        }

        /// each bit of each byte of an address counts
        #[think = "Are all the bytes compared, and all of each?"]
        fn every_byte_of_an_address_counts({byte} from (0..16).collect::<Vec<usize>>()) {
            for host in ["192.0.2.1", "2001:db8:1:2:3:4:5:6"] {
                let address = octets(host.parse().expect("an address"));
                if byte < address.len() {
                    let changed = [0, 1, 2, 3, 4, 5, 6, 7].map(|bit| {
                        let mut changed = address.clone();
                        changed[byte] ^= 1 << bit;
                        changed
                    });
                    // Two differences that cancel each other out in a XOR or a sum of bytes.
                    let mut twice = changed[7].clone();
                    twice[(byte + 1) % address.len()] ^= 0x80;
                    let mut entries = changed.each_ref().map(Vec::as_slice).to_vec();
                    entries.push(&twice);
                    is_for_is(&with_addresses(&entries), host, Err(Untrusted::WrongHost))?;
                }
            }
        }

        /// an address of any kind matches: of this machine, of this network, or of many
        #[think = "Is there an address that you refuse? The CA has found out whose it is."]
        fn an_address_of_any_kind_matches(host from [
            "127.0.0.1", "10.0.0.1", "169.254.0.1", "192.168.0.1", "224.0.0.1", "fe80::1", "fd00::1", "ff02::1",
        ]) {
            is_for_is(&named(&[host]), host, Ok(()))?;
        }

        /// an address in another spelling is the same address
        #[think = "Compare addresses, not their texts."]
        fn an_address_has_many_spellings(({address}, host) from [
            ("2001:db8::1", "2001:DB8:0:0:0:0:0:1"), ("::1", "0:0:0:0:0:0:0:1"),
            ("2001:db8::c000:201", "2001:db8::192.0.2.1"), ("::", "0::0"),
            ("::ffff:192.0.2.1", "::ffff:c000:201"),
        ]) {
            is_for_is(&named(&[address]), host, Ok(()))?;
        }

        /// an IP address is not a name, and a name is not an address
        #[think = "First find out which of the two `host` is. Then look only among those."]
        #[cases = 64]
        fn an_address_is_not_a_name({address} in any::<[u8; 4]>()) {
            let text = IpAddr::from(address).to_string();
            let (_, rest) = text.split_once('.').expect("it has dots");
            let wildcard = format!("*.{rest}");
            let as_names = with_names(vec![dns_name(&text), dns_name(&wildcard)]);
            is_for_is(&as_names, &text, Err(Untrusted::WrongHost))?;
            // The bytes of an address may be letters.
            let letters = String::from_utf8(address.map(|byte| b'a' + byte % 26).to_vec());
            let letters = letters.expect("letters");
            let address = address.map(|byte| b'a' + byte % 26);
            let as_address = with_names(vec![GeneralName::from(IpAddr::from(address))]);
            is_for_is(&as_address, &letters, Err(Untrusted::WrongHost))?;
            is_for_is(&with_addresses(&[text.as_bytes()]), &text, Err(Untrusted::WrongHost))?;
        }

        /// an address does not match a name that belongs to it, nor the name the address
        #[think = "First find out which of the two `host` is. Then look only among those. Nothing is looked up."]
        fn an_address_has_no_name(({address}, {name}) from [
            ("127.0.0.1", "localhost"), ("::1", "localhost"), ("192.0.2.1", "1.2.0.192.in-addr.arpa"),
            ("192.0.2.1", "192-0-2-1.example.org"),
        ]) {
            is_for_is(&named(&[name]), address, Err(Untrusted::WrongHost))?;
            is_for_is(&named(&[address]), name, Err(Untrusted::WrongHost))?;
        }

        /// an IPv6 address does not match a DNS name either
        #[think = "First find out which of the two `host` is. Then look only among those."]
        fn an_ipv6_address_is_not_a_name(host from [
            "::", "::1", "2001:db8::1", "::ffff:192.0.2.1", "::192.0.2.1",
        ]) {
            let upper = host.to_ascii_uppercase();
            let names = [host, &upper, &format!("[{host}]"), "*", "*.0.2.1", "192.0.2.1"];
            is_for_is(&with_names(names.map(dns_name).to_vec()), host, Err(Untrusted::WrongHost))?;
        }

        /// what only looks like the address is refused: mapped into IPv6, with a mask, too long, too short
        #[think = "RFC 5280 §4.2.1.6: 4 bytes or 16. An entry of another length is not an address."]
        fn near_addresses_are_refused(host from [
            "192.0.2.1", "0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::1",
            "::ffff:192.0.2.1", "::192.0.2.1", "c000:201::", "64:ff9b::192.0.2.1", "2002:c000:201::",
        ]) {
            let address: IpAddr = host.parse().expect("an address");
            is_for_is(&with_addresses(&[&octets(address)]), host, Ok(()))?;
            for entry in near(address) {
                if entry.len() == octets(address).len() {
                    think_of!("An address matches itself and no other. Is each byte of the host compared with that of the entry?");
                } else if matches!(entry.len(), 4 | 16) {
                    think_of!("An IPv6 address that contains an IPv4 address is another address. How do you compare the bytes?");
                } else {
                    think_of!("RFC 5280 §4.2.1.6: 4 bytes or 16. An entry of another length is not an address.");
                }
                is_for_is(&with_addresses(&[&entry]), host, Err(Untrusted::WrongHost))?;
                think_of!("The first entry is not the host. Do you go on to the second?");
                is_for_is(&with_addresses(&[&entry, &octets(address)]), host, Ok(()))?;
            }
        }

        /// a number that is not an IP address does not match one
        #[think = "What can you parse as an `IpAddr`? Nothing else is an address."]
        fn other_numbers_are_not_addresses(host from [
            "3221225985", "0xc0000201", "192.0.513", "192.0.2.1:443", "192.0.2.1/32", " 192.0.2.1",
            "192.000.002.001", "0300.0.02.01", "192.0.2.257", "c0000201",
            "::ffff:192.0.2.1%1", "::ffff:192.0.2.1/128",
        ]) {
            let mapped = IpAddr::from([0, 0, 0, 0, 0, 0xffff, 0xc000, 0x201]);
            let certificate = with_addresses(&[&[192, 0, 2, 1], &octets(mapped)]);
            is_for_is(&certificate, host, Err(Untrusted::WrongHost))?;
        }

        /// a number that is not an IP address is a name, and matches like any other
        #[think = "What can you parse as an `IpAddr`? Everything else is a name."]
        fn other_numbers_are_names(({name}, host) from [
            ("0", "0"), ("443", "443"), ("3221225985", "3221225985"), ("4294967296", "4294967296"), ("0xc0000201", "0xc0000201"),
            ("c0000201", "c0000201"), ("192.513", "192.513"), ("192.0.513", "192.0.513"), ("1.2.3.4.5", "1.2.3.4.5"),
            ("192.000.002.001", "192.000.002.001"), ("0300.0.02.01", "0300.0.02.01"), ("256.256.256.256", "256.256.256.256"),
            ("*.0.513", "192.0.513"), ("*.2.3.4.5", "1.2.3.4.5"), ("*.0.2.257", "192.0.2.257"), ("*.example.org", "3221225985.example.org"),
        ]) {
            is_for_is(&with_names(vec![dns_name(name)]), host, Ok(()))?;
        }
    }
}
