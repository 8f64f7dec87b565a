//! The exercises, and what is known about them, as the screen needs it.

use book::syllabus::{Chapter, Exercise};
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
        let exercises = workbook.syllabus.exercises();
        Board {
            places: exercises
                .map(|(chapter, exercise)| Place::read(workbook, chapter, exercise))
                .collect(),
            points,
            possible,
            next: progress.next().map(|next| next.id),
        }
    }

    /// Takes note that the exercise `id` was graded. To read everything again would take longer than
    /// to grade it.
    pub fn refresh(&mut self, workbook: &Workbook, id: &str) {
        let progress = workbook.progress();
        self.points = progress.points().0;
        self.next = progress.next().map(|next| next.id);
        let place = self.places.iter_mut().find(|place| place.row.id == id);
        if let (Some(place), Some((chapter, exercise))) = (place, workbook.syllabus.find(id)) {
            *place = Place::read(workbook, chapter, exercise);
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

impl Place {
    fn read(workbook: &Workbook, chapter: &Chapter, exercise: &Exercise) -> Place {
        let needs = workbook.syllabus.all_needs(exercise);
        Place {
            row: list::row(workbook, chapter, exercise),
            chapter: (chapter.number().to_owned(), chapter.title.clone()),
            file: workbook.shown(&workbook.answer(chapter, exercise)),
            needs: needs.into_iter().map(str::to_owned).collect(),
            is_solved: workbook.progress().is_solved(exercise.id()),
        }
    }
}

#[cfg(test)]
mod tests {
    use book::fixture::Fixture;

    use super::*;

    #[test]
    fn what_was_graded_is_refreshed_as_if_all_were_read() {
        let fixture = Fixture::new();
        let mut board = Board::read(&fixture.workbook());
        assert_eq!((board.points, board.next.as_deref()), (0, Some("1.1")));
        fixture.solve("1.1");
        board.refresh(&fixture.workbook(), "1.1");
        assert_eq!((board.points, board.next.as_deref()), (1, Some("1.2")));
        assert_eq!(board, Board::read(&fixture.workbook()));
    }
}
