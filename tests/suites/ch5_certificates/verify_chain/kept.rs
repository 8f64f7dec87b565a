//! What must not be kept from one call to the next.

use fixtures::tell_chain;
use given::x509::*;
use harness::show::Words;
use harness::{Broken, refused, same, think_of, with};

use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::x509::{BITS, roots};

harness::suite! {
    exercise "5.5" {
        /// whether a certificate is sound does not depend on what was asked before
        #[think = "Do you keep anything from one call to the next? Each call has its own `now`."]
        fn each_moment_of_a_certificate_is_asked_anew() {
            let certificate = Plan::leaf(&[HOST], Key(BITS, 9), anchor(BITS)).fresh().unsigned();
            let (late, early) = (UnixTime(NOW.0 + 10_000_000), UnixTime(NOW.0 - 10_000_000));
            let mut before = None;
            for (now, expected) in [
                (NOW, Ok(())), (late, Err(Untrusted::Expired)), (NOW, Ok(())),
                (early, Err(Untrusted::NotYetValid)), (late, Err(Untrusted::Expired)), (NOW, Ok(())),
            ] {
                if let Some(before) = before.replace(now) {
                    with!("the previous now" = before);
                }
                with!("certificate.validity()" = certificate.validity());
                same!(is_sound(&certificate, now), expected);
            }
        }

        /// a chain that was trusted is refused at another time, for another host, with other roots or other certificates
        #[think = "It was trusted a moment ago, as it should be. What do you keep from that call?"]
        fn what_was_trusted_is_checked_again({what} from [
            "now is later", "now is earlier", "the host", "there are no roots", "a root of the same name", "a CA is missing",
            "the signature of the leaf", "the signature of a CA", "the dates of a CA",
        ]) {
            let mut plans = line(2, BITS);
            plans[0] = plans[0].clone().fresh();
            let right = Asked { chain: made(&plans), roots: roots(), host: HOST, now: NOW };
            let Asked { mut chain, mut roots, mut host, mut now } = right.clone();
            let mut other = plans;
            match what {
                "now is later" => now = UnixTime(NOW.0 + 10_000_000),
                "now is earlier" => now = UnixTime(NOW.0 - 10_000_000),
                "the host" => host = "www.example.com",
                "there are no roots" => roots.clear(),
                "a root of the same name" => roots = vec![Plan::root(Signer("Root", Key(BITS, 4))).make()],
                "a CA is missing" => { chain.remove(1); }
                "the signature of the leaf" => other[0].flipped = Some(7),
                "the signature of a CA" => other[1].flipped = Some(7),
                "the dates of a CA" => other[1].validity = (1000, -1),
                _ => unreachable!("{what}"),
            }
            if what.starts_with("the signature") || what.starts_with("the dates") {
                chain = made(&other);
            }
            let changed = Asked { chain, roots, host, now };
            think_of!("Something is wrong with this chain. Which of the six points finds it?");
            changed.is(what, false)?;
            think_of!("Nothing is wrong with this chain. What do you keep from the previous call, in which something was?");
            right.is("nothing", true)?;
            think_of!("It was trusted a moment ago, as it should be. What do you keep from that call?");
            changed.is(what, false)?;
        }
    }
}

/// What `verify_chain` is asked.
#[derive(Clone)]
struct Asked {
    chain: Vec<Certificate>,
    roots: Vec<Certificate>,
    host: &'static str,
    now: UnixTime,
}

impl Asked {
    /// Checks whether it is trusted.
    fn is(&self, what: &str, trusted: bool) -> Result<(), Broken> {
        let Asked {
            chain,
            roots,
            host,
            now,
        } = self.clone();
        tell_chain!(chain, roots, now);
        with!("what is different" = Words(what.to_owned()));
        if trusted {
            same!(verify_chain(&chain, &roots, host, now), Ok(()));
        } else {
            refused!(verify_chain(&chain, &roots, host, now));
        }
        Ok(())
    }
}
