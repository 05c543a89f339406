//! The command line, read once into a request.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

/// How a result is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// What happens without a subcommand.
#[cfg(feature = "desktop")]
macro_rules! without_subcommand {
    () => {
        "Without a subcommand, hotwash opens its window. Where there is no display, it plays the first shipped scenario with the reference policy, tells it as it goes, and writes the debrief to hotwash-debrief.html."
    };
}
#[cfg(not(feature = "desktop"))]
macro_rules! without_subcommand {
    () => {
        "Without a subcommand, hotwash plays the first shipped scenario with the reference policy, tells it as it goes, and writes the debrief to hotwash-debrief.html."
    };
}

/// What is asked for.
#[derive(Parser, Clone, PartialEq, Debug)]
#[command(
    name = "hotwash",
    version,
    about = "A breach exercise on a clock: plays a scenario, and shows what each decision was worth.",
    long_about = concat!("A breach exercise on a clock: plays a scenario, and shows what each decision was worth.\n\n", without_subcommand!()),
    after_help = "A scenario is a folder, a .ron file, or the name of a shipped one (see `hotwash list`).\nExit codes: 0 done; 1 findings or a mismatch; 2 usage, or a file that cannot be read or written."
)]
pub struct Request {
    /// Leave out progress, remarks and summaries
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Never use colours; NO_COLOR in the environment does the same
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Without a subcommand: tell everything, not only what a reader would want
    #[arg(long, short)]
    pub verbose: bool,
    /// Where the application keeps sessions and debriefs; the user's data folder where none is given
    #[cfg(feature = "desktop")]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub what: Option<What>,
}

/// What to do.
#[derive(Subcommand, Clone, PartialEq, Debug)]
pub enum What {
    /// List scenarios: name, family, audience, length, difficulty, title
    List(List),
    /// Look for everything that is wrong with scenarios
    Check(Check),
    /// Show what a scenario has: roles, cuts, profiles, and the orders that can be given in it
    Show(Show),
    /// Play a scenario to its end, with programs in the roles
    Run(Run),
    /// Play a journal again and compare what comes of it
    Replay(Replay),
    /// Write the debrief of a journal
    Debrief(Debrief),
    /// Write the papers for a room: facilitator script, manual, role cards, handouts, evaluation sheets, forms
    Print(Print),
    /// Draw every screen of the application in a fixed state, as PNG files
    #[cfg(feature = "panels")]
    Screens(Screens),
}

/// Listing.
#[derive(clap::Args, Clone, PartialEq, Debug)]
pub struct List {
    /// A folder of scenarios; the shipped ones where none is given
    pub dir: Option<PathBuf>,
}

/// Checking.
#[derive(clap::Args, Clone, PartialEq, Debug)]
pub struct Check {
    /// Folders, .ron files, or names of shipped scenarios
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Showing.
#[derive(clap::Args, Clone, PartialEq, Debug)]
pub struct Show {
    /// A folder, a .ron file, or the name of a shipped scenario
    pub scenario: String,
    /// What to show; a short form of everything where nothing is said
    #[arg(value_enum)]
    pub topic: Option<Topic>,
    /// A profile: a file, or the name of one beside the scenario
    #[arg(long, value_name = "FILE")]
    pub profile: Option<String>,
    /// The cut; the first where none is given
    #[arg(long, value_name = "NAME")]
    pub cut: Option<String>,
}

/// What there is to show of a scenario.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Topic {
    /// Roles, and who deputises
    Roles,
    /// Cuts, and how long they take
    Cuts,
    /// Profiles beside the scenario
    Profiles,
    /// Moves, with their decisions and choices
    Moves,
    /// Orders: who may give them, to what, and how long they take
    Actions,
    /// What orders are given to: machines, groups, logins, links, services and the rest
    Targets,
}

/// Playing.
#[derive(clap::Args, Clone, PartialEq, Debug)]
pub struct Run {
    /// A folder, a .ron file, or the name of a shipped scenario
    pub scenario: String,
    /// The seed of every chance event
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SEED)]
    pub seed: u64,
    /// Who plays the roles: idle, reactive, reference, everything, random, directed or colleague-ordinary (-steady, -green, -late, -evidence-first, -service-first) [default: reference; idle with --commands]
    #[arg(long, value_name = "POLICY", conflicts_with = "commands")]
    pub policy: Option<String>,
    /// A RON list of (at, role, order) to play instead
    #[arg(long, value_name = "FILE")]
    pub commands: Option<String>,
    /// How it is played: unattended, or discussion: all roles do routine work, and what the records say
    #[arg(long, value_name = "MODE", conflicts_with_all = ["policy", "commands", "seats", "against"])]
    pub mode: Option<String>,
    /// With --mode discussion: what the room decided, in its words; a RON file, or the name of one beside the scenario
    #[arg(long, value_name = "FILE", requires = "mode")]
    pub records: Option<String>,
    /// Another policy for one role, or `nobody`: then its deputy acts in its place; may be given several times
    #[arg(long = "seat", value_name = "ROLE=POLICY")]
    pub seats: Vec<String>,
    /// The cut to play; the first where none is given
    #[arg(long, value_name = "NAME")]
    pub cut: Option<String>,
    /// A profile: a file, or the name of one beside the scenario
    #[arg(long, value_name = "FILE")]
    pub profile: Option<String>,
    /// Play the same with this seed as well, and print the first draw of chance in which the two differ, and what came of it
    #[arg(long, value_name = "SEED", conflicts_with_all = ["journal", "debriefs"])]
    pub against: Option<u64>,
    /// Where to keep the journal
    #[arg(long, value_name = "FILE")]
    pub journal: Option<PathBuf>,
    /// Where to write the debrief (.html, .md or .json); several at once
    #[arg(long = "debrief", value_name = "FILE", num_args = 1..)]
    pub debriefs: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Playing again.
#[derive(clap::Args, Clone, PartialEq, Debug)]
pub struct Replay {
    /// The journal
    pub journal: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Debriefing.
#[derive(clap::Args, Clone, PartialEq, Debug)]
pub struct Debrief {
    /// The journal
    pub journal: PathBuf,
    /// Where to write it (.html, .md or .json); several at once
    #[arg(long = "output", short, value_name = "FILE", required = true, num_args = 1..)]
    pub outputs: Vec<PathBuf>,
}

impl Request {
    /// How the result is to be printed.
    pub fn format(&self) -> Format {
        match &self.what {
            Some(What::Check(check)) => check.format,
            Some(What::Run(run)) => run.format,
            Some(What::Replay(replay)) => replay.format,
            #[cfg(feature = "panels")]
            Some(What::Screens(_)) => Format::Text,
            None | Some(What::List(_) | What::Show(_) | What::Debrief(_) | What::Print(_)) => Format::Text,
        }
    }
}

/// What the papers are cut to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum PaperSize {
    /// 210 by 297 millimetres.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl PaperSize {
    /// As people say it.
    pub fn label(self) -> &'static str {
        match self {
            PaperSize::A4 => "A4",
            PaperSize::Letter => "US Letter",
        }
    }
}

/// Printing.
#[derive(clap::Args, Clone, PartialEq, Debug)]
pub struct Print {
    /// A folder, a .ron file, or the name of a shipped scenario
    pub scenario: String,
    /// The cut to play; the first where none is given
    #[arg(long, value_name = "NAME")]
    pub cut: Option<String>,
    /// A profile: a file, or the name of one beside the scenario
    #[arg(long, value_name = "FILE")]
    pub profile: Option<String>,
    /// The size of the paper
    #[arg(long, value_enum, default_value_t)]
    pub paper: PaperSize,
    /// The folder to write them to; made, where it is not there
    #[arg(long = "output", short, value_name = "DIR", required = true)]
    pub output: PathBuf,
}

/// Drawing screens.
#[cfg(feature = "panels")]
#[derive(clap::Args, Clone, PartialEq, Debug)]
pub struct Screens {
    /// Where to write the pictures
    pub dir: PathBuf,
    /// Only these screens, by name
    #[arg(value_name = "SCREEN")]
    pub only: Vec<String>,
}

/// Without a seed, the same command plays the same exercise.
pub const DEFAULT_SEED: u64 = 1;

/// Reads the command line.
///
/// # Errors
/// What to tell whoever typed it; asking for help or the version comes this way as well.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, clap::Error> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let mut command = Request::command();
    if arguments.iter().any(|argument| argument == "--no-color") {
        command = command.color(ColorChoice::Never);
    }
    Request::from_arg_matches(&command.try_get_matches_from(arguments)?)
}

/// Whether a command line that cannot be read asks for one object all the same.
pub fn asks_for_json(arguments: impl IntoIterator<Item = OsString>) -> bool {
    let arguments: Vec<OsString> = arguments.into_iter().take_while(|argument| argument != "--").collect();
    arguments.iter().any(|argument| argument == "--format=json") || arguments.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "json")
}
