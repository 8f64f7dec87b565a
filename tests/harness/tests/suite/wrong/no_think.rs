//! The thought for the learner is missing.

harness::suite! {
    exercise "1.1" {
        /// it holds
        fn it_holds() {}
    }
}

fn main() {}
