//! Writing a journal, line by line, as play goes on.

use std::fs::File;
use std::io::{self, Write};

use serde::Serialize;

use super::entry::{Command, Entry, Header, Origin};

/// Where a journal is kept.
pub trait Store: Write {
    /// Makes sure that what was written outlives a crash of the machine.
    ///
    /// # Errors
    /// What the system says.
    fn sync(&mut self) -> io::Result<()>;
}

impl Store for File {
    fn sync(&mut self) -> io::Result<()> {
        match self.sync_data() {
            // A pipe or a terminal: there is no disk below it to wait for.
            Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
            other => other,
        }
    }
}

impl Store for Box<dyn Store> {
    fn sync(&mut self) -> io::Result<()> {
        (**self).sync()
    }
}

impl Store for Vec<u8> {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Serialize)]
struct Body<'a> {
    n: u64,
    entry: &'a Entry,
}

/// Writes entries in order. Lines of policies are collected until the next sync; a person's command is on disk before the call returns.
#[derive(Debug)]
pub struct Writer<S: Store> {
    store: S,
    waiting: Vec<u8>,
    next: u64,
    chain: [u8; 32],
}

/// So much may wait before it is handed over without a sync, in bytes.
const MOST_WAITING: usize = 1 << 20;

impl<S: Store> Writer<S> {
    /// Before the first line, which is to be a header.
    pub fn new(store: S) -> Writer<S> {
        Writer { store, waiting: Vec::new(), next: 0, chain: super::read::FIRST }
    }

    /// Begins a journal.
    ///
    /// # Errors
    /// What the store says.
    pub fn begin(store: S, header: Header) -> io::Result<Writer<S>> {
        let mut writer = Writer::new(store);
        writer.record(&Entry::Header(Box::new(header)))?;
        Ok(writer)
    }

    /// Goes on with a journal that was read; `store` is at the end of its whole lines.
    pub fn resume(store: S, journal: &super::read::Journal) -> Writer<S> {
        Writer { store, waiting: Vec::new(), next: journal.end.next, chain: journal.end.chain }
    }

    /// Records an order and what came of it. Whoever plays sees to it that one request is one order: what was played has to be written, or the journal
    /// would play otherwise.
    ///
    /// # Errors
    /// What the store says.
    pub fn command(&mut self, command: Command) -> io::Result<()> {
        let by_people = command.origin != Origin::Policy;
        self.enter(&Entry::Command(Box::new(command)))?;
        if by_people { self.sync() } else { Ok(()) }
    }

    /// Records anything else, and syncs.
    ///
    /// # Errors
    /// What the store says.
    pub fn record(&mut self, entry: &Entry) -> io::Result<()> {
        self.enter(entry)?;
        self.sync()
    }

    fn enter(&mut self, entry: &Entry) -> io::Result<()> {
        let mut body = serde_json::to_vec(&Body { n: self.next, entry }).map_err(io::Error::other)?;
        // The closing brace comes after the chain.
        body.pop();
        self.chain = super::read::link(&self.chain, &body);
        self.next += 1;
        self.waiting.extend_from_slice(&body);
        self.waiting.extend_from_slice(super::read::BEFORE_CHAIN.as_bytes());
        self.waiting.extend_from_slice(blake3::Hash::from_bytes(self.chain).to_hex().as_bytes());
        self.waiting.extend_from_slice(b"\"}\n");
        if self.waiting.len() > MOST_WAITING { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> io::Result<()> {
        self.store.write_all(&self.waiting)?;
        self.waiting.clear();
        self.store.flush()
    }

    /// Puts everything on disk.
    ///
    /// # Errors
    /// What the store says.
    pub fn sync(&mut self) -> io::Result<()> {
        self.hand_over()?;
        self.store.sync()
    }

    /// Where it is written to.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// The same, to change where that leads.
    pub fn store_mut(&mut self) -> &mut S {
        &mut self.store
    }

    /// Where it was written to.
    ///
    /// # Errors
    /// What the store says when the rest is put on disk.
    pub fn finish(mut self) -> io::Result<S> {
        self.sync()?;
        Ok(self.store)
    }
}
