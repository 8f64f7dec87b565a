//! An attribute has a name that is not known.

harness::suite! {
    exercise "1.1" {
        /// it holds
        #[thought = "a thought"]
        fn it_holds() {}
    }
}

fn main() {}
