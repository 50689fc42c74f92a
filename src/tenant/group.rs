//! Groups and their members.

use super::id::{GroupId, GroupIndex, PlanSetIndex, ReadIndex, SkuIndex, UserIndex};

/// A group of the directory (Microsoft Graph v1.0, resource `group`).
#[derive(Debug)]
pub struct Group {
    /// The object id.
    pub id: GroupId,
    /// `displayName`, as received.
    pub display_name: Option<String>,
    /// Whether the group list has it. A group that is only known as somebody's member is not listed.
    pub listed: bool,
    /// `groupTypes` has `Unified`: a Microsoft 365 group.
    pub unified: bool,
    /// `groupTypes` has `DynamicMembership`: the membership rule is in effect.
    pub dynamic: bool,
    /// `securityEnabled`.
    pub security_enabled: Option<bool>,
    /// `mailEnabled`.
    pub mail_enabled: Option<bool>,
    /// `membershipRule`, where it is neither null nor blank.
    pub membership_rule: Option<String>,
    /// `membershipRuleProcessingState`: `On` or `Paused`; an open set.
    pub rule_state: Option<String>,
    /// `visibility`: an open set, of which `HiddenMembership` matters.
    pub visibility: Option<String>,
    /// `assignedLicenses`, one per product: of the same product twice, the plans switched off in both.
    pub licenses: Vec<License>,
    /// `licenseProcessingState.state`, as received.
    pub processing: Option<String>,
    /// When it was read.
    pub read: ReadIndex,
}

/// A product that a group hands out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct License {
    /// The product.
    pub sku: SkuIndex,
    /// The plans of it that are switched off.
    pub disabled: PlanSetIndex,
}

impl Group {
    /// Whether the service has applied the latest changes to all members.
    ///
    /// Anything but `ProcessingComplete` (null and unknown words too) is still processing.
    pub fn processing_complete(&self) -> bool {
        self.processing.as_deref().is_some_and(|state| state.eq_ignore_ascii_case("ProcessingComplete"))
    }

    /// Whether `membershipRuleProcessingState` says that joiners and leavers are not handled.
    pub fn rule_paused(&self) -> bool {
        self.rule_state.as_deref().is_some_and(|state| state.eq_ignore_ascii_case("Paused"))
    }

    /// Whether only the members themselves may see who the members are.
    pub fn hides_members(&self) -> bool {
        self.visibility.as_deref().is_some_and(|word| word.eq_ignore_ascii_case("HiddenMembership"))
    }

    /// Whether the membership rule speaks of devices, so that no user can be a member by it.
    pub fn rule_is_for_devices(&self) -> bool {
        self.membership_rule.as_deref().is_some_and(|rule| rule_mentions(rule, "device."))
    }

    /// Whether a membership rule about users is in effect that does not test `user.userType`.
    pub fn rule_admits_guests(&self) -> bool {
        self.dynamic
            && self
                .membership_rule
                .as_deref()
                .is_some_and(|rule| rule_mentions(rule, "user.") && !rule_mentions(rule, "user.usertype"))
    }
}

/// Whether a rule names a property, outside of quoted texts and not as the tail of a longer name.
fn rule_mentions(rule: &str, property: &str) -> bool {
    let mut code = String::with_capacity(rule.len());
    let mut quote = None;
    for character in rule.chars() {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if character == '"' || character == '\'' => {
                quote = Some(character);
                code.push(' ');
            }
            None => code.push(character.to_ascii_lowercase()),
        }
    }
    let belongs_to_name = |character: char| character.is_alphanumeric() || matches!(character, '.' | '_');
    code.match_indices(property).any(|(at, found)| {
        let before = code[..at].chars().next_back();
        let after = code[at + found.len()..].chars().next();
        !before.is_some_and(belongs_to_name)
            && (property.ends_with('.') || !after.is_some_and(belongs_to_name))
    })
}

/// The direct members of a group, as far as they were read.
#[derive(Debug, Default)]
pub struct Members {
    /// Members that are users, in the order of their ids; those who turned out to be gone are left out.
    pub users: Vec<UserIndex>,
    /// Members that are groups, in the order of their ids.
    pub groups: Vec<GroupIndex>,
    /// Devices, service principals, contacts: they get no license.
    pub others: u64,
    /// Whether the whole list was read and understood.
    pub complete: bool,
    /// When the list was read; `None` where not one page came.
    pub read: Option<ReadIndex>,
}

impl Members {
    /// Whether the user is a direct member.
    pub fn contains(&self, user: UserIndex) -> bool {
        self.users.binary_search(&user).is_ok()
    }
}

/// A group in the recycle bin.
#[derive(Debug)]
pub struct DeletedGroup {
    /// The object id.
    pub id: GroupId,
    /// `displayName`, as received.
    pub display_name: Option<String>,
    /// `deletedDateTime`, as received.
    pub deleted: Option<String>,
    /// When it was read.
    pub read: ReadIndex,
}

#[cfg(test)]
mod tests {
    use super::rule_mentions;

    #[test]
    fn a_device_rule_is_told_by_its_property_not_by_a_text_in_it() {
        assert!(rule_mentions(r#"(device.deviceOSType -eq "Windows")"#, "device."));
        assert!(rule_mentions(r#"(DEVICE.displayName -startsWith "A")"#, "device."));
        assert!(!rule_mentions(r#"(user.department -eq "device.x")"#, "device."));
        assert!(!rule_mentions("(user.mydevice.x -eq 1)", "device."));
    }

    #[test]
    fn the_user_type_test_is_found_in_any_letter_case() {
        assert!(rule_mentions(r#"(user.userType -eq "Member")"#, "user.usertype"));
        assert!(rule_mentions(
            r#"(User.UserType -ne "Guest") -and (user.department -eq "Sales")"#,
            "user.usertype"
        ));
        assert!(!rule_mentions(r#"(user.department -eq "user.userType")"#, "user.usertype"));
        assert!(!rule_mentions("(user.userTypeX -eq 1)", "user.usertype"));
    }
}
