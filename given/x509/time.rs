//! Times in certificates, as plain seconds.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use der::DateTime;
use x509_cert::time::Time;

/// A moment, in seconds since the beginning of 1970, UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixTime(pub u64);

impl UnixTime {
    /// The last moment that a certificate can name: the end of the year 9999.
    pub const LAST: UnixTime = UnixTime(253_402_300_799);

    /// The current time.
    pub fn now() -> UnixTime {
        // If the clock is set before 1970, it is so wrong that no certificate should be valid. At 0,
        // none is valid yet.
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        UnixTime(since.map_or(0, |since| since.as_secs()))
    }

    fn date_time(self) -> DateTime {
        let seconds = self.0.min(UnixTime::LAST.0);
        DateTime::from_unix_duration(Duration::from_secs(seconds)).expect("not after 9999")
    }
}

impl fmt::Debug for UnixTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.date_time())
    }
}

/// The period in which a certificate is valid. Both ends are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The first second.
    pub not_before: UnixTime,
    /// The last second.
    pub not_after: UnixTime,
}

impl Validity {
    /// As it is written in a certificate: the year has two digits up to 2049, and four after that
    /// (RFC 5280 §4.1.2.5).
    pub(super) fn encoded(self) -> x509_cert::time::Validity {
        let time = |moment: UnixTime| Time::from(moment.date_time());
        x509_cert::time::Validity::new(time(self.not_before), time(self.not_after))
    }
}
