//! A journal that is held in memory as well: a disk that fails loses nothing of it, and is mended by writing all of it once more.

use std::io::{self, Write};

use super::read::Journal;
use super::write::Store;

/// What was written, in memory, and in a store as long as that takes it. Writing here never fails: that the store does is remembered, and everything
/// can be written into it again, or into another one.
#[derive(Default)]
pub struct Retained {
    whole: Vec<u8>,
    store: Option<Box<dyn Store>>,
    /// Why the store takes nothing any more.
    failed: Option<String>,
}

impl Retained {
    /// A journal that was read, in memory only.
    pub fn of(journal: &Journal) -> Retained {
        Retained { whole: journal.text.clone(), ..Retained::default() }
    }

    /// Everything that was written so far.
    pub fn whole(&self) -> &[u8] {
        &self.whole
    }

    /// Why nothing reaches the store any more, if that is so.
    pub fn failed(&self) -> Option<&str> {
        self.failed.as_deref()
    }

    /// Notes why nothing more is written.
    pub fn fail(&mut self, error: &io::Error) {
        self.failed.get_or_insert_with(|| error.to_string());
    }

    /// Writes all of it into a store, from the first line on, and goes on there. If that fails, everything stays as it was.
    ///
    /// # Errors
    /// What the store says.
    pub fn keep_in(&mut self, mut store: Box<dyn Store>) -> io::Result<()> {
        store.write_all(&self.whole)?;
        store.flush()?;
        store.sync()?;
        (self.store, self.failed) = (Some(store), None);
        Ok(())
    }

    /// Lets go of a store that failed. Until then it is held: whoever holds a file holds its lock, and nobody else goes on with a journal that is
    /// still being played.
    pub fn let_go(&mut self) {
        if self.failed.is_some() {
            self.store = None;
        }
    }

    fn pass_on(&mut self, deed: impl FnOnce(&mut Box<dyn Store>) -> io::Result<()>) {
        // After the first failure nobody knows what has become of the end of it: nothing is added before all of it is written again.
        if self.failed.is_none()
            && let Some(store) = &mut self.store
            && let Err(error) = deed(store)
        {
            self.fail(&error);
        }
    }
}

impl Write for Retained {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        self.whole.extend_from_slice(more);
        self.pass_on(|store| store.write_all(more));
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass_on(|store| store.flush());
        Ok(())
    }
}

impl Store for Retained {
    fn sync(&mut self) -> io::Result<()> {
        self.pass_on(Store::sync);
        Ok(())
    }
}
