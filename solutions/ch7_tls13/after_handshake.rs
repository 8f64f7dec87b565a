// 7.10 After the handshake

use given::tls::{Abort, Established, Handshake, HandshakeMessage, HandshakeType, Suite};
use given::tls13::{KeyUpdate, NewSessionTicket, Session, Wire};

use crate::ch6_tls12::Sender;

use super::{Application, RecordOpener, RecordSealer, TrafficSecret, expand_label};

/// After this many records, a sender changes to its next key. AES-GCM is safe for 2²⁴·⁵ full
/// records under one key (RFC 9846 §5.5). Every record counts as a full one here.
pub const RECORDS_PER_KEY: u64 = 1 << 24;

impl<Side> TrafficSecret<Side, Application> {
    /// **7.10** The secret after this one (RFC 9846 §7.2): 32 bytes of [`expand_label`], with the
    /// label "traffic upd" and an empty context.
    ///
    /// It goes one way only. Anyone who steals a secret can compute all that follow, and none that
    /// came before.
    pub fn next(&self) -> TrafficSecret<Side, Application> {
        // todo!("7.10: the secret after {:?}", self.as_bytes())
        let next = expand_label(self.as_bytes(), "traffic upd", &[], 32);
        let next = next.expect("the label is short");
        TrafficSecret::new(next.try_into().expect("32 bytes were asked for"))
    }
}

/// A connection after its handshake. `Mine` is what this side writes, `Theirs` is what the peer
/// writes.
#[derive(Debug)]
pub struct AfterHandshake<Mine, Theirs> {
    peer: Sender,
    session: Session,
    sending: TrafficSecret<Mine, Application>,
    pub(super) receiving: TrafficSecret<Theirs, Application>,
    /// How many records of data have been sent with this key.
    records: u64,
    records_per_key: u64,
    /// Whether the peer has asked for a KeyUpdate since this side last sent one.
    is_asked: bool,
}

impl<Mine, Theirs> AfterHandshake<Mine, Theirs> {
    /// A connection with this `peer`, whose handshake has resulted in these secrets. There is
    /// nothing to write here.
    pub fn new(
        peer: Sender,
        session: Session,
        sending: TrafficSecret<Mine, Application>,
        receiving: TrafficSecret<Theirs, Application>,
    ) -> AfterHandshake<Mine, Theirs> {
        AfterHandshake {
            peer,
            session,
            sending,
            receiving,
            records: 0,
            records_per_key: RECORDS_PER_KEY,
            is_asked: false,
        }
    }

    /// The same connection, but it changes its key after this many records (at least one).
    #[must_use]
    pub fn with_records_per_key(mut self, records: u64) -> AfterHandshake<Mine, Theirs> {
        self.records_per_key = records;
        self
    }
}

impl<Mine, Theirs> Established<Wire<RecordSealer<Mine>, RecordOpener<Theirs>>>
    for AfterHandshake<Mine, Theirs>
{
    const CLOSES_BOTH: bool = false;

    fn suite(&self) -> Suite {
        Suite::Tls13
    }

    fn key_log(&self) -> Vec<String> {
        self.session.key_log()
    }

    /// **7.10** Takes a handshake message that comes after the handshake (RFC 9846 §4.7).
    ///
    /// - A [`NewSessionTicket`], from a server, is parsed and ignored. It carries a ticket with
    ///   which you could resume the session later. Most servers send two.
    /// - A [`KeyUpdate`] says that the peer seals with its next key from the next record on. So you
    ///   open with it from there on. If `request_update` is 1, the peer also wants you to change to
    ///   your own next key. Don't answer at once. Remember the request, and answer in
    ///   [`before_data`](Established::before_data).
    ///
    /// ```text
    /// peer                                       you
    ///   │ ══ data, under secret 0 ════════════════▶│
    ///   │ ══ KeyUpdate, still under secret 0 ═════▶│ open with secret 1 from here on
    ///   │ ══ data, under secret 1 ════════════════▶│
    /// ```
    ///
    /// The two directions are independent: your own key does not change because the peer's does.
    ///
    /// # Errors
    ///
    /// - [`Abort::Malformed`] if the message can't be read.
    /// - [`Abort::BadKeyUpdate`] if `request_update` is neither 0 nor 1.
    /// - [`Abort::UnexpectedMessage`] for any other message, for a ticket from a client, and if
    ///   something follows a KeyUpdate in the same record. [`Wire::open_with`] finds the last of
    ///   these.
    fn receive(
        &mut self,
        message: Handshake,
        wire: &mut Wire<RecordSealer<Mine>, RecordOpener<Theirs>>,
    ) -> Result<(), Abort> {
        // todo!("7.10: take {message:?}, and have {wire:?} open with the next key after a KeyUpdate")
        match message.kind() {
            Some(HandshakeType::NewSessionTicket) if self.peer == Sender::Server => {
                message.parse::<NewSessionTicket>()?;
            }
            Some(HandshakeType::KeyUpdate) => {
                let KeyUpdate { request_update } = message.parse()?;
                if request_update > 1 {
                    return Err(Abort::BadKeyUpdate);
                }
                self.receiving = self.receiving.next();
                wire.open_with(RecordOpener::new(self.receiving.record_key()))?;
                self.is_asked |= request_update == 1;
            }
            _ => return Err(Abort::UnexpectedMessage),
        }
        Ok(())
    }

    /// **7.10** Called before each record of application data that you send. Send a [`KeyUpdate`]
    /// first in two cases: if the peer has asked for one since your last KeyUpdate, or if as many
    /// records of data were sent with this key as [`with_records_per_key`] allows
    /// ([`RECORDS_PER_KEY`] unless it was called). The KeyUpdate is sealed with the old key, and
    /// asks for none in return. Everything after it is sealed with the next key.
    ///
    /// RFC 9846 §4.7.3 requires an answer before your next data, and lets you wait until then. A
    /// peer that asks a thousand times while you have nothing to say gets one KeyUpdate, not a
    /// thousand. If you answered each request, a peer could keep you busy for as long as it likes.
    ///
    /// # Errors
    ///
    /// [`Abort::Exhausted`] if there is no number left for the KeyUpdate.
    ///
    /// [`with_records_per_key`]: AfterHandshake::with_records_per_key
    fn before_data(
        &mut self,
        wire: &mut Wire<RecordSealer<Mine>, RecordOpener<Theirs>>,
    ) -> Result<(), Abort> {
        // todo!("7.10: send a KeyUpdate to {wire:?} first, if it is time for one")
        if self.is_asked || self.records >= self.records_per_key {
            wire.send_handshake(&KeyUpdate { request_update: 0 }.handshake())?;
            self.sending = self.sending.next();
            wire.seal_with(RecordSealer::new(self.sending.record_key()));
            (self.records, self.is_asked) = (0, false);
        }
        self.records += 1;
        Ok(())
    }
}
