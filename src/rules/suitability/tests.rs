use serde_json::{Value, json};

use super::{Assessed, Assessment, Class, assess};
use crate::pack::Pack;
use crate::plan::{Config, Selector};
use crate::rules::judge;
use crate::tenant::{Collection, Coverage, Decoded, GroupId, Run, Tenant, TenantBuilder, Why};

const E3: &str = "6fd2c87f-b296-42f0-b197-1e91e994b900";
const EMS: &str = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";
const M365: &str = "05e9a617-0261-4cee-bb44-138d3ef5d965";
const E1: &str = "18181a46-0d4e-45cd-891e-60aabd171b4e";
const NOBODY_KNOWS: &str = "0a1b2c3d-0000-4000-8000-00000000beef";

fn id(number: u32) -> String {
    format!("5a1e5000-0000-4000-8000-{number:012}")
}

/// A tenant that owns 10 seats of Microsoft 365 E3, 2 of them in use. Group 1 hands them out, to user 91 only.
struct World {
    users: Vec<Value>,
    groups: Vec<Value>,
    members: Vec<(u32, Vec<Value>)>,
    broken: Vec<String>,
    products: Vec<Value>,
}

fn world() -> World {
    let product = |sku: &str, part: &str, seats: u32, used: u32| {
        json!({"id": sku, "skuId": sku, "skuPartNumber": part, "appliesTo": "User", "capabilityStatus": "Enabled",
            "consumedUnits": used, "prepaidUnits": {"enabled": seats, "warning": 0, "suspended": 0, "lockedOut": 0}})
    };
    let world = World {
        users: Vec::new(),
        groups: Vec::new(),
        members: Vec::new(),
        broken: Vec::new(),
        products: vec![product(M365, "SPE_E3", 10, 2), product(E1, "STANDARDPACK", 10, 0)],
    };
    world
        .user(91, &[(M365, Some(1))])
        .group(1, "Licensed")
        .with("assignedLicenses", json!([{"skuId": M365}]))
        .of(&[91])
}

impl World {
    fn user(mut self, number: u32, entries: &[(&str, Option<u32>)]) -> Self {
        let entries = entries.iter().map(|(sku, group)| {
            json!({"skuId": sku, "assignedByGroup": group.map(id), "state": "Active", "error": "None"})
        });
        self.users.push(json!({"id": id(number), "userPrincipalName": format!("u{number}@contoso.example"),
            "accountEnabled": true, "usageLocation": "NL", "licenseAssignmentStates": entries.collect::<Vec<_>>()}));
        self
    }

    /// Users who have the product directly.
    fn direct(self, numbers: &[u32]) -> Self {
        numbers.iter().fold(self, |world, number| world.user(*number, &[(M365, None)]))
    }

    /// Users who have nothing.
    fn bare(self, numbers: &[u32]) -> Self {
        numbers.iter().fold(self, |world, number| world.user(*number, &[]))
    }

    fn last_user(mut self, property: &str, value: impl Into<Value>) -> Self {
        self.users.last_mut().expect("a user")[property] = value.into();
        self
    }

    fn group(mut self, number: u32, name: &str) -> Self {
        self.groups.push(
            json!({"id": id(number), "displayName": name, "groupTypes": [], "securityEnabled": true,
            "mailEnabled": false, "assignedLicenses": [],
            "licenseProcessingState": {"state": "ProcessingComplete"}}),
        );
        self.members.push((number, Vec::new()));
        self
    }

    fn with(mut self, property: &str, value: impl Into<Value>) -> Self {
        self.groups.last_mut().expect("a group")[property] = value.into();
        self
    }

    fn has(mut self, kind: &str, numbers: &[u32]) -> Self {
        let objects = numbers
            .iter()
            .map(|number| json!({"@odata.type": format!("#microsoft.graph.{kind}"), "id": id(*number)}));
        self.members.last_mut().expect("a group").1.extend(objects);
        self
    }

    fn of(self, users: &[u32]) -> Self {
        self.has("user", users)
    }

    /// Nobody asked for the members of the group added last.
    fn unread(mut self) -> Self {
        self.members.pop();
        self
    }

    fn broken(mut self, collection: impl Into<String>) -> Self {
        self.broken.push(collection.into());
        self
    }

    fn tenant(self) -> Tenant {
        let as_of = "2026-11-22T09:00:00Z".parse().expect("a moment");
        let mut builder = TenantBuilder::new();
        let mut coverage = Vec::new();
        let mut collections =
            vec![(Collection::SubscribedSkus, self.products), (Collection::Groups, self.groups)];
        for (group, objects) in self.members {
            collections.push((Collection::Members(GroupId::parse(&id(group)).expect("an id")), objects));
        }
        collections.push((Collection::Users, self.users));
        for (collection, objects) in collections {
            let mut page = Decoded::new(collection, as_of);
            for object in objects {
                page.object(&object.to_string()).expect("an object of its shape");
            }
            builder.add(page).expect("there are few names");
            let path = collection.ledger_path();
            let broken = self.broken.contains(&path);
            coverage.push(Coverage {
                read: builder.read(collection),
                collection: path,
                partition: None,
                expected: None,
                pages: 1,
                restarts: 0,
                complete: !broken,
                reason: broken.then(|| Why::Busy { error: "503 Service Unavailable".to_owned() }),
            });
        }
        builder.finish(as_of, coverage, Run::default())
    }

    fn assess(self, plan: &str, wanted: Option<&str>, look: impl FnOnce(&Tenant, &Assessment)) {
        let tenant = self.tenant();
        let config = Config::parse("tollgate.toml", plan).expect("a configuration");
        let audit = judge(&tenant, &config.plan, Pack::built_in()).expect("a plan that fits");
        look(&tenant, &assess(&audit, wanted.map(Selector::new).as_ref()));
    }

    /// Class and reason codes of the group with this name.
    #[track_caller]
    fn is(self, name: &str, class: Class, reasons: &[&str]) {
        self.under("", name, class, reasons);
    }

    #[track_caller]
    fn under(self, plan: &str, name: &str, class: Class, reasons: &[&str]) {
        self.assess(plan, None, |tenant, assessment| {
            let found = named(tenant, assessment, name);
            let codes: Vec<&str> = found.reasons.iter().map(|reason| reason.code).collect();
            assert_eq!((found.class, &codes[..]), (class, reasons));
        });
    }
}

fn named<'a>(tenant: &Tenant, assessment: &'a Assessment, name: &str) -> &'a Assessed {
    let mut groups = assessment.groups.iter();
    groups
        .find(|assessed| tenant.group(assessed.group).display_name.as_deref() == Some(name))
        .expect("the group")
}

#[test]
fn a_group_of_people_who_have_the_products_directly_is_suitable() {
    let team = world().direct(&[11, 12]).group(2, "Team").of(&[11, 12, 91]);
    team.is("Team", Class::Suitable, &["worth"]);
}

#[test]
fn a_group_of_people_who_have_none_is_suitable_and_says_whom_it_would_cover() {
    let team = world().direct(&[11]).bare(&[12, 13]).group(2, "Team").of(&[11, 12, 13]);
    team.assess("", None, |tenant, assessment| {
        let found = named(tenant, assessment, "Team");
        assert_eq!(found.class, Class::Suitable);
        let covered: Vec<_> =
            found.newly_covered.iter().map(|user| tenant.user(*user).principal_name()).collect();
        assert_eq!(covered, [Some("u12@contoso.example"), Some("u13@contoso.example")]);
        let people = found.people.expect("seen whole");
        assert_eq!((people.direct, people.grouped, people.without, people.better_off()), (1, 0, 2, 3));
        let need = found.needs[0];
        assert_eq!((need.seats, need.free, need.short()), (2, Some(8), Some(0)), "a seat is counted once");
    });
}

#[test]
fn half_is_not_most() {
    let team = world().direct(&[11]).group(2, "Team").of(&[11, 91]);
    team.is("Team", Class::Unsuitable, &["already-covered"]);
}

#[test]
fn who_waits_in_a_licensed_group_is_covered_by_it() {
    let world =
        world().bare(&[11]).group(3, "Other").with("assignedLicenses", json!([{"skuId": M365}])).of(&[11]);
    world.group(2, "Team").of(&[11]).is("Team", Class::Unsuitable, &["already-covered"]);
}

#[test]
fn who_is_blocked_needs_nothing() {
    let world = world().bare(&[11]).last_user("accountEnabled", false).bare(&[12]);
    let world = world.last_user("accountEnabled", false).bare(&[13]);
    world.group(2, "Leavers").of(&[11, 12, 13]).is("Leavers", Class::Unsuitable, &["no-need"]);
}

#[test]
fn a_product_without_a_whole_suite_does_not_count_as_having_the_products() {
    let team = world().user(11, &[(E1, Some(1))]).group(2, "Team").of(&[11]);
    team.is("Team", Class::Suitable, &["worth"]);
}

#[test]
fn a_product_of_unknown_contents_decides_nothing_unless_all_hangs_on_it() {
    let world = || world().user(11, &[(NOBODY_KNOWS, None)]).direct(&[12, 13]);
    world().group(2, "Team").of(&[11, 12, 13]).is("Team", Class::Suitable, &["worth"]);
    world().group(2, "Team").of(&[11, 12, 91]).is("Team", Class::Unknown, &["sku-plans-missing"]);
}

#[test]
fn a_target_is_suitable_whatever_its_members_have() {
    let plan = "[[target]]\ngroup = 'Team'\n";
    world().group(2, "Team").of(&[91]).under(plan, "Team", Class::Suitable, &["planned"]);
}

#[test]
fn one_guest_has_to_go_first() {
    let guest = |mark: &str, value: &str| world().direct(&[11]).bare(&[12]).last_user(mark, value);
    for (mark, value) in [("creationType", "Invitation"), ("externalUserState", "Accepted")] {
        let team = guest(mark, value).group(2, "Team").of(&[11, 12]);
        team.is("Team", Class::AfterChange, &["guests", "worth"]);
    }
    // An account of the organization's own is none, whatever its userType.
    guest("userType", "Guest").group(2, "Team").of(&[11, 12]).is("Team", Class::Suitable, &["worth"]);
}

#[test]
fn people_below_nested_groups_have_to_become_direct_members() {
    let world = || world().direct(&[11, 12]).bare(&[13]).last_user("creationType", "Invitation");
    let team = world().group(3, "Inner").of(&[12]).group(2, "Team").of(&[11]).has("group", &[3]);
    team.is("Team", Class::AfterChange, &["nested", "worth"]);
    // Who is a direct member as well, or external, adds nothing.
    let team = world().group(3, "Inner").of(&[11, 13]).group(2, "Team").of(&[11]).has("group", &[3]);
    team.is("Team", Class::Suitable, &["worth"]);
    let unread = world().group(3, "Inner").unread().group(2, "Team").of(&[11]).has("group", &[3]);
    unread.is("Team", Class::Unknown, &["members-incomplete"]);
}

#[test]
fn a_paused_rule_has_to_be_resumed_if_it_is_in_effect() {
    let team = |kinds: Value| {
        let team = world().direct(&[11]).group(2, "Team").with("groupTypes", kinds);
        let team = team.with("membershipRule", "(user.userType -eq \"Member\")");
        team.with("membershipRuleProcessingState", "Paused").of(&[11])
    };
    team(json!(["DynamicMembership"])).is("Team", Class::AfterChange, &["rule-paused", "worth"]);
    team(json!([])).is("Team", Class::Suitable, &["worth"]);
}

#[test]
fn a_microsoft_365_group_can_be_made_security_enabled_and_a_distribution_list_cannot() {
    let team = |kinds: Value| {
        let team = world().direct(&[11]).group(2, "Team").with("securityEnabled", false).of(&[11]);
        team.with("mailEnabled", true).with("groupTypes", kinds)
    };
    team(json!(["Unified"])).is("Team", Class::AfterChange, &["not-security-enabled-yet", "worth"]);
    team(json!(["Unified"])).unread().is("Team", Class::Unsuitable, &["not-security-enabled"]);
    team(json!([])).is("Team", Class::Unsuitable, &["distribution-list"]);
    let unknown = world().direct(&[11]).group(2, "Team").with("securityEnabled", Value::Null).of(&[11]);
    unknown.is("Team", Class::Unknown, &["group-kind-unknown"]);
}

#[test]
fn devices_hidden_empty_guests_only_and_excluded_are_not_suitable() {
    let group = || world().direct(&[11]).group(2, "Team");
    let rule = group().with("membershipRule", "(device.deviceOSType -eq \"Windows\")").of(&[11]);
    rule.is("Team", Class::Unsuitable, &["device-rule"]);
    group().has("device", &[71, 72]).is("Team", Class::Unsuitable, &["only-devices"]);
    group().is("Team", Class::Unsuitable, &["empty"]);
    group().with("visibility", "HiddenMembership").is("Team", Class::Unsuitable, &["hidden"]);
    // Where its members are shown to us, they are judged.
    group().with("visibility", "HiddenMembership").of(&[11]).is("Team", Class::Suitable, &["worth"]);
    let guests = world().bare(&[11]).last_user("creationType", "Invitation").group(2, "Team").of(&[11]);
    guests.is("Team", Class::Unsuitable, &["only-guests"]);
    let plan = "scope.exclude-groups = ['Team']\n";
    group().of(&[11]).under(plan, "Team", Class::Unsuitable, &["excluded"]);
}

#[test]
fn what_is_wrong_with_the_kind_is_told_as_the_criterion_tells_it() {
    let devices = "(device.deviceOSType -eq \"Windows\")";
    for (security_enabled, rule, message) in [
        (json!(true), devices, Some("group-type-not-eligible-devices")),
        (json!(null), devices, Some("group-type-not-eligible-devices")),
        (json!(false), devices, Some("group-type-not-eligible")),
        (json!(false), "", Some("group-type-not-eligible")),
        (json!(true), "", None),
    ] {
        for plan in ["", "[[target]]\ngroup = 'Team'\n"] {
            let team =
                world().direct(&[11]).group(2, "Team").with("securityEnabled", security_enabled.clone());
            let team = team.with("membershipRule", rule).with("assignedLicenses", json!([{"skuId": M365}]));
            team.of(&[11]).assess(plan, None, |tenant, assessment| {
                let mut reasons = named(tenant, assessment, "Team").reasons.iter();
                let kind = reasons.find(|reason| reason.code == "group-type-not-eligible");
                assert_eq!(kind.map(|kind| kind.message.id), message, "{security_enabled} {rule} {plan}");
            });
        }
    }
    // Without licenses too; and who makes a group security-enabled does not change its rule.
    let group = |kinds: Value| {
        let group = world().direct(&[11]).group(2, "Team").with("securityEnabled", false).of(&[11]);
        group.with("membershipRule", devices).with("groupTypes", kinds)
    };
    group(json!([])).is("Team", Class::Unsuitable, &["distribution-list"]);
    group(json!(["Unified"])).is("Team", Class::Unsuitable, &["device-rule"]);
}

#[test]
fn what_was_not_seen_whole_is_never_suitable() {
    let group = || world().direct(&[11]).group(2, "Team").of(&[11]);
    group().broken(format!("groups/{}/members", id(2))).is("Team", Class::Unknown, &["members-incomplete"]);
    group().unread().is("Team", Class::Unknown, &["members-not-in-snapshot"]);
    // In the group and in no list: nothing of him is known.
    group().of(&[12]).is("Team", Class::Unknown, &["limited-information"]);
    group().of(&[12]).broken("users").is("Team", Class::Unknown, &["users-incomplete"]);
    let no_states = world().direct(&[11]).last_user("licenseAssignmentStates", Value::Null);
    no_states.group(2, "Team").of(&[11]).is("Team", Class::Unknown, &["license-states-missing"]);
}

#[test]
fn where_no_license_of_a_group_is_shown_nothing_is_said_of_any() {
    let world = world().with("assignedLicenses", json!([])).direct(&[11]).group(2, "Team").of(&[11]);
    world.is("Team", Class::Unknown, &["group-licenses-unreadable"]);
}

#[test]
fn a_list_that_was_not_read_to_its_end_is_a_gap_of_all() {
    for list in ["groups", "users"] {
        world().broken(list).assess("", None, |_, assessment| {
            assert_eq!(assessment.gaps.len(), 1, "{list}");
            assert!(!assessment.is_complete());
        });
    }
    world().assess("", None, |_, assessment| assert!(assessment.is_complete()));
}

#[test]
fn a_licensed_group_is_what_the_criteria_say() {
    world().is("Licensed", Class::Licensed, &["licensed"]);
    let wrong = world().bare(&[11]).group(2, "Wrong").with("assignedLicenses", json!([{"skuId": M365}]));
    wrong.of(&[11]).is("Wrong", Class::LicensedButWrong, &["not-licensed-without-error"]);
    let kind = world().with("securityEnabled", false);
    kind.is("Licensed", Class::LicensedButWrong, &["group-type-not-eligible"]);
    let pending = world().bare(&[11]).group(2, "Busy").with("assignedLicenses", json!([{"skuId": M365}]));
    let pending = pending.with("licenseProcessingState", json!({"state": "QueuedForProcessing"})).of(&[11]);
    pending.is("Busy", Class::Unknown, &["license-pending"]);
    let waiver = "[[waiver]]\ncriterion = 'members-fully-licensed'\ngroup = 'Wrong'\nreason = 'r'\nowner = 'o'\n\
                  expires = 2027-01-01\n";
    let accepted =
        world().bare(&[11]).group(2, "Wrong").with("assignedLicenses", json!([{"skuId": M365}])).of(&[11]);
    accepted.under(waiver, "Wrong", Class::Licensed, &["licensed"]);
}

#[test]
fn the_same_finding_of_many_members_is_said_once_with_a_count() {
    let wrong =
        world().bare(&[11, 12, 13]).group(2, "Wrong").with("assignedLicenses", json!([{"skuId": M365}]));
    wrong.of(&[11, 12, 13]).assess("", None, |tenant, assessment| {
        let reasons = &named(tenant, assessment, "Wrong").reasons;
        assert_eq!((reasons.len(), reasons[0].count), (1, 3));
    });
}

#[test]
fn what_members_have_directly_would_be_handed_out_else_what_the_house_hands_out() {
    let parts = |world: World, plan: &str| {
        let mut found = Vec::new();
        world.assess(plan, None, |tenant, assessment| {
            let needs = named(tenant, assessment, "Team").needs.iter();
            found = needs.map(|need| tenant.part_number(need.sku).unwrap_or_default().to_owned()).collect();
        });
        found
    };
    let team = world().user(11, &[(E3, None), (EMS, None)]).group(2, "Team").of(&[11]);
    assert_eq!(parts(team, ""), ["ENTERPRISEPACK", "EMS"]);
    // One suite alone is not what the criterion wants.
    let team = world().user(11, &[(E3, None)]).group(2, "Team").of(&[11]);
    assert_eq!(parts(team, ""), ["SPE_E3"]);
    let team = || world().bare(&[11]).group(2, "Team").of(&[11]);
    assert_eq!(parts(team(), ""), ["SPE_E3"]);
    assert_eq!(parts(team(), "[[target]]\ngroup = 'Team'\nrequire = ['STANDARDPACK']\n"), ["STANDARDPACK"]);
}

#[test]
fn seats_that_are_missing_are_counted_and_unknown_ones_are_not_called_enough() {
    let numbers: Vec<u32> = (100..111).collect();
    let team = world().bare(&numbers).group(2, "Team").of(&numbers);
    team.assess("", None, |tenant, assessment| {
        let found = named(tenant, assessment, "Team");
        assert_eq!((found.seats(), found.short()), (11, Some(3)), "8 are free");
    });
    let mut team = world().bare(&[11]).group(2, "Team").of(&[11]);
    team.products[0]["consumedUnits"] = Value::Null;
    team.assess("", None, |tenant, assessment| {
        let found = named(tenant, assessment, "Team");
        assert_eq!((found.class, found.short()), (Class::Suitable, None));
        assert!(found.remarks.iter().any(|remark| remark.code == "seats-unknown"));
    });
}

#[test]
fn candidates_are_ranked_planned_first_then_by_seats_then_by_people() {
    let many: Vec<u32> = (100..120).collect();
    let world = world().direct(&[11, 12, 13]).bare(&many).bare(&[21]);
    let world =
        world.group(2, "Two").of(&[11, 12]).group(3, "Three").of(&[11, 12, 13]).group(4, "Short").of(&many);
    let world = world.group(5, "Planned").of(&[91]).group(6, "Changed").of(&[11, 12, 13]).has("group", &[7]);
    let world = world.group(7, "Inner").of(&[21]);
    world.assess("[[target]]\ngroup = 'Planned'\n", None, |tenant, assessment| {
        let ranked = assessment.groups.iter().filter(|assessed| assessed.rank.is_some());
        let names: Vec<_> = ranked
            .map(|assessed| tenant.group(assessed.group).display_name.clone().unwrap_or_default())
            .collect();
        assert_eq!(names, ["Planned", "Three", "Two", "Inner", "Short", "Changed"]);
        let ranks: Vec<_> = assessment.groups.iter().filter_map(|assessed| assessed.rank).collect();
        assert_eq!(ranks, [1, 2, 3, 4, 5, 6]);
    });
}

#[test]
fn overlaps_name_the_groups_that_share_most_and_leave_out_unsuitable_ones() {
    let world = world().direct(&[11, 12, 13]).group(2, "A").of(&[11, 12, 13]).group(3, "B").of(&[11, 12]);
    let world =
        world.group(4, "C").of(&[13]).group(5, "List").with("securityEnabled", false).of(&[11, 12, 13]);
    world.assess("", None, |tenant, assessment| {
        let shared: Vec<_> = named(tenant, assessment, "A")
            .overlaps
            .iter()
            .map(|overlap| {
                (tenant.group(overlap.group).display_name.as_deref().unwrap_or_default(), overlap.shared)
            })
            .collect();
        assert_eq!(shared, [("B", 2), ("C", 1)]);
        assert_eq!(named(tenant, assessment, "A").overlapping, 2);
        assert!(named(tenant, assessment, "Licensed").overlaps.is_empty());
    });
}

#[test]
fn a_pattern_narrows_what_is_judged_and_says_how_much_it_left_out() {
    let world = world().direct(&[11]).group(2, "LIC Team").of(&[11]).group(3, "Other").of(&[11]);
    world.assess("", Some("lic*"), |tenant, assessment| {
        let names: Vec<_> = assessment
            .groups
            .iter()
            .map(|assessed| tenant.group(assessed.group).display_name.as_deref())
            .collect();
        assert_eq!(names, [Some("LIC Team"), Some("Licensed")]);
        assert_eq!(assessment.left_out, 1);
    });
}

#[test]
fn cycles_of_groups_end() {
    let world = world().direct(&[11, 12]).group(2, "A").of(&[11]).has("group", &[3]);
    world.group(3, "B").of(&[12]).has("group", &[2]).is("A", Class::AfterChange, &["nested", "worth"]);
}
