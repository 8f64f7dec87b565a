//! A request and a second hello, with each value that must be refused, one by one.

use given::tls::{Abort, Extension, TLS_1_2, TLS_AES_128_GCM_SHA256};

use super::faults::plain;
use super::{compares, says_again, shares_with};
use crate::subject::ch7_tls13::*;
use fixtures::tls12::hellos::{UNKNOWN_GROUPS, UNKNOWN_SUITES, usual_extensions};
use fixtures::tls13::hellos::*;

harness::suite! {
    exercise "7.5" {
        /// a request with a wrong version in either of its two places is refused
        #[think = "A request is first checked like a ServerHello. Which field do you skip?"]
        fn each_other_version_is_refused({version} from OTHER_VERSIONS) {
            let (hello, retry) = plain();
            let mut selects = retry.clone();
            selects.extensions[0] = Extension::SelectedVersion(version);
            says_again!(hello.0, selects, [9; 32], Err(Abort::NotOffered));
            if version != TLS_1_2 {
                let mut old = retry;
                old.version = version;
                says_again!(hello.0, old, [9; 32], Err(Abort::UnsupportedVersion));
            }
        }

        /// a request with any suite but yours is refused, offered or not
        #[think = "A request is first checked like a ServerHello. Which field do you skip?"]
        fn each_other_suite_is_refused({suite} from UNKNOWN_SUITES) {
            if suite != TLS_AES_128_GCM_SHA256 {
                let (mut hello, mut retry) = plain();
                retry.cipher_suite = suite;
                says_again!(hello.0, retry, [9; 32], Err(Abort::NotOffered));
                hello.0.cipher_suites.push(suite);
                says_again!(hello.0, retry, [9; 32], Err(Abort::NotOffered));
            }
        }

        /// a request for any group but X25519 is refused, offered or not
        #[think = "`share` is on X25519. What would you put into `key_share` for another group?"]
        fn each_other_group_is_refused({group} from UNKNOWN_GROUPS) {
            let (hello, mut retry) = plain();
            retry.extensions[1] = Extension::WantedGroup(group);
            says_again!(hello.0, retry, [9; 32], Err(Abort::BadRetry));
            let groups = [hello.groups(), vec![group]].concat();
            let hello = hello.with(Extension::SupportedGroups(groups));
            says_again!(hello.0, retry, [9; 32], Err(Abort::BadRetry));
        }

        /// each extension that has no place in a request is refused, asked for or not
        #[think = "Only a cookie may come unsolicited. And which extensions may a request have?"]
        fn each_other_extension_is_refused({extension} from usual_extensions()) {
            let (hello, mut retry) = plain();
            retry.extensions.push(extension.clone());
            let asked = hello.clone().with(extension.clone());
            says_again!(asked.0, retry, [9; 32], Err(Abort::MisplacedExtension));
            let unasked = without(hello, extension.code());
            says_again!(unasked.0, retry, [9; 32], Err(Abort::UnsolicitedExtension));
        }

        /// a second hello with one extension more or one fewer is refused, whichever it is
        #[think = "Four extensions are ignored in the comparison. What do you do with all the others?"]
        fn each_added_extension_is_noticed({extension} from usual_extensions()) {
            let (hello, _) = plain();
            let first = without(hello, extension.code());
            let same = first.clone().with(shares_with(&[9; 32]));
            let more = same.clone().with(extension.clone());
            compares!(first.0, more.0, Err(Abort::BadRetry));
            let first = first.with(extension);
            compares!(first.0, same.0, Err(Abort::BadRetry));
        }
    }
}
