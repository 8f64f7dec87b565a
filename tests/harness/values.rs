//! The arguments of a property: where they come from, and how they become smaller.

use std::any::Any;
use std::mem;

use crate::property::Broken;
use crate::search::TURN;
use crate::show::Piece;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// What is shown of the arguments of a property: their names and values.
pub(crate) type Inputs = Vec<(&'static str, Vec<Piece>)>;

/// The arguments of a property, for one case. [`suite!`](crate::suite) takes them from here.
///
/// The types of a property end here: everything that searches for a case is compiled once, and not
/// once for each of hundreds of properties. After every edit, the learner waits for the grader to
/// be compiled.
// So `draw` and `item` are made of `match` and `for`: `map_err` or `collect` would be compiled for each type, too.
pub struct Values<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) inputs: Inputs,
    pub(crate) begin: Option<&'a mut dyn FnMut(Inputs)>,
}

pub(crate) enum Source<'a> {
    Drawn { drawn: &'a mut Drawn, taken: usize },
    Listed(&'a mut Listed),
    None,
}

impl Values<'_> {
    /// The next argument, as it was drawn from `strategy`, or what it has been made smaller to.
    ///
    /// # Errors
    /// The strategy rejects what it would have drawn.
    ///
    /// # Panics
    /// The property is one whose arguments are not drawn.
    pub fn draw<S>(&mut self, strategy: S) -> Result<S::Value, Broken>
    where
        S: Strategy,
        S::Tree: 'static,
    {
        let Source::Drawn { drawn, taken } = &mut self.source else {
            unreachable!("`suite!` says where the arguments come from");
        };
        // Drawn once. To make the case smaller, the property runs again on the trees that are there.
        if *taken == drawn.trees.len() {
            TURN.set((drawn.draw, *taken));
            let Ok(tree) = strategy.new_tree(&mut drawn.runner) else {
                return Err(Broken::Assumption);
            };
            drawn.trees.push(Box::new(tree));
        }
        // We need what is in the box: the box itself would be an `Any`, too, but of another type.
        let tree: &dyn Any = &*drawn.trees[*taken];
        *taken += 1;
        match tree.downcast_ref::<S::Tree>() {
            Some(tree) => Ok(tree.current()),
            None => unreachable!("a property draws the same arguments each time"),
        }
    }

    /// The argument: the item of a list whose turn it is.
    ///
    /// # Errors
    /// The list has come to its end.
    ///
    /// # Panics
    /// The property is one whose arguments are not from a list.
    pub fn item<L>(&mut self, list: impl FnOnce() -> L) -> Result<L::Item, Broken>
    where
        L: IntoIterator,
        L::Item: 'static,
    {
        let Source::Listed(listed) = &mut self.source else {
            unreachable!("`suite!` says where the arguments come from");
        };
        if listed.items.is_none() {
            let mut items = Vec::new();
            for item in list() {
                items.push(Some(item));
            }
            listed.items = Some(Box::new(items));
        }
        let items: Option<&mut Vec<Option<L::Item>>> = match &mut listed.items {
            Some(items) => items.downcast_mut(),
            None => None,
        };
        let Some(items) = items else {
            unreachable!("a property has the same list each time");
        };
        listed.ended = listed.index >= items.len();
        if listed.ended {
            return Err(Broken::Assumption);
        }
        // Each item is tried once. It is taken out of the list, so it need not be `Clone`.
        match mem::take(&mut items[listed.index]) {
            Some(item) => Ok(item),
            None => unreachable!("an item is taken once"),
        }
    }

    /// Shows an argument in the report.
    pub fn show(&mut self, name: &'static str, pieces: Vec<Piece>) {
        self.inputs.push((name, pieces));
    }

    /// All arguments are there: from here on, the property itself is tried.
    ///
    /// # Errors
    /// Only the arguments were wanted, so it must go no further. They stay here.
    pub fn begin(&mut self) -> Result<(), Broken> {
        let begin = self.begin.take().ok_or(Broken::Assumption)?;
        begin(mem::take(&mut self.inputs));
        Ok(())
    }
}

/// An argument that was drawn, and can be made smaller: a [`ValueTree`] of any value.
pub(crate) trait Tree: Any {
    fn simplify(&mut self) -> bool;
    fn complicate(&mut self) -> bool;
}

impl<T: ValueTree + 'static> Tree for T {
    fn simplify(&mut self) -> bool {
        ValueTree::simplify(self)
    }

    fn complicate(&mut self) -> bool {
        ValueTree::complicate(self)
    }
}

/// Arguments that were drawn.
pub(crate) struct Drawn {
    /// The number of the draw.
    pub(crate) draw: u32,
    pub(crate) runner: TestRunner,
    pub(crate) trees: Vec<Box<dyn Tree>>,
    /// Which argument is made smaller next: those before it are as small as they get.
    pub(crate) next: usize,
    /// Which argument was made smaller last.
    pub(crate) last: Option<usize>,
}

impl Drawn {
    /// The arguments one after the other, as proptest does it with a tuple.
    pub(crate) fn simplify(&mut self) -> bool {
        while let Some(tree) = self.trees.get_mut(self.next) {
            if tree.simplify() {
                self.last = Some(self.next);
                return true;
            }
            self.next += 1;
        }
        false
    }

    pub(crate) fn complicate(&mut self) -> bool {
        let Some(last) = self.last else { return false };
        if self.trees[last].complicate() {
            self.next = last;
            return true;
        }
        self.last = None;
        false
    }
}

/// A list of arguments, and whose turn it is.
#[derive(Default)]
pub(crate) struct Listed {
    /// A `Vec<Option<T>>`, once the property has said which `T`.
    pub(crate) items: Option<Box<dyn Any>>,
    pub(crate) index: usize,
    pub(crate) ended: bool,
}

/// How large arguments are, so that cases can be compared: how much there is to read.
pub(crate) fn size(inputs: &Inputs) -> usize {
    let pieces = inputs.iter().flat_map(|(_, pieces)| pieces);
    pieces.map(Piece::size).sum()
}
