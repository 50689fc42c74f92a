//! The journal of a scan: every page as it came, so that an interrupted scan can go on.
//!
//! It lies beside the snapshot that is to be made, with mode 0600, and is deleted when the scan ends well; it stays
//! where something was not read that may be read later. Each
//! entry is a zstd frame with a checksum: a page, or that a collection begins again. Behind each stands a
//! note, a frame of its own: where the chain of pages goes on, into which parts the users were divided, and what
//! the scan took so far. An entry without its note does not count; a torn tail is dropped, never believed. The
//! pages' frames become the snapshot's as they are.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::parts::Part;
use super::snapshot::{Lines, SnapshotError, TOOL, frame, replay, write_error};
use crate::tenant::{Collection, Run, Tenant, TenantBuilder};

/// The version of the form that this program writes and goes on with.
const VERSION: u32 = 2;

/// The largest entry that is believed; a page is far smaller.
const LARGEST_ENTRY: u64 = 256 * 1024 * 1024;

/// What a journal begins with.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
struct Head {
    #[serde(rename = "@tollgate")]
    kind: String,
    version: u32,
    tool: String,
    graph_url: String,
}

/// What stands behind each entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Note {
    collection: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    part: Option<String>,
    /// The parts into which the collection is divided from here on; none where it is one list again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<Part>>,
    #[serde(flatten)]
    progress: Progress,
    run: Run,
}

impl Note {
    /// Where a chain goes on.
    pub(super) fn of(chain: &Chain, progress: Progress, run: Run) -> Self {
        let Chain { collection, part } = chain;
        Self { collection: collection.to_string(), part: part.clone(), parts: None, progress, run }
    }

    /// Into which parts the users are divided from here on; what was read of them before is forgotten.
    pub(super) fn divided(parts: &[Part], progress: Progress, run: Run) -> Self {
        Self { parts: Some(parts.to_vec()), ..Self::of(&Collection::Users.into(), progress, run) }
    }
}

/// What is read as one chain of pages: a collection, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Chain {
    pub(super) collection: Collection,
    /// The label of the part, where the collection is read in parts.
    pub(super) part: Option<String>,
}

impl From<Collection> for Chain {
    fn from(collection: Collection) -> Self {
        Self { collection, part: None }
    }
}

/// How far a chain was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Progress {
    /// The link to the next page; `None` when the last page was read, or none yet.
    pub(super) next: Option<String>,
    /// Pages so far.
    pub(super) pages: u64,
    /// How often it began again.
    pub(super) restarts: u64,
}

/// The journal of a scan under way.
pub(super) struct Journal {
    save: PathBuf,
    path: PathBuf,
    file: File,
    end: u64,
    entries: Vec<Range<u64>>,
    lines: Lines,
    keep: bool,
}

/// What a journal of an interrupted scan says.
#[derive(Default)]
pub(super) struct Resumed {
    /// How far each chain was read.
    pub(super) progress: BTreeMap<Chain, Progress>,
    /// The parts into which the users were divided.
    pub(super) parts: Vec<Part>,
    /// What the scan had taken.
    pub(super) run: Run,
}

/// Where the journal of a snapshot lies.
pub(super) fn path_of(save: &Path) -> PathBuf {
    let mut path = save.as_os_str().to_owned();
    path.push(".journal");
    path.into()
}

/// Whether there is a journal for `save` with anything in it.
pub(super) fn has_entries(save: &Path) -> bool {
    let Ok(mut file) = File::open(path_of(save)) else { return false };
    let mut frames = Frames { from: BufReader::new(&mut file) };
    frames.next().is_some() && frames.next().is_some()
}

/// What is written down: a page, or that a collection begins again. It is made without the journal, which
/// others may be writing to.
pub(super) struct Entry {
    text: String,
    objects: usize,
    frame: Vec<u8>,
}

impl Entry {
    /// A page.
    pub(super) fn page<'o>(
        collection: Collection,
        read_at: Timestamp,
        objects: impl ExactSizeIterator<Item = &'o str>,
    ) -> Self {
        let count = objects.len();
        Self::of(Lines::page(collection, read_at, objects), count)
    }

    /// That a collection begins again.
    pub(super) fn restart(collection: Collection) -> Self {
        Self::of(Lines::restart(collection), 0)
    }

    fn of(text: String, objects: usize) -> Self {
        let frame = frame(&text);
        Self { text, objects, frame }
    }
}

impl Journal {
    /// Begins the journal of a snapshot that will be at `save`. Fails now, not after the scan, if that cannot be
    /// written. A journal that an earlier scan left there is given up.
    pub(super) fn begin(save: &Path, graph_url: &str) -> Result<Self, SnapshotError> {
        if save.is_dir() {
            return Err(write_error(save, io::ErrorKind::IsADirectory.into()));
        }
        let path = path_of(save);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        // A new file, so that it has its mode and no reader of the old one sees it change.
        let file = match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => options.open(&path),
        };
        let file = file.map_err(|error| write_error(&path, error))?;
        let mut journal = Self {
            save: save.to_owned(),
            path,
            file,
            end: 0,
            entries: Vec::new(),
            lines: Lines::default(),
            keep: false,
        };
        let head = serde_json::to_string(&head(graph_url)).expect("a head holds texts and numbers only");
        journal.append(&frame(&head))?;
        Ok(journal)
    }

    /// Opens the journal that an interrupted scan left for `save`, and feeds what is good of it to `builder`.
    pub(super) fn resume(
        save: &Path,
        graph_url: &str,
        builder: &mut TenantBuilder,
    ) -> Result<(Self, Resumed), SnapshotError> {
        let path = path_of(save);
        let open = |error| SnapshotError::NothingToResume { path: path.display().to_string(), error };
        let mut file = OpenOptions::new().read(true).write(true).open(&path).map_err(open)?;
        let mut frames = Frames { from: BufReader::new(&mut file) };
        let unusable =
            |why: &str| SnapshotError::Damaged { path: path.display().to_string(), why: why.to_owned() };
        let found = frames.next().and_then(|(text, _)| serde_json::from_str::<Head>(&text).ok());
        match found {
            None => return Err(unusable("it does not begin like the journal of a scan")),
            Some(found) if found.version != VERSION || found.tool != TOOL => {
                return Err(unusable("another version of tollgate wrote this journal"));
            }
            Some(found) if found.graph_url != graph_url => {
                return Err(unusable("it is the journal of a scan of another Graph"));
            }
            Some(_) => {}
        }
        let mut resumed = Resumed::default();
        let mut entries = Vec::new();
        let mut lines = Lines::default();
        let mut end = frames.position();
        while let (Some((entry, place)), Some((note, _))) = (frames.next(), frames.next()) {
            let Ok(note) = serde_json::from_str::<Note>(&note) else { break };
            let Some(collection) = Collection::parse(&note.collection) else { break };
            let Ok(objects) = replay(builder, &entry) else { break };
            lines.count(&entry, objects);
            entries.push(place);
            if let Some(parts) = note.parts {
                resumed.progress.retain(|chain, _| chain.collection != collection);
                resumed.parts = parts;
            }
            resumed.progress.insert(Chain { collection, part: note.part }, note.progress);
            resumed.run = note.run;
            end = frames.position();
        }
        let cut = file.set_len(end).and_then(|()| file.seek(SeekFrom::Start(end)));
        cut.map_err(|error| write_error(&path, error))?;
        Ok((Self { save: save.to_owned(), path, file, end, entries, lines, keep: true }, resumed))
    }

    /// Writes down an entry, and what stands behind it.
    pub(super) fn write(&mut self, entry: &Entry, note: &Note) -> Result<(), SnapshotError> {
        let place = self.append(&entry.frame)?;
        let note = serde_json::to_string(note).expect("a note holds texts and numbers only");
        self.append(&frame(&note))?;
        self.lines.count(&entry.text, entry.objects);
        self.entries.push(place);
        self.keep = true;
        Ok(())
    }

    fn append(&mut self, frame: &[u8]) -> Result<Range<u64>, SnapshotError> {
        let begin = self.end;
        self.file.write_all(frame).map_err(|error| write_error(&self.path, error))?;
        self.end += frame.len() as u64;
        Ok(begin..self.end)
    }

    /// Makes the snapshot of `tenant`, and deletes the journal unless it is to be gone on with.
    pub(super) fn finish(mut self, tenant: &Tenant, keep: bool) -> Result<(), SnapshotError> {
        let lines = std::mem::take(&mut self.lines);
        let (file, entries) = (&mut self.file, &self.entries);
        let copy = |to: &mut dyn Write| {
            for entry in entries {
                file.seek(SeekFrom::Start(entry.start))?;
                io::copy(&mut file.take(entry.end - entry.start), to)?;
            }
            Ok(())
        };
        lines.write(&self.save, tenant, copy).map_err(|error| write_error(&self.save, error))?;
        self.keep = keep;
        Ok(())
    }

    /// Gives the journal up: there is nothing to go on with.
    pub(super) fn discard(mut self) {
        self.keep = false;
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        if !self.keep {
            // It may be gone already; and what cannot be deleted is overwritten by the next scan.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn head(graph_url: &str) -> Head {
    Head {
        kind: "journal".to_owned(),
        version: VERSION,
        tool: TOOL.to_owned(),
        graph_url: graph_url.to_owned(),
    }
}

/// Reads frame by frame, as far as they are good.
struct Frames<'f> {
    from: BufReader<&'f mut File>,
}

impl Frames<'_> {
    /// The next frame: its text and its place. `None` at the end, and where a frame is torn or changed.
    fn next(&mut self) -> Option<(String, Range<u64>)> {
        let begin = self.position();
        if self.from.fill_buf().ok()?.is_empty() {
            return None;
        }
        let mut text = String::new();
        let decoder = zstd::Decoder::with_buffer(&mut self.from).ok()?.single_frame();
        let read = decoder.take(LARGEST_ENTRY).read_to_string(&mut text).ok()?;
        let whole = (read as u64) < LARGEST_ENTRY;
        whole.then(|| (text, begin..self.position()))
    }

    fn position(&mut self) -> u64 {
        self.from.stream_position().expect("a journal is a file")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at() -> Timestamp {
        "2026-11-16T08:00:00Z".parse().expect("a time")
    }

    const USER: &str = r#"{"id":"05e40000-0000-4000-8000-000000000001","displayName":"Ada"}"#;
    const GRAPH: &str = "https://graph.example/v1.0";

    /// A journal of three pages, as a killed scan leaves it.
    fn left_behind(folder: &Path) -> PathBuf {
        let save = folder.join("tenant.tollgate");
        let mut journal = Journal::begin(&save, GRAPH).expect("a journal");
        for page in 1..=3 {
            let next = (page < 3).then(|| format!("{GRAPH}/users?page={page}"));
            let progress = Progress { next, pages: page, restarts: 0 };
            let entry = Entry::page(Collection::Users, at(), [USER].into_iter());
            let note = Note::of(&Collection::Users.into(), progress, Run::default());
            journal.write(&entry, &note).expect("a page");
        }
        drop(journal);
        save
    }

    fn resume(save: &Path) -> Result<(u64, Option<Progress>), SnapshotError> {
        let mut builder = TenantBuilder::new();
        let (_journal, resumed) = Journal::resume(save, GRAPH, &mut builder)?;
        Ok((builder.read(Collection::Users), resumed.progress.get(&Collection::Users.into()).cloned()))
    }

    #[test]
    fn it_goes_on_behind_the_last_page() {
        let folder = tempfile::tempdir().expect("a folder");
        let save = left_behind(folder.path());
        assert!(has_entries(&save));
        let (read, progress) = resume(&save).expect("it goes on");
        assert_eq!((read, progress), (1, Some(Progress { next: None, pages: 3, restarts: 0 })));
    }

    #[test]
    fn cut_anywhere_it_goes_on_from_a_whole_page_or_says_that_it_cannot() {
        let folder = tempfile::tempdir().expect("a folder");
        let save = left_behind(folder.path());
        let bytes = fs::read(path_of(&save)).expect("the journal");
        let mut pages_seen = std::collections::BTreeSet::new();
        for length in 0..bytes.len() {
            fs::write(path_of(&save), &bytes[..length]).expect("a cut journal");
            if let Ok((_, progress)) = resume(&save) {
                let pages = progress.as_ref().map_or(0, |progress| progress.pages);
                assert!(progress.is_none_or(|progress| progress.next.is_some()), "the last page was cut off");
                pages_seen.insert(pages);
                // What is torn is gone for good, and the rest is whole.
                let kept = fs::metadata(path_of(&save)).expect("the journal").len();
                assert!(kept <= length as u64);
            }
        }
        assert_eq!(pages_seen.into_iter().collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn the_journal_of_another_graph_is_not_gone_on_with() {
        let folder = tempfile::tempdir().expect("a folder");
        let save = left_behind(folder.path());
        let other = Journal::resume(&save, "https://other.example/v1.0", &mut TenantBuilder::new());
        assert!(matches!(other.err(), Some(SnapshotError::Damaged { .. })));
    }

    #[test]
    fn a_journal_without_a_page_is_not_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let save = folder.path().join("x");
        let journal = Journal::begin(&save, GRAPH).expect("a journal");
        assert!(path_of(&save).exists() && !has_entries(&save));
        drop(journal);
        assert!(!path_of(&save).exists());
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_journal_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
            let folder = tempfile::tempdir().expect("a folder");
            let save = folder.path().join("x");
            fs::write(path_of(&save), bytes).expect("a file");
            let _ = resume(&save);
        }

        #[test]
        fn a_changed_byte_never_adds_anything(place in any::<prop::sample::Index>(), change in 1..=255_u8) {
            let folder = tempfile::tempdir().expect("a folder");
            let save = left_behind(folder.path());
            let mut bytes = fs::read(path_of(&save)).expect("the journal");
            let place = place.index(bytes.len());
            bytes[place] ^= change;
            fs::write(path_of(&save), bytes).expect("a changed journal");
            if let Ok((read, progress)) = resume(&save) {
                prop_assert!(read <= 1);
                prop_assert!(progress.is_none_or(|progress| progress.pages <= 3));
            }
        }
    }
}
