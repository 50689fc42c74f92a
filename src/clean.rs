//! Tenant text is hostile: what is shown to people loses everything that a terminal would act on.

/// A text on one line: control characters and marks that reorder text are left out, and what is longer than
/// `longest` characters ends in `…`.
pub fn line(text: &str, longest: usize) -> String {
    let mut clean: String = text
        .chars()
        .map(|character| if character.is_whitespace() { ' ' } else { character })
        .filter(|character| !is_harmful(*character))
        .take(longest + 1)
        .collect();
    if let Some((end, _)) = clean.char_indices().nth(longest) {
        let end = clean[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        clean.truncate(end);
        clean.push('…');
    }
    clean
}

/// The same for a page, on which a reader should see that something was there: `\u{fffd}` in its place.
pub fn visible(text: &str, longest: usize) -> String {
    let replaced: String = text
        .chars()
        .map(|character| match character {
            character if character.is_whitespace() => character,
            character if is_harmful(character) => '\u{fffd}',
            character => character,
        })
        .collect();
    line(&replaced, longest)
}

/// Control characters, the marks that switch or override the direction of text, and what is no character at
/// all (XML may not hold it).
pub(crate) fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || matches!(character, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::{line, visible};

    #[test]
    fn escapes_and_overrides_are_left_out() {
        assert_eq!(line("a\u{1b}[31mb\u{202e}c\nd\u{9b}e", 80), "a[31mbc de");
    }

    #[test]
    fn on_a_page_something_stands_in_the_place_of_what_acts() {
        assert_eq!(visible("a\u{1b}b\u{202e}c\r\nd", 80), "a\u{fffd}b\u{fffd}c  d");
        assert_eq!(visible("abcdefg", 6), "abcde…");
    }

    #[test]
    fn a_long_text_ends_in_an_ellipsis_within_its_length() {
        assert_eq!(line("abcdef", 6), "abcdef");
        assert_eq!(line("abcdefg", 6), "abcde…");
        assert_eq!(line("ééééééé", 6).chars().count(), 6);
    }
}
