//! A connection whose handshake is over, without a handshake: what exercise 7.10 is given, and what it makes of that.

use given::tls::{Connection, Endpoint};
use given::tls13::{Session, Wire};

use crate::subject::ch6_tls12::{ClientWrites, Sender, ServerWrites};
use crate::subject::ch7_tls13::*;
use fixtures::tls13::traffic::{Peer, Side};

/// The learner's end of an open connection, and the grader's. The records of one key may be limited.
pub fn connected(you: Side, records_per_key: Option<u64>) -> (Box<dyn Connection>, Peer) {
    let (yours, theirs) = ([0x3c; 32], [0xa5; 32]);
    let peer = Peer::new(theirs, yours);
    let session = session();
    let connection: Box<dyn Connection> = match you {
        Side::Client => {
            let sending = TrafficSecret::<ClientWrites, _>::new(yours);
            let receiving = TrafficSecret::<ServerWrites, _>::new(theirs);
            let wire = wire(&sending, &receiving);
            let after = AfterHandshake::new(Sender::Server, session, sending, receiving);
            let after = limited(after, records_per_key);
            Box::new(Endpoint::<ClientStep>::established(after, wire))
        }
        Side::Server => {
            let sending = TrafficSecret::<ServerWrites, _>::new(yours);
            let receiving = TrafficSecret::<ClientWrites, _>::new(theirs);
            let wire = wire(&sending, &receiving);
            let after = AfterHandshake::new(Sender::Client, session, sending, receiving);
            let after = limited(after, records_per_key);
            Box::new(Endpoint::<ServerStep>::established(after, wire))
        }
    };
    (connection, peer)
}

/// What the connection writes to its key log.
pub fn session() -> Session {
    Session {
        client_random: [0; 32],
        client_handshake: [0; 32],
        server_handshake: [0; 32],
        client_application: [0; 32],
        server_application: [0; 32],
        exporter: [0; 32],
    }
}

/// The records of an end with these secrets.
pub fn wire<Mine, Theirs>(
    sending: &TrafficSecret<Mine, Application>,
    receiving: &TrafficSecret<Theirs, Application>,
) -> Wire<RecordSealer<Mine>, RecordOpener<Theirs>> {
    let mut wire = Wire::new();
    wire.seal_with(RecordSealer::new(sending.record_key()));
    let opener = RecordOpener::new(receiving.record_key());
    wire.open_with(opener).expect("nothing was received");
    wire
}

fn limited<Mine, Theirs>(
    after: AfterHandshake<Mine, Theirs>,
    records_per_key: Option<u64>,
) -> AfterHandshake<Mine, Theirs> {
    match records_per_key {
        Some(records) => after.with_records_per_key(records),
        None => after,
    }
}
