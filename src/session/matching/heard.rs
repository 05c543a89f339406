//! What a sentence is, before it is known what it is about: an order, a condition with an order, something for good, a question, a refusal.

use std::collections::BTreeSet;
use std::ops::Range;

use super::forms::*;
use super::orders::Ordered;
use crate::session::words::{counts, negated, stems, tokens};

/// A sentence, or a part of one.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    /// As it was said, in lower case.
    pub lower: String,
    /// Its words in their order, without endings.
    pub said: Vec<String>,
    /// Those that say something.
    pub words: BTreeSet<String>,
    /// Those of them that what is meant has to explain: without reasons, and without what says how and when.
    pub to_explain: BTreeSet<String>,
    /// Where what is to be done begins; what stands before says to whom.
    pub act_from: usize,
    /// Where it ends; behind that stands what somebody is to be told.
    act_until: usize,
    /// Where names are looked for: in this, and in what it speaks of again.
    pub named_in: String,
    pub named_said: Vec<String>,
    /// It speaks of something again.
    pub borrows: bool,
    /// A word was taken for another that is one slip away.
    pub mistyped: bool,
}

impl Heard {
    pub fn new(text: &str) -> Heard {
        let lower = text.trim().to_lowercase().replace('\u{2019}', "'");
        let said = tokens(&lower);
        // "That house" was named before.
        let back = |at: usize| at > 0 && POINTS_BACK.contains(&said[at - 1].as_str());
        let named_before = |at: usize, word: &str| back(at) && KINDS_OF_THING.contains(&word);
        let words = said.iter().enumerate().filter(|(at, word)| counts(word) && !named_before(*at, word)).map(|(_, word)| word.clone()).collect();
        let to = |at: usize| said.iter().enumerate().skip(at + 1).take(7).find(|(_, word)| *word == "to").map(|(to, _)| to);
        let carried = said.iter().enumerate().find_map(|(at, word)| {
            let of_somebody = CARRIERS_OF_SOMEBODY.contains(&word.as_str());
            let to = to(at).filter(|to| !of_somebody || *to > at + 1)?;
            (of_somebody || CARRIERS.contains(&word.as_str())).then_some(to + 1)
        });
        // "Tell the wards to expect paper": they are told.
        let expects = carried.filter(|from| said.get(*from).is_some_and(|word| EXPECTS.contains(&word.as_str())));
        let to_explain = stems(&main_clauses(&lower)).difference(light()).filter(|word| !KINDS.contains(&word.as_str())).cloned().collect();
        Heard {
            act_from: carried.filter(|_| expects.is_none()).unwrap_or(0),
            act_until: expects.unwrap_or(said.len()),
            named_in: lower.clone(),
            named_said: said.clone(),
            lower,
            said,
            words,
            to_explain,
            borrows: false,
            mistyped: false,
        }
    }

    /// What is to be done, without who is told to.
    pub fn act(&self) -> &[String] {
        self.said.get(self.act_from..self.act_until).unwrap_or(&[])
    }

    /// Whether somebody is told something, and nothing that is to be done.
    pub fn only_tells(&self) -> bool {
        self.act_until < self.said.len()
    }

    /// Whether what it is done to has to be looked for in what was said before: nothing is named here, or what is named is somebody's or something's.
    pub fn means_what_was_named(&self, nearest: Option<&Ordered>) -> bool {
        let says = |words: &[&str]| self.said.iter().any(|word| words.contains(&word.as_str()));
        nearest.is_none_or(Ordered::lacks_a_target) || says(&OF_WHAT_WAS_NAMED)
    }

    /// Whether one of these words is said to be that of something named before, and nothing was: "look at their own servers".
    pub fn is_of_something(&self, words: &BTreeSet<String>) -> bool {
        let belongs = |at: usize| {
            let next = if self.said.get(at + 1).is_some_and(|word| word == "own") { at + 2 } else { at + 1 };
            self.said.get(next).is_some_and(|word| words.contains(word))
        };
        !self.borrows && (0..self.said.len()).any(|at| OF_WHAT_WAS_NAMED.contains(&self.said[at].as_str()) && belongs(at))
    }

    /// Whether a part of it ends with one of these, and that is not explained: "I want them on".
    pub fn ends_with(&self, words: &[&str], explains: &BTreeSet<String>) -> bool {
        let ends = |part: &str| tokens(part).last().is_some_and(|last| words.contains(&last.as_str()) && !explains.contains(last));
        self.lower.split([',', ';', '.', ':', '!']).any(ends)
    }

    /// Takes what was named before for named.
    pub fn borrow(&mut self, before: &Heard) {
        self.borrows = true;
        self.words.extend(before.words.iter().cloned());
        self.named_in.push_str(" | ");
        self.named_in.push_str(&before.named_in);
        self.named_said.extend(before.named_said.iter().cloned());
    }

    /// Whether it speaks of things coming back.
    pub fn recovers(&self) -> bool {
        let says = |words: &[&str]| self.said.iter().any(|word| words.contains(&word.as_str()));
        says(&RECOVERS) || says(&COMES) && says(&BACK)
    }

    /// Whether these words are one of several things that are listed: nothing else is said between two commas, or a comma and an "and". `cue` are the
    /// words that said what is to be done with them.
    pub fn lists(&self, words: &BTreeSet<String>, cue: &BTreeSet<String>) -> bool {
        let things = listed(&self.lower);
        things.len() > 1
            && things.iter().any(|thing| {
                let said = stems(thing);
                !said.is_disjoint(words)
                    && said.iter().all(|word| words.contains(word) || cue.contains(word) || light().contains(word) || KINDS.contains(&word.as_str()))
            })
    }
}

/// Words parted by single spaces, with one before and behind, and a stroke where a part of the sentence ends.
pub(super) fn plain(lower: &str) -> String {
    let mut plain = String::from(" ");
    for chunk in lower.split_whitespace() {
        for word in
            chunk.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-').map(|word| word.trim_matches('\'')).filter(|word| !word.is_empty())
        {
            plain.push_str(word);
            plain.push(' ');
        }
        if chunk.ends_with([',', ';', '.', ':', '!', '?']) {
            plain.push_str("| ");
        }
    }
    plain
}

/// Whether a phrase stands in a text that [`plain`] has made, as words of its own.
pub(super) fn has(plain: &str, phrase: &str) -> bool {
    plain.match_indices(phrase).any(|(at, _)| plain[..at].ends_with(' ') && plain[at + phrase.len()..].starts_with(' '))
}

fn begins(plain: &str, phrase: &str) -> bool {
    plain.trim_start().strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '))
}

pub(super) fn light() -> &'static BTreeSet<String> {
    static WORDS: std::sync::LazyLock<BTreeSet<String>> = std::sync::LazyLock::new(|| stems(LIGHT));
    &WORDS
}

/// What says something of what is to be done, without why and before what: "before they roll over".
fn main_clauses(lower: &str) -> String {
    let clauses = lower.split_inclusive([',', ';', '.', ':', '!', '?']).map(|clause| {
        let until = SUBORDINATE.iter().filter_map(|mark| clause.find(mark)).min();
        until.map_or(clause.to_owned(), |until| format!("{}, ", &clause[..until]))
    });
    clauses.collect()
}

/// Without the phrases that only say how much, how fast or how surely it is meant, and that would be taken for more.
pub(super) fn without_idioms(lower: &str) -> String {
    let mut text = lower.replace('\u{2019}', "'");
    for idiom in IDIOMS {
        let mut from = 0;
        while let Some(at) = text[from..].find(idiom).map(|at| at + from) {
            let end = at + idiom.len();
            let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
            if inside(text[..at].chars().next_back()) || inside(text[end..].chars().next()) {
                from = end;
            } else {
                text.replace_range(at..end, "");
                from = at;
            }
        }
    }
    text = without_even_if(text);
    // "Analysers or not", "payroll or no payroll", "gaps and all"
    let concedes = |part: &str| {
        let plain = plain(part);
        has(&plain, "or no")
            || ["or not ", "and all "].iter().any(|end| plain.ends_with(end))
            || CONCESSIONS.iter().any(|phrase| begins(&plain, phrase))
    };
    let parts: Vec<&str> = text.split_inclusive([',', ';', '.', ':', '!', '?']).collect();
    let bare = |place: usize| parts.get(place).map_or("", |part| part.trim_end_matches(|c: char| !c.is_alphanumeric()));
    let with_next = |place: usize| said_again_behind(bare(place), bare(place + 1));
    let concession = |place: usize| concedes(bare(place)) || said_again(bare(place)) || with_next(place) || place > 0 && with_next(place - 1);
    let kept = |place: &usize| parts.len() == 1 || !concession(*place);
    let text: String = (0..parts.len()).filter(kept).map(|place| parts[place]).collect();
    text.trim().trim_start_matches([',', ';', '.', ':']).trim_end_matches([',', ';']).trim().to_owned()
}

/// Without what does not change what is to be done: "cut it off even if it hurts".
fn without_even_if(mut text: String) -> String {
    while let Some(at) = EVEN_IF.iter().filter_map(|mark| text.find(mark)).min() {
        let behind = &text[at + 1..];
        let ends = behind.find([',', ';', '.', ':', '!', '?']).into_iter().chain(NO_MORE_EVEN_IF.iter().filter_map(|mark| behind.find(mark)));
        let end = ends.min().map_or(text.len(), |end| at + 1 + end);
        text.replace_range(at..end, "");
    }
    text
}

/// "If the jobs break they break": whatever comes of it, it is to be done.
fn said_again(part: &str) -> bool {
    let Some(said) = behind_if(part) else { return false };
    let (before, last) = said.split_at(said.len().saturating_sub(2));
    said.len() > 3 && only_repeats(last, before)
}

/// "If they complain, they complain", "if it stops, so be it"
fn said_again_behind(part: &str, next: &str) -> bool {
    behind_if(part).is_some_and(|said| SO_BE_IT.contains(&next.trim()) || only_repeats(&tokens(next), &said))
}

/// What stands behind the "if" that a part begins with.
fn behind_if(part: &str) -> Option<Vec<String>> {
    SAID_AGAIN.iter().find_map(|begin| part.trim().strip_prefix(begin)).map(tokens)
}

/// "They break", of something of which that was said already.
fn only_repeats(said: &[String], of: &[String]) -> bool {
    let said = said.strip_prefix(&["then".to_owned()]).unwrap_or(said);
    matches!(said, [who, does] if OF_THEM.contains(&who.as_str()) && of.contains(does))
}

/// Without what somebody is to be asked, which is no order and no condition: "ask Declan whether he can get at the files". And whether something
/// stands behind it that may be either.
fn without_what_is_asked(text: &str) -> (String, bool) {
    let mut on = false;
    let clauses = text.split_inclusive([',', ';', '.', ':', '!', '?']).map(|clause| {
        let spaced = format!(" {clause}");
        let Some(asks) = spaced.find(" ask ").map(|at| at + " ask".len()) else { return clause.to_owned() };
        // "Ask those who may have seen something": that is whom.
        let of_whom = |at: usize| spaced[asks..asks + at].split_whitespace().next_back().is_some_and(|word| OF_WHOM.contains(&word));
        let begins = WHAT_IS_ASKED.iter().filter_map(|begin| spaced[asks..].find(begin));
        let Some(asked) = begins.filter(|at| !of_whom(*at)).min() else { return clause.to_owned() };
        // "Ask him to shut it if they come": somebody is told to do something.
        if spaced[asks..asks + asked].contains(" to ") {
            return clause.to_owned();
        }
        let question = &spaced[asks + asked + 1..];
        // "Ask him if the solicitor agrees" may be either; "ask him what he saw once the board has met" waits.
        on |= question.contains(" and ") || CONDITIONAL_AFTER.iter().any(|cue| question.starts_with(cue));
        let end = question.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        let waits = CONDITIONAL_AFTER.iter().filter_map(|cue| question.find(&format!(" {cue}"))).min().unwrap_or(end);
        format!("{}{}", spaced[1..asks + asked].trim_end(), &question[waits..])
    });
    (clauses.collect(), on)
}

/// What a part of a sentence is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mood {
    /// It may say what is to be done.
    Order,
    /// It says what is not.
    Refusal,
    /// It leaves something as it is.
    AsItIs,
    /// It says what somebody can or knows.
    Report,
    /// It asks.
    Question,
}

/// A sentence, in its parts.
#[derive(Debug)]
pub(super) struct Sentence {
    /// All of it, without what only says how much it is meant.
    pub text: String,
    parts: Vec<(Range<usize>, Mood)>,
    /// The same, for comparing with phrases.
    pub plain: String,
    /// The same without why, until when, and what somebody said or did.
    main: String,
    /// Somebody is to be asked something, and what is said behind that may be ordered or be asked as well.
    asks_on: bool,
}

impl Sentence {
    /// `carries` tells whether something that can be done is heard in a part. A part without belongs to the one before it: "isolate pathology, all six".
    pub fn new(words: &str, carries: impl Fn(&str) -> bool) -> Sentence {
        let (text, asks_on) = without_what_is_asked(&without_idioms(words.trim().to_lowercase().as_str()));
        let mut parts: Vec<(Range<usize>, Mood)> = Vec::new();
        for range in ranges(&text) {
            let part = &text[range.clone()];
            let first = text[..range.start].trim_end().chars().next_back().is_none_or(|mark| !mark.is_alphanumeric() && mark != ',');
            let last = range.end == text.len() && text.ends_with('?');
            let own = mood(part, first || last);
            // ", which nobody ordered" says more of what was named.
            let belongs = own == Mood::Order && (!carries(part) || !first && OF_WHICH.iter().any(|begin| begins(&plain(part), begin)));
            match parts.last_mut() {
                Some((before, _)) if belongs => before.end = range.end,
                _ => parts.push((range, own)),
            }
        }
        Sentence { plain: plain(&text), main: plain(&main_clauses(&text)), text, parts, asks_on }
    }

    /// What of it may say what is to be done.
    pub fn ordered(&self) -> String {
        self.of(|mood| mood == Mood::Order)
    }

    /// What of it says what is to be done or left.
    pub fn said(&self) -> String {
        self.of(|mood| matches!(mood, Mood::Order | Mood::AsItIs))
    }

    fn of(&self, wanted: impl Fn(Mood) -> bool) -> String {
        let parts = self.parts.iter().filter(|(_, mood)| wanted(*mood));
        let texts: Vec<&str> = parts.map(|(range, _)| self.text[range.clone()].trim()).filter(|part| !part.is_empty()).collect();
        texts.join(", ")
    }

    /// Whether all of it may be an order.
    pub fn whole(&self) -> bool {
        self.parts.iter().all(|(_, mood)| *mood == Mood::Order)
    }

    /// Whether something in it says what is not to be done.
    pub fn refuses(&self) -> bool {
        self.parts.iter().any(|(_, mood)| *mood == Mood::Refusal)
    }

    /// Whether something in it is left as it is.
    pub fn leaves_as_it_is(&self) -> bool {
        self.parts.iter().any(|(_, mood)| *mood == Mood::AsItIs)
    }

    /// Whether somebody only asks.
    pub fn asks(&self) -> bool {
        self.parts.iter().any(|(_, mood)| *mood == Mood::Question) && self.ordered().is_empty()
    }

    /// Whether it says that something is to hold from now on.
    pub fn stands(&self) -> bool {
        STANDING.iter().any(|cue| has(&self.plain, cue)) || STANDING_AT_FIRST.iter().any(|cue| begins(&self.plain, cue))
    }

    /// Whether somebody thinks aloud, asks for something politely, says what has been or what is for later: it may be meant, and somebody has to say
    /// that it is.
    pub fn doubtful(&self) -> bool {
        self.text.contains('?')
            || !self.whole()
            || self.asks_on
            || self.quotes()
            || [TENTATIVE, LATER, PAST].iter().any(|list| list.iter().any(|cue| has(&self.main, cue)))
            || REQUEST.iter().any(|cue| begins(&self.plain, cue)) && !has(&self.plain, "please")
            || self.reports()
    }

    /// "\"Isolate everything\", that's what Tomasz told me": the words are somebody else's.
    fn quotes(&self) -> bool {
        // A word alone is what something is called.
        let mut quoted = self.text.split(['"', '\u{201c}', '\u{201d}']).skip(1).step_by(2);
        let mut told = self.plain.split('|').filter(|part| SAYS_WHO_SAID_IT.iter().any(|begin| begins(part, begin)));
        quoted.any(|quoted| quoted.contains(' ')) || told.any(|part| [TENTATIVE, PAST].iter().any(|list| list.iter().any(|cue| has(part, cue))))
    }

    /// "The backups are fine, I checked." "Declan isolated the desks."
    fn reports(&self) -> bool {
        let plain: Vec<&str> = self.main.split_whitespace().collect();
        let past = |word: &str| word.len() > 4 && word.ends_with("ed") && word != "need";
        plain.windows(2).any(|pair| PRONOUNS.contains(&pair[0]) && (past(pair[1]) || REPORTED.contains(&pair[1])))
            || plain.windows(3).any(|three| !NOT_BEFORE_PAST.contains(&three[0]) && past(three[1]) && BEHIND_PAST.contains(&three[2]))
    }

    /// By which words it waits for something, or leaves something out, that nothing here understands; none if it does not.
    pub fn holds_back(&self) -> Option<&'static str> {
        NOT_UNDERSTOOD.iter().copied().find(|cue| has(&self.plain, cue))
    }
}

/// What a part of a sentence is, by itself. `may_ask`: it stands where a question may begin.
fn mood(part: &str, may_ask: bool) -> Mood {
    let spaced = plain(part);
    let marks = OF_A_THING.iter().chain(SUBORDINATE).filter_map(|mark| spaced.find(mark)).filter(|at| *at > 0);
    let own = marks.min().map_or(spaced.as_str(), |at| &spaced[..at]);
    if may_ask && QUESTION.iter().any(|begin| begins(&spaced, begin)) {
        Mood::Question
    } else if SAYS_WHAT_IS.iter().any(|begin| begins(&spaced, begin)) {
        Mood::Report
    } else if negated(own) {
        Mood::Refusal
    } else if as_it_is(&spaced) {
        Mood::AsItIs
    } else {
        Mood::Order
    }
}

/// "Leave emergency alone", "desks stay on", "keep the VPN open"
fn as_it_is(plain: &str) -> bool {
    let words: Vec<&str> = plain.split_whitespace().filter(|word| *word != "|").collect();
    let behind = |at: usize| words.get(at + 1..).unwrap_or(&[]);
    words.iter().enumerate().any(|(at, word)| match *word {
        "alone" => true,
        "leave" | "leaves" => at < 3,
        "stay" | "stays" | "remain" | "remains" => behind(at).first().is_none_or(|next| STAYING.contains(next)),
        "keep" | "keeps" => behind(at).iter().any(|word| KEPT.contains(word)) || behind(at).last() == Some(&"on") && !plain.contains(" eye"),
        _ => false,
    })
}

/// Where a sentence is cut into parts, each of which may be of another kind than the one before it.
fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut from, mut rest) = (0, 0);
    while let Some((at, mark)) = PARTED_BY.iter().filter_map(|mark| text[rest..].find(mark).map(|at| (at + rest, mark))).min_by_key(|(at, _)| *at) {
        ranges.push(from..at);
        from = at + mark.len();
        // ", and " is one cut: what the next mark begins with may be what this one ends with.
        rest = from - 1;
        from = rest + 1;
    }
    ranges.push(from.min(text.len())..text.len());
    ranges.retain(|range| range.start < range.end && text[range.clone()].chars().any(char::is_alphanumeric));
    ranges
}

/// "if a second site falls, cut the WAN", "cut the WAN if a second site falls": what has to be so, and what to do then. A condition whose end cannot
/// be told is one all the same: then there is nothing to do.
pub(super) fn condition(lower: &str) -> Option<(&str, &str)> {
    if let Some(rest) = CONDITIONAL.iter().find_map(|cue| lower.strip_prefix(cue)) {
        return Some(rest.split_once(',').or_else(|| rest.split_once(" then ")).unwrap_or((rest, "")));
    }
    let inside = CONDITIONAL_AFTER.iter().filter_map(|cue| lower.find(&format!(" {cue}")).map(|at| (at, cue.len() + 1))).min()?;
    Some((&lower[inside.0 + inside.1..], lower[..inside.0].trim_end_matches(',')))
}

/// Where a sentence may be cut between a condition and what is to be done, if nothing marks it: behind each of its words.
pub(super) fn cuts(condition: &str) -> impl Iterator<Item = (&str, &str)> {
    condition.match_indices(' ').skip(1).map(|(at, _)| (&condition[..at], condition[at..].trim()))
}

/// The parts of a sentence that may each be an order of its own.
pub(super) fn parts(lower: &str) -> Vec<&str> {
    let mut parts = vec![lower];
    for mark in ORDERS_PARTED_BY {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The things that a sentence lists, if it lists some.
fn listed(lower: &str) -> Vec<&str> {
    let mut things = vec![lower];
    for mark in LISTED_BY {
        things = things.into_iter().flat_map(|thing| thing.split(mark)).collect();
    }
    things
}
