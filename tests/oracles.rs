//! What others say of a certificate: webpki, and the program `openssl`.

use std::env;
use std::fs;
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use given::x509::{Certificate, UnixTime};
use rustls_pki_types::{CertificateDer, ServerName, TrustAnchor};
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert, ring};

/// What webpki says of a chain: the reason where it refuses.
pub fn webpki_accepts(
    chain: &[Certificate],
    roots: &[Certificate],
    host: &str,
    now: UnixTime,
) -> Result<(), String> {
    let der = |certificate: &Certificate| CertificateDer::from(certificate.to_der().to_vec());
    let (leaf, intermediates) = chain.split_first().ok_or("there is no certificate")?;
    let leaf = der(leaf);
    let intermediates: Vec<CertificateDer<'_>> = intermediates.iter().map(der).collect();
    let roots: Vec<CertificateDer<'_>> = roots.iter().map(der).collect();
    let anchors = roots.iter().map(anchor_from_trusted_cert);
    let anchors = anchors.collect::<Result<Vec<TrustAnchor<'_>>, _>>();
    let said = |error: webpki::Error| format!("{error:?}");
    let leaf = EndEntityCert::try_from(&leaf).map_err(said)?;
    let now = Duration::from_secs(now.0);
    leaf.verify_for_usage(
        &[ring::RSA_PKCS1_2048_8192_SHA256],
        &anchors.map_err(said)?,
        &intermediates,
        rustls_pki_types::UnixTime::since_unix_epoch(now),
        KeyUsage::server_auth(),
        None,
        None,
    )
    .map_err(said)?;
    leaf.verify_is_valid_for_subject_name(&server_name(host)?)
        .map_err(said)
}

/// Whether webpki finds `host` among the names in a certificate.
pub fn webpki_knows(certificate: &Certificate, host: &str) -> Result<(), String> {
    let said = |error: webpki::Error| format!("{error:?}");
    let leaf = CertificateDer::from(certificate.to_der().to_vec());
    let leaf = EndEntityCert::try_from(&leaf).map_err(said)?;
    leaf.verify_is_valid_for_subject_name(&server_name(host)?)
        .map_err(said)
}

fn server_name(host: &str) -> Result<ServerName<'_>, String> {
    ServerName::try_from(host).map_err(|error| error.to_string())
}

/// What `openssl verify` says of a leaf that a root has issued, where there is such a program.
///
/// LibreSSL has one of the same name that doesn't know all of these options.
pub fn openssl_accepts(
    leaf: &Certificate,
    root: &Certificate,
    host: &str,
    now: UnixTime,
) -> Option<Result<(), String>> {
    let version = Command::new("openssl").arg("version").output().ok()?;
    if !version.stdout.starts_with(b"OpenSSL 3.") {
        return None;
    }
    Some(ask_openssl(leaf, root, host, now).unwrap_or_else(|error| Err(error.to_string())))
}

fn ask_openssl(
    leaf: &Certificate,
    root: &Certificate,
    host: &str,
    now: UnixTime,
) -> io::Result<Result<(), String>> {
    let folder = Folder::new()?;
    let (leaf_file, root_file) = (folder.0.join("leaf.pem"), folder.0.join("root.pem"));
    fs::write(&leaf_file, leaf.to_pem())?;
    fs::write(&root_file, root.to_pem())?;
    let which = if host.parse::<IpAddr>().is_ok() {
        "-verify_ip"
    } else {
        "-verify_hostname"
    };
    let output = Command::new("openssl")
        .args(["verify", "-x509_strict", "-purpose", "sslserver"])
        .args(["-no-CApath", "-no-CAstore", "-CAfile"])
        .arg(&root_file)
        .args(["-attime", &now.0.to_string(), which, host])
        .arg(&leaf_file)
        .stdin(Stdio::null())
        .output()?;
    if output.status.success() {
        return Ok(Ok(()));
    }
    let said = [output.stdout, output.stderr].concat();
    Ok(Err(String::from_utf8_lossy(&said).into_owned()))
}

/// A folder that is gone when it is not needed any more.
struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Folder> {
        // Several graders may be at work, and each exercise is graded in a process of its own.
        let name = format!("grader-{}", std::process::id());
        let path: &Path = &env::temp_dir().join(name);
        fs::create_dir_all(path)?;
        Ok(Folder(path.to_owned()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What can't be removed is left to the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}
