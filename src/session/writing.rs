//! What reaches the journal, and where that is kept.
//!
//! Everything goes into the journal in memory first ([`crate::journal::Retained`]) and from there into a store, as long as that takes it. A session
//! that can be written nowhere is played like any other, and its journal is written, all of it, as soon as somebody says where.

use std::io;

use super::{Doing, Session};
use crate::journal::{self, Entry, Store};
use crate::policy::{Issued, Origin};

impl Session {
    /// Why nothing is written to the journal any more, if that is so. Play goes on.
    pub fn unwritten(&self) -> Option<String> {
        self.journal.store().failed().map(|why| format!("the journal cannot be written any more: {why}"))
    }

    /// The journal so far, as a file of it is to be: with what was undone, and whether or not it is kept anywhere.
    pub fn journal(&mut self) -> &[u8] {
        let synced = self.journal.sync();
        self.written(synced);
        self.journal.store().whole()
    }

    /// Writes the journal into a store, all of it from the first line on, and goes on there. If that fails, everything stays as it was.
    ///
    /// # Errors
    /// What the store says.
    pub fn keep_in(&mut self, store: Box<dyn Store>) -> io::Result<()> {
        self.journal();
        self.journal.store_mut().keep_in(store)
    }

    /// Lets go of a store that failed, so that it can be opened again.
    pub fn let_go(&mut self) {
        self.journal.store_mut().let_go();
    }

    pub(super) fn write(&mut self, entry: &Entry) {
        // What was ordered before stands before it: at STARTEX, policies may have had their first turn only now.
        self.note_orders();
        let written = self.journal.record(entry);
        self.written(written);
    }

    /// What cannot be written is not kept, and that is said; play goes on.
    fn written(&mut self, written: io::Result<()>) {
        if let Err(error) = written {
            self.journal.store_mut().fail(&error);
        }
    }

    /// Puts the orders given since the last time into the journal, and what people thought of decisions that have been taken.
    pub(super) fn note(&mut self) {
        self.note_orders();
        self.reveal();
    }

    pub(super) fn note_orders(&mut self) {
        if self.driver.issued().len() == self.journalled {
            return;
        }
        let public = &self.prepared.program.public;
        let mut written = Ok(());
        // People's orders stand in both lists in the same order: two that say the same are still two.
        let persons = |issued: &&Issued| issued.origin == Origin::Person;
        let mut said = self
            .doings
            .iter()
            .filter_map(|(_, doing)| match doing {
                Doing::Order { because, request, .. } => Some((because, request)),
                _ => None,
            })
            .skip(self.driver.issued().iter().take(self.journalled).filter(persons).count());
        for issued in self.driver.issued().since(self.journalled) {
            let said = if issued.origin == Origin::Person { said.next() } else { None };
            let (because, request) = said.map_or((None, None), |(because, request)| (because.clone(), request.clone()));
            let command = journal::Command::of(public, issued, because, request);
            written = written.and(self.journal.command(command));
        }
        self.journalled = self.driver.issued().len();
        self.written(written);
    }
}
