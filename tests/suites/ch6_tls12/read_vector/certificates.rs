//! A list of certificates, and bytes of any kind: 6.1.

use given::tls::Malformed;
use given::tls12::CertificateChain;
use harness::{same, think_of};

use super::strategies::{claims, left_over};
use crate::subject::ch6_tls12::*;
use fixtures::strategies::{LONG, bit, bytes, list};
use fixtures::tls12::reference::{self, claimed, vector};

harness::suite! {
    exercise "6.1" {
        /// the certificates in a list are read, in their order
        #[think = "How many certificates may a list have, and may two of them be equal? The exercise has no limit."]
        #[cases = 96]
        fn certificates_are_read(certificates in list(bytes(1..=20), 1..=257)) {
            let body = list_of(&certificates);
            same!(certificate_list(&body), Ok(slices(&certificates)));
        }

        /// a certificate of any length is read, and so is the one after it
        #[think = "Each length here takes 3 bytes."]
        #[cases = 96]
        fn a_long_certificate_is_read(first in bytes(1..=LONG), second in bytes(1..=40)) {
            if (257..65_536).contains(&first.len()) {
                think_of!("Is there a limit in your code that is not in the exercise?");
            }
            let both = vec![first, second];
            let body = list_of(&both);
            same!(certificate_list(&body), Ok(slices(&both)));
        }

        /// long certificates are read, and so are many certificates
        #[think = "Each length here takes 3 bytes."]
        fn long_lists_are_read(list from [vec![vec![0x30; 70_000]], vec![vec![0x30; 1 << 20]], vec![vec![0x30]; 1025], vec![vec![0x30]; 65_537]]) {
            if list.len() > 1025 || list[0].len() > 70_000 {
                think_of!("Is there a limit in your code that is not in the exercise?");
            }
            let body = list_of(&list);
            same!(certificate_list(&body), Ok(slices(&list)));
        }

        /// an empty list is refused, and so is an empty certificate, wherever it is in the list
        #[think = "Who is the server, if nobody is in the list?"]
        #[cases = 128]
        fn nothing_is_not_a_certificate(
            before in list(bytes(1..=9), 0..=4), after in list(bytes(1..=9), 0..=4)
        ) {
            for few in [vec![], vec![vec![]], vec![vec![]; 2], vec![vec![7], vec![]], vec![vec![], vec![7]]] {
                let body = list_of(&few);
                same!(certificate_list(&body), Err(Malformed));
            }
            let list = [before, vec![vec![]], after].concat();
            let body = list_of(&list);
            same!(certificate_list(&body), Err(Malformed));
        }

        /// bytes that are left over are refused, in the list and after it
        #[think = "Where does your loop stop, and what has it seen by then?"]
        #[cases = 128]
        fn bytes_left_over_are_refused(
            certificates in list(bytes(1..=20), 1..=3), left_over in left_over()
        ) {
            let body = [list_of(&certificates), left_over.clone()].concat();
            same!(certificate_list(&body), Err(Malformed));
            // Too short for a length, or for what it claims.
            let unfinished = claimed(3, left_over.len() + 1, &left_over);
            for left_over in [&unfinished, &unfinished[..1], &unfinished[..2]] {
                let list = list_of(&certificates)[3..].to_vec();
                let body = vector(3, &[&list, left_over].concat());
                same!(certificate_list(&body), Err(Malformed));
            }
        }

        /// a list is refused if it claims to be longer or shorter than it is, even if each certificate in it
        /// is whole
        #[think = "Two lengths describe the same bytes. What do you do with the length of the list?"]
        fn a_list_is_as_long_as_it_says(
            ({claim}, {after}) from [
                (15, 0), (16, 0), (0x10e, 0), (0x1_000e, 0), (13, 0), (7, 0), (0, 0), (14, 1), (14, 2), (14, 3),
            ]
        ) {
            let list = list_of(&[vec![0x30, 1, 0, 0], vec![0x30, 1, 0, 7]]);
            let body = [claimed(3, claim, &list[3..]), vec![0; after]].concat();
            same!(certificate_list(&body), Err(Malformed));
        }

        /// a list in which one bit was flipped is read as it now is, or refused
        #[think = "Two lengths describe the same bytes. Where does each of them say that they end?"]
        fn a_changed_list_is_read_as_it_stands(
            certificates in list(bytes(1..=4), 1..=4), changed in bit()
        ) {
            let body = changed.flipped(&list_of(&certificates));
            let expected = reference::list(&body);
            same!(certificate_list(&body), expected.as_deref().map(slices).map_err(|wrong| *wrong));
        }

        /// a list is read for what is in it, even if another one began with the same certificate
        #[think = "Do you keep anything from one call to the next? Another list may have the same server in it."]
        fn each_list_is_read_for_itself(rest from [vec![], vec![vec![7; 4]], vec![vec![8; 3]], vec![vec![]]]) {
            let (leaf, ca) = (vec![0x30; 5], vec![7; 3]);
            let (first, second) = (vec![leaf.clone(), ca], [vec![leaf], rest].concat());
            for certificates in [&first, &second, &first] {
                let body = list_of(certificates);
                let expected = reference::list(&body);
                same!(certificate_list(&body), expected.as_deref().map(slices).map_err(|wrong| *wrong));
            }
        }

        /// no bytes make a function of this exercise panic, or return what is not there
        #[think = "Which slice, sum or `unwrap` fails for some input?"]
        #[cases = 512]
        fn any_bytes_are_read_or_refused(width in 1..=3_usize, input in claims()) {
            let mut rest = input.as_slice();
            let read = reference::read(&input, width);
            same!(read_vector(&mut rest, width), read.map(|(content, _)| content));
            let whole = read.and_then(|(content, rest)| reference::only(content, rest));
            same!(only_vector(&input, width), whole);
            let expected = reference::list(&input);
            same!(certificate_list(&input), expected.as_deref().map(slices).map_err(|wrong| *wrong));
            same!(heartbeat_response(&input), reference::beat(&input));
        }
    }
}

/// The certificates, as slices.
fn slices(certificates: &[Vec<u8>]) -> Vec<&[u8]> {
    certificates.iter().map(Vec::as_slice).collect()
}

/// The body of a Certificate.
fn list_of(certificates: &[Vec<u8>]) -> Vec<u8> {
    let message = CertificateChain(certificates.to_vec()).handshake();
    message.body().to_vec()
}
