//! Waivers: violations that somebody accepts, for a reason, until a day.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Code, CriterionId, Evidence, Finding, Message, Severity, Subject, Wanted};
use crate::plan::Selector;
use crate::tenant::Tenant;

/// A waiver of the configuration.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The criterion it belongs to.
    pub criterion: CriterionId,
    /// Only this code.
    pub code: Option<Code>,
    /// Only findings that name such a group.
    pub group: Option<Selector>,
    /// Only findings that name such a user.
    pub user: Option<Selector>,
    /// Only findings that name such a product.
    pub sku: Option<Selector>,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepts it.
    pub owner: String,
    /// The last day on which it is good, UTC.
    pub expires: Date,
}

/// What became of a waiver in an audit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WaiverState {
    /// In force, and it covers something.
    Active,
    /// Its day is over.
    Expired,
    /// In force, and nothing is covered by it.
    Unused,
}

impl WaiverState {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Unused => "unused",
        }
    }
}

/// A waiver and what it covers.
#[derive(Clone, Debug)]
pub struct AppliedWaiver {
    /// The waiver.
    pub waiver: Waiver,
    /// What became of it.
    pub state: WaiverState,
    /// How many violations it covers.
    pub matched: usize,
}

impl Waiver {
    /// Whether it is still good: until the end of its day, UTC.
    pub fn in_force(&self, as_of: Timestamp) -> bool {
        as_of.to_zoned(TimeZone::UTC).date() <= self.expires
    }

    /// Whether nothing narrows it, so that it covers whatever its criterion may find.
    pub fn covers_all(&self) -> bool {
        self.code.is_none() && self.group.is_none() && self.user.is_none() && self.sku.is_none()
    }

    fn covers(&self, tenant: &Tenant, finding: &Finding) -> bool {
        let subject = &finding.subject;
        let group = |selector: &Selector| {
            subject.group.as_ref().is_some_and(|group| {
                let id = group.id(tenant).map_or(0, |id| id.0);
                selector.matches(id, [group.display_name(tenant)])
            })
        };
        let user = |selector: &Selector| {
            subject.user.is_some_and(|user| {
                let user = tenant.user(user);
                selector.matches(user.id().0, [user.principal_name(), user.display_name()])
            })
        };
        let sku = |selector: &Selector| {
            subject.sku.is_some_and(|sku| {
                let index = tenant.find_sku(sku);
                let part_number = index.and_then(|index| tenant.part_number(index));
                let part_number =
                    part_number.or_else(|| crate::catalogue::product(sku.0).map(|sku| sku.part_number));
                selector.matches_sku(sku, part_number)
            })
        };
        self.code.is_none_or(|code| code == finding.code)
            && self.group.as_ref().is_none_or(group)
            && self.user.as_ref().is_none_or(user)
            && self.sku.as_ref().is_none_or(sku)
    }
}

/// Marks what the criterion's waivers cover, and adds what is to be said of the waivers themselves.
///
/// `waivers` are all of the plan. The first that covers a violation is shown with it; the others count as used
/// too. Gaps cannot be waived.
pub fn apply_waivers(
    tenant: &Tenant,
    criterion: CriterionId,
    waivers: &[Waiver],
    severity_of: &dyn Fn(Code) -> Severity,
    findings: &mut Vec<Finding>,
) -> Vec<(usize, AppliedWaiver)> {
    let own: Vec<(usize, &Waiver)> =
        waivers.iter().enumerate().filter(|(_, waiver)| waiver.criterion == criterion).collect();
    let mut matched = vec![0_usize; waivers.len()];
    for finding in findings.iter_mut().filter(|finding| finding.severity == Severity::Violation) {
        for (place, waiver) in &own {
            if waiver.in_force(tenant.as_of()) && waiver.covers(tenant, finding) {
                finding.waiver.get_or_insert(*place);
                matched[*place] += 1;
            }
        }
    }
    let mut applied = Vec::new();
    for (place, waiver) in own {
        let matched = matched[place];
        let state = match (waiver.in_force(tenant.as_of()), matched) {
            (false, _) => WaiverState::Expired,
            (true, 0) => WaiverState::Unused,
            (true, _) => WaiverState::Active,
        };
        let mut report = |code: Code, message: &'static str| {
            findings.push(Finding {
                code,
                severity: severity_of(code),
                subject: Subject::none(),
                message: Message::new(message)
                    .with("owner", waiver.owner.as_str())
                    .with("reason", waiver.reason.as_str())
                    .with("expires", waiver.expires.to_string()),
                evidence: vec![Evidence {
                    object: format!("tollgate.toml/waiver/{}", place + 1),
                    property: "expires",
                    seen: waiver.expires.to_string().into(),
                    wanted: Wanted::said("wanted-narrow-waiver"),
                    read_at: tenant.as_of(),
                }],
                folded: Vec::new(),
                waiver: None,
            });
        };
        match state {
            WaiverState::Expired => report(Code::WaiverExpired, "waiver-expired"),
            WaiverState::Unused => report(Code::WaiverUnused, "waiver-unused"),
            WaiverState::Active => {}
        }
        if waiver.covers_all() && state != WaiverState::Expired {
            report(Code::WaiverCoversAll, "waiver-covers-all");
        }
        applied.push((place, AppliedWaiver { waiver: waiver.clone(), state, matched }));
    }
    applied
}
