//! Signing in with a certificate: the file, and the assertion that is signed with its key.
//!
//! The file is PEM with the certificate and its unencrypted PKCS#8 RSA key. Everything else is refused with the
//! command that converts it: reading more forms would take a library of the system.
//!
//! The assertion is a JSON Web Token as the Microsoft documentation page "Microsoft identity platform
//! application authentication certificate credentials" describes it.

use std::fmt;
use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use azure_core::Uuid;
use azure_core::base64::encode_url_safe;
use azure_core::credentials::Secret;
use ring::rand::SystemRandom;
use ring::signature::{KeyPair, RSA_PSS_SHA256, RsaKeyPair};
use rustls::pki_types::pem::{PemObject, SectionKind};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::error::{GraphError, clean};

/// How long an assertion is good, in seconds: the longest that the documentation advises.
const LIFETIME: u64 = 600;

/// A certificate of an application, with its private key.
pub(crate) struct Certificate {
    /// The certificate in the binary form of which the service knows the hash.
    der: Vec<u8>,
    key: RsaKeyPair,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").finish_non_exhaustive()
    }
}

impl Certificate {
    /// Reads the file that `AZURE_CLIENT_CERTIFICATE_PATH` names.
    pub(crate) fn read(path: &str) -> Result<Self, GraphError> {
        let bytes =
            fs::read(path).map_err(|error| refuse(&clean(path), &format!("cannot be read: {error}"), ""))?;
        Self::parse(&clean(path), &bytes)
    }

    /// `path` is what is shown of it.
    fn parse(path: &str, bytes: &[u8]) -> Result<Self, GraphError> {
        let holds = |label: &str| {
            let line = format!("-----BEGIN {label}-----");
            bytes.windows(line.len()).any(|part| part == line.as_bytes())
        };
        if !bytes.windows(11).any(|part| part == b"-----BEGIN ") {
            return Err(refuse(
                path,
                "is not PEM, but perhaps a PFX (PKCS#12) file",
                &format!("openssl pkcs12 -in \"{path}\" -nodes -out \"{path}.pem\""),
            ));
        }
        let rewrite = format!(
            "openssl x509 -in \"{path}\" > \"{path}.new\" && openssl pkey -in \"{path}\" >> \"{path}.new\""
        );
        if holds("ENCRYPTED PRIVATE KEY") {
            return Err(refuse(path, "holds an encrypted private key", &rewrite));
        }
        if holds("RSA PRIVATE KEY") {
            return Err(refuse(path, "holds a private key in the old form (PKCS#1)", &rewrite));
        }
        if holds("EC PRIVATE KEY") {
            return Err(not_rsa(path));
        }
        let mut certificates = Vec::new();
        let mut key = None;
        for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(bytes) {
            match section.map_err(|_| refuse(path, "is damaged PEM", ""))? {
                (SectionKind::Certificate, der) => certificates.push(der),
                (SectionKind::PrivateKey, der) => key = Some(der),
                _ => {}
            }
        }
        let together = "the certificate and its private key must stand in one file";
        let Some(key) = key else {
            return Err(refuse(path, &format!("holds no private key; {together}"), ""));
        };
        if certificates.is_empty() {
            return Err(refuse(path, &format!("holds no certificate; {together}"), ""));
        }
        let key = RsaKeyPair::from_pkcs8(&key).map_err(|_| not_rsa(path))?;
        // A certificate holds its public key in these very bytes. The others of the file are its issuers.
        let public = key.public_key().as_ref();
        let der = certificates
            .into_iter()
            .find(|der| der.windows(public.len()).any(|part| part == public))
            .ok_or_else(|| {
            refuse(path, "holds a private key that belongs to none of its certificates", "")
        })?;
        Ok(Self { der, key })
    }

    /// A fresh assertion that `client_id` is who asks at `audience`, the address of the token request.
    pub(crate) fn assertion(&self, client_id: &str, audience: &str) -> Result<Secret, GraphError> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let header = json!({
            "alg": "PS256",
            "typ": "JWT",
            "x5t#S256": encode_url_safe(Sha256::digest(&self.der)),
        });
        let claims = json!({
            "aud": audience,
            "iss": client_id,
            "sub": client_id,
            "jti": Uuid::new_v4().to_string(),
            "nbf": now,
            "iat": now,
            "exp": now + LIFETIME,
        });
        let signed =
            format!("{}.{}", encode_url_safe(header.to_string()), encode_url_safe(claims.to_string()));
        let mut signature = vec![0; self.key.public().modulus_len()];
        self.key
            .sign(&RSA_PSS_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
            .map_err(|_| GraphError::configuration("this computer gives no random numbers to sign with"))?;
        Ok(Secret::new(format!("{signed}.{}", encode_url_safe(signature))))
    }
}

fn not_rsa(path: &str) -> GraphError {
    refuse(
        path,
        "holds a key that is not RSA of 2048 to 4096 bits, and the sign-in service takes no other; make a new one and register it",
        &format!(
            "openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=tollgate -keyout \"{path}.new\" -out \"{path}.new\""
        ),
    )
}

/// What is wrong with the file, and the command that puts it right.
fn refuse(path: &str, why: &str, command: &str) -> GraphError {
    let error = GraphError::configuration(&format!("the certificate file {path} {why}"));
    if command.is_empty() {
        error.with_hint(
            "AZURE_CLIENT_CERTIFICATE_PATH names a PEM file with a certificate and its private key",
        )
    } else {
        error.with_hint(&format!("run: {command}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made for these tests; no application knows it.
    const GOOD: &str = include_str!("tests/certificate.pem");

    fn refusal(bytes: &[u8]) -> String {
        let error = Certificate::parse("audit.pem", bytes).expect_err("must be refused");
        assert_eq!(error.kind(), crate::graph::ErrorKind::Configuration);
        format!("{error}\n{}", error.hint().unwrap_or_default())
    }

    /// A part of the good file.
    fn part(label: &str) -> &'static str {
        let start = GOOD.find(&format!("-----BEGIN {label}-----")).unwrap();
        let end = format!("-----END {label}-----\n");
        &GOOD[start..GOOD.find(&end).unwrap() + end.len()]
    }

    #[test]
    fn a_certificate_and_its_key_are_found_in_any_order_and_among_others() {
        let other = rcgen::generate_simple_self_signed(vec!["issuer.example".to_owned()]).unwrap();
        let shuffled = format!(
            "Bag Attributes\n{}{}subject=CN=x\n{}",
            part("PRIVATE KEY"),
            other.cert.pem(),
            part("CERTIFICATE")
        );
        let (plain, shuffled) = (
            Certificate::parse("a", GOOD.as_bytes()).unwrap(),
            Certificate::parse("a", shuffled.as_bytes()).unwrap(),
        );
        assert_eq!(plain.der, shuffled.der);
        assert_ne!(plain.der, other.cert.der().to_vec());
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_the_command_that_converts_it() {
        let text = refusal(b"\x30\x82\x0a\x41\x02\x01\x03\x30\x82");
        assert!(
            text.contains("run: openssl pkcs12 -in \"audit.pem\" -nodes -out \"audit.pem.pem\""),
            "{text}"
        );

        let rewrite = "run: openssl x509 -in \"audit.pem\" > \"audit.pem.new\" && openssl pkey -in \"audit.pem\" >> \"audit.pem.new\"";
        for label in ["ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY"] {
            let text = refusal(GOOD.replace("PRIVATE KEY", label).as_bytes());
            assert!(text.contains(rewrite), "{text}");
        }

        let elliptic = rcgen::generate_simple_self_signed(vec!["x.example".to_owned()]).unwrap();
        let (certificate, key) = (elliptic.cert.pem(), elliptic.signing_key.serialize_pem());
        for key in [key.clone(), key.replace("PRIVATE KEY", "EC PRIVATE KEY")] {
            let text = refusal(format!("{certificate}{key}").as_bytes());
            assert!(
                text.contains("not RSA") && text.contains("openssl req -x509 -newkey rsa:2048"),
                "{text}"
            );
        }
        let text = refusal(format!("{certificate}{}", part("PRIVATE KEY")).as_bytes());
        assert!(text.contains("belongs to none"), "{text}");
        assert!(refusal(part("PRIVATE KEY").as_bytes()).contains("no certificate"));
        assert!(refusal(part("CERTIFICATE").as_bytes()).contains("no private key"));
        assert!(refusal(GOOD.replace("MII", "M=I").as_bytes()).contains("damaged"));
    }

    #[test]
    fn no_refusal_and_no_debug_output_shows_the_key() {
        let secret = part("PRIVATE KEY").lines().nth(3).unwrap();
        let text = refusal(GOOD.replace("PRIVATE KEY", "RSA PRIVATE KEY").as_bytes());
        assert!(!text.contains(secret));
        let debug = format!("{:?}", Certificate::parse("a", GOOD.as_bytes()).unwrap());
        assert_eq!(debug, "Certificate { .. }");
    }
}
