//! An argument with a type, as functions have them.

harness::suite! {
    exercise "1.1" {
        /// it holds
        #[think = "a thought"]
        fn it_holds(number: u8) {}
    }
}

fn main() {}
