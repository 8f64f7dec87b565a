//! Secrets of X25519 whose bytes are nearly all zero. In practice, no random key leads to one.
//!
//! They were computed backwards, from the secret to the share, with the inverse of the secret key.

use harness::show::{Piece, Show};

use fixtures::hex::hex;

/// The secret key that leads to all of them.
pub const MINE: [u8; 32] = [0x42; 32];

/// A share with which [`MINE`] leads to such a secret.
pub struct RareSecret {
    pub theirs: [u8; 32],
    pub shared: [u8; 32],
}

impl Show for RareSecret {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = vec![Piece::Text("share ".to_owned())];
        pieces.extend(self.theirs.pieces());
        pieces.push(Piece::Text(", secret ".to_owned()));
        pieces.extend(self.shared.pieces());
        pieces
    }
}

/// For each place, a secret that is zero everywhere else, and some that have the same byte in two
/// places.
pub fn rare_secrets() -> Vec<RareSecret> {
    let secret = |row: &str| {
        let parts: Vec<&str> = row.split(' ').collect();
        let [places @ .., byte, theirs] = &parts[..] else {
            unreachable!("a row has a byte and a share")
        };
        let mut shared = [0; 32];
        for place in places {
            let place: usize = place.parse().expect("a number");
            [shared[place]] = hex(byte);
        }
        let theirs = hex(theirs);
        RareSecret { theirs, shared }
    };
    ROWS.into_iter().map(secret).collect()
}

/// The places in the secret that are not zero, the byte that is there, and the share.
const ROWS: [&str; 41] = [
    "0 02 6906174b613d792acceca3324d525358cd94442ce4b5e6659a6b8de84c7fa10f",
    "1 03 821c44373ec583f3d9d42604ed4ab6e3a6a00e8fbb984b529b7eea9f1e4d0f3c",
    "2 02 2b618ff7452eeb675da81e513e7ab09a2e0daecf2c13d9f5dbbd288dfdc2e85f",
    "3 01 f7129c447290139ff972135e4556ab466b94a67c1fe5d53ca018493c88efec30",
    "4 0c f41f0e77c7ad87920a763bc6604cae2787327ecf8712acbb2a54b65af7e17565",
    "5 0b 6fa4e2073fef6de25ae22445706b9d2e64ea20ffc05c48f8e95f08d728d9905a",
    "6 09 a8118ecd12c61318c3a2ca07215db214aefce89aae16958c34bb2f6070ab846f",
    "7 03 5f46f679212d4a2e3899cf98c13258642fe6f3884380fb258e205f9c77d90329",
    "8 01 1d806b218c59d32b9dec107f8d1b327c619b4a9c0987db1b1033e895eab13b56",
    "9 01 95d1735673c5a0a07f68c2cfbf337f6a8d8fee46f4fa2389a2f3aaf71b109012",
    "10 01 2676711aa9618777668ee66fe8699a91066156578575f21272d3ef2745dbeb4d",
    "11 02 a71ab6ce4f5f52bbbeecfff357495eda4df5ead8c10204d3444c33626214ab29",
    "12 03 4fd959da206aad11ae7822bbea1b42bba530c036774f1902224400d43f829d6c",
    "13 02 a4ff4c950e6ae283e6918f4389ce314c022b82c9261c23dfdf8a55a7edcb2532",
    "14 03 629461557eea4c5406d91c23a6d305add0b46c358506f299f479cdc93767cb50",
    "15 01 c3befeedbf3a8debdb68cc32be63af11c9101aef267972004bd8d1921f06401e",
    "16 02 b5f01871689d406f36c75a722bf9249e641761041323559a925b2431c1950e2a",
    "17 06 970d12790ae94dbc9feacf3cddd5679b2666e8456c7980c4fc3a10816e219060",
    "18 02 531b65d9d276d7088862fbd1bdc91efc9605b56ba3cb026918940ca49c85206f",
    "19 08 97b31cd27b3eb1b116839b9236fdf2da8d9e18cb6a32bdd3fbffe4a91cb2e92f",
    "20 04 d5e039be1ed4aed21c57e5b562e60feceed8399c1c514c326e7e017d13b2887e",
    "21 07 59e0e3671d0ecca2ce338e25f5cec6783424eb5f3c81aa15e262ff22f00b9459",
    "22 02 3f35eaf2d9411ab957d1a75529a958357fa6d55ae4bdf5d3d8c80e7df040bc23",
    "23 0a 075c6122e4fc254a3079f1593df55a99f2c123517397e8f72bfd492f7b079f74",
    "24 02 9cad99e3d377546afc4dd874620850aa6c244a583941b1802f3ac2bfa4917d74",
    "25 04 982925e61731e437eb023331190802807a6dbb575bbb2f75f69f66182754c340",
    "26 05 40ede2d56ea127655044253b3e80998c83c87adfe5172246af286d3a8fdded6e",
    "27 06 d339d49733fc2672a5efb3befb7e6cabc2d3900b72bc69e296ed7d2bf9d6fd68",
    "28 02 6dc9ecbc089fd54ba591710379c730736cd3817c129543c18b0033603a848a0e",
    "29 05 c6363ce987a5716c86a699206101d1d546e440f9f459acf0f8ff77cfad90ea7f",
    "30 06 e9124725da702261054984adebd69f9126c336ed97340502c9eb0cf75a296705",
    "31 02 2c19b6a7514e555dfa46114e1237d7d94a926aebfaed8bb792e8c7830d228d1b",
    "0 1 80 e7b1565febd44543334c0bfbc54857156b02a9ae29de163645be09ce050ae67f",
    "0 8 01 e40a3b7b0bbe55a78a23e901d1d022e10fdc146cd17316f225b7f714e1b6b16a",
    "3 7 01 d58a35cea68449f8f4ec3254e56fbddbe5aee95c00a48889703110ebf6548b46",
    "0 16 08 bed966014b947a745704b968372e269562c828f83548d45cfec4490926039b48",
    "15 31 06 186d8cf178f371aff33fe5bbc56a81d056363780bc974637906f345d42cc8108",
    "30 31 01 c456b5606c8832e76b0bcbc1f39984819076e0d6dec80af1e6bb7e6a8de0c569",
    "8 24 06 02d55bb52302147632237cca72886bc9f7e5cc59a8be9b8f5b4d07c071e03845",
    "0 2 80 67580bec41465962418fdb6704ebd0c1ff9bbb084567586fe5d76db4f88f4324",
    "0 15 80 b5ec0b7597ddccd514876f204b020aa7cf9ebdd66c576b4b427f2f3ab75e573b",
];
