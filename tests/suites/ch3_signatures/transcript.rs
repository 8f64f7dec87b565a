use harness::show::Words;
use harness::{assume, check, notes, same, think_of, with};

use crate::digest::digest;
use crate::mac_vectors::{CLIENT_HELLO, HASH_OF_HELLOS, SERVER_HELLO};
use crate::meanings::pieces_with_a_meaning;
use crate::subject::ch3_signatures::*;
use fixtures::hex::{hex, hex_vec};
use fixtures::strategies::{LONG, bytes, list};

harness::suite! {
    exercise "3.1" {
        /// a transcript of one piece has the published SHA-256 of that piece
        #[think = "SHA-256 of the bytes, and of nothing else: no length, no separator."]
        fn known_hashes_come_out((piece, expected) from [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ]) {
            let mut transcript = Transcript::new();
            transcript.add(piece.as_bytes());
            same!(transcript.hash(), hex(expected));
        }

        /// a transcript to which nothing was added has the SHA-256 of the empty input
        #[think = "The empty input has a hash, too. Which state does a new transcript begin with?"]
        fn nothing_has_a_hash() {
            same!(Transcript::new().hash(), digest(b""));
            same!(Transcript::default().hash(), digest(b""));
        }

        /// an empty piece adds nothing, wherever it comes
        #[think = "No bytes, no change. Does your answer treat the first piece specially?"]
        fn an_empty_piece_adds_nothing() {
            let mut transcript = Transcript::new();
            let mut all = Vec::new();
            for piece in [&b""[..], b"", b"client", b"", b"server", b"", b"", b"finished", b""] {
                transcript.add(piece);
                all.extend(piece);
                same!(transcript.hash(), digest(&all));
            }
        }

        /// a piece that is added again counts again, however often
        #[think = "Two equal pieces are two pieces. What does your answer do with the second one?"]
        fn a_repeated_piece_counts_again(times from [2_usize, 3, 4, 16, 255, 256, 257, 4096]) {
            let mut transcript = Transcript::new();
            for _ in 0..times {
                transcript.add(b"hello");
            }
            same!(transcript.hash(), digest(&b"hello".repeat(times)));
        }

        /// a piece that has a meaning in TLS is hashed whole, as it is
        #[think = "The transcript does not read what is said. Which pieces does your code treat differently?"]
        fn what_a_piece_means_does_not_matter(piece from pieces_with_a_meaning()) {
            let mut transcript = Transcript::new();
            transcript.add(b"client hello");
            transcript.add(&piece.bytes);
            same!(transcript.hash(), digest(&[b"client hello", &piece.bytes[..]].concat()));
        }

        /// the hash is that of all the pieces, one after the other, however they were cut
        #[think = "Adding two pieces is the same as adding both at once. What does your answer add?"]
        #[cases = 128]
        fn how_it_is_cut_does_not_matter(pieces in list(bytes(0..=LONG), 0..=6)) {
            let mut transcript = Transcript::new();
            for piece in &pieces {
                transcript.add(piece);
            }
            if notes::are_taken() && pieces.iter().any(|piece| hash_of(piece) != digest(piece)) {
                think_of!("One of these pieces is not hashed whole, even if it is the only one. Is there a length that your answer treats differently?");
            }
            same!(transcript.hash(), digest(&pieces.concat()));
        }

        /// the order of the pieces matters
        #[think = "Does the position of each byte count, or do you only keep a sum of everything?"]
        #[cases = 64]
        fn the_order_matters(first in bytes(0..=80), second in bytes(0..=80)) {
            assume!([&first[..], &second].concat() != [&second[..], &first].concat());
            let transcript = |pieces: [&[u8]; 2]| {
                let mut transcript = Transcript::new();
                for piece in pieces {
                    transcript.add(piece);
                }
                transcript.hash()
            };
            let (hash, turned) = (transcript([&first, &second]), transcript([&second, &first]));
            check!(
                hash != turned, "another hash than after second and then first", hash,
                "transcript.hash() after first and then second"
            );
        }

        /// reading the hash, once or twice, does not change what comes after
        #[think = "Do you finish the hasher itself, or a copy of it?"]
        #[cases = 64]
        fn reading_does_not_disturb(pieces in list(bytes(0..=4097), 1..=6)) {
            let mut transcript = Transcript::new();
            for end in 0..=pieces.len() {
                let so_far = digest(&pieces[..end].concat());
                same!(transcript.hash(), so_far);
                same!(transcript.hash(), so_far);
                if let Some(piece) = pieces.get(end) {
                    transcript.add(piece);
                }
            }
        }

        /// a long piece between two short ones keeps its place
        #[think = "Does a piece wait anywhere while a later one goes straight into the hash?"]
        #[cases = 128]
        fn a_long_piece_keeps_its_place(
            before in bytes(1..=80), long in bytes(0..=LONG), after in bytes(1..=80)
        ) {
            let mut transcript = Transcript::new();
            for piece in [&before, &long, &after] {
                transcript.add(piece);
            }
            same!(transcript.hash(), digest(&[before, long, after].concat()));
        }

        /// a piece of each length up to 130 bytes is hashed whole
        #[think = "Is there a length that your answer treats differently?"]
        fn each_length_is_hashed(length from 0..=130_usize) {
            let (mut transcript, mut first) = (Transcript::new(), Transcript::new());
            let piece = vec![0x70; length];
            let pieces = [&b"before"[..], &piece, b"after"];
            for piece in pieces {
                transcript.add(piece);
            }
            with!(pieces);
            same!(transcript.hash(), digest(&pieces.concat()));
            let pieces = [&piece];
            first.add(&piece);
            with!(pieces);
            same!(first.hash(), digest(&piece));
        }

        /// a copy of a transcript and the original are independent, and a new transcript is empty
        #[think = "What is copied: the state itself, or only a reference to it?"]
        #[cases = 32]
        fn a_copy_goes_on_by_itself(
            said in bytes(0..=80), here in bytes(1..=80), there in bytes(1..=80)
        ) {
            let mut transcript = Transcript::new();
            transcript.add(&said);
            let mut copy = transcript.clone();
            transcript.add(&here);
            copy.add(&there);
            same!(transcript.hash(), digest(&[&said[..], &here].concat()));
            same!(copy.hash(), digest(&[&said[..], &there].concat()));
            same!(Transcript::new().hash(), digest(b""));
        }

        /// copies of a transcript of any length, and copies of copies, go on by themselves, even when the others are gone
        #[think = "Every copy has a state of its own. What do these share, and what happens to it when one of them is dropped?"]
        fn copies_of_copies_go_on(length from [0, 1, 55, 63, 64, 65, 128, 257, 1025, 4097, 16385, LONG]) {
            let said = vec![0x70; length];
            let expected = |added: &[u8]| digest(&[&said, added].concat());
            let has = |added: &str| Words(format!("{length} bytes of 70, then {added:?}"));
            let mut transcript = Transcript::new();
            transcript.add(&said);
            let mut copy = transcript.clone();
            let mut copy_of_copy = copy.clone();
            with!("it has" = has(""));
            same!(copy.hash(), expected(b""));
            // What is added is as long in each, and each is read before the next goes on.
            with!("it has" = has("here"));
            transcript.add(b"here");
            same!(transcript.hash(), expected(b"here"));
            with!("it has" = has("away"));
            copy.add(b"away");
            same!(copy.hash(), expected(b"away"));
            with!("it has" = has("else"));
            copy_of_copy.add(b"else");
            same!(copy_of_copy.hash(), expected(b"else"));
            with!("it has" = has("here"));
            same!(transcript.hash(), expected(b"here"));
            drop((copy, copy_of_copy));
            with!("it has" = has("here!"), "the others" = Words("are gone".to_owned()));
            transcript.add(b"!");
            same!(transcript.hash(), expected(b"here!"));
            let mut copy = transcript.clone();
            drop(transcript);
            with!("it has" = has("here!?"));
            copy.add(b"?");
            same!(copy.hash(), expected(b"here!?"));
        }

        /// two transcripts that differ in one byte have two hashes, one right after the other
        #[think = "Do you keep anything from one transcript to the next? Every byte of every piece counts."]
        fn each_transcript_has_its_own_hash(length from [1, 16, 64, 65, 300]) {
            let piece = vec![0x70; length];
            for place in [0, length / 2, length - 1] {
                let mut changed = piece.clone();
                changed[place] ^= 1;
                for pieces in [[&piece[..], &piece], [&changed, &piece], [&piece, &changed]] {
                    let mut transcript = Transcript::new();
                    for piece in pieces {
                        transcript.add(piece);
                    }
                    with!(pieces);
                    same!(transcript.hash(), digest(&pieces.concat()));
                }
            }
        }

        /// a long piece, and many short ones, are hashed in full
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_megabyte_is_hashed() {
            let piece: Vec<u8> = (0..1 << 20).map(|place: u32| (place % 251) as u8).collect();
            let mut transcript = Transcript::new();
            transcript.add(&piece);
            for short in piece[..70_000].chunks(1) {
                transcript.add(short);
            }
            same!(transcript.hash(), digest(&[&piece[..], &piece[..70_000]].concat()));
        }

        /// the hellos of a TLS 1.3 connection have the hash that both sides derived their keys from
        #[think = "SHA-256 of both messages, the client's first."]
        fn a_recorded_transcript_comes_out() {
            let mut transcript = Transcript::new();
            transcript.add(&hex_vec(CLIENT_HELLO));
            transcript.add(&hex_vec(SERVER_HELLO));
            same!(transcript.hash(), hex(HASH_OF_HELLOS));
        }
    }
}

/// The hash of a transcript of this piece alone.
fn hash_of(piece: &[u8]) -> [u8; 32] {
    let mut transcript = Transcript::new();
    transcript.add(piece);
    transcript.hash()
}
