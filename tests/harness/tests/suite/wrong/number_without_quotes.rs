//! The number of the exercise is not a string.

harness::suite! {
    exercise 1.1 {
        /// it holds
        #[think = "a thought"]
        fn it_holds() {}
    }
}

fn main() {}
