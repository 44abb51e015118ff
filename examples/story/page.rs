//! The page that the story is written on: who, what, and what came of it, in columns of at most 100 characters.

/// Where the columns start, and where the page ends.
const WHO: usize = 2;
const WHAT: usize = 11;
const CAME: usize = 52;
const END: usize = 100;

/// What a line of the last column says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Something is so from now on.
    Added,
    /// Something is no longer so.
    Removed,
    /// Something is otherwise.
    Changed,
    /// The command was refused.
    Refused,
    /// What a preview says.
    Foreseen,
    /// Nothing came of it, or more about the line above.
    Aside,
    /// The story expected another answer.
    Surprise,
}

impl Mark {
    /// The sign, and the colour of the sign and of the text (as in `ESC[32m`).
    fn look(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Mark::Added => ("+", "32", ""),
            Mark::Removed => ("−", "35", ""),
            Mark::Changed => ("~", "36", ""),
            Mark::Refused => ("✗", "33", "33"),
            Mark::Foreseen => ("›", "36", ""),
            Mark::Aside => (" ", "", "2"),
            Mark::Surprise => ("!", "31", "31"),
        }
    }
}

/// One line of the last column.
pub(crate) struct Line {
    pub(crate) mark: Mark,
    pub(crate) text: String,
}

impl Line {
    pub(crate) fn new(mark: Mark, text: impl Into<String>) -> Self {
        Self { mark, text: text.into() }
    }
}

/// The text so far.
pub(crate) struct Page {
    pub(crate) text: String,
    color: bool,
}

impl Page {
    pub(crate) fn new(color: bool) -> Self {
        Self { text: String::new(), color }
    }

    /// A line that opens an act.
    pub(crate) fn title(&mut self, title: &str, about: &str) {
        let taken = title.chars().chain(about.chars()).count();
        let gap = " ".repeat(END.saturating_sub(taken));
        let rule = "─".repeat(END);
        let line = [self.paint("1", title), gap, self.paint("2", about)].concat();
        self.put(&["\n", &line].concat());
        let rule = self.paint("2", &rule);
        self.put(&rule);
    }

    /// A line that opens a chapter.
    pub(crate) fn chapter(&mut self, title: &str) {
        let title = self.paint("1", title);
        self.put(&["\n", &title].concat());
    }

    /// A line of its own.
    pub(crate) fn line(&mut self, text: &str) {
        let line = self.paint("2", text);
        self.put(&line);
    }

    /// Who did what, and what came of it.
    pub(crate) fn row(&mut self, who: &str, what: &str, came: &[Line]) {
        let what = wrap(what, CAME - WHAT - 2);
        let came: Vec<String> = came.iter().flat_map(|line| self.signed(line)).collect();
        for index in 0..what.len().max(came.len()) {
            let who = if index == 0 { who } else { "" };
            let what = what.get(index).map(String::as_str).unwrap_or_default();
            let came = came.get(index).map(String::as_str).unwrap_or_default();
            let (room, space) = (pad(who, WHAT - WHO), pad(what, CAME - WHAT));
            let line = [&" ".repeat(WHO), &self.paint("1", &room), &space, came].concat();
            self.put(line.trim_end());
        }
    }

    /// A line with its sign, and those that it runs over to.
    fn signed(&self, line: &Line) -> Vec<String> {
        let (sign, sign_color, color) = line.mark.look();
        let wrapped = wrap(&line.text, END - CAME - 2);
        let signs = std::iter::once(sign).chain(std::iter::repeat(" "));
        let lines = wrapped.iter().zip(signs);
        lines
            .map(|(text, sign)| [&self.paint(sign_color, sign), " ", &self.paint(color, text)].concat())
            .collect()
    }

    fn put(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn paint(&self, code: &str, text: &str) -> String {
        let wanted = self.color && !code.is_empty() && !text.trim().is_empty();
        if wanted { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

fn pad(text: &str, width: usize) -> String {
    format!("{text:<width$}")
}

/// Lines of at most so many characters, broken between words.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().chain(word.chars()).count() < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
