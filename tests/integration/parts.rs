//! Many users are read in parts beside each other: the same judgement, few requests more, nobody lost.

use serde_json::Value;
use tollgate::sim::{self, Collection, Directory, Fault, FaultKind, Options, When};

use crate::common::{Desk, Served};

const USERS: u32 = 21_000;

/// What an audit came to: all but its own figures, the ledger of the users, and what was asked of `/users`.
struct Audited {
    judged: Value,
    lines: Vec<Value>,
    asked: Vec<String>,
    said: String,
}

fn many() -> Directory {
    sim::Tenant::generated(USERS, 5).directory()
}

/// The same tenant with other sign-in names.
fn named(name: impl Fn(usize) -> String) -> Directory {
    let mut directory = many();
    for (number, user) in directory.users.iter_mut().enumerate() {
        user.user_principal_name = format!("{}@generated.example", name(number)).into();
    }
    directory
}

fn audit(directory: Directory, faults: Vec<Fault>) -> Audited {
    let served = Served::with(directory, Options { faults, ..Options::default() });
    let desk = Desk::new();
    let ran = served.run(&desk, "audit", &["--print", "json"]);
    let mut judged: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    judged.as_object_mut().unwrap().remove("scan");
    let Some(Value::Array(lines)) = judged.as_object_mut().unwrap().remove("coverage") else { panic!() };
    let lines = lines.into_iter().filter(|line| line["collection"] == "users").collect();
    let log = served.server.log();
    // Whoever stands accused is read by id at the end.
    let asked = log.into_iter().filter(|line| {
        line.starts_with("GET /v1.0/users") && !line.contains("/users/") || line.contains("/users/$count")
    });
    Audited { judged, lines, asked: asked.collect(), said: ran.stderr }
}

fn sum(lines: &[Value], name: &str) -> u64 {
    lines.iter().map(|line| line[name].as_u64().unwrap()).sum()
}

impl Audited {
    /// Everybody was read in parts, and what that cost is bounded.
    #[track_caller]
    fn in_parts(&self) -> &Self {
        assert!(self.lines.len() > 1, "{:?} {}", self.lines, self.said);
        self.complete();
        assert!(self.lines.iter().all(|line| line["partition"].is_string()), "{:?}", self.lines);
        let one_pass = USERS.div_ceil(999) as usize;
        assert!(self.asked.len() <= one_pass + 60, "{} requests", self.asked.len());
        self
    }

    /// Everybody was read as one list, and it is said why.
    #[track_caller]
    fn as_one_list(&self, restarts: u64, why: &str) -> &Self {
        let [line] = &self.lines[..] else { panic!("{:?}", self.lines) };
        self.complete();
        assert_eq!((&line["partition"], &line["restarts"]), (&Value::Null, &restarts.into()));
        let reason = line["reason"].as_str().unwrap();
        assert!(reason.starts_with("read as one list: ") && reason.contains(why), "{reason}");
        assert!(self.said.contains("users are read as one list: "), "{}", self.said);
        self
    }

    #[track_caller]
    fn complete(&self) {
        assert!(self.lines.iter().all(|line| line["complete"] == true), "{:?}", self.lines);
        assert_eq!(sum(&self.lines, "read"), u64::from(USERS));
        assert_eq!(sum(&self.lines, "expected"), u64::from(USERS));
    }

    #[track_caller]
    fn judged_as(&self, other: &Self) -> &Self {
        assert!(self.judged == other.judged, "it was judged in another way");
        self
    }
}

fn no_filter() -> Vec<Fault> {
    vec!["no-filter:users".parse().unwrap()]
}

#[test]
fn parts_and_one_list_are_judged_the_same() {
    let parts = audit(many(), Vec::new());
    parts.in_parts();
    assert!(sum(&parts.lines, "pages") <= 40 && !parts.said.contains("one list"), "{}", parts.said);
    let one_list = audit(many(), no_filter());
    one_list
        .as_one_list(0, "they could not be divided into parts: read /users/$count: HTTP 400")
        .judged_as(&parts);
}

#[test]
fn names_that_are_alike_are_divided_further_on() {
    for name in [|number: usize| format!("u{number:06}"), |number: usize| format!("{number:07}")] {
        audit(named(name), Vec::new()).in_parts();
    }
}

#[test]
fn who_has_an_unusual_name_is_read_with_the_others() {
    let name = |number: usize| {
        let letter = char::from(b'a' + u8::try_from(number % 26).unwrap());
        if number.is_multiple_of(100) { format!("ümit.{number}") } else { format!("{letter}.{number}") }
    };
    let audited = audit(named(name), Vec::new());
    audited.in_parts();
    let others: Vec<&Value> = audited.lines.iter().filter(|line| line["partition"] == "(others)").collect();
    assert_eq!((others.len(), &others[0]["read"]), (1, &210.into()));
}

#[test]
fn names_that_cannot_be_divided_are_one_list_and_that_is_said() {
    let audited = audit(named(|number| format!("ümit{number}")), Vec::new());
    audited.as_one_list(0, "the sign-in names cannot be divided");
}

#[test]
fn a_part_that_is_refused_or_lacks_somebody_is_read_as_one_list_after_all() {
    let good = audit(many(), Vec::new());
    // The counts are answered, the lists are not.
    let refused = audit(many(), vec!["no-filter:users#30+1000".parse().unwrap()]);
    refused.as_one_list(1, "a part could not be read: read /users: HTTP 400").judged_as(&good);
    // The first page of users is the one with names only.
    let lost = audit(many(), vec!["lost-object:users#9".parse().unwrap()]);
    lost.as_one_list(1, "users came, though all its pages were read").judged_as(&good);
    assert!(lost.asked.len() <= 2 * USERS.div_ceil(999) as usize + 60, "{} requests", lost.asked.len());
}

#[test]
fn who_comes_or_goes_between_counting_and_reading_is_no_trouble() {
    let good = audit(many(), Vec::new());
    for count in [USERS - 1, USERS + 1] {
        let kind = FaultKind::Body(count.to_string());
        let when = When::Numbers { first: 1, count: 1 };
        let fault = Fault { when, collection: Some(Collection::Users), ..Fault::always(kind) };
        audit(many(), vec![fault]).in_parts().judged_as(&good);
    }
}

#[test]
fn a_part_that_begins_again_or_repeats_pages_counts_everybody_once() {
    let good = audit(many(), Vec::new());
    let audited = audit(many(), vec!["expired-page-token:users#3".parse().unwrap()]);
    audited.in_parts().judged_as(&good);
    assert_eq!(sum(&audited.lines, "restarts"), 1);
    let audited = audit(many(), vec!["duplicates:users@50%".parse().unwrap()]);
    audited.in_parts().judged_as(&good);
}
