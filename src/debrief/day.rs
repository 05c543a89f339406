//! A day of the calendar: as people type it, as a plan keeps it (`2026-12-01`), and as people read it (`Tue 1 Dec 2026`).
//!
//! What can be read in one way only is taken; what can be read in two is asked about, and never guessed: 03/04/2026 is one day in London and another
//! in Boston. Which day it is today is told by whoever asks.

use chrono::{Datelike, Days, Month, Months, NaiveDate, Weekday};

const KEPT: &str = "%Y-%m-%d";

/// The day that somebody typed, as it is kept; nothing for nothing. Days that are counted from today, or have no year, need `today`, as it is kept.
///
/// # Errors
/// It is no day, or may be one of two: what to write instead.
pub fn read(text: &str, today: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let typed = Typed { text, today: NaiveDate::parse_from_str(today, KEPT).ok() };
    typed.day().map(|day| day.format(KEPT).to_string())
}

/// A day that is kept, as people read it. What is no day stays as it is: older journals hold what was typed.
pub fn said(kept: &str) -> String {
    NaiveDate::parse_from_str(kept.trim(), KEPT).map_or_else(|_| kept.trim().to_owned(), in_words)
}

fn in_words(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// Words that are said around a day and change nothing.
const AROUND: [&str; 7] = ["of", "the", "on", "by", "until", "before", "and"];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

struct Typed<'a> {
    text: &'a str,
    today: Option<NaiveDate>,
}

impl Typed<'_> {
    fn day(&self) -> Result<NaiveDate, String> {
        let text = self.text.to_lowercase();
        let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty() && !AROUND.contains(word)).collect();
        match words.as_slice() {
            [first, rest @ ..] if !rest.is_empty() && weekday(first).is_some() => {
                let day = self.of(rest)?;
                if Some(day.weekday()) == weekday(first) {
                    Ok(day)
                } else {
                    Err(format!("\u{201c}{}\u{201d} falls on another day of the week: {}", self.text, in_words(day)))
                }
            }
            words => self.of(words),
        }
    }

    fn of(&self, words: &[&str]) -> Result<NaiveDate, String> {
        let today = || self.today.ok_or_else(|| self.unknown());
        let later = |day: Option<NaiveDate>| day.ok_or_else(|| self.unknown());
        match words {
            ["today"] => today(),
            ["tomorrow"] => later(today()?.succ_opt()),
            [day] | ["this" | "coming", day] if weekday(day).is_some() => self.ahead(day, false),
            ["next", day] if weekday(day).is_some() => self.ahead(day, true),
            ["end", "month" | "this" | "year", ..] | ["end"] => self.end_of(words),
            ["end", month] => self.end_of_month(month, None),
            ["end", month, year] => self.end_of_month(month, Some(year)),
            ["in", number, unit] | [number, unit] if amount(number).is_some() && is_unit(unit) => {
                later(counted_from(today()?, amount(number).unwrap_or(0), unit))
            }
            [day, word] | [word, day] if month(word).is_some() && day_number(day).is_some() => {
                self.without_year(day_number(day).unwrap_or(0), month(word).unwrap_or(0))
            }
            [day, word, number] | [word, day, number] if month(word).is_some() && day_number(day).is_some() => {
                // With the month as a word, two digits are a year of this century and nothing else.
                let short = plain_number(number).filter(|_| number.len() == 2).map(|short| 2000 + short as i32);
                self.date(year(number).or(short), month(word), day_number(day))
            }
            _ => self.in_numbers(&words.concat()),
        }
    }

    /// The first day of that name to come. `next Friday` said on a Monday is this week's for some and next week's for others.
    fn ahead(&self, name: &str, said_next: bool) -> Result<NaiveDate, String> {
        let (Some(today), Some(wanted)) = (self.today, weekday(name)) else { return Err(self.unknown()) };
        let days = match (7 + wanted.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7 {
            0 => 7,
            days => days,
        };
        let first = today.checked_add_days(Days::new(days.into())).ok_or_else(|| self.unknown())?;
        let second = first.checked_add_days(Days::new(7)).ok_or_else(|| self.unknown())?;
        if said_next && wanted.num_days_from_monday() > today.weekday().num_days_from_monday() {
            return Err(self.either(first, second, "write the day"));
        }
        Ok(first)
    }

    /// `end of the month`, `end of this year`.
    fn end_of(&self, words: &[&str]) -> Result<NaiveDate, String> {
        let today = self.today.ok_or_else(|| self.unknown())?;
        match words {
            ["end", "month"] | ["end", "this", "month"] => last_of(today.year(), today.month()),
            ["end", "year"] | ["end", "this", "year"] => last_of(today.year(), 12),
            _ => None,
        }
        .ok_or_else(|| self.unknown())
    }

    fn end_of_month(&self, word: &str, number: Option<&str>) -> Result<NaiveDate, String> {
        let Some(month) = month(word) else { return Err(self.unknown()) };
        let day = match (number, self.today) {
            (Some(number), _) => year(number).and_then(|year| last_of(year, month)),
            (None, Some(today)) => last_of(today.year(), month).filter(|day| *day >= today).or_else(|| last_of(today.year() + 1, month)),
            (None, None) => None,
        };
        day.ok_or_else(|| self.unknown())
    }

    /// `2026-12-01`, `1.12.2026`, `31/12/2026`: the year first, or the day first where there are dots, or in whichever order makes a day.
    fn in_numbers(&self, text: &str) -> Result<NaiveDate, String> {
        let Some(mark) = text.chars().find(|letter| ['-', '.', '/'].contains(letter)) else { return Err(self.unknown()) };
        let parts: Vec<&str> = text.trim_end_matches('.').split(mark).collect();
        let numbers: Option<Vec<u32>> = parts.iter().map(|part| plain_number(part)).collect();
        let Some(numbers) = numbers else { return Err(self.unknown()) };
        match (mark, numbers.as_slice()) {
            (_, [_, month, day]) if parts[0].len() == 4 => self.date(year(parts[0]), Some(*month), Some(*day)),
            ('.', [day, month]) => self.without_year(*day, *month),
            ('.', [day, month, short]) if parts[2].len() == 2 => self.date(Some(2000 + *short as i32), Some(*month), Some(*day)),
            ('.', [day, month, _]) => self.date(year(parts[2]), Some(*month), Some(*day)),
            ('-' | '/', [one, other, _]) => {
                let year = year(parts[2]);
                self.one_of(self.date(year, Some(*other), Some(*one)), self.date(year, Some(*one), Some(*other)))
            }
            ('/', [one, other]) => self.one_of(self.without_year(*one, *other), self.without_year(*other, *one)),
            _ => Err(self.unknown()),
        }
    }

    /// The one of two readings that is a day; both, if they are the same.
    fn one_of(&self, day_first: Result<NaiveDate, String>, month_first: Result<NaiveDate, String>) -> Result<NaiveDate, String> {
        match (day_first, month_first) {
            (Ok(one), Ok(other)) if one != other => Err(self.either(one, other, "write the month as a word")),
            (Ok(day), _) | (_, Ok(day)) => Ok(day),
            (Err(why), _) => Err(why),
        }
    }

    fn date(&self, year: Option<i32>, month: Option<u32>, day: Option<u32>) -> Result<NaiveDate, String> {
        let (Some(year), Some(month), Some(day)) = (year, month, day) else { return Err(self.unknown()) };
        NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| format!("The calendar has no {}", self.text))
    }

    /// The next such day, today included.
    fn without_year(&self, day: u32, month: u32) -> Result<NaiveDate, String> {
        // A 29th of February comes within eight years.
        let today = self.today.ok_or_else(|| self.unknown())?;
        let days = (today.year()..=today.year() + 8).filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        days.into_iter().find(|day| *day >= today).ok_or_else(|| format!("The calendar has no {}", self.text))
    }

    fn either(&self, one: NaiveDate, other: NaiveDate, instead: &str) -> String {
        format!("\u{201c}{}\u{201d} may be {} or {}; {instead}", self.text, in_words(one), in_words(other))
    }

    fn unknown(&self) -> String {
        format!("\u{201c}{}\u{201d} is no day; write it as 1 Dec 2026, 2026-12-01, or in 2 weeks", self.text)
    }
}

fn plain_number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|_| text.len() <= 4 && text.bytes().all(|letter| letter.is_ascii_digit()))
}

fn year(text: &str) -> Option<i32> {
    plain_number(text).filter(|_| text.len() == 4).map(|year| year as i32)
}

/// `1`, `1.`, `1st`.
fn day_number(text: &str) -> Option<u32> {
    let bare = text.trim_end_matches('.');
    plain_number(["st", "nd", "rd", "th"].iter().find_map(|ending| bare.strip_suffix(ending)).unwrap_or(bare)).filter(|day| (1..=31).contains(day))
}

/// A month by its name or the beginning of it: `dec`, `sept.`, `december`.
fn month(word: &str) -> Option<u32> {
    (1..=12_u8).find(|month| Month::try_from(*month).is_ok_and(|month| begins(&month.name().to_lowercase(), word))).map(u32::from)
}

fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.into_iter().find(|(name, _)| begins(name, word)).map(|(_, day)| day)
}

fn begins(name: &str, word: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.len() >= 3 && name.starts_with(word)
}

fn amount(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    match word {
        "a" | "an" => Some(1),
        word => WORDS.iter().position(|known| *known == word).map(|place| place as u32 + 1).or_else(|| plain_number(word)),
    }
}

fn is_unit(word: &str) -> bool {
    ["day", "week", "month", "year"].contains(&word.trim_end_matches('s'))
}

fn counted_from(today: NaiveDate, number: u32, unit: &str) -> Option<NaiveDate> {
    match unit.trim_end_matches('s') {
        "day" => today.checked_add_days(Days::new(number.into())),
        "week" => today.checked_add_days(Days::new(u64::from(number) * 7)),
        "month" => today.checked_add_months(Months::new(number)),
        _ => today.checked_add_months(Months::new(number * 12)),
    }
}

fn last_of(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Sunday.
    const TODAY: &str = "2026-11-22";

    #[test]
    fn a_day_is_read_as_people_write_it() {
        for (text, day) in [
            ("", ""),
            (" 2026-12-01 ", "2026-12-01"),
            ("2026/12/1", "2026-12-01"),
            ("1.12.2026", "2026-12-01"),
            ("01.12.26", "2026-12-01"),
            ("1. 12. 2026", "2026-12-01"),
            ("1.12.", "2026-12-01"),
            ("1 Dec 2026", "2026-12-01"),
            ("1st of December, 2026", "2026-12-01"),
            ("1. dec. 2026", "2026-12-01"),
            ("December 1, 2026", "2026-12-01"),
            ("1 Dec 26", "2026-12-01"),
            ("Tue 1 Dec 2026", "2026-12-01"),
            ("by Tuesday, 1 December", "2026-12-01"),
            ("12 December", "2026-12-12"),
            ("Sept 3rd", "2027-09-03"),
            ("22 November", "2026-11-22"),
            ("21 November", "2027-11-21"),
            ("29 Feb", "2028-02-29"),
            ("31/12/2026", "2026-12-31"),
            ("12/31/2026", "2026-12-31"),
            ("05-05-2027", "2027-05-05"),
            ("31/12", "2026-12-31"),
            ("today", "2026-11-22"),
            ("Tomorrow", "2026-11-23"),
            ("in 2 weeks", "2026-12-06"),
            ("in two weeks", "2026-12-06"),
            ("10 days", "2026-12-02"),
            ("in a month", "2026-12-22"),
            ("in 1 year", "2027-11-22"),
            ("Friday", "2026-11-27"),
            ("sunday", "2026-11-29"),
            ("next Friday", "2026-11-27"),
            ("end of December", "2026-12-31"),
            ("end of Feb 2028", "2028-02-29"),
            ("end of October", "2027-10-31"),
            ("the end of the month", "2026-11-30"),
            ("end of this year", "2026-12-31"),
        ] {
            assert_eq!(read(text, TODAY), Ok(day.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_may_be_two_days_is_asked_about_in_words() {
        let why = read("03/04/2026", TODAY).unwrap_err();
        assert!(why.contains("Fri 3 Apr 2026 or Wed 4 Mar 2026"), "{why}");
        assert!(read("3-4-2026", TODAY).is_err() && read("03/04", TODAY).is_err());
        // Said on a Monday, it is the one of this week or of the next; said on a Sunday, there is only one.
        let why = read("next Friday", "2026-11-23").unwrap_err();
        assert!(why.contains("Fri 27 Nov 2026 or Fri 4 Dec 2026"), "{why}");
    }

    #[test]
    fn what_is_no_day_is_refused_and_says_what_to_write() {
        for text in [
            "soon",
            "next week",
            "2026-02-30",
            "31 November",
            "30.2.2027",
            "1.13.2026",
            "2026",
            "12",
            "1 Dec 6",
            "1/12/26",
            "20266-01-01",
            "in 9 lives",
            "end",
        ] {
            assert!(read(text, TODAY).is_err(), "{text}");
        }
        assert!(read("soon", TODAY).unwrap_err().contains("1 Dec 2026"));
        let why = read("Mon 1 Dec 2026", TODAY).unwrap_err();
        assert!(why.contains("Tue 1 Dec 2026"), "{why}");
        assert!(read("in 2 weeks", "").is_err() && read("1 Dec 2026", "").is_ok(), "only what counts from today needs today");
    }

    #[test]
    fn what_is_said_back_is_read_as_the_same_day() {
        for kept in ["2026-12-01", "2027-02-28", "2028-02-29", "2031-05-05"] {
            assert_eq!(read(&said(kept), TODAY), Ok(kept.to_owned()));
        }
        assert_eq!(said("2026-12-01"), "Tue 1 Dec 2026");
        assert_eq!((said(""), said("as soon as possible")), (String::new(), "as soon as possible".to_owned()));
    }
}
