//! How a property is written.

use std::fmt::Debug;

use book::verdict::Fault;

use crate::search::Values;
use crate::show::{self, Piece};

/// One property of an exercise.
#[derive(Debug, Clone, Copy)]
pub struct Property {
    /// The number of the exercise it grades.
    pub exercise: &'static str,
    /// The name of its function.
    pub name: &'static str,
    /// What must hold, in a sentence.
    pub sentence: &'static str,
    /// One thought for a learner who broke it.
    pub think: &'static str,
    /// In which cases it is tried.
    pub cases: Cases,
    /// Tries it in one case: takes its arguments, and tells whether it holds.
    pub test: fn(&mut Values<'_>) -> Result<(), Broken>,
}

/// In which cases a property is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cases {
    /// In this many, with arguments that are drawn at random.
    Drawn(u32),
    /// Once for each item of a list.
    Listed,
    /// Once: it has no arguments.
    One,
}

/// How a case of a property ended early.
#[derive(Debug)]
pub enum Broken {
    /// It did not hold.
    By(Box<Fault>),
    /// The case does not count: what the property assumes does not hold.
    Assumption,
    /// It can't be tried here, for this reason.
    Skipped(String),
}

impl Broken {
    /// `call` should have been `expected` and was `got`, both already in words.
    pub fn expected(call: &str, expected: impl Into<String>, got: impl Into<String>) -> Broken {
        Broken::By(Box::new(Fault::Different {
            call: in_one_line(call),
            expected: expected.into(),
            got: got.into(),
        }))
    }

    /// `call` should have been `expected` and was `got`; the first differing byte gets marked.
    pub fn different(call: &str, got: &[Piece], expected: &[Piece]) -> Broken {
        let (expected, got) = show::difference(expected, got);
        Broken::expected(call, expected, got)
    }

    /// `call` should have been `Ok`.
    pub fn refused(call: &str, error: &dyn Debug) -> Broken {
        Broken::expected(call, "Ok(…)", format!("Err({error:?})"))
    }
}

/// An expression as `stringify!` returns it, but on one line, and without the space that follows
/// the name of a function that a macro has put together.
pub fn in_one_line(expression: &str) -> String {
    let line = expression.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.split_once(" (") {
        Some((name, rest)) if !name.contains(' ') => format!("{name}({rest}"),
        _ => line,
    }
}

/// Defines the properties of an exercise, and their `suite()`, which lists them: whatever is
/// defined is graded.
///
/// It reads as `proptest!` does. The sentence above a property is what the learner is told, its
/// arguments are the lines of the counterexample, and `think` is the one thought they are given.
/// An argument is drawn `in` a strategy (256 times, or as `cases` says), or taken `from` a list
/// of vectors. Two that depend on each other are drawn together, `(base, modulus) in residues()`, and
/// shown separately, as are the columns of a table, `(number, doubled) from [(1, 2), (2, 4)]`. One
/// in braces, `{place} in 0..9`, is not shown: the task has no name for it, and
/// [`with!`](crate::with) shows what is computed from it. A property without arguments runs once.
/// The attributes may come in any order.
///
/// ```
/// # fn double(number: u32) -> u32 { number * 2 }
/// # fn any_u16() -> std::ops::Range<u32> { 0..65536 }
/// harness::suite! {
///     exercise "1.1" {
///         /// the double is divided evenly by two
///         #[think = "What is the last bit of an even number?"]
///         #[cases = 64]
///         fn double_is_even(number in any_u16()) {
///             harness::same!(double(number) % 2, 0);
///         }
///
///         /// small numbers are doubled as in the table
///         #[think = "Two times two?"]
///         fn table((number, doubled) from [(1, 2), (2, 4)]) {
///             harness::same!(double(number), doubled);
///         }
///     }
/// }
/// assert_eq!(suite().len(), 2);
/// ```
// rustfmt formats what is inside a macro's braces only if it parses as Rust. `in` and `from` do
// not, so the properties are laid out by hand.
#[macro_export]
macro_rules! suite {
    ($(
        exercise $exercise:literal {$(
            $(#[$($attribute:tt)+])*
            fn $name:ident($($arguments:tt)*) $body:block
        )+}
    )+) => {
        $($(
            #[allow(unreachable_code, reason = "a body may end in a broken property")]
            fn $name(values: &mut $crate::search::Values<'_>) -> Result<(), $crate::Broken> {
                $crate::arguments!($name values, $($arguments)*);
                values.begin()?;
                $body
                Ok(())
            }
        )+)+

        /// The properties in this file, in the order in which they are tried.
        pub fn suite() -> Vec<$crate::Property> {
            // A constant costs the learner less time after an edit than code that makes them.
            const PROPERTIES: &[$crate::Property] = &[$($(
                $crate::Property {
                    exercise: $exercise,
                    name: stringify!($name),
                    sentence: $crate::sentence!($name () $([$($attribute)+])*),
                    think: $crate::think!($name [] $([$($attribute)+])*),
                    cases: $crate::cases!($name [] ($($arguments)*) $([$($attribute)+])*),
                    test: $name,
                }
            ),+),+];
            PROPERTIES.to_vec()
        }
    };
    // Without this arm, the compiler would name a token, and not what is wrong with it.
    ($($other:tt)*) => {
        compile_error!(
            "a suite is made of `exercise \"1.3\" { … }`, and an exercise of properties: `/// sentence`, \
             `#[think = \"…\"]`, `fn name(argument in strategy) { … }`"
        );
    };
}

/// Takes the arguments of a property.
#[doc(hidden)]
#[macro_export]
macro_rules! arguments {
    ($property:ident $values:ident, $($argument:tt in $strategy:expr),+ $(,)?) => {
        // In one `let`, so that no argument hides a function of the same name from the next strategy.
        let ($($crate::pattern!($argument),)+) = ($($values.draw($strategy)?,)+);
        $($crate::shown!($values, $argument);)+
    };
    ($property:ident $values:ident, $argument:tt from $list:expr) => {
        let $crate::pattern!($argument) = $values.item(|| $list)?;
        $crate::shown!($values, $argument);
    };
    ($property:ident $values:ident,) => {};
    ($property:ident $values:ident, $($other:tt)*) => {
        compile_error!(concat!(
            "the arguments of `", stringify!($property), "` are `name in strategy, …`, or one \
             `name from list`, or none"
        ));
    };
}

/// What an argument is bound to.
#[doc(hidden)]
#[macro_export]
macro_rules! pattern {
    ({ $name:ident }) => {
        $name
    };
    (($($name:tt),+)) => {
        ($($crate::pattern!($name)),+)
    };
    ($pattern:tt) => {
        $pattern
    };
}

/// Shows an argument, or each of several that are drawn together.
#[doc(hidden)]
#[macro_export]
macro_rules! shown {
    ($values:ident, $name:ident) => {
        $values.show(stringify!($name), $crate::pieces!(&$name));
    };
    ($values:ident, ($($name:tt),+)) => {
        $($crate::shown!($values, $name);)+
    };
    // Without a name: it counts for the size of the case.
    ($values:ident, { $name:ident }) => {
        $values.show("", $crate::pieces!(&$name));
    };
}

/// The sentence of a property: its doc comment.
#[doc(hidden)]
#[macro_export]
macro_rules! sentence {
    ($property:ident ($($line:literal)+)) => {
        // `/// text` is the doc comment ` text`, with the space.
        concat!($($line),+).trim_ascii()
    };
    ($property:ident ()) => {
        compile_error!(concat!(
            "`", stringify!($property), "` does not say what must hold: write it above, as `/// a sentence`"
        ))
    };
    ($property:ident ($($line:literal)*) [doc = $next:literal] $($rest:tt)*) => {
        $crate::sentence!($property ($($line)* $next) $($rest)*)
    };
    ($property:ident ($($line:literal)*) [$($other:tt)+] $($rest:tt)*) => {
        $crate::sentence!($property ($($line)*) $($rest)*)
    };
}

/// The thought that a property has for the learner, and whether its attributes are known.
#[doc(hidden)]
#[macro_export]
macro_rules! think {
    ($property:ident [] [think = $think:literal] $($rest:tt)*) => {
        $crate::think!($property [$think] $($rest)*)
    };
    ($property:ident $found:tt [doc = $doc:literal] $($rest:tt)*) => {
        $crate::think!($property $found $($rest)*)
    };
    ($property:ident $found:tt [cases = $cases:literal] $($rest:tt)*) => {
        $crate::think!($property $found $($rest)*)
    };
    // Before the arm for unknown attributes, which would match this one as well.
    ($property:ident [$found:literal] [think = $think:literal] $($rest:tt)*) => {
        compile_error!(concat!("`", stringify!($property), "` has two thoughts for the learner"))
    };
    ($property:ident $found:tt [$($other:tt)+] $($rest:tt)*) => {
        compile_error!(concat!(
            "`", stringify!($property), "` has `#[", stringify!($($other)+), "]`; expected \
             `#[think = \"…\"]` or `#[cases = 64]`"
        ))
    };
    ($property:ident [$found:literal]) => {
        $found
    };
    ($property:ident []) => {
        compile_error!(concat!(
            "`", stringify!($property), "` has no thought for the learner: `#[think = \"…\"]`"
        ))
    };
}

/// In which cases a property is tried.
#[doc(hidden)]
#[macro_export]
macro_rules! cases {
    ($property:ident [$found:literal] $arguments:tt [cases = $cases:literal] $($rest:tt)*) => {
        compile_error!(concat!("`", stringify!($property), "` says twice how many cases to draw"))
    };
    ($property:ident [] $arguments:tt [cases = $cases:literal] $($rest:tt)*) => {
        $crate::cases!($property [$cases] $arguments $($rest)*)
    };
    ($property:ident $found:tt $arguments:tt [$($other:tt)+] $($rest:tt)*) => {
        $crate::cases!($property $found $arguments $($rest)*)
    };
    ($property:ident [] ($argument:tt in $($rest:tt)+)) => {
        $crate::property::Cases::Drawn(256)
    };
    ($property:ident [$cases:literal] ($argument:tt in $($rest:tt)+)) => {
        $crate::property::Cases::Drawn($cases)
    };
    ($property:ident [] ($argument:tt from $list:expr)) => {
        $crate::property::Cases::Listed
    };
    ($property:ident [] ()) => {
        $crate::property::Cases::One
    };
    ($property:ident [$cases:literal] ($($other:tt)*)) => {
        compile_error!(concat!(
            "`", stringify!($property), "` draws no arguments, so `#[cases = ", stringify!($cases), "]` \
             means nothing"
        ))
    };
    ($property:ident $found:tt $arguments:tt) => {
        // `arguments!` says what is wrong with them.
        $crate::property::Cases::One
    };
}

/// The property is broken unless the first value is equal to the second. Both are shown, with the
/// first differing byte marked. The report shows the first expression as what was asked, or else
/// the words of the third argument: `same!(it.serial(), 7, "issue(&request)?.serial()")`.
#[macro_export]
macro_rules! same {
    (@ $got:expr, $expected:expr) => {
        $crate::same!(@ $got, $expected, stringify!($got))
    };
    (@ $got:expr, $expected:expr, $asked:expr) => {{
        $crate::search::ask($asked);
        // A `match` keeps what the expression borrows from, as a `let` would not.
        match &$got {
            got => {
                $crate::search::answered();
                match &$expected {
                    expected => {
                        if *got != *expected {
                            return Err($crate::Broken::different(
                                $asked,
                                &$crate::pieces!(got),
                                &$crate::pieces!(expected),
                            ));
                        }
                    }
                }
            }
        }
    }};
    ($function:ident($($argument:expr),* $(,)?), $expected:expr $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::same!(@ $function($($argument),*), $expected)
    }};
    ($value:ident.$method:ident($($argument:expr),* $(,)?), $expected:expr $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::same!(@ $value.$method($($argument),*), $expected)
    }};
    ($type:ident::$function:ident($($argument:expr),* $(,)?), $expected:expr $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::same!(@ $type::$function($($argument),*), $expected)
    }};
    ($function:ident($($argument:expr),* $(,)?).$field:ident, $expected:expr $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::same!(@ $function($($argument),*).$field, $expected)
    }};
    ($got:expr, $expected:expr $(,)?) => {
        $crate::same!(@ $got, $expected)
    };
    ($got:expr, $expected:expr, $asked:literal $(,)?) => {
        $crate::same!(@ $got, $expected, $asked)
    };
}

/// The property is broken if the first value is equal to the second.
#[macro_export]
macro_rules! differ {
    (@ $got:expr, $other:expr) => {
        $crate::differ!(@ $got, $other, stringify!($got))
    };
    (@ $got:expr, $other:expr, $asked:expr) => {{
        $crate::search::ask($asked);
        match &$got {
            got => {
                $crate::search::answered();
                match &$other {
                    other => {
                        if *got == *other {
                            let got = $crate::show::text(&$crate::pieces!(got));
                            let expected = format!("anything but {got}");
                            return Err($crate::Broken::expected($asked, expected, got));
                        }
                    }
                }
            }
        }
    }};
    ($function:ident($($argument:expr),* $(,)?), $other:expr $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::differ!(@ $function($($argument),*), $other)
    }};
    ($value:ident.$method:ident($($argument:expr),* $(,)?), $other:expr $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::differ!(@ $value.$method($($argument),*), $other)
    }};
    ($type:ident::$function:ident($($argument:expr),* $(,)?), $other:expr $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::differ!(@ $type::$function($($argument),*), $other)
    }};
    ($function:ident($($argument:expr),* $(,)?).$field:ident, $other:expr $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::differ!(@ $function($($argument),*).$field, $other)
    }};
    ($got:expr, $other:expr $(,)?) => {
        $crate::differ!(@ $got, $other)
    };
    ($got:expr, $other:expr, $asked:literal $(,)?) => {
        $crate::differ!(@ $got, $other, $asked)
    };
}

/// The property is broken unless the condition holds. What is expected is given in words, and the
/// value that there is instead is shown. Compute that value before, so that the answer is not
/// called twice. The report shows its expression as what was asked, or else the words of the fourth
/// argument.
#[macro_export]
macro_rules! check {
    ($condition:expr, $expected:expr, $got:expr $(,)?) => {
        if !$condition {
            let got = $crate::show::text(&$crate::pieces!(&$got));
            return Err($crate::Broken::expected(stringify!($got), $expected, got));
        }
    };
    ($condition:expr, $expected:expr, $got:expr, $asked:expr $(,)?) => {
        if !$condition {
            let got = $crate::show::text(&$crate::pieces!(&$got));
            return Err($crate::Broken::expected($asked, $expected, got));
        }
    };
}

/// The property is broken by anything but an `Err`. If the task says which error it must be, use
/// [`same!`](crate::same).
#[macro_export]
macro_rules! refused {
    (@ $result:expr) => {{
        $crate::search::ask(stringify!($result));
        let result = $result;
        $crate::search::answered();
        if result.is_ok() {
            let got = $crate::show::text(&$crate::pieces!(&result));
            return Err($crate::Broken::expected(stringify!($result), "Err(…)", got));
        }
    }};
    ($function:ident($($argument:expr),* $(,)?) $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::refused!(@ $function($($argument),*))
    }};
    ($value:ident.$method:ident($($argument:expr),* $(,)?) $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::refused!(@ $value.$method($($argument),*))
    }};
    ($type:ident::$function:ident($($argument:expr),* $(,)?) $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::refused!(@ $type::$function($($argument),*))
    }};
    ($result:expr $(,)?) => {
        $crate::refused!(@ $result)
    };
}

/// The value in an `Ok`. The property is broken by an `Err`.
#[macro_export]
macro_rules! accepted {
    (@ $result:expr) => {{
        $crate::search::ask(stringify!($result));
        let result = $result;
        $crate::search::answered();
        match result {
            Ok(value) => value,
            Err(error) => return Err($crate::Broken::refused(stringify!($result), &error)),
        }
    }};
    ($function:ident($($argument:expr),* $(,)?) $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::accepted!(@ $function($($argument),*))
    }};
    ($value:ident.$method:ident($($argument:expr),* $(,)?) $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::accepted!(@ $value.$method($($argument),*))
    }};
    ($type:ident::$function:ident($($argument:expr),* $(,)?) $(,)?) => {{
        $crate::arguments_of!($($argument),*);
        $crate::accepted!(@ $type::$function($($argument),*))
    }};
    ($result:expr $(,)?) => {
        $crate::accepted!(@ $result)
    };
}

/// What a call returns. Nothing is required of it yet, except that it does not panic: a report on a
/// panic says what was asked.
#[macro_export]
macro_rules! called {
    ($function:ident($($argument:expr),* $(,)?)) => {{
        $crate::arguments_of!($($argument),*);
        $crate::search::ask(stringify!($function($($argument),*)));
        let returned = $function($($argument),*);
        $crate::search::answered();
        returned
    }};
}

/// The property can't be tried on this machine, and says why: `skip!("openssl not found")`.
///
/// The other properties are still tried. If one of them is broken, that is the verdict. If all of
/// them hold, the exercise is skipped, and earns no points.
#[macro_export]
macro_rules! skip {
    ($($reason:tt)+) => {
        return Err($crate::Broken::Skipped(format!($($reason)+)))
    };
}

/// The case does not count unless the condition holds.
#[macro_export]
macro_rules! assume {
    ($condition:expr $(,)?) => {
        if !$condition {
            return Err($crate::Broken::Assumption);
        }
    };
}
