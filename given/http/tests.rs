use super::*;
use proptest::prelude::*;

fn response(text: &str) -> Result<Response, Error> {
    Response::read(text.as_bytes())
}

#[track_caller]
fn check_body(text: &str, expected: Result<&str, Error>) {
    let body = response(text).map(|response| String::from_utf8(response.body).unwrap());
    assert_eq!(body, expected.map(str::to_owned));
}

#[test]
fn what_is_asked_is_read() {
    let bytes = get("localhost", 8443, "/a?b").unwrap();
    let text = "GET /a?b HTTP/1.1\r\nHost: localhost:8443\r\nConnection: close\r\n\r\n";
    assert_eq!(String::from_utf8(bytes.clone()).unwrap(), text);
    let request = Request {
        method: "GET".to_owned(),
        path: "/a?b".to_owned(),
    };
    assert_eq!(Request::read(&bytes), Ok(Some(request)));
    for end in 0..bytes.len() {
        assert_eq!(Request::read(&bytes[..end]), Ok(None), "{end}");
    }
    let host = |host, port| String::from_utf8(get(host, port, "/").unwrap()).unwrap();
    assert!(host("::1", 443).contains("\r\nHost: [::1]\r\n"));
    assert!(host("127.0.0.1", 80).contains("\r\nHost: 127.0.0.1:80\r\n"));
}

#[test]
fn no_target_says_more_than_it_should() {
    for (host, path) in [
        ("a", ""),
        ("a", "b"),
        ("a", "/ b"),
        ("a", "/\r\nX: y"),
        ("a\r\nX: y", "/"),
        ("", "/"),
        ("ä", "/"),
    ] {
        assert_eq!(
            get(host, 443, path),
            Err(Error::BadTarget),
            "{host:?} {path:?}"
        );
    }
}

#[test]
fn a_page_is_read_back() {
    let response = Response::read(&page("hellö\n")).unwrap();
    assert_eq!(
        (response.status, response.body.as_slice()),
        (200, "hellö\n".as_bytes())
    );
    assert_eq!(response.header("content-LENGTH"), Some("7"));
    assert_eq!(response.header("Server"), None);
}

#[test]
fn the_page_ends_where_it_says_or_with_the_connection() {
    check_body("HTTP/1.0 200 ok\r\n\r\nall of it", Ok("all of it"));
    let with_length = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n";
    check_body(&format!("{with_length}abc"), Ok("abc"));
    check_body(&format!("{with_length}ab"), Err(Error::Malformed));
    check_body(&format!("{with_length}abcd"), Err(Error::Malformed));
    check_body(
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        Err(Error::Malformed),
    );
    let in_chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    check_body(
        &format!("{in_chunks}3\r\nabc\r\nA;x\r\n0123456789\r\n0\r\n\r\n"),
        Ok("abc0123456789"),
    );
    check_body(&format!("{in_chunks}0\r\n\r\n"), Ok(""));
    check_body(&format!("{in_chunks}1\r\na\r\n0\r\nX: y\r\n\r\n"), Ok("a"));
    for cut in [
        "",
        "0",
        "0\r\n",
        "0\r\n\r",
        "0\r\nX: y\r\n",
        "0\r\n\r\nmore",
        "3",
        "3\r\nab",
        "3\r\nabc",
        "3\r\nabc\r\n",
        "3\r\nabcd\r\n0\r\n\r\n",
    ] {
        check_body(&format!("{in_chunks}{cut}"), Err(Error::Malformed));
    }
    check_body(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        Err(Error::Malformed),
    );
    check_body("HTTP/1.1 200 OK\r\n", Err(Error::Malformed));
}

#[test]
fn a_page_that_says_where_it_ends_is_whole_or_malformed() {
    for (head, page) in [
        ("Content-Length: 3", "abc"),
        ("content-length: 3\r\nContent-Length: 3", "abc"),
        ("Content-Length: 0", ""),
        ("Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n"),
        (
            "Transfer-Encoding: Chunked\r\nContent-Length: 1",
            "0\r\n\r\n",
        ),
    ] {
        let whole = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{page}");
        assert!(response(&whole).unwrap().says_where_it_ends(), "{head}");
        for end in 0..whole.len() {
            assert_eq!(response(&whole[..end]), Err(Error::Malformed), "{end}");
        }
    }
    assert!(
        !response("HTTP/1.0 200 ok\r\n\r\nall of it")
            .unwrap()
            .says_where_it_ends()
    );
    for length in [
        "",
        "+3",
        "-3",
        "3, 3",
        "0x3",
        "3\r\nContent-Length: 4",
        "99999999999999999999",
    ] {
        let text = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\nabc");
        assert_eq!(response(&text), Err(Error::Malformed), "{length}");
    }
}

#[test]
fn a_head_without_end_is_refused() {
    let long = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(MAX_HEAD));
    assert_eq!(Request::read(long.as_bytes()), Err(Error::TooLong));
    let many = format!(
        "GET / HTTP/1.1\r\n{}\r\n",
        "X: y\r\n".repeat(MAX_HEADERS + 1)
    );
    assert_eq!(Request::read(many.as_bytes()), Err(Error::TooLong));
    let long = format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(MAX_HEAD));
    assert_eq!(response(&long), Err(Error::TooLong));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Request::read(&bytes);
        let _ = Response::read(&bytes);
        let chunks = [&b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"[..], &bytes];
        let _ = Response::read(&chunks.concat());
    }
}
