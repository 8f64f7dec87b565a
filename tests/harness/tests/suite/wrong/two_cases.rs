//! Two numbers of cases.

harness::suite! {
    exercise "1.1" {
        /// it holds
        #[think = "a thought"]
        #[cases = 64]
        #[cases = 32]
        fn it_holds(number in 0..9_u8) {
            harness::same!(number, number);
        }
    }
}

fn main() {}
