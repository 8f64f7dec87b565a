//! Published vectors: RFC 7748, RFC 5869 and Wycheproof.

use std::env;

use harness::show::{Piece, Show};

use fixtures::hex::{hex, hex_vec};
use fixtures::wycheproof::{TestResult, hkdf, xdh};

/// A vector for X25519. If there is no secret, the share must be refused.
pub struct X25519Vector {
    pub name: String,
    pub mine: [u8; 32],
    pub theirs: [u8; 32],
    pub shared: Option<[u8; 32]>,
}

impl Show for X25519Vector {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = vec![Piece::Text(format!("{}, secret key ", self.name))];
        pieces.extend(self.mine.pieces());
        pieces.push(Piece::Text(", share ".to_owned()));
        pieces.extend(self.theirs.pieces());
        pieces
    }
}

/// A vector of RFC 7748. None of them has a share that must be refused.
pub struct Exchange {
    pub mine: [u8; 32],
    pub theirs: [u8; 32],
    pub shared: [u8; 32],
}

impl Show for Exchange {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = vec![Piece::Text("secret key ".to_owned())];
        pieces.extend(self.mine.pieces());
        pieces.push(Piece::Text(", share ".to_owned()));
        pieces.extend(self.theirs.pieces());
        pieces
    }
}

/// RFC 7748 §5.2. The second share has its highest bit set.
pub fn rfc_7748() -> [Exchange; 2] {
    [
        Exchange {
            mine: hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
            theirs: hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
            shared: hex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"),
        },
        Exchange {
            mine: hex("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
            theirs: hex("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"),
            shared: hex("95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"),
        },
    ]
}

/// RFC 7748 §5.2: the number of iterations, and the result. A million takes longer than an exercise
/// is allowed to take, so it waits for `GRADE_MILLION=1`.
pub fn iterations() -> Vec<(u32, [u8; 32])> {
    let mut rows = vec![
        (
            1,
            hex("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"),
        ),
        (
            1000,
            hex("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"),
        ),
    ];
    if env::var_os("GRADE_MILLION").is_some() {
        let expected = hex("7c3911e0ab2586fd864497297e575e6f3bc601c0883c30df5f4dd2d24f665424");
        rows.push((1_000_000, expected));
    }
    rows
}

/// All encodings of the points of low order. The values of u are 0, 1, p − 1 and two of order 8. 0
/// and 1 have a second name, p and p + 1. Each is there with its highest bit set and without.
pub fn low_order_shares() -> Vec<[u8; 32]> {
    let shares = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];
    let both = |digits: &str| {
        let share: [u8; 32] = hex(digits);
        let mut with_bit = share;
        with_bit[31] |= 0x80;
        [share, with_bit]
    };
    shares.into_iter().flat_map(both).collect()
}

/// All 518 vectors of Wycheproof's `x25519`; none is left out. 264 are valid. The other 254 are
/// "acceptable", and by their flags:
///
/// - 31 of them lead to a secret of zeros (`ZeroSharedSecret`, all of them `LowOrderPublic`), and
///   must be refused, because TLS says so.
/// - 223 must give their secret: a u on the twist, that is, one that no point of Curve25519 has
///   (216, of which 6 are not below p), and another 7 that are not below p. RFC 7748 §5 accepts both
///   kinds.
pub fn x25519_vectors() -> Vec<X25519Vector> {
    let mut vectors = Vec::new();
    let (mut refused, mut acceptable) = (0, 0);
    let groups = xdh::x25519().into_iter();
    for test in groups.flat_map(|group| group.tests) {
        let is_zero = test.flags.has("ZeroSharedSecret");
        let taken = ["Twist", "NonCanonicalPublic"];
        match test.result {
            TestResult::Valid => assert!(!is_zero, "{} is valid", test.tc_id),
            TestResult::Acceptable if is_zero => refused += 1,
            TestResult::Acceptable if taken.iter().any(|flag| test.flags.has(flag)) => {
                acceptable += 1;
            }
            _ => panic!("{}: a vector of a new kind: {}", test.tc_id, test.flags),
        }
        let bytes = |bytes: Vec<u8>| bytes.try_into().expect("all keys have 32 bytes");
        vectors.push(X25519Vector {
            name: format!("Wycheproof x25519 {} {}", test.tc_id, test.flags),
            mine: bytes(test.private),
            theirs: bytes(test.public),
            shared: (!is_zero).then(|| bytes(test.shared)),
        });
    }
    let counts = (vectors.len(), refused, acceptable);
    assert_eq!(
        counts,
        (518, 31, 223),
        "the vectors have changed: read them again"
    );
    vectors
}

/// A vector of RFC 5869.
pub struct Derivation {
    pub name: &'static str,
    pub secret: Vec<u8>,
    pub salt: Vec<u8>,
    pub info: Vec<u8>,
    pub pseudorandom_key: [u8; 32],
    pub output: Vec<u8>,
}

impl Show for Derivation {
    fn pieces(&self) -> Vec<Piece> {
        derivation_pieces(self.name, &self.salt, &self.secret, &self.info)
    }
}

pub fn derivation_pieces(name: &str, salt: &[u8], secret: &[u8], info: &[u8]) -> Vec<Piece> {
    let mut pieces = vec![Piece::Text(name.to_owned())];
    for (name, bytes) in [(", salt ", salt), (", secret ", secret), (", info ", info)] {
        pieces.push(Piece::Text(name.to_owned()));
        pieces.extend(bytes.pieces());
    }
    pieces
}

/// RFC 5869, appendices A.1 to A.3: those with SHA-256. A.4 to A.7 are with SHA-1.
pub fn rfc_5869() -> [Derivation; 3] {
    [
        Derivation {
            name: "RFC 5869 A.1",
            secret: vec![0x0b; 22],
            salt: (0x00..=0x0c).collect(),
            info: (0xf0..=0xf9).collect(),
            pseudorandom_key: hex(
                "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
            ),
            output: hex_vec(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b88718\
                 5865",
            ),
        },
        Derivation {
            name: "RFC 5869 A.2",
            secret: (0x00..=0x4f).collect(),
            salt: (0x60..=0xaf).collect(),
            info: (0xb0..=0xff).collect(),
            pseudorandom_key: hex(
                "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
            ),
            output: hex_vec(
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac78272\
                 71cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f\
                 1d87",
            ),
        },
        Derivation {
            name: "RFC 5869 A.3",
            secret: vec![0x0b; 22],
            salt: vec![],
            info: vec![],
            pseudorandom_key: hex(
                "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
            ),
            output: hex_vec(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a\
                 96c8",
            ),
        },
    ]
}

/// A vector for both steps of HKDF. If there is no output, the length must be refused.
pub struct HkdfVector {
    pub name: String,
    pub secret: Vec<u8>,
    pub salt: Vec<u8>,
    pub info: Vec<u8>,
    pub length: usize,
    pub output: Option<Vec<u8>>,
}

impl Show for HkdfVector {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = derivation_pieces(&self.name, &self.salt, &self.secret, &self.info);
        pieces.push(Piece::Text(format!(", length {}", self.length)));
        pieces
    }
}

/// All 86 vectors of Wycheproof's `hkdf_sha256`; none is left out. 3 ask for more output than there
/// is.
pub fn hkdf_vectors() -> Vec<HkdfVector> {
    let groups = hkdf::hkdf_sha256().into_iter();
    let tests = groups.flat_map(|group| group.tests);
    let vectors: Vec<HkdfVector> = tests
        .map(|test| HkdfVector {
            name: format!("Wycheproof hkdf_sha256 {} {}", test.tc_id, test.flags),
            secret: test.ikm,
            salt: test.salt,
            info: test.info,
            length: test.size,
            output: (test.result != TestResult::Invalid).then_some(test.okm),
        })
        .collect();
    let refused = vectors.iter().filter(|vector| vector.output.is_none());
    let counts = (vectors.len(), refused.count());
    assert_eq!(counts, (86, 3), "the vectors have changed: read them again");
    vectors
}
