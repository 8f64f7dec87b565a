//! Collects what is to be measured, has criterion measure it, and sums up.

use std::env;
use std::process::{self, ExitCode};
use std::time::{Duration, SystemTime};

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};

pub use criterion::Bencher;

use crate::growth;
use crate::measured::{self, Measured};
use crate::summary;

/// An operation that is measured.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The question it belongs to: the first part of criterion's name for it.
    pub group: &'static str,
    /// What is done, and by whom where it isn't ours.
    pub name: &'static str,
    /// What it is done to: bytes, or bits of a key. 0 where neither says anything.
    pub size: usize,
    /// How many bytes that protects: what AES-128-GCM is given for the comparison. 0 where there is
    /// nothing to compare.
    pub bytes: usize,
}

type Work = Box<dyn FnMut(&mut Bencher<'_>)>;

/// The operations, in the order they are measured and shown.
#[derive(Default)]
pub struct Lab {
    operations: Vec<(Operation, Work)>,
}

impl Lab {
    /// Adds an operation on a message of `bytes` bytes.
    pub fn add(
        &mut self,
        group: &'static str,
        name: &'static str,
        bytes: usize,
        work: impl FnMut(&mut Bencher<'_>) + 'static,
    ) {
        self.add_sized(group, name, bytes, bytes, work);
    }

    /// Adds an operation whose size is not that of its message: of a key, in bits.
    pub fn add_sized(
        &mut self,
        group: &'static str,
        name: &'static str,
        size: usize,
        bytes: usize,
        work: impl FnMut(&mut Bencher<'_>) + 'static,
    ) {
        let operation = Operation {
            group,
            name,
            size,
            bytes,
        };
        self.operations.push((operation, Box::new(work)));
    }

    /// Measures every operation that the command line asks for, and sums up those that were:
    /// also when the run is interrupted.
    pub fn run(self) -> ExitCode {
        let started = SystemTime::now();
        let folder = measured::folder();
        let (operations, work): (Vec<Operation>, Vec<Work>) = self.operations.into_iter().unzip();
        let asked_for = |flag| env::args().any(|argument| argument == flag);
        // criterion's quick mode stops as soon as it is sure, or at the end of this time.
        let patience = if asked_for("--quick") { 1 } else { 2 };

        let interrupted = operations.clone();
        let sum_up_what_there_is = move || {
            eprintln!("\ninterrupted");
            summary::print(&Measured::since(started, &measured::folder(), &interrupted));
            process::exit(130);
        };
        if let Err(error) = ctrlc::set_handler(sum_up_what_there_is) {
            eprintln!("an interrupted run will show no table: {error}");
        }

        let mut criterion = Criterion::default()
            .output_directory(&folder)
            .warm_up_time(Duration::from_millis(500))
            .measurement_time(Duration::from_secs(patience))
            .sample_size(40)
            // A tenth of the usual: enough for an interval of 95 %, and most of the time saved.
            .nresamples(10_000)
            .configure_from_args();
        for (operation, work) in operations.iter().zip(work) {
            measure(&mut criterion, operation, work);
        }
        criterion.final_summary();
        if !asked_for("--list") && !asked_for("--test") {
            summary::print(&Measured::since(started, &folder, &operations));
        }
        ExitCode::SUCCESS
    }
}

fn measure(criterion: &mut Criterion, operation: &Operation, mut work: Work) {
    let mut group = criterion.benchmark_group(operation.group);
    if operation.bytes > 0 && operation.size == operation.bytes {
        group.throughput(Throughput::Bytes(operation.bytes as u64));
    }
    if operation.name == growth::GENERATION {
        // Milliseconds to seconds each: as many iterations in every sample, and few samples.
        group.sampling_mode(SamplingMode::Flat).sample_size(10);
    }
    group.bench_function(
        BenchmarkId::new(operation.name, operation.size),
        |bencher| work(bencher),
    );
    group.finish();
}
