//! `issue`: serial numbers.

use std::collections::BTreeSet;

use harness::show::Words;
use harness::{accepted, check, elsewhere, think_of, with};

use crate::authority::authority;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::randomness::made_from;
use fixtures::x509::BITS;
use fixtures::x509::*;

harness::suite! {
    exercise "5.1" {
        /// serial numbers are 16 random bytes
        #[think = "Predictable numbers let somebody forge a CA's certificate in 2008. Which generator does the system provide?"]
        fn serial_numbers_are_random() {
            // The smallest key that can sign takes a third of the time.
            let authority = Authority { key: Key(496, 1).private().clone(), ..authority(BITS) };
            let validity = validity();
            // In turn with one name, with two, and without a common name.
            let long = format!("{}.example.org", "a".repeat(60));
            let requests = [&[HOST][..], &[HOST, "example.org"], &[&long]].map(|hosts| request(&hosts_of(hosts)));
            let mut serials = Vec::new();
            for number in 0..SAMPLES {
                // Each of them twice in a row.
                let request = requests[number / 2 % requests.len()].clone();
                let certificate = accepted!(issue(&authority, &request, validity));
                serials.push(certificate.serial().as_bytes().to_vec());
            }
            let faults = faults_of_serials(&serials, requests.len());
            with!("request" = Words(format!(
                "twice each, in turn: for {HOST}; for {HOST} and example.org; and for aa….example.org, a name of {} \
                 letters, too long for a common name", long.len()
            )));
            if repeat_for_some(&serials, requests.len()) {
                think_of!("For some of the three requests, every number is new. What does your code do differently for the others?");
            }
            if let [Some(first), Some(second)] = [0, 1].map(|place| serials.get(place)) && first == second {
                think_of!("The first two requests are the same, and so are the numbers. Do you keep a number, or a whole certificate, from one call to the next?");
            }
            if let [fault] = &faults[..] && fault.contains("values that a byte can have") {
                think_of!("The numbers differ, but some byte values never appear. Do you use the random bytes as they are, or do you write them as digits?");
            }
            check!(
                faults.is_empty(), "128 random bits in each", Words(faults.join("\n")),
                "the serial numbers of 64 calls of issue(&authority, &request, validity)"
            );
        }

        /// each time the program runs, the serial numbers are different
        #[think = "Do you ask the system's generator, or one of your own that starts the same each time?"]
        fn each_process_has_its_own_serials() {
            let [serial, of_another_process] = elsewhere(|| {
                let (authority, request) = (authority(BITS), request(&hosts_of(&[HOST])));
                let validity = validity();
                let certificate = accepted!(issue(&authority, &request, validity));
                Ok(certificate.serial().as_bytes().to_vec())
            })?;
            check!(
                serial != of_another_process,
                "another number than in the process before",
                serial,
                "issue(&authority, &request, validity)?.serial()"
            );
        }
    }
}

/// How many serial numbers to look at to see whether they are random.
const SAMPLES: usize = 64;

/// How many different numbers, and how many in all, each of so many requests has got. Each was made twice in a row.
fn counts(serials: &[Vec<u8>], requests: usize) -> Vec<(usize, usize)> {
    let of = |request: usize| {
        let is_for_it = move |&(number, _): &(usize, _)| number / 2 % requests == request;
        let numbered = serials.iter().enumerate().filter(is_for_it);
        numbered.map(|(_, serial)| serial)
    };
    (0..requests)
        .map(|request| {
            (
                of(request).collect::<BTreeSet<_>>().len(),
                of(request).count(),
            )
        })
        .collect()
}

/// Whether numbers repeat for some of the requests, but not for all of them.
fn repeat_for_some(serials: &[Vec<u8>], requests: usize) -> bool {
    let counts = counts(serials, requests);
    let mut repeat = counts.iter().map(|(different, all)| different < all);
    repeat.clone().any(|one| one) && !repeat.all(|one| one)
}

/// The reasons to doubt that these numbers are random. They are for so many requests in turn.
fn faults_of_serials(serials: &[Vec<u8>], requests: usize) -> Vec<String> {
    let mut faults = Vec::new();
    let different: BTreeSet<&Vec<u8>> = serials.iter().collect();
    if different.len() < serials.len() {
        let counts = counts(serials, requests);
        let counts = counts
            .iter()
            .map(|(different, all)| format!("{different} in {all}"));
        faults.push(format!(
            "only {} different numbers in {} (by request: {})",
            different.len(),
            serials.len(),
            counts.collect::<Vec<_>>().join(", ")
        ));
    }
    // If the highest bit is 1, a zero byte may come first, which makes the number positive.
    let length = |serial: &Vec<u8>| serial.iter().skip_while(|byte| **byte == 0).count();
    if serials.iter().any(|serial| length(serial) > 16) {
        faults.push("longer than 16 bytes".to_owned());
    }
    // In DER, the highest bit of the first byte is the sign. `as_bytes` leaves out a zero before it.
    let bit = |serial: &Vec<u8>, bit: usize| {
        let byte = serial.len().checked_sub(1 + bit / 8);
        byte.map_or(0, |byte| serial[byte] >> (bit % 8) & 1)
    };
    // The values of one bit in all numbers, inverted if the first is 1. A bit that follows from
    // another then has the same course.
    let course = |place: usize| -> Vec<u8> {
        let first = bit(&serials[0], place);
        serials
            .iter()
            .map(|serial| bit(serial, place) ^ first)
            .collect()
    };
    let courses: BTreeSet<Vec<u8>> = (0..160).map(course).collect();
    let random = courses.iter().filter(|course| course.contains(&1)).count();
    // A few bits may have been spent on making it positive.
    if random < 125 {
        faults.push(format!("only {random} bits that change independently"));
    }
    // 1,024 random bytes have fewer than 200 different values less often than once in 2⁶⁴ runs.
    let bytes: BTreeSet<u8> = serials.iter().flatten().copied().collect();
    if bytes.len() < 200 {
        faults.push(format!(
            "only {} of the 256 values that a byte can have",
            bytes.len()
        ));
    }
    // Of 64 random numbers, two differ in fewer than 24 bits less often than once in 2³⁰ runs.
    let differences = |one: u128, other: u128| (one ^ other).count_ones();
    let numbers: Vec<u128> = serials.iter().map(|serial| number(serial)).collect();
    let alike = numbers.iter().enumerate().find_map(|(place, one)| {
        let other = numbers[..place]
            .iter()
            .position(|other| (1..24).contains(&differences(*one, *other)))?;
        Some((other, place, differences(*one, numbers[other])))
    });
    if let Some((one, other, bits)) = alike {
        let (one, other) = (one + 1, other + 1);
        faults.push(format!(
            "number {one} and number {other} differ in only {bits} of their bits"
        ));
    }
    if let Some((place, how)) = made_from_the_one_before(&numbers) {
        faults.push(format!("number {} is number {place}{how}", place + 1));
    }
    faults
}

/// The first number, counted from 1, from which the next one was made, and how. The highest bit is
/// left out, because it may have been cleared.
fn made_from_the_one_before(numbers: &[u128]) -> Option<(usize, &'static str)> {
    numbers.windows(2).zip(1..).find_map(|(pair, place)| {
        let made = made_from(&pair[0].to_be_bytes()).into_iter();
        let same = |made: &[u8]| pair[0] != pair[1] && (number(made) ^ pair[1]) << 1 == 0;
        made.map(|(how, made)| (how, made.chunks(16).any(same)))
            .find_map(|(how, is_same)| is_same.then_some((place, how)))
    })
}

/// The last 16 bytes as a number.
fn number(serial: &[u8]) -> u128 {
    serial
        .iter()
        .fold(0, |number, byte| number << 8 | u128::from(*byte))
}
