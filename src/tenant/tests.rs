//! The tenant model, from objects as received.

use jiff::Timestamp;

use super::*;

const SALES: &str = "5a1e5000-0000-4000-8000-000000000001";
const ADA: &str = "05e40000-0000-4000-8000-000000000001";
const E3: &str = "6fd2c87f-b296-42f0-b197-1e91e994b900";

fn moment(second: i8) -> Timestamp {
    format!("2026-11-16T08:00:{second:02}Z").parse().expect("a time")
}

/// Objects of collections in the order in which they came.
struct Story(TenantBuilder, Vec<Coverage>);

impl Story {
    fn new() -> Self {
        Self(TenantBuilder::new(), Vec::new())
    }

    fn read(mut self, collection: Collection, objects: &[&str]) -> Self {
        let mut page = Decoded::new(collection, moment(0));
        for object in objects {
            // A test may plant an object that cannot be understood.
            let _ = page.object(object);
        }
        self.0.add(page).expect("there are few names");
        self.1.push(Coverage {
            collection: collection.ledger_path(),
            partition: None,
            expected: None,
            read: objects.len() as u64,
            pages: 1,
            restarts: 0,
            complete: true,
            reason: None,
        });
        self
    }

    fn members(self, objects: &[&str]) -> Self {
        self.read(Collection::Members(GroupId::parse(SALES).expect("an id")), objects)
    }

    fn tell(self) -> Tenant {
        self.0.finish(moment(9), self.1, Run::default())
    }
}

fn user(id: &str, more: &str) -> String {
    format!(r#"{{"id":"{id}","userPrincipalName":"{id}@contoso.example"{more}}}"#)
}

fn states(tenant: &Tenant) -> Vec<(State, Option<String>)> {
    let user = tenant.users().next().expect("a user");
    let entries = user.entries().expect("the states were read");
    entries.iter().map(|entry| (entry.state(), entry.state_text().map(str::to_owned))).collect()
}

/// The owners of the one group, by what reports call them; `None` where they were not read.
fn owners(tenant: &Tenant) -> Option<Vec<String>> {
    let (sales, _) = tenant.groups().next().expect("a group");
    let owners = tenant.owners(sales)?.all.iter();
    Some(owners.map(|owner| crate::report::text::owner_name(tenant, owner)).collect())
}

const APPLICATION: &str = "a9900000-0000-4000-8000-000000000001";
const BEN: &str = "05e40000-0000-4000-8000-000000000002";

fn owned(owners: &str) -> Story {
    let group = format!(r#"{{"id":"{SALES}"}}"#);
    let owned = format!(r#"{{"id":"{SALES}"{owners}}}"#);
    let story = Story::new().read(Collection::Users, &[&user(ADA, "")]).read(Collection::Groups, &[&group]);
    story.read(Collection::Owners, &[&owned])
}

#[test]
fn owners_are_users_applications_and_who_is_in_no_list() {
    let tenant = owned(&format!(
        r##","owners":[{{"@odata.type":"#microsoft.graph.user","id":"{ADA}","displayName":"Somebody else"}},
            {{"@odata.type":"#microsoft.graph.servicePrincipal","id":"{APPLICATION}","displayName":"Feed"}},
            {{"@odata.type":"#microsoft.graph.user","id":"{BEN}","displayName":null,"userPrincipalName":null}},
            {{"@odata.type":"#microsoft.graph.user","id":"{ADA}"}}]"##
    ))
    .tell();
    let ada = format!("{ADA}@contoso.example");
    assert_eq!(owners(&tenant), Some(vec![ada.clone(), "Feed".to_owned(), BEN.to_owned()]));
    // Opened again, as before accused users are read once more, they are the same.
    let (builder, as_of, ledger, run) = TenantBuilder::reopen(tenant);
    let tenant = builder.finish(as_of, ledger, run);
    assert_eq!(owners(&tenant), Some(vec![ada, "Feed".to_owned(), BEN.to_owned()]));
    assert_eq!(tenant.user_count(), 1, "an owner is no user of the list");
}

#[test]
fn no_owners_are_not_the_same_as_owners_that_were_not_read() {
    let none = owned(r#","owners":[]"#).tell();
    assert_eq!(owners(&none), Some(Vec::new()));
    for unread in [r#","owners":null"#, ""] {
        let tenant = owned(unread).tell();
        assert_eq!(owners(&tenant), None, "{unread}");
        let line = tenant.coverage().iter().find(|line| line.collection == coverage::path::OWNERS);
        assert!(line.is_some_and(|line| !line.complete && line.reason.is_some()), "{unread}");
    }
}

#[test]
fn owners_are_people_and_have_pseudonyms_in_a_redacted_tenant() {
    let upper = BEN.to_uppercase();
    let tenant = owned(&format!(
        r##","owners":[{{"@odata.type":"#microsoft.graph.user","id":"{ADA}"}},
            {{"@odata.type":"#microsoft.graph.servicePrincipal","id":"{APPLICATION}","displayName":"Feed"}},
            {{"id":"{upper}","displayName":"Ben","userPrincipalName":"ben@contoso.example"}}]"##
    ))
    .tell();
    let redacted = crate::redact::Redactor::for_once()
        .apply(tenant, &mut crate::plan::Plan::default())
        .expect("there is no key file");
    let shown = owners(&redacted).expect("they were read");
    assert_eq!(shown[1], "Feed", "an application is nobody");
    for who in [&shown[0], &shown[2]] {
        assert!(who.ends_with(pseudonym::DOMAIN), "{who}");
        assert!(!who.contains("ben") && !who.contains(ADA), "{who}");
    }
    let (sales, _) = redacted.groups().next().expect("a group");
    let Owner::Other(ben) = &redacted.owners(sales).expect("they were read").all[2] else {
        panic!("{shown:?}")
    };
    assert_ne!(redacted.id_text(ben.id).to_lowercase(), BEN);
    assert!(!format!("{redacted:?}").contains(&upper));
}

#[test]
fn of_two_entries_for_one_product_and_source_the_better_counts() {
    let entry =
        |state: &str, error: &str| format!(r#"{{"skuId":"{E3}","state":"{state}","error":"{error}"}}"#);
    for (entries, expected) in [
        ([entry("Error", "Other"), entry("Active", "None")], State::Active),
        ([entry("ActiveWithError", "None"), entry("Error", "None")], State::ActiveWithError),
        ([entry("Disabled", "None"), entry("Error", "None")], State::Disabled),
    ] {
        let ada = user(ADA, &format!(r#","licenseAssignmentStates":[{}]"#, entries.join(",")));
        let tenant = Story::new().read(Collection::Users, &[&ada]).tell();
        assert_eq!(states(&tenant), [(expected, Some(format!("{expected:?}")))], "{entries:?}");
    }
}

#[test]
fn no_states_and_states_that_were_not_shown_are_different() {
    for (more, expected) in [
        ("", None),
        (r#","licenseAssignmentStates":null"#, None),
        (r#","licenseAssignmentStates":[]"#, Some(0)),
        (r#","licenseAssignmentStates":[{"skuId":null,"state":"Active"}]"#, Some(0)),
    ] {
        let ada = user(ADA, more);
        let tenant = Story::new().read(Collection::Users, &[&ada]).tell();
        let entries = tenant.users().next().expect("a user").entries().map(|entries| entries.iter().len());
        assert_eq!(entries, expected, "{more}");
    }
}

#[test]
fn three_marks_tell_an_external_account_and_user_type_is_none_of_them() {
    for (more, external) in [
        (r#","creationType":"invitation""#, true),
        (r#","externalUserState":"PendingAcceptance""#, true),
        (r#","externalUserState":"""#, false),
        (r#","userType":"Guest""#, false),
        (r#","creationType":"LocalAccount""#, false),
    ] {
        let ada = user(ADA, more);
        let tenant = Story::new().read(Collection::Users, &[&ada]).tell();
        assert_eq!(tenant.users().next().expect("a user").is_external(), external, "{more}");
    }
    let disguised = format!(r#"{{"id":"{ADA}","userPrincipalName":"a_b.example#ext#@contoso.example"}}"#);
    let tenant = Story::new().read(Collection::Users, &[&disguised]).tell();
    assert!(tenant.users().next().expect("a user").is_external());
}

#[test]
fn the_last_reading_of_a_user_counts_and_one_by_id_counts_over_the_list() {
    let named = |name: &str| user(ADA, &format!(r#","displayName":"{name}""#));
    let (first, second, by_id) = (named("first"), named("second"), named("by id"));
    let mut twice = Story::new().read(Collection::Users, &[&first, &second]);
    assert_eq!(twice.0.read(Collection::Users), 1);
    let tenant = twice.tell();
    assert_eq!(tenant.users().len(), 1);
    assert_eq!(tenant.users().next().expect("a user").display_name(), Some("second"));

    let single = Collection::SingleUser(UserId::parse(ADA).expect("an id"));
    let tenant = Story::new().read(single, &[&by_id]).read(Collection::Users, &[&first]).tell();
    assert_eq!(tenant.users().next().expect("a user").display_name(), Some("by id"));
}

#[test]
fn a_member_who_is_gone_is_no_member_and_one_nobody_knows_is_one() {
    let group = format!(r#"{{"id":"{SALES}"}}"#);
    let member = format!(r##"{{"@odata.type":"#microsoft.graph.user","id":"{ADA}"}}"##);
    let story =
        || Story::new().read(Collection::Groups, &[&group]).read(Collection::Users, &[]).members(&[&member]);
    let sales =
        |tenant: &Tenant| tenant.find_group(GroupId::parse(SALES).expect("an id")).expect("the group");

    let mut unknown = story();
    assert_eq!(unknown.0.unread_members(true).len(), 1);
    assert_eq!(unknown.0.unread_members(false).len(), 0, "an incomplete list proves nothing");
    let tenant = unknown.tell();
    let members = tenant.members(sales(&tenant)).expect("they were read");
    assert_eq!(members.users.len(), 1);
    assert!(!tenant.user(members.users[0]).is_known());

    let gone = story().read(Collection::SingleUser(UserId::parse(ADA).expect("an id")), &[]).tell();
    assert!(gone.members(sales(&gone)).expect("they were read").users.is_empty());
    assert_eq!(gone.users().len(), 0);
}

#[test]
fn members_without_a_type_are_told_apart_by_the_lists() {
    let inner = "5a1e5000-0000-4000-8000-000000000002";
    let groups = [format!(r#"{{"id":"{SALES}"}}"#), format!(r#"{{"id":"{inner}"}}"#)];
    let ada = user(ADA, "");
    let tenant = Story::new()
        .read(Collection::Groups, &[&groups[0], &groups[1]])
        .read(Collection::Users, &[&ada])
        .members(&[&format!(r#"{{"id":"{inner}"}}"#), &format!(r#"{{"id":"{ADA}"}}"#)])
        .tell();
    let sales = tenant.find_group(GroupId::parse(SALES).expect("an id")).expect("the group");
    let members = tenant.members(sales).expect("they were read");
    assert_eq!((members.users.len(), members.groups.len()), (1, 1));
}

#[test]
fn an_object_that_cannot_be_understood_makes_its_collection_incomplete() {
    let ada = user(ADA, "");
    for broken in [r#"{"id":"not a guid"}"#, "{}", r#"{"id":7}"#, r#"{"id":null}"#, "[]"] {
        let tenant = Story::new().read(Collection::Users, &[&ada, broken]).tell();
        assert!(!tenant.users_complete(), "{broken}");
        assert!(tenant.incomplete_reason(coverage::path::USERS).is_some(), "{broken}");
        assert_eq!(tenant.users().len(), 1, "{broken}");
    }
    assert!(Story::new().read(Collection::Users, &[&ada]).tell().users_complete());
}

#[test]
fn a_broken_license_entry_leaves_no_trace_in_the_next_user() {
    let broken = user(ADA, &format!(r#","licenseAssignmentStates":[{{"skuId":"{E3}"}},{{"skuId":"x"}}]"#));
    let fine = user("05e40000-0000-4000-8000-000000000002", r#","licenseAssignmentStates":[]"#);
    let tenant = Story::new().read(Collection::Users, &[&broken, &fine]).tell();
    assert_eq!(tenant.users().next().expect("a user").entries().map(|entries| entries.iter().len()), Some(0));
}

#[test]
fn the_same_product_twice_on_a_group_has_the_plans_off_that_both_have_off() {
    let (one, two) = ("41781fb2-bc02-4b7c-bd55-b576c07bb09d", "c1ec4a95-1f05-45b3-a911-aa3fa01094f5");
    let group = format!(
        r#"{{"id":"{SALES}","assignedLicenses":[{{"skuId":"{E3}","disabledPlans":["{one}","{two}"]}},
            {{"skuId":"{upper}","disabledPlans":["{two}"]}}]}}"#,
        upper = E3.to_uppercase()
    );
    let tenant = Story::new().read(Collection::Groups, &[&group]).tell();
    let (_, group) = tenant.groups().next().expect("the group");
    assert_eq!(group.licenses.len(), 1);
    assert_eq!(tenant.plan_set_names(group.licenses[0].disabled), ["INTUNE_A"]);
}

#[test]
fn plans_come_from_the_tenant_else_from_the_catalogue_else_from_nowhere() {
    let row =
        |sku: &str, plans: &str| format!(r#"{{"id":"t_{sku}","skuId":"{sku}","servicePlans":{plans}}}"#);
    let made_up = "00000000-0000-4000-8000-00000000dead";
    for (sku, plans, from) in [
        (E3, r#"[{"servicePlanId":"00000000-0000-4000-8000-000000000001"}]"#, PlansFrom::Tenant),
        (E3, "[]", PlansFrom::Catalogue),
        (E3, "null", PlansFrom::Catalogue),
        (E3, r#"[{"servicePlanId":null}]"#, PlansFrom::Catalogue),
        (made_up, "[]", PlansFrom::Nowhere),
    ] {
        let tenant = Story::new().read(Collection::SubscribedSkus, &[&row(sku, plans)]).tell();
        let (_, sku) = tenant.skus().next().expect("the product");
        assert_eq!(sku.plans_from, from, "{plans}");
    }
}

#[test]
fn rows_of_one_product_from_several_accounts_are_added_up_and_a_repeated_row_is_not() {
    let row = |account: &str| {
        format!(
            r#"{{"id":"{account}_{E3}","skuId":"{E3}","capabilityStatus":"Enabled","consumedUnits":3,
                "prepaidUnits":{{"enabled":5,"warning":0}}}}"#
        )
    };
    let (one, two) = (row("a"), row("b"));
    let tenant = Story::new().read(Collection::SubscribedSkus, &[&one, &two, &one]).tell();
    let (_, sku) = tenant.skus().next().expect("the product");
    let owned = sku.owned.as_ref().expect("it is owned");
    assert_eq!((owned.capacity(), owned.consumed), (Some(10), Some(6)));
}

#[test]
fn ids_are_shown_as_they_were_received() {
    let upper = user(&ADA.to_uppercase(), "");
    let tenant = Story::new().read(Collection::Users, &[&upper]).tell();
    let id = tenant.users().next().expect("a user").id();
    assert_eq!(tenant.id_text(id.0), ADA.to_uppercase());
    assert_eq!(id.to_string(), ADA);
}

#[test]
fn a_collection_that_begins_again_forgets_its_first_beginning() {
    let (ada, bob) = (user(ADA, ""), user("05e40000-0000-4000-8000-000000000002", ""));
    let mut story = Story::new().read(Collection::Users, &[&ada]);
    story.0.restart(Collection::Users);
    let tenant = story.read(Collection::Users, &[&bob]).tell();
    assert_eq!(tenant.users().len(), 1);
    assert_eq!(
        tenant.users().next().expect("a user").principal_name().map(|name| &name[..8]),
        Some("05e40000")
    );
}

#[test]
fn what_pages_number_by_themselves_is_one_numbering_in_the_tenant() {
    const TEAMS: &str = "57ff2da0-773e-42df-b2af-ffb7a2317929";
    const YAMMER: &str = "7547a3fe-08ee-4ccb-b430-5077c5041653";
    let person = |last: char, location: &str, off: &str, state: &str| {
        let id = format!("{}{last}", &ADA[..ADA.len() - 1]);
        let entry = format!(
            r#"{{"skuId":"{E3}","assignedByGroup":"{SALES}","disabledPlans":[{off}],"state":"{state}","error":"None"}}"#
        );
        user(&id, &format!(r#","usageLocation":"{location}","licenseAssignmentStates":[{entry}]"#))
    };
    let (teams, yammer) = (format!(r#""{TEAMS}""#), format!(r#""{YAMMER}""#));
    let both = (format!("{teams},{yammer}"), format!("{yammer},{teams}"));
    let first = [person('1', "NL", &teams, "Active"), person('2', "BE", &both.0, "Error")];
    let second = [person('3', "BE", &both.1, "Error"), person('4', "NL", &yammer, "Active")];
    let tenant = Story::new()
        .read(Collection::Users, &[&first[0], &first[1]])
        .read(Collection::Users, &[&second[0], &second[1]])
        .tell();
    let seen: Vec<_> = tenant
        .users()
        .map(|user| {
            let entry = user.entries().and_then(|entries| entries.iter().next()).expect("an entry");
            let source = Source::Elsewhere(GroupId::parse(SALES).expect("an id"));
            assert_eq!((entry.source(), tenant.sku(entry.sku()).id.to_string().as_str()), (source, E3));
            (user.usage_location(), entry.state_text(), tenant.plan_set_names(entry.disabled()).len())
        })
        .collect();
    let expected = [("NL", "Active", 1), ("BE", "Error", 2), ("BE", "Error", 2), ("NL", "Active", 1)];
    assert_eq!(seen, expected.map(|(location, state, off)| (Some(location), Some(state), off)));
    let off = |place: u32| {
        let mut entries = tenant.user(UserIndex(place)).entries().into_iter().flat_map(Entries::iter);
        entries.next().expect("an entry").disabled()
    };
    assert_eq!(off(1), off(2), "a set is the same in whatever order and on whatever page it came");
    assert_ne!(off(0), off(3));
}
