//! The situation manual: what everybody at the table may read beforehand. No move, no inject and no decision is in it.

use askama::Template;

use super::Sheet;
use super::words::{clock, minutes, roles, sentence, short_role, span};
use crate::debrief::narrative::{bare, capital};
use crate::ids::{DenseId, RoleId};
use crate::scenario::program::{Program, Public};
use crate::scenario::written::{Audience, Watched};
use crate::time::{ClockTime, ExerciseTime, Span};

#[derive(Template)]
#[template(path = "manual.html", config = "src/paper/askama.toml")]
struct Page<'a> {
    sheet: Sheet<'a>,
    public: &'a Public,
    organisation: String,
    starts: String,
    ends: String,
    session: Vec<(String, String)>,
    capabilities: Vec<String>,
    sites: Vec<String>,
    services: Vec<Service>,
    levels: Vec<(String, String, String)>,
    vendors: Vec<(String, String, String)>,
    staff: Vec<(String, String, String, String)>,
    roles: Vec<(String, String)>,
    rules: [(&'static str, &'static str); 7],
    report: String,
}

struct Service {
    name: String,
    back_within: String,
    workaround: String,
}

/// The rules of play, for players.
const RULES: [(&str, &str); 7] = [
    (
        "Nobody is tested",
        "The exercise tries a plan and a way of working together. What does not work is what we came to find, and nobody is rated by name.",
    ),
    (
        "You are in your role",
        "You know what your card says, what you are told, and what you ask for. Where two of you share a role, agree on one voice.",
    ),
    (
        "Say what you would do",
        "What, who does it, by when. \u{201c}I would look at it\u{201d} is an order too: it needs somebody who has time, and it takes as long as it takes.",
    ),
    (
        "Half of it is missing",
        "You decide with what you know at that hour, as in life. \u{201c}We do not know yet\u{201d} is an answer. Waiting is a decision as well, and has a price.",
    ),
    ("Take the story as it is", "Where it is not like your house, say so once. It is noted, and play goes on as if it were so."),
    (
        "The clock of the story stands while you talk",
        "The facilitator says what time it is and moves it on. Decisions are written down with an owner and an hour.",
    ),
    ("Nothing leaves the room", "Nobody rings, mails or touches anything real. All papers say EXERCISE; hand them back at the end."),
];

/// Writes the page.
pub fn page(program: &Program, sheet: Sheet<'_>) -> Result<String, askama::Error> {
    let Program { public, script, rubric, .. } = program;
    let named = |id: &str| script.names.iter().find(|name| name.id == id).map(|name| name.is.clone()).unwrap_or_default();
    let played = public.moves.iter().filter(|one| one.played).count();
    let sums = script.minutes;
    let mut session = Vec::new();
    let mut part = |what: String, length: Span| {
        if length != Span::ZERO {
            session.push((what, minutes(length)));
        }
    };
    part("Opening: rules and roles".to_owned(), sums.opening);
    part(if played == 1 { "Play, in one move".to_owned() } else { format!("Play, in {played} moves") }, sums.play);
    part("Hotwash: what we take from it".to_owned(), sums.hotwash);
    let mut capabilities: Vec<String> = rubric.objectives.iter().map(|objective| objective.core_capability.clone()).collect();
    capabilities.dedup();
    let services = public.services.iter().map(|service| Service {
        name: capital(bare(&service.text)),
        back_within: span(service.rto),
        workaround: service.workaround.as_ref().map_or_else(
            || "none".to_owned(),
            |workaround| format!("{} ({} % of it, for {})", capital(bare(&workaround.text)), workaround.level_percent, span(workaround.holds)),
        ),
    });
    let levels = public.levels.iter().map(|level| {
        let calls = if level.calls_in.is_empty() { String::new() } else { roles(public, level.calls_in) };
        (capital(&level.id.replace('-', " ")), sentence(&level.text), calls)
    });
    let vendors = public.vendors.iter().map(|vendor| (vendor.name.clone(), sentence(&vendor.text), span(vendor.arrives_within)));
    let own = public.staff.iter().filter(|staff| staff.vendor.is_none());
    let staff = own.map(|staff| {
        let skills: Vec<&str> = staff.skills.iter().map(|skill| skill.label()).collect();
        let comes = staff.comes_within.filter(|_| staff.on_shift != Watched::Always).map(span);
        (capital(&staff.name), skills.join(", "), shift(staff.on_shift), comes.unwrap_or_default())
    });
    let label = |place: usize| public.roles.get(place).map(|role| role.label.clone()).unwrap_or_default();
    let table = (0..public.roles.len()).map(|place| {
        let deputy = public.roles[RoleId::at(place).index()].deputy.map(|deputy| short_role(public, deputy)).unwrap_or_default();
        (label(place), deputy)
    });
    let page = Page {
        sheet,
        public,
        organisation: match named("org") {
            org if org.is_empty() => "The organisation".to_owned(),
            org => org,
        },
        starts: clock(public, ExerciseTime(0)),
        ends: clock(public, public.endex),
        session,
        capabilities,
        sites: public.segments.iter().map(|segment| capital(bare(&segment.text))).filter(|text| !text.is_empty()).collect(),
        services: services.collect(),
        levels: levels.collect(),
        vendors: vendors.collect(),
        staff: staff.collect(),
        roles: table.collect(),
        rules: RULES,
        report: named("report.how"),
    };
    page.render()
}

impl Page<'_> {
    fn audience(&self) -> &'static str {
        match self.public.audience {
            Audience::Team => "the team that would handle it",
            Audience::Everyone => "everybody",
            Audience::Executives => "those who decide for the house",
        }
    }
}

fn shift(hours: Watched) -> String {
    match hours {
        Watched::Always => "always".to_owned(),
        Watched::OfficeHours => "Mon to Fri, 08:00 to 18:00".to_owned(),
        Watched::Never => "only when called".to_owned(),
        Watched::Between(from, until) => {
            let clock = |time: ClockTime| format!("{:02}:{:02}", time.0 / 3600, time.0 / 60 % 60);
            format!("daily, {} to {}", clock(from), clock(until))
        }
    }
}
