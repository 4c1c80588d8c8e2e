//! The result as a place to walk in: views of it on a full screen with keys, or numbered in lines.

use crate::error::{Error, Result};
use crate::terminal::full_screen::FullScreen;
use crate::terminal::screens::lines_of;
use console::Key;
use rolescope_core::Pack;
use rolescope_core::pages::ResultViews;
use rolescope_core::text::inert;
use rolescope_core::write::{Document, TextPage, TextStyle};
use std::io::{BufRead, Write};
use std::ops::Range;
use std::path::PathBuf;

/// The column in which the names of a list begin: after the mark and the figure.
const NAMES: usize = 11;

/// How a person left the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// Done with it.
    Quit,
    /// To answer what is open.
    Answer,
}

/// What the explorer can do besides showing views.
pub struct ExplorerActions<'a> {
    /// Saves the result as a page, and gives where it lies.
    pub save: &'a mut dyn FnMut() -> Result<PathBuf>,
    /// How many questions are open and can be answered now; 0 where none.
    pub open: usize,
}

/// A view of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    First,
    Role(usize),
    Why,
    Compare(usize, usize),
    Profile,
    Map,
    /// All roles, to open one.
    Roles,
    /// All roles, to compare one with the rest; with another once it is chosen.
    Pair(Option<usize>),
}

impl View {
    /// The document of a view; none of a list to choose from.
    fn document(self, views: &ResultViews<'_>) -> Option<Document> {
        Some(match self {
            Self::First => views.first(),
            Self::Role(at) => views.role(at),
            Self::Why => views.why(),
            Self::Compare(a, b) => views.compare((a, b)),
            Self::Profile => views.profile(),
            Self::Map => views.map(),
            Self::Roles | Self::Pair(_) => return None,
        })
    }

    /// Whether it is a list to choose from.
    const fn is_list(self) -> bool {
        matches!(self, Self::Roles | Self::Pair(_))
    }

    /// The heading of a list.
    fn heading(self, views: &ResultViews<'_>) -> String {
        match self {
            Self::Pair(None) => views.pack().say("explore-compare"),
            Self::Pair(Some(first)) => {
                let with = views.pack().phrase("explore-compare-with");
                with.text("job", views.name(first)).to_string()
            }
            _ => views.pack().say("explore-all"),
        }
    }

    /// What follows when a role of a list is chosen.
    fn chosen(self, at: usize) -> Self {
        match self {
            Self::Pair(None) => Self::Pair(Some(at)),
            // nothing is beside itself
            Self::Pair(Some(first)) if first == at => self,
            Self::Pair(Some(first)) => Self::Compare(first, at),
            _ => Self::Role(at),
        }
    }
}

/// A place on the way: what is shown, from which line on, and which line of a list is marked.
#[derive(Clone, Copy, Debug)]
struct Place {
    view: View,
    first: usize,
    mark: usize,
}

impl Place {
    const fn of(view: View) -> Self {
        Self {
            view,
            first: 0,
            mark: 0,
        }
    }
}

/// Walks through a result by keys until the person leaves.
///
/// # Errors
/// When the terminal fails; interrupted by Ctrl-C.
pub fn explore(
    screen: &mut FullScreen,
    views: &ResultViews<'_>,
    actions: &mut ExplorerActions<'_>,
) -> Result<Leaving> {
    let (leading, all) = (views.leading(), views.all());
    let mut way = vec![Place::of(View::First)];
    let mut said = None;
    loop {
        let mut place = *way.last().unwrap_or(&Place::of(View::First));
        let keys = keys(
            views.pack(),
            place.view,
            (leading.len(), all.len()),
            actions.open,
            way.len() > 1,
        );
        let mut lines = 0;
        let mut room = 1;
        let key = screen.key(|look, rows| {
            let footer = footer(&keys, said.as_deref(), look);
            // one line says that there is more
            room = rows.saturating_sub(footer.len() + 1).max(1);
            let (text, marked) = content(views, &place, &all, (look, room));
            lines = text.len();
            place.first = place.first.min(lines.saturating_sub(room));
            if let Some(marked) = marked {
                let first = marked.end.saturating_sub(room).min(marked.start);
                place.first = place.first.clamp(first, marked.start);
            }
            window(views.pack(), (&text, place.first, room), footer, look)
        })?;
        said = None;
        let end = lines.saturating_sub(room);
        let is_list = place.view.is_list() && !all.is_empty();
        let last = all.len().saturating_sub(1);
        match key {
            Key::CtrlC => return Err(Error::Interrupted(String::new())),
            Key::Char('q' | 'Q') => return Ok(Leaving::Quit),
            Key::Escape | Key::Backspace | Key::ArrowLeft if way.len() > 1 => {
                way.pop();
                continue;
            }
            Key::ArrowUp if is_list => place.mark = place.mark.saturating_sub(1),
            Key::ArrowDown | Key::Tab if is_list => place.mark = (place.mark + 1).min(last),
            Key::PageUp if is_list => place.mark = place.mark.saturating_sub(room),
            Key::PageDown | Key::Char(' ') if is_list => place.mark = (place.mark + room).min(last),
            Key::Home if is_list => place.mark = 0,
            Key::End if is_list => place.mark = last,
            Key::Enter | Key::ArrowRight if is_list => {
                keep(&mut way, place);
                go(&mut way, place.view.chosen(all[place.mark].0));
                continue;
            }
            Key::ArrowUp => place.first = place.first.saturating_sub(1),
            Key::ArrowDown => place.first = (place.first + 1).min(end),
            Key::PageUp => place.first = place.first.saturating_sub(room),
            Key::PageDown | Key::Char(' ') => place.first = (place.first + room).min(end),
            Key::Home => place.first = 0,
            Key::End => place.first = end,
            Key::Char('g' | 'G') if actions.open > 0 => return Ok(Leaving::Answer),
            Key::Char('s' | 'S') => said = Some(saved(views.pack(), actions)),
            Key::Char(typed) => {
                if let Some(view) = by_letter(typed, &leading, all.len()) {
                    keep(&mut way, place);
                    go(&mut way, view);
                    continue;
                }
            }
            _ => {}
        }
        keep(&mut way, place);
    }
}

/// Puts back a place that was changed.
fn keep(way: &mut [Place], place: Place) {
    if let Some(last) = way.last_mut() {
        *last = place;
    }
}

/// Goes to a view: from a list to what was chosen in it, else from the first screen, so that one step back
/// leads there.
fn go(way: &mut Vec<Place>, view: View) {
    if !matches!(
        view,
        View::Role(_) | View::Pair(Some(_)) | View::Compare(..)
    ) {
        way.truncate(1);
    }
    way.push(Place::of(view));
}

/// The view that a letter or number opens.
fn by_letter(typed: char, leading: &[usize], all: usize) -> Option<View> {
    Some(match typed.to_ascii_lowercase() {
        'w' => View::Why,
        't' => View::Profile,
        'm' => View::Map,
        'a' if all > 0 => View::Roles,
        'c' if all > 1 => View::Pair(None),
        digit => {
            let number = usize::try_from(digit.to_digit(10)?).ok()?;
            View::Role(*leading.get(number.checked_sub(1)?)?)
        }
    })
}

/// What the keys do, in the order of use.
fn keys(
    pack: &Pack,
    view: View,
    (leading, all): (usize, usize),
    open: usize,
    inside: bool,
) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    if view.is_list() {
        keys.push(pack.say("explore-keys-choose"));
    }
    if leading > 0 {
        let job = pack.phrase("explore-keys-job").number("count", leading);
        keys.push(job.to_string());
    }
    if open > 0 {
        let answer = pack.phrase("explore-keys-answer").number("open", open);
        keys.push(answer.to_string());
    }
    keys.push(pack.say("explore-keys-why"));
    if all > 1 {
        keys.push(pack.say("explore-keys-compare"));
    }
    keys.extend(["explore-keys-about", "explore-keys-map"].map(|id| pack.say(id)));
    if all > 0 {
        keys.push(pack.say("explore-keys-all"));
    }
    keys.push(pack.say("explore-keys-save"));
    if inside {
        keys.push(pack.say("explore-keys-back"));
    }
    keys.push(pack.say("explore-keys-leave"));
    keys
}

/// The lines below a view.
fn footer(keys: &[String], said: Option<&str>, look: TextStyle) -> Vec<String> {
    let mut lines = vec![String::new()];
    if let Some(said) = said {
        let words: Vec<String> = said.split(' ').map(str::to_owned).collect();
        lines.extend(wrapped(&words, " ", look));
    }
    let keys = wrapped(keys, "   ", look);
    lines.extend(keys.iter().map(|line| look.dim(line)));
    lines
}

/// Words in lines that fit, kept whole where they can be.
fn wrapped(words: &[String], between: &str, look: TextStyle) -> Vec<String> {
    let width = look.columns().max(1);
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        let fits = lines.last().is_some_and(|line| {
            console::measure_text_width(line) + between.len() + console::measure_text_width(word)
                <= width
        });
        match lines.last_mut() {
            Some(line) if fits => {
                line.push_str(between);
                line.push_str(word);
            }
            _ => lines.push(word.clone()),
        }
    }
    // a path may be wider than the window
    let cut = |line: String| {
        let letters: Vec<char> = line.chars().collect();
        let parts = letters.chunks(width).map(|part| part.iter().collect());
        parts.collect::<Vec<String>>()
    };
    lines.into_iter().flat_map(cut).collect()
}

/// The lines of a view, and which of them are marked in a list.
fn content(
    views: &ResultViews<'_>,
    place: &Place,
    all: &[(usize, String)],
    (look, room): (TextStyle, usize),
) -> (Vec<String>, Option<Range<usize>>) {
    let document = match place.view {
        // it is seen as a whole where it can be
        View::First => Some(views.first_within(room, look)),
        view => view.document(views),
    };
    if let Some(document) = document {
        let text = document.to_text(look);
        return (text.lines().map(str::to_owned).collect(), None);
    }
    let mut lines = vec![look.accent(&place.view.heading(views)), String::new()];
    let mut marked = None;
    for (at, (_, text)) in all.iter().enumerate() {
        let is_marked = at == place.mark;
        let pointer = if is_marked { ">" } else { " " };
        let mut page = TextPage::new(look);
        page.hanging(&format!("{pointer} "), NAMES, &inert(text));
        let first = lines.len();
        let bold = |line: String| if is_marked { look.bold(&line) } else { line };
        lines.extend(lines_of(page).into_iter().map(bold));
        if is_marked {
            marked = Some(first..lines.len());
        }
    }
    (lines, marked)
}

/// The lines that a window shows.
fn window(
    pack: &Pack,
    (text, first, room): (&[String], usize, usize),
    footer: Vec<String>,
    look: TextStyle,
) -> String {
    let last = (first + room).min(text.len());
    let mut lines: Vec<String> = text[first.min(last)..last].to_vec();
    let above = first > 0;
    let more = match (above, last < text.len()) {
        (_, true) => {
            let more = pack.phrase("explore-more").number("line", last);
            more.number("count", text.len()).to_string()
        }
        (true, false) => pack.say("explore-end"),
        (false, false) => String::new(),
    };
    lines.push(look.dim(&more));
    lines.extend(footer);
    lines.join("\n")
}

/// Saves the page, and says where and what to do with it, or why it cannot be.
fn saved(pack: &Pack, actions: &mut ExplorerActions<'_>) -> String {
    let said = match (actions.save)() {
        Ok(path) => {
            let saved = pack.phrase("explore-saved");
            saved.text("file", path.display().to_string())
        }
        Err(error) => {
            let not = pack.phrase("explore-not-saved");
            not.text("why", error.to_string())
        }
    };
    inert(&said.to_string()).into_owned()
}

/// Walks through a result by typed words, line by line.
///
/// # Errors
/// When the input or the output fails.
pub fn explore_in_lines(
    input: &mut impl BufRead,
    output: &mut impl Write,
    views: &ResultViews<'_>,
    actions: &mut ExplorerActions<'_>,
    look: TextStyle,
) -> Result<Leaving> {
    let (leading, all) = (views.leading(), views.all());
    let mut view = View::First;
    loop {
        let text = if let Some(document) = view.document(views) {
            document.to_text(look)
        } else {
            let lines = (1..).zip(&all);
            let lines = lines.map(|(n, (_, line))| format!("  {n:>2}  {}\n", inert(line)));
            format!("{}\n{}", view.heading(views), lines.collect::<String>())
        };
        write!(output, "\n{text}").map_err(Error::output)?;
        view = loop {
            let ask = question(view, &leading, views, actions.open);
            write!(output, "\n{ask}\n> ").map_err(Error::output)?;
            output.flush().map_err(Error::output)?;
            let mut line = String::new();
            let read = input
                .read_line(&mut line)
                .map_err(|source| Error::io("cannot read what was typed", source))?;
            if read == 0 {
                return Ok(Leaving::Quit);
            }
            let word = line.trim().to_lowercase();
            let list = view.is_list();
            let number = word.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            match (word.as_str(), number) {
                ("quit" | "q" | "leave", _) => return Ok(Leaving::Quit),
                ("go on" | "g", _) if actions.open > 0 => return Ok(Leaving::Answer),
                ("save" | "s", _) => {
                    let said = saved(views.pack(), actions);
                    writeln!(output, "{said}").map_err(Error::output)?;
                }
                (_, Some(n)) if list && n < all.len() => break view.chosen(all[n].0),
                (_, Some(n)) if !list && n < leading.len() => break View::Role(leading[n]),
                ("result" | "back" | "", _) => break View::First,
                ("why" | "w", _) => break View::Why,
                ("about me" | "about you" | "t", _) => break View::Profile,
                ("map" | "m", _) => break View::Map,
                ("all" | "a", _) => break View::Roles,
                ("compare" | "c", _) if all.len() > 1 => break View::Pair(None),
                _ => writeln!(output, "{}", views.pack().say("explore-none"))
                    .map_err(Error::output)?,
            }
        };
    }
}

/// What can be typed.
fn question(view: View, leading: &[usize], views: &ResultViews<'_>, open: usize) -> String {
    if view.is_list() {
        return views.pack().say("explore-type-list");
    }
    let pack = views.pack();
    let jobs = (1..).zip(leading).map(|(n, &at)| {
        let job = pack.phrase("explore-word-job").number("number", n);
        job.text("job", views.name(at)).to_string()
    });
    let mut words: Vec<String> = jobs.collect();
    for word in ["why", "compare", "about me", "map", "all", "save"] {
        words.push(word.to_owned());
    }
    if open > 0 {
        let answer = pack.phrase("explore-word-answer").number("open", open);
        words.push(answer.to_string());
    }
    if view != View::First {
        words.push("back".to_owned());
    }
    let ask = pack.phrase("explore-type").text("words", words.join(", "));
    ask.to_string()
}
