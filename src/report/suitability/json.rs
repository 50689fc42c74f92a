//! What `tollgate groups --print json` prints: format `tollgate/groups/v1`.

use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;

use super::super::text::{self, Texts};
use super::{next_step, owners_unread, why};
use crate::rules::Audit;
use crate::rules::suitability::{Assessed, Assessment, Class, Reason};
use crate::tenant::{self, GroupIndex, OtherOwner, Tenant};
use crate::verdict::{Gap, GroupSubject};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    schema: &'static str,
    tool: Tool,
    tenant: Whose,
    as_of: Timestamp,
    /// Whether everything was seen that decides.
    complete: bool,
    counts: Vec<Count>,
    groups_left_out: usize,
    /// Why owners were not read.
    owners_not_read: Option<String>,
    gaps: Vec<Said>,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Whose {
    id: Option<String>,
    display_name: Option<String>,
}

#[derive(Serialize)]
struct Count {
    class: &'static str,
    groups: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    id: String,
    display_name: Option<String>,
    class: &'static str,
    rank: Option<usize>,
    kind: &'static str,
    dynamic: bool,
    target: bool,
    licenses: Vec<String>,
    members: Option<Members>,
    newly_covered: Vec<User>,
    needs: Vec<Need>,
    overlapping_groups: usize,
    overlaps: Vec<Overlap>,
    reasons: Vec<Said>,
    remarks: Vec<Said>,
    read_at: Timestamp,
    members_read_at: Option<Timestamp>,
    owners: Option<Vec<Owner>>,
    more_owners: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    internal: usize,
    external: usize,
    nested: usize,
    others: u64,
    have_directly: usize,
    have_through_group: usize,
    have_none: usize,
    have_none_blocked: usize,
    have_unclear: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "Graph's own names")]
struct User {
    id: String,
    user_principal_name: Option<String>,
    display_name: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Owner {
    r#type: Option<String>,
    #[serde(flatten)]
    user: User,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Need {
    sku_id: String,
    part_number: Option<String>,
    name: String,
    seats: usize,
    free: Option<i64>,
    short: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Overlap {
    id: String,
    display_name: Option<String>,
    shared: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    criterion: Option<&'static str>,
    code: &'static str,
    count: usize,
    reason: String,
    next_step: Option<String>,
}

/// Writes the assessment, ending in a line feed.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    audit: &Audit<'_>,
    assessment: &Assessment,
    texts: &Texts,
    out: &mut dyn Write,
) -> io::Result<()> {
    let tenant = audit.context.tenant;
    let organization = tenant.organization();
    let said = |reason: &Reason| Said {
        criterion: reason.criterion.map(crate::verdict::CriterionId::as_str),
        code: reason.code,
        count: reason.count,
        reason: why(texts, tenant, reason, text::as_received),
        next_step: next_step(texts, tenant, reason, text::as_received),
    };
    let page = Page {
        schema: "tollgate/groups/v1",
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        tenant: Whose { id: organization.id.clone(), display_name: organization.display_name.clone() },
        as_of: tenant.as_of(),
        complete: assessment.is_complete(),
        counts: Class::ALL
            .map(|class| Count { class: class.as_str(), groups: assessment.count(class) })
            .into(),
        groups_left_out: assessment.left_out,
        owners_not_read: owners_unread(texts, tenant),
        gaps: assessment.gaps.iter().map(|gap: &Gap| said(&Reason::from(gap.clone()))).collect(),
        groups: assessment.groups.iter().map(|assessed| group(audit, assessed, &said)).collect(),
    };
    super::super::json::write_document(&page, out)
}

fn group(audit: &Audit<'_>, assessed: &Assessed, said: &dyn Fn(&Reason) -> Said) -> Group {
    let tenant = audit.context.tenant;
    let group = tenant.group(assessed.group);
    let members = tenant.members(assessed.group);
    let owners = tenant.owners(assessed.group);
    let name = |index: GroupIndex| tenant.group(index).display_name.clone();
    Group {
        id: tenant.id_text(group.id.0).into_owned(),
        display_name: group.display_name.clone(),
        class: assessed.class.as_str(),
        rank: assessed.rank,
        kind: assessed.kind.as_str(),
        dynamic: group.dynamic,
        target: assessed.planned,
        licenses: super::super::licenses_of(audit, assessed.group),
        members: assessed.people.map(|people| Members {
            internal: people.internal,
            external: people.external,
            nested: people.nested,
            others: people.others,
            have_directly: people.direct,
            have_through_group: people.grouped,
            have_none: people.without,
            have_none_blocked: people.blocked,
            have_unclear: people.unclear,
        }),
        newly_covered: assessed.newly_covered.iter().map(|index| user(tenant, *index)).collect(),
        needs: assessed
            .needs
            .iter()
            .map(|need| Need {
                sku_id: tenant.id_text(tenant.sku(need.sku).id.0).into_owned(),
                part_number: tenant.part_number(need.sku).map(str::to_owned),
                name: tenant.product_name(need.sku).into_owned(),
                seats: need.seats,
                free: need.free,
                short: need.short(),
            })
            .collect(),
        overlapping_groups: assessed.overlapping,
        overlaps: assessed
            .overlaps
            .iter()
            .map(|overlap| Overlap {
                id: id(tenant, overlap.group),
                display_name: name(overlap.group),
                shared: overlap.shared,
            })
            .collect(),
        reasons: assessed.reasons.iter().map(said).collect(),
        remarks: assessed.remarks.iter().map(said).collect(),
        read_at: tenant.read_at(group.read),
        members_read_at: members.and_then(|members| members.read).map(|read| tenant.read_at(read)),
        owners: owners.map(|owners| owners.all.iter().map(|one| owner(tenant, one)).collect()),
        more_owners: owners.map(tenant::Owners::may_be_more),
    }
}

fn id(tenant: &Tenant, group: GroupIndex) -> String {
    GroupSubject::Known(group).id(tenant).map_or_else(String::new, |id| tenant.id_text(id.0).into_owned())
}

fn owner(tenant: &Tenant, owner: &tenant::Owner) -> Owner {
    match owner {
        tenant::Owner::User(index) => Owner { r#type: Some("user".to_owned()), user: user(tenant, *index) },
        tenant::Owner::Other(OtherOwner { id, kind, display_name, principal_name }) => Owner {
            r#type: kind.clone(),
            user: User {
                id: tenant.id_text(*id).into_owned(),
                user_principal_name: principal_name.clone(),
                display_name: display_name.clone(),
            },
        },
    }
}

fn user(tenant: &Tenant, index: crate::tenant::UserIndex) -> User {
    let user = tenant.user(index);
    User {
        id: tenant.id_text(user.id().0).into_owned(),
        user_principal_name: user.principal_name().map(str::to_owned),
        display_name: user.display_name().map(str::to_owned),
    }
}
