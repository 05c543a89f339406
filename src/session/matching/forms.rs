//! The forms of sentences: by what people say that something is to be done, is to hold from now on, waits, is not to be done, is asked, was done, or
//! is only being thought about.
//!
//! All of these are compared with a text in lower case whose words are parted by single spaces ([`super::heard::plain`]).

/// Words by which a room says that something is meant to hold from now on.
pub(super) const STANDING: &[&str] = &[
    "from now on",
    "from here on",
    "going forward",
    "always",
    "whenever",
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
    "at every",
];

/// Those that say so where a sentence begins with them. Elsewhere they speak of somebody: "wake the engineers, whoever lives nearest".
pub(super) const STANDING_AT_FIRST: &[&str] = &[
    "whoever",
    "wherever",
    "anyone who",
    "anybody who",
    "everybody who finds",
    "everyone who finds",
    "any machine that",
    "any machine with",
    "any login that",
];

/// Words with which a condition begins.
pub(super) const CONDITIONAL: [&str; 12] =
    ["if ", "once ", "as soon as ", "the moment ", "the minute ", "the second ", "when ", "in case ", "should ", "in the event ", "after ", "until "];

/// Those of them with which a condition also begins behind what is to be done.
pub(super) const CONDITIONAL_AFTER: [&str; 8] = ["if ", "once ", "as soon as ", "the moment ", "the minute ", "the second ", "when ", "in case "];

/// What holds back an order, or takes something out of it, in ways that nothing here understands: such a sentence is never one.
pub(super) const NOT_UNDERSTOOD: &[&str] = &[
    "unless",
    "provided",
    "assuming",
    "only if",
    "only when",
    "as long as",
    "depending",
    "subject to",
    "pending",
    "except",
    "excluding",
    "other than",
    "apart from",
    "all but",
    "everything but",
    "everybody but",
    "anything but",
    "leaving out",
    "hands off",
    "stay away",
    "stay off",
    "keep away",
    "keep off",
    "avoid",
    "refrain",
    "hold off",
    "instead of",
    "rather than",
    "wait with",
    "wait before",
    "wait for",
    "wait until",
    "hold back",
    "put off",
    "postpone",
    "delay",
    "think twice",
];

/// Those of them that something stands behind which happens: "whenever we find something out, tell the others".
pub(super) const AS_OFTEN_AS: [&str; 3] = ["whenever ", "every time ", "each time "];

/// What something is done to, with these behind it, is to be left: "I want them on".
pub(super) const LEFT_ON: [&str; 3] = ["on", "up", "open"];

/// Words by which somebody is asked to have something done: "tell the wards to go to paper". What is to be done stands behind "to".
pub(super) const CARRIERS: [&str; 4] = ["tell", "ask", "instruct", "order"];

/// Those that do the same only if somebody stands behind them: "I want Declan to switch his machines off", but "I want to hear from Declan".
pub(super) const CARRIERS_OF_SOMEBODY: [&str; 4] = ["get", "want", "need", "have"];

/// Words by which something is that of what was named before: "isolate its desks".
pub(super) const OF_WHAT_WAS_NAMED: [&str; 5] = ["its", "their", "his", "her", "there"];

/// Words before a kind of thing that was named: "that house".
pub(super) const POINTS_BACK: [&str; 4] = ["that", "this", "those", "same"];

// The next lists are of words without endings, as `session::words` leaves them.

/// What many things are: "that house" may be any.
pub(super) const KINDS_OF_THING: [&str; 14] =
    ["hous", "sit", "plac", "build", "part", "segment", "depart", "server", "desk", "machin", "login", "link", "lin", "connection"];

/// What everything is, and so nothing is called by.
pub(super) const KINDS: [&str; 5] = ["machin", "network", "peopl", "system", "thing"];

/// Who is meant by all roles.
pub(super) const EVERYBODY: [&str; 5] = ["everybody", "team", "room", "other", "colleagu"];

/// What says that things come back, by itself, or two words of it together.
pub(super) const RECOVERS: [&str; 2] = ["recover", "restor"];
pub(super) const COMES: [&str; 3] = ["com", "bring", "get"];
pub(super) const BACK: [&str; 2] = ["back", "up"];

/// What happens in a part of the network that they come to.
pub(super) const STRUCK: [&str; 17] =
    ["find", "see", "show", "reach", "get", "into", "appear", "turn", "spread", "hit", "fall", "sign", "com", "go", "infect", "mov", "jump"];

/// What somebody can only be told to do; nothing is done by it.
pub(super) const EXPECTS: [&str; 5] = ["be", "expect", "know", "prepar", "wait"];

/// What happens to a service that is not there any more.
pub(super) const LOST: [&str; 12] = ["down", "fail", "stop", "gone", "go", "fall", "die", "los", "crash", "out", "drop", "unavailable"];

/// What happens to machines in the end; these are found inside of words.
pub(super) const ENCRYPTED: [&str; 3] = ["encrypt", "ransomware", "scrambl"];

/// What happens when an incident is one.
pub(super) const DECLARED: [&str; 1] = ["declar"];

/// One more than there is: "a second site", and what then is one more.
pub(super) const FURTHER: [&str; 7] = ["second", "another", "other", "two", "2", "more", "any"];
pub(super) const SITES: [&str; 5] = ["sit", "hous", "build", "plac", "locat"];
pub(super) const SEGMENTS: [&str; 2] = ["segment", "part"];

/// How what is to be done begins behind a condition, where nothing marks it.
pub(super) const BEGINS_WHAT_THEN: [&str; 5] = ["we ", "you ", "it ", "they ", "then "];

/// What parts a sentence into parts that may be of different kinds; into orders; and into things that are listed.
pub(super) const PARTED_BY: [&str; 15] =
    [". ", "! ", "? ", "; ", ": ", ", ", " and ", " but ", " then ", " so ", " & ", " + ", " - ", " \u{2013} ", " \u{2014} "];
pub(super) const ORDERS_PARTED_BY: [&str; 8] = [". ", ";", ": ", ", ", " and ", " then ", " & ", " + "];
pub(super) const LISTED_BY: [&str; 7] = [", ", " and ", " & ", " + ", " plus ", " as well as ", "; "];

/// Words that mean all of a kind.
pub(super) const EVERY: &[&str] = &["every", "all", "each", "whole", "everything", "both"];

/// How a question begins that orders nothing.
pub(super) const QUESTION: &[&str] = &[
    "do we",
    "do you",
    "do they",
    "do i",
    "does",
    "did",
    "is",
    "are",
    "was",
    "were",
    "have we",
    "have you",
    "has",
    "have they",
    "who",
    "whose",
    "where",
    "why",
    "how",
    "what if",
    "what about",
    "what's",
    "what is",
    "what are",
    "what do",
    "which",
    "what does",
    "what would",
    "what did",
    "what happens",
    "would",
    "isn't",
    "aren't",
    "didn't",
    "any idea",
    "anybody know",
    "anyone know",
    "i wonder",
];

/// How what somebody is to be asked begins, behind "ask" and whom.
pub(super) const WHAT_IS_ASKED: &[&str] = &[
    " whether ",
    " if ",
    " who ",
    " whose ",
    " what ",
    " which ",
    " how ",
    " when ",
    " where ",
    " why ",
    " can he ",
    " can she ",
    " can they ",
    " could he ",
    " could she ",
    " could they ",
    " has he ",
    " has she ",
    " have they ",
    " did he ",
    " did she ",
    " did they ",
    " does he ",
    " does she ",
    " do they ",
    " is he ",
    " is she ",
    " are they ",
];

/// Behind these stands whom, and not what.
pub(super) const OF_WHOM: [&str; 9] = ["those", "people", "everybody", "everyone", "anybody", "anyone", "somebody", "someone", "one"];

/// How a part begins that says whose words those before it were.
pub(super) const SAYS_WHO_SAID_IT: &[&str] = &["that's what", "that is what", "that was what", "so", "as", "quote", "or so"];

/// How a part begins that says more of what was named before it.
pub(super) const OF_WHICH: &[&str] = &["which", "who", "whose", "where", "that"];

/// How a part begins that says what is, and not what is to be done.
pub(super) const SAYS_WHAT_IS: &[&str] = &[
    "they can",
    "they want",
    "he wants",
    "she wants",
    "he can",
    "he has been",
    "she has been",
    "they have been",
    "he has seen",
    "she has seen",
    "they have seen",
    "she can",
    "they could",
    "they know",
    "he knows",
    "she knows",
    "they will",
    "they'll",
    "he will",
    "he'll",
    "she will",
    "she'll",
    "i know",
    "we know",
    "i can",
    "i have a",
    "i've a",
    "you know",
    "you have a",
];

/// How a request begins that is put as a question; without a "please" it may be one.
pub(super) const REQUEST: &[&str] =
    &["can we", "can you", "can i", "can somebody", "can someone", "could", "should", "shall", "will", "may", "would you"];

/// Words by which somebody thinks aloud, says what others say, or doubts.
pub(super) const TENTATIVE: &[&str] = &[
    "maybe",
    "perhaps",
    "might",
    "wonder",
    "wondering",
    "sure",
    "unsure",
    "could",
    "should we",
    "would",
    "i'd",
    "we'd",
    "they'd",
    "he'd",
    "she'd",
    "you'd",
    "think",
    "thinks",
    "thinking",
    "consider",
    "considering",
    "discuss",
    "option",
    "options",
    "possibly",
    "probably",
    "apparently",
    "supposedly",
    "allegedly",
    "already",
    "ago",
    "yesterday",
    "last week",
    "last time",
    "last year",
    "what if",
    "suppose",
    "supposing",
    "hypothetically",
    "in theory",
    "used to",
    "says",
    "reckons",
    "reckon",
    "believes",
    "claims",
    "suggests",
    "recommends",
    "advises",
    "wants us",
    "want us",
    "wanted",
    "according to",
    "afraid",
    "hope",
    "hopes",
    "hoping",
    "tempted",
    "rumour",
    "rumours",
    "they have",
    "they've",
    "he has",
    "she has",
    "he's",
    "she's",
    "we've",
    "i've",
    "you've",
    "has been",
    "have been",
    "has gone",
    "have gone",
    "has just",
    "have just",
    "being",
    "should have",
    "had",
    "someday",
    "sometime",
    "trying",
];

/// What is not to be done now, and nobody says until when that can be waited for.
pub(super) const LATER: &[&str] = &[
    "tomorrow",
    "later",
    "next week",
    "on monday",
    "on tuesday",
    "on wednesday",
    "on thursday",
    "on friday",
    "after the weekend",
    "in the morning",
    "eventually",
    "at some point",
    "in due course",
    "one day",
];

/// What has been done, and is not to be done, whoever did it.
pub(super) const PAST: &[&str] = &[
    "took", "rang", "told", "did", "saw", "went", "gave", "were", "was", "said", "thought", "knew", "came", "fell", "wrote", "spoke", "began", "ran",
    "got to", "broke",
];

/// The same after "I", "we", "they" or a name; elsewhere these also say what is to be done: "get it sent".
pub(super) const REPORTED: &[&str] = &["sent", "found", "got", "made", "kept", "held", "brought", "left", "lost", "put", "cut", "shut"];

/// Who stands before what was done.
pub(super) const PRONOUNS: [&str; 10] = ["i", "we", "they", "he", "she", "somebody", "someone", "nobody", "everybody", "everyone"];

/// What stands before a word in the form of the past that is to be so: "get them isolated".
pub(super) const NOT_BEFORE_PAST: [&str; 15] =
    ["be", "get", "gets", "is", "are", "have", "has", "been", "getting", "not", "and", "or", "any", "every", "all"];

/// What stands behind a word that says what was done to it.
pub(super) const BEHIND_PAST: [&str; 11] = ["the", "a", "an", "it", "them", "their", "our", "his", "all", "that", "everything"];

/// Phrases in which a word that elsewhere takes something back, or makes it wait, does neither; the longer ones first.
pub(super) const IDIOMS: &[&str] = &[
    "without any further delay",
    "without further delay",
    "without any delay",
    "without delay",
    "with no delay",
    "no more delay",
    "without further ado",
    "without hesitation",
    "without asking anybody first",
    "without asking anyone first",
    "without asking anybody",
    "without asking anyone",
    "without asking me",
    "without asking us",
    "without asking first",
    "without asking",
    "without being asked",
    "without being told",
    "without waiting",
    "without exception",
    "no exceptions",
    "no exception",
    "no ifs and no buts",
    "no ifs or buts",
    "no ifs",
    "no buts",
    "no questions asked",
    "no discussion",
    "no time to lose",
    "no later than",
    "not later than",
    "no doubt",
    "if not sooner",
    "not just",
    "not only",
    "nothing less",
    "no less",
    "as soon as possible",
    "as soon as you can",
    "as soon as they can",
    "as fast as you can",
    "when you can",
    "if you can",
    "if you would",
    "if you please",
    "if possible",
    "if i may",
    "if you ask me",
    "once and for all",
    "once more",
    "straight away",
    "right away",
    "straightaway",
    "after that",
    "after all",
    "after this",
    "i don't care how",
    "i don't care",
    "don't ask",
    "for sure",
    "when it comes to",
    "make sure that",
    "make sure",
    "by all means",
];

/// Parts of a sentence that only say how much it is meant.
pub(super) const CONCESSIONS: &[&str] = &[
    "even if",
    "even though",
    "never mind the",
    "never mind our",
    "never mind their",
    "no matter",
    "whatever it",
    "whatever happens",
    "whatever the",
    "come what may",
    "like it or",
    "come hell",
];

/// Where, behind what is to be done, begins what does not change that: "cut it off even if it hurts".
pub(super) const EVEN_IF: [&str; 2] = [" even if ", " even though "];

/// Where that ends, beside at a mark.
pub(super) const NO_MORE_EVEN_IF: [&str; 4] = [" but ", " and ", " then ", " so "];

/// How a part begins that says what may come of it, if what may come is only said again: "if the jobs break they break".
pub(super) const SAID_AGAIN: [&str; 4] = ["if ", "and if ", "but if ", "so if "];

/// Who it is said of again.
pub(super) const OF_THEM: [&str; 6] = ["they", "it", "he", "she", "we", "that"];

/// What is also said for that.
pub(super) const SO_BE_IT: [&str; 6] = ["so be it", "be it so", "too bad", "tough", "that's that", "then so be it"];

/// Where, behind what is to be done, it is said why, or until or before what.
pub(super) const SUBORDINATE: &[&str] = &[
    " before ",
    " because ",
    " so that ",
    " until ",
    " till ",
    " in order to ",
    " since ",
    " otherwise ",
    " or else ",
    " while ",
    " whether ",
    " if ",
    " what ",
    " how ",
    " where ",
];

/// Negations that belong to what something is, and not to what is to be done with it: "for anything that isn't ours".
pub(super) const OF_A_THING: &[&str] = &[
    " that isn't ",
    " that is not ",
    " that aren't ",
    " that are not ",
    " that doesn't ",
    " that does not ",
    " that don't ",
    " that do not ",
    " that can't ",
    " that cannot ",
    " that nobody ",
    " that no one ",
    " that we don't ",
    " that has no ",
    " that have no ",
    " which isn't ",
    " which nobody ",
    " which no one ",
    " who isn't ",
    " who aren't ",
    " who don't ",
    " who doesn't ",
    " where nobody ",
    " where no ",
    " where not even ",
    " where even ",
    " somewhere ",
    " where they can't ",
    " where they cannot ",
    " nobody can ",
    " nobody has ",
    " nobody ordered ",
    " nobody knows ",
    " nobody uses ",
    " nobody needs ",
    " no one can ",
    " we don't ",
];

/// What stands behind "stay" where it leaves something as it is.
pub(super) const STAYING: &[&str] =
    &["up", "open", "on", "running", "connected", "working", "online", "reachable", "where", "put", "as", "available", "what"];

/// What stands somewhere behind "keep" where it does; "keep a log" does not.
pub(super) const KEPT: &[&str] =
    &["up", "open", "running", "connected", "working", "online", "reachable", "going", "alive", "available", "quarantine"];

/// Words that say how, when and by whom, and so need no explanation.
pub(super) const LIGHT: &str = "tonight today now immediately immediate straight away first soon quick quickly fast please kindly gently quietly nicely \
     properly proper everybody everyone person whole again also too both only still here there more else than way time night morning afternoon evening \
     noon midnight minute hour day week half ten five six seven eight nine two three four make take put give need like thing bit lot whatever whoever \
     however whether ok okay yes well even yet over under through into onto around about down very really simply completely fully physically personally \
     urgently last long short good honest plain most much many next other another same such each every anything nothing everything nobody thanks \
     thank man guys folks let see know say tell come must may can will would should could have has had do does did got want him her them our ours mine \
     theirs his its mean least late latest early start until till while since against along together within number room hand moment mind point \
     word sure care stuff everywhere anywhere somewhere elsewhere rest ready tool procedure new itself himself herself themselves ourselves isn aren don \
     doesn didn hasn haven wasn friday saturday sunday monday tuesday wednesday thursday m";
