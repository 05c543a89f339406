//! `hotwash run --against`: where two seeds first draw something else, and what first came of it.

use serde_json::{Value, json};

use super::Trouble;
use super::play::{Casting, Game};
use super::request::{Format, Run};
use super::screen::{Screen, printable};
use super::tell::EXERCISE;
use crate::chance::{Difference, Draw, Moment, Purpose, first_difference};
use crate::debrief::narrative::Teller;
use crate::exercise::{Exercise, detection};
use crate::ids::{DenseId, SensorId};
use crate::scenario::prepare::Prepared;
use crate::scenario::program::Program;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::ledger::Happened;
use crate::vocabulary::{Fact, adversary};

/// Meaningless alerts have numbers; a sensor gives at most so many that are looked for by name.
const MOST_NOISE: u32 = 10_000;

/// Plays two seeds, and says where they part.
pub(super) fn differ(request: &Run, against: u64, prepared: &Prepared, casting: &Casting, policy: &str, screen: &mut Screen) -> Result<(), Trouble> {
    let recorded = |seed: u64| -> Result<_, Trouble> {
        let mut game = Game::recorded(prepared, seed, casting);
        game.play(&casting.commands, screen, |_, _| {})?;
        Ok(game.into_exercise())
    };
    let (one, other) = (recorded(request.seed)?, recorded(against)?);
    let program = &prepared.program;
    let draw = first_difference(one.chance().record(), other.chance().record());
    let fact = first_fact(&one, &other);
    match request.format {
        Format::Json => {
            let object = json!({
                "scenario": program.public.id,
                "policy": policy,
                "seed": request.seed,
                "against": against,
                "first_draw": draw.map(|draw| draw_in_json(program, [&one, &other], &draw)),
                "first_fact": fact.map(|facts| facts.map(|fact| fact.map(|(happened, says)| fact_in_json(program, &happened, &says)))),
            });
            screen.say(format!("{object:#}"));
        }
        Format::Text => {
            screen.say_unless_quiet(EXERCISE);
            screen.say(format!("{}: {policy}, seed {} against seed {against}", program.public.title, request.seed));
            match &draw {
                None => screen.say("Both draw the same to the end."),
                Some(draw) => say_draw(program, [&one, &other], draw, [request.seed, against], screen),
            }
            match fact {
                None => screen.say("Nothing came of it: the facts of both are the same to the end."),
                Some(facts) => {
                    screen.say("The first fact that differs:");
                    for (seed, fact) in [request.seed, against].into_iter().zip(facts) {
                        let says = fact.map_or_else(
                            || "no further fact".to_owned(),
                            |(happened, says)| format!("{}: {says}", program.public.calendar.label(happened.at)),
                        );
                        screen.say(printable(&format!("  seed {seed:<6} {says}")));
                    }
                }
            }
        }
    }
    Ok(())
}

fn say_draw(program: &Program, [one, other]: [&Exercise; 2], difference: &Difference, seeds: [u64; 2], screen: &mut Screen) {
    screen.say(format!("The first draw of chance that differs is number {}:", difference.place + 1));
    let same = difference.one.zip(difference.other).is_some_and(|(one, other)| asked(&one) == asked(&other));
    let mut about = |draw: &Draw, exercise: &Exercise| {
        screen.say(format!("  what for     {}", draw.purpose.label()));
        if let Some(about) = subject(program, exercise, draw) {
            screen.say(printable(&format!("  about        {about}")));
        }
        screen.say(format!("  when         {}", moment(program, draw.moment.at)));
    };
    if let (true, Some(draw)) = (same, difference.one) {
        about(&draw, one);
        for (seed, draw) in seeds.into_iter().zip([difference.one, difference.other]) {
            screen.say(format!("  seed {seed:<6}  {}", draw.map_or_else(String::new, |draw| draw.drawn.says())));
        }
        return;
    }
    // The same draws until here, and then another question: an earlier answer was the same and meant something else by then.
    for ((seed, exercise), draw) in seeds.into_iter().zip([one, other]).zip([difference.one, difference.other]) {
        match draw {
            None => screen.say(format!("  seed {seed}: no further draw")),
            Some(draw) => {
                screen.say(format!("  seed {seed}: {}; {}", draw.purpose.label(), draw.drawn.says()));
                if let Some(about) = subject(program, exercise, &draw) {
                    screen.say(printable(&format!("    about      {about}")));
                }
                screen.say(format!("    when       {}", moment(program, draw.moment.at)));
            }
        }
    }
}

/// What was asked, without what came.
fn asked(draw: &Draw) -> (u64, Purpose, u32, ExerciseTime) {
    (draw.key.0, draw.purpose, draw.n, draw.moment.at)
}

fn moment(program: &Program, at: ExerciseTime) -> String {
    let clock = program.public.calendar.label(at);
    match at.0 {
        0 => format!("{clock} (STARTEX)"),
        ..0 => format!("{clock} ({} before STARTEX)", Span(-at.0)),
        1.. => format!("{clock} ({} after STARTEX)", Span(at.0)),
    }
}

/// What a draw was about, in words: the sensor it belongs to, as far as its key says so, and the fact that led to it.
fn subject(program: &Program, exercise: &Exercise, draw: &Draw) -> Option<String> {
    let ledger = exercise.ledger();
    let mut teller = Teller::new(program);
    let (mut led_to_it, mut trace_key) = (None, None);
    if let Moment { fact: Some(place), .. } = draw.moment {
        for happened in ledger.iter() {
            let says = teller.tell(happened);
            if happened.seq == place {
                led_to_it = Some(says.trim_end_matches('.').to_owned());
                if let Fact::Adversary(adversary::Fact::Trace { trace, .. }) = happened.fact {
                    trace_key = Some(trace);
                }
                break;
            }
        }
    }
    let is_its = |sensor: &SensorId| {
        let name = program.names.of(*sensor);
        match draw.purpose {
            Purpose::Notice => trace_key.is_some_and(|trace| draw.key == detection::notice_key(trace, name)),
            Purpose::NoiseInterval => (0..MOST_NOISE).any(|nth| draw.key == detection::next_noise_key(name, nth)),
            Purpose::NoiseSubject => (0..MOST_NOISE).any(|nth| draw.key == detection::noise_key(name, nth)),
            _ => false,
        }
    };
    let sensor = (0..program.public.sensors.len()).map(SensorId::at).find(is_its).map(|sensor| teller.sensor(sensor).to_owned());
    match (sensor, led_to_it) {
        (Some(sensor), Some(fact)) if draw.purpose == Purpose::Notice => Some(format!("{sensor}; {fact}")),
        (Some(sensor), _) => Some(sensor),
        (None, fact) => fact,
    }
}

fn draw_in_json(program: &Program, [one, other]: [&Exercise; 2], difference: &Difference) -> Value {
    let side = |draw: Option<Draw>, exercise: &Exercise| {
        draw.map(|draw| {
            json!({
                "purpose": format!("{:?}", draw.purpose),
                "what_for": draw.purpose.label(),
                "about": subject(program, exercise, &draw),
                "at_second": draw.moment.at.0,
                "clock": program.public.calendar.label(draw.moment.at),
                "drawn": draw.drawn.says(),
            })
        })
    };
    json!({ "number": difference.place + 1, "seed": side(difference.one, one), "against": side(difference.other, other) })
}

/// The first fact in which two runs differ, told for each.
fn first_fact(one: &Exercise, other: &Exercise) -> Option<[Option<(Happened, String)>; 2]> {
    let (first, second) = (one.ledger(), other.ledger());
    let mut rest = (first.iter(), second.iter());
    let place = loop {
        match (rest.0.next(), rest.1.next()) {
            (None, None) => return None,
            (Some(here), Some(there)) if here.at == there.at && here.fact == there.fact && here.roles == there.roles => {}
            (Some(here), _) => break here.seq,
            (None, Some(there)) => break there.seq,
        }
    };
    let told = |exercise: &Exercise| {
        let program = exercise.program().clone();
        let mut teller = Teller::new(&program);
        exercise.ledger().iter().map(|happened| (*happened, teller.tell(happened))).find(|(happened, _)| happened.seq == place)
    };
    Some([told(one), told(other)])
}

fn fact_in_json(program: &Program, happened: &Happened, says: &str) -> Value {
    json!({ "at_second": happened.at.0, "clock": program.public.calendar.label(happened.at), "says": says })
}
