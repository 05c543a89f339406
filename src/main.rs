use hotwash::exercise::Exercise;
use hotwash::scenario::{compile, load, source::Opening};
fn main() {
    // Temporary: plays the scenario with nobody.
    let loaded = load::load(&Opening::find(&std::env::args().nth(1).unwrap()).unwrap());
    for d in loaded.diagnostics.iter() {
        println!("{:?} {} {}", d.code, d.found, d.expected);
    }
    let files: std::collections::BTreeMap<String, String> = loaded.sources.files().iter().map(|f| (f.name.clone(), f.text.clone())).collect();
    let program = match compile::compile(&loaded.sheet, &Default::default(), &files, "x") {
        Ok(p) => std::sync::Arc::new(p),
        Err(problems) => {
            for p in problems {
                println!("{:?} {}", loaded.sources.position(p.at), p.message);
            }
            return;
        }
    };
    for seed in 1..=3 {
        let mut exercise = Exercise::new(program.clone(), seed);
        let begin = std::time::Instant::now();
        exercise.advance(program.public.endex).unwrap();
        let took = begin.elapsed();
        let mut kinds = std::collections::BTreeMap::new();
        for h in exercise.ledger().iter() {
            *kinds.entry(h.fact.name()).or_insert(0) += 1;
        }
        println!("seed {seed}: {} events, {} facts, {} {:?} {:?}", exercise.events(), exercise.ledger().len(), exercise.hash(), took, kinds);
        if seed == 1 || std::env::args().nth(2).is_some() {
            for h in exercise.ledger().iter() {
                use hotwash::vocabulary::Fact;
                if let Fact::Adversary(f) = h.fact
                    && !matches!(f, hotwash::vocabulary::adversary::Fact::Trace { .. })
                {
                    let mut s = String::new();
                    f.visit(|n, v| {
                        if let hotwash::vocabulary::encoding::Field::Id(k, i) = v {
                            let id = match k {
                                hotwash::ids::IdKind::Stage => program.secret.stages[i as usize].id.clone(),
                                hotwash::ids::IdKind::Asset => program.public.assets[i as usize].id.clone(),
                                _ => format!("{i}"),
                            };
                            s += &format!(" {n}={id}")
                        } else {
                            s += &format!(" {n}={v:?}")
                        }
                    });
                    println!("{} {} {}{}", program.public.calendar.label(h.at), h.at, f.name(), s);
                }
            }
        }
    }
}
