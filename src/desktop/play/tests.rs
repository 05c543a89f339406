//! A game at its desk: its minutes, and its journal on disks that fail.

use std::fs::{self, File};
use std::io::{self, Write};

use super::*;
use crate::desktop::keep::Folder;
use crate::desktop::screens;
use crate::exercise::quote::offers;
use crate::journal::Store;
use crate::scenario::prepare;
use crate::scenario::source::shipped;

/// A file on a disk that fills up.
struct Full {
    file: File,
    room: usize,
}

impl Write for Full {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        let fits = more.len().min(self.room);
        if fits == 0 && !more.is_empty() {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "no space left on the disk"));
        }
        self.room -= fits;
        self.file.write(&more[..fits])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Store for Full {
    fn sync(&mut self) -> io::Result<()> {
        self.file.sync()
    }
}

impl Game {
    /// From now on there is room for half a line in the file that the session is kept in.
    pub fn fill_the_disk(&mut self) {
        let file = File::options().write(true).open(self.kept_at.as_ref().expect("it is kept")).expect("it is there");
        let same = file.try_clone().expect("it is open");
        let room = self.session.journal().len() + 60;
        self.session.keep_in(Box::new(Full { file, room })).expect("so far it fits");
        same.try_lock().expect("the one before has let go");
    }
}

/// A folder of one test, gone when it is over.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let path = std::env::temp_dir().join(format!("hotwash-play-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        let _ = fs::remove_file(&path);
        fs::create_dir_all(&path).expect("a folder");
        Scratch(path)
    }

    fn data(&self) -> Folder {
        Folder::find(Some(&self.0.join("data"))).expect("it was asked for")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn begin(folder: &Folder) -> Game {
    let prepared = prepare::prepare(shipped()[0], None, None).expect("it is shipped");
    let people = RoleSet::one(lead(&prepared.program.public));
    let mut game = Game::begin(prepared, &Begin { mode: Mode::Clocked, people, seed: 7 }, Some(folder));
    game.set_stop_at(StopAt::Never);
    game
}

/// An hour with an order, an hour that is undone, and another.
fn play_on(game: &mut Game, request: &str) {
    game.jump(Span::hours(1));
    let (back, order) = (game.session().now(), offers(&game.view()).next().expect("something can be ordered"));
    game.order(request, order, Some("because".to_owned())).expect("play goes on");
    game.jump(Span::hours(1));
    game.facilitate(|session| session.rewind(back + Span::minutes(1))).expect("it has been");
    game.jump(Span::hours(1));
}

fn read(path: &Path) -> journal::Journal {
    journal::read(File::open(path).expect("a file")).expect("a whole journal")
}

/// Ends the game; its journal is whole, and gives the same facts.
fn replays_to_the_same(mut game: Game) -> journal::Journal {
    game.close();
    assert_eq!(game.not_kept(), None);
    let (path, hash) = (game.kept_at().expect("it is kept").to_owned(), game.session().exercise().hash());
    drop(game);
    let journal = read(&path);
    let replayed = journal::replay(&journal).expect("it can be played again");
    assert_eq!((replayed.differs.as_ref(), replayed.exercise.hash(), journal.torn), (None, hash, None));
    journal
}

#[test]
fn a_disk_that_was_full_holds_all_of_it_after_trying_again() {
    let scratch = Scratch::new("full");
    let folder = scratch.data();
    let (mut game, mut twin) = (begin(&folder), begin(&folder));
    for game in [&mut game, &mut twin] {
        play_on(game, "first");
    }
    let path = game.kept_at().expect("it is kept").to_owned();
    let before = read(&path);
    game.fill_the_disk();
    for game in [&mut game, &mut twin] {
        play_on(game, "second");
    }
    assert!(game.not_kept().is_some_and(|why| why.contains("no space left")), "{:?}", game.not_kept());
    assert!(twin.not_kept().is_none());
    // What is on the disk is where it stood, and nobody else goes on with it meanwhile.
    let torn = read(&path);
    assert!(torn.torn.is_some() && torn.entries == before.entries);
    assert!(Game::resume(&path).is_err_and(|why| why.contains("another window")));
    twin.mark();
    assert_eq!(game.try_again(Some(&folder)), Ok(()));
    assert_eq!((game.not_kept(), game.kept_at()), (None, Some(&*path)));
    assert!(Game::resume(&path).is_err_and(|why| why.contains("another window")), "it is claimed again");
    for game in [&mut game, &mut twin] {
        play_on(game, "third");
    }
    // What never failed is the measure: nothing is missing, and nothing stands there twice.
    let (mended, whole) = (replays_to_the_same(game), replays_to_the_same(twin));
    assert!(mended.entries.len() > before.entries.len() + 10);
    assert_eq!(mended, whole);
}

#[test]
fn where_nothing_could_be_written_from_the_beginning_it_is_once_it_can() {
    let scratch = Scratch::new("no-folder");
    let folder = scratch.data();
    // A file where the folder is to be.
    fs::write(folder.root(), "in the way").expect("a file");
    let mut game = begin(&folder);
    assert!(game.not_kept().is_some() && game.kept_at().is_none());
    play_on(&mut game, "first");
    assert!(game.try_again(Some(&folder)).is_err());
    assert!(game.not_kept().is_some());
    fs::remove_file(folder.root()).expect("it was there");
    assert_eq!(game.try_again(Some(&folder)), Ok(()));
    play_on(&mut game, "second");
    let journal = replays_to_the_same(game);
    assert!(journal.entries.iter().filter(|line| matches!(line.entry, journal::Entry::Rewound(_))).count() == 2, "what was undone is there as well");
    assert_eq!(folder.sessions().len(), 1);
}

#[test]
fn it_is_saved_elsewhere_and_over_nothing_else() {
    let scratch = Scratch::new("elsewhere");
    let folder = scratch.data();
    let mut game = begin(&folder);
    let first = game.kept_at().expect("it is kept").to_owned();
    play_on(&mut game, "first");
    game.fill_the_disk();
    play_on(&mut game, "second");
    let typed = |name: &str| scratch.0.join(name).display().to_string();
    // Somebody's list, another session, a folder that cannot be, nothing at all.
    fs::write(scratch.0.join("list.jsonl"), "milk").expect("a file");
    let other = begin(&folder);
    let others = other.kept_at().expect("it is kept").to_owned();
    drop(other);
    let there = fs::read(&others).expect("a file");
    for refused in [typed("list.jsonl"), others.display().to_string(), typed("list.jsonl/below"), "  ".to_owned()] {
        assert!(game.save_at(&refused).is_err(), "{refused}");
        assert!(game.not_kept().is_some(), "{refused}");
    }
    assert_eq!(fs::read(scratch.0.join("list.jsonl")).expect("a file"), b"milk");
    assert_eq!(fs::read(&others).expect("a file"), there);
    // Into a folder that is there, with an ending that Home knows.
    assert_eq!(game.save_at(&typed("stick/monday")), Ok(()));
    assert_eq!(game.kept_at(), Some(&*scratch.0.join("stick/monday.jsonl")));
    play_on(&mut game, "third");
    let begun = read(&first);
    let journal = replays_to_the_same(game);
    assert!(journal.entries.starts_with(&begun.entries) && begun.entries.len() > 5, "the first is a beginning of it");
}

#[test]
fn a_journal_that_another_window_went_on_with_is_left_to_it() {
    let scratch = Scratch::new("other-window");
    let folder = scratch.data();
    let mut game = begin(&folder);
    play_on(&mut game, "first");
    let path = game.kept_at().expect("it is kept").to_owned();
    game.fill_the_disk();
    play_on(&mut game, "second");
    // The other window has come between two tries.
    game.session.let_go();
    let mut other = Game::resume(&path).expect("it is free");
    other.jump(Span::hours(3));
    assert!(game.try_again(Some(&folder)).is_err_and(|why| why.contains("another window")), "while it is there");
    drop(other);
    let theirs = fs::read(&path).expect("a file");
    assert!(game.try_again(Some(&folder)).is_err_and(|why| why.contains("another window")), "and after it");
    assert_eq!(fs::read(&path).expect("a file"), theirs);
    assert_eq!(game.save_at(&scratch.0.join("mine").display().to_string()), Ok(()));
    replays_to_the_same(game);
}

#[test]
fn a_session_that_failed_and_was_mended_is_gone_on_with_where_it_stood() {
    let scratch = Scratch::new("mended");
    let folder = scratch.data();
    let mut game = begin(&folder);
    game.fill_the_disk();
    play_on(&mut game, "first");
    assert_eq!(game.try_again(Some(&folder)), Ok(()));
    let (path, now, hash) = (game.kept_at().expect("it is kept").to_owned(), game.session().now(), game.session().exercise().hash());
    drop(game);
    let mut again = Game::resume(&path).expect("it can be gone on with");
    assert_eq!((again.not_kept(), again.session().now(), again.session().exercise().hash()), (None, now, hash));
    play_on(&mut again, "second");
    replays_to_the_same(again);
}

#[test]
fn the_minutes_of_a_room_go_by_while_nobody_touches_anything_and_not_while_the_laptop_sleeps() {
    let prepared = crate::scenario::prepare::prepare("long-weekend", None, None).unwrap();
    let mut game = Game::begin(prepared, &Begin::discussion(1), None);
    // As the window wakes: seldom.
    (0..4).for_each(|_| game.pass(ROOM_EVERY));
    assert_eq!(game.room(), ROOM_EVERY * 4);
    game.pass(Duration::from_secs(8 * 3600));
    assert!(game.room() < ROOM_EVERY * 6);
    // Where a clock runs, a frame is a frame.
    let mut game = screens::game_at(Span::minutes(1), RoleKind::IncidentManager).unwrap();
    game.set_pace(1);
    game.run(true);
    game.pass(Duration::from_secs(8 * 3600));
    assert!(game.session().now().0 < 120);
}
