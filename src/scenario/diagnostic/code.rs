//! The table of codes. A number is never used again for something else.

/// How severe a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The scenario cannot be played, or not as its author thinks.
    Error,
    /// Playable, but probably not what was meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// In lower case, as in JSON.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($(#[$pass_doc:meta])* $pass:ident { $($(#[$doc:meta])* $name:ident = $number:literal, $severity:ident;)* })*) => {
        /// The passes that find things, in the order in which they run.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Pass { $($(#[$pass_doc])* $pass),* }

        /// What kind of finding it is. The number (`HW0101`) is stable: its first two digits are the pass.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code { $($($(#[$doc])* $name),*),* }

        impl Code {
            /// All codes, in order.
            pub const ALL: &'static [Code] = &[$($(Code::$name),*),*];

            /// The stable number: `"HW0101"`.
            pub fn number(self) -> &'static str {
                match self { $($(Code::$name => $number),*),* }
            }

            /// How severe findings of this kind are.
            pub fn severity(self) -> Severity {
                match self { $($(Code::$name => Severity::$severity),*),* }
            }

            /// The pass that finds it.
            pub fn pass(self) -> Pass {
                match self { $($(Code::$name => Pass::$pass),*),* }
            }
        }
    };
}

codes! {
    /// Letters and brackets, before anything is read.
    Lexical {
        /// A byte-order mark at the beginning.
        ByteOrderMark = "HW0101", Note;
        /// Spaces that are none: non-breaking, thin, zero-width.
        OddSpace = "HW0102", Note;
        /// Quotation marks of a word processor around a text.
        CurlyQuotes = "HW0103", Warning;
        /// Quotation marks of a word processor that cannot be mended.
        CurlyQuotesUnclear = "HW0104", Error;
        /// A backslash that means a tab or a line end where a path was meant.
        PathEscape = "HW0105", Warning;
        /// A backslash before a letter that means nothing.
        UnknownEscape = "HW0106", Error;
        /// A control character, or one that reverses text.
        ControlCharacter = "HW0107", Error;
        /// Not UTF-8.
        NotUtf8 = "HW0108", Error;
        /// A bracket that is never closed.
        Unclosed = "HW0109", Error;
        /// A closing bracket without its opener.
        Unopened = "HW0110", Error;
        /// A text without its closing quotation mark.
        UnclosedText = "HW0111", Error;
        /// A comment that is never closed.
        UnclosedComment = "HW0112", Error;
        /// A missing comma.
        MissingComma = "HW0113", Error;
        /// `=` for `:`, or `;` for `,`.
        WrongSeparator = "HW0114", Error;
        /// Brackets nested too deep.
        TooDeep = "HW0115", Error;
        /// Too many values in a file.
        TooManyValues = "HW0116", Error;
        /// A file is too large.
        TooLarge = "HW0117", Error;
        /// A line of the kind `#![enable(..)]`.
        Attribute = "HW0118", Warning;
        /// The name of a field in quotation marks.
        QuotedName = "HW0119", Error;
        /// Lines that end in a carriage return alone.
        LineEnds = "HW0120", Error;
        /// Bytes that are zero: not a text.
        NulBytes = "HW0121", Error;
        /// A character in a text that cannot be seen and that no script needs.
        InvisibleCharacter = "HW0122", Error;
    }
    /// The files of a scenario.
    Files {
        /// A part that does not exist or cannot be read.
        PartMissing = "HW0201", Error;
        /// A path that leaves the scenario's folder.
        PartOutside = "HW0202", Error;
        /// Parts that name one another in a circle.
        PartLoop = "HW0203", Error;
        /// A part named twice.
        PartTwice = "HW0204", Warning;
        /// A file of the library that does not exist.
        LibraryMissing = "HW0205", Error;
        /// All files together are too large, or too many.
        ClosureTooLarge = "HW0206", Error;
        /// A file that a text refers to does not exist or cannot be read.
        ArtefactMissing = "HW0207", Error;
        /// A single value of the head that two files give.
        GivenTwice = "HW0208", Error;
        /// The version of the format is missing or another.
        Format = "HW0209", Error;
        /// Something every scenario needs is missing from its head.
        HeadMissing = "HW0210", Error;
        /// An id of a scenario that cannot be typed on a command line.
        ScenarioId = "HW0211", Error;
        /// The file is empty.
        EmptyFile = "HW0212", Error;
        /// More of one kind of thing than a scenario may have; the bounds are in `scenario::bounds`.
        TooMany = "HW0213", Error;
        /// A file of the scenario itself where something to be looked at belongs.
        ArtefactIsPart = "HW0214", Error;
    }
    /// Reading values.
    Reading {
        /// Not RON.
        Syntax = "HW0301", Error;
        /// A field that this thing does not have.
        UnknownField = "HW0302", Error;
        /// A field that is missing.
        MissingField = "HW0303", Error;
        /// A field that is given twice.
        FieldTwice = "HW0304", Error;
        /// A word that is none of those possible here.
        UnknownVariant = "HW0305", Error;
        /// A value of the wrong type.
        WrongType = "HW0306", Error;
        /// A text that is not in the form it should be in: a span, a moment, an amount.
        WrongForm = "HW0307", Error;
        /// A number outside the bounds of its field.
        NumberBounds = "HW0308", Error;
        /// So much is wrong with a file that reading it was given up.
        GivenUp = "HW0309", Error;
    }
    /// Ids and references.
    References {
        /// A reference to something that is not defined.
        UnknownId = "HW0401", Error;
        /// A reference to something of another kind.
        WrongKind = "HW0402", Error;
        /// An id that is no word.
        OddId = "HW0403", Error;
        /// A number beyond the count of alike machines.
        NumberedBeyond = "HW0404", Error;
        /// A choice that its gate does not have.
        UnknownChoice = "HW0405", Error;
        /// The target of an order is not of the kind that its verb asks for.
        WrongTarget = "HW0406", Error;
        /// A sender that looks like an id and is none.
        UnknownSender = "HW0407", Note;
    }
    /// Ids used twice.
    Duplicates {
        /// An id defined twice within its kind.
        DefinedTwice = "HW0501", Error;
        /// An id defined in two kinds that are named together.
        DefinedTogether = "HW0502", Error;
        /// A choice defined twice in a gate.
        ChoiceTwice = "HW0503", Error;
        /// The same thing listed twice.
        ListedTwice = "HW0504", Warning;
    }
    /// Times, durations and numbers.
    Times {
        /// STARTEX or ENDEX cannot be read.
        ExerciseBounds = "HW0601", Error;
        /// ENDEX is not after STARTEX, or too far.
        EndBeforeStart = "HW0602", Error;
        /// A moment outside the exercise.
        OutsideExercise = "HW0603", Error;
        /// Something of the past that does not lie before STARTEX.
        PastNotPast = "HW0604", Error;
        /// Moves that open out of order.
        MoveOrder = "HW0605", Error;
        /// A duration that is zero or negative where time must pass.
        NoDuration = "HW0606", Error;
        /// A duration that can hardly be meant.
        AbsurdDuration = "HW0607", Warning;
        /// A percentage above 100.
        Percent = "HW0608", Error;
        /// A number that must be at least one.
        ZeroCount = "HW0609", Error;
        /// A span of which the longer end comes first.
        RangeInverted = "HW0610", Error;
        /// A number outside its scale.
        OffScale = "HW0611", Error;
        /// An inject that fires after its move is over.
        AfterItsMove = "HW0612", Warning;
        /// Something whose time is up only after ENDEX.
        EndsAfterEndex = "HW0613", Warning;
        /// Money in two currencies.
        TwoCurrencies = "HW0614", Error;
        /// A time zone that the table of names does not have.
        UnknownZone = "HW0615", Warning;
        /// A change of the clocks that cannot be.
        ClockChange = "HW0616", Error;
        /// A time of day that the clocks leave out when they go forward.
        LeftOutHour = "HW0617", Error;
        /// A time of day that comes twice when the clocks go back.
        HourTwice = "HW0618", Note;
    }
    /// Conditions.
    Conditions {
        /// A condition that can never hold.
        NeverHolds = "HW0701", Error;
        /// A `Not` without a deadline.
        NotWithoutDeadline = "HW0702", Error;
        /// A condition that waits for itself.
        WaitsForItself = "HW0703", Error;
        /// `choice` and `not` together.
        ChoiceAndNot = "HW0704", Error;
        /// A condition that always holds.
        AlwaysHolds = "HW0705", Warning;
        /// A condition that only facilitators could make true.
        ByHandOnly = "HW0706", Note;
    }
    /// Injects and voices.
    Injects {
        /// Addressed to nobody.
        NobodyAddressed = "HW0801", Error;
        /// Neither a text nor a file.
        NothingToSee = "HW0802", Error;
        /// `or_else` names an inject that does not fire `Instead`.
        OrElseNotInstead = "HW0803", Error;
        /// An inject that fires `Instead` and that nobody names.
        InsteadUnnamed = "HW0804", Error;
        /// A picture without words.
        PictureWithoutWords = "HW0805", Error;
        /// An inject of the deck that waits for a move to open.
        DeckNeedsHand = "HW0806", Error;
    }
    /// Gates.
    Gates {
        /// `if_nobody_decides` is none of the choices.
        DefaultChoice = "HW0901", Error;
        /// Fewer than two choices.
        FewChoices = "HW0902", Error;
        /// Nobody decides it.
        NobodyDecides = "HW0903", Error;
        /// A gate that opens by a rule which is not for gates.
        GateOpens = "HW0904", Error;
    }
    /// What there is to know.
    Claims {
        /// A claim nobody can learn.
        NobodyLearns = "HW1001", Error;
        /// More claims than a facilitator can tick.
        TooManyClaims = "HW1002", Warning;
        /// A claim that becomes true by a stage which cannot happen.
        NeverTrue = "HW1003", Error;
        /// Something said of a claim twice, differently.
        SaysBoth = "HW1004", Error;
    }
    /// Objectives, targets, criteria.
    Rubric {
        /// A target that no criterion measures.
        Unmeasured = "HW1101", Error;
        /// No points, or too many.
        Points = "HW1102", Error;
        /// `full` and `none` the wrong way round.
        CurveInverted = "HW1103", Error;
        /// A capability that nothing counts for.
        NoCapability = "HW1104", Note;
        /// A judgement that nobody reviewed.
        Unreviewed = "HW1105", Note;
        /// A criterion that can never be earned.
        NeverEarned = "HW1106", Error;
        /// Too few points rest on outcome, knowledge or time.
        MerePresence = "HW1107", Warning;
        /// An objective without targets.
        NoTargets = "HW1108", Error;
    }
    /// The adversary.
    Campaign {
        /// A stage whose needs nothing can meet.
        NeedsUnmet = "HW1201", Error;
        /// A campaign without a goal.
        NoGoal = "HW1202", Error;
        /// No way in.
        NoEntry = "HW1203", Error;
        /// Stages that wait for one another.
        StagesWait = "HW1204", Error;
        /// A trace that no sensor could see.
        NobodyWatches = "HW1205", Note;
        /// Something of the past that what came before it does not allow.
        PastImpossible = "HW1206", Error;
        /// A stage that has to come before something past.
        BeforePast = "HW1207", Error;
        /// The adversary told twice how to react.
        ReactionTwice = "HW1208", Error;
        /// A past that leaves more traces than can be laid down.
        PastTooWide = "HW1209", Error;
    }
    /// Assets, data, services.
    Estate {
        /// A service that rests on nothing.
        RestsOnNothing = "HW1301", Error;
        /// Services that rest on one another.
        ServiceLoop = "HW1302", Error;
        /// Several alike without a number in their name.
        NotNumbered = "HW1303", Error;
        /// A group without members.
        EmptyGroup = "HW1304", Error;
        /// Groups that hold one another.
        GroupLoop = "HW1305", Error;
        /// A link that leads nowhere.
        LinkNowhere = "HW1306", Error;
        /// Two machines of the same name.
        SameName = "HW1307", Error;
        /// A login that opens nothing.
        LoginOpensNothing = "HW1308", Error;
        /// A sensor that sees nothing.
        SensorBlind = "HW1309", Error;
        // HW1310 was too many machines; HW0213 is for all kinds of things now.
        /// A backup that cannot restore, or a store that claims to.
        BackupUnclear = "HW1311", Warning;
        /// Labour that the actions ask for and nobody has.
        NobodyCan = "HW1312", Warning;
        /// A group that holds one which stands further down.
        GroupOrder = "HW1313", Error;
    }
    /// MITRE ATT&CK.
    Attack {
        /// An id that this version does not have.
        NotInAttack = "HW1401", Error;
        /// Another version than the one that is checked against.
        AttackVersion = "HW1402", Warning;
        /// A technique whose name is another in this version.
        AttackName = "HW1403", Warning;
    }
    /// Ground truth in what players see.
    Spoilers {
        /// An id of a stage, a technique, or what the adversary wants.
        TruthShown = "HW1501", Error;
        /// The name of a technique.
        TechniqueNamed = "HW1502", Warning;
        /// The debrief's sentence on a stage, word for word.
        DebriefShown = "HW1503", Error;
    }
    /// Names and answers.
    Variables {
        /// A variable that is not declared.
        Undeclared = "HW1601", Error;
        /// A name of the example written out.
        NameWrittenOut = "HW1602", Warning;
        /// A declared variable that nothing uses.
        Unused = "HW1603", Note;
        /// A notification rule without what starts its clock.
        RuleWithoutStart = "HW1604", Error;
        /// A regulator without a rule.
        RegulatorWithoutRule = "HW1605", Warning;
        /// An answer that changes nothing.
        AnswerWithoutEffect = "HW1606", Warning;
        /// An answer that contradicts the past without a `despite`.
        Contradiction = "HW1607", Error;
        /// A variable without an example.
        EmptyExample = "HW1608", Error;
        /// A profile that leaves a name as it was.
        ProfileLeaves = "HW1609", Warning;
        /// A profile for another scenario.
        ProfileElsewhere = "HW1610", Error;
        /// A brace that opens no variable.
        OddBrace = "HW1611", Warning;
        /// A name inside another name's value.
        NestedVariable = "HW1612", Error;
        /// Named by two values or answers of a profile.
        ProfileTwice = "HW1613", Error;
    }
    /// Ways to play it in a given time.
    Cuts {
        /// No opening.
        NoOpening = "HW1701", Error;
        /// A hotwash of less than twenty minutes.
        ShortHotwash = "HW1702", Error;
        /// More talk than time.
        OverTime = "HW1703", Error;
        /// More than two injects in twenty minutes.
        CrowdedInjects = "HW1704", Warning;
        /// More than two gates in twenty minutes.
        CrowdedGates = "HW1705", Warning;
        /// A role that no inject, question or gate of a move addresses.
        RoleIdle = "HW1706", Warning;
        /// A kept objective that nothing measures any more.
        ObjectiveUnmeasured = "HW1707", Error;
        /// Something waits for what was left out.
        TellerLeftOut = "HW1708", Error;
        /// Moves out of order.
        CutOrder = "HW1709", Error;
        /// A cut that leaves out something of a move it does not play.
        LeavesOutAbsent = "HW1710", Note;
        /// The parts do not make up what the cut's name says.
        CutName = "HW1711", Warning;
        /// No way to play it.
        NoCut = "HW1712", Error;
    }
    /// What lies above the depth.
    Depths {
        /// Something that needs a deeper rung.
        AboveDepth = "HW1801", Error;
        /// The depth asks for something that is missing.
        BelowDepth = "HW1802", Error;
    }
    /// Roles and people.
    People {
        /// A deputy of oneself.
        OwnDeputy = "HW1901", Error;
        /// An action that nobody may order.
        NobodyMay = "HW1902", Error;
        /// A stakeholder that must hear and that no statement reaches.
        NobodyTells = "HW1903", Warning;
        /// The role of a plan's step, gate or choice may not order what it says.
        MayNot = "HW1904", Error;
    }
    /// Files of orders.
    Orders {
        /// Orders out of order.
        OrdersBackwards = "HW2001", Warning;
    }
    /// Turning what was written into what is played.
    Compiling {
        /// Something that compiling cannot resolve, and that no pass before it named.
        DoesNotCompile = "HW2101", Error;
        /// An order that cannot be read as a command.
        OrderUnreadable = "HW2102", Error;
    }
    /// About the list of findings.
    List {
        /// There are more findings, errors among them.
        MoreErrors = "HW9901", Error;
        /// There are more findings, no errors among them.
        MoreFindings = "HW9902", Note;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_unique_rise_and_belong_to_one_pass() {
        let numbers: Vec<&str> = Code::ALL.iter().map(|code| code.number()).collect();
        assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
        for pair in Code::ALL.windows(2) {
            assert_eq!(pair[0].number()[2..4] == pair[1].number()[2..4], pair[0].pass() == pair[1].pass());
        }
    }
}
