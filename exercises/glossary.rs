//! # Glossary
//!
//! Each term with the exercise that introduces it.
//!
//! - **AEAD**, *authenticated encryption with associated data*: encryption that notices every change
//!   to the ciphertext, and to some data beside it that stays readable. AES-GCM is one. [1.3]
//! - **AES**: the block cipher that encrypts most of the web. AES-128 has a key of 16 bytes. [1.3]
//! - **alert**: the message by which one side of a TLS connection tells the other that something is
//!   wrong, or that it is done. [Chapter 6], [6.7]
//! - **ASN.1**: a notation for structured data, such as the DigestInfo of a signature. [3.5]
//! - **associated data**: bytes that are sealed along with a message but not encrypted. If they
//!   differ when the message is opened, it is refused. [1.3]
//! - **asymmetric**: with a pair of keys, one public and one private. [2.2]
//! - **baby-step giant-step**: a way to find a discrete logarithm in about √n steps instead of n.
//!   [4.2]
//! - **base point**: the point of a curve from which all public keys on it are computed. [4.3]
//! - **blinding**: multiply by something random before an operation with a private key, and divide it
//!   out afterwards, so that the time it takes reveals nothing about the key. [3.5]
//! - **CA**, *certification authority*: whoever signs certificates. Clients have a list of the
//!   CAs that they trust. [5.1]
//! - **certificate**: a name and a public key, signed together by a CA. It is public. [5.1]
//! - **CertificateVerify**: the message of TLS 1.3 in which the server signs the handshake so far.
//!   [7.6]
//! - **chain**: certificates of which each was signed by the next one, from the server's up to a
//!   root. [5.5]
//! - **ChangeCipherSpec**: one byte that says *from the next record on, I encrypt*. [6.7]
//! - **cipher suite**: which algorithms a connection uses, as one number. In TLS 1.2 it names the
//!   key exchange, the signature, the cipher and the hash. [6.2]
//! - **ciphertext**: a message after encryption. [1.1]
//! - **clamping**: setting five bits of an X25519 secret key to fixed values before it is used. [4.3]
//! - **close_notify**: the alert that ends a connection properly. Without it, you know that a page
//!   is whole only if it says how long it is. [Chapter 6], [6.10]
//! - **common name**: the `CN` in the subject of a certificate. It no longer counts as the name of
//!   a host. [5.4]
//! - **compression function**: the part of a hash that mixes one block of the input into its state.
//!   [3.8]
//! - **congruent**: two numbers are congruent modulo *n* if they leave the same remainder when you
//!   divide them by *n*, which is written a ≡ b (mod n). [2.1]
//! - **constant time**: code whose running time does not depend on secrets. [3.3]
//! - **cookie**: bytes in a HelloRetryRequest that the client sends back unread, so that the server
//!   need not keep them. [7.5]
//! - **critical**: an extension of a certificate is critical if a client that does not understand
//!   it must refuse the certificate. [5.1]
//! - **cross-signing**: another CA signs a certificate for the same CA key, so that clients that
//!   trust only that other CA can build a chain, too. [5.5]
//! - **curve**: the points whose coordinates satisfy an equation. Two of them can be added, and the
//!   sum is a point on the curve, too. [4.3]
//! - **DER**: the one way to encode an X.509 structure as bytes. PEM is DER as text, in base64. [5.1]
//! - **Diffie–Hellman**: a way for two sides to compute a shared secret although everyone can read
//!   what they send. [4.1]
//! - **DigestInfo**: the part of the block in a PKCS#1 v1.5 signature that names the hash. [3.5]
//! - **discrete logarithm**: the exponent *a* of a power gᵃ. In a good group nobody knows how to find
//!   it. [4.2]
//! - **downgrade**: an attack in which someone in the middle makes both sides agree on something
//!   weaker than they could have. [6.2]
//! - **early data**: what a client of TLS 1.3 that has a PSK may send before the server has
//!   answered. The server of this workbook skips it. [7.9]
//! - **ECDHE**: Diffie–Hellman on an elliptic curve (EC) with fresh keys for every connection (E for
//!   *ephemeral*). [4.3]
//! - **explicit nonce**: the eight bytes of a TLS 1.2 record's nonce that are sent with it. [6.4]
//! - **exporter secret**: the secret of TLS 1.3 from which other protocols can derive keys of their
//!   own. [7.2]
//! - **extended master secret**: a master secret that depends on the whole handshake up to then, so
//!   that no two connections have the same. [6.3]
//! - **extension**: in a certificate or a hello, a field that was added after the format was made.
//!   In a certificate it may be *critical*. [5.1], [6.2]
//! - **fallback**: trying again with an older version of TLS if a connection fails. An attacker can
//!   make it fail. [7.11]
//! - **Finished**: the last message of the handshake, a MAC of the messages before it. [6.6]
//! - **forward secrecy**: a key that leaks tomorrow does not open what was recorded today. [6.9]
//! - **GCM**, *Galois/Counter Mode*: a way to use AES as an AEAD. [1.3]; why it fails if a nonce is
//!   used twice: [1.6]
//! - **GREASE**: meaningless numbers in a hello. Clients send them to find servers that fail on
//!   numbers that they don't know. [6.2]
//! - **group**: the numbers that are multiplied in Diffie–Hellman, or the points of a curve that
//!   are added. [4.1]
//! - **handshake**: the messages before the first byte of data: who is there, and which keys. [6.7]
//! - **hash**: a function from a message of any length to a short value, such that nobody can find
//!   two messages with the same one. SHA-256 gives 32 bytes. [2.6], [3.1]
//! - **head**: the lines of an HTTP response that come before the page. In most responses they say
//!   how long the page is. [6.10]
//! - **hello**: the first message of each side, ClientHello and ServerHello: what one offers, and what
//!   the other chooses. [6.2]
//! - **HelloRetryRequest**: the server's answer to a ClientHello of TLS 1.3 that lacks the share it
//!   needs. [7.5]
//! - **HKDF**: a function that makes keys from a shared secret, in two steps, *extract* and *expand*.
//!   [4.4]
//! - **HKDF label**: the `info` that TLS 1.3 gives to HKDF: a length, a label that begins with
//!   "tls13 ", and a context. [7.1]
//! - **HMAC**: a way to make a MAC from any hash. [3.2]
//! - **hybrid encryption**: encrypt the message with a fresh symmetric key, and that key with the
//!   recipient's public key. [2.7]
//! - **intermediate**: a CA whose certificate was signed by another CA. Servers send it along. [5.5]
//! - **IV**, *initialization vector*: the secret value that makes nonces differ from connection to
//!   connection. TLS combines it with the sequence number. [1.4]
//! - **key block**: the bytes from which TLS 1.2 cuts the keys and IVs of both directions. [6.3]
//! - **key log**: a file with the secrets of connections. With it, Wireshark can decrypt them.
//!   [7.12]
//! - **key schedule**: how TLS 1.3 derives its secrets, one below the other. [7.2]
//! - **key share**: the public value of Diffie–Hellman that one side sends to the other. [4.3]
//! - **key transport**: one side makes up a secret and encrypts it with the other's public key. TLS
//!   1.3 no longer has it. [6.5]
//! - **key_share**: the extension of TLS 1.3 in which each side sends its share of the key exchange.
//!   [7.4]
//! - **KeyUpdate**: the message of TLS 1.3 after which its sender seals with its next key. [7.10]
//! - **label**: in OAEP, a text that is bound to the ciphertext, almost always empty. [2.6] In a
//!   DNS name, a part between the dots. [5.4] In TLS, a text that says what is derived from a
//!   secret. [6.3], [7.1]
//! - **leaf**: the first certificate of a chain, the server's own. [5.5]
//! - **length extension**: from the hash of a message, compute the hash of a longer one without
//!   knowing the message. HMAC prevents it. [3.8]
//! - **low-order point**: a point whose order is 1, 2, 4 or 8. If it is sent as a key share, the
//!   shared secret is zero, whoever computes it. [4.3]
//! - **MAC**, *message authentication code*: a short value that only someone with the key can compute
//!   and check. [3.2]
//! - **main secret**: the secret of TLS 1.3 from which everything after the handshake is derived.
//!   [7.2]
//! - **malleable**: encryption is malleable if someone without the key can change what is inside in a
//!   predictable way. [2.5]
//! - **Mallory**: the attacker in the middle, who reads, changes, drops and adds messages. [4.5]
//! - **mask**: bytes that are computed with a hash and XORed with others to hide them. [2.6], [3.7]
//!   In an IP network, it marks the bits that all addresses have in common. [5.7]
//! - **master secret**: the 48 bytes from which TLS 1.2 derives all keys of a connection. [6.3]
//! - **modulo**: *a* modulo *n* is the remainder of *a* after division by *n*. To *reduce* a number
//!   is to take this remainder. [2.1]
//! - **modulus**: the number *n* in *a* modulo *n*. Also the part of an RSA public key that is the
//!   product of two primes. [2.1], [2.2]
//! - **name constraints**: the names that a CA may sign for, according to its certificate. Most CAs
//!   have no name constraints, and may sign for all names. [5.7]
//! - **neutral point**: the zero of the addition on a curve: adding it to a point changes nothing.
//!   [4.3]
//! - **nonce**, *number used once*: an input of a cipher that must never repeat under the same key.
//!   [1.3]
//! - **OAEP**: padding for RSA encryption, random and checked. [2.6]
//! - **one-time pad**: XOR with a random key that is as long as the message and never used again. [1.1]
//! - **oracle**: something that answers an attacker's questions without meaning to, by an error or by
//!   how long it takes. [6.5]
//! - **order**: of a point, the smallest number of copies that add up to the neutral point. [4.3]
//! - **P_hash**: the construction that makes the PRF of TLS 1.2 out of HMAC. With SHA-256 it is
//!   called P_SHA256. [6.3]
//! - **padding**: what is put around a message or a hash before RSA is applied. It is what makes RSA
//!   safe. [2.6], [3.5] In a record of TLS 1.3, zeros that hide how long the content is. [7.3]
//! - **path**: a way from the leaf to a root on which each certificate was signed by the next one.
//!   What a server sends may hold several paths, or none. [5.5]
//! - **path length**: how many CAs may be below a CA, according to its certificate. [5.5]
//! - **peer**: the other side of an exchange or a connection. [4.1]
//! - **PKCS#1 v1.5**: the older padding for RSA. For signatures it holds if it is checked strictly:
//!   [3.5]. For encryption it has been attacked for decades: [6.5]
//! - **plaintext**: a message before encryption, or after decryption. [1.1]
//! - **premaster secret**: what the key exchange of TLS 1.2 results in. The master secret is derived
//!   from it. [6.3]
//! - **PRF**, *pseudorandom function*: the function of TLS 1.2 that derives secrets and keys. [6.3]
//! - **primitive**: an operation on numbers, such as textbook RSA. A *scheme* is a primitive with a
//!   padding, and it is what people use. [3.5]
//! - **private key**: the half of a pair of keys that its owner keeps: it decrypts and signs. [2.2]
//! - **PSK**, *pre-shared key*: a secret that two sides have from before. With one, a handshake of TLS
//!   1.3 needs no certificate. [7.2]
//! - **PSS**: padding for RSA signatures with a random salt. TLS 1.3 requires it. [3.7]
//! - **public key**: the half of a pair of keys that everyone may have: it encrypts and verifies. [2.2]
//! - **random**, of the client or the server: 32 fresh bytes in a hello. They make every handshake
//!   differ from all others, so that nothing from an old one can be sent again. [4.6]
//! - **record**: the unit in which TLS sends and encrypts. It has a type, a length and up to 16 KiB.
//!   [6.4]
//! - **reduce**: see *modulo*. [2.1]
//! - **renegotiation**: a second handshake inside a connection. TLS 1.3 no longer has it. [6.2]
//! - **replay**: an attack that sends again what was recorded earlier. [1.5]
//! - **root**: a CA whose key the client has from the start, and trusts. [5.5]
//! - **RSA**: encryption and signatures with a pair of keys, based on the difficulty of factoring. [2.3]
//! - **salt**: a random or fixed value that is hashed along with something else. It need not be
//!   secret. [3.7], [4.4]
//! - **sans-IO**: protocol code that takes bytes and gives bytes, and leaves sockets to others. [6.7]
//! - **seal**, **open**: to encrypt and authenticate with an AEAD, and the reverse. [1.3]
//! - **sentinel**: eight bytes at the end of a server's random. They say that the server could have
//!   spoken a newer version of TLS than it chose. [7.11]
//! - **sequence number**: the number of a record in its direction, from 0. It is not sent; both sides
//!   count. [1.4]
//! - **session id**: a field of the hellos that let a client resume an earlier session. Here no client
//!   does: in TLS 1.2 the field is empty, [6.7], and in TLS 1.3 its 32 bytes are random, [7.8]; what it
//!   was for: [the front page](crate#the-handshake)
//! - **signaling suite**: a number in a client's list of cipher suites that names no algorithms,
//!   and tells the server something else. [6.8]
//! - **signature**: a value that only the private key can make, and everyone can check with the
//!   public key. [3.5]
//! - **signature scheme**: an algorithm for signatures, with its padding and its hash, as one
//!   number. [6.2]
//! - **SNI**, *server name indication*: the extension of the ClientHello that names the host, for
//!   servers that have many. [6.7] In TLS 1.3 the extension *Encrypted Client Hello* can hide it.
//!   [Chapter 7]
//! - **SSL**: the old name of TLS. [The front page](crate#three-layers) has the versions.
//! - **Subject Alternative Name**: the extension of a certificate that lists the hosts it is for. [5.4]
//! - **subtree**: an entry of name constraints, such as a domain or a network. It is either
//!   permitted or excluded. [5.7]
//! - **supported_versions**: the extension in which a client of TLS 1.3 offers versions, and the
//!   server selects one. [7.4]
//! - **symmetric**: with the same key on both sides. [1.3]
//! - **tag**: the 16 bytes at the end of an AES-GCM ciphertext that show whether it was changed. [1.3]
//! - **textbook RSA**: RSA without padding. It is not safe: [2.4], [2.5], [3.4]. [2.3]
//! - **ticket**: what a server of TLS 1.3 may send after the handshake, so that the client can come
//!   back with a PSK. [7.10]
//! - **trace**: a list of the messages of a connection, as the programs of exercise 6.10 print it.
//!   [6.10]
//! - **traffic secret**: the secret of TLS 1.3 for what one side sends in one phase. The key and the
//!   IV of its records are derived from it. [7.2]
//! - **transcript**: all messages of the handshake so far. Its hash is signed or MACed. [3.1]
//! - **truncation**: an attack that cuts off the end of what was sent. [6.10]
//! - **vector**: in the messages of TLS, a length and as many bytes as it says. [6.1]
//! - **webpki**: the library with which rustls checks certificates. [5.2]
//! - **wildcard**: the `*` in `*.example.org`, which is one label and no more. [5.4]
//! - **wrap**: to encrypt a key or another secret with a public key. [2.7]
//! - **X.509**: the format of certificates. [5.1]
//! - **X25519**: Diffie–Hellman on the curve Curve25519. Most connections use it today. [4.3]
//!
//! [1.1]: crate::ch1_symmetric::one_time_pad()
//! [1.3]: crate::ch1_symmetric::seal()
//! [1.4]: crate::ch1_symmetric::record_nonce()
//! [1.5]: crate::ch1_symmetric::Receiver
//! [1.6]: crate::ch1_symmetric::forge()
//! [2.1]: crate::ch2_asymmetric::mod_pow()
//! [2.2]: crate::ch2_asymmetric::key_pair()
//! [2.3]: crate::ch2_asymmetric::public_operation
//! [2.4]: crate::ch2_asymmetric::guess()
//! [2.5]: crate::ch2_asymmetric::multiply_hidden()
//! [2.6]: crate::ch2_asymmetric::encrypt
//! [2.7]: crate::ch2_asymmetric::seal_to
//! [3.1]: crate::ch3_signatures::Transcript
//! [3.2]: crate::ch3_signatures::hmac_sha256
//! [3.3]: crate::ch3_signatures::verify_mac()
//! [3.4]: crate::ch3_signatures::forge_from_nothing
//! [3.5]: crate::ch3_signatures::verify_pkcs1
//! [3.7]: crate::ch3_signatures::sign_pss
//! [3.8]: crate::ch3_signatures::extend()
//! [4.1]: crate::ch4_key_exchange::shared_value
//! [4.2]: crate::ch4_key_exchange::discrete_log()
//! [4.3]: crate::ch4_key_exchange::shared_secret
//! [4.4]: crate::ch4_key_exchange::hkdf_extract
//! [4.5]: crate::ch4_key_exchange::Mallory
//! [4.6]: crate::ch4_key_exchange::sign_key_share
//! [5.1]: crate::ch5_certificates::issue()
//! [5.2]: crate::ch5_certificates::signed_by()
//! [5.4]: crate::ch5_certificates::is_for()
//! [5.5]: crate::ch5_certificates::verify_chain()
//! [5.7]: crate::ch5_certificates::names_permitted
//! [6.1]: crate::ch6_tls12::read_vector()
//! [6.2]: crate::ch6_tls12::negotiate()
//! [6.3]: crate::ch6_tls12::master_secret
//! [6.4]: crate::ch6_tls12::RecordSealer
//! [6.5]: crate::ch6_tls12::unwrap_premaster
//! [6.6]: crate::ch6_tls12::verify_data
//! [6.7]: crate::ch6_tls12::client()
//! [6.8]: crate::ch6_tls12::ServerStep
//! [6.9]: crate::ch6_tls12::wiretap()
//! [6.10]: crate::ch6_tls12::fetch
//! [7.1]: crate::ch7_tls13::expand_label()
//! [7.2]: crate::ch7_tls13::EarlySecret
//! [7.3]: crate::ch7_tls13::RecordSealer
//! [7.4]: crate::ch7_tls13::negotiate13
//! [7.5]: crate::ch7_tls13::second_hello
//! [7.6]: crate::ch7_tls13::certificate_verify()
//! [7.8]: crate::ch7_tls13::client()
//! [7.9]: crate::ch7_tls13::ServerStep
//! [7.10]: crate::ch7_tls13::AfterHandshake
//! [7.11]: crate::ch7_tls13::which_version
//! [7.12]: crate::ch7_tls13::read_with_log()
//! [Chapter 6]: crate::ch6_tls12#messages-travel-in-records
//! [Chapter 7]: crate::ch7_tls13#what-is-often-said
