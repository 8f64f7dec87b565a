//! The sentence that the report says is missing.

harness::suite! {
    exercise "1.1" {
        #[think = "a thought"]
        fn it_holds() {}
    }
}

fn main() {}
