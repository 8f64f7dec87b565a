//! `channel_keys`.

use harness::{Broken, accepted, check, pieces, with};

use crate::rare_secrets::{MINE, rare_secrets};
use crate::reference::{joined, share_of};
use crate::subject::ch4_key_exchange::*;
use crate::victims::direction_keys;
use fixtures::strategies::{array, bit};

/// The keys of both directions, each with its key and its IV, are the expected ones.
macro_rules! keys_are {
    ($secret:ident, $expected:ident, [$client:ident, $server:ident]) => {
        let secret = $secret.as_bytes();
        harness::notes::new_call();
        with!(
            "secret" = secret,
            "client_share" = $client,
            "server_share" = $server
        );
        harness::search::ask("channel_keys(&secret, &client_share, &server_share)");
        let keys = channel_keys(&$secret, &$client, &$server);
        harness::search::answered();
        for (name, got) in [("client", &keys.client), ("server", &keys.server)] {
            let expected = $expected(name.as_bytes());
            let call = format!("channel_keys(&secret, &client_share, &server_share).{name}");
            if got.key[..] != expected[..16] {
                let (got, expected) = (pieces!(&got.key), pieces!(&expected[..16]));
                return Err(Broken::different(&format!("{call}.key"), &got, &expected));
            }
            if got.iv[..] != expected[16..] {
                let (got, expected) = (pieces!(&got.iv), pieces!(&expected[16..]));
                return Err(Broken::different(&format!("{call}.iv"), &got, &expected));
            }
        }
    };
}

harness::suite! {
    exercise "4.4" {
        /// the keys of a channel are what HKDF derives from the secret, the direction and both shares
        #[think = "Go through the picture. What is the info, byte for byte, and where is the cut?"]
        #[cases = 64]
        fn channel_keys_come_from_hkdf(client in array(), server in array()) {
            let (client_share, server_share) = (share_of(client), share_of(server));
            let secret = accepted!(shared_secret(&SecretKey::from_bytes(client), &server_share));
            let expected = |name: &[u8]| {
                direction_keys(secret.as_bytes(), name, &client_share, &server_share)
            };
            keys_are!(secret, expected, [client_share, server_share]);
        }

        /// the same shares give different keys if the secret is different
        #[think = "Do you keep anything from one call to the next? The keys come from the secret, too."]
        fn each_secret_has_its_own_keys({number} from [1_u8, 2]) {
            let (client_share, server_share) = (share_of([0x11; 32]), share_of([0x22; 32]));
            let mut last = None;
            for mine in [0x40, 0x40 + 8 * number, 0x40] {
                let secret = accepted!(shared_secret(&SecretKey::from_bytes([mine; 32]), &server_share));
                let expected = |name: &[u8]| {
                    direction_keys(secret.as_bytes(), name, &client_share, &server_share)
                };
                if let Some(secret) = last {
                    with!("secret, last call" = secret);
                }
                keys_are!(secret, expected, [client_share, server_share]);
                last = Some(*secret.as_bytes());
            }
        }

        /// a secret with leading or trailing zeros is used whole
        #[think = "A secret is 32 bytes, not a number. Which of its zeros do you drop?"]
        fn a_secret_with_zeros_is_used_whole(rare from rare_secrets()) {
            let mine = SecretKey::from_bytes(MINE);
            let (ours, theirs) = (share_of(MINE), rare.theirs);
            let secret = accepted!(shared_secret(&mine, &theirs));
            let expected = |name: &[u8]| direction_keys(&rare.shared, name, &ours, &theirs);
            keys_are!(secret, expected, [ours, theirs]);
        }

        /// the keys are right even if both sides have the same share
        #[think = "Nothing says that the two shares differ. Does your code depend on it?"]
        #[cases = 16]
        fn equal_shares_are_good(client in array(), share in array()) {
            let theirs = share_of(client);
            let secret = accepted!(shared_secret(&SecretKey::from_bytes(client), &theirs));
            for share in [theirs, share] {
                let expected = |name: &[u8]| {
                    direction_keys(secret.as_bytes(), name, &share, &share)
                };
                keys_are!(secret, expected, [share, share]);
            }
        }

        /// a share whose u has a second name, or whose highest bit is set, goes into the keys as it is
        #[think = "X25519 reads some shares as others. Do you change a share before you derive the keys? The other side does not."]
        fn shares_go_in_as_they_are(special from special_shares()) {
            let share = share_of([0x11; 32]);
            let secret = accepted!(shared_secret(&SecretKey::from_bytes([0x22; 32]), &share));
            for (client_share, server_share) in [(share, special), (special, share)] {
                let expected = |name: &[u8]| {
                    direction_keys(secret.as_bytes(), name, &client_share, &server_share)
                };
                keys_are!(secret, expected, [client_share, server_share]);
            }
        }

        /// a different share, on either side, gives different keys for both directions
        #[think = "Two shares can lead to the same secret. What else tells them apart? And do you keep anything from one call to the next?"]
        #[cases = 64]
        fn the_keys_are_bound_to_both_shares(client in array(), server in array(), changed in bit()) {
            let (client_share, server_share) = (share_of(client), share_of(server));
            let secret = accepted!(shared_secret(&SecretKey::from_bytes(client), &server_share));
            let flipped = |share: &[u8; 32]| -> [u8; 32] {
                changed.flipped(share).try_into().expect("as long as before")
            };
            // We ask for each of the two right after the keys that it must differ from.
            let keys = channel_keys(&secret, &client_share, &server_share);
            let other_server = channel_keys(&secret, &client_share, &flipped(&server_share));
            let _ = channel_keys(&secret, &client_share, &server_share);
            let other_client = channel_keys(&secret, &flipped(&client_share), &server_share);
            for other in [other_client, other_server] {
                for (first, second, asked) in [
                    (&keys.client, &other.client, "channel_keys(&secret, &client_share, &server_share).client"),
                    (&keys.server, &other.server, "channel_keys(&secret, &client_share, &server_share).server"),
                ] {
                    let is_other = joined(first) != joined(second);
                    check!(is_other, "another key for another share", joined(second), asked);
                }
            }
        }
    }
}

/// 2 and 18 with p added, the largest number, and shares with the highest bit set.
fn special_shares() -> [[u8; 32]; 5] {
    let large = |first, last| {
        let mut share = [0xff; 32];
        (share[0], share[31]) = (first, last);
        share
    };
    let (mut small, mut own) = ([0; 32], share_of([0x33; 32]));
    (small[0], small[31]) = (2, 0x80);
    own[31] |= 0x80;
    // p is 2²⁵⁵ − 19, so its lowest byte is ed.
    [
        large(0xef, 0x7f),
        large(0xff, 0x7f),
        large(0xff, 0xff),
        small,
        own,
    ]
}
