//! The database: sessions, results and improvement items, found quickly. The only file that knows SQL.
//!
//! It lies in the data folder as `hotwash.sqlite`. **The journals are the truth**: what stands here is read out of them, and whoever deletes the
//! file loses nothing but the list of recently opened files.
//!
//! # Schema, version 1 (`PRAGMA user_version`)
//!
//! | table | column | what |
//! |---|---|---|
//! | `session` | `journal` | the name of its file in `sessions/`; the key |
//! | | `bytes`, `modified` | how long that file was and when it was changed (milliseconds since 1970, UTC) when it was read: if either differs, it is read again |
//! | | `scenario`, `title`, `mode`, `cut`, `profile`, `seed`, `people` | the scenario's id and title, how it is played, and the ids of the roles that people hold, with blanks between them |
//! | | `started` | when the file was made (milliseconds since 1970, UTC), where the system knows; otherwise when it was first seen changed |
//! | | `reached` | how far play came, in seconds from STARTEX |
//! | | `closed` | 1 if it came to its end |
//! | | `score` | 0 to 100; only of one person alone |
//! | | `trouble` | why the journal cannot be read, if it cannot |
//! | `result` | `journal`, `capability` | of which session, for which capability |
//! | | `score`, `rating` | 0 to 100; `P`, `S`, `M` or `U`: one of the two |
//! | `improvement` | `journal`, `item` | of which session, and its id there |
//! | | `issue`, `action`, `element`, `owner`, `due`, `status` | as in the improvement plan |
//! | `recent` | `path`, `title`, `opened` | files and folders that were opened, and when (milliseconds since 1970, UTC) |
//!
//! A later version adds what it needs and raises `user_version`; a database of a later version is left alone, and everything is listed out of the
//! journals in memory instead.
//!
//! # Why no write-ahead log
//!
//! A write here is a few rows when Home is shown. SQLite's rollback journal with `synchronous = FULL` makes each of them whole or absent, also when
//! the program is killed or the power fails, keeps everything in one file, and works where a write-ahead log does not: on shares of other machines,
//! which have no shared memory. Two windows wait for each other for a quarter of a second at most; whoever gets no turn lists out of memory.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Params, Row, TransactionBehavior, params};

use super::summary::{Improvement, ResultLine, Summary};

/// The version of the schema that this build writes. Whoever changes anything of [`SCHEMA`] raises it: a database that says otherwise is damaged.
const VERSION: i64 = 1;
/// So long one window waits for another.
const PATIENCE: Duration = Duration::from_millis(250);
/// So many recently opened files are kept.
const MOST_RECENT: i64 = 8;

const SCHEMA: &str = "
CREATE TABLE session (
    journal TEXT NOT NULL PRIMARY KEY,
    bytes INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    scenario TEXT NOT NULL,
    title TEXT NOT NULL,
    mode TEXT NOT NULL,
    cut TEXT NOT NULL,
    profile TEXT,
    seed TEXT NOT NULL,
    people TEXT NOT NULL,
    started INTEGER NOT NULL,
    reached INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    score INTEGER,
    trouble TEXT
) STRICT;
CREATE TABLE result (
    journal TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
    capability TEXT NOT NULL,
    score INTEGER,
    rating TEXT,
    PRIMARY KEY (journal, capability)
) STRICT;
CREATE TABLE improvement (
    journal TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
    item TEXT NOT NULL,
    issue TEXT NOT NULL,
    action TEXT NOT NULL,
    element TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (journal, item)
) STRICT;
CREATE TABLE recent (
    path TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    opened INTEGER NOT NULL
) STRICT;
PRAGMA user_version = 1;
";

/// The database, open.
pub struct Library {
    connection: Connection,
    /// It lies on disk; otherwise it is gone with this value.
    on_disk: bool,
}

/// A session as the database has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// The name of its journal.
    pub journal: String,
    /// When it was last written, in milliseconds since 1970.
    pub modified: i64,
    /// When it began.
    pub started: i64,
    /// What its journal says; without results and improvement items.
    pub summary: Summary,
}

/// Why the file is not used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// It is no database, or a broken one.
    Damaged(String),
    /// It is of a later version.
    Newer,
    /// Anything else: a disk that is full or read-only, another window that does not let go.
    Other(String),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Trouble {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Trouble::Damaged(said(&error)),
            // A table that is not as it is to be, or refuses what every table of ours takes: somebody else's database, or one that was edited.
            Some(ErrorCode::Unknown | ErrorCode::TypeMismatch | ErrorCode::ConstraintViolation) => Trouble::Damaged(said(&error)),
            _ if matches!(
                error,
                rusqlite::Error::SqlInputError { .. }
                    | rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::FromSqlConversionFailure(..)
                    | rusqlite::Error::IntegralValueOutOfRange(..)
            ) =>
            {
                Trouble::Damaged(said(&error))
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Trouble::Other("another window is using it".to_owned()),
            Some(ErrorCode::DiskFull) => Trouble::Other("the disk is full".to_owned()),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Trouble::Other("it cannot be written".to_owned()),
            _ => Trouble::Other(said(&error)),
        }
    }
}

/// What the library says, in a line: without the text of what was asked of it, which may be long.
fn said(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string().lines().next().unwrap_or_default().to_owned(),
    }
}

type Done<T> = Result<T, Trouble>;

impl Library {
    /// The one at a path, made if it is not there, and brought to this version.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn open(path: &Path) -> Done<Library> {
        // No URI: a folder may be called anything.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Library::of(Connection::open_with_flags(path, flags)?, true)
    }

    /// One in memory, for when the file cannot be used.
    ///
    /// # Errors
    /// There is no memory for it.
    pub fn in_memory() -> Done<Library> {
        Library::of(Connection::open_in_memory()?, false)
    }

    fn of(connection: Connection, on_disk: bool) -> Done<Library> {
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        let mut library = Library { connection, on_disk };
        library.migrate()?;
        Ok(library)
    }

    /// Whether what is written stays.
    pub fn on_disk(&self) -> bool {
        self.on_disk
    }

    /// From now on it may not grow: what a full disk is like.
    #[cfg(test)]
    pub fn no_more_room(&self) {
        let pages: i64 = self.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        self.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
    }

    fn version(&self) -> Done<i64> {
        Ok(self.connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
    }

    fn migrate(&mut self) -> Done<()> {
        match self.version()? {
            VERSION => self.holds_only_ours(),
            0 => {
                let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                // Another window may have made it while this one waited.
                let version: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
                if version == 0 {
                    let things: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
                    if things > 0 {
                        return Err(Trouble::Damaged("it says that nothing is in it, and holds tables".to_owned()));
                    }
                    transaction.execute_batch(SCHEMA)?;
                }
                transaction.commit()?;
                self.holds_only_ours()
            }
            _ => Err(Trouble::Newer),
        }
    }

    /// Whether the tables are those that this build makes, and nothing else: a view or a trigger of somebody else's does what it likes, for as long as
    /// it likes, in the middle of everything.
    fn holds_only_ours(&self) -> Done<()> {
        let sql = "SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' LIMIT 100";
        let mut there: Vec<String> = self.all(sql, [], |row| row.get(0))?;
        let mut ours: Vec<&str> = SCHEMA.split(';').map(str::trim).filter(|statement| statement.starts_with("CREATE")).collect();
        there.sort_unstable();
        ours.sort_unstable();
        if there == ours { Ok(()) } else { Err(Trouble::Damaged("its tables are not the ones that this program makes".to_owned())) }
    }

    fn all<T>(&self, sql: &str, params: impl Params, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Done<Vec<T>> {
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map(params, read)?;
        Ok(rows.collect::<rusqlite::Result<Vec<T>>>()?)
    }

    /// The journals it has read, with how long they were and when they were changed.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn known(&self) -> Done<Vec<(String, i64, i64)>> {
        self.all("SELECT journal, bytes, modified FROM session", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }

    /// Puts in what journals say, and takes out those that are gone: all of it or nothing.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn take_in(&mut self, read: &[(Stamp, Summary)], gone: &[String]) -> Done<()> {
        if read.is_empty() && gone.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for journal in gone {
            transaction.execute("DELETE FROM session WHERE journal = ?1", [journal])?;
        }
        for (stamp, summary) in read {
            // Replacing a row would forget when the session began, where the system does not know.
            let started: Option<i64> =
                transaction.query_row("SELECT started FROM session WHERE journal = ?1", [&stamp.journal], |row| row.get(0)).optional()?;
            let started = stamp.created.or(started).unwrap_or(stamp.modified);
            transaction.execute("DELETE FROM session WHERE journal = ?1", [&stamp.journal])?;
            transaction.execute(
                "INSERT INTO session VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
                params![
                    stamp.journal,
                    stamp.bytes,
                    stamp.modified,
                    summary.scenario,
                    summary.title,
                    summary.mode,
                    summary.cut,
                    summary.profile,
                    summary.seed.to_string(),
                    summary.people.join(" "),
                    started,
                    summary.reached,
                    summary.closed,
                    summary.score,
                    summary.trouble,
                ],
            )?;
            for line in &summary.results {
                transaction.execute(
                    "INSERT OR REPLACE INTO result VALUES (?1, ?2, ?3, ?4)",
                    params![stamp.journal, line.capability, line.score, line.rating],
                )?;
            }
            for item in &summary.improvements {
                transaction.execute(
                    "INSERT OR REPLACE INTO improvement VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    params![stamp.journal, item.item, item.issue, item.action, item.element, item.owner, item.due, item.status],
                )?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// All sessions, the last written first.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn sessions(&self) -> Done<Vec<Listed>> {
        let sql = "SELECT journal, modified, started, scenario, title, mode, cut, profile, seed, people, reached, closed, score, trouble
                   FROM session ORDER BY modified DESC, journal DESC";
        self.all(sql, [], |row| {
            Ok(Listed {
                journal: row.get(0)?,
                modified: row.get(1)?,
                started: row.get(2)?,
                summary: Summary {
                    scenario: row.get(3)?,
                    title: row.get(4)?,
                    mode: row.get(5)?,
                    cut: row.get(6)?,
                    profile: row.get(7)?,
                    seed: row.get::<_, String>(8)?.parse().unwrap_or(0),
                    people: row.get::<_, String>(9)?.split_whitespace().map(str::to_owned).collect(),
                    reached: row.get(10)?,
                    closed: row.get(11)?,
                    score: row.get(12)?,
                    trouble: row.get(13)?,
                    ..Summary::default()
                },
            })
        })
    }

    /// What sessions came to, by journal; ratings first.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn results(&self) -> Done<BTreeMap<String, Vec<ResultLine>>> {
        let sql = "SELECT journal, capability, score, rating FROM result ORDER BY rating IS NULL, capability";
        let lines = self.all(sql, [], |row| {
            let line = ResultLine { capability: row.get(1)?, score: row.get(2)?, rating: row.get(3)? };
            Ok((row.get::<_, String>(0)?, line))
        })?;
        let mut by_journal: BTreeMap<String, Vec<ResultLine>> = BTreeMap::new();
        for (journal, line) in lines {
            by_journal.entry(journal).or_default().push(line);
        }
        Ok(by_journal)
    }

    /// Improvement items of all sessions that are over: what is due first comes first, and what has no date last. Each with its journal.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn improvements(&self) -> Done<Vec<(String, Improvement)>> {
        let sql = "SELECT journal, item, issue, action, element, owner, due, status FROM improvement JOIN session USING (journal)
                   WHERE closed = 1 ORDER BY status = 'done', due = '', due, modified DESC, item";
        self.all(sql, [], |row| {
            let item = Improvement {
                item: row.get(1)?,
                issue: row.get(2)?,
                action: row.get(3)?,
                element: row.get(4)?,
                owner: row.get(5)?,
                due: row.get(6)?,
                status: row.get(7)?,
                left_out: false,
            };
            Ok((row.get(0)?, item))
        })
    }

    /// Notes that something was opened. Only the last few are kept.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn opened(&self, path: &str, title: &str, now: i64) -> Done<()> {
        self.connection.execute("INSERT OR REPLACE INTO recent VALUES (?1, ?2, ?3)", params![path, title, now])?;
        self.connection
            .execute("DELETE FROM recent WHERE path NOT IN (SELECT path FROM recent ORDER BY opened DESC, path LIMIT ?1)", params![MOST_RECENT])?;
        Ok(())
    }

    /// What was opened, the last first: path and title.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn recent(&self) -> Done<Vec<(String, String)>> {
        self.all("SELECT path, title FROM recent ORDER BY opened DESC, path", [], |row| Ok((row.get(0)?, row.get(1)?)))
    }
}

/// Which state of a journal was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stamp {
    /// The name of its file.
    pub journal: String,
    /// How long it was.
    pub bytes: i64,
    /// When it was changed, in milliseconds since 1970.
    pub modified: i64,
    /// When it was made, if the system knows.
    pub created: Option<i64>,
}
