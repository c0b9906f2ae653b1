//! How charts look: colours, sizes, and how wide text is.

use super::svg::{Element, number};

/// Colours of series, distinguishable for colour-blind readers (after Okabe and Ito, "Color
/// Universal Design", 2008, with grey for its black and its yellow darkened for thin lines on white).
pub const PALETTE: [&str; 8] =
    ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7A6A00", "#636B76"];

/// A role that a colour plays. Each writes its light colour as an attribute and a class beside it,
/// so that a page's style sheet can put a dark colour in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// The ground of the picture.
    Ground,
    /// The ground of a plot area.
    Panel,
    /// Titles and values.
    Strong,
    /// Axis labels and captions.
    Soft,
    /// Grid lines.
    Grid,
    /// Axis lines.
    Axis,
    /// Writing on a dark cell.
    OnDark,
}

impl Ink {
    const ALL: [Ink; 7] =
        [Ink::Ground, Ink::Panel, Ink::Strong, Ink::Soft, Ink::Grid, Ink::Axis, Ink::OnDark];

    /// Its class, its light colour and its dark colour.
    fn parts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Ink::Ground => ("sd-ground", "#ffffff", "#161a20"),
            Ink::Panel => ("sd-panel", "#f7f8fa", "#1c2129"),
            Ink::Strong => ("sd-strong", "#1d2430", "#e9edf3"),
            Ink::Soft => ("sd-soft", "#5b6675", "#9aa6b5"),
            Ink::Grid => ("sd-grid", "#e3e7ed", "#2c343f"),
            Ink::Axis => ("sd-axis", "#b4bdc9", "#4b5766"),
            Ink::OnDark => ("sd-on-dark", "#ffffff", "#ffffff"),
        }
    }

    /// Fills an element with the colour.
    pub(crate) fn fill(self, e: Element) -> Element {
        let (class, light, _) = self.parts();
        e.attr("class", class).attr("fill", light)
    }

    /// Draws an element's outline with the colour.
    pub(crate) fn stroke(self, e: Element) -> Element {
        let (class, light, _) = self.parts();
        e.attr("class", format!("{class}-line")).attr("stroke", light)
    }

    /// The rules that put the dark colours in place, for a style sheet's dark half.
    pub(crate) fn dark_rules() -> String {
        let mut out = String::new();
        for ink in Ink::ALL {
            let (class, _, dark) = ink.parts();
            out += &format!(".{class}{{fill:{dark}}}.{class}-line{{stroke:{dark}}}\n");
        }
        for (i, dark) in DARK_PALETTE.iter().enumerate() {
            out += &format!(".sd-s{i}{{fill:{dark}}}.sd-s{i}-line{{stroke:{dark}}}\n");
        }
        out
    }
}

/// The palette on a dark ground.
const DARK_PALETTE: [&str; PALETTE.len()] =
    ["#4FA8DE", "#F28C4B", "#3CC79C", "#E09AC3", "#F0B840", "#7CC8F2", "#C9B94A", "#AAB2BD"];

/// The class and the colour of series `i`; colours repeat after the palette's end.
pub(crate) fn series(i: usize) -> (String, &'static str) {
    let i = i % PALETTE.len();
    (format!("sd-s{i}"), PALETTE[i])
}

/// Sizes of writing, in pixels.
pub(crate) const TITLE: f64 = 17.0;
pub(crate) const LABEL: f64 = 12.5;
pub(crate) const TICK: f64 = 11.5;

/// Where writing is anchored horizontally.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A line of writing whose baseline starts, is centred or ends at (`x`, `y`).
pub(crate) fn label(x: f64, y: f64, size: f64, anchor: Anchor, ink: Ink, text: &str) -> Element {
    let e = Element::new("text").attr("x", x).attr("y", y).attr("font-size", size);
    let e = match anchor {
        Anchor::Start => e,
        Anchor::Middle => e.attr("text-anchor", "middle"),
        Anchor::End => e.attr("text-anchor", "end"),
    };
    ink.fill(e).text(text)
}

/// A title: the strongest line of a picture. The embedded font has one weight; a thin outline makes a
/// bolder one of it.
pub(crate) fn title(x: f64, y: f64, text: &str) -> Element {
    let e = label(x, y, TITLE, Anchor::Start, Ink::Strong, text);
    Ink::Strong.stroke(e).attr("stroke-width", 0.45)
}

/// The same writing, turned by `degrees` around (`x`, `y`).
pub(crate) fn turned(e: Element, degrees: f64, x: f64, y: f64) -> Element {
    e.attr("transform", format!("rotate({} {} {})", number(degrees), number(x), number(y)))
}

/// Advance widths of U+0020 to U+007E in the embedded font, in thousandths of its size.
const ADVANCES: [u16; 95] = [
    251, 257, 379, 600, 607, 862, 609, 201, 341, 341, 471, 627, 258, 433, 254, 334, 596, 438, 587,
    617, 624, 597, 613, 552, 606, 613, 254, 254, 627, 627, 627, 479, 880, 646, 619, 693, 686, 567,
    557, 709, 706, 244, 516, 621, 533, 853, 718, 727, 604, 727, 608, 607, 611, 707, 646, 915, 612,
    634, 595, 341, 334, 341, 442, 425, 469, 535, 591, 529, 591, 553, 337, 579, 562, 218, 218, 517,
    218, 834, 557, 567, 579, 579, 350, 496, 340, 553, 529, 777, 513, 529, 513, 341, 306, 341, 627,
];

/// How wide `text` is at `size`, in pixels: exact for ASCII in the embedded font but for kerning,
/// else by the class of the character.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

fn advance(c: char) -> f64 {
    match c {
        ' '..='~' => f64::from(ADVANCES[c as usize - 0x20]) / 1000.0,
        '\u{0300}'..='\u{036F}' => 0.0,
        // Korean letters and syllables, Chinese characters, kana, full-width forms, emoji.
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}' => 0.865,
        '\u{2E80}'..='\u{AFFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' => 1.0,
        c if c as u32 > 0xFFFF => 1.0,
        _ => 0.62,
    }
}

/// `text` as it is where it fits into `width` pixels, else its beginning and an ellipsis.
pub(crate) fn fit(text: &str, size: f64, width: f64) -> String {
    if text_width(text, size) <= width {
        return text.to_owned();
    }
    let room = width - text_width("…", size);
    let mut used = 0.0;
    let mut out = String::new();
    for c in text.chars() {
        used += advance(c) * size;
        if used > room {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_to_its_room() {
        assert_eq!(fit("short", 12.0, 100.0), "short");
        let cut = fit("a rather long class name, far too long", 12.0, 80.0);
        assert!(cut.ends_with('…') && cut.starts_with("a rather"), "{cut}");
        assert!(text_width(&cut, 12.0) <= 80.0);
        let cut = fit("아주 긴 이름은 줄임표로 끝납니다", 12.0, 60.0);
        assert!(cut.starts_with("아주") && cut.ends_with('…'), "{cut}");
        assert!(text_width("한국", 10.0) > text_width("ab", 10.0));
    }

    #[test]
    fn every_role_has_a_dark_rule() {
        let rules = Ink::dark_rules();
        for ink in Ink::ALL {
            assert!(rules.contains(&format!(".{}{{fill:#", ink.parts().0)));
        }
        assert!(rules.contains(".sd-s6-line{stroke:#C9B94A}"));
    }
}
