//! Collects the operations to measure, and lets criterion measure them.

use std::env;
use std::path::Path;
use std::time::Duration;

pub use criterion::Bencher;
use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use results::operations::{Operation, growth};

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

    /// Adds an operation whose size is not that of its message but that of a key, in bits.
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

    /// The operations, in the order they are measured.
    pub fn operations(&self) -> Vec<Operation> {
        let operations = self.operations.iter();
        operations.map(|(operation, _)| operation.clone()).collect()
    }

    /// Lets criterion measure every operation that the command line asks for, and write its results
    /// to `folder`.
    pub fn measure(self, folder: &Path) {
        // criterion's quick mode stops as soon as it is sure, or at the end of this time.
        let patience = if asked_for("--quick") { 1 } else { 2 };
        let mut criterion = Criterion::default()
            .output_directory(folder)
            .warm_up_time(Duration::from_millis(500))
            .measurement_time(Duration::from_secs(patience))
            .sample_size(40)
            // A tenth of the default: enough for an interval of 95 %, and it saves most of the
            // time.
            .nresamples(10_000)
            // After the settings above, so that the command line has the last word.
            .configure_from_args();
        for (operation, work) in self.operations {
            measure(&mut criterion, &operation, work);
        }
        criterion.final_summary();
    }
}

/// Whether this flag is on the command line.
pub fn asked_for(flag: &str) -> bool {
    env::args().any(|argument| argument == flag)
}

fn measure(criterion: &mut Criterion, operation: &Operation, mut work: Work) {
    let mut group = criterion.benchmark_group(operation.group);
    // If the size is that of a key, bytes per second would say nothing.
    if operation.bytes > 0 && operation.size == operation.bytes {
        group.throughput(Throughput::Bytes(operation.bytes as u64));
    }
    if operation.name == growth::GENERATION {
        // These take milliseconds to seconds each: equally many iterations in every sample, and few
        // samples.
        group.sampling_mode(SamplingMode::Flat).sample_size(10);
    }
    group.bench_function(
        BenchmarkId::new(operation.name, operation.size),
        |bencher| work(bencher),
    );
    group.finish();
}
