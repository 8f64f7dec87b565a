//! The attributes of a property come in any order, and its arguments in each of their forms.

harness::suite! {
    exercise "1.1" {
        #[cases = 8]
        /// the sentence is between
        #[think = "a thought"]
        fn the_sentence_may_come_second(number in 0..9_u8,) {
            harness::check!(number < 9, "a digit", number);
        }

        #[think = "a thought"]
        #[cases = 8]
        /// the sentence is last,
        /// in two lines
        fn the_sentence_may_come_last((one, other) in (0..9_u8, 0..9_u8), third in 0..9_u8) {
            harness::check!(one + other + third < 27, "less than three nines", one);
        }

        /// one by one
        #[think = "a thought"]
        fn a_list(item from [1, 2, 3]) {
            harness::same!(item, item);
        }
    }

    exercise "1.2" {
        /// once
        #[think = "a thought"]
        fn no_arguments() {
            harness::same!(1 + 1, 2);
        }
    }
}

fn main() {
    let suite = suite();
    assert_eq!(suite[1].sentence, "the sentence is last, in two lines");
    assert_eq!(suite.len(), 4);
}
