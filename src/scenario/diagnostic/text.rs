//! Findings as text, with the lines they are about.

use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::{Diagnostic, Severity, is_invisible, is_unprintable};
use crate::scenario::source::Sources;

/// Whether text is coloured with terminal escapes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    /// With colours.
    On,
    /// Plain text.
    Off,
}

/// All findings, each with an excerpt of its source, followed by a line that counts them.
pub fn render_text(diagnostics: &[Diagnostic], sources: &Sources, colour: Colour) -> String {
    let theme = match colour {
        Colour::On => GraphicalTheme::unicode(),
        Colour::Off => GraphicalTheme::unicode_nocolor(),
    };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(120).with_context_lines(1).with_links(false);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let report = Report { diagnostic, excerpt: Excerpt::around(diagnostic, sources) };
        if handler.render_report(&mut out, &report).is_err() {
            // The excerpt could not be drawn; the finding must not be lost with it.
            out.push_str(&format!("{}\n", line_of(diagnostic, sources)));
        }
        out.push('\n');
    }
    let count = |severity: Severity| diagnostics.iter().filter(|d| d.severity() == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let plural = |n: usize, word: &str| if n == 1 { format!("{n} {word}") } else { format!("{n} {word}s") };
    out.push_str(&format!("{}, {}, {}\n", plural(errors, "error"), plural(warnings, "warning"), plural(notes, "note")));
    out
}

/// `file:line:column: error[HW0401]: found`.
pub fn line_of(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let (line, column) = sources.position(diagnostic.at);
    let (label, severity, number) = (sources.label(diagnostic.at.file), diagnostic.severity().label(), diagnostic.code.number());
    format!("{label}:{line}:{column}: {severity}[{number}]: {}", diagnostic.found)
}

#[derive(Debug)]
struct Report<'a> {
    diagnostic: &'a Diagnostic,
    excerpt: Excerpt,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostic.found)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.diagnostic.code.number()))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity() {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = &self.diagnostic.help;
        if help.is_empty() { None } else { Some(Box::new(help)) }
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = format!("expected {}", self.diagnostic.expected);
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(Some(label), self.excerpt.span))))
    }
}

/// The few lines around a finding, cut to a width that a terminal can show. Lines and columns stay those of the file, in characters.
#[derive(Debug)]
struct Excerpt {
    name: String,
    text: String,
    first_line: usize,
    column: usize,
    span: SourceSpan,
}

impl Excerpt {
    fn around(diagnostic: &Diagnostic, sources: &Sources) -> Excerpt {
        let at = diagnostic.at;
        let (line, column) = sources.position(at);
        let mut text = String::new();
        let mut span = SourceSpan::from((0, 0));
        let first = line.saturating_sub(1).max(1);
        for number in first..=line + 1 {
            let Some((start, content)) = sources.line(at.file, number) else { continue };
            if number == line {
                let within = (at.offset as usize).saturating_sub(start).min(content.len());
                let (cut, shift) = window(content, within);
                let from = text.len() + within - shift;
                let to = (from + (at.length as usize).max(1)).min(text.len() + cut.len());
                span = SourceSpan::from((from, to.saturating_sub(from)));
                push_printable(&mut text, cut);
            } else {
                let (cut, _) = window(content, 0);
                push_printable(&mut text, cut);
            }
            text.push('\n');
        }
        Excerpt { name: sources.label(at.file).to_owned(), text, first_line: first - 1, column: column - 1, span }
    }
}

/// At most 160 bytes of a line around an offset, and how many bytes were cut off in front.
fn window(line: &str, around: usize) -> (&str, usize) {
    const WIDTH: usize = 160;
    if line.len() <= WIDTH {
        return (line, 0);
    }
    let start = line.floor_char_boundary(around.saturating_sub(60));
    let end = line.floor_char_boundary((start + WIDTH).min(line.len()));
    (&line[start..end], start)
}

/// Replaces what must not reach a terminal by spaces of the same length in bytes, so that offsets stay.
fn push_printable(text: &mut String, line: &str) {
    for character in line.chars() {
        if is_unprintable(character) || is_invisible(character) {
            text.extend(std::iter::repeat_n(' ', character.len_utf8()));
        } else {
            text.push(character);
        }
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(&'a self, span: &SourceSpan, before: usize, after: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inner = self.text.read_span(span, before, after)?;
        // Without context it is the header that asks: it wants the column in the file, in characters.
        let column = if before == 0 && after == 0 { self.column } else { inner.column() };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            inner.data(),
            *inner.span(),
            inner.line() + self.first_line,
            column,
            inner.line_count(),
        )))
    }
}
