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

/// What is asked for.
#[derive(Parser, Clone, PartialEq, Debug)]
#[command(
    name = "hotwash",
    version,
    about = "A breach exercise on a clock: plays a scenario, and shows what each decision was worth.",
    long_about = "A breach exercise on a clock: plays a scenario, and shows what each decision was worth.\n\nWithout a subcommand, hotwash opens its window. Where there is no display, it plays the first shipped scenario with the reference policy, tells it as it goes, and writes the debrief to hotwash-debrief.html.",
    after_help = "A scenario is a folder, a .ron file, or the name of a shipped one (see `hotwash list`).\nExit codes: 0 done; 1 findings or a mismatch; 2 usage, or a file that cannot be read or written."
)]
pub struct Request {
    /// Leave out progress, remarks and summaries
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Never use colours; NO_COLOR in the environment does the same
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Where the application keeps sessions and debriefs; the user's data folder where none is given
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
    /// Play a scenario to its end, with programs in the roles
    Run(Run),
    /// Play a journal again and compare what comes of it
    Replay(Replay),
    /// Write the debrief of a journal
    Debrief(Debrief),
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

/// Playing.
#[derive(clap::Args, Clone, PartialEq, Debug)]
pub struct Run {
    /// A folder, a .ron file, or the name of a shipped scenario
    pub scenario: String,
    /// The seed of every chance event
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SEED)]
    pub seed: u64,
    /// Who plays the roles: idle, reactive, reference, everything or random [default: reference; idle with --commands]
    #[arg(long, value_name = "POLICY", conflicts_with = "commands")]
    pub policy: Option<String>,
    /// A RON list of (at, role, order) to play instead
    #[arg(long, value_name = "FILE")]
    pub commands: Option<String>,
    /// Another policy for one role; may be given several times
    #[arg(long = "seat", value_name = "ROLE=POLICY")]
    pub seats: Vec<String>,
    /// The cut to play; the first where none is given
    #[arg(long, value_name = "NAME")]
    pub cut: Option<String>,
    /// A profile: a file, or the name of one beside the scenario
    #[arg(long, value_name = "FILE")]
    pub profile: Option<String>,
    /// Where to keep the journal
    #[arg(long, value_name = "FILE")]
    pub journal: Option<PathBuf>,
    /// Where to write the debrief (.html, .md or .json); may be given several times
    #[arg(long = "debrief", value_name = "FILE")]
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
