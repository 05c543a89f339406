use hotwash::scenario::{located, reference, written::Sheet};
fn main() {
    // Temporary: reads sheets and reports what does not parse or resolve.
    let files: Vec<String> = std::env::args().skip(1).collect();
    let mut mentions = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let text = std::fs::read_to_string(file).unwrap();
        let (sheet, found) = reference::collecting(|| located::reading(index as u16, &text, || located::ron_options().from_str::<Sheet>(&text)));
        if let Err(error) = sheet {
            println!("{file}:{error}");
        }
        mentions.extend(found);
    }
    for mention in mentions.iter().filter(|m| !m.defines && !m.words.contains(&m.text.as_str())) {
        let base = mention.text.rsplit_once('-').filter(|(_, n)| n.bytes().all(|b| b.is_ascii_digit())).map(|(b, _)| b).unwrap_or("");
        if !mentions.iter().any(|d| d.defines && (d.text == mention.text || d.text == base) && mention.kinds.contains(&d.kinds[0])) {
            println!("{}@{}: no {:?} `{}`", files[mention.at.file as usize], mention.at.offset, mention.kinds, mention.text);
        }
    }
}
