//! Long hellos, and long answers.

use given::tls::{Abort, SignatureScheme, TLS_1_2};
use given::tls12::{Extension, ServerHello};
use harness::show::Words;
use harness::{notes, same, with};

use crate::subject::ch6_tls12::*;
use fixtures::tls12::hellos::*;

harness::suite! {
    exercise "6.2" {
        /// a client may offer as much as it likes: what is needed is found even at the end of each list
        #[think = "Does one of your loops stop early? How many suites can a client offer?"]
        fn a_long_hello_is_read_to_its_end(
            unknown_before from [1, 15, 16, 64, 100, 255, 256, 1024, 4096]
        ) {
            let mut hello = long_hello(unknown_before).0;
            let pss = SignatureScheme::RsaPssRsaeSha256;
            same!(negotiate(&hello, &SUITES[..1]), Ok(Choice::Rsa));
            same!(negotiate(&hello, &SUITES[1..]), Ok(Choice::EcdheRsa(pss)));
            hello.extensions.push(Extension::EcPointFormats(vec![1]));
            with!("last extension of hello" = Words("ec_point_formats without 0".to_owned()));
            let preferences = SUITES;
            same!(negotiate(&hello, &preferences), Err(Abort::UncompressedPointsRequired));
            hello.extensions.pop();
            notes::withdraw("last extension of hello");
            for extension in &mut hello.extensions {
                if let Extension::RenegotiationInfo(verify_data) = extension {
                    *verify_data = vec![7; 12];
                }
            }
            with!("renegotiation_info of hello" = vec![7_u8; 12]);
            let preferences = SUITES;
            same!(negotiate(&hello, &preferences), Err(Abort::BadRenegotiationInfo));
        }

        /// a long hello and a long answer are both checked to their ends
        #[think = "Does one of your loops stop early?"]
        fn a_long_answer_is_read_to_its_end(
            unknown_before from [1, 15, 16, 64, 100, 255, 256, 1024]
        ) {
            let hello = long_hello(unknown_before).0;
            let mut answer = ServerHello {
                version: TLS_1_2,
                random: [0xc5; 32],
                session_id: vec![],
                cipher_suite: SUITES[1].code(),
                compression_method: 0,
                extensions: hello.extensions.iter().filter_map(answer_to).collect(),
            };
            same!(check_choice(&hello, &answer), Ok(SUITES[1]));
            answer.extensions.push(Extension::ServerName(None));
            with!("last extension of answer" = Words("server_name".to_owned()));
            same!(check_choice(&hello, &answer), Err(Abort::UnsolicitedExtension));
            answer.extensions.pop();
            answer.extensions.retain(|answer| answer.code() != 0xff01);
            answer.extensions.push(Extension::RenegotiationInfo(vec![7; 24]));
            with!("last extension of answer" = Words("renegotiation_info with 24 bytes".to_owned()));
            same!(check_choice(&hello, &answer), Err(Abort::BadRenegotiationInfo));
        }
    }
}
