//! The improvement plan, as the people in the room make it out of what is proposed.
//!
//! What they write is kept as annotations of one shape, so that a journal holds every version and the last one counts: kind
//! [`RemarkKind::Improvement`], `about` the id of the item, `text` the issue in words, `value` all fields of the item as one JSON object ([`Fields`]). One annotation replaces an item
//! whole: nothing has to be put together from pieces, and an item that was left out can be taken up again. Items proposed by a criterion carry the
//! criterion's id; assumptions of play that somebody has to verify, `assumption-1` and so on; items of the room's own, `own-1` and so on.
//!
//! A remark of this kind without a `value`, as an older journal or a list of records has it, is an item of the room's own.

use serde::{Deserialize, Serialize};

use super::model::Improvement;
use crate::journal::{Annotation, RemarkKind};

/// No field is longer than this, in letters: a plan is read in a table.
pub const LONGEST: usize = 600;

/// More items than this nobody follows up; further ones of a journal are passed over.
const MOST_ITEMS: usize = 400;

/// What an improvement changes (HSEEP's capability elements: planning, organization, equipment, training, exercises).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub enum Element {
    #[default]
    Planning,
    Organization,
    Equipment,
    Training,
    Exercise,
}

impl Element {
    /// All of them.
    pub const ALL: [Element; 5] = [Element::Planning, Element::Organization, Element::Equipment, Element::Training, Element::Exercise];

    /// In a word: in the plan, and in a journal.
    pub const fn label(self) -> &'static str {
        match self {
            Element::Planning => "planning",
            Element::Organization => "organization",
            Element::Equipment => "equipment",
            Element::Training => "training",
            Element::Exercise => "exercise",
        }
    }

    /// The one of this name; planning where there is none.
    pub fn named(name: &str) -> Element {
        Element::ALL.into_iter().find(|element| element.label() == name).unwrap_or_default()
    }
}

/// So many items stand in the handout where the room wrote fewer; nobody takes on more after one exercise. The rest is in the appendix.
const IN_THE_HANDOUT: usize = 6;

/// What an assumption of play is called that somebody has to verify, before its number.
pub const ASSUMPTION: &str = "assumption-";

/// Whose an item is, the room's own first: what it put in itself and what it assumed, then proposals that it wrote over, then those of the program.
fn whose(item: &Improvement) -> u8 {
    match item.origin {
        "added" => 0,
        _ if item.id.starts_with(ASSUMPTION) => 0,
        "edited" => 1,
        _ => 2,
    }
}

/// The part of a plan that is handed out, and the rest of it: all that the room wrote, and proposals of the program as far as there is room.
pub fn handed_out(items: &[Improvement]) -> (&[Improvement], &[Improvement]) {
    let of_the_room = items.iter().filter(|item| whose(item) < 2).count();
    items.split_at(of_the_room.max(IN_THE_HANDOUT).min(items.len()))
}

/// How far an item has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub enum Status {
    #[default]
    Open,
    Started,
    Done,
}

impl Status {
    /// All of them.
    pub const ALL: [Status; 3] = [Status::Open, Status::Started, Status::Done];

    /// In a word: in the plan, and in a journal.
    pub const fn label(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Started => "started",
            Status::Done => "done",
        }
    }

    /// The one of this name; open where there is none.
    pub fn named(name: &str) -> Status {
        Status::ALL.into_iter().find(|status| status.label() == name).unwrap_or_default()
    }
}

/// All fields of an item, as an annotation holds them. Names of elements and statuses that there are not become the first of theirs.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug, Default)]
#[serde(default)]
pub struct Fields {
    /// The core capability it belongs to.
    pub capability: String,
    /// What is to be better.
    pub issue: String,
    /// What is done about it.
    pub action: String,
    /// An [`Element`], by its name.
    pub element: String,
    /// Who answers for it: a role or function.
    pub owner: String,
    /// Who to ask.
    pub contact: String,
    /// When it begins: a day as `2026-05-14`, or nothing.
    pub start: String,
    /// When it is to be done, likewise.
    pub completion: String,
    /// A [`Status`], by its name.
    pub status: String,
    /// The room does not take it on.
    pub left_out: bool,
}

impl Fields {
    /// Those of an item.
    pub fn of(item: &Improvement, left_out: bool) -> Fields {
        Fields {
            capability: item.core_capability.clone(),
            issue: item.issue.clone(),
            action: item.action.clone(),
            element: item.element.to_owned(),
            owner: item.owner.clone(),
            contact: item.contact.clone(),
            start: item.start.clone(),
            completion: item.completion.clone(),
            status: item.status.to_owned(),
            left_out,
        }
    }

    fn write_into(self, item: &mut Improvement) {
        item.core_capability = bounded(&self.capability);
        item.issue = bounded(&self.issue);
        item.action = bounded(&self.action);
        item.element = Element::named(&self.element).label();
        item.owner = bounded(&self.owner);
        item.contact = bounded(&self.contact);
        item.start = bounded(&self.start);
        item.completion = bounded(&self.completion);
        item.status = Status::named(&self.status).label();
    }
}

fn bounded(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

/// A plan as it stands: what the room takes on, and what it has left out.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// In the order in which it is read: the room's own, then proposals that it wrote over, then the others.
    pub items: Vec<Improvement>,
    /// Left out; they can be taken up again.
    pub left_out: Vec<Improvement>,
}

/// The annotation that keeps an item as it stands, or as left out. Write it with `Session::annotate`.
pub fn annotation(item: &Improvement, left_out: bool) -> Annotation {
    let fields = Fields::of(item, left_out);
    Annotation {
        about: Some(item.id.clone()),
        by: Some(fields.owner.clone()).filter(|owner| !owner.trim().is_empty()),
        // Plain fields of text: writing them down cannot fail.
        value: serde_json::to_string(&fields).ok(),
        ..Annotation::new(RemarkKind::Improvement, fields.issue)
    }
}

/// An empty item of the room's own, with an id that no other has.
pub fn own(plan: &Plan) -> Improvement {
    let taken = |id: &String| plan.items.iter().chain(&plan.left_out).any(|item| item.id == *id);
    let id = (1..).map(|number| format!("own-{number}")).find(|id| !taken(id)).unwrap_or_default();
    Improvement { id, origin: "added", ..Improvement::default() }
}

/// The proposals with everything that was written over them, in order. What is written about no proposal is an item of the room's own.
pub fn edited<'a>(proposals: Vec<Improvement>, annotations: impl IntoIterator<Item = &'a Annotation>) -> Plan {
    let mut items: Vec<(Improvement, bool)> = proposals.into_iter().map(|item| (item, false)).collect();
    for (number, remark) in annotations.into_iter().filter(|remark| remark.kind == RemarkKind::Improvement).enumerate() {
        let fields: Option<Fields> = remark.value.as_deref().and_then(|value| serde_json::from_str(value).ok());
        let fields =
            fields.unwrap_or_else(|| Fields { issue: remark.text.clone(), owner: remark.by.clone().unwrap_or_default(), ..Fields::default() });
        let id = remark.about.clone().unwrap_or_else(|| format!("remark-{}", number + 1));
        let place = items.iter().position(|(item, _)| item.id == id).or_else(|| {
            (items.len() < MOST_ITEMS).then(|| {
                items.push((Improvement { id, origin: "added", ..Improvement::default() }, false));
                items.len() - 1
            })
        });
        let Some((item, left_out)) = place.and_then(|place| items.get_mut(place)) else { continue };
        *left_out = fields.left_out;
        let before = Fields::of(item, fields.left_out);
        if before != fields && item.origin == "proposed" {
            item.origin = "edited";
        }
        fields.write_into(item);
    }
    let (left_out, kept): (Vec<_>, Vec<_>) = items.into_iter().partition(|(_, left_out)| *left_out);
    // An item of the room's own that says nothing was begun and given up.
    let says = |item: &Improvement| !item.issue.is_empty() || !item.action.is_empty();
    let mut items: Vec<Improvement> = kept.into_iter().map(|(item, _)| item).filter(says).collect();
    // Within each of them, as they came.
    items.sort_by_key(whose);
    Plan { items, left_out: left_out.into_iter().map(|(item, _)| item).filter(says).collect() }
}

/// What is still missing from an item before anybody can be held to it, in words; nothing if it is complete.
pub fn missing(item: &Improvement) -> Vec<&'static str> {
    let mut missing = Vec::new();
    for (text, what) in [(&item.action, "an action"), (&item.owner, "an owner"), (&item.completion, "a completion date")] {
        if text.trim().is_empty() {
            missing.push(what);
        }
    }
    // Days are written from the largest unit to the smallest, so their texts are in their order.
    if !item.start.is_empty() && !item.completion.is_empty() && item.completion < item.start {
        missing.push("a completion date after its start");
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposal(id: &str) -> Improvement {
        Improvement { id: id.into(), issue: format!("Issue {id}."), action: "Act.".into(), element: "training", ..Improvement::default() }
    }

    fn edit(plan: &Plan, id: &str, change: impl Fn(&mut Improvement)) -> Annotation {
        let mut item = plan.items.iter().chain(&plan.left_out).find(|item| item.id == id).expect("it is there").clone();
        change(&mut item);
        annotation(&item, false)
    }

    #[test]
    fn the_last_word_on_an_item_counts_and_the_others_stay_as_proposed() {
        let plan = edited(vec![proposal("a"), proposal("b")], &[]);
        assert_eq!(plan.items[0].origin, "proposed");
        let first = edit(&plan, "a", |item| item.owner = "IT".into());
        let second = edit(&plan, "a", |item| {
            item.owner = "Security".into();
            item.completion = "2026-09-01".into();
            item.element = Element::Equipment.label();
            item.status = Status::Started.label();
        });
        let plan = edited(vec![proposal("a"), proposal("b")], &[first, second]);
        let item = &plan.items[0];
        assert_eq!((item.owner.as_str(), item.completion.as_str(), item.element, item.status), ("Security", "2026-09-01", "equipment", "started"));
        assert_eq!((item.origin, item.issue.as_str()), ("edited", "Issue a."));
        assert_eq!((plan.items[1].origin, plan.items[1].owner.as_str()), ("proposed", ""));
    }

    #[test]
    fn items_are_added_left_out_and_taken_up_again() {
        let plan = edited(vec![proposal("a")], &[]);
        let mut own_item = own(&plan);
        own_item.issue = "Nobody had the telephone numbers.".into();
        let mut written = vec![annotation(&own_item, false), annotation(&plan.items[0], true)];
        let plan = edited(vec![proposal("a")], &written);
        assert_eq!(plan.items.iter().map(|item| (item.id.as_str(), item.origin)).collect::<Vec<_>>(), [("own-1", "added")]);
        assert_eq!(plan.left_out[0].id, "a");
        assert_eq!(own(&plan).id, "own-2");
        written.push(annotation(&plan.left_out[0], false));
        let plan = edited(vec![proposal("a")], &written);
        assert_eq!((plan.items.len(), plan.left_out.len()), (2, 0));
        assert_eq!(plan.items[0].id, "own-1", "the room's own comes first");
        assert_eq!(plan.items[1].origin, "proposed", "taking it up again is no edit");
    }

    #[test]
    fn a_remark_of_an_older_journal_is_an_item_and_nonsense_does_no_harm() {
        let older = Annotation { by: Some("Legal".into()), ..Annotation::new(RemarkKind::Improvement, "Settle who calls the insurer.") };
        let broken =
            Annotation { about: Some("a".into()), value: Some("{\"element\": 7".into()), ..Annotation::new(RemarkKind::Improvement, "Broken.") };
        let strange = Annotation {
            about: Some("b".into()),
            value: Some("{\"issue\": \"B\", \"element\": \"magic\", \"status\": \"?\"}".into()),
            ..Annotation::new(RemarkKind::Improvement, "")
        };
        let plan = edited(vec![proposal("a")], &[older, broken, strange]);
        assert_eq!((plan.items[0].issue.as_str(), plan.items[0].owner.as_str()), ("Settle who calls the insurer.", "Legal"));
        assert_eq!((plan.items[1].element, plan.items[1].status), ("planning", "open"));
        assert_eq!(plan.items[2].issue, "Broken.");
    }

    #[test]
    fn what_the_room_wrote_is_handed_out_first_and_whole() {
        let proposals = || ["a", "b", "c", "d", "e", "f", "g", "assumption-1"].map(proposal).to_vec();
        let ids = |items: &[Improvement]| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>().join(" ");
        let plan = edited(proposals(), &[]);
        let (handed_out, rest) = super::handed_out(&plan.items);
        assert_eq!((ids(handed_out).as_str(), ids(rest).as_str()), ("assumption-1 a b c d e", "f g"));
        let mut written = vec![edit(&plan, "g", |item| item.owner = "IT".into())];
        let mut own_item = own(&plan);
        own_item.issue = "Nobody had the telephone numbers.".into();
        written.push(annotation(&own_item, false));
        let plan = edited(proposals(), &written);
        let (handed_out, rest) = super::handed_out(&plan.items);
        assert_eq!((ids(handed_out).as_str(), ids(rest).as_str()), ("assumption-1 own-1 g a b c", "d e f"));
        // More of the room's own than are usual: none of it is put behind.
        written.extend(
            (2..9).map(|number| Annotation { about: Some(format!("own-{number}")), ..Annotation::new(RemarkKind::Improvement, "One more.") }),
        );
        let plan = edited(proposals(), &written);
        let (handed_out, rest) = super::handed_out(&plan.items);
        assert_eq!((handed_out.len(), ids(rest).as_str()), (10, "a b c d e f"));
    }

    #[test]
    fn an_item_says_what_it_lacks() {
        let mut item = proposal("a");
        assert_eq!(missing(&item), ["an owner", "a completion date"]);
        (item.owner, item.start, item.completion) = ("IT".into(), "2026-06-01".into(), "2026-05-01".into());
        assert_eq!(missing(&item), ["a completion date after its start"]);
    }
}
