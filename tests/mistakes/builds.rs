//! The builds that wrong answers share.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use book::workbook::{EXERCISES, SOLUTIONS, Trouble, Workbook};
use runner::cargo::Built;

use crate::catalogue::Mistake;
use crate::scratch::Scratch;
use crate::side_by_side::{CHOOSER, side_by_side};

/// A build in which mistakes are side by side.
pub struct Joint {
    /// The programs, by their names.
    pub programs: BTreeMap<String, PathBuf>,
    /// The mistakes, by their places in the catalogue.
    pub mistakes: Vec<usize>,
}

impl Joint {
    /// One build with all `mistakes` that can be side by side, and the programs that grade the exercises
    /// `ids`. If one of them does not compile, the first build has none, and the others have as many as can
    /// be compiled.
    ///
    /// # Errors
    /// The solutions can't be built.
    pub fn build(
        workbook: &Workbook,
        scratch: &Scratch,
        mistakes: &[Mistake],
        ids: &[&str],
    ) -> Result<Vec<Joint>, Trouble> {
        let all: Vec<usize> = (0..mistakes.len()).collect();
        if let Ok(joint) = Joint::of(workbook, scratch, mistakes, &all, ids)? {
            return Ok(vec![joint]);
        }
        let none = Joint::of(workbook, scratch, mistakes, &[], ids)?
            .map_err(|errors| format!("the solutions don't compile\n{errors}"))?;
        let mut joints = vec![none];
        let mut halves = vec![all.as_slice()];
        while let Some(half) = halves.pop() {
            let mut ids: Vec<&str> = half
                .iter()
                .map(|&one| mistakes[one].exercise.as_str())
                .collect();
            ids.dedup();
            match Joint::of(workbook, scratch, mistakes, half, &ids)? {
                Ok(joint) => joints.push(joint),
                Err(_) if half.len() > 1 => {
                    let (one, other) = half.split_at(half.len() / 2);
                    halves.extend([one, other]);
                }
                // The error is reported when it is built alone.
                Err(_) => {}
            }
        }
        Ok(joints)
    }

    /// The build with those of these mistakes that can be side by side, or what the compiler says.
    fn of(
        workbook: &Workbook,
        scratch: &Scratch,
        mistakes: &[Mistake],
        these: &[usize],
        ids: &[&str],
    ) -> Result<Result<Joint, String>, Trouble> {
        let mut wrong: BTreeMap<&Path, Vec<(usize, &str)>> = BTreeMap::new();
        for &index in these {
            // One whose edit no longer applies is reported when it is its turn.
            if let Ok(text) = &mistakes[index].text {
                let of_file = wrong.entry(&mistakes[index].file).or_default();
                of_file.push((number(index), text));
            }
        }
        let solutions = workbook.tree(SOLUTIONS);
        let solution = |file: &Path| workbook.read(&solutions.join(file));
        let mut roots = workbook.roots();
        roots.retain(|root| wrong.keys().any(|file| file.parent() == root.parent()));
        let root_of = |file: &Path| workbook.read(&workbook.tree(EXERCISES).join(file));
        let mut joined = Vec::new();
        for root in &roots {
            scratch.answer(root, &(root_of(root)? + CHOOSER))?;
        }
        for (file, wrong) in &wrong {
            let (text, numbers) = side_by_side(&solution(file)?.replace("\r\n", "\n"), wrong);
            scratch.answer(file, &text)?;
            joined.extend(numbers);
        }
        let built = scratch.build(ids);
        for file in wrong.keys() {
            scratch.answer(file, &solution(file)?)?;
        }
        for root in &roots {
            scratch.answer(root, &root_of(root)?)?;
        }
        let mut programs = match built? {
            Built::Programs(programs) => programs,
            Built::Refused(errors) => return Ok(Err(errors)),
            Built::Cancelled => return Err("the build was cancelled".into()),
        };
        // The next build would write over them. They are moved, not copied: another thread may start a program while a
        // copy is open for writing, and as long as that one lives, Linux refuses to run the copy.
        let folder = scratch
            .desk()
            .join(format!("side-by-side-{}", these.first().unwrap_or(&0)));
        fs::create_dir_all(&folder)?;
        for program in programs.values_mut() {
            let moved = folder.join(program.file_name().unwrap_or_default());
            fs::rename(&program, &moved)?;
            *program = moved;
        }
        let mistakes = these
            .iter()
            .copied()
            .filter(|&index| joined.contains(&number(index)));
        Ok(Ok(Joint {
            programs,
            mistakes: mistakes.collect(),
        }))
    }
}

/// The number of a mistake among those that are side by side.
pub fn number(index: usize) -> usize {
    index + 1
}

/// Builds the programs with these wrong answers, one per file, and puts the right ones back.
///
/// # Errors
/// A mistake no longer applies, or Cargo can't be run.
pub fn together(
    workbook: &Workbook,
    scratch: &Scratch,
    batch: &[&Mistake],
) -> Result<Built, Trouble> {
    // Before any answer is in place: one that stayed there would be graded with the next batch. If the
    // mistake is alone, the error says why.
    let texts = batch.iter().map(|mistake| mistake.text.clone());
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    for (mistake, text) in batch.iter().zip(&texts) {
        scratch.answer(&mistake.file, text)?;
    }
    let ids: Vec<&str> = batch.iter().map(|one| one.exercise.as_str()).collect();
    // An error is returned only when the solutions are back in place.
    let built = scratch.build(&ids);
    let solutions = workbook.tree(SOLUTIONS);
    for mistake in batch {
        let solution = workbook.read(&solutions.join(&mistake.file))?;
        scratch.answer(&mistake.file, &solution)?;
    }
    built
}
