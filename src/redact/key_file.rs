//! The key file: the key, and a line for everybody whom it gave a pseudonym. It holds personal data, has mode
//! 0600, and is only ever added to, so that old reports can be turned back as well.

use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{KEY_LENGTH, Key, random_secret};
use crate::tenant::{OtherOwner, Tenant, User, parse_guid};

/// How a key file begins; the key follows, in hexadecimal digits.
const BEGINNING: &str = "tollgate-redact-key/v1 ";

/// A key file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// It could not be made, read or written.
    #[error("the key file {} cannot be used: {source}\nhint: check the name, its folder, and that you may read and write there", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is something else.
    #[error("{} is no key file of tollgate\nhint: give the file that --redact-key wrote, or the name of a new one", path.display())]
    NotAKey {
        /// The file.
        path: PathBuf,
    },
}

/// Who is behind a pseudonym, as received.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Person {
    pub(super) id: String,
    #[serde(rename = "userPrincipalName")]
    pub(super) principal_name: Option<String>,
    #[serde(rename = "displayName")]
    pub(super) display_name: Option<String>,
}

impl Person {
    fn of(tenant: &Tenant, user: User<'_>) -> Self {
        Self {
            id: tenant.id_text(user.id().0).into_owned(),
            principal_name: user.principal_name().map(str::to_owned),
            display_name: user.display_name().map(str::to_owned),
        }
    }

    fn of_owner(tenant: &Tenant, owner: &OtherOwner) -> Self {
        Self {
            id: tenant.id_text(owner.id).into_owned(),
            principal_name: owner.principal_name.clone(),
            display_name: owner.display_name.clone(),
        }
    }
}

/// A key that is kept.
#[derive(Debug)]
pub struct KeyFile {
    path: PathBuf,
    key: Key,
}

impl KeyFile {
    /// Opens a key file, or makes one with a new key where there is none.
    ///
    /// # Errors
    /// When it cannot be read, written or made, or is something else.
    pub fn open_or_create(path: &Path) -> Result<Self, KeyError> {
        let failed = |source| KeyError::File { path: path.to_owned(), source };
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        match options.open(path) {
            Ok(mut file) => {
                let secret = random_secret();
                let mut line = BEGINNING.to_owned();
                for byte in secret {
                    let _ = write!(line, "{byte:02x}");
                }
                writeln!(file, "{line}").and_then(|()| file.sync_all()).map_err(failed)?;
                Ok(Self { path: path.to_owned(), key: Key::new(&secret) })
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                OpenOptions::new().append(true).open(path).map_err(failed)?;
                Self::open(path)
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// Opens a key file.
    ///
    /// # Errors
    /// When it cannot be read, or is something else.
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        let failed = |source| KeyError::File { path: path.to_owned(), source };
        let file = File::open(path).map_err(failed)?;
        let mut beginning = Vec::new();
        let length = (BEGINNING.len() + 2 * KEY_LENGTH) as u64;
        file.take(length).read_to_end(&mut beginning).map_err(failed)?;
        let secret = std::str::from_utf8(&beginning).ok().and_then(read_secret);
        let key = Key::new(&secret.ok_or_else(|| KeyError::NotAKey { path: path.to_owned() })?);
        Ok(Self { path: path.to_owned(), key })
    }

    pub(super) fn key(&self) -> &Key {
        &self.key
    }

    /// Everybody who is remembered: by object id, the latest names first to be found.
    pub(super) fn people(&self) -> Result<FxHashMap<u128, Person>, KeyError> {
        let failed = |source| KeyError::File { path: self.path.clone(), source };
        let mut reader = BufReader::new(File::open(&self.path).map_err(failed)?);
        read_people(&mut reader).map_err(failed)
    }

    /// Adds the users of a tenant who are not in the file yet, or under other names.
    pub(super) fn remember(&self, tenant: &Tenant) -> Result<(), KeyError> {
        self.append(tenant).map_err(|source| KeyError::File { path: self.path.clone(), source })
    }

    fn append(&self, tenant: &Tenant) -> io::Result<()> {
        let mut file = OpenOptions::new().read(true).append(true).open(&self.path)?;
        // Of two audits at once the second adds what the first did not.
        file.lock()?;
        let known = read_people(&mut BufReader::new(&file))?;
        let torn = file.seek(SeekFrom::End(-1)).and_then(|_| {
            let mut last = [0];
            file.read_exact(&mut last)?;
            Ok(last != *b"\n")
        })?;
        let mut writer = BufWriter::new(&file);
        if torn {
            // A line that was cut off is left behind; what it said is said again.
            writeln!(writer)?;
        }
        let owners = tenant.unlisted_owners().map(|owner| (owner.id, Person::of_owner(tenant, owner)));
        let users = tenant.users().map(|user| (user.id().0, Person::of(tenant, user)));
        for (id, person) in owners.chain(users) {
            if known.get(&id) != Some(&person) {
                serde_json::to_writer(&mut writer, &person)?;
                writeln!(writer)?;
            }
        }
        writer.flush()?;
        drop(writer);
        file.sync_all()
    }
}

fn read_secret(beginning: &str) -> Option<[u8; KEY_LENGTH]> {
    let digits = beginning.strip_prefix(BEGINNING)?;
    let mut secret = [0; KEY_LENGTH];
    (digits.len() == 2 * KEY_LENGTH && digits.is_ascii()).then_some(())?;
    for (place, byte) in secret.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * place..2 * place + 2], 16).ok()?;
    }
    Some(secret)
}

/// The last line about somebody counts; one that was cut off says nothing.
fn read_people(reader: &mut dyn BufRead) -> io::Result<FxHashMap<u128, Person>> {
    let mut people = FxHashMap::default();
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        if let Ok(person) = serde_json::from_slice::<Person>(&line)
            && let Some(id) = parse_guid(&person.id)
        {
            people.insert(id, person);
        }
        line.clear();
    }
    Ok(people)
}
