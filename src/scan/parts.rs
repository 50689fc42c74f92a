//! Into which parts a long list of users is divided, so that they can be read beside each other.
//!
//! A part is some beginnings of `userPrincipalName`, and is read with the plain filter `startsWith`, one clause for
//! each. Which beginnings make parts of about one size is worked out from one page of names, and then counted:
//! the counts decide, the names are only a hint, because nobody promises in which order they come. What no
//! beginning fits is the rest, and that is read with `not`, an advanced query, only where the counts say that
//! there is somebody in it.
//!
//! Facts from Microsoft's documentation: `startsWith` works plainly on `userPrincipalName`, `not` as an advanced
//! query ("user resource type"); a plain filter may have 15 clauses joined by `or`, and the URL of an advanced one
//! 2,048 characters ("Known issues with Microsoft Graph", query parameters).
//!
//! It sends nothing itself and proves nothing: whoever reads the parts compares them with the counts.

use serde::{Deserialize, Serialize};

/// How many clauses a plain filter may have.
const CLAUSES: usize = 15;

/// How long the filter of an advanced query may be, so that its URL with all of `$select` stays within 2,048.
const LONGEST_FILTER: usize = 1_750;

/// How many requests the division may cost.
const QUESTIONS: usize = 30;

/// How many of them ask for beginnings that no name on the page had.
const UNSEEN_QUESTIONS: usize = 6;

/// Into how many parts a list is divided at most, the rest not counted; each may cost a page more.
const MOST_PARTS: usize = 16;

/// The fewest users for which a part of their own is worth its last page.
const SMALLEST_PART: u64 = 2_500;

/// Beginnings longer than this are not divided further.
const LONGEST_BEGINNING: usize = 24;

/// The characters by which a beginning is continued: those of sign-in names, less the rare ones. In the order of
/// their codes, and in fifteens: what is no letter, and two halves of the letters.
const ALPHABET: &str = "'-.0123456789@_abcdefghijklmnopqrstuvwxyz";

/// Users that are read as one chain of pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Part {
    /// Beginnings of `userPrincipalName`, in lower case.
    beginnings: Vec<String>,
    /// Whether it is the users with none of these beginnings.
    rest: bool,
    /// How many users it had when it was counted.
    pub(super) expected: u64,
}

impl Part {
    /// What the ledger calls it.
    pub(super) fn label(&self) -> String {
        if self.rest { "(others)".to_owned() } else { self.beginnings.join(" ") }
    }

    /// The `$filter` that shows its users, encoded for a URL.
    pub(super) fn filter(&self) -> String {
        let any = any_of(&self.beginnings);
        if self.rest { format!("not({any})") } else { any }
    }

    /// Whether its filter is an advanced query.
    pub(super) fn is_rest(&self) -> bool {
        self.rest
    }
}

/// A filter that is true for names with any of the beginnings.
fn any_of(beginnings: &[String]) -> String {
    let clauses: Vec<String> = beginnings
        .iter()
        .map(|beginning| format!("startsWith(userPrincipalName,'{}')", beginning.replace('\'', "''")))
        .collect();
    clauses.join("%20or%20")
}

/// Finds out in which part a name is.
pub(super) struct Sorter {
    beginnings: Vec<(String, usize)>,
    rest: usize,
}

impl Sorter {
    /// Sorts names into these parts; names of no part come to the rest, or behind the last part.
    pub(super) fn new(parts: &[Part]) -> Self {
        let of = |(place, part): (usize, &Part)| {
            let named: Vec<_> = part.beginnings.iter().map(|beginning| (beginning.clone(), place)).collect();
            named
        };
        let mut beginnings: Vec<_> =
            parts.iter().enumerate().filter(|(_, part)| !part.rest).flat_map(of).collect();
        beginnings.sort_unstable();
        let rest = parts.iter().position(|part| part.rest).unwrap_or(parts.len());
        Self { beginnings, rest }
    }

    /// The place of the part.
    pub(super) fn part_of(&self, name: &str) -> usize {
        let mut lower = [0; LONGEST_BEGINNING + 1];
        let length = name.len().min(lower.len());
        let lower = &mut lower[..length];
        lower.copy_from_slice(&name.as_bytes()[..length]);
        lower.make_ascii_lowercase();
        // No beginning begins with another one, so only the last that is not behind the name can fit.
        let behind = self.beginnings.partition_point(|(beginning, _)| beginning.as_bytes() <= &*lower);
        match behind.checked_sub(1).map(|place| &self.beginnings[place]) {
            Some((beginning, part)) if lower.starts_with(beginning.as_bytes()) => *part,
            _ => self.rest,
        }
    }
}

/// Answers what the division has to know of the tenant.
pub(super) trait Directory {
    /// Why there is no answer.
    type Error;

    /// How many users each filter shows, in the order of the filters; a request for each.
    async fn counts(&self, filters: Vec<String>) -> Result<Vec<u64>, Self::Error>;

    /// The names on one page of the users that a filter shows; of all users without one.
    async fn names(&self, filter: Option<String>) -> Result<Vec<String>, Self::Error>;
}

/// Why a list is not divided.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Undivided<E> {
    /// The names are too much alike, or too many are unusual.
    Names,
    /// A question was not answered.
    Refused(E),
}

impl<E> From<E> for Undivided<E> {
    fn from(error: E) -> Self {
        Self::Refused(error)
    }
}

/// Divides `total` users. By the counts, together the parts hold everybody.
pub(super) async fn divide<D: Directory>(
    directory: &D,
    total: u64,
) -> Result<Vec<Part>, Undivided<D::Error>> {
    let mut division = Division { directory, target: total.div_ceil(wanted(total)), questions: QUESTIONS };
    let parts = division.open("", total).await?;
    let parts = division.refine(parts).await?;
    // Asked again, because who came meanwhile must not hide who is in no part.
    let now = division.directory.counts(vec![String::new()]).await?;
    let total = total.max(now.iter().sum());
    finish(parts, total, division.target).ok_or(Undivided::Names)
}

/// Into about how many parts so many users are divided.
pub(super) fn wanted(total: u64) -> u64 {
    (total / SMALLEST_PART).clamp(2, MOST_PARTS as u64)
}

struct Division<'d, D> {
    directory: &'d D,
    /// How many users a part should have.
    target: u64,
    /// How many requests may still be made.
    questions: usize,
}

impl<D: Directory> Division<'_, D> {
    /// Divides the users with this beginning, of whom there are `count`.
    async fn open(&mut self, beginning: &str, count: u64) -> Result<Vec<Part>, D::Error> {
        self.questions = self.questions.saturating_sub(1);
        let filter = (!beginning.is_empty()).then(|| any_of(&[beginning.to_owned()]));
        let mut names = self.directory.names(filter).await?;
        for name in &mut names {
            name.make_ascii_lowercase();
        }
        names.retain(|name| name.starts_with(beginning));
        let (trunk, in_trunk) = self.trunk(beginning, count, &names).await?;
        let children = Children::of(&trunk, &names);
        let weight: usize = children.likely.iter().map(|(_, weight)| weight).sum();
        let share = self.target * weight as u64 / in_trunk.max(1);
        let parts = self.count(pack(children.likely, share)).await?;
        let found: u64 = parts.iter().map(|part| part.expected).sum();
        let mut unseen = children.unlikely;
        unseen.extend(beside(beginning, &trunk));
        let unseen: Vec<Vec<String>> = unseen.chunks(CLAUSES).map(<[String]>::to_vec).collect();
        if found >= count || unseen.len() > self.questions.min(UNSEEN_QUESTIONS) {
            return Ok(parts);
        }
        let more = self.count(unseen).await?;
        Ok(parts.into_iter().chain(more).collect())
    }

    /// The longest beginning that nearly everybody with the shorter one has, and how many have it.
    async fn trunk(
        &mut self,
        beginning: &str,
        count: u64,
        names: &[String],
    ) -> Result<(String, u64), D::Error> {
        let common = common_beginning(names);
        let (mut good, mut in_good) = (beginning.len(), count);
        let (mut longest, mut length) = (common.len(), common.len());
        while length > good && self.questions > 0 {
            let found = self.ask(&common[..length]).await?;
            if found >= count - count / 10 {
                (good, in_good) = (length, found);
            } else {
                longest = length - 1;
            }
            length = (good + longest).div_ceil(2);
        }
        Ok((common.get(..good).unwrap_or(beginning).to_owned(), in_good))
    }

    async fn ask(&mut self, beginning: &str) -> Result<u64, D::Error> {
        self.questions -= 1;
        let counts = self.directory.counts(vec![any_of(&[beginning.to_owned()])]).await?;
        Ok(counts.iter().sum())
    }

    /// Counts groups of beginnings; those of nobody are no parts. What is not counted any more is left to the rest.
    async fn count(&mut self, mut groups: Vec<Vec<String>>) -> Result<Vec<Part>, D::Error> {
        groups.truncate(self.questions);
        self.questions -= groups.len();
        let counts = self.directory.counts(groups.iter().map(|group| any_of(group)).collect()).await?;
        let parts = groups.into_iter().zip(counts).filter(|(_, expected)| *expected > 0);
        Ok(parts.map(|(beginnings, expected)| Part { beginnings, rest: false, expected }).collect())
    }

    /// Divides parts that came out too large, as far as the questions go.
    async fn refine(&mut self, parts: Vec<Part>) -> Result<Vec<Part>, D::Error> {
        let too_large = self.target + self.target / 2;
        let (mut large, mut fine): (Vec<Part>, Vec<Part>) =
            parts.into_iter().partition(|part| part.expected > too_large);
        while !large.is_empty() && self.questions > 0 {
            large.sort_by_key(|part| part.expected);
            let (single, several): (Vec<Part>, Vec<Part>) =
                large.into_iter().partition(|part| part.beginnings.len() == 1);
            large = single;
            let smaller = if several.is_empty() {
                let part = large.pop().expect("one of the two is not empty");
                self.continued(part, &mut fine).await?
            } else {
                self.halves(several).await?
            };
            for part in smaller {
                if part.expected > too_large { large.push(part) } else { fine.push(part) }
            }
        }
        fine.append(&mut large);
        Ok(fine)
    }

    /// A part of one beginning, divided by how that goes on. Where that comes to nothing the part is fine as it is.
    async fn continued(&mut self, part: Part, fine: &mut Vec<Part>) -> Result<Vec<Part>, D::Error> {
        let beginning = &part.beginnings[0];
        if self.questions < 3 || beginning.len() >= LONGEST_BEGINNING {
            fine.push(part);
            return Ok(Vec::new());
        }
        let smaller = self.open(beginning, part.expected).await?;
        let found: u64 = smaller.iter().map(|part| part.expected).sum();
        // Whom the smaller parts lack would come to the rest.
        if smaller.len() < 2 || found < part.expected - part.expected / 10 {
            fine.push(part);
            return Ok(Vec::new());
        }
        Ok(smaller)
    }

    /// Parts of several beginnings, divided in the middle: half of each is counted, and the other half is what is left.
    async fn halves(&mut self, parts: Vec<Part>) -> Result<Vec<Part>, D::Error> {
        let mut halves = parts;
        // The largest stand last.
        let ask = halves.split_off(halves.len().saturating_sub(self.questions));
        let half = |part: &Part| part.beginnings.len() / 2;
        let filters = ask.iter().map(|part| any_of(&part.beginnings[..half(part)])).collect();
        self.questions -= ask.len();
        let counts = self.directory.counts(filters).await?;
        for (part, count) in ask.into_iter().zip(counts) {
            let (one, other) = part.beginnings.split_at(half(&part));
            for (beginnings, expected) in [(one, count), (other, part.expected.saturating_sub(count))] {
                if expected > 0 {
                    halves.push(Part { beginnings: beginnings.to_vec(), rest: false, expected });
                }
            }
        }
        Ok(halves)
    }
}

/// How a beginning goes on.
struct Children {
    /// With how many of a page's names lead to expect it, in the order of the alphabet.
    likely: Vec<(String, usize)>,
    /// What no name suggests.
    unlikely: Vec<String>,
}

impl Children {
    /// One character more, by what the names suggest: characters that they have, and others of that kind.
    fn of(trunk: &str, names: &[String]) -> Self {
        let next =
            |name: &String| name.as_bytes().get(trunk.len()).copied().filter(|_| name.starts_with(trunk));
        let mut seen = [0; 256];
        for byte in names.iter().filter_map(next) {
            seen[usize::from(byte)] += 1;
        }
        let hits = |byte: u8| seen[usize::from(byte)];
        let (digits, letters) =
            ((b'0'..=b'9').any(|byte| hits(byte) > 0), (b'a'..=b'z').any(|byte| hits(byte) > 0));
        let total: usize = seen.iter().sum();
        let (mut likely, mut unlikely) = (Vec::new(), Vec::new());
        for byte in ALPHABET.bytes() {
            let child = format!("{trunk}{}", char::from(byte));
            let kind = byte.is_ascii_digit() && digits || byte.is_ascii_lowercase() && letters;
            match hits(byte) + if kind { total / 100 + 1 } else { 0 } {
                0 => unlikely.push(child),
                weight => likely.push((child, weight)),
            }
        }
        Self { likely, unlikely }
    }
}

/// What the way from a beginning to a longer one leaves on both sides.
fn beside(beginning: &str, trunk: &str) -> Vec<String> {
    let mut beside = Vec::new();
    for length in beginning.len()..trunk.len() {
        let taken = trunk[length..].chars().next();
        let others = ALPHABET.chars().filter(|letter| Some(*letter) != taken);
        beside.extend(others.map(|letter| format!("{}{letter}", &trunk[..length])));
    }
    beside
}

/// The beginning that all names have, as far as it is made of the alphabet.
fn common_beginning(names: &[String]) -> &str {
    let Some((first, others)) = names.split_first() else { return "" };
    let usual = first.bytes().take_while(|byte| ALPHABET.as_bytes().contains(byte)).count();
    let length = others.iter().fold(usual.min(LONGEST_BEGINNING), |length, name| {
        let same = first.bytes().zip(name.bytes()).take(length);
        same.take_while(|(one, other)| one == other).count()
    });
    &first[..length]
}

/// Puts neighbours together, up to the weight that a part should have and to the clauses of a filter.
fn pack(children: Vec<(String, usize)>, share: u64) -> Vec<Vec<String>> {
    let full = usize::try_from(share).unwrap_or(usize::MAX).max(1);
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut taken = usize::MAX;
    for (child, weight) in children {
        match groups.last_mut() {
            // Half of what does not fit may stand over.
            Some(group) if group.len() < CLAUSES && taken.saturating_add(weight / 2) <= full => {
                group.push(child);
                taken += weight;
            }
            _ => {
                groups.push(vec![child]);
                taken = weight;
            }
        }
    }
    groups
}

/// Puts small parts together and adds the rest. `None` where that gives no parts worth having.
fn finish(mut parts: Vec<Part>, total: u64, target: u64) -> Option<Vec<Part>> {
    parts.sort_by_key(|part| part.expected);
    let mut joined: Vec<Part> = Vec::new();
    for part in parts {
        let fits = |known: &&mut Part| {
            known.beginnings.len() + part.beginnings.len() <= CLAUSES
                && known.expected + part.expected <= target
        };
        match joined.iter_mut().find(fits) {
            Some(known) => {
                known.beginnings.extend(part.beginnings);
                known.expected += part.expected;
            }
            None => joined.push(part),
        }
    }
    for part in &mut joined {
        part.beginnings.sort_unstable();
    }
    joined.sort_by(|one, other| one.beginnings.cmp(&other.beginnings));
    let counted: u64 = joined.iter().map(|part| part.expected).sum();
    let left = total.saturating_sub(counted);
    if left > 0 {
        let beginnings = joined.iter().flat_map(|part| part.beginnings.clone()).collect();
        joined.push(Part { beginnings, rest: true, expected: left });
    }
    let largest = joined.iter().map(|part| part.expected).max().unwrap_or(total);
    let too_long = |part: &Part| part.rest && part.filter().len() > LONGEST_FILTER;
    let useful = largest <= total - total / 4 && joined.len() <= MOST_PARTS + 4;
    (useful && left <= total / 4 && !joined.iter().any(too_long)).then_some(joined)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::convert::Infallible;

    use super::*;

    /// Names in the order in which a page shows them.
    struct Names {
        names: Vec<String>,
        requests: Cell<usize>,
    }

    impl Directory for Names {
        type Error = Infallible;

        async fn counts(&self, filters: Vec<String>) -> Result<Vec<u64>, Infallible> {
            self.requests.set(self.requests.get() + filters.len());
            Ok(filters.iter().map(|filter| self.shown(filter).count() as u64).collect())
        }

        async fn names(&self, filter: Option<String>) -> Result<Vec<String>, Infallible> {
            self.requests.set(self.requests.get() + 1);
            Ok(self.shown(&filter.unwrap_or_default()).take(999).map(str::to_uppercase).collect())
        }
    }

    impl Names {
        /// Understands the filters that there are.
        fn shown(&self, filter: &str) -> impl Iterator<Item = &str> {
            let clauses = filter.split("%20or%20").filter(|clause| !clause.is_empty());
            let quoted = |clause: &str| {
                let text = clause.strip_prefix("startsWith(userPrincipalName,'")?.strip_suffix("')")?;
                Some(text.replace("''", "'"))
            };
            let beginnings: Vec<String> = clauses.map(|clause| quoted(clause).expect("a clause")).collect();
            assert!(beginnings.len() <= CLAUSES, "{filter}");
            self.names.iter().map(String::as_str).filter(move |name| {
                beginnings.is_empty()
                    || beginnings.iter().any(|beginning| name.starts_with(beginning.as_str()))
            })
        }
    }

    fn run<D: Directory>(directory: &D, total: u64) -> Result<Vec<Part>, Undivided<D::Error>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(divide(directory, total))
    }

    /// Divides, and asserts that nobody is lost, that it cost little, and how much the largest part has at most, in
    /// hundredths of all.
    fn divided(names: impl Iterator<Item = String>, largest: u64) -> Vec<Part> {
        let names = Names { names: names.collect(), requests: Cell::default() };
        let total = names.names.len() as u64;
        let parts = run(&names, total).expect("parts");
        let sorter = Sorter::new(&parts);
        let mut counts = vec![0; parts.len()];
        for name in &names.names {
            counts[sorter.part_of(name)] += 1;
        }
        let expected: Vec<u64> = parts.iter().map(|part| part.expected).collect();
        assert_eq!(counts, expected, "{parts:?}");
        assert_eq!(expected.iter().sum::<u64>(), total);
        let questions = names.requests.get() as u64;
        let share = expected.iter().max().expect("parts") * 100 / total;
        assert!(share <= largest, "{share} % after {questions} questions: {parts:?}");
        let pages: u64 = expected.iter().map(|count| count.div_ceil(999)).sum();
        let more = questions + pages - total.div_ceil(999);
        assert!(more <= 52, "{more} requests more, {questions} of them questions");
        parts
    }

    /// Names in a sequence that looks like chance and is the same every time.
    fn scattered(count: u64, name: impl Fn(u64, u64) -> String) -> impl Iterator<Item = String> {
        (0..count).map(move |number| name(number, number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20))
    }

    fn letter(chance: u64) -> char {
        char::from(b'a' + u8::try_from(chance % 26).expect("a letter"))
    }

    #[test]
    fn names_of_people_make_parts_of_about_one_size() {
        let given = ["anna", "bram", "jan", "maria", "mohammed", "sanne", "tom", "zoe"];
        let name = |number: u64, chance: u64| {
            let given = given[usize::try_from(number % 8).expect("below eight")];
            format!("{}{given}.{number}@x.example", letter(chance))
        };
        let parts = divided(scattered(40_000, name), 13);
        assert!(parts.len() >= 10 && !parts.iter().any(Part::is_rest), "{parts:?}");
        // The first page then shows only names that begin with the first letters.
        let mut sorted: Vec<String> = scattered(40_000, name).collect();
        sorted.sort_unstable();
        divided(sorted.into_iter(), 25);
    }

    #[test]
    fn everybody_may_begin_alike() {
        for begin in ["u", "", "employee", "x.y-"] {
            let number =
                |number: u64, chance: u64| format!("{begin}{:06}{}@x.example", chance % 200_000, number % 7);
            divided(scattered(30_000, number), 40);
            divided((0..30_000).map(|number| format!("{begin}{number:06}@x.example")), 40);
            divided((0..120_000).map(|number| format!("{begin}{number:06}@x.example")), 40);
        }
    }

    #[test]
    fn names_that_begin_unusually_are_the_rest() {
        let name = |number: u64, chance: u64| {
            let usual = format!("{}{number}@x.example", letter(chance));
            if number.is_multiple_of(50) { format!("ü{usual}") } else { usual }
        };
        let parts = divided(scattered(30_000, name), 20);
        let rest: Vec<&Part> = parts.iter().filter(|part| part.is_rest()).collect();
        assert_eq!(rest.len(), 1);
        assert_eq!((rest[0].label().as_str(), rest[0].expected), ("(others)", 600));
        assert!(rest[0].filter().starts_with("not(startsWith(userPrincipalName,'"));
    }

    #[test]
    fn where_names_tell_nobody_apart_there_are_no_parts() {
        for name in ["ümit", "a-name-that-is-longer-than-any-beginning-that-is-asked-for-"] {
            let names = (0..25_000).map(|number| format!("{name}{number}@x.example")).collect();
            let names = Names { names, requests: Cell::default() };
            assert_eq!(run(&names, 25_000), Err(Undivided::Names), "{name}");
            assert!(names.requests.get() <= 40);
        }
    }

    #[test]
    fn an_apostrophe_is_doubled_and_no_letter_needs_encoding() {
        let part = Part { beginnings: vec!["o'".to_owned(), "p_".to_owned()], rest: false, expected: 1 };
        let filter = "startsWith(userPrincipalName,'o''')%20or%20startsWith(userPrincipalName,'p_')";
        assert_eq!((part.filter().as_str(), part.label().as_str()), (filter, "o' p_"));
        assert!(ALPHABET.bytes().all(|byte| byte.is_ascii_graphic() && !b"#%&+?".contains(&byte)));
        assert!(ALPHABET.bytes().is_sorted());
    }
}
