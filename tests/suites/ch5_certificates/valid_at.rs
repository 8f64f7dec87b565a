//! The properties of exercise 5.3.

use given::x509::*;
use harness::show::Words;
use harness::{Broken, assume, called, refused, same, think_of, with};
use proptest::prelude::*;

use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::strategies::{Residue, number, residue};
use fixtures::x509::*;

harness::suite! {
    exercise "5.3" {
        /// whether a certificate is valid does not depend on what was asked before
        #[think = "Do you keep anything from one call to the next? Each call has its own `now`."]
        fn each_moment_is_asked_anew({length} from [0_u64, 1, 1000]) {
            let (from, until) = (NOW.0, NOW.0 + length);
            let (early, late) = (Err(Untrusted::NotYetValid), Err(Untrusted::Expired));
            // If an answer is wrong about a certificate that it has never seen, other properties say so.
            for (now, expected) in [(from, Ok(())), (from - 1, early), (until + 1, late), (until, Ok(()))] {
                let (certificate, now) = (plan_of_valid(from, until).fresh().unsigned(), UnixTime(now));
                assume!(called!(valid_at(&certificate, now)) == expected);
            }
            let certificate = plan_of_valid(from, until).fresh().unsigned();
            let mut before = None;
            for (now, expected) in [
                (from, Ok(())), (from - 1, early), (from, Ok(())), (until + 1, late), (until, Ok(())),
                (from - 1, early), (until + 1, late),
            ] {
                let now = UnixTime(now);
                if let Some(before) = before.replace(now) {
                    with!("the previous now" = before);
                }
                with!("certificate.validity()" = certificate.validity());
                same!(valid_at(&certificate, now), expected);
            }
        }

        /// both dates of a certificate count, even if another certificate has just had one of them
        #[think = "Do you keep anything from one call to the next? Both dates of this certificate count, and no others."]
        fn each_certificate_is_asked_anew({length} from [1_u64, 1000]) {
            let now = NOW.0;
            let (early, late) = (Err(Untrusted::NotYetValid), Err(Untrusted::Expired));
            let periods = [
                (now, now + length, Ok(())), (now + 1, now + length, early), (now, now + length, Ok(())),
                (now - length - 1, now, Ok(())), (now - length - 1, now - 1, late), (now - length - 1, now, Ok(())),
            ];
            // If an answer is wrong about a period that it has never seen, other properties say so.
            for (number, (from, until, expected)) in (1_u64..).zip(periods) {
                // Whole days, in case an answer rounds.
            let apart = number * 86_400_000;
                let certificate = plan_of_valid(from + apart, until + apart).fresh().unsigned();
                assume!(called!(valid_at(&certificate, UnixTime(now + apart))) == expected);
            }
            // They have the same serial number, and are in the same place in memory.
            let plan = plan_of_valid(now, now).fresh();
            let mut certificate = plan.unsigned();
            let now = NOW;
            for (number, (from, until, expected)) in periods.into_iter().enumerate() {
                if number > 0 {
                    with!("the previous certificate.validity()" = certificate.validity());
                }
                let validity = plan_of_valid(from, until).validity;
                certificate.clone_from(&Plan { validity, ..plan.clone() }.unsigned());
                with!("certificate.validity()" = certificate.validity());
                same!(valid_at(&certificate, now), expected);
            }
        }

        /// a certificate is valid at every moment from its first to its last
        #[think = "Which of `<` and `<=` is it?"]
        #[cases = 64]
        fn inside_it_is_valid(({from}, {until}, {now}) in inside()) {
            if until.0 > i32::MAX as u64 {
                think_of!("Where do you convert a time? An unsigned number of 32 bits ends in 2106, a signed one in 2038.");
            }
            valid_at_is(from.0, until.0, now, Ok(()))?;
        }

        /// both bounds are inclusive, even if they are the same second
        #[think = "RFC 5280 §4.1.2.5: from notBefore through notAfter. Which of `<` and `<=` is it?"]
        fn both_bounds_are_inclusive({now} from moments()) {
            for (from, until) in [(now.0, now.0), (0, now.0), (now.0, UnixTime::LAST.0)] {
                if until > i32::MAX as u64 {
                    think_of!("Where do you convert a time? An unsigned number of 32 bits ends in 2106, a signed one in 2038.");
                }
                valid_at_is(from, until, now, Ok(()))?;
            }
        }

        /// before its first second it is not valid yet
        #[think = "Did you look at both bounds? And which error is it?"]
        #[cases = 48]
        fn before_it_is_refused(({now}, {until}, {from}) in inside()) {
            assume!(now < from);
            valid_at_is(from.0, until.0, now, Err(Untrusted::NotYetValid))?;
        }

        /// after its last second it has expired
        #[think = "Did you look at both bounds? And which error is it?"]
        #[cases = 48]
        fn after_it_is_refused(({from}, {now}, {until}) in inside()) {
            assume!(until < now);
            valid_at_is(from.0, until.0, now, Err(Untrusted::Expired))?;
        }

        /// only the two dates count, whatever else is in the certificate
        #[think = "What else did you look at? A root has dates like any other certificate."]
        fn only_the_dates_count({what} from CERTIFICATES) {
            let leaf = || Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS));
            let root = || Plan::root(anchor(BITS));
            let unknown = || vec![unknown_extension(true)];
            with!("certificate is" = Words(what.to_owned()));
            if what != "a root" {
                think_of!("What else did you look at? Everything but the two dates is checked in other exercises.");
            }
            // By the clock of the computer, it is another year.
            for (from, until) in [(1_000_000_000, 1_100_000_000), (5_000_000_000, 5_100_000_000)] {
                for (now, expected) in [
                    (from - 1, Err(Untrusted::NotYetValid)), (from, Ok(())), (until, Ok(())),
                    (until + 1, Err(Untrusted::Expired)),
                ] {
                    let plan = match what {
                        "a root" => root(),
                        "a CA" => Plan::ca("CA 1", Key(BITS, 1), anchor(BITS)),
                        "one without extensions" => Plan { ca: None, usage: None, purposes: None, names: None, ..leaf() },
                        "one without a subject" => Plan { subject: String::new(), ..leaf() },
                        "one whose extensions can't be read" => unreadable(leaf(), &OF_CERTIFICATES),
                        "one with an unknown critical extension" => Plan { others: unknown(), ..leaf() },
                        "one that names two algorithms" => Plan { outer: other_algorithms()[0].1.clone(), ..leaf() },
                        "one signed with another algorithm" => {
                            let algorithm = other_algorithms()[0].1.clone();
                            Plan { inner: algorithm.clone(), outer: algorithm, ..leaf() }
                        }
                        _ => leaf(),
                    };
                    let plan = Plan { validity: plan_of_valid(from, until).validity, ..plan };
                    let (certificate, now) = (plan.unsigned(), UnixTime(now));
                    let certificate = match what {
                        "one whose key is not an RSA key" => without_rsa_key(&certificate, 10),
                        "one whose key can't be read" => with_unreadable_key(&certificate),
                        _ => certificate,
                    };
                    with!("certificate.validity()" = certificate.validity());
                    same!(valid_at(&certificate, now), expected);
                }
            }
        }

        /// one second before the first and one second after the last, it is refused
        #[think = "Which of `<` and `<=` is it? And do you round a time before you compare it?"]
        fn one_second_counts({bound} from moments()) {
            if let Some(now) = bound.0.checked_sub(1).map(UnixTime) {
                valid_at_is(bound.0, UnixTime::LAST.0, now, Err(Untrusted::NotYetValid))?;
            }
            let now = UnixTime(bound.0 + 1);
            valid_at_is(0, bound.0, now, Err(Untrusted::Expired))?;
        }

        /// a moment is a number of 64 bits, and all of them count
        #[think = "Where do you convert a time? A number of 32 bits ends in 2106."]
        fn all_bits_of_a_time_count({bit} from (7..64).collect::<Vec<u32>>()) {
            let far = 1 << bit;
            valid_at_is(10, 20, UnixTime(far + 15), Err(Untrusted::Expired))?;
            if far + 20 <= UnixTime::LAST.0 {
                valid_at_is(far + 10, far + 20, UnixTime(15), Err(Untrusted::NotYetValid))?;
                valid_at_is(far + 10, far + 20, UnixTime(far + 15), Ok(()))?;
            }
        }

        /// if the bounds are in the wrong order, it is never valid
        #[think = "Each bound has to hold, whatever the other says."]
        #[cases = 96]
        fn bounds_in_the_wrong_order_are_refused(({until}, {from}, {now}) in inside()) {
            assume!(until < from);
            let certificate = valid(from.0, until.0);
            with!("certificate.validity()" = certificate.validity());
            refused!(valid_at(&certificate, now));
            if until > UnixTime(0) {
                valid_at_is(from.0, until.0, UnixTime(until.0 - 1), Err(Untrusted::NotYetValid))?;
            }
            valid_at_is(from.0, until.0, UnixTime(from.0 + 1), Err(Untrusted::Expired))?;
        }

        /// nothing overflows at the first and the last possible moment
        #[think = "Do you do anything with the times besides comparing them?"]
        fn the_ends_of_time_do_not_overflow({now} from [
            0, 1, UnixTime::LAST.0, UnixTime::LAST.0 + 1, i64::MAX as u64, 1 << 63, u64::MAX,
        ]) {
            let now = UnixTime(now);
            let expected = if now < NOW { Untrusted::NotYetValid } else { Untrusted::Expired };
            valid_at_is(NOW.0 - 1000, NOW.0 + 1000, now, Err(expected))?;
            let expected = if now > UnixTime::LAST { Err(Untrusted::Expired) } else { Ok(()) };
            valid_at_is(0, UnixTime::LAST.0, now, expected)?;
        }
    }
}

/// What a certificate may be while only its dates count.
const CERTIFICATES: [&str; 10] = [
    "a root",
    "a CA",
    "one without extensions",
    "one without a subject",
    "one whose extensions can't be read",
    "one with an unknown critical extension",
    "one whose key is not an RSA key",
    "one whose key can't be read",
    "one that names two algorithms",
    "one signed with another algorithm",
];

/// Checks what `valid_at` says about a certificate that is valid from one moment until another.
fn valid_at_is(
    from: u64,
    until: u64,
    now: UnixTime,
    expected: Result<(), Untrusted>,
) -> Result<(), Broken> {
    let certificate = valid(from, until);
    with!("certificate.validity()" = certificate.validity());
    same!(valid_at(&certificate, now), expected);
    Ok(())
}

fn moments() -> Vec<UnixTime> {
    let around_now = [NOW.0 - 1, NOW.0, NOW.0 + 59];
    EDGES_OF_TIME
        .into_iter()
        .chain(around_now)
        .map(UnixTime)
        .collect()
}

/// Two moments in order, and one between them that is often equal to one of the two.
fn inside() -> BoxedStrategy<(UnixTime, UnixTime, UnixTime)> {
    let near = (moment(), number(37))
        .prop_map(|(from, seconds)| (from, UnixTime((from.0 + seconds).min(UnixTime::LAST.0))));
    (near, residue())
        .prop_map(|((from, until), now): (_, Residue)| {
            let now = from.0 + now.below(until.0 - from.0 + 1);
            (from, until, UnixTime(now))
        })
        .boxed()
}
