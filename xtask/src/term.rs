//! The look of the output: headings, commands, tables, durations. Colour only on a terminal.

use std::io::{IsTerminal, stdout};
use std::sync::LazyLock;
use std::time::Duration;

static COLOR: LazyLock<bool> = LazyLock::new(|| {
    stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
});

/// Whether colour is wanted.
pub(crate) fn has_color() -> bool {
    *COLOR
}

fn paint(code: &str, text: &str) -> String {
    if has_color() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

pub(crate) fn bold(text: &str) -> String {
    paint("1", text)
}

pub(crate) fn dim(text: &str) -> String {
    paint("2", text)
}

pub(crate) fn green(text: &str) -> String {
    paint("32", text)
}

pub(crate) fn red(text: &str) -> String {
    paint("31", text)
}

/// A line that opens a step.
pub(crate) fn heading(text: &str) {
    println!("\n{}", bold(text));
}

/// The command that runs next.
pub(crate) fn command(line: &str) {
    println!("{}", dim(&format!("$ {line}")));
}

/// What is left out, in one sentence.
pub(crate) fn note(sentence: &str) {
    println!("{sentence}");
}

/// What ended the run, in one sentence.
pub(crate) fn error(sentence: &str) {
    eprintln!("\n{} {sentence}", red("error:"));
}

/// A duration as a person says it: `340 ms`, `12.4 s`, `3 min 05 s`.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0 => format!("{} ms", time.as_millis()),
        1..60 => format!("{:.1} s", time.as_secs_f64()),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// How a column of a [`table`] is laid out.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A table with a ruled heading. A cell may carry colour; a row shorter than the heading ends early.
pub(crate) fn table(columns: &[(&str, Align)], rows: &[Vec<String>]) -> String {
    let width = |index: usize| {
        let cells = rows.iter().filter_map(|row| row.get(index)).map(|cell| visible(cell));
        let title = columns.get(index).map_or(0, |(title, _)| visible(title));
        cells.chain([title]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded = cells.iter().zip(columns).zip(&widths).map(|((cell, (_, align)), width)| {
            let space = " ".repeat(width.saturating_sub(visible(cell)));
            if *align == Align::Left { format!("{cell}{space}") } else { format!("{space}{cell}") }
        });
        format!("  {}", padded.collect::<Vec<_>>().join("  ").trim_end())
    };
    let titles: Vec<String> = columns.iter().map(|(title, _)| (*title).to_owned()).collect();
    let rules: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    let head = [dim(&line(&titles)), dim(&line(&rules))];
    head.into_iter().chain(rows.iter().map(|row| line(row))).collect::<Vec<_>>().join("\n")
}

/// The columns that a text takes on a terminal: escape sequences take none.
fn visible(text: &str) -> usize {
    plain(text).chars().count()
}

/// A text without its colours.
pub(crate) fn plain(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\x1b' {
            characters.by_ref().find(|end| end.is_ascii_alphabetic());
        } else {
            kept.push(character);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_naturally() {
        assert_eq!(duration(Duration::from_millis(340)), "340 ms");
        assert_eq!(duration(Duration::from_millis(12_440)), "12.4 s");
        assert_eq!(duration(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn a_table_lines_up_whatever_its_colours() {
        let rows = vec![
            vec!["wasm".to_owned(), "9".to_owned()],
            vec!["\x1b[32mglue\x1b[0m".to_owned(), "120".to_owned()],
        ];
        let table = plain(&table(&[("file", Align::Left), ("KiB", Align::Right)], &rows));
        assert_eq!(table, "  file  KiB\n  ────  ───\n  wasm    9\n  glue  120");
    }
}
