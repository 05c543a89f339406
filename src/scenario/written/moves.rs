//! The running order: moves, injects, voices, questions, gates, statements.

use serde::Deserialize;

use crate::scenario::located::Located;
use crate::scenario::reference::{self as kind, Id, Ref};
use crate::scenario::written::Says;
use crate::scenario::written::condition::{Order, Term};
use crate::time::{Moment, Span};

/// A turn of the exercise with one question the room must answer.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Its id.
    pub id: Id<kind::Move>,
    /// Its heading.
    #[serde(default)]
    pub title: Option<String>,
    /// When it opens, in story time: `"Thu 16:20"`.
    pub opens: Located<Moment>,
    /// How long the room has for it.
    pub talk: Located<Span>,
    /// What the facilitator reads aloud.
    pub read_aloud: Located<String>,
    /// What is read as well, depending on what happened.
    #[serde(default)]
    pub also_read: Vec<ReadIf>,
    /// In running order.
    #[serde(default)]
    pub injects: Vec<Inject>,
    /// The words for things that the simulation does.
    #[serde(default)]
    pub voices: Vec<Voice>,
    /// What the facilitator asks.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Decisions that somebody has to take.
    #[serde(default)]
    pub gates: Vec<Gate>,
    /// What the facilitator should say about this move before it starts, to herself.
    #[serde(default)]
    pub facilitator: Option<Located<String>>,
    /// What to drop first when late.
    #[serde(default)]
    pub drop_when_late: Vec<Ref<kind::Inject>>,
}

/// Text that is read only if something holds.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct ReadIf {
    /// The condition.
    pub when: Vec<Term>,
    /// The text.
    pub say: Located<String>,
}

/// Something that reaches people.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Inject {
    /// Its id.
    pub id: Id<kind::Inject>,
    /// When.
    pub fires: Fires,
    /// Only if this holds as well at that moment.
    #[serde(default)]
    pub fires_only_if: Vec<Term>,
    /// The inject that is used when this one can't fire by the end of its move.
    #[serde(default)]
    pub or_else: Option<Ref<kind::Inject>>,
    /// Minutes of the room.
    #[serde(default)]
    pub talk: Option<Located<Span>>,
    /// How it comes.
    pub channel: Channel,
    /// From whom: a stakeholder, or words.
    pub from: Located<String>,
    /// To which roles.
    pub to: Vec<Ref<kind::OrAll<kind::Role>>>,
    /// The words, when they are short.
    #[serde(default)]
    pub text: Option<Located<String>>,
    /// A file that is looked at.
    #[serde(default)]
    pub artefact: Option<Located<String>>,
    /// A picture.
    #[serde(default)]
    pub picture: Option<Picture>,
    /// What is learnt from it, true or not.
    #[serde(default)]
    pub tells: Vec<Says>,
    /// What it changes in the world.
    #[serde(default)]
    pub also: Vec<Also>,
    /// In one or two plain sentences, for the other half of the room.
    #[serde(default)]
    pub plain: Option<Located<String>>,
    /// What good looks like.
    #[serde(default)]
    pub expected: Vec<Located<String>>,
    /// What to say when asked.
    #[serde(default)]
    pub replies: Vec<Reply>,
    /// Wrong turns that rooms take.
    #[serde(default)]
    pub wrong_turns: Vec<WrongTurn>,
    /// Why it is there.
    #[serde(default)]
    pub why: Option<Located<String>>,
}

/// When an inject fires.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum Fires {
    /// A moment; `"+5m"` counts from the opening of the move.
    At(Located<Moment>),
    /// Once all of this holds.
    When {
        /// The condition.
        all: Vec<Term>,
    },
    /// Contingency: if something was not done in time after another inject (or the opening of the move) came.
    IfNot {
        /// What should have been done.
        done: Term,
        /// In what time.
        within: Located<Span>,
        /// After which inject.
        #[serde(default)]
        of: Option<Ref<kind::Inject>>,
    },
    /// Only in place of another that names it in `or_else`.
    Instead,
    /// By the facilitator's hand.
    ByHand,
}

/// How something reaches people.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Channel {
    Mail,
    Phone,
    Chat,
    Ticket,
    InPerson,
    Alert,
    Log,
    News,
    Social,
    Letter,
    Portal,
}

impl Channel {
    /// All of them.
    pub const ALL: [Channel; 11] = [
        Channel::Mail,
        Channel::Phone,
        Channel::Chat,
        Channel::Ticket,
        Channel::InPerson,
        Channel::Alert,
        Channel::Log,
        Channel::News,
        Channel::Social,
        Channel::Letter,
        Channel::Portal,
    ];

    /// The one of this label.
    pub fn named(label: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.label() == label)
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Channel::Mail => "mail",
            Channel::Phone => "phone call",
            Channel::Chat => "chat message",
            Channel::Ticket => "ticket",
            Channel::InPerson => "in person",
            Channel::Alert => "alert",
            Channel::Log => "log extract",
            Channel::News => "news",
            Channel::Social => "social media",
            Channel::Letter => "letter",
            Channel::Portal => "portal",
        }
    }
}

/// A picture with words for those who can't see it.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// The file.
    pub file: Located<String>,
    /// What it shows.
    pub alt: Located<String>,
}

/// What an inject changes in the world.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum Also {
    /// A service fails for a reason of its own.
    Outage {
        /// The service.
        service: Ref<kind::Service>,
        /// For how long; to ENDEX, where not said.
        #[serde(default)]
        lasts: Option<Located<Span>>,
    },
    /// Somebody is away; the role cannot give orders.
    Absent {
        /// The role.
        role: Ref<kind::Role>,
        /// From.
        from: Located<Moment>,
        /// Until.
        until: Located<Moment>,
    },
    /// Staff of a skill arrive, on top of those who are there.
    Volunteers {
        /// How many.
        people: Located<u8>,
        /// What they can do.
        skill: Skill,
    },
    /// A stakeholder's trust changes.
    Trust {
        /// Whose.
        of: Ref<kind::Stakeholder>,
        /// By how much, -10 to 10.
        by: Located<i8>,
    },
}

use crate::scenario::written::people::Skill;

/// What to say when asked.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The question.
    pub asked: Located<String>,
    /// The answer.
    pub say: Located<String>,
}

/// A wrong turn and how to bring the room back.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct WrongTurn {
    /// What the room does.
    pub when: Located<String>,
    /// What the facilitator says.
    pub say: Located<String>,
}

/// The words for something the simulation does; never fires by itself.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    /// Its id; shares its kind with injects.
    pub id: Id<kind::Inject>,
    /// For what.
    pub of: VoiceOf,
    /// To which roles; those who are told by the simulation, where not said.
    #[serde(default)]
    pub to: Vec<Ref<kind::OrAll<kind::Role>>>,
    /// The words.
    #[serde(default)]
    pub text: Option<Located<String>>,
    /// A file that is looked at.
    #[serde(default)]
    pub artefact: Option<Located<String>>,
    /// In plain words.
    #[serde(default)]
    pub plain: Option<Located<String>>,
    /// Claims that somebody who reads it has learnt.
    #[serde(default)]
    pub tells: Vec<Says>,
}

/// What a voice speaks for.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum VoiceOf {
    /// The first alert on a stage's trace.
    Alert {
        /// The stage.
        stage: Ref<kind::Stage>,
    },
    /// The first finding of a stage's trace by people who looked.
    Finding {
        /// The stage.
        stage: Ref<kind::Stage>,
    },
    /// A service falls below what it should be: the call from the ward.
    Down {
        /// The service.
        service: Ref<kind::Service>,
    },
    /// The adversary's demand.
    Demand,
}

/// What the facilitator asks.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Whom.
    pub to: Vec<Ref<kind::OrAll<kind::Role>>>,
    /// What.
    pub ask: Located<String>,
    /// What to listen for.
    #[serde(default)]
    pub listen_for: Vec<Located<String>>,
    /// What to say when nobody speaks.
    #[serde(default)]
    pub if_quiet: Option<Located<String>>,
}

/// A decision that somebody has to take.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Its id.
    pub id: Id<kind::Gate>,
    /// The question.
    pub ask: Located<String>,
    /// When it opens. It never opens before its move.
    pub opens: Fires,
    /// How long the story waits.
    pub decide_within: Located<Span>,
    /// Minutes of the room.
    #[serde(default)]
    pub talk: Option<Located<Span>>,
    /// Who decides.
    pub who: Deciders,
    /// Why careful people disagree. Without it, there is a good practice, and it should win.
    #[serde(default)]
    pub dilemma: Option<Located<String>>,
    /// The choices.
    pub choices: Vec<Choice>,
    /// What happens when nobody decides.
    pub if_nobody_decides: Located<String>,
}

/// Who decides a gate.
#[derive(Deserialize, Clone, Debug)]
pub enum Deciders {
    /// One of them.
    AnyOf(Vec<Ref<kind::OrAll<kind::Role>>>),
    /// All of them, for the same choice; the last word counts.
    AllOf(Vec<Ref<kind::OrAll<kind::Role>>>),
}

/// One way to decide.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its id, of its own in the gate.
    pub id: Located<String>,
    /// The words.
    pub text: Located<String>,
    /// What it orders.
    #[serde(default)]
    pub orders: Vec<Order>,
    /// What it publishes.
    #[serde(default)]
    pub publishes: Option<Ref<kind::Statement>>,
    /// What the room hears after it.
    #[serde(default)]
    pub feedback: Option<Located<String>>,
}

/// A text that can be published.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Its id.
    pub id: Id<kind::Statement>,
    /// To whom.
    pub to: Vec<Ref<kind::OrAll<kind::Stakeholder>>>,
    /// Roles that sign it off before it goes out.
    #[serde(default)]
    pub signed_off_by: Vec<Ref<kind::OrAll<kind::Role>>>,
    /// The words.
    pub text: Located<String>,
    /// What it says.
    pub says: Vec<Says>,
    /// The statement that it takes back.
    #[serde(default)]
    pub corrects: Option<Ref<kind::Statement>>,
}
