//! What the customer planned: the contents of a `tollgate.toml` in plain fields, and the text itself.
//! Nothing is resolved here; names stay as they are written.

use std::fmt::Write as _;

/// One configuration together with the moment at which it is judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// The groups that were named, in the order of the file.
    pub(crate) targets: Vec<Target>,
    /// Group ids, names or patterns that are left out.
    pub(crate) exclude_groups: Vec<String>,
    /// Part numbers or SKU ids that are left out.
    pub(crate) exclude_skus: Vec<String>,
    /// Wanted reserve of seats; `None` means the default of 5 %.
    pub(crate) headroom: Option<Headroom>,
    /// Days in which a subscription may not lapse; `None` means the default of 30.
    pub(crate) lapse_window_days: Option<u32>,
    /// Accepted violations.
    pub(crate) waivers: Vec<Waiver>,
    /// The clock of the audit, RFC 3339 in UTC. Not part of the file.
    pub(crate) as_of: String,
}

/// One `[[target]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// Object id, display name or pattern with `*`.
    pub(crate) group: String,
    /// `None` leaves the default: both suites.
    pub(crate) require: Option<Vec<String>>,
    /// `None` leaves the default: E3.
    pub(crate) edition: Option<String>,
}

/// How many seats should stay free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Headroom {
    /// Of the capacity.
    Percent(u32),
    /// A fixed number.
    Seats(u32),
}

/// One `[[waiver]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Waiver {
    /// Id of the criterion.
    pub(crate) criterion: String,
    /// Narrows to one code.
    pub(crate) code: Option<String>,
    /// Narrows to one group: id or display name.
    pub(crate) group: Option<String>,
    /// Narrows to one user: id or user principal name.
    pub(crate) user: Option<String>,
    /// Narrows to one SKU: id or part number.
    pub(crate) sku: Option<String>,
    /// Last good day, `YYYY-MM-DD`.
    pub(crate) expires: String,
}

impl Plan {
    /// The text of the `tollgate.toml` that says the same.
    pub(crate) fn to_toml(&self) -> String {
        let mut text = String::new();
        for target in &self.targets {
            text.push_str("[[target]]\n");
            line(&mut text, "group", &quoted(&target.group));
            if let Some(require) = &target.require {
                line(&mut text, "require", &list(require));
            }
            if let Some(edition) = &target.edition {
                line(&mut text, "edition", &quoted(edition));
            }
            text.push('\n');
        }
        if !self.exclude_groups.is_empty() || !self.exclude_skus.is_empty() {
            text.push_str("[scope]\n");
            if !self.exclude_groups.is_empty() {
                line(&mut text, "exclude-groups", &list(&self.exclude_groups));
            }
            if !self.exclude_skus.is_empty() {
                line(&mut text, "exclude-skus", &list(&self.exclude_skus));
            }
            text.push('\n');
        }
        if self.headroom.is_some() || self.lapse_window_days.is_some() {
            text.push_str("[seats]\n");
            match self.headroom {
                Some(Headroom::Percent(percent)) => line(&mut text, "headroom", &format!("\"{percent}%\"")),
                Some(Headroom::Seats(seats)) => line(&mut text, "headroom", &seats.to_string()),
                None => {}
            }
            if let Some(days) = self.lapse_window_days {
                line(&mut text, "lapse-window", &format!("\"{days} days\""));
            }
            text.push('\n');
        }
        for waiver in &self.waivers {
            text.push_str("[[waiver]]\n");
            line(&mut text, "criterion", &quoted(&waiver.criterion));
            let narrower = [
                ("code", &waiver.code),
                ("group", &waiver.group),
                ("user", &waiver.user),
                ("sku", &waiver.sku),
            ];
            for (key, value) in narrower {
                if let Some(value) = value {
                    line(&mut text, key, &quoted(value));
                }
            }
            line(&mut text, "reason", "\"agreed\"");
            line(&mut text, "owner", "\"identity team\"");
            line(&mut text, "expires", &waiver.expires);
            text.push('\n');
        }
        text
    }
}

fn line(text: &mut String, key: &str, value: &str) {
    writeln!(text, "{key} = {value}").expect("writing to a String does not fail");
}

fn list(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("[{}]", values.join(", "))
}

fn quoted(value: &str) -> String {
    toml::Value::String(value.to_owned()).to_string()
}
