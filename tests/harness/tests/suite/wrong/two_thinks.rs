//! Two thoughts, but the report has room for one.

harness::suite! {
    exercise "1.1" {
        /// it holds
        #[think = "a thought"]
        #[think = "another thought"]
        fn it_holds() {}
    }
}

fn main() {}
