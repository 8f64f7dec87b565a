//! Arguments from two lists.

harness::suite! {
    exercise "1.1" {
        /// it holds
        #[think = "a thought"]
        fn it_holds(one from [1], other from [2]) {}
    }
}

fn main() {}
