//! A function outside of an exercise.

harness::suite! {
    /// it holds
    #[think = "a thought"]
    fn it_holds() {}
}

fn main() {}
