//! 4.2 `no-b2b-groups-licensed`.

use crate::expected::Sheet;
use crate::facts::{Facts, Person};
use crate::groups::rule_mentions;

pub(crate) fn judge(facts: &Facts<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let licenses_unreadable = facts.group_licenses_unreadable();
    if licenses_unreadable {
        sheet.gap("group-licenses-unreadable", (None, None, None));
    }
    if !facts.groups_complete {
        sheet.gap("groups-incomplete", (None, None, None));
    }
    for (id, group) in facts.in_scope() {
        // 4.2 `dynamic-rule-admits-guests`: a user rule without a test of the user type.
        if let Some(rule) = &group.rule
            && group.dynamic
            && rule_mentions(rule, "user.")
            && !rule_mentions(rule, "user.usertype")
        {
            sheet.advisory("dynamic-rule-admits-guests", (Some(id), None, None));
        }
        if !group.licensed() {
            for user_id in &group.members {
                if let Person::Read(user) = facts.person(user_id)
                    && user.external
                    && !licenses_unreadable
                {
                    sheet.advisory("guest-in-target-group", (Some(id), Some(user_id), None));
                }
            }
            continue;
        }
        // 4.2 first paragraph: one licensed group is enough to have something to judge, empty or not.
        sheet.applicable = true;
        if facts.membership_hidden(group) {
            sheet.gap("membership-hidden", (Some(id), None, None));
        }
        if !group.members_complete {
            sheet.gap("members-incomplete", (Some(id), None, None));
        }
        if group.dynamic && group.still_processing() && group.members.is_empty() {
            sheet.gap("membership-not-settled", (Some(id), None, None));
        }
        if !facts.users_complete {
            sheet.gap("users-incomplete", (None, None, None));
        }
        for user_id in &group.members {
            let on = (Some(id.as_str()), Some(user_id.as_str()), None);
            match facts.person(user_id) {
                Person::Read(user) if user.external => {
                    sheet.violation("guest-in-licensed-group", on);
                }
                Person::Read(user) if user.guest_type => {
                    sheet.advisory("internal-guest", on);
                }
                Person::Limited => sheet.gap("limited-information", on),
                _ => {}
            }
        }
        for nested_id in facts.below(id) {
            let Some(nested) = facts.groups.get(&nested_id) else { continue };
            for user_id in &nested.members {
                if let Person::Read(user) = facts.person(user_id)
                    && user.external
                    && !group.members.contains(user_id)
                {
                    sheet.advisory("guest-in-nested-group", (Some(id), Some(user_id), None));
                }
            }
        }
    }
    sheet
}
