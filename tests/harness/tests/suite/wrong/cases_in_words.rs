//! A number of cases that is not a number.

harness::suite! {
    exercise "1.1" {
        /// it holds
        #[think = "a thought"]
        #[cases = MANY]
        fn it_holds(number in 0..9_u8) {
            harness::same!(number, number);
        }
    }
}

fn main() {}
