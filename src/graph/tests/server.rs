//! A small HTTP/1.1 server on loopback that answers byte for byte what a test wants, broken answers included.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use tempfile::TempDir;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) method: String,
    /// Path and query, exactly as sent.
    pub(super) target: String,
    /// Names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
    /// The number of the connection it came by, counted from 0.
    pub(super) connection: usize,
}

impl Seen {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A running server. It ends with the test process.
pub(super) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    tls: Option<(TempDir, PathBuf)>,
}

/// An answer with this status and body, and more header lines such as `Retry-After: 7`.
pub(super) fn answer(status: u16, headers: &[&str], body: &str) -> Vec<u8> {
    let mut text =
        format!("HTTP/1.1 {status} Some\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for line in headers {
        text.push_str(line);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

/// The same, and the connection stays open for another request.
pub(super) fn kept(status: u16, headers: &[&str], body: &str) -> Vec<u8> {
    let text = String::from_utf8(answer(status, headers, body)).unwrap();
    text.replacen("Connection: close", KEPT, 1).into_bytes()
}

const KEPT: &str = "Connection: keep-alive";

/// A success with a JSON body.
pub(super) fn json(body: &str) -> Vec<u8> {
    answer(200, &["Content-Type: application/json"], body)
}

impl Server {
    /// Plain http. The answer is made from the request and its number, counted from 0; an empty answer closes
    /// the connection.
    pub(super) fn start(answer: impl Fn(&Seen, usize) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::listen(None, answer)
    }

    /// The same over TLS, with a certificate for `localhost` from an authority of its own.
    pub(super) fn start_tls(answer: impl Fn(&Seen, usize) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let unrelated = rcgen::generate_simple_self_signed(vec!["other.example".to_owned()]).unwrap();
        let key = KeyPair::generate().unwrap();
        let leaf = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let leaf = leaf.signed_by(&key, &authority).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        // Ours is the second of two: all certificates of the file must count.
        std::fs::write(&file, format!("{}\n{}", unrelated.cert.pem(), authority.pem())).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![leaf.der().clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
            .unwrap();
        let mut server = Self::listen(Some(Arc::new(config)), answer);
        server.tls = Some((folder, file));
        server
    }

    fn listen(
        tls: Option<Arc<ServerConfig>>,
        answer: impl Fn(&Seen, usize) -> Vec<u8> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&seen), Arc::new(answer));
        thread::spawn(move || {
            for (number, socket) in listener.incoming().flatten().enumerate() {
                let (log, answer, tls) = (Arc::clone(&log), Arc::clone(&answer), tls.clone());
                thread::spawn(move || match tls {
                    None => serve(socket, number, &log, &*answer),
                    Some(config) => {
                        let connection = ServerConnection::new(config).unwrap();
                        serve(StreamOwned::new(connection, socket), number, &log, &*answer);
                    }
                });
            }
        });
        Self { address, seen, tls: None }
    }

    /// `scheme://host:port`.
    pub(super) fn origin(&self) -> String {
        if self.tls.is_some() {
            format!("https://localhost:{}", self.address.port())
        } else {
            format!("http://{}", self.address)
        }
    }

    /// The Graph root of this server.
    pub(super) fn graph(&self) -> String {
        format!("{}/v1.0", self.origin())
    }

    /// The PEM file with the server's authority.
    pub(super) fn ca_file(&self) -> PathBuf {
        self.tls.as_ref().expect("a TLS server").1.clone()
    }

    /// The requests so far.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

fn serve(
    mut stream: impl Read + Write,
    connection: usize,
    log: &Mutex<Vec<Seen>>,
    answer: &(impl Fn(&Seen, usize) -> Vec<u8> + ?Sized),
) {
    while let Some(seen) = read_request(&mut stream) {
        let seen = Seen { connection, ..seen };
        let number = {
            let mut log = log.lock().unwrap();
            log.push(seen.clone());
            log.len() - 1
        };
        let bytes = answer(&seen, number);
        // The client may have gone; that is for the test to notice.
        let _ = stream.write_all(&bytes).and_then(|()| stream.flush());
        if !bytes.windows(KEPT.len()).any(|part| part == KEPT.as_bytes()) {
            return;
        }
    }
}

fn read_request(stream: &mut impl Read) -> Option<Seen> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
            let mut lines = head.split("\r\n");
            let mut first = lines.next()?.split(' ');
            let headers: Vec<_> = lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .collect();
            let seen = Seen {
                method: first.next()?.to_owned(),
                target: first.next()?.to_owned(),
                headers,
                body: String::new(),
                connection: 0,
            };
            let length = seen.header("content-length").map_or(0, |length| length.parse().unwrap());
            if bytes.len() >= end + 4 + length {
                return Some(Seen { body: String::from_utf8_lossy(&bytes[end + 4..]).into_owned(), ..seen });
            }
        }
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return None,
            Ok(length) => bytes.extend_from_slice(&piece[..length]),
        }
    }
}
