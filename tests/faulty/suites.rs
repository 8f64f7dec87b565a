//! The suites that grade the faulty answers.

/// Chapter 1.
pub mod ch1 {
    use harness::{same, with};
    use proptest::collection::vec;
    use proptest::prelude::*;

    use crate::ch1_faults::*;

    harness::suite! {
        exercise "1.1" {
            /// the number comes back
            #[think = "Which number?"]
            fn right_comes_back(number in 0..1000u32) { same!(right(number), number); }
        }
        exercise "1.2" {
            /// the middle byte is returned
            #[think = "What is the middle of nothing?"]
            fn middle_is_read(bytes in vec(any::<u8>(), 0..32)) { let _ = panics(&bytes); }
        }
        exercise "1.3" {
            /// the loop ends
            #[think = "When does it end?"]
            fn loop_ends(number in 0..1000u32) {
                with!("next" = number + 1);
                same!(loops(number), number);
            }
        }
        exercise "1.4" {
            /// the recursion ends
            #[think = "When does it end?"]
            fn recursion_ends(number in 0..1000u32) { same!(recurses(number), number); }
        }
        exercise "1.5" {
            /// the answer returns
            #[think = "Who called you?"]
            fn exit_returns(number in 0..1000u32) { same!(exits(number), number); }
        }
        exercise "1.6" {
            /// the answer returns
            #[think = "Who called you?"]
            fn abort_returns(number in 0..1000u32) { same!(aborts(number), number); }
        }
        exercise "1.7" {
            /// the answer fits into memory
            #[think = "How much do you need?"]
            fn hoard_fits(number in 0..1000u32) { same!(hoards(number), number); }
        }
        exercise "1.8" {
            /// printing does no harm
            #[think = "Who reads that?"]
            #[cases = 1]
            fn chatter_is_harmless(number in 0..1000u32) { same!(chatters(number), number); }
        }
        exercise "1.9" {
            /// printing does not help
            #[think = "Who reads that?"]
            fn chatter_is_no_help(number from [7]) { same!(chatters_and_errs(number), number); }
        }
        exercise "1.10" {
            /// every thread ends well
            #[think = "Who waits for the thread?"]
            fn threads_end_well(number in 0..1u32) { same!(panics_elsewhere(number), number); }
        }
        exercise "1.11" {
            /// nobody waits for a thread that is left behind
            #[think = "Who waits for the thread?"]
            #[cases = 4]
            fn threads_are_left(number in 0..1000u32) { same!(leaves_a_thread(number), number); }
        }
        exercise "1.13" {
            /// there are steps
            #[think = "How many steps?"]
            fn steps(step in 0..1000usize) { let _ = panics_inside(step); }
        }
        exercise "1.14" {
            /// the square is right
            #[think = "What is a square?"]
            fn squares(number in 0..1000u32) { same!(overflows(number), number * number); }
        }
        exercise "1.12" {
            /// a panic that is caught does no harm
            #[think = "Why hide it?"]
            fn hidden_panic(number in 0..1000u32) { same!(hides_its_panic(number), number); }
        }
    }
}

/// Chapter 2.
pub mod ch2 {
    use harness::{accepted, check, differ, same, skip};
    use proptest::collection::vec;
    use proptest::prelude::*;

    use crate::ch2_words::*;

    harness::suite! {
        exercise "2.1" {
            /// the number comes back
            #[think = "Which number?"]
            fn begun(number in 0..1000u32) { same!(not_begun(number), number); }
        }
        exercise "2.2" {
            /// the number comes back
            #[think = "Which number?"]
            fn waited(number in 0..1000u32) { same!(waiting(number), number); }
        }
        exercise "2.3" {
            /// the number comes back
            #[think = "Which number?"]
            fn done(number in 0..1000u32) { same!(own_todo(number), number); }
        }
        exercise "2.4" {
            /// all bytes come back, and this sentence is long enough to show that a sentence that does
            /// not fit into one line goes on in the next, in the column where it began
            #[think = "Which byte is not as it was?"]
            fn bytes_come_back(prefix in 0..9u8, bytes in vec(any::<u8>(), 0..256)) {
                let _ = prefix;
                same!(wrong_bytes(&bytes), Ok(bytes));
            }
        }
        exercise "2.5" {
            /// the squares are as in the table
            #[think = "Three times three?"]
            fn squares(row from [(1, 1), (2, 4), (3, 9), (4, 16)]) { same!(wrong_row(row.0), row.1); }
        }
        exercise "2.6" {
            /// every number is taken
            #[think = "Which one is too large?"]
            fn taken(number in 0..1000u32) {
                harness::assume!(number % 2 == 1);
                let taken = accepted!(refuses(number));
                check!(taken < 1000, "a small number", taken);
            }
        }
        exercise "2.8" {
            /// a number that no draw gives is taken
            #[think = "Which number could that be?"]
            #[cases = 8]
            fn undrawn_is_taken(number in 0..1000u32) {
                harness::assume!(number >= 1000);
                accepted!(refuses(number));
            }
        }
        exercise "2.9" {
            /// the number is weighed
            #[think = "What does it weigh?"]
            fn weighed(number in 0..1000u32) {
                same!(weighs(number), number);
                skip!("{} not found", "scales");
            }

            /// what can be tried without them is tried, and holds
            #[think = "What does nothing weigh?"]
            fn nothing_is_weighed() { same!(weighs(0), 0); }
        }
        exercise "2.10" {
            /// the number is weighed
            #[think = "What does it weigh?"]
            fn weighed_as_well(_row from [1, 2]) { skip!("scales not found"); }

            /// what can be tried without them is tried, and does not hold
            #[think = "What does nothing weigh?"]
            fn nothing_weighs_nothing() { same!(weighs_too_much(0), 0); }
        }
        exercise "2.7" {
            /// two answers are never the same
            #[think = "Where does chance come from?"]
            fn answers_differ() { differ!(repeats_itself(), repeats_itself()); }
        }
    }
}

/// Chapter 3.
pub mod ch3 {
    use harness::{check, same};

    use crate::ch3_parts::*;

    harness::suite! {
        exercise "3.1" {
            /// two halves are the whole
            #[think = "Which half is larger?"]
            fn halves_are_the_whole(number in 0..1000u32) {
                same!(first_half(number) + second_half(number), number);
            }

            /// the first half is not the larger one
            #[think = "Which half is larger?"]
            fn first_half_is_small(number in 0..1000u32) {
                check!(first_half(number) <= number / 2, "half of it", number);
            }
        }
        exercise "3.2" {
            /// the square of a digit is as in the table
            #[think = "Three times three?"]
            fn digits(row from [(1, 1), (3, 9)]) { same!(square(row.0), row.1); }

            /// the square of a number with two digits has its last digit squared, and this sentence is too long for
            /// a list
            #[think = "Ten times ten?"]
            fn two_digits(number in 11..12u32) { same!(square(number) % 10, number * number % 10); }

            /// zero squared is zero
            #[think = "Zero times zero?"]
            fn zero() { same!(square(0), 0); }

            /// a hundred squared is ten thousand
            #[think = "How many zeros?"]
            fn hundred() { same!(square(100), 10_000); }

            /// a thousand squared is a million
            #[think = "How many zeros?"]
            fn thousand() { same!(square(1000), 1_000_000); }

            /// one squared is one
            #[think = "One times one?"]
            fn one() { same!(square(1), 1); }
        }
        exercise "3.3" {
            /// the sum is that of both
            #[think = "Where does the second go?"]
            fn both_are_added(数 in 1..9u32, 小さい数 in 1..9u32, other in 1..9u32) {
                same!(sum(数, 小さい数) + other, 数 + 小さい数 + other);
            }
        }
        exercise "3.4" {
            /// what is written is tried, though the first item of the list needs something else
            #[think = "What is one less than three?"]
            fn both_are_tried(is_more from [true, false]) {
                if is_more {
                    same!(one_more(3), 4);
                } else {
                    same!(one_less(3), 2);
                }
            }
        }
    }
}

/// Chapter 4.
pub mod ch4 {
    use harness::show::{Hex, Words};
    use harness::{same, think_of, with};

    use crate::ch4_derived::*;

    harness::suite! {
        exercise "4.1" {
            /// what is sent is the message, and the codes
            #[think = "This thought is for another way to fail."]
            fn all_is_sent({length} in 0..9usize, {code} in 0x0401..0x0402u16) {
                let sent = Sent { message: bytes(length), codes: vec![code, 0x0804] };
                think_of!("Which byte is not there?");
                with!("table" = Words("one\n  two".to_owned()), "code" = Hex(code));
                same!(send(&bytes(length), "four"), sent);
            }
        }
        exercise "4.2" {
            /// twice is right
            #[think = "What is twice?"]
            fn twice_is_right(number in 0..9u32) { same!(twice(number), number + number); }

            /// what another exercise sends does not panic
            #[think = "Whose panic is it?"]
            fn another_sends() {
                let message = vec![7; 16];
                same!(send(&message, "sixteen"), send(&message, "sixteen"));
            }
        }
    }

    /// This many bytes that are text.
    fn bytes(length: usize) -> Vec<u8> {
        b"text, and more of it"[..length].to_vec()
    }
}
