//! The exercises, and what is known about them, as the screen needs it.

use book::workbook::Workbook;
use coach::list::{self, Row};

/// All exercises, in reading order, and the points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Board {
    /// The exercises.
    pub places: Vec<Place>,
    /// Points earned.
    pub points: u32,
    /// Points that can be earned.
    pub possible: u32,
    /// The number of the exercise to go on with. `None` once all are solved.
    pub next: Option<String>,
}

/// One exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What the board says about it.
    pub row: Row,
    /// The number and the title of its chapter.
    pub chapter: (String, String),
    /// Its file, from the root of the workbook.
    pub file: String,
    /// The line where the learner works on it.
    pub line: usize,
    /// The exercises that its answer calls, directly or through others.
    pub needs: Vec<String>,
    /// Whether it is solved, whatever was edited since.
    pub is_solved: bool,
}

impl Board {
    /// What is known now.
    pub fn read(workbook: &Workbook) -> Board {
        let progress = workbook.progress();
        let (points, possible) = progress.points();
        let place = |(chapter, exercise)| Place {
            row: list::row(workbook, chapter, exercise),
            chapter: (chapter.number().to_owned(), chapter.title.clone()),
            file: workbook.shown(&workbook.answer(chapter, exercise)),
            line: progress.place(chapter, exercise).line,
            needs: {
                let needs = workbook.syllabus.all_needs(exercise);
                needs.into_iter().map(str::to_owned).collect()
            },
            is_solved: progress.is_solved(exercise.id()),
        };
        Board {
            places: workbook.syllabus.exercises().map(place).collect(),
            points,
            possible,
            next: progress.next().map(|next| next.id),
        }
    }

    /// The exercise numbered `id`.
    pub fn place(&self, id: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.row.id == id)
    }

    /// The number of the exercise that comes this many `steps` after `id`, or the first or the last
    /// if there are not that many.
    pub fn beside(&self, id: &str, steps: isize) -> Option<&str> {
        let index = self.places.iter().position(|place| place.row.id == id)?;
        let last = self.places.len().checked_sub(1)?;
        let beside = index.saturating_add_signed(steps).min(last);
        Some(&self.places[beside].row.id)
    }
}
