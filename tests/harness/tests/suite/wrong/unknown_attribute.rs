//! An attribute that a property can't have.

harness::suite! {
    exercise "1.1" {
        /// it holds
        #[thought = "a thought"]
        fn it_holds() {}
    }
}

fn main() {}
