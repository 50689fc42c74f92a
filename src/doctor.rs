//! Judges whether an audit could be made: the permissions in the token, what a read showed, the clock, the way
//! out.
//!
//! It sends nothing: it is given what was seen and says what that means and what to do.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};

use crate::graph::{ErrorKind, GraphError, TokenClaims};
use crate::report::Texts;
use crate::scan::{PERMISSIONS, Permission, Probe, permission};
use crate::tenant::{Collection, parse_guid};
use crate::verdict::Message;

/// Clocks that differ by more than this are told; tokens and assertions of a certificate are refused soon after.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// A value that is not there, for the choice of words.
const NONE: &str = "none";

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// As it should be.
    Ok,
    /// An audit can be made; something should be looked at.
    Warn,
    /// A permission is missing.
    Missing,
    /// The sign-in or Graph did not work.
    Failed,
}

impl State {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Missing => "missing",
            Self::Failed => "failed",
        }
    }
}

/// One line of the diagnosis.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What was checked: `configuration`, `sign-in`, `token`, a collection's path, `clock`, `proxy` or `tls`.
    pub check: String,
    /// How it came out.
    pub state: State,
    /// What was seen.
    pub seen: Message,
    /// What to do; none where there is nothing.
    pub advice: Option<Message>,
}

impl Check {
    /// A check that found nothing to do.
    pub fn ok(check: &str, seen: Message) -> Self {
        Self { check: check.to_owned(), state: State::Ok, seen, advice: None }
    }

    /// A check that found something.
    pub fn found(state: State, check: &str, seen: Message, advice: Message) -> Self {
        Self { check: check.to_owned(), state, seen, advice: Some(advice) }
    }
}

/// The permissions that stand in for a needed one (Microsoft Graph permissions reference, and the permissions
/// tables of the API pages for group, user, organization, subscribedSku and companySubscription).
fn substitutes(needed: &str) -> &'static [&'static str] {
    match needed {
        "Organization.Read.All" => &["Organization.ReadWrite.All"],
        "GroupMember.Read.All" => &["Group.Read.All", "Group.ReadWrite.All", "GroupMember.ReadWrite.All"],
        "User.Read.All" => &["User.ReadWrite.All"],
        _ => &[],
    }
}

/// What stands in for all of them; the last one, which is for users only, as far as the user may read.
const FOR_ALL: [&str; 3] = ["Directory.Read.All", "Directory.ReadWrite.All", "Directory.AccessAsUser.All"];

/// The permissions without which a criterion cannot be judged.
pub fn needed() -> impl Iterator<Item = &'static Permission> {
    PERMISSIONS.iter().filter(|permission| !permission.without.is_empty())
}

/// Whether a permission lets its holder do more than read.
fn is_too_much(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("write")
        || name.contains("fullcontrol")
        || name.ends_with(".manage.all")
        || name.ends_with(".accessasuser.all")
}

/// Judges the permissions that a token says it has.
///
/// A token that says nothing is unknown and not at fault: Graph's tokens need not be readable.
pub fn token(claims: Option<&TokenClaims>) -> Check {
    const NAME: &str = "token";
    let unknown =
        |id| Check::found(State::Warn, NAME, Message::new(id), Message::new("doctor-token-unknown"));
    let Some(claims) = claims else { return unknown("doctor-token-no-jwt") };
    let held: Vec<&str> = claims.roles.iter().chain(&claims.scopes).map(String::as_str).collect();
    if held.is_empty() {
        return unknown("doctor-token-empty");
    }
    let has = |name: &str| held.iter().any(|held| held.eq_ignore_ascii_case(name));
    let kind = if claims.scopes.is_empty() { "application" } else { "delegated" };
    let expires = claims.expires.map(|expires| expires.to_string());
    let seen = Message::new("doctor-token")
        .with("kind", kind)
        .with("tenant", claims.tenant.as_deref().unwrap_or(NONE))
        .with("until", expires.as_deref().unwrap_or(NONE))
        .with("held", held.join(", "));

    let missing: Vec<&str> = needed()
        .map(|permission| permission.name)
        .filter(|name| !has(name) && !substitutes(name).iter().chain(&FOR_ALL).any(|other| has(other)))
        .collect();
    let too_much: Vec<&str> = held.iter().copied().filter(|name| is_too_much(name)).collect();
    let excess = if too_much.is_empty() { NONE.to_owned() } else { too_much.join(", ") };
    match (missing.is_empty(), too_much.is_empty()) {
        (false, _) => {
            let advice = Message::new("doctor-token-missing")
                .with("missing", missing.join(", "))
                .with("excess", excess);
            Check::found(State::Missing, NAME, seen, advice)
        }
        (true, false) => {
            let advice = Message::new("doctor-token-excess").with("excess", excess);
            Check::found(State::Warn, NAME, seen, advice)
        }
        (true, true) => Check::ok(NAME, seen),
    }
}

/// Judges one read of a collection.
pub fn read(collection: Collection, outcome: &Result<Probe, GraphError>) -> Check {
    let name = match collection {
        Collection::Members(_) => "groups/{id}/members".to_owned(),
        other => other.to_string(),
    };
    let needs = |id| Message::new(id).with("permission", permission(collection));
    match outcome {
        Ok(Probe { licenses: Some(false), .. }) if collection == Collection::Groups => Check::found(
            State::Warn,
            &name,
            Message::new("doctor-no-licenses-of-group"),
            Message::new("doctor-grant").with("permission", "Group.Read.All"),
        ),
        Ok(Probe { licenses: Some(false), .. }) => Check::found(
            State::Missing,
            &name,
            Message::new("doctor-no-licenses"),
            needs("doctor-grant-larger"),
        ),
        Ok(_) => Check::ok(&name, Message::new("doctor-can-be-read")),
        // It is looked into only where a target is missing, and only to say so more exactly.
        Err(error)
            if collection == Collection::DeletedGroups
                && !matches!(error.kind(), ErrorKind::Transport(_)) =>
        {
            Check::found(State::Warn, &name, error_seen(error), needs("doctor-grant-bin"))
        }
        Err(error) if error.kind() == ErrorKind::Denied => {
            Check::found(State::Missing, &name, error_seen(error), needs("doctor-grant-or-role"))
        }
        Err(error) => failed(&name, error),
    }
}

/// What is shown of an error: the server's and the library's words.
fn error_seen(error: &GraphError) -> Message {
    Message::new("doctor-error").with("error", error.to_string())
}

/// A request that did not work for another reason than a missing permission.
pub fn failed(name: &str, error: &GraphError) -> Check {
    let advice = match error.hint() {
        Some(hint) => Message::new("doctor-hint").with("hint", hint),
        None => Message::new("doctor-no-hint"),
    };
    Check::found(State::Failed, name, error_seen(error), advice)
}

/// Compares the server's clock, if it told the time, with this computer's.
pub fn clock(server: Option<Timestamp>, here: Timestamp) -> Check {
    const NAME: &str = "clock";
    let Some(server) = server else {
        let (seen, advice) = ("doctor-clock-unknown", "doctor-clock-as-of");
        return Check::found(State::Warn, NAME, Message::new(seen), Message::new(advice));
    };
    let difference = here.duration_since(server);
    let seconds = i64::try_from(difference.unsigned_abs().as_secs()).unwrap_or(i64::MAX);
    let seen = |id| Message::new(id).with("seconds", seconds).with("server", server.to_string());
    if difference.abs() <= CLOCK_TOLERANCE {
        return Check::ok(NAME, seen("doctor-clock-right"));
    }
    let way = if difference.is_positive() { "doctor-clock-ahead" } else { "doctor-clock-behind" };
    Check::found(State::Warn, NAME, seen(way), Message::new("doctor-clock-set"))
}

/// Tells which proxy the environment names. `env` reads an environment variable.
pub fn proxy(env: &dyn Fn(&str) -> Option<String>) -> Check {
    let first = |names: &[&'static str]| {
        let set = |name: &&'static str| Some((*name, env(name).filter(|text| !text.trim().is_empty())?));
        names.iter().find_map(set)
    };
    let proxy = first(&["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]);
    let (proxy, url) = proxy.map_or((NONE, String::new()), |(name, url)| (name, without_credentials(&url)));
    let (no_proxy, hosts) = first(&["NO_PROXY", "no_proxy"]).unwrap_or((NONE, String::new()));
    let seen = Message::new("doctor-proxy")
        .with("proxy", proxy)
        .with("url", url)
        .with("no-proxy", no_proxy)
        .with("hosts", hosts);
    Check::ok("proxy", seen)
}

/// The scheme, host and port of a proxy. A password may hold any character, so all before the last `@` goes.
fn without_credentials(url: &str) -> String {
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            (format!("{scheme}://"), rest)
        }
        _ => (String::new(), url),
    };
    let host = rest.rsplit('@').next().unwrap_or_default();
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    format!("{scheme}{host}")
}

/// The permissions that an audit needs and the commands that grant them, as in `docs/permissions.md`. The
/// application's id is filled in where it is known.
pub fn consent(application: Option<&str>, texts: &Texts) -> String {
    // Only an id: a text that is pasted into a shell holds nothing else from outside.
    let application = application.filter(|id| parse_guid(id).is_some()).unwrap_or("APPLICATION-ID");
    let mut text = format!("{}\n", texts.word("doctor-consent"));
    for permission in needed() {
        let _ = writeln!(text, "  {:<22} {}", permission.name, permission.id);
    }
    let ids: Vec<String> = needed().map(|permission| format!("{}=Role", permission.id)).collect();
    let _ = write!(
        text,
        "{}\n\n{}\n  APP={application}\n  \
         az ad app permission add --id \"$APP\" --api 00000003-0000-0000-c000-000000000000 --api-permissions \\\n    \
         {}\n  \
         az ad app permission admin-consent --id \"$APP\"\n",
        texts.word("doctor-consent-ids"),
        texts.word("doctor-consent-cli"),
        ids.join(" \\\n    ")
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Language;

    fn english(message: &Message) -> String {
        Texts::new(Language::En).message(message)
    }

    fn application(roles: &[&str]) -> TokenClaims {
        TokenClaims { roles: roles.iter().map(|&role| role.to_owned()).collect(), ..TokenClaims::default() }
    }

    fn judged(roles: &[&str]) -> (State, String) {
        let check = token(Some(&application(roles)));
        (check.state, check.advice.as_ref().map(english).unwrap_or_default())
    }

    #[test]
    fn the_needed_set_and_what_stands_in_for_it_are_enough() {
        for roles in [
            &["Organization.Read.All", "GroupMember.Read.All", "User.Read.All"][..],
            &["organization.read.all", "Group.Read.All", "User.Read.All"],
            &["Directory.Read.All"],
        ] {
            assert_eq!(judged(roles), (State::Ok, String::new()), "{roles:?}");
        }
    }

    #[test]
    fn each_missing_permission_is_named_and_no_other() {
        let (state, advice) = judged(&["GroupMember.Read.All", "User.ReadBasic.All", "Mail.Read"]);
        assert_eq!(state, State::Missing);
        assert_eq!(advice, "grant Organization.Read.All, User.Read.All and admin consent");
        let (state, advice) = judged(&["Group.Read.All", "Organization.Read.All"]);
        assert_eq!((state, advice.as_str()), (State::Missing, "grant User.Read.All and admin consent"));
    }

    #[test]
    fn a_permission_that_writes_is_too_much() {
        for name in [
            "User.ReadWrite.All",
            "Sites.FullControl.All",
            "Organization.Manage.All",
            "Directory.AccessAsUser.All",
        ] {
            let (state, advice) = judged(&["Directory.Read.All", name]);
            assert_eq!(state, State::Warn, "{name}");
            assert!(advice.starts_with(&format!("more than an audit needs: {name};")), "{advice}");
        }
        let (state, advice) = judged(&["Group.ReadWrite.All"]);
        assert_eq!(state, State::Missing);
        assert!(
            advice.contains("grant Organization.Read.All, User.Read.All") && advice.contains("more than")
        );
    }

    #[test]
    fn delegated_permissions_are_told_apart_with_tenant_and_end() {
        let claims = TokenClaims {
            scopes: ["openid", "Directory.Read.All"].map(str::to_owned).to_vec(),
            tenant: Some("t-1".to_owned()),
            expires: Timestamp::from_second(0).ok(),
            ..TokenClaims::default()
        };
        let check = token(Some(&claims));
        assert_eq!(check.state, State::Ok);
        assert_eq!(
            english(&check.seen),
            "delegated, tenant t-1, until 1970-01-01T00:00:00Z; openid, Directory.Read.All"
        );
    }

    #[test]
    fn what_a_token_does_not_say_is_unknown_and_not_missing() {
        for check in [token(None), token(Some(&TokenClaims::default()))] {
            assert_eq!(check.state, State::Warn);
            assert!(english(&check.seen).starts_with("permissions unknown"), "{check:?}");
        }
    }

    #[test]
    fn licenses_that_are_not_shown_are_found() {
        let read = |collection, licenses| read(collection, &Ok(Probe { group: None, licenses })).state;
        assert_eq!(read(Collection::Users, Some(false)), State::Missing);
        assert_eq!(read(Collection::Users, Some(true)), State::Ok);
        assert_eq!(read(Collection::Users, None), State::Ok, "an empty list hides nothing");
        assert_eq!(read(Collection::Groups, Some(false)), State::Warn);
    }

    #[test]
    fn clocks_may_differ_by_five_minutes() {
        let server = Timestamp::from_second(1_000_000).unwrap();
        let at = |seconds: i64| Timestamp::from_second(1_000_000 + seconds).unwrap();
        for (seconds, state) in
            [(0, State::Ok), (300, State::Ok), (-300, State::Ok), (301, State::Warn), (-301, State::Warn)]
        {
            assert_eq!(clock(Some(server), at(seconds)).state, state, "{seconds}");
        }
        assert!(english(&clock(Some(server), at(-400)).seen).contains("400 s behind"));
        assert!(english(&clock(Some(server), at(400)).seen).contains("400 s ahead of"));
        assert_eq!(clock(None, server).state, State::Warn);
        assert_eq!(clock(Some(Timestamp::MAX), Timestamp::MIN).state, State::Warn);
    }

    #[test]
    fn a_proxy_is_told_without_its_credentials() {
        for (url, shown) in [
            ("http://proxy:8080", "http://proxy:8080"),
            ("http://ada:hunter2@proxy:8080/", "http://proxy:8080"),
            ("http://ada:hun/t@er2@proxy", "http://proxy"),
            ("ada:hunter2@proxy:3128", "proxy:3128"),
            ("ada:hunter2://x@proxy", "proxy"),
            ("http://proxy?hunter2", "http://proxy"),
        ] {
            assert_eq!(without_credentials(url), shown);
        }
        let env = |name: &str| match name {
            "https_proxy" => Some("http://a:hunter2@proxy".to_owned()),
            "NO_PROXY" => Some("localhost".to_owned()),
            "HTTPS_PROXY" => Some(" ".to_owned()),
            _ => None,
        };
        assert_eq!(
            english(&proxy(&env).seen),
            "https_proxy is http://proxy; NO_PROXY is localhost; never used for this computer itself"
        );
        assert!(english(&proxy(&|_| None).seen).starts_with("HTTPS_PROXY is not set; NO_PROXY is not set;"));
    }

    #[test]
    fn the_commands_are_those_of_the_documentation_and_take_nothing_but_an_id() {
        let page = include_str!("../docs/permissions.md");
        let texts = Texts::new(Language::En);
        let text = consent(Some("$(rm -r ~)"), &texts);
        assert!(text.contains("APP=APPLICATION-ID\n"), "{text}");
        for line in text.lines().filter(|line| line.contains("az ad") || line.contains("=Role")) {
            assert!(page.contains(line.trim()), "{line}");
        }
        for permission in &PERMISSIONS {
            assert!(page.contains(&format!("{} | `{}`", permission.name, permission.id)), "{permission:?}");
        }
        let id = "98830695-27a2-44f7-8c18-0c3ebc9698f6";
        assert!(consent(Some(id), &texts).contains(&format!("APP={id}\n")));
    }
}
