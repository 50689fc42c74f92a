//! Snapshots: what was read, as it was received, in one file that can be judged again.
//!
//! A snapshot is JSON Lines, compressed with zstd:
//!
//! 1. a header: version, `asOf`, the run's figures, the ledger, which groups' members were read;
//! 2. for each page a line that names its collection and when it was read, then its objects, a line each,
//!    as received (line breaks between tokens, which mean nothing in JSON, became spaces);
//! 3. a closing line: how many objects there are, and SHA-256 of the header line and of all lines between.
//!
//! It holds personal data: the file has mode 0600. It is written beside its final name and renamed when it is
//! whole, so there is never half a snapshot. Loading checks all of it before anything is judged.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::tenant::{Collection, Coverage, Decoded, GroupId, Run, Tenant, TenantBuilder};

/// The version of the format that this program writes and reads.
const VERSION: u32 = 1;

/// The longest line that is believed; a Graph object is far smaller.
const LONGEST_LINE: u64 = 64 * 1024 * 1024;

/// A tenth of the size. Pages are as small at this level as at zstd's own, 3, and take two thirds of the time.
const COMPRESSION_LEVEL: i32 = 1;

/// Who writes.
pub(super) const TOOL: &str = concat!("tollgate ", env!("CARGO_PKG_VERSION"));

/// Why a snapshot cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The file cannot be opened.
    #[error(
        "cannot read the snapshot {path}: {error}\nhint: check the name, or take one with `tollgate scan --save`"
    )]
    Open {
        /// The file.
        path: String,
        /// The system's reason.
        error: io::Error,
    },
    /// The file cannot be written.
    #[error(
        "cannot write the snapshot {path}: {error}\nhint: choose a file name in a folder that exists and that you may write to"
    )]
    Write {
        /// The file.
        path: String,
        /// The system's reason.
        error: io::Error,
    },
    /// There is no journal of an interrupted scan.
    #[error(
        "there is no interrupted scan to resume at {path}: {error}\nhint: leave --resume out to begin a new scan"
    )]
    NothingToResume {
        /// The journal that was looked for.
        path: String,
        /// The system's reason.
        error: io::Error,
    },
    /// The file is something else, or broken.
    #[error(
        "the snapshot {path} is damaged: {why}\nhint: nothing of it was judged; take a new one with `tollgate scan --save`"
    )]
    Damaged {
        /// The file.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// The file was written in another version of the format.
    #[error(
        "the snapshot {path} has format version {found}, and this program reads version {VERSION}\nhint: use the tollgate that wrote it ({tool}), or take a new one with `tollgate scan --save`"
    )]
    OtherVersion {
        /// The file.
        path: String,
        /// Its version.
        found: u64,
        /// The program that wrote it.
        tool: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
    #[serde(rename = "@tollgate")]
    kind: HeaderKind,
    version: u32,
    tool: String,
    as_of: Timestamp,
    run: Run,
    coverage: Vec<Coverage>,
    members_read: Vec<GroupId>,
}

#[derive(Serialize, Deserialize)]
enum HeaderKind {
    #[serde(rename = "snapshot")]
    Snapshot,
}

/// What is looked at first, so that other versions are told from damage.
#[derive(Deserialize)]
struct HeaderStart {
    #[serde(rename = "@tollgate")]
    kind: String,
    version: u64,
    #[serde(default)]
    tool: String,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "@tollgate", rename_all = "lowercase")]
enum Mark {
    #[serde(rename_all = "camelCase")]
    Page {
        collection: String,
        read_at: Timestamp,
        objects: u64,
    },
    Restart {
        collection: String,
    },
    End {
        objects: u64,
        sha256: Checksums,
    },
}

#[derive(Serialize, Deserialize, PartialEq, Eq)]
struct Checksums {
    header: String,
    lines: String,
}

/// The lines of a snapshot while it is written: their hash, and how many objects they hold.
#[derive(Default)]
pub(super) struct Lines {
    hash: Sha256,
    objects: u64,
}

impl Lines {
    /// The lines of a page, as they stand in a snapshot.
    pub(super) fn page<'o>(
        collection: Collection,
        read_at: Timestamp,
        objects: impl ExactSizeIterator<Item = &'o str>,
    ) -> String {
        let mut text =
            mark(&Mark::Page { collection: collection.to_string(), read_at, objects: objects.len() as u64 });
        for object in objects {
            // Two searches for one byte are many times faster than one for two characters.
            if object.contains('\n') || object.contains('\r') {
                text.push_str(&object.replace(['\n', '\r'], " "));
            } else {
                text.push_str(object);
            }
            text.push('\n');
        }
        text
    }

    /// The line that says that what was read of a collection so far does not count.
    pub(super) fn restart(collection: Collection) -> String {
        mark(&Mark::Restart { collection: collection.to_string() })
    }

    /// Counts text that goes into the snapshot.
    pub(super) fn count(&mut self, text: &str, objects: usize) {
        self.hash.update(text.as_bytes());
        self.objects += objects as u64;
    }

    /// Writes the snapshot of `tenant` to `path`: header, the compressed lines, closing line. It gets its name
    /// when it is whole.
    pub(super) fn write(
        self,
        path: &Path,
        tenant: &Tenant,
        lines: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let members_read = tenant.groups().filter(|(index, _)| tenant.members(*index).is_some());
        let header = serde_json::to_string(&Header {
            kind: HeaderKind::Snapshot,
            version: VERSION,
            tool: TOOL.to_owned(),
            as_of: tenant.as_of(),
            run: tenant.run().clone(),
            coverage: tenant.coverage().to_vec(),
            members_read: members_read.map(|(_, group)| group.id).collect(),
        })?;
        let sha256 =
            Checksums { header: hex(Sha256::digest(header.as_bytes())), lines: hex(self.hash.finalize()) };
        let end = mark(&Mark::End { objects: self.objects, sha256 });

        // A zstd stream may consist of several frames: header, lines and closing line are some each.
        let mut file = NamedTempFile::new_in(folder_of(path))?;
        file.write_all(&frame(&format!("{header}\n")))?;
        lines(file.as_file_mut())?;
        file.write_all(&frame(&end))?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// A mark on a line of its own.
fn mark(mark: &Mark) -> String {
    let mut line = serde_json::to_string(mark).expect("a mark holds texts and numbers only");
    line.push('\n');
    line
}

/// A zstd frame with a checksum.
pub(super) fn frame(text: &str) -> Vec<u8> {
    let frame = || {
        let mut compressor = zstd::bulk::Compressor::new(COMPRESSION_LEVEL)?;
        compressor.include_checksum(true)?;
        compressor.compress(text.as_bytes())
    };
    frame().expect("memory is compressed to memory, at a level that there is")
}

/// The folder that a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

pub(super) fn write_error(path: &Path, error: io::Error) -> SnapshotError {
    SnapshotError::Write { path: path.display().to_string(), error }
}

/// Reads a snapshot and checks all of it.
///
/// # Errors
/// When the file cannot be opened, is damaged, or has another version.
pub fn load(path: &Path) -> Result<Tenant, SnapshotError> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| SnapshotError::Open { path: name.clone(), error })?;
    read(BufReader::new(file), &name)
}

fn read(file: impl BufRead, name: &str) -> Result<Tenant, SnapshotError> {
    let damaged = |why: String| SnapshotError::Damaged { path: name.to_owned(), why };
    let decoder = zstd::Decoder::with_buffer(file).map_err(|error| damaged(error.to_string()))?;
    let mut lines = Reader { from: BufReader::new(decoder), line: String::new() };

    let header_line =
        lines.next().map_err(damaged)?.ok_or_else(|| damaged("it is empty".to_owned()))?.to_owned();
    let start: HeaderStart = serde_json::from_str(&header_line)
        .map_err(|_| damaged("it does not begin like a tollgate snapshot".to_owned()))?;
    if start.kind != "snapshot" {
        return Err(damaged("it does not begin like a tollgate snapshot".to_owned()));
    }
    if start.version != u64::from(VERSION) {
        let tool = crate::clean::line(&start.tool, 60);
        return Err(SnapshotError::OtherVersion { path: name.to_owned(), found: start.version, tool });
    }
    let header: Header =
        serde_json::from_str(&header_line).map_err(|error| damaged(format!("its header: {error}")))?;

    let mut builder = TenantBuilder::new();
    let users = header.coverage.iter().filter(|line| line.collection == crate::tenant::coverage::path::USERS);
    builder.expect_users(users.map(|line| line.read).sum());
    let mut counted = Lines::default();
    loop {
        let line = lines.next().map_err(damaged)?;
        let line =
            line.ok_or_else(|| damaged("it ends before its closing line; it was cut off".to_owned()))?;
        let mark: Mark =
            serde_json::from_str(line).map_err(|error| damaged(format!("a line in it: {error}")))?;
        if let Mark::End { objects, sha256 } = mark {
            let header = hex(Sha256::digest(header_line.as_bytes()));
            let found = Checksums { header, lines: hex(counted.hash.finalize()) };
            if found != sha256 || counted.objects != objects {
                return Err(damaged("its checksum does not fit; it was changed or cut".to_owned()));
            }
            break;
        }
        counted.count(line, 0);
        counted.count("\n", 0);
        let Some((mut page, objects)) = begin(&mut builder, &mark).map_err(damaged)? else { continue };
        for _ in 0..objects {
            let line = lines.next().map_err(damaged)?;
            let line = line.ok_or_else(|| damaged("it ends inside a page; it was cut off".to_owned()))?;
            counted.count(line, 1);
            counted.count("\n", 0);
            // What cannot be understood makes its collection incomplete, here as in a live scan.
            let _ = page.object(line);
        }
        let _ = builder.add(page);
    }
    if lines.next().map_err(damaged)?.is_some() {
        return Err(damaged("there is something behind its closing line".to_owned()));
    }
    Ok(builder.finish(header.as_of, header.coverage, header.run))
}

/// Does what a mark says. Where a page follows: that page, empty, and how many objects it has.
fn begin(builder: &mut TenantBuilder, mark: &Mark) -> Result<Option<(Decoded, u64)>, String> {
    let known = |text: &str| {
        Collection::parse(text)
            .ok_or_else(|| format!("an unknown collection `{}`", crate::clean::line(text, 60)))
    };
    match mark {
        Mark::Restart { collection } => builder.restart(known(collection)?),
        Mark::Page { collection, read_at, objects } => {
            return Ok(Some((Decoded::new(known(collection)?, *read_at), *objects)));
        }
        Mark::End { .. } => {}
    }
    Ok(None)
}

/// Feeds lines that were written by [`Lines::page`] or [`Lines::restart`] to a builder; tells how many objects
/// they hold.
pub(super) fn replay(builder: &mut TenantBuilder, text: &str) -> Result<usize, String> {
    let mut lines = text.lines();
    let mark: Mark =
        serde_json::from_str(lines.next().unwrap_or_default()).map_err(|error| error.to_string())?;
    let Some((mut page, objects)) = begin(builder, &mark)? else { return Ok(0) };
    let mut count = 0;
    for line in lines {
        let _ = page.object(line);
        count += 1;
    }
    let _ = builder.add(page);
    if count as u64 == objects { Ok(count) } else { Err("a page is not whole".to_owned()) }
}

/// Lines of limited length.
struct Reader<R> {
    from: R,
    line: String,
}

impl<R: BufRead> Reader<R> {
    fn next(&mut self) -> Result<Option<&str>, String> {
        self.line.clear();
        let mut limited = (&mut self.from).take(LONGEST_LINE);
        let read = limited.read_line(&mut self.line).map_err(|error| error.to_string())?;
        if read == 0 {
            return Ok(None);
        }
        match self.line.strip_suffix('\n') {
            Some(line) => Ok(Some(line)),
            None => Err("a line in it has no end".to_owned()),
        }
    }
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    use std::fmt::Write;
    bytes.as_ref().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    const USER: &str =
        "{\n  \"id\": \"05e40000-0000-4000-8000-000000000001\",\r\n  \"displayName\": \"Zo\u{eb}\"\n}";

    fn at() -> Timestamp {
        "2026-11-16T08:00:00Z".parse().expect("a time")
    }

    /// A snapshot of one user, and the bytes of its file.
    fn written() -> (tempfile::TempDir, PathBuf, Vec<u8>) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tenant.tollgate");
        let mut builder = TenantBuilder::new();
        let mut decoded = Decoded::new(Collection::Users, at());
        decoded.object(USER).expect("a user");
        builder.add(decoded).expect("a page");
        let page = Lines::page(Collection::Users, at(), [USER].into_iter());
        let mut lines = Lines::default();
        lines.count(&page, 1);
        let line = Coverage {
            collection: Collection::Users.ledger_path(),
            partition: None,
            expected: Some(1),
            read: 1,
            pages: 1,
            restarts: 0,
            complete: true,
            reason: None,
        };
        let tenant = builder.finish(at(), vec![line], Run::default());
        let body = frame(&page);
        lines.write(&path, &tenant, |file| file.write_all(&body)).expect("a snapshot");
        let bytes = std::fs::read(&path).expect("the file");
        (folder, path, bytes)
    }

    fn lines_of(bytes: &[u8]) -> Vec<String> {
        let text = zstd::decode_all(bytes).expect("zstd");
        String::from_utf8(text).expect("UTF-8").lines().map(str::to_owned).collect()
    }

    fn load_lines(lines: &[String]) -> Result<Tenant, SnapshotError> {
        let text = lines.iter().fold(String::new(), |text, line| text + line + "\n");
        read(&zstd::encode_all(text.as_bytes(), 3).expect("zstd")[..], "test")
    }

    #[test]
    fn what_was_written_is_what_is_loaded_and_objects_keep_their_text() {
        let (_folder, path, bytes) = written();
        let tenant = load(&path).expect("the snapshot");
        assert_eq!(tenant.users().next().expect("the user").display_name(), Some("Zoë"));
        assert_eq!(tenant.as_of(), at());
        assert!(tenant.users_complete());
        let lines = lines_of(&bytes);
        assert_eq!(lines.len(), 4, "header, page, object, end");
        assert_eq!(lines[2], USER.replace(['\n', '\r'], " "));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_it_and_nothing_else_is_left_in_the_folder() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, path, _) = written();
        let mode = std::fs::metadata(&path).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 1);
    }

    #[test]
    fn a_snapshot_that_is_cut_anywhere_is_damaged() {
        let (_folder, _, bytes) = written();
        for length in 0..bytes.len() {
            let error = read(&bytes[..length], "test").expect_err("it is cut");
            assert!(matches!(error, SnapshotError::Damaged { .. }), "{length}: {error}");
        }
    }

    #[test]
    fn a_changed_line_is_noticed() {
        let (_folder, _, bytes) = written();
        let lines = lines_of(&bytes);
        assert!(load_lines(&lines).is_ok());
        for (line, from, to) in
            [(0, "\"complete\":true", "\"complete\":false"), (2, "Zo", "Za"), (1, "08:00", "09:00")]
        {
            let mut changed = lines.clone();
            assert_ne!(changed[line].replace(from, to), lines[line], "the change is one");
            changed[line] = changed[line].replace(from, to);
            assert!(matches!(load_lines(&changed), Err(SnapshotError::Damaged { .. })), "line {line}");
        }
        let mut longer = lines.clone();
        longer.push("{}".to_owned());
        assert!(
            matches!(load_lines(&longer), Err(SnapshotError::Damaged { .. })),
            "something behind the end"
        );
    }

    #[test]
    fn another_version_is_told_from_damage() {
        let (_folder, _, bytes) = written();
        let mut lines = lines_of(&bytes);
        lines[0] = lines[0].replace("\"version\":1", "\"version\":2");
        match load_lines(&lines) {
            Err(SnapshotError::OtherVersion { found: 2, tool, .. }) => {
                assert!(tool.starts_with("tollgate "), "{tool}");
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_no_snapshot_is_refused() {
        for bytes in [&b""[..], b"not zstd", b"{\"@tollgate\":\"snapshot\"}"] {
            assert!(matches!(read(bytes, "test"), Err(SnapshotError::Damaged { .. })));
        }
        for text in ["", "\n", "{}\n", "[]\n", "null\n", "{\"@tollgate\":\"page\",\"version\":1}\n"] {
            let bytes = zstd::encode_all(text.as_bytes(), 3).expect("zstd");
            assert!(matches!(read(&bytes[..], "test"), Err(SnapshotError::Damaged { .. })), "{text:?}");
        }
    }
}
