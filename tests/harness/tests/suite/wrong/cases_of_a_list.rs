//! A number of cases for a list, which says how many there are.

harness::suite! {
    exercise "1.1" {
        /// it holds
        #[think = "a thought"]
        #[cases = 64]
        fn it_holds(item from [1, 2, 3]) {
            harness::same!(item, item);
        }
    }
}

fn main() {}
