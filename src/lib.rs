//! Hotwash plays a cyber breach on a clock, takes the decisions of the people in the room, and shows what each decision was worth.
//!
//! # The one idea
//!
//! An exercise is a pure function: `(rules, scenario, setup, seed, commands) -> facts`. A *scenario* is what an author wrote in RON; a *command*
//! is one thing somebody decided to do, stamped with exercise time; a *fact* is one thing that happened. Everything people see is a reading of
//! facts, or of what a role has been told:
//!
//! ```text
//! *.ron --load, check--> Sheet --compile--> Program --.
//!                                                     v
//! people, policies --Order--> Exercise (bevy; discrete events) --Fact--> Ledger --> measures --> assessment --> debrief
//!                         |
//!                     Knowledge, per role --View--> policies, terminal
//! ```
//!
//! # The rooms
//!
//! A module may use only what stands above it. The order is what matters; `tests/all/tidy.rs` holds it.
//!
//! | module | what lives there | knows nothing of |
//! |---|---|---|
//! | [`time`], [`ids`], [`chance`] | exercise time in whole seconds; dense ids and causal keys; keyed draws | everything else |
//! | [`vocabulary`] | a file per domain with its commands, facts and observations as plain data; the ledger; conditions and measures over facts | bevy |
//! | [`scenario`] | what an author writes; loading, checking and compiling it to a [`scenario::program::Program`] | bevy, the simulation |
//! | [`exercise`] | the simulation: a room per domain, orders in, facts out, knowledge per role | files, wall clock, threads, screens |
//! | [`policy`] | programs that play roles, through the same door as people | ground truth |
//! | [`assessment`] | facts and rubric to criteria, ratings, reasons | bevy, screens |
//! | [`journal`] | the record: format, chain, reading, replay | screens |
//! | [`session`] | a running exercise: its mode, the room's records, the facilitator's directions, going back, going on after a crash | screens, files, the wall clock |
//! | [`debrief`] | the after-action model and its renderers | the running simulation |
//! | [`paper`] | what is printed for a room: the facilitator's book, the players' papers | the simulation, screens |
//! | [`files`] | files: written whole or not at all; the file of a journal, held by whoever writes it | the simulation, screens |
//! | `desktop` | the application: screens as data and drawing, and the window that carries them (features `panels` and `desktop`) | ground truth in a player's seat and on the projector; the facilitator's console and the debrief may show it |
//! | [`cli`] | one file a subcommand; the only place that prints and exits | |
//!
//! (`vocabulary` and `scenario` know each other's plain data: a fact names a kind of record that the format declares, and a compiled scenario
//! holds conditions. Neither calls the other's functions to decide anything.)
//!
//! ## Inside `exercise`
//!
//! | room | holds | people order |
//! |---|---|---|
//! | [`exercise::agenda`] | what is due, by (time, lane, order of entry) | |
//! | [`exercise::estate`] | machines, logins, links, segments, backups; `can_reach`, the one home of "isolation stops spread" | |
//! | [`exercise::adversary`] | a campaign: footholds, logins, stages, reaction to being noticed | |
//! | [`exercise::detection`] | sensors, alerts, noise | acknowledge, triage, dismiss, watch, block, tune |
//! | [`exercise::investigation`] | findings, evidence, beliefs | query, hunt, capture, image, conclude |
//! | [`exercise::response`] | containment, eradication, recovery | isolate, disable, cut, clean, rebuild, restore, secure |
//! | [`exercise::team`] | staff, tasks, fatigue, vendors | call in, engage |
//! | [`exercise::incident_command`] | declaration, gates, briefings, moves | declare, decide, brief |
//! | [`exercise::communication`] | statements and their claims, stakeholders and their trust | ask, sign off, publish |
//! | [`exercise::compliance`] | notification clocks, legal hold | determine, notify, preserve |
//! | [`exercise::continuity`] | service levels, workarounds | invoke, stand down, put first |
//! | [`exercise::documentation`] | the incident log | log, report |
//! | [`exercise::injects`] | the running order and its voices | |
//! | [`exercise::direction`] | what a facilitator can do to all of them: fire, hold, skip, take back, reword, make up, hint, tell, override, let it be assumed | |
//! | [`exercise::ablation`] | leaving one of them out, for the test that none is an ornament | |
//! | *awareness* | not built yet: lures, staff behaviour, the drill | |
//!
//! # What is promised, and where it is held
//!
//! - **A domain writes only its own state.** A handler has `&mut` of its own room, `&` of others, and an [`exercise::outbox::Outbox`]. What one
//!   room's facts set off in another is listed in one function there, `consequences`.
//! - **Nobody is told the truth.** A [`exercise::knowledge::View`] borrows one role's knowledge and the public tables, sees who is at the role's own
//!   work and how tired people are, and cannot name anything else; [`exercise::quote`] reads only it. `tests/all/spoilers.rs` perturbs what nothing
//!   can observe and compares every view, quote, offer and refusal.
//! - **Chance is keyed.** A draw is a pure function of (seed, key, purpose, n), made at the instant it matters; keys are causal, never a time or
//!   a counter of unrelated things. The same act at 02:10 and at 03:25 has the same luck.
//! - **Same input, same hash**: in debug and release, in a fresh and a reused world, on any thread. The hash covers the encoding of
//!   [`vocabulary::encoding`], never a text format or the order of an enum. [`exercise::RULES`] rises whenever a golden hash changes.
//! - **A session is its inputs.** A replay ([`journal::replay`]) gives every recorded order again, those of policies as well, and asks no policy
//!   anything. Going back ([`session::Session::rewind`]) and going on after a crash ([`session::Session::resume`]) are one other mechanism: what
//!   people did, in order, is done again, and policies play again beside it; one that orders otherwise than its journal says is a named fault.
//! - **The facilitator's hand shows.** A direction is a fact; what rests on it, by its causes, is not evaluated; nor is what a hint helped with, even
//!   after play went back.
//! - **A scenario never changes in play.** Words and injects of a facilitator's are laid over it ([`scenario::overlay`]): the program that is played has
//!   them where everybody looks, and says whose they are; files, identity and the program as compiled stay what they are.
//! - **A role is nobody's own.** Who sits where can change while play runs ([`session::Session::seat`]); what a role knows stays with the role, and
//!   going back moves the story, not the people. What somebody privately thinks of a decision is shown to nobody before it is recorded.
//! - **Nothing is computed between events.** Waiting four hours costs nothing; nothing is polled.
//! - **Bad input is told, not suffered.** Loading never stops at the first problem, never panics, and bounds what it reads; see
//!   [`scenario::load`] and [`scenario::check`].
//!
//! # What the simulation assumes
//!
//! Numbers that were neither measured nor published are assumptions of this project and named as such where they stand: how tired people are
//! slower (`exercise/team.rs`), how often triage is right (`exercise/detection.rs`), how often looking finds (`exercise/investigation.rs`), how
//! often cleaning misses (`exercise/response.rs`), what a relay costs the adversary (`exercise/adversary/choice.rs`) and how soon it notices that
//! something has become possible (`exercise/adversary/mod.rs`), that a workaround does not renew itself and that a mail server without a way out
//! does half of its work (`exercise/continuity.rs`), at which level a service counts as resumed (`scenario/program.rs`), how often and how long
//! simulated colleagues miss things (`policy/simulated.rs`). The debrief's model card
//! lists what the scenario assumes beside them.

pub mod assessment;
pub mod chance;
pub mod cli;
pub mod debrief;
#[cfg(feature = "panels")]
pub mod desktop;
pub mod exercise;
pub mod files;
pub mod ids;
pub mod journal;
pub mod paper;
pub mod policy;
pub mod scenario;
pub mod session;
pub mod time;
pub mod vocabulary;
