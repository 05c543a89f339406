//! What people say when they mean a verb, and how they say that something is to hold from now on, to wait, or is only being thought about.
//!
//! A cue is a few words that stand near one another, in any order: "switch|turn off" is heard in "turn the servers off" and in "off they are switched".
//! A cue after `~` is weak: it is heard in many other orders as well, and counts for little without the name of something it can be done to.

use std::collections::BTreeSet;

use crate::scenario::written::Verb;
use crate::session::words::{counts, tokens};

/// What a cue weighs that says the verb; each further word of it makes it surer.
const STRONG: u32 = 1000;
/// What a weak one does.
const WEAK: u32 = 400;
/// What each further word adds.
const FURTHER: u32 = 300;
/// The words of a cue stand no further from one another than this, in words.
const NEAR: usize = 7;

/// One way to say a verb.
#[derive(Debug)]
pub(super) struct Cue {
    /// In each of its places one of these.
    slots: Vec<Vec<String>>,
    weak: bool,
}

/// A cue that was heard.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Hit {
    pub weight: u32,
    /// It says the verb by itself.
    pub strong: bool,
    /// Where its words stand.
    pub at: Vec<usize>,
}

impl Cue {
    fn heard(&self, said: &[String]) -> Option<Hit> {
        let (first, rest) = self.slots.split_first()?;
        let weight = if self.weak { WEAK } else { STRONG } + FURTHER * rest.len() as u32;
        let begins = said.iter().enumerate().filter(|(_, word)| first.contains(word)).map(|(at, _)| at);
        begins.filter_map(|begin| self.from(said, begin, rest)).next().map(|at| Hit { weight, strong: !self.weak, at })
    }

    /// Its words.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.slots.iter().flatten()
    }

    /// Whether it may begin with this word.
    pub fn begins_with(&self, word: &str) -> bool {
        self.slots.first().is_some_and(|slot| slot.iter().any(|known| known == word))
    }

    /// Each further word is the nearest one there is.
    fn from(&self, said: &[String], begin: usize, rest: &[Vec<String>]) -> Option<Vec<usize>> {
        let mut at = vec![begin];
        for slot in rest {
            let near = (0..said.len()).filter(|place| place.abs_diff(begin) <= NEAR && !at.contains(place) && slot.contains(&said[*place]));
            at.push(near.min_by_key(|place| place.abs_diff(begin))?);
        }
        Some(at)
    }
}

/// The cues of a verb.
pub(super) fn cues(verb: Verb) -> Vec<Cue> {
    let one = |cue: &str| {
        let bare = cue.trim();
        let (weak, bare) = bare.strip_prefix('~').map_or((false, bare), |bare| (true, bare));
        let slots = bare.split_whitespace().map(|slot| slot.split('|').flat_map(tokens).collect()).collect();
        Cue { slots, weak }
    };
    said_for(verb).split(';').map(one).collect()
}

/// All words of cues that are heard.
pub(super) fn explained(cues: &[Cue], said: &[String]) -> BTreeSet<String> {
    let places = cues.iter().filter_map(|cue| cue.heard(said)).flat_map(|hit| hit.at);
    places.filter_map(|at| said.get(at)).filter(|word| counts(word)).cloned().collect()
}

/// The surest of some cues that is heard.
pub(super) fn heard(cues: &[Cue], said: &[String]) -> Option<Hit> {
    cues.iter().filter_map(|cue| cue.heard(said)).max_by_key(|hit| hit.weight)
}

fn said_for(verb: Verb) -> &'static str {
    match verb {
        Verb::Acknowledge => "acknowledge; take up alert",
        Verb::Triage => "triage; judge alert; alert real; find out real; find out alert",
        Verb::Dismiss => "dismiss; ignore alert; false alarm|positive; close alert",
        Verb::Watch => "watch; monitor; eyes on; eye on; around|round clock; night console; sit console",
        Verb::SetToBlock => "blocking|block mode; set|turn|switch|put|let|make block|prevent|enforce; stop find|notice; ~block; ~prevent; ~enforce",
        Verb::Tune => "tune; noise; quieten; false positives",
        Verb::Query => {
            "search; query; check|pull|grab|read|save|secure|export|go|look|trawl|comb logs|log|records|history; what logs|log|records show|say"
        }
        Verb::Hunt => {
            "hunt; sweep; scan; examine; inspect; look at; look over; look through; look on; look sign|trace; have look; ~check; ~search; go through; ~look"
        }
        Verb::CaptureMemory => "capture|dump|grab|take|get|save|keep|pull memory|ram; ~memory; ~ram; memory dump|image|first",
        Verb::ImageDisk => "image; ~disk; disk copy|clone; forensic copy|image; clone; copy disk",
        Verb::Isolate => {
            "isolate; quarantine; contain; disconnect; unplug; pull plug|cable; cut off; off network; cut network; knock|take|kick|pull off network; take|pull offline; \
             ~cut; ~pull"
        }
        Verb::Reconnect => "reconnect; back on network; plug back; put back; ~back network; bring back online",
        Verb::PowerOff => "power|switch|shut|turn off|down; pull power; take|bring down; shutdown; ~off",
        Verb::PowerOn => "power|switch|turn on|up; start|boot up|again; back on",
        Verb::DisableLogin => {
            "disable; lock; close|kill|suspend|block|revoke|shut|freeze|stop login|user; revoke; ~kill; ~suspend; ~close; ~freeze; ~block; ~stop"
        }
        Verb::ResetLogin => "reset secret; reset; change|new|rotate|renew|roll|give|fresh|update secret; rotate; ~new; ~change; ~renew",
        Verb::CutLink => {
            "cut|close|shut|kill|drop|sever|block|disable|turn|pull|take link|vpn|tunnel|access|connection|remote; cut|close|shut|kill|drop|disable line|door; ~cut; ~close; ~shut; \
             ~kill; ~disable; ~drop; ~turn off; ~pull; ~block; ~down"
        }
        Verb::RestoreLink => "reopen; restore|open|allow|bring link|vpn|tunnel|access|connection|line",
        Verb::CutSegment => {
            "cut|split|separate|sever|isolate|segment|disconnect|close|pull|drop|shut|keep sites|segment|wan|line|network|between|rest|apart|houses; cut off; cut wan; fire doors; \
             sever; segregate; ~cut; ~isolate; ~disconnect; ~separate; ~split; ~close; ~drop; ~unplug; ~seal"
        }
        Verb::RejoinSegment => "rejoin; join again|back|network|what; reconnect|rejoin site|segment|network; ~reconnect",
        Verb::BlockEgress => {
            "block|cut|close|shut|stop|kill|drop|pull internet|outbound|egress|outgoing; ~egress; ~outbound; off internet; way out; close out; nothing leave|out; ~block; ~cut"
        }
        Verb::OpenEgress => "open|restore|allow|unblock|reopen internet|outbound|egress|outgoing; open out",
        Verb::Clean => "clean; remove|delete malware|left|tool|implant; disinfect",
        Verb::Rebuild => "rebuild; reinstall; reimage; wipe; install anew|fresh|new|again; from scratch; build anew|fresh|new; flatten",
        Verb::Restore => "restore; recover from; bring|get back; from backup|tape; ~recover",
        Verb::SecureBackup => {
            "secure|protect|save backup|tapes; copy backup; backup offline|reach|safe|away; backup out; unplug|lock|disconnect|pull|isolate|detach backup|store; air gap; \
             offline copy; copy reach"
        }
        Verb::CallIn => {
            "wake everybody|people|team|staff|up|they|them; all hands; call|bring|get|ring|haul|fetch|want|need people|team|staff|everybody|analysts|engineers in|back|here; \
             call in; extra hands|people; get people; everybody here"
        }
        Verb::Engage => {
            "engage; retainer; call|get|bring|ring|pull firm|vendor in; on telephone; ~call|get|bring|ring|pull|telephone|have|come in|over|here|working|help|out; ~activate; ~ring; ~call; ~telephone; ~contact; ~hire; \
             ~use; ~help"
        }
        Verb::Brief => {
            "brief; tell|inform|update others|team|everybody|room|colleagues|each; same page; fill in; bring up speed; loop in; should|must|has|needs hear|know; share what|with|know; spread word; ~tell; ~inform; \
             ~update; pass on"
        }
        Verb::Declare => {
            "declare; call it|this|that major|incident|significant|minor; major incident; it major; raise|escalate level|major|incident|significant; ~major; ~significant; ~minor"
        }
        Verb::Ask => "ask; find out from; what they|he|she know|see|saw; ~ring; ~telephone; ~call; ~contact; ~speak; ~talk; ~see; ~check with",
        Verb::Publish => {
            "publish; send|put|issue|release|post|give notice|statement|text|message|word|line; announce; holding line; ~notice; ~statement; tell|inform|warn patients|press|staff|public|families|relatives; \
             website; correct|correction press|record|public|said|earlier; say patients|press|public; ~send; ~put out"
        }
        Verb::Determine => {
            "determine; start clock; duty|law|rule applies|counts|apply; aware when|from; clock running|starts|ticking; counts as|breach; when duty|aware"
        }
        Verb::Notify => {
            "notify; file; notification; early warning; report|tell|inform|send|submit regulator|authority|breach; report to; ~send; ~report; ~tell; ~inform; ~warning; submit"
        }
        Verb::Preserve => "legal hold; preserve; keep|hold|secure|protect evidence; litigation hold; hold evidence",
        Verb::Invoke => {
            "on|to|onto|with|over|by paper; workaround; downtime; whiteboard; fallback; paper charts|lists|procedures|forms; manual; by hand; contingency; business continuity; \
             ~paper; ~runners"
        }
        Verb::StandDown => "back from paper|workaround|downtime; off paper|downtime; end|stop paper|workaround|downtime; stand down",
        Verb::Prioritise => {
            "prioritise; prioritize; priority; back|comes|goes|recover|restore|bring|fix|have first; before everything|others; top list; ~first; matters most"
        }
        Verb::Log => "write|note|jot|put down|it|everything|this|minutes; keep log|minutes|record|note; log everything|this|it; scribe; ~log",
        Verb::Report => "sitrep; situation report; report everybody|hour|hourly|situation|room; hourly; status update|report; every hour; ~report",
        Verb::SignOff => "sign; approve",
        Verb::Decide => "decide",
        Verb::Conclude => "say believe; believed; believe; how sure|surely",
        Verb::Learn => "learn",
    }
}

/// Words by which a room says that something is meant to hold from now on.
pub(super) const STANDING: [&str; 25] = [
    "from now on",
    "from here on",
    "going forward",
    "always",
    "whenever",
    "wherever",
    "whoever",
    "anyone who",
    "anybody who",
    "any machine that",
    "any machine with",
    "every time",
    "every hour",
    "hourly",
    "each hour",
    "on the hour",
    "until further notice",
    "standing order",
    "as a rule",
    "keep on",
    "at all times",
    "around the clock from",
    "each time",
    "as they turn up",
    "at every ",
];

/// Words with which a condition begins.
pub(super) const CONDITIONAL: [&str; 11] =
    ["if ", "once ", "as soon as ", "the moment ", "the minute ", "when ", "in case ", "should ", "in the event ", "after ", "until "];

/// Those of them with which a condition also begins behind what is to be done.
pub(super) const CONDITIONAL_AFTER: [&str; 7] = ["if ", "once ", "as soon as ", "the moment ", "the minute ", "when ", "in case "];

/// What holds back an order in ways that nothing here understands: such a sentence is never one.
pub(super) const UNTIL_SOMETHING: [&str; 9] =
    ["unless", "provided", "assuming", "only if", "only when", "as long as", "depending", "subject to", "pending"];

/// Words that mean all of a kind.
pub(super) const EVERY: [&str; 6] = ["every ", "all ", "each ", "whole ", "everything", "both "];

/// How a question begins that orders nothing.
pub(super) const QUESTION: [&str; 24] = [
    "do we",
    "do you",
    "does ",
    "did ",
    "is ",
    "are ",
    "was ",
    "were ",
    "have we",
    "has ",
    "have they",
    "who ",
    "whose ",
    "where ",
    "why ",
    "how ",
    "what if",
    "what about",
    "what's",
    "what is",
    "what do",
    "which ",
    "what does",
    "what would",
];

/// Words by which somebody thinks aloud, reports what is done already, or doubts.
pub(super) const TENTATIVE: [&str; 30] = [
    "maybe",
    "perhaps",
    "might",
    "wonder",
    "not sure",
    "could we",
    "should we",
    "we could",
    "i could",
    "would it",
    "think about",
    "consider",
    "option",
    "possibly",
    "already",
    "yesterday",
    "last week",
    "what if",
    "suppose",
    "hypothetically",
    "in theory",
    "used to",
    "i think they",
    "they have",
    "they've",
    "we have been",
    "has been",
    "had ",
    "someday",
    "later maybe",
];
