use harness::{differ, same, think_of};

use crate::reference::reference_nonce;
use crate::subject::ch1_symmetric::*;
use crate::vectors::rfc_8448_nonces;
use fixtures::strategies::{array, number};

harness::suite! {
    exercise "1.4" {
        /// record 0 has the IV itself as its nonce
        #[think = "What does XOR with zero change?"]
        fn record_zero_has_the_iv(iv in array()) {
            same!(record_nonce(&iv, 0), iv);
        }

        /// each bit of the number changes its own bit of the IV, counted from the end
        #[think = "In big-endian order, the lowest byte of the number comes last."]
        fn each_bit_of_the_number_has_its_place(bit_of_number from 0..64_usize) {
            let mut expected = [0x5a; 12];
            expected[11 - bit_of_number / 8] ^= 1 << (bit_of_number % 8);
            let sequence: u64 = 1 << bit_of_number;
            same!(record_nonce(&[0x5a; 12], sequence), expected);
            // Together with the lowest bit: if the two are far apart, a floating-point number has
            // no room for both.
            expected[11] ^= 1;
            let sequence = sequence ^ 1;
            same!(record_nonce(&[0x5a; 12], sequence), expected);
        }

        /// the nonces match those of a recorded TLS 1.3 connection (RFC 8448 §3)
        #[think = "Write the number below the IV, so that both end in the same column."]
        fn recorded_nonces_match(row from rfc_8448_nonces()) {
            same!(record_nonce(&row.iv, row.sequence), row.nonce);
        }

        /// the nonce is the IV, XORed with the number in its last 8 bytes
        #[think = "XOR has no carry. Does every byte of the number reach the nonce?"]
        fn the_number_is_xored_into_the_end(iv in array(), sequence in number(64)) {
            same!(record_nonce(&iv, sequence), reference_nonce(&iv, sequence));
        }

        /// an IV that ends in the number itself gives zeros there
        #[think = "XOR has no carry, and no special cases. What is x ^ x?"]
        fn the_iv_may_end_in_the_number(sequence in number(64)) {
            let mut iv = [0x5a; 12];
            iv[4..].copy_from_slice(&sequence.to_be_bytes());
            let mut nonce = [0; 12];
            nonce[..4].fill(0x5a);
            same!(record_nonce(&iv, sequence), nonce);
        }

        /// another IV gives another nonce, whichever of its bytes differs
        #[think = "Do you keep anything from one call to the next? Every byte of the IV is in the nonce."]
        fn each_byte_of_the_iv_counts(place from 0..12_usize) {
            for sequence in [0, 1, u64::MAX] {
                for change in [0, 1, 0x80] {
                    let mut iv = [0x6b; 12];
                    iv[place] ^= change;
                    same!(record_nonce(&iv, sequence), reference_nonce(&iv, sequence));
                }
            }
        }

        /// no two records have the same nonce
        #[think = "Which part of the number, or of the IV, gets lost?"]
        fn different_numbers_have_different_nonces(
            iv in array(), one in number(64), another in number(64)
        ) {
            harness::assume!(one != another);
            differ!(record_nonce(&iv, one), record_nonce(&iv, another));
            let next = one.wrapping_add(1);
            differ!(record_nonce(&iv, one), record_nonce(&iv, next));
        }

        /// numbers in a row have the right nonces past every power of two, and a nonce may be all zeros
        #[think = "Do you make a nonce from the one before it? More than its last bytes may change."]
        fn numbers_in_a_row_are_right(bits from 1..64) {
            let start: u64 = (1 << bits) - 1;
            let mut zero_at_start = [0; 12];
            zero_at_start[4..].copy_from_slice(&start.to_be_bytes());
            for iv in [[0x22; 12], zero_at_start] {
                for sequence in [start - 1, start, start + 1] {
                    let expected = reference_nonce(&iv, sequence);
                    if expected == [0; 12] {
                        think_of!("A nonce of zeros is a nonce like any other. Does your answer avoid it?");
                    } else {
                        think_of!("Do you make a nonce from the one before it? More than its last bytes may change.");
                    }
                    same!(record_nonce(&iv, sequence), expected);
                }
            }
        }
    }
}
